//! Sheets and sites that keep the rules of indicators 1, 2, 3, 26 and 31 in ways that a hasty reader would take for slips,
//! and some that break them where a hasty reader would be content.

use crate::driver::{DAY, TestSite, repository};

const SHEET: &str = "content/modules/ecouter.md";
const SETTINGS: &str = "brochure.yaml";

/// The complete site of the rules' own cases.
fn complete() -> TestSite {
    let site = TestSite::of(&[]).with_rules();
    site.load(&repository().join("tests/fixtures/rules/base"), "");
    site
}

/// The codes that are told of a site, of the indicators that this file is about.
fn codes(site: &TestSite) -> Vec<String> {
    let built = site.attempt(DAY);
    let told = built.0.all().map(|found| found.diagnostic.code.as_str().to_owned());
    let mut told: Vec<String> = told.filter(|code| code.starts_with('Q') && !code.starts_with("QF")).collect();
    told.sort_unstable();
    told
}

/// Takes the whole entry of a key out of a file: its line, and the lines below it that are set in.
fn without(site: &TestSite, file: &str, key: &str) {
    let text = site.read(file);
    let mut kept = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        is_inside = line.starts_with(&format!("{key}:")) || is_inside && line.starts_with([' ', '-']) && line != "---";
        if !is_inside {
            kept.push(line);
        }
    }
    assert!(kept.len() < text.lines().count(), "{file} has no {key}");
    site.write(file, kept.join("\n") + "\n");
}

fn append(site: &TestSite, file: &str, text: &str) {
    site.write(file, site.read(file) + text);
}

/// The complete site with one entry of the sheet written another way.
#[track_caller]
fn check(key: &str, entry: &str, expected: &[&str]) {
    let site = complete();
    if site.read(SHEET).contains(&format!("\n{key}:")) {
        without(&site, SHEET, key);
    }
    site.edit(SHEET, "titre: Écouter\n", &format!("titre: Écouter\n{entry}\n"));
    assert_eq!(codes(&site), expected, "{entry}");
}

#[test]
fn lengths_are_read_as_people_write_them() {
    for (entry, expected) in [
        ("durée: environ 14 h sur 2 jours", &[][..]),
        ("durée: 3 h", &[]),
        ("durée: 2 jours de 7 h", &[]),
        ("durée: 1 jour + 2 h à distance", &[]),
        ("durée: {séances: {nombre: variable, heures-par-séance: 3}}", &[]),
        ("durée: {séances: {min: 4, max: 8, heures-par-séance: 3}}", &[]),
        ("durée: {jours: 2, heures: 14}", &[]),
        ("durée: sur la base de 7 heures par jour", &["Q1-04"]),
        ("durée: à définir", &["Q1-04"]),
        ("durée: 2 à 3 jours", &["Q1-05"]),
        ("durée: {texte: Deux jours, jours: 2}", &["Q1-05"]),
        ("durée: {jours: 3, heures-par-jour: 6.5, heures: 19.5}", &[]),
        ("durée: {jours: 3, heures-par-jour: 6.5, heures: 21}", &["Q1-06"]),
        ("durée: séances de 3 h\nrythme: une fois par mois pendant un an", &[]),
    ] {
        check("durée", entry, expected);
    }
}

#[test]
fn dates_tell_how_many_meetings_there_are() {
    check("durée", "durée: séances de 3 h\nsessions:\n  - {ville: Lille, dates: [2027-01-05, 2027-01-12]}", &[]);
}

#[test]
fn prices_are_read_as_people_write_them() {
    for (entry, expected) in [
        ("tarif: gratuit", &[][..]),
        ("tarif: selon le quotient familial", &[]),
        ("tarif: 1 200 € TTC par groupe et par jour", &[]),
        ("tarif: 450 € HT par équipe", &[]),
        ("tarif: 450 € par personne (exonéré de TVA)", &[]),
        ("tarif: {montant: 450, tva: ht, unité: personne}", &[]),
        ("tarif: gratuit pour tous les établissements", &[]),
        ("tarif: gratuit sur inscription", &[]),
        ("tarif:\n  - {gratuit: oui, publics: Soignants}", &[]),
        ("tarif:\n  - {gratuit: oui, régions: Hauts-de-France}", &[]),
        ("tarif:\n  - {gratuit: oui, régions: HDF}", &[]),
        ("tarif:\n  - {gratuit: oui, régions: Hauts-de-France, condition: pour les adhérents}", &["Q1-12"]),
        ("tarif:\n  - {gratuit: oui, régions: Bretagne}", &["Q1-12"]),
        ("tarif:\n  - {gratuit: oui, régions: Bretagne}\n  - 300 € net de TVA par personne", &[]),
        ("tarif:\n  - {gratuit: oui, régions: Bretagne}\n  - sur devis", &[]),
        ("tarif:\n  - sur devis\n  - 450 € HT", &["Q1-10"]),
        ("tarif: [450, 600]", &["Q1-10", "Q1-10"]),
        ("tarif: [sur devis, sur devis pour les groupes]", &["Q1-11"]),
    ] {
        check("tarif", entry, expected);
    }
}

