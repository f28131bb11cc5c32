//! What an author is told of the sheets: on one screen by `check`, in a line by `build`, and as data for scripts.
//!
//! Which rules there are is told in `rules.rs`; here it is enough that one is not kept.

use serde_json::Value;

use crate::driver::repository;
use crate::program::{DiskSite, Ran, program, run};

/// A sheet that says nothing of what the law asks for.
const BARE: &str = "---\ntitre: Relayer\n---\n\nDu texte.\n";
/// A module of another kind, of which little is asked.
const GROUP: &str = "---\ntitre: Se réunir\nnature: groupe-de-travail\nmis-à-jour: 2026-09-01\n---\n\nDu texte.\n";
const DAY: [&str; 2] = ["--date", "2026-11-01"];

/// The complete site of the rules, with two modules more.
fn site() -> DiskSite {
    let site = DiskSite::of(&[]);
    for (below, path) in crate::driver::files_below(&repository().join("tests/fixtures/rules/base")) {
        site.write(&below, &std::fs::read_to_string(path).expect("text"));
    }
    site.write("content/modules/relayer.md", BARE).write("content/modules/se-reunir.md", GROUP);
    site
}

fn said(site: &DiskSite, command: &str, words: &[&str]) -> Ran {
    run(program().arg(command).arg("--root").arg(site.root()).args(DAY).args(["--lang", "en"]).args(words))
}

fn report(site: &DiskSite, command: &str) -> Value {
    let ran = said(site, command, &["--format", "json"]);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", ran.stdout))
}

#[test]
fn check_says_on_one_screen_how_the_sheets_stand() {
    let site = site();
    let ran = said(&site, "check", &[]).expect(1);
    let line = |words: &str| {
        let found = ran.stdout.lines().find(|line| line.contains(words));
        found.unwrap_or_else(|| panic!("{words}:\n{}", ran.stdout))
    };
    assert!(line("Sheets:").contains("1 in error"), "{}", ran.stdout);
    let unfinished = line("relayer.md");
    assert!(unfinished.starts_with("  in error: content/modules/relayer.md, missing prerequisites"), "{unfinished}");
    assert!(!unfinished.contains("Q1-01"), "said by its name: {unfinished}");
    let group = line("se-reunir.md");
    assert_eq!(group, "Working group: the rules for trainings do not apply to content/modules/se-reunir.md.");
    assert!(line("Rules:").contains("RNQ"), "{}", ran.stdout);
    assert!(!ran.stderr.contains("se-reunir.md"), "nothing is told of it:\n{}", ran.stderr);
    // By sheet, under its title.
    let heading = ran.stderr.find("Relayer (content/modules/relayer.md): ").expect("a heading");
    assert!(ran.stderr[heading..].contains("error[Q1-01]"), "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("Relayer (content/modules/relayer.md)").count(), 1);
    // What is told is told on one screen of 80 columns and a few lines, whatever there is to complete.
    assert!(ran.stdout.lines().count() <= 24);
    let french = run(program().arg("check").arg("--root").arg(site.root()).args(DAY).args(["--lang", "fr"])).expect(1);
    assert!(french.stdout.contains("  en erreur\u{a0}: content/modules/relayer.md, il manque prérequis"), "{french:?}");
}

#[test]
fn many_unfinished_sheets_fit_on_the_screen_and_all_are_told_when_asked_for() {
    let site = site();
    for n in 0..60 {
        site.write(&format!("content/modules/relayer-{n}.md"), BARE);
    }
    let some = said(&site, "check", &[]).expect(1).stdout;
    assert_eq!(some.matches("  in error: ").count(), 20, "{some}");
    assert!(some.contains("… and 41 other sheets."), "{some}");
    assert!(some.lines().count() < 30);
    let all = said(&site, "check", &["--verbose"]).expect(1).stdout;
    assert_eq!(all.matches("  in error: ").count(), 61, "{all}");
    assert!(said(&site, "check", &["--quiet"]).expect(1).stdout.is_empty());
}

#[test]
fn a_build_says_the_rules_in_one_line_and_stops_for_them_only_when_strict() {
    let site = site();
    let built = said(&site, "build", &[]).expect(0);
    assert!(built.stderr.is_empty(), "{}", built.stderr);
    let short = "Rules: 1 sheet to complete";
    assert!(built.stdout.starts_with(short), "{}", built.stdout);
    assert!(built.stdout.contains("“brochure check” says what to write."), "{}", built.stdout);
    // The same once nothing is made any more.
    let again = said(&site, "build", &[]).expect(0);
    assert!(again.stdout.starts_with(short) && again.stderr.is_empty(), "{again:?}");
    let quiet = said(&site, "build", &["--quiet"]).expect(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    let verbose = said(&site, "build", &["--verbose"]).expect(0);
    assert!(verbose.stderr.contains("warning[Q1-01]") && !verbose.stderr.contains("error["), "{}", verbose.stderr);
    let strict = said(&site, "build", &["--strict"]).expect(1);
    assert!(strict.stderr.contains("warning[Q1-01]"), "{}", strict.stderr);
    assert!(said(&site, "build", &["--no-rules"]).expect(0).stdout.starts_with("Site published"));
}

#[test]
fn scripts_are_told_how_each_sheet_stands() {
    let site = site();
    for command in ["check", "build", "build"] {
        let report = report(&site, command);
        assert!(report["rules"].as_str().is_some_and(|edition| edition.contains("RNQ")), "{report}");
        let sheets = report["sheets"].as_array().expect("a list");
        let of = |id: &str| sheets.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}: {report}"));
        let bare = of("relayer");
        assert_eq!(bare["title"], "Relayer");
        assert_eq!(bare["file"], "content/modules/relayer.md");
        assert_eq!((&bare["kind"], &bare["duty"]), (&"formation".into(), &"training".into()));
        assert_eq!(bare["state"], if command == "check" { "in-error" } else { "to-finish" });
        assert_eq!(bare["items"].as_object().expect("a map").len(), 9);
        assert_eq!((&bare["items"]["prerequisites"], &bare["updated"]), (&"missing".into(), &Value::Null));
        let group = of("se-reunir");
        assert_eq!((&group["kind"], &group["duty"]), (&"groupe-de-travail".into(), &"other".into()));
        assert_eq!((&group["state"], &group["updated"]), (&"complete".into(), &"2026-09-01".into()));
        assert!(group["items"].as_object().expect("a map").values().all(|item| item == "not-asked"), "{group}");
        assert_eq!(of("ecouter")["items"]["prerequisites"], "filled");
        let told = report["diagnostics"].as_array().expect("a list");
        assert!(told.iter().any(|one| one["code"] == "Q1-01"), "{report}");
    }
}

#[test]
fn an_exception_is_told_with_its_reason() {
    let site = site();
    let excepted = BARE.replace("---\n\n", "exceptions: [{règle: Q1-01, motif: Selon le groupe}]\n---\n\n");
    site.write("content/modules/relayer.md", &excepted);
    let report = report(&site, "check");
    let sheets = report["sheets"].as_array().expect("a list");
    let waived = &sheets.iter().find(|one| one["id"] == "relayer").expect("the sheet")["waived"];
    assert_eq!(*waived, serde_json::json!([{"rule": "Q1-01", "reason": "Selon le groupe"}]));
    let told = report["diagnostics"].as_array().expect("a list");
    assert!(!told.iter().any(|one| one["code"] == "Q1-01"), "{report}");
    let verbose = said(&site, "check", &["--verbose"]).stdout;
    assert!(verbose.contains("rule Q1-01 left aside: content/modules/relayer.md, “Selon le groupe”"), "{verbose}");
}
