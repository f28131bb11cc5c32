//! Sessions, from lines that name groups, towns and days in any order.

use super::days::{Days, days};
use super::given::Given;
use super::value::Value;
use crate::fold::fold;

/// A longer line tells more than where and when.
const LONGEST_LINE: usize = 300;

/// A session as far as its lines are read.
#[derive(Debug, Default)]
struct Draft {
    label: Option<String>,
    city: Option<String>,
    postcode: Option<String>,
    departement: Option<String>,
    venue: Option<String>,
    address: Option<String>,
    times: Option<String>,
    days: Option<Days>,
    /// The town was named after the days.
    is_city_last: bool,
}

/// The sessions that all lines together tell; nothing when one of them tells something else.
pub(super) fn sessions(given: &Given) -> Option<Value> {
    let mut done: Vec<Draft> = Vec::new();
    let mut open = Draft::default();
    for item in &given.items {
        for part in parts(&item.text)? {
            open.add(part, &mut done)?;
        }
    }
    done.push(open);
    let all: Option<Vec<Value>> = done.into_iter().map(Draft::value).collect();
    all.map(Value::List)
}

/// What a part of a line says.
enum Part {
    Label(String),
    Days(Days),
    Times(String),
    City { postcode: Option<String>, city: String, departement: Option<String> },
    Words(String),
}

fn parts(line: &str) -> Option<Vec<Part>> {
    let line = line.trim();
    if line.is_empty() {
        return Some(Vec::new());
    }
    if line.len() > LONGEST_LINE {
        return None;
    }
    if let Some(days) = days(line) {
        return Some(vec![Part::Days(days)]);
    }
    if is_label(line) {
        return Some(vec![Part::Label(line.to_owned())]);
    }
    if let Some(times) = times(line) {
        return Some(vec![Part::Times(times)]);
    }
    // "Lille : 3 mars 2027", "Groupe 1 – Lille – 3 mars 2027", "3 mars 2027 à Lille", "Lille, 3 mars 2027".
    for mark in [" – ", " — ", " - ", " : ", "\u{A0}: ", " | ", ", ", " à ", ": "] {
        let split = line.match_indices(mark).map(|(at, _)| (&line[..at], &line[at + mark.len()..]));
        for (left, right) in split {
            let is_sure = |text: &str| days(text).is_some() || is_label(text.trim());
            if is_sure(left) || is_sure(right) || times(right).is_some() {
                let mut parts = parts(left)?;
                parts.extend(self::parts(right)?);
                return Some(parts);
            }
        }
    }
    Some(vec![town(line).unwrap_or_else(|| Part::Words(line.to_owned()))])
}

/// "Groupe 1", "Session B", "2e session".
fn is_label(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_word = |word: &&str| matches!(*word, "groupe" | "session" | "promotion" | "promo" | "group" | "cohorte");
    let is_number =
        |word: &&str| word.len() <= 4 && (word.bytes().any(|byte| byte.is_ascii_digit()) || word.len() == 1);
    matches!(words.as_slice(), [first, second] if is_word(first) && is_number(second) || is_number(first) && is_word(second))
}

/// Hours of the clock: "9h – 17h", "de 9 h 30 à 17 h".
fn times(text: &str) -> Option<String> {
    let folded = fold(text).replace(':', "h");
    let is_time = |word: &str| {
        let (hour, minute) = word.split_once('h').unwrap_or((word, ""));
        [hour, minute].iter().all(|part| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let words: Vec<&str> = folded.split(' ').collect();
    let has_hour = folded.contains('h') && folded.bytes().any(|byte| byte.is_ascii_digit());
    let is_known =
        |word: &&str| is_time(word) || matches!(*word, "de" | "a" | "et" | "heures" | "heure" | "puis" | "to");
    (has_hour && words.iter().all(is_known)).then(|| text.trim().to_owned())
}

/// A town, with its postcode or its département.
fn town(text: &str) -> Option<Part> {
    let (text, departement) = match text.trim_end_matches(')').rsplit_once('(') {
        Some((before, number)) if number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            (before.trim(), Some(number.to_owned()))
        }
        _ => (text, None),
    };
    let (postcode, city) = match text.split_once(' ') {
        Some((code, rest)) if code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            (Some(code.to_owned()), rest.trim())
        }
        _ => (None, text),
    };
    let is_city = city.starts_with(char::is_uppercase)
        && city.split_whitespace().count() <= 3
        && city.chars().count() <= 40
        && city.chars().all(|c| c.is_alphabetic() || " -'’\u{A0}".contains(c))
        && !["a distance", "en ligne", "en visio"].iter().any(|remote| fold(city).starts_with(remote));
    is_city.then(|| Part::City { postcode, city: city.to_owned(), departement })
}

