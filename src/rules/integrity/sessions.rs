//! Sessions against their module and against each other (C-05, C-07, C-08, C-09).
//!
//! Only those that are still to come count: nobody can change the days of a past one.

use std::collections::BTreeMap;

use jiff::civil::Weekday;

use crate::catalogue::{Module, Session};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::{Kind, module_keys};
use crate::entry::{Delivery, session};
use crate::fold::fold;
use crate::value::{Date, Duration};

use super::super::facts::Subject;
use super::super::finding::Findings;

/// Who is where on which day, of those who are named.
#[derive(Debug, Default)]
pub(in crate::rules) struct Engagements<'a>(BTreeMap<(String, Date), Vec<(&'a Module, &'a Session)>>);

impl<'a> Engagements<'a> {
    pub(super) fn of(modules: impl Iterator<Item = &'a Module>, today: Date) -> Self {
        let mut engagements: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for module in modules {
            for session in module.coming_sessions(today).filter(|session| is_held(session)) {
                for name in trainers(module, session) {
                    for day in &session.entry.days {
                        engagements.entry((name.clone(), *day)).or_default().push((module, session));
                    }
                }
            }
        }
        Self(engagements)
    }
}

/// Whether a session takes place on the very days that it names.
fn is_held(session: &Session) -> bool {
    !session.is_off() && !session.entry.spans_gaps && !session.entry.days.is_empty()
}

/// The folded names of those who train in a session: its own, or the only one of its module.
fn trainers(module: &Module, session: &Session) -> Vec<String> {
    let own: Vec<&String> = session.entry.trainers.people.iter().filter_map(|one| one.name.as_ref()).collect();
    let people = &module.matter().trainers.people;
    let only = match people.as_slice() {
        [only] if session.entry.trainers.is_empty() => only.name.as_ref(),
        _ => None,
    };
    own.into_iter().chain(only).map(|name| fold(name)).collect()
}

/// Looks at the sessions of a module.
pub(super) fn check(
    subject: &Subject<'_>,
    module: &Module,
    engagements: &Engagements<'_>,
    findings: &mut Findings<'_>,
) {
    let today = subject.site.catalogue.edition.today;
    let matter = module.matter();
    let coming: Vec<&Session> = module.coming_sessions(today).filter(|session| is_held(session)).collect();
    for session in &coming {
        check_days(matter.duration.as_ref(), session, findings);
    }
    check_offer(module, today, findings);
    for (nth, session) in coming.iter().enumerate() {
        if let Some(first) = coming[..nth].iter().find(|other| is_same(session, other)) {
            let finding = findings.at(Rule::C09, session.entry.place.clone());
            let finding =
                finding.arg("city", session.entry.city.clone().unwrap_or_default()).arg("days", days_of(session));
            findings.push(finding.also(&module.document.path, first.entry.place.clone(), "first"));
        }
        if let Some((name, day, other_module, other)) = elsewhere(module, session, engagements) {
            let finding =
                findings.at(Rule::C09, session.entry.place.clone()).message("message-trainer").help("help-trainer");
            let finding = finding.arg("name", name).arg("day", day.to_string());
            let city = |session: &Session| session.entry.city.clone().unwrap_or_default();
            let finding = finding.arg("city", city(session)).arg("other_city", city(other));
            findings.push(finding.also(&other_module.document.path, other.entry.place.clone(), "elsewhere"));
        }
    }
}

/// C-05: as many days as the module lasts, and none on a weekend unless that is meant.
fn check_days(duration: Option<&Duration>, session: &Session, findings: &mut Findings<'_>) {
    let days = &session.entry.days;
    let at = |finding: Diagnostic| finding.arg("days", days.len().to_string());
    let is_weekend = |day: &&Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    // From Thursday to Tuesday are four days for those who rest on the weekend between.
    let n_workdays = days.iter().filter(|day| !is_weekend(day)).count();
    let wanted = duration
        .and_then(|duration| wanted_days(duration, days.len()).filter(|_| wanted_days(duration, n_workdays).is_some()));
    if let Some(wanted) = wanted {
        let finding = at(findings.at(Rule::C05, session.entry.place.clone())).severity(Severity::Warning);
        let finding = finding.arg("wanted", wanted.to_string()).arg("dates_key", findings.key(&session::DATES));
        let finding = finding.arg("first", days.first().map(ToString::to_string).unwrap_or_default());
        let finding = if days.len() == 1 { finding.message("message-one") } else { finding };
        findings.push(finding.arg("duration_key", findings.key(&module_keys::DURATION)));
    } else if let Some(day) = days.iter().find(is_weekend) {
        let finding = findings.at(Rule::C05, session.entry.place.clone()).severity(Severity::Info);
        let is_saturday = day.weekday() == Weekday::Saturday;
        let finding = finding.message(if is_saturday { "message-saturday" } else { "message-sunday" });
        findings.push(finding.help("help-weekend").arg("day", day.to_string()));
    }
}

