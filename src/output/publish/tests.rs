//! What publishing leaves on the disk, whatever it found there and whenever it was stopped.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::stamps::STAMPS_NAME;
use super::*;
use crate::file_system::{Disk, Failing, Memory};
use crate::output::Refusal;
use crate::output::lock::LOCK_NAME;

fn site(files: &[(&str, &str)]) -> Site {
    let outputs = files.iter().map(|(path, text)| (Arc::from(*path), Output::new(text.as_bytes())));
    Site { outputs: outputs.collect() }
}

fn project() -> Project {
    Project::new("/site")
}

fn memory(files: &[(&str, &str)]) -> Memory {
    let memory = Memory::new();
    memory.put("/site/content/x.md", "");
    for (path, text) in files {
        memory.put(format!("/site/public/{path}"), text);
    }
    memory
}

/// The published files and folders, but for our own book-keeping.
fn published(memory: &Memory) -> Vec<String> {
    let files = memory
        .files()
        .into_iter()
        .map(|(path, bytes)| format!("{}={}", path.display(), String::from_utf8_lossy(&bytes)));
    let folders = memory.folders().into_iter().map(|path| format!("{}/", path.display()));
    let below = files.chain(folders).filter_map(|path| path.strip_prefix("/site/public/").map(str::to_owned));
    let notes = [MANIFEST_NAME, STAMPS_NAME, LOCK_NAME];
    let mut below: Vec<String> =
        below.filter(|path| !path.is_empty() && !notes.iter().any(|name| path.starts_with(name))).collect();
    below.sort();
    below
}

/// Every file but the stamps, which are of one machine and one moment.
fn lasting(memory: &Memory) -> BTreeMap<PathBuf, Arc<[u8]>> {
    let mut files = memory.files();
    files.remove(&Path::new("/site/public").join(STAMPS_NAME));
    files
}

/// Publishes `old`, then lets `change` change the folder, publishes `new`, and compares.
fn check(old: &[(&str, &str)], change: impl FnOnce(&Memory), new: &[(&str, &str)], expected: &[&str]) -> PublishReport {
    let memory = memory(&[]);
    publish(&memory, &project(), &site(old)).expect("published");
    change(&memory);
    let report = publish(&memory, &project(), &site(new)).expect("published");
    assert_eq!(published(&memory), expected);
    let again = publish(&memory, &project(), &site(new)).expect("published");
    let all = PublishReport { unchanged: new.len(), record: Record::Complete, ..Default::default() };
    assert_eq!(again, all, "a second time, nothing is left to do");
    report
}

fn counts(report: &PublishReport) -> (usize, usize, usize, usize) {
    (report.written, report.unchanged, report.removed, report.set_aside.len())
}

const MANIFEST: &str = "/site/public/.brochure-manifest.json";

#[test]
fn writes_what_differs_and_removes_what_is_stale_with_its_folders() {
    let report = check(
        &[("a/index.html", "a"), ("b/c/index.html", "c"), ("b/index.html", "b"), ("x/y/z", "z")],
        |memory| {
            memory.put("/site/public/x/foreign.txt", "f");
        },
        &[("a/index.html", "a"), ("b/index.html", "B"), ("n/index.html", "n")],
        &["a/", "a/index.html=a", "b/", "b/index.html=B", "n/", "n/index.html=n", "x/", "x/foreign.txt=f"],
    );
    assert_eq!(counts(&report), (2, 1, 2, 0));
}

#[test]
fn pages_become_folders_and_folders_pages() {
    let report = check(
        &[("a", "1"), ("b/c/d", "2"), ("e/f", "3")],
        |memory| {
            memory.put("/site/public/e/foreign", "f");
        },
        &[("a/x", "4"), ("b", "5"), ("e", "6")],
        &["a/", "a/x=4", "b=5", "e.avant-brochure/", "e.avant-brochure/foreign=f", "e=6"],
    );
    assert_eq!(counts(&report), (3, 0, 3, 1));
}

#[test]
fn mends_what_was_edited_or_removed_by_hand() {
    let report = check(
        &[("a", "same length"), ("b", "b"), ("c", "c")],
        |memory| {
            memory.put("/site/public/a", "SAME LENGTH");
            memory.remove_file(Path::new("/site/public/b")).expect("removed");
        },
        &[("a", "same length"), ("b", "b"), ("c", "c")],
        &["a=same length", "b=b", "c=c"],
    );
    assert_eq!(counts(&report), (2, 1, 0, 0));
}

