//! What is written is read back by another program, whatever stands in it.

use std::sync::Arc;

use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty};
use calcard::{Entry, Parser};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::value::region::built_in_regions;
use crate::view::calendar::SessionEvents;

fn read(text: &str) -> ICalendar {
    let mut parser = Parser::new(text);
    let calendar = match parser.entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("{other:?}:\n{text}"),
    };
    assert!(matches!(parser.entry(), Entry::Eof), "something behind the calendar:\n{text}");
    calendar
}

fn as_text(view: &CalendarView) -> String {
    let output = render(view).expect("written");
    String::from_utf8(output.bytes.to_vec()).expect("text")
}

fn components(calendar: &ICalendar, kind: ICalendarComponentType) -> Vec<&ICalendarComponent> {
    calendar.components.iter().filter(|one| one.component_type == kind).collect()
}

/// All texts of a property, and none where it is missing.
fn texts(component: &ICalendarComponent, property: &ICalendarProperty) -> Vec<String> {
    let entries = component.entries.iter().filter(|entry| entry.name == *property);
    entries.flat_map(|entry| &entry.values).filter_map(|value| value.as_text()).map(str::to_owned).collect()
}

/// "2027-03-25" or "2027-03-25T09:00", and the zone.
fn when(event: &ICalendarComponent, property: &ICalendarProperty) -> Option<(String, Option<String>)> {
    let entry = event.property(property)?;
    let at = entry.values.first()?.as_partial_date_time()?;
    let day = format!("{:04}-{:02}-{:02}", at.year?, at.month?, at.day?);
    let time = at.hour.zip(at.minute).map(|(hour, minute)| format!("T{hour:02}:{minute:02}")).unwrap_or_default();
    Some((format!("{day}{time}"), entry.tz_id().map(str::to_owned)))
}

fn a_day() -> impl Strategy<Value = Date> {
    (1970i16..2100, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).expect("a day"))
}

fn a_time() -> impl Strategy<Value = Time> {
    (0u8..24, 0u8..60).prop_map(|(hour, minute)| Time::new(hour, minute).expect("a time"))
}

/// Words with all that has a meaning in a calendar, long enough to be folded anywhere.
fn a_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé ,;:\\\\\"\n]{1,30}",
        Just("é".repeat(80)),
        Just("👩🏽‍🏫".repeat(12)),
        Just("\\n\\,\\;".to_owned()),
        "\\PC{1,20}",
    ];
    vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

/// The same with one space at a time, as views have them: in lists the reader leaves out what is more.
fn a_name() -> impl Strategy<Value = String> {
    a_text()
        .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .prop_filter("a name", |name| !name.is_empty())
}

fn a_when() -> impl Strategy<Value = When> {
    let zones: Vec<&'static str> = built_in_regions().iter().map(|region| region.time_zone.as_str()).collect();
    let days = (a_day(), 0i64..14).prop_map(|(first, more)| When::Days { first, last: first + more.days() });
    let hours = (a_day(), a_time(), prop::option::of(a_time()), prop::sample::select(zones));
    prop_oneof![days, hours.prop_map(|(day, start, end, zone)| When::Hours { day, start, end, zone })]
}

fn an_event() -> impl Strategy<Value = CalendarEvent> {
    let statuses = [None, Some(Status::Tentative), Some(Status::Confirmed), Some(Status::Cancelled)];
    let texts = (a_text(), a_text(), prop::option::of(a_text()), vec(a_name(), 0..3));
    (a_when(), prop::option::of(a_day()), prop::sample::select(statuses.to_vec()), texts).prop_map(
        |(when, changed, status, (summary, description, location, categories))| CalendarEvent {
            uid: "module.session@example.org".to_owned(),
            changed,
            when,
            status,
            summary,
            description,
            location,
            url: "https://example.org/modules/module/#session-session".to_owned(),
            categories,
        },
    )
}

fn a_calendar() -> impl Strategy<Value = CalendarView> {
    (a_text(), a_text(), any::<bool>(), vec(an_event(), 0..4)).prop_map(
        |(name, description, is_followed, events_of)| {
            let events = |event| Arc::new(SessionEvents { events: vec![event], ..SessionEvents::default() });
            let sessions = events_of.into_iter().map(events).collect();
            CalendarView { name, description, url: "https://example.org/sessions/".to_owned(), is_followed, sessions }
        },
    )
}

