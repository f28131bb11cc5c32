//! How much a word counts in a text.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Part, Record, Stem, Words};

/// One word in a part of usual length.
const UNIT: u64 = 1024;
/// The weight at which a word counts for half of what it ever may.
const HALF: u64 = 24 * UNIT;

impl Part {
    /// How many times a word counts here, and how many words such a part usually has: in a longer one, each counts less.
    fn scale(self) -> (u64, u64) {
        match self {
            Self::Title => (28, 7),
            Self::Name => (6, 8),
            Self::Term => (3, 12),
            Self::Summary => (3, 25),
            Self::Heading => (2, 30),
            Self::Text => (1, 400),
        }
    }
}

/// The words of a stem, with how often each was met.
type Forms = HashMap<Box<str>, u32>;

/// In 64 steps: finer ones nobody would see, and they could not be packed.
fn weight_of(weight: u64) -> u8 {
    u8::try_from((255 * weight / (HALF + weight)) | 3).unwrap_or(u8::MAX)
}

/// Texts that were weighed: their stems by number, and each text's.
#[derive(Default)]
pub(super) struct Weighed {
    numbers: HashMap<Arc<str>, usize>,
    stems: Vec<(Arc<str>, Forms)>,
    texts: Vec<Vec<(usize, u8)>>,
}

impl Weighed {
    /// Weighs a text.
    pub(super) fn add(&mut self, record: &Record, words: &mut Words) {
        let mut weights: HashMap<usize, u64> = HashMap::new();
        let mut in_part: Vec<usize> = Vec::new();
        for (part, text) in &record.parts {
            in_part.clear();
            words.each(text, |word, stem| {
                let number = self.number(stem);
                in_part.push(number);
                let forms = &mut self.stems[number].1;
                match forms.get_mut(word) {
                    Some(count) => *count += 1,
                    None => drop(forms.insert(word.into(), 1)),
                }
            });
            let (times, usual) = part.scale();
            let length = in_part.len() as u64;
            let each = UNIT * times * 2 * usual / (usual + length);
            in_part.sort_unstable();
            for repeated in in_part.chunk_by(|one, other| one == other) {
                // A word that is repeated counts for more, and never for more than three.
                let times = repeated.len() as u64;
                *weights.entry(repeated[0]).or_default() += each * 3 * times / (times + 2);
            }
        }
        let mut text: Vec<(usize, u8)> =
            weights.into_iter().map(|(number, weight)| (number, weight_of(weight))).collect();
        text.sort_unstable();
        self.texts.push(text);
    }

    fn number(&mut self, stem: &Arc<str>) -> usize {
        if let Some(number) = self.numbers.get(stem) {
            return *number;
        }
        self.numbers.insert(stem.clone(), self.stems.len());
        self.stems.push((stem.clone(), HashMap::new()));
        self.stems.len() - 1
    }

    /// Adds these texts, the first of which is number `first`, to what is known of others before them.
    pub(super) fn pour_into(self, all: &mut HashMap<Box<str>, Stem>, first: usize) {
        let mut places: Vec<Vec<(u32, u8)>> = self.stems.iter().map(|_| Vec::new()).collect();
        for (text, number) in self.texts.iter().zip(first..) {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            text.iter().for_each(|(stem, weight)| places[*stem].push((number, *weight)));
        }
        for ((stem, forms), places) in self.stems.into_iter().zip(places) {
            let known = match all.get_mut(&*stem) {
                Some(known) => known,
                None => all.entry((*stem).into()).or_default(),
            };
            // Sums do not depend on the order of what is summed.
            #[allow(clippy::iter_over_hash_type)]
            for (form, count) in forms {
                *known.forms.entry(form).or_default() += count;
            }
            known.places.extend(places);
        }
    }
}
