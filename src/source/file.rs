//! [`SourceFile`], one file as it was read, and [`Sources`], all of them.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use crate::file_system::FileSystem;
use crate::hash::ContentHash;
use crate::source::ContentPath;

/// A file beyond this is no picture and no document that a visitor would fetch.
pub(super) const LONGEST_FILE: u64 = 512 * 1024 * 1024;

/// One file of the site, as it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it stands.
    pub path: ContentPath,
    /// Its bytes; none once they were released.
    pub bytes: Arc<[u8]>,
    /// The digest of its bytes.
    pub hash: ContentHash,
    /// Where the file system has it; nowhere for a file that was not read from one.
    pub on_disk: Option<Arc<Path>>,
    is_released: bool,
}

impl SourceFile {
    /// A file of these bytes.
    pub fn new(path: ContentPath, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let hash = ContentHash::of(&bytes);
        Self { path, bytes, hash, on_disk: None, is_released: false }
    }

    /// The same file, with the place where it was read.
    pub fn read_at(mut self, on_disk: Arc<Path>) -> Self {
        self.on_disk = Some(on_disk);
        self
    }

    /// Gives the memory of the bytes back: they are not needed once they were parsed, unless there is something to say
    /// about them.
    pub fn release(&mut self) {
        if self.on_disk.is_some() {
            self.bytes = Arc::new([]);
            self.is_released = true;
        }
    }

    /// The bytes, read once more if they were released. None when the file is no longer what it was.
    pub fn bytes_again(&self, fs: &dyn FileSystem) -> Option<Arc<[u8]>> {
        match &self.on_disk {
            Some(on_disk) if self.is_released => {
                let bytes = fs.read(on_disk, LONGEST_FILE).ok()?;
                (ContentHash::of(&bytes) == self.hash).then(|| bytes.into())
            }
            _ => Some(self.bytes.clone()),
        }
    }
}

impl std::fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The bytes would drown the rest.
        f.debug_struct("SourceFile")
            .field("path", &self.path)
            .field("len", &self.bytes.len())
            .field("hash", &self.hash)
            .finish()
    }
}

/// Every file that the site is made from, in the order of the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The files by their path.
    pub files: BTreeMap<ContentPath, SourceFile>,
}

impl Sources {
    /// The file at `path`.
    pub fn get(&self, path: &ContentPath) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// The files below `folder` (`content/modules`), at any depth, in the order of their paths.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = &SourceFile> {
        // In the order of bytes, what starts with `folder/` stands together, and `0` follows `/`.
        let first = ContentPath::new(format!("{folder}/"));
        let end = ContentPath::new(format!("{folder}0"));
        self.files.range((Bound::Included(first), Bound::Excluded(end))).map(|(_, file)| file)
    }

    /// All files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values()
    }
}

impl FromIterator<SourceFile> for Sources {
    fn from_iter<I: IntoIterator<Item = SourceFile>>(files: I) -> Self {
        Self { files: files.into_iter().map(|file| (file.path.clone(), file)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_what_is_below_it_and_no_neighbour() {
        let sources: Sources =
            ["content/a-b.md", "content/a.md", "content/a/x.md", "content/a/y/z.md", "content/a0.md"]
                .map(|path| SourceFile::new(ContentPath::new(path), *b"x"))
                .into_iter()
                .collect();
        let below = |folder| sources.under(folder).map(|file| file.path.to_string()).collect::<Vec<_>>();
        assert_eq!(below("content/a"), ["content/a/x.md", "content/a/y/z.md"]);
        assert_eq!(below("content").len(), 5);
        assert_eq!(below("content/b"), [""; 0]);
    }
}
