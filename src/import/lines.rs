//! The lines of a text as they come out of a PDF or a word processor: [`Line`], with the sign or the drawing that stood
//! before its words.

use crate::fold::is_invisible;

/// What stands before an item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A bullet, a dash, an arrow.
    Bullet(char),
    /// A number.
    Number(u16),
}

/// A line that has words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the text, from 1.
    pub number: usize,
    /// How many blank lines stand before it.
    pub blanks: usize,
    /// How many blank lines stand behind it; one more than there can be at the end of the text.
    pub blanks_behind: usize,
    /// The sign before it.
    pub sign: Option<Sign>,
    /// The drawing before its words.
    pub emoji: Option<String>,
    /// How many `#` make it a heading of Markdown.
    pub hashes: u8,
    /// Its words.
    pub text: String,
    /// A word was cut at its end by a hyphen that nobody was to see.
    pub is_cut: bool,
    /// How many characters it has.
    pub width: usize,
    /// How many the longest line of its block has.
    pub block_width: usize,
    /// It stands as it is: a table or a listing of Markdown.
    pub is_raw: bool,
}

/// How a text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Not at all: every sign is one.
    Plain,
    /// With Markdown.
    Markdown,
}

/// Signs that begin an item, whatever follows. Those of the private area are what Word's symbol fonts leave behind.
const BULLETS: &str =
    "•‣▪▫■□●○◦◆◇❖►▶▸➢➤➔➜➡→⇒✓✔✅☑☞☛👉🔹🔸∙⁃\u{F0B7}\u{F0A7}\u{F0D8}\u{F0FC}\u{F076}\u{F02D}\u{F0E0}\u{F06E}\u{F071}";

/// The lines of a text that have words. Pages, old Macs and word processors end lines by other signs.
pub(super) fn lines(text: &str, markup: Markup) -> Vec<Line> {
    let text = text.replace("\r\n", "\n");
    let raw: Vec<&str> = text.split(['\n', '\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}']).collect();
    let mut lines: Vec<Line> = Vec::new();
    let mut blanks = 0;
    let mut pending: Option<Sign> = None;
    let mut is_listing = false;
    for (index, raw) in raw.into_iter().enumerate() {
        let is_fence = markup == Markup::Markdown && raw.trim_start().starts_with("```");
        let is_raw = markup == Markup::Markdown && (is_listing || is_fence || raw.trim_start().starts_with('|'));
        is_listing ^= is_fence;
        let mut line = if is_raw { raw_line(raw) } else { read(raw, markup) };
        line.number = index + 1;
        if line.text.is_empty() && !is_raw {
            // A bullet alone in its line belongs to the next one.
            pending = line.sign.or(pending);
            blanks += usize::from(line.sign.is_none());
            continue;
        }
        line.sign = line.sign.or(pending.take());
        line.blanks = std::mem::take(&mut blanks);
        if let Some(last) = lines.last_mut() {
            last.blanks_behind = line.blanks;
        }
        lines.push(line);
    }
    measure(&mut lines);
    same_drawings_are_signs(&mut lines);
    lines
}

fn empty() -> Line {
    Line {
        number: 0,
        blanks: 0,
        blanks_behind: usize::MAX,
        sign: None,
        emoji: None,
        hashes: 0,
        text: String::new(),
        is_cut: false,
        width: 0,
        block_width: 0,
        is_raw: false,
    }
}

fn raw_line(raw: &str) -> Line {
    let text: String = raw.trim_end().chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect();
    Line { width: text.chars().count(), text, is_raw: true, ..empty() }
}

