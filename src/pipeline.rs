//! [`Pipeline`]: all stages in order, and the memo between runs. The only conductor.
//!
//! ```text
//! scan → parse → assemble → plan → view → page → render → outlet
//! ```
//!
//! Every run is a full run. The first half, up to the addresses, is done for the whole site: [`Pipeline::prepare`]. From
//! the view on, each address is taken to its end by itself: a build draws all of them and hands each to its [`Outlet`],
//! so that it never holds the site that it makes; a preview draws those that are asked for.

mod blueprint;
mod editions;
mod last_good;
mod prepare;
mod remember;
mod run;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::config::{CONFIG_PATH, Config};
use crate::content_path::ContentPath;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file_system::{FileError, FileSystem};
use crate::hash::Fingerprint;
use crate::memo::{Drawn, Generation, Memo};
use crate::output::{Outlet, Verdict};
use crate::report::audit::Audit;
use crate::report::{Found, in_order, resolve};
use crate::route::{Route, SitePath};
use crate::rules::{privacy, soften};
use crate::site_theme;
use crate::source::{Project, Seen, Sources, scan};

use last_good::LastGood;
use prepare::Standing;
use run::{Clock, Effort};

pub use blueprint::{Blueprint, Board, Contents, StandIn, told_once};
pub use prepare::Prepared;
pub use run::{Counts, Progress, RuleLevel, Run, RunOptions, Since, Stage, StageTime, Use};

/// The stages with their memo. Runs of one pipeline share what did not change.
#[derive(Debug)]
pub struct Pipeline {
    memo: Memo,
    runs: Runs,
    /// What files looked like when they were read last.
    seen: Seen,
    last_good: LastGood,
    /// The first half of the last run.
    standing: Option<Standing>,
}

/// How many runs a pipeline has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runs {
    /// Nothing is kept: nobody will ask, and a large site does not fit into memory.
    One,
    /// The same, and the process ends with the run: the system takes its memory back at once, while taking millions of
    /// small pieces apart would only delay it.
    OneAndTheLast,
    /// Everything that the next run may use is kept, and broken files count as they were before.
    Many,
}

/// What was read, and what was found while looking for it.
#[derive(Debug)]
pub struct Scanned {
    sources: Sources,
    found: Vec<Diagnostic>,
    /// The digest of everything that the site is made from.
    pub inputs: Fingerprint,
    clock: Clock,
}

impl Pipeline {
    /// A pipeline for one run: it remembers nothing.
    pub fn once() -> Self {
        Self::new(Runs::One)
    }

    /// A pipeline for the last thing that the process does: the memory of its run is never given back.
    pub fn once_and_for_all() -> Self {
        Self::new(Runs::OneAndTheLast)
    }

    /// A pipeline for many runs of one site. A file that has an error when it is read counts, from the second run on, as
    /// it was when it had none.
    pub fn lasting() -> Self {
        Self::new(Runs::Many)
    }

    fn new(runs: Runs) -> Self {
        Self {
            memo: Memo::default(),
            runs,
            seen: if runs == Runs::Many { Seen::lasting() } else { Seen::default() },
            last_good: LastGood::default(),
            standing: None,
        }
    }

    /// Forgets the site, but not what was made: what comes next is another one, and shares with it what is the same.
    pub fn turn_to_another_site(&mut self) {
        *self = Self { memo: std::mem::take(&mut self.memo), ..Self::new(self.runs) };
    }

    fn is_lasting(&self) -> bool {
        self.runs == Runs::Many
    }

