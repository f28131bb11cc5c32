//! That a sheet is kept up to date, and what it says of the certification that it prepares for.

use crate::diagnostic::Rule;
use crate::document::module_keys as keys;
use crate::rules::finding::Findings;
use crate::value::{certifying_word, months_before};
use crate::yaml::Key;

use super::Training;

/// The parts of a certification in the order in which they are asked for, by their keys.
const PARTS: [(&str, &str); 5] = [
    ("title", "titre"),
    ("register", "répertoire"),
    ("code", "code"),
    ("certifier", "certificateur"),
    ("registered_on", "enregistrée-le"),
];

impl Training<'_> {
    pub(super) fn update(&self, findings: &mut Findings<'_>) {
        let today = self.subject.site.catalogue.edition.today;
        let months = self.subject.site.config.rules.updated_months;
        let Some(updated) = self.module.matter().updated else {
            let finding = findings.missing(Rule::Q1_18).arg("key", findings.key(&keys::UPDATED));
            return findings.push(finding.arg("today", today.to_string()));
        };
        if updated > today {
            let finding = findings.about(Rule::Q1_20, &keys::UPDATED).arg("date", updated.to_string());
            findings.push(finding.arg("today", today.to_string()));
        } else if months_before(today, months).is_some_and(|limit| updated < limit) {
            let finding = findings.about(Rule::Q1_19, &keys::UPDATED).arg("date", updated.to_string());
            findings.push(finding.arg("months", months.to_string()).arg("today", today.to_string()));
        }
    }

    pub(super) fn certification(&self, findings: &mut Findings<'_>) {
        let Some(certification) = &self.module.matter().certification else { return self.certifying_words(findings) };
        let is_said = [
            certification.title.is_some(),
            certification.register.is_some(),
            certification.code.is_some(),
            certification.certifier.is_some(),
            certification.registered_on.is_some(),
        ];
        let missing: Vec<&str> = PARTS
            .iter()
            .zip(is_said)
            .filter(|(_, is_said)| !is_said)
            .map(|((en, fr), _)| findings.either(en, fr))
            .collect();
        if !missing.is_empty() {
            let finding = findings.about(Rule::Q1_24, &keys::CERTIFICATION);
            findings.push(finding.arg("missing", missing.join(", ")));
        }
    }

    /// Words of the front matter by which the sheet says that it certifies something.
    fn certifying_words(&self, findings: &mut Findings<'_>) {
        let matter = self.module.matter();
        let labels = Some(matter.labels.join(", "));
        let texts: [(&'static Key, &Option<String>); 5] = [
            (&keys::TITLE, &matter.title),
            (&keys::SUBTITLE, &matter.subtitle),
            (&keys::SUMMARY, &matter.summary),
            (&keys::LABELS, &labels),
            (&keys::OUTCOME, &matter.outcome),
        ];
        let first = texts.into_iter().find_map(|(key, text)| {
            let text = text.as_ref()?;
            Some((key, text.get(certifying_word(text)?)?))
        });
        if let Some((key, word)) = first {
            findings.push(findings.about(Rule::Q1_25, key).arg("word", word));
        }
    }
}
