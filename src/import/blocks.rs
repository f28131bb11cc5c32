//! [`Block`]: what a body is made of, and how it is written as Markdown that says the same words.

use super::flow::{Habit, Piece, PieceKind};
use super::lines::{Markup, Sign};
use super::steps::step_label;
use crate::fold::fold;

/// A block of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// An item of a list.
    Item {
        /// How deep it stands in lists, from 0.
        depth: usize,
        /// Its number, in a list of numbers.
        number: Option<u16>,
        /// Its words.
        text: String,
    },
    /// A line that stands as it is.
    Raw(String),
}

/// A longer piece is a paragraph, whatever stands around it.
const LONGEST_ITEM: usize = 320;
/// A longer step has its words below its label.
const LONGEST_STEP: usize = 110;

/// The blocks that pieces make.
pub(super) fn blocks(pieces: &[Piece], habit: Habit) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut signs: Vec<Sign> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        match (piece.kind, piece.sign) {
            (PieceKind::Raw, _) => blocks.push(Block::Raw(piece.text.clone())),
            (PieceKind::Heading(level), _) => blocks.push(Block::Heading(level, piece.text.clone())),
            (PieceKind::Step, _) => blocks.extend(step(&piece.text)),
            (PieceKind::Words, Some(sign)) => {
                let depth = depth(&mut signs, sign);
                let number = if let Sign::Number(number) = sign { Some(number) } else { None };
                blocks.push(Block::Item { depth, number, text: piece.text.clone() });
                at += 1;
                continue;
            }
            (PieceKind::Words, None) => {
                let run = unmarked(&pieces[at..]);
                let announced = at > 0 && pieces[at - 1].announces() && pieces[at - 1].sign.is_none();
                let is_list = is_list(&pieces[at..at + run], habit, announced && piece.blanks == 0);
                blocks.extend(pieces[at..at + run].iter().map(|piece| match is_list {
                    true => Block::Item { depth: 0, number: None, text: piece.text.clone() },
                    false => Block::Paragraph(piece.text.clone()),
                }));
                signs.clear();
                at += run;
                continue;
            }
        }
        signs.clear();
        at += 1;
    }
    blocks
}

/// How many pieces without a sign follow each other. What announces others stands alone.
fn unmarked(pieces: &[Piece]) -> usize {
    let is_plain = |piece: &&Piece| piece.kind == PieceKind::Words && piece.sign.is_none() && !piece.announces();
    pieces.iter().take_while(is_plain).count().max(1)
}

/// Whether pieces without signs were a list whose signs were lost.
fn is_list(pieces: &[Piece], habit: Habit, is_announced: bool) -> bool {
    let are_short = pieces.iter().all(|piece| piece.text.chars().count() <= LONGEST_ITEM);
    if !are_short || pieces[0].announces() {
        return false;
    }
    let are_close = pieces.iter().skip(1).all(|piece| piece.blanks == 0);
    is_announced
        || habit == Habit::Items && pieces.len() > 1
        || pieces.len() > 2 && are_close && pieces.iter().all(|piece| begins_with_verb(&piece.text))
}

/// "Savoir…", "Comprendre…", "S’approprier…"
fn begins_with_verb(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(' ').skip_while(|word| matches!(*word, "se" | "s" | "ne" | "y"));
    let first = words.next().unwrap_or_default();
    let is_other =
        ["notre", "votre", "autre", "entre", "contre", "cadre", "titre", "lettre", "premier", "dernier", "atelier"];
    let ends = ["er", "ir", "re"].iter().any(|end| first.ends_with(end));
    first.len() > 3 && ends && !is_other.contains(&first)
}

/// A sign that was not met before opens a list in the list.
fn depth(signs: &mut Vec<Sign>, sign: Sign) -> usize {
    let is_same = |known: &Sign| match (known, &sign) {
        (Sign::Number(_), Sign::Number(_)) => true,
        (known, sign) => *known == *sign,
    };
    if let Some(depth) = signs.iter().position(is_same) {
        signs.truncate(depth + 1);
        return depth;
    }
    if signs.len() < 3 {
        signs.push(sign);
    }
    signs.len() - 1
}

/// A step: its heading, and below it what is too long for one.
fn step(text: &str) -> Vec<Block> {
    let is_sentence = text.contains(". ") || text.chars().count() > LONGEST_STEP;
    match step_label(text) {
        Some((label, rest)) if is_sentence && !rest.is_empty() => {
            vec![Block::Heading(3, label.to_owned()), Block::Paragraph(rest.to_owned())]
        }
        _ => vec![Block::Heading(3, text.to_owned())],
    }
}

/// Writes blocks as Markdown.
pub(super) fn markdown(blocks: &[Block], markup: Markup) -> String {
    let mut written = String::new();
    let mut widths: Vec<usize> = Vec::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        let goes_on = matches!(
            (before, block),
            (Some(Block::Item { .. }), Block::Item { .. }) | (Some(Block::Raw(_)), Block::Raw(_))
        );
        if before.is_some() && !goes_on {
            written.push('\n');
        }
        match block {
            Block::Heading(level, text) => {
                let hashes = "#".repeat(usize::from(*level));
                let text = escaped(text.trim_end().trim_end_matches('#'), markup);
                written.push_str(&format!(
                    "{hashes} {}\n",
                    if markup == Markup::Plain { text.replace('{', "\\{") } else { text }
                ));
            }
            Block::Paragraph(text) => written.push_str(&format!("{}\n", line(text, markup))),
            Block::Raw(text) => written.push_str(&format!("{text}\n")),
            Block::Item { depth, number, text } => {
                if !goes_on {
                    widths.clear();
                }
                let depth = (*depth).min(widths.len());
                widths.truncate(depth);
                let mark = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
                let gap = " ".repeat(widths.iter().sum());
                written.push_str(&format!("{gap}{mark} {}\n", line(text, markup)));
                widths.push(mark.len() + 1);
            }
        }
        before = Some(block);
    }
    written
}

/// A paragraph or an item on one line.
fn line(text: &str, markup: Markup) -> String {
    let text = text.replace('\t', " ");
    let text = text.trim();
    let written = escaped(text, markup);
    // A fence of dashes or dots has no words; what else means something at the start of a line gets a backslash.
    let digits = written.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && written[digits..].starts_with(['.', ')']);
    match written.chars().next() {
        _ if markup == Markup::Markdown => written,
        Some('#' | '>' | '+' | '-' | ':' | '=' | '|') => format!("\\{written}"),
        _ if is_number => format!("{}\\{}", &written[..digits], &written[digits..]),
        _ => written,
    }
}

/// Plain words as Markdown that shows them.
fn escaped(text: &str, markup: Markup) -> String {
    if markup == Markup::Markdown {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len());
    for (at, character) in characters.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(at + 1).copied();
        let is_in_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        let means_something = match character {
            '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
            '`' | '*' | '[' | ']' => true,
            '_' => !is_in_word,
            '~' => after == Some('~') || before == Some('~'),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
            '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            _ => false,
        };
        if means_something {
            written.push('\\');
        }
        written.push(character);
    }
    written
}
