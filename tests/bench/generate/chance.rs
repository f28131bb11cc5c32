//! Chance that is the same each time: a small generator of numbers with a seed.
//!
//! SplitMix64, which is ten lines, passes the usual tests and starts anywhere. Each file has its own, so that files
//! can be made in any order and on any number of threads.

/// A row of numbers that looks like chance.
pub(crate) struct Chance(u64);

impl Chance {
    /// The row of one thing among others: the same three numbers, the same row.
    pub(crate) fn of(seed: u64, kind: u64, number: usize) -> Self {
        let mut mixed = Self(seed ^ kind.rotate_left(48) ^ (number as u64).rotate_left(20));
        let start = mixed.next();
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // The bias of a remainder is far below what anything here could show.
        (self.next() % end as u64) as usize
    }

    /// A number from `first` to `last`.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// Whether the one case in `n` is here.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Several of these, each once, in their order.
    pub(crate) fn some<'a, T>(&mut self, count: usize, from: &'a [T]) -> Vec<&'a T> {
        let mut chosen = std::collections::BTreeSet::new();
        while chosen.len() < count.min(from.len()) {
            chosen.insert(self.below(from.len()));
        }
        chosen.into_iter().map(|n| &from[n]).collect()
    }
}
