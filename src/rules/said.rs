//! What a sheet says in words: in sections of its front matter, or under headings of its text.

use crate::document::{Body, Fragment, FrontSection, ModuleMatter, Section, SectionKind, kinds_of};
use crate::fold::fold;

/// A module's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    pub(super) matter: &'a ModuleMatter,
    pub(super) body: &'a Body,
}

/// What authors write about below a heading although it has a key of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Duration,
    Access,
    Prices,
    Contacts,
    Accessibility,
}

/// Words that may stand behind the name in such a heading, folded.
const QUALIFIERS: &str = "et ou de du des d la le les l a au aux en pour formation formations module modules stage \
    session sessions inscription inscriptions acces delai delais modalites financement financements pratique pratiques \
    prise charge possible possibles pedagogique pedagogiques administratif indicatif indicatifs horaires calendrier \
    rythme renseignements informations personnes personne publics situation handicap handicaps pmr accueil \
    amenagements and or of for to the our people with access delay delays fees funding times";

impl Heading {
    /// What such a heading begins with, folded.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Duration => &["duree", "durees", "duration", "length"],
            Self::Access => &[
                "modalites d acces",
                "modalites et delais d acces",
                "modalites d inscription",
                "acces a la formation",
                "acces et inscription",
                "delai d acces",
                "delais d acces",
                "inscription",
                "inscriptions",
                "s inscrire",
                "comment s inscrire",
                "how to enrol",
                "how to enroll",
                "how to register",
                "enrolment",
                "registration",
            ],
            Self::Prices => &["tarif", "tarifs", "prix", "cout", "couts", "price", "prices", "cost", "costs", "fees"],
            Self::Contacts => &[
                "contact",
                "contacts",
                "nous contacter",
                "nous joindre",
                "interlocuteur",
                "interlocutrice",
                "interlocuteurs",
                "renseignements",
                "contact us",
            ],
            Self::Accessibility => &[
                "accessibilite",
                "handicap",
                "situation de handicap",
                "personnes en situation de handicap",
                "accueil des personnes en situation de handicap",
                "acces des personnes en situation de handicap",
                "acces aux personnes en situation de handicap",
                "accessibility",
                "disability",
                "disabled people",
                "people with disabilities",
            ],
        }
    }

    fn is_named_by(self, title: &str) -> bool {
        let title = fold(title);
        let rests = self.names().iter().filter_map(|name| title.strip_prefix(name));
        let mut rests = rests.filter(|rest| rest.is_empty() || rest.starts_with(' '));
        // Whose contact it is does not matter: what stands there must hold an address or a number anyway.
        rests.any(|rest| self == Self::Contacts || rest.split_ascii_whitespace().all(is_qualifier))
    }
}

