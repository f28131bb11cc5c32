//! The report on the rules: a page of the sites that ask for it, and a file of its own.

use std::process::Command;

use brochure::serve::{Followed, Preview, Work};
use scraper::{Html, Selector};

use crate::driver::{TestSite, files_below, project, repository};
use crate::program::{DiskSite, run};

const ADDRESS: &str = "qualite/rapport/index.html";
const BARE: &str = "---\ntitre: Relayer\n---\n\nDu texte.\n";
const EXCEPTED: &str = "---\ntitre: Excuser\nexceptions: [{règle: Q1-01, motif: Selon <b>le groupe</b>}]\nmis-à-jour: 2026-09-01\n---\n\nDu texte.\n";
const GROUP: &str = "---\ntitre: Se réunir\nnature: groupe-de-travail\n---\n\nDu texte.\n";

/// The complete site of the rules with three modules more, and these settings.
fn files(settings: &str) -> Vec<(String, String)> {
    let base = files_below(&repository().join("tests/fixtures/rules/base"));
    let mut files: Vec<(String, String)> =
        base.into_iter().map(|(below, path)| (below, std::fs::read_to_string(path).expect("text"))).collect();
    files.iter_mut().filter(|(below, _)| below == "brochure.yaml").for_each(|(_, text)| text.push_str(settings));
    let more = [("relayer à deux", BARE), ("excuser", EXCEPTED), ("se-reunir", GROUP)];
    files.extend(more.map(|(name, text)| (format!("content/modules/{name}.md"), text.to_owned())));
    files
}

fn on_disk(settings: &str) -> DiskSite {
    let files = files(settings);
    DiskSite::of(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

fn texts_of(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).map(|one| one.text().collect::<String>().trim().to_owned()).collect()
}

fn hrefs_of(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).filter_map(|one| one.value().attr("href")).map(str::to_owned).collect()
}

