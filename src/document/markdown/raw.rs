//! Raw HTML on its way into the text: each tag written anew, or left out and reported.

use std::ops::Range;

use super::allowed::{self, Element};
use super::inline::Piece;
use super::raw_html::{Attribute, Token, tokens};
use super::writer::{Mode, Writer};
use super::{RawHtml, markup};
use crate::document::body::LinkKind;

/// How many of an author's own elements may be open at once.
const MAX_OPEN: usize = 64;
/// How much of what was taken out a message shows.
const SHOWN: usize = 60;

impl Writer<'_> {
    /// Notes what was taken out of a piece of the text.
    pub(super) fn report(&mut self, range: Range<usize>, removed: &str) {
        let span = self.span(&range);
        self.removed.push((span, shortened(removed)));
    }

    /// Takes one piece of raw HTML.
    pub(super) fn raw(&mut self, html: &str, range: Range<usize>) {
        if self.raw_html == RawHtml::Allow {
            self.line.push(Piece::Thing(markup::legal_text(html), String::new()));
            return;
        }
        self.line_raw = true;
        let mut removed: Option<String> = None;
        let mut take_out = |source: &str| {
            removed.get_or_insert_with(|| source.to_owned());
        };
        for token in tokens(html) {
            if let Some(muted) = self.muted {
                if matches!(&token, Token::Close(name) if name == muted) {
                    self.muted = None;
                }
                continue;
            }
            match token {
                Token::Text(text) => self.words(&allowed::decoded(text)),
                Token::Comment => {}
                Token::Other(source) => take_out(source),
                Token::Close(name) => self.close_element(&name),
                Token::Open { source, name, attributes } => match self.known(&name) {
                    Some(element) => {
                        if let Some(attribute) = self.open_element(element, &attributes, &range) {
                            take_out(attribute);
                        }
                    }
                    None => {
                        take_out(source);
                        self.muted = ["script", "style"].into_iter().find(|silent| *silent == name);
                    }
                },
            }
        }
        if let Some(removed) = removed {
            self.report(range, &removed);
        }
    }

    /// The element that is written for a name; an author's headings go below the section's own.
    fn known(&self, name: &str) -> Option<Element> {
        if self.raw_open.len() >= MAX_OPEN || name == "a" && self.open_links > 0 {
            return None;
        }
        if self.in_heading || self.mode == Mode::Inline {
            return allowed::element(name).filter(|element| element.is_phrasing());
        }
        if !is_heading(name) {
            return allowed::element(name).filter(|element| self.fits(*element));
        }
        let below = ["h2", "h3", "h4", "h5", "h6"];
        allowed::element(below.get(usize::from(self.outline.level()) - 1).copied().unwrap_or("h6"))
    }

    /// Whether an element such as `<li>` stands where it belongs; elsewhere browsers make what they like of it.
    fn fits(&self, element: Element) -> bool {
        let near = &self.raw_open[self.raw_floor()..];
        let parent = match near {
            [.., parent, last] if last.ends_before(element) => Some(parent),
            near => near.last(),
        };
        element.parents().is_empty() || parent.is_some_and(|parent| element.parents().contains(&parent.name))
    }

    /// Writes an opening tag; says which attribute was the first to be left out.
    fn open_element<'h>(
        &mut self,
        element: Element,
        attributes: &[Attribute<'h>],
        range: &Range<usize>,
    ) -> Option<&'h str> {
        if self.raw_open.last().is_some_and(|last| last.ends_before(element)) {
            self.close_raw(self.raw_open.len() - 1);
        }
        if element.name == "a" {
            self.close_raw_link();
        }
        let mut removed = None;
        let mut tag = format!("<{}", element.name);
        let mut seen: Vec<&str> = Vec::new();
        let mut pictured = false;
        for attribute in attributes {
            let name = attribute.name.as_str();
            let value = allowed::decoded(attribute.value);
            if seen.contains(&name) || seen.len() > 16 || !element.may_have(name, value.trim()) {
                removed = removed.or(Some(attribute.source));
                continue;
            }
            match name {
                "href" | "src" => {
                    let kind = if name == "src" { LinkKind::Image } else { LinkKind::Link };
                    let Some(index) = self.address(value.trim(), range, kind) else {
                        removed = removed.or(Some(attribute.source));
                        continue;
                    };
                    pictured |= name == "src";
                    tag.push_str(&format!(" {name}=\""));
                    markup::push_address(&mut tag, index);
                    tag.push('"');
                }
                "id" => {
                    let Some(id) = self.ids.own(&value) else { continue };
                    markup::push_named(&mut tag, name, &id);
                }
                "title" | "alt" => markup::push_named(&mut tag, name, &self.typography.apply(&value)),
                name => markup::push_named(&mut tag, name, value.trim()),
            }
            seen.push(name);
        }
        if element.name == "img" {
            // Without an address there is nothing to show.
            if !pictured {
                return removed;
            }
            if !seen.contains(&"alt") {
                tag.push_str(" alt=\"\"");
            }
            tag.push_str(" loading=\"lazy\"");
        }
        tag.push('>');
        if element.close.is_empty() {
            self.line.push(Piece::Thing(tag, String::new()));
        } else {
            self.line.push(Piece::Open(tag));
            self.raw_open.push(element);
        }
        removed
    }

    /// Ends an author's element, with those that are open inside it; an end without a start is nothing.
    fn close_element(&mut self, name: &str) {
        // What was opened outside a block or a bold word cannot be closed inside it.
        let floor = self.raw_floor();
        let open = self
            .raw_open
            .iter()
            .skip(floor)
            .rposition(|element| element.name == name || is_heading(name) && is_heading(element.name));
        if let Some(open) = open {
            self.close_raw(floor + open);
        }
    }

    fn raw_floor(&self) -> usize {
        match self.frames.last() {
            Some((_, raw)) => (*raw).min(self.raw_open.len()),
            None => 0,
        }
    }

    /// Closes all of an author's elements beyond the first `keep`.
    pub(super) fn close_raw(&mut self, keep: usize) {
        while self.raw_open.len() > keep {
            if let Some(element) = self.raw_open.pop() {
                self.line.push(Piece::Close(element.close));
                self.line_raw = true;
            }
        }
    }
}

/// What a message shows of a piece of an author's text.
pub(super) fn shortened(text: &str) -> String {
    let text = text.trim();
    let mut shown: String = text.chars().filter_map(markup::legal).take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}