fn is_qualifier(word: &str) -> bool {
    QUALIFIERS.split_ascii_whitespace().any(|known| known == word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

impl<'a> Words<'a> {
    /// Whether something is said about `kind`, in the front matter or under a heading of the text.
    pub(super) fn says(self, kind: SectionKind) -> bool {
        let in_front = self.matter.sections.iter().filter(|section| match (section.kind, &section.title) {
            (Some(known), _) => known == kind,
            (None, Some(title)) => kinds_of(title).contains(&kind),
            (None, None) => false,
        });
        in_front.into_iter().any(|section| !section.prose.text.trim().is_empty() || !section.steps.is_empty())
            || self.body.all_sections().any(|section| section.kinds.contains(&kind) && is_filled(section))
    }

    /// Whether some section of the text that says something is as `is_meant` wants it.
    pub(super) fn has_section(self, is_meant: impl Fn(&Section) -> bool) -> bool {
        self.body.all_sections().any(|section| is_meant(section) && is_filled(section))
    }

    /// What stands under such headings, in the front matter's own sections and in the text.
    pub(super) fn under(self, heading: Heading) -> Option<String> {
        let is_meant = |section: &&FrontSection| {
            section.kind.is_none() && section.title.as_ref().is_some_and(|title| heading.is_named_by(title))
        };
        let in_front = self.matter.sections.iter().filter(is_meant).map(|section| section.prose.text.clone());
        let in_text = self.body.all_sections().filter(|section| heading.is_named_by(&section.title)).map(text_of);
        let said: Vec<String> = in_front.chain(in_text).filter(|text| !text.trim().is_empty()).collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    /// All that the sheet says in sentences.
    pub(super) fn all(self) -> String {
        let mut all = String::new();
        for section in &self.matter.sections {
            all.push_str(&section.prose.text);
            all.push('\n');
            for step in &section.steps {
                all.push_str(&step.prose.text);
                all.push_str(&step.notes.join("\n"));
            }
        }
        push_text(&self.body.lead, &mut all);
        for section in &self.body.sections {
            all.push_str(&text_of(section));
        }
        all
    }
}

/// Whether a section says something itself or in one below it.
fn is_filled(section: &Section) -> bool {
    let says = |fragment: &Fragment| !matches!(fragment, Fragment::Html(html) if html.trim().is_empty());
    section.content.iter().any(says) || section.children.iter().any(is_filled)
}

/// The words of a whole text, headings and all.
pub(super) fn text_of_body(body: &Body) -> String {
    let mut text = String::new();
    push_text(&body.lead, &mut text);
    for section in body.all_sections() {
        text.push_str(&section.title);
        text.push('\n');
        push_text(&section.content, &mut text);
    }
    text
}

/// The words of a section with those below it, headings and all.
fn text_of(section: &Section) -> String {
    let mut text = String::new();
    let mut waiting = vec![section];
    while let Some(next) = waiting.pop() {
        push_text(&next.content, &mut text);
        for child in next.children.iter().rev() {
            text.push_str(&child.title);
            text.push('\n');
            waiting.push(child);
        }
    }
    text
}

/// The words of some HTML. An address counts as a word: a link to a mailbox says one.
fn push_text(fragments: &[Fragment], text: &mut String) {
    let mut is_in_tag = false;
    for fragment in fragments {
        let Fragment::Html(html) = fragment else { continue };
        for character in html.chars() {
            match character {
                '<' => (is_in_tag, _) = (true, text.push(' ')),
                '>' => is_in_tag = false,
                c if !is_in_tag => text.push(c),
                _ => {}
            }
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_with_what_qualifies_them() {
        use Heading::*;
        for (heading, titles) in [
            (Duration, "Durée | Durée et rythme | Durée de la formation"),
            (Access, "Modalités d’accès | Modalités et délais d’accès | Inscription | S'inscrire | Registration"),
            (Prices, "Tarif | Tarifs 2026 | Tarifs et financement | Coût pédagogique | Fees"),
            (Contacts, "Contact | Nous contacter | Contact administratif | Interlocuteur de l’employeur"),
            (
                Accessibility,
                "Accessibilité | Handicap | Accessibilité aux personnes en situation de handicap | Disability",
            ),
        ] {
            for title in titles.split(" | ") {
                let known = [Duration, Access, Prices, Contacts, Accessibility];
                let named: Vec<_> = known.into_iter().filter(|one| one.is_named_by(title)).collect();
                assert_eq!(named, [heading], "{title}");
            }
        }
    }

    #[test]
    fn other_headings_are_none_of_them() {
        for title in
            ["Handicap psychique et logement", "Accès aux soins", "Contacter la famille", "Durer", "Le prix du silence"]
        {
            for heading in
                [Heading::Duration, Heading::Access, Heading::Prices, Heading::Contacts, Heading::Accessibility]
            {
                assert!(!heading.is_named_by(title), "{title}");
            }
        }
    }

    #[test]
    fn tags_are_no_words() {
        let mut text = String::new();
        push_text(&[Fragment::Html("<p class=\"x\">Deux <b>jours</b></p>".to_owned())], &mut text);
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["Deux", "jours"]);
    }
}
