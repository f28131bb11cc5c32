//! [`Memo`]: what the last run made, so that this one need not make it again.
//!
//! Two generations: a run looks up in the old one and fills the new one, then the old one is dropped.
//! What a run did not use is gone after it, so there is no rule of eviction and nothing grows. A cold
//! run has an empty old generation; there is no other difference.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Checked;
use crate::document::Document;
use crate::hash::Fingerprint;
use crate::output::Output;
use crate::site_theme::SiteTheme;

/// A document with what was found in it.
pub type Parsed = Arc<Checked<Option<Arc<Document>>>>;
/// An output with what was found while rendering it.
pub type Rendered = Arc<Checked<Option<Output>>>;
/// A look with what was found in it.
pub type Looked = Arc<Checked<SiteTheme>>;

/// The results of the last run.
#[derive(Debug, Default)]
pub struct Memo {
    /// Whether outputs are kept at all.
    retention: Retention,
    /// Documents, by their path, bytes and the settings that parsing depends on.
    pub parsed: Generation<Parsed>,
    /// Outputs, by the fingerprint of their page.
    pub rendered: Generation<Rendered>,
    /// The look, by its files and the settings it depends on.
    pub looks: Generation<Looked>,
}

/// Whether the memo holds what a run has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Retention {
    /// Until the next run, which may need it.
    #[default]
    UntilNextRun,
    /// There is no next run. A large site does not fit into memory, and a fingerprint costs as much as a page.
    Nothing,
}

impl Memo {
    /// A memo for the only run of a pipeline.
    pub fn forgetful() -> Self {
        Self { retention: Retention::Nothing, ..Self::default() }
    }

    /// Whether what is made now can be asked for later.
    pub fn remembers(&self) -> bool {
        self.retention == Retention::UntilNextRun
    }
}

/// The results of one kind of one run. Diagnostics are kept beside values, or warnings would vanish on
/// the second run.
#[derive(Debug)]
pub struct Generation<T>(BTreeMap<Fingerprint, T>);

impl<T> Default for Generation<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Clone> Generation<T> {
    /// The result of the last run for `key`.
    pub fn get(&self, key: &Fingerprint) -> Option<T> {
        self.0.get(key).cloned()
    }

    /// Takes the place of the last generation.
    pub fn replace(&mut self, results: impl IntoIterator<Item = (Fingerprint, T)>) {
        self.0 = results.into_iter().collect();
    }
}
