//! What authors are told of the rules for content: a complete site with one thing missing for each, and the exact words.
//!
//! `tests/fixtures/rules/<rule>/<case>/` holds the files that differ from `tests/fixtures/rules/base/`, which keeps all
//! rules; beside them stands what is expected, as for other slips (`check.rs`).

use std::collections::{BTreeMap, BTreeSet};

use brochure::diagnostic::{Code, Rule, Severity};
use brochure::lang::Lang;
use brochure::report::Found;
use brochure::report::frame::frame;
use brochure::texts::Texts;

use crate::check::sentences_of;
use crate::driver::{DAY, TestSite, repository};
use crate::slips::{Case, LANGS, STYLE, UNKEPT};

/// Sentences that no site can reach, each with the reason.
const UNREACHED: &[&str] = &[];

#[test]
fn the_words_are_those_written_down() {
    let mut wrong = Vec::new();
    for case in UNKEPT.iter() {
        for lang in LANGS {
            let path = case.folder.join(format!("expected.{}.txt", lang.code()));
            let frames = case.frames(lang);
            if std::env::var_os("BROCHURE_UPDATE").is_some() {
                std::fs::write(&path, &frames).expect("written");
            } else if std::fs::read_to_string(&path).unwrap_or_default() != frames {
                wrong.push(format!("{} in {}:\n{frames}", case.name, lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "with BROCHURE_UPDATE=1, this becomes what is expected\n{}", wrong.join("\n"));
}

#[test]
fn what_is_not_kept_is_told_by_its_own_rule() {
    let mut wrong = Vec::new();
    for case in UNKEPT.iter() {
        let codes: BTreeSet<&str> = case.run.all().map(|found| found.diagnostic.code.as_str()).collect();
        if codes != BTreeSet::from([case.code()]) {
            wrong.push(format!("{}: {codes:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_complete_site_keeps_all_rules() {
    let site = TestSite::of(&[]).with_rules();
    site.load(&repository().join("tests/fixtures/rules/base"), "");
    let built = site.attempt(DAY);
    let told: Vec<_> = built.0.all().map(|found| (found.diagnostic.code, found.primary.file.to_string())).collect();
    assert_eq!(told, []);
}

#[test]
fn every_rule_and_every_sentence_has_a_case() {
    let told: BTreeSet<&str> = UNKEPT.iter().map(Case::code).collect();
    let is_told_here = |code: &Code| code.is_rule() || *code == Code::InvalidException;
    let rules: BTreeSet<&str> = Code::all().filter(is_told_here).map(Code::as_str).collect();
    assert_eq!(told, rules);
    let used: BTreeSet<String> = UNKEPT.iter().flat_map(|case| case.run.all()).flat_map(sentences_of).collect();
    let mut tables: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for name in ["rules", "rules-site"] {
        let text = std::fs::read_to_string(repository().join(format!("src/texts/fr/{name}.toml"))).expect("texts");
        tables.extend(toml::from_str::<BTreeMap<String, BTreeMap<String, String>>>(&text).expect("tables"));
    }
    assert!(tables.keys().all(|table| Rule::from_text(table).is_some()), "{:?}", tables.keys());
    let keys = tables.iter().flat_map(|(rule, keys)| keys.keys().map(move |key| format!("{rule}.{key}")));
    let unused: Vec<String> = keys.filter(|key| !key.ends_with(".title") && !used.contains(key)).collect();
    assert_eq!(unused, UNREACHED);
}

#[test]
fn what_an_earlier_stage_tells_is_as_grave_in_a_check_as_its_rule() {
    let site = |rules: bool| {
        let site = TestSite::of(&[
            ("brochure.yaml", "adresse-du-site: https://example.org\ncouleurs: {principale: \"#3f9c86\"}\n"),
            ("content/modules/ecouter.md", "---\ntitre: Écouter\nsessions: [{ville: Ici, début: 2027-01-05}]\n---\n"),
        ]);
        if rules { site.with_rules() } else { site }
    };
    let severity = |rules: bool, code: Code| {
        let built = site(rules).attempt(DAY);
        let mut all = built.0.found.iter().filter(|one| one.diagnostic.code == code);
        all.next().unwrap_or_else(|| panic!("{code} is not told")).diagnostic.severity
    };
    for (code, built, checked) in [
        (Code::LowContrast, Severity::Warning, Severity::Error),
        (Code::SessionWithoutRegion, Severity::Info, Severity::Warning),
    ] {
        assert_eq!((severity(false, code), severity(true, code)), (built, checked), "{code}");
    }
}

/// What this repository publishes keeps all that is not about single trainings.
#[test]
fn the_shipped_brochure_keeps_the_rules_of_sites_and_texts() {
    let families = ["QF-", "AD-", "C-", "N-", "AX-", "PR-", "LG-"];
    let built = TestSite::shipped().with_rules().attempt(DAY);
    let is_asked = |found: &&Found| {
        let code = found.diagnostic.code.as_str();
        found.diagnostic.code.is_rule() && families.iter().any(|family| code.starts_with(family))
    };
    let told: Vec<String> =
        built.0.all().filter(is_asked).map(|found| frame(found, Texts::of(Lang::French), STYLE)).collect();
    let grave: Vec<&String> = told.iter().filter(|told| !told.starts_with("information")).collect();
    assert!(grave.is_empty(), "{grave:#?}");
}

/// Its charter keeps the mark off the sheets of trainings, and wants the categories of action beside it elsewhere.
#[test]
fn the_mark_stands_with_its_categories_and_on_no_sheet() {
    let settings = "titre: T\nadresse-du-site: https://t.example.org\nqualité:\n  catégories: [actions de formation]\n  \
        labels:\n    - {nom: Qualiopi, image: /assets/marque.svg, texte-alternatif: Logo}\n";
    let site = TestSite::of(&[
        ("brochure.yaml", settings),
        ("assets/marque.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>"),
        ("content/modules/ecouter.md", "---\ntitre: Écouter\n---\n"),
    ]);
    let built = site.build(DAY);
    let (home, sheet) = (built.text("index.html"), built.text("modules/ecouter/index.html"));
    assert!(home.contains("assets/marque.svg") && !sheet.contains("assets/marque.svg"));
    assert!(home.contains("catégorie d’action suivante\u{a0}: actions de formation"));
}
