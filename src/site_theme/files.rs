//! The files of a look: the built-in ones, and a site's own over them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};

use crate::source::{ContentPath, Sources};

use super::BUILT_IN;

static BUILT_IN_LOOK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/brochure");

/// The built-in files by their path in the look, shared by every run.
static BUILT_IN_FILES: LazyLock<BTreeMap<String, Arc<[u8]>>> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    let mut folders = vec![&BUILT_IN_LOOK];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            // Paths in the program have the separators of the machine it was built on.
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.insert(path, file.contents().into());
        }
    }
    files
});

/// A file of a look.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LookFile {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Where it stands in the site; none for a built-in file.
    pub source: Option<ContentPath>,
}

impl LookFile {
    /// Where it stands in the site, as bytes for a fingerprint: messages name it, so that it must not be another's.
    pub(super) fn origin(&self) -> &[u8] {
        self.source.as_ref().map_or(&[], |path| path.as_str().as_bytes())
    }
}

/// All files of a look by their path in it (`templates/base.html`).
#[derive(Clone, Debug, PartialEq)]
pub struct LookFiles(BTreeMap<String, LookFile>);

impl LookFiles {
    /// The built-in files, each replaced by the site's own where it has one.
    pub(super) fn gather(sources: &Sources, name: &str) -> Self {
        let mut files: BTreeMap<String, LookFile> = BUILT_IN_FILES
            .iter()
            .map(|(path, bytes)| (path.clone(), LookFile { bytes: bytes.clone(), source: None }))
            .collect();
        let folder = format!("themes/{name}");
        for file in sources.under(&folder) {
            let path = file.path.as_str()[folder.len() + 1..].to_owned();
            files.insert(path, LookFile { bytes: file.bytes.clone(), source: Some(file.path.clone()) });
        }
        Self(files)
    }

    /// The built-in files alone.
    pub fn built_in() -> Self {
        Self::gather(&Sources::default(), BUILT_IN)
    }

    /// Whether the site brings any file of its own.
    pub fn has_own(&self) -> bool {
        self.0.values().any(|file| file.source.is_some())
    }

    /// All files, by path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &LookFile)> {
        self.0.iter()
    }

    /// The files of a folder of the look, by their path below it.
    pub(super) fn in_folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a LookFile)> {
        self.0.iter().filter_map(move |(path, file)| {
            path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).map(|rest| (rest, file))
        })
    }

    /// A file by its path.
    pub(super) fn get(&self, path: &str) -> Option<&LookFile> {
        self.0.get(path)
    }

    /// The site's own file of a path.
    pub(super) fn own(&self, path: &str) -> Option<(&ContentPath, &[u8])> {
        let file = self.0.get(path)?;
        Some((file.source.as_ref()?, &file.bytes))
    }
}

/// The built-in text of a path in the look.
pub(super) fn built_in(path: &str) -> Option<&'static str> {
    BUILT_IN_FILES.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// The built-in bytes of a path in the look.
pub(super) fn built_in_bytes(path: &str) -> Option<Arc<[u8]>> {
    BUILT_IN_FILES.get(path).cloned()
}
