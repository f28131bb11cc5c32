//! Walks the site's folder and reads it, once: the only reader of the disk.
//!
//! Nothing here knows what a file means, but for the few places that are read at all. Whatever the
//! folder holds, the scan ends, stays in the folder, and takes a bounded piece of memory per file;
//! what it leaves out it reports, unless it is the debris of editors and systems.

mod link;
mod name;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::file_system::{Action, Entry, FileError, FileSystem, Kind};
use crate::source::file::LONGEST_FILE;
use crate::source::seen::{Listed, Reading, Reads};
use crate::source::{ContentPath, Project, Seen, SourceFile, Sources};

use link::{Link, Trail};
pub use name::is_debris;
use name::{content_path, is_usable};

/// The settings, beside the folders.
const SETTINGS: &str = "brochure.yaml";
/// What people may write for [`SETTINGS`], and nothing reads.
const SETTINGS_MISNAMED: &str = "brochure.yml";
/// The folders that are read.
const FOLDERS: [&str; 3] = ["content", "themes", "assets"];

/// Whether a name in the site's folder means anything to a scan.
pub fn is_read_in_root(name: &str) -> bool {
    name == SETTINGS || name == SETTINGS_MISNAMED || FOLDERS.contains(&name)
}

const MEGABYTE: u64 = 1024 * 1024;
/// A text beyond this was not written by a person, and would be held a hundred times over while it is worked on. What is
/// copied as it is may be longer.
const LONGEST_TEXT: u64 = 4 * MEGABYTE;
/// More than this is no site, but would be held in memory all the same.
const LARGEST_SITE: u64 = 4 * 1024 * MEGABYTE;
const TEXTS: [&str; 8] = ["md", "yaml", "yml", "toml", "html", "scss", "css", "json"];

/// Reads `brochure.yaml`, `content/`, `themes/` and `assets/`, never the output folder.
///
/// Links are followed as long as they stay in the site's folder. A file that vanishes while it is
/// read counts as absent. One that `seen` proves to be as it was is not read again.
///
/// # Errors
/// When there is no such folder.
pub fn scan(fs: &dyn FileSystem, project: &Project, seen: &mut Seen) -> Result<Checked<Sources>, FileError> {
    let mut scan = Scan::begin(fs, project, seen)?;
    scan.meet_settings();
    for folder in FOLDERS {
        scan.meet_folder(folder);
    }
    let (sources, read) = scan.read();
    seen.note(read);
    Ok(sources)
}

struct Scan<'a> {
    fs: &'a dyn FileSystem,
    /// How many bytes may still be read.
    room: AtomicU64,
    root: PathBuf,
    output: Option<PathBuf>,
    found: Vec<Found>,
    diagnostics: Vec<Diagnostic>,
    n_followed: usize,
    folders: BTreeSet<PathBuf>,
    seen: &'a Seen,
    listings: Vec<(PathBuf, Listed)>,
}

/// A file to be read: its place in the site, and its place on the disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    path: ContentPath,
    on_disk: Arc<Path>,
}

/// What stands in one folder, as far as the folder itself tells.
#[derive(Debug, Default)]
pub(super) struct Listing {
    files: Vec<Found>,
    folders: Vec<(ContentPath, Arc<Path>)>,
    links: Vec<(ContentPath, Arc<Path>)>,
    /// What is wrong with names and kinds.
    diagnostics: Vec<Diagnostic>,
}

impl Listing {
    fn meet(&mut self, entry: Entry, visit: &Visit, output: Option<&Path>) {
        // An output that *is* one of the folders that are read, or holds one, is no reason to read nothing: such an
        // output is refused before anything is written there.
        if is_debris(&entry.path) || output == Some(entry.path.as_path()) {
            return;
        }
        let path = content_path(&visit.path, &visit.folder, &entry.path);
        if !is_usable(&entry.path) {
            return self.diagnostics.push(file_diagnostic(Code::MisplacedFile, &path).message("message-unusable-name"));
        }
        match entry.kind {
            Kind::File => self.files.push(Found { path, on_disk: entry.path.into() }),
            Kind::Link => self.links.push((path, entry.path.into())),
            Kind::Other => self.diagnostics.push(not_a_file(&path)),
            Kind::Folder => {
                if path.is_under("content") && path.extension().eq_ignore_ascii_case("md") {
                    let folder = file_diagnostic(Code::MisplacedFile, &path).message("message-folder");
                    self.diagnostics.push(folder.help("help-folder"));
                }
                self.folders.push((path, entry.path.into()));
            }
        }
    }
}

fn not_a_file(path: &ContentPath) -> Diagnostic {
    file_diagnostic(Code::MisplacedFile, path).message("message-not-a-file").help("help-remove")
}

/// A folder to be walked: its place on the disk, its place in the site, and the links to it.
struct Visit {
    folder: PathBuf,
    path: ContentPath,
    trail: Trail,
}

