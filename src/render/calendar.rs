//! Calendars (RFC 5545, with the name and the interval of RFC 7986), by the `icalendar` crate.
//!
//! The crate escapes, and knows which value is of which kind. It would take the clock for an event without a stamp, and
//! has no form for the definition of a zone, so all stamps come from the view, and `zones` writes its lines with the
//! crate's own.

mod zones;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use jiff::civil::{Date, DateTime};

use crate::output::Output;
use crate::value::Time;
use crate::view::calendar::{CalendarEvent, CalendarView, Status, When};

/// Who wrote the file. Without a version, so that another version changes no calendar.
const PRODUCT: &str = "-//Brochure//Sessions//FR";

/// How often a program that follows a calendar may ask for it: sites are built once a day.
const INTERVAL: &str = "P1D";

/// The stamp of what does not say when it was last changed: it has to say something, and never the clock.
const NEVER: Date = Date::constant(1970, 1, 1);

const END: &str = "END:VCALENDAR\r\n";

pub(super) fn render(view: &CalendarView) -> Option<Output> {
    let empty: String = (&head(view)).try_into().ok()?;
    let mut text = folded(empty.strip_suffix(END)?);
    let events = view.sessions.iter().flat_map(|session| &session.events);
    let zones: BTreeSet<&str> = events.filter_map(zone).collect();
    for zone in zones {
        zones::push(zone, &mut text)?;
    }
    for session in &view.sessions {
        text.push_str(session.written.get_or_init(|| written(&session.events)));
    }
    text.push_str(END);
    Some(Output::new(text.into_bytes()))
}

fn written(events: &[CalendarEvent]) -> String {
    let texts = events.iter().filter_map(|one| event(one).try_into_string().ok());
    texts.map(|text| folded(&text)).collect()
}

/// The most octets of a line, its end not counted (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// The same lines, folded anew: the last piece of a line that the crate has folded may have one octet too many.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + text.len() / LONGEST_LINE);
    for line in text.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut rest = line;
        let mut room = LONGEST_LINE;
        while rest.len() > room + "\r\n".len() {
            let cut = (1..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(room);
            let (piece, after) = rest.split_at(cut);
            folded.push_str(piece);
            folded.push_str("\r\n ");
            rest = after;
            // The space at the beginning counts.
            room = LONGEST_LINE - 1;
        }
        folded.push_str(rest);
    }
    folded
}

fn head(view: &CalendarView) -> Calendar {
    let mut head = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        head.append_property((key, value));
    }
    // The crate does not know that the names of RFC 7986 are texts, and escapes them only when told.
    for (key, text) in [("NAME", &view.name), ("DESCRIPTION", &view.description)] {
        head.append_property(typed(key, plain(text), "TEXT"));
    }
    head.append_property(("X-WR-CALNAME", plain(&view.name).as_str()));
    head.append_property(("X-WR-CALDESC", plain(&view.description).as_str()));
    head.append_property(typed("URL", view.url.clone(), "URI"));
    if view.is_followed {
        head.append_property(typed("REFRESH-INTERVAL", INTERVAL.to_owned(), "DURATION"));
        head.append_property(typed("X-PUBLISHED-TTL", INTERVAL.to_owned(), "DURATION"));
    }
    head
}

fn event(of: &CalendarEvent) -> Event {
    let mut event = Event::new();
    event.uid(&of.uid).summary(&plain(&of.summary)).description(&plain(&of.description)).url(&of.url);
    event.add_property("DTSTAMP", midnight(of.changed.unwrap_or(NEVER)));
    if let Some(day) = of.changed {
        event.add_property("LAST-MODIFIED", midnight(day));
    }
    if let Some(location) = &of.location {
        event.add_property("LOCATION", plain(location));
    }
    if !of.categories.is_empty() {
        event.categories(of.categories.iter().map(|name| plain(name)));
    }
    let status = of.status.map(|status| match status {
        Status::Tentative => EventStatus::Tentative,
        Status::Confirmed => EventStatus::Confirmed,
        Status::Cancelled => EventStatus::Cancelled,
    });
    if let Some(status) = status {
        event.status(status);
    }
    // What does not take place keeps nobody from anything else.
    event.add_property("TRANSP", if of.status == Some(Status::Cancelled) { "TRANSPARENT" } else { "OPAQUE" });
    match of.when {
        When::Days { first, last } => {
            event.append_property(typed("DTSTART", day(first), "DATE"));
            // The end is the day after the last one. After the last day of all there is none.
            event.append_property(typed("DTEND", day(last.tomorrow().unwrap_or(last)), "DATE"));
        }
        // Without an end, an event is a moment: how long a day of training lasts is not for us to guess.
        When::Hours { day, start, end, zone } => {
            for (key, time) in [("DTSTART", Some(start)), ("DTEND", end)] {
                let moment = time.map(|time| local(day, time));
                if let Some(moment) = moment {
                    event.append_property(Property::new(key, moment).add_parameter("TZID", zone).done());
                }
            }
        }
    }
    event
}

fn zone(event: &CalendarEvent) -> Option<&'static str> {
    match event.when {
        When::Hours { zone, .. } => Some(zone),
        When::Days { .. } => None,
    }
}

fn typed(key: &str, value: String, kind: &str) -> Property {
    Property::new(key, value).add_parameter("VALUE", kind).done()
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn midnight(date: Date) -> String {
    date.strftime("%Y%m%dT000000Z").to_string()
}

fn local(day: Date, time: Time) -> String {
    moment(day.at(time.hour().cast_signed(), time.minute().cast_signed(), 0, 0))
}

/// A moment in the time of some place.
fn moment(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// Text without the control characters that no calendar knows.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
