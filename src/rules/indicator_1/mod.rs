//! Indicator 1 of the national quality reference: what the public is told of each training.
//!
//! Nine items must be said, and what is said must be usable and kept up to date. An item that is said nowhere is told
//! once: rules about how something is said are silent where it is not said at all.

mod access;
mod certification;
mod contacts;
mod currency;
mod duration;
mod objectives;
mod prices;
mod remote;

use crate::catalogue::Module;
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Body, Prerequisites, SectionKind, module_keys as keys};
use crate::fold::fold;
use crate::id::TermKind;
use crate::yaml::Key;

use super::facts::{Subject, met};
use super::finding::Findings;
use super::said::{Heading, Words};
use super::sheet::{Duty, Item, Sheet};

/// A training that is looked at, and what is found.
struct Look<'l, 'a> {
    subject: &'l Subject<'a>,
    module: &'a Module,
    words: Words<'l>,
    sheet: &'l mut Sheet,
    findings: &'l mut Findings<'a>,
}

/// Looks at everything that the indicator asks for.
pub(super) fn check<'a>(
    subject: &Subject<'a>,
    module: &'a Module,
    body: &Body,
    sheet: &mut Sheet,
    findings: &mut Findings<'a>,
) {
    if sheet.duty != Duty::Training {
        return;
    }
    let words = Words { matter: module.matter(), body };
    let mut look = Look { subject, module, words, sheet, findings };
    look.prerequisites();
    look.objectives();
    look.duration();
    look.access();
    look.prices();
    look.contacts();
    look.methods();
    look.assessment();
    look.accessibility();
    look.currency();
    look.programme_and_audience();
    look.remote();
    look.certification();
}

/// What the settings say wrong for all trainings that say nothing of their own.
pub(super) fn check_settings(site: super::Site<'_>) -> Vec<Diagnostic> {
    access::check_settings(site).into_iter().chain(contacts::check_settings(site)).collect()
}

impl Look<'_, '_> {
    /// Notes an item that only the sheet can say; where it does not, that is told.
    fn require(&mut self, item: Item, is_said: bool, rule: Rule, key: &'static Key) {
        self.sheet.note(item, met(is_said, false));
        if !is_said {
            self.findings.push(self.findings.unsaid(rule, key));
        }
    }

    fn prerequisites(&mut self) {
        let is_said = self.words.matter.prerequisites != Prerequisites::Unsaid;
        let is_said = is_said || self.words.says(SectionKind::Prerequisites);
        self.require(Item::Prerequisites, is_said, Rule::Q1_01, &keys::PREREQUISITES);
    }

    fn methods(&mut self) {
        // « Moyens pédagogiques » are methods; rooms and projectors are not.
        let names_teaching = |title: &str| ["pedagog", "teaching"].iter().any(|word| fold(title).contains(word));
        let by_means = self
            .words
            .has_section(|section| section.kinds.contains(&SectionKind::Means) && names_teaching(&section.title));
        let is_said = by_means || self.words.says(SectionKind::Methods);
        self.require(Item::Methods, is_said, Rule::Q1_14, &keys::METHODS);
    }

    fn assessment(&mut self) {
        let is_said = self.words.says(SectionKind::Assessment);
        self.require(Item::Assessment, is_said, Rule::Q1_15, &keys::ASSESSMENT);
    }

    fn accessibility(&mut self) {
        let own = self.words.matter.accessibility.is_some() || self.words.under(Heading::Accessibility).is_some();
        let inherited = self.subject.site.config.accessibility.is_some();
        self.sheet.note(Item::Accessibility, met(own, inherited));
        if !own && !inherited {
            self.findings.push(self.findings.unsaid(Rule::Q1_16, &keys::ACCESSIBILITY));
        }
    }

    fn programme_and_audience(&mut self) {
        // "Jour 1" is a programme under whatever heading.
        let has_steps = self.words.has_section(|section| section.step.is_some());
        if !has_steps && !self.words.says(SectionKind::Programme) {
            self.findings.push(self.findings.unsaid(Rule::Q1_21, &keys::PROGRAMME));
        }
        let matter = self.words.matter;
        let has_audience = !matter.audiences.is_empty()
            || !self.module.terms(TermKind::Audience).is_empty()
            || matter.audience_text.is_some();
        if !has_audience && !self.words.says(SectionKind::Audience) {
            self.findings.push(self.findings.unsaid(Rule::Q1_22, &keys::AUDIENCES));
        }
    }
}
