//! The site's acronyms, explained where a page uses them first.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::desk::{Desk, push_escaped};
use super::parts::Html;

/// Elements whose text stays as it is: an explanation inside a link or a heading would be read with it each time.
/// What stands in a script, a style or a drawing is no text at all.
const LEFT_ALONE: [&str; 18] = [
    "a", "abbr", "button", "code", "h2", "h3", "h4", "h5", "h6", "kbd", "math", "pre", "samp", "script", "style",
    "svg", "textarea", "title",
];

/// The acronyms that a page has not explained yet.
pub(super) struct Glossary<'d> {
    terms: &'d BTreeMap<String, String>,
    /// The first bytes of all acronyms: most words of a text need no more than a look at theirs.
    beginnings: [bool; 256],
    explained: BTreeSet<&'d str>,
    desk: &'d Desk<'d>,
}

impl<'d> Glossary<'d> {
    /// The glossary of one page.
    pub(super) fn new(desk: &'d Desk<'d>) -> Self {
        let terms = &desk.config.glossary;
        let mut beginnings = [false; 256];
        terms.keys().filter_map(|key| key.bytes().next()).for_each(|byte| beginnings[usize::from(byte)] = true);
        Self { terms, beginnings, explained: BTreeSet::new(), desk }
    }

    /// Puts `<abbr>` around the first use of each acronym.
    pub(super) fn explain(&mut self, html: &mut Html) {
        if !self.may_be_in(html.0.as_bytes()) {
            return;
        }
        let mut explained = String::with_capacity(html.0.len());
        // How many elements that are left alone are open.
        let mut depth = 0_usize;
        let mut rest = html.0.as_str();
        while let Some(open) = rest.find('<') {
            let (text, from_tag) = rest.split_at(open);
            self.push_text(&mut explained, text, depth == 0);
            let end = tag_end(from_tag);
            // A comment ends nowhere else, whatever is in it.
            let end = if from_tag.starts_with("<!--") {
                from_tag.find("-->").map_or(from_tag.len(), |at| at + 3)
            } else {
                end
            };
            let tag = &from_tag[..end];
            let is_end = tag.starts_with("</");
            let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next();
            if LEFT_ALONE.contains(&name.unwrap_or_default()) {
                depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
            }
            explained.push_str(tag);
            rest = &from_tag[end..];
        }
        self.push_text(&mut explained, rest, depth == 0);
        html.0 = explained;
    }

    /// Whether an acronym that is still to be explained may be in a text. Of a long glossary it is not asked: reading the
    /// text once is less work then.
    fn may_be_in(&self, html: &[u8]) -> bool {
        const FEW: usize = 20;
        let mut wanted = self.terms.keys().filter(|key| !self.explained.contains(key.as_str()));
        !html.is_empty()
            && self.explained.len() < self.terms.len()
            && (self.terms.len() > FEW || wanted.any(|key| memmem::find(html, key.as_bytes()).is_some()))
    }

    fn push_text(&mut self, html: &mut String, text: &str, may_explain: bool) {
        if !may_explain {
            html.push_str(text);
            return;
        }
        // What is written already, and where the next word is looked for.
        let (mut done, mut at) = (0, 0);
        while let Some(found) = text.as_bytes()[at..].iter().position(|byte| self.beginnings[usize::from(*byte)]) {
            let start = at + found;
            let rest = &text[start..];
            let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
            at = start + word.len().max(rest.chars().next().map_or(1, char::len_utf8));
            // A word begins where none goes on; `&eacute;` is none.
            if text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '&') {
                continue;
            }
            let Some((key, meaning)) = self.terms.get_key_value(word) else { continue };
            if self.explained.insert(key) {
                html.push_str(&text[done..start]);
                html.push_str("<abbr title=\"");
                push_escaped(html, &self.desk.tidy(meaning));
                html.push_str(&format!("\">{word}</abbr>"));
                done = at;
            }
        }
        html.push_str(&text[done..]);
    }
}

/// Where a tag ends; a `>` inside quotes does not end it.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    tag.len()
}
