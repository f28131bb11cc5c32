//! [`Memo`]: what the last run made, so that this one need not make it again.
//!
//! Two generations: a run looks up in the old one and fills the new one, then the old one is dropped.
//! What a run did not use is gone after it, so there is no rule of eviction and nothing grows. A cold
//! run has an empty old generation; there is no other difference.

use std::sync::{Arc, Mutex, PoisonError};

use crate::content_path::ContentPath;
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{Leaf, ParseOptions};
use crate::hash::{ContentHash, Fingerprint};
use crate::search::Index;
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
    /// The index of words.
    pub index: Arc<IndexMemo>,
    /// Pages, by their fingerprint.
    pub drawn: Arc<Generation<Fingerprint, Drawn>>,
}

/// The last index of words that was made.
#[derive(Debug, Default)]
pub struct IndexMemo(Mutex<Option<KeptIndex>>);

/// An index, and what it was made of.
#[derive(Debug)]
struct KeptIndex {
    /// Stands for the texts: as long as it is kept, no others have it.
    texts: Arc<()>,
    /// The digest of all that is indexed; none where nobody will compare it.
    key: Option<Fingerprint>,
    index: Arc<Index>,
}

impl IndexMemo {
    /// The index of texts that have this mark: the last one, if it is theirs or the same was indexed; otherwise made.
    /// Who comes meanwhile waits.
    pub fn get(
        &self,
        texts: &Arc<()>,
        key: impl FnOnce() -> Option<Fingerprint>,
        make: impl FnOnce() -> Index,
    ) -> Arc<Index> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| Arc::ptr_eq(&kept.texts, texts)) {
            return kept.index.clone();
        }
        let key = key();
        let known = kept.as_ref().filter(|kept| key.is_some() && kept.key == key).map(|kept| kept.index.clone());
        let index = known.unwrap_or_else(|| Arc::new(make()));
        *kept = Some(KeptIndex { texts: texts.clone(), key, index: index.clone() });
        index
    }
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
