//! How long a training lasts: days, hours, meetings, and that they agree (Q1-04, Q1-05, Q1-06).

use crate::diagnostic::Rule;
use crate::document::{Mode, module_keys as keys};
use crate::rules::facts::met;
use crate::rules::said::Heading;
use crate::rules::sheet::Item;
use crate::value::{Decimal, Duration, MeetingCount, Meetings, names_days, names_hours, names_length};

use super::Look;

/// Up to so many hours are one day at most, and nobody asks how many days they are.
const ONE_DAY: u32 = 8;

/// What the length of a training lacks.
#[derive(Debug, PartialEq, Eq)]
enum Gap {
    /// Words that hold no number.
    Number,
    /// Meetings of which nobody knows how many there will be.
    Count,
    /// Meetings of which nobody knows how long each is.
    Length,
}

impl Look<'_, '_> {
    pub(super) fn duration(&mut self) {
        let matter = self.words.matter;
        let Some(duration) = &matter.duration else {
            let in_text = self.words.under(Heading::Duration).is_some_and(|text| names_length(&text));
            self.sheet.note(Item::Duration, met(in_text, false));
            if !in_text {
                self.findings.push(self.findings.unsaid(Rule::Q1_04, &keys::DURATION));
            }
            return;
        };
        let written = written(duration);
        // Dates of a run, or words about its rhythm, tell how many meetings there are.
        let is_told = matter.rhythm.is_some() || matter.sessions.iter().any(|session| !session.days.is_empty());
        if let Some(gap) = gap(duration, is_told) {
            let (message, help) = match gap {
                Gap::Number => ("message-no-number", "help-no-number"),
                Gap::Count => ("message-no-count", "help-no-count"),
                Gap::Length => ("message-no-length", "help-no-length"),
            };
            let finding = self.findings.about(Rule::Q1_04, &keys::DURATION).message(message).help(help);
            self.findings.push(finding.arg("written", written));
            return;
        }
        self.sheet.note(Item::Duration, met(true, false));
        if let Some((product, hours)) = contradiction(duration) {
            let finding = self.findings.about(Rule::Q1_06, &keys::DURATION);
            let args = [("days", duration.days), ("each", duration.hours_per_day), ("hours", Some(hours))];
            let finding = args
                .into_iter()
                .fold(finding, |finding, (name, number)| finding.arg(name, number.map(spoken).unwrap_or_default()));
            self.findings.push(finding.arg("product", spoken(product)));
        } else if lacks_hours(duration) {
            self.findings.push(self.findings.about(Rule::Q1_05, &keys::DURATION).arg("written", written));
        } else if lacks_days(duration) && matter.mode != Some(Mode::Remote) {
            let finding = self.findings.about(Rule::Q1_05, &keys::DURATION).arg("written", written);
            self.findings.push(finding.message("message-no-days").help("help-no-days"));
        }
    }
}

/// A number as French and English write it in a sheet that is read by both: whole, or with a comma.
fn spoken(number: Decimal) -> String {
    number.to_string().replace('.', ",")
}

/// The length in the author's words, or in numbers where there are no words.
fn written(duration: &Duration) -> String {
    let days = duration.days.map(|days| format!("{} j", spoken(days)));
    let hours = duration.total_hours().map(|hours| format!("{} h", spoken(hours)));
    let each = duration.meetings.as_ref().and_then(|meetings| meetings.hours_each).or(duration.hours_per_day);
    let each = each.map(|hours| format!("{} h", spoken(hours)));
    let count = duration.meetings.as_ref().and_then(|meetings| match meetings.count {
        Some(MeetingCount::Number(number)) => Some(number.to_string()),
        _ => None,
    });
    duration.text.clone().or(days).or(hours).or(each).or(count).unwrap_or_else(|| "…".to_owned())
}

fn gap(duration: &Duration, is_count_told: bool) -> Option<Gap> {
    if duration.days.is_some() || duration.total_hours().is_some() {
        return None;
    }
    let text = duration.text.as_deref().unwrap_or_default();
    if let Some(meetings) = &duration.meetings {
        return match meetings.hours_each {
            Some(_) if says_count(meetings) || is_count_told => None,
            Some(_) => Some(Gap::Count),
            None => Some(Gap::Length),
        };
    }
    if duration.hours_per_day.is_some() {
        return Some(Gap::Number);
    }
    (!names_length(text)).then_some(Gap::Number)
}

/// Whether it is known how many meetings there are, or how that is decided.
fn says_count(meetings: &Meetings) -> bool {
    meetings.count.is_some() || meetings.min.is_some() || meetings.max.is_some() || meetings.frequency.is_some()
}

/// Hours in all that are not the days by their hours, and what these make.
fn contradiction(duration: &Duration) -> Option<(Decimal, Decimal)> {
    let product = duration.days?.times(duration.hours_per_day?)?;
    duration.hours.filter(|hours| *hours != product).map(|hours| (product, hours))
}

/// Days, and nobody can tell how many hours they are.
fn lacks_hours(duration: &Duration) -> bool {
    if duration.total_hours().is_some() || duration.meetings.is_some() {
        return false;
    }
    let text = duration.text.as_deref().unwrap_or_default();
    duration.days.is_some() || names_days(text) && !names_hours(text)
}

/// More hours than a day has, and nobody can tell how many days they are.
fn lacks_days(duration: &Duration) -> bool {
    let text = duration.text.as_deref().unwrap_or_default();
    let is_long = duration.hours.is_some_and(|hours| hours > Decimal::whole(ONE_DAY));
    is_long && duration.days.is_none() && duration.meetings.is_none() && !names_days(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_enough() {
        for (text, expected) in [
            ("2 jours (14 h)", None),
            ("2 jours", None),
            ("14 h", None),
            ("environ 14 h", None),
            ("2 à 3 jours", None),
            ("6 séances de 3 h", None),
            ("séance de 3 heures, nombre et fréquence selon le contexte", None),
            ("séances de 3 h, une par mois", None),
            ("séances de 3 h", Some(Gap::Count)),
            ("6 séances", Some(Gap::Length)),
            ("sur mesure", Some(Gap::Number)),
            ("à définir avec vous", Some(Gap::Number)),
        ] {
            assert_eq!(gap(&Duration::parse(text), false), expected, "{text}");
        }
        assert_eq!(gap(&Duration::parse("séances de 3 h"), true), None);
    }

    #[test]
    fn days_and_hours_are_asked_for() {
        for (text, hours, days) in [
            ("2 jours", true, false),
            ("2 jours, de 9 h à 17 h", true, false),
            ("2 à 3 jours", true, false),
            ("2 jours (14 h)", false, false),
            ("2 jours de 7 h", false, false),
            ("1 jour + 2 h à distance", false, false),
            ("14 h", false, true),
            ("3 h", false, false),
            ("6 séances de 3 h", false, false),
            ("14 h sur 2 jours", false, false),
        ] {
            let duration = Duration::parse(text);
            assert_eq!((lacks_hours(&duration), lacks_days(&duration)), (hours, days), "{text}");
        }
    }

    #[test]
    fn days_and_hours_must_agree() {
        let duration = |days, each, hours: u32| Duration {
            days: Some(Decimal::whole(days)),
            hours_per_day: Some(Decimal::whole(each)),
            hours: Some(Decimal::whole(hours)),
            ..Duration::default()
        };
        assert_eq!(contradiction(&duration(2, 7, 14)), None);
        assert_eq!(contradiction(&duration(2, 7, 12)), Some((Decimal::whole(14), Decimal::whole(12))));
        assert_eq!(contradiction(&Duration::parse("2 jours (14 h)")), None);
    }
}
