//! Brings the output folder to the state of the site: the only writer of the disk.
//!
//! The order of the steps is what survives a kill or a full disk at any moment:
//!
//! 1. look at everything, and refuse before anything is changed;
//! 2. write each output, as it is made, into a staging folder: until the last one is there, the published site is as it
//!    was, and a run that turns out to have errors takes the staging folder away again;
//! 3. note in the manifest what is going to stand in the output folder;
//! 4. set foreign files out of the way, and give each new file or new folder its name, at once;
//! 5. remove what is ours and no longer in the site, and the folders that this leaves empty;
//! 6. note in the manifest that all is done.
//!
//! No name ever has half a file under it, and the next run completes whatever was interrupted.
//! Nothing foreign is lost: what stands where we must write is renamed to `….avant-brochure`. To
//! refuse instead would keep a site from being published for a `robots.txt` that somebody forgot.

mod report;
mod staging;
mod stamps;
mod survey;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use serde_json::Value;

use crate::file_system::{FileError, FileSystem, Kind, Stamp};
use crate::hash::Fingerprint;
use crate::output::guard::check_paths;
use crate::output::manifest::{MANIFEST_NAME, Manifest, RunNote};
use crate::output::{Outlet, Output, OutputLock, Refusal, Site, Verdict, lock_output};
use crate::source::Project;

use staging::{Staging, remove_leftovers, temporary_for, write_temporary};
use stamps::Stamps;
use survey::{Ground, Placed, State, Survey, stands};

pub use report::{PublishError, PublishReport, Record, SetAside};
pub(super) use survey::folders_of;

/// What is added to the name of a foreign file that stood in our way.
const SET_ASIDE: &str = ".avant-brochure";
/// The longest name of a file that common file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// Writes a site that is held in memory into the output folder.
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
    let mut publication = Publication::begin(lock)?;
    let paths: Vec<Arc<str>> = site.outputs.keys().cloned().collect();
    publication.open(&paths, Verdict::Publishable);
    site.outputs.par_iter().for_each(|(path, output)| publication.put(path, output));
    publication.finish(None, None)
}

/// A site on its way into the output folder: takes outputs one by one, and publishes them all or none.
pub struct Publication<'l, 'f> {
    lock: &'l mut OutputLock<'f>,
    fs: &'f dyn FileSystem,
    output: PathBuf,
    earlier: Manifest,
    record: Record,
    stamps: Stamps,
    staging: Staging<'f>,
    /// What stood there; known once the publication is open.
    ground: Option<Ground>,
    placed: Mutex<BTreeMap<Arc<str>, Placed>>,
    failure: Mutex<Option<PublishError>>,
}

impl<'l, 'f> Publication<'l, 'f> {
    /// Looks at what is known of earlier runs.
    ///
    /// # Errors
    /// When the machine fails us.
    pub fn begin(lock: &'l mut OutputLock<'f>) -> Result<Self, PublishError> {
        let (fs, output) = (lock.fs, lock.output.clone());
        let loaded = Manifest::load(fs, &output)?;
        let stamps = Stamps::load(fs, &output, &loaded.bytes);
        let staging = Staging::new(fs, &output);
        Ok(Self {
            lock,
            fs,
            output,
            earlier: loaded.manifest,
            record: loaded.record,
            stamps,
            staging,
            ground: None,
            placed: Mutex::default(),
            failure: Mutex::default(),
        })
    }

    /// What was noted of the documents of the last site.
    pub fn documents(&self) -> Option<&Value> {
        self.earlier.documents.as_ref()
    }

    /// Tells what stands there when nothing was to be made again. What a stopped run left is taken away.
    pub fn leave(self) -> PublishReport {
        // What cannot be removed now hinders nobody; the next build that writes says so.
        let _ = remove_leftovers(self.fs, &self.output, false);
        PublishReport { unchanged: self.earlier.files.len(), record: self.record, ..PublishReport::default() }
    }

