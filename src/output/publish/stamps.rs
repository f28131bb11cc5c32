//! [`Stamps`]: what the file system said of each published file when its bytes were last known.
//!
//! While a file's stamp stands, its bytes need not be read to know them. The stamps are a memory of this machine, beside
//! the manifest and not in it, so that the manifest is the same on any machine; without them everything is read.
//!
//! A stamp is only kept where nobody can have changed the file between its bytes being known and its stamp being taken:
//! of a file that was read, the one it had before that; of a file that was written, one from before it got its name.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::file_system::{FileSystem, Stamp};
use crate::hash::ContentHash;

use super::staging::{temporary_for, write_temporary};

/// The name of their file in the output folder.
pub(in crate::output) const STAMPS_NAME: &str = ".brochure-stamps.json";

/// No site has so many files.
const LONGEST: u64 = 512 * 1024 * 1024;

/// The stamps of published files, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::output) struct Stamps {
    /// The digest of the manifest that says which bytes the stamps stand for.
    manifest: String,
    files: BTreeMap<String, Stamp>,
}

impl Stamps {
    /// Stamps for a manifest.
    pub(super) fn new(manifest: &[u8], files: BTreeMap<String, Stamp>) -> Self {
        Self { manifest: ContentHash::of(manifest).to_string(), files }
    }

    /// Other stamps for the same manifest.
    pub(super) fn with(&self, files: BTreeMap<String, Stamp>) -> Self {
        Self { manifest: self.manifest.clone(), files }
    }

    /// How many files have one.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The stamps that were taken for this manifest; none when there are no such.
    pub(in crate::output) fn load(fs: &dyn FileSystem, output: &Path, manifest: &[u8]) -> Self {
        let read = fs.read(&output.join(STAMPS_NAME), LONGEST).ok();
        let stamps: Option<Self> = read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let none = Self::new(manifest, BTreeMap::new());
        stamps.filter(|stamps| stamps.manifest == none.manifest).unwrap_or(none)
    }

    /// Whether a file is proven to be as it was.
    pub(in crate::output) fn prove(&self, path: &str, stamp: Option<Stamp>) -> bool {
        stamp.is_some() && self.files.get(path).copied() == stamp
    }

    /// Keeps them for the next run. What cannot be kept is read again, no more: it is no failure.
    pub(super) fn save(&self, fs: &dyn FileSystem, output: &Path) {
        let (temporary, place) = (temporary_for(output, STAMPS_NAME), output.join(STAMPS_NAME));
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        let kept = write_temporary(fs, &temporary, &bytes).and_then(|()| fs.rename(&temporary, &place));
        if kept.is_err() {
            let _ = fs.remove_file(&temporary);
            // Those of an earlier manifest prove nothing.
            let _ = fs.remove_file(&place);
        }
    }
}

/// This moment by the clock of the file system, as the stamp of a file made now; none where none can be made.
pub(super) fn moment(fs: &dyn FileSystem, output: &Path) -> Option<Stamp> {
    let temporary = temporary_for(output, STAMPS_NAME);
    write_temporary(fs, &temporary, b"").ok()?;
    let metadata = fs.metadata(&temporary);
    let _ = fs.remove_file(&temporary);
    metadata.ok()??.stamp
}
