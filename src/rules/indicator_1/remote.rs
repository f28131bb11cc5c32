//! Trainings at a distance: that people know what they need and who helps them.

use crate::diagnostic::Rule;
use crate::document::{Mode, module_keys as keys};
use crate::rules::facts::{says_word, words_of};
use crate::rules::finding::Findings;

use super::Training;

/// Words, folded, that speak of the means of a training at a distance. Any of them counts.
const MEANS: &[&str] = &[
    "connexion",
    "connecter",
    "ordinateur",
    "tablette",
    "plateforme",
    "plate forme",
    "visio",
    "visioconference",
    "webcam",
    "casque",
    "micro",
    "navigateur",
    "logiciel",
    "assistance",
    "assistance technique",
    "internet",
    "connection",
    "computer",
    "platform",
    "video call",
    "videoconference",
    "headset",
    "browser",
    "software",
    "technical support",
];

impl Training<'_> {
    pub(super) fn remote(&self, findings: &mut Findings<'_>) {
        let matter = self.module.matter();
        if !matches!(matter.mode, Some(Mode::Blended | Mode::Remote)) {
            return;
        }
        let location = matter.location.as_ref().and_then(|location| location.text.clone());
        let others = [location, matter.access.how.clone(), matter.rhythm.clone(), matter.delivery_text.clone()];
        let words = words_of(self.module, self.body, others.into_iter().flatten());
        if !MEANS.iter().any(|means| says_word(&words, means)) {
            let finding = findings.about(Rule::Q1_23, &keys::MODE);
            findings.push(finding.arg("means", findings.key(&keys::MEANS)));
        }
    }
}
