//! Calendars as another program reads them: the same days, the right hours, and whose sessions stand where.

use std::collections::{BTreeMap, BTreeSet};

use brochure::value::Date;
use brochure::value::calendar::runs;
use brochure::value::region::built_in_regions;
use calcard::common::IanaString;
use calcard::icalendar::{ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use proptest::collection::vec;
use proptest::prelude::*;
use scraper::Html;

use crate::driver::{Built, DAY, TestSite};
use crate::outline::elements;

/// An event, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Event {
    uid: String,
    summary: String,
    description: String,
    location: String,
    status: String,
    transparency: String,
    stamp: String,
    /// "2027-03-25", or with hours, in UTC, "2027-03-25T08:00Z".
    start: String,
    /// The same; empty when there is none.
    end: String,
}

fn text_of(value: &ICalendarValue) -> String {
    match value {
        ICalendarValue::Status(status) => status.as_str().to_owned(),
        ICalendarValue::Transparency(transparency) => transparency.as_str().to_owned(),
        other => other.as_text().unwrap_or_default().to_owned(),
    }
}

fn property(event: &ICalendarComponent, property: &ICalendarProperty) -> String {
    event.property(property).and_then(|entry| entry.values.first()).map(text_of).unwrap_or_default()
}

/// A day as it is, a moment in UTC: by the reader's own zones.
fn moment(event: &ICalendarComponent, property: &ICalendarProperty) -> String {
    let Some(entry) = event.property(property) else { return String::new() };
    let at = entry.values.first().and_then(|value| value.as_partial_date_time()).expect("a date");
    if !at.has_time() {
        return format!(
            "{:04}-{:02}-{:02}",
            at.year.expect("a year"),
            at.month.expect("a month"),
            at.day.expect("a day")
        );
    }
    let zone = entry.tz_id().unwrap_or("UTC").parse().expect("a known zone");
    let there = at.to_date_time().and_then(|at| at.to_date_time_with_tz(zone)).expect("a moment");
    there.to_utc().format("%Y-%m-%dT%H:%MZ").to_string()
}

fn read(text: &str) -> Vec<Event> {
    let mut parser = Parser::new(text);
    let Entry::ICalendar(calendar) = parser.entry() else { panic!("no calendar:\n{text}") };
    assert!(matches!(parser.entry(), Entry::Eof), "something behind the calendar:\n{text}");
    for key in [ICalendarProperty::Version, ICalendarProperty::Prodid, ICalendarProperty::Name] {
        assert!(calendar.components[0].has_property(&key), "no {key:?}:\n{text}");
    }
    let events = calendar.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent);
    let event = |event: &ICalendarComponent| Event {
        uid: property(event, &ICalendarProperty::Uid),
        summary: property(event, &ICalendarProperty::Summary),
        description: property(event, &ICalendarProperty::Description),
        location: property(event, &ICalendarProperty::Location),
        status: property(event, &ICalendarProperty::Status),
        transparency: property(event, &ICalendarProperty::Transp),
        stamp: moment(event, &ICalendarProperty::Dtstamp),
        start: moment(event, &ICalendarProperty::Dtstart),
        end: moment(event, &ICalendarProperty::Dtend),
    };
    events.map(event).collect()
}

const SETTINGS: &str = "titre: Exemple\nadresse-du-site: https://example.org/formations/\n";

/// A site of one module, `m`, with these lines in its front matter.
fn site(matter: &str) -> TestSite {
    let module = format!("---\ntitre: Écouter\nmis-à-jour: 2026-10-01\n{matter}\n---\nTexte.\n");
    TestSite::of(&[("brochure.yaml", SETTINGS), ("content/modules/m.md", &module)])
}

/// The events of a module with this one session.
fn events_of(session: &str) -> Vec<Event> {
    read(site(&format!("sessions:\n  - {session}\n")).build(DAY).text("modules/m/sessions.ics"))
}

/// Starts and ends.
#[track_caller]
fn check(session: &str, expected: &[(&str, &str)]) {
    let events = events_of(session);
    let found: Vec<(&str, &str)> = events.iter().map(|event| (event.start.as_str(), event.end.as_str())).collect();
    assert_eq!(found, expected, "{session}");
}

#[test]
fn a_session_of_two_days_ends_on_the_second() {
    // The end is the day after the last one.
    check("{début: 2027-03-25, fin: 2027-03-26}", &[("2027-03-25", "2027-03-27")]);
    check("{dates: [2027-12-31]}", &[("2027-12-31", "2028-01-01")]);
    check("{début: 2028-02-28, fin: 2028-02-29}", &[("2028-02-28", "2028-03-01")]);
}

