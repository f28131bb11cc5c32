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
