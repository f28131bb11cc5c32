//! Reads the command line, runs the command, and turns the outcome into an exit code.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use brochure::cli::Format;
use brochure::command::{Terminal, run};
use brochure::file_system::Disk;
use brochure::lang::Lang;
use brochure::report::frame::FrameStyle;

/// A run makes and drops millions of small texts on all cores, which the allocators of most systems do slowly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Columns of a frame when the terminal does not say how wide it is.
const USUAL_WIDTH: usize = 100;

fn main() -> ExitCode {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    let is_watched = io::stderr().is_terminal();
    let shows_colour =
        is_watched && variable("NO_COLOR").is_none() && variable("TERM").is_none_or(|term| term != "dumb");
    let width = terminal_size::terminal_size_of(io::stderr()).map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0));
    // Questions are for people: both what they read and what they type is theirs.
    let is_answered = io::stdin().is_terminal() && io::stdout().is_terminal();
    // Taken only where somebody answers: an import may read what comes through the same stream.
    let mut answers = is_answered.then(|| io::stdin().lock());
    let mut terminal = Terminal {
        stdout: &mut io::stdout(),
        stderr: &mut io::stderr(),
        answers: answers.as_mut().map(|answers| answers as &mut dyn io::BufRead),
        locale: locale.and_then(|locale| Lang::from_code(&locale)),
        style: FrameStyle { colour: shows_colour, width },
        is_watched,
        format: Format::Human,
    };
    run(std::env::args_os(), &Disk, &mut terminal).into()
}
