//! The label of a programme step at the start of a heading: "Jour 1 : État des lieux".

use crate::fold::fold;

/// Words that count steps.
const COUNTED: &[&str] = &[
    "jour",
    "jours",
    "journee",
    "journees",
    "seance",
    "seances",
    "module",
    "modules",
    "etape",
    "etapes",
    "partie",
    "phase",
    "temps",
    "session",
    "atelier",
    "sequence",
    "semaine",
    "bloc",
    "axe",
    "volet",
    "chapitre",
    "unite",
    "demi journee",
    "demi journees",
    "rencontre",
    "matinee",
    "soiree",
    "acte",
    "niveau",
    "day",
    "days",
    "step",
    "part",
    "week",
    "unit",
    "chapter",
    "workshop",
    "lesson",
    "block",
    "half day",
    "stage",
];
/// Words that are a step by themselves.
const UNCOUNTED: &[&str] =
    &["matin", "matinee", "apres midi", "soir", "soiree", "midi", "morning", "afternoon", "evening"];

/// A label found in a title.
#[derive(Debug, PartialEq)]
pub(super) struct Label<'a> {
    /// "Jour".
    pub(super) word: &'a str,
    /// "1"; empty when the word needs none.
    pub(super) number: &'a str,
    /// How many bytes of the title the label takes, with what parts it from the rest.
    pub(super) length: usize,
}

/// The label with which `title` begins.
pub(super) fn label(title: &str) -> Option<Label<'_>> {
    let start = title.len() - title.trim_start().len();
    let text = &title[start..];
    words(text, 2).into_iter().rev().find_map(|word_end| {
        let word = &text[..word_end];
        let folded = fold(word);
        let counted = COUNTED.contains(&folded.as_str()).then(|| number(text, word_end)).flatten();
        let number_range = match counted {
            Some(range) => range,
            None if UNCOUNTED.contains(&folded.as_str()) => word_end..word_end,
            None => return None,
        };
        let length = start + parted(text, number_range.end, !number_range.is_empty())?;
        Some(Label { word, number: &text[number_range], length })
    })
}

/// Where the first `count` words end; a hyphen parts words as a space does.
fn words(text: &str, count: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]).take(40) {
        if c.is_alphabetic() {
            inside = true;
        } else {
            if inside {
                ends.push(at);
            }
            inside = false;
            if ends.len() == count || !(c.is_whitespace() || matches!(c, '-' | '\u{2011}')) {
                break;
            }
        }
    }
    ends
}

/// The number behind the word that ends at `from`: "1", "1-2", "1 et 2", "II", "A", "1 matin".
fn number(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let rest = &text[from..];
    let gap = rest.len() - rest.trim_start().len();
    if gap == 0 {
        return None;
    }
    let mut start = from + gap;
    for sign in ["n°", "N°", "nº", "no.", "#"] {
        if let Some(after) = text[start..].strip_prefix(sign) {
            start = text.len() - after.trim_start().len();
            break;
        }
    }
    let mut end = start + one_number(&text[start..])?;
    // A second number: "1-2", "1 et 2", "1 à 3".
    for joint in ["-", "–", "/", " et ", " & ", " à ", " and ", " to ", "\u{A0}et ", "\u{A0}à "] {
        let second = text[end..].strip_prefix(joint).and_then(|after| Some((after, one_number(after)?)));
        if let Some((after, length)) = second {
            let candidate = text.len() - after.len() + length;
            if !text[candidate..].starts_with(char::is_alphanumeric) {
                end = candidate;
                break;
            }
        }
    }
    // Half of a day: "Jour 1 matin".
    let tail = text[end..].trim_start();
    if let Some(length) = words(tail, 2).into_iter().rev().find(|end| UNCOUNTED.contains(&fold(&tail[..*end]).as_str()))
    {
        end = text.len() - tail.len() + length;
    }
    Some(start..end)
}

/// How long the number is with which `text` begins: digits, a Roman number or one capital.
fn one_number(text: &str) -> Option<usize> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let roman = text.bytes().take(6).take_while(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L')).count();
    let capital = usize::from(text.starts_with(|c: char| c.is_ascii_uppercase()));
    let length = match (digits, roman) {
        (0, 0) => capital,
        (0, roman) => roman,
        (digits, _) => digits,
    };
    (length > 0 && !text[length..].starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’'))
        .then_some(length)
}

/// Where the title behind the label begins, if something parts the two.
fn parted(text: &str, end: usize, numbered: bool) -> Option<usize> {
    let rest = &text[end..];
    let trimmed = rest.trim_start();
    let at = text.len() - trimmed.len();
    if trimmed.is_empty() || trimmed.starts_with('(') {
        return Some(at);
    }
    for sign in [':', '–', '—', '-', '.', '|', ',', ')', '•', '→', '/'] {
        if let Some(after) = trimmed.strip_prefix(sign) {
            // "2.1" and "AV-01" are no labels.
            let glued =
                matches!(sign, '-' | '.' | ',' | '/') && !after.is_empty() && !after.starts_with(char::is_whitespace);
            return (!glued).then(|| text.len() - after.trim_start().len());
        }
    }
    // "Étape 1 Découvrir": a digit, a space, a capital.
    let digit = text[..end].ends_with(|c: char| c.is_ascii_digit());
    (numbered && digit && at > end && trimmed.starts_with(char::is_uppercase)).then_some(at)
}
