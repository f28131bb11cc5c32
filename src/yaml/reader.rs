//! Fields of a map, taken one by one under either spelling of their key.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diagnostic::{Code, Diagnostic, FieldStep, Part, Place, Step, YamlPath};
use crate::fold::{Names, fold, is_no_break};
use crate::lang::Lang;
use crate::source::ContentPath;

use super::form::MapForm;
use super::parse::Node;

/// A key in its two spellings, with others that people write. A `static`, so that it is folded once a run and not for
/// each file.
#[derive(Debug)]
pub struct Key {
    /// The English spelling: what documentation of the code uses.
    pub en: &'static str,
    /// The French spelling.
    pub fr: &'static str,
    /// Other spellings that are read as well.
    pub also: &'static [&'static str],
    folded: OnceLock<FoldedKey>,
}

/// What the spellings of a key fold to.
#[derive(Debug)]
struct FoldedKey {
    /// In the order of [`Key::spellings`].
    names: Box<[String]>,
    beginnings: Beginnings,
}

impl Key {
    /// A key with an English and a French spelling.
    pub const fn new(en: &'static str, fr: &'static str) -> Self {
        Self { en, fr, also: &[], folded: OnceLock::new() }
    }

    /// The same key, read under further spellings.
    pub const fn also(mut self, also: &'static [&'static str]) -> Self {
        self.also = also;
        self
    }

    /// The step that leads to its value, for places that are told by what keys mean.
    pub const fn step(&self) -> FieldStep {
        FieldStep::Key { en: self.en, fr: self.fr, also: self.also }
    }

    /// The spelling in a language.
    pub fn spelling(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::French => self.fr,
            Lang::English => self.en,
        }
    }

    /// All of its spellings, the English and the French one first.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        [self.en, self.fr].into_iter().chain(self.also.iter().copied())
    }

    fn folded(&self) -> &FoldedKey {
        self.folded.get_or_init(|| {
            let names: Box<[String]> = self.spellings().map(fold).collect();
            let beginnings = Beginnings::of(&names);
            FoldedKey { names, beginnings }
        })
    }
}

/// Collects what is found while a file is read.
#[derive(Debug)]
pub struct Reader<'f> {
    /// The file.
    pub file: &'f ContentPath,
    /// What was found so far.
    pub diagnostics: Vec<Diagnostic>,
    /// How many keys were read that only French spells so, less those that only English does.
    french: isize,
}

impl<'f> Reader<'f> {
    /// A reader of `file`.
    pub fn new(file: &'f ContentPath) -> Self {
        Self { file, diagnostics: Vec::new(), french: 0 }
    }

    /// The language in which the file spells its keys; French where nothing tells.
    pub fn spelling(&self) -> Lang {
        if self.french < 0 { Lang::English } else { Lang::French }
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
    /// The entries in the order of their folded keys; of one key, in the order of the file.
    order: Vec<usize>,
    /// How many entries with the very same key stand before each; rarely asked for.
    nth: OnceCell<Vec<usize>>,
    taken: Vec<bool>,
    beginnings: Beginnings,
    french: usize,
    english: usize,
}

/// The first two letters of some folded names, as a set that may hold too much.
#[derive(Clone, Copy, Debug)]
struct Beginnings(u64);

impl Beginnings {
    fn of(folded: &[String]) -> Self {
        Self(folded.iter().fold(0, |bits, name| bits | Self::of_one(name).0))
    }

    fn of_one(name: &str) -> Self {
        let byte = |at: usize| name.as_bytes().get(at).copied().map_or(0, usize::from);
        Self(1 << ((byte(0) * 7 + byte(1)) % 64))
    }

