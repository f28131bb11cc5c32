//! [`Findings`]: what rules find in one document, and which of it is excepted.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Part, Place, Rule, Scope, Severity};
use crate::document::{Document, Remark};
use crate::yaml::Key;

use super::facts::Subject;
use super::sheet::{Duty, Waived};
use super::{legal, privacy, text};

/// What was found in one document so far.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    document: &'a Document,
    pub(super) all: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// Nothing yet.
    pub(super) fn of(document: &'a Document) -> Self {
        Self { document, all: Vec::new() }
    }

    /// Starts a finding about what is missing under a key: it stands where the front matter begins, or at the key, where
    /// that stands with nothing behind it.
    pub(super) fn unsaid(&self, rule: Rule, key: &'static Key) -> Diagnostic {
        self.at(rule, Place::Field(vec![key.step()], Part::Key)).arg("key", self.key(key))
    }

    /// Starts a finding about what is missing: it stands where the front matter begins.
    pub(super) fn missing(&self, rule: Rule) -> Diagnostic {
        Diagnostic::new(Code::Rule(rule), &self.document.path, Place::Start)
    }

    /// Starts a finding about the value of a key.
    pub(super) fn about(&self, rule: Rule, key: &'static Key) -> Diagnostic {
        self.at(rule, Place::Field(vec![key.step()], Part::Value)).arg("key", self.key(key))
    }

    /// Starts a finding at a place of the document.
    pub(super) fn at(&self, rule: Rule, place: Place) -> Diagnostic {
        Diagnostic::new(Code::Rule(rule), &self.document.path, place)
    }

    /// A key in the spelling of the document.
    pub(super) fn key(&self, key: &'static Key) -> &'static str {
        key.spelling(self.document.spelling)
    }

    /// Keeps a finding.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.all.push(finding);
    }

    /// Keeps what was noted while the text was read, as far as it concerns the document.
    pub(super) fn remarks(&mut self, remarks: &[Remark], subject: &Subject<'_>) {
        for remark in remarks {
            let is_asked = match remark.rule.scope() {
                Scope::Training => subject.duty() == Some(Duty::Training),
                Scope::Module => subject.module.is_some(),
                Scope::News => subject.post.is_some(),
                Scope::Text | Scope::Site => true,
            };
            if is_asked && text::concerns(remark, subject) {
                let finding = self.at(remark.rule, Place::Span(remark.span.clone()));
                let finding = finding.message(remark.message).help(remark.help);
                let finding = remark.args.iter().fold(finding, |one, (name, value)| one.arg(name, value));
                // Some are mended in the settings, whatever the file.
                self.all.push(match remark.rule {
                    Rule::Ax01 => legal::audited(finding, subject.site.config),
                    Rule::Pr01 => privacy::named(finding, subject.site.config),
                    _ => finding,
                });
            }
        }
    }

    /// Takes out what the document excepts, and tells which exceptions are not needed.
    pub(super) fn waive(&mut self) -> Vec<Waived> {
        let broken: BTreeSet<Rule> = self
            .all
            .iter()
            .filter_map(|one| match one.code {
                Code::Rule(rule) => Some(rule),
                _ => None,
            })
            .collect();
        let mut waived = Vec::new();
        for exception in &self.document.exceptions {
            let rule = exception.rule.value;
            if broken.contains(&rule) {
                waived.push(Waived { rule, reason: exception.reason.clone() });
            } else {
                let place = exception.rule.place.clone();
                let unneeded = Diagnostic::new(Code::InvalidException, &self.document.path, place);
                let unneeded = unneeded.message("message-unneeded").help("help-unneeded");
                self.all.push(unneeded.severity(Severity::Info).arg("rule", rule.as_str()));
            }
        }
        self.all.retain(|one| !matches!(one.code, Code::Rule(rule) if waived.iter().any(|other| other.rule == rule)));
        waived
    }
}

/// A finding in the words of a remark.
pub(super) fn said_by(remark: &Remark, finding: Diagnostic) -> Diagnostic {
    let finding = finding.message(remark.message).help(remark.help);
    remark.args.iter().fold(finding, |one, (name, value)| one.arg(name, value))
}
