//! Smaller facts of a module: series, group, place, certification, results, codes, level.

use crate::diagnostic::Place;
use crate::value::date::Date;
use crate::value::number::Decimal;
use crate::yaml::{Field, Fields, Key, Reader};

static NAME: Key = Key::new("name", "nom").also(&["title", "titre"]);
static NUMBER: Key = Key::new("number", "numéro").also(&["n°"]);
static MIN: Key = Key::new("min", "min").also(&["minimum"]);
static MAX: Key = Key::new("max", "max").also(&["maximum"]);
static TYPE: Key = Key::new("type", "type");
static TEXT: Key = Key::new("text", "texte");
static ADDRESS: Key = Key::new("address", "adresse");
/// The key of the register of certifications.
pub static REGISTER_KEY: Key = Key::new("register", "répertoire");
/// The key of the number in a register.
pub static CODE_KEY: Key = Key::new("code", "code");
/// The key of the certifier.
pub static CERTIFIER_KEY: Key = Key::new("certifier", "certificateur");
/// The key of the day of registration.
pub static REGISTERED_ON_KEY: Key = Key::new("registered_on", "enregistrée-le").also(&["date"]);
/// The key of blocks of a certification.
pub static BLOCKS_KEY: Key = Key::new("blocks", "blocs");
/// The key of the success rate.
pub static RATE_KEY: Key = Key::new("rate", "taux");
/// The key of equivalences.
pub static EQUIVALENCES_KEY: Key = Key::new("equivalences", "équivalences");
/// The key of outlets.
pub static OUTLETS_KEY: Key = Key::new("outlets", "débouchés");
/// The key of a result's number.
pub static VALUE_KEY: Key = Key::new("value", "valeur");
static UNIT: Key = Key::new("unit", "unité");
/// The key of the period of a result.
pub static PERIOD_KEY: Key = Key::new("period", "période");
/// The key of the sample of a result.
pub static SAMPLE_KEY: Key = Key::new("sample", "échantillon").also(&["réponses"]);
static SOURCE: Key = Key::new("source", "source");
static FORMACODE: Key = Key::new("formacode", "formacode");
static FORMACODE_VERSION: Key = Key::new("formacode_version", "version-formacode");
static NSF: Key = Key::new("nsf", "nsf");
static ROME: Key = Key::new("rome", "rome");
static PUBLIC: Key = Key::new("public", "public");
static ENTRY: Key = Key::new("entry", "entrée");
static ENTRY_REQUIRED: Key = Key::new("entry_required", "entrée-exigée");
static EXIT: Key = Key::new("exit", "sortie");

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
        fields.finish(&[&NAME, &NUMBER], reader);
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
            fields.finish(&[&MIN, &MAX, &TEXT], reader);
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
        let kinds: &[(LocationKind, &[&'static str])] = &[
            (LocationKind::OnSite, &["sur-site-client", "sur site", "on-site", "in situ"]),
            (LocationKind::Provider, &["organisme", "provider", "dans nos locaux"]),
            (LocationKind::Remote, &["distance", "remote", "à distance", "distanciel"]),
            (LocationKind::Other, &["autre", "other"]),
        ];
        let Some(mut fields) = field.fields() else {
            let Some(written) = field.text(reader) else { return Self::default() };
            let folded = crate::fold::fold(&written);
            let known = kinds.iter().find(|(_, words)| words.iter().any(|word| crate::fold::fold(word) == folded));
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
            location.kind = field.choice(kinds, reader);
            // A word that is none of the list is shown as it is written.
            let word = field.node.scalar().filter(|_| location.kind.is_none());
            location.text = location.text.or(word);
        }
        fields.finish(&[&TYPE, &TEXT, &ADDRESS], reader);
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
            register: text(&mut fields, &REGISTER_KEY, reader),
            code: text(&mut fields, &CODE_KEY, reader),
            certifier: text(&mut fields, &CERTIFIER_KEY, reader),
            registered_on: fields.take(&REGISTERED_ON_KEY, reader).and_then(|field| field.date(reader)),
            blocks: texts(&mut fields, &BLOCKS_KEY, reader),
            rate: text(&mut fields, &RATE_KEY, reader),
            equivalences: text(&mut fields, &EQUIVALENCES_KEY, reader),
            outlets: text(&mut fields, &OUTLETS_KEY, reader),
        };
        let keys = [
            &NAME,
            &REGISTER_KEY,
            &CODE_KEY,
            &CERTIFIER_KEY,
            &REGISTERED_ON_KEY,
            &BLOCKS_KEY,
            &RATE_KEY,
            &EQUIVALENCES_KEY,
            &OUTLETS_KEY,
        ];
        fields.finish(&keys, reader);
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
        let value = text(&mut fields, &VALUE_KEY, reader);
        let result = Self {
            name: text(&mut fields, &NAME, reader),
            number: value.as_deref().and_then(Decimal::parse),
            value,
            unit: text(&mut fields, &UNIT, reader),
            period: text(&mut fields, &PERIOD_KEY, reader),
            sample: text(&mut fields, &SAMPLE_KEY, reader),
            source: text(&mut fields, &SOURCE, reader),
            place: Some(item.place()),
        };
        fields.finish(&[&NAME, &VALUE_KEY, &UNIT, &PERIOD_KEY, &SAMPLE_KEY, &SOURCE], reader);
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
        fields.finish(&[&FORMACODE, &FORMACODE_VERSION, &NSF, &ROME, &PUBLIC], reader);
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
        fields.finish(&[&ENTRY, &ENTRY_REQUIRED, &EXIT], reader);
        level
    }
}
