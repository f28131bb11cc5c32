//! Links, images and the marks of footnotes.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType};

use super::inline::Piece;
use super::writer::{Frame, Writer};
use super::{allowed, markup};
use crate::document::body::{Link, LinkKind};

/// An image whose alternative text is being gathered.
#[derive(Debug)]
pub(super) struct Image {
    /// Which link it is; `None` when its address was taken away.
    index: Option<usize>,
    title: String,
    alternative: String,
}

impl Writer<'_> {
    /// Keeps an address; `None` if it may not be used, which is then reported.
    pub(super) fn address(&mut self, target: &str, range: &Range<usize>, kind: LinkKind) -> Option<usize> {
        let target = markup::legal_text(target);
        if allowed::is_dangerous(&target) {
            return None;
        }
        let span = self.span(range);
        self.links.push(Link { target, span, kind });
        Some(self.links.len() - 1)
    }

    /// Begins a link.
    pub(super) fn link(&mut self, link_type: LinkType, target: &str, title: &str, range: &Range<usize>) -> Frame {
        let verbatim = matches!(link_type, LinkType::Autolink | LinkType::Email);
        self.verbatim += usize::from(verbatim);
        let dead = Frame::Link { live: false, verbatim, index: 0, pieces: 0 };
        if self.is_deep() {
            return dead;
        }
        let target = if link_type == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        let Some(index) = self.address(&target, range, LinkKind::Link) else {
            self.report(range.clone(), &target);
            return dead;
        };
        self.close_raw_link();
        let mut tag = String::from("<a href=\"");
        markup::push_address(&mut tag, index);
        tag.push('"');
        if !title.trim().is_empty() {
            markup::push_named(&mut tag, "title", &self.typography.apply(title));
        }
        tag.push('>');
        self.line.push(Piece::Open(tag));
        self.open_links += 1;
        Frame::Link { live: true, verbatim, index, pieces: self.line.len() }
    }

    /// Ends a link.
    pub(super) fn end_link(&mut self, live: bool, verbatim: bool, index: usize, pieces: usize) {
        self.verbatim -= usize::from(verbatim);
        if !live {
            return;
        }
        // A link without words cannot be spoken: its address is better than nothing.
        if self.line.len() == pieces
            && self.muted.is_none()
            && let Some(target) = self.links.get(index).map(|link| link.target.clone())
        {
            self.thing("", &target, "");
        }
        self.line.push(Piece::Close("</a>"));
        self.open_links -= 1;
    }

    /// Begins an image.
    pub(super) fn image(&mut self, target: &str, title: &str, range: &Range<usize>) -> Frame {
        let index = self.address(target, range, LinkKind::Image);
        if index.is_none() {
            self.report(range.clone(), target);
        }
        self.image = Some(Image { index, title: title.trim().to_owned(), alternative: String::new() });
        Frame::Image
    }

    /// Adds to the alternative text of the image that is open.
    pub(super) fn alternative(&mut self, event: &Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) => image.alternative.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.alternative.push(' '),
            _ => {}
        }
    }

    /// Ends an image.
    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        if self.muted.is_some() {
            return;
        }
        let Some(index) = image.index else { return self.words(&image.alternative) };
        let alternative = markup::legal_text(&self.typography.apply(&image.alternative));
        let mut html = String::from("<img src=\"");
        markup::push_address(&mut html, index);
        html.push('"');
        markup::push_named(&mut html, "alt", &alternative);
        html.push_str(" loading=\"lazy\"");
        let title = self.typography.apply(&image.title).into_owned();
        if matches!(self.frames.last(), Some((Frame::Figure, _))) {
            self.caption = title;
        } else if !title.is_empty() {
            markup::push_named(&mut html, "title", &title);
        }
        html.push('>');
        self.line.push(Piece::Thing(html, alternative));
    }

    /// Writes the mark of a footnote; one without its note is text.
    pub(super) fn mark(&mut self, label: &str) {
        if self.muted.is_some() {
            return;
        }
        self.close_raw_link();
        match self.notes.mark(label, &mut self.ids) {
            Some(mark) => self.line.push(Piece::Thing(mark, String::new())),
            None => self.words(&format!("[^{label}]")),
        }
    }

    /// Ends the author's own link, for a link cannot stand in a link.
    pub(super) fn close_raw_link(&mut self) {
        if let Some(link) = self.raw_open.iter().position(|element| element.name == "a") {
            self.close_raw(link);
        }
    }
}
