//! Small file systems in memory that are mounted for a test, and unmounted whatever happens.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system of a fixed size.
pub(crate) struct Mount {
    at: PathBuf,
}

impl Mount {
    /// Mounts one of so many KB; none where this is not allowed.
    pub(crate) fn of(at: &Path, kilobytes: usize) -> Option<Self> {
        std::fs::create_dir_all(at).expect("made");
        let size = format!("size={kilobytes}k");
        let is_mounted = run(Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at));
        is_mounted.then(|| Self { at: at.to_owned() })
    }

    /// Where it stands.
    pub(crate) fn path(&self) -> &Path {
        &self.at
    }

    /// Mounts it again with other options, `ro` or `rw,size=5m`.
    pub(crate) fn again(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(run(Command::new("mount").args(["-o", &options]).arg(&self.at)), "{options}");
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        run(Command::new("umount").arg(&self.at));
    }
}

fn run(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}
