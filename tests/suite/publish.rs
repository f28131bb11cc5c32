//! What `brochure build` leaves on a real disk, whatever it found there and however it ended.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use brochure::file_system::Disk;
use brochure::output::lock_output;
use brochure::source::Project;

use crate::program::{DiskSite, published_in};

fn modified(path: &Path) -> SystemTime {
    let metadata = std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    metadata.modified().expect("a date")
}

/// Makes every published file look old, so that any write is seen.
fn age(site: &DiskSite) -> SystemTime {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for (path, _) in site.published() {
        let file = std::fs::File::options().write(true).open(site.public(&path)).expect("opened");
        file.set_modified(long_ago).expect("set");
    }
    long_ago
}

#[test]
fn a_file_that_stays_the_same_is_not_touched() {
    let site = DiskSite::from_fixture("three-files");
    site.build(&[]).expect(0);
    let long_ago = age(&site);
    site.build(&[]).expect(0);
    assert!(site.published().iter().all(|(path, _)| modified(&site.public(path)) == long_ago));
    site.write("content/modules/ecouter.md", "---\ntitre: Écouter\n---\nAutre chose.\n");
    site.build(&[]).expect(0);
    let touched: Vec<String> = site.published().into_iter().map(|(path, _)| path).collect();
    let touched: Vec<&String> = touched.iter().filter(|path| modified(&site.public(path)) > long_ago).collect();
    assert!(touched.iter().any(|path| *path == "modules/ecouter/index.html"), "{touched:?}");
    let may_say_so = |path: &&&String| path.ends_with(".html") || path.starts_with("recherche/");
    assert!(touched.iter().all(|path| may_say_so(&path)), "{touched:?}");
    assert_eq!(modified(&site.public("modules/accueillir/index.html")), long_ago);
}

#[test]
fn removed_and_renamed_modules_leave_no_trace() {
    let site = DiskSite::from_fixture("three-files");
    site.build(&[]).expect(0);
    assert!(site.public("publics/benevoles/index.html").exists());
    std::fs::remove_file(site.root().join("content/modules/accueillir.md")).expect("removed");
    let modules = site.root().join("content/modules");
    std::fs::rename(modules.join("relayer.md"), modules.join("orienter.md")).expect("renamed");
    site.write("brochure.yaml", "adresses-retirées: [/modules/accueillir/, /modules/relayer/]\n");
    site.build(&[]).expect(0);
    for folder in ["modules/accueillir", "modules/relayer", "publics"] {
        assert!(!site.public(folder).exists(), "{folder}");
    }
    assert!(site.public("modules/orienter/index.html").exists());
    let clean = site.beside("clean");
    site.build(&["--output", &clean.to_string_lossy()]).expect(0);
    assert_eq!(site.published(), published_in(&clean));
}

#[test]
fn a_file_that_is_not_ours_survives() {
    let site = DiskSite::from_fixture("three-files");
    site.build(&[]).expect(0);
    std::fs::write(site.public("CNAME"), "example.org").expect("written");
    std::fs::write(site.public("modules/accueillir/note.txt"), "à garder").expect("written");
    std::fs::remove_file(site.root().join("content/modules/accueillir.md")).expect("removed");
    site.write("brochure.yaml", "adresses-retirées: [/modules/accueillir/]\n");
    site.build(&[]).expect(0);
    assert!(site.public("CNAME").exists() && site.public("modules/accueillir/note.txt").exists());
    assert!(!site.public("modules/accueillir/index.html").exists());
}

#[test]
fn a_build_with_errors_changes_nothing() {
    let site = DiskSite::from_fixture("three-files");
    site.build(&[]).expect(0);
    let (before, long_ago) = (site.published(), age(&site));
    site.write("content/modules/relayer.md", "---\ndurée: 2 jours\n---\n");
    site.write("content/modules/ecouter.md", "---\ntitre: Autre\n---\n");
    site.build(&[]).expect(1);
    assert_eq!(site.published(), before);
    assert!(before.iter().all(|(path, _)| modified(&site.public(path)) == long_ago));
}