    /// Publishes what was handed over. `run` is what is to be remembered: the digest of all inputs, and a note for the
    /// next run that has the same. `documents` is what is to be noted of them; without it, what was noted stays.
    ///
    /// # Errors
    /// When the site must not be written there, or the machine fails us; then or before.
    pub fn finish(
        mut self,
        run: Option<(Fingerprint, Value)>,
        documents: Option<Value>,
    ) -> Result<PublishReport, PublishError> {
        let failure = self.failure().take();
        let ground = match (failure, self.ground.take()) {
            (Some(failure), _) => return Err(failure),
            (None, Some(ground)) => ground,
            // Nothing was ever announced: an empty site.
            (None, None) => self.look(&[])?,
        };
        let placed = std::mem::take(&mut *self.placed());
        let survey = ground.survey(self.fs, &self.output, &placed, self.record);
        let files = placed.iter().map(|(path, placed)| (path.to_string(), placed.hash.to_string())).collect();
        let run = run.map(|(inputs, note)| RunNote::new(&inputs, note));
        let documents = documents.or_else(|| self.earlier.documents.clone());
        let complete = Manifest::complete(files, run).with(documents);
        let mut report = PublishReport {
            unchanged: survey.n_unchanged,
            record: self.record,
            written: survey.to_write.len(),
            ..Default::default()
        };
        let proven = placed.iter().filter_map(|(path, placed)| Some((path.to_string(), placed.stamp?))).collect();
        if survey.finds_nothing_to_do() && self.record == Record::Complete && self.earlier == complete {
            let proven = self.stamps.with(proven);
            if proven.len() > self.stamps.len() {
                proven.save(self.fs, &self.output);
            }
            return Ok(report);
        }
        self.lock.keep();
        let (fs, output, staging) = (self.fs, self.output.as_path(), &self.staging);
        let mut work = Work { fs, output, staging, placed: &placed, set_aside: Vec::new() };
        // Until the new site stands, the last one is what is compared with.
        let journal = journal(&survey).with(self.earlier.documents.clone());
        work.write_manifest(&journal.to_bytes())?;
        work.change(&survey, &ground, &complete.to_bytes(), proven).map_err(PublishError::Interrupted)?;
        report.removed = survey.stale.len();
        report.set_aside = work.set_aside;
        report.set_aside.sort();
        Ok(report)
    }

    fn placed(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Placed>> {
        // An entry is whole, whoever panicked beside it.
        self.placed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failure(&self) -> MutexGuard<'_, Option<PublishError>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, paths: &[Arc<str>]) -> Result<Ground, PublishError> {
        check_paths(paths)?;
        let ground = Ground::look(self.fs, &self.output, paths, &self.earlier)?;
        if let Some(folder) = ground.link() {
            return Err(Refusal::of_link(&self.output, folder).into());
        }
        remove_leftovers(self.fs, &self.output, self.record != Record::Complete)?;
        Ok(ground)
    }

    fn place(&self, path: &Arc<str>, output: &Output) -> Result<(), FileError> {
        let Some(ground) = &self.ground else { return Ok(()) };
        let (state, stamp) = ground.state(self.fs, &self.output, path, output, &self.stamps)?;
        if state != State::Same {
            self.staging.write(path, &output.bytes)?;
        }
        self.placed().insert(path.clone(), Placed { hash: output.hash, state, stamp });
        Ok(())
    }
}

impl Outlet for Publication<'_, '_> {
    fn remembered(&self, inputs: &Fingerprint) -> Option<Value> {
        let run = self.earlier.run.as_ref().filter(|run| run.inputs == inputs.to_string())?;
        let stands = self.record == Record::Complete && stands(self.fs, &self.output, &self.earlier, &self.stamps);
        stands.then(|| run.note.clone())
    }

    fn open(&mut self, paths: &[Arc<str>], verdict: Verdict) {
        if verdict == Verdict::Stopped {
            return;
        }
        match self.look(paths) {
            Ok(ground) => self.ground = Some(ground),
            Err(error) => *self.failure() = Some(error),
        }
    }

