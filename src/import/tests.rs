//! What must hold for any text and any table: no word is lost, the program reads what is written, and nothing panics.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::given::words;
use super::proof::told_of;
use super::*;
use crate::diagnostic::Severity;
use crate::lang::Lang;

fn options() -> Options {
    Options { lang: Lang::French, labels: Labels::default(), to_sort: "À classer".to_owned() }
}

fn counted<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        words(text).for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
    }
    counts
}

/// The words of a text that neither the sheet has nor the labels that were understood.
fn lost(text: &str, draft: &Draft) -> Vec<String> {
    let sheet = draft.sheet(&options());
    let labels = draft.mapped.iter().filter(|mapped| mapped.is_read()).map(|mapped| mapped.label.as_str());
    let told = counted(labels.chain([sheet.as_str()]));
    let wanted = counted([text]);
    wanted.into_iter().filter(|(word, n)| told.get(word).unwrap_or(&0) < n).map(|(word, _)| word).collect()
}

fn draft(text: &str) -> Option<Draft> {
    read_text(text, "", Markup::Plain, &options())
}

/// Lines as sheets have them, and others, with words that are told apart by a number.
fn a_line() -> impl Strategy<Value = String> {
    let label = prop::sample::select(vec![
        "Durée",
        "Public visé",
        "Prérequis",
        "Lieux & dates",
        "Tarif",
        "Intervenants",
        "Organisme de formation",
        "Évaluation",
        "Objectifs",
        "Programme",
        "Contexte",
        "Méthode pédagogique",
        "Informations pratiques",
        "Formation",
        "Public et prérequis",
        "Contact",
        "Interlocuteur du réseau",
        "Secteurs",
        "Intitulé",
        "Dates",
        "Horaires",
        "Financeurs",
        "Effectif",
        "Thèmes",
        "Modalité",
        "Délai d’accès",
        "Titre",
        "Cadre type",
        "Mise à jour",
        "Région",
    ]);
    let value = prop::sample::select(vec![
        "2 jours",
        "gratuit pour tous",
        "450 € HT",
        "-50 €",
        "aucun",
        "Les 25 & 26 sep. 2027",
        "Groupe 1",
        "LILLE",
        "Alix EXEMPLE",
        "alix@example.org",
        "03 53 01 10 12",
        "Jour 1 : voir",
        "Jour 2 – agir et revoir",
        "en présentiel",
        "de 8 à 12 personnes",
        "31/09/2027",
        "Social et médico-social",
        "une phrase, qui finit.",
        "Savoir écouter ;",
        "est une suite de la ligne",
        "mars 2027",
        "9h – 17h",
        "59000 Lille",
        "a: b # c",
        "[lien](x.md) <b>*gras*</b> _x_",
        "# pas un titre",
        "1998. Un début",
        "---",
        "'\"",
        "&amp; `code`",
        "1 rue de l’Exemple",
        "pair-",
        "aidance",
    ]);
    let sign = prop::sample::select(vec!["", "", "", "• ", "- ", "☞ ", "=> ", "🎯 ", "    ", "\t", "*"]);
    let end = prop::sample::select(vec!["", " :", ":", " : ", ".", " – ", "\t"]);
    prop_oneof![
        Just(String::new()),
        (sign.clone(), label.clone(), end.clone()).prop_map(|(sign, label, end)| format!("{sign}{label}{end}")),
        (sign.clone(), label, end, value.clone())
            .prop_map(|(sign, label, end, value)| format!("{sign}{label}{end}{value}")),
        (sign, value).prop_map(|(sign, value)| format!("{sign}{value}")),
        "[A-Z][a-zé]{2,9}( [a-zé,;’]{1,12}){0,14}[.:]?",
    ]
}

