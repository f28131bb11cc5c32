//! Fields of a map, taken one by one under either spelling of their key.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Part, Place, Step, YamlPath};
use crate::fold::{Names, fold};
use crate::source::ContentPath;

use super::parse::{Node, is_no_break};

/// A key in its two spellings, with others that people write.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The English spelling: what documentation of the code uses.
    pub en: &'static str,
    /// The French spelling.
    pub fr: &'static str,
    /// Other spellings that are read as well.
    pub also: &'static [&'static str],
}

impl Key {
    /// A key with an English and a French spelling.
    pub const fn new(en: &'static str, fr: &'static str) -> Self {
        Self { en, fr, also: &[] }
    }

    /// The same key, read under further spellings.
    pub const fn also(mut self, also: &'static [&'static str]) -> Self {
        self.also = also;
        self
    }

    fn spellings(&self) -> impl Iterator<Item = &'static str> {
        [self.en, self.fr].into_iter().chain(self.also.iter().copied())
    }
}

/// Collects what is found while a file is read.
#[derive(Debug)]
pub struct Reader<'f> {
    /// The file.
    pub file: &'f ContentPath,
    /// What was found so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'f> Reader<'f> {
    /// A reader of `file`.
    pub fn new(file: &'f ContentPath) -> Self {
        Self { file, diagnostics: Vec::new() }
    }

    /// Notes a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Starts a diagnostic about a field's value.
    pub fn about(&self, code: Code, field: &Field<'_>) -> Diagnostic {
        Diagnostic::new(code, self.file, field.place()).arg("key", field.key)
    }

    /// Reports a key that stands in a map of free keys for the `nth` time (from 0).
    pub fn given_again(&mut self, map: &YamlPath, key: &str, nth: usize) {
        let place = |nth| Place::Yaml(map.with(Step::Key(key.to_owned(), nth)), Part::Key);
        let again = Diagnostic::new(Code::DuplicateKey, self.file, place(nth)).arg("key", key).arg("first", key);
        self.report(again.also(self.file, place(0), "first"));
    }

    /// Starts a diagnostic about the key itself.
    pub fn about_key(&self, code: Code, field: &Field<'_>) -> Diagnostic {
        Diagnostic::new(code, self.file, Place::Yaml(field.path.clone(), Part::Key)).arg("key", field.key)
    }
}

/// What a map holds under keys that mean nothing: kept, because an author wrote it.
pub type Unknown = Vec<(String, Node)>;

/// The entries of a map, of which each is taken once.
#[derive(Debug)]
pub struct Fields<'a> {
    path: YamlPath,
    entries: &'a [(String, Node)],
    folded: Vec<String>,
    /// Where each folded key stands first, then where it stands again.
    by_name: BTreeMap<String, Vec<usize>>,
    /// How many entries with the very same key stand before each.
    nth: Vec<usize>,
    taken: Vec<bool>,
    beginnings: Beginnings,
    french: usize,
    english: usize,
}

/// The first two letters of some folded names, as a set that may hold too much.
#[derive(Debug)]
struct Beginnings(u64);

impl Beginnings {
    fn of(folded: &[String]) -> Self {
        Self(folded.iter().filter_map(|name| Self::bit(name)).fold(0, |bits, bit| bits | bit))
    }

    /// Whether a name that folds as `spelling` does may be among them.
    fn may_have(&self, spelling: &str) -> bool {
        Self::bit(spelling).is_none_or(|bit| self.0 & bit != 0)
    }

    /// None for what does not begin with two letters of ASCII: only folding can tell how it begins then.
    fn bit(name: &str) -> Option<u64> {
        let [one, two, ..] = *name.as_bytes() else { return None };
        let are_letters = one.is_ascii_alphabetic() && two.is_ascii_alphabetic();
        let place = (usize::from(one.to_ascii_lowercase()) * 7 + usize::from(two.to_ascii_lowercase())) % 64;
        are_letters.then_some(1 << place)
    }
}

/// A value with its key and the way to it.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// The value; never [`Node::Null`].
    pub node: &'a Node,
    /// The key as the author spelt it; for an item of a list, the list's key.
    pub key: &'a str,
    /// The way to the value.
    pub path: YamlPath,
}

