//! The command line as people and scripts meet it: help, exit codes, the two forms of the outcome, languages.

use serde_json::Value;

use crate::driver::DAY;
use crate::program::{DiskSite, Ran, program, run};

/// A site with one warning: it does not say its own address. What rules have to say of it is told in `desk.rs`.
fn site() -> DiskSite {
    DiskSite::of(&[
        ("brochure.yaml", "titre: Exemple\n"),
        (
            "content/modules/ecouter.md",
            "---\ntitre: Écouter\nsessions: [{ville: Lille, code-postal: '59000', dates: [2027-03-09]}]\n---\n",
        ),
        ("content/modules/attendre.md", "---\ntitre: Attendre\nbrouillon: oui\n---\n"),
    ])
}

/// A site with an error and a warning.
fn broken_site() -> DiskSite {
    let site = site();
    site.write("content/modules/relayer.md", "---\ntitre: Relayer\n---\n\n[mauvais](ecouterr.md)\n");
    site
}

fn said(words: &[&str], locale: (&str, &str)) -> Ran {
    run(program().args(words).env(locale.0, locale.1))
}

const ENGLISH: (&str, &str) = ("LANG", "en_GB.UTF-8");
const FRENCH: (&str, &str) = ("LANG", "fr_FR.UTF-8");

