//! Objectives: that there are some, and that they can be assessed.

use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Fragment, SectionKind, module_keys as keys};
use crate::rules::facts::{met, without_tags};
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
            let weak =
                items_of(&section.prose.html).find_map(|item| weakness_of(&item).map(|weakness| (item, weakness)));
            if let Some((item, weakness)) = weak {
                findings.push(told(findings.about(Rule::Q1_03, &keys::OBJECTIVES), &item, &weakness));
            }
        }
    }
}

/// The words of each item of a list, up to a list below it; titles of groups are no items.
fn items_of(html: &[Fragment]) -> impl Iterator<Item = String> {
    let whole: String = html
        .iter()
        .filter_map(|fragment| match fragment {
            Fragment::Html(html) => Some(html.as_str()),
            _ => None,
        })
        .collect();
    let items: Vec<String> = whole
        .split("<li>")
        .skip(1)
        .map(|item| {
            let end = ["</li>", "<ul", "<ol"].iter().filter_map(|tag| item.find(tag)).min().unwrap_or(item.len());
            without_tags(&item[..end]).split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect();
    items.into_iter()
}

/// What is told of a weak objective; only the first of a list is, since the others are likely alike.
fn told(finding: Diagnostic, line: &str, weakness: &Weakness) -> Diagnostic {
    let finding = finding.arg("value", line);
    match weakness {
        Weakness::Vague { verb, instead } => finding.arg("verb", verb).arg("instead", *instead),
        Weakness::NoVerb => finding.message("message-no-verb").help("help-no-verb"),
    }
}
