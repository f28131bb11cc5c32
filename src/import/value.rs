//! [`Entry`], a key of front matter with its value, and how it is written.

use crate::lang::Lang;
use crate::yaml::written;

/// A value of front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text, written in quotes where YAML needs them.
    Text(String),
    /// A day, a number, a yes: written as it is.
    Bare(String),
    /// A list, one item a line.
    List(Vec<Value>),
    /// A list of days, on one line.
    Days(Vec<String>),
    /// A map, by the English names of its keys.
    Map(Vec<(&'static str, Value)>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The English spelling of the key.
    pub key: &'static str,
    /// The spelling that is written.
    pub written: String,
    /// Its value.
    pub value: Value,
    /// What stood in the source where the value says it in other words.
    pub comments: Vec<String>,
}

/// The names of keys below the first level, in both languages. Keys of sessions are known from their reader.
const PARTS: &[(&str, &str)] = &[
    ("name", "nom"),
    ("role", "rôle"),
    ("org", "organisme"),
    ("email", "courriel"),
    ("phone", "téléphone"),
    ("how", "modalités"),
    ("delay", "délai"),
    ("label", "libellé"),
    ("city", "ville"),
    ("postcode", "code-postal"),
    ("departement", "département"),
    ("region", "région"),
    ("venue", "lieu"),
    ("address", "adresse"),
    ("start", "début"),
    ("end", "fin"),
    ("dates", "dates"),
    ("times", "horaires"),
    ("status", "état"),
    ("places", "places"),
    ("places_left", "places-restantes"),
    ("register_by", "inscription-avant"),
    ("register_url", "lien-inscription"),
    ("online_url", "lien-visio"),
    ("id", "identifiant"),
    ("price", "tarif"),
    ("trainers", "intervenants"),
    ("accessible", "accessible"),
];

/// A key below the first level in a language, by its English name.
pub(super) fn part_name(part: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::English => part,
        Lang::French => PARTS.iter().find(|(en, _)| *en == part).map_or(part, |(_, fr)| fr),
    }
}

impl Value {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// One text, or a list of several.
    pub(super) fn texts(texts: Vec<String>) -> Self {
        match <[String; 1]>::try_from(texts) {
            Ok([text]) => Self::Text(text),
            Err(texts) => Self::List(texts.into_iter().map(Self::Text).collect()),
        }
    }

    /// Everything that it says, in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Bare(text) => text.clone(),
            Self::List(items) => items.iter().map(Self::words).collect::<Vec<_>>().join("\n"),
            Self::Days(days) => days.join("\n"),
            Self::Map(entries) => entries.iter().map(|(_, value)| value.words()).collect::<Vec<_>>().join("\n"),
        }
    }

    /// Adds the value behind what already stands in the line, or below it, set in by `indent`.
    fn write(&self, yaml: &mut String, indent: usize, lang: Lang) {
        let gap = " ".repeat(indent);
        match self {
            Self::Text(text) => yaml.push_str(&format!(" {}\n", written(text))),
            Self::Bare(text) => yaml.push_str(&format!(" {text}\n")),
            Self::Days(days) => yaml.push_str(&format!(" [{}]\n", days.join(", "))),
            Self::List(items) => {
                yaml.push('\n');
                for item in items {
                    yaml.push_str(&format!("{gap}  -"));
                    match item {
                        Self::Map(entries) => write_map(entries, yaml, indent + 4, lang),
                        item => item.write(yaml, indent + 2, lang),
                    }
                }
            }
            Self::Map(entries) => {
                yaml.push_str(&format!("\n{gap} "));
                write_map(entries, yaml, indent + 2, lang);
            }
        }
    }
}

/// The entries of a map: the first in the line that has begun, the others below it.
fn write_map(entries: &[(&'static str, Value)], yaml: &mut String, indent: usize, lang: Lang) {
    for (place, (key, value)) in entries.iter().enumerate() {
        let gap = if place == 0 { " ".to_owned() } else { " ".repeat(indent) };
        yaml.push_str(&format!("{gap}{}:", part_name(key, lang)));
        value.write(yaml, indent, lang);
    }
}

impl Entry {
    /// Adds the lines of the entry.
    pub(super) fn write(&self, yaml: &mut String, lang: Lang) {
        for comment in &self.comments {
            yaml.push_str(&comment_line(comment));
        }
        yaml.push_str(&format!("{}:", self.written));
        self.value.write(yaml, 0, lang);
    }
}

/// A line that says something to people only.
pub(super) fn comment_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect();
    format!("# {}\n", text.trim())
}

fn is_break(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_authors_write_them() {
        let text = |text: &str| Value::text(text);
        let session = Value::Map(vec![
            ("label", text("Groupe 1")),
            ("dates", Value::Days(vec!["2027-09-25".to_owned(), "2027-09-26".to_owned()])),
        ]);
        let entry = |written: &str, value| Entry { key: "x", written: written.to_owned(), value, comments: Vec::new() };
        let mut yaml = String::new();
        let comments = vec!["Les 25 et 26\nsep.".to_owned()];
        Entry { comments, ..entry("sessions", Value::List(vec![session])) }.write(&mut yaml, Lang::French);
        entry("publics", Value::texts(vec!["a: b".to_owned(), "c".to_owned()])).write(&mut yaml, Lang::French);
        entry("accès", Value::Map(vec![("how", text("x")), ("delay", text("y"))])).write(&mut yaml, Lang::French);
        assert_eq!(
            yaml,
            "# Les 25 et 26 sep.\nsessions:\n  - libellé: Groupe 1\n    dates: [2027-09-25, 2027-09-26]\npublics:\n  - \
             \"a: b\"\n  - c\naccès:\n  modalités: x\n  délai: y\n"
        );
    }

    #[test]
    fn parts_are_spelt_as_their_readers_know_them() {
        for key in crate::entry::SESSION.keys() {
            assert_eq!(part_name(key.en, Lang::French), key.fr);
        }
    }
}
