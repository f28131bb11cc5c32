//! The tree of sections, and the chunks of HTML that hang in it.

use std::ops::Range;

use super::{allowed, emoji, inline, inline::Piece, markup, step};
use crate::document::body::{Fragment, Section, StepLabel};
use crate::document::sections::kinds_of;

/// The rank below the page's own heading.
const TOP_LEVEL: u8 = 2;
const LOWEST_LEVEL: u8 = 6;

/// A stretch of written HTML: the lead, what stands below one heading, or one footnote.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub(super) html: String,
    pub(super) text: String,
    /// Whether an author's tags are in it, so that it needs the last look of the sanitiser.
    pub(super) raw: bool,
}

impl Chunk {
    /// Adds a line's words to the plain text.
    pub(super) fn push_text(&mut self, words: &str) {
        let words = words.trim();
        if !words.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(words);
        }
    }

    /// The HTML as it may be shown.
    pub(super) fn finished(&mut self) -> String {
        let html = std::mem::take(&mut self.html);
        if self.raw { allowed::sanitised(&html) } else { html }
    }
}

/// The sections so far; the open ones, each inside the one before, are on a stack.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// With the level that the author gave: it says which heading belongs below which.
    open: Vec<(u8, Section)>,
    done: Vec<Section>,
    lead: Vec<Fragment>,
    /// Whether a heading was met at all.
    pub(super) begun: bool,
    /// Words counted so far.
    pub(super) words: usize,
}

/// A heading as it was read.
pub(super) struct Heading {
    /// The level that the author gave.
    pub(super) level: u8,
    pub(super) pieces: Vec<Piece>,
    pub(super) raw: bool,
    pub(super) span: Range<usize>,
}

impl Outline {
    /// The level of the section that is open; 1 before the first.
    pub(super) fn level(&self) -> u8 {
        self.open.last().map_or(TOP_LEVEL - 1, |(_, section)| section.level)
    }

    /// Hangs a chunk below the last heading.
    pub(super) fn attach(&mut self, mut chunk: Chunk) {
        let content = markup::fragments(chunk.finished().trim());
        self.words += count_words(&chunk.text);
        match self.open.last_mut() {
            Some((_, section)) => section.content = content,
            None => self.lead = content,
        }
    }

    /// Opens the section of a heading.
    pub(super) fn open(&mut self, heading: Heading, id: String) {
        let author = heading.level;
        while self.open.last().is_some_and(|(above, section)| *above >= author || section.level == LOWEST_LEVEL) {
            self.close();
        }
        let level = self.level() + 1;
        let section = section(heading, id, level);
        self.words += count_words(&section.title);
        self.open.push((author, section));
    }

    fn close(&mut self) {
        if let Some((_, mut section)) = self.open.pop() {
            // Held as long as the site is made: a list that has grown has room for as much again.
            section.children.shrink_to_fit();
            match self.open.last_mut() {
                Some((_, above)) => above.children.push(section),
                None => self.done.push(section),
            }
        }
    }

    /// The lead and the tree.
    pub(super) fn finish(mut self) -> (Vec<Fragment>, Vec<Section>, usize) {
        while !self.open.is_empty() {
            self.close();
        }
        self.done.shrink_to_fit();
        (self.lead, self.done, self.words)
    }
}

/// How many words a plain text has; a sign alone is none.
pub(super) fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut words, mut counted, mut at) = (0, false, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        // Most characters are of ASCII, and within a word most others begin with a byte that no space begins with: for
        // them, nothing has to be decoded and no table to be asked.
        match *byte {
            byte if byte.is_ascii_whitespace() || byte == 0x0B => counted = false,
            byte @ ..0x80 if !counted && byte.is_ascii_alphanumeric() => (words, counted) = (words + 1, true),
            0xC2 | 0xE1..=0xE3 if counted => counted = !text[at - 1..].starts_with(char::is_whitespace),
            0xC2.. if !counted && text[at - 1..].starts_with(char::is_alphanumeric) => {
                (words, counted) = (words + 1, true);
            }
            _ => {}
        }
    }
    words
}

/// The title of a heading's line: plain, without its emoji; with how much of the line the emoji takes.
pub(super) fn title_of(pieces: &[Piece]) -> (String, Option<String>, usize) {
    let plain = inline::plain(pieces);
    let (emoji, taken) = match emoji::leading(&plain) {
        Some((emoji, taken)) => (Some(emoji.to_owned()), taken),
        None => (None, 0),
    };
    let words: Vec<&str> = plain[taken..].split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
    (words.join(" "), emoji, taken)
}

fn section(heading: Heading, id: String, level: u8) -> Section {
    let (title, emoji, taken) = title_of(&heading.pieces);
    let shown = |pieces: &[Piece]| {
        let mut html = String::new();
        inline::write(pieces, &mut html);
        if heading.raw { allowed::sanitised(&html) } else { html }
    };
    let pieces = inline::without_start(&heading.pieces, taken);
    let mut html = String::new();
    if let Some(emoji) = &emoji {
        html.push_str("<span class=\"emoji\" aria-hidden=\"true\">");
        markup::push_text(&mut html, emoji);
        html.push_str("</span> ");
    }
    html.push_str(shown(&pieces).trim());
    let plain = inline::plain(&pieces);
    let step = step::label(&plain).map(|label| {
        Box::new(StepLabel {
            word: label.word.to_owned(),
            number: label.number.to_owned(),
            title: markup::fragments(shown(&inline::without_start(&pieces, label.length)).trim()),
        })
    });
    Section {
        id,
        level,
        marked_heading: (html != markup::text(&title)).then(|| markup::fragments(&html)),
        kinds: kinds_of(&title),
        title,
        emoji,
        step,
        content: Vec::new(),
        children: Vec::new(),
        span: heading.span,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_what_spaces_part(text in "([a-c0é«–&]|[ \n\u{A0}\u{202F}]|\\PC){0,30}") {
            let parted = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            prop_assert_eq!(count_words(&text), parted);
        }
    }
}
