//! `brochure import`: sheets out of texts and tables, as people have them.
//!
//! The texts of `tests/fixtures/import/` are laid out as those that come out of PDF files and word processors: all lines
//! parted by blank ones, columns, drawings before headings, labels above their values. What must come of each stands
//! beside it, in a file for each sheet.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::driver::{files_below, repository};
use crate::program::{DiskSite, Ran, program, run};

fn fixtures() -> PathBuf {
    repository().join("tests/fixtures/import")
}

/// A site without a module.
fn site() -> DiskSite {
    DiskSite::of(&[("brochure.yaml", "titre: Exemple\nadresse-du-site: https://www.example.org\n")])
}

fn import(site: &DiskSite, files: &[&Path], words: &[&str]) -> Ran {
    let mut command = program();
    command.arg("import").arg("--root").arg(site.root()).args(files).args(words).env("LANG", "fr_FR.UTF-8");
    run(&mut command)
}

/// A file beside the site, to import.
fn beside(site: &DiskSite, name: &str, bytes: &[u8]) -> PathBuf {
    let path = site.beside(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

/// The sheets of a site, by the names of their files.
fn sheets(site: &DiskSite) -> Vec<(String, String)> {
    let folder = site.root().join("content/modules");
    let files = if folder.is_dir() { files_below(&folder) } else { Vec::new() };
    files.into_iter().map(|(name, path)| (name, std::fs::read_to_string(path).expect("text"))).collect()
}

/// Imports a fixture, and expects the sheets that stand in the folder of its name.
#[track_caller]
fn check_fixture(name: &str) {
    let site = site();
    let ran = import(&site, &[&fixtures().join(name)], &[]);
    let folder = fixtures().join(Path::new(name).file_stem().expect("a name"));
    if std::env::var_os("BROCHURE_UPDATE").is_some() {
        std::fs::create_dir_all(&folder).expect("made");
        for (name, sheet) in sheets(&site) {
            std::fs::write(folder.join(name), sheet).expect("written");
        }
    }
    let expected: Vec<(String, String)> = files_below(&folder)
        .into_iter()
        .map(|(name, path)| (name, std::fs::read_to_string(path).expect("text")))
        .collect();
    assert_eq!(sheets(&site), expected, "{}{}", ran.stdout, ran.stderr);
    assert!(!expected.is_empty());
    let built = site.build(&["--drafts"]).expect(0);
    assert!(!built.stderr.contains("error["), "{}", built.stderr);
}

#[test]
fn texts_with_a_blank_line_between_all_lines_are_read() {
    check_fixture("double-interligne.txt");
}

#[test]
fn texts_in_columns_are_read() {
    check_fixture("colonnes.txt");
}

#[test]
fn texts_with_drawings_are_read() {
    check_fixture("pictogrammes.txt");
}

#[test]
fn texts_with_labels_above_their_values_are_read() {
    check_fixture("fiche.txt");
}

#[test]
fn a_table_as_excel_writes_it_is_read_and_shown() {
    check_fixture("catalogue.csv");
    let site = site();
    let file = beside(&site, "a.csv", &std::fs::read(fixtures().join("catalogue.csv")).expect("read"));
    let ran = import(&site, &[&file], &["--dry-run"]).expect(1);
    let shown = ran.stdout.replace(&file.display().to_string(), "a.csv");
    assert_eq!(
        shown,
        "a.csv\nTexte lu comme du windows-1252.\n\
         \u{20} colonne A  Intitulé                → titre\n\
         \u{20} colonne B  Public visé             → publics\n\
         \u{20} colonne C  Coût                    → tarif\n\
         \u{20} colonne D  Nb de jours             → durée\n\
         \u{20} colonne E  Nb d’heures             → durée\n\
         \u{20} colonne F  Objectifs pédagogiques  gardé dans le corps\n\
         \u{20} colonne G  Ville                   → sessions > ville\n\
         \u{20} colonne H  Dates                   → sessions > dates\n\
         \u{20} colonne I  Remarques               gardé dans le corps\n\n\
         Pour corriger une ligne de ce tableau\u{A0}: --map \"Colonne=clé\", ou --map \"Colonne=corps\" pour la garder dans le \
         corps.\n\
         Laissé de côté (une ligne sans titre ne fait pas de fiche)\u{A0}:\n\
         \u{20} ligne 1  Catalogue 2027\n\
         Serait écrit\u{A0}: content/modules/cuisiner-a-plusieurs.md\n\
         Serait écrit\u{A0}: content/modules/tenir-un-potager.md\n\n\
         Avec --dry-run, rien n’est écrit\u{A0}: 2 fiches à écrire. Recommencez sans --dry-run.\n"
    );
    assert!(sheets(&site).is_empty());
}

#[test]
fn a_workbook_that_another_program_wrote_is_read() {
    check_fixture("classeur.xlsx");
    let site = site();
    let shown = import(&site, &[&fixtures().join("classeur.xlsx")], &["--dry-run"]).expect(1).stdout;
    assert!(shown.contains("classeur.xlsx, feuille «\u{A0}Modules\u{A0}»\n"), "{shown}");
    assert!(
        shown.contains("Feuille «\u{A0}Listes\u{A0}»\u{A0}: pas de colonne pour le titre, laissée de côté."),
        "{shown}"
    );
    assert!(!shown.contains("Secret"), "what is hidden is not imported: {shown}");
}

/// A workbook of these files.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut folder = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        folder.start_file(*name, SimpleFileOptions::default()).expect("begun");
        folder.write_all(bytes).expect("written");
    }
    folder.finish().expect("a folder").into_inner()
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook with one sheet of these rows, as XML; style 1 is a date.
fn workbook(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Modules\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let package = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    packed(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn text_cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

#[test]
fn a_workbook_is_read_with_its_dates_and_numbers() {
    let head: String = ["Intitulé", "Nb de jours", "Prix", "Date", "Ville", "Contenu"]
        .iter()
        .zip('A'..)
        .map(|(title, column)| text_cell(&format!("{column}1"), title))
        .collect();
    let row = format!(
        "<row r=\"1\">{head}</row><row r=\"3\">{}<c r=\"B3\"><v>1.5</v></c><c r=\"C3\"><v>450</v></c>\
         <c r=\"D3\" s=\"1\"><v>46471</v></c>{}{}</row>",
        text_cell("A3", "Faire du pain"),
        text_cell("E3", "Lille"),
        text_cell("F3", "Jour 1 : pétrir\n- la pâte\n- le levain")
    );
    let site = site();
    let file = beside(&site, "a.xlsx", &workbook(&row));
    import(&site, &[&file], &[]).expect(0);
    let expected = "---\ntitre: Faire du pain\nbrouillon: oui\ndurée: 1,5 jour\ntarif: 450\nsessions:\n  - ville: Lille\n    dates: \
                    [2027-03-25]\n---\n\n## Contenu\n\n### Jour 1 : pétrir\n\n- la pâte\n- le levain\n";
    assert_eq!(sheets(&site), [("faire-du-pain.md".to_owned(), expected.to_owned())]);
}

/// What is said on the error stream about a file that is not read.
fn refused(name: &str, bytes: &[u8], words: &[&str]) -> String {
    let site = site();
    let file = beside(&site, name, bytes);
    let ran = import(&site, &[&file], words).expect(1);
    assert!(sheets(&site).is_empty(), "{}", ran.stdout);
    let said = ran.stderr.replace(&file.display().to_string(), name);
    said.trim_end().replace(['\u{A0}', '\u{202F}'], " ")
}

#[test]
fn what_cannot_be_read_is_told_with_what_to_do() {
    let check = |name: &str, bytes: &[u8], expected: &str| assert_eq!(refused(name, bytes, &[]), expected);
    check("a.txt", b"", "erreur : « a.txt » est vide.");
    check("a.txt", b" \n \n", "erreur : « a.txt » est vide.");
    check("a.txt", b"--- ***\n", "erreur : « a.txt » ne contient aucun mot.");
    check(
        "a.csv",
        b"Module de base;Prix\nx;y\n",
        "erreur : « a.csv » n’a pas de colonne pour le titre des modules. Ses colonnes : Module de base, Prix. Dites laquelle : --map \"Module de base=titre\".",
    );
    let binary: Vec<u8> = (0..=255).cycle().take(2_000).collect();
    check(
        "a.txt",
        &binary,
        "erreur : « a.txt » n’est pas un texte. Importez un texte (.txt, .md), un tableau CSV ou un classeur .xlsx.",
    );
    check(
        "a.pdf",
        b"%PDF-1.7\n",
        "erreur : « a.pdf » est un PDF. Ouvrez-le, copiez tout son texte dans un fichier .txt, puis importez ce fichier.",
    );
    check(
        "a.docx",
        b"PK\x03\x04",
        "erreur : « a.docx » est un document de traitement de texte. Ouvrez-le, enregistrez-le comme « texte brut » (.txt, en UTF-8), puis importez ce fichier.",
    );
    let other = "est un classeur d’un autre format. Enregistrez-le comme classeur Excel (.xlsx) ou CSV, puis importez ce fichier.";
    check("a.xls", b"\xD0\xCF\x11\xE0\xA1", &format!("erreur : « a.xls » {other}"));
    check("a.ods", b"PK\x03\x04", &format!("erreur : « a.ods » {other}"));
    let broken = "ne peut pas être lu comme un classeur Excel. Ouvrez-le et enregistrez-le de nouveau en .xlsx ou CSV, puis recommencez.";
    check("a.xlsx", b"PK\x03\x04", &format!("erreur : « a.xlsx » {broken}"));
    check("a.xlsx", b"Titre;Prix", &format!("erreur : « a.xlsx » {broken}"));
    check("a.xlsx", &packed(&[("x", b"y")]), &format!("erreur : « a.xlsx » {broken}"));
    check(
        "a.md",
        b"---\ntitre: x\n---\n",
        "erreur : « a.md » commence par « --- » : c’est déjà une fiche. Copiez-la dans content/modules/.",
    );
    check(
        "a.txt",
        b"D\x82tresse, l'\x82t\x82 \x85 la cr\x8Ache",
        "erreur : « a.txt » est enregistré en DOS (CP850). Enregistrez-le en UTF-8, puis recommencez.",
    );
    check(
        "a.txt",
        b"D\xC3\xA9tresse, l'\xC3\xA9t\xC3",
        "erreur : « a.txt » est abîmé : l’octet n° 17 n’est pas de l’UTF-8. Enregistrez-le de nouveau en UTF-8, puis recommencez.",
    );
    check(
        "a.txt",
        &b"mot ".repeat(70_000),
        "erreur : « a.txt » est trop long pour une fiche. Donnez un fichier par module, ou un tableau (CSV, XLSX).",
    );
}

#[test]
fn a_workbook_that_swells_is_refused_before_it_is_read() {
    let nothing = vec![b' '; 65 * 1024 * 1024];
    let bytes = packed(&[("xl/sharedStrings.xml", nothing.as_slice())]);
    assert!(bytes.len() < 1024 * 1024, "{}", bytes.len());
    let swollen = "erreur : « a.xlsx » est trop grand une fois décompressé. Gardez seulement la feuille des modules, ou enregistrez-la en CSV.";
    assert_eq!(refused("a.xlsx", &bytes, &[]), swollen);
    // One cell at the far end of a sheet is no table of seventeen thousand million cells.
    let far = workbook(&format!("<row r=\"1048576\">{}</row>", text_cell("XFD1048576", "Titre")));
    let many = "erreur : « a.xlsx » a trop de lignes ou de colonnes pour une liste de modules. Gardez seulement le tableau des modules.";
    assert_eq!(refused("a.xlsx", &far, &[]), many);
}

#[test]
fn no_sheet_is_replaced_and_the_others_are_written() {
    let site = site();
    site.write("content/modules/dossier/faire-du-pain/index.md", "---\ntitre: Faire du pain\n---\n");
    let file = beside(&site, "a.csv", "Titre;Durée\nFaire du pain;1 jour\nSemer;1 jour\nSemer;2 jours\n".as_bytes());
    let ran = import(&site, &[&file], &[]).expect(1);
    let said = ran.stderr.replace(['\u{A0}', '\u{202F}'], " ");
    assert_eq!(
        said,
        "erreur : « content/modules/faire-du-pain.md » existe déjà : rien n’a été écrit pour « Faire du pain ». Renommez ou déplacez \
         cette fiche, ou changez le titre, puis recommencez.\n\
         erreur : deux modules de cet import donnent « content/modules/semer.md » : le second, « Semer » (ligne 4), n’est pas écrit. \
         Donnez-lui un autre titre, puis recommencez.\n"
    );
    assert!(ran.stdout.contains("1 fiche en brouillon."), "{}", ran.stdout);
    let names: Vec<String> = sheets(&site).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["dossier/faire-du-pain/index.md", "semer.md"]);
    import(&site, &[&file], &[]).expect(1);
    assert!(sheets(&site)[1].1.contains("durée: 1 jour"), "the first stays");
}

#[test]
fn somebody_may_say_what_a_column_is() {
    let site = site();
    let file = beside(&site, "a.csv", "Module de base;Qui ?\nSemer;Enfants\n".as_bytes());
    let map = ["--map", "Module de base=titre", "--map", "qui=publics"];
    import(&site, &[&file], &map).expect(0);
    assert_eq!(sheets(&site)[0].1, "---\ntitre: Semer\nbrouillon: oui\npublics: Enfants\n---\n");
    let wrong = |words: &[&str], code: i32, expected: &str| {
        let ran = import(&site, &[&file], words).expect(code);
        assert!(ran.stderr.replace(['\u{A0}', '\u{202F}'], " ").contains(expected), "{}", ran.stderr);
    };
    wrong(&["--map", "Qui ?=pubblics"], 2, "« pubblics » n’est pas une clé. Vouliez-vous dire « publics » ?");
    wrong(&["--map", "Qui ?=zzzzzz"], 2, "« zzzzzz » n’est pas une clé.");
    wrong(&["--map", "Qui ?"], 2, "« Qui ? » ne dit pas ce qu’est une colonne.");
    wrong(&["--map", "Personne=publics", "--map", "Module de base=titre"], 1, "ne s’appelle « Personne »");
}

#[test]
fn a_text_may_come_through_the_standard_input() {
    let site = site();
    let mut command = program();
    command.arg("import").arg("--root").arg(site.root()).args(["-", "--lang", "en"]);
    let ran = run(command.write_stdin("Bread\n\nDuration: 2 days\nCost: free\n\nA loose end.\n")).expect(0);
    assert!(ran.stdout.starts_with("standard input\n  line 3  Duration  → duration\n"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("Not understood, and kept in the body under “To be sorted”:\n  line 6  A loose end.\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        sheets(&site)[0].1,
        "---\ntitle: Bread\ndraft: yes\nduration: 2 days\nprice: free\n---\n\n## To be sorted\n\nA loose end.\n"
    );
}

#[test]
fn a_file_that_is_not_there_keeps_no_other_from_being_read() {
    let site = site();
    let file = beside(&site, "a.txt", b"Semer\n\nLa graine attend.\n");
    import(&site, &[&site.beside("none.txt"), &file], &[]).expect(2).says("none.txt");
    assert_eq!(sheets(&site).len(), 1);
    import(&site, &[], &[]).expect(2).says("brochure import fiche.txt");
    let nowhere = run(program().args(["import", "a.txt", "--root", "/nowhere/at/all"])).expect(2);
    assert!(nowhere.stderr.contains("/nowhere/at/all"), "{}", nowhere.stderr);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_beyond_a_link_that_leads_outside() {
    let site = site();
    std::fs::create_dir_all(site.beside("elsewhere")).expect("made");
    std::fs::create_dir_all(site.root().join("content")).expect("made");
    std::os::unix::fs::symlink(site.beside("elsewhere"), site.root().join("content/modules")).expect("a link");
    let file = beside(&site, "a.txt", b"Semer\n\nLa graine attend.\n");
    import(&site, &[&file], &[]).expect(2).says("mène hors du dossier du site");
    assert_eq!(files_below(&site.beside("elsewhere")).len(), 0);
}

#[test]
fn help_names_every_option() {
    for (locale, usage) in [("en_GB.UTF-8", "Usage"), ("fr_FR.UTF-8", "Utilisation")] {
        let help = run(program().args(["import", "--help"]).env("LANG", locale)).expect(0).stdout;
        assert!(help.contains(usage), "{help}");
        for option in ["--root", "--map", "--dry-run", "--lang", "--help"] {
            assert!(help.contains(option), "{option} is not in\n{help}");
        }
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
}
