//! Trainers and contacts, from the lines in which people name them.

use super::given::{Given, Item};
use super::value::Value;
use crate::fold::fold;

/// Small words inside names.
const PARTICLES: [&str; 9] = ["de", "du", "des", "le", "la", "d", "van", "von", "el"];

/// Words that say what follows them in a line of a contact.
const WAYS: [&str; 15] = [
    "tel",
    "telephone",
    "t",
    "mail",
    "e mail",
    "email",
    "courriel",
    "port",
    "portable",
    "mobile",
    "phone",
    "fixe",
    "mel",
    "contact",
    "par",
];

/// Who trains: in words, or a list of names with what each is.
pub(super) fn trainers(given: &Given) -> Option<Value> {
    let items = given.items.as_slice();
    if let [item] = items {
        return Some(in_one_line(&item.text));
    }
    let is_marked = items.iter().any(|item| item.is_marked);
    let mut people: Vec<Value> = Vec::new();
    let mut open: Option<String> = None;
    for item in items {
        match (&open, item.is_marked || !is_marked && is_name(&item.text)) {
            // What stands below a name says who that is.
            (Some(name), false) if is_name(name) => people.push(person(name, Some(&item.text))),
            (Some(name), false) => {
                open = Some(format!("{name} {}", item.text));
                continue;
            }
            (Some(name), true) => {
                people.push(alone(name));
                open = Some(item.text.clone());
                continue;
            }
            (None, false) if is_marked => return None,
            (None, _) => {
                open = Some(item.text.clone());
                continue;
            }
        }
        open = None;
    }
    people.extend(open.as_deref().map(alone));
    Some(Value::List(people))
}

/// What stands in one line: words, names, or a name with its role.
fn in_one_line(text: &str) -> Value {
    let parts: Vec<&str> = text.split([',', ';']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| is_name(part)) {
        return Value::List(parts.into_iter().map(|part| person(part, None)).collect());
    }
    match text.split_once(',') {
        Some((name, role)) if is_name(name) && !role.contains([',', ';']) => {
            Value::List(vec![person(name.trim(), Some(role.trim()))])
        }
        _ if is_name(text) => Value::List(vec![person(text, None)]),
        _ => Value::text(text),
    }
}

fn alone(text: &str) -> Value {
    match text.split_once(',').filter(|(name, _)| is_name(name)) {
        Some((name, role)) => person(name.trim(), Some(role.trim())),
        None if is_name(text) => person(text, None),
        None => Value::text(text),
    }
}

fn person(name: &str, role: Option<&str>) -> Value {
    let mut entries = vec![("name", Value::text(name))];
    entries.extend(role.map(|role| ("role", Value::text(role))));
    Value::Map(entries)
}

/// Whether a text can be the name of a person: two to four words with capitals, the last of them, or all, no common
/// word. What is not sure is taken for no name, and stays words.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=5).contains(&words.len()) || text.contains(|c: char| !c.is_alphabetic() && !" '’-.\u{A0}".contains(c)) {
        return false;
    }
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let capitals = words.iter().filter(|word| !PARTICLES.contains(&fold(word).as_str()));
    let begins = words.first().is_some_and(|word| is_capital(word) && !PARTICLES.contains(&fold(word).as_str()));
    begins && capitals.clone().count() >= 2 && capitals.clone().all(is_capital)
}

/// Whether somebody can be reached by a text: it holds an e-mail address or a telephone number.
pub(super) fn has_way(text: &str) -> bool {
    text.split_whitespace().any(|word| email(word).is_some()) || phone(text).is_some()
}

fn email(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (name, host) = word.split_once('@')?;
    (!name.is_empty() && host.contains('.') && !host.contains('@')).then_some(word)
}

/// Where a telephone number stands in a text.
fn phone(text: &str) -> Option<std::ops::Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || " .\u{A0}\u{202F}+()-/".contains(c);
    let mut start = 0;
    while let Some(at) = text[start..].find(|c: char| c.is_ascii_digit() || c == '+') {
        let begin = start + at;
        let length = text[begin..].find(|c| !is_part(c)).unwrap_or(text.len() - begin);
        let run = text[begin..begin + length].trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        if (10..=14).contains(&digits) && run.starts_with(['0', '+']) {
            return Some(begin..begin + run.len());
        }
        start = begin + length.max(1);
    }
    None
}