fn read(raw: &str, markup: Markup) -> Line {
    let is_cut = raw.trim_end().ends_with('\u{AD}');
    let plain = cleaned(raw);
    let mut rest = plain.trim();
    let width = rest.chars().count();
    // A line of nothing but dashes, stars or dots parts what stands around it. One dash is a bullet.
    if width > 1 && rest.chars().all(|c| "-_=*–—·.…~#|: ".contains(c)) {
        return empty();
    }
    let mut hashes = 0;
    if markup == Markup::Markdown {
        let heading = rest.trim_start_matches('#');
        let n = rest.len() - heading.len();
        if (1..=6).contains(&n) && heading.starts_with(' ') {
            hashes = u8::try_from(n).unwrap_or(6);
            rest = heading.trim();
        }
    }
    let (sign, rest) = if hashes > 0 { (None, rest) } else { take_sign(rest) };
    let (emoji, rest) = take_emoji(rest);
    Line { sign, emoji, hashes, text: rest.to_owned(), is_cut, width, ..empty() }
}

/// A cell of a table, without characters that nobody sees.
pub(super) fn cleaned_cell(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> =
        text.split('\n').map(|line| cleaned(line).replace('\t', " ").trim_end().to_owned()).collect();
    lines.join("\n")
}

/// The line without characters that nobody sees, and with single spaces. A tab stays: it parts the cells of a table.
fn cleaned(raw: &str) -> String {
    let mut plain = String::with_capacity(raw.len());
    let mut before = ' ';
    for character in raw.chars() {
        let joins_drawings = character == '\u{200D}' && !before.is_ascii() && !before.is_alphabetic();
        let character = match character {
            '\t' => '\t',
            c if is_invisible(c) && !joins_drawings => continue,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => continue,
            c if c.is_control() || crate::fold::is_noncharacter(c) => ' ',
            c => c,
        };
        if !(character == ' ' && before == ' ') {
            plain.push(character);
        }
        before = character;
    }
    plain
}

/// Takes the sign of an item off the start.
fn take_sign(text: &str) -> (Option<Sign>, &str) {
    for arrow in ["=>", "-->", "->", "==>"] {
        if let Some(rest) = text.strip_prefix(arrow) {
            return (Some(Sign::Bullet('>')), rest.trim_start_matches(is_gap));
        }
    }
    let Some(first) = text.chars().next() else { return (None, text) };
    let rest = &text[first.len_utf8()..];
    if BULLETS.contains(first) {
        return (Some(Sign::Bullet(first)), rest.trim_start_matches('\u{FE0F}').trim_start_matches(is_gap));
    }
    let is_spaced = rest.is_empty() || rest.starts_with(is_gap);
    match first {
        '-' | '–' | '—' | '*' | '+' | '·' | '§' if is_spaced => {
            (Some(Sign::Bullet(first)), rest.trim_start_matches(is_gap))
        }
        '-' | '–' | '—' if rest.starts_with(char::is_uppercase) => (Some(Sign::Bullet(first)), rest),
        c if c.is_ascii_digit() => numbered(text),
        _ => (None, text),
    }
}

/// "1. ", "2) " or "3° " before words.
fn numbered(text: &str) -> (Option<Sign>, &str) {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[length..].trim_start_matches(['.', ')', '°']);
    let is_marked = text.len() - length - rest.len() > 0;
    let words = rest.trim_start_matches(is_gap);
    let begins = words.starts_with(|c: char| c.is_alphabetic() || "«\"“(".contains(c)) && rest.len() > words.len();
    match text[..length].parse() {
        Ok(number) if length <= 2 && !text.starts_with('0') && is_marked && begins => {
            (Some(Sign::Number(number)), words)
        }
        _ => (None, text),
    }
}

fn is_gap(character: char) -> bool {
    character.is_whitespace()
}

/// Takes a drawing off the start, as people put them before headings.
fn take_emoji(text: &str) -> (Option<String>, &str) {
    let is_drawing = |c: char| {
        let is_in_range = matches!(
            c,
            '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2300}'..='\u{23FF}' | '\u{2B00}'..='\u{2BFF}'
        );
        // Letters in boxes are letters.
        is_in_range && !c.is_alphanumeric()
    };
    let belongs = |c: char| is_drawing(c) || matches!(c, '\u{FE0F}' | '\u{200D}' | '\u{20E3}');
    if !text.starts_with(is_drawing) {
        return (None, text);
    }
    let rest = text.trim_start_matches(belongs);
    let emoji = &text[..text.len() - rest.len()];
    (Some(emoji.to_owned()), rest.trim_start_matches(is_gap))
}