impl<'a> Fields<'a> {
    /// The entries of `node`, if it is a map.
    pub fn of(node: &'a Node, path: YamlPath) -> Option<Self> {
        let Node::Map(entries) = node else { return None };
        let folded: Vec<String> = entries.iter().map(|(key, _)| fold(key)).collect();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in folded.iter().enumerate() {
            by_name.entry(name.clone()).or_default().push(index);
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let nth = entries.iter().map(|(key, _)| {
            let count = counts.entry(key).or_default();
            std::mem::replace(count, *count + 1)
        });
        let nth = nth.collect();
        let beginnings = Beginnings::of(&folded);
        let taken = vec![false; entries.len()];
        Some(Self { path, folded, by_name, nth, taken, beginnings, entries, french: 0, english: 0 })
    }

    /// Takes the value of `key`. A second entry for it, in whatever spelling, is an error; the first counts.
    pub fn take(&mut self, key: &Key, reader: &mut Reader<'_>) -> Option<Field<'a>> {
        // Most keys are not there, which their first letters tell.
        let may_be_there = key.spellings().filter(|spelling| self.beginnings.may_have(spelling));
        let mut all: Vec<usize> =
            may_be_there.filter_map(|spelling| self.by_name.get(&fold(spelling))).flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|index| !std::mem::replace(&mut self.taken[*index], true));
        let (index, again) = all.split_first()?;
        again.iter().for_each(|again| self.report_duplicate(*index, *again, reader));
        let index = *index;
        if key.en != key.fr {
            // A spelling that is both says nothing of the file's language.
            let (english, french) = (fold(key.en) == self.folded[index], fold(key.fr) == self.folded[index]);
            self.french += usize::from(french && !english);
            self.english += usize::from(english && !french);
        }
        let (name, node) = &self.entries[index];
        (!node.is_empty()).then(|| Field { node, key: name, path: self.path_of(index) })
    }

    /// Starts a diagnostic about what is missing: `place` is where it belongs. Where its key stands with nothing behind
    /// it, that is the place, and the help is another one: a second line would be a key given twice.
    pub fn missing(&self, code: Code, key: &Key, place: Place, reader: &Reader<'_>) -> Diagnostic {
        let named = key.spellings().filter_map(|spelling| self.by_name.get(&fold(spelling)));
        match named.flatten().copied().find(|index| self.entries[*index].1.is_empty()) {
            Some(index) => Diagnostic::new(code, reader.file, Place::Yaml(self.path_of(index), Part::Key))
                .help("help-empty")
                .arg("key", &self.entries[index].0),
            None => Diagnostic::new(code, reader.file, place),
        }
    }

    /// The path of the map itself.
    pub fn path(&self) -> &YamlPath {
        &self.path
    }

    /// Ends the reading: what no one took is reported, with the nearest of `keys`, and given back.
    pub fn finish(mut self, keys: &[&Key], reader: &mut Reader<'_>) -> Unknown {
        let mut unknown = Unknown::new();
        // A bilingual name is proposed in the spelling that the rest of the file uses.
        let french = self.french >= self.english;
        let candidates = keys.iter().map(|key| if french { key.fr } else { key.en });
        let others = keys.iter().map(|key| if french { key.en } else { key.fr });
        let proposed = OnceCell::new();
        for index in 0..self.entries.len() {
            if self.taken[index] {
                continue;
            }
            let first = self.by_name.get(&self.folded[index]).and_then(|all| all.first()).copied();
            if let Some(first) = first.filter(|first| *first < index) {
                self.report_duplicate(first, index, reader);
                continue;
            }
            self.taken[index] = true;
            let (name, node) = &self.entries[index];
            let place = Place::Yaml(self.path_of(index), Part::Key);
            let diagnostic = Diagnostic::new(Code::UnknownKey, reader.file, place).arg("key", name.trim());
            reader.report(if name.starts_with(is_no_break) {
                diagnostic.message("message-no-break").help("help-no-break")
            } else {
                let names: &Names = proposed.get_or_init(|| Names::new(candidates.clone().chain(others.clone())));
                diagnostic.near(names.nearest(name))
            });
            unknown.push((name.clone(), node.clone()));
        }
        unknown
    }

    fn report_duplicate(&self, first: usize, second: usize, reader: &mut Reader<'_>) {
        let same = self.entries[first].0 == self.entries[second].0;
        let diagnostic = Diagnostic::new(Code::DuplicateKey, reader.file, Place::Yaml(self.path_of(second), Part::Key))
            .arg("key", &self.entries[second].0)
            .arg("first", &self.entries[first].0)
            .also(reader.file, Place::Yaml(self.path_of(first), Part::Key), "first");
        reader.report(if same { diagnostic } else { diagnostic.message("message-spellings") });
    }

    fn path_of(&self, index: usize) -> YamlPath {
        let name = &self.entries[index].0;
        let nth = self.nth[index];
        self.path.with(Step::Key(name.clone(), nth))
    }
}

impl<'a> Field<'a> {
    /// Where the value stands.
    pub fn place(&self) -> Place {
        Place::Yaml(self.path.clone(), Part::Value)
    }

    /// The items of a list, or the value itself as the only one. Empty items are left out.
    pub fn items(&self) -> Vec<Field<'a>> {
        match self.node {
            Node::List(items) => items
                .iter()
                .enumerate()
                .filter(|(_, item)| !item.is_empty())
                .map(|(index, node)| Field { node, key: self.key, path: self.path.with(Step::Item(index)) })
                .collect(),
            _ => vec![self.clone()],
        }
    }

    /// The entries of a map, or nothing when it is none.
    pub fn fields(&self) -> Option<Fields<'a>> {
        Fields::of(self.node, self.path.clone())
    }
}
