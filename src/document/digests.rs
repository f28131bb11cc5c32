//! [`Digests`]: what tells whether a field or a part of a text is another than it was, without saying what it was.

use crate::hash::{ContentHash, FingerprintBuilder};
use crate::yaml::Node;

/// Hexadecimal digits of a digest: enough to tell two versions of one field apart.
const LENGTH: usize = 10;

/// Digests of the fields of a front matter and of the parts of a text, by their names in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digests {
    /// Of the fields of the front matter.
    pub fields: Vec<(Box<str>, Box<str>)>,
    /// Of the parts of the text, by heading; the first has none.
    pub parts: Vec<(Box<str>, Box<str>)>,
}

impl Digests {
    /// Those of a file.
    pub(super) fn of(front_matter: &Node, text: &str) -> Self {
        let fields = match front_matter {
            Node::Map(entries) => entries.iter().filter(|(_, node)| !node.is_empty()).map(digest_of_field).collect(),
            _ => Vec::new(),
        };
        Self { fields, parts: parts(text) }
    }
}

fn digest_of_field((key, node): &(String, Node)) -> (Box<str>, Box<str>) {
    let digest = add(FingerprintBuilder::new(), node).finish().to_string();
    (key.trim().into(), digest[..LENGTH].into())
}

/// Adds a value, each kind under a sign of its own, so that no two values look alike.
fn add(digest: FingerprintBuilder, node: &Node) -> FingerprintBuilder {
    match node {
        Node::Null => digest.input(b"n"),
        Node::Bool(value) => digest.input(&[b'b', u8::from(*value)]),
        Node::Number(text) | Node::Text(text) => digest.input(b"t").input(text.trim().as_bytes()),
        Node::List(items) => items.iter().fold(digest.input(b"l"), add).input(b"."),
        Node::Map(entries) => entries
            .iter()
            .fold(digest.input(b"m"), |digest, (key, node)| add(digest.input(key.as_bytes()), node))
            .input(b"."),
    }
}

/// The text, cut at its headings of the first two ranks. One heading that stands there twice names both parts.
fn parts(text: &str) -> Vec<(Box<str>, Box<str>)> {
    let mut parts: Vec<(&str, String)> = vec![("", String::new())];
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|sign| start.starts_with(sign));
        match (fence, sign) {
            (None, Some(_)) => fence = sign,
            (Some(open), Some(sign)) if open == sign => fence = None,
            _ => {}
        }
        if let Some(heading) = heading(line).filter(|_| fence.is_none()) {
            parts.push((heading, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line.trim_end());
            part.push('\n');
        }
    }
    let mut digests: Vec<(Box<str>, Box<str>)> = Vec::new();
    for (heading, part) in parts {
        let part = part.trim();
        if heading.is_empty() && part.is_empty() {
            continue;
        }
        let digest = &ContentHash::of(part.as_bytes()).to_string()[..LENGTH];
        match digests.iter_mut().find(|(known, _)| **known == *heading) {
            Some((_, both)) => {
                let joined = ContentHash::of(format!("{both}{digest}").as_bytes()).to_string();
                *both = joined[..LENGTH].into();
            }
            None => digests.push((heading.into(), digest.into())),
        }
    }
    digests
}

/// The words of a heading of the first or second rank, without what else may stand on its line.
fn heading(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("##").or_else(|| line.strip_prefix('#'))?;
    let words = rest.strip_prefix([' ', '\t'])?.trim().trim_end_matches('#').trim_end();
    // An id of the author's own: `{#programme}`.
    let words = words.rsplit_once(" {#").filter(|(_, id)| id.ends_with('}')).map_or(words, |(words, _)| words);
    Some(words.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(parts: &[(Box<str>, Box<str>)]) -> Vec<&str> {
        parts.iter().map(|(name, _)| &**name).collect()
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let text =
            "Avant.\n\n## Programme {#p}\n\n### Jour 1\n\nx\n\n```\n## pas un titre\n```\n\n# Objectifs ##\n\ny\n";
        assert_eq!(names(&parts(text)), ["", "Programme", "Objectifs"]);
        assert_eq!(names(&parts("## A\n\nx\n## A\n\ny\n")), ["A"]);
        assert_eq!(names(&parts("\n\n")), Vec::<&str>::new());
        assert_ne!(parts("## A\n\nx\n## A\n\ny\n"), parts("## A\n\nx\n## A\n\nz\n"));
        assert_eq!(parts("## A\n\nx  \n"), parts("## A\nx\n\n\n"), "spaces are no change");
    }

    #[test]
    fn values_that_look_alike_have_digests_of_their_own() {
        let text = |text: &str| Node::Text(text.to_owned());
        let values = [
            Node::Null,
            Node::Bool(true),
            Node::Bool(false),
            text("a"),
            text("ab"),
            Node::List(vec![text("a"), text("b")]),
            Node::List(vec![Node::List(vec![text("a")]), text("b")]),
            Node::List(vec![Node::List(vec![text("a"), text("b")])]),
            Node::Map(vec![("a".to_owned(), text("b"))]),
        ];
        let digests: std::collections::BTreeSet<String> =
            values.iter().map(|node| add(FingerprintBuilder::new(), node).finish().to_string()).collect();
        assert_eq!(digests.len(), values.len());
    }
}
