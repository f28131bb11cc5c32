//! What rules may say of a text, found by one more walk over the parser's events.

use std::ops::Range;

use pulldown_cmark::Event;

use super::offer;
use crate::document::remark::{Mention, Remark};

/// What is remarkable in a text: what breaks rules, and what the front matter may contradict.
pub(super) fn remarks(
    events: &[(Event<'_>, Range<usize>)],
    _text: &str,
    position: &dyn Fn(usize) -> usize,
) -> (Vec<Remark>, Vec<Mention>) {
    let span = |range: &Range<usize>| position(range.start)..position(range.end);
    (offer::remarks(events, &span), Vec::new())
}