#[test]
fn foreign_files_are_kept_under_another_name_when_they_stand_in_the_way() {
    let report = check(
        &[],
        |memory| {
            memory.put("/site/public/robots.txt", "mine").put("/site/public/robots.txt.avant-brochure", "older");
            memory
                .put("/site/public/same.txt", "same")
                .put("/site/public/modules", "a file")
                .put("/site/public/CNAME", "x");
        },
        &[("robots.txt", "ours"), ("same.txt", "same"), ("modules/a/index.html", "a")],
        &[
            "CNAME=x",
            "modules.avant-brochure=a file",
            "modules/",
            "modules/a/",
            "modules/a/index.html=a",
            "robots.txt.avant-brochure-2=mine",
            "robots.txt.avant-brochure=older",
            "robots.txt=ours",
            "same.txt=same",
        ],
    );
    let aside = |path: &str, kept_as: &str| SetAside { path: path.to_owned(), kept_as: kept_as.to_owned() };
    assert_eq!(
        report.set_aside,
        [aside("modules", "modules.avant-brochure"), aside("robots.txt", "robots.txt.avant-brochure-2")]
    );
    let long = "é".repeat(127);
    assert!(name_aside(&long, 12).len() <= LONGEST_NAME);
}

#[test]
fn a_lost_manifest_is_made_anew_and_our_pages_are_known_by_their_mark() {
    let page = "<!doctype html><meta name=\"generator\" content=\"Brochure 1\">";
    let report = check(
        &[("a.html", page), ("b.css", "b"), ("c.css", "c"), ("old.css", "o")],
        |memory| memory.remove_file(Path::new(MANIFEST)).expect("removed"),
        &[("a.html", "new"), ("b.css", "b"), ("c.css", "C")],
        &["a.html=new", "b.css=b", "c.css.avant-brochure=c", "c.css=C", "old.css=o"],
    );
    assert_eq!((report.record, counts(&report)), (Record::Missing, (2, 1, 0, 1)));
}

#[test]
fn a_damaged_manifest_still_tells_what_the_bytes_prove() {
    let report = check(
        &[("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")],
        |memory| {
            let bytes = memory.read(Path::new(MANIFEST), u64::MAX).expect("read");
            memory.put(MANIFEST, &bytes[..bytes.len() - 4]).put("/site/public/b", "by hand");
        },
        &[("c", "C")],
        &["b=by hand", "c=C"],
    );
    assert_eq!((report.record, counts(&report)), (Record::Damaged, (1, 0, 2, 0)));
}

#[test]
fn a_forged_manifest_reaches_no_file_outside() {
    let memory = memory(&[]);
    let entry = format!("{{\"version\":1,\"files\":{{\"../content/x.md\":\"{}\"}}}}", "0".repeat(64));
    memory.put(MANIFEST, entry);
    publish(&memory, &project(), &site(&[])).expect("published");
    assert!(memory.files().contains_key(Path::new("/site/content/x.md")));
}

#[test]
fn unsafe_paths_are_refused_before_anything_is_written() {
    for path in ["../x", "/x", "a/../x", "a\\b", "a\0", "", "a//b", "a/", ".brochure-lock", "a/.brochure-tmp-1"] {
        let memory = memory(&[]);
        let refused = publish(&memory, &project(), &site(&[("fine", ""), (path, "")]));
        assert!(matches!(refused, Err(PublishError::Refused(Refusal::UnsafePath { .. }))), "{path}");
        assert_eq!(memory.files().len(), 1, "{path}");
    }
    assert!(publish(&memory(&[]), &project(), &site(&[("a", ""), ("a/b", "")])).is_err());
}

