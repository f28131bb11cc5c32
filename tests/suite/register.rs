//! What is another since the last published site, and addresses that are lost.

use serde_json::{Value, json};

use crate::program::{DiskSite, Ran, run};

const ECOUTER: &str = "---\ntitre: Écouter\ntarif: 450 € HT\n---\n\nAvant.\n\n## Programme\n\nUn jour.\n";

/// A site without anything to say about it.
fn site() -> DiskSite {
    DiskSite::of(&[
        ("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\nrègles: aucune\n"),
        ("content/modules/ecouter.md", ECOUTER),
        ("content/modules/relayer.md", "---\ntitre: Relayer\n---\n\nDu texte.\n"),
        ("content/news/2026-10-01-rentree.md", "---\ntitre: Rentrée\n---\n\nDu texte.\n"),
        ("content/pages/nous.md", "---\ntitre: Nous\n---\n\nDu texte.\n"),
    ])
}

fn build(site: &DiskSite, words: &[&str]) -> Ran {
    site.build(&[&["--lang", "en"], words].concat())
}

fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", ran.stdout))
}

fn remove(site: &DiskSite, path: &str) {
    std::fs::remove_file(site.root().join(path)).expect("removed");
}

/// The lines below the heading of what is another.
fn told(ran: &Ran) -> Vec<String> {
    let lines = ran.stdout.lines().skip_while(|line| !line.starts_with("Since the last published site: "));
    lines.take_while(|line| !line.starts_with("From ")).map(str::to_owned).collect()
}

#[test]
fn what_was_changed_is_told_by_the_names_in_the_file() {
    let site = site();
    let first = build(&site, &[]).expect(0);
    assert!(told(&first).is_empty(), "there was none before: {}", first.stdout);
    assert!(told(&build(&site, &[]).expect(0)).is_empty());
    site.write("content/modules/ecouter.md", &ECOUTER.replace("450", "480").replace("Un jour", "Deux jours"));
    site.write("content/modules/soutenir.md", "---\ntitre: Soutenir\n---\n");
    let ran = build(&site, &[]).expect(0);
    assert_eq!(
        told(&ran),
        [
            "Since the last published site: 1 new page, 1 changed.",
            "  new: Soutenir (/modules/soutenir/)",
            "  changed: Écouter (/modules/ecouter/): tarif, “Programme”",
        ]
    );
    assert!(told(&build(&site, &[]).expect(0)).is_empty(), "told once");
    // What the site looks like is no matter of documents.
    site.write("brochure.yaml", "titre: Autre\nadresse-du-site: https://example.org\nrègles: aucune\n");
    assert!(told(&build(&site, &[]).expect(0)).is_empty());
}

#[test]
fn scripts_are_told_all_of_it() {
    let site = site();
    assert_eq!(report(&build(&site, &["--format", "json"]).expect(0))["changes"], Value::Null);
    let nothing = json!({"new": [], "changed": [], "removed": [], "lost": []});
    assert_eq!(report(&build(&site, &["--format", "json"]).expect(0))["changes"], nothing);
    site.write("content/modules/ecouter.md", &ECOUTER.replace("Avant.", "Après."));
    let checked = report(&run(&mut site.command("check", &["--format", "json"])).expect(0));
    let built = report(&build(&site, &["--format", "json"]).expect(0));
    let changed = json!([{
        "id": "modules/ecouter", "title": "Écouter", "address": "/modules/ecouter/",
        "moved_from": null, "fields": [], "parts": [""],
    }]);
    assert_eq!((&built["changes"]["changed"], &checked["changes"]["changed"]), (&changed, &changed));
    assert_eq!(report(&build(&site, &["--format", "json"]).expect(0))["changes"], nothing);
}

#[test]
fn a_lost_address_keeps_a_site_from_being_published_until_something_is_said_of_it() {
    for (file, address) in [
        ("content/modules/relayer.md", "/modules/relayer/"),
        ("content/news/2026-10-01-rentree.md", "/actualites/rentree/"),
        ("content/pages/nous.md", "/nous/"),
    ] {
        let site = site();
        build(&site, &[]).expect(0);
        remove(&site, file);
        let page = site.public(&format!("{}index.html", &address[1..]));
        for _ in 0..2 {
            let lost = build(&site, &[]).expect(1);
            assert_eq!(lost.stderr.matches("error[lost-address]").count(), 1, "{}", lost.stderr);
            assert!(lost.stderr.contains(&format!("aliases: [{address}]")), "{}", lost.stderr);
            assert!(page.exists(), "the last site stays");
        }
        run(&mut site.command("check", &[])).expect(1).says("lost-address");
        // It is given up, in whatever way it is written.
        let given_up = address.trim_matches('/');
        site.write(
            "brochure.yaml",
            &format!("titre: Exemple\nadresse-du-site: https://example.org\nrègles: aucune\nadresses-retirées: [{given_up}]\n"),
        );
        let ran = build(&site, &[]).expect(0);
        assert!(ran.stderr.is_empty(), "{}", ran.stderr);
        assert_eq!(told(&ran)[0], "Since the last published site: 1 removed.");
        assert!(!page.exists());
        assert!(told(&build(&site, &[]).expect(0)).is_empty());
    }
}