fn read(site: &DiskSite, path: &str) -> String {
    std::fs::read_to_string(site.public(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_site_that_asks_for_it_has_a_report_that_nothing_leads_to() {
    let without = on_disk("");
    without.build(&["--quiet"]).expect(0);
    assert!(!without.public(ADDRESS).exists());
    let names = |site: &DiskSite| site.published().into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert!(!names(&without).iter().any(|path| path.contains("report")), "no style sheet for a page that is not there");
    let site = on_disk("rapport: oui\n");
    site.build(&["--quiet"]).expect(0);
    let page = read(&site, ADDRESS);
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    let leading: Vec<String> = site
        .published()
        .into_iter()
        .filter(|(path, bytes)| path != ADDRESS && String::from_utf8_lossy(bytes).contains("qualite/rapport"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(leading, Vec::<String>::new());
    let en = on_disk("rapport: oui\nlangue: en\n");
    en.build(&["--quiet"]).expect(0);
    assert!(en.public("quality/report/index.html").exists());
}

#[test]
fn it_shows_item_by_item_where_each_sheet_says_it() {
    let site = on_disk("rapport: oui\n");
    site.build(&["--quiet"]).expect(0);
    let page = Html::parse_document(&read(&site, ADDRESS));
    assert_eq!(texts_of(&page, "table.rapport thead th").len(), 12);
    let rows = texts_of(&page, "table.rapport tbody th[scope=row]");
    assert_eq!(rows, ["Écouter", "Excuser", "Relayer", "Se réunir"]);
    let cells = |nth: usize| texts_of(&page, &format!("table.rapport tbody tr:nth-child({nth}) td"));
    // Words, and not the sign alone.
    assert_eq!(cells(1)[0], "✓ rempli");
    assert_eq!(cells(3)[0], "✗ manque");
    assert!(cells(4)[..9].iter().all(|cell| cell == "– non demandé"), "{:?}", cells(4));
    assert_eq!(texts_of(&page, "caption").len(), 1);
    let lead = texts_of(&page, ".lead");
    assert!(lead[0].contains("24\u{a0}novembre 2026"), "{lead:?}");
    let all = page.root_element().text().collect::<String>();
    assert!(all.contains("RNQ"), "the edition of the rules");
    assert!(all.contains("Groupe de travail\u{a0}: ce module n’est pas une formation au sens de la loi."));
    // As grave as in a check, with the sentence to add, and its place.
    assert!(texts_of(&page, ".trouve .s-error b").contains(&"erreur Q1-01".to_owned()));
    assert!(all.contains("«\u{a0}prérequis: aucun\u{a0}»"));
    assert!(all.contains("content/modules/relayer à deux.md:1"));
    assert!(hrefs_of(&page, ".trouve a").is_empty(), "there is no address to edit");
    // An exception with its reason, as text.
    assert!(all.contains("Règle écartée\u{a0}: Q1-01 (Prérequis)\u{a0}: Selon <b>le groupe</b>"), "{all}");
    assert!(all.contains("Mise à jour\u{a0}: 1er\u{a0}septembre 2026"), "{all}");
}

#[test]
fn each_finding_leads_to_the_line_to_edit_where_the_site_says_where() {
    let site =
        on_disk("rapport: oui\nadresse-de-modification: https://forge.example.org/edit/{path}?x=1&y=2#L{line}\n");
    site.build(&["--quiet"]).expect(0);
    let page = Html::parse_document(&read(&site, ADDRESS));
    let hrefs = hrefs_of(&page, "#fiche-3 .trouve a");
    assert_eq!(
        hrefs.first().map(String::as_str),
        Some("https://forge.example.org/edit/content/modules/relayer%20%C3%A0%20deux.md?x=1&y=2#L1")
    );
}

#[test]
fn as_a_file_of_its_own_it_asks_for_nothing() {
    let site = on_disk("");
    let ran = run(&mut site.command("check", &["--format", "html"])).expect(1);
    assert!(ran.stderr.is_empty(), "{}", ran.stderr);
    let page = Html::parse_document(&ran.stdout);
    for selector in ["script", "link", "img", "iframe", "[src]"] {
        assert_eq!(texts_of(&page, selector), Vec::<String>::new(), "{selector}");
    }
    assert!(!ran.stdout.contains("url(") && !ran.stdout.contains("@import"));
    assert_eq!(texts_of(&page, "table.rapport tbody th").len(), 4);
    assert!(hrefs_of(&page, "a").iter().all(|href| href.starts_with('#')), "it leads to no page of a site");
    let unruled = run(&mut site.command("check", &["--format", "html", "--no-rules"])).expect(0).stdout;
    assert!(unruled.contains("n’ont pas été regardées") && !unruled.contains("<table"), "{unruled}");
    assert!(!site.root().join("public").exists());
}

#[test]
fn a_preview_shows_the_report_of_what_was_saved() {
    let files = files("rapport: oui\n");
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::of(&files);
    let (preview, mut work) = (Preview::default(), Work::new(None, Default::default()));
    let site = site.with_rules();
    let options = site.options(crate::driver::DAY);
    let mut shown = |site: &TestSite| {
        let followed = preview.follow(&mut work, site.files(), &project(), &options);
        assert!(matches!(followed, Followed::Shown { .. }), "{followed:?}");
        let output = preview.shown("qualite/rapport/").expect("a page");
        String::from_utf8_lossy(&output.bytes).into_owned()
    };
    let place = "content/modules/relayer à deux.md:1</p>";
    assert!(shown(&site).contains(place));
    site.write("content/modules/relayer à deux.md", BARE.replace("titre", "prérequis: aucun\ntitre"));
    let mended = shown(&site);
    let row = &mended[mended.find("href=\"#fiche-3\"").expect("the row")..];
    assert!(row[..row.find("</td>").expect("a cell")].contains("rempli"), "{row}");
    // Only the text is another: what only the text says is told anew as well.
    site.write("content/modules/relayer à deux.md", BARE);
    assert!(shown(&site).contains(place));
}

#[test]
fn the_history_of_the_folder_says_when_files_were_changed() {
    let site = on_disk("rapport: oui\n");
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(site.root()).args(["-c", "user.name=x", "-c", "user.email=x@example.org"]).args(words);
        command.env("GIT_COMMITTER_DATE", "2026-10-05T12:00:00Z").output().is_ok_and(|output| output.status.success())
    };
    site.build(&["--quiet"]).expect(0);
    let changed = "Fichier modifié\u{a0}: <time datetime=\"2026-10-05\">5\u{a0}octobre 2026</time>";
    assert!(!read(&site, ADDRESS).contains("Fichier modifié"), "no history, and nothing is said of it");
    if !git(&["init", "-q"]) {
        // Nothing can be asked on a machine without it.
        return;
    }
    assert!(git(&["add", "content"]) && git(&["commit", "-q", "-m", "x"]));
    site.build(&["--quiet"]).expect(0);
    assert_eq!(read(&site, ADDRESS).matches(changed).count(), 4);
    // Nobody asks for it, and nothing depends on it.
    let without = on_disk("");
    let elsewhere = without.beside("out");
    without.build(&["--quiet", "--output", &elsewhere.to_string_lossy()]).expect(0);
}
