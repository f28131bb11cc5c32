//! What people write above a fact, and the key that it becomes: [`Labels`].
//!
//! The words are a table (`labels.toml`), beside the keys that front matter knows by itself and the titles of sections.
//! Whoever imports may add words of their own, which then come first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::document::{MODULE_KEYS, SectionKind, kinds_of};
use crate::entry::{ACCESS_KEY, CONTACTS_KEY, SESSION_ENTRY_KEYS, SESSIONS_KEY};
use crate::fold::{fold, nearest};
use crate::lang::Lang;
use crate::yaml::Key;

/// What stands under a label.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// The value of a key of the module.
    Field(&'static Key),
    /// A number of days.
    Days,
    /// A number of hours.
    Hours,
    /// A part of a session.
    Session(&'static Key),
    /// Sessions, written as dates and places.
    Sessions,
    /// A part of the contact, by its English name.
    Contact(&'static str),
    /// A part of how one enrols, by its English name.
    Access(&'static str),
    /// A section of the body, under the label as its heading.
    Section,
    /// Nothing of its own: a title above facts.
    Group,
}

/// Keys that no label means by chance: they say where a sheet stands, or have forms that nobody writes in a document.
const NEVER_GUESSED: &[&str] = &[
    "slug",
    "aliases",
    "id",
    "extra",
    "sections",
    "draft",
    "archived",
    "steps",
    "codes",
    "results",
    "lang",
    "related",
    "next",
    "level",
    "documents",
    "prerequisites_mode",
    "duration_hours",
    "series",
    "access",
    "cpf",
    "delivery_text",
    "programme_text",
    "topics_text",
    "audience_text",
    "subcontracted_for",
];

/// Keys whose values are prose: they stand in the body, under a heading.
const PROSE: &[&str] = &[
    "context",
    "aim",
    "skills",
    "objectives",
    "programme",
    "methods",
    "means",
    "deliverables",
    "use_cases",
    "topics",
    "highlights",
];

/// What may stand behind a label without changing what it is about.
const ENDINGS: &[&str] = &[
    " de la formation",
    " du module",
    " du stage",
    " de la session",
    " de l action",
    " de cette formation",
    " de formation",
    " pour cette formation",
    " of the course",
];

type Words = BTreeMap<String, Target>;

static TABLE: LazyLock<Words> = LazyLock::new(|| {
    let tables: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        // The file is a part of the program; a test reads it.
        toml::from_str(include_str!("labels.toml")).unwrap_or_default();
    let mut words = Words::new();
    for (table, keys) in &tables {
        for (key, labels) in keys {
            let Some(target) = named(table, key) else { continue };
            // What a module says wins over what a session says: "lieu".
            labels.iter().for_each(|label| {
                words.entry(folded(label)).or_insert(target);
            });
        }
    }
    for key in MODULE_KEYS.iter().filter(|key| !NEVER_GUESSED.contains(&key.en)) {
        for spelling in spellings(key) {
            words.entry(folded(spelling)).or_insert(of_key(key));
        }
    }
    words
});

fn spellings(key: &'static Key) -> impl Iterator<Item = &'static str> {
    [key.en, key.fr].into_iter().chain(key.also.iter().copied())
}

fn module_key(en: &str) -> Option<&'static Key> {
    MODULE_KEYS.iter().copied().find(|key| key.en == en)
}

fn of_key(key: &'static Key) -> Target {
    match key.en {
        "sessions" => Target::Sessions,
        en if PROSE.contains(&en) => Target::Section,
        _ => Target::Field(key),
    }
}

/// What a key of the table stands for.
fn named(table: &str, key: &str) -> Option<Target> {
    let part = |names: &[&'static str]| names.iter().copied().find(|name| *name == key);
    match table {
        "module" => module_key(key).map(of_key),
        "number" => Some(if key == "days" { Target::Days } else { Target::Hours }),
        "access" => part(&["how", "delay"]).map(Target::Access),
        "contact" => part(&["name", "email", "phone"]).map(Target::Contact),
        "session" => SESSION_ENTRY_KEYS.iter().copied().find(|known| known.en == key).map(Target::Session),
        "sessions" => Some(Target::Sessions),
        "group" => Some(Target::Group),
        _ => None,
    }
}

/// The form in which labels are compared.
fn folded(label: &str) -> String {
    let plain: Cow<'_, str> = match label.contains(['(', '&']) {
        true => Cow::Owned(["(s)", "(e)", "(es)", "(trice)", "(rice)"].iter().fold(
            label.replace('&', " et "),
            |text, end| {
                text.replace(
                    end,
                    match *end {
                        "(s)" => "s",
                        _ => "",
                    },
                )
            },
        )),
        false => Cow::Borrowed(label),
    };
    fold(&plain)
}

/// The words that are known, with those that somebody added.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    added: Vec<(String, Target)>,
}

/// A key that a label was to mean, and that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The key as it was typed.
    pub key: String,
    /// The nearest that there is.
    pub near: Option<String>,
}

impl Labels {
    /// Lets a label mean a key, in any of the spellings of the key. "corps" and "body" mean that it stays in the body.
    ///
    /// # Errors
    /// When there is no such key.
    pub fn add(&mut self, label: &str, key: &str) -> Result<(), UnknownKey> {
        let wanted = fold(key);
        let is = |known: &Key| [known.en, known.fr].iter().chain(known.also).any(|spelling| fold(spelling) == wanted);
        let target = match wanted.as_str() {
            "corps" | "body" => Some(Target::Section),
            "acces delai" | "delai" | "access delay" | "delay" => Some(Target::Access("delay")),
            "acces" | "access" => Some(Target::Access("how")),
            "courriel" | "email" => Some(Target::Contact("email")),
            "telephone" | "phone" => Some(Target::Contact("phone")),
            "jours" | "days" => Some(Target::Days),
            "heures" | "hours" => Some(Target::Hours),
            _ => MODULE_KEYS.iter().copied().find(|known| is(known)).map(of_key),
        };
        let session = || SESSION_ENTRY_KEYS.iter().copied().find(|known| is(known)).map(Target::Session);
        let Some(target) = target.or_else(session) else {
            let known = MODULE_KEYS.iter().chain(&SESSION_ENTRY_KEYS);
            let near = nearest(key, known.flat_map(|key| [key.fr, key.en])).map(str::to_owned);
            return Err(UnknownKey { key: key.to_owned(), near });
        };
        self.added.push((folded(label), target));
        Ok(())
    }

    /// The labels that were added.
    pub fn added(&self) -> impl Iterator<Item = &str> {
        self.added.iter().map(|(label, _)| label.as_str())
    }

    /// Whether two labels are one.
    pub fn is_same(one: &str, other: &str) -> bool {
        folded(one) == folded(other)
    }

    /// What a label means: one thing, or several ("Public et prérequis"), or nothing that is known.
    pub fn find(&self, label: &str) -> Vec<Target> {
        // A label is short; a paragraph names nothing.
        if label.len() > 120 || label.trim().is_empty() {
            return Vec::new();
        }
        let wanted = folded(label);
        if let Some((_, target)) = self.added.iter().find(|(added, _)| *added == wanted) {
            return vec![*target];
        }
        let without = |ending: &&str| wanted.strip_suffix(*ending).and_then(|bare| TABLE.get(bare));
        if let Some(target) = TABLE.get(&wanted).or_else(|| ENDINGS.iter().find_map(without)) {
            return vec![*target];
        }
        let kinds = kinds_of(label);
        if !kinds.is_empty() {
            return of_kinds(&kinds);
        }
        let parts: Vec<&Target> = wanted.split(" et ").filter_map(|part| TABLE.get(part)).collect();
        let is_all = parts.len() > 1 && parts.len() == wanted.split(" et ").count();
        if is_all { parts.into_iter().copied().collect() } else { Vec::new() }
    }
}

/// What is written in the front matter of the sections that it has keys for; all others stay sections.
fn of_kinds(kinds: &[SectionKind]) -> Vec<Target> {
    let target = |kind: &SectionKind| {
        let key = match kind {
            SectionKind::Audience => "audiences",
            SectionKind::Prerequisites => "prerequisites",
            SectionKind::Assessment => "assessment",
            _ => return Target::Section,
        };
        module_key(key).map_or(Target::Section, Target::Field)
    };
    let targets: Vec<Target> = kinds.iter().map(target).collect();
    // Where a part of it is prose, all of it stands together.
    if targets.iter().any(|target| matches!(target, Target::Section)) { vec![Target::Section] } else { targets }
}

impl Target {
    /// What it is called in front matter; nothing for what stands in the body.
    pub fn key(self, lang: Lang) -> Option<String> {
        let spelt = |key: &Key| match lang {
            Lang::French => key.fr.to_owned(),
            Lang::English => key.en.to_owned(),
        };
        let duration = || module_key("duration").map(spelt);
        match self {
            Self::Field(key) => Some(spelt(key)),
            Self::Days | Self::Hours => duration(),
            Self::Session(key) => Some(format!("{} > {}", spelt(&SESSIONS_KEY), spelt(key))),
            Self::Sessions => Some(spelt(&SESSIONS_KEY)),
            Self::Contact(part) => Some(format!("{} > {}", spelt(&CONTACTS_KEY), super::value::part_name(part, lang))),
            Self::Access(part) => Some(format!("{} > {}", spelt(&ACCESS_KEY), super::value::part_name(part, lang))),
            Self::Section | Self::Group => None,
        }
    }

    /// The key of the module under which it stands, by its English spelling.
    pub fn slot(self) -> &'static str {
        match self {
            Self::Field(key) => key.en,
            Self::Days | Self::Hours => "duration",
            Self::Session(_) | Self::Sessions => "sessions",
            Self::Contact(_) => "contacts",
            Self::Access(_) => "access",
            Self::Section | Self::Group => "",
        }
    }

    /// The part of that key which it is, where it is one.
    pub fn part(self) -> &'static str {
        match self {
            Self::Contact(part) | Self::Access(part) => part,
            Self::Session(key) => key.en,
            Self::Days => "days",
            Self::Hours => "hours",
            _ => "",
        }
    }

    /// The English spelling of the key of a module that it is.
    pub fn field(self) -> Option<&'static str> {
        match self {
            Self::Field(key) => Some(key.en),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(label: &str) -> String {
        let keys = Labels::default().find(label).into_iter().map(|target| match target {
            Target::Section => "section".to_owned(),
            Target::Group => "group".to_owned(),
            target => target.key(Lang::English).expect("a key"),
        });
        keys.collect::<Vec<_>>().join(" + ")
    }

    #[test]
    fn the_table_names_keys_that_there_are() {
        let tables: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(include_str!("labels.toml")).expect("TOML");
        for (table, keys) in &tables {
            for key in keys.keys() {
                assert!(named(table, key).is_some(), "{table}.{key}");
            }
        }
    }

    #[test]
    fn labels_are_known_as_people_write_them() {
        for (label, expected) in [
            ("Intitulé", "title"),
            ("Public visé", "audiences"),
            ("PUBLIC CONCERNÉ", "audiences"),
            ("Coût", "price"),
            ("Nb de jours", "duration"),
            ("Durée de la formation", "duration"),
            ("Pré-requis", "prerequisites"),
            ("Lieux & dates", "sessions"),
            ("Lieu", "location"),
            ("Ville", "sessions > city"),
            ("Formateur(s)", "trainers"),
            ("Organisme de formation", "provider"),
            ("Partenariat & cofinancement", "funders"),
            ("Évaluation des acquis", "assessment"),
            ("Publics visés et prérequis", "audiences + prerequisites"),
            ("Délai d’accès", "access > delay"),
            ("Objectifs pédagogiques", "section"),
            ("Contenu, moyens et méthode", "section"),
            ("Programme", "section"),
            ("Informations pratiques", "group"),
            ("Remarques internes", ""),
            ("Adresse", "sessions > address"),
            ("Les objectifs du développement durable", ""),
        ] {
            assert_eq!(meaning(label), expected, "{label}");
        }
    }

    #[test]
    fn somebody_may_say_what_a_label_means() {
        let mut labels = Labels::default();
        labels.add("Qui ?", "publics").expect("a key");
        labels.add("Prix", "corps").expect("the body");
        labels.add("Où ça", "ville").expect("a key of sessions");
        assert!(matches!(labels.find("qui")[..], [Target::Field(key)] if key.en == "audiences"));
        assert!(matches!(labels.find("Prix")[..], [Target::Section]));
        assert!(matches!(labels.find("ou ca")[..], [Target::Session(key)] if key.en == "city"));
        let unknown = labels.add("x", "tarrif").expect_err("no key");
        assert_eq!(unknown, UnknownKey { key: "tarrif".to_owned(), near: Some("tarif".to_owned()) });
    }
}
