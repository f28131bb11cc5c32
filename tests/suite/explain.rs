//! What `brochure explain` says, and whether its examples are true: the wrong one is reported, the right one is not.

use std::collections::BTreeSet;

use brochure::diagnostic::Code;
use brochure::lang::Lang;
use brochure::texts::Texts;

use crate::driver::{DAY, TestSite, repository};
use crate::program::{Ran, program, run};

/// What no text can show: it is about bytes, links or rights of the file system.
const WITHOUT_WRONG: [Code; 4] = [Code::LostAddress, Code::UnreadableFile, Code::NotUtf8, Code::LinkOutside];

/// What an example may be told besides: those of the style, and what a site of one page cannot help.
fn codes_of(example: &str, lang: Lang) -> BTreeSet<Code> {
    let site =
        TestSite::of(&[("brochure.yaml", &format!("base_url: https://www.example.org\nlang: {}\n", lang.code()))]);
    write(&site, example, lang);
    site.attempt(DAY).0.found.iter().map(|found| found.diagnostic.code).collect()
}

/// What is told of an example that is laid over a site that keeps all rules.
fn rules_of(example: &str, lang: Lang) -> BTreeSet<Code> {
    let site = TestSite::of(&[]).with_rules();
    site.load(&repository().join("tests/fixtures/rules/base"), "");
    write(&site, example, lang);
    site.attempt(DAY).0.all().map(|found| found.diagnostic.code).collect()
}

/// Writes the files of an example into a site.
fn write(site: &TestSite, example: &str, lang: Lang) {
    for file in example.split(">>> ").skip(1) {
        let (path, text) = file.split_once('\n').expect("a path, then a text");
        // A look's words are read in the language of the site.
        let settings = path == "brochure.yaml" && !text.contains("lang:");
        let text = if settings { format!("{text}lang: {}\n", lang.code()) } else { text.to_owned() };
        site.write(path, text.trim_start_matches('\n'));
    }
}

#[test]
fn every_example_is_what_it_says() {
    let mut untrue = Vec::new();
    let mut expect = |example: &str, lang: Lang, expected: BTreeSet<Code>| {
        let codes = codes_of(example, lang);
        if codes != expected {
            untrue.push(format!("{expected:?} is expected, {codes:?} is told of\n{example}"));
        }
    };
    for lang in [Lang::French, Lang::English] {
        for code in Code::all().filter(|code| !code.is_rule()) {
            let table = format!("explain-{code}");
            match Texts::of(lang).find(&table, "wrong") {
                Some(wrong) => expect(wrong, lang, BTreeSet::from([code])),
                None => assert!(WITHOUT_WRONG.contains(&code), "{code} has no wrong example"),
            }
            let right = Texts::of(lang).find(&table, "right").expect("a right example");
            expect(right, lang, BTreeSet::new());
        }
    }
    assert!(untrue.is_empty(), "{}", untrue.join("\n"));
}

/// An example of a rule shows no whole sheet, so others are not kept in it either.
#[test]
fn every_example_of_a_rule_is_what_it_says() {
    let mut untrue = Vec::new();
    for lang in Lang::ALL {
        for code in Code::all().filter(|code| code.is_rule()) {
            for (key, is_told) in [("wrong", true), ("right", false)] {
                let example = Texts::of(lang).find(&format!("explain-{code}"), key).unwrap_or_default();
                let codes = rules_of(example, lang);
                if codes.contains(&code) != is_told || codes.iter().any(|code| !code.is_rule()) {
                    untrue.push(format!("{code}, {key}: {codes:?} is told of\n{example}"));
                }
            }
        }
    }
    assert!(untrue.is_empty(), "{}", untrue.join("\n"));
}

fn explain(words: &[&str]) -> Ran {
    run(program().arg("explain").args(words))
}

#[test]
fn a_code_is_explained_however_it_is_typed() {
    let french = explain(&["dead-link", "--lang", "fr"]).expect(0).stdout;
    assert!(french.starts_with("dead-link — Lien mort (erreur)\n"), "{french}");
    for part in ["severity: {dead-link: warning}", "content/modules/ecouter.md", "\n---\ntitre: Écouter\n---\n"] {
        assert!(french.contains(part), "{part} is not in\n{french}");
    }
    for words in [&["error[dead-link]"][..], &["Dead", "Link"], &["lien mort"], &["dead_link"]] {
        assert_eq!(explain(&[words, &["--lang", "fr"]].concat()).expect(0).stdout, french);
    }
}

#[test]
fn without_a_code_all_are_listed_and_an_unknown_one_is_refused() {
    for lang in ["fr", "en"] {
        let all = explain(&["--lang", lang]).expect(0).stdout;
        for code in Code::all() {
            assert!(all.lines().any(|line| line.split_whitespace().next() == Some(code.as_str())), "{code}:\n{all}");
        }
        let refused = explain(&["dead-lnk", "--lang", lang]).expect(2);
        assert!(refused.stdout.is_empty() && refused.stderr.contains("dead-link"), "{}", refused.stderr);
        let refused = explain(&["xyz", "--lang", lang]).expect(2);
        assert!(refused.stderr.contains("brochure explain"), "{}", refused.stderr);
    }
}