/// How wide the blocks are that lines stand in. Where each line stands alone, the whole text is one.
fn measure(lines: &mut [Line]) {
    let widest = lines.iter().map(|line| line.width).max().unwrap_or_default();
    let mut start = 0;
    while start < lines.len() {
        let length = 1 + lines[start + 1..].iter().take_while(|line| line.blanks == 0).count();
        let block = &mut lines[start..start + length];
        let width = block.iter().map(|line| line.width).max().unwrap_or_default();
        let width = if length == 1 { widest } else { width };
        block.iter_mut().for_each(|line| line.block_width = width);
        start += length;
    }
}

/// The same drawing before lines that follow each other is a bullet.
fn same_drawings_are_signs(lines: &mut [Line]) {
    let is_same = |one: &Line, next: &Line| one.emoji.is_some() && one.emoji == next.emoji && next.blanks == 0;
    let signs: Vec<bool> = (0..lines.len())
        .map(|at| {
            let with_next = lines.get(at + 1).is_some_and(|next| is_same(&lines[at], next));
            with_next || at > 0 && is_same(&lines[at - 1], &lines[at])
        })
        .collect();
    for (line, is_sign) in lines.iter_mut().zip(signs) {
        if is_sign && line.sign.is_none() {
            let drawing = line.emoji.take().and_then(|emoji| emoji.chars().next());
            line.sign = drawing.map(Sign::Bullet);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let sign = |line: &Line| match line.sign {
            Some(Sign::Bullet(bullet)) => format!("{bullet}|"),
            Some(Sign::Number(number)) => format!("{number}|"),
            None => String::new(),
        };
        let emoji = |line: &Line| line.emoji.clone().map(|emoji| format!("{emoji}|")).unwrap_or_default();
        lines(text, Markup::Plain)
            .iter()
            .map(|line| format!("{} {}{}{}", line.number, sign(line), emoji(line), line.text))
            .collect()
    }

    #[test]
    fn signs_and_drawings_are_taken_off() {
        assert_eq!(
            shown("• un\r\n☞ deux\n=> trois\n- quatre\n–Cinq\n1. six\n2) sept\n\u{F0B7}\u{A0}huit\n"),
            ["1 •|un", "2 ☞|deux", "3 >|trois", "4 -|quatre", "5 –|Cinq", "6 1|six", "7 2|sept", "8 \u{F0B7}|huit"]
        );
        assert_eq!(shown("🗣️ Intervenants : x\n\n📝 Principes"), ["1 🗣️|Intervenants : x", "3 📝|Principes"]);
        assert_eq!(shown("🎯 un\n🎯 deux"), ["1 🎯|un", "2 🎯|deux"]);
        assert_eq!(shown("•\nun\n-----\n***\ndeux  mots"), ["2 •|un", "5 deux mots"]);
        assert_eq!(shown("-50 €\n2027. Un\n14 h\n1.5 jour"), ["1 -50 €", "2 2027. Un", "3 14 h", "4 1.5 jour"]);
        assert_eq!(shown("a\u{200B}b\u{7}c\u{0C}d"), ["1 ab c", "2 d"]);
    }

    #[test]
    fn blocks_are_as_wide_as_their_longest_line() {
        let lines = lines("un deux trois\nun\n\nseul", Markup::Plain);
        let widths: Vec<(usize, usize)> = lines.iter().map(|line| (line.block_width, line.blanks)).collect();
        assert_eq!(widths, [(13, 0), (13, 0), (13, 1)]);
    }
}