#[test]
fn days_that_do_not_follow_each_other_are_events_of_their_own() {
    let session = "{id: deux, dates: [2027-05-04, 2027-05-05, 2027-06-01]}";
    check(session, &[("2027-05-04", "2027-05-06"), ("2027-06-01", "2027-06-02")]);
    let uids: Vec<String> = events_of(session).into_iter().map(|event| event.uid).collect();
    assert_eq!(uids, ["m.deux.2027-05-04@example.org", "m.deux.2027-06-01@example.org"]);
    // Of a long range only its ends are known.
    check("{début: 2027-01-05, fin: 2027-03-20}", &[("2027-01-05", "2027-01-06"), ("2027-03-20", "2027-03-21")]);
    let events = events_of("{début: 2027-01-05, fin: 2027-03-20}");
    assert!(events[0].description.contains("Premier et dernier jour"), "{:?}", events[0]);
    assert!(events[1].description.starts_with("Date 2 sur 2\n"), "{:?}", events[1]);
}

#[test]
fn hours_are_those_of_the_place() {
    let hours = "horaires: {début: \"9:00\", fin: \"17:00\"}";
    let one = |place: &str, day: &str, start: &str, end: &str| {
        let (start, end) = (format!("{day}T{start}Z"), format!("{day}T{end}Z"));
        check(&format!("{{{place}, dates: [{day}], {hours}}}"), &[(&start, &end)]);
    };
    for day in ["2027-01-12", "2027-07-13"] {
        one("ville: Saint-Denis, région: La Réunion", day, "05:00", "13:00");
        one("ville: Saint-Pierre, département: \"974\"", day, "05:00", "13:00");
        one("ville: Mamoudzou, code-postal: \"97600\"", day, "06:00", "14:00");
        one("ville: Pointe-à-Pitre, région: Guadeloupe", day, "13:00", "21:00");
        one("ville: Fort-de-France, région: Martinique", day, "13:00", "21:00");
        one("ville: Cayenne, région: Guyane", day, "12:00", "20:00");
    }
    one("ville: Lille, région: Hauts-de-France", "2027-01-12", "08:00", "16:00");
    one("ville: Lille, région: Hauts-de-France", "2027-07-13", "07:00", "15:00");
    one("ville: Ajaccio, région: Corse", "2027-07-13", "07:00", "15:00");
    one("lien-visio: https://visio.example.org/", "2027-07-13", "07:00", "15:00");
    // The night of 31 October 2027 has an hour more, so nine o’clock is an hour later.
    check(
        &format!("{{ville: Lille, région: Hauts-de-France, début: 2027-10-30, fin: 2027-11-01, {hours}}}"),
        &[
            ("2027-10-30T07:00Z", "2027-10-30T15:00Z"),
            ("2027-10-31T08:00Z", "2027-10-31T16:00Z"),
            ("2027-11-01T08:00Z", "2027-11-01T16:00Z"),
        ],
    );
}

#[test]
fn hours_that_are_not_known_are_not_invented() {
    let at = |hours: &str| format!("{{ville: Lille, région: Hauts-de-France, dates: [2027-01-12], horaires: {hours}}}");
    check(&at("{début: \"9:00\"}"), &[("2027-01-12T08:00Z", "")]);
    check(&at("{fin: \"17:00\"}"), &[("2027-01-12", "2027-01-13")]);
    check(&at("{début: \"17:00\", fin: \"9:00\"}"), &[("2027-01-12T16:00Z", "")]);
    check(&at("le matin"), &[("2027-01-12", "2027-01-13")]);
    assert!(events_of(&at("le matin"))[0].description.contains("le matin"));
    check("{ville: Lille, région: Hauts-de-France}\n  - {dates: [2027-01-12]}", &[("2027-01-12", "2027-01-13")]);
}

#[test]
fn regions_of_a_sites_own_have_the_time_of_paris_unless_they_lie_elsewhere() {
    let site = site(
        "sessions:\n  - {région: Nord, dates: [2027-01-12], horaires: {début: \"9:00\"}}\n  \
         - {région: Îles, code-postal: \"97400\", dates: [2027-01-13], horaires: {début: \"9:00\"}}",
    );
    site.write("brochure.yaml", format!("{SETTINGS}régions: [Nord, Îles]\n"));
    let starts: Vec<String> =
        read(site.build(DAY).text("modules/m/sessions.ics")).into_iter().map(|event| event.start).collect();
    assert_eq!(starts, ["2027-01-12T08:00Z", "2027-01-13T05:00Z"]);
}

