//! Machines that fail: a disk that fills up, an output that cannot be written, two builds at once, a folder that
//! somebody has changed, a record that is lost. What each leaves, and whether the next build repairs it.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::child::{Ran, run, run_well};
use crate::mount::Mount;
use crate::published::{Mix, Sites, published, two_sites};
use crate::report::Bench;

/// How many modules the catalogue has: about 3 MB come out, so that one site fits on 5 MB and two do not.
const N_MODULES: usize = 30;
/// The size of the file system that fills up, in KB.
const SMALL: usize = 5_000;
/// A size with room for anything.
const LARGE: &str = "rw,size=100m";

/// One try after the other, with what was seen.
struct Tries<'a> {
    bench: &'a Bench<'a>,
    within: PathBuf,
    sites: Sites,
    roots: [PathBuf; 2],
    faults: Vec<String>,
}

/// Tries all of it, says what was seen, and returns what must not have been.
pub(crate) fn fail(bench: &Bench<'_>) -> Vec<String> {
    let within = bench.folder.join("failing");
    let (sites, roots) = two_sites(bench, &within, N_MODULES);
    let mut tries = Tries { bench, within, sites, roots, faults: Vec::new() };
    tries.on_a_small_disk();
    tries.where_nothing_can_be_written();
    tries.on_another_file_system();
    tries.two_at_once();
    tries.after_a_hand();
    tries.without_a_record();
    tries.faults
}

