//! What a frame shows, fitted to the columns of a terminal: sentences wrapped ([`wrap`]), excerpts cut around what is
//! meant ([`narrow`]).
//!
//! A terminal breaks what is too long wherever its edge is, within words and away from the carets. A screen reader and
//! a narrow window both read better what was broken with care.

use crate::fold::is_invisible;

use super::Excerpt;

/// The fewest columns for which frames are made: below, nothing can be shown side by side.
pub(super) const NARROWEST: usize = 40;

/// What stands for text that is left out.
const LEFT_OUT: char = '…';

/// How many columns of the terminal a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// How many columns a character takes, as far as that is known: terminals do not agree on all of them.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x09 => 4,
        0x300..=0x36F | 0x1AB0..=0x1AFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F => 2,
        0xFF00..=0xFF60 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
        _ if is_invisible(character) => 0,
        _ => 1,
    }
}

/// The text in lines: `first` columns of the first one are taken already, and `rest` of each other one. What is quoted
/// stays on one line where it fits on one, so that it can be copied.
pub(super) fn wrap(text: &str, first: usize, rest: usize, all: usize) -> Vec<String> {
    let room = all.saturating_sub(rest).max(1);
    let mut lines = vec![String::new()];
    let mut left = all.saturating_sub(first);
    for word in pieces(text, room) {
        let length = columns(word);
        let is_empty = lines.last().is_none_or(String::is_empty);
        if length + usize::from(!is_empty) > left && !(is_empty && (lines.len() > 1 || first <= rest)) {
            lines.push(String::new());
            left = room;
        }
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() {
            line.push(' ');
            left = left.saturating_sub(1);
        }
        line.push_str(word);
        left = left.saturating_sub(length);
    }
    lines
}

/// The words of a text; what stands between quotation marks is one, if it is no longer than `room`.
fn pieces(text: &str, room: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start_matches(' ');
    while !rest.is_empty() {
        let end = rest.find(' ').unwrap_or(rest.len());
        let quoted = end_of_quoted(rest).filter(|end| columns(&rest[..*end]) <= room);
        let (piece, after) = rest.split_at(quoted.map_or(end, |quoted| quoted.max(end)));
        pieces.push(piece);
        rest = after.trim_start_matches(' ');
    }
    pieces
}

/// Where the piece ends that begins with an opening quotation mark: at the first space behind its closing one.
fn end_of_quoted(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '«' | '“' => depth += 1,
            '»' | '”' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => return Some(at),
            _ if at == 0 => return None,
            _ => {}
        }
    }
    (depth == 0).then_some(text.len())
}

/// The excerpt with no line of more than `all` columns, and what is meant in view. `label` columns of words stand
/// behind the carets.
pub(super) fn narrow(excerpt: &Excerpt, label: usize, all: usize) -> Excerpt {
    let text = excerpt.text.as_str();
    if text.contains('\n') {
        return narrow_lines(excerpt, all);
    }
    let meant = excerpt.span.clone();
    let (before, within) = (columns(&text[..meant.start]), columns(&text[meant.clone()]));
    // Something is pointed at even where nothing is meant but a place.
    let pointed = within.max(1);
    let behind = if label == 0 { 0 } else { label + 1 };
    if columns(text) <= all && before + pointed + behind <= all {
        return excerpt.clone();
    }
    // Two columns for the signs that something is left out.
    let room = all.saturating_sub(behind + 2).max(all / 4);
    let (shown, is_cut) = head(&text[meant.clone()], room);
    let mut end = meant.start + shown.len();
    let context = room.saturating_sub(columns(shown).max(1));
    // As much before as behind, unless there is less behind.
    let left = context - columns(&text[meant.end..]).min(context / 2);
    let start = meant.start - if before <= context { meant.start } else { tail_length(&text[..meant.start], left) };
    let mut narrowed = String::new();
    if start > 0 {
        narrowed.push(LEFT_OUT);
    }
    let span_start = narrowed.len() + meant.start - start;
    narrowed.push_str(&text[start..end]);
    if is_cut {
        narrowed.push(LEFT_OUT);
        end = text.len();
    }
    let span_end = narrowed.len();
    let (after, is_cut) = head(&text[end..], all.saturating_sub(columns(&narrowed) + 1));
    narrowed.push_str(after);
    if is_cut {
        narrowed.push(LEFT_OUT);
    }
    Excerpt {
        text: narrowed,
        first_line: excerpt.first_line,
        span: span_start..span_end,
        begins_within_line: excerpt.begins_within_line || start > 0,
    }
}

