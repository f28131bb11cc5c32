//! Folding: when two spellings are one name.
//!
//! Case, accents, spaces, hyphens, underscores, both apostrophes and characters that nobody sees
//! (zero-width, no-break) do not make two names. Terms, keys, titles and organisations are all
//! compared in this form, and only compared: what is shown is what the author wrote.

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

/// Whether folding `text` gives `folded`, found without making the form.
pub fn folds_to(text: &str, folded: &str) -> bool {
    // Nearly all that is compared differs in its first letter.
    match (text.bytes().next(), folded.bytes().next()) {
        (Some(one), Some(two)) if one.is_ascii_alphanumeric() && one.to_ascii_lowercase() != two => false,
        _ => fold(text) == folded,
    }
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

/// The candidate nearest to `wanted` after folding, if one is near enough to be what was meant.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    if wanted.is_empty() {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (closeness(&wanted, &fold(candidate)), candidate))
        .filter(|(closeness, _)| *closeness >= 0.66)
        // On equal closeness the first in the candidates' own order wins, so the answer is stable.
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}

fn closeness(wanted: &str, candidate: &str) -> f64 {
    if !candidate.is_empty() && wanted.len() >= 4 && (candidate.starts_with(wanted) || wanted.starts_with(candidate)) {
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
}
