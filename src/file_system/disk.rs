//! [`Disk`]: the file system of the machine.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Action, Entry, FileError, FileLock, FileSystem, Kind, Metadata, Stamp};

/// The file system of the machine. It holds nothing: paths are the machine's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn walk(&self, folder: &Path, enter: &dyn Fn(&Entry) -> bool) -> Result<Vec<Result<Entry, FileError>>, FileError> {
        // Asked first, since walkdir would report a missing folder as one more entry.
        fs::read_dir(folder).map_err(|source| FileError::new(Action::Walk, folder, source))?;
        let mut found = Vec::new();
        let mut walk = WalkDir::new(folder).min_depth(1).follow_links(false).sort_by_file_name().into_iter();
        while let Some(step) = walk.next() {
            found.push(match step {
                Ok(step) => {
                    let kind = kind(step.file_type());
                    let entry = Entry { path: step.into_path(), kind };
                    if kind == Kind::Folder && !enter(&entry) {
                        walk.skip_current_dir();
                    }
                    Ok(entry)
                }
                Err(error) => Err(walk_error(folder, error)),
            });
        }
        Ok(found)
    }

    fn metadata(&self, path: &Path) -> Result<Option<Metadata>, FileError> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(Metadata {
                kind: kind(metadata.file_type()),
                len: metadata.len(),
                modified: metadata.modified().ok(),
                stamp: stamp(&metadata),
            })),
            Err(source) => match FileError::new(Action::Inspect, path, source) {
                error if error.is_absence() => Ok(None),
                error => Err(error),
            },
        }
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
        read(path, limit).map_err(|source| FileError::new(Action::Read, path, source))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|source| FileError::new(Action::Write, path, source))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), FileError> {
        fs::rename(from, to).map_err(|source| FileError::new(Action::Rename, to, source))
    }

    fn remove_file(&self, path: &Path) -> Result<(), FileError> {
        match fs::remove_file(path).map_err(|source| FileError::new(Action::Remove, path, source)) {
            Err(error) if !error.is_absence() => Err(error),
            _ => Ok(()),
        }
    }

    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError> {
        match fs::remove_dir(path).map_err(|source| FileError::new(Action::Remove, path, source)) {
            Ok(()) => Ok(true),
            Err(error) if error.is_absence() => Ok(false),
            Err(error) if error.source.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn create_folders(&self, path: &Path) -> Result<(), FileError> {
        fs::create_dir_all(path).map_err(|source| FileError::new(Action::CreateFolder, path, source))
    }

    fn canonicalise(&self, path: &Path) -> Result<PathBuf, FileError> {
        fs::canonicalize(path).map_err(|source| FileError::new(Action::Inspect, path, source))
    }

    fn absolute(&self, path: &Path) -> Result<PathBuf, FileError> {
        std::path::absolute(path).map_err(|source| FileError::new(Action::Inspect, path, source))
    }

    fn lock(&self, path: &Path) -> Result<Option<FileLock>, FileError> {
        lock(path).map_err(|source| FileError::new(Action::Lock, path, source))
    }
}

fn kind(of: fs::FileType) -> Kind {
    if of.is_symlink() {
        Kind::Link
    } else if of.is_dir() {
        Kind::Folder
    } else if of.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// What tells whether the file was touched. Times beyond the year 2262 are none.
#[cfg(unix)]
fn stamp(metadata: &fs::Metadata) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;
    let time = |seconds: i64, nanoseconds: i64| seconds.checked_mul(1_000_000_000)?.checked_add(nanoseconds);
    Some(Stamp {
        len: metadata.len(),
        modified: time(metadata.mtime(), metadata.mtime_nsec())?,
        changed: time(metadata.ctime(), metadata.ctime_nsec())?,
        inode: metadata.ino(),
    })
}

/// Elsewhere the standard library does not tell when a file was changed but for its bytes.
#[cfg(not(unix))]
fn stamp(_metadata: &fs::Metadata) -> Option<Stamp> {
    None
}

fn walk_error(folder: &Path, error: walkdir::Error) -> FileError {
    let path = error.path().unwrap_or(folder).to_owned();
    let source = error.into_io_error().unwrap_or_else(|| io::Error::other("a circle of links"));
    FileError::new(Action::Walk, &path, source)
}

/// How a file is opened whose kind may have changed since it was asked for: a link that took its place is not followed,
/// and a pipe not waited at.
#[cfg(unix)]
fn careful() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    options
}

#[cfg(not(unix))]
fn careful() -> OpenOptions {
    OpenOptions::new()
}

fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = careful().read(true).open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if metadata.len() > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    // One byte more than announced, so that the end is met without growing; and never past the
    // limit, since the file may be growing under our eyes.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

fn lock(path: &Path) -> io::Result<Option<FileLock>> {
    // Twice at most in practice: whoever held the lock may remove the file while we open it.
    for _ in 0..100 {
        if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let file = careful().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) if stands_at(&file, path) => return Ok(Some(FileLock::new(file))),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(source),
        }
    }
    Ok(None)
}

/// Whether the locked file is still the one that others would find: a lock on a file that was
/// removed in between locks nobody out.
#[cfg(unix)]
fn stands_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn stands_at(_file: &File, path: &Path) -> bool {
    path.exists()
}
