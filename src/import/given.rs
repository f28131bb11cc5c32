//! [`Given`]: what stands under one label, as it was found.

use std::collections::BTreeMap;

use super::labels::Target;

/// One paragraph or item of a list, its lines joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Its words.
    pub text: String,
    /// The line or row that it begins in.
    pub line: usize,
    /// A sign stood before it.
    pub is_marked: bool,
}

/// What stands under a label.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// What the label means, the first of it first.
    pub target: Target,
    /// The label as it was written.
    pub label: String,
    /// The line or row that it stands in.
    pub line: usize,
    /// What stands under it.
    pub items: Vec<Item>,
}

impl Given {
    /// All of it on one line.
    pub(super) fn joined(&self, between: &str) -> String {
        self.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(between)
    }

    /// How many characters it has.
    pub(super) fn length(&self) -> usize {
        self.items.iter().map(|item| item.text.chars().count()).sum()
    }
}

/// The words of a text: letters and digits, whatever stands between.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Those of `texts` of which not every word stands in `told`, in capitals or not. A word that is told once stands for one.
pub(super) fn untold<'t>(told: &str, texts: impl IntoIterator<Item = &'t str>) -> Vec<&'t str> {
    let count = |text: &str| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        words(text).for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
        counts
    };
    let mut left = count(told);
    let mut is_untold = |text: &str| {
        let wanted = count(text);
        let is_told = wanted.iter().all(|(word, n)| left.get(word).is_some_and(|left| left >= n));
        if is_told {
            for (word, n) in wanted {
                left.entry(word).and_modify(|left| *left -= n);
            }
        }
        !is_told
    };
    texts.into_iter().filter(|text| is_untold(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_missing_are_noticed() {
        assert!(untold("Accueil, a@b.fr", ["ACCUEIL (a@b.fr)"]).is_empty());
        assert_eq!(untold("2027-03-25", ["25 mars 2027"]), ["25 mars 2027"]);
        assert_eq!(untold("un", ["un un"]), ["un un"]);
        assert_eq!(untold("un deux", ["deux", "un deux"]), ["un deux"]);
    }
}
