//! Putting together what the layout broke: [`Flow`] says whether a line goes on the one before it, and joins them.

use std::collections::BTreeSet;

use super::lines::{Line, Sign};
use crate::fold::fold;

/// Words after which no sentence and no title ends.
const BINDING: &[&str] = &[
    "de", "du", "des", "d", "le", "la", "les", "l", "un", "une", "et", "ou", "a", "au", "aux", "en", "par", "pour",
    "sur", "dans", "avec", "sans", "ce", "cette", "ces", "son", "sa", "ses", "leur", "leurs", "que", "qui", "qu",
    "dont", "sous", "vers", "chez", "entre", "of", "the", "and", "or", "for", "with", "in", "to", "dun", "dune",
];

/// In a text whose lines are longer than this nothing was broken: each line is a paragraph.
const UNBROKEN: usize = 150;

/// How the lines of a text hang together.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The words of the text, with those that have a hyphen.
    words: BTreeSet<String>,
    is_unbroken: bool,
}

/// What paragraphs are like where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// Sentences that follow each other.
    Prose,
    /// Items, one a line, with or without a sign.
    Items,
    /// A title.
    Title,
}

/// A paragraph, or an item, as far as its lines were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its words.
    pub text: String,
    /// The line that it begins in.
    pub line: usize,
    /// The sign before it.
    pub sign: Option<Sign>,
    /// How many blank lines stand before it.
    pub blanks: usize,
    /// What it is.
    pub kind: PieceKind,
    /// The width of its last line.
    last_width: usize,
    /// A word is cut at its end.
    is_cut: bool,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A paragraph or an item.
    Words,
    /// The beginning of a step of a programme.
    Step,
    /// A heading inside its section, of this rank.
    Heading(u8),
    /// A line of Markdown that stands as it is.
    Raw,
}

impl Piece {
    /// A piece that begins with a line.
    pub(super) fn new(line: &Line, kind: PieceKind) -> Self {
        let text = match (&line.emoji, kind) {
            (Some(emoji), PieceKind::Heading(_) | PieceKind::Words) => format!("{emoji} {}", line.text),
            _ => line.text.clone(),
        };
        Self {
            text,
            line: line.number,
            sign: line.sign,
            blanks: line.blanks,
            kind,
            last_width: line.width,
            is_cut: line.is_cut,
        }
    }

    /// A piece of these words.
    pub(super) fn of(text: &str, line: &Line) -> Self {
        Self { text: text.to_owned(), ..Self::new(line, PieceKind::Words) }
    }

    /// Whether it announces what stands below it.
    pub(super) fn announces(&self) -> bool {
        self.kind == PieceKind::Words && self.text.trim_end().ends_with(':')
    }
}