/// Whom to ask. `role` is the label where it says more than that it is a contact.
pub(super) fn contacts(given: &Given, role: Option<&str>) -> Option<Value> {
    let mut people: Vec<Vec<(&'static str, Value)>> = Vec::new();
    for item in &given.items {
        add_line(item, &mut people)?;
    }
    if people.is_empty() || people.iter().any(Vec::is_empty) {
        return None;
    }
    let with_role = |mut entries: Vec<(&'static str, Value)>| {
        if let Some(role) = role {
            entries.insert(0, ("role", Value::text(role)));
        }
        Value::Map(entries)
    };
    Some(Value::List(people.into_iter().map(with_role).collect()))
}

fn add_line(item: &Item, people: &mut Vec<Vec<(&'static str, Value)>>) -> Option<()> {
    let mut rest = item.text.clone();
    let mut found: Vec<(&'static str, String)> = Vec::new();
    if let Some(address) = rest.split_whitespace().find_map(email).map(str::to_owned) {
        rest = rest.replacen(&address, "\u{0}", 1);
        found.push(("email", address));
    }
    if let Some(place) = phone(&rest) {
        found.push(("phone", rest[place.clone()].to_owned()));
        rest.replace_range(place, "\u{0}");
    }
    let names: Vec<&str> = rest
        .split(['\u{0}', '|', ';', '–', '—', ':', '(', ')', '/', ','])
        .flat_map(|part| part.split(" - "))
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || ".-".contains(c)))
        .filter(|part| !part.is_empty() && !WAYS.contains(&fold(part).as_str()))
        .collect();
    // More than a name and what somebody does was not understood.
    if names.len() > 2 || names.iter().any(|name| name.chars().count() > 60 || name.contains('@')) {
        return None;
    }
    if let Some(name) = names.first() {
        found.insert(0, ("name", (*name).to_owned()));
    }
    if let Some(more) = names.get(1) {
        found.insert(1, ("org", (*more).to_owned()));
    }
    for (key, value) in found {
        let is_open = people.last().is_some_and(|person| person.iter().all(|(known, _)| *known != key));
        let begins = people.is_empty() || item.is_marked && key == "name" || !is_open;
        match people.last_mut() {
            Some(person) if !begins => person.push((key, Value::text(value))),
            _ => people.push(vec![(key, Value::text(value))]),
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::labels::Target;

    fn given(lines: &[&str]) -> Given {
        let item = |(line, text): (usize, &&str)| match text.strip_prefix("- ") {
            Some(text) => Item { text: text.to_owned(), line, is_marked: true },
            None => Item { text: (*text).to_owned(), line, is_marked: false },
        };
        let items = lines.iter().enumerate().map(item).collect();
        Given { target: Target::Section, label: String::new(), line: 0, items }
    }

    fn shown(value: Option<Value>) -> String {
        let one = |value: &Value| match value {
            Value::Map(entries) => {
                entries.iter().map(|(key, value)| format!("{key}={}", value.words())).collect::<Vec<_>>().join(" ")
            }
            value => value.words(),
        };
        match value {
            Some(Value::List(items)) => items.iter().map(one).collect::<Vec<_>>().join(" | "),
            Some(value) => one(&value),
            None => "?".to_owned(),
        }
    }

    #[test]
    fn trainers_are_told_apart() {
        let check = |lines: &[&str], expected: &str| assert_eq!(shown(trainers(&given(lines))), expected);
        check(&["Une formatrice et un pair"], "Une formatrice et un pair");
        check(
            &["- Alix EXEMPLE", "Chargée de projets", "- Noa MODÈLE-TEST", "- Psychologue du travail"],
            "name=Alix EXEMPLE role=Chargée de projets | name=Noa MODÈLE-TEST | Psychologue du travail",
        );
        check(&["Alix EXEMPLE, psychologue"], "name=Alix EXEMPLE role=psychologue");
        check(&["Alix EXEMPLE, Noa MODÈLE"], "name=Alix EXEMPLE | name=Noa MODÈLE");
        check(&["Un médecin, une juriste"], "Un médecin, une juriste");
        check(&["- Un médecin", "- Une juriste, avocate"], "Un médecin | Une juriste, avocate");
    }

    #[test]
    fn contacts_are_told_apart() {
        let check = |lines: &[&str], expected: &str| assert_eq!(shown(contacts(&given(lines), None)), expected);
        check(&["Alix EXEMPLE", "alix@example.org"], "name=Alix EXEMPLE email=alix@example.org");
        check(
            &["Alix EXEMPLE – alix@example.org – 03 53 01 10 12"],
            "name=Alix EXEMPLE email=alix@example.org phone=03 53 01 10 12",
        );
        check(&["Tél. : 03.53.01.10.12", "Mail : a@example.org"], "phone=03.53.01.10.12 email=a@example.org");
        check(
            &["- Un", "un@example.org", "- Deux", "deux@example.org"],
            "name=Un email=un@example.org | name=Deux email=deux@example.org",
        );
        check(&["a@example.org, b@example.org"], "?");
    }
}
