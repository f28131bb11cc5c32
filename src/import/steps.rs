//! The labels of the steps of a programme: "Jour 1 : …", "2e séance", "Après-midi".

use crate::fold::fold;

/// What a programme is cut into.
const PARTS: &[&str] = &[
    "jour",
    "journee",
    "module",
    "sequence",
    "seance",
    "etape",
    "partie",
    "atelier",
    "demi journee",
    "session",
    "phase",
    "temps",
    "semaine",
    "bloc",
    "unite",
    "chapitre",
    "axe",
    "day",
    "step",
    "part",
    "week",
];

/// Parts of a day.
const TIMES: &[&str] = &["matin", "matinee", "apres midi", "morning", "afternoon", "soiree"];

/// Numbers in words.
const ORDINALS: &[&str] = &[
    "premier",
    "premiere",
    "deuxieme",
    "second",
    "seconde",
    "troisieme",
    "quatrieme",
    "cinquieme",
    "sixieme",
    "derniere",
    "dernier",
    "first",
    "third",
    "last",
];

/// The label with which a text begins, and what stands behind it.
pub(super) fn step_label(text: &str) -> Option<(&str, &str)> {
    let end = text.find([':', '–', '—', '.', '(', '|']).or_else(|| text.find(" - "));
    let (label, rest) = text.split_at(end.unwrap_or(text.len()));
    let label = label.trim_end();
    // What stands in brackets is a part of the label's line, not a sign.
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":–—.-|".contains(c));
    (label.len() <= 40 && is_label(label)).then_some((label, rest))
}

fn is_label(label: &str) -> bool {
    if !label.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let folded = fold(label);
    if TIMES.contains(&folded.as_str()) {
        return true;
    }
    let (folded, _time) = match TIMES.iter().find_map(|time| folded.strip_suffix(time)) {
        Some(rest) => (rest.trim_end().to_owned(), true),
        None => (folded, false),
    };
    let of = |part: &&&str| -> bool {
        let behind = folded.strip_prefix(**part).and_then(|rest| rest.strip_prefix(' '));
        let before = folded.strip_suffix(**part).and_then(|rest| rest.strip_suffix(' '));
        behind.is_some_and(is_number) || before.is_some_and(is_ordinal)
    };
    PARTS.iter().any(|part| of(&part))
}

/// "1", "2 et 3", "IV", "B".
fn is_number(text: &str) -> bool {
    let is_one = |word: &str| {
        let digits = word.strip_prefix('n').unwrap_or(word);
        word.len() == 1
            || (digits.len() <= 3 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
            || (word.len() <= 4 && word.chars().all(|c| "ivx".contains(c)))
    };
    !text.is_empty() && text.split(' ').all(|word| is_one(word) || matches!(word, "et" | "a" | "and" | "to"))
}

/// "1re", "2e", "première".
fn is_ordinal(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_short =
        digits.len() < text.len() && matches!(digits, "er" | "re" | "ere" | "e" | "eme" | "nd" | "nde" | "st" | "th");
    is_short || ORDINALS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_known_by_their_labels() {
        let label = |text| step_label(text).map(|(label, rest)| format!("{label}|{rest}")).unwrap_or_default();
        for (text, expected) in [
            ("Jour 1 : État des lieux", "Jour 1|État des lieux"),
            ("JOUR 2 – Pratique", "JOUR 2|Pratique"),
            ("Journée 1", "Journée 1|"),
            ("1re journée : repérer", "1re journée|repérer"),
            ("Première séance : faire connaissance", "Première séance|faire connaissance"),
            ("Demi-journée 2 - agir", "Demi-journée 2|agir"),
            ("Jour 1 matin : accueil", "Jour 1 matin|accueil"),
            ("Après-midi : ateliers", "Après-midi|ateliers"),
            ("Module A. Découvrir", "Module A|Découvrir"),
            ("Jours heureux : à deux", ""),
            ("Module de base : rien", ""),
            ("jour 1 : x", ""),
        ] {
            assert_eq!(label(text), expected, "{text}");
        }
    }
}