impl Flow {
    /// The flow of these lines.
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut words = BTreeSet::new();
        for line in lines {
            let bare = line.text.trim_end_matches('-');
            words.extend(bare.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase));
        }
        let n_long = lines.iter().filter(|line| line.width > UNBROKEN).count();
        Self { words, is_unbroken: n_long > 0 && n_long * 20 >= lines.len() }
    }

    /// Whether a text cannot end where it does.
    pub(super) fn must_go_on(text: &str) -> bool {
        let text = text.trim_end();
        let last = text.rsplit(|c: char| c.is_whitespace() || "’'".contains(c)).next().unwrap_or_default();
        let is_binding =
            !last.is_empty() && BINDING.contains(&fold(last).as_str()) && !last.ends_with(['.', '!', '?', ':']);
        is_cut(text) || is_binding || text.ends_with(['’', '\'', '(', '«'])
    }

    /// Whether a line goes on a piece.
    pub(super) fn goes_on(&self, piece: &Piece, line: &Line, habit: Habit) -> bool {
        if line.sign.is_some() || line.emoji.is_some() || line.hashes > 0 || line.is_raw || piece.kind == PieceKind::Raw
        {
            return false;
        }
        let text = piece.text.trim_end();
        let first = line.text.chars().next().unwrap_or(' ');
        let begins_low = first.is_lowercase() || first.is_ascii_digit() || "(«»’'&/%€".contains(first);
        let is_ended = text.ends_with(['.', '!', '?', ';', '…']) || text.ends_with(':') && habit != Habit::Title;
        if line.blanks > 0 {
            // Some documents have a blank line between all lines.
            return line.blanks == 1
                && first.is_lowercase()
                && !is_ended
                && habit != Habit::Title
                && (piece.last_width >= 40 || Self::must_go_on(text));
        }
        if piece.is_cut || Self::must_go_on(text) {
            return true;
        }
        if begins_low && !is_ended {
            return true;
        }
        let share = piece.last_width * 100 / line.block_width.max(1);
        match habit {
            Habit::Title => {
                let is_loud =
                    |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
                text.ends_with([':', ',', '–']) || is_loud(text) && is_loud(&line.text)
            }
            _ if self.is_unbroken => false,
            Habit::Items => text.ends_with(',') && share >= 80,
            Habit::Prose => {
                let is_sentence_end = text.ends_with(['.', '!', '?', '…']);
                let full = if is_sentence_end || text.ends_with(',') { 72 } else { 85 };
                !text.ends_with([':', ';']) && share >= full && line.block_width >= 40
            }
        }
    }

    /// Adds a line to a piece.
    pub(super) fn join(&self, piece: &mut Piece, line: &Line) {
        let begins_with_letter = line.text.starts_with(char::is_alphabetic);
        if piece.is_cut && begins_with_letter {
            let end = piece.text.trim_end_matches('-').len();
            piece.text.truncate(end);
        } else if is_cut(&piece.text) && begins_with_letter {
            if self.is_one_word(&piece.text, &line.text) {
                piece.text.pop();
            }
        } else if !piece.text.is_empty() && !piece.text.ends_with(['’', '(']) {
            piece.text.push(' ');
        }
        piece.text.push_str(&line.text);
        piece.last_width = line.width;
        piece.is_cut = line.is_cut;
    }

    /// Whether the text writes a word, cut here, elsewhere without a hyphen, and nowhere with one.
    fn is_one_word(&self, before: &str, after: &str) -> bool {
        let letters = |c: char| !c.is_alphanumeric() && c != '-';
        let head = before.trim_end_matches('-').rsplit(letters).next().unwrap_or_default().to_lowercase();
        let tail = after.split(letters).next().unwrap_or_default().to_lowercase();
        self.words.contains(&format!("{head}{tail}")) && !self.words.contains(&format!("{head}-{tail}"))
    }
}

/// Whether a text ends in a hyphen behind a letter.
fn is_cut(text: &str) -> bool {
    text.strip_suffix(['-', '\u{2010}']).is_some_and(|before| before.ends_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::{Markup, lines};

    #[track_caller]
    fn check(text: &str, habit: Habit, expected: &[&str]) {
        let lines = lines(text, Markup::Plain);
        let flow = Flow::of(&lines);
        let mut pieces: Vec<Piece> = Vec::new();
        for line in &lines {
            match pieces.last_mut() {
                Some(piece) if flow.goes_on(piece, line, habit) => flow.join(piece, line),
                _ => pieces.push(Piece::new(line, PieceKind::Words)),
            }
        }
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn broken_lines_are_joined() {
        check("La pair-\naidance en santé", Habit::Title, &["La pair-aidance en santé"]);
        check("Une forma-\ntion ; la formation", Habit::Prose, &["Une formation ; la formation"]);
        check("Une forma\u{AD}\ntion", Habit::Prose, &["Une formation"]);
        check("Le secteur médico-\n\nsocial, tant", Habit::Prose, &["Le secteur médico-social, tant"]);
        check("Savoir dire\nnon\nSavoir partir", Habit::Items, &["Savoir dire non", "Savoir partir"]);
        check("ÉCOUTER LES\nENFANTS", Habit::Title, &["ÉCOUTER LES ENFANTS"]);
        check("Écouter :\nde la théorie à la pratique", Habit::Title, &["Écouter : de la théorie à la pratique"]);
    }

    #[test]
    fn sentences_of_a_paragraph_stay_together_and_short_lines_end_it() {
        let text = "Un premier paragraphe dont les lignes sont pleines.\nIl continue ici jusqu’au bout, sans rien de plus\nque cela.\nUn second commence.";
        let first = "Un premier paragraphe dont les lignes sont pleines. Il continue ici jusqu’au bout, sans rien de plus que cela.";
        check(text, Habit::Prose, &[first, "Un second commence."]);
    }

    #[test]
    fn a_title_is_not_joined_with_what_follows() {
        check(
            "Écouter les enfants\nUne journée pour apprendre",
            Habit::Title,
            &["Écouter les enfants", "Une journée pour apprendre"],
        );
    }
}