/// Each line of an excerpt of several, cut at its end.
fn narrow_lines(excerpt: &Excerpt, all: usize) -> Excerpt {
    let mut narrowed = String::new();
    let mut span = excerpt.span.clone();
    let mut start = 0;
    for line in excerpt.text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let (shown, is_cut) = head(words, all.saturating_sub(usize::from(columns(words) > all)));
        let moved = |at: usize| narrowed.len() + (at - start).min(shown.len());
        // What ends where the text ends stands on no further line.
        let end = start + line.len() + usize::from(start + line.len() == excerpt.text.len());
        for (at, shown_at) in [(excerpt.span.start, &mut span.start), (excerpt.span.end, &mut span.end)] {
            if (start..end).contains(&at) {
                *shown_at = moved(at);
            }
        }
        narrowed.push_str(shown);
        if is_cut {
            narrowed.push(LEFT_OUT);
        }
        narrowed.push_str(&line[words.len()..]);
        start += line.len();
    }
    span.end = span.end.max(span.start);
    Excerpt { text: narrowed, span, ..excerpt.clone() }
}

/// The beginning of a text that fits, and whether something is left out behind it.
fn head(text: &str, room: usize) -> (&str, bool) {
    let mut taken = 0;
    for (at, character) in text.char_indices() {
        taken += width(character);
        if taken > room {
            return (&text[..at], true);
        }
    }
    (text, false)
}

/// How many bytes at the end of a text fit.
fn tail_length(text: &str, room: usize) -> usize {
    let mut taken = 0;
    let mut length = 0;
    for character in text.chars().rev() {
        taken += width(character);
        if taken > room {
            break;
        }
        length += character.len_utf8();
    }
    length
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_kept_whole_and_quoted_ones_together() {
        let text = "Ce lien ne mène nulle part : « deux mots ». Voyez « un chemin qui est très long ».";
        assert_eq!(
            wrap(text, 10, 2, 30),
            ["Ce lien ne mène", "nulle part : « deux mots ».", "Voyez « un chemin qui est", "très long ».",]
        );
        assert_eq!(wrap("", 10, 2, 30), [""]);
        assert_eq!(wrap("un", 30, 2, 30), ["", "un"]);
        assert_eq!(wrap(&"x".repeat(90), 0, 0, 30), ["x".repeat(90)]);
    }

    fn excerpt(text: &str, meant: &str) -> Excerpt {
        let at = text.find(meant).expect("in the text");
        Excerpt { text: text.to_owned(), first_line: 3, span: at..at + meant.len(), begins_within_line: false }
    }

    #[test]
    fn what_is_meant_stays_in_view() {
        let check = |text: &str, meant: &str, label: usize, expected: &str| {
            let narrowed = narrow(&excerpt(text, meant), label, 20);
            assert_eq!(narrowed.text, expected);
            assert!(columns(&narrowed.text) <= 20);
        };
        check("titre: court", "court", 0, "titre: court");
        check("titre: un texte bien plus long", "titre", 0, "titre: un texte bie…");
        check("un texte bien plus long: [x](y) suite", "[x](y)", 0, "…long: [x](y) suite");
        check("[un lien plus long que la place](y)", "[un lien plus long que la place](y)", 0, "[un lien plus long…");
        check("voir: là", "là", 12, "…r: là");
    }

    proptest! {
        #[test]
        fn every_line_fits_and_the_span_is_within(
            text in "[a-zé\\t ]{0,60}(\n[a-zé ]{0,60}){0,2}", from in 0..200_usize, length in 0..200_usize,
            label in 0..30_usize, all in 40..80_usize,
        ) {
            let floor = |mut at: usize| { while !text.is_char_boundary(at) { at -= 1; } at };
            let start = floor(from.min(text.len()));
            let end = floor((start + length).min(text.len())).max(start);
            let whole = Excerpt { text: text.clone(), first_line: 1, span: start..end, begins_within_line: false };
            let narrowed = narrow(&whole, label, all);
            prop_assert!(narrowed.text.lines().all(|line| columns(line) <= all), "{narrowed:?}");
            prop_assert!(narrowed.text.get(narrowed.span.clone()).is_some(), "{narrowed:?}");
        }
    }
}
