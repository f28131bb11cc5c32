//! The words in which tests speak: take a site, build it, look at what came out, change a file, build again.
//!
//! A [`TestSite`] is a folder in memory. A [`Built`] is what one run made of it. Both chain.

use std::path::{Path, PathBuf};

use brochure::config::BaseUrl;
use brochure::diagnostic::Severity;
use brochure::file_system::{FileSystem, Memory};
use brochure::output::{Gathered, Site};
use brochure::pipeline::{Pipeline, RuleLevel, Run, RunOptions};
use brochure::source::Project;
use brochure::value::Date;
use rayon::ThreadPool;

/// The day of tests that are not about days.
pub(crate) const DAY: &str = "2026-11-24";

/// Where a site in memory stands.
const ROOT: &str = "/site";

/// A site in memory.
#[derive(Default)]
pub(crate) struct TestSite {
    files: Memory,
    drafts: bool,
    no_search: bool,
    rules: bool,
    base_url: Option<BaseUrl>,
}

/// What a run made.
pub(crate) struct Built(pub(crate) Whole);

/// A run, and all that it handed over.
pub(crate) struct Whole {
    pub(crate) run: Run,
    pub(crate) site: Site,
}

impl std::ops::Deref for Whole {
    type Target = Run;

    fn deref(&self) -> &Run {
        &self.run
    }
}

/// The folder of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the fixture site `name`.
pub(crate) fn fixture(name: &str) -> PathBuf {
    repository().join("tests/fixtures/sites").join(name)
}

/// Every file below a folder of the disk, by its path below it, in order.
pub(crate) fn files_below(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.push((below, path));
            }
        }
    }
    found.sort();
    found
}

impl TestSite {
    /// A site of these files.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let site = Self::default();
        // A folder without anything is still a folder.
        site.files.create_folders(Path::new(ROOT)).expect("made");
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    /// The fixture site `name`.
    pub(crate) fn from_fixture(name: &str) -> Self {
        let site = Self::of(&[]);
        site.load(&fixture(name), "");
        site
    }

    /// The brochure that this repository brings along.
    pub(crate) fn shipped() -> Self {
        let site = Self::of(&[]);
        site.write("brochure.yaml", std::fs::read(repository().join("brochure.yaml")).expect("settings"));
        for folder in ["content", "assets"] {
            site.load(&repository().join(folder), &format!("{folder}/"));
        }
        site
    }

    /// Shows drafts.
    pub(crate) fn with_drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// Looks at the rules for content as `check` does.
    pub(crate) fn with_rules(mut self) -> Self {
        self.rules = true;
        self
    }

    /// Leaves the search of words out.
    pub(crate) fn without_search(mut self) -> Self {
        self.no_search = true;
        self
    }

    /// Builds for another address than the settings name.
    pub(crate) fn with_base_url(mut self, url: &str) -> Self {
        self.base_url = Some(BaseUrl::parse(url).expect("an address"));
        self
    }

    /// Puts the files of a folder of the disk below `prefix`, over what stands there.
    pub(crate) fn load(&self, folder: &Path, prefix: &str) {
        for (below, path) in files_below(folder) {
            self.write(&format!("{prefix}{below}"), std::fs::read(path).expect("read"));
        }
    }

    /// Writes a file, whatever stood there.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        self.files.put(at(path), bytes);
        self
    }

    /// Replaces words of a file, which must be there.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) -> &Self {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old:?}");
        self.write(path, text.replace(old, new))
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) -> &Self {
        assert!(self.has(path), "{path} is not there");
        self.files.remove_file(&at(path)).expect("removed");
        self
    }

    /// Gives a file another name.
    pub(crate) fn rename(&self, from: &str, to: &str) -> &Self {
        let text = self.read(from);
        self.remove(from).write(to, text)
    }

    /// The paths of all files, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        let below = |path: &PathBuf| path.strip_prefix(ROOT).expect("below the root").to_string_lossy().into_owned();
        self.files.files().keys().map(below).collect()
    }

    /// Whether the file is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.metadata(&at(path)).expect("asked").is_some()
    }

    /// The text of a file.
    pub(crate) fn read(&self, path: &str) -> String {
        let bytes = self.files.read(&at(path), u64::MAX).unwrap_or_else(|error| panic!("{error}"));
        String::from_utf8(bytes).expect("text")
    }

    /// Writes the site's files into a folder of the disk.
    pub(crate) fn copy_to(&self, folder: &Path) {
        for (path, bytes) in self.files.files() {
            let target = folder.join(path.strip_prefix(ROOT).expect("below the root"));
            std::fs::create_dir_all(target.parent().expect("a folder")).expect("made");
            std::fs::write(target, bytes).expect("written");
        }
    }

    /// Builds on a day; nothing may be wrong with the content.
    pub(crate) fn build(&self, day: &str) -> Built {
        let built = self.attempt(day);
        assert!(!built.0.has_errors(), "errors:\n{}", built.diagnostics());
        built
    }

    /// Builds on a day, whatever is found.
    pub(crate) fn attempt(&self, day: &str) -> Built {
        Built(run(&self.files, &self.options(day)))
    }

    /// The folder, for whoever works on it without a build.
    pub(crate) fn files(&self) -> &Memory {
        &self.files
    }

    /// The same on the threads of `pool`.
    pub(crate) fn attempt_in(&self, pool: &ThreadPool, day: &str) -> Built {
        let (files, options) = (self.files.clone(), self.options(day));
        Built(pool.install(|| run(&files, &options)))
    }

    /// What a run on a day is asked for.
    pub(crate) fn options(&self, day: &str) -> RunOptions {
        let today: Date = day.parse().expect("a day");
        RunOptions {
            today,
            drafts: self.drafts,
            strict: false,
            search: !self.no_search,
            rules: if self.rules { RuleLevel::Full } else { RuleLevel::Off },
            base_url: self.base_url.clone(),
            sheets: false,
            report: false,
            since: None,
            history: Default::default(),
        }
    }
}

