//! Why a text is no YAML, in the author's words: [`explain`] names the common slips and points at them.
//!
//! The parsers say where they stopped, which is often a line below the slip, in words about their own making. What
//! they say is shown only where nothing better is known.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::ContentPath;

use super::parse::is_no_break;
use super::places;

/// A slip: which sentences tell it, and where it is.
#[derive(Debug)]
pub(super) struct Slip {
    message: &'static str,
    help: &'static str,
    span: Range<usize>,
    args: Vec<(&'static str, String)>,
}

impl Slip {
    fn new(message: &'static str, help: &'static str, span: Range<usize>) -> Self {
        Self { message, help, span, args: Vec::new() }
    }

    fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The slip as a diagnostic about a text that stands at byte `offset` of `file`.
    pub(super) fn diagnostic(self, file: &ContentPath, offset: usize) -> Diagnostic {
        let place = Place::Span(offset + self.span.start..offset + self.span.end);
        let diagnostic = Diagnostic::new(Code::YamlSyntax, file, place).message(self.message).help(self.help);
        self.args.into_iter().fold(diagnostic, |diagnostic, (name, value)| diagnostic.arg(name, value))
    }
}

/// Values that stand for others, which stand for others: a few lines that would fill the memory.
pub(super) fn of_aliases(text: &str) -> Slip {
    Slip::new("message-aliases", "help-aliases", places::first_alias(text).unwrap_or(0..0))
}

/// Lists in lists beyond all need.
pub(super) fn of_depth(text: &str, at: usize) -> Slip {
    Slip::new("message-depth", "help-depth", character_at(text, at))
}

/// More text than front matter can be.
pub(super) fn of_length(text: &str, longest: usize) -> Slip {
    let span = character_at(text, 0).start..text.len().min(3);
    Slip::new("message-length", "help-length", span).arg("megabytes", (longest >> 20).to_string())
}

/// Names the slip where it is one of the common ones, and points at it. `at` is where a parser stopped, and why.
pub(super) fn explain(text: &str, at: usize, reason: String) -> Slip {
    let here = character_at(text, at);
    let lines = [line_of(text, here.start), line_before(text, here.start)];
    let slip = |message, help| move |at: usize| Slip::new(message, help, character_at(text, at));
    let on_line = |find: fn(&str) -> Option<usize>| {
        let line = &lines[0];
        find(text[line.clone()].trim_end()).map(|at| line.start + at)
    };
    let on_either = |find: fn(&str) -> Option<usize>| {
        lines.iter().find_map(|line| find(text[line.clone()].trim_end()).map(|at| line.start + at))
    };
    unreadable_character(text)
        .map(|at| of_character(text, at))
        .or_else(|| tab_in_indentation(text, here.start).map(slip("message-tab", "help-tab")))
        .or_else(|| no_break_in_indentation(text, here.start).map(slip("message-no-break", "help-no-break")))
        .or_else(|| unclosed_quote(text).map(slip("message-quote", "help-quote")))
        .or_else(|| on_line(inner_quote).map(slip("message-quote", "help-quote")))
        .or_else(|| unclosed_bracket(text, here.start).map(slip("message-bracket", "help-bracket")))
        .or_else(|| on_line(second_colon).map(slip("message-colon", "help-colon")))
        .or_else(|| on_line(leading_sign).map(|at| of_sign(text, at)))
        .or_else(|| on_either(missing_space).map(slip("message-space", "help-space")))
        .or_else(|| wrong_indentation(text, here.start).map(slip("message-indentation", "help-indentation")))
        .or_else(|| line_without_key(text, &lines).map(|line| Slip::new("message-no-key", "help-no-key", line)))
        .unwrap_or_else(|| Slip::new("message", "help", here).arg("reason", reason))
}

/// A character that YAML does not have: most come with what is pasted, such as the line break of a word processor.
fn unreadable_character(text: &str) -> Option<usize> {
    let is_readable = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    text.char_indices().find(|(_, c)| !is_readable(*c)).map(|(at, _)| at)
}

fn of_character(text: &str, at: usize) -> Slip {
    let span = character_at(text, at);
    let number = text[span.clone()].chars().next().map_or(0, u32::from);
    Slip::new("message-character", "help-character", span).arg("number", format!("U+{number:04X}"))
}

/// The character at a byte, which may be within it or behind the last one.
fn character_at(text: &str, at: usize) -> Range<usize> {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    start..start + text[start..].chars().next().map_or(0, char::len_utf8)
}

/// The line that holds a byte, without what ends it.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// The last line with something on it before the one that holds a byte; an empty one where there is none.
fn line_before(text: &str, at: usize) -> Range<usize> {
    let above = text[..line_of(text, at).start].trim_end();
    line_of(text, above.len()).start..above.len()
}

/// A tab before the first word of the line at which the parser stopped, or of one of the two lines before it.
fn tab_in_indentation(text: &str, at: usize) -> Option<usize> {
    let mut start = text[..at].match_indices('\n').nth_back(2).map_or(0, |(newline, _)| newline + 1);
    for line in text[start..].split_inclusive('\n').take(4) {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indentation].find('\t').filter(|_| !line.trim().is_empty()) {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// The quote that opens a value of the form `key: "…` and is not closed before the next key.
fn unclosed_quote(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let value = line
            .find(": ")
            .map(|colon| colon + 2)
            .or_else(|| line.trim_start().starts_with("- ").then(|| line.find("- ").map_or(0, |dash| dash + 2)));
        if let Some(value) = value {
            let rest = line[value..].trim_start();
            let quote_at = start + line.len() - line[value..].len() + (line[value..].len() - rest.len());
            if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
                let open = rest[1..].matches(quote).count() % 2 == 0;
                let closed_later = text[start + line.len()..]
                    .lines()
                    .take_while(|next| !looks_like_key(next))
                    .any(|next| next.contains(quote));
                if open && !closed_later {
                    return Some(quote_at);
                }
            }
        }
        start += line.len();
    }
    None
}

fn looks_like_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| {
        !key.trim().is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c))
            && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// The quote that closes a quoted value too early: something else follows it on the line.
