//! Objectives: that there are some, and that they can be assessed.

use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{SectionKind, module_keys as keys};
use crate::rules::facts::met;
use crate::rules::finding::Findings;
use crate::rules::sheet::{Item, Sheet};
use crate::value::{Weakness, weakness_of};

use super::Training;

impl Training<'_> {
    pub(super) fn objectives(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let is_said = self.says(SectionKind::Objectives);
        sheet.note(Item::Objectives, met(is_said, false));
        self.missing_unless(is_said, Rule::Q1_02, &keys::OBJECTIVES, findings);
        let sections = self.module.matter().sections.iter();
        for section in sections.filter(|section| section.kind == Some(SectionKind::Objectives)) {
            let weak = section.prose.text.lines().find_map(|line| Some((line, weakness_of(line)?)));
            if let Some((line, weakness)) = weak {
                findings.push(told(findings.about(Rule::Q1_03, &keys::OBJECTIVES), line, &weakness));
            }
        }
    }
}

/// What is told of a weak objective; only the first of a list is, since the others are likely alike.
fn told(finding: Diagnostic, line: &str, weakness: &Weakness) -> Diagnostic {
    let finding = finding.arg("value", line);
    match weakness {
        Weakness::Vague { verb, instead } => finding.arg("verb", verb).arg("instead", *instead),
        Weakness::NoVerb => finding.message("message-no-verb").help("help-no-verb"),
    }
}