#[test]
fn a_state_is_told_as_calendars_know_it() {
    for (state, status, transparency, word) in [
        ("", "", "OPAQUE", None),
        (", état: sur liste", "", "OPAQUE", None),
        (", état: ouverte", "TENTATIVE", "OPAQUE", None),
        (", état: confirmee", "CONFIRMED", "OPAQUE", None),
        (", état: complete", "CONFIRMED", "OPAQUE", None),
        (", places-restantes: 0", "CONFIRMED", "OPAQUE", None),
        (", état: annulee", "CANCELLED", "TRANSPARENT", Some("Session annulée\u{A0}: ")),
        (", état: reportee", "CANCELLED", "TRANSPARENT", Some("Session reportée\u{A0}: ")),
    ] {
        let built = site(&format!("sessions:\n  - {{dates: [2027-01-12]{state}}}\n")).build(DAY);
        for path in ["sessions.ics", "modules/m/sessions.ics", "modules/m/session-1.ics"] {
            let events = read(built.text(path));
            assert_eq!(events.len(), 1, "{path}{state}");
            assert_eq!((events[0].status.as_str(), events[0].transparency.as_str()), (status, transparency), "{state}");
            assert_eq!(events[0].summary, format!("{}Écouter", word.unwrap_or_default()));
        }
        let page = Html::parse_document(built.text("modules/m/index.html"));
        let struck: String = elements(&page, ".session s").iter().flat_map(|element| element.text()).collect();
        assert_eq!(struck.replace('\u{A0}', " ").contains("12 janvier 2027"), word.is_some(), "{state}: {struck}");
        // Nobody needs what does not take place among his own dates.
        let added = !elements(&page, ".session a[href$='session-1.ics']").is_empty();
        assert_eq!(added, word.is_none(), "{state}");
    }
}

#[test]
fn an_event_says_what_is_to_be_known_and_no_more() {
    let event = &events_of(
        "{libellé: Groupe 2, ville: Strasbourg, code-postal: \"67000\", lieu: Salle B, adresse: \"3, rue Verte\", \
         dates: [2027-01-12], inscription-avant: 2026-12-20, tarif: 400 € HT par personne, état: ouverte, \
         lien-visio: https://visio.example.org/secret}",
    )[0];
    assert_eq!(event.summary, "Écouter – Groupe 2");
    assert_eq!(event.location, "Salle B, 3, rue Verte, Strasbourg (67), Grand Est");
    assert_eq!(event.stamp, "2026-10-01T00:00Z");
    let lines: Vec<String> = event.description.lines().map(|line| line.replace('\u{A0}', " ")).collect();
    assert_eq!(
        lines,
        [
            "Places disponibles",
            "Tarif : 400 € HT par personne",
            "Inscription avant le 20 décembre 2026",
            "https://example.org/formations/modules/m/#session-groupe-2",
        ]
    );
}

/// The uids of a calendar.
fn uids(built: &Built, path: &str) -> Vec<String> {
    let uid = |event: Event| event.uid.split('@').next().unwrap_or_default().to_owned();
    read(built.text(path)).into_iter().map(uid).collect()
}

/// Two modules that are offered, and one that is no longer.
fn three_modules() -> TestSite {
    let site = TestSite::of(&[("brochure.yaml", SETTINGS)]);
    let module = |id: &str, matter: &str| {
        site.write(&format!("content/modules/{id}.md"), format!("---\ntitre: Module {id}\n{matter}\n---\nTexte.\n"));
    };
    module(
        "un",
        "thèmes: [Écoute]\npublics: [Soignants]\nsessions:\n  - {id: passee, dates: [2026-01-12]}\n  \
         - {id: nord, région: Hauts-de-France, dates: [2027-02-02]}\n  \
         - {id: est, région: Grand Est, dates: [2027-01-05], état: annulee}\n  - {id: un-jour, ville: Lille}\n",
    );
    module("deux", "thèmes: [Écoute, Parole]\nrégions: [Bretagne]\nsessions:\n  - {id: vide}\n");
    module("trois", "thèmes: [Écoute]\narchivé: oui\nsessions:\n  - {id: ancienne, dates: [2027-03-03]}\n");
    site
}

