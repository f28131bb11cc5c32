//! What a run makes: [`Output`], one public file, and [`Site`], all of them.
//!
//! Nothing here knows how an output came to be. Writing them down is `publish`, the only writer of
//! the disk.

mod guard;
mod lock;
mod manifest;
mod publish;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::hash::ContentHash;

pub use guard::Refusal;
pub use lock::{OutputLock, lock_output};
pub use manifest::MANIFEST_NAME;
pub use publish::{PublishError, PublishReport, Record, SetAside, publish, publish_into};

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
