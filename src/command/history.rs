//! When files were last changed, as Git knows it: asked once, at the edge, and only for a report.
//!
//! The program `git` is asked and not a library: it is there where there is a history to ask for. Where it is missing, or
//! the site's folder has no history, nothing is known, and nothing is said about it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::config::{CONFIG_PATH, read_config};
use crate::content_path::ContentPath;
use crate::file_system::FileSystem;
use crate::report::audit::History;
use crate::source::{Project, SourceFile};

/// No settings are so long.
const LONGEST: u64 = 16 * 1024 * 1024;

/// The history of a site's folder, where a report will show it: because it is asked for, or the site has one.
pub(super) fn for_report(fs: &dyn FileSystem, project: &Project, is_asked: bool) -> Arc<History> {
    let Ok(root) = fs.canonicalise(&project.root) else { return Arc::default() };
    if !is_asked && !has_report(fs, &root) {
        return Arc::default();
    }
    let has_history =
        root.ancestors().any(|folder| fs.metadata(&folder.join(".git")).is_ok_and(|found| found.is_some()));
    if has_history { Arc::new(ask(&root).unwrap_or_default()) } else { Arc::default() }
}

/// Whether the settings ask for the page of the report.
fn has_report(fs: &dyn FileSystem, root: &Path) -> bool {
    let settings = fs.read(&root.join(CONFIG_PATH), LONGEST).ok();
    let file = settings.map(|bytes| SourceFile::new(ContentPath::new(CONFIG_PATH), bytes));
    read_config(file.as_ref()).value.report
}

/// The commits that touched the folder, the latest first, each as its day and the files that it changed.
fn ask(root: &Path) -> Option<History> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        // The settings of whoever runs us change nothing: no pager, no program that watches files, no quoted names.
        .args(["--no-pager", "--no-optional-locks", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false"])
        .args(["-c", "log.showSignature=false", "log", "-z", "--name-only", "--relative", "--no-renames"])
        .args(["--no-ext-diff", "--no-textconv", "--date=short", "--format=%x01%cd", "--", "content"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| read(&String::from_utf8_lossy(&output.stdout)))
}

/// Reads what `git log -z --name-only --format=%x01%cd` writes; what it does not understand, it leaves out.
fn read(log: &str) -> History {
    let mut history = History::new();
    let mut day = None;
    for piece in log.split('\0').map(|piece| piece.trim_matches('\n')) {
        if let Some(written) = piece.strip_prefix('\u{1}') {
            day = written.trim().parse().ok();
        } else if let Some(day) = day
            && !piece.is_empty()
        {
            // The first that is met is the latest.
            history.entry(ContentPath::new(piece)).or_insert(day);
        }
    }
    history
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_day_of_each_file_is_kept() {
        let log = "\u{1}2026-11-02\0\ncontent/a.md\0content/é b.md\0\0\u{1}2026-10-01\0\ncontent/a.md\0content/c.md\0";
        let history: Vec<(String, String)> =
            read(log).into_iter().map(|(path, day)| (path.to_string(), day.to_string())).collect();
        let expected =
            [("content/a.md", "2026-11-02"), ("content/c.md", "2026-10-01"), ("content/é b.md", "2026-11-02")];
        assert_eq!(history, expected.map(|(path, day)| (path.to_owned(), day.to_owned())));
        assert!(read("").is_empty() && read("x\0y").is_empty() && read("\u{1}never\0x").is_empty());
    }
}
