//! Every refusal, and the folders that are fine.

use super::*;
use crate::file_system::{Disk, Memory};

/// The key of the refusal, or the folder that would be written.
fn check(files: &[&str], output: &str, expected: &str) {
    let memory = Memory::new();
    for file in ["/work/site/content/modules/a.md", "/work/site/themes/own/x"].iter().chain(files) {
        memory.put(file, "");
    }
    let project = Project::new("/work/site").with_output(output);
    let before = memory.n_changes();
    let outcome = match checked_output(&memory, &project) {
        Ok(output) => output.display().to_string(),
        Err(error) => error.text_key().to_owned(),
    };
    assert_eq!(outcome, expected, "{output}");
    assert_eq!(memory.n_changes(), before, "{output}: nothing is changed before the check has passed");
}

#[test]
fn refuses_what_would_destroy_sources() {
    check(&[], "/work/site", "output-is-root");
    check(&[], "/work/site/public/..", "output-is-root");
    check(&[], "/work", "output-holds-root");
    check(&[], "/", "output-holds-root");
    check(&[], "/work/site/content", "output-holds-sources");
    check(&[], "/work/site/assets", "output-holds-sources");
    check(&[], "/work/site/content/modules", "output-in-sources");
    check(&[], "/work/site/themes/own/new", "output-in-sources");
    check(&["/other/brochure.yaml"], "/other", "output-holds-sources");
    check(&["/other/content/modules/a.md"], "/other", "output-holds-sources");
    check(&["/work/site/file"], "/work/site/file", "output-not-a-folder");
}

#[test]
fn takes_any_other_folder() {
    check(&[], "/work/site/public", "/work/site/public");
    check(&[], "/work/site/public/../made/new", "/work/site/made/new");
    check(&[], "/elsewhere/new", "/elsewhere/new");
    check(&["/other/index.html", "/other/content/index.html", "/other/assets/x"], "/other", "/other");
}

#[test]
fn a_folder_below_a_file_is_an_error_of_the_machine() {
    let memory = Memory::new();
    memory.put("/site/content/a.md", "").put("/file", "");
    let mut lock = crate::output::lock_output(&memory, &Project::new("/site").with_output("/file/x"));
    assert!(matches!(lock, Err(PublishError::Io(_))));
    lock = crate::output::lock_output(&memory, &Project::new("/nowhere"));
    assert!(matches!(lock, Err(PublishError::Io(_))));
}

#[cfg(unix)]
#[test]
fn a_link_must_not_lead_out_of_the_folder_that_was_named() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    for path in ["site/content", "site/real", "elsewhere"] {
        std::fs::create_dir_all(at(path)).expect("made");
    }
    for (target, link) in [
        ("../elsewhere", "site/public"),
        ("real", "site/inside"),
        ("content", "site/sources"),
        ("nowhere", "site/dangling"),
        ("elsewhere", "link-outside"),
        ("site", "link-to-site"),
    ] {
        symlink(target, at(link)).expect("linked");
    }
    for (output, expected) in [
        ("site/public", Err("output-leads-outside")),
        ("site/public/deeper", Err("output-leads-outside")),
        ("link-to-site/public", Err("output-leads-outside")),
        ("link-to-site/new", Ok("site/new")),
        ("site/sources", Err("output-holds-sources")),
        ("site/dangling", Err("cannot-inspect")),
        ("site/inside", Ok("site/real")),
        ("link-outside", Ok("elsewhere")),
        ("link-outside/new", Ok("elsewhere/new")),
    ] {
        let outcome = checked_output(&Disk, &Project::new(at("site")).with_output(at(output)));
        let expected = expected.map(|path| at("").canonicalize().expect("there").join(path));
        assert_eq!(outcome.map_err(|error| error.text_key()), expected, "{output}");
    }
}
