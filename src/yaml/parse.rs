//! Text to [`Node`], by `serde_yaml`.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::ContentPath;

use super::places::{self, Places};

/// A value of a YAML document. Numbers keep the characters they were written with, so that a
/// reference `3.10` or a telephone number `+33…` is not recomputed.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing, or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// Any other scalar.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the author's order. A key may stand in it twice: the reader reports it.
    Map(Vec<(String, Node)>),
}

/// Reads `text`, which stands at byte `offset` of `file`.
///
/// # Errors
/// A placed [`Code::YamlSyntax`] when the text is not YAML.
pub fn parse(file: &ContentPath, text: &str, offset: usize) -> Result<Node, Box<Diagnostic>> {
    let parsed: Result<Node, _> = serde_yaml::from_str(text);
    match parsed {
        Ok(mut node) => {
            if needs_spelling(&node, text) {
                Places::of(text, offset).restore_numbers(&mut node, text, offset);
            }
            Ok(node)
        }
        Err(error) => Err(Box::new(syntax_error(file, text, offset, &error))),
    }
}

/// Whether a number of the tree may have been written otherwise than its value is printed.
fn needs_spelling(node: &Node, text: &str) -> bool {
    fn any_number(node: &Node, wanted: &dyn Fn(&str) -> bool) -> bool {
        match node {
            Node::Number(number) => wanted(number),
            Node::List(items) => items.iter().any(|item| any_number(item, wanted)),
            Node::Map(entries) => entries.iter().any(|(_, value)| any_number(value, wanted)),
            _ => false,
        }
    }
    let signs = ["+", "0x", "0o", "0b"].iter().any(|sign| text.contains(sign));
    any_number(node, &|number| signs || number.contains(['.', 'e']))
}

fn syntax_error(file: &ContentPath, text: &str, offset: usize, error: &serde_yaml::Error) -> Diagnostic {
    let (at, reason) = match places::scan_error(text) {
        Some(found) => found,
        None => {
            let at = error.location().map_or(0, |location| location.index()).min(text.len());
            (at, error.to_string())
        }
    };
    let at = floor_boundary(text, at);
    let (message, help, span) = explain(text, at);
    Diagnostic::new(Code::YamlSyntax, file, Place::Span(offset + span.start..offset + span.end))
        .message(message)
        .help(help)
        .arg("reason", reason)
}

/// Names the slip where it is one of the common ones, and points at it.
fn explain(text: &str, at: usize) -> (&'static str, &'static str, Range<usize>) {
    if let Some(tab) = tab_in_indentation(text, at) {
        return ("message-tab", "help-tab", tab..tab + 1);
    }
    if let Some(quote) = unclosed_quote(text) {
        return ("message-quote", "help-quote", quote..quote + 1);
    }
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let line = text[line_start..line_end].trim_end();
    if let Some(quote) = inner_quote(line) {
        return ("message-quote", "help-quote", line_start + quote..line_start + quote + 1);
    }
    if let Some(colon) = second_colon(line) {
        return ("message-colon", "help-colon", line_start + colon..line_start + colon + 1);
    }
    let end = text[at..].chars().next().map_or(at, |character| at + character.len_utf8());
    ("message", "help", at..end)
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

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        // `{value:?}` always has a point or an exponent, which is how `needs_spelling` knows it.
        Ok(Node::Number(format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Node, Node>()? {
            map.push((key.scalar().unwrap_or_default(), value));
        }
        Ok(Node::Map(map))
    }

    /// A tagged value (`!name value`): the tag says nothing here.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Node, A::Error> {
        let (_tag, value): (String, _) = tagged.variant()?;
        value.newtype_variant()
    }
}

impl Node {
    /// The text of a scalar, as written; `None` for nothing, a list or a map.
    pub fn scalar(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Number(text) | Self::Text(text) => Some(text.clone()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Map(entries) => entries.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(text) => match text.parse::<i64>() {
                // A number that prints as it was written is a number; any other is kept as written.
                Ok(value) if value.to_string() == *text => serializer.serialize_i64(value),
                _ => serializer.serialize_str(text),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
