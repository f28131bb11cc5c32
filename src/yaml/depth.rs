//! Lists in lists beyond all need, found before they cost anything.
//!
//! The parser that reads files looks, at every sign, at each bracket that is open: a line of a hundred thousand brackets
//! would keep it busy for a minute, and one of a megabyte for hours. So a text with many brackets is first read by the
//! marking parser, which can be left as soon as it is too deep.

use saphyr_parser::{Event, Parser};

use super::places::ByteIndex;

/// How deep lists and maps may stand in each other; what the parser that reads files allows.
pub(super) const DEEPEST: usize = 128;

/// How many looks at open brackets are nothing to worry about.
const AFFORDABLE: usize = 100_000_000;

/// Where a text is deeper than [`DEEPEST`]; `None` when it is not, or when it cannot cost much.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    if n_brackets(text) <= DEEPEST {
        return None;
    }
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(ByteIndex::new(text, 0).byte(span.start.index()));
                }
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(error) => {
                // The other parser may read on where this one stops: what is left must not be too much for it.
                let at = ByteIndex::new(text, 0).byte(error.marker().index());
                let rest = text.get(at..).unwrap_or(text);
                return (n_brackets(rest).saturating_mul(rest.len()) > AFFORDABLE).then_some(at);
            }
        }
    }
    None
}

fn n_brackets(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_found_wherever_brackets_are_hidden() {
        let deep = |text: String| assert!(too_deep(&text).is_some_and(|at| at <= text.len()), "{}", &text[..20]);
        for n in [20_000, 1_000_000] {
            deep("[".repeat(n));
            deep(format!("é: {}", "{a: ".repeat(n)));
            deep(format!("a: {}", "[\"]\", ".repeat(n)));
        }
        deep(format!("a: \"b\" c\nd: {}", "[".repeat(20_000)));
    }

    #[test]
    fn long_lists_are_not_deep() {
        let session = "  - {ville: Lyon, dates: [2026-05-05, 2026-05-06], texte: \"[[[[\"}\n";
        let text = format!("sessions:\n{}", session.repeat(2_000));
        assert_eq!(too_deep(&text), None);
        let line = |depth: usize| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(too_deep(&line(DEEPEST - 1)), None);
        assert!(too_deep(&line(DEEPEST + 1)).is_some());
    }
}
