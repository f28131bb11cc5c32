//! [`Seen`]: files that need not be read again, because they are proven to be as they were.
//!
//! What changed is learnt from the files themselves, never from events. Where the system keeps a file's length, both its
//! times and its number, and all four stand as they were, its bytes do as well: only the system sets the time of the last
//! change. Where there is any doubt, a file is read. It is in doubt when it was changed so shortly before that a second
//! change might not show, by the clock that gave it its times: the latest change among all files tells how late it is
//! there at least.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::content_path::ContentPath;
use crate::file_system::{FileSystem, Stamp};

use super::SourceFile;

/// What was read by the last scan, with the stamps that prove it.
#[derive(Debug, Default)]
pub struct Seen {
    remembers: bool,
    /// In the order of their paths.
    files: Vec<(Stamp, SourceFile)>,
    /// The folders that were read, and those of files that links lead to.
    pub(super) folders: BTreeSet<PathBuf>,
}

/// A file with the stamp that it had before it was read.
#[derive(Debug)]
pub(super) struct Reading {
    /// The file; none while it is still to be read.
    pub(super) known: Option<SourceFile>,
    /// Its stamp, where somebody will ask for it.
    pub(super) stamp: Option<Stamp>,
}

impl Seen {
    /// For scans that follow one another. The default remembers nothing, and asks for no stamp.
    pub fn lasting() -> Self {
        Self { remembers: true, ..Self::default() }
    }

    /// The folders that were read: what happens in them may change the site.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        &self.folders
    }

    /// Begins to read a file: with what is known of it, if it is proven to be the same.
    pub(super) fn begin(&self, fs: &dyn FileSystem, path: &ContentPath, on_disk: &Path) -> Reading {
        let stamp = self.remembers.then(|| fs.metadata(on_disk).ok()??.stamp).flatten();
        let known = self.files.binary_search_by(|(_, file)| file.path.cmp(path)).ok().and_then(|at| self.files.get(at));
        let known = known.filter(|(known, file)| stamp == Some(*known) && file.on_disk.as_deref() == Some(on_disk));
        Reading { known: known.map(|(_, file)| file.clone()), stamp }
    }

    /// Notes what was read, in the order of paths, but for what is in doubt.
    pub(super) fn note(&mut self, readings: &[Reading]) {
        if !self.remembers {
            return;
        }
        let stamps = readings.iter().filter_map(|reading| reading.stamp);
        let moment = stamps.map(|stamp| stamp.changed).max().unwrap_or(i64::MIN);
        let proven = readings.iter().filter_map(|reading| {
            let (stamp, file) = (reading.stamp?, reading.known.as_ref()?);
            stamp.is_at_rest(moment).then(|| (stamp, file.clone()))
        });
        self.files = proven.collect();
    }
}
