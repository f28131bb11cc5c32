//! Brings the output folder to the state of the site: the only writer of the disk.
//!
//! The order of the steps is what survives a kill or a full disk at any moment:
//!
//! 1. look at everything, and refuse before anything is changed;
//! 2. note in the manifest what is going to be written;
//! 3. write all new bytes under temporary names: until here, the published site is as it was;
//! 4. set foreign files out of the way, and give each new file its name, at once;
//! 5. remove what is ours and no longer in the site, and the folders that this leaves empty;
//! 6. note in the manifest that all is done.
//!
//! No name ever has half a file under it, and the next run completes whatever was interrupted.
//! Nothing foreign is lost: what stands where we must write is renamed to `….avant-brochure`. To
//! refuse instead would keep a site from being published for a `robots.txt` that somebody forgot.

mod report;
mod survey;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::file_system::{FileError, FileSystem, Kind};
use crate::hash::ContentHash;
use crate::output::guard::check_paths;
use crate::output::manifest::{MANIFEST_NAME, Manifest};
use crate::output::{Output, OutputLock, Site, lock_output};
use crate::source::Project;

use survey::{Survey, survey};

pub use report::{PublishError, PublishReport, Record, SetAside};
pub(super) use survey::folders_of;

/// How the names of unfinished files start; 16 hexadecimal digits follow.
const TEMPORARY: &str = ".brochure-tmp-";
/// What is added to the name of a foreign file that stood in our way.
const SET_ASIDE: &str = ".avant-brochure";
/// The longest name of a file that common file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// Writes the site into the output folder.
///
/// # Errors
/// When the folder is refused or locked, or the machine fails us.
pub fn publish(fs: &dyn FileSystem, project: &Project, site: &Site) -> Result<PublishReport, PublishError> {
    publish_into(&mut lock_output(fs, project)?, site)
}

/// As [`publish`], under a lock taken before.
///
/// # Errors
/// When an output has an unsafe path, a folder of the output is a link, or the machine fails us.
pub fn publish_into(lock: &mut OutputLock<'_>, site: &Site) -> Result<PublishReport, PublishError> {
    let (fs, output) = (lock.fs, lock.output.clone());
    check_paths(site)?;
    let (earlier, record) = Manifest::load(fs, &output)?;
    remove_leftovers(fs, &output, record)?;
    let survey = survey(fs, &output, site, &earlier, record)?;
    let complete = Manifest::of(site);
    let mut report =
        PublishReport { unchanged: survey.n_unchanged, record, written: survey.to_write.len(), ..Default::default() };
    if survey.finds_nothing_to_do() && record == Record::Complete && earlier == complete {
        return Ok(report);
    }
    lock.keep();
    let mut work = Work { fs, output: &output, site, set_aside: Vec::new() };
    work.write_manifest(&journal(&survey))?;
    work.clear_for_folders(&survey)?;
    work.stage(&survey)?;
    work.clear_for_files(&survey)?;
    work.commit(&survey)?;
    work.remove_stale(&survey)?;
    work.write_manifest(&complete)?;
    report.removed = survey.stale.len();
    report.set_aside = work.set_aside;
    report.set_aside.sort();
    Ok(report)
}

/// What is ours already, and what will be.
fn journal(survey: &Survey<'_>) -> Manifest {
    let planned = survey.to_write.iter().map(|(path, output)| ((*path).to_owned(), output.hash.to_string()));
    Manifest::journal(survey.ours.clone(), planned.collect())
}

struct Work<'a> {
    fs: &'a dyn FileSystem,
    output: &'a Path,
    site: &'a Site,
    set_aside: Vec<SetAside>,
}

