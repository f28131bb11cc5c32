//! A preview outlives a fault of the program itself: what was shown stays, and the next look begins from nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use brochure::file_system::{Entry, FileError, FileLock, FileSystem, Memory, Metadata};
use brochure::serve::{Followed, Preview, Work};

use crate::driver::{DAY, TestSite, project};

/// A file system whose reading ends in a panic, as a fault in any stage would.
struct Faulty {
    files: Memory,
    is_faulty: AtomicBool,
}

impl FileSystem for Faulty {
    fn walk(&self, folder: &Path, enter: &dyn Fn(&Entry) -> bool) -> Result<Vec<Result<Entry, FileError>>, FileError> {
        self.files.walk(folder, enter)
    }

    fn metadata(&self, path: &Path) -> Result<Option<Metadata>, FileError> {
        self.files.metadata(path)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
        assert!(!self.is_faulty.load(Ordering::Relaxed), "a fault that was put here");
        self.files.read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.files.write_new(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), FileError> {
        self.files.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> Result<(), FileError> {
        self.files.remove_file(path)
    }

    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError> {
        self.files.remove_empty_folder(path)
    }

    fn create_folders(&self, path: &Path) -> Result<(), FileError> {
        self.files.create_folders(path)
    }

    fn canonicalise(&self, path: &Path) -> Result<PathBuf, FileError> {
        self.files.canonicalise(path)
    }

    fn absolute(&self, path: &Path) -> Result<PathBuf, FileError> {
        self.files.absolute(path)
    }

    fn lock(&self, path: &Path) -> Result<Option<FileLock>, FileError> {
        self.files.lock(path)
    }
}

#[test]
fn what_was_shown_outlives_a_fault() {
    let site = TestSite::of(&[("content/modules/un.md", "---\ntitle: Un\n---\nAvant.\n")]);
    let faulty = Faulty { files: site.files().clone(), is_faulty: AtomicBool::new(false) };
    let (preview, mut work) = (Preview::default(), Work::new(None, Arc::default()));
    let options = site.options(DAY);
    let mut follow = || preview.follow(&mut work, &faulty, &project(), &options);
    let shows = |words: &str| {
        let page = preview.shown("modules/un/").expect("the page");
        String::from_utf8_lossy(&page.bytes).contains(words)
    };
    assert!(matches!(follow(), Followed::Shown { .. }));
    assert!(shows("Avant."));
    faulty.files.put("/site/content/modules/un.md", "---\ntitle: Un\n---\nAprès.\n");
    faulty.is_faulty.store(true, Ordering::Relaxed);
    assert!(matches!(follow(), Followed::Faulty));
    assert!(shows("Avant."), "what was shown stays");
    faulty.is_faulty.store(false, Ordering::Relaxed);
    assert!(matches!(follow(), Followed::Shown { .. }));
    assert!(shows("Après."));
}
