//! Bytes to lines and columns: [`Lines`].

use std::ops::Range;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// How many bytes are counted together.
const BLOCK: usize = 4096;

/// Where the lines of a text begin.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters stand before each [`BLOCK`] of bytes: a column is told by counting along one block, however
    /// long the line is, and in whatever order it is asked for.
    characters: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        // A carriage return alone ends a line as well: old Macs wrote so.
        let is_end = |at: usize| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        let after_breaks = (0..bytes.len()).filter(|at| is_end(*at)).map(|at| at + 1);
        let mut characters = vec![0];
        for block in bytes.chunks(BLOCK) {
            characters.push(characters.last().copied().unwrap_or_default() + characters_in(block));
        }
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect(), characters }
    }

    /// The line that holds a byte, from 0.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Line and column of a byte, both from 1; columns are counted in characters, as editors do.
    pub(super) fn position(&self, at: usize) -> (usize, usize) {
        let at = floor_boundary(self.text, at);
        let line = self.line_of(at);
        let start = self.starts[line];
        let before = self.characters_before(at) - self.characters_before(start);
        // A byte order mark stands in the file, and no editor shows it.
        let is_marked = at > start && self.text[start..].starts_with(BYTE_ORDER_MARK);
        (line + 1, before - usize::from(is_marked) + 1)
    }

    fn characters_before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..at];
        self.characters.get(block).map_or(0, |before| before + characters_in(rest))
    }

    /// The bytes of the lines that hold `span`, without the last line break, and the number of the first, from 1.
    pub(super) fn around(&self, span: &Range<usize>) -> (Range<usize>, usize) {
        let first = self.line_of(span.start.min(self.text.len()));
        let last = self.line_of(span.end.saturating_sub(1).clamp(span.start, self.text.len()));
        let end = self.end_of(last + 1);
        (self.starts[first]..end.max(self.starts[first]), first + 1)
    }
}

impl Lines<'_> {
    /// Where a line ends, without its last byte of line break; lines are counted from 1.
    pub(super) fn end_of(&self, line: usize) -> usize {
        self.starts.get(line).map_or(self.text.len(), |next| next - 1)
    }
}

/// How many characters begin in some bytes of a text.
fn characters_in(bytes: &[u8]) -> usize {
    let continues = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.len() - bytes.iter().filter(|byte| continues(byte)).count()
}

/// The nearest boundary between characters at or before `at`.
pub(super) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest boundary between characters at or after `at`.
pub(super) fn ceil_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        let lines = Lines::of("\u{FEFF}---\r\ntitre: « é »\n\nfin");
        let check = |needle: &str, position| {
            let at = lines.text.find(needle).expect("in the text");
            assert_eq!(lines.position(at), position, "{needle}");
        };
        check("---", (1, 1));
        check("titre", (2, 1));
        check("é", (2, 10));
        check("»", (2, 12));
        check("fin", (4, 1));
        assert_eq!(lines.position(9_999), (4, 4));
    }

    #[test]
    fn columns_are_the_same_in_any_order_of_asking() {
        let long = "é x ".repeat(5_000);
        let text = &format!("\u{FEFF}é é é\ré é\r\n{long}\né");
        // Not all of them: each is looked for in a text that is read anew.
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|at| *at < 40 || at % 997 == 0).collect();
        let places: Vec<usize> = places.into_iter().chain([text.len() - "é".len()]).collect();
        let lines = Lines::of(text);
        let forwards: Vec<_> = places.iter().map(|at| lines.position(*at)).collect();
        let alone: Vec<_> = places.iter().map(|at| Lines::of(text).position(*at)).collect();
        let mut backwards: Vec<_> = places.iter().rev().map(|at| lines.position(*at)).collect();
        backwards.reverse();
        assert_eq!(forwards, alone);
        assert_eq!(backwards, alone);
        assert_eq!(alone.last(), Some(&(4, 1)));
        assert_eq!(lines.position(text.find(&long).expect("in the text") + long.len()), (3, 20_001));
        let block = "x".repeat(BLOCK);
        assert_eq!(Lines::of(&block).position(BLOCK), (1, BLOCK + 1));
    }

    #[test]
    fn lines_around_a_span() {
        let text = "un\ndeux\ntrois\n";
        let lines = Lines::of(text);
        let check = |span: Range<usize>, expected: (&str, usize)| {
            let (range, line) = lines.around(&span);
            assert_eq!((&text[range], line), expected);
        };
        check(0..1, ("un", 1));
        check(3..7, ("deux", 2));
        check(4..10, ("deux\ntrois", 2));
        check(14..14, ("", 4));
    }
}
