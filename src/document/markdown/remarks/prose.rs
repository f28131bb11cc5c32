//! [`Block`]: the words of a paragraph, an item or a cell, with the way back to where they are written.

use std::ops::Range;

/// The words of a block, without their marks.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The words; a line break of the source is one here.
    pub(super) text: String,
    /// For each piece: where it begins in `text`, and where it is written.
    pieces: Vec<(usize, Range<usize>)>,
    /// There is a link in it.
    pub(super) has_link: bool,
}

impl Block {
    /// Adds words that are written at `range`.
    pub(super) fn push(&mut self, words: &str, range: &Range<usize>) {
        self.pieces.push((self.text.len(), range.clone()));
        self.text.push_str(words);
    }

    /// Where a part of the words is written.
    pub(super) fn place(&self, part: &Range<usize>) -> Range<usize> {
        let start = self.written(part.start, false);
        start..self.written(part.end, true).max(start)
    }

    fn written(&self, at: usize, is_end: bool) -> usize {
        let is_before = |begin: usize| if is_end { begin < at } else { begin <= at };
        let piece = self.pieces.iter().rev().find(|(begin, _)| is_before(*begin));
        // An entity is longer than what it says: then the end of the piece is near enough.
        piece.map_or(0, |(begin, written)| (written.start + (at - begin)).min(written.end))
    }
}
