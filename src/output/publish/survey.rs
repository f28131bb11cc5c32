//! Compares the site with what stands in the output folder, and changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use crate::file_system::{FileError, FileSystem, Kind};
use crate::hash::ContentHash;
use crate::output::manifest::Manifest;
use crate::output::publish::{PublishError, Record};
use crate::output::{Output, Refusal, Site};

/// Foreign pages beyond this are not searched for the mark of our own.
const LONGEST_PAGE: u64 = 64 * 1024 * 1024;
/// What each page of ours says about who made it, and within which of its first bytes.
const MARK: &[u8] = b"name=\"generator\" content=\"Brochure";
const MARK_WITHIN: usize = 4096;

/// What must be done so that the output folder holds the site.
#[derive(Debug, Default)]
pub(super) struct Survey<'s> {
    /// The outputs that are missing or different.
    pub(super) to_write: Vec<(&'s str, &'s Output)>,
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

/// What stands at the path of an output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Same,
    Different,
    Absent,
    Taken,
}

/// Looks at every path that the site has, or an earlier run may have had.
pub(super) fn survey<'s>(
    fs: &dyn FileSystem,
    output: &Path,
    site: &'s Site,
    earlier: &Manifest,
    record: Record,
) -> Result<Survey<'s>, PublishError> {
    let wanted: BTreeSet<&str> = site.outputs.keys().flat_map(|path| folders_of(path)).collect();
    let known = earlier.files.keys().chain(earlier.planned.keys());
    let had: BTreeSet<&str> = known.flat_map(|path| folders_of(path)).collect();
    let folders = kinds(fs, output, wanted.union(&had).copied())?;
    let reaches = |path: &str| folders_of(path).all(|folder| folders.get(folder) == Some(&Kind::Folder));

    let mut survey = Survey::default();
    for &folder in &wanted {
        match folders.get(folder) {
            Some(Kind::Link) => return Err(Refusal::LinkInside { path: output.join(folder) }.into()),
            Some(Kind::File | Kind::Other) => {
                survey.instead_of_folders.insert(folder.to_owned());
            }
            Some(Kind::Folder) | None => {}
        }
    }
    // What was planned is ours where the bytes prove it.
    let proven = earlier.planned.par_iter().filter(|(path, hash)| {
        let bytes = || fs.read(&output.join(path), u64::MAX);
        reaches(path)
            && is_file(fs, &output.join(path))
            && bytes().is_ok_and(|b| ContentHash::of(&b).to_string() == **hash)
    });
    survey.ours = proven.map(|(path, hash)| (path.clone(), hash.clone())).collect();
    survey.ours.extend(earlier.files.clone());

    let outputs: Vec<(&str, &Output)> = site.outputs.iter().map(|(path, output)| (&**path, output)).collect();
    let states: Vec<State> = outputs
        .par_iter()
        .map(|(path, wanted)| if reaches(path) { state(fs, &output.join(path), wanted) } else { Ok(State::Absent) })
        .collect::<Result<_, _>>()?;
    for ((path, wanted), state) in outputs.into_iter().zip(states) {
        if state == State::Same {
            survey.n_unchanged += 1;
            // Adopted, if someone else put it there: nobody can tell the difference.
            survey.ours.insert(path.to_owned(), wanted.hash.to_string());
            continue;
        }
        let is_ours = || survey.ours.contains_key(path) || record.is_lost() && is_marked(fs, &output.join(path));
        if state == State::Taken || state == State::Different && !is_ours() {
            survey.instead_of_files.push(path.to_owned());
        }
        survey.to_write.push((path, wanted));
    }
    let stale =
        survey.ours.par_iter().map(|(path, _)| path).filter(|path| {
            !site.outputs.contains_key(path.as_str()) && reaches(path) && is_file(fs, &output.join(path))
        });
    survey.stale = stale.cloned().collect();
    let left = had.difference(&wanted).filter(|folder| folders.get(**folder) == Some(&Kind::Folder) && reaches(folder));
    survey.stale_folders = left.map(|folder| (*folder).to_owned()).collect();
    survey.stale_folders.reverse();
    Ok(survey)
}

/// The folders above a path, outermost first: `a`, `a/b` for `a/b/c`.
pub(in crate::output) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

fn kinds<'p>(
    fs: &dyn FileSystem,
    output: &Path,
    paths: impl Iterator<Item = &'p str>,
) -> Result<BTreeMap<&'p str, Kind>, FileError> {
    let paths: Vec<&str> = paths.collect();
    let kinds = paths.into_par_iter().filter_map(|path| match fs.metadata(&output.join(path)) {
        Ok(metadata) => metadata.map(|metadata| Ok((path, metadata.kind))),
        Err(error) => Some(Err(error)),
    });
    kinds.collect()
}

fn is_file(fs: &dyn FileSystem, path: &Path) -> bool {
    fs.metadata(path).is_ok_and(|metadata| metadata.is_some_and(|metadata| metadata.kind == Kind::File))
}

/// Compares bytes, not dates or digests: a file of ours that somebody edited is seen, whatever clock
/// the machine has.
fn state(fs: &dyn FileSystem, path: &Path, wanted: &Output) -> Result<State, FileError> {
    let len = wanted.bytes.len() as u64;
    match fs.metadata(path)? {
        None => Ok(State::Absent),
        Some(metadata) if metadata.kind != Kind::File => Ok(State::Taken),
        Some(metadata) if metadata.len != len => Ok(State::Different),
        Some(_) => match fs.read(path, len) {
            Ok(bytes) if bytes[..] == wanted.bytes[..] => Ok(State::Same),
            // What cannot be read can still be replaced.
            _ => Ok(State::Different),
        },
    }
}

fn is_marked(fs: &dyn FileSystem, path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "html")
        && fs
            .read(path, LONGEST_PAGE)
            .is_ok_and(|bytes| bytes[..bytes.len().min(MARK_WITHIN)].windows(MARK.len()).any(|window| window == MARK))
}
