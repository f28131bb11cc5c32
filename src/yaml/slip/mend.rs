//! Lines as they should be, to be copied from a message.

use crate::yaml::scalar::quoted;

use super::find::{character_at, line_of, looks_like_key, value_start};

/// How much of a line is shown as it should be: what is longer is not read, let alone copied.
const LONGEST_SHOWN: usize = 120;

/// The line that holds a byte with another value, if it is short enough to be shown.
fn with_value(text: &str, at: usize, value: impl FnOnce(&str) -> String) -> Option<String> {
    let line = line_of(text, at);
    let words = text[line.clone()].trim_end();
    let start = value_start_of_text(words)?;
    short(format!("{}{}", &words[..start], value(&words[start..]))).filter(|_| !goes_on(&text[line.end..], words))
}

/// Whether the value of a line goes on below it.
fn goes_on(below: &str, line: &str) -> bool {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let Some(next) = below.lines().find(|next| !next.trim().is_empty()) else { return false };
    indentation(next) > indentation(line) && !next.trim_start().starts_with("- ") && !looks_like_key(next)
}

/// Where the value of a line begins. In an item, a key has no space in it: « Jour 1 : accueil » is a text.
fn value_start_of_text(line: &str) -> Option<usize> {
    let Some(item) = line.trim_start().strip_prefix("- ").map(str::trim_start) else { return value_start(line) };
    let is_key = item.split_once(": ").is_some_and(|(key, _)| !key.contains(char::is_whitespace));
    if is_key { value_start(line) } else { Some(line.len() - item.len()) }
}

/// The line with its value in quotes.
pub(super) fn with_quoted_value(text: &str, at: usize) -> Option<String> {
    with_value(text, at, quoted)
}

/// The value without the quote that opens it by mistake or is not closed, in quotes that fit what it holds.
pub(super) fn with_mended_quotes(text: &str, at: usize) -> Option<String> {
    with_value(text, at, |value| {
        let Some(quote) = value.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
            return quoted(value);
        };
        let inner = &value[1..];
        let inner = match inner.strip_suffix(quote) {
            Some(inner) => inner,
            // `"Un chez-soi" pour tous`: the quotes are a part of the text.
            None if inner.contains(&format!("{quote} ")) => value,
            None => inner,
        };
        quoted(inner)
    })
}

/// The line with a space behind the sign at a byte.
pub(super) fn with_space_behind(text: &str, at: usize) -> Option<String> {
    let line = line_of(text, at);
    let sign = character_at(text, at);
    short(format!("{} {}", &text[line.start..sign.end], &text[sign.end..line.end]))
}

/// The line with a hyphen in place of the sign at a byte.
pub(super) fn with_hyphen(text: &str, at: usize) -> Option<String> {
    let line = line_of(text, at);
    let sign = character_at(text, at);
    short(format!("- {}", text[sign.end..line.end].trim()))
}

/// A line without what stands around it, if it is short enough to be shown.
fn short(line: String) -> Option<String> {
    let line = line.trim();
    (line.len() <= LONGEST_SHOWN).then(|| line.to_owned())
}
