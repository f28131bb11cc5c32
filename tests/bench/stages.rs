//! Which stage of a build takes the time: of the clock as the program tells it, of the processors as seen from outside.
//!
//! The program says with `--verbose` how long each stage took, one after the other. Meanwhile the time that its
//! processors have spent is looked at every few milliseconds; put side by side, each stage has its share of both.
//! Where the system does not tell of a running process, only the clock is shown.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::child::{Program, Ran, run};
use crate::table::{Align, Table, seconds};

/// How often a running build is looked at.
const EVERY: Duration = Duration::from_millis(4);

/// Moments of a run, and the time of processors until then.
type Samples = Vec<(Duration, Duration)>;

/// A build whose stages were watched.
pub(crate) struct Staged {
    /// The stages in their order: name, time of the clock, time of processors.
    stages: Vec<(String, Duration, Option<Duration>)>,
    ran: Ran,
}

/// Builds once, into a folder that must not exist yet.
pub(crate) fn watch_build(program: &Program, root: &Path, output: &Path) -> Staged {
    let mut command = program.build(root, output);
    let is_over = &AtomicBool::new(false);
    let mut samples = Samples::new();
    let ran = std::thread::scope(|scope| {
        let mut watcher = None;
        let ran = run(command.arg("--verbose"), |pid| watcher = Some(scope.spawn(move || sample(pid, is_over))));
        is_over.store(true, Ordering::Relaxed);
        samples = watcher.and_then(|watcher| watcher.join().ok()).unwrap_or_default();
        ran.expect("the program runs")
    });
    assert!(ran.status.success(), "the build ended with {}:\n{}", ran.status, ran.said);
    let told: Vec<(String, Duration)> = ran.said.lines().filter_map(stage_line).collect();
    assert!(!told.is_empty(), "--verbose tells no stage:\n{}", ran.said);
    samples.push((ran.wall, ran.user + ran.system));
    let mut from = Duration::ZERO;
    let mut stages = Vec::new();
    for (name, wall) in told {
        // What stands between two stages is next to nothing, and so is the start of the program.
        let processors =
            (samples.len() > 9).then(|| spent(&samples, from + wall).saturating_sub(spent(&samples, from)));
        stages.push((name, wall, processors));
        from += wall;
    }
    Staged { stages, ran }
}

/// "  reading the folder: 184.2 ms", and nothing else.
fn stage_line(line: &str) -> Option<(String, Duration)> {
    let (name, time) = line.strip_prefix("  ")?.rsplit_once(": ")?;
    let milliseconds: f64 = time.strip_suffix(" ms")?.parse().ok()?;
    Some((name.to_owned(), Duration::from_secs_f64(milliseconds / 1_000.0)))
}

fn sample(pid: u32, is_over: &AtomicBool) -> Samples {
    let began = Instant::now();
    let mut samples = vec![(Duration::ZERO, Duration::ZERO)];
    while !is_over.load(Ordering::Relaxed) {
        std::thread::sleep(EVERY);
        let Some(spent) = spent_by(pid) else { break };
        samples.push((began.elapsed(), spent));
    }
    samples
}

/// The time that processors have spent on a running process, user and system, where Linux tells it.
fn spent_by(pid: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in brackets and may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    // A tick has been a hundredth of a second for programs since Linux 2.6.
    Some(Duration::from_millis(ticks * 10))
}

/// The time spent until a moment, between the samples around it.
fn spent(samples: &Samples, moment: Duration) -> Duration {
    let after = samples.iter().position(|(at, _)| *at >= moment).unwrap_or(samples.len() - 1).max(1);
    let ((t0, s0), (t1, s1)) = (samples[after - 1], samples[after]);
    let share = moment.saturating_sub(t0).as_secs_f64() / (t1 - t0).as_secs_f64().max(1e-9);
    s0 + s1.saturating_sub(s0).mul_f64(share.min(1.0))
}

/// Prints the stages of a build.
pub(crate) fn print(staged: &Staged) {
    let (wall, processors) = (staged.ran.wall, staged.ran.user + staged.ran.system);
    let mut table = Table::new(&[
        ("stage of a full build", Align::Left),
        ("wall s", Align::Right),
        ("share", Align::Right),
        ("processor s", Align::Right),
        ("share", Align::Right),
        ("cores busy", Align::Right),
    ]);
    let mut rest = (wall, Some(processors));
    for (name, stage_wall, stage_processors) in &staged.stages {
        rest.0 = rest.0.saturating_sub(*stage_wall);
        rest.1 = rest.1.zip(*stage_processors).map(|(rest, spent)| rest.saturating_sub(spent));
        table.row(stage_row(name, *stage_wall, *stage_processors, wall, processors));
    }
    table.row(stage_row("before, between and after", rest.0, rest.1, wall, processors));
    table.row(stage_row("the whole", wall, Some(processors), wall, processors));
    table.print();
}

fn stage_row(name: &str, wall: Duration, spent: Option<Duration>, all: Duration, all_spent: Duration) -> Vec<String> {
    let share = |part: Duration, whole: Duration| format!("{:.0} %", 100.0 * ratio(part, whole));
    let or_none = |text: Option<String>| text.unwrap_or_default();
    vec![
        name.to_owned(),
        seconds(wall),
        share(wall, all),
        or_none(spent.map(seconds)),
        or_none(spent.map(|spent| share(spent, all_spent))),
        or_none(spent.map(|spent| format!("{:.1}", ratio(spent, wall)))),
    ]
}

/// How many times `whole` goes into `part`.
pub(crate) fn ratio(part: Duration, whole: Duration) -> f64 {
    part.as_secs_f64() / whole.as_secs_f64().max(1e-9)
}
