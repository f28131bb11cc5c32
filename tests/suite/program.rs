//! The program itself, run on a site that stands on a real disk.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::driver::{DAY, TestSite, files_below};

/// A site in a folder of its own, with what the program publishes from it.
pub(crate) struct DiskSite {
    folder: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; -1 when it was killed.
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program, in English and without a terminal, wherever the tests run.
pub(crate) fn program() -> Command {
    let mut command = Command::new(binary());
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "en_GB.UTF-8").env("NO_COLOR", "1");
    command
}

fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_brochure")
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Ran {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Ran {
    /// Expects an exit code.
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Expects words among what is told beside the result.
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "{words:?} is not said:\n{}", self.stderr);
        self
    }
}

impl DiskSite {
    /// A site of these files, on the disk.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self::from(&TestSite::of(files))
    }

    /// The fixture site `name`, on the disk.
    pub(crate) fn from_fixture(name: &str) -> Self {
        Self::from(&TestSite::from_fixture(name))
    }

    fn from(site: &TestSite) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // The site has a parent of its own, so that a test may look at what stands beside it.
        std::fs::create_dir(folder.path().join("site")).expect("made");
        site.copy_to(&folder.path().join("site"));
        Self { folder }
    }

    /// The folder of the site.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A path in the folder above the site.
    pub(crate) fn beside(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A path in the output folder.
    pub(crate) fn public(&self, path: &str) -> PathBuf {
        self.root().join("public").join(path)
    }

    /// Writes a file of the site.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
        self
    }

    /// The program with a command for this site, on the usual day.
    pub(crate) fn command(&self, command: &str, words: &[&str]) -> Command {
        let mut program = program();
        program.arg(command).arg("--root").arg(self.root()).args(["--date", DAY]).args(words);
        program
    }

    /// `brochure build`.
    pub(crate) fn build(&self, words: &[&str]) -> Ran {
        run(&mut self.command("build", words))
    }

    /// `brochure build`, begun and not waited for.
    pub(crate) fn begin_build(&self) -> std::process::Child {
        let mut program = std::process::Command::new(binary());
        program.arg("build").arg("--root").arg(self.root()).args(["--date", DAY]);
        program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
    }

    /// Every published file with its text, but for the program's own book-keeping.
    pub(crate) fn published(&self) -> Vec<(String, Vec<u8>)> {
        published_in(&self.root().join("public"))
    }
}

/// Every file below a folder with its bytes, but for the program's own book-keeping.
pub(crate) fn published_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = files_below(folder).into_iter().filter(|(below, _)| !below.starts_with(".brochure-"));
    files.map(|(below, path)| (below, std::fs::read(path).expect("read"))).collect()
}
