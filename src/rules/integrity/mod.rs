//! Whether a catalogue agrees with itself (C-*): series, sessions, contacts, links, names, prose against facts.
//!
//! What leads nowhere is told by earlier stages; here is what leads somewhere and cannot be meant.

mod contacts;
mod prose;
mod sessions;

use std::collections::BTreeMap;

use crate::catalogue::Module;
use crate::config::Config;
use crate::content_path::ContentPath;
use crate::diagnostic::{Diagnostic, FieldStep, Part, Place, Rule};
use crate::document::{Body, module_keys};
use crate::fold::fold;

use super::Site;
use super::facts::Subject;
use super::finding::Findings;

/// What modules have to do with each other: gathered once, before single documents are looked at.
#[derive(Debug, Default)]
pub(super) struct Neighbours<'a> {
    /// The numbered modules of each series, by its folded name.
    series: BTreeMap<String, Vec<(u32, &'a Module)>>,
    engagements: sessions::Engagements<'a>,
}

impl<'a> Neighbours<'a> {
    /// Of all modules that lists show.
    pub(super) fn of(site: Site<'a>) -> Self {
        let mut series: BTreeMap<String, Vec<(u32, &Module)>> = BTreeMap::new();
        let listed = || site.catalogue.modules.values().filter(|module| module.is_listed());
        for module in listed() {
            if let Some((name, number)) = module.matter().series.as_ref().and_then(|one| Some((&one.name, one.number?)))
            {
                series.entry(fold(name)).or_default().push((number, module));
            }
        }
        let path = |module: &&Module| module.document.path.clone();
        series.values_mut().for_each(|modules| modules.sort_by_key(|(number, module)| (*number, path(module))));
        Self { series, engagements: sessions::Engagements::of(listed(), site.catalogue.edition.today) }
    }
}

/// Looks at what the settings say.
pub(super) fn check_site(config: &Config, found: &mut Vec<Diagnostic>) {
    contacts::check_site(config, found);
}

/// Looks at a document with its text.
pub(super) fn check(subject: &Subject<'_>, body: &Body, neighbours: &Neighbours<'_>, findings: &mut Findings<'_>) {
    contacts::check(subject, body, findings);
    let Some(module) = subject.module else { return };
    check_series(module, neighbours, findings);
    sessions::check(subject, module, &neighbours.engagements, findings);
    prose::check(module, body, findings);
}

/// C-03: two modules with one number, or a number that nobody has between two that are taken.
fn check_series(module: &Module, neighbours: &Neighbours<'_>, findings: &mut Findings<'_>) {
    let Some(series) = module.matter().series.as_ref() else { return };
    let Some(number) = series.number else { return };
    let Some(modules) = neighbours.series.get(&fold(&series.name)) else { return };
    let place = || Place::Field(vec![module_keys::SERIES.step(), NUMBER_STEP], Part::Value);
    let of = |finding: Diagnostic| finding.arg("series", &series.name).arg("number", number.to_string());
    let before = modules.iter().take_while(|(_, other)| other.id != module.id).last();
    let Some((last, other)) = before else { return };
    if *last == number && !are_apart(module, other) {
        let finding = of(findings.at(Rule::C03, place())).arg("other", &other.title);
        let path: &ContentPath = &other.document.path;
        findings.push(finding.also(path, place(), "first"));
    } else if *last + 1 < number {
        let finding = of(findings.at(Rule::C03, place())).message("message-gap").help("help-gap");
        findings.push(finding.arg("missing", (last + 1).to_string()).arg("last", last.to_string()));
    }
}

const NUMBER_STEP: FieldStep = FieldStep::Key { en: "number", fr: "numéro", also: &["n°"] };

/// The same module offered in several regions has a sheet for each, with the same number.
fn are_apart(one: &Module, other: &Module) -> bool {
    !one.regions.is_empty()
        && !other.regions.is_empty()
        && one.regions.iter().all(|region| !other.regions.contains(region))
}
