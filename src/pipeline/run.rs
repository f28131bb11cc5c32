//! [`Run`], what a run has found and counted, and what it is asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::config::{BaseUrl, Config};
use crate::diagnostic::{Diagnostic, Severity};
use crate::hash::Fingerprint;
use crate::lang::Lang;
use crate::output::Output;
use crate::register::{Changes, Register};
use crate::report::audit::History;
use crate::report::{Found, in_order};
use crate::rules::Assessment;
use crate::value::Date;

/// What a run is asked for, beside the site's folder.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// "Today".
    pub today: Date,
    /// Drafts are shown.
    pub drafts: bool,
    /// The words of the site can be searched for.
    pub search: bool,
    /// Warnings keep a site from being published, as errors do.
    pub strict: bool,
    /// How much the rules for content count.
    pub rules: RuleLevel,
    /// In place of the settings' own.
    pub base_url: Option<BaseUrl>,
    /// What the rules say of each sheet is asked for, even where an earlier run has made the same site.
    pub sheets: bool,
    /// The report is asked for as a file of its own.
    pub report: bool,
    /// What an earlier site said, to be compared with.
    pub since: Option<Since>,
    /// When files were last changed: shown in reports.
    pub history: Arc<History>,
}

/// An earlier site that this one is compared with.
#[derive(Clone, Debug)]
pub struct Since {
    /// What it said.
    pub register: Arc<Register>,
    /// It is another than the one that stands in the output folder: what an earlier run noted says nothing about it.
    pub is_named: bool,
}

/// How much the rules for content count in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleLevel {
    /// They are not looked at.
    Off,
    /// They are told, and none is graver than a warning.
    Warnings,
    /// They are as grave as they are.
    Full,
}

impl RuleLevel {
    /// How much they count for a site, which may not want them.
    pub(super) fn of(self, config: &Config) -> Self {
        if config.rules.on { self } else { Self::Off }
    }
}

impl RunOptions {
    /// Whether what was found keeps the site from being published.
    pub fn is_stopped_by(&self, diagnostics: &[Diagnostic]) -> bool {
        diagnostics.iter().any(|diagnostic| self.stops(diagnostic.severity))
    }

    fn stops(&self, severity: Severity) -> bool {
        severity == Severity::Error || self.strict && severity == Severity::Warning
    }
}

/// What a run has found. Its outputs went to the outlet.
#[derive(Debug)]
pub struct Run {
    /// The digest of everything that the site is made from.
    pub inputs: Fingerprint,
    /// What was found in the files, in their order and that of places: what cannot be read, or would be wrong.
    pub found: Vec<Found>,
    /// Which rules for content are not kept, in the same order.
    pub unkept: Vec<Found>,
    /// What the rules say of each sheet. None where the run was not made.
    pub assessment: Option<Arc<Assessment>>,
    /// What the site says, to be compared with later. None where the run was not made.
    pub register: Option<Register>,
    /// What is another since the site that it was compared with.
    pub changes: Option<Arc<Changes>>,
    /// The report as a file of its own, where it was asked for.
    pub report: Option<Output>,
    /// What was counted.
    pub counts: Counts,
    /// How long each stage took.
    pub timings: Vec<StageTime>,
    /// The next day on which a build would give something else.
    pub next_change: Option<Date>,
    /// The language of the site.
    pub lang: Lang,
    /// Whether the outputs were made, or stood there already.
    pub what: Use,
}

/// What became of the inputs of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The site was made of them, and handed to the outlet.
    Made,
    /// An earlier run had the same, and its site still stands: nothing was made.
    Remembered,
}

impl Run {
    /// Whether anything found keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether anything found keeps the site from being published, under these options.
    pub fn is_stopped(&self, options: &RunOptions) -> bool {
        self.all().any(|found| options.stops(found.diagnostic.severity))
    }

    /// Everything that was found, what is wrong with the files first.
    pub fn all(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().chain(&self.unkept)
    }

    /// Everything that was found, in the order of files and places.
    pub fn in_order(&self) -> Vec<&Found> {
        in_order(self.all())
    }

    /// Adds what was left to do once everything was handed over to the time of publishing.
    pub fn count_publishing(&mut self, time: Duration) {
        match self.timings.iter_mut().find(|timing| timing.stage == Stage::Publish) {
            Some(timing) => {
                timing.wall += time;
                timing.work += time;
            }
            None => self.timings.push(StageTime { stage: Stage::Publish, wall: time, work: time }),
        }
    }

    /// How many diagnostics of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.all().filter(|found| found.diagnostic.severity == severity).count()
    }
}

/// What was counted in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that the site is made from.
    pub sources: usize,
    /// Modules that have a page.
    pub modules: usize,
    /// Pages that people read.
    pub pages: usize,
    /// Documents that were parsed, and not taken from the memo.
    pub parsed: usize,
    /// Outputs that were rendered, and not taken from the memo.
    pub rendered: usize,
}

/// A stage, for timings and progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the site's folder.
    Scan,
    /// Settings, look and documents.
    Parse,
    /// The catalogue.
    Assemble,
    /// Addresses and links.
    Plan,
    /// Views and fingerprints.
    View,
    /// Outputs.
    Render,
    /// Writing what differs.
    Publish,
}

impl Stage {
    /// The key of its name in the texts.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Parse => "parse",
            Self::Assemble => "assemble",
            Self::Plan => "plan",
            Self::View => "view",
            Self::Render => "render",
            Self::Publish => "publish",
        }
    }
}

/// Is told how far a run has come: the stage, how much is done, of how much.
pub type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// How long a stage took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageTime {
    /// Which stage.
    pub stage: Stage,
    /// Its share of the time that passed.
    pub wall: Duration,
    /// The time that all threads together spent in it.
    pub work: Duration,
}

/// The time that threads spend in one stage while others are at work in the next.
#[derive(Debug, Default)]
pub(super) struct Effort(AtomicU64);

/// Counts the time until it is dropped.
pub(super) struct AtWork<'a> {
    began: Instant,
    effort: &'a Effort,
}

impl Effort {
    pub(super) fn begin(&self) -> AtWork<'_> {
        AtWork { began: Instant::now(), effort: self }
    }

    fn spent(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        let spent = u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.effort.0.fetch_add(spent, Ordering::Relaxed);
    }
}

/// Measures the stages for the summary; nothing else sees the time.
#[derive(Debug)]
pub(super) struct Clock {
    last: Instant,
    pub(super) laps: Vec<StageTime>,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    /// The end of a stage on one thread.
    pub(super) fn lap(&mut self, stage: Stage) {
        let wall = self.turn();
        self.laps.push(StageTime { stage, wall, work: wall });
    }

    /// The end of stages that ran beside each other: what passed is shared out by what each of them cost.
    pub(super) fn lap_with(&mut self, efforts: &[(Stage, Effort)]) {
        let wall = self.turn();
        let all: f64 = efforts.iter().map(|(_, effort)| effort.spent().as_secs_f64()).sum();
        for (stage, effort) in efforts {
            let work = effort.spent();
            let share = if all > 0.0 { work.as_secs_f64() / all } else { 0.0 };
            self.laps.push(StageTime { stage: *stage, wall: wall.mul_f64(share), work });
        }
    }

    fn turn(&mut self) -> Duration {
        let now = Instant::now();
        let wall = now - self.last;
        self.last = now;
        wall
    }
}
