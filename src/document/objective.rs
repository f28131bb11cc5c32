//! [`judge`]: whether an objective begins with a verb of something that can be seen done.
//!
//! What is known of verbs is data, `objectives.toml`. In doubt nothing is said: a noun is told from a verb only in
//! French, where infinitives have endings, and only by words that no other language has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Rule;
use crate::fold::fold;

use super::remark::Remark;

/// What is wrong with an objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Its verb says nothing that could be assessed.
    Vague {
        /// The verb, as the author wrote it.
        verb: String,
        /// Verbs of action for its place.
        instead: &'static str,
    },
    /// It does not begin with an infinitive.
    NoVerb {
        /// The first words, as the author wrote them.
        beginning: String,
    },
}

#[derive(Debug, Default, Deserialize)]
struct Known {
    vague: BTreeMap<String, String>,
    words: Words,
}

#[derive(Debug, Default, Deserialize)]
struct Words {
    before: Vec<String>,
    french: Vec<String>,
    nouns: Vec<String>,
    re: Vec<String>,
}

// The file is a part of the program; a test reads it.
static KNOWN: LazyLock<Known> = LazyLock::new(|| toml::from_str(include_str!("objectives.toml")).unwrap_or_default());

/// How many words a vague expression has at most.
const LONGEST: usize = 3;

/// How many characters of an objective are looked at: what tells stands at its beginning.
const LOOKED_AT: usize = 200;

/// What is wrong with the beginning of an objective, if anything is.
pub fn judge(objective: &str) -> Option<Slip> {
    let start: String = objective.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take(LOOKED_AT).collect();
    let parts = parts(&start);
    // "Posture : adopter…" begins with its second part, "Se repérer : dans le temps" with its first.
    let first = parts.iter().find(|part| verb_of(part).is_some());
    match first {
        Some(part) => vague(part),
        None => parts.iter().find_map(|part| vague(part)).or_else(|| no_verb(&start, &parts)),
    }
}

/// A label and what it is about, or the whole.
fn parts(text: &str) -> Vec<&str> {
    match text.split_once(':') {
        Some((label, rest)) if rest.chars().any(char::is_alphabetic) => vec![label, rest],
        _ => vec![text],
    }
}

/// What is left of folded words once what may stand before a verb is taken off, once or twice.
fn bare<'t>(folded: &'t str) -> impl Iterator<Item = &'t str> {
    let cut = |text: &'t str| {
        let fits = KNOWN.words.before.iter().filter_map(|words| text.strip_prefix(words.as_str())?.strip_prefix(' '));
        fits.min_by_key(|rest| rest.len())
    };
    std::iter::successors(Some(folded), move |text| cut(text)).take(4)
}

/// The infinitive with which a text begins, folded.
fn verb_of(part: &str) -> Option<String> {
    let folded = fold(part);
    bare(&folded).find_map(|rest| {
        let first = rest.split(' ').next()?;
        is_infinitive(first).then(|| first.to_owned())
    })
}

fn is_infinitive(word: &str) -> bool {
    let words = &KNOWN.words;
    let ends = ["er", "ir"].iter().any(|end| word.ends_with(end)) && word.len() > 3;
    ends && !words.nouns.iter().any(|noun| noun == word) || words.re.iter().any(|verb| verb == word)
}

/// The vague verb with which a text begins.
fn vague(part: &str) -> Option<Slip> {
    let folded = fold(part);
    for rest in bare(&folded) {
        let words: Vec<&str> = rest.split(' ').take(LONGEST).collect();
        for length in (1..=words.len()).rev() {
            let (expression, after) = (words[..length].join(" "), words.get(length));
            let Some(instead) = KNOWN.vague.get(&expression) else { continue };
            // "Savoir repérer" is to be able to.
            if expression == "savoir" && after.is_some_and(|next| verb_of(next).is_some()) {
                return None;
            }
            return Some(Slip::Vague { verb: as_written(part, rest, &expression), instead });
        }
    }
    None
}

/// The words of `part` that fold to `expression`, which stands at the beginning of `rest`, the end of it folded.
fn as_written(part: &str, rest: &str, expression: &str) -> String {
    let folds_to = |from: usize, wanted: &str| fold(&part[from..]) == wanted;
    let mut starts = part.char_indices().map(|(at, _)| at).filter(|at| folds_to(*at, rest));
    // Signs before the first letter fold away: the last start is the letter itself.
    let Some(start) = starts.next_back() else { return expression.to_owned() };
    let ends = part[start..].char_indices().map(|(at, c)| start + at + c.len_utf8());
    let end = ends.into_iter().find(|end| fold(&part[start..*end]) == expression);
    end.map_or_else(|| expression.to_owned(), |end| part[start..end].to_lowercase())
}

/// An objective in French that is surely none of a verb.
fn no_verb(text: &str, parts: &[&str]) -> Option<Slip> {
    let folded = fold(text);
    let is_french = folded.split(' ').any(|word| KNOWN.words.french.iter().any(|known| known == word));
    // A verb without its ending, one that is missing in the data, or something else than a sentence.
    let is_sure = folded.split(' ').count() > 2 && parts.iter().all(|part| verb_of(part).is_none());
    (is_french && is_sure).then(|| Slip::NoVerb { beginning: beginning(text) })
}