impl<'a> Scan<'a> {
    fn begin(fs: &'a dyn FileSystem, project: &Project, seen: &'a Seen) -> Result<Self, FileError> {
        let root = fs.canonicalise(&project.root)?;
        if fs.metadata(&root)?.is_none_or(|metadata| metadata.kind != Kind::Folder) {
            return Err(FileError::new(Action::Walk, &project.root, io::ErrorKind::NotADirectory.into()));
        }
        // An output folder that does not exist yet holds nothing that could be read.
        let output = fs.canonicalise(&project.output).ok();
        let room = AtomicU64::new(LARGEST_SITE);
        let folders = BTreeSet::from([root.clone()]);
        Ok(Self {
            fs,
            room,
            root,
            output,
            found: Vec::new(),
            diagnostics: Vec::new(),
            n_followed: 0,
            folders,
            seen,
            listings: Vec::new(),
        })
    }

    fn meet_settings(&mut self) {
        if self.kind_of(SETTINGS_MISNAMED).is_some() {
            let misnamed = file_diagnostic(Code::MisplacedFile, &ContentPath::new(SETTINGS_MISNAMED));
            let is_taken = self.kind_of(SETTINGS).is_some();
            self.report(match is_taken {
                true => misnamed.help("help-both").arg("settings", SETTINGS),
                false => misnamed.near(Some(SETTINGS)),
            });
        }
        let path = ContentPath::new(SETTINGS);
        match self.kind_of(SETTINGS).and_then(|kind| self.resolve(self.root.join(SETTINGS), kind, &path, &Trail::new()))
        {
            Some((on_disk, Kind::File)) => {
                self.folders.extend(on_disk.parent().map(Path::to_owned));
                self.found.push(Found { path, on_disk: on_disk.into() });
            }
            Some(_) => self.report(
                file_diagnostic(Code::UnreadableFile, &path).message("message-not-a-file").help("help-not-a-file"),
            ),
            None => {}
        }
    }

    fn meet_folder(&mut self, name: &str) {
        let path = ContentPath::new(name);
        let trail = Trail::new();
        match self.kind_of(name).and_then(|kind| self.resolve(self.root.join(name), kind, &path, &trail)) {
            Some((folder, Kind::Folder)) => self.visit_all(Visit { folder, path, trail }),
            Some(_) => self.report(
                file_diagnostic(Code::UnreadableFile, &path).message("message-not-a-folder").help("help-not-a-folder"),
            ),
            None => {}
        }
    }

    fn kind_of(&mut self, name: &str) -> Option<Kind> {
        match self.fs.metadata(&self.root.join(name)) {
            Ok(metadata) => metadata.map(|metadata| metadata.kind),
            Err(error) => {
                self.report(unreadable(&ContentPath::new(name), &error));
                None
            }
        }
    }

    /// Walks a folder, then those that links in it lead to. A list and no recursion, since the depth
    /// is chosen by whoever made the links.
    fn visit_all(&mut self, first: Visit) {
        let mut to_visit = vec![first];
        while let Some(visit) = to_visit.pop() {
            self.visit(visit, &mut to_visit);
        }
    }

    fn visit(&mut self, visit: Visit, to_visit: &mut Vec<Visit>) {
        self.folders.insert(visit.folder.clone());
        let before = self.seen.begin_folder(self.fs, &visit.folder);
        let listing = match before.known {
            Some(known) => known,
            None => match self.list(&visit) {
                Some(listing) => listing,
                None => return,
            },
        };
        self.diagnostics.extend(listing.diagnostics.iter().cloned());
        self.found.extend(listing.files.iter().cloned());
        for (path, folder) in listing.folders.iter().rev() {
            let (path, folder, trail) = (path.clone(), folder.to_path_buf(), visit.trail.clone());
            to_visit.push(Visit { folder, path, trail });
        }
        // Where a link leads is a matter of other folders, too: each is followed anew.
        for (path, link) in &listing.links {
            self.meet_link(path, link, &visit.trail, to_visit);
        }
        self.listings.push((visit.folder, Listed { known: Some(listing), stamp: before.stamp }));
    }

    /// What stands in a folder; none when there is no such folder, or it cannot be looked into.
    fn list(&mut self, visit: &Visit) -> Option<Arc<Listing>> {
        let entries = match self.fs.walk(&visit.folder, &|_| false) {
            Ok(entries) => entries,
            Err(error) => {
                if error.source.kind() != io::ErrorKind::NotFound {
                    self.report(unreadable(&visit.path, &error));
                }
                return None;
            }
        };
        let mut listing = Listing::default();
        for entry in entries {
            match entry {
                Ok(entry) => listing.meet(entry, visit, self.output.as_deref()),
                Err(error) if error.is_absence() => {}
                Err(error) => {
                    listing
                        .diagnostics
                        .push(unreadable(&content_path(&visit.path, &visit.folder, &error.path), &error));
                }
            }
        }
        Some(Arc::new(listing))
    }

