//! The manifest: which files of the output folder are ours.
//!
//! It is also the journal. Before the first change, what will be written is noted as *planned*; after
//! the last, the plan becomes the record. So whenever a build is killed, the next one knows each file
//! that may have come from it: what is recorded is ours, what is planned is ours when its bytes are
//! the planned ones, and everything else is foreign. A damaged manifest is read as a plan, line by
//! line: what it still says counts as far as the bytes on the disk prove it.
//!
//! A whole site is recorded with the digest of all that it was made from and with what its run noted, so that the same
//! inputs need not be read twice. What the note says is not known here.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::file_system::{FileError, FileSystem, Kind};
use crate::hash::Fingerprint;
use crate::output::Record;
use crate::output::guard::is_safe;

/// The name of the manifest in the output folder.
pub const MANIFEST_NAME: &str = ".brochure-manifest.json";

/// Names its form, for programs of later versions.
const VERSION: u32 = 1;

/// No site has a manifest of this length.
const LONGEST: u64 = 512 * 1024 * 1024;

/// Our files, by their path below the output folder, each with the digest of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u32,
    /// Ours, whatever their bytes are now.
    pub(super) files: BTreeMap<String, String>,
    /// Ours if their bytes are these.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) planned: BTreeMap<String, String>,
    /// What was noted of each document of the last whole site; what it says is not known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) documents: Option<serde_json::Value>,
    /// The run that made the files, once all of them stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) run: Option<RunNote>,
}

/// A manifest as it was found.
pub(super) struct Loaded {
    pub(super) manifest: Manifest,
    pub(super) bytes: Vec<u8>,
    pub(super) record: Record,
}

/// What is kept of the run that made a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunNote {
    /// The digest of everything that the site was made from.
    pub(super) inputs: String,
    /// What the run noted for the next one of the same inputs.
    pub(super) note: serde_json::Value,
}

impl RunNote {
    /// What a run of these inputs has noted.
    pub(super) fn new(inputs: &Fingerprint, note: serde_json::Value) -> Self {
        Self { inputs: inputs.to_string(), note }
    }
}

impl Manifest {
    /// A manifest without a file.
    pub(super) fn empty() -> Self {
        Self { version: VERSION, files: BTreeMap::new(), planned: BTreeMap::new(), documents: None, run: None }
    }

    /// What is to be said once the whole site is published.
    pub(super) fn complete(files: BTreeMap<String, String>, run: Option<RunNote>) -> Self {
        Self { files, run, ..Self::empty() }
    }

    /// What is to be said before the first change: what is ours, and what will be.
    pub(super) fn journal(files: BTreeMap<String, String>, planned: BTreeMap<String, String>) -> Self {
        Self { files, planned, ..Self::empty() }
    }

    /// The same with what was noted of the documents.
    pub(super) fn with(self, documents: Option<serde_json::Value>) -> Self {
        Self { documents, ..self }
    }

    /// Reads the manifest of the output folder, as far as it can be read.
    pub(super) fn load(fs: &dyn FileSystem, output: &Path) -> Result<Loaded, FileError> {
        let path = output.join(MANIFEST_NAME);
        let without = |record| Ok(Loaded { manifest: Self::empty(), bytes: Vec::new(), record });
        match fs.metadata(&path)?.map(|metadata| metadata.kind) {
            None => return without(Record::Missing),
            Some(Kind::File) => {}
            Some(_) => return without(Record::Damaged),
        }
        match fs.read(&path, LONGEST) {
            Ok(bytes) => {
                let (manifest, record) = Self::parse(&bytes);
                Ok(Loaded { manifest, bytes, record })
            }
            Err(error) if error.source.kind() == io::ErrorKind::FileTooLarge => without(Record::Damaged),
            Err(error) => Err(error),
        }
    }

    fn parse(bytes: &[u8]) -> (Self, Record) {
        match serde_json::from_slice::<Self>(bytes) {
            Ok(manifest) if manifest.is_sound() && manifest.planned.is_empty() => (manifest, Record::Complete),
            Ok(manifest) if manifest.is_sound() => (manifest, Record::Unfinished),
            _ => (Self { planned: salvage(bytes), ..Self::empty() }, Record::Damaged),
        }
    }

    /// Whether it can be ours. A path that leads elsewhere would have us remove what stands there.
    fn is_sound(&self) -> bool {
        self.version == VERSION && self.files.iter().chain(&self.planned).all(|(path, hash)| is_entry(path, hash))
    }

    /// The bytes of the manifest: one file a line, the same for the same site.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Text keys and text values: nothing in it can fail to be JSON.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// What a manifest says of the documents of its site; nothing where it is none, or was damaged.
pub fn documents_in(fs: &dyn FileSystem, manifest: &Path) -> Option<serde_json::Value> {
    let bytes = fs.read(manifest, LONGEST).ok()?;
    Manifest::parse(&bytes).0.documents
}

/// The entries that still stand on lines of their own.
fn salvage(bytes: &[u8]) -> BTreeMap<String, String> {
    let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| {
        let line = str::from_utf8(line).ok()?.trim().trim_end_matches(',');
        let entry: BTreeMap<String, String> = serde_json::from_str(&format!("{{{line}}}")).ok()?;
        Some(entry.into_iter().filter(|(path, hash)| is_entry(path, hash)))
    });
    lines.flatten().collect()
}

fn is_entry(path: &str, hash: &str) -> bool {
    is_safe(path) && hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::ContentHash;

    fn manifest() -> Manifest {
        let files = ["a/index.html", "b \"quoted\".css"];
        let files = files.map(|path| (path.to_owned(), ContentHash::of(path.as_bytes()).to_string()));
        Manifest::complete(files.into(), None)
    }

    #[test]
    fn what_was_written_is_read_again() {
        let complete = manifest();
        assert_eq!(Manifest::parse(&complete.to_bytes()), (complete.clone(), Record::Complete));
        let inputs = crate::hash::FingerprintBuilder::new().finish();
        let noted =
            Manifest::complete(complete.files.clone(), Some(RunNote::new(&inputs, serde_json::json!({"n": 1}))));
        assert_eq!(Manifest::parse(&noted.to_bytes()), (noted.clone(), Record::Complete));
        let unfinished = Manifest { planned: complete.files.clone(), ..Manifest::empty() };
        assert_eq!(Manifest::parse(&unfinished.to_bytes()), (unfinished.clone(), Record::Unfinished));
    }

    #[test]
    fn a_damaged_one_proves_nothing_but_helps() {
        let bytes = manifest().to_bytes();
        for length in 0..bytes.len() - 2 {
            let (manifest, record) = Manifest::parse(&bytes[..length]);
            assert_eq!((record, manifest.files.len()), (Record::Damaged, 0), "{length}");
        }
        let (nearly_whole, _) = Manifest::parse(&bytes[..bytes.len() - 4]);
        assert_eq!(nearly_whole.planned, manifest().files);
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_not_believed() {
        for path in ["../x", "/etc/passwd", "a/../../x", "a\\b", "", "a//b", ".brochure-lock"] {
            let mut forged = manifest();
            forged.files.insert(path.to_owned(), "0".repeat(64));
            let (read, record) = Manifest::parse(&forged.to_bytes());
            assert_eq!((record, &read.planned), (Record::Damaged, &manifest().files), "{path}");
        }
    }
}
