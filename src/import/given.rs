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

/// Whether each word of `text` stands in `told` as often, in capitals or not.
pub(super) fn tells_all(told: &str, text: &str) -> bool {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    words(told).for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
    words(text).all(|word| match counts.get_mut(&word.to_lowercase()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_missing_are_noticed() {
        assert!(tells_all("Aurore, a@b.fr", "Aurore (a@b.fr)"));
        assert!(!tells_all("2027-03-25", "25 mars 2027"));
        assert!(!tells_all("un", "un un"));
    }
}
