//! Text to [`Node`], by `serde_yaml`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::diagnostic::Diagnostic;
use crate::fold::{is_invisible, is_no_break, is_noncharacter};
use crate::source::ContentPath;

use super::depth::too_deep;
use super::places::{self, Places};
use super::slip;

/// How many bytes of YAML are read. Front matter has a few hundred; one of megabytes is a text whose closing `---`
/// was lost, or is made to eat memory.
const LONGEST: usize = 2 * 1024 * 1024;

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
/// A placed [`crate::diagnostic::Code::YamlSyntax`] when the text is not YAML.
pub fn parse(file: &ContentPath, text: &str, offset: usize) -> Result<Node, Box<Diagnostic>> {
    if text.len() > LONGEST {
        return Err(Box::new(slip::of_length(text, LONGEST).diagnostic(file, offset)));
    }
    if let Some(at) = too_deep(text) {
        return Err(Box::new(slip::of_depth(text, at).diagnostic(file, offset)));
    }
    let text = &*readable(text);
    match read(text) {
        Ok(mut node) => {
            if needs_spelling(&node, text) {
                Places::of(text, offset).restore_numbers(&mut node, text, offset);
            }
            Ok(node)
        }
        Err(error) => Err(Box::new(syntax_error(file, text, offset, &error))),
    }
}

/// What is read: the text itself, or one with plain spaces where no-break ones stand behind the colon of a key.
///
/// Word processors and French keyboards put them there, nobody sees them, and to YAML they make no key. As many
/// spaces stand for a character as it has bytes, so that every place stays what it is. A text that can be read is
/// left alone: there, such a space belongs to a value.
pub(super) fn readable(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let (mut copied, mut end) = (0, 0);
    for line in text.split_inclusive(['\n', '\r']) {
        let start = end;
        end += line.len();
        let Some(colon) = line.find(':') else { continue };
        let behind = &line[colon + 1..];
        let gap = behind.len() - behind.trim_start_matches(|c| is_no_break(c) || is_invisible(c)).len();
        if gap > 0 && is_key(&line[..colon]) {
            plain.push_str(&text[copied..start + colon + 1]);
            plain.extend(std::iter::repeat_n(' ', gap));
            copied = start + colon + 1 + gap;
        }
    }
    if copied == 0 || read(text).is_ok_and(|node| matches!(node, Node::Map(_))) {
        return Cow::Borrowed(text);
    }
    plain.push_str(&text[copied..]);
    Cow::Owned(plain)
}

fn is_key(text: &str) -> bool {
    let name = text.trim_start_matches([' ', '-']);
    !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || "-_ ’'".contains(c) || is_no_break(c) || is_invisible(c))
}

/// A text without the noncharacters of Unicode, which only an escape can have written.
fn exchangeable(text: String) -> String {
    // All of them begin with one of these bytes, which few texts have.
    if !text.bytes().any(|byte| byte >= 0xEF) || !text.contains(is_noncharacter) {
        return text;
    }
    text.replace(is_noncharacter, "")
}

pub(super) fn read(text: &str) -> Result<Node, serde_yaml::Error> {
    serde_yaml::from_str(text)
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
    let told = error.to_string();
    let placed = error.location().map_or(0, |location| location.index());
    let slip = if told.starts_with("repetition limit") {
        slip::of_aliases(text)
    } else if told.starts_with("recursion limit") {
        slip::of_depth(text, placed)
    } else {
        let (at, reason) = places::scan_error(text).unwrap_or((placed, told));
        slip::explain(text, at, reason)
    };
    slip.diagnostic(file, offset)
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
        Ok(Node::Text(exchangeable(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(exchangeable(value)))
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