#[test]
fn a_first_build_with_errors_publishes_nothing() {
    let site = DiskSite::of(&[("content/modules/x.md", "---\ndurée: 2 jours\n---\n")]);
    site.build(&[]).expect(1);
    assert_eq!(if site.public("").exists() { site.published() } else { vec![] }, []);
}

#[test]
fn folders_that_hold_sources_are_refused() {
    let site = DiskSite::from_fixture("own-look");
    let everything = published_in(&site.beside(""));
    let (root, parent) = (site.root(), site.beside(""));
    let inside = ["content", "content/modules/x", "themes", "themes/maison/new", "assets"].map(|path| root.join(path));
    for output in inside.iter().chain([&root, &parent]) {
        site.build(&["--output", &output.to_string_lossy()]).expect(2);
        assert_eq!(published_in(&site.beside("")), everything, "{}", output.display());
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_site_is_refused() {
    let site = DiskSite::from_fixture("three-files");
    let elsewhere = site.beside("elsewhere");
    std::fs::create_dir(&elsewhere).expect("made");
    std::os::unix::fs::symlink(&elsewhere, site.root().join("public")).expect("linked");
    site.build(&[]).expect(2);
    assert_eq!(published_in(&elsewhere), []);
}

#[test]
fn a_folder_elsewhere_is_fine_and_the_sites_own_stays_unmade() {
    let site = DiskSite::from_fixture("three-files");
    let output = site.beside("elsewhere/deep");
    site.build(&["--output", &output.to_string_lossy()]).expect(0);
    assert!(output.join("modules/ecouter/index.html").exists());
    assert!(!site.root().join("public").exists());
}

#[test]
fn the_second_of_two_builds_at_once_is_told() {
    let site = DiskSite::from_fixture("three-files");
    site.build(&[]).expect(0);
    let before = site.published();
    site.write("content/modules/ecouter.md", "---\ntitre: Autre\n---\n");
    let lock = lock_output(&Disk, &Project::new(site.root())).expect("free");
    let second = site.build(&[]).expect(3);
    assert!(second.stderr.contains("error") && second.stdout.is_empty(), "{second:?}");
    assert_eq!(site.published(), before);
    drop(lock);
    site.build(&[]).expect(0);
    assert_ne!(site.published(), before);
}

/// Kills a build at moments spread over its whole length; the next build must repair what was left.
#[test]
fn a_killed_build_leaves_no_half_file_and_the_next_one_repairs() {
    let site = DiskSite::of(&[]);
    let write_all = |word: &str| {
        for n in 0..40 {
            let text = format!("---\ntitre: {word} {n}\nthème: T{}\n---\n{}\n", n % 5, format!("{word}. ").repeat(400));
            site.write(&format!("content/modules/m{n}.md"), &text);
        }
    };
    write_all("Avant");
    let clean = site.beside("clean");
    let (mut before, began) = (built_to(&site, &clean), Instant::now());
    site.build(&[]).expect(0);
    let length = began.elapsed();
    for n in 1..=8u32 {
        write_all(&format!("Version{n}"));
        let mut child = site.begin_build();
        // Most of a run is work; the last third is where files are written.
        std::thread::sleep(length * (12 + n) / 20);
        child.kill().expect("killed");
        child.wait().expect("ended");
        let after = built_to(&site, &clean);
        for (path, bytes) in site.published() {
            // A temporary file bears a name that no page has.
            let is_temporary = path.rsplit('/').next().is_some_and(|name| name.starts_with(".brochure-"));
            let stands = |version: &[(String, Vec<u8>)]| version.contains(&(path.clone(), bytes.clone()));
            assert!(is_temporary || stands(&before) || stands(&after), "{path} is half a file, killed at {n}");
        }
        site.build(&[]).expect(0);
        assert_eq!(site.published(), after, "killed at {n}");
        before = after;
    }
}

fn built_to(site: &DiskSite, output: &Path) -> Vec<(String, Vec<u8>)> {
    site.build(&["--output", &output.to_string_lossy()]).expect(0);
    published_in(output)
}
