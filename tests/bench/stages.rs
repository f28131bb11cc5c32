//! Which stage of a build takes the time, as the program tells it with `--verbose`: by the clock, and the work of all
//! threads together. Stages that run at the same time share the clock.

use std::path::Path;
use std::time::Duration;

use crate::child::{Program, Ran, run};
use crate::table::{Align, Table, seconds};

/// A build whose stages were watched.
pub(crate) struct Staged {
    /// The stages in their order: name, time of the clock, time of work.
    stages: Vec<(String, Duration, Duration)>,
    ran: Ran,
}

/// Builds once, into a folder that must not exist yet.
pub(crate) fn watch_build(program: &Program, root: &Path, output: &Path) -> Staged {
    let mut command = program.build(root, output);
    let ran = run(command.arg("--verbose"), |_| {}).expect("the program runs");
    assert!(ran.status.success(), "the build ended with {}:\n{}", ran.status, ran.said);
    let stages: Vec<(String, Duration, Duration)> = ran.said.lines().filter_map(stage_line).collect();
    assert!(!stages.is_empty(), "--verbose tells no stage:\n{}", ran.said);
    Staged { stages, ran }
}

/// "  reading the folder: 184.2 ms (300.1 ms of work)", and nothing else.
fn stage_line(line: &str) -> Option<(String, Duration, Duration)> {
    let (name, times) = line.strip_prefix("  ")?.rsplit_once(": ")?;
    let (wall, work) = times.strip_suffix(" ms of work)")?.split_once(" ms (")?;
    let time = |text: &str| text.parse().ok().map(|milliseconds: f64| Duration::from_secs_f64(milliseconds / 1_000.0));
    Some((name.to_owned(), time(wall)?, time(work)?))
}

/// Prints the stages of a build.
pub(crate) fn print(staged: &Staged) {
    let (wall, processors) = (staged.ran.wall, staged.ran.user + staged.ran.system);
    let mut table = Table::new(&[
        ("stage of a full build", Align::Left),
        ("wall s", Align::Right),
        ("share", Align::Right),
        ("work s", Align::Right),
        ("share", Align::Right),
        ("cores busy", Align::Right),
    ]);
    let mut rest = (wall, processors);
    for (name, stage_wall, work) in &staged.stages {
        rest = (rest.0.saturating_sub(*stage_wall), rest.1.saturating_sub(*work));
        table.row(stage_row(name, *stage_wall, *work, wall, processors));
    }
    table.row(stage_row("before, between and after", rest.0, rest.1, wall, processors));
    table.row(stage_row("the whole", wall, processors, wall, processors));
    table.print();
}

fn stage_row(name: &str, wall: Duration, work: Duration, all: Duration, all_work: Duration) -> Vec<String> {
    let share = |part: Duration, whole: Duration| format!("{:.0} %", 100.0 * ratio(part, whole));
    vec![
        name.to_owned(),
        seconds(wall),
        share(wall, all),
        seconds(work),
        share(work, all_work),
        format!("{:.1}", ratio(work, wall)),
    ]
}

/// How many times `whole` goes into `part`.
pub(crate) fn ratio(part: Duration, whole: Duration) -> f64 {
    part.as_secs_f64() / whole.as_secs_f64().max(1e-9)
}
