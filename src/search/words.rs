//! Texts to words, and words to stems.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use rust_stemmers::Stemmer;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lang::Lang;
use crate::stem::stemmer;

/// Words that say nothing about what a text is about, by language. They are not indexed, and a search passes them over.
#[derive(Deserialize)]
struct Idle {
    fr: String,
    en: String,
}

static IDLE: LazyLock<Idle> = LazyLock::new(|| {
    let read = toml::from_str(include_str!("idle.toml"));
    // The file is compiled in, and a test reads it.
    read.unwrap_or(Idle { fr: String::new(), en: String::new() })
});

/// The longest word that is indexed, in bytes: what is longer is an address or a slip.
const LONGEST: usize = 40;

/// Parts texts into words and finds their stems. Remembers the words it has met.
pub struct Words {
    stemmer: Stemmer,
    idle: BTreeSet<&'static str>,
    /// The stem of each word; none for words that are passed over.
    known: HashMap<Box<str>, Option<Arc<str>>>,
}

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> Self {
        let idle = match lang {
            Lang::French => &IDLE.fr,
            Lang::English => &IDLE.en,
        };
        Self { stemmer: stemmer(lang), idle: idle.split_whitespace().collect(), known: HashMap::new() }
    }

    /// Calls `each` with every word of a text that counts, in lower case as it is written, and its stem. A compound is
    /// given as its parts, then as one: "pair-aidance" is found by "aidance" and by "pairaidance".
    pub fn each(&mut self, text: &str, mut each: impl FnMut(&str, &Arc<str>)) {
        let mut compound = String::new();
        for run in text.split(|c: char| !(is_letter(c) || is_hyphen(c))) {
            let mut n_parts = 0;
            compound.clear();
            for part in run.split(is_hyphen).filter(|part| !part.is_empty()) {
                let word = lower(part);
                if let Some(stem) = self.stem(&word) {
                    each(&word, &stem);
                }
                compound.push_str(&word);
                n_parts += 1;
            }
            if n_parts > 1
                && let Some(stem) = self.stem(&compound)
            {
                each(&compound, &stem);
            }
        }
    }

    /// The stems of a phrase, in its order, compounds as their parts.
    pub fn stems_of(&mut self, phrase: &str) -> Vec<String> {
        let parts = phrase.split(|c: char| !is_letter(c)).filter(|part| !part.is_empty());
        parts.filter_map(|part| self.stem(&lower(part))).map(|stem| stem.to_string()).collect()
    }

    /// The words that are passed over, parted by spaces.
    pub fn idle(&self) -> String {
        self.idle.iter().copied().collect::<Vec<_>>().join(" ")
    }

    /// The stem of a word in lower case, without accents.
    fn stem(&mut self, word: &str) -> Option<Arc<str>> {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let folded = plain(word);
        let is_idle = self.idle.contains(folded.as_str());
        let is_letter_alone = folded.chars().count() < 2 && !folded.starts_with(|c: char| c.is_ascii_digit());
        let stem = (!is_idle && !is_letter_alone && folded.len() <= LONGEST)
            .then(|| plain(&self.stemmer.stem(word)))
            .filter(|stem| !stem.is_empty())
            .map(|stem| Arc::from(stem.as_str()));
        self.known.insert(word.into(), stem.clone());
        stem
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("known", &self.known.len()).finish_non_exhaustive()
    }
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

/// In lower case, composed, so that one word is one sequence of characters.
fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().flat_map(char::to_lowercase).nfc().collect()
}

/// Without accents and ligatures: how words are compared. The browser does the same.
pub(super) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut plain = String::with_capacity(word.len());
    for character in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match character {
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            // Some letters come apart into words, with spaces between them.
            other if other.is_alphanumeric() => plain.push(other),
            _ => {}
        }
    }
    plain
}