    /// Runs all stages, and hands the outputs to `outlet` as they are made.
    ///
    /// What is found while pages are drawn comes late: the outlet must be ready to throw away what it was given.
    ///
    /// # Errors
    /// When the site's folder cannot be read at all. What is wrong inside it is in [`Run::found`].
    pub fn run(
        &mut self,
        fs: &dyn FileSystem,
        project: &Project,
        options: &RunOptions,
        outlet: &mut dyn Outlet,
        progress: Progress<'_>,
    ) -> Result<Run, FileError> {
        let mut scanned = self.scan(fs, project, options, progress)?;
        let remembered = outlet
            .remembered(&scanned.inputs)
            .filter(|_| options.since.as_ref().is_none_or(|since| !since.is_named))
            .and_then(|note| remember::read(note, &|path| text_of(fs, &scanned.sources, path)));
        if let Some(remembered) = remembered {
            scanned.clock.lap(Stage::Publish);
            let inputs = scanned.inputs;
            // The same inputs make the same site: nothing is another.
            let changes = options.since.as_ref().filter(|_| !options.drafts).map(|_| Arc::default());
            let remembered = Run { changes, ..remembered };
            if !options.sheets {
                return Ok(Run { timings: scanned.clock.laps, inputs, ..remembered });
            }
            let Prepared { assessment, clock, .. } = self.prepare(fs, scanned, options, progress);
            return Ok(Run { assessment: Some(assessment), timings: clock.laps, inputs, ..remembered });
        }
        let Prepared { blueprint, texts, found, mut unkept, assessment, inputs, mut counts, mut clock } =
            self.prepare(fs, scanned, options, progress);
        let mut diagnostics = found;
        // A site that shows drafts is a trial: nothing is compared with it, nor it with anything.
        let register =
            (!options.drafts).then(|| editions::register(&blueprint.catalogue, &blueprint.table, &texts.bodies));
        let changes = options.since.as_ref().zip(register.as_ref()).map(|(since, register)| {
            let (changes, mut lost) = editions::compare(register, &since.register, &blueprint.table, &blueprint.config);
            lost.iter_mut().for_each(|one| apply_severity(one, &blueprint.config));
            // A page that only cannot be read is not lost: its file is told of already.
            if !diagnostics.iter().any(|one| one.severity == Severity::Error) {
                diagnostics.extend(lost);
            }
            Arc::new(changes)
        });
        let verdict = match options.is_stopped_by(&diagnostics) || options.is_stopped_by(&unkept) {
            true => Verdict::Stopped,
            false => Verdict::Publishable,
        };
        let board = Board::new(&blueprint, &blueprint.look.value);
        let routes: Vec<_> = blueprint.table.iter().map(|(route, path)| (route, path, path.public_path())).collect();
        outlet.open(&routes.iter().map(|(_, _, public)| public.clone()).collect::<Vec<_>>(), verdict);
        let outlet = &*outlet;
        let (viewing, rendering, publishing) = (Effort::default(), Effort::default(), Effort::default());
        let done = AtomicUsize::new(0);
        // The routes are in order, and so is what is found on the way.
        let drawn: Vec<Vec<Diagnostic>> = routes
            .par_iter()
            .filter_map(|(route, path, public)| {
                let at_work = viewing.begin();
                let page = board.page(&texts, route, path)?;
                drop(at_work);
                let at_work = rendering.begin();
                let rendered = board.render(page);
                drop(at_work);
                let at_work = publishing.begin();
                rendered.value.iter().for_each(|output| outlet.put(public, output));
                drop(at_work);
                progress(Stage::Render, done.fetch_add(1, Ordering::Relaxed) + 1, routes.len());
                Some(rendered.diagnostics)
            })
            .collect();
        counts.rendered = done.into_inner();
        let (late_unkept, late) = late(drawn.into_iter().flatten(), &blueprint, &texts, options.rules);
        diagnostics.extend(late);
        unkept.extend(late_unkept);
        clock.lap_with(&[(Stage::View, viewing), (Stage::Render, rendering), (Stage::Publish, publishing)]);

        let found = locate(diagnostics, fs, &texts.sources);
        let unkept = locate(unkept, fs, &texts.sources);
        let report = options.report.then(|| {
            let found = in_order(found.iter().chain(&unkept)).into_iter().cloned().collect();
            let assessment = (options.rules != RuleLevel::Off).then(|| assessment.clone());
            let (changes, history) = (changes.clone(), options.history.clone());
            board.report_alone(&Audit { assessment, found, changes, history }).value
        });
        let (next_change, lang) = (blueprint.catalogue.next_change, blueprint.config.lang);
        drop(routes);
        if self.runs == Runs::OneAndTheLast {
            std::mem::forget(board);
            std::mem::forget((texts, blueprint));
        }
        let (assessment, timings, what) = (Some(assessment), clock.laps, Use::Made);
        let report = report.flatten();
        Ok(Run {
            inputs,
            found,
            unkept,
            assessment,
            register,
            changes,
            report,
            counts,
            timings,
            next_change,
            lang,
            what,
        })
    }

    /// Reads the site's folder.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn scan(
        &mut self,
        fs: &dyn FileSystem,
        project: &Project,
        options: &RunOptions,
        progress: Progress<'_>,
    ) -> Result<Scanned, FileError> {
        let mut clock = Clock::start();
        progress(Stage::Scan, 0, 0);
        let mut found = Vec::new();
        let mut sources = scan(fs, project, &mut self.seen)?.take(&mut found);
        let inputs = remember::fingerprint(&sources, &found, options);
        self.last_good.put_back(&mut sources, &found);
        clock.lap(Stage::Scan);
        Ok(Scanned { sources, found, inputs, clock })
    }

    /// The folders that were read last.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        self.seen.folders()
    }

    /// What was found when pages were drawn last, for [`try_out`].
    pub fn drawn(&self) -> Arc<Generation<Fingerprint, Drawn>> {
        self.memo.drawn.clone()
    }

    /// Keeps what came of drawing every page.
    pub fn note_tried(&mut self, tried: TriedOut) {
        self.last_good.note_drawn(!tried.found.iter().any(|one| one.severity == Severity::Error));
        self.memo.drawn = Arc::new(tried.drawn);
    }
}

