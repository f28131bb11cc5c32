//! French typography: the spaces, apostrophes and dashes that a keyboard does not have.
//!
//! Everything is an `Edit`: a short stretch of the text and what stands there instead. The
//! Markdown writer needs them in that form, because a rule may look across the end of a bold word
//! (`**Public** :`) while the replacement must land in one piece of text.
//!
//! What is deliberately not here: straight double quotes stay as they are (which one opens is a
//! guess), and so do three dots.

use std::borrow::Cow;
use std::ops::Range;

mod rules;

/// The narrow no-break space, before `;`, `!`, `?` and between thousands.
pub const NARROW: char = '\u{202F}';
/// The no-break space, before `:`, inside « » and between a number and its unit.
pub const NO_BREAK: char = '\u{A0}';

/// Whether text is put right as it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typography {
    /// By the rules of French.
    French,
    /// Not at all.
    #[default]
    AsWritten,
}

impl Typography {
    /// The text as it is shown.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::French => french(text),
            Self::AsWritten => Cow::Borrowed(text),
        }
    }

    /// What has to change in `text`, in order and without overlap.
    pub(crate) fn edits(self, text: &str) -> Vec<Edit> {
        match self {
            Self::French => rules::edits(text),
            Self::AsWritten => Vec::new(),
        }
    }
}

/// One replacement: the bytes that go, and what comes instead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edit {
    /// Which bytes; empty where something is only put in.
    pub(crate) range: Range<usize>,
    /// What stands there afterwards.
    pub(crate) with: &'static str,
}

/// Puts the spaces, apostrophes and dashes of French text right, and leaves addresses alone.
///
/// Doing it twice changes nothing more.
///
/// ```
/// use brochure::typography::french;
/// assert_eq!(french("L'objectif : 2 jours !"), "L’objectif\u{A0}: 2\u{A0}jours\u{202F}!");
/// assert_eq!(french("https://exemple.fr/?l'a=1;b"), "https://exemple.fr/?l'a=1;b");
/// ```
pub fn french(text: &str) -> Cow<'_, str> {
    let edits = rules::edits(text);
    if edits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 2 * edits.len());
    let mut done = 0;
    for edit in &edits {
        result.push_str(&text[done..edit.range.start]);
        result.push_str(edit.with);
        done = edit.range.end;
    }
    result.push_str(&text[done..]);
    Cow::Owned(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// In the tables `~` is the no-break space and `_` the narrow one.
    fn check(cases: &[(&str, &str)]) {
        for (given, wanted) in cases {
            let wanted = wanted.replace('~', "\u{A0}").replace('_', "\u{202F}");
            assert_eq!(french(given), wanted, "{given}");
            assert_eq!(french(&wanted), wanted, "again: {given}");
        }
    }

    fn check_same(cases: &[&str]) {
        for given in cases {
            assert!(matches!(french(given), Cow::Borrowed(_)), "{given:?} became {:?}", french(given));
        }
    }

    #[test]
    fn spaces_before_high_punctuation() {
        check(&[
            ("Pour qui ?", "Pour qui_?"),
            ("Pour qui?", "Pour qui_?"),
            ("Quoi ?!", "Quoi_?!"),
            ("Quoi?! Oui", "Quoi_?! Oui"),
            ("un ; deux", "un_; deux"),
            ("Objectifs: x", "Objectifs~: x"),
            ("Objectifs : x", "Objectifs~: x"),
            ("(vraiment ?)", "(vraiment_?)"),
            ("le mot\n: suite", "le mot~: suite"),
            ("« mot » : x", "«~mot~»~: x"),
            ("«mot»: x", "«~mot~»~: x"),
            ("https://a.fr : x", "https://a.fr~: x"),
            ("« Quoi? »", "«~Quoi_?~»"),
            ("34-36  %", "34–36~%"),
            ("\"où ?\"; x", "\"où_?\"_; x"),
            ("\"où ?\": x", "\"où_?\"~: x"),
        ]);
    }

    #[test]
    fn numbers_and_their_words() {
        check(&[
            ("2 jours (14 h)", "2~jours (14~h)"),
            ("96 % et 290 €", "96~% et 290~€"),
            ("le 25 mars 2026", "le 25~mars 2026"),
            ("le 1er mars", "le 1er~mars"),
            ("Module 1 et jour 2", "Module~1 et jour~2"),
            ("n° 3", "n°~3"),
            ("1 200 €", "1_200~€"),
            ("12 345 678", "12_345_678"),
            ("25-26 mars", "25–26~mars"),
            ("8-12 participants", "8–12~participants"),
            ("de 1 000 à 2 500 personnes", "de 1_000 à 2_500~personnes"),
        ]);
    }

    #[test]
    fn apostrophes() {
        check(&[("L'aller d'« ici »", "L’aller d’«~ici~»"), ("aujourd'hui", "aujourd’hui")]);
    }

    #[test]
    fn what_must_not_change() {
        check_same(&[
            "a ?\"b c",
            "",
            "06 12 34 56 78",
            "+33 6 12 34 56 78",
            "04 67 100 200 et 0 800 100 200",
            "SIRET 123 456 789 00012",
            "SIREN 123 456 789",
            "AV-01",
            "2026-11-22",
            "75011 Paris",
            "09:30",
            "de 9h30 à 12h",
            "http://x?y;z",
            "https://exemple.fr/l'a?b",
            "jean.d'arc@exemple.fr",
            "exemple.fr/d'ici",
            ":smile: x",
            "a&amp; b",
            "un :-) deux",
            "x ?y",
            "5' 10\"",
            "2 h1",
            "en 2026 300 inscrits",
            "?",
            " ? ",
            "{{ a.b }}",
        ]);
    }

    #[test]
    fn a_sign_before_a_closing_quote_is_set_at_once() {
        for (text, set) in [("a?»b", "a\u{202F}?\u{A0}»b"), ("a:»b", "a\u{A0}:\u{A0}»b"), ("a ;»", "a\u{202F};\u{A0}»")]
        {
            assert_eq!((french(text).as_ref(), french(set).as_ref()), (set, set));
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "(\\PC|[ \n«»;:!?'\"”…()0-9a-z@./&°h€%-]|  |1er|jours|mars|1 200|n° 3|Module 1|www\\.|://){0,40}") {
            let once = french(&text).into_owned();
            prop_assert_eq!(french(&once), once.as_str());
        }

        #[test]
        fn signs_and_quotes_twice_are_once(text in "([ \"?!;:”»a]){0,16}") {
            let once = french(&text).into_owned();
            prop_assert_eq!(french(&once), once.as_str());
        }

        #[test]
        fn edits_are_in_order(text in "\\PC{0,60}") {
            let edits = Typography::French.edits(&text);
            for pair in edits.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
        }
    }
}
