//! What each fuzz target does with the bytes that it is given, and what must hold whatever they are.
//!
//! The suite runs the same functions over the corpora and over changes of them, so that what a fuzzer found stays found.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use brochure::config::{CONFIG_PATH, read_config};
use brochure::diagnostic::Diagnostic;
use brochure::document::{ParseOptions, RawHtml, parse};
use brochure::file_system::Memory;
use brochure::lang::Lang;
use brochure::output::{Gathered, MANIFEST_NAME, Output, Site, publish};
use brochure::pipeline::{Pipeline, RuleLevel, Run, RunOptions};
use brochure::report::frame::{FrameStyle, frame};
use brochure::report::json::{JsonReport, JsonSummary};
use brochure::report::overview::Overview;
use brochure::report::{Found, resolve};
use brochure::source::{ContentPath, Project, SourceFile};
use brochure::texts::Texts;
use brochure::typography::{Typography, french};
use brochure::value::{Date, Decimal, Duration, Price, Time, date, region, telephone};

use crate::harmless::complaints;

/// Where a site in memory stands.
const ROOT: &str = "/site";
/// The day of every run.
const DAY: &str = "2026-11-24";
/// A line that begins a file of a bundle.
const FILE: &str = "==> ";
/// A narrow window: frames have to be broken.
const NARROW: FrameStyle = FrameStyle { colour: false, width: 60 };

/// What is done with some bytes; it panics when something does not hold.
pub(crate) type Target = fn(&[u8]);

/// Every target by its name, which is the name of its corpus.
pub(crate) const TARGETS: [(&str, Target); 6] = [
    ("document", document),
    ("settings", settings),
    ("site", site),
    ("short_forms", short_forms),
    ("typography", typography),
    ("record", record),
];

/// One file of any kind, parsed: the first byte says of which folder it is, the others are the file.
pub(crate) fn document(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let folders = ["modules/", "pages/", "news/", "organisations/", "themes/", "audiences/", "regions/", ""];
    let folder = folders[usize::from(*kind) % folders.len()];
    let path = ContentPath::new(format!("content/{folder}a.md"));
    for raw_html in [RawHtml::Sanitise, RawHtml::Allow] {
        let file = SourceFile::new(path.clone(), bytes);
        let checked = parse(&file, ParseOptions { raw_html, typography: Typography::French });
        expect_told(&found(checked.diagnostics, bytes));
    }
}

/// The settings of a small site, and the site that they make.
pub(crate) fn settings(bytes: &[u8]) {
    let module = "---\ntitre: Écouter\nthèmes: [Écoute]\npublics: [Bénévoles]\nrégions: [Bretagne]\nsessions: [2027-03-02]\n\
                  ---\n\n## Objectifs\n\n- Écouter ; se taire.\n";
    expect_sound(&[
        ("brochure.yaml", bytes),
        ("content/modules/ecouter.md", module.as_bytes()),
        ("content/news/nouvelle.md", b"---\ntitre: Nouvelle\ndate: 2026-01-05\n---\nBonjour.\n"),
    ]);
}

/// A whole site: each line `==> path` begins a file.
pub(crate) fn site(bytes: &[u8]) {
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        let path = std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix(FILE));
        match (path, files.last_mut()) {
            (Some(path), _) => files.push((path.trim_end_matches('\n'), &[])),
            (None, Some((_, file))) => *file = &bytes[end - line.len() - file.len()..end],
            (None, None) => {}
        }
        at = end;
    }
    // Names that a disk can hold, and no two of which are in each other's way. A look's style may be a program that does
    // not end for hours, within its bounds; the suite has tests of its own for those.
    let mut kept: Vec<(&str, &[u8])> = Vec::new();
    for (path, file) in files {
        let is_name = path.split('/').all(|step| !matches!(step, "" | "." | "..")) && !path.contains('\0');
        let is_free = kept.iter().all(|(other, _)| !is_within(other, path) && !is_within(path, other));
        if is_name && is_free && !path.starts_with("themes/") {
            kept.push((path, file));
        }
    }
    expect_sound(&kept);
}

/// Whether `path` is `other` or below it.
fn is_within(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Every form in which a value may be written short.
pub(crate) fn short_forms(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = date::parse_date(&text);
    let duration = Duration::parse(&text);
    assert_eq!(duration.text.as_deref(), (!text.trim().is_empty()).then_some(text.trim()));
    let _ = duration.total_hours();
    if let Ok(Some(price)) = Price::parse(&text)
        && let Some(amount) = price.amount.filter(|amount| *amount < Decimal::whole(1_000_000_000))
    {
        let again = Price::parse(&amount.french_euros()).ok().flatten().and_then(|price| price.amount);
        assert_eq!(again, Some(amount), "{text:?}");
    }
    if let Some(number) = Decimal::parse(&text) {
        assert_eq!(Decimal::parse(&number.french()), Some(number), "{text:?}");
    }
    if let Some(time) = Time::parse(&text) {
        assert_eq!(Time::parse(&time.french()), Some(time), "{text:?}");
    }
    let _ = (region::region_of_name(&text), region::region_of_postcode(&text), region::departement_of_name(&text));
    if let Some(uri) = telephone::tel_uri(&text) {
        assert!(uri["tel:".len()..].chars().all(|c| c.is_ascii_digit() || c == '+'), "{uri}");
    }
    let _ = telephone::is_email(&text);
}

/// French spacing: only spaces, apostrophes and dashes change, and done twice it is done once.
pub(crate) fn typography(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let set = french(&text);
    assert_eq!(french(&set), set, "{text:?}");
    let is_set = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '–');
    let others = |text: &str| text.chars().filter(|c| !is_set(*c)).collect::<String>();
    assert_eq!(others(&text), others(&set));
}

