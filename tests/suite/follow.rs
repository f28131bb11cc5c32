//! `brochure serve --watch` on a real disk: what is saved is shown, however it is saved.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::driver::{DAY, TestSite, files_below};
use crate::served::{Served, small_site};

const MODULE: &str = "content/modules/un.md";
const ADDRESS: &str = "/modules/un/";

fn text(words: &str) -> String {
    format!("---\ntitle: Un\nthemes: Lien\n---\n{words}\n")
}

/// Expects every address to be what a clean build of the files makes.
fn expect_built(served: &Served) {
    let site = TestSite::of(&[]);
    let is_link = |full: &Path| fs::symlink_metadata(full).is_ok_and(|metadata| metadata.is_symlink());
    for (path, full) in files_below(served.root()).into_iter().filter(|(_, full)| !is_link(full)) {
        site.write(&path, fs::read(full).expect("read"));
    }
    for (path, output) in &site.build(DAY).0.site.outputs {
        let answer = served.get(&format!("/{}", brochure::route::encode(path)));
        assert!(answer.built() == *output.bytes, "{path} is {} and not what a build makes", answer.status);
    }
}

#[test]
fn however_it_is_saved_it_is_shown() {
    let served = Served::watching(&small_site());
    let at = |path: &str| served.at(path);
    // In place.
    served.write(MODULE, &text("mot-1"));
    served.await_words(ADDRESS, "mot-1");
    // Beside, then put in its place.
    served.write("content/modules/.un.md.tmp", &text("mot-2"));
    fs::rename(at("content/modules/.un.md.tmp"), at(MODULE)).expect("renamed");
    served.await_words(ADDRESS, "mot-2");
    // As Vim does: it tries whether it may write, keeps the old one, writes anew, and takes the old one away.
    served.write("content/modules/.un.md.swp", "b0VIM");
    served.write("content/modules/4913", "");
    fs::remove_file(at("content/modules/4913")).expect("removed");
    fs::rename(at(MODULE), at("content/modules/un.md~")).expect("renamed");
    served.write(MODULE, &text("mot-3"));
    fs::remove_file(at("content/modules/un.md~")).expect("removed");
    served.await_words(ADDRESS, "mot-3");
    // As Emacs does: a link to nowhere while it is edited, a copy of what is not saved.
    #[cfg(unix)]
    std::os::unix::fs::symlink("somebody@host.1", at("content/modules/.#un.md")).expect("linked");
    served.write("content/modules/#un.md#", &text("not saved"));
    served.write(MODULE, &text("mot-4"));
    served.await_words(ADDRESS, "mot-4");
    // Bit by bit.
    for n in 0..20 {
        served.write(MODULE, &text(&format!("mot-5 {}", "x".repeat(n))));
    }
    served.await_words(ADDRESS, &format!("mot-5 {}", "x".repeat(19)));
    // To the same length and with the time of before.
    let before = fs::metadata(at(MODULE)).and_then(|metadata| metadata.modified()).expect("a time");
    served.write(MODULE, &served.read(MODULE).replace("mot-5", "mot-6"));
    fs::File::options().write(true).open(at(MODULE)).and_then(|file| file.set_modified(before)).expect("set");
    served.await_words(ADDRESS, "mot-6");
    expect_built(&served);
    assert!(!served.said().contains("not saved"));
}

