//! Sessions: dated, placed runs of a module.

use std::sync::Arc;

use jiff::ToSpan;

use crate::diagnostic::{Code, Diagnostic, Place, Placed};
use crate::value::date::Date;
use crate::value::time::Time;
use crate::yaml::{Field, Fields, Form, Key, MapForm, Reader};

use super::price::{PRICE_KEY, PRICES, PriceEntry, read_prices};
use super::trainer::{TRAINERS, TRAINERS_KEY, Trainers, read_trainers};

/// The key under which sessions stand.
pub static SESSIONS_KEY: Key = Key::new("sessions", "sessions").also(&["session", "dates et lieux"]);

pub(crate) static ID: Key = Key::new("id", "identifiant");
pub(crate) static LABEL: Key = Key::new("label", "libellé").also(&["groupe", "group"]);
pub(crate) static CITY: Key = Key::new("city", "ville");
pub(crate) static POSTCODE: Key = Key::new("postcode", "code-postal");
pub(crate) static DEPARTEMENT: Key = Key::new("departement", "département");
pub(crate) static REGION: Key = Key::new("region", "région");
pub(crate) static VENUE: Key = Key::new("venue", "lieu").also(&["salle"]);
pub(crate) static ADDRESS: Key = Key::new("address", "adresse");
pub(crate) static ACCESSIBLE: Key = Key::new("accessible", "accessible").also(&["accessibilité", "accessibility"]);
pub(crate) static START: Key = Key::new("start", "début");
pub(crate) static END: Key = Key::new("end", "fin");
pub(crate) static DATES: Key = Key::new("dates", "dates").also(&["date"]);
pub(crate) static TIMES: Key = Key::new("times", "horaires").also(&["horaire"]);
pub(crate) static STATUS: Key = Key::new("status", "état").also(&["statut"]);
pub(crate) static PLACES: Key = Key::new("places", "places");
pub(crate) static PLACES_LEFT: Key = Key::new("places_left", "places-restantes");
pub(crate) static REGISTER_BY: Key = Key::new("register_by", "inscription-avant").also(&["inscription-avant-le"]);
pub(crate) static REGISTER_URL: Key =
    Key::new("register_url", "lien-inscription").also(&["inscription", "lien-d-inscription"]);
pub(crate) static ONLINE_URL: Key = Key::new("online_url", "lien-visio");

/// The form of what stands under it.
pub static SESSIONS: Form = Form::List(&Form::Either(&[&Form::Date, &Form::Map(&SESSION)]));

/// The keys of a session.
pub static SESSION: MapForm = MapForm::new(
    "session",
    &[
        (&ID, &Form::Text),
        (&LABEL, &Form::Text),
        (&CITY, &Form::Text),
        (&POSTCODE, &Form::Text),
        (&DEPARTEMENT, &Form::Text),
        (&REGION, &Form::Text),
        (&VENUE, &Form::Text),
        (&ADDRESS, &Form::Text),
        (&ACCESSIBLE, &Form::Text),
        (&START, &Form::Date),
        (&END, &Form::Date),
        (&DATES, &Form::List(&Form::Either(&[&Form::Date, &Form::Map(&RANGE)]))),
        (&TIMES, &Form::Either(&[&Form::Text, &Form::Map(&HOURS)])),
        (&STATUS, &Form::Proposed(&STATUS_WORDS)),
        (&PLACES, &Form::NUMBER),
        (&PLACES_LEFT, &Form::NUMBER),
        (&REGISTER_BY, &Form::Date),
        (&REGISTER_URL, &Form::Text),
        (&PRICE_KEY, &PRICES),
        (&TRAINERS_KEY, &TRAINERS),
        (&ONLINE_URL, &Form::Text),
    ],
);

static RANGE: MapForm = MapForm::new("range", &[(&START, &Form::Date), (&END, &Form::Date)]);
static HOURS: MapForm = MapForm::new("times", &[(&START, &Form::Text), (&END, &Form::Text)]);

/// A range of days longer than this is a slip, not a session: two years.
const LONGEST_RANGE_IN_DAYS: i32 = 731;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SessionStatus {
    /// One can enrol.
    Open,
    /// It will take place.
    Confirmed,
    /// No place is left.
    Full,
    /// It will not take place.
    Cancelled,
    /// It will take place on another date.
    Postponed,
}

