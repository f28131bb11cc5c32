//! [`PublishReport`], what publishing has done, and [`PublishError`], why it was not done.

use std::path::PathBuf;

use crate::file_system::FileError;
use crate::output::Refusal;

/// What publishing has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishReport {
    /// How many files were written, because they were missing or different.
    pub written: usize,
    /// How many files stood there already, byte for byte, and were not touched.
    pub unchanged: usize,
    /// How many files of an earlier run were removed.
    pub removed: usize,
    /// Foreign files that stood in our way, and the names under which they were kept.
    pub set_aside: Vec<SetAside>,
    /// What was known of earlier runs.
    pub record: Record,
}

/// A foreign file or folder that was renamed, so that neither it nor the site is lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// Its path below the output folder.
    pub path: String,
    /// Its path now.
    pub kept_as: String,
}

/// In which state the manifest of the earlier run was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Record {
    /// There is none: a first run, or it was removed.
    #[default]
    Missing,
    /// There is one, but it cannot be relied on.
    Damaged,
    /// The earlier run did not come to its end.
    Unfinished,
    /// The earlier run is fully known.
    Complete,
}

impl Record {
    /// Whether files of ours may stand there of which nothing is known.
    pub(super) fn is_lost(self) -> bool {
        matches!(self, Self::Missing | Self::Damaged)
    }
}

/// Why the site was not published, or not wholly. The next run that succeeds repairs it.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The site must not be written there.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Another build is at work in the same folder.
    #[error("locked: {}", output.display())]
    Locked {
        /// The output folder.
        output: PathBuf,
    },
    /// The machine failed us before anything was changed.
    #[error(transparent)]
    Io(#[from] FileError),
    /// The machine failed us while files were given their names: the site may be up to date in part.
    #[error(transparent)]
    Interrupted(FileError),
}

impl PublishError {
    /// The key of the sentence that tells it.
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.text_key(),
            Self::Locked { .. } => "output-locked",
            Self::Io(error) | Self::Interrupted(error) => error.action.text_key(),
        }
    }

    /// The values that stand in the sentence, by the name they have there.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Refused(refusal) => refusal.args(),
            Self::Locked { output } => vec![("output", output.display().to_string())],
            Self::Io(error) | Self::Interrupted(error) => error.args(),
        }
    }
}
