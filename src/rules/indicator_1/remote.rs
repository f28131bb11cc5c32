//! What one needs to take part from afar (Q1-23).

use crate::diagnostic::Rule;
use crate::document::{Mode, module_keys as keys};
use crate::fold::fold;

use super::Look;

/// Beginnings of words by which a sheet speaks of technical means or of help with them, folded. Two stand for more:
/// "plate-forme", "visio-conférence".
const MEANS: [&str; 34] = [
    "connexion",
    "connecter",
    "connecte",
    "connect",
    "ordinateur",
    "tablette",
    "smartphone",
    "telephon",
    "plateforme",
    "plate forme",
    "platform",
    "visio",
    "video",
    "zoom",
    "teams",
    "bigbluebutton",
    "jitsi",
    "navigateur",
    "browser",
    "micro",
    "casque",
    "headset",
    "camera",
    "webcam",
    "internet",
    "logiciel",
    "software",
    "lien",
    "link",
    "assistance",
    "classe virtuelle",
    "classes virtuelles",
    "technique",
    "technical",
];

impl Look<'_, '_> {
    pub(super) fn remote(&mut self) {
        let matter = self.words.matter;
        if !matches!(matter.mode, Some(Mode::Remote | Mode::Blended)) {
            return;
        }
        let place = matter.location.as_ref().and_then(|location| location.text.as_deref());
        let told = [place, matter.access.how.as_deref(), matter.delivery_text.as_deref()];
        let told =
            told.into_iter().flatten().map(str::to_owned).chain([self.words.all()]).collect::<Vec<_>>().join("\n");
        if !names_means(&told) {
            let finding = self.findings.about(Rule::Q1_23, &keys::MODE);
            let means = self.findings.key(&keys::MEANS);
            self.findings.push(finding.arg("means", means));
        }
    }
}

fn names_means(text: &str) -> bool {
    let folded = format!(" {}", fold(text));
    MEANS.iter().any(|word| folded.contains(&format!(" {word}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn technical_means_are_recognised() {
        for text in [
            "Vous recevez un lien de connexion la veille.",
            "Un ordinateur suffit",
            "En visioconférence",
            "par téléphone",
            "Plate-forme en ligne",
            "A laptop with a webcam",
        ] {
            assert!(names_means(text), "{text}");
        }
        for text in ["", "Exercices, jeux de rôle", "Un client, un patient"] {
            assert!(!names_means(text), "{text}");
        }
    }
}
