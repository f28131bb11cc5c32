//! What rules may say of a text, found by one more walk over the parser's events.

mod sheet;

use std::ops::Range;

use pulldown_cmark::Event;

use crate::document::remark::{Mention, Remark};

/// What is remarkable in a text: what breaks rules, and what the front matter may contradict.
pub(super) fn remarks(
    events: &[(Event<'_>, Range<usize>)],
    text: &str,
    position: &dyn Fn(usize) -> usize,
) -> (Vec<Remark>, Vec<Mention>) {
    (sheet::remarks(events, text, position), Vec::new())
}