#[test]
fn an_address_comes_goes_and_moves_with_its_file() {
    let served = Served::watching(&small_site());
    let gone = |path: &str| served.await_answer(path, |answer| answer.status == 404);
    served.write("content/modules/trois.md", "---\ntitle: Trois\n---\nx\n");
    served.await_words("/modules/trois/", "Trois");
    fs::rename(served.at("content/modules/trois.md"), served.at("content/modules/quatre.md")).expect("renamed");
    served.await_words("/modules/quatre/", "Trois");
    assert_eq!(served.get("/modules/trois/").status, 404, "at the same moment");
    // Case only, as on disks that do not tell it apart.
    fs::rename(served.at("content/modules/quatre.md"), served.at("content/modules/Quatre.md")).expect("renamed");
    served.write("content/modules/Quatre.md", "---\ntitle: Encore\n---\nx\n");
    served.await_words("/modules/quatre/", "Encore");
    fs::remove_file(served.at("content/modules/Quatre.md")).expect("removed");
    gone("/modules/quatre/");
    // A folder with what is in it, at once; then another of the same name.
    served.write("content/modules/a/b/cinq.md", "---\ntitle: Cinq\n---\nx\n");
    served.await_words("/modules/cinq/", "Cinq");
    served.write("content/modules/a/b/cinq.md", "---\ntitle: Cinq bis\n---\nx\n");
    served.await_words("/modules/cinq/", "Cinq bis");
    fs::remove_dir_all(served.at("content/modules/a")).expect("removed");
    gone("/modules/cinq/");
    served.write("content/modules/a/b/cinq.md", "---\ntitle: Cinq ter\n---\nx\n");
    served.await_words("/modules/cinq/", "Cinq ter");
    served.write("content/modules/a/b/cinq.md", "---\ntitle: Cinq quater\n---\nx\n");
    served.await_words("/modules/cinq/", "Cinq quater");
    expect_built(&served);
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed_again() {
    let served = Served::watching(&small_site());
    let (content, aside) = (served.at("content"), served.at("aside"));
    fs::rename(&content, &aside).expect("moved");
    served.await_answer(ADDRESS, |answer| answer.status == 404);
    fs::rename(&aside, &content).expect("moved");
    served.await_words(ADDRESS, "Du texte");
    served.write(MODULE, &text("de retour"));
    served.await_words(ADDRESS, "de retour");
    // All of it: then there is no site, and the last one stays.
    let kept: Vec<(String, Vec<u8>)> =
        files_below(served.root()).into_iter().map(|(path, full)| (path, fs::read(full).expect("read"))).collect();
    for entry in ["content", "brochure.yaml", "themes"] {
        let path = served.at(entry);
        if path.is_dir() { fs::remove_dir_all(path).expect("removed") } else { fs::remove_file(path).expect("removed") }
    }
    served.await_said("There is nothing left to show");
    // A look may have come between two of these: the page may be gone, the site is not.
    assert_eq!(served.get("/").status, 200);
    for (path, bytes) in kept {
        served.write(&path, &String::from_utf8(bytes).expect("text"));
    }
    served.write(MODULE, &text("encore là"));
    served.await_words(ADDRESS, "encore là");
    expect_built(&served);
}

#[cfg(unix)]
#[test]
fn what_is_edited_through_a_link_is_followed() {
    let served = Served::watching(&small_site());
    served.write("atelier/six.md", "---\ntitle: Six\n---\nx\n");
    served.write("commun/sept.md", "---\ntitle: Sept\n---\nx\n");
    std::os::unix::fs::symlink(served.at("atelier/six.md"), served.at("content/modules/six.md")).expect("linked");
    std::os::unix::fs::symlink(served.at("commun"), served.at("content/modules/commun")).expect("linked");
    served.await_words("/modules/six/", "Six");
    served.await_words("/modules/sept/", "Sept");
    let began = Instant::now();
    served.write("atelier/six.md", "---\ntitle: Six bis\n---\nx\n");
    served.await_words("/modules/six/", "Six bis");
    served.write("commun/huit.md", "---\ntitle: Huit\n---\nx\n");
    served.await_words("/modules/huit/", "Huit");
    // The events of the true places tell it, not a look now and then.
    assert!(!served.said().contains("looks by itself"), "{}", served.said());
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_storm_of_changes_ends_in_the_right_state() {
    let served = Served::watching(&small_site());
    let n_runs = |said: &str| said.matches("up to date in").count();
    for n in 0..1_000 {
        served.write(&format!("content/modules/m{n}.md"), &format!("---\ntitle: Fiche-{n}\n---\nx\n"));
    }
    served.await_words("/modules/m999/", "Fiche-999");
    // Many more events, all for one file.
    let began = Instant::now();
    let mut n_written = 0;
    while n_written < 3_500 || began.elapsed() < Duration::from_millis(300) {
        served.write("content/modules/m5.md", &format!("---\ntitle: Vague-{n_written}\n---\nx\n"));
        n_written += 1;
    }
    let before = n_runs(&served.said());
    served.await_words("/modules/m5/", &format!("Vague-{}", n_written - 1));
    // The branch of before.
    for n in 0..1_000 {
        fs::remove_file(served.at(&format!("content/modules/m{n}.md"))).expect("removed");
    }
    served.await_answer("/modules/m999/", |answer| answer.status == 404);
    served.await_answer("/modules/m0/", |answer| answer.status == 404);
    assert!(n_runs(&served.said()) - before < 40, "one look for many events:\n{}", served.said());
    expect_built(&served);
}

#[test]
fn the_debris_of_editors_wakes_nobody() {
    let served = Served::watching(&small_site());
    served.write(MODULE, &text("prêt"));
    served.await_words(ADDRESS, "prêt");
    let before = served.said();
    for name in [".un.md.swp", "un.md~", "4913", ".#un.md", "#un.md#", ".DS_Store"] {
        served.write(&format!("content/modules/{name}"), "x");
    }
    served.get(ADDRESS);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(served.said(), before);
}