/// What an earlier run wrote down in the output folder, damaged: the first byte says which record.
pub(crate) fn record(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let names = [MANIFEST_NAME, ".brochure-stamps.json"];
    let name = names[usize::from(*which) % names.len()];
    let site_of = |files: &[(&str, &str)]| Site {
        outputs: files.iter().map(|(path, text)| (Arc::from(*path), Output::new(text.as_bytes()))).collect(),
    };
    let memory = Memory::new();
    memory.put("/site/content/x.md", "x").put("/elsewhere/file", "elsewhere");
    let project = Project::new(ROOT);
    publish(&memory, &project, &site_of(&[("a/index.html", "a"), ("b", "b"), ("c/d/e", "e")])).expect("published");
    memory.put(format!("/site/public/{name}"), bytes);
    let new = site_of(&[("a/index.html", "A"), ("b", "b"), ("c/d", "d")]);
    // A record of megabytes or of paths that cannot be is refused; then nothing is done.
    if publish(&memory, &project, &new).is_ok() {
        for (path, output) in &new.outputs {
            let there = memory.files().get(&Path::new("/site/public").join(&**path)).cloned();
            assert_eq!(there.as_deref(), Some(&*output.bytes), "{path}");
        }
        let again = publish(&memory, &project, &new).expect("published again");
        assert_eq!((again.written, again.removed), (0, 0));
    }
    for (path, text) in [("/site/content/x.md", "x"), ("/elsewhere/file", "elsewhere")] {
        assert_eq!(memory.files().get(Path::new(path)).map(|bytes| &**bytes), Some(text.as_bytes()), "{path}");
    }
}

thread_local! {
    /// The pipeline of all runs: what is the same as in the last one is remembered.
    static WARM: RefCell<Pipeline> = RefCell::new(Pipeline::lasting());
}

/// Builds a site, twice when it can, and looks at all that came out.
fn expect_sound(files: &[(&str, &[u8])]) {
    let memory = Memory::new();
    memory.put(format!("{ROOT}/brochure.yaml"), "titre: Exemple\n");
    for (path, bytes) in files {
        memory.put(format!("{ROOT}/{path}"), bytes);
    }
    let (run, site) = WARM.with_borrow_mut(|pipeline| {
        pipeline.turn_to_another_site();
        build(&memory, pipeline)
    });
    // Who lets all HTML through has what was written.
    if !allows_all_html(files) {
        for (path, output) in &site.outputs {
            assert_eq!(complaints(path, &output.bytes), [""; 0]);
        }
    }
    expect_told(&run.found);
    // A cold run makes the look again, which takes longer than all the rest.
    if files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>().is_multiple_of(16) {
        let (cold, cold_site) = build(&memory, &mut Pipeline::once());
        assert_eq!(run.found, cold.found);
        assert!(site == cold_site, "a warm run made something else");
    }
    publish(&memory, &Project::new(ROOT), &site).expect("published");
}

fn allows_all_html(files: &[(&str, &[u8])]) -> bool {
    let settings = files.iter().find(|(path, _)| *path == CONFIG_PATH);
    let file = settings.map(|(path, bytes)| SourceFile::new(ContentPath::new(*path), *bytes));
    read_config(file.as_ref()).value.parse_options().raw_html == RawHtml::Allow
}

fn build(memory: &Memory, pipeline: &mut Pipeline) -> (Run, Site) {
    let today: Date = DAY.parse().expect("a day");
    let rules = RuleLevel::Full;
    let history = Default::default();
    let (drafts, search, report) = (true, true, true);
    let options = RunOptions {
        today,
        drafts,
        strict: false,
        search,
        rules,
        base_url: None,
        sheets: false,
        report,
        since: None,
        history,
    };
    let mut outlet = Gathered::default();
    let run = pipeline.run(memory, &Project::new(ROOT), &options, &mut outlet, &|_, _, _| {});
    (run.expect("the folder can be read"), outlet.into_site())
}

fn found(diagnostics: Vec<Diagnostic>, bytes: &[u8]) -> Vec<Found> {
    resolve(diagnostics, &|_| Some(bytes.into()))
}

/// Everything found can be told: to people in both languages, to machines, and once.
fn expect_told(found: &[Found]) {
    for lang in [Lang::French, Lang::English] {
        let texts = Texts::of(lang);
        for one in found {
            let told = frame(one, texts, NARROW);
            assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "{told:?}");
        }
        let report = JsonReport::new(found, &Overview::default(), JsonSummary::default(), None, texts).to_text();
        let _: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    }
    for (index, one) in found.iter().enumerate() {
        assert!(one.primary.line > 0 && one.primary.column > 0, "{one:?}");
        // Thousands need not each be looked for among all others.
        assert!(!found[index.saturating_sub(100)..index].contains(one), "told twice: {one:?}");
    }
}
