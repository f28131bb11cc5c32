//! Indicator 1 of the national quality reference: what the public is told of each training.

mod items;
mod life;
mod objectives;
mod prices;
mod remote;

use crate::catalogue::Module;
use crate::document::Body;

use super::facts::Subject;
use super::finding::Findings;
use super::sheet::{Duty, Sheet};

/// A training with all that its rules look at.
#[derive(Clone, Copy)]
struct Training<'a> {
    subject: &'a Subject<'a>,
    module: &'a Module,
    body: &'a Body,
}

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
    let training = Training { subject, module, body };
    training.prerequisites(sheet, findings);
    training.objectives(sheet, findings);
    training.duration(sheet, findings);
    training.access(sheet, findings);
    training.prices(sheet, findings);
    training.contacts(sheet, findings);
    training.methods(sheet, findings);
    training.assessment(sheet, findings);
    training.accessibility(sheet, findings);
    training.programme(findings);
    training.audience(findings);
    training.update(findings);
    training.remote(findings);
    training.certification(findings);
}
