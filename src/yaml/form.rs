//! What a map may hold, as data beside its reader: [`MapForm`].
//!
//! A reader ends with the form of its map, so the keys that it knows are the keys that are described. From the forms
//! `schema` makes what editors complete and check with; a test holds that both say the same of every value.

use std::fmt;

use super::reader::Key;

/// The keys of a map, each with the form of its value.
#[derive(Debug)]
pub struct MapForm {
    /// Its name among all forms: what keys mean in it is told in the table `schema-<name>` of the texts.
    pub name: &'static str,
    entries: &'static [(&'static Key, &'static Form)],
    /// At least one of these must be there, with something behind it.
    pub needs: &'static [&'static Key],
    /// None of these is there: with one of them, another form is meant.
    pub bars: &'static [&'static Key],
    base: Option<&'static Self>,
}

/// The form of a value. A key with nothing behind it is always as good as none.
#[derive(Clone, Copy)]
pub enum Form {
    /// A text; numbers and true/false are taken as they are written.
    Text,
    /// Anything at all.
    Anything,
    /// True or false, in either language.
    Boolean,
    /// A whole number in a range.
    Whole(u32, u32),
    /// A number that is not negative, with at most two decimals.
    Decimal,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// An amount in a short form, which is any text but a number below zero.
    Amount,
    /// A number or true/false, taken as it is written.
    Bare,
    /// A text that must match a pattern of JSON Schema.
    Matching(&'static str),
    /// A text for which words are proposed; any other is taken as well.
    Proposed(&'static dyn Words),
    /// One of some words, and nothing else.
    Choice(&'static dyn Words),
    /// A map.
    Map(&'static MapForm),
    /// A map whose keys are the author's.
    Free(&'static Form),
    /// A map whose keys are of a list, and no others.
    Named(&'static dyn Words, &'static Form),
    /// A list, or one item without it.
    List(&'static Form),
    /// A list, and nothing else.
    Items(&'static Form),
    /// Any of some forms.
    Either(&'static [&'static Form]),
}

/// A list of words that a reader compares with, so that no second list of them is needed.
pub trait Words: fmt::Debug + Send + Sync {
    /// The spellings of each word, the one to propose first.
    fn spellings(&self) -> Vec<Vec<&'static str>>;
}

impl<T: fmt::Debug + Send + Sync> Words for &'static [(T, &'static [&'static str])] {
    fn spellings(&self) -> Vec<Vec<&'static str>> {
        self.iter().map(|(_, words)| words.to_vec()).collect()
    }
}

impl Words for fn() -> Vec<Vec<&'static str>> {
    fn spellings(&self) -> Vec<Vec<&'static str>> {
        self()
    }
}

impl Form {
    /// A text or a list of texts.
    pub const TEXTS: Self = Self::List(&Self::Text);
    /// A whole number, however large.
    pub const NUMBER: Self = Self::Whole(0, u32::MAX);
}

impl fmt::Debug for Form {
    /// Maps by name: a form may hold itself.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("Text"),
            Self::Anything => f.write_str("Anything"),
            Self::Boolean => f.write_str("Boolean"),
            Self::Whole(least, most) => write!(f, "Whole({least}, {most})"),
            Self::Decimal => f.write_str("Decimal"),
            Self::Date => f.write_str("Date"),
            Self::Amount => f.write_str("Amount"),
            Self::Bare => f.write_str("Bare"),
            Self::Matching(pattern) => write!(f, "Matching({pattern:?})"),
            Self::Proposed(words) => write!(f, "Proposed({words:?})"),
            Self::Choice(words) => write!(f, "Choice({words:?})"),
            Self::Map(map) => write!(f, "Map({})", map.name),
            Self::Free(form) => write!(f, "Free({form:?})"),
            Self::Named(words, form) => write!(f, "Named({words:?}, {form:?})"),
            Self::List(form) => write!(f, "List({form:?})"),
            Self::Items(form) => write!(f, "Items({form:?})"),
            Self::Either(forms) => write!(f, "Either({forms:?})"),
        }
    }
}

impl MapForm {
    /// A map of these keys.
    pub const fn new(name: &'static str, entries: &'static [(&'static Key, &'static Form)]) -> Self {
        Self { name, entries, needs: &[], bars: &[], base: None }
    }

    /// The same, in which one of these keys must be there.
    pub const fn needs(mut self, keys: &'static [&'static Key]) -> Self {
        self.needs = keys;
        self
    }

    /// The same, in which none of these keys is there.
    pub const fn bars(mut self, keys: &'static [&'static Key]) -> Self {
        self.bars = keys;
        self
    }

    /// The same, with the keys of another map as well.
    pub const fn and(mut self, base: &'static Self) -> Self {
        self.base = Some(base);
        self
    }

    /// Its own keys, then those of the map that it builds on.
    pub fn entries(&self) -> impl Iterator<Item = (&'static Key, &'static Form)> + Clone {
        let base = self.base.map_or(&[][..], |base| base.entries);
        self.entries.iter().chain(base).copied()
    }

    /// All of its keys.
    pub fn keys(&self) -> impl Iterator<Item = &'static Key> + Clone {
        self.entries().map(|(key, _)| key)
    }

    /// The map in whose table of the texts a key is told: another's, for what is built on it.
    pub fn table_of(&self, key: &Key) -> &'static str {
        let is_own = self.entries.iter().any(|(own, _)| std::ptr::eq(*own, key));
        self.base.filter(|_| !is_own).map_or(self.name, |base| base.name)
    }
}
