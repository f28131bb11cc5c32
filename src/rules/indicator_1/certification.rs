//! A training that certifies: what must be said of the certification, and that it is claimed nowhere else (Q1-24, Q1-25).

use crate::diagnostic::{Code, Part, Place, Rule};
use crate::document::certifying::claim;
use crate::document::module_keys as keys;
use crate::entry::{CERTIFIER_KEY, CODE_KEY, Certification, NAME_KEY, REGISTER_KEY, REGISTERED_ON_KEY};
use crate::fold::fold;
use crate::yaml::Key;

use super::Look;

impl Look<'_, '_> {
    pub(super) fn certification(&mut self) {
        match &self.words.matter.certification {
            Some(certification) => {
                // What the text claims is true then.
                self.findings.all.retain(|one| one.code != Code::Rule(Rule::Q1_25));
                self.completeness(certification);
            }
            None => self.claims(),
        }
    }

    fn completeness(&mut self, certification: &Certification) {
        let missing: [(bool, &'static Key, &'static str, &'static str); 5] = [
            (certification.title.is_none(), &NAME_KEY, "message", "help"),
            (certification.code.is_none(), &CODE_KEY, "message-code", "help-code"),
            (lacks_register(certification), &REGISTER_KEY, "message-register", "help-register"),
            (certification.certifier.is_none(), &CERTIFIER_KEY, "message-certifier", "help-certifier"),
            (certification.registered_on.is_none(), &REGISTERED_ON_KEY, "message-date", "help-date"),
        ];
        for (_, key, message, help) in missing.into_iter().filter(|(is_missing, ..)| *is_missing) {
            let finding = self.findings.unsaid(Rule::Q1_24, &keys::CERTIFICATION).message(message).help(help);
            self.findings.push(finding.arg("line", self.findings.key(key)));
        }
    }

    /// Claims in the front matter; those of the text were noted while it was read.
    fn claims(&mut self) {
        if self.findings.all.iter().any(|one| one.code == Code::Rule(Rule::Q1_25)) {
            return;
        }
        let matter = self.words.matter;
        let listed = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(" ; "));
        let texts: [(&'static Key, Option<String>); 7] = [
            (&keys::TITLE, matter.title.clone()),
            (&keys::SUBTITLE, matter.subtitle.clone()),
            (&keys::SUMMARY, matter.summary.clone()),
            (&keys::LABELS, listed(&matter.labels)),
            (&keys::HIGHLIGHTS, listed(&matter.highlights)),
            (&keys::OUTCOME, matter.outcome.clone()),
            (&keys::FUNDING_TEXT, matter.funding_text.clone()),
        ];
        for (key, text) in texts {
            let Some(text) = text else { continue };
            if let Some(word) = claim("", &text) {
                let place = Place::Field(vec![key.step()], Part::Value);
                self.findings.push(self.findings.at(Rule::Q1_25, place).arg("word", &text[word]));
                return;
            }
        }
    }
}

/// Whether a number stands in a register that nobody names.
fn lacks_register(certification: &Certification) -> bool {
    let names_one = |text: &String| {
        let folded = fold(text);
        folded.starts_with("rncp") || folded.starts_with("rs") || folded.contains("repertoire")
    };
    let names = [&certification.register, &certification.code];
    certification.code.is_some() && !names.into_iter().flatten().any(names_one)
}
