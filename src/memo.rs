//! [`Memo`]: what the last run made, so that this one need not make it again.
//!
//! Two generations: a run looks up in the old one and fills the new one, then the old one is dropped.
//! What a run did not use is gone after it, so there is no rule of eviction and nothing grows. A cold
//! run has an empty old generation; there is no other difference.

use std::sync::Arc;

use crate::content_path::ContentPath;
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{Leaf, ParseOptions};
use crate::hash::{ContentHash, Fingerprint};
use crate::site_theme::SiteTheme;

/// A document with what was found in it.
pub type Parsed = Arc<Checked<Option<Leaf>>>;
/// A look with what was found in it.
pub type Looked = Arc<Checked<SiteTheme>>;
/// What was found while a page was drawn; its bytes are not kept, since a page is quickly drawn again.
pub type Drawn = Arc<[Diagnostic]>;

/// What parsing a document depends on, beside the settings.
pub type ParseKey = (ContentPath, ContentHash);

/// The results of the last run.
#[derive(Debug, Default)]
pub struct Memo {
    /// The settings with which documents were parsed.
    pub parse_options: Option<ParseOptions>,
    /// Documents, by their path and bytes.
    pub parsed: Generation<ParseKey, Parsed>,
    /// The look, by its files and the settings it depends on.
    pub looks: Generation<Fingerprint, Looked>,
    /// Pages, by their fingerprint.
    pub drawn: Arc<Generation<Fingerprint, Drawn>>,
}

/// The results of one kind of one run. Diagnostics are kept beside values, or warnings would vanish on
/// the second run.
///
/// A sorted list, because each run makes a new one of results that come in order.
#[derive(Debug)]
pub struct Generation<K, T>(Vec<(K, T)>);

impl<K, T> Default for Generation<K, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, T: Clone> Generation<K, T> {
    /// The result of the last run for `key`.
    pub fn get(&self, key: &K) -> Option<T> {
        let at = self.0.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
        self.0.get(at).map(|(_, result)| result.clone())
    }

    /// Takes the place of the last generation.
    pub fn replace(&mut self, results: impl IntoIterator<Item = (K, T)>) {
        *self = results.into_iter().collect();
    }
}

impl<K: Ord, T> FromIterator<(K, T)> for Generation<K, T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(results: I) -> Self {
        let mut results: Vec<(K, T)> = results.into_iter().collect();
        results.sort_unstable_by(|(one, _), (two, _)| one.cmp(two));
        Self(results)
    }
}
