//! Inputs that bite: whatever a file holds, and whatever it is called, a run ends, stays small and stays in its place.

use crate::driver::{DAY, TestSite};
use crate::program::{DiskSite, run};

fn module(matter: &str) -> String {
    format!("---\ntitre: Essai\n{matter}\n---\nTexte.\n")
}

#[test]
fn organisations_whose_long_names_begin_alike_each_have_a_page() {
    let long = "a".repeat(130);
    let site = TestSite::of(&[(
        "content/modules/m.md",
        &module(&format!("organisme: {long}x\npartenaires: [{long}y, {long}z]")),
    )]);
    let built = site.build(DAY);
    let n_pages = built.paths().iter().filter(|path| path.starts_with("organismes/a")).count();
    assert_eq!(n_pages, 3, "{:?}", built.paths());
}

#[test]
fn an_organisation_of_whose_name_nothing_can_stand_in_an_address_has_a_page() {
    let site = TestSite::of(&[("content/organisations/!!!.md", "---\nnom: « … »\n---\nTexte.\n")]);
    site.build(DAY).expect_pages(&["organismes/sans-nom/index.html"]);
}

#[test]
fn modules_that_all_need_each_other_are_told_in_few_words() {
    let site = TestSite::of(&[]);
    let all: String = (0..40).map(|number| format!("  - m{number}\n")).collect();
    for number in 0..40 {
        let text = format!("---\ntitre: Module {number}\nprérequis:\n{all}---\nTexte.\n");
        site.write(&format!("content/modules/m{number}.md"), text);
    }
    let built = site.attempt(DAY);
    let circles: Vec<_> =
        built.0.found.iter().filter(|found| found.diagnostic.code.as_str() == "prerequisite-cycle").collect();
    assert_eq!(circles.len(), 100);
    for circle in circles {
        let told: usize = circle.diagnostic.args.iter().map(|(_, value)| value.len()).sum();
        assert!(told < 500, "{told}");
    }
}

#[test]
fn a_site_whose_only_file_cannot_be_read_is_told_why() {
    let site = DiskSite::of(&[]);
    site.write("content/modules/a.md", &"a".repeat(5 << 20));
    for command in ["build", "check"] {
        run(&mut site.command(command, &[])).expect(1).says("4 Mo");
    }
}

#[test]
fn no_address_is_a_device_of_windows() {
    let site = TestSite::of(&[
        ("content/modules/con.md", &module("thèmes: Aux\norganisme: NUL\npublics: com1")),
        (
            "content/modules/b.md",
            &module("adresse: lpt1\nanciennes-adresses: [/con/, x/aux, nul.html, prn, /a./, '/b /', /.git/x]"),
        ),
        ("content/pages/prn.md", "---\ntitre: Page\n---\nVoir [la fiche](../modules/con.md).\n"),
        ("brochure.yaml", "adresses: {actualités: con}\n"),
    ]);
    let built = site.attempt(DAY);
    for path in built.paths() {
        assert!(path.split('/').all(brochure::portable::is_portable), "{path}");
    }
    built.expect_pages(&["modules/con-1/index.html", "modules/lpt1-1/index.html", "prn-1/index.html"]);
    built.contains("prn-1/index.html", "<a href=\"../modules/con-1/\">");
    let found = built.diagnostics();
    assert_eq!((found.matches("unknown-value").count(), found.matches("invalid-setting").count()), (7, 1), "{found}");
}

#[test]
fn no_address_is_longer_than_disks_take() {
    let (long, deep) = ("a".repeat(300), "dossier/".repeat(130));
    let site = TestSite::of(&[
        ("content/modules/m.md", &module(&format!("anciennes-adresses: [\"/{deep}\", \"{long}\"]"))),
        ("content/modules/n.md", &module(&format!("adresse: {long}\nthèmes: {long}\norganisme: {long}"))),
        (&format!("content/pages/{long}.md"), "---\ntitre: Page\n---\nTexte.\n"),
        // What is one letter on the disk may be two in the form in which accents are composed.
        (&format!("assets/{}.png", "\u{2ADC}".repeat(80)), "x"),
        (&format!("assets/{deep}x.png"), "x"),
        ("brochure.yaml", &format!("adresses: {{actualités: {long}}}\n")),
    ]);
    let built = site.attempt(DAY);
    for path in built.paths() {
        assert!(path.len() <= 1_000 && path.split('/').all(|step| step.len() <= 255), "{path}");
    }
    let found = built.diagnostics();
    assert_eq!((found.matches("unknown-value").count(), found.matches("invalid-setting").count()), (2, 1), "{found}");
    assert_eq!(found.matches("misplaced-file").count(), 2, "{found}");
}
