//! The only way to the disk: the [`FileSystem`] trait, the real [`Disk`], and [`Memory`] for tests.
//!
//! Two callers reach it: `source::scan`, which reads, and `output::publish`, which writes. The trait
//! has what those two need and no more. Nothing here knows what a file means, and no error here is
//! a sentence: a [`FileError`] is data, told in words elsewhere.

mod disk;
mod memory;

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

pub use disk::Disk;
pub use memory::{Failing, Memory};

/// What the program may ask of a file system.
///
/// No method follows a symbolic link in the last part of a path, but for [`FileSystem::canonicalise`].
pub trait FileSystem: Send + Sync {
    /// Everything below `folder`, sorted by name, each folder before what it holds.
    ///
    /// `enter` is asked once for each folder met; one that is not entered is still listed. What
    /// cannot be looked into is an `Err` in its place, and the walk goes on.
    ///
    /// # Errors
    /// When `folder` itself cannot be looked into.
    fn walk(&self, folder: &Path, enter: &dyn Fn(&Entry) -> bool) -> Result<Vec<Result<Entry, FileError>>, FileError>;

    /// What stands at `path`; `None` when nothing does.
    ///
    /// # Errors
    /// When the system does not tell.
    fn metadata(&self, path: &Path) -> Result<Option<Metadata>, FileError>;

    /// The bytes of a file, at most `limit` of them.
    ///
    /// # Errors
    /// When it is not a regular file, cannot be read, or is longer than `limit`
    /// ([`io::ErrorKind::FileTooLarge`], found before memory is taken for it).
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError>;

    /// Makes a new file.
    ///
    /// # Errors
    /// When something stands there already, or the bytes cannot all be written; what was begun may
    /// then be left behind.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError>;

    /// Gives a file another name, at once; what had that name is replaced.
    ///
    /// # Errors
    /// When the system refuses.
    fn rename(&self, from: &Path, to: &Path) -> Result<(), FileError>;

    /// Removes a file or a link. One that is gone already is no error.
    ///
    /// # Errors
    /// When the system refuses.
    fn remove_file(&self, path: &Path) -> Result<(), FileError>;

    /// Removes a folder with nothing in it; tells whether it was there and is now gone.
    ///
    /// # Errors
    /// When the system refuses for another reason than what the folder holds.
    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError>;

    /// Makes a folder, and those above it that are missing.
    ///
    /// # Errors
    /// When the system refuses.
    fn create_folders(&self, path: &Path) -> Result<(), FileError>;

    /// The one true path of what stands at `path`, with every link followed.
    ///
    /// # Errors
    /// When nothing stands there, or links go in a circle.
    fn canonicalise(&self, path: &Path) -> Result<PathBuf, FileError>;

    /// `path` counted from the top of the file system; nothing need stand there.
    ///
    /// # Errors
    /// When the working folder is not known.
    fn absolute(&self, path: &Path) -> Result<PathBuf, FileError>;

    /// Takes the lock on the file at `path`, which is made when missing, without waiting; `None`
    /// when someone else has it.
    ///
    /// # Errors
    /// When the file cannot be made, or the file system knows no locks.
    fn lock(&self, path: &Path) -> Result<Option<FileLock>, FileError>;
}

/// One thing met on a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands: the walked folder's path and the way down from it.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// What it is.
    pub kind: Kind,
    /// Its length in bytes.
    pub len: u64,
    /// When it was last written, where the file system keeps that.
    pub modified: Option<SystemTime>,
    /// What changes with the file, where the file system tells it.
    pub stamp: Option<Stamp>,
}

/// What the file system says of one state of a file. While all of it stands as it was, the bytes do: writing to a file
/// changes its times, and putting another in its place its number. Programs may set back the one time but not the
/// other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    pub len: u64,
    /// When its bytes were last written, in nanoseconds since 1970.
    pub modified: i64,
    /// When anything about it was last changed, in nanoseconds since 1970; only the system sets it.
    pub changed: i64,
    /// Its number in the file system.
    pub inode: u64,
}

