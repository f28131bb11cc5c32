//! The staging folder: where outputs are written before they are given their names.
//!
//! It stands inside the output folder, since a rename happens at once only within one file system. A folder that the
//! published site does not have yet is moved as a whole, with all that is in it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::file_system::{Action, FileError, FileSystem, Kind};
use crate::hash::ContentHash;

/// The name of the folder; whatever stands in it when a run begins was left by one that was stopped.
pub(super) const STAGING_NAME: &str = ".brochure-staging";
/// How the names of unfinished files outside it start; 16 hexadecimal digits follow.
const TEMPORARY: &str = ".brochure-tmp-";

/// New files on their way to the output folder.
pub(super) struct Staging<'a> {
    fs: &'a dyn FileSystem,
    output: PathBuf,
    /// The folders that were made so far.
    made: Mutex<BTreeSet<PathBuf>>,
}

impl<'a> Staging<'a> {
    pub(super) fn new(fs: &'a dyn FileSystem, output: &Path) -> Self {
        Self { fs, output: output.to_owned(), made: Mutex::default() }
    }

    /// Whether anything was written into it.
    pub(super) fn is_used(&self) -> bool {
        !self.made().is_empty()
    }

    /// Where an output stands until it is published.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.output.join(STAGING_NAME).join(path)
    }

    /// Writes an output.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let place = self.place(path);
        if let Some(folder) = place.parent() {
            self.make(folder)?;
        }
        self.fs.write_new(&place, bytes)
    }

    fn make(&self, folder: &Path) -> Result<(), FileError> {
        if !self.made().contains(folder) {
            // Noted before it is known to be there: what was begun is to be cleared as well.
            let outcome = self.fs.create_folders(folder);
            self.made().insert(folder.to_owned());
            outcome?;
        }
        Ok(())
    }

    fn made(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        // A set of paths is whole, whoever panicked beside it.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a staged file or folder its name in the published site.
    pub(super) fn publish(&self, path: &str, below: &dyn Fn() -> Vec<String>) -> Result<(), FileError> {
        match self.fs.rename(&self.place(path), &self.output.join(path)) {
            // A part of the output folder is a disk of its own.
            Err(error) if error.source.kind() == io::ErrorKind::CrossesDevices => {
                below().iter().try_for_each(|path| self.copy(path))
            }
            outcome => outcome,
        }
    }

    fn copy(&self, path: &str) -> Result<(), FileError> {
        let (staged, place) = (self.place(path), self.output.join(path));
        if let Some(folder) = place.parent() {
            self.fs.create_folders(folder)?;
        }
        let bytes = self.fs.read(&staged, u64::MAX)?;
        let temporary = temporary_for(&self.output, path);
        let written = write_temporary(self.fs, &temporary, &bytes);
        written.and_then(|()| self.fs.rename(&temporary, &place)).inspect_err(|_| {
            let _ = self.fs.remove_file(&temporary);
        })?;
        self.fs.remove_file(&staged)
    }

    /// Removes the folder with all that is left in it.
    pub(super) fn clear(&self) -> Result<(), FileError> {
        clear(self.fs, &self.output.join(STAGING_NAME))?;
        self.made().clear();
        Ok(())
    }
}

/// Removes what a stopped run has left: its staging folder, and unfinished files under temporary names. `everywhere`
/// tells whether any may stand below the top.
pub(super) fn remove_leftovers(fs: &dyn FileSystem, output: &Path, everywhere: bool) -> Result<(), FileError> {
    clear(fs, &output.join(STAGING_NAME))?;
    let entries = fs.walk(output, &|_| everywhere)?;
    let leftovers = entries.into_iter().flatten().filter(|entry| {
        let digits = entry.path.file_name().and_then(|name| name.to_str()?.strip_prefix(TEMPORARY));
        let is_temporary = |digits: &str| digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        entry.kind == Kind::File && digits.is_some_and(is_temporary)
    });
    leftovers.into_iter().try_for_each(|entry| fs.remove_file(&entry.path))
}

/// Removes whatever stands at `folder`; a link there is removed, and not what it leads to.
fn clear(fs: &dyn FileSystem, folder: &Path) -> Result<(), FileError> {
    match fs.metadata(folder)?.map(|metadata| metadata.kind) {
        None => return Ok(()),
        Some(Kind::Folder) => {}
        Some(_) => return fs.remove_file(folder),
    }
    // Each folder stands before what it holds.
    for entry in fs.walk(folder, &|_| true)?.into_iter().rev() {
        let entry = entry?;
        match entry.kind {
            Kind::Folder => {
                fs.remove_empty_folder(&entry.path)?;
            }
            Kind::File | Kind::Link | Kind::Other => fs.remove_file(&entry.path)?,
        }
    }
    if fs.remove_empty_folder(folder)? {
        return Ok(());
    }
    // Somebody else is at work in it.
    Err(FileError::new(Action::Remove, folder, io::ErrorKind::DirectoryNotEmpty.into()))
}

/// A temporary name beside the place of a file.
pub(super) fn temporary_for(output: &Path, path: &str) -> PathBuf {
    let digits = &ContentHash::of(path.as_bytes()).to_string()[..16];
    output.join(path).with_file_name(format!("{TEMPORARY}{digits}"))
}

/// Writes a file under a temporary name, whatever a stopped run has left there.
pub(super) fn write_temporary(fs: &dyn FileSystem, temporary: &Path, bytes: &[u8]) -> Result<(), FileError> {
    match fs.write_new(temporary, bytes) {
        Err(error) if error.source.kind() == io::ErrorKind::AlreadyExists => {
            fs.remove_file(temporary)?;
            fs.write_new(temporary, bytes)
        }
        outcome => outcome,
    }
}
