//! One run of the program as a child, with what it cost: the whole program counts, not a part of it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use crate::generate::FIRST_DAY;

/// What a child cost, and what it said.
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    /// From the start to the end, as a clock on the wall sees it.
    pub(crate) wall: Duration,
    /// Time of processors in the program itself.
    pub(crate) user: Duration,
    /// Time of processors in the system, for the program.
    pub(crate) system: Duration,
    /// The most memory that it held, in bytes.
    pub(crate) peak: u64,
    pub(crate) said: String,
}

/// The program that is measured: the one that Cargo has built, or another.
pub(crate) struct Program(PathBuf);

impl Program {
    /// The one at `path`, or Cargo's.
    pub(crate) fn new(path: Option<&str>) -> Self {
        Self(PathBuf::from(path.unwrap_or(env!("CARGO_BIN_EXE_brochure"))))
    }

    /// `brochure build`, in English, on the day of generated catalogues.
    pub(crate) fn build(&self, root: &Path, output: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command
            .arg("build")
            .arg("--root")
            .arg(root)
            .arg("--output")
            .arg(output)
            .args(["--date", FIRST_DAY, "--lang", "en"]);
        command
    }
}

impl Program {
    /// `brochure serve --watch`, likewise, at any port.
    pub(crate) fn serve(&self, root: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["serve", "--watch", "--port", "0", "--date", FIRST_DAY, "--lang", "en", "--root"]).arg(root);
        command
    }
}

/// Runs a command to its end, while `watch` looks at its process.
///
/// # Errors
/// When it cannot be run.
pub(crate) fn run(command: &mut Command, watch: impl FnOnce(u32)) -> io::Result<Ran> {
    // Not a pipe: nobody reads while it runs.
    let mut heard = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(heard.try_clone()?).stderr(heard.try_clone()?);
    let began = Instant::now();
    let mut child = command.spawn()?;
    watch(child.id());
    let used = child.wait4()?;
    let wall = began.elapsed();
    let mut said = String::new();
    io::Seek::rewind(&mut heard)?;
    io::Read::read_to_string(&mut heard, &mut said)?;
    let rusage = used.rusage;
    Ok(Ran { status: used.status, wall, user: rusage.utime, system: rusage.stime, peak: rusage.maxrss, said })
}

/// Runs a command that must succeed.
pub(crate) fn run_well(command: &mut Command) -> Ran {
    let ran = run(command, |_| {}).unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(ran.status.success(), "{command:?} ended with {}:\n{}", ran.status, ran.said);
    ran
}