impl Tries<'_> {
    fn build(&self, site: usize, output: &Path) -> Command {
        self.bench.program.build(&self.roots[site], output)
    }

    /// Runs a build that may fail, and says how it ended.
    fn try_build(&mut self, what: &str, site: usize, output: &Path) -> Ran {
        let ran = run(&mut self.build(site, output), |_| {}).expect("the program runs");
        let code = ran.status.code().unwrap_or(-1);
        let said = ran.said.split_whitespace().collect::<Vec<_>>().join(" ");
        println!("{what}: exit {code}: {}", said.chars().take(200).collect::<String>());
        ran
    }

    /// Expects an exit code of a build, and a sentence when it is not 0.
    fn expect_code(&mut self, what: &str, ran: &Ran, codes: &[i32]) {
        let code = ran.status.code().unwrap_or(-1);
        if !codes.contains(&code) {
            self.faults.push(format!("{what}: exit {code}, where {codes:?} is promised"));
        }
        if code != 0 && ran.said.trim().is_empty() {
            self.faults.push(format!("{what}: nothing was said"));
        }
    }

    /// Notes the faults that `look` finds, by what was tried.
    fn look<T>(&mut self, what: &str, look: impl FnOnce(&Sites, &mut Vec<String>) -> T) -> T {
        let mut found = Vec::new();
        let seen = look(&self.sites, &mut found);
        self.faults.extend(found.into_iter().map(|fault| format!("{what}: {fault}")));
        seen
    }

    /// Builds when all is well again: the result must be that of a clean build.
    fn repair(&mut self, what: &str, site: usize, output: &Path) {
        let ran = run(&mut self.build(site, output), |_| {}).expect("the program runs");
        self.expect_code(&format!("{what}, the next build"), &ran, &[0]);
        self.look(&format!("{what}, after the next build"), |sites, faults| sites.expect(site, output, faults));
    }

    fn mount(&self, name: &str, kilobytes: usize) -> Option<Mount> {
        let mount = Mount::of(&self.within.join(name), kilobytes);
        if mount.is_none() {
            println!("skipped: {name}: mounting a file system is for root on Linux");
        }
        mount
    }

    fn on_a_small_disk(&mut self) {
        let Some(mount) = self.mount("small", SMALL / 2) else { return };
        let output = mount.path().join("public");
        let what = "a first build on a disk that is too small";
        let ran = self.try_build(what, 0, &output);
        self.expect_code(what, &ran, &[3]);
        let left = published(&output);
        println!("  it left {} files for visitors and {} of our own", left.public.len(), left.own.len());
        if !left.public.is_empty() {
            self.faults.push(format!("{what}: {} files were published", left.public.len()));
        }
        mount.again(LARGE);
        self.sites.put_foreign(&output);
        self.repair(what, 0, &output);
        // Now with an old site, and with room for less and less of the new one.
        let mut ends = [0; 2];
        let blocks = used(mount.path());
        for step in 0..=24 {
            let free = blocks * step / 20;
            mount.again(&format!("rw,size={}k", (blocks + free) * 4));
            let what = format!("a build with {} KB free", free * 4);
            let ran = self.try_build(&what, 1, &output);
            self.expect_code(&what, &ran, &[0, 3]);
            let mix: Mix = self.look(&what, |sites, faults| sites.inspect(&output, faults));
            let is_done = ran.status.success();
            ends[usize::from(is_done)] += 1;
            let wrong = if is_done { mix.of[0] } else { mix.of[1] };
            if wrong > 0 {
                self.faults.push(format!("{what}: {} old and {} new files stand together", mix.of[0], mix.of[1]));
            }
            println!("  {} files of the old site, {} of the new, {} of our own", mix.of[0], mix.of[1], mix.own);
            mount.again(LARGE);
            self.repair(&what, 1, &output);
            self.repair(&what, 0, &output);
        }
        println!("a disk with less and less room: {} builds ended with 3, {} with 0", ends[0], ends[1]);
        if ends[0] == 0 {
            self.faults.push("no disk was ever full: nothing was tried".to_owned());
        }
    }

    fn where_nothing_can_be_written(&mut self) {
        let Some(mount) = self.mount("read-only", SMALL) else { return };
        let output = mount.path().join("public");
        run_well(&mut self.build(0, &output));
        self.sites.put_foreign(&output);
        mount.again("ro");
        for (what, site, codes) in [
            ("a changed site on a disk that can only be read", 1, &[3][..]),
            ("a site that is the same on a disk that can only be read", 0, &[0, 3]),
        ] {
            let ran = self.try_build(what, site, &output);
            self.expect_code(what, &ran, codes);
            self.look(what, |sites, faults| sites.expect(0, &output, faults));
        }
        let what = "a first build on a disk that can only be read";
        let ran = self.try_build(what, 0, &mount.path().join("not/there"));
        self.expect_code(what, &ran, &[3]);
        mount.again(LARGE);
        self.repair("a disk that can be written again", 1, &output);
    }

    fn on_another_file_system(&mut self) {
        let Some(mount) = self.mount("elsewhere", 100_000) else { return };
        let output = mount.path().join("public");
        self.repair_with_foreign("an output on another file system", &output);
        // A folder of the output may be a disk of its own, as volumes of containers are.
        let within = self.within.join("with-a-volume");
        let Some(volume) = Mount::of(&within.join("modules"), 100_000) else { return };
        let what = "an output of two file systems";
        let ran = self.try_build(what, 0, &within);
        self.expect_code(what, &ran, &[0, 3]);
        if ran.status.success() {
            self.repair_with_foreign(what, &within);
        }
        drop(volume);
    }

    fn repair_with_foreign(&mut self, what: &str, output: &Path) {
        run_well(&mut self.build(0, output));
        self.sites.put_foreign(output);
        for site in [1, 1, 0] {
            self.repair(what, site, output);
        }
    }

    fn two_at_once(&mut self) {
        let output = self.within.join("two-at-once");
        run_well(&mut self.build(0, &output));
        self.sites.put_foreign(&output);
        let mut ends = [0; 3];
        for round in 0..20 {
            let what = format!("two builds at once, round {round}");
            let children = [0, 1].map(|site| {
                let mut build = self.build(site, &output);
                build.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
                let child = build.spawn().expect("the program runs");
                // From not at all to about the length of a build.
                std::thread::sleep(Duration::from_millis(round * 6));
                child
            });
            let outputs = children.map(|child| child.wait_with_output().expect("ended"));
            let codes = outputs.each_ref().map(|output| output.status.code().unwrap_or(-1));
            let done: Vec<usize> = (0..2).filter(|n| codes[*n] == 0).collect();
            ends[done.len()] += 1;
            if !codes.iter().all(|code| [0, 3].contains(code)) || done.is_empty() {
                self.faults.push(format!("{what}: exits {codes:?}"));
            }
            if let Some(refused) = (0..2).find(|n| codes[*n] == 3) {
                let said = String::from_utf8_lossy(&outputs[refused].stderr).trim().to_owned();
                if ends[1] == 1 {
                    println!("the second of two builds: {said}");
                }
                if said.is_empty() {
                    self.faults.push(format!("{what}: nothing was said"));
                }
            }
            let mut ways = done.iter().map(|site| {
                let mut faults = Vec::new();
                self.sites.expect(*site, &output, &mut faults);
                faults
            });
            let best = ways.by_ref().min_by_key(Vec::len).unwrap_or_default();
            drop(ways);
            self.faults.extend(best.into_iter().map(|fault| format!("{what}: {fault}")));
        }
        println!(
            "two builds at once, 20 times: {} times one was refused, {} times both came to their turn",
            ends[1], ends[2]
        );
    }

    /// Somebody changes the published files, and the clock.
    fn after_a_hand(&mut self) {
        let output = self.within.join("by-hand");
        self.repair_with_foreign("a first build", &output);
        let page = output.join("modules/module-000002/index.html");
        let original = std::fs::read(&page).expect("a page");
        let modified = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).expect("a date");
        let stamp = |path: &Path, time: SystemTime| {
            let file = std::fs::File::options().write(true).open(path).expect("opened");
            file.set_modified(time).expect("set");
        };
        let mut other = original.clone();
        if let Some(byte) = other.iter_mut().rev().find(|byte| byte.is_ascii_lowercase()) {
            *byte = b'x';
        }
        let date = modified(&page);
        let far = SystemTime::now() + Duration::from_secs(100_000_000);
        type Hand<'a> = (&'a str, &'a dyn Fn());
        let hands: [Hand<'_>; 9] = [
            ("a page that was cut short by hand", &|| std::fs::write(&page, &original[..100]).expect("written")),
            ("a page emptied by hand", &|| std::fs::write(&page, b"").expect("written")),
            ("a page of the same length, changed by hand", &|| std::fs::write(&page, &other).expect("written")),
            ("a page of the same length and date, changed by hand", &|| {
                std::fs::write(&page, &other).expect("written");
                stamp(&page, date);
            }),
            ("a page removed by hand", &|| std::fs::remove_file(&page).expect("removed")),
            ("a folder of pages removed by hand", &|| {
                std::fs::remove_dir_all(output.join("themes")).expect("removed");
            }),
            ("a folder where a page is meant", &|| {
                std::fs::remove_file(&page).expect("removed");
                std::fs::create_dir_all(page.join("deep")).expect("made");
            }),
            ("all dates in the future", &|| {
                for path in published(&output).public.keys() {
                    stamp(&output.join(path), far);
                }
            }),
            ("dates in the future of what the site is made from", &|| {
                stamp(&self.roots[0].join("content/modules/module-000002.md"), far);
            }),
        ];
        let mut seen = Vec::new();
        for (what, hand) in hands {
            for site in [0, 1] {
                hand();
                seen.push(self.after_one_hand(what, site, &output));
                seen.push(self.after_one_hand("back again", 0, &output));
            }
        }
        self.faults.extend(seen.into_iter().flatten());
    }

    /// A page that somebody has changed is theirs: it may be kept beside, under the name that says so.
    fn after_one_hand(&self, what: &str, site: usize, output: &Path) -> Vec<String> {
        let ran = run(&mut self.build(site, output), |_| {}).expect("the program runs");
        let mut faults = Vec::new();
        self.sites.expect(site, output, &mut faults);
        let is_kept = |fault: &String| fault.contains(".avant-brochure");
        let (kept, mut faults): (Vec<_>, Vec<_>) = faults.into_iter().partition(is_kept);
        if what != "back again" {
            let kept_words = if kept.is_empty() { "" } else { ", and kept what stood there" };
            let outcome = if faults.is_empty() { "repaired" } else { "NOT REPAIRED" };
            println!("{what}, then site {site}: exit {}, {outcome}{kept_words}", ran.status.code().unwrap_or(-1));
        }
        for kept in kept {
            let path = output.join(kept.split(" is not in").next().unwrap_or_default());
            std::fs::remove_file(path).expect("removed");
        }
        if !ran.status.success() {
            faults.push(format!("it ended with {}: {}", ran.status, ran.said));
        }
        faults.into_iter().map(|fault| format!("{what}, then site {site}: {fault}")).collect()
    }

    /// The manifest is lost or damaged in several ways.
    fn without_a_record(&mut self) {
        let output = self.within.join("without-a-record");
        self.repair_with_foreign("a first build", &output);
        let manifest = output.join(".brochure-manifest.json");
        let original = std::fs::read(&manifest).expect("a manifest");
        let half = original[..original.len() / 2].to_vec();
        let texts: [(&str, Option<Vec<u8>>); 6] = [
            ("a manifest that is lost", None),
            ("a manifest that is empty", Some(Vec::new())),
            ("half a manifest", Some(half)),
            ("a manifest of zeroes", Some(vec![0; 4_096])),
            ("a manifest of another kind", Some(b"[1, 2]".to_vec())),
            ("a manifest of nothing", Some(b"{}".to_vec())),
        ];
        for (what, text) in texts {
            for site in [0, 1] {
                match &text {
                    Some(text) => std::fs::write(&manifest, text).expect("written"),
                    None => std::fs::remove_file(&manifest).expect("removed"),
                }
                let ran = self.try_build(&format!("{what}, then site {site}"), site, &output);
                self.expect_code(what, &ran, &[0]);
                self.look(what, |sites, faults| sites.expect_beside(site, &output, faults));
                // What was the old site's alone is nobody's now, which is told; it is removed here for the next try.
                std::fs::remove_dir_all(&output).expect("removed");
                run_well(&mut self.build(0, &output));
                self.sites.put_foreign(&output);
            }
        }
    }
}

/// How many blocks of 4 KB a file system in memory has given out.
fn used(folder: &Path) -> usize {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries.filter_map(|entry| entry.metadata().ok()).map(|data| data.blocks() as usize / 8).sum::<usize>().max(1)
}
