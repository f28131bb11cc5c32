//! Headings: the ones that open a section, and the ones that stand inside something else.

use std::ops::Range;

use super::outline::{self, Heading};
use super::writer::{Frame, Mode, Writer};
use crate::fold::fold;

impl Writer<'_> {
    /// Begins a heading.
    pub(super) fn heading(&mut self, level: u8, id: Option<&str>, range: &Range<usize>) -> Frame {
        let in_details = self.details_balanced && self.raw_open.iter().any(|element| element.name == "details");
        let nested = !self.frames.is_empty() || in_details;
        if !nested && self.mode == Mode::Body {
            // What an author left open cannot reach over a heading: sections are drawn apart.
            self.close_raw(0);
            self.flush();
        }
        self.in_heading = true;
        let span = self.span(range);
        Frame::Heading { level, id: id.map(str::to_owned), span, nested }
    }

    /// Ends a section's heading.
    pub(super) fn end_heading(&mut self, level: u8, id: Option<String>, span: Range<usize>, nested: bool) {
        self.in_heading = false;
        let (line, raw) = self.take_line();
        let (title, ..) = outline::title_of(&line);
        let first = !std::mem::replace(&mut self.outline.begun, true);
        if !nested && first && level == 1 && self.title.as_deref().is_some_and(|known| known == fold(&title)) {
            return;
        }
        self.line = line;
        self.line_raw = raw;
        if title.is_empty() || self.mode != Mode::Body {
            match self.mode {
                Mode::Inline => self.flush(),
                Mode::Prose if !title.is_empty() => self.write_line("<p><strong>", "</strong></p>\n"),
                _ => self.write_line("<p>", "</p>\n"),
            }
            return;
        }
        let id = id.and_then(|id| self.ids.own(&id)).unwrap_or_else(|| self.ids.of_title(&title));
        if nested {
            let level = (self.outline.level() + 1).min(6);
            self.write_line(&format!("<h{level} id=\"{id}\">"), &format!("</h{level}>\n"));
            return;
        }
        let pieces = std::mem::take(&mut self.line);
        self.line_raw = false;
        if let Some(chunk) = self.chunks.last_mut().map(std::mem::take) {
            self.outline.attach(chunk);
        }
        self.outline.open(Heading { level, pieces, raw, span }, id);
    }

    /// Notes the lines of a paragraph that were meant as headings: without a space behind its signs, one is none.
    pub(super) fn find_glued(&mut self, paragraph: &Range<usize>) {
        let text = self.source.get(paragraph.clone()).unwrap_or_default();
        if self.mode != Mode::Body || !text.contains('#') {
            return;
        }
        let is_one_line = !text.trim_end().contains('\n');
        let mut at = paragraph.start;
        for line in text.split_inclusive('\n') {
            let shown = line.trim();
            if is_glued(shown, is_one_line) {
                let start = at + line.len() - line.trim_start().len();
                self.glued.push((self.span(&(start..start + shown.len())), shown.to_owned()));
            }
            at += line.len();
        }
    }
}

/// Whether a line is a heading but for a space. With a single sign it may be a word to be found by: `#santé`.
fn is_glued(line: &str, is_alone: bool) -> bool {
    let words = line.trim_start_matches('#');
    let is_title = |words: &str| words.starts_with(char::is_uppercase) && words.contains(' ') && !words.contains('#');
    match line.len() - words.len() {
        0 => false,
        1 => is_alone && is_title(words),
        2..=6 => words.starts_with(char::is_alphanumeric),
        _ => false,
    }
}
