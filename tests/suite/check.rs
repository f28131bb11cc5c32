//! What authors are told: a small site for each slip, and the exact words about it in both languages.
//!
//! `tests/fixtures/bad/<code>/<case>/` is a site with one thing wrong; `expected.fr.txt` and `expected.en.txt`
//! beside it are what the terminal shows. `BROCHURE_UPDATE=1 cargo test --test suite check::` writes the words down
//! as the new expectation: then read them as an author would.

use std::collections::{BTreeMap, BTreeSet};

use brochure::command::Outcome;
use brochure::diagnostic::{Code, Severity};
use brochure::lang::Lang;
use brochure::report::Found;
use brochure::texts::Texts;
use rayon::prelude::*;

use crate::driver::{DAY, TestSite, repository};
use crate::slips::{CASES, Case, LANGS, UNKEPT};

/// Keys of the sentences that no site can reach, each with the reason.
const UNREACHED: &[&str] = &[
    // Every slip about a shape has words of its own; these are there for one to come.
    "invalid-shape.help",
    "invalid-shape.message",
    // They need a site that was published before: `register.rs` has their cases.
    "lost-address.help",
    "lost-address.help-moved",
    "lost-address.message",
    "lost-address.message-moved",
    // No sheet is known that makes the compiler fail.
    "style-error.message-compiler",
    // Its case would take four gigabytes; `source::scan` has one that takes nine bytes.
    "unreadable-file.message-too-much",
];

