//! Places in the settings, for what rules find there.

use crate::config::{CONFIG_PATH, Config};
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, FieldStep, Part, Place, Rule};
use crate::fold::fold;
use crate::yaml::Key;

/// Starts a finding about the value under some keys of the settings, each inside the one before.
pub(super) fn about(rule: Rule, keys: &[&'static Key]) -> Diagnostic {
    in_part(rule, keys.iter().map(|key| key.step()).collect(), Part::Value)
}

/// Starts a finding at some keys of the settings, for what is missing below them.
pub(super) fn below(rule: Rule, keys: &[&'static Key]) -> Diagnostic {
    in_part(rule, keys.iter().map(|key| key.step()).collect(), Part::Key)
}

/// Starts a finding about the value at the end of some steps into the settings.
pub(super) fn in_part(rule: Rule, steps: Vec<FieldStep>, part: Part) -> Diagnostic {
    at(rule, Place::Field(steps, part))
}

/// Starts a finding at a place of the settings.
pub(super) fn at(rule: Rule, place: Place) -> Diagnostic {
    Diagnostic::new(Code::Rule(rule), &ContentPath::new(CONFIG_PATH), place)
}

/// A key in the spelling of the settings.
pub(super) fn key(config: &Config, key: &'static Key) -> &'static str {
    key.spelling(config.spelling)
}

/// Whether a text says that there is nothing to say: « sans objet ».
pub(super) fn is_without(text: &str) -> bool {
    let words = [
        "sans objet",
        "neant",
        "aucun",
        "aucune",
        "non concerne",
        "non applicable",
        "not applicable",
        "none",
        "n a",
        "s o",
        "en cours",
        "en cours d attribution",
        "a venir",
        "pending",
    ];
    let folded = fold(text);
    words.iter().any(|word| folded == *word || folded.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
}
