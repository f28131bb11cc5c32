//! What may stand in front matter and settings, as JSON Schema: for editors, which complete, explain and check with it.
//!
//! It is made of the forms that stand beside the readers ([`crate::yaml::MapForm`]) and of the texts that say what a
//! key means, so it cannot drift from what is read. It is of draft 7: the YAML support of editors checks by that draft
//! and takes later ones for it. A document that the program reads without an error is valid, but for rarities that a
//! pattern cannot tell, such as a number with three decimals; one whose structure is an error is not.

mod editor;
mod pattern;
mod shape;

use serde_json::{Value, json};

use crate::config::SETTINGS;
use crate::document::{HOME, MODULE, NEWS, ORGANISATION, PAGE, TERM};
use crate::lang::Lang;
use crate::texts::Texts;
use crate::yaml::MapForm;

pub use editor::editor_files;

use shape::Shapes;

/// What is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaOf {
    /// The front matter of a module.
    Module,
    /// Of a news post.
    News,
    /// Of a plain page.
    Page,
    /// Of what a module is about.
    Topic,
    /// Of whom it is for.
    Audience,
    /// Of where it is given.
    Region,
    /// Of an organisation.
    Organisation,
    /// Of the home page.
    Home,
    /// The settings.
    Settings,
}

impl SchemaOf {
    /// Everything that is described.
    pub const ALL: [Self; 9] = [
        Self::Module,
        Self::News,
        Self::Page,
        Self::Topic,
        Self::Audience,
        Self::Region,
        Self::Organisation,
        Self::Home,
        Self::Settings,
    ];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::News => "news",
            Self::Page => "page",
            Self::Topic => "theme",
            Self::Audience => "audience",
            Self::Region => "region",
            Self::Organisation => "organisation",
            Self::Home => "home",
            Self::Settings => "settings",
        }
    }

    /// The form of its map.
    pub fn form(self) -> &'static MapForm {
        match self {
            Self::Module => &MODULE,
            Self::News => &NEWS,
            Self::Page => &PAGE,
            Self::Topic | Self::Audience | Self::Region => &TERM,
            Self::Organisation => &ORGANISATION,
            Self::Home => &HOME,
            Self::Settings => &SETTINGS,
        }
    }
}

/// The schema, described in `lang`. Keys of the other language are checked as well, and not proposed.
pub fn schema(of: SchemaOf, lang: Lang) -> String {
    // A tree of plain values can always be written.
    serde_json::to_string_pretty(&tree(of, lang)).unwrap_or_default()
}

fn tree(of: SchemaOf, lang: Lang) -> Value {
    let texts = Texts::of(lang);
    let mut shapes = Shapes::new(texts);
    let mut schema = shapes.map(of.form());
    if of.form().needs.is_empty() {
        // Nothing at all says nothing wrong.
        schema["type"] = json!(["object", "null"]);
    }
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(texts.plain("schema", of.as_str()));
    schema["definitions"] = Value::Object(shapes.definitions());
    schema
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every key is told in both languages, and nothing is told of keys that are not.
    #[test]
    fn every_key_has_a_description_and_every_description_a_key() {
        for lang in Lang::ALL {
            let texts = Texts::of(lang);
            let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for (table, key) in SchemaOf::ALL.into_iter().flat_map(|of| shape::all_keys(of.form())) {
                known.entry(table).or_default().insert(key);
            }
            let mut wrong = Vec::new();
            for (table, keys) in &known {
                let table = format!("schema-{table}");
                wrong.extend(
                    keys.iter().filter(|key| texts.find(&table, key).is_none()).map(|k| format!("{table}.{k}")),
                );
                let told = texts.keys(&table);
                let stray = told.filter(|told| !keys.contains(told.trim_end_matches("-examples")));
                wrong.extend(stray.map(|key| format!("{table}.{key} is of no key")));
            }
            assert!(wrong.is_empty(), "{lang:?}: {}", wrong.join("\n"));
        }
    }
}
