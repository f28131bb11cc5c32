//! [`claim`]: words by which a text says that a training leads to a certification.

use std::ops::Range;

use crate::fold::fold;

/// The words, folded, without what they end in.
const WORDS: [&str; 4] = ["certifiant", "diplomant", "rncp", "certifying"];

/// Before the word: what says the contrary.
const CONTRARY: [&str; 11] =
    ["non", "pas", "ni", "sans", "aucun", "aucune", "jamais", "no", "not", "without", "neither"];

/// Behind "certifiant": what makes it a verb, as in "une attestation certifiant votre présence".
const OBJECTS: [&str; 17] = [
    "la", "le", "les", "l", "que", "qu", "votre", "vos", "sa", "son", "ses", "leur", "leurs", "un", "une", "cette",
    "that",
];

/// How many words before it may say the contrary.
const NEAR: usize = 5;

/// The first such word of `text`; `before` is what stands before it in the same paragraph.
pub fn claim(before: &str, text: &str) -> Option<Range<usize>> {
    let words = words(text);
    let folded: Vec<String> = words.iter().map(|range| fold(&text[range.clone()])).collect();
    let earlier = fold(before);
    (0..words.len()).find_map(|at| {
        let is_one = WORDS
            .iter()
            .any(|word| folded[at].strip_prefix(word).is_some_and(|end| matches!(end, "" | "e" | "s" | "es")));
        let is_verb = folded[at] == "certifiant" && folded.get(at + 1).is_some_and(|next| OBJECTS.contains(&&**next));
        let is_denied = folded[..at]
            .iter()
            .map(String::as_str)
            .rev()
            .chain(earlier.split(' ').rev())
            .take(NEAR)
            .any(|word| CONTRARY.contains(&word));
        (is_one && !is_verb && !is_denied).then(|| words[at].clone())
    })
}

/// Where the words of a text are.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, character)| character.is_alphanumeric()) {
        let end = at + character.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn claims_are_found_and_the_contrary_is_none() {
        for (text, word) in [
            ("Une formation certifiante.", "certifiante"),
            ("Parcours DIPLÔMANT", "DIPLÔMANT"),
            ("Titre inscrit au RNCP (niveau 5)", "RNCP"),
            ("RNCP38565", ""),
            ("A certifying course", "certifying"),
            ("Cette formation n’est pas certifiante.", ""),
            ("Formation non certifiante", ""),
            ("non-certifiante", ""),
            ("Elle ne conduit à aucun titre du RNCP", ""),
            ("Une attestation certifiant votre présence", ""),
            ("Un certificat de réalisation", ""),
            ("Nous sommes certifiés Qualiopi", ""),
        ] {
            assert_eq!(claim("", text).map_or("", |range| &text[range]), word, "{text}");
        }
        assert_eq!(claim("Cette formation n’est pas ", "certifiante"), None);
    }

    proptest! {
        #[test]
        fn what_is_found_is_a_word_of_the_text(text in "([a-zé ’.]|certifiante|pas |RNCP ){0,12}", before in "\\PC{0,20}") {
            if let Some(range) = claim(&before, &text) {
                prop_assert!(WORDS.iter().any(|word| fold(&text[range.clone()]).starts_with(word)));
            }
        }
    }
}
