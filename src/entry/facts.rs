//! Smaller facts of a module: series, group, place, certification, results, codes, level.

use crate::diagnostic::Place;
use crate::value::date::Date;
use crate::value::number::Decimal;
use crate::yaml::{Field, Fields, Form, Key, MapForm, Reader};

pub(crate) static NAME: Key = Key::new("name", "nom").also(&["title", "titre"]);
pub(crate) static NUMBER: Key = Key::new("number", "numéro").also(&["n°"]);
pub(crate) static MIN: Key = Key::new("min", "min").also(&["minimum"]);
pub(crate) static MAX: Key = Key::new("max", "max").also(&["maximum"]);
pub(crate) static TYPE: Key = Key::new("type", "type");
pub(crate) static TEXT: Key = Key::new("text", "texte");
pub(crate) static ADDRESS: Key = Key::new("address", "adresse");
pub(crate) static REGISTER: Key = Key::new("register", "répertoire");
pub(crate) static CODE: Key = Key::new("code", "code");
pub(crate) static CERTIFIER: Key = Key::new("certifier", "certificateur");
pub(crate) static REGISTERED_ON: Key = Key::new("registered_on", "enregistrée-le").also(&["date"]);
pub(crate) static BLOCKS: Key = Key::new("blocks", "blocs");
pub(crate) static RATE: Key = Key::new("rate", "taux");
pub(crate) static EQUIVALENCES: Key = Key::new("equivalences", "équivalences");
pub(crate) static OUTLETS: Key = Key::new("outlets", "débouchés");
pub(crate) static VALUE: Key = Key::new("value", "valeur");
pub(crate) static UNIT: Key = Key::new("unit", "unité");
pub(crate) static PERIOD: Key = Key::new("period", "période");
pub(crate) static SAMPLE: Key = Key::new("sample", "échantillon").also(&["réponses"]);
pub(crate) static SOURCE: Key = Key::new("source", "source");
pub(crate) static FORMACODE: Key = Key::new("formacode", "formacode");
pub(crate) static FORMACODE_VERSION: Key = Key::new("formacode_version", "version-formacode");
pub(crate) static NSF: Key = Key::new("nsf", "nsf");
pub(crate) static ROME: Key = Key::new("rome", "rome");
pub(crate) static PUBLIC: Key = Key::new("public", "public");
pub(crate) static ENTRY: Key = Key::new("entry", "entrée");
pub(crate) static ENTRY_REQUIRED: Key = Key::new("entry_required", "entrée-exigée");
pub(crate) static EXIT: Key = Key::new("exit", "sortie");

static SERIES: MapForm = MapForm::new("series", &[(&NAME, &Form::Text), (&NUMBER, &Form::NUMBER)]);
static GROUP: MapForm = MapForm::new("group", &[(&MIN, &Form::NUMBER), (&MAX, &Form::NUMBER), (&TEXT, &Form::Text)]);
static LOCATION: MapForm = MapForm::new(
    "location",
    &[(&TYPE, &Form::Proposed(&LOCATION_KINDS)), (&TEXT, &Form::Text), (&ADDRESS, &Form::Text)],
);
static CERTIFICATION: MapForm = MapForm::new(
    "certification",
    &[
        (&NAME, &Form::Text),
        (&REGISTER, &Form::Text),
        (&CODE, &Form::Text),
        (&CERTIFIER, &Form::Text),
        (&REGISTERED_ON, &Form::Date),
        (&BLOCKS, &Form::TEXTS),
        (&RATE, &Form::Text),
        (&EQUIVALENCES, &Form::Text),
        (&OUTLETS, &Form::Text),
    ],
);
/// The form of one result.
pub static RESULT: MapForm = MapForm::new(
    "result",
    &[
        (&NAME, &Form::Text),
        (&VALUE, &Form::Text),
        (&UNIT, &Form::Text),
        (&PERIOD, &Form::Text),
        (&SAMPLE, &Form::Text),
        (&SOURCE, &Form::Text),
    ],
);
static CODES: MapForm = MapForm::new(
    "codes",
    &[
        (&FORMACODE, &Form::TEXTS),
        (&FORMACODE_VERSION, &Form::Text),
        (&NSF, &Form::TEXTS),
        (&ROME, &Form::TEXTS),
        (&PUBLIC, &Form::TEXTS),
    ],
);
static LEVEL: MapForm =
    MapForm::new("level", &[(&ENTRY, &Form::Text), (&ENTRY_REQUIRED, &Form::Boolean), (&EXIT, &Form::Text)]);

