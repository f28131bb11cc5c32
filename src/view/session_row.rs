//! A session as lists and sheets show it: when, where, in which state, and how one enrols.

use crate::catalogue::{Module, Session};
use crate::config::CONFIG_PATH;
use crate::document::Mode;
use crate::entry::{LocationKind, SessionEntry};
use crate::fold::fold;
use crate::route::{CalendarOf, Route};
use crate::source::ContentPath;
use crate::value::Time;

use super::cards::{price_condition, price_text, state};
use super::desk::Desk;
use super::parts::{Action, SessionRow};

/// The row of a session. On its module's own page the row is headed by its label and town.
pub(super) fn session_row(desk: &Desk<'_>, module: &Module, session: &Session, on_module: bool) -> SessionRow {
    let entry = &session.entry;
    let place = place(desk, module, session);
    let label = desk.tidy_option(entry.label.as_ref());
    let own_title = match (&label, &entry.city) {
        // A label that names the town ("Groupe 1 – Lille") says it once.
        (Some(label), Some(city)) if !fold(label).contains(&fold(city)) => format!("{label} – {}", desk.tidy(city)),
        (Some(label), _) => label.clone(),
        (None, Some(city)) => desk.tidy(city),
        (None, None) => place.clone().unwrap_or_else(|| desk.word("session")),
    };
    let past = session.is_past(desk.today());
    let title = if on_module { own_title.clone() } else { desk.tidy(&module.title) };
    SessionRow {
        hue: desk.hue(desk.first_topic(module)),
        calendar: (on_module && !past).then(|| calendar_action(desk, module, session, &own_title)).flatten(),
        action: if past { None } else { session_action(desk, module, session, &own_title) },
        anchor: if on_module { format!("session-{}", session.id) } else { format!("{}-{}", module.id, session.id) },
        day: desk.day_block(&entry.days),
        dates: desk.dates(&entry.days),
        times: times(desk, session),
        venue: venue(desk, session, on_module),
        state: state(desk, session),
        notes: session_notes(desk, session, own_label(desk, entry, place.as_deref()).filter(|_| !on_module)),
        last_day: entry.last_day().map(|day| day.to_string()),
        url: (!on_module).then(|| desk.url(&Route::Module(module.id.clone()))),
        title,
        place,
    }
}

/// The label of a session, where it tells what town and date beside it do not.
pub(super) fn own_label(desk: &Desk<'_>, entry: &SessionEntry, place: Option<&str>) -> Option<String> {
    desk.tidy_option(entry.label.as_ref()).filter(|label| says_more(label, place, entry))
}

pub(super) fn times(desk: &Desk<'_>, session: &Session) -> Option<String> {
    let entry = &session.entry;
    let (start, end) = match entry.times {
        Some(times) => times,
        None => return desk.tidy_option(entry.times_text.as_ref()),
    };
    let words = |time: Option<Time>| time.map(|time| desk.phrases.time(time));
    match (words(start), words(end)) {
        (Some(start), Some(end)) => Some(desk.phrases.phrase("times", &[("start", &start), ("end", &end)])),
        (start, end) => start.or(end),
    }
}

/// "Strasbourg, Grand Est", or "À distance".
pub(super) fn place(desk: &Desk<'_>, module: &Module, session: &Session) -> Option<String> {
    let entry = &session.entry;
    let region = session.region.as_ref().and_then(|id| desk.catalogue.terms.get(id)).map(|term| desk.tidy(&term.title));
    let city = entry.city.as_ref().map(|city| match &session.departement {
        Some(number) => format!("{} ({number})", desk.tidy(city)),
        None => desk.tidy(city),
    });
    match (city, region) {
        (Some(city), Some(region)) => Some(format!("{city}, {region}")),
        (Some(city), None) => Some(city),
        (None, _) if entry.online_url.is_some() => Some(desk.word("virtual_class")),
        (None, Some(region)) => Some(region),
        (None, None) => match (module.matter().mode, module.matter().location.as_ref().and_then(|l| l.kind)) {
            (Some(Mode::Remote), _) | (_, Some(LocationKind::Remote)) => Some(desk.word("format_remote")),
            _ => None,
        },
    }
}

