//! The ids of a body: each one once.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::Slug;

/// The ids that are given away, and those that are promised.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: BTreeSet<String>,
    /// Ids that the page around the body has.
    reserved: &'static [&'static str],
    /// Ids that authors wrote themselves: a heading without its own keeps clear of them.
    promised: BTreeSet<String>,
    /// The number tried last for an id, so that a thousand equal headings are not counted a thousand times.
    counters: BTreeMap<String, usize>,
}

impl Ids {
    /// Starts with the ids that the page around the body has.
    pub(super) fn new(reserved: &'static [&'static str]) -> Self {
        Self { reserved, ..Self::default() }
    }

    /// Keeps an id for the heading whose author wrote it.
    pub(super) fn promise(&mut self, id: &str) {
        self.promised.insert(safe(id));
    }

    /// The id that an author wrote, or the next one that is free.
    pub(super) fn own(&mut self, id: &str) -> Option<String> {
        let id = safe(id);
        (!id.is_empty()).then(|| self.free(&id, true))
    }

    /// An id made of a title.
    pub(super) fn of_title(&mut self, title: &str) -> String {
        let slug = Slug::from_text(title);
        self.free(slug.as_ref().map_or("section", Slug::as_str), false)
    }

    /// Gives away an id that is ours, and free by its form.
    pub(super) fn give(&mut self, id: &str) {
        self.given.insert(id.to_owned());
    }

    /// All ids that were given away.
    pub(super) fn into_given(self) -> BTreeSet<String> {
        self.given
    }

    fn free(&mut self, wanted: &str, own: bool) -> String {
        // Footnotes have these.
        let base = if wanted.starts_with("fn-") || wanted.starts_with("fnref-") {
            format!("s-{wanted}")
        } else {
            wanted.to_owned()
        };
        let is_taken = |id: &str| self.given.contains(id) || self.reserved.contains(&id);
        let is_free = |id: &str| !is_taken(id) && (own || !self.promised.contains(id));
        let mut id = base.clone();
        if !is_free(&id) {
            let counter = self.counters.entry(base.clone()).or_insert(1);
            while !is_free(&id) {
                *counter += 1;
                id = format!("{base}-{counter}");
            }
        }
        self.give(&id);
        id
    }
}

/// What of an author's id may stand in HTML and behind a `#`.
fn safe(id: &str) -> String {
    let id: String = id
        .trim()
        .trim_start_matches('#')
        .chars()
        .map(|c| if c.is_whitespace() { '-' } else { c })
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
        .take(Slug::MAX_LENGTH)
        .collect();
    id.trim_matches('-').to_owned()
}