/// Stops the second run at each of its changes in turn, for a moment and for good.
#[test]
fn stopped_at_any_change_it_leaves_no_half_file_and_the_next_run_repairs() {
    let old = site(&[("a/index.html", "old a"), ("b/c/index.html", "old c"), ("d", "old d"), ("keep", "keep")]);
    let new = site(&[
        ("a/index.html", "new a"),
        ("b", "new b"),
        ("d/e/index.html", "new e"),
        ("keep", "keep"),
        ("robots.txt", "ours"),
    ]);
    let foreign = [("robots.txt", "foreign robots"), ("b/c/note.txt", "foreign note")];
    let start = || {
        let memory = memory(&[]);
        publish(&memory, &project(), &old).expect("published");
        for (path, text) in foreign {
            memory.put(format!("/site/public/{path}"), text);
        }
        memory
    };
    let whole: BTreeSet<Vec<u8>> =
        (old.outputs.values().chain(new.outputs.values()).map(|output| output.bytes.to_vec()))
            .chain(foreign.iter().map(|(_, text)| text.as_bytes().to_vec()))
            .collect();
    let reference = start();
    publish(&reference, &project(), &new).expect("published");

    // One thread, so that the nth change is the same change each time.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    for failing in [Failing::Once, Failing::Onwards] {
        let (mut n, mut n_calm) = (0, 0);
        loop {
            n += 1;
            let memory = start();
            memory.fail(n, failing);
            let outcome = pool.install(|| publish(&memory, &project(), &new));
            let half = |(path, bytes): &(PathBuf, Arc<[u8]>)| {
                let is_note = path.iter().any(|part| part.to_string_lossy().starts_with(".brochure-"));
                path.starts_with("/site/public") && !is_note && !whole.contains(&bytes[..])
            };
            assert_eq!(memory.files().into_iter().find(half), None, "{failing:?} at {n}");
            for (_, text) in foreign {
                assert!(
                    memory.files().values().any(|bytes| **bytes == *text.as_bytes()),
                    "{failing:?} at {n}: {text} is lost"
                );
            }
            memory.heal();
            pool.install(|| publish(&memory, &project(), &new)).expect("repaired");
            assert_eq!(lasting(&memory), lasting(&reference), "{failing:?} at {n}");
            assert_eq!(memory.folders(), reference.folders(), "{failing:?} at {n}");
            // Some steps are no loss when they fail, such as taking stamps; a run that is over fails at none.
            n_calm = if outcome.is_ok() { n_calm + 1 } else { 0 };
            if n_calm == 8 {
                break;
            }
        }
        assert!(n > 20, "each step was tried: {n}");
    }
}

/// As above, but the run after the stopped one publishes another site.
#[test]
fn what_a_stopped_run_has_written_does_not_survive_as_foreign() {
    let old = site(&[("a", "1"), ("b/c", "2")]);
    let stopped = site(&[("a", "3"), ("d/e", "4"), ("f", "5")]);
    let last = site(&[("a", "6"), ("f", "7")]);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    for n in 1.. {
        let memory = memory(&[]);
        publish(&memory, &project(), &old).expect("published");
        memory.fail(n, Failing::Onwards);
        let outcome = pool.install(|| publish(&memory, &project(), &stopped));
        memory.heal();
        publish(&memory, &project(), &last).expect("repaired");
        assert_eq!(published(&memory), ["a=6", "f=7"], "stopped at {n}");
        if outcome.is_ok() {
            break;
        }
    }
}

#[test]
fn a_full_disk_leaves_the_published_site_as_it_was() {
    let memory = memory(&[]);
    let old = [("a", "old a"), ("b", "old b")];
    publish(&memory, &project(), &site(&old)).expect("published");
    // The staging folder is made and the first file fits, the second does not.
    memory.fail(3, Failing::Once);
    let failed = publish(&memory, &project(), &site(&[("a", "new a"), ("b", "new b"), ("n/n", "n")]));
    assert!(matches!(failed, Err(PublishError::Io(FileError { .. }))));
    assert_eq!(published(&memory), ["a=old a", "b=old b"]);
}

#[test]
fn what_stands_unchanged_is_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let project = Project::new(folder.path());
    let first = site(&[("a/index.html", "a"), ("b.html", "b")]);
    publish(&Disk, &project, &first).expect("published");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let files = ["a/index.html", "b.html", MANIFEST_NAME].map(|path| project.output.join(path));
    for path in &files {
        std::fs::File::options().write(true).open(path).and_then(|file| file.set_modified(long_ago)).expect("set");
    }
    let dates = || files.clone().map(|path| std::fs::metadata(path).and_then(|m| m.modified()).expect("a date"));
    publish(&Disk, &project, &first).expect("published");
    assert_eq!(dates(), [long_ago; 3]);
    publish(&Disk, &project, &site(&[("a/index.html", "a"), ("b.html", "B")])).expect("published");
    let [a, b, manifest] = dates();
    assert!(a == long_ago && b > long_ago && manifest > long_ago);
}