proptest! {
    #[test]
    fn another_program_reads_what_was_meant(view in a_calendar()) {
        let text = as_text(&view);
        let calendar = read(&text);
        prop_assert_eq!(texts(&calendar.components[0], &ICalendarProperty::Name), vec![plain(&view.name)]);
        let events = components(&calendar, ICalendarComponentType::VEvent);
        prop_assert_eq!(events.len(), view.sessions.len());
        for (event, meant) in events.into_iter().zip(view.sessions.iter().flat_map(|session| &session.events)) {
            let of = |property: &ICalendarProperty| texts(event, property);
            prop_assert_eq!(of(&ICalendarProperty::Summary), vec![plain(&meant.summary)]);
            prop_assert_eq!(of(&ICalendarProperty::Description), vec![plain(&meant.description)]);
            prop_assert_eq!(of(&ICalendarProperty::Location), meant.location.iter().map(|text| plain(text)).collect::<Vec<_>>());
            prop_assert_eq!(of(&ICalendarProperty::Categories), meant.categories.iter().map(|text| plain(text)).collect::<Vec<_>>());
            let (start, end) = (when(event, &ICalendarProperty::Dtstart), when(event, &ICalendarProperty::Dtend));
            match meant.when {
                When::Days { first, last } => {
                    prop_assert_eq!(start, Some((first.to_string(), None)));
                    prop_assert_eq!(end, Some(((last + 1.day()).to_string(), None)), "the end is the day after");
                }
                When::Hours { day, start: meant_start, end: meant_end, zone } => {
                    let at = |time: Time| (format!("{day}T{time}"), Some(zone.to_owned()));
                    prop_assert_eq!(start, Some(at(meant_start)));
                    prop_assert_eq!(end, meant_end.map(at));
                }
            }
            let stamp = when(event, &ICalendarProperty::Dtstamp).map(|(stamp, _)| stamp);
            prop_assert_eq!(stamp, Some(format!("{}T00:00", meant.changed.unwrap_or(NEVER))));
            prop_assert_eq!(event.has_property(&ICalendarProperty::LastModified), meant.changed.is_some());
        }
    }

    #[test]
    fn lines_are_short_and_end_as_they_should(view in a_calendar()) {
        let text = as_text(&view);
        prop_assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        for line in text.strip_suffix("\r\n").expect("an end").split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.is_empty() && !line.contains(char::is_control), "{line:?}");
        }
    }

    #[test]
    fn each_zone_in_use_is_defined_once_and_no_other(view in a_calendar()) {
        let calendar = read(&as_text(&view));
        let defined: Vec<String> = components(&calendar, ICalendarComponentType::VTimezone)
            .into_iter()
            .flat_map(|zone| texts(zone, &ICalendarProperty::Tzid))
            .collect();
        let used: BTreeSet<&str> = view.sessions.iter().flat_map(|session| &session.events).filter_map(zone).collect();
        prop_assert_eq!(defined, used.into_iter().map(str::to_owned).collect::<Vec<_>>());
    }
}

/// The beginnings of summer and standard time in a year by the definition that is written, in UTC.
fn changes(definition: &str, year: i16) -> Vec<Timestamp> {
    let mut changes = Vec::new();
    for part in definition.split("BEGIN:").skip(2) {
        let value = |key: &str| part.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_else(|| panic!("{key}"));
        let rule = value("RRULE:FREQ=YEARLY;BYMONTH=");
        let month: i8 = rule.strip_suffix(";BYDAY=-1SU").expect("the last Sunday").parse().expect("a month");
        let hour: i8 = value("DTSTART:")[9..11].parse().expect("an hour");
        let before: i64 = value("TZOFFSETFROM:").parse::<i64>().expect("an offset") / 100;
        let mut day = Date::new(year, month, 1).expect("a day").last_of_month();
        while day.weekday() != Weekday::Sunday {
            day = day.yesterday().expect("a day");
        }
        let shown = day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a moment").timestamp();
        changes.push(shown - before.hours());
    }
    changes
}

#[test]
fn the_definition_of_paris_is_what_its_clocks_do() {
    let mut definition = String::new();
    zones::push("Europe/Paris", &mut definition).expect("written");
    let paris = TimeZone::get("Europe/Paris").expect("known");
    for year in 1997..2100 {
        let start = Date::constant(year, 1, 1).to_zoned(TimeZone::UTC).expect("a moment").timestamp();
        let own: Vec<Timestamp> = paris.following(start).take(2).map(|change| change.timestamp()).collect();
        assert_eq!(changes(&definition, year), own, "{year}");
    }
    for (kind, offsets) in [("DAYLIGHT", ["+0100", "+0200"]), ("STANDARD", ["+0200", "+0100"])] {
        let part = definition.split(&format!("BEGIN:{kind}")).nth(1).expect(kind);
        let lines = format!("TZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\n", offsets[0], offsets[1]);
        assert!(part.contains(&lines), "{part}");
    }
}

#[test]
fn the_other_zones_have_one_time_all_the_year() {
    let zones: BTreeSet<&str> = built_in_regions().iter().map(|region| region.time_zone.as_str()).collect();
    assert_eq!(zones.len(), 6);
    // Martinique had a summer time in 1980, and no other of them since the war.
    let start = Date::constant(1981, 1, 1).to_zoned(TimeZone::UTC).expect("a moment").timestamp();
    let mut told = BTreeSet::new();
    for zone in zones.into_iter().filter(|zone| *zone != "Europe/Paris") {
        let clocks = TimeZone::get(zone).expect("known");
        assert!(clocks.following(start).next().is_none(), "{zone} changes its clocks: its definition needs a rule");
        let mut definition = String::new();
        zones::push(zone, &mut definition).expect("written");
        let offset = definition.split("TZOFFSETTO:").nth(1).expect(zone).lines().next().expect("an offset");
        assert_eq!(offset, start.to_zoned(clocks).strftime("%z").to_string(), "{zone}");
        told.insert((zone, offset.to_owned()));
    }
    let known = [
        ("America/Cayenne", "-0300"),
        ("America/Guadeloupe", "-0400"),
        ("America/Martinique", "-0400"),
        ("Indian/Mayotte", "+0300"),
        ("Indian/Reunion", "+0400"),
    ];
    assert_eq!(told, known.map(|(zone, offset)| (zone, offset.to_owned())).into());
}
