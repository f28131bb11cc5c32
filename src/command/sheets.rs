//! What `check` says of the sheets, on one screen: how many are complete, and what is missing in each that is not.
//!
//! It comes last, behind the messages, since what comes last on a terminal is all that is seen.

use std::collections::BTreeMap;

use crate::cli::Verbosity;
use crate::diagnostic::{Rule, Severity};
use crate::report::overview::{Overview, SheetState, State};
use crate::rules::{Duty, Item};
use crate::texts::Texts;

use super::terminal::Terminal;

/// How many unfinished sheets have a line of their own: with what stands around them, a screen.
const MOST_LINES: usize = 20;
/// How many files are named in a row.
const MOST_NAMED: usize = 5;

/// Says how the sheets stand.
pub(super) fn tell(overview: &Overview<'_>, verbosity: Verbosity, texts: &Texts, terminal: &mut Terminal<'_>) {
    let is_verbose = verbosity == Verbosity::Verbose;
    if !overview.sheets.is_empty() {
        let counts = State::ALL.into_iter().map(|state| (state, overview.count(state))).filter(|(_, n)| *n > 0);
        let counts: Vec<String> = counts.map(|(state, n)| texts.count("sheets", state.text_key(), n)).collect();
        terminal.out(&texts.get("sheets", "counts", &[("counts", counts.join(", "))]));
        tell_unfinished(overview, is_verbose, texts, terminal);
        if is_verbose {
            overview.sheets.iter().for_each(|sheet| tell_more(sheet, texts, terminal));
        }
        tell_not_asked(overview, texts, terminal);
    }
    let elsewhere = |severity| overview.elsewhere.iter().filter(|one| one.diagnostic.severity == severity).count();
    let counts = [("errors", elsewhere(Severity::Error)), ("warnings", elsewhere(Severity::Warning))];
    let counts = counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| texts.count("summary", key, n));
    let counts: Vec<String> = counts.collect();
    if !counts.is_empty() && !overview.sheets.is_empty() {
        terminal.out(&texts.get("sheets", "elsewhere", &[("counts", counts.join(", "))]));
    }
    if overview.sheets.iter().any(|one| one.sheet.duty == Duty::Training) {
        terminal.out(&texts.get("sheets", "edition", &[("edition", Rule::edition())]));
    }
}

/// One line for each sheet that is not complete, the gravest first.
fn tell_unfinished(overview: &Overview<'_>, is_verbose: bool, texts: &Texts, terminal: &mut Terminal<'_>) {
    let of_state = |state| overview.sheets.iter().filter(move |sheet| sheet.state == state);
    let unfinished: Vec<&SheetState<'_>> = of_state(State::InError).chain(of_state(State::ToFinish)).collect();
    let n_shown = if is_verbose { unfinished.len() } else { MOST_LINES };
    for one in unfinished.iter().take(n_shown) {
        let parts = [
            ("file", one.sheet.file.to_string()),
            ("state", texts.plain("sheets", one.state.text_key())),
            ("what", what_is_missing(one, texts)),
        ];
        terminal.out(&texts.get("sheets", "unfinished", &parts));
    }
    let n_more = unfinished.len().saturating_sub(n_shown);
    if n_more > 0 {
        terminal.out(&texts.count("sheets", "more", n_more));
    }
}

/// The items that are missing, by name, then the codes of whatever else there is to say.
fn what_is_missing(one: &SheetState<'_>, texts: &Texts) -> String {
    let items = names(one.missing(), texts);
    let codes = one.other_codes().join(", ");
    let items = (!items.is_empty()).then(|| texts.get("sheets", "missing", &[("items", items)]));
    let codes = (!codes.is_empty()).then(|| texts.get("sheets", "codes", &[("codes", codes)]));
    items.into_iter().chain(codes).collect::<Vec<_>>().join(&texts.plain("sheets", "and"))
}

/// What the sheet takes from the settings, and what it is excused from.
fn tell_more(one: &SheetState<'_>, texts: &Texts, terminal: &mut Terminal<'_>) {
    let file = one.sheet.file.to_string();
    let inherited = names(one.inherited(), texts);
    if !inherited.is_empty() {
        let parts = [("file", file.clone()), ("items", inherited)];
        terminal.out(&texts.get("sheets", "inherited", &parts));
    }
    for waived in &one.sheet.waived {
        let parts = [("file", file.clone()), ("rule", waived.rule.to_string()), ("reason", waived.reason.clone())];
        terminal.out(&texts.get("sheets", "waived", &parts));
    }
}

/// Modules that are no trainings, and that the rules of trainings are not asked of them.
fn tell_not_asked(overview: &Overview<'_>, texts: &Texts, terminal: &mut Terminal<'_>) {
    let mut by_duty: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in &overview.sheets {
        let key = match one.sheet.duty {
            Duty::Training => continue,
            Duty::Subcontracted => Duty::Subcontracted.text_key(),
            Duty::Other(kind) => kind.as_str(),
        };
        by_duty.entry(key).or_default().push(one.sheet.file.as_str());
    }
    for (duty, files) in by_duty {
        let mut named: Vec<String> = files.iter().take(MOST_NAMED).map(|file| (*file).to_owned()).collect();
        let n_more = files.len().saturating_sub(named.len());
        named.extend((n_more > 0).then(|| texts.count("sheets", "files", n_more)));
        let parts = [("duty", texts.plain("duties", duty)), ("files", named.join(", "))];
        terminal.out(&texts.get("sheets", "not-asked", &parts));
    }
}

fn names(items: impl Iterator<Item = Item>, texts: &Texts) -> String {
    items.map(|item| texts.plain("items", item.text_key())).collect::<Vec<_>>().join(", ")
}