/// The room; on the module's own page with its address and how one gets in.
fn venue(desk: &Desk<'_>, session: &Session, on_module: bool) -> Option<String> {
    let entry = &session.entry;
    let mut parts: Vec<String> = entry.venue.iter().map(|text| desk.tidy(text)).collect();
    if on_module {
        parts.extend(entry.address.iter().map(|text| desk.tidy(text)));
        parts.extend(entry.accessible.as_ref().and_then(|text| match fold(text).as_str() {
            "true" | "oui" | "yes" | "vrai" => Some(desk.word("accessible_venue")),
            "false" | "non" | "no" | "faux" => None,
            _ => Some(desk.tidy(text)),
        }));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Whether a label tells what town and date beside it do not: "Groupe 2" does, "Lille" and "Lille, janvier" do not.
fn says_more(label: &str, place: Option<&str>, entry: &SessionEntry) -> bool {
    let place = fold(place.unwrap_or_default());
    let known: Vec<&str> = place.split(|c: char| !c.is_alphanumeric()).collect();
    let is_season = |word: &str| SEASONS.contains(&word) && !entry.days.is_empty();
    fold(label)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| !word.is_empty() && !known.contains(&word) && !is_season(word))
}

/// Words that a date says better, folded.
const SEASONS: [&str; 32] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "hiver",
    "printemps",
    "ete",
    "automne",
    "winter",
    "spring",
    "summer",
    "autumn",
];

fn session_notes(desk: &Desk<'_>, session: &Session, label: Option<String>) -> Vec<String> {
    let entry = &session.entry;
    let phrases = desk.phrases;
    let mut notes: Vec<String> = label.into_iter().collect();
    if let Some(places) = entry.places.filter(|_| entry.places_left.is_none()) {
        notes.push(phrases.count("places", places as usize));
    }
    if let Some(day) = entry.register_by.filter(|_| !session.is_past(desk.today())) {
        notes.push(phrases.phrase("register_before", &[("date", &desk.date(day).text)]));
    }
    for price in &entry.prices {
        let condition = price_condition(desk, price).map(|condition| format!(" ({condition})")).unwrap_or_default();
        let text = format!("{}{condition}", price_text(desk, price));
        notes.push(phrases.phrase("session_price", &[("price", &text)]));
    }
    let names: Vec<String> = entry
        .trainers
        .text
        .iter()
        .map(|text| desk.tidy(text))
        .chain(entry.trainers.people.iter().filter_map(|person| {
            let name = person.name.as_ref().or(person.role.as_ref())?;
            Some(desk.tidy(name))
        }))
        .collect();
    if !names.is_empty() {
        notes.push(phrases.phrase("session_trainers", &[("names", &names.join(", "))]));
    }
    notes
}

/// The session as a file for a calendar: not of one that does not take place.
fn calendar_action(desk: &Desk<'_>, module: &Module, session: &Session, own_title: &str) -> Option<Action> {
    let route = Route::Calendar(CalendarOf::Session(module.id.clone(), session.id.clone()));
    let url = desk.table.url(&route).filter(|_| !session.is_off())?;
    let context = Some(desk.phrases.phrase("action_context", &[("title", own_title)]));
    Some(Action { label: desk.word("add_to_agenda"), context, href: None, url: Some(url) })
}

fn session_action(desk: &Desk<'_>, module: &Module, session: &Session, own_title: &str) -> Option<Action> {
    if session.is_off() || !module.is_listed() {
        return None;
    }
    let title = format!("{}, {own_title}", desk.tidy(&module.title));
    let context = Some(desk.phrases.phrase("action_context", &[("title", &title)]));
    let email = desk.email_about(module);
    let has_begun = session.entry.first_day().is_some_and(|first| first <= desk.today());
    let closed = has_begun || session.entry.register_by.is_some_and(|last| last < desk.today());
    if session.is_full() && !has_begun {
        let subject = desk.phrases.phrase("mail_subject_waiting_list", &[("title", &title)]);
        let href = desk.mailto(&email?, &subject);
        return Some(Action { label: desk.word("waiting_list"), context, href: Some(href), url: None });
    }
    if closed || session.entry.days.is_empty() {
        return None;
    }
    let settings = ContentPath::new(CONFIG_PATH);
    let of_module = session.entry.register_url.as_ref().or(module.matter().access.url.as_ref());
    let of_module = of_module.map(|url| (url.value.as_str(), &module.document.path));
    let own = of_module.or_else(|| desk.config.access.url.as_ref().map(|url| (url.value.as_str(), &settings)));
    let label = desk.word("register");
    match own.filter(|(url, _)| !url.starts_with("mailto:")) {
        Some((target, file)) => {
            let link = desk.any_link(label, Some(target), file);
            let leads_somewhere = link.href.is_some() || link.url.is_some();
            leads_somewhere.then_some(Action { label: link.label, context, href: link.href, url: link.url })
        }
        None => {
            let written = own.and_then(|(url, _)| url.strip_prefix("mailto:")).and_then(|rest| rest.split('?').next());
            let email = written.map(str::to_owned).or(email)?;
            let subject = desk.phrases.phrase("mail_subject_register", &[("title", &title)]);
            Some(Action { label, context, href: Some(desk.mailto(&email, &subject)), url: None })
        }
    }
}
