//! `brochure serve`: shows the site to browsers; with `--watch`, goes on as its files do.
//!
//! One thread looks at the files and says what was found; the server and the events have threads of their own.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::cli::{RunArgs, ServeArgs, Verbosity};
use crate::diagnostic::Severity;
use crate::file_system::FileSystem;
use crate::lang::Lang;
use crate::pipeline::{Counts, RuleLevel, StageTime};
use crate::report::Found;
use crate::report::audit::History;
use crate::serve::{Followed, Notice, Preview, Problems, Server, ServerError, Waker, Watching, Work};
use crate::source::Project;
use crate::texts::Texts;
use crate::value::Date;

use super::history;
use super::summary;
use super::terminal::Terminal;
use super::{Outcome, early_lang, has_root, named_lang, run_options, today};

/// Where events tell of changes, files are looked at so seldom all the same: for the day that changes, and for events
/// that never came.
const SELDOM: Duration = Duration::from_secs(2);
/// Where no events come.
const OFTEN: Duration = Duration::from_millis(500);
/// Looking costs no more than this part of the time.
const SHARE: u32 = 20;
/// Nothing is watched: only the end is waited for.
const LONG: Duration = Duration::from_secs(3_600);

pub(super) fn serve(args: &ServeArgs, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Outcome {
    let project = Project::new(&args.run.root);
    let lang = early_lang(&args.run, terminal);
    if !has_root(&project, lang, fs, terminal) {
        return Outcome::WrongUsage;
    }
    let waker = Waker::default();
    let mut showing = Showing {
        args: &args.run,
        history: history::for_report(fs, &project, false),
        project,
        fs,
        preview: Arc::default(),
        work: Work::new(named_lang(&args.run, terminal), waker.is_over().clone()),
        told: Arc::default(),
        is_wrong: false,
        url: String::new(),
        lang,
    };
    showing.preview.tell(|problems| problems.lang = lang);
    if let Some(outcome) = showing.begin(terminal) {
        return outcome;
    }
    let server = match Server::open(showing.preview.clone(), args.gate, args.watch) {
        Ok(server) => server,
        Err(error) => return cannot_listen(&error, args, showing.lang, terminal),
    };
    server.on_signal(waker.stopper());
    showing.welcome(&server, args, terminal);
    if args.watch {
        showing.follow_files(&server, &waker, terminal);
    } else {
        showing.try_out(terminal);
        while waker.next(LONG) != Notice::Stop {}
    }
    server.close();
    showing.say("stopped", &[], terminal);
    Outcome::Done
}

fn cannot_listen(error: &ServerError, args: &ServeArgs, lang: Lang, terminal: &mut Terminal<'_>) -> Outcome {
    match error {
        ServerError::PortsTaken(first, last) => {
            terminal.failure(lang, "ports-taken", &[("first", first.to_string()), ("last", last.to_string())]);
        }
        ServerError::Refused(reason) => {
            let address = std::net::SocketAddr::from((args.gate.host, args.gate.port));
            let parts = [("address", address.to_string()), ("reason", reason.to_string())];
            terminal.failure(lang, "cannot-listen", &parts);
        }
    }
    Outcome::MachineFailed
}

/// A preview that is under way.
struct Showing<'a> {
    args: &'a RunArgs,
    project: Project,
    fs: &'a dyn FileSystem,
    /// When files were last changed. A preview asks once: its author changes them all day.
    history: Arc<History>,
    preview: Arc<Preview>,
    work: Work,
    /// What was told last.
    told: Arc<Problems>,
    /// An error was told, and not yet that it is mended.
    is_wrong: bool,
    /// The address that was told.
    url: String,
    lang: Lang,
}

