//! Builds that are killed at any moment: what stands in the output folder then, and whether the next build repairs it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::child::run_well;
use crate::generate::SEED;
use crate::generate::chance::Chance;
use crate::published::{Mix, Sites, two_sites};
use crate::report::Bench;

/// How many modules the catalogue has.
const N_MODULES: usize = 1_000;
/// The kind of chance, among those of the generator.
const KILL: u64 = 100;

/// How long a build takes, and how long until it first touches the output folder.
#[derive(Clone, Copy)]
struct Length {
    whole: Duration,
    until_output: Duration,
}

/// Kills so many builds, says what each left, and returns what must not have been.
pub(crate) fn kill(bench: &Bench<'_>, n_kills: usize) -> Vec<String> {
    let within = bench.folder.join("kill");
    let (sites, roots) = two_sites(bench, &within, N_MODULES);
    let output = within.join("public");
    let build = |site: usize| bench.program.build(&roots[site], &output);
    run_well(&mut build(0));
    sites.put_foreign(&output);
    let length = measure(&mut build(1), &output);
    let seconds = |time: Duration| time.as_secs_f64();
    println!(
        "a build takes {:.2} s, and touches its output after {:.2} s",
        seconds(length.whole),
        seconds(length.until_output)
    );
    let mut faults = Vec::new();
    let (mut stands, mut chance, mut kinds) = (1, Chance::of(SEED, KILL, 0), [0; 4]);
    for n in 1..=n_kills {
        let next = 1 - stands;
        let moment = moment(n, length, &mut chance);
        let mut child = quiet(&mut build(next)).spawn().expect("the program runs");
        let was_running = kill_after(&mut child, moment);
        let before = faults.len();
        let mix = sites.inspect(&output, &mut faults);
        let kind = kind_of(mix, stands, was_running);
        kinds[kind] += 1;
        print!("{n:>3}  after {:.3} s: {}", seconds(moment), told(mix, stands, kind));
        // At times the next build is killed too, and at times it is of the site that stood before.
        if n < n_kills && chance.one_in(4) {
            println!("; not repaired yet");
        } else {
            stands = chance.below(2);
            repair(&mut build(stands), &sites, stands, &output, &mut faults);
        }
        for fault in &mut faults[before..] {
            fault.insert_str(0, &format!("kill {n}: "));
        }
    }
    let [old, mixed, new, over] = kinds;
    println!(
        "{n_kills} kills: the old site stood {old} times, both in part {mixed}, the new {new}; {over} came too late"
    );
    faults
}

fn repair(build: &mut Command, sites: &Sites, site: usize, output: &Path, faults: &mut Vec<String>) {
    let began = Instant::now();
    let status = quiet(build).status().expect("the program runs");
    if !status.success() {
        faults.push(format!("the next build ended with {status}"));
    }
    let before = faults.len();
    sites.expect(site, output, faults);
    let outcome = if faults.len() == before { "repaired" } else { "NOT REPAIRED" };
    println!("; {outcome} in {:.2} s", began.elapsed().as_secs_f64());
}

/// A third of the kills comes at any moment, a third when the output is being written, a third at its end.
fn moment(n: usize, length: Length, chance: &mut Chance) -> Duration {
    let share = chance.below(10_000) as f64 / 10_000.0;
    let writing = length.whole.saturating_sub(length.until_output);
    match n % 3 {
        0 => length.whole.mul_f64(share),
        1 => length.until_output + writing.mul_f64(share),
        _ => length.until_output + writing.mul_f64(0.8 + 0.25 * share),
    }
}

/// Whether the child was still at work.
fn kill_after(child: &mut Child, moment: Duration) -> bool {
    std::thread::sleep(moment);
    let was_running = child.try_wait().expect("a child").is_none();
    child.kill().expect("killed");
    child.wait().expect("ended");
    was_running
}

/// Runs a build, looking every millisecond for a change in the output folder.
fn measure(build: &mut Command, output: &Path) -> Length {
    let touched = |path: &PathBuf| std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let own = || -> Option<SystemTime> {
        let entries = std::fs::read_dir(output).ok()?.filter_map(Result::ok).map(|entry| entry.path());
        entries.filter_map(|path| touched(&path)).max()
    };
    let (before, began) = (own(), Instant::now());
    let mut child = quiet(build).spawn().expect("the program runs");
    let mut until_output = None;
    while child.try_wait().expect("a child").is_none() {
        if until_output.is_none() && own() != before {
            until_output = Some(began.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let whole = began.elapsed();
    Length { whole, until_output: until_output.unwrap_or(whole) }
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
