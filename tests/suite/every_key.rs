//! Every key has a French and an English spelling, and both mean the same: the two sites `every-key-fr` and
//! `every-key-en` differ in the spelling of keys alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::driver::{DAY, TestSite, files_below, fixture, repository};

#[test]
fn both_spellings_give_the_same_bytes() {
    let french = TestSite::from_fixture("every-key-fr").build(DAY);
    let english = TestSite::from_fixture("every-key-en").build(DAY);
    assert_eq!(french.paths(), english.paths());
    for path in french.paths() {
        assert!(french.bytes(path) == english.bytes(path), "{path} differs");
    }
    french.expect_codes(&[]);
    english.expect_codes(&[]);
}

/// The readers of keys in the program, by the fixture files in which each key must stand.
const READERS: [(&str, &str); 19] = [
    ("src/config/keys.rs", "brochure.yaml"),
    ("src/config/colours.rs", "brochure.yaml"),
    ("src/config/menu.rs", "brochure.yaml"),
    ("src/config/quality.rs", "brochure.yaml"),
    ("src/config/regions.rs", "brochure.yaml"),
    ("src/config/rules.rs", "brochure.yaml"),
    ("src/entry/exception.rs", "content/modules/"),
    ("src/document/module_keys.rs", "content/modules/"),
    ("src/document/module_matter.rs", "content/modules/"),
    ("src/document/prerequisite.rs", "content/modules/"),
    ("src/document/prose_matter.rs", "content/modules/"),
    ("src/document/news_matter.rs", "content/news/"),
    ("src/document/term_matter.rs", "content/themes/"),
    ("src/document/page_matter.rs", "content/pages/"),
    ("src/document/organisation_matter.rs", "content/organisations/"),
    ("src/document/home_matter.rs", "content/index.md"),
    ("src/entry/facts.rs", "content/modules/"),
    ("src/entry/session.rs", "content/modules/"),
    ("src/entry/access.rs", "content/modules/"),
];

/// Keys that only an author with a rarer need writes, each tested where it is read.
const LEFT_OUT: [&str; 9] =
    ["hues", "light", "dark", "results_pending", "results", "duration_hours", "topics_each", "ordered", "currency"];

#[test]
fn the_fixtures_leave_no_key_out() {
    for (lang, position) in [("en", 0), ("fr", 1)] {
        let texts: BTreeMap<String, String> = files_below(&fixture(&format!("every-key-{lang}")))
            .into_iter()
            .map(|(below, path)| (below, std::fs::read_to_string(path).expect("text")))
            .collect();
        let mut missing = BTreeSet::new();
        for (reader, where_) in READERS {
            let source = std::fs::read_to_string(repository().join(reader)).expect("a source file");
            let texts: Vec<&String> =
                texts.iter().filter(|(path, _)| path.starts_with(where_)).map(|(_, t)| t).collect();
            for spellings in keys_in(&source) {
                let is_there = |text: &&String| text.contains(&format!("{}:", spellings[position]));
                if !LEFT_OUT.contains(&spellings[0].as_str()) && !texts.iter().any(is_there) {
                    missing.insert(format!("{where_}: {}", spellings[position]));
                }
            }
        }
        assert_eq!(missing, BTreeSet::new(), "every-key-{lang}");
    }
}

/// The two spellings of each key that a source file defines, by `Key::new` or in the table of a macro.
fn keys_in(source: &str) -> Vec<[String; 2]> {
    let definitions = source.lines().filter(|line| {
        let is_table_row = line.starts_with("    ") && line.contains(" = \"");
        line.contains("Key::new(\"") || is_table_row
    });
    let spellings = definitions.filter_map(|line| {
        let mut quoted = line.split('"').skip(1).step_by(2).map(str::to_owned);
        Some([quoted.next()?, quoted.next()?])
    });
    spellings.collect()
}
