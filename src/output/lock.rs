//! [`OutputLock`]: two builds never write into one folder at the same time.
//!
//! The lock is one of the operating system, on a file inside the output folder. It ends with the
//! process that holds it, so a build that is killed leaves nothing to be cleared by hand.

use std::path::{Path, PathBuf};

use crate::file_system::{FileLock, FileSystem};
use crate::output::PublishError;
use crate::output::guard::checked_output;
use crate::source::Project;

/// The name of the lock file. It is never published, and never taken for a foreign or stale file.
pub(super) const LOCK_NAME: &str = ".brochure-lock";

/// The sole right to write into the output folder, after every check of that folder.
///
/// Whoever gives it back without having published leaves the disk as it was.
pub struct OutputLock<'a> {
    pub(super) fs: &'a dyn FileSystem,
    pub(super) output: PathBuf,
    // What taking the lock has made: to be unmade if nothing is published.
    made: Vec<PathBuf>,
    _held: FileLock,
}

/// Checks the output folder, makes it when missing, and locks it.
///
/// A build takes the lock before it starts to work, so that the second of two builds stops at once
/// and not after a minute.
///
/// # Errors
/// When the folder is refused, when another build is at work in it ([`PublishError::Locked`]), or
/// when the machine fails us.
pub fn lock_output<'a>(fs: &'a dyn FileSystem, project: &Project) -> Result<OutputLock<'a>, PublishError> {
    let output = checked_output(fs, project)?;
    let file = output.join(LOCK_NAME);
    let mut made = Vec::new();
    for path in std::iter::once(file.as_path()).chain(output.ancestors()) {
        if fs.metadata(path)?.is_some() {
            break;
        }
        made.push(path.to_owned());
    }
    fs.create_folders(&output)?;
    match fs.lock(&file)? {
        Some(held) => Ok(OutputLock { fs, output, made, _held: held }),
        None => Err(PublishError::Locked { output }),
    }
}

impl OutputLock<'_> {
    /// The true path of the output folder.
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// Leaves the lock file where it is from now on.
    pub(super) fn keep(&mut self) {
        self.made.clear();
    }
}

impl Drop for OutputLock<'_> {
    fn drop(&mut self) {
        // Still under the lock. What cannot be removed does no harm where it stands.
        if let Some((file, folders)) = self.made.split_first() {
            let _ = self.fs.remove_file(file);
            for folder in folders {
                if !matches!(self.fs.remove_empty_folder(folder), Ok(true)) {
                    break;
                }
            }
        }
    }
}

impl std::fmt::Debug for OutputLock<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutputLock").field("output", &self.output).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_system::{Disk, Memory};
    use crate::output::{Site, publish, publish_into};

    fn check(fs: &dyn FileSystem, project: &Project) {
        let mut first = lock_output(fs, project).expect("locked");
        for _ in 0..2 {
            let second = publish(fs, project, &Site::default());
            assert!(matches!(second, Err(PublishError::Locked { .. })), "{second:?}");
        }
        publish_into(&mut first, &Site::default()).expect("published under the lock");
        drop(first);
        publish(fs, project, &Site::default()).expect("the lock was given back");
        assert!(fs.metadata(&project.output.join(LOCK_NAME)).expect("asked").is_some(), "the file stays");
    }

    #[test]
    fn the_second_build_is_told_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        check(&Disk, &Project::new(folder.path()));
        let memory = Memory::new();
        memory.put("/site/content/x.md", "");
        check(&memory, &Project::new("/site"));
    }

    #[test]
    fn a_lock_given_back_unused_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::new(folder.path()).with_output(folder.path().join("a/b"));
        drop(lock_output(&Disk, &project).expect("locked"));
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 0);
        std::fs::create_dir_all(&project.output).expect("made");
        std::fs::write(project.output.join("x"), "x").expect("written");
        drop(lock_output(&Disk, &project).expect("locked"));
        assert_eq!(std::fs::read_dir(&project.output).expect("read").count(), 1);
    }

    /// Many at once, who remove the lock file as they go: never two inside.
    #[test]
    fn nobody_shares_the_lock() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::new(folder.path());
        let (inside, n_locked) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let Ok(lock) = lock_output(&Disk, &project) {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            n_locked.fetch_add(1, Ordering::SeqCst);
                            inside.fetch_sub(1, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(n_locked.load(Ordering::SeqCst) > 0);
    }
}
