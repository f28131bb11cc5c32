//! [`Overview`]: how each sheet stands, from what the rules say of it and from all that was found in its file.
//!
//! A sheet is in error when one thing in its file is an error, to finish when one is a warning, and else complete:
//! remarks do not count. What stands in no sheet (settings, pages, news) is counted apart.

use std::collections::BTreeMap;

use crate::content_path::ContentPath;
use crate::diagnostic::Severity;
use crate::rules::{Assessment, Item, Met, Sheet};

use super::Found;

/// Everything that was found, by the sheet that it is about.
#[derive(Clone, Debug, Default)]
pub struct Overview<'a> {
    /// The sheets, in the order of their files.
    pub sheets: Vec<SheetState<'a>>,
    /// What is about no sheet.
    pub elsewhere: Vec<&'a Found>,
}

/// One sheet, and what was found in its file.
#[derive(Clone, Debug)]
pub struct SheetState<'a> {
    /// What the rules say of it.
    pub sheet: &'a Sheet,
    /// How it stands.
    pub state: State,
    /// What was found in its file, in the order of places.
    pub found: Vec<&'a Found>,
}

/// How a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Something in it is an error.
    InError,
    /// Something in it is to be looked at.
    ToFinish,
    /// Nothing is asked for any more.
    Complete,
}

impl State {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::InError, Self::ToFinish, Self::Complete];

    /// The key of its name in the texts, and its name in the report for machines.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::InError => "in-error",
            Self::ToFinish => "to-finish",
            Self::Complete => "complete",
        }
    }

    /// What was found in a file makes of it.
    fn of(found: &[&Found]) -> Self {
        match found.iter().map(|one| one.diagnostic.severity).min() {
            Some(Severity::Error) => Self::InError,
            Some(Severity::Warning) => Self::ToFinish,
            Some(Severity::Info) | None => Self::Complete,
        }
    }

    /// Nothing is complete that does not say what is asked for, be it that the site does not want to hear of it.
    fn with(self, sheet: &Sheet) -> Self {
        let is_missing = |(_, met): &(Item, Met)| *met == Met::Missing;
        let is_silenced = sheet.waived.is_empty() && sheet.items.iter().any(is_missing);
        if self == Self::Complete && is_silenced { Self::ToFinish } else { self }
    }
}

impl<'a> Overview<'a> {
    /// What was found, sorted by sheets.
    pub fn new(assessment: &'a Assessment, found: impl IntoIterator<Item = &'a Found>) -> Self {
        let mut by_file: BTreeMap<&ContentPath, Vec<&Found>> = BTreeMap::new();
        let mut elsewhere = Vec::new();
        for one in found {
            let file = &one.primary.file;
            let is_sheet = assessment.documents.get(file).is_some_and(|assessed| assessed.sheet.is_some());
            let of_file = if is_sheet { by_file.entry(file).or_default() } else { &mut elsewhere };
            of_file.push(one);
        }
        let sheets = assessment.sheets().map(|sheet| {
            let found = by_file.remove(&sheet.file).unwrap_or_default();
            SheetState { sheet, state: State::of(&found).with(sheet), found }
        });
        Self { sheets: sheets.collect(), elsewhere }
    }

    /// How many sheets stand so.
    pub fn count(&self, state: State) -> usize {
        self.sheets.iter().filter(|sheet| sheet.state == state).count()
    }
}

impl SheetState<'_> {
    /// How many things of a severity were found.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|one| one.diagnostic.severity == severity).count()
    }

    /// The items that are said nowhere, though they are asked for.
    pub fn missing(&self) -> impl Iterator<Item = Item> {
        self.with(Met::Missing)
    }

    /// The items that are said in the settings.
    pub fn inherited(&self) -> impl Iterator<Item = Item> {
        self.with(Met::BySite)
    }

    fn with(&self, wanted: Met) -> impl Iterator<Item = Item> {
        self.sheet.items.iter().filter(move |(_, met)| *met == wanted).map(|(item, _)| *item)
    }

    /// The codes of errors and warnings that say something else than that an item is missing, each once.
    pub fn other_codes(&self) -> Vec<&'static str> {
        let told: Vec<&str> = self.missing().flat_map(|item| item.rules()).map(|rule| rule.as_str()).collect();
        let mut codes = Vec::new();
        for one in self.found.iter().filter(|one| one.diagnostic.severity != Severity::Info) {
            let code = one.diagnostic.code.as_str();
            if !told.contains(&code) && !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }
}
