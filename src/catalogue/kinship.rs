//! Which modules are akin: by the themes, audiences and words that they share.
//!
//! For a sheet whose author names no related module. Those of one series stand there anyway. What few modules have says
//! more than what many have, so each feature weighs by how rare it is; words that most modules have, as articles and
//! "formation", weigh nothing, and no list of such words is needed. All in whole numbers: the same modules on every
//! machine.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use rust_stemmers::Stemmer;

use crate::document::{Kind, Mode};
use crate::fold::fold;
use crate::id::{ModuleId, TermKind};
use crate::lang::Lang;
use crate::stem::stemmer;

use super::{Catalogue, Module};

/// Words of a module that are looked at, from its title on.
const MOST_WORDS: usize = 80;
/// Shorter words say what stands between others.
const SHORTEST_WORD: usize = 3;
/// A feature that more modules have finds none of them by itself: it only adds to what rarer ones have found.
const COMMON: usize = 150;
/// How many of the modules that rare features have found are compared whole.
const COMPARED: usize = 24;
/// A word that more than one in so many modules has weighs nothing.
const STOP_SHARE: usize = 4;

/// What each kind of feature weighs.
const TOPIC: u32 = 6;
const AUDIENCE: u32 = 3;
const TITLE_WORD: u32 = 4;
const WORD: u32 = 2;
const MANNER: u32 = 1;

/// A feature by its number, and what it weighs for one module.
type Feature = (usize, u32);

/// How the modules that lists show are akin. A module is meant by its place among them.
#[derive(Debug, Default)]
pub struct Kinship {
    places: HashMap<ModuleId, usize>,
    /// The features of each module, by number.
    features: Vec<Vec<Feature>>,
    /// The modules that have a feature, in their order, with what it weighs for them.
    holders: Vec<Vec<(u32, u32)>>,
    /// How much it says to share a feature.
    rarity: Vec<u32>,
    /// Where each module stands among those that are equally near.
    ranks: Vec<usize>,
}

/// A feature, before it has a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Mark {
    Term(crate::id::TermId),
    Kind(Kind),
    Mode(u8),
    Word(Arc<str>),
}

impl Kinship {
    /// Looks at all modules once. Of those that are equally near, the one of the lower rank comes first.
    pub fn new(catalogue: &Catalogue, lang: Lang, rank: impl Fn(&ModuleId) -> usize) -> Self {
        let listed: Vec<&Module> = catalogue.listed.iter().filter_map(|id| catalogue.modules.get(id)).collect();
        // On one core: whoever waits for it on the others must not be given more work, which would want it again.
        let mut stems = Stems::new(lang);
        let marks: Vec<Vec<(Mark, u32)>> = listed.iter().map(|module| marks(module, &mut stems)).collect();
        let mut kinship = Self {
            places: catalogue.listed.iter().cloned().zip(0..).collect(),
            ranks: catalogue.listed.iter().map(rank).collect(),
            ..Self::default()
        };
        let mut numbers: HashMap<Mark, usize> = HashMap::new();
        let mut is_word: Vec<bool> = Vec::new();
        for (place, marks) in (0..).zip(marks) {
            let feature = |(mark, weight): (Mark, u32)| {
                let word = matches!(mark, Mark::Word(_));
                let number = *numbers.entry(mark).or_insert_with(|| {
                    is_word.push(word);
                    is_word.len() - 1
                });
                (number, weight)
            };
            let mut features: Vec<Feature> = marks.into_iter().map(feature).collect();
            // A word that stands in the title and again below it counts as one of the title.
            features.sort_unstable_by_key(|(number, weight)| (*number, Reverse(*weight)));
            features.dedup_by_key(|(number, _)| *number);
            kinship.holders.resize_with(is_word.len(), Vec::new);
            features.iter().for_each(|(number, weight)| kinship.holders[*number].push((place, *weight)));
            kinship.features.push(features);
        }
        let n_modules = listed.len();
        let rarity = kinship.holders.iter().zip(is_word).map(|(holders, is_word)| {
            let is_stop = is_word && holders.len() > (n_modules / STOP_SHARE).max(2);
            if is_stop || holders.len() < 2 { 0 } else { rarity(n_modules, holders.len()) }
        });
        kinship.rarity = rarity.collect();
        kinship
    }