#[test]
fn each_session_stands_where_it_is_looked_for() {
    let built = three_modules().build(DAY);
    for path in ["sessions.ics", "themes/ecoute/sessions.ics", "publics/soignants/sessions.ics"] {
        assert_eq!(uids(&built, path), ["un.est", "un.nord"], "{path}");
    }
    assert_eq!(uids(&built, "regions/hauts-de-france/sessions.ics"), ["un.nord"]);
    assert_eq!(uids(&built, "regions/grand-est/sessions.ics"), ["un.est"]);
    // Nothing yet, and already a calendar.
    for path in ["themes/parole/sessions.ics", "regions/bretagne/sessions.ics"] {
        assert_eq!(uids(&built, path), [""; 0], "{path}");
    }
    assert_eq!(uids(&built, "modules/un/sessions.ics"), ["un.passee", "un.est", "un.nord"]);
    assert_eq!(uids(&built, "modules/un/nord.ics"), ["un.nord"]);
    assert_eq!(uids(&built, "modules/trois/sessions.ics"), ["trois.ancienne"]);
    built.expect_absent(&["modules/un/passee.ics", "modules/un/un-jour.ics", "modules/deux/sessions.ics"]);
}

#[test]
fn pages_lead_to_their_calendars_and_search_engines_do_not() {
    let built = three_modules().build(DAY);
    let announced = |path: &str| -> Vec<String> {
        let page = Html::parse_document(built.text(path));
        let links = elements(&page, "link[rel=alternate][type='text/calendar']");
        links.iter().filter_map(|link| link.attr("href")).map(str::to_owned).collect()
    };
    assert_eq!(announced("index.html"), ["./sessions.ics"]);
    assert_eq!(announced("sessions/index.html"), ["../sessions.ics"]);
    assert_eq!(announced("themes/ecoute/index.html"), ["../../themes/ecoute/sessions.ics"]);
    assert_eq!(announced("modules/un/index.html"), ["../../modules/un/sessions.ics"]);
    for path in ["modules/deux/index.html", "themes/parole/index.html", "catalogue/index.html"] {
        assert_eq!(announced(path), [""; 0], "{path}");
    }
    built.contains("sessions/index.html", "href=\"webcal://example.org/formations/sessions.ics\"");
    built.contains("modules/un/index.html", "href=\"../../modules/un/nord.ics\"");
    built.lacks("sitemap.xml", ".ics");
}

#[test]
fn without_an_address_nobody_is_sent_to_it() {
    let site = three_modules();
    site.write("brochure.yaml", "titre: Exemple\n");
    let built = site.build(DAY);
    let page = built.text("sessions/index.html");
    assert!(page.contains("sessions.ics") && !page.contains("webcal:"), "{page}");
    let event = &read(built.text("modules/un/nord.ics"))[0];
    assert_eq!((event.uid.as_str(), event.stamp.as_str()), ("un.nord@localhost", "1970-01-01T00:00Z"));
    assert!(event.description.ends_with("http://localhost/modules/un/#session-nord"), "{}", event.description);
}

#[test]
fn an_event_is_the_same_wherever_and_whenever_it_is_read() {
    let site = three_modules();
    let mut known: BTreeMap<String, Event> = BTreeMap::new();
    for day in [DAY, "2026-12-24"] {
        let built = site.build(day);
        for path in built.paths().into_iter().filter(|path| path.ends_with(".ics")) {
            let events = read(built.text(path));
            let unique: BTreeSet<&String> = events.iter().map(|event| &event.uid).collect();
            assert_eq!(unique.len(), events.len(), "{path}: a uid twice");
            for event in events {
                assert_eq!(known.entry(event.uid.clone()).or_insert_with(|| event.clone()), &event, "{path}");
            }
        }
    }
    assert_eq!(known.len(), 4);
}