impl Draft {
    fn add(&mut self, part: Part, done: &mut Vec<Self>) -> Option<()> {
        match part {
            Part::Label(label) => {
                if self.label.is_some() || self.days.is_some() || self.city.is_some() {
                    done.push(std::mem::take(self));
                }
                self.label = Some(label);
            }
            Part::Days(days) => {
                if self.days.is_some() {
                    self.next_days(done)?;
                }
                self.days = Some(days);
            }
            Part::Times(times) => set(&mut self.times, times)?,
            Part::City { postcode, city, departement } => {
                if self.city.is_some() && self.days.is_some() {
                    done.push(std::mem::take(self));
                } else if self.city.is_some() {
                    return set(&mut self.venue, city);
                }
                self.is_city_last = self.days.is_some();
                (self.city, self.postcode, self.departement) = (Some(city), postcode, departement);
            }
            Part::Words(words) if self.venue.is_none() => self.venue = Some(words),
            Part::Words(words) => set(&mut self.address, words)?,
        }
        Some(())
    }

    /// Begins another session in the same town, unless the town belongs to the days before it.
    fn next_days(&mut self, done: &mut Vec<Self>) -> Option<()> {
        // More days of a group, or another session? Nobody can tell.
        if self.label.is_some() {
            return None;
        }
        let mut next = Self::default();
        if !self.is_city_last {
            next.city.clone_from(&self.city);
            next.postcode.clone_from(&self.postcode);
            next.departement.clone_from(&self.departement);
        }
        done.push(std::mem::replace(self, next));
        Some(())
    }

    fn value(self) -> Option<Value> {
        let mut entries: Vec<(&'static str, Value)> = Vec::new();
        let texts = [
            ("label", self.label),
            ("city", self.city),
            ("postcode", self.postcode),
            ("departement", self.departement),
            ("venue", self.venue),
            ("address", self.address),
        ];
        entries.extend(texts.into_iter().filter_map(|(key, text)| Some((key, Value::Text(text?)))));
        entries.extend(day_entries(&self.days?));
        entries.extend(self.times.map(|times| ("times", Value::Text(times))));
        Some(Value::Map(entries))
    }
}

/// Days as a session has them.
pub(super) fn day_entries(days: &Days) -> Vec<(&'static str, Value)> {
    match days {
        Days::Each(days) => vec![("dates", Value::Days(days.iter().map(ToString::to_string).collect()))],
        Days::Range(start, end) => {
            vec![("start", Value::Bare(start.to_string())), ("end", Value::Bare(end.to_string()))]
        }
    }
}

/// Fills a place that is free; a second text for it was not understood.
fn set(place: &mut Option<String>, text: String) -> Option<()> {
    place.is_none().then(|| *place = Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::given::Item;
    use crate::import::labels::Target;

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let item = |text: &&str| Item { text: (*text).to_owned(), line: 1, is_marked: false };
        let items = lines.iter().map(item).collect();
        let value = sessions(&Given { target: Target::Sessions, label: String::new(), line: 1, items });
        let told: Vec<String> = match value {
            Some(Value::List(sessions)) => sessions.iter().map(|one| one.words().replace('\n', " | ")).collect(),
            _ => Vec::new(),
        };
        assert_eq!(told, expected, "{lines:?}");
    }

    #[test]
    fn sessions_are_read_in_any_order() {
        check(
            &["Groupe 1", "STRASBOURG", "Les 25 & 26 sep. 2027", "Groupe 2", "METZ", "Les 16 & 17 oct. 2027"],
            &["Groupe 1 | STRASBOURG | 2027-09-25 | 2027-09-26", "Groupe 2 | METZ | 2027-10-16 | 2027-10-17"],
        );
        check(&["Lille : 3 mars 2027", "Amiens : 8 avril 2027"], &["Lille | 2027-03-03", "Amiens | 2027-04-08"]);
        check(&["3 mars 2027", "Lille", "8 avril 2027", "Amiens"], &["Lille | 2027-03-03", "Amiens | 2027-04-08"]);
        check(&["Lille", "3 mars 2027", "8 avril 2027"], &["Lille | 2027-03-03", "Lille | 2027-04-08"]);
        check(&["3 mars 2027 à Lille, 9h-17h"], &["Lille | 2027-03-03 | 9h-17h"]);
        check(&["3 mars 2027 à Lille"], &["Lille | 2027-03-03"]);
        check(
            &["59000 Lille", "Maison des associations", "3 mars 2027", "9h30 – 17h"],
            &["Lille | 59000 | Maison des associations | 2027-03-03 | 9h30 – 17h"],
        );
        check(&["Lille (59)", "3 mars 2027"], &["Lille | 59 | 2027-03-03"]);
    }

    #[test]
    fn what_is_not_understood_makes_no_session() {
        check(&["Dates à définir"], &[]);
        check(&["Groupe 1", "3 mars 2027", "8 avril 2027"], &[]);
        check(&["Lille", "3 mars 2027", "un", "deux", "trois"], &[]);
    }
}