    fn put(&self, path: &Arc<str>, output: &Output) {
        if self.failure().is_some() {
            return;
        }
        if let Err(error) = self.place(path, output) {
            // The first failure is told; the others follow from it.
            self.failure().get_or_insert(error.into());
        }
    }
}

/// A site that was not published leaves nothing behind; a disk that is full is given its room back. What does not
/// succeed here, the next run does.
impl Drop for Publication<'_, '_> {
    fn drop(&mut self) {
        if self.staging.is_used() {
            let _ = self.staging.clear();
        }
    }
}

/// What is ours already, and what will be.
fn journal(survey: &Survey<'_>) -> Manifest {
    let planned = survey.to_write.iter().map(|(path, hash)| ((*path).to_owned(), hash.to_string()));
    Manifest::journal(survey.ours.clone(), planned.collect())
}

struct Work<'a> {
    fs: &'a dyn FileSystem,
    output: &'a Path,
    staging: &'a Staging<'a>,
    placed: &'a BTreeMap<Arc<str>, Placed>,
    set_aside: Vec<SetAside>,
}

impl Work<'_> {
    /// Brings the folder to the state of the site, and notes that it is.
    fn change(
        &mut self,
        survey: &Survey<'_>,
        ground: &Ground,
        manifest: &[u8],
        proven: BTreeMap<String, Stamp>,
    ) -> Result<(), FileError> {
        self.clear_for_folders(survey)?;
        self.clear_for_files(survey)?;
        // Nobody has written to our files yet: they get their names now.
        let named_from = self.stamp_of_manifest();
        self.commit(survey, ground)?;
        self.remove_stale(survey)?;
        self.staging.clear()?;
        self.write_manifest(manifest)?;
        self.stamp(manifest, proven, named_from, survey);
        Ok(())
    }

    fn write_manifest(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        let temporary = temporary_for(self.output, MANIFEST_NAME);
        let place = self.output.join(MANIFEST_NAME);
        if self.fs.metadata(&place)?.is_some_and(|metadata| metadata.kind != Kind::File) {
            self.set_aside(MANIFEST_NAME)?;
        }
        let written = write_temporary(self.fs, &temporary, bytes);
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

    /// Gives everything new its name: each folder that does not stand there yet as a whole.
    fn commit(&self, survey: &Survey<'_>, ground: &Ground) -> Result<(), FileError> {
        let whole =
            |path: &'_ str| folders_of(path).find(|folder| !ground.has_folder(folder)).map_or(path.len(), str::len);
        let moves: BTreeSet<&str> = survey.to_write.iter().map(|(path, _)| &path[..whole(path)]).collect();
        moves.into_par_iter().try_for_each(|path| {
            let within =
                |file: &str| file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            let below =
                || survey.to_write.iter().map(|(file, _)| (*file).to_owned()).filter(|file| within(file)).collect();
            self.staging.publish(path, &below)
        })
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

    fn stamp_of_manifest(&self) -> Option<Stamp> {
        self.fs.metadata(&self.output.join(MANIFEST_NAME)).ok()??.stamp
    }

    /// Notes how the file system names what now stands there: what was found to be the same, and what was written
    /// before it got its name. What may have been written to since is read next time.
    fn stamp(&self, manifest: &[u8], proven: BTreeMap<String, Stamp>, named_from: Option<Stamp>, survey: &Survey<'_>) {
        let (Some(named_from), Some(now)) = (named_from, self.stamp_of_manifest()) else { return };
        let written = survey.to_write.par_iter().filter_map(|(path, _)| {
            let metadata = self.fs.metadata(&self.output.join(path)).ok()??;
            let stamp = metadata.stamp.filter(|_| metadata.kind == Kind::File)?;
            (stamp.is_written_before(named_from.changed) && stamp.is_at_rest(now.changed))
                .then(|| ((*path).to_owned(), stamp))
        });
        let mut files = proven;
        files.par_extend(written);
        Stamps::new(manifest, files).save(self.fs, self.output);
    }

    fn set_aside(&mut self, path: &str) -> Result<(), FileError> {
        let mut n = 1;
        let kept_as = loop {
            let kept_as = name_aside(path, n);
            let is_free = self.fs.metadata(&self.output.join(&kept_as))?.is_none();
            if is_free && !self.placed.contains_key(kept_as.as_str()) {
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

#[cfg(test)]
mod tests;
