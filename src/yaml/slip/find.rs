//! Where the common slips of a text are, each by a function of its own.

use std::ops::Range;

use crate::fold::{is_invisible, is_no_break};
use crate::yaml::cut::is_cut;

/// Where a parser stopped in a text, at the beginning of a character.
#[derive(Debug)]
pub(super) struct Stop<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Stop<'_> {
    /// The line of it, and the last one before with something on it.
    fn lines(&self) -> [Range<usize>; 2] {
        [line_of(self.text, self.at), line_before(self.text, self.at)]
    }

    /// What is found on the line of it.
    pub(super) fn on_line(&self, find: fn(&str) -> Option<usize>) -> Option<usize> {
        let line = line_of(self.text, self.at);
        find(self.text[line.clone()].trim_end()).map(|at| line.start + at)
    }

    /// What is found on the line of it, or else on the one before.
    pub(super) fn on_either(&self, find: fn(&str) -> Option<usize>) -> Option<usize> {
        let lines = self.lines();
        lines.iter().find_map(|line| find(self.text[line.clone()].trim_end()).map(|at| line.start + at))
    }
}

/// The character at a byte, which may be within it or behind the last one.
pub(super) fn character_at(text: &str, at: usize) -> Range<usize> {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    start..start + text[start..].chars().next().map_or(0, char::len_utf8)
}

/// The line that holds a byte, without what ends it.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// The last line with something on it before the one that holds a byte; an empty one where there is none.
fn line_before(text: &str, at: usize) -> Range<usize> {
    let above = text[..line_of(text, at).start].trim_end();
    line_of(text, above.len()).start..above.len()
}

