//! What rules may say of a text, found by one more walk over the parser's events.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::document::remark::{Mention, Remark};

/// What is remarkable in a text: what breaks rules, and what the front matter may contradict.
pub(super) fn remarks(
    _events: &[(Event<'_>, Range<usize>)],
    _text: &str,
    _position: &dyn Fn(usize) -> usize,
) -> (Vec<Remark>, Vec<Mention>) {
    (Vec::new(), Vec::new())
}
