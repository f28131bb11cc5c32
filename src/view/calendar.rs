//! Calendars (RFC 5545): the sessions of the site, of a term, of a module, and each by itself.
//!
//! A session is one event, or several: without hours one for each run of days, with hours one for each day. What they
//! say comes from content only, so that two builds of one content are the same bytes. Where a session is followed
//! online is not for everybody, and stands in no calendar.

use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::catalogue::{Catalogue, Module, Session};
use crate::entry::SessionStatus;
use crate::id::TermKind;
use crate::route::{CalendarOf, Route};
use crate::value::calendar::runs;
use crate::value::region::{built_in_regions, region_of_departement};
use crate::value::{Date, Time};

use super::cards::{duration_lines, price_condition, price_text, state};
use super::desk::Desk;
use super::feed::whole;
use super::parts::CalendarLinks;
use super::session_row::{own_label, place, times};
use super::ways::CALENDARS;

/// The zone of a session whose region has none of its own.
const PARIS: &str = "Europe/Paris";

/// The most characters of a text: a calendar shows a line of it, and each of thousands of events has it.
const LONGEST_TEXT: usize = 500;

/// How many prices an event names; the sheet has all.
const PRICES: usize = 6;

/// A calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarView {
    /// Its name, in the list of somebody who subscribes.
    pub name: String,
    /// A sentence about it.
    pub description: String,
    /// The page that shows the same: a whole address.
    pub url: String,
    /// Whether it changes with the site, and is to be asked for again.
    pub is_followed: bool,
    /// Its sessions, the next first.
    pub sessions: Vec<Arc<SessionEvents>>,
}

/// The events of a session: made once a run, for every calendar that it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SessionEvents {
    /// One, or one for each run of its days.
    pub events: Vec<CalendarEvent>,
    /// How they are written; there once a calendar has been.
    #[serde(skip)]
    pub written: OnceLock<String>,
}

/// A session, or one of the runs of days that it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarEvent {
    /// Never changes, and is the same in each calendar, so that an event is known again.
    pub uid: String,
    /// The day of the last change, where the module has one.
    #[serde(serialize_with = "iso_option")]
    pub changed: Option<Date>,
    /// The days, or the hours of a day.
    pub when: When,
    /// Whether it takes place, where that is known.
    pub status: Option<Status>,
    /// The module's title, with the group; in front of it that it does not take place.
    pub summary: String,
    /// Duration, price, state, closing date, and the way to the sheet; a line each.
    pub description: String,
    /// Room, address, town and region.
    pub location: Option<String>,
    /// Its row on the sheet of the module: a whole address.
    pub url: String,
    /// Themes.
    pub categories: Vec<String>,
}

/// When an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum When {
    /// On whole days.
    Days {
        /// The first.
        #[serde(serialize_with = "iso")]
        first: Date,
        /// The last, on which it still takes place.
        #[serde(serialize_with = "iso")]
        last: Date,
    },
    /// At hours of one day.
    Hours {
        /// The day.
        #[serde(serialize_with = "iso")]
        day: Date,
        /// When it begins.
        start: Time,
        /// When it ends, where that is known.
        end: Option<Time>,
        /// The IANA name of the zone of these hours.
        zone: &'static str,
    },
}

/// Whether an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Status {
    /// One can enrol; that it takes place is not said yet.
    Tentative,
    /// It takes place.
    Confirmed,
    /// It does not take place on this day.
    Cancelled,
}

fn iso<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

fn iso_option<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(|date| date.to_string()).serialize(serializer)
}

/// The calendar of a route; none where its module or term is gone.
pub(super) fn calendar(desk: &Desk<'_>, of: &CalendarOf) -> Option<CalendarView> {
    let name = title(desk, of)?;
    let events = |sessions: &[(&Module, &Session)]| {
        let dated = sessions.iter().filter(|(_, session)| !session.entry.days.is_empty());
        dated.filter_map(|(module, session)| desk.events.of(desk, module, session)).collect()
    };
    let (page, sessions) = match of {
        CalendarOf::Site => (Route::Sessions(1), events(&desk.coming)),
        CalendarOf::Term(id) => (Route::Term(id.clone(), 1), events(desk.ways.dated(id))),
        CalendarOf::Module(id) | CalendarOf::Session(id, _) => {
            let module = desk.catalogue.modules.get(id)?;
            let is_meant = |session: &Session| match of {
                CalendarOf::Session(_, wanted) => session.id == *wanted,
                _ => true,
            };
            let sessions: Vec<_> =
                module.sessions.iter().filter(|session| is_meant(session)).map(|session| (module, session)).collect();
            (Route::Module(id.clone()), events(&sessions))
        }
    };
    Some(CalendarView {
        description: desk.tidy_option(desk.config.description.as_ref()).unwrap_or_else(|| name.clone()),
        name,
        url: whole(desk, &page),
        is_followed: !matches!(of, CalendarOf::Session(..)),
        sessions,
    })
}

