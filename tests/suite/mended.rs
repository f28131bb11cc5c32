//! Whether doing what a message says mends what it is about.
//!
//! Beside the site of a case, each folder whose name begins with `mended` holds the files as their author has them
//! who did just what the help says; where it offers two ways, there may be one folder for each. A file
//! `removed.txt` in it lists, one a line, what the author took away. On the mended site nothing at all is told.

use std::path::{Path, PathBuf};

use brochure::lang::Lang;
use brochure::report::frame::{FrameStyle, frame, sentences};
use brochure::texts::Texts;
use rayon::prelude::*;

use crate::driver::files_below;
use crate::slips::{CASES, Case, Stand, UNKEPT};

/// Cases without a mended site, each with the reason.
const UNMENDED: &[&str] = &[];

/// What an author took away, in a mended folder.
const REMOVED: &str = "removed.txt";

/// The mended folders of a case, in order.
fn mended(case: &Case) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(&case.folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_mended = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("mended"));
    let mut folders: Vec<PathBuf> = paths.filter(is_mended).collect();
    folders.sort();
    folders
}

/// The site of a case with the files of one of its mended folders over it.
fn mend(case: &Case, folder: &Path) -> Stand {
    let stand = case.site();
    let (removed, written): (Vec<_>, Vec<_>) = files_below(folder).into_iter().partition(|(below, _)| below == REMOVED);
    for (_, list) in removed {
        let text = std::fs::read_to_string(list).expect("text");
        text.lines().filter(|line| !line.is_empty()).for_each(|line| stand.remove(line));
    }
    for (below, path) in written {
        stand.write(&below, &std::fs::read(path).expect("read"));
    }
    stand
}

#[test]
fn doing_what_the_help_says_leaves_nothing_to_tell() {
    let cases: Vec<&Case> = CASES.iter().chain(UNKEPT.iter()).collect();
    let told = cases.par_iter().flat_map_iter(|case| {
        mended(case).into_iter().filter_map(move |folder| {
            let run = mend(case, &folder).run(case.level());
            let style = FrameStyle { colour: false, width: 80 };
            let frames: Vec<String> = run.all().map(|one| frame(one, Texts::of(Lang::French), style)).collect();
            (!frames.is_empty()).then(|| format!("{}:\n{}", folder.display(), frames.join("\n")))
        })
    });
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}

#[test]
fn every_slip_can_be_mended() {
    let is_excepted = |case: &&Case| UNMENDED.contains(&case.name.as_str());
    let without: Vec<&str> = CASES
        .iter()
        .chain(UNKEPT.iter())
        .filter(|case| mended(case).is_empty() != is_excepted(case))
        .map(|case| case.name.as_str())
        .collect();
    assert!(without.is_empty(), "no mended site, or one and an exception: {without:#?}");
}

/// Where a name or a whole line is proposed, the first mended site has it, and the help shows it.
#[test]
fn what_is_proposed_is_what_mends() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        let Some(folder) = mended(case).into_iter().next() else { continue };
        let files = files_below(&folder);
        let written: String =
            files.iter().map(|(below, path)| below.clone() + &std::fs::read_to_string(path).expect("text")).collect();
        for found in &case.run.found {
            let is_proposal = |name: &str| matches!(name, "near" | "rewritten");
            let args = found.diagnostic.args.iter().filter(|(name, value)| is_proposal(name) && !value.is_empty());
            for (_, proposed) in args {
                let is_shown = sentences(&found.diagnostic, Texts::of(Lang::French)).1.contains(proposed.as_str());
                if !is_shown || !written.contains(proposed.as_str()) {
                    wrong.push(format!("{}: {proposed}", case.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
