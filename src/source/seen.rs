//! [`Seen`]: files that need not be read again, because they are proven to be as they were.
//!
//! What changed is learnt from the files themselves, never from events. Where the system keeps a file's length, both its
//! times and its number, and all four stand as they were, its bytes do as well: only the system sets the time of the last
//! change. Where there is any doubt, a file is read. It is in doubt when it was changed so shortly before that a second
//! change might not show, by the clock that gave it its times: the latest change that an earlier scan has seen tells how
//! late it is there at least.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::content_path::ContentPath;
use crate::file_system::{FileSystem, Stamp};

use super::SourceFile;
use super::scan::Listing;

/// What was read by the last scan, with the stamps that prove it.
#[derive(Debug, Default)]
pub struct Seen {
    remembers: bool,
    /// In the order of their paths.
    files: Vec<(Stamp, SourceFile)>,
    /// What stands in each folder: names and kinds, which cannot change without the folder's own stamp.
    listings: HashMap<PathBuf, (Stamp, Arc<Listing>)>,
    /// The folders that were read, and those of files that links lead to.
    folders: BTreeSet<PathBuf>,
    /// The latest change that any scan has seen, by the clock of the file system: it is later than that.
    moment: Option<i64>,
}

/// A file with the stamp that it had before it was read.
#[derive(Debug)]
pub(super) struct Reading {
    /// The file; none while it is still to be read.
    pub(super) known: Option<SourceFile>,
    /// Its stamp, where somebody will ask for it.
    pub(super) stamp: Option<Stamp>,
}

/// A folder, likewise.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) known: Option<Arc<Listing>>,
    pub(super) stamp: Option<Stamp>,
}

/// What one scan has read.
pub(super) struct Reads {
    /// In the order of their paths.
    pub(super) files: Vec<Reading>,
    pub(super) listings: Vec<(PathBuf, Listed)>,
    pub(super) folders: BTreeSet<PathBuf>,
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

    fn stamp(&self, fs: &dyn FileSystem, on_disk: &Path) -> Option<Stamp> {
        if self.remembers { fs.metadata(on_disk).ok()??.stamp } else { None }
    }

    /// Begins to read a file: with what is known of it, if it is proven to be the same.
    pub(super) fn begin(&self, fs: &dyn FileSystem, path: &ContentPath, on_disk: &Path) -> Reading {
        let stamp = self.stamp(fs, on_disk);
        let known = self.files.binary_search_by(|(_, file)| file.path.cmp(path)).ok().and_then(|at| self.files.get(at));
        let known = known.filter(|(known, file)| stamp == Some(*known) && file.on_disk.as_deref() == Some(on_disk));
        Reading { known: known.map(|(_, file)| file.clone()), stamp }
    }

    /// Begins to look into a folder, likewise.
    pub(super) fn begin_folder(&self, fs: &dyn FileSystem, folder: &Path) -> Listed {
        let stamp = self.stamp(fs, folder);
        let known = self.listings.get(folder).filter(|(known, _)| stamp == Some(*known));
        Listed { known: known.map(|(_, listing)| listing.clone()), stamp }
    }

    /// Notes what was read, but for what is in doubt.
    pub(super) fn note(&mut self, reads: Reads) {
        self.folders = reads.folders;
        if !self.remembers {
            return;
        }
        let of_files = reads.files.iter().filter_map(|reading| reading.stamp);
        let stamps = of_files.chain(reads.listings.iter().filter_map(|(_, listed)| listed.stamp));
        let latest = stamps.map(|stamp| stamp.changed).max();
        // Known before the first of these stamps was taken: what was seen only now proves nothing about them.
        let moment = self.moment;
        self.moment = moment.max(latest);
        let at_rest = |stamp: Option<Stamp>| {
            stamp.zip(moment).filter(|(stamp, moment)| stamp.is_at_rest(*moment)).map(|(stamp, _)| stamp)
        };
        self.files = reads.files.into_iter().filter_map(|one| Some((at_rest(one.stamp)?, one.known?))).collect();
        let listings = reads.listings.into_iter();
        self.listings =
            listings.filter_map(|(folder, listed)| Some((folder, (at_rest(listed.stamp)?, listed.known?)))).collect();
    }
}
