//! Builds that are killed at any moment: what stands in the output folder then, and whether the next build repairs it.

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::child::run_well;
use crate::generate::SEED;
use crate::generate::chance::Chance;
use crate::published::{Mix, Sites, two_sites};
use crate::report::Bench;

/// How many modules the catalogue has.
const N_MODULES: usize = 1_000;
/// How often the output folder of a running build is looked at.
const LOOK: Duration = Duration::from_millis(1);
/// About as long as giving all pages their names takes.
const NAMING: Duration = Duration::from_millis(60);
/// The kind of chance, among those of the generator.
const KILL: u64 = 100;

/// How long a build works before it first touches its output, and how long from then on.
#[derive(Clone, Copy)]
struct Length {
    before: Duration,
    writing: Duration,
}

/// When a build is killed.
#[derive(Clone, Copy)]
enum Moment {
    /// So long after its start.
    Started(Duration),
    /// So long after it first touches its output, since other work on the machine makes each build differ.
    Touched(Duration),
    /// So long after the home page has been replaced, when pages get their names.
    Named(Duration),
}

/// Kills so many builds, says what each left, and returns what must not have been.
pub(crate) fn kill(bench: &Bench<'_>, n_kills: usize) -> Vec<String> {
    let within = bench.folder.join("kill");
    let (sites, roots) = two_sites(bench, &within, N_MODULES);
    let output = within.join("public");
    let build = |site: usize, output: &Path| bench.program.build(&roots[site], output);
    run_well(&mut build(0, &output));
    sites.put_foreign(&output);
    let (_, mut length) = watch(&mut build(1, &output), &output);
    println!("a build first touches its output after {:.2?}, and then takes {:.2?}", length.before, length.writing);
    let (mut faults, mut kinds) = (Vec::new(), [0; 4]);
    let (mut stands, mut chance) = (1, Chance::of(SEED, KILL, 0));
    for n in 1..=n_kills {
        let (moment, before) = (moment(n, length, &mut chance), faults.len());
        match moment {
            Moment::Started(time) => print!("{n:>3}  {:.3} s after the start: ", time.as_secs_f64()),
            Moment::Touched(time) => print!("{n:>3}  {:.3} s of writing: ", time.as_secs_f64()),
            Moment::Named(time) => print!("{n:>3}  {:.3} s after the home page: ", time.as_secs_f64()),
        }
        if n % 8 == 0 {
            let output = within.join(format!("first-{n}"));
            sites.put_foreign(&output);
            kill_at(&mut build(0, &output), &output, moment);
            let mix = sites.inspect_first(&output, &mut faults);
            print!("of a first build {} files, {} of our own", mix.of[0], mix.own);
            repair(&mut build(0, &output), &sites, 0, &output, &mut faults);
        } else {
            let was_running = kill_at(&mut build(1 - stands, &output), &output, moment);
            let mix = sites.inspect(&output, &mut faults);
            let kind = kind_of(mix, stands, was_running);
            kinds[kind] += 1;
            print!("{}", told(mix, stands, kind));
            // At times the next build is killed too, and at times it is of the site that stood before.
            if n < n_kills && chance.one_in(4) {
                println!("; not repaired yet");
            } else {
                stands = chance.below(2);
                let repaired = repair(&mut build(stands, &output), &sites, stands, &output, &mut faults);
                // A repair may have nothing to write, and then says nothing of how long writing takes.
                length.writing = length.writing.max(repaired.writing).min(repaired.writing * 2 + length.writing / 2);
            }
        }
        for fault in &mut faults[before..] {
            fault.insert_str(0, &format!("kill {n}: "));
        }
    }
    let [old, mixed, new, over] = kinds;
    let n_first = n_kills / 8;
    println!(
        "{n_kills} kills: {n_first} of a first build; for the others the old site stood {old} times, both in part \
         {mixed}, the new {new}; {over} came too late"
    );
    faults
}

fn repair(build: &mut Command, sites: &Sites, site: usize, output: &Path, faults: &mut Vec<String>) -> Length {
    let (status, length) = watch(build, output);
    let before = faults.len();
    if !status.success() {
        faults.push(format!("the next build ended with {status}"));
    }
    sites.expect(site, output, faults);
    let outcome = if faults.len() == before { "repaired" } else { "NOT REPAIRED" };
    println!("; {outcome} in {:.2?}", length.before + length.writing);
    length
}

/// Kills come at any moment, while the output is being written, towards its end, and when pages get their names.
fn moment(n: usize, length: Length, chance: &mut Chance) -> Moment {
    let share = chance.below(10_000) as f64 / 10_000.0;
    match n % 4 {
        0 => Moment::Started((length.before + length.writing).mul_f64(share)),
        1 => Moment::Touched(length.writing.mul_f64(share)),
        2 => Moment::Touched(length.writing.mul_f64(0.7 + 0.3 * share)),
        _ => Moment::Named(NAMING.mul_f64(share)),
    }
}

/// Kills a build at a moment: whether it was still at work.
fn kill_at(build: &mut Command, output: &Path, moment: Moment) -> bool {
    let home = || std::fs::metadata(output.join("index.html")).and_then(|data| data.modified()).ok();
    let (untouched, old_home) = (touched(output), home());
    let mut child = quiet(build).spawn().expect("the program runs");
    let mut wait_while = |is_early: &dyn Fn() -> bool| {
        while is_early() && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(LOOK);
        }
    };
    let wait = match moment {
        Moment::Started(time) => time,
        Moment::Touched(time) => {
            wait_while(&|| touched(output) == untouched);
            time
        }
        Moment::Named(time) => {
            wait_while(&|| home() == old_home);
            time
        }
    };
    std::thread::sleep(wait);
    let was_running = child.try_wait().expect("a child").is_none();
    child.kill().expect("killed");
    child.wait().expect("ended");
    was_running
}

/// Runs a build to its end, looking all the time for the first change in its output.
fn watch(build: &mut Command, output: &Path) -> (ExitStatus, Length) {
    let (untouched, began) = (touched(output), Instant::now());
    let mut child = quiet(build).spawn().expect("the program runs");
    let mut before = None;
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            let whole = began.elapsed();
            let before = before.unwrap_or(whole);
            return (status, Length { before, writing: whole - before });
        }
        if before.is_none() && touched(output) != untouched {
            before = Some(began.elapsed());
        }
        std::thread::sleep(LOOK);
    }
}

/// When anything that stands directly in a folder was last changed.
fn touched(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    entries.filter_map(|entry| entry.metadata().ok()?.modified().ok()).max()
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

/// 0 the old site, 1 something of both, 2 the new site, 3 the build was over before it was killed.
fn kind_of(mix: Mix, stands: usize, was_running: bool) -> usize {
    match (mix.of[stands], mix.of[1 - stands]) {
        _ if !was_running => 3,
        (_, 0) => 0,
        (0, _) => 2,
        _ => 1,
    }
}

fn told(mix: Mix, stands: usize, kind: usize) -> String {
    let late = if kind == 3 { "it was over, " } else { "" };
    format!("{late}{} files of the old site, {} of the new, {} of our own", mix.of[stands], mix.of[1 - stands], mix.own)
}
