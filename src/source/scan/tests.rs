//! What is read, what is left out, and what is said about it.

use std::fs;

use super::*;
use crate::file_system::{Disk, Memory};

/// The paths read, then one line for each diagnostic.
fn lines(fs: &dyn FileSystem, project: &Project) -> Vec<String> {
    let checked = scan(fs, project, &mut Seen::default()).expect("the folder exists");
    let said = checked.diagnostics.iter().map(|d| format!("{} {} {}", d.primary.file, d.code, d.message));
    checked.value.iter().map(|file| file.path.to_string()).chain(said).collect()
}

fn check(files: &[&str], output: &str, expected: &[&str]) {
    let memory = Memory::new();
    for file in files {
        memory.put(file, *file);
    }
    assert_eq!(lines(&memory, &Project::new("/site").with_output(output)), expected);
}

#[test]
fn reads_the_settings_and_three_folders_in_the_order_of_their_paths() {
    check(
        &[
            "/site/README.md",
            "/site/assets/logo.svg",
            "/site/brochure.yaml",
            "/site/content/modules/a.md",
            "/site/content/modules-more/a.md",
            "/site/other/x.md",
            "/site/public/index.html",
            "/site/themes/own/templates/base.html",
        ],
        "/site/public",
        &[
            "assets/logo.svg",
            "brochure.yaml",
            "content/modules-more/a.md",
            "content/modules/a.md",
            "themes/own/templates/base.html",
        ],
    );
}

#[test]
fn leaves_out_debris_and_the_output() {
    check(
        &[
            "/site/content/#x.md#",
            "/site/content/.DS_Store",
            "/site/content/.git/config",
            "/site/content/.x.md.swp",
            "/site/content/4913",
            "/site/content/Thumbs.db",
            "/site/content/x.md",
            "/site/content/x.md~",
            "/site/content/x.swp",
            "/site/content/~$x.docx",
            "/site/content/result/index.html",
        ],
        "/site/content/result",
        &["content/x.md"],
    );
}

#[test]
fn says_what_stands_in_the_wrong_place() {
    check(
        &[
            "/site/brochure.yml",
            "/site/brochure.yaml/x",
            "/site/content",
            "/site/themes/a\\b",
            "/site/themes/a\nb/c",
            "/site/themes/a\u{FDD1}",
        ],
        "/site/public",
        &[
            "brochure.yaml unreadable-file message-not-a-file",
            "brochure.yml misplaced-file message",
            "content unreadable-file message-not-a-folder",
            "themes/a\nb misplaced-file message-unusable-name",
            "themes/a\\b misplaced-file message-unusable-name",
            "themes/a\u{FDD1} misplaced-file message-unusable-name",
        ],
    );
}

#[test]
fn composes_accents_and_keeps_one_of_two_equal_names() {
    check(
        &["/site/content/e\u{301}te\u{301}.md", "/site/content/\u{e9}t\u{e9}.md"],
        "/site/public",
        &["content/\u{e9}t\u{e9}.md", "content/\u{e9}t\u{e9}.md misplaced-file message-same-name"],
    );
}

#[test]
fn an_empty_site_is_empty_and_a_missing_one_an_error() {
    let memory = Memory::new();
    memory.put("/site/x.txt", "").put("/file", "");
    assert_eq!(lines(&memory, &Project::new("/site")), [""; 0]);
    for root in ["/nowhere", "/file"] {
        assert!(scan(&memory, &Project::new(root), &mut Seen::default()).is_err(), "{root}");
    }
}

#[test]
fn a_file_that_cannot_be_read_hides_no_other() {
    let memory = Memory::new();
    memory.put("/site/content/a.md", "a").put("/site/content/b.md", "b").put("/site/content/c.md", "c");
    memory.forbid("/site/content/b.md");
    let checked = scan(&memory, &Project::new("/site"), &mut Seen::default()).expect("the folder exists");
    assert_eq!(checked.value.files.len(), 2);
    assert_eq!(checked.diagnostics.len(), 1);
    assert_eq!(checked.diagnostics[0].code, Code::UnreadableFile);
    assert_eq!(checked.diagnostics[0].args[0].0, "reason");
}