#[test]
fn names_that_collide_are_told_apart_or_told() {
    let built = site("sessions:\n  - {id: sessions, dates: [2027-01-12]}\n  - {id: sessions-2, dates: [2027-01-13]}")
        .build(DAY);
    assert_eq!(uids(&built, "modules/m/sessions.ics"), ["m.sessions", "m.sessions-2"]);
    assert_eq!(uids(&built, "modules/m/sessions-3.ics"), ["m.sessions"]);
    assert_eq!(uids(&built, "modules/m/sessions-2.ics"), ["m.sessions-2"]);
    built.contains("modules/m/index.html", "modules/m/sessions-3.ics");
    // A file of the author's own in its place, and links of the author to the calendar.
    let site = site("sessions:\n  - {dates: [2027-01-12]}");
    site.write("content/pages/a.md", "---\ntitre: A\n---\n[Agenda](/sessions.ics), [un](/modules/m/session-1.ics)\n");
    site.build(DAY).contains("a/index.html", "href=\"../modules/m/session-1.ics\"");
    site.write("content/modules/m/sessions.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    site.attempt(DAY).expect_codes(&["duplicate-address"]);
}

#[test]
fn the_calendars_of_the_shipped_brochure_tell_of_the_dates_on_its_pages() {
    let built = TestSite::shipped().build(DAY);
    let time = scraper::Selector::parse("time").expect("a selector");
    // Of days that follow each other, a page may name the first and the last alone.
    let named = |days: Vec<Date>| -> BTreeSet<Date> {
        runs(&days).into_iter().flat_map(|(first, last)| [first, last]).collect()
    };
    let mut on_pages: BTreeMap<String, BTreeSet<Date>> = BTreeMap::new();
    let mut in_calendars: BTreeMap<String, BTreeSet<Date>> = BTreeMap::new();
    for path in built.paths().into_iter().filter(|path| path.starts_with("modules/")) {
        let module = path.split('/').nth(1).unwrap_or_default();
        if path.ends_with("/index.html") {
            for row in elements(&Html::parse_document(built.text(path)), "li.session[data-last-day]") {
                let id = row.attr("id").and_then(|id| id.strip_prefix("session-")).expect("an id");
                let days = row.select(&time).filter_map(|time| time.attr("datetime")?.parse().ok());
                on_pages.insert(format!("{module}.{id}"), named(days.collect()));
            }
        } else if path.ends_with("/sessions.ics") {
            let mut days: BTreeMap<String, Vec<Date>> = BTreeMap::new();
            for event in read(built.text(path)) {
                let session = event.uid.split(['.', '@']).take(2).collect::<Vec<_>>().join(".");
                days.entry(session).or_default().extend(days_of(&event));
            }
            in_calendars.extend(days.into_iter().map(|(session, days)| (session, named(days))));
        }
    }
    assert!(on_pages.len() > 20, "{} sessions", on_pages.len());
    assert_eq!(in_calendars, on_pages);
}

/// The days of an event: those on which it takes place, all of them.
fn days_of(event: &Event) -> Vec<Date> {
    let day = |text: &str| text[..10].parse::<Date>().expect("a day");
    let (first, end) = (day(&event.start), day(&event.end));
    let mut days = vec![first];
    while event.start.len() == 10 && days.last().and_then(|last| last.tomorrow().ok()).is_some_and(|next| next < end) {
        days.extend(days.last().and_then(|last| last.tomorrow().ok()));
    }
    days
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever days a session has: its calendar has just these, in every zone, with hours and without.
    #[test]
    fn a_calendar_has_just_the_days_of_its_session(
        days in vec((2027i16..2030, 1i8..=12, 1i8..=28), 1..9),
        spread in 0u8..3,
        region in 0usize..18,
        hours in proptest::option::of((8u8..12, 13u8..19)),
        label in "[a-z]{1,8}[,;: é\\\\]{1,4}[a-z👩🏽‍🏫é ]{1,80}",
    ) {
        let mut wanted: Vec<Date> = days.into_iter().map(|(year, month, day)| {
            // Near days often follow each other.
            let month = if spread == 0 { 6 } else { month };
            let year = if spread == 2 { year } else { 2027 };
            Date::new(year, month, day).expect("a day")
        }).collect();
        let list: Vec<String> = wanted.iter().map(|day| day.to_string()).collect();
        let times = hours.map(|(from, to)| format!(", horaires: {{début: \"{from}:30\", fin: \"{to}:15\"}}")).unwrap_or_default();
        let region = &built_in_regions()[region];
        let label = serde_json::to_string(&label).expect("text");
        let session = format!("{{id: s, libellé: {label}, région: {}, dates: [{}]{times}}}", region.name, list.join(", "));
        let events = events_of(&session);
        wanted.sort_unstable();
        wanted.dedup();
        prop_assert_eq!(events.iter().flat_map(days_of).collect::<Vec<_>>(), wanted);
        let uids: BTreeSet<&String> = events.iter().map(|event| &event.uid).collect();
        prop_assert_eq!(uids.len(), events.len());
        let zone = jiff::tz::TimeZone::get(&region.time_zone).expect("known");
        for event in &events {
            prop_assert_eq!(event.start.ends_with('Z'), hours.is_some());
            let Some((from, to)) = hours else { continue };
            for (text, hour, minute) in [(&event.start, from, 30), (&event.end, to, 15)] {
                let there = text.parse::<jiff::Timestamp>().expect("a moment").to_zoned(zone.clone()).time();
                prop_assert_eq!((there.hour(), there.minute()), (hour.cast_signed(), minute));
            }
        }
    }
}
