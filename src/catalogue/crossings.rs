//! Crossings: two terms of two kinds, with the modules that carry both.
//!
//! They are what answers a choice of two without any script, so there is one for each pair that has a module. A site of
//! thousands of modules would have more of them than modules: the fullest are kept, up to a number that settings may
//! change, and how many were left out is told.

use std::cmp::Reverse;
use std::collections::HashMap;

use indexmap::IndexMap;

use crate::id::{ModuleId, TermId, TermKind};

use super::{Module, Term};

/// Two terms of two kinds, in the order of [`CROSSED`].
pub type Pair = (TermId, TermId);

/// The kinds that are crossed, in the order of their addresses.
pub const CROSSED: [(TermKind, TermKind); 3] = [
    (TermKind::Topic, TermKind::Region),
    (TermKind::Topic, TermKind::Audience),
    (TermKind::Audience, TermKind::Region),
];

/// The crossings of a catalogue.
#[derive(Clone, Debug, Default)]
pub struct Crossings {
    /// The modules of each pair that has a page, in the order of the list they were made from; by pair.
    pub pairs: IndexMap<Pair, Vec<ModuleId>>,
    /// Pairs that have a module and no page, for want of room.
    pub left_out: usize,
}

impl Crossings {
    /// The crossings of the modules that lists show: `most` of them, the fullest; of equals, the first by their terms.
    pub(super) fn of(
        modules: &IndexMap<ModuleId, Module>,
        listed: &[ModuleId],
        terms: &IndexMap<TermId, Term>,
        most: usize,
    ) -> Self {
        // By the places of the terms: names are written out for the pairs that are kept alone.
        let mut found: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
        let places = |module: &Module, kind| -> Vec<usize> {
            module.terms(kind).iter().filter_map(|term| terms.get_index_of(term)).collect()
        };
        for (at, module) in listed.iter().enumerate().filter_map(|(at, id)| Some((at, modules.get(id)?))) {
            for (first, second) in CROSSED {
                let seconds = places(module, second);
                for one in places(module, first) {
                    for other in &seconds {
                        found.entry((one, *other)).or_default().push(at);
                    }
                }
            }
        }
        let mut found: Vec<((usize, usize), Vec<usize>)> = found.into_iter().collect();
        found.sort_unstable_by_key(|(pair, modules)| (Reverse(modules.len()), *pair));
        let left_out = found.len().saturating_sub(most);
        found.truncate(most);
        found.sort_unstable_by_key(|(pair, _)| *pair);
        let name = |place: usize| terms.get_index(place).map(|(id, _)| id.clone());
        let pairs = found.into_iter().filter_map(|((one, other), modules)| {
            let modules = modules.into_iter().filter_map(|at| listed.get(at)).cloned();
            Some(((name(one)?, name(other)?), modules.collect()))
        });
        Self { pairs: pairs.collect(), left_out }
    }

    /// The modules of a pair that has a page.
    pub fn modules(&self, pair: &Pair) -> &[ModuleId] {
        self.pairs.get(pair).map_or(&[], Vec::as_slice)
    }
}
