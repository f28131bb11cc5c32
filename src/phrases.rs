//! The interface's words in one language, as data: [`Phrases`].
//!
//! They come from the look's `i18n/<lang>.toml`. A look of a site may change some of them: what it
//! does not name keeps the built-in word. Nothing here knows where a word is used.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::value::{DateWords, Decimal, Time};

/// The words of the interface in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrases {
    /// Words that templates write as they are: `{{ t.key }}`.
    pub text: BTreeMap<String, String>,
    /// One, several, none; `{n}` is the number.
    count: BTreeMap<String, [String; 3]>,
    /// Sentences with `{named}` parts.
    phrase: BTreeMap<String, String>,
    /// How dates are written.
    pub dates: DateWords,
    /// In French, none and less than two are singular; numbers, amounts and times are written in another way.
    is_french: bool,
}

/// A file of words: any part of it may be missing in a site's own look.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhrasesFile {
    text: BTreeMap<String, String>,
    count: BTreeMap<String, [String; 3]>,
    phrase: BTreeMap<String, String>,
    dates: Option<DateWords>,
}

impl PhrasesFile {
    /// Reads a file of words.
    ///
    /// # Errors
    /// When it is not TOML, or has parts that mean nothing; the error knows its place.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

impl Phrases {
    /// The words of `own` where it has them, of `built_in` elsewhere.
    ///
    /// `None` when neither says how dates are written.
    pub fn new(built_in: PhrasesFile, own: PhrasesFile, is_french: bool) -> Option<Self> {
        let mut phrases = Self {
            text: built_in.text,
            count: built_in.count,
            phrase: built_in.phrase,
            dates: own.dates.or(built_in.dates)?,
            is_french,
        };
        phrases.text.extend(own.text);
        phrases.count.extend(own.count);
        phrases.phrase.extend(own.phrase);
        Some(phrases)
    }

    /// A word by its key. A key that no file has is its own word: a missing word must not stop a page.
    pub fn text(&self, key: &str) -> String {
        self.text.get(key).map_or_else(|| key.replace('_', " "), Clone::clone)
    }

    /// A word by its key, if there is one.
    pub fn find(&self, key: &str) -> Option<String> {
        self.text.get(key).cloned()
    }

    /// A counted word: "1 formation", "3 formations", "Aucune formation".
    pub fn count(&self, key: &str, n: usize) -> String {
        let Some([one, several, none]) = self.count.get(key) else { return n.to_string() };
        let form = match n {
            0 if !none.is_empty() => none,
            0 if self.is_french => one,
            1 => one,
            _ => several,
        };
        form.replace("{n}", &n.to_string())
    }

    /// A counted word for a number with decimals: singular below two in French.
    pub fn count_decimal(&self, key: &str, number: Decimal) -> String {
        let Some([one, several, _]) = self.count.get(key) else { return self.number(number) };
        let hundredths = number.hundredths();
        let singular = if self.is_french { hundredths < 200 } else { hundredths == 100 };
        let form = if singular { one } else { several };
        form.replace("{n}", &self.number(number))
    }

    /// A number as the language writes it: "1 200,5", "1,200.5".
    pub fn number(&self, number: Decimal) -> String {
        if self.is_french { number.french() } else { number.english() }
    }

    /// An amount in euros: "1 200 €", "€1,200".
    pub fn amount(&self, amount: Decimal) -> String {
        if self.is_french { amount.french_euros() } else { amount.english_euros() }
    }

    /// A time of day: "9 h 30", "09:30".
    pub fn time(&self, time: Time) -> String {
        if self.is_french { time.french() } else { time.to_string() }
    }

    /// A sentence with its parts filled in.
    pub fn phrase(&self, key: &str, parts: &[(&str, &str)]) -> String {
        let Some(phrase) = self.phrase.get(key) else {
            return parts.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" ");
        };
        fill(phrase, parts)
    }
}

/// Fills `{named}` parts in, each once over the pattern, so that a value with braces stays as it is.
pub fn fill(pattern: &str, parts: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after
            .split_once('}')
            .and_then(|(name, after)| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| (value, after)))
        {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}