#[test]
fn help_is_in_the_readers_language_and_names_every_option() {
    for (locale, usage) in [(ENGLISH, "Usage"), (FRENCH, "Utilisation")] {
        let all = said(&["--help"], locale).expect(0).stdout;
        assert!(all.contains(usage) && all.contains("build") && all.contains("check"), "{all}");
        let build = said(&["build", "--help"], locale).expect(0).stdout;
        for option in [
            "root",
            "output",
            "base-url",
            "date",
            "drafts",
            "no-search",
            "no-rules",
            "strict",
            "format",
            "lang",
            "quiet",
            "verbose",
            "help",
        ] {
            assert!(build.contains(&format!("--{option}")), "--{option} is not in\n{build}");
        }
        for line in build.lines().chain(all.lines()) {
            assert!(line.chars().count() <= 100, "{line}");
        }
        assert_eq!(said(&["build", "-h"], locale).expect(0).stdout, build);
    }
    let version = said(&["--version"], ENGLISH).expect(0).stdout;
    assert_eq!(version.trim(), format!("brochure {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_language_asked_for_wins_then_lc_all_then_lang() {
    let usage = |command: &mut assert_cmd::Command| run(command).expect(2).stderr;
    let french = usage(program().arg("bild").env("LC_ALL", "fr_FR.UTF-8"));
    assert!(french.starts_with("erreur"), "LC_ALL before LANG: {french}");
    let english = usage(program().args(["build", "--nope", "--lang", "en"]).env("LC_ALL", "fr_FR.UTF-8"));
    assert!(english.starts_with("error"), "--lang before LC_ALL: {english}");
    let unknown = usage(program().arg("bild").env("LC_ALL", "C"));
    assert!(unknown.starts_with("erreur"), "French without a language that we speak: {unknown}");
}

#[test]
fn messages_are_in_the_language_that_is_asked_for() {
    let site = broken_site();
    let french = site.build(&["--lang", "fr"]).expect(1).stderr;
    assert!(french.contains("erreur") && !french.contains("error"), "{french}");
    let english = site.build(&["--lang", "en"]).expect(1).stderr;
    assert!(english.contains("error") && !english.contains("erreur"), "{english}");
    // The site is French: whoever reads it reads French.
    assert_eq!(site.build(&[]).expect(1).stderr, french);
}

#[test]
fn exit_codes_say_how_it_ended() {
    site().build(&[]).expect(0);
    site().build(&["--strict"]).expect(1);
    broken_site().build(&[]).expect(1);
    for words in [
        vec![],
        vec!["bild"],
        vec!["build", "--nope"],
        vec!["build", "--date", "31/09/2026"],
        vec!["build", "--date", "2026-02-30"],
        vec!["build", "--base-url", "example.org"],
        vec!["build", "--format", "xml"],
        vec!["build", "--lang", "de"],
        vec!["build", "--quiet", "--verbose"],
        vec!["build", "--root", "/nowhere/at/all"],
        vec!["check", "--output", "x"],
    ] {
        let ran = said(&words, ENGLISH).expect(2);
        assert!(ran.stdout.is_empty() && !ran.stderr.trim().is_empty(), "{words:?}: {ran:?}");
    }
    let empty = tempfile::tempdir().expect("a folder");
    said(&["build", "--root", &empty.path().to_string_lossy()], ENGLISH).expect(2);
    // The output cannot be made: a file stands where its folder should be.
    let site = site();
    std::fs::write(site.beside("file"), "x").expect("written");
    site.build(&["--output", &site.beside("file/below").to_string_lossy()]).expect(3);
}

/// The one object that `--format json` prints.
fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", ran.stdout))
}

fn key_names(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[test]
fn json_has_the_keys_that_scripts_count_on() {
    let ran = broken_site().build(&["--format", "json", "--no-rules"]).expect(1);
    let report = json(&ran);
    assert_eq!(key_names(&report), ["changes", "diagnostics", "rules", "sheets", "summary", "version"]);
    assert_eq!(report["version"], 1);
    let summary = &report["summary"];
    assert_eq!(
        key_names(summary),
        ["errors", "modules", "next_change", "pages", "removed", "unchanged", "warnings", "written"]
    );
    assert_eq!((&summary["errors"], &summary["warnings"], &summary["written"]), (&1.into(), &1.into(), &0.into()));
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    let dead = diagnostics.iter().find(|one| one["code"] == "dead-link").expect("the dead link");
    assert_eq!(
        key_names(dead),
        [
            "also",
            "code",
            "column",
            "end_column",
            "end_line",
            "excerpt",
            "file",
            "help",
            "label",
            "line",
            "message",
            "severity"
        ]
    );
    assert_eq!(dead["severity"], "error");
    assert_eq!((&dead["file"], &dead["line"]), (&"content/modules/relayer.md".into(), &5.into()));
    assert!(dead["help"].as_str().is_some_and(|help| help.contains("ecouter.md")), "the nearest name: {dead}");
    assert!(ran.stderr.is_empty(), "{}", ran.stderr);
}

#[test]
fn json_counts_what_was_published() {
    let site = site();
    let first = json(&site.build(&["--format", "json"]).expect(0));
    let n_files = site.published().len();
    assert_eq!(first["summary"]["written"], n_files);
    assert_eq!(first["summary"]["modules"], 1);
    assert_eq!(first["summary"]["next_change"], "2027-03-10");
    let second = json(&site.build(&["--format", "json"]).expect(0));
    assert_eq!((&second["summary"]["written"], &second["summary"]["unchanged"]), (&0.into(), &n_files.into()));
    std::fs::remove_file(site.root().join("content/modules/ecouter.md")).expect("removed");
    site.write("brochure.yaml", "titre: Exemple\nadresses-retirées: [/modules/ecouter/]\n");
    let third = json(&site.build(&["--format", "json"]).expect(0));
    assert!(third["summary"]["removed"].as_u64().is_some_and(|n| n > 0), "{third}");
    assert_eq!(third["summary"]["next_change"], Value::Null);
}

#[test]
fn check_writes_nothing_and_ends_as_a_build_would() {
    let site = site();
    site.command("check", &["--no-rules"]).assert().code(0);
    site.command("check", &["--no-rules", "--strict"]).assert().code(1);
    assert!(!site.root().join("public").exists());
    let broken = broken_site();
    let checked = run(&mut broken.command("check", &["--no-rules", "--format", "json"])).expect(1);
    let built = broken.build(&["--no-rules", "--format", "json"]).expect(1);
    assert_eq!(json(&checked)["diagnostics"], json(&built)["diagnostics"]);
}

#[test]
fn strict_publishes_nothing_when_there_is_a_warning() {
    let site = site();
    site.build(&["--no-rules", "--strict"]).expect(1);
    assert!(!site.public("index.html").exists());
    site.build(&["--no-rules", "--strict", "--base-url", "https://example.org"]).expect(0);
}

#[test]
fn quiet_and_verbose_say_less_and_more() {
    let site = site();
    let address = ["--base-url", "https://example.org"];
    // The first build draws all pages; those after it find that nothing has changed.
    let verbose = site.build(&[&address[..], &["--verbose"]].concat()).expect(0);
    let quiet = site.build(&[&address[..], &["--quiet"]].concat()).expect(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    let normal = site.build(&address).expect(0);
    assert!(!normal.stdout.is_empty() && verbose.stdout.lines().count() > normal.stdout.lines().count() + 4);
    // A warning is told even to those who want quiet.
    site.build(&["--quiet"]).expect(0).says("missing-base-url");
}

#[test]
fn the_date_is_the_one_that_is_named() {
    let site = site();
    site.build(&[]).expect(0);
    let sessions = || std::fs::read_to_string(site.public("sessions/index.html")).expect("read");
    assert!(sessions().contains("datetime=\"2027-03-09\""));
    run(program().args(["build", "--date", "2027-03-10", "--root"]).arg(site.root())).expect(0);
    assert!(!sessions().contains("datetime=\"2027-03-09\""));
}

#[test]
fn drafts_and_another_address_are_for_one_build_only() {
    let site = site();
    let draft = site.public("modules/attendre/index.html");
    site.build(&["--drafts", "--base-url", "https://essai.example.org/x"]).expect(0);
    assert!(draft.exists());
    let sitemap = std::fs::read_to_string(site.public("sitemap.xml")).expect("read");
    assert!(sitemap.contains("<loc>https://essai.example.org/x/modules/attendre/</loc>"), "{sitemap}");
    site.build(&[]).expect(0);
    assert!(!draft.exists() && !site.public("sitemap.xml").exists());
}

#[test]
fn the_folder_at_hand_is_the_site() {
    let site = site();
    run(program().args(["build", "--date", DAY]).current_dir(site.root())).expect(0);
    assert!(site.public("modules/ecouter/index.html").exists());
}

#[test]
fn of_many_messages_of_a_kind_people_see_some_and_machines_all() {
    let site = site();
    let links: String = (0..60).map(|n| format!("[{n}](absent-{n}.md)\n\n")).collect();
    site.write("content/modules/relayer.md", &format!("---\ntitre: Relayer\n---\n\n{links}"));
    let check = |words: &[&str]| run(&mut site.command("check", &[&["--lang", "en", "--no-rules"], words].concat()));
    let frames = |ran: &Ran| ran.stderr.matches("error[dead-link]").count();
    let some = check(&[]).expect(1);
    assert_eq!(frames(&some), 10);
    assert!(some.stderr.contains("… and 50 more of the same kind (dead-link) in “content/modules/relayer.md”."));
    assert!(some.stderr.contains("brochure check --verbose"), "{}", some.stderr);
    assert_eq!(some.stderr.matches("brochure explain dead-link").count(), 1, "{}", some.stderr);
    assert!(some.stderr.contains("60 errors"), "{}", some.stderr);
    let all = check(&["--verbose"]).expect(1);
    assert_eq!(frames(&all), 60);
    assert!(!all.stderr.contains("more of the same kind"));
    let report: Value = serde_json::from_str(&check(&["--format", "json"]).expect(1).stdout).expect("JSON");
    assert_eq!(report["diagnostics"].as_array().expect("a list").len(), 61);
    assert!(!check(&["--quiet"]).expect(1).stderr.contains("brochure explain"));
}
