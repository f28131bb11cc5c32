//! Diagnostics and the summary for machines: one JSON object, version 1.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::texts::Texts;

use super::Found;
use super::frame::sentences;

/// One object on standard output.
#[derive(Clone, Debug, Serialize)]
pub struct JsonReport {
    version: u32,
    summary: JsonSummary,
    diagnostics: Vec<JsonDiagnostic>,
}

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JsonSummary {
    /// Modules that have a page.
    pub modules: usize,
    /// Pages that people read.
    pub pages: usize,
    /// Files written.
    pub written: usize,
    /// Files that stood there already.
    pub unchanged: usize,
    /// Files of an earlier run removed.
    pub removed: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The next day on which a build would give something else, `YYYY-MM-DD`.
    pub next_change: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct JsonDiagnostic {
    code: String,
    severity: &'static str,
    file: String,
    line: usize,
    column: usize,
    message: String,
    help: String,
}

impl JsonReport {
    /// The report of a run, with sentences in the language of `texts`.
    pub fn new(found: &[Found], summary: JsonSummary, texts: &Texts) -> Self {
        let diagnostics = found
            .iter()
            .map(|one| {
                let (message, help) = sentences(&one.diagnostic, texts);
                JsonDiagnostic {
                    code: one.diagnostic.code.to_string(),
                    severity: one.diagnostic.severity.as_str(),
                    file: one.primary.file.to_string(),
                    line: one.primary.line,
                    column: one.primary.column,
                    message,
                    help,
                }
            })
            .collect();
        Self { version: 1, summary, diagnostics }
    }

    /// The report of a run that the machine or the words typed kept from being done: `key` names the reason.
    pub fn of_failure(key: &str, message: String) -> Self {
        let diagnostic = JsonDiagnostic {
            code: key.to_owned(),
            severity: Severity::Error.as_str(),
            file: String::new(),
            line: 1,
            column: 1,
            message,
            help: String::new(),
        };
        let summary = JsonSummary { errors: 1, ..JsonSummary::default() };
        Self { version: 1, summary, diagnostics: vec![diagnostic] }
    }

    /// The object as text, without a line break at its end.
    pub fn to_text(&self) -> String {
        // Text, numbers and lists of them: nothing that JSON cannot say.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