#[test]
fn the_words_are_those_written_down() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        for lang in LANGS {
            let path = case.folder.join(format!("expected.{}.txt", lang.code()));
            let frames = case.frames(lang);
            if std::env::var_os("BROCHURE_UPDATE").is_some() {
                std::fs::create_dir_all(&case.folder).expect("made");
                std::fs::write(&path, &frames).expect("written");
            } else if std::fs::read_to_string(&path).unwrap_or_default() != frames {
                wrong.push(format!("{} in {}:\n{frames}", case.name, lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "with BROCHURE_UPDATE=1, this becomes what is expected\n{}", wrong.join("\n"));
}

#[test]
fn one_slip_is_told_by_one_code() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        let codes: BTreeSet<&str> = case.run.found.iter().map(|found| found.diagnostic.code.as_str()).collect();
        if codes != BTreeSet::from([case.code()]) {
            wrong.push(format!("{}: {codes:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(unix)]
#[test]
fn every_code_and_every_sentence_has_a_case() {
    let told: BTreeSet<&str> = CASES.iter().map(Case::code).collect();
    let codes: BTreeSet<&str> = Code::all().filter(|code| !code.is_rule()).map(|code| code.as_str()).collect();
    // What is lost was there before: no folder of files shows it alone.
    let alone: BTreeSet<&str> = codes.iter().copied().filter(|code| *code != Code::LostAddress.as_str()).collect();
    assert_eq!(told, alone);
    let all = CASES.iter().chain(UNKEPT.iter());
    let used: BTreeSet<String> = all.flat_map(|case| &case.run.found).flat_map(sentences_of).collect();
    let text = std::fs::read_to_string(repository().join("src/texts/fr/diagnostics.toml")).expect("texts");
    let tables: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text).expect("tables");
    let keys = tables.iter().flat_map(|(code, keys)| keys.keys().map(move |key| format!("{code}.{key}")));
    // Titles head the list of codes in the documentation.
    let unused: Vec<String> = keys.filter(|key| !key.ends_with(".title") && !used.contains(key)).collect();
    assert_eq!(unused, UNREACHED);
}

/// The sentences that a diagnostic uses, as `code.key`.
pub(crate) fn sentences_of(found: &Found) -> Vec<String> {
    let Found { diagnostic, primary, secondary } = found;
    let labels = std::iter::once(primary).chain(secondary).filter_map(|at| at.text);
    [diagnostic.message, diagnostic.help]
        .into_iter()
        .chain(labels)
        .map(|key| format!("{}.{key}", diagnostic.code))
        .collect()
}

#[test]
fn sentences_are_whole() {
    for case in CASES.iter() {
        for lang in LANGS {
            for found in &case.run.found {
                let (texts, diagnostic) = (Texts::of(lang), &found.diagnostic);
                for key in [diagnostic.message, diagnostic.help] {
                    let sentence = texts.find(diagnostic.code.as_str(), key);
                    let sentence = sentence.unwrap_or_else(|| panic!("{}: {}.{key}", case.name, diagnostic.code));
                    // Every part that the sentence leaves open is filled in by the program.
                    for part in sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
                        let is_known = diagnostic.args.iter().any(|(name, _)| *name == part.0);
                        assert!(is_known, "{}: {}.{key} has no {}", case.name, diagnostic.code, part.0);
                    }
                }
            }
        }
    }
}

#[test]
fn check_gives_the_same_in_json_and_fails_on_errors() {
    CASES.par_iter().for_each(|case| {
        let (outcome, stdout, _) = case.command(&["check", "--format", "json", "--lang", "fr"]);
        assert_eq!(outcome, outcome_of(case.run.has_errors()), "{}", case.name);
        let report: serde_json::Value =
            serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{}: {error}\n{stdout}", case.name));
        let all = report["diagnostics"].as_array().expect("a list");
        assert_eq!(all.len(), case.run.found.len(), "{}", case.name);
        let frames: String = case.frames(Lang::French).split_whitespace().collect();
        for (said, found) in all.iter().zip(&case.run.found) {
            let (at, what) = (&found.primary, &found.diagnostic);
            assert_eq!(said["code"], what.code.as_str(), "{}", case.name);
            assert_eq!(said["severity"], what.severity.as_str(), "{}", case.name);
            assert_eq!(said["file"], at.file.as_str(), "{}", case.name);
            assert_eq!((&said["line"], &said["column"]), (&at.line.into(), &at.column.into()), "{}", case.name);
            for words in [&said["message"], &said["help"]] {
                let words: String = words.as_str().expect("text").split_whitespace().collect();
                assert!(frames.contains(&words), "{}: {words}\n{frames}", case.name);
            }
        }
        for (key, severity) in [("errors", Severity::Error), ("warnings", Severity::Warning)] {
            assert_eq!(report["summary"][key], case.run.count(severity), "{}", case.name);
        }
    });
}

#[test]
fn with_strict_warnings_fail_too_and_remarks_do_not() {
    CASES.par_iter().filter(|case| !case.run.has_errors()).for_each(|case| {
        let outcome = case.command(&["check", "--strict"]).0;
        assert_eq!(outcome, outcome_of(case.run.count(Severity::Warning) > 0), "{}", case.name);
    });
}

fn outcome_of(fails: bool) -> Outcome {
    if fails { Outcome::ContentErrors } else { Outcome::Done }
}

#[test]
fn a_build_with_an_error_writes_nothing() {
    CASES.par_iter().filter(|case| case.run.has_errors()).for_each(|case| {
        let before = case.stand.paths();
        let (outcome, _, stderr) = case.command(&["build", "--lang", "fr"]);
        assert_eq!(outcome, Outcome::ContentErrors, "{}", case.name);
        assert!(stderr.contains(case.frames(Lang::French).trim_end()), "{}:\n{stderr}", case.name);
        assert_eq!(case.stand.paths(), before, "{}", case.name);
    });
}

#[test]
fn slips_that_change_nothing_are_not_told() {
    let texts = [
        // Saved by an editor of another system.
        "\u{FEFF}---\r\ntitre: Écouter\r\nbrouillon: non\r\n---\r\n\r\nÉcouter.\r\n",
        "\n\n---\ntitre: Écouter\n---\nÉcouter.\n",
        "---   \ntitre: Écouter\n---   \nÉcouter.\n",
        "---\ntitre: Écouter\n...\nÉcouter.\n",
        // Spellings that can only mean one thing.
        "---\nTITRE: Écouter\nRésume: Deux jours.\nBrouillon: Faux\n---\nÉcouter.\n",
        "---\ntitle: Écouter\ndurée: 2 jours\nthèmes: Écoute\n---\nÉcouter.\n",
        "---\ntitre: Écouter\nsessions: [2027-03-25, 2027-03-26T09:30:00+01:00]\n---\nÉcouter.\n",
        "---\ntitre: L'écoute, c'est tout\nsous-titre: Jour 1:accueil\n---\nÉcouter.\n",
        // Old Macs end lines with a carriage return alone.
        "---\rtitre: Écouter\rbrouillon: non\r---\r\rÉcouter.\r\r- un\r- deux\r",
        // Accents in two parts, characters without width, and spaces at which no line breaks, in keys and values.
        "---\ntitre: Écouter\nthe\u{300}mes: E\u{301}coute\npu\u{200B}blics:\u{A0}Soi\u{200B}gnants\nre\u{301}sume\u{301}\u{A0}: Deux jours.\n---\nÉcouter.\n",
        "---\n\u{200B}titre:\u{202F}Écouter\nthèmes: [\u{A0}Écoute\u{A0}]\nbrouillon:\u{A0}non\n---\nÉcouter.\n",
        // What stands for a region: its name, a département, a postcode, alone or beside a town.
        "---\ntitre: Écouter\nrégions: [PACA, Rhône, \"35\", 2A, 69003, 69003 Lyon, Rennes (35)]\n---\nÉcouter.\n",
        // A line after the front matter that only looks like one.
        "---\ntitre: Écouter\n---\n\nÉcouter.\n\n---\n\nEntendre : voir.\n",
    ];
    // Every word for yes and for no.
    let words = "oui Oui OUI non vrai faux yes no true false O n Y".split(' ');
    let flags = words.map(|word| format!("---\ntitre: Écouter\narchivé: {word}\n---\nÉcouter.\n"));
    let texts = texts.into_iter().map(str::to_owned).chain(flags);
    for text in texts {
        let site = TestSite::of(&[
            ("brochure.yaml", "adresse-du-site: https://example.org\n"),
            ("content/themes/ecoute.md", "---\ntitre: Écoute\n---\n"),
            ("content/audiences/soignants.md", "---\ntitre: Soignants\n---\n"),
            ("content/modules/ecouter.md", &text),
        ]);
        let built = site.attempt(DAY);
        assert_eq!(built.diagnostics(), "", "{text:?}");
        built.expect_pages(&["modules/ecouter/index.html"]);
    }
}
