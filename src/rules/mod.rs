//! The rules: what a training offer must say, checked sheet by sheet as a pure function of the catalogue.
//!
//! [`assess_site`] looks at what concerns all, and [`assess_documents`] at each document with its text, so that only
//! texts that changed are looked at again. Ids, severities and sources are data (`diagnostic/rules.toml`), and so are
//! all sentences (`texts/*/rules.toml`); here is only how each rule is decided. A rule is met by the sheet itself or by
//! what it inherits from the settings; a [`Sheet`] says which.
//!
//! What is deliberately not here: whether a run fails (severities belong to whoever runs), positions in files, and the
//! codes for what cannot be read at all, which earlier stages tell.

mod advertising;
mod facts;
mod finding;
mod indicator_1;
mod integrity;
mod legal;
mod news;
pub mod privacy;
mod provider;
mod quality_mark;
mod results;
mod said;
mod settings;
mod sheet;
mod text;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::content_path::ContentPath;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::{Bodies, Body};

pub use sheet::{Duty, Item, Met, Sheet, Waived};

use facts::Subject;
use finding::Findings;
use integrity::Neighbours;

/// What the rules have to say of a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// What concerns no single document.
    pub site: Vec<Diagnostic>,
    /// What concerns each document, by its file.
    pub documents: BTreeMap<ContentPath, Assessed>,
}

/// What the rules have to say of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessed {
    /// What was found, waived rules left out.
    pub found: Vec<Diagnostic>,
    /// How complete it is, for a module that lists show.
    pub sheet: Option<Sheet>,
}

impl Assessment {
    /// Everything that was found, in no order.
    pub fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        self.site.iter().chain(self.documents.values().flat_map(|one| &one.found))
    }

    /// The sheets, in the order of their files.
    pub fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.documents.values().filter_map(|one| one.sheet.as_ref())
    }
}

/// What rules look at, but for texts.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The settings.
    pub config: &'a Config,
}

/// What concerns the site as a whole: settings, organisations, what modules have with each other.
pub fn assess_site(site: Site<'_>, bodies: &Bodies) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    legal::check_site(site, bodies, &mut found);
    quality_mark::check_site(site, bodies, &mut found);
    advertising::check_site(site, &mut found);
    integrity::check_site(site.config, &mut found);
    text::check_site(site.config, &mut found);
    let by_settings = [indicator_1::check_settings, results::check_settings, provider::check_settings];
    found.extend(by_settings.into_iter().flat_map(|check| check(site)));
    found
}

/// What concerns single documents, each with its text. `is_asked` tells which of them are looked at.
pub fn assess_documents(
    site: Site<'_>,
    bodies: &Bodies,
    is_asked: &(dyn Fn(&ContentPath) -> bool + Sync),
) -> BTreeMap<ContentPath, Assessed> {
    let subjects: Vec<Subject<'_>> =
        Subject::all(site).filter(|subject| !subject.document.broken && is_asked(&subject.document.path)).collect();
    // An edit of another text asks for no module, and so for nobody's neighbours.
    let has_modules = subjects.iter().any(|subject| subject.module.is_some());
    let neighbours = if has_modules { Neighbours::of(site) } else { Neighbours::default() };
    let assessed = subjects.par_iter().map(|subject| {
        let body = bodies.get(&subject.document.path);
        (subject.document.path.clone(), assess_document(subject, body, &neighbours))
    });
    assessed.collect()
}

/// What concerns one document.
fn assess_document(subject: &Subject<'_>, body: &Body, neighbours: &Neighbours<'_>) -> Assessed {
    let mut findings = Findings::of(subject.document);
    findings.remarks(&body.remarks, subject);
    advertising::check(subject, &mut findings);
    quality_mark::check_module(subject, &mut findings);
    quality_mark::check_organisation(subject, &mut findings);
    integrity::check(subject, body, neighbours, &mut findings);
    news::check(subject, &mut findings);
    privacy::check(subject, body, &mut findings);
    text::check(subject, &mut findings);
    let sheet = subject.module.map(|module| {
        let mut sheet = Sheet::of(module, subject.document);
        indicator_1::check(subject, module, body, &mut sheet, &mut findings);
        results::check(subject.site, module, body, &sheet, &mut findings);
        sheet
    });
    let waived = findings.waive();
    let sheet = sheet.map(|sheet| Sheet { waived, ..sheet });
    Assessed { found: findings.all, sheet }
}

/// What an earlier stage told of is at least as grave as the rule that it breaks.
pub fn sharpen(diagnostic: &mut Diagnostic) {
    let code = diagnostic.code.as_str();
    let broken = Rule::ALL.iter().filter(|rule| rule.told_by().iter().any(|told| told == code));
    let gravest = broken.map(|rule| rule.severity()).min();
    diagnostic.severity = gravest.map_or(diagnostic.severity, |gravest| gravest.min(diagnostic.severity));
}

/// In `build` and `serve` no rule is graver than a warning: a site is published even if it does not say all it should.
pub fn soften(diagnostic: &mut Diagnostic) {
    if diagnostic.code.is_rule() && diagnostic.severity == Severity::Error {
        diagnostic.severity = Severity::Warning;
    }
}
