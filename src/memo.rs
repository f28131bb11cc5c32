//! [`Memo`]: what the last run made, so that this one need not make it again.
//!
//! Two generations: a run looks up in the old one and fills the new one, then the old one is dropped.
//! What a run did not use is gone after it, so there is no rule of eviction and nothing grows. A cold
//! run has an empty old generation; there is no other difference.

use std::collections::HashMap;
use std::hash::Hash;
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

/// What parsing a document depends on.
pub type ParseKey = (ContentPath, ContentHash, ParseOptions);

/// The results of the last run.
#[derive(Debug, Default)]
pub struct Memo {
    /// Documents, by their path, bytes and the settings that parsing depends on.
    pub parsed: Generation<ParseKey, Parsed>,
    /// The look, by its files and the settings it depends on.
    pub looks: Generation<Fingerprint, Looked>,
    /// Pages, by their fingerprint.
    pub drawn: Arc<Generation<Fingerprint, Drawn>>,
}

/// The results of one kind of one run. Diagnostics are kept beside values, or warnings would vanish on
/// the second run.
#[derive(Debug)]
pub struct Generation<K, T>(HashMap<K, T>);

impl<K, T> Default for Generation<K, T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash, T: Clone> Generation<K, T> {
    /// The result of the last run for `key`.
    pub fn get(&self, key: &K) -> Option<T> {
        self.0.get(key).cloned()
    }

    /// Takes the place of the last generation.
    pub fn replace(&mut self, results: impl IntoIterator<Item = (K, T)>) {
        *self = results.into_iter().collect();
    }
}

impl<K: Eq + Hash, T> FromIterator<(K, T)> for Generation<K, T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(results: I) -> Self {
        Self(results.into_iter().collect())
    }
}
