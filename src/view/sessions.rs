//! Coming sessions by month, in pages.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::catalogue::{Module, Session};
use crate::route::{CalendarOf, FoundList, Route};
use crate::value::Date;
use crate::value::calendar;

use super::desk::{Desk, capitalised};
use super::find::panel;
use super::listing::pagination;
use super::pages::{Month, MonthDay, MonthLink, SessionsPage};
use super::session_row::session_row;

/// The coming sessions that have a date, by month: made once, for however many pages show them.
pub(super) struct Calendar<'a> {
    /// The sessions of the first month, then of the next.
    sessions: Vec<(&'a Module, &'a Session)>,
    /// The months that have a session, in their order.
    months: Vec<CalendarMonth>,
}

/// A month with its share of all sessions.
struct CalendarMonth {
    year: i16,
    number: i8,
    /// Where its sessions stand among all.
    sessions: Range<usize>,
    /// Its days of training, and whether all that takes place on one is full.
    days: BTreeMap<i8, bool>,
}

impl<'a> Calendar<'a> {
    /// Sorts coming sessions into months.
    pub(super) fn new(coming: &[(&'a Module, &'a Session)], today: Date) -> Self {
        let month_of = |day: &Date| (day.year(), day.month());
        let mut by_month: BTreeMap<(i16, i8), Vec<(&Module, &Session)>> = BTreeMap::new();
        // The grid marks every day of training in the month, also of sessions that are listed under another.
        let mut days: BTreeMap<(i16, i8), BTreeMap<i8, bool>> = BTreeMap::new();
        for (module, session) in coming.iter().copied() {
            let all = &session.entry.days;
            // A session that has begun stands in the month of its next day.
            let Some(next) = all.iter().find(|day| **day >= today).or(all.last()) else { continue };
            by_month.entry(month_of(next)).or_default().push((module, session));
            for day in all.iter().filter(|_| !session.is_off()) {
                let is_full = days.entry(month_of(day)).or_default().entry(day.day()).or_insert(true);
                *is_full &= session.is_full();
            }
        }
        let mut calendar = Self { sessions: Vec::new(), months: Vec::new() };
        for ((year, number), sessions) in by_month {
            let start = calendar.sessions.len();
            calendar.sessions.extend(sessions);
            let days = days.remove(&(year, number)).unwrap_or_default();
            calendar.months.push(CalendarMonth { year, number, sessions: start..calendar.sessions.len(), days });
        }
        calendar
    }

    /// The sessions, in the order of the list.
    pub(super) fn sessions(&self) -> &[(&'a Module, &'a Session)] {
        &self.sessions
    }
}

impl CalendarMonth {
    /// Its anchor, without what tells that it is one of a month.
    fn id(&self) -> String {
        format!("{}-{:02}", self.year, self.number)
    }

    /// "mars 2027"
    fn title(&self, desk: &Desk<'_>) -> String {
        let first = Date::new(self.year, self.number, 1).unwrap_or(Date::ZERO);
        calendar::month_year(first, &desk.phrases.dates)
    }

    /// "mars"
    fn name(&self, desk: &Desk<'_>) -> String {
        let index = usize::try_from(self.number - 1).ok();
        index.and_then(|index| desk.phrases.dates.months.get(index)).cloned().unwrap_or_default()
    }
}

pub(super) fn sessions(desk: &Desk<'_>, number: usize) -> SessionsPage {
    let Calendar { sessions, months } = &desk.calendar;
    let size = desk.config.page_size;
    let shown = (number - 1) * size..(number * size).min(sessions.len());
    let first_year = months.first().map(|month| month.year);
    let link = |month: &CalendarMonth| {
        let begins_on = month.sessions.start / size + 1;
        MonthLink {
            id: month.id(),
            url: (begins_on != number).then(|| desk.url(&Route::Sessions(begins_on))),
            label: if first_year == Some(month.year) { month.name(desk) } else { month.title(desk) },
            count: month.sessions.len(),
            count_text: desk.phrases.count("sessions", month.sessions.len()),
        }
    };
    let on_page = |month: &CalendarMonth| {
        let part = month.sessions.start.max(shown.start)..month.sessions.end.min(shown.end);
        (!part.is_empty()).then(|| self::month(desk, month, &sessions[part]))
    };
    SessionsPage {
        count_text: desk.phrases.count("sessions", sessions.len()),
        find: if number == 1 { panel(desk, FoundList::Sessions) } else { None },
        calendar: super::calendar::links(desk, CalendarOf::Site),
        month_links: months.iter().map(link).collect(),
        months: months.iter().filter_map(on_page).collect(),
        pagination: pagination(desk, number, Route::Sessions),
    }
}

/// A month with those of its sessions that stand on a page.
fn month(desk: &Desk<'_>, month: &CalendarMonth, sessions: &[(&Module, &Session)]) -> Month {
    let state = |day: u8| match i8::try_from(day).ok().and_then(|day| month.days.get(&day)) {
        None => "",
        Some(true) => "full",
        Some(false) => "on",
    };
    let weeks = calendar::month_grid(month.year, month.number)
        .into_iter()
        .map(|week| week.into_iter().map(|day| MonthDay { day, state: day.map_or("", state) }).collect());
    let weekdays = desk.phrases.dates.weekdays.iter();
    Month {
        id: month.id(),
        title: capitalised(&month.title(desk)),
        day_initials: weekdays.map(|day| day.chars().take(1).flat_map(char::to_uppercase).collect()).collect(),
        weeks: weeks.collect(),
        sessions: sessions.iter().map(|(module, session)| session_row(desk, module, session, false)).collect(),
    }
}
