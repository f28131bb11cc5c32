//! THE test: whatever is edited, a preview shows what a clean build of the same files makes, byte for byte.
//!
//! Random scripts of edits are played on files in memory. After each, every address is asked for and compared with a
//! new build in which a broken file counts as it was when it had no error, and every address that is gone has to be
//! gone. `PROPTEST_CASES` sets the number of scripts (64 without it); the smallest failing script is printed. A bug fix
//! brings its script: see [`scripts_that_once_failed`]. The counters are asserted as well, since a memo that never
//! answers is also always right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use brochure::config::{Config as Settings, read_config};
use brochure::diagnostic::{Diagnostic, Severity};
use brochure::document::{is_document, parse};
use brochure::output::Output;
use brochure::report::Found;
use brochure::serve::{Followed, Preview, Work};
use brochure::site_theme::{BUILT_IN, load, look_files};
use brochure::source::{ContentPath, SourceFile, Sources};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::driver::{Built, TestSite, project};
use crate::edits::{Edit, Play, Setting, Word, edit};

/// What a script is played before.
struct Watched {
    play: Play,
    preview: Preview,
    work: Work,
    good: Good,
    /// Every address that the site ever had.
    known: BTreeSet<Arc<str>>,
}

/// What the last look at the files cost.
#[derive(Debug, PartialEq, Eq)]
struct Cost {
    parsed: usize,
    drawn: usize,
}

/// The last versions of files without an error, as the test knows them: by reading each file alone.
#[derive(Default)]
struct Good {
    files: BTreeMap<String, String>,
    look: Option<Look>,
    /// The last look with which every page could be drawn.
    proven: Option<Look>,
}

/// The files of a look, by their path in it.
type Look = BTreeMap<String, String>;

impl Watched {
    fn begin() -> Self {
        let mut watched = Self {
            play: Play::start(),
            preview: Preview::default(),
            work: Work::new(None, Arc::new(AtomicBool::new(false))),
            good: Good::default(),
            known: BTreeSet::new(),
        };
        watched.compare().expect("the same");
        watched
    }

    /// Has the preview look at the files.
    fn look(&mut self) -> Result<Cost, String> {
        let options = self.play.site.options(&self.play.day());
        let files = self.play.site.files();
        let parsed = match self.preview.follow(&mut self.work, files, &project(), &options) {
            Followed::Same => 0,
            Followed::Shown { counts, .. } => counts.parsed,
            other => return Err(format!("{other:?}")),
        };
        let drawn = if self.work.is_tried() { 0 } else { self.preview.try_out(&mut self.work, files).unwrap_or(999) };
        Ok(Cost { parsed, drawn })
    }

    /// Fails when the preview shows something else than a clean build would make.
    fn compare(&mut self) -> Result<Cost, String> {
        let cost = self.look()?;
        let (expected, broken) = self.good.build(&self.play);
        let paths: BTreeSet<Arc<str>> = self.preview.paths().into_iter().collect();
        for path in &paths {
            let shown = self.preview.shown(path).map(|output| output.bytes);
            let built = expected.get(path).map(|output| output.bytes.clone());
            if shown != built {
                let text = |bytes: Option<Arc<[u8]>>| bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                return Err(different(path, text(shown), text(built)));
            }
        }
        if let Some(path) = expected.keys().find(|path| !paths.contains(*path)) {
            return Err(format!("{path} is built and not shown"));
        }
        let gone = self
            .known
            .iter()
            .find(|path| !paths.contains(*path) && !path.starts_with("static/") && self.preview.shown(path).is_some());
        if let Some(path) = gone {
            return Err(format!("{path} is shown and not built"));
        }
        self.known.extend(paths);
        self.compare_problems(&broken)?;
        Ok(cost)
    }

    /// What is told is what a build of the files as they are tells; about broken ones at least that they are.
    fn compare_problems(&self, broken: &BTreeSet<String>) -> Result<(), String> {
        let found = &self.preview.problems().found;
        let is_error = |path: &str| {
            let of_file = found.iter().filter(|one| one.primary.file.as_str().starts_with(path));
            of_file.into_iter().any(|one| one.diagnostic.severity == Severity::Error)
        };
        if let Some(path) = broken.iter().find(|path| !is_error(path)) {
            return Err(format!("nothing is said about {path}, which is broken"));
        }
        let built = self.play.site.attempt(&self.play.day()).0;
        // A build tells the rules by themselves, a preview in one list with the rest.
        let told = |found: &mut dyn Iterator<Item = &Found>| {
            found.map(|one| format!("{one:#?}")).collect::<BTreeSet<String>>()
        };
        let (told, expected) = (told(&mut found.iter()), told(&mut built.run.all()));
        if broken.is_empty() && told != expected {
            return Err(format!("told {told:#?}\ninstead of {expected:#?}"));
        }
        Ok(())
    }

