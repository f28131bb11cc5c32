//! Folding: when two spellings are one name.
//!
//! Case, accents, spaces, hyphens, underscores, both apostrophes and characters that nobody sees
//! (zero-width, no-break) do not make two names. Terms, keys, titles and organisations are all
//! compared in this form, and only compared: what is shown is what the author wrote.

use std::cell::RefCell;
use std::collections::BTreeMap;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The form of `text` in which names are compared: letters and digits, words joined by one space.
///
/// ```
/// assert_eq!(brochure::fold::fold("Hauts de France"), brochure::fold::fold("hauts-de-france"));
/// assert_eq!(brochure::fold::fold("  L’Aller–vers "), "l aller vers");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if character.is_ascii() {
            push_character(&mut folded, &mut gap, character);
        } else {
            // Character by character: the order of marks, which a whole text would need, does not count here.
            decompose_compatible(character, |part| push_character(&mut folded, &mut gap, part));
        }
    }
    folded
}

fn push_character(folded: &mut String, gap: &mut bool, character: char) {
    match character {
        c if c.is_ascii_alphanumeric() => push(folded, gap, c.to_ascii_lowercase()),
        // Signs that tell names apart ("C++", "C#") stay; the rest of the punctuation parts words.
        '+' | '#' | '&' | '%' | '@' => push(folded, gap, character),
        c if c.is_ascii() => *gap = true,
        'œ' | 'Œ' => "oe".chars().for_each(|c| push(folded, gap, c)),
        'æ' | 'Æ' => "ae".chars().for_each(|c| push(folded, gap, c)),
        c if is_combining_mark(c) || is_invisible(c) => {}
        c if c.is_alphanumeric() => c.to_lowercase().for_each(|c| push(folded, gap, c)),
        _ => *gap = true,
    }
}

fn push(folded: &mut String, gap: &mut bool, character: char) {
    if std::mem::take(gap) && !folded.is_empty() {
        folded.push(' ');
    }
    folded.push(character);
}

/// Characters without width, which come along when text is copied from a web page or a word processor.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// A space at which no line breaks, as French keyboards and word processors put in.
pub fn is_no_break(character: char) -> bool {
    matches!(character, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// Characters that are none, kept for use inside programs: HTML may not hold them, and ours mean something where pages
/// are drawn.
pub fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{FDD0}'..='\u{FDEF}') || (character as u32) & 0xFFFE == 0xFFFE
}

/// How close a name must be to be proposed, from 0 (nothing in common) to 1 (the same).
const NEAR: f64 = 0.66;

/// The candidate nearest to `wanted` after folding, if one is near enough to be what was meant.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    if wanted.is_empty() {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (closeness(&wanted, &fold(candidate)), candidate))
        .filter(|(closeness, _)| *closeness >= NEAR)
        // On equal closeness the first in the candidates' own order wins, so the answer is stable.
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}

/// Known names, made ready to be compared with many that are not known.
///
/// A site may have thousands of both, and a slip in a template of somebody's may stand in every file. So the names are
/// folded once, most are told apart by their letters alone, a word that comes again is not looked for again, and after
/// [`PROPOSALS`] different words no nearest name is looked for: nobody reads that far.
#[derive(Debug, Default)]
pub struct Names {
    known: Vec<Known>,
    told: RefCell<BTreeMap<String, Option<usize>>>,
}

#[derive(Debug)]
struct Known {
    name: String,
    folded: String,
    letters: Letters,
}

/// How many different words get a proposal.
pub const PROPOSALS: usize = 200;

