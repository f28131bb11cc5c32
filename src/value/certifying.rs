//! Words by which a text says that a training certifies something.

use std::ops::Range;

use crate::fold::fold;

/// The words, folded.
const CERTIFYING: &[&str] = &[
    "certifiant",
    "certifiante",
    "certifiants",
    "certifiantes",
    "diplomant",
    "diplomante",
    "diplomants",
    "diplomantes",
    "rncp",
];

/// Words, folded, before it that say the contrary.
const DENYING: &[&str] = &["non", "pas", "ni", "sans", "aucun", "aucune", "not", "no", "nor", "without"];

/// Where a text first says that a training certifies something.
///
/// ```
/// use brochure::value::certifying_word;
/// assert_eq!(certifying_word("Une formation certifiante."), Some(14..25));
/// assert_eq!(certifying_word("Cette formation n'est pas certifiante."), None);
/// ```
pub fn certifying_word(text: &str) -> Option<Range<usize>> {
    let mut before: Vec<String> = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let folded = fold(bare);
        let is_denied = || before.iter().rev().take(4).any(|word| DENYING.contains(&word.as_str()));
        if CERTIFYING.contains(&folded.as_str()) && !is_denied() {
            return Some(at..at + bare.len());
        }
        if !folded.is_empty() {
            before.push(folded);
        }
        at += word.len();
    }
    None
}
