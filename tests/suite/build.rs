//! Golden sites: `tests/fixtures/sites/<name>/` goes in, `tests/fixtures/sites/<name>.out/` must come out.
//!
//! Kept are the feeds, the calendars, the sitemap and `robots.txt` as they are, and of everything else only what it means:
//! the list of all paths, where redirects lead, what was found, and the outlines of some pages. So an edit of
//! templates or styles changes nothing here unless it changes what readers are told.
//!
//! `BROCHURE_UPDATE=1 cargo test --test suite build::` writes the outcome down as the new expectation.

use std::collections::BTreeMap;

use scraper::Html;

use crate::driver::{Built, DAY, TestSite, files_below, fixture};
use crate::outline::{elements, outline};

/// Builds a fixture site and compares it with what is expected, with the outlines of these pages.
fn check(name: &str, pages: &[&str]) -> Built {
    let built = TestSite::from_fixture(name).build(DAY);
    let expected = fixture(&format!("{name}.out"));
    let actual = kept(&built, pages);
    if std::env::var_os("BROCHURE_UPDATE").is_some() {
        if expected.exists() {
            std::fs::remove_dir_all(&expected).expect("removed");
        }
        for (path, text) in &actual {
            let path = expected.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        }
    }
    let read = |(below, path)| (below, std::fs::read_to_string(path).expect("text"));
    let expected: BTreeMap<String, String> = files_below(&expected).into_iter().map(read).collect();
    assert_eq!(expected.keys().collect::<Vec<_>>(), actual.keys().collect::<Vec<_>>());
    for (path, text) in &actual {
        assert_same_lines(&expected[path], text, &format!("{name}.out/{path}"));
    }
    built
}

/// Fails at the first line that is not as expected.
fn assert_same_lines(expected: &str, actual: &str, what: &str) {
    let (mut old, mut new) = (expected.lines(), actual.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) => assert_eq!(new, old, "{what}:{number}: the first came out, the second was expected"),
        }
    }
}

/// What is kept of a site, by the name under which it is.
fn kept(built: &Built, pages: &[&str]) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    let paths = built.paths().into_iter().filter(|path| !path.starts_with("static/"));
    let lines = |lines: Vec<String>| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let mut redirects = Vec::new();
    for path in paths.clone() {
        if [".xml", ".atom", ".json", ".ics", "robots.txt"].iter().any(|end| path.ends_with(end)) {
            kept.insert(path.to_owned(), built.text(path).to_owned());
        }
        if path.ends_with(".html") {
            redirects.extend(refresh(built.text(path)).map(|target| format!("{path} → {target}")));
        }
    }
    kept.insert("paths.txt".to_owned(), lines(paths.map(str::to_owned).collect()));
    kept.insert("found.txt".to_owned(), built.diagnostics());
    if !redirects.is_empty() {
        kept.insert("redirects.txt".to_owned(), lines(redirects));
    }
    for path in pages {
        let name = format!("pages/{}.txt", path.trim_end_matches(".html").trim_end_matches("/index"));
        kept.insert(name, outline(built.text(path)));
    }
    kept
}

/// Where a page sends its reader at once.
fn refresh(html: &str) -> Option<String> {
    let page = Html::parse_document(html);
    let content = elements(&page, "meta[http-equiv=refresh]").first()?.attr("content")?;
    content.split_once("url=").map(|(_, target)| target.to_owned())
}

#[test]
fn a_folder_with_three_markdown_files_is_a_site() {
    let built =
        check("three-files", &["catalogue/index.html", "modules/accueillir/index.html", "modules/ecouter/index.html"]);
    assert_eq!(built.0.counts.modules, 3);
}

#[test]
fn every_key_is_shown() {
    check(
        "every-key-fr",
        &[
            "modules/tout-dire/index.html",
            "actualites/nouvelle/index.html",
            "themes/ecoute/index.html",
            "organismes/exemple/index.html",
            "a-propos/index.html",
        ],
    );
}

#[test]
fn the_interface_speaks_english() {
    let built = check("english", &["modules/listening/index.html", "sessions/index.html"]);
    built.contains("index.html", "<html lang=\"en\">");
}

#[test]
fn dates_of_all_sorts_are_calendars() {
    let built = check("calendars", &["sessions/index.html", "modules/dates/index.html", "modules/heures/index.html"]);
    // Where a session is followed online is for those who enrolled.
    for path in built.paths() {
        assert!(!built.bytes(path).windows(5).any(|word| word == b"visio"), "{path}");
    }
}

#[test]
fn former_addresses_lead_to_the_page() {
    check("moved", &[]);
}
