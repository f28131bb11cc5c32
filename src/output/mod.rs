//! What a run makes: [`Output`], one public file, and where it goes: an [`Outlet`].
//!
//! Nothing here knows how an output came to be. Writing them down is `publish`, the only writer of
//! the disk; [`Site`] is all of them, where a site is held in memory.

mod guard;
mod lock;
mod manifest;
mod outlet;
mod publish;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::hash::ContentHash;

pub use guard::Refusal;
pub use lock::{OutputLock, lock_output};
pub use manifest::{MANIFEST_NAME, documents_in};
pub use outlet::{Gathered, Nowhere, Outlet, Verdict};
pub use publish::{Publication, PublishError, PublishReport, Record, SetAside, publish, publish_into};

/// One file of the site as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The digest of its bytes.
    pub hash: ContentHash,
}

impl Output {
    /// An output of these bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let hash = ContentHash::of(&bytes);
        Self { bytes, hash }
    }
}

/// All outputs of one run, by their path below the output folder (`modules/aller-vers/index.html`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The outputs in the order of their paths.
    pub outputs: BTreeMap<Arc<str>, Output>,
}
