//! What the program says on the terminal, as data: [`Texts`].
//!
//! Eleven files in each language: the sentences of diagnostics and of rules, one table for each code; what more there is
//! to say about each of both, with examples; what each key means; what a beginning and an import are told; how sheets stand; and those
//! of the terminal. Nothing here knows when a sentence is said.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lang::Lang;
use crate::phrases::fill;

type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// The files of a language, which are a part of the program.
macro_rules! files {
    ($lang:literal) => {
        [
            include_str!(concat!("texts/", $lang, "/diagnostics.toml")),
            include_str!(concat!("texts/", $lang, "/explain.toml")),
            include_str!(concat!("texts/", $lang, "/import.toml")),
            include_str!(concat!("texts/", $lang, "/rules.toml")),
            include_str!(concat!("texts/", $lang, "/rules-explain.toml")),
            include_str!(concat!("texts/", $lang, "/rules-site.toml")),
            include_str!(concat!("texts/", $lang, "/rules-site-explain.toml")),
            include_str!(concat!("texts/", $lang, "/schema.toml")),
            include_str!(concat!("texts/", $lang, "/sheets.toml")),
            include_str!(concat!("texts/", $lang, "/start.toml")),
            include_str!(concat!("texts/", $lang, "/terminal.toml")),
        ]
    };
}

static FRENCH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Lang::French, &files!("fr")));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Lang::English, &files!("en")));

/// The sentences of one language.
#[derive(Debug)]
pub struct Texts {
    lang: Lang,
    tables: Tables,
}

impl Texts {
    /// The sentences of `lang`.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::French => &FRENCH,
            Lang::English => &ENGLISH,
        }
    }

    fn read(lang: Lang, files: &[&str]) -> Self {
        let mut tables = Tables::new();
        for file in files {
            // The files are a part of the program; a test reads both.
            tables.extend(toml::from_str::<Tables>(file).unwrap_or_default());
        }
        Self { lang, tables }
    }

    /// The language of the sentences.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A sentence as it is written, with its `{named}` parts open; nothing when there is none.
    pub fn find(&self, table: &str, key: &str) -> Option<&str> {
        self.tables.get(table)?.get(key).map(String::as_str)
    }

    /// The names of all sentences of a table.
    pub fn keys(&self, table: &str) -> impl Iterator<Item = &str> {
        self.tables.get(table).into_iter().flat_map(|table| table.keys().map(String::as_str))
    }

    /// The name of a sentence, as the program has it; nothing when there is none.
    pub fn key(&'static self, table: &str, key: &str) -> Option<&'static str> {
        self.tables.get(table)?.get_key_value(key).map(|(known, _)| known.as_str())
    }

    /// The name of a part that some sentence of a table has open; nothing when none has.
    pub fn part(&'static self, table: &str, name: &str) -> Option<&'static str> {
        self.tables.get(table)?.values().flat_map(|sentence| parts(sentence)).find(|part| *part == name)
    }

    /// A sentence with its parts filled in. One that is missing is told by its key: that must not stop a message.
    pub fn get<V: AsRef<str>>(&self, table: &str, key: &str, parts: &[(&str, V)]) -> String {
        match self.find(table, key) {
            Some(sentence) => {
                let parts: Vec<(&str, String)> =
                    parts.iter().map(|(name, value)| (*name, printable(value.as_ref()))).collect();
                let parts: Vec<(&str, &str)> = parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
                fill(sentence, &parts)
            }
            None => format!("{table}.{key}"),
        }
    }

    /// A sentence without parts.
    pub fn plain(&self, table: &str, key: &str) -> String {
        self.get::<&str>(table, key, &[])
    }

    /// A counted sentence: `key-one` or `key-many`. In French, none is singular.
    pub fn count(&self, table: &str, key: &str, n: usize) -> String {
        let is_singular = n == 1 || n == 0 && self.lang == Lang::French;
        let form = if is_singular { "one" } else { "many" };
        self.get(table, &format!("{key}-{form}"), &[("n", n.to_string())])
    }
}

/// A text of somebody's as a terminal can show it: control characters could move the cursor or paint over what is said,
/// and marks of direction turn words round.
pub fn printable(text: &str) -> String {
    let is_turning = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| match c {
        '\n' => c,
        // As wide as the tab before it says, which no line that is wrapped can know.
        '\t' => ' ',
        c if c.is_control() || is_turning(c) => '\u{FFFD}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// The names of the parts that a sentence has open.
fn parts(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::Code;

    fn names(sentence: &str) -> BTreeSet<&str> {
        parts(sentence).collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (french, english) = (Texts::of(Lang::French), Texts::of(Lang::English));
        let keys = |texts: &Texts| -> Vec<(String, String)> {
            let tables = texts.tables.iter();
            tables.flat_map(|(table, keys)| keys.keys().map(|key| (table.clone(), key.clone()))).collect()
        };
        assert_eq!(keys(french), keys(english));
        for (table, key) in keys(french) {
            let (fr, en) = (french.find(&table, &key).unwrap_or(""), english.find(&table, &key).unwrap_or(""));
            if !matches!(key.as_str(), "wrong" | "right") {
                assert_eq!(names(fr), names(en), "{table}.{key}");
            }
            assert!(!fr.is_empty() && !en.is_empty(), "{table}.{key}");
        }
    }

    #[test]
    fn every_code_is_told() {
        for code in Code::all() {
            for key in ["title", "message", "help"] {
                assert!(Texts::of(Lang::French).find(code.as_str(), key).is_some(), "{code}.{key}");
            }
            for key in ["why", "right"] {
                let table = format!("explain-{code}");
                assert!(Texts::of(Lang::French).find(&table, key).is_some(), "{table}.{key}");
            }
        }
    }

    /// French wants a no-break space before `:` and a narrow one before `; ! ?`.
    #[test]
    fn french_sentences_are_set_as_french_is() {
        for (table, keys) in &Texts::of(Lang::French).tables {
            // Examples are what authors type.
            for (key, sentence) in keys.iter().filter(|(key, _)| !matches!(key.as_str(), "wrong" | "right")) {
                for wrong in [" :", " ;", " ?", " !", "« ", " »"] {
                    assert!(!sentence.contains(wrong), "{table}.{key}: {sentence}");
                }
            }
        }
    }
}
