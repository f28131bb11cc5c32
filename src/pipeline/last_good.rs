//! [`LastGood`]: what stands in for a file while it is broken.
//!
//! A preview goes on while its author is in the middle of a word. A file in which reading finds an error counts as it
//! was when it had none, and what is wrong is told all the same. It is whole files that stand in, never parts, so that
//! what is shown is what a clean build would make of those files.
//!
//! What is wrong between files, such as a dead link, makes no file broken: there is no good version of one side alone.

use std::sync::Arc;

use crate::content_path::ContentPath;
use crate::diagnostic::{Diagnostic, Severity};
use crate::site_theme::LookFiles;
use crate::source::{SourceFile, Sources};

use super::blueprint::Contents;

/// The last versions of files that had no error.
#[derive(Debug, Default)]
pub(super) struct LastGood {
    /// Documents, in the order of their paths.
    documents: Vec<SourceFile>,
    settings: Option<SourceFile>,
    /// What was read last, for files that cannot be read any more.
    texts: Option<Arc<Contents>>,
    /// The files of the last look that could be made.
    made_look: Option<LookFiles>,
    /// Some page could not be drawn with it.
    is_failing: bool,
    /// The files of the last look that drew every page, as far as is known.
    proven_look: Option<LookFiles>,
}

impl LastGood {
    /// Puts back what was there a moment ago and cannot be read now, by what the scan has found.
    pub(super) fn put_back(&self, sources: &mut Sources, found: &[Diagnostic]) {
        let Some(texts) = &self.texts else { return };
        for error in found.iter().filter(|one| one.severity == Severity::Error) {
            let path = &error.primary.file;
            let here = texts.sources.get(path).into_iter().chain(texts.sources.under(path.as_str()));
            let missing: Vec<SourceFile> = here.filter(|file| sources.get(&file.path).is_none()).cloned().collect();
            sources.files.extend(missing.into_iter().map(|file| (file.path.clone(), file)));
        }
    }

    /// Notes what was read, for the next run: of each document, in the order of their paths, the last good version.
    pub(super) fn note_all(&mut self, texts: &Arc<Contents>, documents: Vec<SourceFile>) {
        self.texts = Some(texts.clone());
        self.documents = documents;
    }

    /// What stands in for a broken document.
    pub(super) fn document(&self, path: &ContentPath) -> Option<&SourceFile> {
        let at = self.documents.binary_search_by(|file| file.path.cmp(path)).ok()?;
        self.documents.get(at)
    }

    /// Notes settings without an error.
    pub(super) fn note_settings(&mut self, file: Option<&SourceFile>) {
        self.settings = file.cloned();
    }

    /// What stands in for broken settings.
    pub(super) fn settings(&self) -> Option<&SourceFile> {
        self.settings.as_ref()
    }

    /// Notes a look that could be made.
    pub(super) fn note_look(&mut self, files: &LookFiles) {
        if self.made_look.as_ref() == Some(files) {
            return;
        }
        let before = self.made_look.replace(files.clone());
        // One that was not tried to the end has shown what it was asked for.
        if !std::mem::take(&mut self.is_failing) && before.is_some() {
            self.proven_look = before;
        }
    }

    /// What stands in for a look that cannot be made.
    pub(super) fn look(&self) -> Option<&LookFiles> {
        self.made_look.as_ref()
    }

    /// The look that was made last has drawn every page, or not.
    pub(super) fn note_drawn(&mut self, all: bool) {
        self.is_failing = !all;
        if all {
            self.proven_look.clone_from(&self.made_look);
        }
    }

    /// What stands in for a look that cannot draw a page: the last one that drew them all, or else the built-in one.
    pub(super) fn proven_look(&self) -> Option<LookFiles> {
        let made = self.made_look.as_ref()?;
        let proven = self.proven_look.as_ref().filter(|proven| *proven != made);
        proven.cloned().or_else(|| made.has_own().then(LookFiles::built_in))
    }
}
