//! Measures of the whole program, on catalogues that are made up. Run it with a release build of the program:
//!
//! ```sh
//! cargo bench --bench catalogue -- 100 1000 10000    # what builds of these sizes cost
//! cargo bench --bench catalogue -- generate 1000 DIR # a catalogue to look at
//! cargo bench --bench catalogue -- preview 1000      # how long an author waits for a page
//! cargo bench --bench catalogue -- kill 50           # builds that are killed
//! cargo bench --bench catalogue -- failing           # full disks and other machines that fail; as root, on Linux
//! ```
//!
//! [`report`] says what is measured. `--program PATH` measures another program, `--in DIR` works in another folder,
//! on another disk perhaps, and `--rounds N` measures more or less often.

// What is measured is told on standard output.
#![allow(clippy::print_stdout)]

mod child;
#[cfg(target_os = "linux")]
mod failing;
mod generate;
mod kill;
#[cfg(target_os = "linux")]
mod mount;
mod preview;
mod published;
mod report;
mod stages;
mod table;

use std::path::Path;
use std::process::ExitCode;

use child::Program;
use report::Bench;

/// What can be typed.
const USAGE: &str = "cargo bench --bench catalogue -- N... [--rounds N] [--program PATH] [--in DIR]
cargo bench --bench catalogue -- preview N... [--program PATH] [--in DIR]
cargo bench --bench catalogue -- generate N DIR
cargo bench --bench catalogue -- kill N [--program PATH] [--in DIR]
cargo bench --bench catalogue -- failing [--program PATH] [--in DIR]";

fn main() -> ExitCode {
    // Cargo adds this word when it runs a benchmark.
    let mut words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let program = Program::new(take(&mut words, "--program").as_deref());
    let folder = take(&mut words, "--in").unwrap_or_else(|| env!("CARGO_TARGET_TMPDIR").to_owned());
    let rounds = take(&mut words, "--rounds").and_then(|rounds| rounds.parse().ok());
    let bench = Bench { program: &program, folder: &Path::new(&folder).join("catalogue"), rounds };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate", n_modules, folder] if is_number(n_modules) => {
            let written = generate::write_site(Path::new(folder), number(n_modules), generate::SEED);
            let (n_files, n_bytes) = written.expect("a folder to write into");
            println!("{folder}: {n_files} files, {n_bytes} bytes; build it with --date {}", generate::FIRST_DAY);
        }
        ["preview", sizes @ ..] if !sizes.is_empty() && sizes.iter().all(|size| is_number(size)) => {
            preview::measure(&bench, &sizes.iter().map(|size| number(size)).collect::<Vec<_>>());
        }
        ["kill", n_kills] if is_number(n_kills) => {
            return bench.verdict(|| kill::kill(&bench, number(n_kills)));
        }
        #[cfg(target_os = "linux")]
        ["failing"] => return bench.verdict(|| failing::fail(&bench)),
        sizes if !sizes.is_empty() && sizes.iter().all(|size| is_number(size)) => {
            bench.report_all(&sizes.iter().map(|size| number(size)).collect::<Vec<_>>());
        }
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Takes an option with its value out of the words.
fn take(words: &mut Vec<String>, name: &str) -> Option<String> {
    let at = words.iter().position(|word| word == name)?;
    let mut taken = words.drain(at..(at + 2).min(words.len()));
    taken.nth(1)
}

fn is_number(word: &str) -> bool {
    word.parse::<usize>().is_ok_and(|number| number > 0)
}

fn number(word: &str) -> usize {
    word.parse().unwrap_or_default()
}