    /// The place of a module among those that lists show.
    pub fn place(&self, id: &ModuleId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The modules most akin to the one at `place`, the nearest first: only those that `may_stand` there.
    pub fn nearest(&self, place: usize, n_wanted: usize, may_stand: impl Fn(usize) -> bool) -> Vec<usize> {
        let Some(features) = self.features.get(place) else { return Vec::new() };
        let mut scores = vec![0; self.features.len()];
        let mut found: Vec<usize> = Vec::new();
        let mut common: Vec<Feature> = Vec::new();
        for (number, weight) in features.iter().copied().filter(|(number, _)| self.rarity[*number] > 0) {
            let (holders, rarity) = (&self.holders[number], self.rarity[number]);
            // Of a common feature, those around the module in the order of titles: enough where nothing rarer finds any.
            let is_common = holders.len() > COMMON;
            let looked_at = if is_common {
                common.push((number, weight));
                let at = holders.partition_point(|(holder, _)| (*holder as usize) < place);
                &holders[at.saturating_sub(COMPARED / 2)..(at + COMPARED / 2 + 1).min(holders.len())]
            } else {
                holders
            };
            for (holder, theirs) in looked_at {
                let score: &mut u32 = &mut scores[*holder as usize];
                if *score == 0 {
                    // One more than it is, so that each is found once.
                    *score = 1;
                    found.push(*holder as usize);
                }
                if !is_common {
                    *score += rarity * weight.min(*theirs);
                }
            }
        }
        let key = |score: u32, holder: usize| (Reverse(score), self.ranks[holder], holder);
        let mut best = BinaryHeap::new();
        for holder in found.into_iter().filter(|holder| *holder != place) {
            let key = key(scores[holder], holder);
            if best.len() < COMPARED || best.peek().is_some_and(|worst| key < *worst) {
                if !may_stand(holder) {
                    continue;
                }
                best.push(key);
                if best.len() > COMPARED {
                    best.pop();
                }
            }
        }
        let whole = |(Reverse(score), _, holder): (Reverse<u32>, usize, usize)| {
            let more: u32 = common.iter().map(|(number, weight)| self.shared(*number, *weight, holder)).sum();
            key(score - 1 + more, holder)
        };
        let mut nearest: Vec<_> = best.into_iter().map(whole).filter(|(Reverse(score), ..)| *score > 0).collect();
        nearest.sort_unstable();
        nearest.into_iter().take(n_wanted).map(|(.., holder)| holder).collect()
    }

    /// What it counts that another module has a feature too: as much as it weighs for the one for which it weighs less.
    fn shared(&self, number: usize, weight: u32, holder: usize) -> u32 {
        let theirs = &self.features[holder];
        let at = theirs.binary_search_by_key(&number, |(number, _)| *number);
        at.map_or(0, |at| self.rarity[number] * weight.min(theirs[at].1))
    }
}

/// The binary logarithm of how many modules there are to each that has a feature, in sixteenths; 16 at least.
fn rarity(n_modules: usize, n_holders: usize) -> u32 {
    let share = u64::try_from(n_modules * 256 / n_holders).unwrap_or(u64::MAX).max(256);
    let whole = share.ilog2();
    // Between two powers the curve is nearly straight.
    let rest = u32::try_from((share << 4 >> whole) & 15).unwrap_or_default();
    16 * (whole - 8) + rest + 16
}

/// Words without their endings: "soignant", "soignants" and "soignante" are one.
struct Stems {
    stemmer: Stemmer,
    /// Most words of a catalogue come again and again.
    known: HashMap<String, Arc<str>>,
}

impl Stems {
    fn new(lang: Lang) -> Self {
        Self { stemmer: stemmer(lang), known: HashMap::new() }
    }

    fn of(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let stem: Arc<str> = self.stemmer.stem(word).into();
        self.known.insert(word.to_owned(), stem.clone());
        stem
    }
}

/// The features of a module, some of them more than once, with what they weigh.
fn marks(module: &Module, stems: &mut Stems) -> Vec<(Mark, u32)> {
    let matter = module.matter();
    let mut marks: Vec<(Mark, u32)> = Vec::new();
    marks.extend(module.terms(TermKind::Topic).iter().map(|term| (Mark::Term(term.clone()), TOPIC)));
    marks.extend(module.terms(TermKind::Audience).iter().map(|term| (Mark::Term(term.clone()), AUDIENCE)));
    if matter.kind != Kind::Training {
        marks.push((Mark::Kind(matter.kind), MANNER));
    }
    match matter.mode {
        Some(Mode::Remote) => marks.push((Mark::Mode(2), MANNER)),
        Some(Mode::Blended) => marks.push((Mark::Mode(1), MANNER)),
        Some(Mode::OnSite) | None => {}
    }
    let beginning = matter.summary.as_deref().or(module.document.outline.first_paragraph.as_deref());
    let title = [Some(module.title.as_str()), matter.subtitle.as_deref()].into_iter().flatten();
    let texts = title.map(|text| (text, TITLE_WORD)).chain(beginning.map(|text| (text, WORD)));
    let most = marks.len() + MOST_WORDS;
    for (text, weight) in texts {
        let folded = fold(text);
        let words = folded.split(' ').filter(|word| word.len() >= SHORTEST_WORD);
        marks.extend(words.take(most - marks.len()).map(|word| (Mark::Word(stems.of(word)), weight)));
    }
    marks
}

#[cfg(test)]
mod tests;
