//! The words of a text, folded, each with its place and whether a sentence begins with it.

use std::ops::Range;

use crate::fold::{fold, is_invisible};

/// A word of a text, folded, with its place.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) folded: String,
    pub(super) span: Range<usize>,
    /// A sentence begins with it.
    pub(super) begins: bool,
}

/// The words of a text, each with its place.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let mut begins = true;
    let mut add = |range: Range<usize>, begins: bool| {
        let folded = fold(&text[range.clone()]);
        if !folded.is_empty() {
            words.push(Word { folded, span: range, begins });
        }
    };
    let mut ends_sentence = false;
    for (at, character) in text.char_indices() {
        let is_mark = unicode_normalization::char::is_combining_mark(character) || is_invisible(character);
        if character.is_alphanumeric() || start.is_some() && is_mark {
            if start.is_none() {
                begins |= std::mem::take(&mut ends_sentence);
            }
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            add(start..at, std::mem::take(&mut begins));
        }
        match character {
            '%' => {
                add(at..at + 1, false);
                ends_sentence = false;
            }
            '.' | '!' | '?' | ';' | '\u{1E}' => ends_sentence = true,
            // A point within a number or an address ends nothing.
            character if character.is_whitespace() => begins |= std::mem::take(&mut ends_sentence),
            _ => {}
        }
        if !character.is_whitespace() && !matches!(character, '.' | '!' | '?' | ';' | '\u{1E}') {
            ends_sentence = false;
        }
    }
    if let Some(start) = start {
        add(start..text.len(), begins);
    }
    words
}

/// Where a run of words stands.
pub(super) fn span_of(words: &[Word], range: &Range<usize>) -> Range<usize> {
    match (words.get(range.start), words.get(range.end - 1)) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => 0..0,
    }
}

/// The words of the sentence in which one stands.
pub(super) fn sentence_around(words: &[Word], at: usize) -> Range<usize> {
    let start = (0..=at).rev().find(|index| words[*index].begins).unwrap_or(0);
    let end = (at + 1..words.len()).find(|index| words[*index].begins).unwrap_or(words.len());
    start..end
}
