//! What a line says of itself: a label with or without its value, or a heading.

use super::labels::{Labels, Target};
use super::lines::Line;

/// A label, and what stands beside it.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    /// What it means; never empty.
    pub targets: Vec<Target>,
    /// As it was written.
    pub label: String,
    /// What stands beside it.
    pub value: Option<String>,
}

/// A longer label is a sentence.
const LONGEST_LABEL: usize = 80;
/// A longer heading is a sentence.
const LONGEST_HEADING: usize = 80;

/// The label that a line is, or begins with.
pub(super) fn labelled(line: &Line, labels: &Labels) -> Option<Labelled> {
    if line.is_raw {
        return None;
    }
    let text = line.text.trim();
    let begins = text.trim_start_matches('*');
    if !begins.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || line.emoji.is_some()) {
        return None;
    }
    let found = |label: &str, value: Option<&str>| {
        let label = label.trim_matches(|c: char| c.is_whitespace() || c == '*');
        if label.chars().count() > LONGEST_LABEL {
            return None;
        }
        let targets = labels.find(label);
        let value = value.map(|value| value.trim_matches(|c: char| c.is_whitespace() || c == '*'));
        let value = value.filter(|value| !value.is_empty()).map(str::to_owned);
        (!targets.is_empty()).then(|| Labelled { targets, label: label.to_owned(), value })
    };
    if let Some((label, value)) = text.split_once('\t') {
        let value = value.trim_start_matches([':', '\t', ' ']);
        if let Some(labelled) = found(label.trim_end_matches([' ', '\u{A0}', ':']), Some(value)) {
            return Some(labelled);
        }
    }
    if let Some((label, value)) = text.split_once(':') {
        let is_gap = value.is_empty() || value.starts_with(|c: char| c.is_whitespace() || c == '*');
        if is_gap && let Some(labelled) = found(label, Some(value)) {
            return Some(labelled);
        }
    }
    for mark in [" – ", " — ", " - ", " = "] {
        // "Contexte – objectifs" is one title.
        if found(text, None).is_some() {
            break;
        }
        let split = text.split_once(mark).and_then(|(label, value)| found(label, Some(value)));
        if let Some(labelled) =
            split.filter(|split| split.targets.iter().all(|target| matches!(target, Target::Field(_))))
        {
            // "Formation – Écouter" and "Public – privé" are titles as well.
            let is_plain = ["duration", "price", "location", "prerequisites", "group"];
            if labelled.targets[0].field().is_some_and(|key| is_plain.contains(&key)) {
                return Some(labelled);
            }
        }
    }
    let is_short = text.chars().count() <= LONGEST_HEADING && !text.ends_with(['.', ';', ',']);
    if is_short { found(text.trim_end_matches(['?', '\u{202F}', '\u{A0}', ' ']), None) } else { None }
}

/// Whether a line whose title nobody knows is a heading all the same.
///
/// It is when Markdown says so, when a drawing stands before it, or when a short line of its own stands above a
/// paragraph. In a list of names (`is_listed`) a short line is an item.
pub(super) fn looks_like_heading(line: &Line, next: Option<&Line>, is_listed: bool) -> bool {
    let text = line.text.trim();
    if line.hashes > 0 {
        return true;
    }
    let n_characters = text.chars().count();
    let is_title = n_characters <= LONGEST_HEADING
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ';', ',', '…'])
        && line.sign.is_none();
    if !is_title {
        return false;
    }
    if line.emoji.is_some() {
        return next.is_some();
    }
    if is_listed || line.blanks == 0 || text.ends_with([':', '!', '?']) || n_characters > 60 {
        return false;
    }
    let Some(next) = next else { return false };
    let stands_above = next.blanks == 0
        && next.sign.is_none()
        && next.width >= 40
        && next.width * 10 >= n_characters * 15
        && next.text.starts_with(char::is_uppercase);
    let is_loud = text.chars().filter(|c| c.is_alphabetic()).count() > 3 && !text.chars().any(char::is_lowercase);
    stands_above || is_loud && text.split_whitespace().count() <= 8
}

/// A heading as it stands in a body: with its drawing and its number.
pub(super) fn shown(line: &Line) -> String {
    match &line.emoji {
        Some(emoji) => format!("{emoji} {}", line.text),
        None => line.text.clone(),
    }
}

/// A heading has no colon.
pub(super) fn without_colon(text: &str) -> String {
    text.trim_end_matches(|c: char| c.is_whitespace() || c == ':').to_owned()
}