/// The events of all sessions, each made when a calendar first asks: a session stands in seven of them or so.
pub(super) struct EventTable {
    /// Where those of a module begin.
    starts: Vec<usize>,
    made: Vec<OnceLock<Arc<SessionEvents>>>,
}

impl EventTable {
    /// Room for them.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut n_sessions = 0;
        let start = |module: &Module| {
            n_sessions += module.sessions.len();
            n_sessions - module.sessions.len()
        };
        let starts = catalogue.modules.values().map(start).collect();
        Self { starts, made: std::iter::repeat_with(OnceLock::new).take(n_sessions).collect() }
    }

    fn of(&self, desk: &Desk<'_>, module: &Module, session: &Session) -> Option<Arc<SessionEvents>> {
        let start = self.starts.get(desk.catalogue.modules.get_index_of(&module.id)?)?;
        let place = module.sessions.iter().position(|other| std::ptr::eq(other, session))?;
        let make = || Arc::new(SessionEvents { events: events(desk, module, session), ..SessionEvents::default() });
        Some(self.made.get(start + place)?.get_or_init(make).clone())
    }
}

/// What a calendar is called, where it is subscribed to and where a page announces it.
pub(super) fn title(desk: &Desk<'_>, of: &CalendarOf) -> Option<String> {
    let about = match of {
        CalendarOf::Site => return Some(desk.phrases.phrase("sessions_of", &[("site", &desk.site_title)])),
        CalendarOf::Term(id) => &desk.catalogue.terms.get(id)?.title,
        CalendarOf::Module(id) | CalendarOf::Session(id, _) => &desk.catalogue.modules.get(id)?.title,
    };
    let parts = [("title", brief(&desk.tidy(about))), ("site", desk.site_title.clone())];
    let parts = parts.each_ref().map(|(name, text)| (*name, text.as_str()));
    Some(desk.phrases.phrase("sessions_about", &parts))
}

/// The ways to a calendar: to fetch it once and, where the site says its own address, to follow it.
pub(super) fn links(desk: &Desk<'_>, of: CalendarOf) -> Option<CalendarLinks> {
    let route = Route::Calendar(of);
    let url = desk.table.url(&route)?;
    // Programs that know `webcal:` try https first, and http.
    let follow = desk.absolute(&route).and_then(|address| Some(format!("webcal:{}", address.split_once(':')?.1)));
    Some(CalendarLinks { url, follow_href: follow })
}

/// The events of a session: none without a date.
fn events(desk: &Desk<'_>, module: &Module, session: &Session) -> Vec<CalendarEvent> {
    let days = whens(session);
    let Some(one) = days.first().map(|first| event(desk, module, session, *first)) else { return Vec::new() };
    if days.len() == 1 {
        return vec![one];
    }
    let total = days.len().to_string();
    let with_day = |(number, when): (usize, &When)| {
        let day = match when {
            When::Days { first, .. } => first,
            When::Hours { day, .. } => day,
        };
        let place = desk.phrases.phrase("date_of", &[("n", &(number + 1).to_string()), ("total", &total)]);
        CalendarEvent {
            uid: uid(desk, module, session, Some(*day)),
            when: *when,
            description: format!("{place}\n{}", one.description),
            ..one.clone()
        }
    };
    days.iter().enumerate().map(with_day).collect()
}

/// When a session takes place. Of one whose first and last day alone are known, these two: what is between them would
/// be invented.
fn whens(session: &Session) -> Vec<When> {
    let days = &session.entry.days;
    match session.entry.times {
        Some((Some(start), end)) => {
            // An end that is not after the start is a slip, or of another day: the words are in the description.
            let end = end.filter(|end| *end > start);
            let zone = zone(session);
            days.iter().map(|day| When::Hours { day: *day, start, end, zone }).collect()
        }
        _ => runs(days).into_iter().map(|(first, last)| When::Days { first, last }).collect(),
    }
}

/// The zone in which the hours of a session are told: that of where it is held.
fn zone(session: &Session) -> &'static str {
    let by_departement = session.departement.as_deref().and_then(region_of_departement);
    let slug = session.region.as_ref().filter(|id| id.kind == TermKind::Region).map(|id| id.slug.as_str());
    let region = by_departement.or_else(|| built_in_regions().iter().find(|region| slug == Some(&region.slug)));
    region.map_or(PARIS, |region| &region.time_zone)
}

