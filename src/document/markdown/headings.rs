//! Headings: the ones that open a section, and the ones that stand inside something else.

use std::ops::Range;

use super::outline::{self, Heading};
use super::writer::{Frame, Mode, Writer};
use crate::document::sections::kinds_of;
use crate::fold::{fold, is_no_break};

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
        let is_one_line = !text.trim_end().contains(['\n', '\r']);
        let (mut at, mut in_code) = (paragraph.start, false);
        for line in text.split_inclusive(['\n', '\r']) {
            let shown = line.trim();
            let start = line.len() - line.trim_start().len();
            // A line that is further in is no heading with a space either.
            if !in_code && start < 4 && is_glued(shown, is_one_line) {
                self.glued.push((self.span(&(at + start..at + start + shown.len())), shown.to_owned()));
            }
            in_code ^= line.matches('`').count() % 2 == 1;
            at += line.len();
        }
    }
}

/// A line that is glued to the signs of a heading, with the space that it lacks.
pub(super) fn with_space(line: &str) -> String {
    let words = line.trim_start_matches('#');
    let signs = &line[..line.len() - words.len()];
    let words = words.trim_start_matches(is_no_break).trim_end_matches('#');
    format!("{signs} {words}")
}

/// Whether a line is a heading but for a space.
fn is_glued(line: &str, is_alone: bool) -> bool {
    let words = line.trim_start_matches('#');
    let signs = line.len() - words.len();
    let is_spaced = words.is_empty() || words.starts_with([' ', '\t']);
    match signs {
        // With a single sign it may be a word to be found by: `#MeToo`, `#santé`.
        1 if !is_spaced => !kinds_of(words).is_empty() || words.starts_with(is_no_break) || is_alone && is_title(words),
        2..=6 => !is_spaced,
        _ => false,
    }
}

/// Whether words look like those of a title: several, of which the first has a capital at its beginning and no other.
fn is_title(words: &str) -> bool {
    let Some((first, _)) = words.split_once(' ') else { return false };
    let mut letters = first.chars();
    letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase) && !words.contains('#')
}
