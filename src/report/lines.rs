//! Bytes to lines and columns: [`Lines`].

use std::ops::Range;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Where the lines of a text begin.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line that holds a byte, from 0.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Line and column of a byte, both from 1; columns are counted in characters, as editors do.
    pub(super) fn position(&self, at: usize) -> (usize, usize) {
        let at = floor_boundary(self.text, at);
        let line = self.line_of(at);
        let before = &self.text[self.starts[line]..at];
        // A byte order mark stands in the file, and no editor shows it.
        let column = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before).chars().count() + 1;
        (line + 1, column)
    }

    /// The bytes of the lines that hold `span`, without the last line break, and the number of the first, from 1.
    pub(super) fn around(&self, span: &Range<usize>) -> (Range<usize>, usize) {
        let first = self.line_of(span.start.min(self.text.len()));
        let last = self.line_of(span.end.saturating_sub(1).clamp(span.start, self.text.len()));
        let end = self.starts.get(last + 1).map_or(self.text.len(), |next| next - 1);
        (self.starts[first]..end.max(self.starts[first]), first + 1)
    }
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