impl Work<'_> {
    fn write_manifest(&mut self, manifest: &Manifest) -> Result<(), FileError> {
        let temporary = temporary_for(self.output, MANIFEST_NAME);
        let place = self.output.join(MANIFEST_NAME);
        if self.fs.metadata(&place)?.is_some_and(|metadata| metadata.kind != Kind::File) {
            self.set_aside(MANIFEST_NAME)?;
        }
        let written = write_temporary(self.fs, &temporary, &manifest.to_bytes());
        written.and_then(|()| self.fs.rename(&temporary, &place)).inspect_err(|_| {
            let _ = self.fs.remove_file(&temporary);
        })
    }

    /// Makes room for folders: a page `a` may have become a page `a/b`.
    fn clear_for_folders(&mut self, survey: &Survey<'_>) -> Result<(), FileError> {
        for path in &survey.instead_of_folders {
            if survey.stale.contains(path) {
                self.fs.remove_file(&self.output.join(path))?;
            } else {
                self.set_aside(path)?;
            }
        }
        Ok(())
    }

    fn stage(&self, survey: &Survey<'_>) -> Result<(), FileError> {
        let folders: BTreeSet<&str> = survey.to_write.iter().flat_map(|(path, _)| folders_of(path)).collect();
        let mut made = Vec::new();
        let staged = (|| {
            for folder in folders {
                let folder = self.output.join(folder);
                // A page may be about to take the place of a folder, and hold the next one's name.
                if self.fs.metadata(&folder)?.is_none() {
                    self.fs.create_folders(&folder)?;
                    made.push(folder);
                }
            }
            let write = |(path, output): &(&str, &Output)| {
                write_temporary(self.fs, &temporary_for(self.output, path), &output.bytes)
            };
            survey.to_write.par_iter().try_for_each(write)
        })();
        staged.inspect_err(|_| {
            // A disk that is full is given its room back. What does not succeed, the next run does.
            survey.to_write.par_iter().for_each(|(path, _)| {
                let _ = self.fs.remove_file(&temporary_for(self.output, path));
            });
            for folder in made.iter().rev() {
                let _ = self.fs.remove_empty_folder(folder);
            }
        })
    }

    /// Makes room for files: foreign ones are kept, folders that hold nothing but ours are emptied.
    fn clear_for_files(&mut self, survey: &Survey<'_>) -> Result<(), FileError> {
        for path in &survey.instead_of_files {
            let below = format!("{path}/");
            for stale in survey.stale.range(below.clone()..).take_while(|stale| stale.starts_with(&below)) {
                self.fs.remove_file(&self.output.join(stale))?;
            }
            let is_part = |folder: &&String| folder.starts_with(&below) || *folder == path;
            for folder in survey.stale_folders.iter().filter(is_part) {
                self.fs.remove_empty_folder(&self.output.join(folder))?;
            }
            if self.fs.metadata(&self.output.join(path))?.is_some() {
                self.set_aside(path)?;
            }
        }
        Ok(())
    }

    fn commit(&self, survey: &Survey<'_>) -> Result<(), FileError> {
        survey
            .to_write
            .par_iter()
            .try_for_each(|(path, _)| self.fs.rename(&temporary_for(self.output, path), &self.output.join(path)))
    }

    fn remove_stale(&self, survey: &Survey<'_>) -> Result<(), FileError> {
        // What gave way to a folder is gone; a folder of that name stands there.
        let given_way = |path: &&String| !survey.instead_of_folders.contains(*path);
        let stale: Vec<&String> = survey.stale.iter().filter(given_way).collect();
        stale.par_iter().try_for_each(|path| self.fs.remove_file(&self.output.join(path)))?;
        for folder in &survey.stale_folders {
            self.fs.remove_empty_folder(&self.output.join(folder))?;
        }
        Ok(())
    }

    fn set_aside(&mut self, path: &str) -> Result<(), FileError> {
        let mut n = 1;
        let kept_as = loop {
            let kept_as = name_aside(path, n);
            let is_free = self.fs.metadata(&self.output.join(&kept_as))?.is_none();
            if is_free && !self.site.outputs.contains_key(kept_as.as_str()) {
                break kept_as;
            }
            n += 1;
        };
        self.fs.rename(&self.output.join(path), &self.output.join(&kept_as))?;
        self.set_aside.push(SetAside { path: path.to_owned(), kept_as });
        Ok(())
    }
}

/// The `n`th name (from 1) under which what stands at `path` may be kept.
fn name_aside(path: &str, n: usize) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let end = if n == 1 { SET_ASIDE.to_owned() } else { format!("{SET_ASIDE}-{n}") };
    let room = LONGEST_NAME - end.len();
    let length = name.char_indices().map(|(start, c)| start + c.len_utf8()).take_while(|end| *end <= room).last();
    let name = &name[..length.unwrap_or(0)];
    if folder.is_empty() { format!("{name}{end}") } else { format!("{folder}/{name}{end}") }
}

/// The temporary name of an output: in the same folder, since only there is a rename at once.
fn temporary_for(output: &Path, path: &str) -> PathBuf {
    let digits = &ContentHash::of(path.as_bytes()).to_string()[..16];
    output.join(path).with_file_name(format!("{TEMPORARY}{digits}"))
}

fn write_temporary(fs: &dyn FileSystem, temporary: &Path, bytes: &[u8]) -> Result<(), FileError> {
    match fs.write_new(temporary, bytes) {
        // Of a killed run whose manifest somebody has since replaced.
        Err(error) if error.source.kind() == io::ErrorKind::AlreadyExists => {
            fs.remove_file(temporary)?;
            fs.write_new(temporary, bytes)
        }
        outcome => outcome,
    }
}

/// Removes what a killed run has left under temporary names.
fn remove_leftovers(fs: &dyn FileSystem, output: &Path, record: Record) -> Result<(), FileError> {
    // A run that came to its end has left nothing; at the top, the manifest itself may be unfinished.
    let entries = fs.walk(output, &|_| record != Record::Complete)?;
    let leftovers = entries.into_iter().flatten().filter(|entry| {
        let digits = entry.path.file_name().and_then(|name| name.to_str()?.strip_prefix(TEMPORARY));
        let is_temporary = |digits: &str| digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        entry.kind == Kind::File && digits.is_some_and(is_temporary)
    });
    leftovers.into_iter().try_for_each(|entry| fs.remove_file(&entry.path))
}

#[cfg(test)]
mod tests;