#[test]
fn a_file_without_measure_is_not_read() {
    let site = tempfile::tempdir().expect("a folder");
    for folder in ["content", "assets"] {
        std::fs::create_dir(site.path().join(folder)).expect("made");
    }
    // What is copied as it is may be longer than what is read.
    for (name, megabytes) in [("content/a.md", 5), ("content/b.bin", 513), ("assets/c.json", 5)] {
        let file = std::fs::File::create(site.path().join(name)).expect("made");
        file.set_len(megabytes * MEGABYTE).expect("a file of holes");
    }
    assert_eq!(
        lines(&Disk, &Project::new(site.path())),
        [
            "assets/c.json",
            "content/a.md unreadable-file message-too-large",
            "content/b.bin unreadable-file message-too-large"
        ]
    );
}

#[cfg(unix)]
#[test]
fn follows_links_that_stay_inside_and_no_others() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    for path in ["site/content/a", "site/shared/deep", "site/public", "elsewhere"] {
        std::fs::create_dir_all(folder.path().join(path)).expect("made");
    }
    for path in ["site/content/a/x.md", "site/shared/s.md", "site/shared/deep/d.md", "elsewhere/e.md", "site/public/p"]
    {
        std::fs::write(folder.path().join(path), path).expect("written");
    }
    for (target, link) in [
        ("../shared", "content/linked"),
        ("../shared/s.md", "content/file.md"),
        ("../../elsewhere", "content/out"),
        ("../../elsewhere/e.md", "content/out.md"),
        ("/dev/zero", "content/zero"),
        (".", "content/self"),
        ("..", "content/a/up"),
        ("itself", "content/itself"),
        ("nowhere", "content/dangling.md"),
        ("../../content", "shared/deep/back"),
        ("../public/p", "content/p"),
    ] {
        symlink(target, site.join(link)).expect("linked");
    }
    assert_eq!(
        lines(&Disk, &Project::new(&site)),
        [
            "content/a/x.md",
            "content/file.md",
            "content/linked/deep/d.md",
            "content/linked/s.md",
            "content/a/up link-outside message-loop",
            "content/dangling.md link-outside message-dangling",
            "content/itself link-outside message-loop",
            "content/linked/deep/back link-outside message-loop",
            "content/out link-outside message",
            "content/out.md link-outside message",
            "content/p link-outside message-output",
            "content/self link-outside message-loop",
            "content/zero link-outside message",
        ]
    );
}

/// Nine folders, each with links to all: without a bound, close to a million ways.
#[cfg(unix)]
#[test]
fn folders_that_link_to_each_other_come_to_an_end() {
    use std::os::unix::fs::symlink;
    let site = tempfile::tempdir().expect("a folder");
    for from in 0..9 {
        let folder = site.path().join(format!("content/{from}"));
        std::fs::create_dir_all(&folder).expect("made");
        for to in 0..9 {
            symlink(format!("../{to}"), folder.join(to.to_string())).expect("linked");
        }
    }
    let checked = scan(&Disk, &Project::new(site.path()), &mut Seen::default()).expect("the folder exists");
    assert!(checked.diagnostics.iter().all(|diagnostic| diagnostic.code == Code::LinkOutside));
}

#[cfg(unix)]
#[test]
fn never_opens_what_is_no_file_and_reports_odd_names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = tempfile::tempdir().expect("a folder");
    let content = site.path().join("content");
    std::fs::create_dir(&content).expect("made");
    let _socket = std::os::unix::net::UnixListener::bind(content.join("socket")).expect("bound");
    let pipe = std::process::Command::new("mkfifo").arg(content.join("pipe")).status();
    assert!(pipe.expect("mkfifo runs").success());
    std::fs::write(content.join("-dash.md"), "x").expect("written");
    let mut expected = vec![
        "content/-dash.md",
        "content/pipe misplaced-file message-not-a-file",
        "content/socket misplaced-file message-not-a-file",
    ];
    // Some file systems take no such name.
    if std::fs::write(content.join(OsStr::from_bytes(b"odd\xff.md")), "x").is_ok() {
        expected.insert(1, "content/odd\u{fffd}.md misplaced-file message-unusable-name");
    }
    assert_eq!(lines(&Disk, &Project::new(site.path())), expected);
}

