//! What `brochure explain` says, and whether its examples are true: the wrong one is reported, the right one is not.

use std::collections::BTreeSet;

use brochure::diagnostic::Code;
use brochure::lang::Lang;
use brochure::texts::Texts;

use crate::driver::{DAY, TestSite};
use crate::program::{Ran, program, run};

/// What no text can show: it is about bytes, links or rights of the file system.
const WITHOUT_WRONG: [Code; 3] = [Code::UnreadableFile, Code::NotUtf8, Code::LinkOutside];

/// What an example may be told besides: those of the style, and what a site of one page cannot help.
fn codes_of(example: &str, lang: Lang) -> BTreeSet<Code> {
    let site =
        TestSite::of(&[("brochure.yaml", &format!("base_url: https://www.example.org\nlang: {}\n", lang.code()))]);
    for file in example.split(">>> ").skip(1) {
        let (path, text) = file.split_once('\n').expect("a path, then a text");
        // A look's words are read in the language of the site.
        let settings = path == "brochure.yaml" && !text.contains("lang:");
        let text = if settings { format!("{text}lang: {}\n", lang.code()) } else { text.to_owned() };
        site.write(path, text.trim_start_matches('\n'));
    }
    site.attempt(DAY).0.found.iter().map(|found| found.diagnostic.code).collect()
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
        for code in Code::ALL.iter().copied() {
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
        for code in Code::ALL {
            assert!(all.lines().any(|line| line.split_whitespace().next() == Some(code.as_str())), "{code}:\n{all}");
        }
        let refused = explain(&["dead-lnk", "--lang", lang]).expect(2);
        assert!(refused.stdout.is_empty() && refused.stderr.contains("dead-link"), "{}", refused.stderr);
        let refused = explain(&["xyz", "--lang", lang]).expect(2);
        assert!(refused.stderr.contains("brochure explain"), "{}", refused.stderr);
    }
}