/// The form of a series.
pub static SERIES_FORM: Form = Form::Either(&[&Form::Text, &Form::Map(&SERIES)]);
/// The form of a group.
pub static GROUP_FORM: Form = Form::Either(&[&Form::Text, &Form::Map(&GROUP)]);
/// The form of a place.
pub static LOCATION_FORM: Form = Form::Either(&[&Form::Proposed(&LOCATION_KINDS), &Form::Map(&LOCATION)]);
/// The form of a certification.
pub static CERTIFICATION_FORM: Form = Form::Either(&[&Form::Text, &Form::Map(&CERTIFICATION)]);
/// The form of results.
pub static RESULTS: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&RESULT)]));
/// The form of codes.
pub static CODES_FORM: Form = Form::Either(&[&Form::Text, &Form::Items(&Form::Text), &Form::Map(&CODES)]);
/// The form of levels.
pub static LEVEL_FORM: Form = Form::Either(&[&Form::Text, &Form::Map(&LEVEL)]);

static LOCATION_KINDS: &[(LocationKind, &[&str])] = &[
    (LocationKind::OnSite, &["sur-site-client", "sur site", "on-site", "in situ"]),
    (LocationKind::Provider, &["organisme", "provider", "dans nos locaux"]),
    (LocationKind::Remote, &["distance", "remote", "à distance", "distanciel"]),
    (LocationKind::Other, &["autre", "other"]),
];

fn text(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<String> {
    fields.take(key, reader).and_then(|field| field.text(reader))
}

fn texts(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Vec<String> {
    fields.take(key, reader).map(|field| field.texts(reader)).unwrap_or_default()
}

/// The series that a module belongs to, and its place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The series.
    pub name: String,
    /// The module's number in it.
    pub number: Option<u32>,
}

impl Series {
    /// Reads a text (the name) or a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(mut fields) = field.fields() else {
            return Some(Self { name: field.text(reader)?, number: None });
        };
        let name = text(&mut fields, &NAME, reader);
        let number = fields.take(&NUMBER, reader).and_then(|field| field.whole_number(reader));
        fields.finish(&SERIES, reader);
        Some(Self { name: name?, number })
    }
}

/// How many people take part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// At least so many.
    pub min: Option<u32>,
    /// At most so many.
    pub max: Option<u32>,
    /// In words, when it is no number.
    pub text: Option<String>,
}

impl Group {
    /// Reads a number (the most), a range `8-12`, words, or a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        if let Some(mut fields) = field.fields() {
            let group = Self {
                min: fields.take(&MIN, reader).and_then(|field| field.whole_number(reader)),
                max: fields.take(&MAX, reader).and_then(|field| field.whole_number(reader)),
                text: text(&mut fields, &TEXT, reader),
            };
            fields.finish(&GROUP, reader);
            return group;
        }
        let Some(written) = field.text(reader) else { return Self::default() };
        let numbers: Vec<u32> = written.split(['-', '–', 'à']).filter_map(|part| part.trim().parse().ok()).collect();
        match (numbers.as_slice(), written.split(['-', '–', 'à']).count()) {
            ([max], 1) => Self { max: Some(*max), ..Self::default() },
            ([min, max], 2) => Self { min: Some(*min), max: Some(*max), text: None },
            _ => Self { text: Some(written), ..Self::default() },
        }
    }
}

/// What kind of place a module is given at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocationKind {
    /// On the client's premises.
    OnSite,
    /// On the provider's premises.
    Provider,
    /// Remotely.
    Remote,
    /// Anywhere else.
    Other,
}

/// Where a module is given when no session says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    /// The kind of place.
    pub kind: Option<LocationKind>,
    /// In the author's words.
    pub text: Option<String>,
    /// Postal address.
    pub address: Option<String>,
}

impl Location {
    /// Reads words or a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            let Some(written) = field.text(reader) else { return Self::default() };
            let folded = crate::fold::fold(&written);
            let known =
                LOCATION_KINDS.iter().find(|(_, words)| words.iter().any(|word| crate::fold::fold(word) == folded));
            return match known {
                // The kind's own key is no wording for readers: the page says it in its own words.
                Some((kind, words)) if crate::fold::fold(words[0]) == folded => {
                    Self { kind: Some(*kind), ..Self::default() }
                }
                known => Self { kind: known.map(|(kind, _)| *kind), text: Some(written), address: None },
            };
        };
        let mut location =
            Self { kind: None, text: text(&mut fields, &TEXT, reader), address: text(&mut fields, &ADDRESS, reader) };
        if let Some(field) = fields.take(&TYPE, reader) {
            location.kind = field.choice(LOCATION_KINDS, reader);
            // A word that is none of the list is shown as it is written.
            let word = field.node.scalar().filter(|_| location.kind.is_none());
            location.text = location.text.or(word);
        }
        fields.finish(&LOCATION, reader);
        location
    }
}

