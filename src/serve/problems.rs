//! [`Problems`]: what is wrong with the site of a moment, and which of it concerns whom.

use crate::content_path::ContentPath;
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::report::Found;
use crate::report::frame::FrameStyle;
use crate::report::selection::{Shown, select};
use crate::texts::Texts;

/// How wide a frame is at most, in columns: as people read.
const WIDEST: usize = 100;

/// Everything that is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    /// What was found in the files.
    pub found: Vec<Found>,
    /// Why the site could not be made at all, in words.
    pub failure: Option<String>,
    /// The language in which it is told.
    pub lang: Lang,
}

/// One thing that is wrong, as a browser shows it.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Note {
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    /// Everything that the terminal says of it.
    text: String,
}

impl Problems {
    /// Whether anything keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        self.failure.is_some() || self.found.iter().any(|one| one.diagnostic.severity == Severity::Error)
    }

    /// What a page that is made of `source` is told: every error, and the warnings about that file.
    ///
    /// A browser shows so many `columns` in a line.
    pub(super) fn concerning(&self, source: Option<&ContentPath>, columns: usize) -> Vec<Note> {
        let style = FrameStyle { colour: false, width: columns.min(WIDEST) };
        let texts = Texts::of(self.lang);
        let is_told = |one: &&Found| match one.diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => Some(&one.primary.file) == source,
            Severity::Info => false,
        };
        let found: Vec<&Found> = self.found.iter().filter(is_told).collect();
        let selection = select(&found);
        let failure = self.failure.iter().map(|text| Note { severity: "error", text: text.clone() });
        let notes = selection.shown.iter().map(|one| {
            let severity = match one {
                Shown::Found(found) => found.diagnostic.severity.as_str(),
                Shown::More { .. } => "warning",
            };
            Note { severity, text: one.text(texts, style) }
        });
        let left_out = (selection.left_out > 0).then(|| Note {
            severity: "warning",
            text: texts.get("summary", "left-out", &[("n", selection.left_out.to_string())]),
        });
        failure.chain(notes).chain(left_out).collect()
    }
}