#[test]
fn a_price_of_every_run_is_a_price() {
    check(
        "tarif",
        "sessions:\n  - {ville: Lille, dates: [2027-01-05, 2027-01-06], tarif: 450 € net de TVA par personne}",
        &[],
    );
}

#[test]
fn prerequisites_are_said_by_the_word_none_or_a_section() {
    for (entry, expected) in
        [("prérequis: sans", &[][..]), ("prérequis: Avoir un an de pratique", &[]), ("prérequis: []", &["Q1-01"])]
    {
        check("prérequis", entry, expected);
    }
    let site = complete();
    without(&site, SHEET, "prérequis");
    append(&site, SHEET, "\n## Publics visés et prérequis\n\nAucun.\n");
    assert_eq!(codes(&site), [""; 0]);
    // A heading with nothing below it says nothing, nor does one with nothing but such headings.
    site.edit(SHEET, "\n\nAucun.\n", "\n\n### À savoir\n");
    assert_eq!(codes(&site), ["Q1-01"]);
}

#[test]
fn what_stands_under_a_heading_of_the_text_counts() {
    let site = complete();
    for key in ["durée", "tarif", "publics", "évaluation"] {
        without(&site, SHEET, key);
    }
    for key in ["accès", "accessibilité"] {
        without(&site, SETTINGS, key);
    }
    let text = "\n## Public\n\nLes soignants.\n\n## Durée\n\nDeux jours, soit 14 h.\n\n## Tarifs\n\n450 € par personne.\n\n\
                ## Modalités et délais d'accès\n\nÉcrivez-nous, trois semaines avant.\n\n## Évaluation des acquis\n\nUn \
                questionnaire.\n\n## Accessibilité aux personnes en situation de handicap\n\nNous aménageons.\n";
    append(&site, SHEET, text);
    assert_eq!(codes(&site), [""; 0]);
    site.edit(SHEET, ", trois semaines avant", "").edit(SHEET, "Deux jours, soit 14 h", "Selon vos besoins");
    assert_eq!(codes(&site), ["Q1-04", "Q1-08"]);
}

#[test]
fn methods_have_many_names() {
    for (heading, expected) in [
        ("Contenu, moyens et méthode", &[][..]),
        ("Modalités pédagogiques", &[]),
        ("Moyens pédagogiques", &[]),
        ("Moyens techniques", &["Q1-14"]),
        ("Une autre rubrique", &["Q1-14"]),
    ] {
        let site = complete();
        site.edit(SHEET, "## Méthodes", &format!("## {heading}"));
        assert_eq!(codes(&site), expected, "{heading}");
    }
}

#[test]
fn contacts_are_those_that_the_page_shows() {
    for (entry, expected) in [
        ("contacts: \"03 53 01 20 10\"", &[][..]),
        ("contacts:\n  - {rôle: financeur, courriel: fonds@exemple.org}", &[]),
        // A sheet with contacts of its own shows those alone.
        ("contacts:\n  - {nom: Secrétariat}", &["Q1-13"]),
        ("contacts:\n  - {rôle: handicap, courriel: handicap@exemple.org}", &["Q1-13"]),
    ] {
        check("contacts", entry, expected);
    }
    let site = complete();
    site.edit(SHEET, "titre: Écouter\n", "titre: Écouter\ncontacts:\n  - {nom: Secrétariat}\n");
    append(&site, SHEET, "\n## Contact\n\nÉcrivez à ecouter@exemple.org.\n");
    assert_eq!(codes(&site), [""; 0]);
}

#[test]
fn remote_trainings_say_what_is_needed() {
    for (entry, expected) in [
        ("modalité: distanciel\nlieu: En visioconférence", &[][..]),
        ("modalité: mixte\nméthodes: Classe virtuelle et exercices", &[]),
        ("modalité: distanciel\naccès: {modalités: Un lien vous est envoyé}", &[]),
        ("modalité: mixte", &["Q1-23"]),
        ("modalité: presentiel", &[]),
    ] {
        check("modalité", entry, expected);
    }
}

