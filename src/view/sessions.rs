//! Coming sessions by month.

use std::collections::BTreeMap;

use crate::catalogue::{Module, Session};
use crate::value::Date;
use crate::value::calendar;

use super::desk::{Desk, capitalised};
use super::pages::{Month, MonthDay, SessionsPage};
use super::session_row::session_row;

pub(super) fn sessions(desk: &Desk<'_>) -> SessionsPage {
    let dated: Vec<(&Module, &Session)> =
        desk.coming.iter().copied().filter(|(_, session)| !session.entry.days.is_empty()).collect();
    let mut months: BTreeMap<(i16, i8), Vec<(&Module, &Session)>> = BTreeMap::new();
    for (module, session) in &dated {
        // A session that has begun stands in the month of its next day.
        let day = session.entry.days.iter().find(|day| **day >= desk.today()).or(session.entry.days.last());
        let Some(day) = day else { continue };
        months.entry((day.year(), day.month())).or_default().push((module, session));
    }
    let first_year = months.keys().next().map(|(year, _)| *year);
    SessionsPage {
        count_text: desk.phrases.count("sessions", dated.len()),
        months: months
            .into_iter()
            .map(|(month, sessions)| self::month(desk, month, &sessions, &dated, first_year))
            .collect(),
    }
}

fn month(
    desk: &Desk<'_>,
    (year, number): (i16, i8),
    sessions: &[(&Module, &Session)],
    all: &[(&Module, &Session)],
    first_year: Option<i16>,
) -> Month {
    let words = &desk.phrases.dates;
    let first = Date::new(year, number, 1).unwrap_or(Date::ZERO);
    let title = calendar::month_year(first, words);
    let name = usize::try_from(number - 1).ok().and_then(|index| words.months.get(index)).cloned().unwrap_or_default();
    // The grid marks every day of training in the month, also of sessions that are listed under another.
    let in_month = |day: &Date| day.year() == year && day.month() == number;
    let days: Vec<(Date, bool)> = all
        .iter()
        .filter(|(_, session)| !session.is_off())
        .flat_map(|(_, session)| {
            session.entry.days.iter().filter(|day| in_month(day)).map(|day| (*day, session.is_full()))
        })
        .collect();
    let state = |day: u8| {
        let on_day = || days.iter().filter(|(date, _)| u8::try_from(date.day()) == Ok(day));
        match on_day().next() {
            None => "",
            Some(_) if on_day().all(|(_, full)| *full) => "full",
            Some(_) => "on",
        }
    };
    let weeks = calendar::month_grid(year, number)
        .into_iter()
        .map(|week| week.into_iter().map(|day| MonthDay { day, state: day.map_or("", state) }).collect());
    Month {
        id: format!("{year}-{number:02}"),
        title: capitalised(&title),
        label: if first_year == Some(year) { name } else { title },
        count: sessions.len(),
        count_text: desk.phrases.count("sessions", sessions.len()),
        day_initials: words
            .weekdays
            .iter()
            .map(|day| day.chars().take(1).flat_map(char::to_uppercase).collect())
            .collect(),
        weeks: weeks.collect(),
        sessions: sessions.iter().map(|(module, session)| session_row(desk, module, session, false)).collect(),
    }
}