    /// Whether a name may be in both.
    fn may_meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
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
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|one, two| folded[*one].cmp(&folded[*two]));
        let beginnings = Beginnings::of(&folded);
        let taken = vec![false; entries.len()];
        Some(Self { path, folded, order, nth: OnceCell::new(), taken, beginnings, entries, french: 0, english: 0 })
    }

    /// The entries whose key folds to `name`, in the order of the file.
    fn named(&self, name: &str) -> &[usize] {
        let start = self.order.partition_point(|index| self.folded[*index].as_str() < name);
        let length = self.order[start..].partition_point(|index| self.folded[*index] == name);
        &self.order[start..start + length]
    }

    /// Takes the value of `key`. A second entry for it, in whatever spelling, is an error; the first counts.
    pub fn take(&mut self, key: &Key, reader: &mut Reader<'_>) -> Option<Field<'a>> {
        let folded = key.folded();
        // Most keys are not there, which their first letters tell.
        if !self.beginnings.may_meet(folded.beginnings) {
            return None;
        }
        let may_be_there = folded.names.iter().filter(|name| self.beginnings.may_meet(Beginnings::of_one(name)));
        let mut all: Vec<usize> = may_be_there.flat_map(|name| self.named(name)).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|index| !std::mem::replace(&mut self.taken[*index], true));
        let (index, again) = all.split_first()?;
        again.iter().for_each(|again| self.report_duplicate(*index, *again, reader));
        let index = *index;
        if key.en != key.fr {
            // A spelling that is both says nothing of the file's language.
            let is = |nth: usize| folded.names.get(nth) == Some(&self.folded[index]);
            let (english, french) = (is(0), is(1));
            self.french += usize::from(french && !english);
            self.english += usize::from(english && !french);
            reader.french += isize::from(french) - isize::from(english);
        }
        let (name, node) = &self.entries[index];
        (!node.is_empty()).then(|| Field { node, key: name, path: self.path_of(index) })
    }

    /// Whether a key stands there, be it with nothing behind it.
    pub fn has(&self, key: &Key) -> bool {
        key.folded().names.iter().any(|name| !self.named(name).is_empty())
    }

    /// Starts a diagnostic about what is missing: `place` is where it belongs. Where its key stands with nothing behind
    /// it, that is the place, and the help is another one: a second line would be a key given twice.
    pub fn missing(&self, code: Code, key: &Key, place: Place, reader: &Reader<'_>) -> Diagnostic {
        let mut named = key.folded().names.iter().flat_map(|name| self.named(name)).copied();
        match named.find(|index| self.entries[*index].1.is_empty()) {
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

    /// Ends the reading: what no one took is reported, with the nearest of the keys of `form`, and given back.
    pub fn finish(mut self, form: &MapForm, reader: &mut Reader<'_>) -> Unknown {
        debug_assert!(
            self.undescribed(form).is_none(),
            "{:?} is read but not in {}",
            self.undescribed(form),
            form.name
        );
        let mut unknown = Unknown::new();
        // A bilingual name is proposed in the spelling that the rest of the file uses.
        let french = self.french >= self.english;
        let candidates = form.keys().map(|key| if french { key.fr } else { key.en });
        let others = form.keys().map(|key| if french { key.en } else { key.fr });
        let proposed = OnceCell::new();
        for index in 0..self.entries.len() {
            if self.taken[index] {
                continue;
            }
            let first = self.named(&self.folded[index]).first().copied();
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

    /// A key that was taken though the form does not have it: nobody would be told of it.
    fn undescribed(&self, form: &MapForm) -> Option<&str> {
        let is_described = |index: usize| form.keys().any(|key| key.folded().names.contains(&self.folded[index]));
        (0..self.entries.len()).find(|index| self.taken[*index] && !is_described(*index)).map(|at| &*self.folded[at])
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
        let is_alone = self.named(&self.folded[index]).len() == 1;
        let nth = if is_alone { 0 } else { self.nth.get_or_init(|| count_earlier(self.entries))[index] };
        self.path.with(Step::Key(name.clone(), nth))
    }
}

fn count_earlier(entries: &[(String, Node)]) -> Vec<usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let counted = entries.iter().map(|(key, _)| {
        let count = counts.entry(key).or_default();
        std::mem::replace(count, *count + 1)
    });
    counted.collect()
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
