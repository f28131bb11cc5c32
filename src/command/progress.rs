//! [`Bar`]: how far a run has come, shown when it takes more than a second and somebody watches.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::lang::Lang;
use crate::pipeline::Stage;
use crate::texts::Texts;

/// A run of less than that is over before a bar could be read.
const PATIENCE: Duration = Duration::from_secs(1);

/// A progress bar on the error stream, or nothing.
pub(super) struct Bar {
    // The stage told last; the bar itself once it is shown. Many threads tell of their progress.
    shown: Option<Mutex<Shown>>,
    lang: Lang,
}

struct Shown {
    began: Instant,
    stage: Option<Stage>,
    bar: Option<ProgressBar>,
}

impl Bar {
    pub(super) fn new(is_watched: bool, lang: Lang) -> Self {
        let shown = Shown { began: Instant::now(), stage: None, bar: None };
        Self { shown: is_watched.then(|| Mutex::new(shown)), lang }
    }

    /// Shows that `done` of `all` pieces of a stage are made; none of none for a stage without pieces.
    pub(super) fn show(&self, stage: Stage, done: usize, all: usize) {
        let Some(shown) = &self.shown else { return };
        // A thread that finds another one at it has nothing to add.
        let Ok(mut shown) = shown.try_lock() else { return };
        if shown.began.elapsed() < PATIENCE {
            return;
        }
        if shown.bar.is_none() {
            let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {msg}");
            let bar = ProgressBar::new(100);
            shown.bar = Some(style.map(|style| bar.clone().with_style(style)).unwrap_or(bar));
        }
        let is_new = shown.stage.replace(stage) != Some(stage);
        if let Some(bar) = &shown.bar {
            if is_new {
                bar.set_message(Texts::of(self.lang).plain("stage", stage.text_key()));
            }
            bar.set_length(all.max(1) as u64);
            bar.set_position(done as u64);
        }
    }

    /// Takes the bar off the terminal.
    pub(super) fn end(&self) {
        let Some(shown) = &self.shown else { return };
        if let Ok(mut shown) = shown.lock() {
            if let Some(bar) = shown.bar.take() {
                bar.finish_and_clear();
            }
            // What still reports its progress is not shown any more.
            shown.began = Instant::now();
        }
    }
}