fn inner_quote(line: &str) -> Option<usize> {
    let value = line.find(": ").map_or(0, |colon| colon + 2);
    let start = value + line[value..].len() - line[value..].trim_start_matches([' ', '-']).len();
    let quote = line[start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let close = start + 1 + line[start + 1..].find(quote)?;
    let rest = line[close + 1..].trim();
    (!rest.is_empty() && !rest.starts_with(['#', ',', ':', ']', '}'])).then_some(close)
}

/// A colon followed by a space inside an unquoted value.
fn second_colon(line: &str) -> Option<usize> {
    let first = line.find(": ")?;
    let value = line[first + 2..].trim_start();
    if value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']) {
        return None;
    }
    let rest = &line[first + 2..];
    rest.find(": ").or_else(|| rest.strip_suffix(':').map(str::len)).map(|second| first + 2 + second)
}

/// A no-break space before the first word of a line near the one at which the parser stopped.
fn no_break_in_indentation(text: &str, at: usize) -> Option<usize> {
    [line_of(text, at), line_before(text, at)].into_iter().find_map(|line| {
        let words = &text[line.clone()];
        let indentation = words.len() - words.trim_start_matches(|c| c == ' ' || is_no_break(c)).len();
        words[..indentation]
            .find(is_no_break)
            .filter(|_| indentation < words.trim_end().len())
            .map(|at| line.start + at)
    })
}

/// Where the value of a line begins: behind the colon of its key, or behind the dash of its item.
fn value_start(line: &str) -> Option<usize> {
    let start = match line.find(": ") {
        Some(colon) if looks_like_key(line.trim_start().trim_start_matches("- ")) => colon + 2,
        _ => line.len() - line.trim_start().strip_prefix("- ")?.len(),
    };
    Some(line.len() - line[start..].trim_start().len())
}

/// A bracket that opens a list on one line and is not closed before the next key.
fn unclosed_bracket(text: &str, at: usize) -> Option<usize> {
    [line_of(text, at), line_before(text, at)].into_iter().find_map(|line| {
        let words = &text[line.clone()];
        let value = value_start(words)?;
        let open = words[value..].chars().next().filter(|first| matches!(first, '[' | '{'))?;
        let close = if open == '[' { ']' } else { '}' };
        let count = |sign: char| words.matches(sign).count();
        (count(open) > count(close)).then_some(line.start + value)
    })
}

/// The sign at the beginning of a value that means something else to YAML than to an author.
fn leading_sign(line: &str) -> Option<usize> {
    let value = value_start(line)?;
    let rest = &line[value..];
    let first = rest.chars().next()?;
    let is_list = matches!(first, '[' | '{') && rest.ends_with([']', '}']);
    (matches!(first, '@' | '%' | '`' | '*' | '&' | '!' | '|' | '>' | '[' | '{' | ',' | ']' | '}') && !is_list)
        .then_some(value)
}

fn of_sign(text: &str, at: usize) -> Slip {
    let span = character_at(text, at);
    let line = line_of(text, at);
    let sign = text[span.clone()].to_owned();
    let value = text[at..line.end].trim().replace('"', "”");
    Slip::new("message-sign", "help-sign", span).arg("sign", sign).arg("value", value)
}

/// The colon behind the first word of a line, when no space follows it.
fn missing_space(line: &str) -> Option<usize> {
    let words = line.trim_start().trim_start_matches("- ");
    let colon = words.find(':')?;
    let (key, value) = (&words[..colon], &words[colon + 1..]);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'));
    let is_joined = !value.is_empty() && !value.starts_with([' ', '/', ':']) && !words.contains(": ");
    (is_key && is_joined).then_some(line.len() - words.len() + colon)
}

/// The first word of a key that is indented like none of the lines above it.
fn wrong_indentation(text: &str, at: usize) -> Option<usize> {
    let line = line_of(text, at);
    let words = text[line.clone()].trim_end();
    let first = words.len() - words.trim_start().len();
    if !looks_like_key(words.trim_start().trim_start_matches("- ")) {
        return None;
    }
    let above = &text[line_before(text, at)];
    // A key without a value may have anything below it.
    let opens = above.trim_end().ends_with([':', '|', '>']);
    let content = |line: &str| {
        let start = line.len() - line.trim_start().len();
        [start, line.len() - line.trim_start().trim_start_matches("- ").len()]
    };
    let is_known = text[..line.start].lines().any(|line| content(line).contains(&first));
    (!opens && (!is_known || first > content(above)[1])).then_some(line.start + first)
}

/// A line that is neither a key nor an item: the one at which the parser stopped, or the one before.
fn line_without_key(text: &str, lines: &[Range<usize>; 2]) -> Option<Range<usize>> {
    lines.iter().rev().find_map(|line| {
        let words = text[line.clone()].trim();
        let is_bare = !words.is_empty() && !words.starts_with(['-', '#', '"', '\'']) && !words.contains(':');
        let start = line.start + text[line.clone()].len() - text[line.clone()].trim_start().len();
        is_bare.then_some(start..start + words.len())
    })
}