fn check_text(text: &str) -> Result<(), TestCaseError> {
    let Some(draft) = draft(text) else {
        prop_assert!(words(text).next().is_none(), "no sheet of {text:?}");
        return Ok(());
    };
    let sheet = draft.sheet(&options());
    prop_assert_eq!(told_of(&sheet), Vec::new(), "{}", sheet);
    let mut lost = lost(text, &draft);
    // A word that the layout cut is one.
    let is_cut = text.lines().any(|line| line.trim_end().ends_with(['-', '\u{AD}', '\u{2010}']));
    lost.retain(|word| !is_cut || !sheet.to_lowercase().contains(word.as_str()));
    prop_assert_eq!(lost, Vec::<String>::new(), "{}\n=====\n{}", text, sheet);
    Ok(())
}

proptest! {
    #[test]
    fn no_word_of_a_sheet_is_lost(lines in prop::collection::vec(a_line(), 1..24)) {
        check_text(&lines.join("\n"))?;
    }

    #[test]
    fn no_word_of_any_text_is_lost(text in "(\\PC|[\n\t:.;-])*") {
        check_text(&text)?;
    }

    #[test]
    fn markdown_is_read_without_an_error(lines in prop::collection::vec(a_line(), 1..16), any in "\\PC*") {
        let text = format!("# Un titre\n\n## Objectifs\n\n{}\n\n{any}\n", lines.join("\n"));
        let draft = read_text(&text, "x", Markup::Markdown, &options()).expect("words");
        let told = told_of(&draft.sheet(&options()));
        prop_assert!(told.iter().all(|one| one.code.severity() != Severity::Error), "{told:?}");
    }

    #[test]
    fn no_cell_is_lost(cells in prop::collection::vec(prop::collection::vec(a_line(), 8), 1..6)) {
        let head = ["Intitulé", "Public visé", "Nb de jours", "Coût", "Objectifs", "Ville", "Dates", "Remarques"];
        let mut rows = vec![Row { line: 1, cells: head.map(str::to_owned).to_vec() }];
        rows.extend((2..).zip(&cells).map(|(line, cells)| Row { line, cells: cells.clone() }));
        let table = read_table(&rows, &options()).expect("a title");
        let left = table.left.iter().map(|left| left.text.as_str());
        let sheets: Vec<String> = table.drafts.iter().map(|draft| draft.sheet(&options())).collect();
        for sheet in &sheets {
            prop_assert_eq!(told_of(sheet), Vec::new(), "{}", sheet);
        }
        let told = counted(sheets.iter().map(String::as_str).chain(left));
        // The same words may stand in several rows of one module.
        let wanted = counted(cells.iter().flatten().map(String::as_str));
        let lost: Vec<&String> = wanted.keys().filter(|word| !told.contains_key(*word)).collect();
        prop_assert_eq!(lost, Vec::<&String>::new(), "{:?}\n{}", cells, sheets.join("\n"));
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in "csv|xlsx|txt|md|tsv|pdf|docx|") {
        let words = CellWords { lang: Lang::French, yes: "oui".to_owned(), no: "non".to_owned() };
        for start in [&b""[..], b"PK\x03\x04", b"\xFF\xFE", b"Titre;x\n", b"\xEF\xBB\xBFTitre,x\n"] {
            let bytes = [start, &bytes].concat();
            match read_bytes(&bytes, &ending, &words).map(|content| content.kind) {
                Ok(ContentKind::Text(text, markup)) => drop(read_text(&text, "x", markup, &options())),
                Ok(ContentKind::Tables(tables)) => tables.iter().for_each(|(_, rows)| drop(read_table(rows, &options()))),
                Err(_) => {}
            }
        }
    }
}