fn run(files: &Memory, options: &RunOptions) -> Whole {
    let mut outlet = Gathered::default();
    let run = Pipeline::once().run(files, &project(), options, &mut outlet, &|_, _, _| {});
    Whole { run: run.expect("the folder can be read"), site: outlet.into_site() }
}

/// The folders of every site in memory.
pub(crate) fn project() -> Project {
    Project::new(ROOT)
}

fn at(path: &str) -> PathBuf {
    Path::new(ROOT).join(path)
}

impl Built {
    /// The bytes of an output, which must be there.
    pub(crate) fn bytes(&self, path: &str) -> &[u8] {
        let output = self.0.site.outputs.get(path);
        &output.unwrap_or_else(|| panic!("{path} is not among\n{}", self.paths().join("\n"))).bytes
    }

    /// The text of an output.
    pub(crate) fn text(&self, path: &str) -> &str {
        std::str::from_utf8(self.bytes(path)).expect("text")
    }

    /// What is packed in an output that a search reads.
    pub(crate) fn unpacked(&self, path: &str) -> Vec<u8> {
        let mut unpacked = Vec::new();
        let mut packed = flate2::read::GzDecoder::new(self.bytes(path));
        std::io::Read::read_to_end(&mut packed, &mut unpacked).expect("gzip");
        unpacked
    }

    /// The text of the only output whose path starts and ends so: a name with a hash in it.
    pub(crate) fn hashed(&self, start: &str, end: &str) -> &str {
        let paths = self.paths();
        let mut found = paths.iter().filter(|path| path.starts_with(start) && path.ends_with(end));
        let path = found.next().unwrap_or_else(|| panic!("no {start}…{end}"));
        assert_eq!(found.next(), None, "{start}…{end} is not one file");
        self.text(path)
    }

    /// The paths of all outputs.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.0.site.outputs.keys().map(AsRef::as_ref).collect()
    }

    /// What was found, a line each: where, how grave, what.
    pub(crate) fn diagnostics(&self) -> String {
        let lines = self.0.found.iter().map(|found| {
            let (at, what) = (&found.primary, &found.diagnostic);
            let values: Vec<String> = what.args.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
            let severity = what.severity.as_str();
            format!("{}:{}:{} {severity} {}{}\n", at.file, at.line, at.column, what.code, values.concat())
        });
        lines.collect()
    }

    /// Expects these paths among the outputs.
    pub(crate) fn expect_pages(&self, paths: &[&str]) -> &Self {
        for path in paths {
            self.bytes(path);
        }
        self
    }

    /// Expects none of these paths among the outputs.
    pub(crate) fn expect_absent(&self, paths: &[&str]) -> &Self {
        for path in paths {
            assert!(!self.0.site.outputs.contains_key(*path), "{path} should not be there");
        }
        self
    }

    /// Expects an output to say this.
    pub(crate) fn contains(&self, path: &str, words: &str) -> &Self {
        assert!(self.text(path).contains(words), "{path} does not say {words:?}:\n{}", self.text(path));
        self
    }

    /// Expects an output not to say this.
    pub(crate) fn lacks(&self, path: &str, words: &str) -> &Self {
        assert!(!self.text(path).contains(words), "{path} says {words:?}:\n{}", self.text(path));
        self
    }

    /// Expects just these codes, each as often as it was found; remarks ("info") do not count.
    pub(crate) fn expect_codes(&self, codes: &[&str]) -> &Self {
        let counted = self.0.found.iter().filter(|found| found.diagnostic.severity != Severity::Info);
        let mut found: Vec<&str> = counted.map(|found| found.diagnostic.code.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, codes, "{}", self.diagnostics());
        self
    }
}
