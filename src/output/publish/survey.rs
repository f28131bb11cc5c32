//! Compares the site with what stands in the output folder, and changes nothing.
//!
//! Before the first output, [`Ground`] looks at the folders and at what is known of earlier runs; then each output is
//! compared by itself, on whatever thread made it; at the end a [`Survey`] says what must be done.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::file_system::{FileError, FileSystem, Kind, Stamp};
use crate::hash::ContentHash;
use crate::output::manifest::Manifest;
use crate::output::publish::Record;
use crate::output::publish::stamps::{Stamps, moment};
use crate::output::{Output, Refusal};

/// Foreign pages beyond this are not searched for the mark of our own.
const LONGEST_PAGE: u64 = 64 * 1024 * 1024;
/// What each page of ours says about who made it, and within which of its first bytes.
const MARK: &[u8] = b"name=\"generator\" content=\"Brochure";
const MARK_WITHIN: usize = 4096;

/// What stands in the output folder before anything is written.
pub(super) struct Ground {
    /// The folders that the site needs.
    wanted: BTreeSet<String>,
    /// The folders of files that earlier runs wrote.
    had: BTreeSet<String>,
    /// What stands where those folders are.
    folders: BTreeMap<String, Kind>,
    /// The files on the disk that are known to be ours.
    ours: BTreeMap<String, String>,
    /// When this was looked at, by the clock of the file system.
    moment: Option<Stamp>,
}

/// An output that was handed over, and what stood at its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) hash: ContentHash,
    pub(super) state: State,
    /// The stamp that proves it to be the same from now on.
    pub(super) stamp: Option<Stamp>,
}

/// What stands at the path of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Same,
    Different,
    Absent,
    Taken,
}

/// What must be done so that the output folder holds the site.
#[derive(Debug, Default)]
pub(super) struct Survey<'s> {
    /// The outputs that are missing or different, with the digests of their bytes.
    pub(super) to_write: Vec<(&'s str, ContentHash)>,
    /// How many stand there already, byte for byte.
    pub(super) n_unchanged: usize,
    /// Our files that the site no longer has.
    pub(super) stale: BTreeSet<String>,
    /// What stands where a folder must be made.
    pub(super) instead_of_folders: BTreeSet<String>,
    /// Foreign things that stand where a file must be written.
    pub(super) instead_of_files: Vec<String>,
    /// Folders of ours that the site no longer has, each before the one that holds it.
    pub(super) stale_folders: Vec<String>,
    /// The files on the disk that are known to be ours.
    pub(super) ours: BTreeMap<String, String>,
}

impl Survey<'_> {
    /// Whether nothing stands there that should not, and nothing is missing.
    pub(super) fn finds_nothing_to_do(&self) -> bool {
        self.to_write.is_empty() && self.stale.is_empty() && self.stale_folders.is_empty()
    }
}

impl Ground {
    /// Looks at every folder that the site has, or an earlier run may have had.
    ///
    /// # Errors
    /// When the system does not tell what stands there.
    pub(super) fn look(
        fs: &dyn FileSystem,
        output: &Path,
        paths: &[Arc<str>],
        earlier: &Manifest,
    ) -> Result<Self, FileError> {
        let above = |path: &str| folders_of(path).map(str::to_owned).collect::<Vec<_>>();
        let wanted: BTreeSet<String> = paths.iter().flat_map(|path| above(path)).collect();
        let known = earlier.files.keys().chain(earlier.planned.keys());
        let had: BTreeSet<String> = known.flat_map(|path| above(path)).collect();
        let folders = kinds(fs, output, wanted.union(&had))?;
        let moment = moment(fs, output);
        let mut ground = Self { wanted, had, folders, ours: BTreeMap::new(), moment };
        // What was planned is ours where the bytes prove it.
        let proven = earlier.planned.par_iter().filter(|(path, hash)| {
            let is_planned = |bytes: Vec<u8>| ContentHash::of(&bytes).to_string() == **hash;
            let place = output.join(path);
            ground.reaches(path) && is_file(fs, &place) && fs.read(&place, u64::MAX).is_ok_and(is_planned)
        });
        ground.ours = proven.map(|(path, hash)| (path.clone(), hash.clone())).collect();
        ground.ours.extend(earlier.files.clone());
        Ok(ground)
    }