#[test]
fn dates_are_counted_in_months() {
    for (entry, expected) in [
        ("mis-à-jour: 2025-11-24", &[][..]),
        ("mis-à-jour: 2025-11-23", &["Q1-19"]),
        ("mis-à-jour: 2026-11-24", &[]),
        ("mis-à-jour: 2026-11-25", &["Q1-20"]),
    ] {
        check("mis-à-jour", entry, expected);
    }
}

#[test]
fn what_is_no_training_of_ones_own_is_not_asked() {
    for entry in
        ["nature: conference", "nature: groupe-de-travail", "sous-traitance-de: Un autre organisme", "archivé: oui"]
    {
        let site = complete();
        let text = format!(
            "---\ntitre: Rien de plus\n{entry}\n---\n\nUne rencontre certifiante.\n\n## Objectifs\n\n- Comprendre\n"
        );
        site.write("content/modules/rien.md", text);
        assert_eq!(codes(&site), [""; 0], "{entry}");
    }
}

#[test]
fn a_site_without_trainings_is_asked_nothing() {
    let site = TestSite::of(&[
        (SETTINGS, "titre: Rencontres\nadresse-du-site: https://example.org\n"),
        ("content/modules/entendre.md", "---\ntitre: Entendre\nnature: conference\n---\n\nUne soirée.\n"),
    ])
    .with_rules();
    assert_eq!(codes(&site), [""; 0]);
}

#[test]
fn a_certification_that_is_named_may_be_spoken_of() {
    let site = complete();
    append(&site, SHEET, "\n## Attestation\n\nUne formation certifiante.\n");
    assert_eq!(codes(&site), ["Q1-25"]);
    site.edit(SHEET, "titre: Écouter\n", "titre: Écouter\ncertification: Écouter et orienter\n");
    let told = codes(&site);
    assert!(!told.contains(&"Q1-25".to_owned()), "{told:?}");
    assert_eq!(told.iter().filter(|code| *code == "Q1-24").count(), 3, "{told:?}");
    assert_eq!(told.iter().filter(|code| *code == "Q3-01").count(), 5, "{told:?}");
}

#[test]
fn results_may_stand_in_many_places() {
    // None at all: told once, however many sheets there are.
    let site = complete();
    without(&site, SETTINGS, "qualité");
    site.write("content/modules/repondre.md", site.read(SHEET).replace("titre: Écouter", "titre: Répondre"));
    assert_eq!(codes(&site), ["Q2-01"]);
    site.write("content/pages/qualite.md", "---\ntitre: Qualité\n---\n\n## Résultats\n\n94 % en 2025.\n");
    assert_eq!(codes(&site), [""; 0]);
    // Those of the sheets themselves.
    let site = complete();
    without(&site, SETTINGS, "qualité");
    site.edit(SHEET, "titre: Écouter\n", "titre: Écouter\nrésultats: 8,9/10 au premier semestre 2026\n");
    assert_eq!(codes(&site), [""; 0]);
    site.edit(SHEET, "8,9/10 au premier semestre 2026", "89/10 au premier semestre 2023");
    assert_eq!(codes(&site), ["Q2-03", "Q2-04"]);
}

#[test]
fn an_exception_with_a_reason_waives_a_rule() {
    let site = complete();
    without(&site, SHEET, "tarif");
    let exception = "titre: Écouter\nexceptions:\n  - {règle: Q1-09, motif: Prix fixé par le financeur}\n";
    site.edit(SHEET, "titre: Écouter\n", exception);
    assert_eq!(codes(&site), [""; 0]);
    let built = site.attempt(DAY);
    let sheets: Vec<_> = built.0.assessment.as_ref().expect("looked at").sheets().cloned().collect();
    assert_eq!(sheets[0].waived[0].reason, "Prix fixé par le financeur");
}

#[test]
fn the_language_of_the_keys_does_not_matter() {
    let site = complete();
    let text = "---\ntitle: Écouter\nthemes: Écoute\naudiences: Soignants\nregions: Hauts-de-France\n\
                duration: 2 days (14 h)\nprice: 450 € excl. VAT per person\nprerequisites: none\n\
                methods: Role play\nassessment: A questionnaire\nupdated: 2026-09-01\nobjectives:\n  - Explain the law\n\
                programme:\n  - {label: Day 1, text: Exercises}\n---\n\nTwo days.\n";
    site.write(SHEET, text);
    assert_eq!(codes(&site), [""; 0]);
}