#[test]
fn what_the_reader_refuses_stays_words() {
    let text = "Un titre\n\nTarif : -50 €\nDurée : 2 jours\nModalité : au choix\nMise à jour : bientôt\n";
    let draft = draft(text).expect("words");
    let sheet = draft.sheet(&options());
    assert_eq!(
        sheet,
        "---\ntitre: Un titre\nbrouillon: oui\ndurée: 2 jours\n---\n\n## À classer\n\nTarif : -50 €\n\nModalité : au choix\n\nMise à \
         jour : bientôt\n"
    );
    let left: Vec<(usize, &str)> = draft.left.iter().map(|left| (left.line, left.text.as_str())).collect();
    assert_eq!(left, [(3, "Tarif : -50 €"), (5, "Modalité : au choix"), (6, "Mise à jour : bientôt")]);
}

#[test]
fn what_stands_at_the_foot_of_a_page_belongs_to_nothing() {
    let text = "SEMER\n\nOBJECTIFS\nÀ l'issue, vous saurez :\n✓ Choisir\nPage 1/2\n✓ Attendre\n\nDATES\nLille : 12 et 13 mai 2027\nParis : 3 juin \
                2027, 9h-17h\n\nwww.example.org\n";
    let sheet = draft(text).expect("words").sheet(&options());
    assert_eq!(
        sheet,
        "---\ntitre: SEMER\nbrouillon: oui\n# Lille : 12 et 13 mai 2027\n# Paris : 3 juin 2027, 9h-17h\nsessions:\n  - ville: \
         Lille\n    dates: [2027-05-12, 2027-05-13]\n  - ville: Paris\n    dates: [2027-06-03]\n    horaires: 9h-17h\n---\n\n\
         ## OBJECTIFS\n\nÀ l'issue, vous saurez :\n\n- Choisir\n- Attendre\n\n## À classer\n\nPage 1/2\n\nwww.example.org\n"
    );
}

#[test]
fn keys_are_english_when_asked_for() {
    let options = Options { lang: Lang::English, ..options() };
    let draft =
        read_text("A title\n\nDuration: 2 days\nPrice: free\nDates: 3 mars 2027\n", "", Markup::Plain, &options);
    assert_eq!(
        draft.expect("words").sheet(&options),
        "---\ntitle: A title\ndraft: yes\nduration: 2 days\nprice: free\nsessions:\n  - dates: [2027-03-03]\n---\n"
            .replace("sessions:", "# 3 mars 2027\nsessions:")
    );
}

#[test]
fn rows_of_one_title_are_sessions_and_rows_that_differ_are_not() {
    let rows = |lines: &[&str]| -> Vec<Row> {
        let row = |(line, text): (usize, &&str)| Row { line, cells: text.split('|').map(str::to_owned).collect() };
        (1..).zip(lines).map(row).collect()
    };
    let read = |lines: &[&str]| -> Vec<String> {
        let table = read_table(&rows(lines), &options()).expect("a title");
        table.drafts.iter().map(|draft| draft.sheet(&options())).collect()
    };
    let head = "Titre|Durée|Ville|Date de début|Date de fin|Région";
    assert_eq!(
        read(&[
            head,
            "Écouter|2 jours|Lille|2027-03-25|2027-03-26|Hauts-de-France",
            "Écouter||Metz|08/04/2027|09/04/2027|Grand Est",
            "||Nancy|12/05/2027||"
        ]),
        [
            "---\ntitre: Écouter\nbrouillon: oui\ndurée: 2 jours\nsessions:\n  - ville: Lille\n    région: Hauts-de-France\n    début: \
          2027-03-25\n    fin: 2027-03-26\n  - ville: Metz\n    région: Grand Est\n    début: 2027-04-08\n    fin: 2027-04-09\n  - \
          ville: Nancy\n    dates: [2027-05-12]\n---\n"
        ]
    );
    assert_eq!(read(&[head, "Écouter|2 jours|Lille|2027-03-25||", "Écouter|3 jours|Metz|2027-04-08||"]).len(), 2);
    assert_eq!(
        read_table(&rows(&["Module de base|x", "a|b"]), &options()).expect_err("no title"),
        ["Module de base", "x"]
    );
}
