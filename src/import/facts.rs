//! [`Facts`]: what stands under labels becomes entries of front matter, where that can be done without a doubt.

use super::dated;
use super::days::{Days, days};
use super::given::{Given, untold};
use super::labels::Target;
use super::people::{contacts, trainers};
use super::proof::is_read;
use super::value::{Entry, Value};
use crate::document::MODULE;
use crate::fold::fold;
use crate::lang::Lang;
use crate::value::{Decimal, Duration};
use crate::yaml::Key;

/// What is longer than this, in characters, is prose and stands in the body.
const LONGEST_FACT: usize = 600;

/// The keys in the order in which a sheet has them; all others follow.
const ORDER: &[&str] = &[
    "title",
    "subtitle",
    "code",
    "kind",
    "draft",
    "summary",
    "series",
    "themes",
    "audiences",
    "audience_text",
    "sectors",
    "eligibility",
    "regions",
    "labels",
    "duration",
    "rhythm",
    "mode",
    "delivery",
    "location",
    "price",
    "funding_text",
    "prerequisites",
    "trainers",
    "provider",
    "partners",
    "funders",
    "group",
    "sessions",
    "access",
    "contacts",
    "accessibility",
    "assessment",
    "outcome",
];

/// Facts that are gathered, and what became of them.
#[derive(Debug)]
pub(super) struct Facts {
    lang: Lang,
    given: Vec<Given>,
}

/// What became of facts.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// The front matter, but for title and draft.
    pub entries: Vec<Entry>,
    /// What could not be read, and stays words.
    pub left: Vec<Given>,
}

impl Facts {
    /// No facts yet; keys will be written in `lang`.
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, given: Vec::new() }
    }

    /// Adds what stands under a label.
    pub(super) fn add(&mut self, given: Given) {
        self.given.push(given);
    }

    /// Makes entries of all that can be read.
    pub(super) fn settle(self) -> Settled {
        let lang = self.lang;
        let mut slots: Vec<(&'static str, Vec<Given>)> = Vec::new();
        for given in self.given.into_iter().filter(|given| !given.items.is_empty()) {
            let slot = given.target.slot();
            match slots.iter_mut().find(|(known, _)| *known == slot) {
                Some((_, all)) => all.push(given),
                None => slots.push((slot, vec![given])),
            }
        }
        let mut settled = Settled::default();
        for (slot, all) in slots {
            settle_one(slot, all, lang, &mut settled);
        }
        let place = |entry: &Entry| ORDER.iter().position(|key| *key == entry.key).unwrap_or(ORDER.len());
        settled.entries.sort_by_key(place);
        settled.left.sort_by_key(|given| given.line);
        settled
    }
}

/// Makes one entry of all that stands under one key, of as much of it as can be read.
fn settle_one(slot: &'static str, all: Vec<Given>, lang: Lang, settled: &mut Settled) {
    let mut values: Vec<Value> = Vec::new();
    let mut read: Vec<Given> = Vec::new();
    let mut key = slot;
    if let Some(value) = together(slot, &all) {
        match entry(slot, value, &all, lang).filter(is_read) {
            Some(entry) => settled.entries.push(entry),
            None => settled.left.extend(all),
        }
        return;
    }
    for given in all {
        let Some((found, value)) = value_of(slot, &given) else {
            settled.left.push(given);
            continue;
        };
        let alone = entry(found, value.clone(), std::slice::from_ref(&given), lang);
        let fits = alone.as_ref().is_some_and(is_read) && (values.is_empty() || found == key && may_be_several(found));
        if fits {
            key = found;
            values.push(value);
            read.push(given);
        } else {
            settled.left.push(given);
        }
    }
    if let Some(value) = merged(values) {
        settled.entries.extend(entry(key, value, &read, lang));
    }
}

/// Whether a key may be answered more than once: its value is then a list.
pub(super) fn may_be_several(key: &str) -> bool {
    [
        "prerequisites",
        "trainers",
        "partners",
        "funders",
        "sessions",
        "contacts",
        "audiences",
        "themes",
        "sectors",
        "regions",
        "price",
        "assessment",
        "labels",
    ]
    .contains(&key)
}

