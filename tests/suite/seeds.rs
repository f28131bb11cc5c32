//! Four sheets as providers write them, none of which is complete: just what is missing is told, and nothing else.
//!
//! `tests/fixtures/sites/seeds/` has the structure of sheets that were found in the wild: one that names its methods in
//! a heading with other things, one that is free for some, one that is no training at all, one that a funder wrote.

use std::collections::BTreeSet;

use brochure::diagnostic::Severity;
use brochure::rules::{Duty, Item, Met, Sheet};

use crate::driver::{Built, DAY, TestSite};

const SHEETS: [&str; 4] =
    ["000-mise-en-pratique", "001-travailler-avec-un-pair", "002-groupe-de-travail", "003-aller-a-la-rencontre"];

/// The four sheets, on a site whose settings say nothing.
fn seeds() -> Built {
    TestSite::from_fixture("seeds").with_rules().attempt(DAY)
}

/// The same, with settings of which sheets inherit.
fn inheriting() -> Built {
    let site = TestSite::from_fixture("seeds").with_rules();
    let settings = format!(
        "{}\n{}",
        site.read("brochure.yaml"),
        "contacts: contact@atelier.example.org\naccès: {modalités: Par courriel, délai: 3 semaines}\naccessibilité: Nous aménageons."
    );
    site.write("brochure.yaml", settings);
    site.attempt(DAY)
}

fn sheet(built: &Built, number: usize) -> &Sheet {
    let file = format!("content/modules/{}.md", SHEETS[number]);
    let assessment = built.0.assessment.as_ref().expect("looked at");
    assessment.sheets().find(|sheet| sheet.file.as_str() == file).expect("a sheet")
}

/// The codes of rules for what the public is told of trainings; others have tests of their own.
fn is_of_indicators(code: &str) -> bool {
    code.starts_with('Q') && !code.starts_with("QF")
}

/// The rules of a severity that are told of a sheet, each as often as it is told.
fn told(built: &Built, number: usize, severity: Severity) -> Vec<&str> {
    let file = format!("content/modules/{}.md", SHEETS[number]);
    let of_sheet = built.0.all().filter(|found| found.primary.file.as_str() == file);
    let mut codes: Vec<&str> = of_sheet
        .filter(|found| found.diagnostic.severity == severity && is_of_indicators(found.diagnostic.code.as_str()))
        .map(|found| found.diagnostic.code.as_str())
        .collect();
    codes.sort_unstable();
    codes
}

fn items(sheet: &Sheet, met: Met) -> BTreeSet<Item> {
    sheet.items.iter().filter(|(_, known)| *known == met).map(|(item, _)| *item).collect()
}

#[test]
fn just_what_is_missing_is_told() {
    let built = seeds();
    // Access arrangements, access delay, disability and the date are missing in all three; the rest is each sheet's own.
    for (number, own) in [(0, &["Q1-09", "Q1-13"][..]), (1, &["Q1-13", "Q1-15"]), (3, &["Q1-09", "Q1-14", "Q1-15"])] {
        let mut expected = [&["Q1-07", "Q1-08", "Q1-16", "Q1-18"], own].concat();
        expected.sort_unstable();
        assert_eq!(told(&built, number, Severity::Error), expected, "{}", SHEETS[number]);
    }
}

#[test]
fn what_is_said_badly_is_told_more_mildly() {
    let built = seeds();
    assert_eq!(told(&built, 0, Severity::Warning), [""; 0]);
    assert_eq!(told(&built, 1, Severity::Warning), ["Q1-05", "Q1-12"]);
    assert_eq!(told(&built, 3, Severity::Warning), ["Q1-05"]);
    assert_eq!(told(&built, 0, Severity::Info), ["Q1-03"]);
    assert_eq!(told(&built, 1, Severity::Info), ["Q1-03", "Q1-03"]);
}

#[test]
fn the_nine_items_are_filled_or_missing() {
    let built = seeds();
    let missing = |number| items(sheet(&built, number), Met::Missing);
    use Item::{Access, Accessibility, Assessment, Contacts, Methods, Prices};
    assert_eq!(missing(0), BTreeSet::from([Access, Prices, Contacts, Accessibility]));
    assert_eq!(missing(1), BTreeSet::from([Access, Contacts, Assessment, Accessibility]));
    assert_eq!(missing(3), BTreeSet::from([Access, Prices, Methods, Assessment, Accessibility]));
    for number in [0, 1, 3] {
        assert_eq!(sheet(&built, number).duty, Duty::Training);
        assert_eq!(items(sheet(&built, number), Met::BySite), BTreeSet::new());
        assert_eq!(sheet(&built, number).updated, None);
    }
}

#[test]
fn what_is_no_training_is_not_asked() {
    let built = seeds();
    assert!(matches!(sheet(&built, 2).duty, Duty::Other(_)));
    assert_eq!(items(sheet(&built, 2), Met::NotAsked), BTreeSet::from(Item::ALL));
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        assert_eq!(told(&built, 2, severity), [""; 0]);
    }
}

#[test]
fn what_settings_say_is_inherited() {
    let built = inheriting();
    let inherited = |number| items(sheet(&built, number), Met::BySite);
    use Item::{Access, Accessibility, Contacts};
    assert_eq!(inherited(0), BTreeSet::from([Access, Contacts, Accessibility]));
    assert_eq!(inherited(1), BTreeSet::from([Access, Contacts, Accessibility]));
    // A sheet with contacts of its own shows those alone.
    assert_eq!(inherited(3), BTreeSet::from([Access, Accessibility]));
    assert_eq!(told(&built, 0, Severity::Error), ["Q1-09", "Q1-18"]);
}

/// A rule about how something is said is silent where it is not said at all.
#[test]
fn nothing_is_told_twice() {
    let site = TestSite::from_fixture("seeds").with_rules();
    site.edit("content/modules/003-aller-a-la-rencontre.md", "durée: 2 jours\n", "");
    let built = site.attempt(DAY);
    let codes: Vec<&str> = [told(&built, 3, Severity::Error), told(&built, 3, Severity::Warning)].concat();
    assert!(codes.contains(&"Q1-04") && !codes.contains(&"Q1-05"), "{codes:?}");
    let doubled: Vec<_> = codes.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(doubled.is_empty(), "{codes:?}");
}

/// The brochure of this repository says what indicators 1, 2, 3, 26 and 31 ask for.
#[test]
fn the_shipped_brochure_is_complete() {
    let built = TestSite::shipped().with_rules().attempt(DAY);
    let told = built.0.all().filter(|found| is_of_indicators(found.diagnostic.code.as_str()));
    let told: Vec<String> =
        told.map(|found| format!("{} {}:{}", found.diagnostic.code, found.primary.file, found.primary.line)).collect();
    assert_eq!(told, [""; 0]);
    for sheet in built.0.assessment.as_ref().expect("looked at").sheets() {
        assert_eq!(items(sheet, Met::Missing), BTreeSet::new(), "{}", sheet.file);
    }
}
