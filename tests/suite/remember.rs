//! Nothing changed, nothing done: a build of the same inputs says the same things and makes nothing, as long as all
//! that it made stands; and only then.

use std::time::{Duration, SystemTime};

use crate::program::{DiskSite, Ran, published_in};

/// A site with a remark in each of its places: in front matter, in a text, about a file as a whole.
fn site() -> DiskSite {
    DiskSite::of(&[
        (
            "content/modules/ecouter.md",
            "---\ntitre: Écouter\ntarif: 450 € HT\nniveu: 3\nthèmes: [Accueil, accueil]\n---\nÉcouter.\n",
        ),
        ("content/modules/entendre.md", "---\ntitre: Entendre\n---\n<script>x()</script> Entendre.\n"),
        ("content/modules/plan.pdf", "pas un module"),
    ])
}

/// What the terminal said, but for the time that it took and for what was written.
fn said(ran: &Ran) -> (Vec<String>, String) {
    let is_lasting = |line: &&str| !line.contains(" en ") && !line.starts_with("Fichiers");
    (ran.stdout.lines().filter(is_lasting).map(str::to_owned).collect(), ran.stderr.clone())
}

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// Whether a build made anything: only then pages are drawn.
fn draws(site: &DiskSite) -> bool {
    let ran = site.build(&["--verbose", "--lang", "fr"]).expect(0);
    !ran.stdout.contains("pages redessinées\u{a0}: 0")
}

#[test]
fn the_same_inputs_say_the_same_and_make_nothing() {
    let site = site();
    let first = site.build(&["--lang", "fr"]).expect(0);
    assert!(first.stderr.contains("niveu"), "{}", first.stderr);
    let again = site.build(&["--lang", "fr"]).expect(0);
    assert_eq!(said(&first), said(&again));
    assert!(!draws(&site));
    // In another form, and in another language, as a build that makes everything would.
    let elsewhere = site.beside("elsewhere");
    let elsewhere = ["--output", &elsewhere.to_string_lossy()].map(str::to_owned);
    let fresh = |words: &[&str]| {
        let _ = std::fs::remove_dir_all(site.beside("elsewhere"));
        site.build(&[words, &elsewhere.each_ref().map(String::as_str)].concat()).expect(0)
    };
    for words in [&["--lang", "en"][..], &["--lang", "fr", "--format", "json"]] {
        let (warm, cold) = (site.build(words).expect(0), fresh(words));
        assert_eq!(warm.stderr, cold.stderr, "{words:?}");
        if words.contains(&"json") {
            assert_eq!(json(&warm)["diagnostics"], json(&cold)["diagnostics"]);
            let (warm, cold) = (&json(&warm)["summary"], &json(&cold)["summary"]);
            for same in ["modules", "pages", "errors", "warnings", "next_change"] {
                assert_eq!(warm[same], cold[same], "{same}");
            }
            assert_eq!((&warm["written"], &warm["unchanged"]), (&0.into(), &cold["written"]));
        }
    }
    site.build(&["--strict"]).expect(1).says("niveu");
}

#[test]
fn whatever_goes_into_a_site_makes_it_anew() {
    let site = site();
    site.build(&[]).expect(0);
    let changes: [&dyn Fn(); 5] = [
        &|| {
            site.write("content/modules/ecouter.md", "---\ntitre: Écouter\n---\nAutrement.\n");
        },
        &|| {
            // The last change takes a module away.
            site.write("brochure.yaml", "titre: Autre\nadresses-retirées: [/modules/entendre/]\n");
        },
        &|| {
            site.write("themes/brochure/i18n/fr.toml", "[text]\nhome = \"Début\"\n");
        },
        &|| {
            site.write("content/modules/ecouter/affiche.txt", "une affiche");
        },
        &|| std::fs::remove_file(site.root().join("content/modules/entendre.md")).expect("removed"),
    ];
    for (n, change) in changes.iter().enumerate() {
        change();
        assert!(draws(&site), "change {n}");
        assert!(!draws(&site), "nothing after change {n}");
    }
    for words in [&["--drafts"][..], &["--base-url", "https://example.org/"], &["--date", "2026-11-25"]] {
        let words = [words, &["--verbose", "--lang", "fr"]].concat();
        let ran = site.build(&words);
        assert!(!ran.stdout.contains("pages redessinées\u{a0}: 0"), "{words:?}: {}", ran.stdout);
    }
}

#[test]
fn what_was_changed_by_hand_in_the_output_is_put_right() {
    let site = site();
    let clean = site.beside("clean");
    site.build(&["--output", &clean.to_string_lossy()]).expect(0);
    let page = site.public("modules/ecouter/index.html");
    let text = std::fs::read_to_string(clean.join("modules/ecouter/index.html")).expect("read");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let date = |date: SystemTime| {
        let file = std::fs::File::options().write(true).open(&page).expect("opened");
        file.set_modified(date).expect("set");
    };
    let changes: [&dyn Fn(); 6] = [
        // As long as before, and with the date that it had.
        &|| {
            let before = std::fs::metadata(&page).and_then(|metadata| metadata.modified()).expect("a date");
            std::fs::write(&page, text.replace("Écouter", "Écoutez")).expect("written");
            date(before);
        },
        &|| std::fs::remove_file(&page).expect("removed"),
        &|| std::fs::remove_dir_all(site.public("modules")).expect("removed"),
        &|| {
            std::fs::remove_file(&page).expect("removed");
            std::fs::create_dir(&page).expect("made");
        },
        &|| std::fs::remove_file(site.public(".brochure-manifest.json")).expect("removed"),
        &|| std::fs::write(site.public(".brochure-manifest.json"), "{\"version\": 1, \"files\"").expect("written"),
    ];
    for (n, change) in changes.iter().enumerate() {
        site.build(&[]).expect(0);
        change();
        site.build(&[]).expect(0);
        assert_eq!(site.published(), published_in(&clean), "change {n}");
    }
    // A date alone is no change, and nothing is written for it.
    date(long_ago);
    assert!(!draws(&site));
    let stamps = site.public(".brochure-stamps.json");
    std::fs::write(&stamps, "{}").expect("written");
    assert!(!draws(&site), "without its stamps every file is read");
}