impl Showing<'_> {
    /// Looks for the first time. An outcome ends the program.
    fn begin(&mut self, terminal: &mut Terminal<'_>) -> Option<Outcome> {
        match self.look() {
            Followed::Failed(error) => {
                terminal.failure(self.lang, error.action.text_key(), &error.args());
                Some(Outcome::MachineFailed)
            }
            Followed::NoSite => {
                self.tell_found(terminal);
                let path = self.project.root.display().to_string();
                terminal.failure(self.lang, "nothing-to-build", &[("path", path)]);
                Some(Outcome::WrongUsage)
            }
            Followed::Faulty => {
                terminal.failure(self.lang, "faulty", &[]);
                Some(Outcome::MachineFailed)
            }
            Followed::Shown { .. } | Followed::Same => {
                self.tell_found(terminal);
                None
            }
        }
    }

    fn look(&mut self) -> Followed {
        let options = run_options(self.args, RuleLevel::Warnings, self.history.clone());
        let followed = self.preview.follow(&mut self.work, self.fs, &self.project, &options);
        self.lang = self.preview.problems().lang;
        followed
    }

    fn welcome(&mut self, server: &Server, args: &ServeArgs, terminal: &mut Terminal<'_>) {
        let (asked, got) = (args.gate.port, server.address().port());
        if asked != 0 && asked != got {
            self.warn("port-taken", &[("port", asked.to_string()), ("other", got.to_string())], terminal);
        }
        if !args.gate.host.is_loopback() {
            self.warn("open-to-others", &[], terminal);
        }
        self.url = server.url(&self.preview.base_path());
        let url = [("url", self.url.clone())];
        self.always_say(if args.watch { "following" } else { "ready" }, &url, terminal);
        self.say("stop", &[], terminal);
        if args.open
            && let Err(error) = open::that_detached(&self.url)
        {
            self.warn("cannot-open", &[("reason", error.to_string()), ("url", self.url.clone())], terminal);
        }
    }

    /// Says the address once more when the settings have given the site another path.
    fn tell_move(&mut self, server: &Server, terminal: &mut Terminal<'_>) {
        let url = server.url(&self.preview.base_path());
        if url != self.url {
            self.always_say("following", &[("url", url.clone())], terminal);
            self.url = url;
        }
    }

    /// Goes on as the files do, until the end.
    fn follow_files(&mut self, server: &Server, waker: &Waker, terminal: &mut Terminal<'_>) {
        let preview = self.preview.clone();
        let root = self.fs.canonicalise(&self.project.root).unwrap_or_else(|_| self.project.root.clone());
        let mut events = Events::begin(waker, root, move || preview.await_change());
        self.watch(&mut events, terminal);
        // What happened before the folders were watched.
        let mut last = self.go_on(terminal);
        loop {
            if !self.work.is_tried() {
                self.try_out(terminal);
            }
            let notice = waker.next(events.patience());
            if notice == Notice::Stop {
                return;
            }
            if let Notice::Changed(gone) = &notice {
                events.forget(gone);
            }
            let is_new_day = events.is_new_day(self.args.date.unwrap_or_else(today));
            let began = Instant::now();
            let now = self.go_on(terminal);
            let is_told = notice != Notice::Tick || waker.is_over().load(Ordering::SeqCst);
            match now {
                Step::Same => events.looked(began.elapsed()),
                // Only a site that was there before can have changed unheard.
                Step::Changed if !is_told && !is_new_day && last != Step::Stayed => events.missed(),
                Step::Changed | Step::Stayed => {}
            }
            last = now;
            // Folders that are new were not watched while they were filled.
            while self.watch(&mut events, terminal) {
                last = self.go_on(terminal);
            }
            self.tell_move(server, terminal);
        }
    }

    /// Watches the folders that were read. True when some of them are new.
    fn watch(&self, events: &mut Events, terminal: &mut Terminal<'_>) -> bool {
        // After a fault nothing is known of them, and those of before are as good.
        let is_new = !self.work.folders().is_empty() && events.set(self.work.folders());
        if let Some((key, reason)) = events.news() {
            let time = summary::seconds(events.patience(), Texts::of(self.lang));
            self.warn(key, &[("reason", reason), ("time", time)], terminal);
        }
        is_new
    }

    /// Looks once more, and says what has become of the site.
    fn go_on(&mut self, terminal: &mut Terminal<'_>) -> Step {
        let began = Instant::now();
        match self.look() {
            Followed::Same => return Step::Same,
            Followed::Shown { counts, timings } => {
                let time = began.elapsed();
                self.tell_found(terminal);
                self.tell_shown(counts, &timings, time, terminal);
                return Step::Changed;
            }
            Followed::NoSite => {
                self.tell_found(terminal);
                let parts = [("path", self.project.root.display().to_string())];
                self.tell_failure(Texts::of(self.lang).get("serve", "no-site", &parts), terminal);
            }
            Followed::Faulty => self.tell_failure(Texts::of(self.lang).plain("failure", "faulty"), terminal),
            Followed::Failed(error) => {
                let sentence = Texts::of(self.lang).get("failure", error.action.text_key(), &error.args());
                self.tell_failure(sentence, terminal);
            }
        }
        Step::Stayed
    }

    /// Draws all pages for what may be found on the way, and says it.
    fn try_out(&mut self, terminal: &mut Terminal<'_>) {
        let began = Instant::now();
        let n_drawn = self.preview.try_out(&mut self.work, self.fs);
        self.tell_found(terminal);
        if let Some(n_drawn) = n_drawn.filter(|_| self.args.verbosity == Verbosity::Verbose) {
            let time = summary::milliseconds(began.elapsed(), Texts::of(self.lang));
            self.say("tried", &[("n", n_drawn.to_string()), ("time", time)], terminal);
        }
    }

    /// Says what is wrong, unless it was said already.
    fn tell_found(&mut self, terminal: &mut Terminal<'_>) {
        let problems = self.preview.problems();
        if problems.found != self.told.found {
            self.tell_all(&problems.found, terminal);
        }
        // What only drawing finds is not mended before all pages are tried out.
        if problems.has_errors() {
            self.is_wrong = true;
        } else if self.work.is_tried() && std::mem::take(&mut self.is_wrong) {
            self.say("mended", &[], terminal);
        }
        self.told = problems;
    }

    /// Says what is wrong with the files, and in one line which rules are not kept: a browser tells each on its page.
    fn tell_all(&self, found: &[Found], terminal: &mut Terminal<'_>) {
        let (rules, files): (Vec<&Found>, Vec<&Found>) = found.iter().partition(|one| one.diagnostic.code.is_rule());
        if self.args.verbosity == Verbosity::Verbose {
            return summary::diagnostics(&found.iter().collect::<Vec<_>>(), None, self.args, self.lang, terminal);
        }
        if !files.is_empty() {
            summary::diagnostics(&files, None, self.args, self.lang, terminal);
        }
        if let Some(line) = summary::rules_in_short(&rules, Texts::of(self.lang))
            && self.args.verbosity != Verbosity::Quiet
        {
            terminal.out(&line);
        }
    }

    fn tell_failure(&mut self, sentence: String, terminal: &mut Terminal<'_>) {
        if self.told.failure.as_ref() != Some(&sentence) {
            terminal.err(&sentence);
        }
        self.preview.tell(|problems| problems.failure = Some(sentence));
        self.told = self.preview.problems();
        self.is_wrong = true;
    }

    fn tell_shown(&self, counts: Counts, timings: &[StageTime], time: Duration, terminal: &mut Terminal<'_>) {
        let texts = Texts::of(self.lang);
        let is_told = |one: &&Found| self.args.verbosity == Verbosity::Verbose || !one.diagnostic.code.is_rule();
        let count =
            |severity| self.told.found.iter().filter(is_told).filter(|one| one.diagnostic.severity == severity).count();
        let mut parts =
            vec![texts.count("summary", "modules", counts.modules), texts.count("summary", "pages", counts.pages)];
        let slips = [("errors", count(Severity::Error)), ("warnings", count(Severity::Warning))];
        parts.extend(slips.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| texts.count("summary", key, n)));
        let time = summary::milliseconds(time, texts);
        self.say("shown", &[("counts", parts.join(", ")), ("time", time)], terminal);
        if self.args.verbosity == Verbosity::Verbose {
            summary::timings(timings, texts, terminal);
        }
    }

    fn say(&self, key: &str, parts: &[(&str, String)], terminal: &mut Terminal<'_>) {
        if self.args.verbosity != Verbosity::Quiet {
            self.always_say(key, parts, terminal);
        }
    }

    fn always_say(&self, key: &str, parts: &[(&str, String)], terminal: &mut Terminal<'_>) {
        terminal.out(&Texts::of(self.lang).get("serve", key, parts));
    }

    fn warn(&self, key: &str, parts: &[(&str, String)], terminal: &mut Terminal<'_>) {
        terminal.err(&Texts::of(self.lang).get("serve", key, parts));
    }
}