/// One value of several: a list of all that they hold.
fn merged(mut values: Vec<Value>) -> Option<Value> {
    if values.len() < 2 {
        return values.pop();
    }
    let items = values.into_iter().flat_map(|value| match value {
        Value::List(items) => items,
        value => vec![value],
    });
    Some(Value::List(items.collect()))
}

fn entry(key: &'static str, value: Value, source: &[Given], lang: Lang) -> Option<Entry> {
    let known: &Key = MODULE.keys().find(|known| known.en == key)?;
    let written = match lang {
        Lang::French => known.fr,
        Lang::English => known.en,
    };
    let words = value.words();
    // Where the value says it in other words, those of the source stand beside it.
    let items = source.iter().flat_map(|given| &given.items).map(|item| item.text.as_str());
    let comments = untold(&words, items).into_iter().map(str::to_owned).collect();
    Some(Entry { key, written: written.to_owned(), value, comments })
}

/// What several labels say together: days and hours, the parts of a contact, of how one enrols.
fn together(slot: &str, all: &[Given]) -> Option<Value> {
    let texts = |wanted: fn(Target) -> bool| -> Option<&Given> { all.iter().find(|given| wanted(given.target)) };
    match slot {
        "duration" => {
            let days = texts(|target| matches!(target, Target::Days));
            let hours = texts(|target| matches!(target, Target::Hours));
            let words = texts(|target| matches!(target, Target::Field(_)));
            if days.is_none() && hours.is_none() {
                return None;
            }
            duration(days, hours, words).map(Value::text)
        }
        "contacts" if all.iter().any(|given| matches!(given.target, Target::Contact(_))) => {
            let mut person: Vec<(&'static str, Value)> = Vec::new();
            for given in all {
                let part = match given.target {
                    Target::Contact(part) => part,
                    _ => "name",
                };
                if person.iter().any(|(known, _)| *known == part) {
                    return None;
                }
                person.push((part, Value::text(given.joined(" "))));
            }
            Some(Value::Map(person))
        }
        "sessions" if all.iter().any(|given| matches!(given.target, Target::Session(_))) => sessions(all),
        "access" if !all.is_empty() => {
            let mut access: Vec<(&'static str, Value)> = Vec::new();
            for given in all {
                let Target::Access(part) = given.target else { return None };
                if access.iter().any(|(known, _)| *known == part) || given.length() > LONGEST_FACT {
                    return None;
                }
                access.push((part, Value::text(given.joined(" "))));
            }
            Some(Value::Map(access))
        }
        _ => None,
    }
}

/// Sessions, and what is said of all of them elsewhere: "Horaires : 9h-17h".
fn sessions(all: &[Given]) -> Option<Value> {
    let mut maps: Vec<Vec<(&'static str, Value)>> = Vec::new();
    let mut parts: Vec<(&'static str, Value)> = Vec::new();
    for given in all {
        if let Target::Session(key) = given.target {
            let text = given.joined(" ");
            match (key.en, days(&text)) {
                ("dates" | "start", Some(found)) => parts.extend(dated::day_entries(&found)),
                ("end" | "register_by", Some(Days::Each(days))) if days.len() == 1 => {
                    parts.push((key.en, Value::Bare(days[0].to_string())));
                }
                ("dates" | "start" | "end" | "register_by", _) => return None,
                (en, _) => parts.push((en, Value::Text(text))),
            }
        } else if let Value::List(sessions) = dated::sessions(given)? {
            maps.extend(sessions.into_iter().filter_map(|session| match session {
                Value::Map(entries) => Some(entries),
                _ => None,
            }));
        }
    }
    let is_dated = |entries: &[(&'static str, Value)]| entries.iter().any(|(key, _)| ["dates", "start"].contains(key));
    if maps.is_empty() {
        maps.push(Vec::new());
    }
    for map in &mut maps {
        if parts.iter().any(|(key, _)| map.iter().any(|(known, _)| known == key)) {
            return None;
        }
        map.extend(parts.iter().cloned());
        // A first and a last day are a range.
        let has_end = map.iter().any(|(key, _)| *key == "end");
        for (key, value) in map.iter_mut().filter(|(key, _)| *key == "dates" && has_end) {
            let Value::Days(days) = &*value else { return None };
            let [day] = days.as_slice() else { return None };
            (*key, *value) = ("start", Value::Bare(day.clone()));
        }
    }
    maps.iter().all(|map| is_dated(map)).then(|| Value::List(maps.into_iter().map(Value::Map).collect()))
}

/// "2 jours (14 h)" of two numbers. A column of words that says more stands as it is.
fn duration(days: Option<&Given>, hours: Option<&Given>, words: Option<&Given>) -> Option<String> {
    let counted = |given: Option<&Given>, one: &str, many: &str| -> Option<Option<String>> {
        let Some(given) = given else { return Some(None) };
        let text = given.joined(" ");
        match Decimal::parse(&text) {
            Some(number) => {
                let unit = if number >= Decimal::whole(2) { many } else { one };
                Some(Some(format!("{text} {unit}")))
            }
            // The unit stands beside the number already.
            None => Duration::parse(&text).total_hours().or(Duration::parse(&text).days).map(|_| Some(text)),
        }
    };
    let days = counted(days, "jour", "jours")?;
    let hours = counted(hours, "h", "h")?;
    let parts = match (days, hours) {
        (Some(days), Some(hours)) => format!("{days} ({hours})"),
        (days, hours) => days.or(hours)?,
    };
    Some(match words {
        Some(words) => format!("{parts}, {}", words.joined(" ")),
        None => parts,
    })
}

/// The value of a key, and the key where another one fits better; nothing where it is no fact.
fn value_of(slot: &'static str, given: &Given) -> Option<(&'static str, Value)> {
    if given.length() > LONGEST_FACT && !matches!(slot, "trainers" | "sessions") {
        return None;
    }
    let texts: Vec<String> = given.items.iter().map(|item| item.text.clone()).collect();
    let one = || (texts.len() == 1).then(|| texts[0].clone());
    let value = match slot {
        "audiences" => return audiences(given),
        "themes" | "regions" | "labels" => Value::texts(split(&texts, &[',', ';'])),
        "sectors" => Value::texts(sectors(&texts)),
        "trainers" => trainers(given)?,
        "contacts" => contacts(given, role(given))?,
        "sessions" => dated::sessions(given)?,
        "partners" | "funders" => organisations(given),
        "prerequisites" | "assessment" | "price" | "methods" | "outcome" => Value::texts(texts),
        "duration" => Value::Text(lasting(&texts)),
        "updated" | "published" => match days(&one()?)? {
            Days::Each(days) if days.len() == 1 => Value::Bare(days[0].to_string()),
            _ => return None,
        },
        "mode" | "kind" => Value::Text(choice(slot, &one()?)),
        "delivery" => Value::texts(split(&texts, &[',', ';', '/'])),
        "group" => Value::Text(group(&one()?)),
        "location" | "rhythm" | "accessibility" | "summary" | "funding_text" | "eligibility" => {
            Value::Text(texts.join(if given.items.iter().any(|item| item.is_marked) { " ; " } else { ", " }))
        }
        _ => Value::Text(one()?),
    };
    Some((slot, value))
}

/// Terms where they look like some, else words. A term gets a page of its own: no sentence should.
fn audiences(given: &Given) -> Option<(&'static str, Value)> {
    let texts: Vec<String> = given.items.iter().map(|item| item.text.clone()).collect();
    let parts = split(&texts, &[',', ';']);
    let is_term = |text: &String| {
        let folded = fold(text);
        let first = folded.split(' ').next().unwrap_or_default();
        let is_sentence = ["les", "tous", "toutes", "tout", "toute", "le", "la", "l", "des", "aux", "all", "the"];
        text.split_whitespace().count() <= 5
            && text.chars().count() <= 50
            && !text.contains(['.', '(', ')', ':', '/', '!', '?'])
            && !is_sentence.contains(&first)
            && !folded.split(' ').any(|word| matches!(word, "et" | "ou" | "and" | "or"))
    };
    if parts.iter().all(is_term) {
        Some(("audiences", Value::texts(parts)))
    } else {
        Some(("audience_text", Value::Text(texts.join(" ; "))))
    }
}

fn split(texts: &[String], signs: &[char]) -> Vec<String> {
    let parts = texts.iter().flat_map(|text| text.split(|c| signs.contains(&c)));
    parts.map(|part| part.trim().trim_end_matches('.').to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Sectors are few and short: "Social et médico-social" is two.
fn sectors(texts: &[String]) -> Vec<String> {
    let parts = split(texts, &[',', ';', '/']);
    let halves = parts.iter().flat_map(|part| part.split(" et ").map(str::trim).map(str::to_owned));
    let halves: Vec<String> = halves.filter(|half| !half.is_empty()).collect();
    if halves.iter().all(|half| half.split_whitespace().count() <= 2) { halves } else { parts }
}

/// A label that says more than that somebody can be asked is what that person is there for.
fn role(given: &Given) -> Option<&str> {
    let folded = fold(&given.label);
    let bare = [
        "contact",
        "contacts",
        "votre contact",
        "renseignements",
        "pour nous contacter",
        "personne a contacter",
        "interlocuteur",
        "interlocutrice",
        "interlocuteurs",
        "contact person",
    ];
    (!bare.contains(&folded.as_str()) && !given.label.is_empty()).then_some(given.label.as_str())
}

/// Organisations by name; under a label that says two things, with that label as their part.
fn organisations(given: &Given) -> Value {
    let texts: Vec<String> = given.items.iter().map(|item| item.text.clone()).collect();
    let parts = split(&texts, &[',', ';']);
    let names = if parts.iter().all(|part| part.split_whitespace().count() <= 5) { parts } else { texts };
    let folded = fold(&given.label);
    let says_two = folded.contains(' ');
    let one = |name: String| match says_two {
        true => Value::Map(vec![("org", Value::Text(name)), ("role", Value::text(given.label.as_str()))]),
        false => Value::Text(name),
    };
    Value::List(names.into_iter().map(one).collect())
}

/// A duration of several lines is one text.
fn lasting(texts: &[String]) -> String {
    let mut lasting = String::new();
    for (place, text) in texts.iter().enumerate() {
        let mut characters = text.chars();
        match (place, characters.next()) {
            (0, _) | (_, None) => lasting.push_str(text),
            (_, Some(first)) => {
                lasting.push_str(", ");
                lasting.extend(first.to_lowercase());
                lasting.push_str(characters.as_str());
            }
        }
    }
    lasting
}

/// "En présentiel" is "présentiel".
fn choice(slot: &str, text: &str) -> String {
    let bare = text.trim().trim_end_matches('.');
    let lower = bare.to_lowercase();
    match lower.strip_prefix("en ").or_else(|| lower.strip_prefix("100 % ")).or_else(|| lower.strip_prefix("100% ")) {
        Some(rest) if slot == "mode" && rest.ends_with("el") => rest.to_owned(),
        _ => bare.to_owned(),
    }
}

/// "12 participants" and "de 8 à 12 personnes" are numbers, if nothing else is said.
fn group(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_people =
        |word: &str| ["personnes", "participants", "stagiaires", "places", "maximum", "max", "people"].contains(&word);
    let rest: Vec<&str> = words.iter().copied().filter(|word| !is_people(word) && *word != "de").collect();
    match rest.as_slice() {
        [number] if number.parse::<u32>().is_ok() => (*number).to_owned(),
        [low, "a", high] if low.parse::<u32>().is_ok() && high.parse::<u32>().is_ok() => format!("{low}-{high}"),
        _ => text.to_owned(),
    }
}