/// What a certifying module leads to (Qualiopi, indicator 3).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Certification {
    /// The exact title.
    pub title: Option<String>,
    /// RNCP or RS.
    pub register: Option<String>,
    /// Its number there.
    pub code: Option<String>,
    /// Who certifies.
    pub certifier: Option<String>,
    /// The day it was registered.
    pub registered_on: Option<Date>,
    /// Its blocks.
    pub blocks: Vec<String>,
    /// The success rate.
    pub rate: Option<String>,
    /// What it is equivalent to.
    pub equivalences: Option<String>,
    /// What it leads to.
    pub outlets: Option<String>,
}

impl Certification {
    /// Reads a text (the title) or a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { title: field.text(reader), ..Self::default() };
        };
        let certification = Self {
            title: text(&mut fields, &NAME, reader),
            register: text(&mut fields, &REGISTER, reader),
            code: text(&mut fields, &CODE, reader),
            certifier: text(&mut fields, &CERTIFIER, reader),
            registered_on: fields.take(&REGISTERED_ON, reader).and_then(|field| field.date(reader)),
            blocks: texts(&mut fields, &BLOCKS, reader),
            rate: text(&mut fields, &RATE, reader),
            equivalences: text(&mut fields, &EQUIVALENCES, reader),
            outlets: text(&mut fields, &OUTLETS, reader),
        };
        fields.finish(&CERTIFICATION, reader);
        certification
    }
}

/// A result that is published (Qualiopi, indicator 2): a number, its unit, the period it is of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultEntry {
    /// What was measured.
    pub name: Option<String>,
    /// The number; words when it is none.
    pub value: Option<String>,
    /// The number again, when it is one.
    pub number: Option<Decimal>,
    /// `%`, `/10`, `/5`, `nombre`.
    pub unit: Option<String>,
    /// The period.
    pub period: Option<String>,
    /// How many answered.
    pub sample: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Where it is written.
    pub place: Option<Place>,
}

impl ResultEntry {
    /// Reads one result or a list of them; a bare text is the result in words.
    pub fn read_all(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<Self> {
        field.items().iter().map(|item| Self::read(item, reader)).collect()
    }

    fn read(item: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = item.fields() else {
            return Self { name: item.text(reader), place: Some(item.place()), ..Self::default() };
        };
        let value = text(&mut fields, &VALUE, reader);
        let result = Self {
            name: text(&mut fields, &NAME, reader),
            number: value.as_deref().and_then(Decimal::parse),
            value,
            unit: text(&mut fields, &UNIT, reader),
            period: text(&mut fields, &PERIOD, reader),
            sample: text(&mut fields, &SAMPLE, reader),
            source: text(&mut fields, &SOURCE, reader),
            place: Some(item.place()),
        };
        fields.finish(&RESULT, reader);
        result
    }
}

/// Codes of the national nomenclatures, kept as text with their zeros.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Codes {
    /// Formacode, five digits each.
    pub formacode: Vec<String>,
    /// The edition that they are of.
    pub formacode_version: Option<String>,
    /// NSF, three digits each.
    pub nsf: Vec<String>,
    /// ROME, a letter and four digits each.
    pub rome: Vec<String>,
    /// Public codes, five digits each.
    pub public: Vec<String>,
}

impl Codes {
    /// Reads a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { formacode: field.texts(reader), ..Self::default() };
        };
        let codes = Self {
            formacode: texts(&mut fields, &FORMACODE, reader),
            formacode_version: text(&mut fields, &FORMACODE_VERSION, reader),
            nsf: texts(&mut fields, &NSF, reader),
            rome: texts(&mut fields, &ROME, reader),
            public: texts(&mut fields, &PUBLIC, reader),
        };
        fields.finish(&CODES, reader);
        codes
    }
}

/// The level at which a module starts and ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// The entry level.
    pub entry: Option<String>,
    /// Whether it is required.
    pub entry_required: bool,
    /// The exit level.
    pub exit: Option<String>,
}

impl Level {
    /// Reads a text (the entry level) or a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { entry: field.text(reader), ..Self::default() };
        };
        let level = Self {
            entry: text(&mut fields, &ENTRY, reader),
            entry_required: fields
                .take(&ENTRY_REQUIRED, reader)
                .and_then(|field| field.boolean(reader))
                .unwrap_or_default(),
            exit: text(&mut fields, &EXIT, reader),
        };
        fields.finish(&LEVEL, reader);
        level
    }
}