    /// Makes an edit, and compares.
    fn edit(&mut self, edit: &Edit) -> Result<Cost, String> {
        self.play.edit(edit);
        self.compare()
    }
}

fn different(path: &str, shown: Option<String>, built: Option<String>) -> String {
    match (shown, built) {
        (Some(shown), Some(built)) => {
            let lines = shown.lines().zip(built.lines()).find(|(one, two)| one != two);
            format!("{path} shows and was built as {lines:?}")
        }
        (shown, built) => format!("{path} is shown: {}, is built: {}", shown.is_some(), built.is_some()),
    }
}

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile::new(ContentPath::new(path), text.as_bytes())
}

fn is_broken(found: &[Diagnostic], settings: &Settings) -> bool {
    let severity = |one: &Diagnostic| settings.severity.get(one.code).unwrap_or(one.severity);
    found.iter().any(|one| severity(one) == Severity::Error)
}

impl Good {
    /// What a clean build makes of the files, with the last good version in place of each that is broken; and which are.
    fn build(&mut self, play: &Play) -> (BTreeMap<Arc<str>, Output>, BTreeSet<String>) {
        let site = TestSite::of(&[]);
        for path in play.site.paths() {
            site.write(&path, play.site.read(&path));
        }
        let mut broken = BTreeSet::new();
        let paths = play.site.paths();
        self.files.retain(|path, _| paths.contains(path));
        let own = |path: &str| site.has(path).then(|| source(path, &site.read(path)));
        let read = read_config(own("brochure.yaml").as_ref());
        let mut settings = read.value;
        if read.diagnostics.iter().any(|one| one.severity == Severity::Error) {
            broken.insert("brochure.yaml".to_owned());
            if let Some(good) = self.files.get("brochure.yaml") {
                site.write("brochure.yaml", good);
                settings = read_config(own("brochure.yaml").as_ref()).value;
            }
        } else if site.has("brochure.yaml") {
            self.files.insert("brochure.yaml".to_owned(), site.read("brochure.yaml"));
        }
        for path in paths.iter().filter(|path| is_document(&ContentPath::new(path))) {
            let text = site.read(path);
            if is_broken(&parse(&source(path, &text), settings.parse_options()).diagnostics, &settings) {
                broken.insert(path.clone());
                self.files.get(path).into_iter().for_each(|good| {
                    site.write(path, good);
                });
            } else {
                self.files.insert(path.clone(), text);
            }
        }
        self.stand_in_for_look(&site, &settings, &mut broken);
        let built = site.attempt(&play.day());
        let outputs = self.with_proven_look(&site, &settings, built, &play.day(), &mut broken);
        (outputs, broken)
    }

    fn stand_in_for_look(&mut self, site: &TestSite, settings: &Settings, broken: &mut BTreeSet<String>) {
        let folder = format!("themes/{}", settings.look.as_deref().unwrap_or(BUILT_IN));
        let sources: Sources = site.paths().iter().map(|path| source(path, &site.read(path))).collect();
        let files = look_files(&sources, settings).value;
        if load(&files, settings, "").diagnostics.iter().any(|one| one.severity == Severity::Error) {
            broken.insert(folder.clone());
            if let Some(good) = &self.look {
                put_look(site, &folder, good);
            }
        } else {
            self.look = Some(look_in(site, &folder));
        }
    }

    /// The outputs of a build, those that its look cannot draw by the last look that drew all.
    fn with_proven_look(
        &mut self,
        site: &TestSite,
        settings: &Settings,
        built: Built,
        day: &str,
        broken: &mut BTreeSet<String>,
    ) -> BTreeMap<Arc<str>, Output> {
        let folder = format!("themes/{}", settings.look.as_deref().unwrap_or(BUILT_IN));
        let is_undrawn = |one: &Found| {
            one.diagnostic.code.as_str() == "template-error" && one.diagnostic.severity == Severity::Error
        };
        let mut outputs = built.0.site.outputs;
        if !built.0.run.found.iter().any(is_undrawn) {
            self.proven = Some(look_in(site, &folder));
            return outputs;
        }
        broken.insert(folder.clone());
        let own = look_in(site, &folder);
        // The last look that drew all pages; where that is the one that fails now, the built-in one.
        let proven = self.proven.clone().filter(|proven| *proven != own);
        if proven.is_some() || !own.is_empty() {
            put_look(site, &folder, &proven.unwrap_or_default());
            for (path, output) in site.attempt(day).0.site.outputs {
                if path.ends_with(".html") {
                    outputs.entry(path).or_insert(output);
                }
            }
        }
        outputs
    }
}

