//! Indicator 1 of the national quality reference: what the public is told of each training.

use crate::catalogue::Module;
use crate::diagnostic::Rule;
use crate::document::{Body, Prerequisites, SectionKind};

use super::facts::{Subject, met, says};
use super::finding::Findings;
use super::sheet::{Duty, Item, Sheet};

/// Looks at everything that the indicator asks for.
pub(super) fn check(
    subject: &Subject<'_>,
    module: &Module,
    body: &Body,
    sheet: &mut Sheet,
    findings: &mut Findings<'_>,
) {
    if sheet.duty != Duty::Training {
        return;
    }
    let _ = subject;
    let matter = module.matter();
    let says_prerequisites =
        matter.prerequisites != Prerequisites::Unsaid || says(matter, body, SectionKind::Prerequisites);
    sheet.note(Item::Prerequisites, met(says_prerequisites, false));
    if !says_prerequisites {
        let finding = findings.missing(Rule::Q1_01);
        let key = findings.key(&crate::document::module_keys::PREREQUISITES);
        findings.push(finding.arg("key", key));
    }
}