    /// A link where a folder must be: what is written there would stand elsewhere.
    pub(super) fn link(&self) -> Option<&str> {
        let is_link = |folder: &&String| self.folders.get(*folder) == Some(&Kind::Link);
        self.wanted.iter().find(is_link).map(String::as_str)
    }

    /// Whether `folder` stands there.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.folders.get(folder) == Some(&Kind::Folder)
    }

    fn reaches(&self, path: &str) -> bool {
        folders_of(path).all(|folder| self.has_folder(folder))
    }

    /// What stands at the path of an output, and if it is the same, the stamp that proves it.
    ///
    /// Compares bytes, not digests: a file of ours that somebody edited is seen, whatever clock the machine has. They
    /// are not read where the stamp of the file stands for them.
    pub(super) fn state(
        &self,
        fs: &dyn FileSystem,
        root: &Path,
        path: &str,
        wanted: &Output,
        stamps: &Stamps,
    ) -> Result<(State, Option<Stamp>), FileError> {
        if !self.reaches(path) {
            return Ok((State::Absent, None));
        }
        let place = root.join(path);
        let len = wanted.bytes.len() as u64;
        Ok(match fs.metadata(&place)? {
            None => (State::Absent, None),
            Some(metadata) if metadata.kind != Kind::File => (State::Taken, None),
            Some(metadata) if metadata.len != len => (State::Different, None),
            Some(metadata) if stamps.prove(path, metadata.stamp) => {
                let is_wanted = self.ours.get(path).is_some_and(|hash| *hash == wanted.hash.to_string());
                if is_wanted { (State::Same, metadata.stamp) } else { (State::Different, None) }
            }
            Some(metadata) => match fs.read(&place, len) {
                Ok(bytes) if bytes[..] == wanted.bytes[..] => (State::Same, at_rest(metadata.stamp, self.moment)),
                // What cannot be read can still be replaced.
                _ => (State::Different, None),
            },
        })
    }

    /// What must be done, now that all outputs are known.
    pub(super) fn survey<'s>(
        &self,
        fs: &dyn FileSystem,
        output: &Path,
        placed: &'s BTreeMap<Arc<str>, Placed>,
        record: Record,
    ) -> Survey<'s> {
        let mut survey = Survey { ours: self.ours.clone(), ..Survey::default() };
        let is_in_the_way = |folder: &&String| matches!(self.folders.get(*folder), Some(Kind::File | Kind::Other));
        survey.instead_of_folders = self.wanted.iter().filter(is_in_the_way).cloned().collect();
        for (path, Placed { hash, state, .. }) in placed {
            if *state == State::Same {
                survey.n_unchanged += 1;
                // Adopted, if someone else put it there: nobody can tell the difference.
                survey.ours.insert(path.to_string(), hash.to_string());
                continue;
            }
            let is_ours =
                || survey.ours.contains_key(&**path) || record.is_lost() && is_marked(fs, &output.join(&**path));
            if *state == State::Taken || *state == State::Different && !is_ours() {
                survey.instead_of_files.push(path.to_string());
            }
            survey.to_write.push((&**path, *hash));
        }
        let is_stale = |path: &&String| {
            !placed.contains_key(path.as_str()) && self.reaches(path) && is_file(fs, &output.join(path))
        };
        survey.stale = survey.ours.par_iter().map(|(path, _)| path).filter(is_stale).cloned().collect();
        let left = self.had.difference(&self.wanted).filter(|folder| self.has_folder(folder) && self.reaches(folder));
        survey.stale_folders = left.cloned().collect();
        survey.stale_folders.reverse();
        survey
    }
}

