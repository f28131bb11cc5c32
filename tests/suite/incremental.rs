//! THE test: whatever is edited, a warm run gives what a cold run gives, byte for byte and diagnostic for
//! diagnostic.
//!
//! Random scripts of edits are played on files in memory, with a run of one warm pipeline and one of a new
//! pipeline after each. `PROPTEST_CASES` sets the number of scripts (64 without it); the smallest failing
//! script is printed. A bug fix brings its script: see [`scripts_that_once_failed`]. The counters are asserted
//! as well, since a memo that never answers is also always right.

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::determinism::difference;
use crate::driver::{Built, TestSite};
use crate::edits::{Edit, Play, Setting, Word, edit};

/// One warm run; fails when a cold one gives something else.
fn compare(play: &Play) -> Result<Built, String> {
    let warm = play.site.attempt(&play.day());
    let cold = play.site.attempt_cold(&play.day());
    match difference(&warm, &cold) {
        Some(difference) => Err(format!("warm and cold differ: {difference}")),
        None => Ok(warm),
    }
}

/// Makes the edits of a script one after the other, with a comparison after each.
fn play(script: &[Edit]) -> Result<(), String> {
    let mut play = Play::start();
    compare(&play)?;
    for (n, edit) in script.iter().enumerate() {
        play.edit(edit);
        compare(&play).map_err(|message| format!("after edit {n}, {edit:?}: {message}"))?;
    }
    let again = compare(&play)?;
    // Nothing was changed since: everything comes from the memo.
    let work = (again.0.counts.parsed, again.0.counts.rendered);
    if work == (0, 0) { Ok(()) } else { Err(format!("nothing changed, and {work:?} were parsed and rendered")) }
}

#[test]
fn any_script_of_edits_gives_what_a_cold_run_gives() {
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

/// How many documents were parsed and how many outputs rendered after one edit of a site that was built before.
fn work_after(edit: impl for<'a> FnOnce(&'a TestSite) -> &'a TestSite) -> (usize, usize) {
    let play = Play::start();
    compare(&play).expect("the same");
    edit(&play.site);
    let built = compare(&play).expect("the same");
    (built.0.counts.parsed, built.0.counts.rendered)
}

#[test]
fn only_what_an_edit_concerns_is_done_again() {
    let all = Play::start().site.build("2026-11-24").0;
    let n_outputs = all.site.outputs.len();
    assert_eq!((all.counts.parsed, all.counts.rendered), (5, n_outputs));
    assert_eq!(work_after(|site| site), (0, 0), "nothing changed");
    let (module, page) = ("content/modules/m1.md", "content/pages/page.md");
    assert_eq!(work_after(|site| site.edit(page, "Du texte", "Un texte")), (1, 1), "the body of a plain page");
    // Its first paragraph is also the summary on cards; what comes after it stands on the module's own sheet only.
    assert_eq!(work_after(|site| site.edit(module, "- Oui", "- Non")), (1, 1), "the objectives of a module");
    let (parsed, rendered) = work_after(|site| site.edit(module, "Premier", "Dernier"));
    assert!(parsed == 1 && (2..n_outputs).contains(&rendered), "the title of a module: {parsed}, {rendered}");
    assert_eq!(work_after(|site| site.write("assets/y.svg", "<svg/>")), (0, 1), "one more file");
    let (parsed, rendered) = work_after(|site| site.edit("themes/petit/styles/_own.scss", "red", "blue"));
    assert!(parsed == 0 && rendered > 3, "a style sheet has a new name on every page: {rendered}");
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