/// What became of one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Everything is as it was.
    Same,
    /// Another site is shown.
    Changed,
    /// There is none to show, and the last one stays.
    Stayed,
}

/// What tells of changes, and how far it can be trusted.
struct Events {
    watching: Option<Watching>,
    /// What is still to be said: why no events come.
    news: Option<(&'static str, String)>,
    is_deaf: bool,
    /// Changes that no event told of.
    n_missed: usize,
    /// What a look costs that finds nothing.
    cost: Duration,
    day: Option<Date>,
}

impl Events {
    fn begin(waker: &Waker, root: PathBuf, touched: impl Fn() + Send + 'static) -> Self {
        let (watching, news) = match Watching::begin(waker, root, touched) {
            Ok(watching) => (Some(watching), None),
            Err(error) => (None, Some(("cannot-watch", error.to_string()))),
        };
        Self { is_deaf: watching.is_none(), watching, news, n_missed: 0, cost: Duration::ZERO, day: None }
    }

    fn set(&mut self, folders: &BTreeSet<PathBuf>) -> bool {
        match self.watching.as_mut().map(|watching| watching.set(folders)) {
            Some(Ok(is_new)) => is_new,
            Some(Err(error)) => {
                self.news = Some(("cannot-watch", error.to_string()));
                (self.watching, self.is_deaf) = (None, true);
                false
            }
            None => false,
        }
    }

    fn forget(&mut self, gone: &BTreeSet<PathBuf>) {
        self.watching.iter_mut().for_each(|watching| watching.forget(gone));
    }

    /// A change was found that no event told of.
    fn missed(&mut self) {
        // Perhaps a folder is another one than it was: all are watched anew. If that does not help, none can be heard.
        self.watching.iter_mut().for_each(Watching::forget_all);
        self.n_missed += 1;
        if !self.is_deaf && self.n_missed > 1 {
            (self.is_deaf, self.news) = (true, Some(("no-events", String::new())));
        }
    }

    /// Whether the day is another one than when this was asked last.
    fn is_new_day(&mut self, today: Date) -> bool {
        self.day.replace(today).is_some_and(|last| last != today)
    }

    fn looked(&mut self, cost: Duration) {
        self.cost = cost;
    }

    fn news(&mut self) -> Option<(&'static str, String)> {
        self.news.take()
    }

    /// How long to wait for an event.
    fn patience(&self) -> Duration {
        let usual = if self.is_deaf { OFTEN } else { SELDOM };
        usual.max(self.cost.saturating_mul(SHARE))
    }
}