impl Refusal {
    /// The refusal to write behind a link.
    pub(super) fn of_link(output: &Path, folder: &str) -> Self {
        Self::LinkInside { path: output.join(folder) }
    }
}

/// A stamp that was taken before its file was read, if the file was at rest at `moment`, which was before that.
fn at_rest(stamp: Option<Stamp>, moment: Option<Stamp>) -> Option<Stamp> {
    stamp.zip(moment).filter(|(stamp, moment)| stamp.is_at_rest(moment.changed)).map(|(stamp, _)| stamp)
}

/// Whether everything that a manifest records stands there, byte for byte. Stamps that were missing are kept for the
/// next time.
pub(super) fn stands(fs: &dyn FileSystem, output: &Path, manifest: &Manifest, stamps: &Stamps) -> bool {
    let moment = if stamps.len() < manifest.files.len() { moment(fs, output) } else { None };
    let folders: BTreeSet<&str> = manifest.files.keys().flat_map(|path| folders_of(path)).collect();
    let is_folder = |path: &&str| {
        fs.metadata(&output.join(path)).is_ok_and(|metadata| metadata.is_some_and(|one| one.kind == Kind::Folder))
    };
    // None for what is not as it was; else its stamp, if one proves it from now on.
    let look_at = |(path, hash): (&String, &String)| {
        let place = output.join(path);
        let metadata = fs.metadata(&place).ok()?.filter(|metadata| metadata.kind == Kind::File)?;
        if stamps.prove(path, metadata.stamp) {
            return Some((path.clone(), metadata.stamp));
        }
        let bytes = fs.read(&place, metadata.len).ok()?;
        (ContentHash::of(&bytes).to_string() == *hash).then(|| (path.clone(), at_rest(metadata.stamp, moment)))
    };
    if !folders.par_iter().all(is_folder) {
        return false;
    }
    let seen: Option<Vec<(String, Option<Stamp>)>> = manifest.files.par_iter().map(look_at).collect();
    let Some(seen) = seen else { return false };
    let seen: BTreeMap<String, Stamp> = seen.into_iter().filter_map(|(path, stamp)| Some((path, stamp?))).collect();
    if seen.len() > stamps.len() {
        stamps.with(seen).save(fs, output);
    }
    true
}

/// The folders above a path, outermost first: `a`, `a/b` for `a/b/c`.
pub(in crate::output) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// What stands at each of `paths`, which hold the folders above each of them as well.
fn kinds<'p>(
    fs: &dyn FileSystem,
    output: &Path,
    paths: impl Iterator<Item = &'p String>,
) -> Result<BTreeMap<String, Kind>, FileError> {
    let mut levels: BTreeMap<usize, Vec<&String>> = BTreeMap::new();
    for path in paths {
        levels.entry(path.matches('/').count()).or_default().push(path);
    }
    let mut known: BTreeMap<String, Kind> = BTreeMap::new();
    for level in levels.into_values() {
        let is_there =
            |path: &str| path.rsplit_once('/').is_none_or(|(above, _)| known.get(above) == Some(&Kind::Folder));
        let asked = level.into_par_iter().filter(|path| is_there(path));
        let kinds = asked.filter_map(|path| match fs.metadata(&output.join(path)) {
            Ok(metadata) => metadata.map(|metadata| Ok((path.clone(), metadata.kind))),
            Err(error) => Some(Err(error)),
        });
        let kinds: Vec<(String, Kind)> = kinds.collect::<Result<_, _>>()?;
        known.extend(kinds);
    }
    Ok(known)
}

fn is_file(fs: &dyn FileSystem, path: &Path) -> bool {
    fs.metadata(path).is_ok_and(|metadata| metadata.is_some_and(|metadata| metadata.kind == Kind::File))
}

fn is_marked(fs: &dyn FileSystem, path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "html")
        && fs
            .read(path, LONGEST_PAGE)
            .is_ok_and(|bytes| bytes[..bytes.len().min(MARK_WITHIN)].windows(MARK.len()).any(|window| window == MARK))
}
