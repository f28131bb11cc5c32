//! A line of text being gathered: words, tags, and things that are no words.
//!
//! The pieces are kept apart until their block ends, because typography and the labels of headings
//! look at the words as one text, whatever tags stand among them.

use super::markup;
use crate::typography::Typography;

/// Stands for a thing among the words while typography looks at them.
const THING: char = '\u{FFFC}';
/// Stands for a line break: a space at which nothing is to be put right.
const BREAK: char = '\u{2028}';

/// One piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Words, not yet escaped.
    Text(String),
    /// An opening tag.
    Open(String),
    /// A closing tag.
    Close(&'static str),
    /// Finished HTML, and what it says as plain text.
    Thing(String, String),
    /// A line break.
    Break,
}

/// Adds words, joined to those just before.
pub(super) fn push_words(pieces: &mut Vec<Piece>, words: &str) {
    let words = markup::legal_text(words);
    match pieces.last_mut() {
        Some(Piece::Text(text)) => text.push_str(&words),
        _ if words.is_empty() => {}
        _ => pieces.push(Piece::Text(words)),
    }
}

/// Puts the typography of a line right.
pub(super) fn settle(pieces: &mut [Piece], typography: Typography) {
    let mut line = String::new();
    let mut ends = Vec::with_capacity(pieces.len());
    for piece in pieces.iter() {
        match piece {
            Piece::Text(text) => line.push_str(text),
            Piece::Thing(..) => line.push(THING),
            Piece::Break => line.push(BREAK),
            Piece::Open(_) | Piece::Close(_) => {}
        }
        ends.push(line.len());
    }
    let mut edits = typography.edits(&line).into_iter().peekable();
    let mut start = 0;
    for (piece, end) in pieces.iter_mut().zip(ends) {
        if let Piece::Text(text) = piece {
            let mut settled = String::new();
            let mut done = start;
            // An edit that begins before this piece reached over its edge: nobody can make it.
            while edits.next_if(|edit| edit.range.start < start).is_some() {}
            while let Some(edit) = edits.next_if(|edit| edit.range.start <= end && edit.range.end <= end) {
                settled.push_str(&line[done..edit.range.start]);
                settled.push_str(edit.with);
                done = edit.range.end;
            }
            if done > start || !settled.is_empty() {
                settled.push_str(&line[done..end]);
                *text = settled;
            }
        }
        start = end;
    }
}

/// The line as plain text.
pub(super) fn plain(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) | Piece::Thing(_, words) => text.push_str(words),
            Piece::Break => text.push('\n'),
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    text
}

/// Writes the line as HTML.
pub(super) fn write(pieces: &[Piece], html: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => markup::push_text(html, text),
            Piece::Open(tag) | Piece::Thing(tag, _) => html.push_str(tag),
            Piece::Close(tag) => html.push_str(tag),
            Piece::Break => html.push_str("<br>\n"),
        }
    }
}

/// Whether nothing of the line would be seen or could be linked to.
pub(super) fn is_blank(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Text(text) => text.trim().is_empty(),
        Piece::Break => true,
        Piece::Open(_) | Piece::Close(_) | Piece::Thing(..) => false,
    })
}

/// The line without the first `length` bytes of its plain text, and without tags left empty by that.
pub(super) fn without_start(pieces: &[Piece], mut length: usize) -> Vec<Piece> {
    let mut rest: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut cutting = true;
    for piece in pieces {
        match piece {
            Piece::Text(text) if cutting => {
                let cut = length.min(text.len());
                length -= cut;
                if let Some(left) = text.get(cut..).filter(|left| !left.is_empty()) {
                    rest.push(Piece::Text(left.to_owned()));
                    cutting = false;
                }
            }
            Piece::Close(_) if cutting && matches!(rest.last(), Some(Piece::Open(_))) => {
                rest.pop();
            }
            Piece::Thing(..) if length > 0 => {
                // A label never reaches into a thing; if it seems to, the thing stays.
                length = 0;
                cutting = false;
                rest.push(piece.clone());
            }
            Piece::Thing(..) => {
                cutting = false;
                rest.push(piece.clone());
            }
            piece => rest.push(piece.clone()),
        }
    }
    rest
}