fn event(desk: &Desk<'_>, module: &Module, session: &Session, when: When) -> CalendarEvent {
    let matter = module.matter();
    let place = place(desk, module, session);
    let mut summary = desk.tidy(&module.title);
    if let Some(label) = own_label(desk, &session.entry, place.as_deref()) {
        summary = format!("{summary} – {label}");
    }
    if let Some(state) = state(desk, session).filter(|_| session.is_off()) {
        summary = format!("{}{}{summary}", state.label, desk.word("colon"));
    }
    let premises = session.entry.venue.iter().chain(&session.entry.address).map(|text| desk.tidy(text));
    let location: Vec<String> =
        premises.chain(place).filter(|part| !part.is_empty()).map(|part| brief(&part)).collect();
    let url = format!("{}#session-{}", whole(desk, &Route::Module(module.id.clone())), session.id);
    let topics = module.topics.iter().take(CALENDARS).filter_map(|id| desk.catalogue.terms.get(id));
    CalendarEvent {
        uid: uid(desk, module, session, None),
        changed: matter.updated.or(matter.published),
        status: status(session),
        summary: brief(&summary),
        description: description(desk, module, session, when, &url),
        location: (!location.is_empty()).then(|| location.join(", ")),
        url,
        categories: topics.map(|term| brief(&desk.tidy(&term.title))).collect(),
        when,
    }
}

/// The module, the session and, where it is several events, the day: none of them holds a dot, so no two are one. A
/// session that is moved to another day stays the same event.
fn uid(desk: &Desk<'_>, module: &Module, session: &Session, day: Option<Date>) -> String {
    let host = desk.config.base_url.as_ref().map_or("localhost", |base| base.host());
    let day = day.map(|day| format!(".{day}")).unwrap_or_default();
    format!("{}.{}{day}@{host}", module.id, session.id)
}

/// A date that is announced is no promise: only what its author calls confirmed, or what is full, is so. Of a session
/// without a state nothing is said. One that is put off does not take place on its day, as one that is cancelled.
fn status(session: &Session) -> Option<Status> {
    if session.is_off() {
        return Some(Status::Cancelled);
    }
    match session.entry.status {
        _ if session.is_full() => Some(Status::Confirmed),
        Some(SessionStatus::Confirmed) => Some(Status::Confirmed),
        Some(SessionStatus::Open) => Some(Status::Tentative),
        _ => None,
    }
}

fn description(desk: &Desk<'_>, module: &Module, session: &Session, when: When, url: &str) -> String {
    let entry = &session.entry;
    let phrases = desk.phrases;
    let mut lines: Vec<String> = Vec::new();
    // That a session is over is told by its day.
    let state = state(desk, session).filter(|_| session.is_off() || !session.is_past(desk.today()));
    lines.extend(state.map(|state| state.label));
    if entry.spans_gaps {
        lines.push(desk.word("first_and_last_day"));
    }
    if !matches!(when, When::Hours { end: Some(_), .. }) {
        lines.extend(times(desk, session));
    }
    let duration = module.matter().duration.as_ref().and_then(|duration| duration_lines(desk, duration));
    lines.extend(duration.map(|(main, _)| format!("{}{}{main}", desk.word("fact_duration"), desk.word("colon"))));
    let prices = if entry.prices.is_empty() { &module.matter().prices } else { &entry.prices };
    for price in prices.iter().take(PRICES) {
        let condition = price_condition(desk, price).map(|condition| format!(" ({condition})")).unwrap_or_default();
        let text = format!("{}{condition}", price_text(desk, price));
        lines.push(phrases.phrase("session_price", &[("price", &text)]));
    }
    if let Some(day) = entry.register_by.filter(|_| !session.is_past(desk.today())) {
        lines.push(phrases.phrase("register_before", &[("date", &desk.date(day).text)]));
    }
    let mut lines: Vec<String> = lines.iter().map(|line| brief(line)).collect();
    lines.push(url.to_owned());
    lines.join("\n")
}

/// A text that is not too long, cut where it is, on one line.
fn brief(text: &str) -> String {
    let cut = text.char_indices().nth(LONGEST_TEXT).map(|(at, _)| at);
    let words = text[..cut.unwrap_or(text.len())].split([' ', '\t', '\n', '\r']);
    let words = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if cut.is_some() { format!("{words}…") } else { words }
}