/// What is read, and what is said, when the site changes between the walk and the reading.
fn read_after(site: &Path, change: impl FnOnce()) -> Vec<String> {
    let seen = Seen::default();
    let mut scan = Scan::begin(&Disk, &Project::new(site), &seen).expect("the folder exists");
    scan.meet_folder("content");
    change();
    let (checked, _) = scan.read();
    let said = checked.diagnostics.iter().map(|d| format!("{} {}", d.primary.file, d.code));
    checked.value.iter().map(|file| file.path.to_string()).chain(said).collect()
}

#[cfg(unix)]
#[test]
fn what_takes_the_place_of_a_file_is_not_followed_and_not_waited_for() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let (site, outside) = (folder.path().join("site"), folder.path().join("outside"));
    let modules = site.join("content/modules");
    for folder in [&modules, &outside] {
        std::fs::create_dir_all(folder).expect("made");
        std::fs::write(folder.join("a.md"), "x").expect("written");
    }
    let replaced = |by: &dyn Fn(&Path)| {
        let found = read_after(&site, || {
            std::fs::remove_file(modules.join("a.md")).expect("removed");
            by(&modules.join("a.md"));
        });
        let _ = std::fs::remove_file(modules.join("a.md"));
        let _ = std::fs::remove_dir(modules.join("a.md"));
        std::fs::write(modules.join("a.md"), "x").expect("written");
        found
    };
    assert_eq!(replaced(&|_| ()), [""; 0]);
    assert_eq!(replaced(&|path| std::fs::create_dir(path).expect("made")), ["content/modules/a.md unreadable-file"]);
    assert_eq!(
        replaced(&|path| symlink("/etc/hosts", path).expect("linked")),
        ["content/modules/a.md unreadable-file"]
    );
    let made = |path: &Path| std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
    assert_eq!(replaced(&|path| assert!(made(path).success())), ["content/modules/a.md unreadable-file"]);
    let found = read_after(&site, || {
        std::fs::rename(&modules, site.join("content/away")).expect("renamed");
        symlink(&outside, &modules).expect("linked");
    });
    assert_eq!(found, ["content/modules/a.md link-outside"]);
}

#[test]
fn a_site_without_measure_is_not_held() {
    let memory = Memory::new();
    for name in ["a.md", "b.md", "c.png"] {
        memory.put(format!("/site/content/{name}"), "four");
    }
    let seen = Seen::default();
    let mut scan = Scan::begin(&memory, &Project::new("/site"), &seen).expect("the folder exists");
    scan.meet_folder("content");
    scan.room = AtomicU64::new(9);
    let (checked, _) = scan.read();
    assert_eq!(checked.value.files.len(), 2);
    assert_eq!(checked.diagnostics.iter().map(|one| one.message).collect::<Vec<_>>(), ["message-too-much"]);
}

#[test]
fn a_second_scan_reads_what_has_changed_and_finds_all() {
    let site = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    put("content/a.md", "one");
    put("content/x/b.md", "two");
    // What is newer than the rest proves that the rest is at rest.
    std::thread::sleep(std::time::Duration::from_millis(150));
    put("content/c.md", "three");
    let mut seen = Seen::lasting();
    let mut texts = || -> Vec<(String, Vec<u8>)> {
        let sources = scan(&Disk, &Project::new(site.path()), &mut seen).expect("the folder exists").value;
        sources.iter().map(|file| (file.path.to_string(), file.bytes.to_vec())).collect()
    };
    let text = |path: &str, text: &str| (format!("content/{path}"), text.as_bytes().to_vec());
    assert_eq!(texts(), [text("a.md", "one"), text("c.md", "three"), text("x/b.md", "two")]);
    // Of the same length, with the time of before: only the system's own time tells.
    let before = fs::metadata(site.path().join("content/x/b.md")).and_then(|one| one.modified()).expect("a time");
    put("content/x/b.md", "owt");
    let file = fs::File::options().write(true).open(site.path().join("content/x/b.md")).expect("open");
    file.set_modified(before).expect("set");
    assert_eq!(texts(), [text("a.md", "one"), text("c.md", "three"), text("x/b.md", "owt")]);
    put("content/x/d.md", "four");
    fs::remove_file(site.path().join("content/a.md")).expect("removed");
    assert_eq!(texts(), [text("c.md", "three"), text("x/b.md", "owt"), text("x/d.md", "four")]);
    fs::rename(site.path().join("content/x"), site.path().join("content/y")).expect("renamed");
    assert_eq!(texts(), [text("c.md", "three"), text("y/b.md", "owt"), text("y/d.md", "four")]);
}