/// How many days a module lasts, if a session has another number of them.
fn wanted_days(duration: &Duration, n_days: usize) -> Option<usize> {
    let days = duration.days?;
    // Half a day takes a date of its own: « 3 demi-journées » may be three dates or two.
    let fewest = (1..=400).find(|n| days.as_whole() == Some(*n) || days < crate::value::Decimal::whole(*n))?;
    let text = fold(duration.text.as_deref().unwrap_or_default());
    let has_halves = days.as_whole().is_none() || ["demi", "half", "1 2"].iter().any(|word| text.contains(word));
    let most = if has_halves { usize::try_from(fewest).ok()? * 2 } else { usize::try_from(fewest).ok()? };
    let fewest = usize::try_from(fewest).ok()?;
    (!(fewest..=most).contains(&n_days)).then_some(fewest)
}

/// C-07 and C-08: what sessions say of how the module is offered.
fn check_offer(module: &Module, today: Date, findings: &mut Findings<'_>) {
    let matter = module.matter();
    let is_only =
        |delivery: Delivery| matter.delivery.iter().all(|one| *one == delivery) && !matter.delivery.is_empty();
    let dated = || module.sessions.iter().filter(|session| !session.entry.days.is_empty());
    if is_only(Delivery::Intra) && dated().any(|session| !session.is_past(today) && !session.is_off()) {
        let finding = findings.about(Rule::C08, &module_keys::DELIVERY);
        findings.push(finding.arg("sessions_key", findings.key(&crate::entry::SESSIONS_KEY)));
    }
    let on_request = |text: &Option<String>| text.as_ref().is_some_and(|text| fold(text).contains("demande"));
    let has_other_ways = matter.delivery.iter().any(|one| *one != Delivery::Inter)
        || on_request(&matter.delivery_text)
        || on_request(&matter.access.how)
        || matter.kind == Kind::Pathway;
    let are_over = !module.sessions.is_empty()
        && dated().count() == module.sessions.len()
        && dated().all(|one| one.is_past(today));
    if are_over && !has_other_ways {
        let last = dated().filter_map(|session| session.entry.last_day()).max();
        let finding = findings.about(Rule::C07, &crate::entry::SESSIONS_KEY);
        let finding = finding.arg("last", last.map(|day| day.to_string()).unwrap_or_default());
        let finding = finding.arg("archived_key", findings.key(&module_keys::ARCHIVED));
        findings.push(finding.arg("delivery_key", findings.key(&module_keys::DELIVERY)));
    }
}

/// Whether two sessions are at the same place on the same days; groups with names or rooms of their own are two.
fn is_same(one: &Session, other: &Session) -> bool {
    let folded = |text: &Option<String>| text.as_deref().map(fold);
    let city = folded(&one.entry.city);
    let differ = |a: Option<String>, b: Option<String>| a.is_some() && b.is_some() && a != b;
    city.is_some()
        && city == folded(&other.entry.city)
        && one.entry.days == other.entry.days
        && !differ(folded(&one.entry.venue), folded(&other.entry.venue))
        && !differ(folded(&one.entry.label), folded(&other.entry.label))
        && !differ(folded(&one.entry.address), folded(&other.entry.address))
        && one.entry.times == other.entry.times
}

/// A day on which somebody who is named trains in another city as well. Told at the later of the two.
fn elsewhere<'a>(
    module: &Module,
    session: &Session,
    engagements: &Engagements<'a>,
) -> Option<(String, Date, &'a Module, &'a Session)> {
    let city = fold(session.entry.city.as_deref()?);
    let key = |module: &Module, session: &Session| (module.document.path.clone(), session.id.clone());
    for name in trainers(module, session) {
        for day in &session.entry.days {
            let others = engagements.0.get(&(name.clone(), *day))?.iter();
            let mut others = others.filter(|(other, one)| key(other, one) < key(module, session));
            let is_apart = |one: &Session| one.entry.city.as_deref().is_some_and(|other| fold(other) != city);
            if let Some((other_module, other)) = others.find(|(_, one)| is_apart(one)) {
                let names = session.entry.trainers.people.iter().chain(&module.matter().trainers.people);
                let written = names.filter_map(|one| one.name.as_ref()).find(|written| fold(written) == name);
                return Some((written.cloned().unwrap_or(name), *day, other_module, other));
            }
        }
    }
    None
}

fn days_of(session: &Session) -> String {
    let days: Vec<String> = session.entry.days.iter().map(ToString::to_string).collect();
    days.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_with_halves() {
        let wanted = |text: &str, n_days| wanted_days(&Duration::parse(text), n_days);
        assert_eq!(wanted("2 jours", 2), None);
        assert_eq!(wanted("2 jours", 1), Some(2));
        assert_eq!(wanted("2 jours", 3), Some(2));
        assert_eq!(wanted("3 demi-journées", 2), None);
        assert_eq!(wanted("3 demi-journées", 3), None);
        assert_eq!(wanted("3 demi-journées", 6), Some(2));
        assert_eq!(wanted("un jour et demi", 2), None);
        assert_eq!(wanted("14 h", 5), None);
        assert_eq!(wanted("2 jours, dont une demi-journée à distance", 3), None);
    }
}