const SECOND: i64 = 1_000_000_000;
/// The clocks of file systems stand still for some milliseconds: a file that was changed so shortly before its stamp
/// was taken may have been changed again, without a trace.
const DOUBT: i64 = SECOND / 10;
/// Some count in whole or in even seconds only.
const COARSE_DOUBT: i64 = 3 * SECOND;

impl Stamp {
    /// Whether the file was last changed so long before `moment`, by the clock of the file system, that a change after
    /// it must show in its stamp.
    pub fn is_at_rest(self, moment: i64) -> bool {
        self.is_before(self.modified.max(self.changed), moment)
    }

    /// Whether the file was last written so long before `moment` that it cannot have been written after it. Its name may
    /// be newer.
    pub fn is_written_before(self, moment: i64) -> bool {
        self.is_before(self.modified, moment)
    }

    fn is_before(self, last: i64, moment: i64) -> bool {
        let is_coarse = self.modified % SECOND == 0 && self.changed % SECOND == 0;
        let doubt = if is_coarse { COARSE_DOUBT } else { DOUBT };
        last.checked_add(doubt).is_some_and(|rested| rested < moment)
    }
}

/// A kind of thing in a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, socket or device: never to be opened, since opening it may wait for ever.
    Other,
}

/// A lock, held until it is dropped or the process ends, however it ends.
pub struct FileLock(Box<dyn Send + Sync>);

impl FileLock {
    /// A lock that `holder` gives up when it is dropped.
    pub fn new(holder: impl Send + Sync + 'static) -> Self {
        Self(Box::new(holder))
    }
}

impl std::fmt::Debug for FileLock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let _held = &self.0;
        f.write_str("FileLock")
    }
}

/// What the file system refused.
#[derive(Debug, thiserror::Error)]
#[error("{action:?} {path}: {source}", path = path.display())]
pub struct FileError {
    /// On which path.
    pub path: PathBuf,
    /// What was asked.
    pub action: Action,
    /// What the system answered.
    pub source: io::Error,
}

impl FileError {
    /// The error `source`, met in doing `action` on `path`.
    pub fn new(action: Action, path: &Path, source: io::Error) -> Self {
        Self { path: path.to_owned(), action, source }
    }

    /// The values that stand in the sentence of [`Action::text_key`]: `path`, and the system's `reason`.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        vec![("path", self.path.display().to_string()), ("reason", self.source.to_string())]
    }

    /// Whether it says no more than that nothing stands there.
    pub fn is_absence(&self) -> bool {
        matches!(self.source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
    }
}

/// What was asked of the file system when it refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Looking into a folder.
    Walk,
    /// Asking what stands at a path, or where it leads.
    Inspect,
    /// Reading a file.
    Read,
    /// Writing a file.
    Write,
    /// Giving a file another name.
    Rename,
    /// Removing a file or folder.
    Remove,
    /// Making a folder.
    CreateFolder,
    /// Taking a lock.
    Lock,
}

impl Action {
    /// The key of the sentence that tells it.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Walk => "cannot-walk",
            Self::Inspect => "cannot-inspect",
            Self::Read => "cannot-read",
            Self::Write => "cannot-write",
            Self::Rename => "cannot-rename",
            Self::Remove => "cannot-remove",
            Self::CreateFolder => "cannot-create-folder",
            Self::Lock => "cannot-lock",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_a_moment_ago_is_in_doubt() {
        let at = |modified, changed| Stamp { len: 1, modified, changed, inode: 1 };
        let now = 100 * SECOND + 5;
        let check = |modified, changed, expected| assert_eq!(at(modified, changed).is_at_rest(now), expected);
        check(99 * SECOND + 7, 99 * SECOND + 7, true);
        check(100 * SECOND - DOUBT, 100 * SECOND - DOUBT + 1, true);
        check(100 * SECOND, 100 * SECOND + 1, false);
        // Its date was set back by a program, its change was not.
        check(5, 100 * SECOND + 1, false);
        // A clock of whole seconds.
        check(98 * SECOND, 98 * SECOND, false);
        check(96 * SECOND, 96 * SECOND, true);
        // A date to come, or beyond what can be counted.
        check(200 * SECOND + 1, 5, false);
        check(i64::MAX, i64::MAX, false);
    }
}