impl Names {
    /// The names, in the order in which they are preferred.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let known = names.into_iter().map(|name| {
            let folded = fold(name);
            Known { letters: Letters::of(&folded), folded, name: name.to_owned() }
        });
        Self { known: known.collect(), told: RefCell::default() }
    }

    /// The name nearest to `wanted`: the one that [`nearest`] would find.
    pub fn nearest(&self, wanted: &str) -> Option<&str> {
        let wanted = fold(wanted);
        let mut told = self.told.borrow_mut();
        let found = match told.get(&wanted) {
            Some(found) => *found,
            None if told.len() >= PROPOSALS || wanted.is_empty() => None,
            None => {
                let found = self.find(&wanted);
                told.insert(wanted, found);
                found
            }
        };
        self.known.get(found?).map(|known| known.name.as_str())
    }

    fn find(&self, wanted: &str) -> Option<usize> {
        let letters = Letters::of(wanted);
        let mut best: Option<(f64, usize)> = None;
        for (index, known) in self.known.iter().enumerate() {
            if !is_prefix(wanted, &known.folded) && !letters.may_be_near(&known.letters) {
                continue;
            }
            let closeness = closeness(wanted, &known.folded);
            if closeness >= NEAR && best.is_none_or(|(best, _)| closeness > best) {
                best = Some((closeness, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

/// How often each letter stands in a word: what two words differ by here, they differ by at least in writing.
#[derive(Debug)]
struct Letters {
    counts: [u8; 32],
    length: u32,
}

impl Letters {
    fn of(folded: &str) -> Self {
        let mut letters = Self { counts: [0; 32], length: 0 };
        for character in folded.chars() {
            let count = &mut letters.counts[character as usize % 32];
            *count = count.saturating_add(1);
            letters.length += 1;
        }
        letters
    }

    fn may_be_near(&self, other: &Self) -> bool {
        let differences = |one: &Self, two: &Self| -> u32 {
            one.counts.iter().zip(&two.counts).map(|(a, b)| u32::from(a.saturating_sub(*b))).sum()
        };
        let least = differences(self, other).max(differences(other, self));
        // One more than a third, for the rounding of what is computed in floating point.
        least * 100 <= self.length.max(other.length) * 34 + 100
    }
}

fn is_prefix(wanted: &str, candidate: &str) -> bool {
    candidate.len() >= 4 && wanted.len() >= 4 && (candidate.starts_with(wanted) || wanted.starts_with(candidate))
}

fn closeness(wanted: &str, candidate: &str) -> f64 {
    if is_prefix(wanted, candidate) {
        return 0.9;
    }
    // What differs by more than a third in length is never near enough: the distance need not be computed.
    let (one, two) = (wanted.chars().count(), candidate.chars().count());
    if one.abs_diff(two) * 100 > one.max(two) * 34 {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(wanted, candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        let same = [
            ("Hauts-de-France", "hauts de france"),
            ("Île-de-France", "ILE DE FRANCE"),
            ("l'aller vers", "L\u{2019}Aller-vers"),
            ("Re\u{0301}tablissement", "Rétablissement"),
            ("pair\u{00AD}-aidance", "pair\u{2011}aidance"),
            ("mise_a_jour", "mis\u{200B}e à jour"),
            ("Œuvre", "oeuvre"),
        ];
        for (left, right) in same {
            assert_eq!(fold(left), fold(right), "{left} / {right}");
        }
        assert_ne!(fold("C++"), fold("C#"));
    }

    #[test]
    fn the_nearest_name_is_found_and_far_ones_are_not() {
        let names = ["Rétablissement", "Pair-aidance", "Aller vers"];
        assert_eq!(nearest("retablisement", names), Some("Rétablissement"));
        assert_eq!(nearest("paire aidance", names), Some("Pair-aidance"));
        assert_eq!(nearest("cuisine", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn many_names_are_compared_as_one_by_one() {
        let names = ["Rétablissement", "Pair-aidance", "Aller vers", "Paires aidantes", "Soins", "Soin", "a", ""];
        let known = Names::new(names);
        for wanted in
            ["retablisement", "paire aidance", "cuisine", "", "soi", "sions", "Alelr vers", "b", "aller", "soinss"]
        {
            assert_eq!(known.nearest(wanted), nearest(wanted, names), "{wanted}");
            assert_eq!(known.nearest(wanted), nearest(wanted, names), "{wanted}, again");
        }
    }

    #[test]
    fn a_site_of_slips_does_not_take_for_ever() {
        let names: Vec<String> = (0..5_000).map(|number| format!("Un thème parmi d’autres, {number}")).collect();
        let known = Names::new(names.iter().map(String::as_str));
        let began = std::time::Instant::now();
        let found = (0..20_000).filter(|number| known.nearest(&format!("Un theme parmi d’autre {number}")).is_some());
        assert_eq!(found.count(), PROPOSALS);
        assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
    }
}