impl Scanned {
    /// Whether nothing was read that a site could be made of.
    pub fn is_empty(&self) -> bool {
        n_sources(&self.sources) == 0
    }

    /// What was found so far.
    pub fn found(&self, fs: &dyn FileSystem) -> Vec<Found> {
        locate(self.found.clone(), fs, &self.sources)
    }
}

/// Draws every page to learn what may be found on the way, and forgets it. What was drawn before in the same form is not
/// drawn again. Stops, with nothing, as soon as `is_over` says so.
pub fn try_out(
    memo: &Generation<Fingerprint, Drawn>,
    board: &Board<'_>,
    blueprint: &Blueprint,
    texts: &Contents,
    rules: RuleLevel,
    is_over: &(dyn Fn() -> bool + Sync),
) -> Option<TriedOut> {
    // What a search reads is made of what pages show, and nothing more can be found in it.
    let is_tried = |(route, _): &(&Route, &SitePath)| !matches!(route, Route::Search(_));
    let routes: Vec<(&Route, &SitePath)> = blueprint.table.iter().filter(is_tried).collect();
    let n_drawn = AtomicUsize::new(0);
    let drawn: Option<Vec<Option<(Fingerprint, Drawn)>>> = routes
        .par_iter()
        .map(|(route, path)| {
            if is_over() {
                return None;
            }
            let Some(page) = board.page(texts, route, path) else { return Some(None) };
            let key = board.fingerprint(&page);
            let found = memo.get(&key).unwrap_or_else(|| {
                n_drawn.fetch_add(1, Ordering::Relaxed);
                board.render(page).diagnostics.into()
            });
            Some(Some((key, found)))
        })
        .collect();
    let drawn: Vec<(Fingerprint, Drawn)> = drawn?.into_iter().flatten().collect();
    let (unkept, mut found) = late(drawn.iter().flat_map(|(_, found)| found.iter().cloned()), blueprint, texts, rules);
    found.extend(unkept);
    Some(TriedOut { found, n_drawn: n_drawn.into_inner(), drawn: drawn.into_iter().collect() })
}

/// What was found while pages were drawn, each once: of rules, and of the rest.
fn late(
    drawn: impl Iterator<Item = Diagnostic>,
    blueprint: &Blueprint,
    texts: &Contents,
    rules: RuleLevel,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let (unkept, mut found): (Vec<_>, Vec<_>) = told_once(drawn).into_iter().partition(|one| one.code.is_rule());
    let rules = rules.of(&blueprint.config);
    let unkept = if rules == RuleLevel::Off { Vec::new() } else { unkept };
    let mut unkept = privacy::of_look(unkept, &texts.bodies, &blueprint.config);
    unkept.retain(|one| blueprint.config.severity.is_told(one));
    found.iter_mut().chain(&mut unkept).for_each(|diagnostic| apply_severity(diagnostic, &blueprint.config));
    if rules == RuleLevel::Warnings {
        unkept.iter_mut().for_each(soften);
    }
    (unkept, found)
}

/// What came of drawing every page.
#[derive(Debug)]
pub struct TriedOut {
    /// What was found on the way.
    pub found: Vec<Diagnostic>,
    /// Pages that were drawn, and not known from before.
    pub n_drawn: usize,
    drawn: Generation<Fingerprint, Drawn>,
}

/// Finds the places of diagnostics in the files that were read.
pub fn locate(diagnostics: Vec<Diagnostic>, fs: &dyn FileSystem, sources: &Sources) -> Vec<Found> {
    resolve(diagnostics, &|path| text_of(fs, sources, path))
}

/// Gives a diagnostic the severity that the settings ask for.
fn apply_severity(diagnostic: &mut Diagnostic, config: &Config) {
    // A closed vocabulary was asked for by name: a general setting does not undo it.
    let is_closed = config.closed_vocabulary && diagnostic.severity == Severity::Error;
    if let Some(severity) = config.severity.get(diagnostic.code).filter(|_| !is_closed) {
        diagnostic.severity = severity;
    }
}

/// Files that say what the site is about: a folder without any is no site.
fn n_sources(sources: &Sources) -> usize {
    let settings = usize::from(sources.get(&ContentPath::new(CONFIG_PATH)).is_some());
    settings + sources.under("content").count()
}

/// The text of a file that a diagnostic is about, for positions and excerpts.
fn text_of(fs: &dyn FileSystem, sources: &Sources, path: &ContentPath) -> Option<Arc<[u8]>> {
    match sources.get(path) {
        Some(file) => file.bytes_again(fs),
        None => site_theme::built_in_file(path),
    }
}
