//! A site of twice as much is twice as large, whatever there is more of: nobody can fill a disk with a few lines.

use crate::driver::{DAY, TestSite};

/// How many bytes a site of `n` things has.
fn size(n: usize, file: impl Fn(usize) -> (String, String)) -> usize {
    let site = TestSite::of(&[]);
    for number in 0..n {
        let (path, text) = file(number);
        site.write(&path, text);
    }
    site.attempt(DAY).0.site.outputs.values().map(|output| output.bytes.len()).sum()
}

/// `file` gives the path and the text of the thing of a number.
#[track_caller]
fn check(file: impl Fn(usize) -> (String, String)) {
    let (once, twice) = (size(100, &file), size(200, &file));
    assert!(once > 0 && twice * 10 < once * 23, "{once} bytes of 100, {twice} of 200");
}

fn module(number: usize, matter: &str) -> (String, String) {
    (format!("content/modules/m{number}.md"), format!("---\ntitre: Module {number}\n{matter}\n---\nTexte.\n"))
}

#[test]
fn with_themes_of_one_module_each() {
    check(|number| module(number, &format!("thèmes: Thème {number}")));
}

#[test]
fn with_audiences_and_regions_of_one_module_each() {
    check(|number| module(number, &format!("publics: Public {number}\nrégions: Région {number}")));
}

#[test]
fn with_organisations_of_one_module_each() {
    check(|number| module(number, &format!("organisme: Organisme {number}")));
}

#[test]
fn with_plain_pages() {
    check(|number| (format!("content/pages/p{number}.md"), format!("---\ntitre: Page {number}\n---\nTexte.\n")));
    check(|number| (format!("content/pages/p{number}.md"), format!("---\ntitre: Mentions {number}\n---\nTexte.\n")));
}

#[test]
fn with_news() {
    let path = |number: usize| format!("content/news/2026-01-{:02}-n{number}.md", number % 28 + 1);
    check(|number| (path(number), format!("---\ntitre: Nouvelle {number}\nthèmes: [A, B]\n---\nTexte.\n")));
}

#[test]
fn with_themes_and_towns_of_one_module() {
    let one = |n: usize| {
        let list = |word: &str| (0..n).map(|number| format!("  - {word} {number}\n")).collect::<String>();
        let session = |number: usize| format!("  - {{ville: Ville {number}, début: 2027-01-05}}\n");
        let sessions: String = (0..n).map(session).collect();
        let matter = format!("thèmes:\n{}publics:\n{}sessions:\n{sessions}", list("Thème"), list("Public"));
        size(1, |_| module(1, &matter))
    };
    let (once, twice) = (one(100), one(200));
    assert!(twice * 10 < once * 23, "{once} bytes of 100, {twice} of 200");
}
