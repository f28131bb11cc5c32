//! Inputs that once went wrong, each with what must come of it.

use scraper::Html;

use crate::driver::{DAY, TestSite};
use crate::outline::elements;

const SETTINGS: (&str, &str) = ("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\n");

#[test]
fn two_files_of_one_long_name_are_told_apart() {
    let name = "a".repeat(125);
    let (one, two) = (format!("content/modules/x/{name}.md"), format!("content/modules/y/{name}.md"));
    let run = TestSite::of(&[SETTINGS, (&one, "---\ntitre: Un\n---\n"), (&two, "---\ntitre: Deux\n---\n")]);
    run.attempt(DAY).expect_codes(&["duplicate-address"]);
}

#[test]
fn two_terms_of_one_long_name_are_two() {
    let name = "a".repeat(125);
    let module = format!("---\ntitre: Un\nthèmes: [\"{name}+\", \"{name}\"]\n---\n");
    let built = TestSite::of(&[SETTINGS, ("content/modules/un.md", &module)]).build(DAY);
    let themes =
        built.0.site.outputs.keys().filter(|path| path.starts_with("themes/a") && path.ends_with("index.html"));
    assert_eq!(themes.count(), 2);
}

#[test]
fn terms_of_one_slug_are_two() {
    let built =
        TestSite::of(&[SETTINGS, ("content/modules/un.md", "---\ntitre: Un\nthèmes: [C+, C]\n---\n")]).build(DAY);
    built.expect_pages(&["themes/c/index.html", "themes/c-2/index.html"]);
}

#[test]
fn what_has_no_name_for_an_address_keeps_its_page() {
    let built = TestSite::of(&[
        SETTINGS,
        ("content/modules/!!!.md", "---\ntitre: '?!'\nthèmes: ['!!!']\n---\n"),
        ("content/pages/???.md", "---\ntitre: Nous écrire\n---\n"),
        ("content/news/2026-11-02-!.md", "---\ntitre: La rentrée\n---\n"),
    ])
    .build(DAY);
    built
        .expect_codes(&["misplaced-file", "undeclared-term"])
        .expect_pages(&["modules/sans-nom/index.html", "nous-ecrire/index.html"]);
}

#[test]
fn each_session_has_an_anchor_of_its_own() {
    let module = "---\ntitre: Un\nsessions:\n  - {id: session-2, début: 2027-03-09}\n  - {début: 2027-04-09}\n---\n";
    let built = TestSite::of(&[SETTINGS, ("content/modules/un.md", module)]).build(DAY);
    let page = Html::parse_document(built.text("modules/un/index.html"));
    let mut ids: Vec<&str> = elements(&page, "[id^=session-]").into_iter().filter_map(|one| one.attr("id")).collect();
    let n_ids = ids.len();
    ids.dedup();
    assert_eq!((n_ids, ids.len()), (2, 2), "{ids:?}");
}

#[test]
fn a_former_address_below_a_file_or_over_a_folder_is_no_address() {
    for alias in ["404.html/x", "/flux.xml/z", "/modules", ".brochure-x", "/x<y>", &"a".repeat(300)] {
        let module = format!("---\ntitre: Un\nanciennes-adresses: ['{alias}']\n---\n");
        let run = TestSite::of(&[SETTINGS, ("content/modules/un.md", &module)]).attempt(DAY);
        let n_told = run.0.found.len();
        // `/modules` becomes `/modules/`, where nothing else stands.
        assert_eq!(n_told, usize::from(alias != "/modules"), "{alias}: {:?}", run.0.found);
    }
}

/// The clocks of Paris went by the sun until 1911.
#[test]
fn old_news_stands_in_every_form_of_the_feed() {
    let built = TestSite::of(&[SETTINGS, ("content/news/x.md", "---\ntitre: Loi\ndate: 1905-05-05\n---\n")]).build(DAY);
    built.contains("flux.atom", "1905-05-05T12:00:00+00:00");
    built.contains("flux.json", "1905-05-05T12:00:00+00:00");
    built.contains("flux.xml", "5 May 1905 12:00:00 +0000");
}

#[test]
fn a_session_that_was_cancelled_did_not_just_end() {
    let module = "---\ntitre: Un\nsessions:\n  - {début: 2025-03-09, état: annulée}\n---\n";
    let built = TestSite::of(&[SETTINGS, ("content/modules/un.md", module)]).build(DAY);
    built.contains("modules/un/index.html", "Session annulée");
    built.lacks("modules/un/index.html", "Session terminée");
}

#[test]
fn a_closed_vocabulary_is_not_opened_by_a_general_setting() {
    let settings =
        "titre: x\nadresse-du-site: https://example.org\nvocabulary: closed\nseverity: {undeclared-term: info}\n";
    let run = TestSite::of(&[
        ("brochure.yaml", settings),
        ("content/themes/soin.md", "---\ntitre: Soin\n---\n"),
        ("content/modules/un.md", "---\ntitre: Un\nthèmes: [Autre]\n---\n"),
    ]);
    assert!(run.attempt(DAY).0.has_errors());
}

/// Free text is the usual form of a prerequisite: comparing each with each title would take minutes here.
#[test]
fn many_prerequisites_in_words_take_linear_work() {
    let site = TestSite::of(&[SETTINGS]);
    for n in 0..1_500 {
        let module = format!(
            "---\ntitre: Accompagner la personne {n} dans son parcours\nprérequis:\n  - Avoir une expérience de {n} mois en établissement\n  - Exercer auprès de {n} personnes accompagnées\n---\n"
        );
        site.write(&format!("content/modules/m{n}.md"), &module);
    }
    site.build(DAY);
}

/// Of most characters of the world a Latin name is made; where none can be, that is told, and the file gives the address.
#[test]
fn an_address_of_which_nothing_is_left_is_told() {
    for (written, told, page) in [
        ("!!!", "unknown-value", "modules/un/index.html"),
        ("…", "unknown-value", "modules/un/index.html"),
        ("\u{200B}", "unknown-value", "modules/un/index.html"),
        ("🎉", "", "modules/tada/index.html"),
        ("日本", "", "modules/ri-ben/index.html"),
    ] {
        let module = format!("---\ntitre: Un\nadresse: \"{written}\"\n---\n");
        let built = TestSite::of(&[SETTINGS, ("content/modules/un.md", &module)]).build(DAY);
        let codes: Vec<&str> = [told].into_iter().filter(|code| !code.is_empty()).collect();
        built.expect_codes(&codes).expect_pages(&[page]);
    }
}

#[test]
fn a_training_in_both_ways_is_a_mixed_one() {
    let site = TestSite::of(&[
        ("brochure.yaml", "titre: E\nadresse-du-site: https://example.org\n"),
        ("content/modules/a.md", "---\ntitre: A\nmodalité: Présentiel et distanciel\n---\n"),
    ]);
    site.build(DAY).expect_codes(&[]).contains("modules/a/index.html", "Mixte");
}
