//! Diagnostics and the summary for machines: one JSON object, version 1.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Code, Rule, Severity};
use crate::register::Changes;
use crate::rules::{Sheet, Waived};
use crate::texts::Texts;

use super::frame::sentences;
use super::overview::{Overview, SheetState};
use super::{Found, Located};

/// One object on standard output.
#[derive(Clone, Debug, Serialize)]
pub struct JsonReport {
    version: u32,
    summary: JsonSummary,
    /// Which edition of the rules the sheets were looked at by.
    rules: &'static str,
    sheets: Vec<JsonSheet>,
    /// What is another since the last published site; nothing where there is none.
    changes: Option<Arc<Changes>>,
    diagnostics: Vec<JsonDiagnostic>,
}

/// How one sheet stands.
#[derive(Clone, Debug, Serialize)]
struct JsonSheet {
    id: String,
    title: String,
    file: String,
    /// What the module is, in the words of front matter.
    kind: &'static str,
    /// Which rules hold for it.
    duty: &'static str,
    state: &'static str,
    /// The nine items of indicator 1, by name, and where each is said.
    items: BTreeMap<&'static str, &'static str>,
    waived: Vec<JsonWaived>,
    updated: Option<String>,
}

/// A rule that does not hold for a sheet, and why.
#[derive(Clone, Debug, Serialize)]
struct JsonWaived {
    rule: &'static str,
    reason: String,
}

impl JsonSheet {
    fn new(standing: &SheetState<'_>) -> Self {
        let SheetState { sheet, state, .. } = standing;
        let Sheet { module, title, file, kind, duty, items, waived, updated } = sheet;
        let waived =
            waived.iter().map(|Waived { rule, reason }| JsonWaived { rule: rule.as_str(), reason: reason.clone() });
        Self {
            id: module.to_string(),
            title: title.clone(),
            file: file.to_string(),
            kind: kind.as_str(),
            duty: duty.text_key(),
            state: state.text_key(),
            items: items.iter().map(|(item, met)| (item.text_key(), met.text_key())).collect(),
            waived: waived.collect(),
            updated: updated.map(|date| date.to_string()),
        }
    }
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

/// All that a frame shows: what is wrong and what to do, the place, and the other places.
#[derive(Clone, Debug, Serialize)]
struct JsonDiagnostic {
    code: String,
    severity: &'static str,
    #[serde(flatten)]
    at: JsonPlace,
    message: String,
    help: String,
    also: Vec<JsonPlace>,
}

/// A place in a file, with the words that stand at it and the text around it, where there are any.
#[derive(Clone, Debug, Serialize)]
struct JsonPlace {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: Option<String>,
    excerpt: Option<String>,
}

impl JsonPlace {
    fn new(at: &Located, code: Code, texts: &Texts) -> Self {
        Self {
            file: at.file.to_string(),
            line: at.line,
            column: at.column,
            end_line: at.end.0,
            end_column: at.end.1,
            label: at.text.map(|key| texts.plain(code.as_str(), key)),
            excerpt: at.excerpt.as_ref().map(|excerpt| excerpt.text.clone()),
        }
    }
}

impl JsonReport {
    /// The report of a run, with sentences in the language of `texts`.
    pub fn new<'a>(
        found: impl IntoIterator<Item = &'a Found>,
        overview: &Overview<'_>,
        summary: JsonSummary,
        changes: Option<Arc<Changes>>,
        texts: &Texts,
    ) -> Self {
        let diagnostics = found
            .into_iter()
            .map(|one| {
                let (message, help) = sentences(&one.diagnostic, texts);
                let place = |at| JsonPlace::new(at, one.diagnostic.code, texts);
                JsonDiagnostic {
                    code: one.diagnostic.code.to_string(),
                    severity: one.diagnostic.severity.as_str(),
                    at: place(&one.primary),
                    message,
                    help,
                    also: one.secondary.iter().map(place).collect(),
                }
            })
            .collect();
        let sheets = overview.sheets.iter().map(JsonSheet::new).collect();
        Self { version: 1, summary, rules: Rule::edition(), sheets, changes, diagnostics }
    }

    /// The report of a run that the machine or the words typed kept from being done: `key` names the reason.
    pub fn of_failure(key: &str, message: String) -> Self {
        let diagnostic = JsonDiagnostic {
            code: key.to_owned(),
            severity: Severity::Error.as_str(),
            at: JsonPlace {
                file: String::new(),
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 1,
                label: None,
                excerpt: None,
            },
            message,
            help: String::new(),
            also: Vec::new(),
        };
        let summary = JsonSummary { errors: 1, ..JsonSummary::default() };
        Self {
            version: 1,
            summary,
            rules: Rule::edition(),
            sheets: Vec::new(),
            changes: None,
            diagnostics: vec![diagnostic],
        }
    }

    /// The object as text, without a line break at its end.
    pub fn to_text(&self) -> String {
        // Text, numbers and lists of them: nothing that JSON cannot say.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