/// The first three words.
fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    words.join(" ").trim_end_matches([',', ';', ':', '.']).to_owned()
}

impl Slip {
    /// The remark about it at a place of the text.
    pub fn remark(self, span: std::ops::Range<usize>) -> Remark {
        let remark = Remark::new(Rule::Q1_03, span);
        match self {
            Self::Vague { verb, instead } => remark.arg("verb", verb).arg("instead", instead),
            Self::NoVerb { beginning } => remark.told("message-no-verb", "help-no-verb").arg("beginning", beginning),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(objective: &str) -> String {
        match judge(objective) {
            None => String::new(),
            Some(Slip::Vague { verb, .. }) => verb,
            Some(Slip::NoVerb { beginning }) => format!("?{beginning}"),
        }
    }

    #[test]
    fn the_data_can_be_read_and_is_folded() {
        assert!(KNOWN.vague.len() > 20 && KNOWN.words.re.len() > 100);
        let Words { before, french, nouns, re } = &KNOWN.words;
        for word in KNOWN.vague.keys().chain(before).chain(french).chain(nouns).chain(re) {
            assert_eq!(&fold(word), word);
        }
        for (verb, instead) in &KNOWN.vague {
            assert!(verb.split(' ').count() <= LONGEST, "{verb}");
            assert_eq!(instead.split(", ").count(), 3, "{verb}");
            for proposed in instead.split(", ") {
                assert_eq!(told(&format!("{proposed} ceci")), "", "{proposed}");
            }
        }
    }

    #[test]
    fn vague_verbs_are_told_as_written() {
        for (objective, verb) in [
            ("Connaître les droits des usagers", "connaître"),
            ("CONNAITRE LES DROITS", "connaitre"),
            ("Comprendre la loi", "comprendre"),
            ("Mieux comprendre la loi", "comprendre"),
            ("« Comprendre » la loi", "comprendre"),
            ("De comprendre ce qui se joue", "comprendre"),
            ("D’appréhender la notion", "appréhender"),
            ("Être capable de comprendre une consigne", "comprendre"),
            ("Savoir ce qu’est un projet", "savoir"),
            ("Se sensibiliser aux risques", "se sensibiliser"),
            ("Prendre conscience de ses préjugés", "prendre conscience"),
            ("Acquérir une compréhension approfondie du concept", "acquérir une compréhension"),
            ("S’initier à l’entretien", "s’initier"),
            ("Le cadre : comprendre la loi", "comprendre"),
            ("Understand the law", "understand"),
            ("To become aware of risks", "become aware"),
            ("You will be able to know the law", "know"),
        ] {
            assert_eq!(told(objective), verb, "{objective}");
        }
    }

    #[test]
    fn verbs_of_action_are_fine() {
        for objective in [
            "Identifier les signes d’alerte",
            "Repérer",
            "Se repérer : dans le temps et dans l’espace",
            "S’exprimer devant un groupe",
            "S'exprimer devant les autres",
            "Être capable de conduire un entretien",
            "Être en mesure d’orienter la personne",
            "Pouvoir dire non à la demande d’un collègue",
            "Ne pas juger les choix de la personne",
            "Ne plus répondre à la place des autres",
            "Savoir repérer les signes d’une crise",
            "Les repérer et les nommer dans l’équipe",
            "En déduire une conduite à tenir avec l’équipe",
            "Y répondre avec les mots de la personne",
            "Posture : adopter les gestes qui rassurent",
            "décrire les étapes d’un rétablissement ;",
            "Faire le lien avec les évolutions actuelles",
            "Mettre en perspective les pratiques dans l’équipe",
            "Prendre une décision avec les personnes",
            "Résoudre les difficultés au fil de l’eau",
            "Explain the law to a colleague",
            "Assess the needs of a person",
            "Écoute active",
            "",
            "…",
        ] {
            assert_eq!(told(objective), "", "{objective}");
        }
    }

    #[test]
    fn a_noun_is_told_where_it_is_sure() {
        for (objective, beginning) in [
            ("La colère et ses causes", "?La colère et"),
            ("Ateliers d’écriture dans l’équipe", "?Ateliers d’écriture dans"),
            ("Plaisir d’écrire, et d’être lu", "?Plaisir d’écrire, et"),
            ("Connaissance des droits des personnes", "?Connaissance des droits"),
            ("Les enjeux sociétaux et leurs effets", "?Les enjeux sociétaux"),
            ("Posture, structure et mémoire de l’équipe", "?Posture, structure et"),
        ] {
            assert_eq!(told(objective), beginning, "{objective}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "([a-zé’ :«]|comprendre|se |être capable de ){0,12}") {
            let _ = (judge(&text), judge(&near));
        }

        #[test]
        fn a_vague_verb_is_found_behind_anything_that_may_stand_before(at in 0usize..100, sign in "[ «•-]{0,3}") {
            let before = &KNOWN.words.before[at % KNOWN.words.before.len()];
            let objective = format!("{sign}{before} comprendre la loi");
            prop_assert_eq!(told(&objective), "comprendre");
        }
    }
}
