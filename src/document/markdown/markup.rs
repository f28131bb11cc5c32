//! HTML being written, with gaps for what is filled in later.
//!
//! A gap is written into the text as a pair of Unicode noncharacters around its number. Those
//! characters may not occur in HTML, so everything that comes from an author loses them in
//! [`legal`]: nobody can forge a gap, and gaps survive the sanitiser.

use crate::document::body::Fragment;

const GAP: char = '\u{FDD0}';
const GAP_END: char = '\u{FDD1}';

/// The interface words that a body asks for.
pub const PHRASES: &[&str] = &[
    "alert-note",
    "alert-tip",
    "alert-important",
    "alert-warning",
    "alert-caution",
    "footnote",
    "footnote-back",
    "footnotes",
    "table",
    "task-done",
    "task-open",
];

/// Leaves a gap for the address of a link.
pub(super) fn push_address(html: &mut String, index: usize) {
    html.extend([GAP, 'a']);
    html.push_str(&index.to_string());
    html.push(GAP_END);
}

/// Leaves a gap for an interface word; a key that is not in [`PHRASES`] leaves none.
pub(super) fn push_phrase(html: &mut String, key: &str) {
    if let Some(index) = PHRASES.iter().position(|phrase| *phrase == key) {
        html.extend([GAP, 'p']);
        html.push_str(&index.to_string());
        html.push(GAP_END);
    }
}

/// A gap for an interface word, to be put into a `format!`.
pub(super) fn phrase(key: &str) -> String {
    let mut gap = String::new();
    push_phrase(&mut gap, key);
    gap
}

/// Cuts written HTML at its gaps.
pub(super) fn fragments(html: &str) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut parts = html.split(GAP);
    let mut push = |text: &str| {
        if !text.is_empty() {
            fragments.push(Fragment::Html(text.to_owned()));
        }
    };
    push(parts.next().unwrap_or_default());
    for part in parts {
        let Some((gap, rest)) = part.split_once(GAP_END) else {
            continue;
        };
        let number = gap.get(1..).and_then(|digits| digits.parse::<usize>().ok());
        let fragment = match (gap.chars().next(), number) {
            (Some('a'), Some(index)) => Some(Fragment::Address(index)),
            (Some('p'), Some(index)) => PHRASES.get(index).map(|key| Fragment::Phrase(key)),
            _ => None,
        };
        fragments.extend(fragment);
        if !rest.is_empty() {
            fragments.push(Fragment::Html(rest.to_owned()));
        }
    }
    // Held as long as the site is made: most texts are one piece, and a list begins with room for four.
    fragments.shrink_to_fit();
    fragments
}

/// The character as it may stand in HTML and XML, if it may at all.
pub(super) fn legal(c: char) -> Option<char> {
    match c {
        '\t' | '\n' => Some(c),
        '\0' => Some('\u{FFFD}'),
        '\u{FDD0}'..='\u{FDEF}' => None,
        c if (c as u32) & 0xFFFE == 0xFFFE => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Text without the characters that may not stand in HTML; every line ends in one newline.
pub(super) fn legal_text(text: &str) -> String {
    if is_plainly_legal(text) {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\r' {
            if characters.peek() != Some(&'\n') {
                result.push('\n');
            }
        } else {
            result.extend(legal(c));
        }
    }
    result
}

/// Whether nothing in `text` can be illegal or a line end to be changed: a look at its bytes, which nearly all texts
/// pass. Those that do not are read by character.
fn is_plainly_legal(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'\t' | b'\n' | b' '..=b'~' => true,
        // The first half of C2 are controls.
        0xC2 => bytes.get(at + 1).is_some_and(|next| *next >= 0xA0),
        // What begins with EF may be a noncharacter, and so may what takes four bytes.
        0xEF.. => false,
        byte => *byte >= 0x80,
    })
}

/// Writes legal text, with `replaced` in place of the bytes for which it gives something.
fn push_replacing(html: &mut String, text: &str, replaced: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = replaced(byte) {
            html.push_str(&text[done..at]);
            html.push_str(entity);
            done = at + 1;
        }
    }
    html.push_str(&text[done..]);
}

/// Text as it must stand between tags.
pub(in crate::document) fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    html
}

/// Writes text as it must stand between tags.
pub(super) fn push_text(html: &mut String, text: &str) {
    if is_plainly_legal(text) {
        return push_replacing(html, text, |byte| match byte {
            b'&' => Some("&amp;"),
            b'<' => Some("&lt;"),
            b'>' => Some("&gt;"),
            _ => None,
        });
    }
    for c in text.chars().filter_map(legal) {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
}

/// Writes text as it must stand between the quotes of an attribute.
pub(super) fn push_attribute(html: &mut String, text: &str) {
    for c in text.chars().filter_map(legal) {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// Writes ` name="value"`.
pub(super) fn push_named(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    push_attribute(html, value);
    html.push('"');
}