/// A tab before the first word of the line at which the parser stopped, or of one of the two lines before it.
pub(super) fn tab_in_indentation(text: &str, at: usize) -> Option<usize> {
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
pub(super) fn unclosed_quote(text: &str) -> Option<usize> {
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

pub(super) fn looks_like_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, rest)| {
        !key.trim().is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || "-_ ".contains(c))
            && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// The quote that closes a quoted value too early: something else follows it on the line.
pub(super) fn inner_quote(line: &str) -> Option<usize> {
    let value = line.find(": ").map_or(0, |colon| colon + 2);
    let start = value + line[value..].len() - line[value..].trim_start_matches([' ', '-']).len();
    let quote = line[start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let close = start + 1 + line[start + 1..].find(quote)?;
    let rest = line[close + 1..].trim();
    (!rest.is_empty() && !rest.starts_with(['#', ',', ':', ']', '}'])).then_some(close)
}

/// A colon followed by a space inside an unquoted value.
pub(super) fn second_colon(line: &str) -> Option<usize> {
    let first = line.find(": ")?;
    let value = line[first + 2..].trim_start();
    if value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']) {
        return None;
    }
    let rest = &line[first + 2..];
    rest.find(": ").or_else(|| rest.strip_suffix(':').map(str::len)).map(|second| first + 2 + second)
}

/// A no-break space before the first word of a line near the one at which the parser stopped.
pub(super) fn no_break_in_indentation(&Stop { text, at }: &Stop<'_>) -> Option<usize> {
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
pub(super) fn value_start(line: &str) -> Option<usize> {
    let start = match line.find(": ") {
        Some(colon) if looks_like_key(line.trim_start().trim_start_matches("- ")) => colon + 2,
        _ => line.len() - line.trim_start().strip_prefix("- ")?.len(),
    };
    Some(line.len() - line[start..].trim_start().len())
}

/// A bracket that opens a list on one line and is not closed before the next key.
pub(super) fn unclosed_bracket(&Stop { text, at }: &Stop<'_>) -> Option<usize> {
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
pub(super) fn leading_sign(line: &str) -> Option<usize> {
    let value = value_start(line)?;
    let rest = &line[value..];
    let first = rest.chars().next()?;
    let is_list = matches!(first, '[' | '{') && rest.ends_with([']', '}']);
    (matches!(first, '@' | '%' | '`' | '*' | '&' | '!' | '|' | '>' | '[' | '{' | ',' | ']' | '}') && !is_list)
        .then_some(value)
}

/// The colon behind the first word of a line, when no space follows it.
pub(super) fn missing_space(line: &str) -> Option<usize> {
    let words = line.trim_start().trim_start_matches("- ");
    let colon = words.find(':')?;
    let (key, value) = (&words[..colon], &words[colon + 1..]);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'));
    let is_joined = !value.is_empty() && !value.starts_with([' ', '/', ':']) && !words.contains(": ");
    (is_key && is_joined).then_some(line.len() - words.len() + colon)
}

/// A `#` before a word at which a value ends that its author sees going on: in a list that is closed behind it, or with
/// more of a text on the next line.
pub(super) fn cutting_sign(stop: &Stop<'_>) -> Option<usize> {
    let text = stop.text;
    let [here, above] = stop.lines();
    for line in [above, here] {
        let signs = text[line.clone()].match_indices('#').map(|(at, _)| line.start + at);
        let Some(sign) = signs.filter(|at| is_cut(text, *at)).find(|at| !text[line.start..*at].contains(['"', '\'']))
        else {
            continue;
        };
        if text[line.start..sign].trim().is_empty() {
            continue;
        }
        // The entry begins at the last line that is not indented.
        let entry = text[..sign]
            .rmatch_indices('\n')
            .map(|(at, _)| at + 1)
            .find(|at| !text[*at..].starts_with([' ', '\t', '-', ']', '}', '\n']));
        let entry = &text[entry.unwrap_or(0)..sign];
        let is_listed = entry.matches(['[', '{']).count() > entry.matches([']', '}']).count();
        let next = text[line.end..].trim_start_matches(['\n', '\r']).lines().next().unwrap_or_default();
        let goes_on = next.starts_with(' ') && !looks_like_key(next.trim()) && !next.trim().starts_with('-');
        if is_listed || goes_on {
            return Some(sign);
        }
    }
    None
}

/// The first word of a key that is indented like none of the lines above it.
pub(super) fn wrong_indentation(&Stop { text, at }: &Stop<'_>) -> Option<usize> {
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
    let is_known = text[..line.start].lines().any(|line| line != "---" && content(line).contains(&first));
    (!opens && (!is_known || first > content(above)[1])).then_some(line.start + first)
}

/// A line that is neither a key nor an item: the one at which the parser stopped, or the one before.
pub(super) fn line_without_key(stop: &Stop<'_>) -> Option<Range<usize>> {
    let text = stop.text;
    stop.lines().iter().rev().find_map(|line| {
        let words = text[line.clone()].trim();
        let is_bare = !words.is_empty() && !words.starts_with(['-', '#', '"', '\'']) && !words.contains(':');
        let start = line.start + text[line.clone()].len() - text[line.clone()].trim_start().len();
        is_bare.then_some(start..start + words.len())
    })
}

/// A line that closes the front matter and goes on, such as `--- suite`, at which the parser stopped or before.
pub(super) fn marker_with_words(&Stop { text, at }: &Stop<'_>) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if start > 0 && words.starts_with("---") && words.len() > 3 && words[3..].starts_with([' ', '\t']) {
            return (start <= at).then_some(start..start + words.len());
        }
        start += line.len();
    }
    None
}

/// A character that nothing shows and no text has: word processors leave them behind.
pub(super) fn control_character(text: &str) -> Option<usize> {
    let is_stray = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    text.find(|c| is_stray(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}

/// The double quote that opens the value of a line.
pub(super) fn opening_quote(line: &str) -> Option<usize> {
    value_start(line).filter(|start| line[*start..].starts_with('"'))
}

/// The sign before the words of a line that stands for a hyphen elsewhere.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let words = line.trim_start();
    let rest = words.strip_prefix(['*', '•', '–', '—', '◦', '▪'])?;
    rest.starts_with(|c| c == ' ' || is_no_break(c)).then(|| line.len() - words.len())
}

/// The hyphen of an item, when no space follows it.
pub(super) fn joined_dash(line: &str) -> Option<usize> {
    let words = line.trim_start();
    let rest = words.strip_prefix('-')?;
    rest.starts_with(|c: char| c.is_alphabetic() || c == '"' || is_invisible(c)).then(|| line.len() - words.len())
}

/// The hyphen of an item where no list can be: the line at which the parser stopped, or the one before.
pub(super) fn stray_item(stop: &Stop<'_>) -> Option<usize> {
    let is_item = |line: &str| line.trim_start().starts_with("- ").then(|| line.len() - line.trim_start().len());
    stop.on_either(is_item)
}

/// The hyphen of an item on the line of its key.
pub(super) fn inline_item(line: &str) -> Option<usize> {
    value_start(line).filter(|start| line[*start..].starts_with("- "))
}

/// The last bracket of a line, when more are closed on it than opened.
pub(super) fn closing_bracket(line: &str) -> Option<usize> {
    let count = |signs: [char; 2]| line.matches(signs).count();
    line.rfind([']', '}']).filter(|_| count([']', '}']) > count(['[', '{']))
}