    fn meet_link(&mut self, path: &ContentPath, link: &Path, trail: &Trail, to_visit: &mut Vec<Visit>) {
        match self.resolve(link.to_owned(), Kind::Link, path, trail) {
            Some((on_disk, Kind::File)) => {
                self.folders.extend(on_disk.parent().map(Path::to_owned));
                self.found.push(Found { path: path.clone(), on_disk: on_disk.into() });
            }
            Some((folder, Kind::Folder)) => {
                to_visit.push(Visit { folder, path: path.clone(), trail: trail.beyond(link) });
            }
            Some((_, Kind::Other)) => self.report(not_a_file(path)),
            Some((_, Kind::Link)) | None => {}
        }
    }

    /// The true place of what stands there, and its kind, with the link followed if it is one.
    fn resolve(&mut self, on_disk: PathBuf, kind: Kind, path: &ContentPath, trail: &Trail) -> Option<(PathBuf, Kind)> {
        if kind != Kind::Link {
            return Some((on_disk, kind));
        }
        match link::follow(self.fs, &self.root, self.output.as_deref(), &on_disk, trail, self.n_followed) {
            Link::To(target, kind) => {
                self.n_followed += usize::from(kind == Kind::Folder);
                Some((target, kind))
            }
            Link::Gone => None,
            Link::Refused(message) => {
                self.report(file_diagnostic(Code::LinkOutside, path).message(message));
                None
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn read_file(&self, file: Found) -> Checked<Option<Reading>> {
        let reading = self.seen.begin(self.fs, &file.path, &file.on_disk);
        if let Some(known) = reading.known {
            return match self.take_room(known.bytes.len() as u64) {
                true => Checked::clean(Some(Reading { known: Some(known), stamp: reading.stamp })),
                false => self.too_much(&file.path),
            };
        }
        let is_read = !file.path.is_under("assets");
        let is_text = is_read && TEXTS.contains(&file.path.extension().to_ascii_lowercase().as_str());
        let limit = if is_text { LONGEST_TEXT } else { LONGEST_FILE };
        let told = |diagnostic: Diagnostic| Checked::new(None, vec![diagnostic]);
        let bytes = match self.fs.read(&file.on_disk, limit) {
            Ok(bytes) => bytes,
            Err(error) if error.is_absence() => return Checked::clean(None),
            Err(error) if error.source.kind() == io::ErrorKind::FileTooLarge => {
                return told(too_large(&file.path, "message-too-large", limit));
            }
            Err(error) => return told(unreadable(&file.path, &error)),
        };
        // A folder on the way may have become a link since it was walked.
        if self.fs.canonicalise(&file.on_disk).is_ok_and(|place| !place.starts_with(&self.root)) {
            return told(file_diagnostic(Code::LinkOutside, &file.path));
        }
        if !self.take_room(bytes.len() as u64) {
            return self.too_much(&file.path);
        }
        let stamp = reading.stamp;
        let file = SourceFile::new(file.path, bytes).read_at(file.on_disk);
        Checked::clean(Some(Reading { known: Some(file), stamp }))
    }

    /// Whether so many bytes more may be held.
    fn take_room(&self, len: u64) -> bool {
        let taken = |room: u64| room.checked_sub(len);
        self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }

    fn too_much(&self, path: &ContentPath) -> Checked<Option<Reading>> {
        Checked::new(None, vec![too_large(path, "message-too-much", LARGEST_SITE)])
    }

    fn read(mut self) -> (Checked<Sources>, Reads) {
        self.found.sort();
        let mut sources = Sources::default();
        // Two names that differ in bytes only, such as an accent composed and decomposed.
        let mut last: Option<ContentPath> = None;
        let mut found = std::mem::take(&mut self.found);
        found.retain(|file| {
            let is_second = last.as_ref() == Some(&file.path);
            if is_second {
                let second = file_diagnostic(Code::MisplacedFile, &file.path).message("message-same-name");
                self.diagnostics.push(second.help("help-same-name"));
            }
            last = Some(file.path.clone());
            !is_second
        });
        let read: Vec<_> = found.into_par_iter().map(|file| self.read_file(file)).collect();
        let files: Vec<Reading> = read.into_iter().filter_map(|one| one.take(&mut self.diagnostics)).collect();
        sources.files =
            files.iter().filter_map(|one| one.known.as_ref().map(|file| (file.path.clone(), file.clone()))).collect();
        self.diagnostics.sort_by(|a, b| (&a.primary.file, a.code).cmp(&(&b.primary.file, b.code)));
        let read = Reads { files, listings: self.listings, folders: self.folders };
        (Checked::new(sources, self.diagnostics), read)
    }
}

fn too_large(path: &ContentPath, message: &'static str, limit: u64) -> Diagnostic {
    let diagnostic = file_diagnostic(Code::UnreadableFile, path).message(message).help("help-too-large");
    diagnostic.arg("megabytes", (limit / MEGABYTE).to_string())
}

fn unreadable(path: &ContentPath, error: &FileError) -> Diagnostic {
    file_diagnostic(Code::UnreadableFile, path).arg("reason", error.source.to_string())
}

fn file_diagnostic(code: Code, path: &ContentPath) -> Diagnostic {
    Diagnostic::new(code, path, Place::File)
}

#[cfg(test)]
mod tests;