/// A session as its author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionEntry {
    /// Its own id, if given: it survives reordering.
    pub id: Option<String>,
    /// "Groupe 1"
    pub label: Option<String>,
    /// The town.
    pub city: Option<String>,
    /// Where the town is named.
    pub city_place: Option<Place>,
    /// The town's postcode.
    pub postcode: Option<Placed<String>>,
    /// The département, by number or name.
    pub departement: Option<Placed<String>>,
    /// The region.
    pub region: Option<Placed<String>>,
    /// Room, building.
    pub venue: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// What is to be known about access to the premises.
    pub accessible: Option<String>,
    /// The days, sorted, each once.
    pub days: Vec<Date>,
    /// Only the first and last day are known: the days between are not all days of training.
    pub spans_gaps: bool,
    /// Hours, the same each day.
    pub times: Option<(Option<Time>, Option<Time>)>,
    /// Hours in words that are no times.
    pub times_text: Option<String>,
    /// Where it stands.
    pub status: Option<SessionStatus>,
    /// The same, in words that are none of the list.
    pub status_text: Option<String>,
    /// Places in all.
    pub places: Option<u32>,
    /// Places that are left.
    pub places_left: Option<u32>,
    /// The last day to enrol.
    pub register_by: Option<Date>,
    /// Where to enrol.
    pub register_url: Option<Placed<String>>,
    /// A price of its own.
    pub prices: Vec<PriceEntry>,
    /// Trainers of its own.
    pub trainers: Trainers,
    /// Takes place remotely.
    pub online_url: Option<String>,
    /// Where it stands in the file, for what is found later.
    pub place: Place,
}

