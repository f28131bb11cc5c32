//! What stands in an output folder, compared with the sites that may stand there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::child::run_well;
use crate::generate::{SEED, write_site};
use crate::report::Bench;

/// How the names of the program's own book-keeping start.
const OWN: &str = ".brochure-";

/// The files of a folder with their bytes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a folder holds: what visitors see, and what the program keeps for itself.
#[derive(Default)]
pub(crate) struct Published {
    pub(crate) public: Files,
    /// Book-keeping, and what was not finished.
    pub(crate) own: Files,
}

/// Reads a folder; one that is not there is empty.
pub(crate) fn published(folder: &Path) -> Published {
    let mut published = Published::default();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
        let bytes = std::fs::read(entry.path()).unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_own = path.split('/').any(|name| name.starts_with(OWN));
        let files = if is_own { &mut published.own } else { &mut published.public };
        files.insert(path, bytes);
    }
    published
}

/// Two sites, one of which is to take the place of the other, and files that are neither's.
pub(crate) struct Sites {
    /// Complete builds, each made into a folder of its own.
    pub(crate) complete: [Published; 2],
    /// Files that somebody else has put there.
    pub(crate) foreign: Files,
}

/// How many files of each site a folder holds; one that both have counts for neither.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mix {
    pub(crate) of: [usize; 2],
    /// Files of the program that no visitor sees.
    pub(crate) own: usize,
}

impl Sites {
    /// Puts the foreign files into an output folder.
    pub(crate) fn put_foreign(&self, output: &Path) {
        for (path, bytes) in &self.foreign {
            let path = output.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, bytes).expect("written");
        }
    }

    /// Looks for what must never be: a half file, a lost foreign file, a page of both sites that is not there.
    pub(crate) fn inspect(&self, output: &Path, faults: &mut Vec<String>) -> Mix {
        let found = published(output);
        let [first, second] = [&self.complete[0].public, &self.complete[1].public];
        let of_both = first.keys().filter(|path| second.contains_key(*path));
        let missing = of_both.filter(|path| !found.public.contains_key(*path));
        faults.extend(missing.map(|path| format!("{path} is of both sites and missing")));
        self.mix(&found, faults)
    }

    /// The same where nothing stood before, so that pages may be missing.
    pub(crate) fn inspect_first(&self, output: &Path, faults: &mut Vec<String>) -> Mix {
        self.mix(&published(output), faults)
    }

    fn mix(&self, found: &Published, faults: &mut Vec<String>) -> Mix {
        let [first, second] = [&self.complete[0].public, &self.complete[1].public];
        let mut mix = Mix { own: found.own.len(), ..Mix::default() };
        for (path, bytes) in &found.public {
            let stands = [first, second].map(|site| site.get(path) == Some(bytes));
            match stands {
                [true, false] => mix.of[0] += 1,
                [false, true] => mix.of[1] += 1,
                [true, true] => {}
                [false, false] if self.foreign.get(path) == Some(bytes) => {}
                [false, false] => faults.push(format!("{path} ({} bytes) is of neither site", bytes.len())),
            }
        }
        self.miss_foreign(found, faults);
        mix
    }

    /// Looks for any difference from a complete site, in what visitors see and in what the program keeps.
    pub(crate) fn expect(&self, site: usize, output: &Path, faults: &mut Vec<String>) {
        let (found, complete) = (published(output), &self.complete[site]);
        for (path, bytes) in &found.public {
            match complete.public.get(path) {
                Some(right) if right == bytes => {}
                Some(_) => faults.push(format!("{path} is not as in a clean build")),
                None if self.foreign.contains_key(path) => {}
                None => faults.push(format!("{path} is not in a clean build")),
            }
        }
        let missing = complete.public.keys().filter(|path| !found.public.contains_key(*path));
        faults.extend(missing.map(|path| format!("{path} is missing")));
        let left = found.own.keys().filter(|path| !complete.own.contains_key(*path));
        faults.extend(left.map(|path| format!("{path} was left behind")));
        self.miss_foreign(&found, faults);
    }

    /// As [`Sites::expect`], where nobody knows any more which files are whose: those of the other site may stay, and
    /// what had to make room is kept under another name.
    pub(crate) fn expect_beside(&self, site: usize, output: &Path, faults: &mut Vec<String>) {
        let found = published(output);
        for (path, bytes) in &found.public {
            let before = path.strip_suffix(".avant-brochure").unwrap_or(path);
            let is_of = |site: usize| self.complete[site].public.get(before) == Some(bytes);
            let is_right = if self.complete[site].public.contains_key(path) { is_of(site) } else { is_of(1 - site) };
            if !is_right && self.foreign.get(path) != Some(bytes) {
                faults.push(format!("{path} is as in neither site"));
            }
        }
        let missing = self.complete[site].public.keys().filter(|path| !found.public.contains_key(*path));
        faults.extend(missing.map(|path| format!("{path} is missing")));
        self.miss_foreign(&found, faults);
    }

    fn miss_foreign(&self, found: &Published, faults: &mut Vec<String>) {
        let lost = self.foreign.iter().filter(|(path, bytes)| found.public.get(*path) != Some(*bytes));
        faults.extend(lost.map(|(path, _)| format!("the foreign file {path} is lost or changed")));
    }
}

/// Which site's folder and output stand where: two catalogues that differ in every module, one a little smaller.
pub(crate) fn two_sites(bench: &Bench<'_>, within: &Path, n_modules: usize) -> (Sites, [PathBuf; 2]) {
    let roots = ["site-a", "site-b"].map(|name| within.join(name));
    let sizes = [n_modules, n_modules - n_modules.div_ceil(50)];
    let complete = [0, 1].map(|n| {
        let seed = SEED + n as u64;
        write_site(&roots[n], sizes[n], seed).expect("a folder to write into");
        let output = within.join(format!("clean-{n}"));
        run_well(&mut bench.program.build(&roots[n], &output));
        published(&output)
    });
    // The last module is in one of the sites only: its folder goes, but for the note in it.
    let notes = [1, n_modules].map(|number| format!("modules/module-{number:06}/note.txt"));
    let [first, last] = notes;
    let foreign = ["CNAME".to_owned(), "photos/été 1.txt".to_owned(), first, last];
    let foreign = foreign.map(|path| (path, "à garder".as_bytes().to_vec()));
    (Sites { complete, foreign: foreign.into() }, roots)
}