#[test]
fn a_page_that_moved_is_told_where_its_former_address_is_to_be_written() {
    let site = site();
    build(&site, &[]).expect(0);
    let moved = "---\ntitre: Relayer\nidentifiant: relayer\nadresse: passer-le-relais\n---\n\nDu texte.\n";
    site.write("content/modules/relayer.md", moved);
    let lost = build(&site, &[]).expect(1);
    assert!(lost.stderr.contains("--> content/modules/relayer.md:1:1"), "{}", lost.stderr);
    let french = site.build(&["--lang", "fr"]).expect(1).stderr;
    let line = "anciennes-adresses: [/modules/relayer/]";
    assert!(french.contains(line), "{french}");
    // Doing just that is enough.
    site.write("content/modules/relayer.md", &moved.replace("---\n\n", &format!("{line}\n---\n\n")));
    let ran = build(&site, &[]).expect(0);
    assert!(told(&ran)[1].contains("address (before: /modules/relayer/)"), "{:?}", told(&ran));
    assert!(site.public("modules/relayer/index.html").exists(), "it leads on");
}

#[test]
fn settings_make_a_lost_address_a_warning_that_is_told_once() {
    let site = site();
    let settings = "titre: Exemple\nadresse-du-site: https://example.org\nrègles: aucune\n";
    site.write("brochure.yaml", &format!("{settings}severity: {{lost-address: warning}}\n"));
    build(&site, &[]).expect(0);
    remove(&site, "content/modules/relayer.md");
    build(&site, &["--strict"]).expect(1);
    build(&site, &[]).expect(0).says("warning[lost-address]");
    assert!(build(&site, &[]).expect(0).stderr.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_not_lost() {
    let site = site();
    build(&site, &[]).expect(0);
    site.write("content/modules/relayer.md", "---\ntitre: [\n---\n");
    let ran = build(&site, &[]).expect(1).says("yaml-syntax");
    assert!(!ran.stderr.contains("lost-address"), "{}", ran.stderr);
}

#[test]
fn drafts_are_a_trial() {
    let site = site();
    site.write("content/modules/attendre.md", "---\ntitre: Attendre\nbrouillon: oui\n---\n");
    build(&site, &[]).expect(0);
    let trial = build(&site, &["--drafts"]).expect(0);
    assert!(told(&trial).is_empty() && site.public("modules/attendre/index.html").exists());
    let ran = build(&site, &[]).expect(0);
    assert!(told(&ran).is_empty() && ran.stderr.is_empty(), "{ran:?}");
}

#[test]
fn another_site_can_be_named() {
    let site = site();
    build(&site, &[]).expect(0);
    let kept = site.beside("kept.json");
    std::fs::copy(site.public(".brochure-manifest.json"), &kept).expect("copied");
    site.write("content/modules/soutenir.md", "---\ntitre: Soutenir\n---\n");
    build(&site, &[]).expect(0);
    let since = ["--since", &kept.to_string_lossy()].map(str::to_owned);
    let since = since.each_ref().map(String::as_str);
    for _ in 0..2 {
        let ran = build(&site, &since).expect(0);
        assert_eq!(told(&ran)[1..], ["  new: Soutenir (/modules/soutenir/)"]);
    }
    for wrong in ["nowhere.json", "site/brochure.yaml"] {
        let path = site.beside(wrong);
        build(&site, &["--since", &path.to_string_lossy()]).expect(2).says("does not say what was published");
    }
}

#[test]
fn the_site_is_the_same_whatever_was_published_before() {
    let site = site();
    site.write("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\nrapport: oui\n");
    build(&site, &[]).expect(0);
    site.write("content/modules/ecouter.md", &ECOUTER.replace("450", "480"));
    build(&site, &[]).expect(0);
    let warm = site.published();
    let elsewhere = site.beside("elsewhere");
    build(&site, &["--output", &elsewhere.to_string_lossy()]).expect(0);
    assert_eq!(warm, crate::program::published_in(&elsewhere));
    let manifest = |folder: &std::path::Path| std::fs::read(folder.join(".brochure-manifest.json")).expect("read");
    assert_eq!(manifest(&site.root().join("public")), manifest(&elsewhere));
    // A file of its own may say it.
    site.write("content/modules/ecouter.md", ECOUTER);
    let alone = run(&mut site.command("check", &["--format", "html", "--lang", "fr"])).stdout;
    assert!(alone.contains("changée\u{a0}: Écouter (/modules/ecouter/)\u{a0}: tarif"), "{alone}");
}

#[test]
fn a_long_list_is_cut_unless_all_of_it_is_asked_for() {
    let site = site();
    build(&site, &[]).expect(0);
    let kept = site.beside("kept.json");
    std::fs::copy(site.public(".brochure-manifest.json"), &kept).expect("copied");
    for n in 0..30 {
        site.write(&format!("content/modules/n{n}.md"), &format!("---\ntitre: Nouveau {n}\n---\n"));
    }
    let ran = build(&site, &[]).expect(0);
    assert_eq!(told(&ran).len(), 12, "{:?}", told(&ran));
    assert_eq!(told(&ran)[11], "  … and 20 others. To see all: --verbose.");
    let all = build(&site, &["--verbose", "--since", &kept.to_string_lossy()]).expect(0);
    assert_eq!(all.stdout.matches("  new: ").count(), 30);
}
