//! Whether an objective says something that can be assessed: it begins with a verb, and not with a vague one.
//!
//! The words are data, in `objective.toml`. What is not sure counts as sound: a false alarm is worse than silence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::fold::fold;

/// What is wrong with an objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// It begins with a verb that nobody can assess.
    Vague {
        /// The verb as written.
        verb: String,
        /// Verbs to take instead.
        instead: &'static str,
    },
    /// It begins with no verb.
    NoVerb,
}

#[derive(Deserialize)]
struct Words {
    vague: BTreeMap<String, String>,
    #[serde(rename = "not-verbs")]
    not_verbs: NotVerbs,
    starts: Starts,
}

#[derive(Deserialize)]
struct NotVerbs {
    words: String,
}

#[derive(Deserialize)]
struct Starts {
    skipped: String,
    nouns: String,
    endings: String,
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| toml::from_str(include_str!("objective.toml")).ok());

/// Looks at one objective, as its author wrote it.
///
/// ```
/// use brochure::value::{Weakness, weakness_of};
/// assert_eq!(weakness_of("Repérer les signes d'une crise"), None);
/// assert!(matches!(weakness_of("Comprendre la crise"), Some(Weakness::Vague { .. })));
/// assert_eq!(weakness_of("Les signes d'une crise"), Some(Weakness::NoVerb));
/// ```
pub fn weakness_of(objective: &str) -> Option<Weakness> {
    let words = WORDS.as_ref()?;
    let folded = fold(objective);
    let mut rest = folded.as_str();
    while let Some(shorter) = words.starts.skipped.split('|').find_map(|start| after(rest, start)) {
        rest = shorter;
    }
    let first = rest.split(' ').next().unwrap_or_default();
    if let Some(instead) = words.vague.get(first) {
        let verb = objective.split_whitespace().find(|word| fold(word).split(' ').any(|part| part == first));
        let verb = verb.unwrap_or(first).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        return Some(Weakness::Vague { verb, instead });
    }
    let is_article = words.starts.nouns.split('|').any(|noun| noun == first);
    let has_ending =
        words.starts.endings.split('|').any(|ending| first.len() > ending.len() + 2 && first.ends_with(ending));
    let is_noun = words.not_verbs.words.split(' ').any(|noun| noun == first || first.strip_suffix('s') == Some(noun));
    (is_article || has_ending || is_noun).then_some(Weakness::NoVerb)
}

/// What stands behind `start`, where a text begins with these words and goes on.
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.strip_prefix(start)?.strip_prefix(' ').filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_assessed_is_sound() {
        for sound in [
            "Reformuler ce qui a été dit",
            "Être capable de repérer une crise",
            "S’appuyer sur ses ressources",
            "Se questionner et échanger collectivement",
            "Ne pas décider à la place de l’autre",
            "Mettre en perspective les pratiques",
            "Co-écrire un plan",
            "Conduire un entretien",
            "Percevoir les signes",
            "Tell apart facts and judgement",
            "Objectif 1",
            "",
            "—",
        ] {
            assert_eq!(weakness_of(sound), None, "{sound}");
        }
    }

    #[test]
    fn vague_verbs_and_nouns_are_told() {
        for (text, verb) in [
            ("Comprendre les champs d’intervention", "comprendre"),
            ("Être capable de comprendre", "comprendre"),
            ("Se familiariser avec les outils", "familiariser"),
            ("« Connaître » ses droits", "connaître"),
            ("Understand the law", "understand"),
        ] {
            match weakness_of(text) {
                Some(Weakness::Vague { verb: told, instead }) => assert!(told == verb && !instead.is_empty(), "{told}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        for text in ["La connaissance des droits", "Acquisition des bases", "Ateliers d’écriture", "The law"] {
            assert_eq!(weakness_of(text), Some(Weakness::NoVerb), "{text}");
        }
    }

    #[test]
    fn the_words_are_read_and_folded() {
        let words = WORDS.as_ref().expect("data");
        assert!(words.vague.keys().all(|verb| *verb == fold(verb)));
        assert!(words.not_verbs.words.split(' ').all(|word| word == fold(word)));
    }
}
