//! [`Preview`]: the scene that is shown now, what is wrong with it, and whether another is on its way.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::ThreadPool;
use tokio::sync::watch;

use crate::content_path::ContentPath;
use crate::file_system::{FileError, FileSystem};
use crate::hash::Fingerprint;
use crate::lang::Lang;
use crate::output::Output;
use crate::pipeline::{Contents, Counts, Pipeline, RuleLevel, RunOptions, StageTime, locate, try_out};
use crate::report::Found;
use crate::source::Project;

use super::problems::Problems;
use super::scene::{Scene, Spot};

/// What whoever asks is answered from.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// The site; none before it could be made for the first time.
    pub(super) scene: Option<Arc<Scene>>,
    /// What is wrong.
    pub(super) problems: Arc<Problems>,
    /// Something may have changed that the scene does not show yet.
    pub(super) is_awaited: bool,
}

/// A site that is shown, and follows its sources.
#[derive(Debug)]
pub struct Preview {
    state: watch::Sender<State>,
    /// Pages are tried out here, so that those that somebody waits for find the other threads free.
    aside: Option<Arc<ThreadPool>>,
}

/// The memory of a preview between two looks at the sources.
#[derive(Debug)]
pub struct Work {
    pipeline: Pipeline,
    /// The language of messages; that of the site unless named.
    lang: Option<Lang>,
    /// The inputs of the scene that is shown.
    inputs: Option<Fingerprint>,
    /// What was found before pages were drawn.
    found: Vec<Found>,
    /// What was found while pages were drawn, last time.
    late: Vec<Found>,
    is_tried: bool,
    /// How much the rules for content counted, last time.
    rules: RuleLevel,
    /// Something has happened that was not looked at yet.
    is_over: Arc<AtomicBool>,
}

/// What became of a look at the sources.
#[derive(Debug)]
pub enum Followed {
    /// Everything is as it was.
    Same,
    /// The site of now is shown.
    Shown {
        /// What was counted.
        counts: Counts,
        /// How long each stage took.
        timings: Vec<StageTime>,
    },
    /// There is nothing that a site could be made of: the last one stays.
    NoSite,
    /// The folder cannot be read: the last site stays.
    Failed(FileError),
    /// The program itself is at fault: the last site stays, and the next look begins from nothing.
    Faulty,
}

impl Work {
    /// Nothing was looked at yet. `lang` is the language of messages; that of the site unless it is named. `is_over` is
    /// set by whoever sees that something has happened.
    pub fn new(lang: Option<Lang>, is_over: Arc<AtomicBool>) -> Self {
        Self {
            pipeline: Pipeline::lasting(),
            lang,
            inputs: None,
            found: Vec::new(),
            late: Vec::new(),
            is_tried: true,
            rules: RuleLevel::Off,
            is_over,
        }
    }

    /// The folders that were read last: what happens in them may change the site.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        self.pipeline.folders()
    }

    /// Whether every page of the scene that is shown was drawn once.
    pub fn is_tried(&self) -> bool {
        self.is_tried
    }
}

impl Default for Preview {
    fn default() -> Self {
        let n_threads = rayon::current_num_threads().saturating_sub(1).max(1);
        // Without it pages are tried out among those that somebody waits for.
        let aside = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().ok().map(Arc::new);
        Self { state: watch::Sender::default(), aside }
    }
}

impl Preview {
    /// The state of now, and of later.
    pub(super) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Says that something may have changed: whoever asks from now on waits for the next scene.
    pub fn await_change(&self) {
        self.state.send_if_modified(|state| !std::mem::replace(&mut state.is_awaited, true));
    }

    /// Looks at the sources, and shows what has become of them.
    pub fn follow(&self, work: &mut Work, fs: &dyn FileSystem, project: &Project, options: &RunOptions) -> Followed {
        let looked = catch_unwind(AssertUnwindSafe(|| self.look(work, fs, project, options)));
        let followed = looked.unwrap_or_else(|_| {
            // What was half done is not to be trusted.
            *work = Work::new(work.lang, work.is_over.clone());
            Followed::Faulty
        });
        // What happened while we looked is awaited still.
        self.state.send_if_modified(|state| {
            let is_over = work.is_over.load(Ordering::SeqCst);
            std::mem::replace(&mut state.is_awaited, is_over) && !is_over
        });
        followed
    }