fn look_in(site: &TestSite, folder: &str) -> Look {
    let start = format!("{folder}/");
    let files = site.paths().into_iter().filter(|path| path.starts_with(&start));
    files.map(|path| (path[start.len()..].to_owned(), site.read(&path))).collect()
}

fn put_look(site: &TestSite, folder: &str, look: &Look) {
    for name in look_in(site, folder).keys() {
        site.remove(&format!("{folder}/{name}"));
    }
    for (name, text) in look {
        site.write(&Path::new(folder).join(name).to_string_lossy(), text);
    }
}

/// Makes the edits of a script one after the other, with a comparison after each.
fn play(script: &[Edit]) -> Result<(), String> {
    let mut watched = Watched::begin();
    for (n, edit) in script.iter().enumerate() {
        watched.edit(edit).map_err(|message| format!("after edit {n}, {edit:?}: {message}"))?;
    }
    // Nothing was changed since: nothing is done.
    let cost = watched.look()?;
    if cost == (Cost { parsed: 0, drawn: 0 }) { Ok(()) } else { Err(format!("nothing changed, at a cost of {cost:?}")) }
}

#[test]
fn any_script_of_edits_shows_what_a_clean_build_makes() {
    // The environment may ask for more; nothing is written beside the sources.
    let cases = Config::default().cases;
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { cases } else { 64 };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let scripts = proptest::collection::vec(edit(), 1..12);
    let outcome = TestRunner::new(config).run(&scripts, |script| play(&script).map_err(TestCaseError::fail));
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// What one edit costs on a site that was looked at before: documents parsed, pages drawn.
fn cost_of(edit: impl for<'a> FnOnce(&'a TestSite) -> &'a TestSite) -> (usize, usize) {
    let mut watched = Watched::begin();
    edit(&watched.play.site);
    let cost = watched.compare().expect("the same");
    (cost.parsed, cost.drawn)
}

#[test]
fn only_what_an_edit_concerns_is_done_again() {
    let n_outputs = Play::start().site.attempt("2026-11-24").0.site.outputs.len();
    assert_eq!(cost_of(|site| site), (0, 0), "nothing changed");
    let (module, page) = ("content/modules/m1.md", "content/pages/page.md");
    assert_eq!(cost_of(|site| site.edit(page, "Du texte", "Un texte")), (1, 1), "the body of a plain page");
    // Its first paragraph is also the summary on cards; what comes after it stands on the module's own sheet only.
    assert_eq!(cost_of(|site| site.edit(module, "- Oui", "- Non")), (1, 1), "the objectives of a module");
    let (parsed, drawn) = cost_of(|site| site.edit(module, "Premier", "Dernier"));
    assert!(parsed == 1 && (2..n_outputs).contains(&drawn), "the title of a module: {parsed}, {drawn}");
    assert_eq!(cost_of(|site| site.write("assets/y.svg", "<svg/>")), (0, 1), "one more file");
    let (parsed, drawn) = cost_of(|site| site.edit("themes/petit/styles/_own.scss", "red", "blue"));
    assert!(parsed == 0 && drawn > 3, "a style sheet has a new name on every page: {drawn}");
}

/// A script for each bug that was found.
#[test]
fn scripts_that_once_failed() {
    let broken = |of_module| Edit::Template(of_module, Some(Word::Marked));
    let scripts = [
        // The same broken files under another name: messages must name the file that is there now.
        vec![broken(false), Edit::CopyLook, Edit::Setting(Setting::Look(false))],
        vec![Edit::Style(Some(Word::Marked)), Edit::CopyLook, Edit::Setting(Setting::Look(false))],
        // The same page from a file of another name.
        vec![broken(true), Edit::Slug(0, Some(1)), Edit::RenameModule(0, 4)],
    ];
    for script in scripts {
        if let Err(message) = play(&script) {
            panic!("{script:?}: {message}");
        }
    }
}