/// Reads one session or a list of them. The catalogue shares them.
pub fn read_sessions(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<Arc<SessionEntry>> {
    field.items().iter().filter_map(|item| read_session(item, reader)).map(Arc::new).collect()
}

fn read_session(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<SessionEntry> {
    let Some(mut fields) = item.fields() else {
        // A bare date is a session of that day; anything else needs the long form.
        let days = vec![item.date(reader)?];
        return Some(SessionEntry { days, ..SessionEntry::empty(item) });
    };
    let mut session = SessionEntry::empty(item);
    session.id = take_text(&mut fields, &ID, reader);
    session.label = take_text(&mut fields, &LABEL, reader);
    if let Some(field) = fields.take(&CITY, reader) {
        session.city = field.text(reader);
        session.city_place = Some(field.place());
    }
    session.postcode = fields.take(&POSTCODE, reader).and_then(|field| field.placed_text(reader));
    session.departement = fields.take(&DEPARTEMENT, reader).and_then(|field| field.placed_text(reader));
    session.region = fields.take(&REGION, reader).and_then(|field| field.placed_text(reader));
    session.venue = take_text(&mut fields, &VENUE, reader);
    session.address = take_text(&mut fields, &ADDRESS, reader);
    session.accessible = take_text(&mut fields, &ACCESSIBLE, reader);
    read_days(&mut fields, &mut session, reader);
    if let Some(field) = fields.take(&TIMES, reader) {
        read_times(&field, &mut session, reader);
    }
    if let Some(field) = fields.take(&STATUS, reader) {
        session.status = field.choice(STATUS_WORDS, reader);
        session.status_text = field.node.scalar().filter(|_| session.status.is_none());
    }
    session.places = fields.take(&PLACES, reader).and_then(|field| field.whole_number(reader));
    session.places_left = fields.take(&PLACES_LEFT, reader).and_then(|field| field.whole_number(reader));
    session.register_by = fields.take(&REGISTER_BY, reader).and_then(|field| field.date(reader));
    session.register_url = fields.take(&REGISTER_URL, reader).and_then(|field| field.placed_text(reader));
    session.prices = fields.take(&PRICE_KEY, reader).map(|field| read_prices(&field, reader)).unwrap_or_default();
    session.trainers =
        fields.take(&TRAINERS_KEY, reader).map(|field| read_trainers(&field, reader)).unwrap_or_default();
    session.online_url = take_text(&mut fields, &ONLINE_URL, reader);
    fields.finish(&SESSION, reader);
    Some(session)
}

static STATUS_WORDS: &[(SessionStatus, &[&str])] = &[
    (SessionStatus::Open, &["ouverte", "open", "ouvert"]),
    (SessionStatus::Confirmed, &["confirmee", "confirmed", "confirmé"]),
    (SessionStatus::Full, &["complete", "full", "complet"]),
    (SessionStatus::Cancelled, &["annulee", "cancelled", "annulé", "canceled"]),
    (SessionStatus::Postponed, &["reportee", "postponed", "reporté"]),
];

fn take_text(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<String> {
    fields.take(key, reader).and_then(|field| field.text(reader))
}

/// `dates: [..]`, each a day or `{start:, end:}`, or `start:` and `end:`.
fn read_days(fields: &mut Fields<'_>, session: &mut SessionEntry, reader: &mut Reader<'_>) {
    if let Some(field) = fields.take(&DATES, reader) {
        for item in field.items() {
            match item.fields() {
                Some(mut range) => {
                    session.spans_gaps |= read_range(&mut range, &item, &mut session.days, reader);
                    range.finish(&RANGE, reader);
                }
                None => session.days.extend(item.date(reader)),
            }
        }
    }
    let item = Field { node: &crate::yaml::Node::Null, key: "", path: fields.path().clone() };
    // Without `dates`, a start and an end mean every day between them.
    session.spans_gaps |= read_range(fields, &item, &mut session.days, reader);
    session.days.sort_unstable();
    session.days.dedup();
}

/// Adds the days from start to end; says whether the range is too long for each day to be meant.
fn read_range(fields: &mut Fields<'_>, around: &Field<'_>, days: &mut Vec<Date>, reader: &mut Reader<'_>) -> bool {
    let start_field = fields.take(&START, reader);
    let end_field = fields.take(&END, reader);
    let start = start_field.as_ref().and_then(|field| field.date(reader));
    let end = end_field.as_ref().and_then(|field| field.date(reader));
    match (start, end) {
        (Some(start), Some(end)) if end < start => {
            let (Some(start_field), Some(end_field)) = (&start_field, &end_field) else { return false };
            let diagnostic = Diagnostic::new(Code::EndBeforeStart, reader.file, end_field.place())
                .arg("start", start.to_string())
                .arg("end", end.to_string())
                .also(reader.file, start_field.place(), "start");
            reader.report(diagnostic);
            days.push(start);
            false
        }
        (Some(start), Some(end)) => {
            let length = (end - start).get_days();
            // Beyond two weeks a session is held on some days of the range, not on all of them.
            if length > 14 {
                days.extend([start, end]);
                if length > LONGEST_RANGE_IN_DAYS {
                    let place = end_field.as_ref().map_or_else(|| around.place(), Field::place);
                    let diagnostic =
                        Diagnostic::new(Code::UnknownValue, reader.file, place).message("message-long-session");
                    reader.report(diagnostic.help("help-long-session").arg("days", length.to_string()));
                }
                return true;
            }
            days.extend((0..=length).filter_map(|day| start.checked_add(day.days()).ok()));
            false
        }
        (Some(start), None) => {
            days.push(start);
            false
        }
        (None, Some(end)) => {
            // A start that could not be read is reported already.
            if start_field.is_none() {
                let place = end_field.as_ref().map_or_else(|| around.place(), Field::place);
                reader.report(Diagnostic::new(Code::SessionWithoutStart, reader.file, place));
            }
            days.push(end);
            false
        }
        (None, None) => false,
    }
}

fn read_times(field: &Field<'_>, session: &mut SessionEntry, reader: &mut Reader<'_>) {
    let Some(mut fields) = field.fields() else {
        session.times_text = field.text(reader);
        return;
    };
    let mut words = Vec::new();
    let mut time = |key: &Key, reader: &mut Reader<'_>| {
        let text = fields.take(key, reader).and_then(|field| field.text(reader))?;
        let time = Time::parse(&text);
        words.push(text);
        time
    };
    let (start, end) = (time(&START, reader), time(&END, reader));
    let read = usize::from(start.is_some()) + usize::from(end.is_some());
    if read == words.len() && read > 0 {
        session.times = Some((start, end));
    } else if !words.is_empty() {
        session.times_text = Some(words.join(" – "));
    }
    fields.finish(&HOURS, reader);
}

impl SessionEntry {
    fn empty(item: &Field<'_>) -> Self {
        Self {
            id: None,
            label: None,
            city: None,
            city_place: None,
            postcode: None,
            departement: None,
            region: None,
            venue: None,
            address: None,
            accessible: None,
            days: Vec::new(),
            spans_gaps: false,
            times: None,
            times_text: None,
            status: None,
            status_text: None,
            places: None,
            places_left: None,
            register_by: None,
            register_url: None,
            prices: Vec::new(),
            trainers: Trainers::default(),
            online_url: None,
            place: item.place(),
        }
    }

    /// The last day, after which the session is past.
    pub fn last_day(&self) -> Option<Date> {
        self.days.last().copied()
    }

    /// The first day.
    pub fn first_day(&self) -> Option<Date> {
        self.days.first().copied()
    }
}