    fn look(&self, work: &mut Work, fs: &dyn FileSystem, project: &Project, options: &RunOptions) -> Followed {
        let quiet = |_, _, _| {};
        let scanned = match work.pipeline.scan(fs, project, options, &quiet) {
            Ok(scanned) => scanned,
            Err(error) => {
                // When the folder is back, everything is looked at anew.
                work.inputs = None;
                return Followed::Failed(error);
            }
        };
        if work.inputs == Some(scanned.inputs) {
            return Followed::Same;
        }
        if scanned.is_empty() {
            work.inputs = None;
            let found = scanned.found(fs);
            self.tell(|problems| problems.found = found);
            return Followed::NoSite;
        }
        let prepared = work.pipeline.prepare(fs, scanned, options, &quiet);
        let timings = prepared.timings();
        let (blueprint, texts) = (prepared.blueprint, prepared.texts);
        let found = locate(prepared.found.into_iter().chain(prepared.unkept).collect(), fs, &texts.sources);
        let lang = work.lang.unwrap_or(blueprint.config.lang);
        work.inputs = Some(prepared.inputs);
        work.is_tried = false;
        work.rules = options.rules;
        work.found.clone_from(&found);
        // Until all pages are tried out again, what was found in a file that is as it was is likely still true.
        let before = self.state.borrow().scene.clone();
        work.late
            .retain(|one| before.as_ref().is_some_and(|before| is_same(&one.primary.file, before.texts(), &texts)));
        let found: Vec<Found> = found.into_iter().chain(work.late.iter().cloned()).collect();
        let mut last = None;
        self.state.send_modify(|state| {
            let scene = match &state.scene {
                Some(scene) => scene.next(blueprint.clone(), texts.clone()),
                None => Scene::new(blueprint.clone(), texts.clone()),
            };
            last = state.scene.replace(Arc::new(scene));
            state.problems = Arc::new(Problems { found, failure: None, lang });
        });
        // Taking a site apart takes a while: nobody waits for it.
        let _ = std::thread::Builder::new().spawn(move || drop(last));
        Followed::Shown { counts: prepared.counts, timings }
    }

    /// Draws every page of the scene, for what may be found on the way; gives up when something happens. Tells how many
    /// were drawn, and not known from before.
    pub fn try_out(&self, work: &mut Work, fs: &dyn FileSystem) -> Option<usize> {
        let scene = self.state.borrow().scene.clone()?;
        let (memo, texts, is_over) = (work.pipeline.drawn(), scene.texts().clone(), work.is_over.clone());
        let (aside, rules) = (self.aside.clone(), work.rules);
        let tried = scene.studio().ask(move |boards| {
            let all =
                || try_out(&memo, &boards.own, boards.blueprint, &texts, rules, &|| is_over.load(Ordering::Relaxed));
            match aside {
                Some(pool) => pool.install(all),
                None => all(),
            }
        });
        let tried = tried.recv().ok().flatten()?;
        let late = locate(tried.found.clone(), fs, &scene.texts().sources);
        let n_drawn = tried.n_drawn;
        work.pipeline.note_tried(tried);
        work.is_tried = true;
        work.late = late;
        let found: Vec<Found> = work.found.iter().chain(&work.late).cloned().collect();
        if found != self.problems().found {
            self.tell(|problems| problems.found = found);
        }
        Some(n_drawn)
    }

    /// What stands at an address below the site's root (`modules/x/`), as a build writes it; none where there is nothing,
    /// or what is there cannot be drawn.
    pub fn shown(&self, address: &str) -> Option<Output> {
        let scene = self.state.borrow().scene.clone()?;
        match scene.at(address) {
            Spot::Here(route, path) => scene.draw(route, path)?.output.clone(),
            Spot::LookFile(bytes) => Some(Output::new(bytes)),
            Spot::Folder | Spot::Nothing => None,
        }
    }

    /// The path of everything that the site has, as a build writes it.
    pub fn paths(&self) -> Vec<Arc<str>> {
        let scene = self.state.borrow().scene.clone();
        scene.iter().flat_map(|scene| scene.blueprint().table.iter()).map(|(_, path)| path.public_path()).collect()
    }

    /// What is wrong now.
    pub fn problems(&self) -> Arc<Problems> {
        self.state.borrow().problems.clone()
    }

    /// Changes what is told.
    pub fn tell(&self, change: impl FnOnce(&mut Problems)) {
        self.state.send_modify(|state| change(Arc::make_mut(&mut state.problems)));
    }

    /// The path below which the site stands: `/`, or that of its public address.
    pub fn base_path(&self) -> String {
        self.state.borrow().base_path().to_owned()
    }
}

/// Whether a file has the same bytes in both.
fn is_same(file: &ContentPath, before: &Contents, now: &Contents) -> bool {
    let hash = |contents: &Contents| contents.sources.get(file).map(|file| file.hash);
    hash(before) == hash(now)
}

impl State {
    /// The path below which the site stands, with a `/` on both sides.
    pub(super) fn base_path(&self) -> &str {
        let scene = self.scene.as_deref();
        scene.and_then(|scene| scene.blueprint().config.base_url.as_ref()).map_or("/", |base| base.path())
    }
}