/// Changes files of ours at a moment of a run, and lets the clock go on.
fn edit(memory: &Memory, files: &[&str]) {
    files.iter().for_each(|path| drop(memory.put(format!("/site/public/{path}"), "!").clone()));
    memory.wait();
}

#[test]
fn a_file_that_is_edited_while_a_run_is_under_way_is_put_right_by_the_next() {
    let old = site(&[("a", "1"), ("b", "2"), ("n/c", "3")]);
    let new = site(&[("a", "1"), ("b", "4"), ("n/c", "3"), ("n/d", "5")]);
    for moment in 0..4 {
        let memory = memory(&[]);
        publish(&memory, &project(), &old).expect("published");
        edit(&memory, &[]);
        let project = project();
        let mut lock = lock_output(&memory, &project).expect("locked");
        let mut publication = Publication::begin(&mut lock).expect("begun");
        let at = |now: usize| {
            if moment == now {
                edit(&memory, &["a", "b", "n/c"])
            }
        };
        at(0);
        let paths: Vec<Arc<str>> = new.outputs.keys().cloned().collect();
        publication.open(&paths, Verdict::Publishable);
        at(1);
        for (n, (path, output)) in new.outputs.iter().enumerate() {
            if n == 2 {
                at(2);
            }
            publication.put(path, output);
        }
        at(3);
        publication.finish(None, None).expect("published");
        drop(lock);
        edit(&memory, &[]);
        publish(&memory, &project, &new).expect("published");
        assert_eq!(published(&memory), ["a=1", "b=4", "n/", "n/c=3", "n/d=5"], "edited at moment {moment}");
    }
}

#[test]
fn stamps_that_were_lost_are_taken_again() {
    let memory = memory(&[]);
    let all = site(&[("a", "1"), ("b", "2")]);
    publish(&memory, &project(), &all).expect("published");
    let stamps = || memory.read(&Path::new("/site/public").join(STAMPS_NAME), 10_000).unwrap_or_default();
    memory.remove_file(&Path::new("/site/public").join(STAMPS_NAME)).expect("removed");
    edit(&memory, &[]);
    publish(&memory, &project(), &all).expect("published");
    assert!(String::from_utf8_lossy(&stamps()).contains("\"b\":{"));
}

#[test]
fn the_manifest_is_the_same_for_the_same_site() {
    let of = |first: &[(&str, &str)]| {
        let memory = memory(&[]);
        publish(&memory, &project(), &site(first)).expect("published");
        publish(&memory, &project(), &site(&[("b", "2"), ("a", "1")])).expect("published");
        lasting(&memory)
    };
    assert_eq!(of(&[]), of(&[("a", "0"), ("x/y", "z")]));
}

#[cfg(unix)]
#[test]
fn links_inside_the_output_are_never_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = folder.path().join("elsewhere");
    let project = Project::new(folder.path().join("site"));
    std::fs::create_dir_all(&project.output).expect("made");
    std::fs::create_dir(&elsewhere).expect("made");
    std::fs::write(elsewhere.join("x"), "theirs").expect("written");
    let theirs = || std::fs::read_to_string(elsewhere.join("x")).expect("still there");

    symlink(elsewhere.join("x"), project.output.join("x")).expect("linked");
    let report = publish(&Disk, &project, &site(&[("x", "ours"), ("d/x", "ours")])).expect("published");
    assert_eq!((report.set_aside.len(), theirs().as_str()), (1, "theirs"));
    assert_eq!(std::fs::read_to_string(project.output.join("x")).expect("written"), "ours");

    std::fs::remove_dir_all(project.output.join("d")).expect("removed");
    symlink(&elsewhere, project.output.join("d")).expect("linked");
    let refused = publish(&Disk, &project, &site(&[("d/x", "ours")]));
    assert!(matches!(refused, Err(PublishError::Refused(Refusal::LinkInside { .. }))));
    publish(&Disk, &project, &site(&[])).expect("published");
    assert_eq!(theirs(), "theirs", "a stale file is not looked for behind a link");
}
