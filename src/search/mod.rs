//! The index of words: which texts have a word, how much it counts there, and how it is written.
//!
//! A visitor's browser searches, so the index is made to be fetched in small parts: one file with all words, which is
//! also what proposes a word for one that is mistyped, and the places of words in files of which a search needs one or
//! two. How much a word counts in a text depends on that text alone (a form of BM25F with fixed lengths to compare with:
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), so that texts are weighed in parallel and one
//! that changes moves no other's weights; how rare a word is, the browser reckons from the number of its places.
//!
//! Words are cut to their stems by Snowball's algorithm and compared without accents. The browser knows the stem of
//! every word of the site from the index, and has the same algorithm for any other word.

mod encode;
mod weigh;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::hash::FingerprintBuilder;
use crate::lang::Lang;

pub use words::Words;

/// A text that can be found: its parts, the weightier ones named first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its parts.
    pub parts: Vec<(Part, String)>,
}

impl Record {
    /// Adds all of it to a digest.
    pub fn add_to(&self, key: FingerprintBuilder) -> FingerprintBuilder {
        let add =
            |key: FingerprintBuilder, (part, text): &(Part, String)| key.input(&[*part as u8]).input(text.as_bytes());
        // The number of parts parts one text from the next.
        self.parts.iter().fold(key.input(&[self.parts.len() as u8]), add)
    }
}

/// What a part of a text is: a word in a title counts for more than one in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// What it is called beside: subtitle, series, reference.
    Name,
    /// What it is filed under: themes, audiences, regions, towns, who offers it.
    Term,
    /// One or two sentences that sum it up.
    Summary,
    /// A heading.
    Heading,
    /// Everything else.
    Text,
}

/// Different words for one thing, each as a phrase: `MSP`, `médiateur de santé-pair`.
pub type Synonyms = Vec<String>;

/// What an index is made with.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// Words that mean the same.
    pub synonyms: &'a [Synonyms],
    /// The language of the texts.
    pub lang: Lang,
    /// Tells the texts and their order from all others.
    pub mark: &'a str,
    /// How many files the places of words are spread over.
    pub n_places: usize,
    /// How many threads weigh texts. The index does not depend on it.
    pub n_threads: NonZero<usize>,
}

/// The files of an index.
#[derive(Debug)]
pub struct Index {
    /// All words, what they are written like, and what means the same.
    pub words: Vec<u8>,
    /// Where words stand.
    pub places: Vec<Vec<u8>>,
}

/// A stem: how it is written, and where it stands.
#[derive(Debug, Default)]
struct Stem {
    /// The words that have it, with how often each stands in the site.
    forms: BTreeMap<Box<str>, u32>,
    /// The texts that have it, in their order, and how much it counts there.
    places: Vec<(u32, u8)>,
}

/// How many texts are weighed in one go: enough that most of their words are known from each other.
const PORTION: usize = 64;

impl Index {
    /// Indexes `n_texts` texts, which are numbered in their order. Each is asked for once, and forgotten.
    pub fn of(n_texts: usize, text: &(dyn Fn(usize) -> Record + Sync), settings: &Settings<'_>) -> Self {
        let Settings { synonyms, lang, n_places, .. } = *settings;
        let portions = weigh_all(n_texts, text, settings);
        let mut stems: HashMap<Box<str>, Stem> = HashMap::new();
        for (number, portion) in portions.into_iter().enumerate() {
            portion.pour_into(&mut stems, number * PORTION);
        }
        let mut stems: Vec<(Box<str>, Stem)> = stems.into_iter().collect();
        stems.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut words = Words::of(lang);
        let groups: Vec<Vec<Vec<String>>> = synonyms.iter().filter_map(|group| phrases(group, &mut words)).collect();
        Self {
            words: encode::words(&stems, &groups, &words, n_texts, settings),
            places: encode::places(&stems, n_places),
        }
    }
}

/// Weighs texts in portions, on threads of its own: whoever asks for an index may hold a lock, and a thread that waits
/// for work of the common pool may be given other work meanwhile, which wants that lock.
fn weigh_all(n_texts: usize, text: &(dyn Fn(usize) -> Record + Sync), settings: &Settings<'_>) -> Vec<weigh::Weighed> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut words = Words::of(settings.lang);
        let mut done = Vec::new();
        loop {
            let first = next.fetch_add(PORTION, Ordering::Relaxed);
            if first >= n_texts {
                return done;
            }
            let mut weighed = weigh::Weighed::default();
            (first..n_texts.min(first + PORTION)).for_each(|number| weighed.add(&text(number), &mut words));
            done.push((first, weighed));
        }
    };
    let mut portions = std::thread::scope(|scope| {
        let others: Vec<_> = (1..settings.n_threads.get()).map(|_| scope.spawn(work)).collect();
        let mut portions = work();
        for other in others {
            match other.join() {
                Ok(done) => portions.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        portions
    });
    portions.sort_unstable_by_key(|(first, _)| *first);
    portions.into_iter().map(|(_, weighed)| weighed).collect()
}

/// Each phrase as the stems of its words; none where fewer than two are left that differ.
fn phrases(group: &Synonyms, words: &mut Words) -> Option<Vec<Vec<String>>> {
    let mut phrases: Vec<Vec<String>> = Vec::new();
    for phrase in group {
        let stems = words.stems_of(phrase);
        if !stems.is_empty() && !phrases.contains(&stems) {
            phrases.push(stems);
        }
    }
    (phrases.len() > 1).then_some(phrases)
}

#[cfg(test)]
mod tests;
