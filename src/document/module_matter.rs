//! The front matter of a training module.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Place, Placed, Step, YamlPath};
use crate::entry::{
    ACCESS_KEY, Access, CONTACTS_KEY, Certification, Codes, Contact, DOCUMENTS_KEY, Delivery, DocumentEntry, Group,
    Level, Location, PRICE_KEY, PartEntry, PriceEntry, ResultEntry, SESSIONS_KEY, Series, SessionEntry, TRAINERS_KEY,
    Trainers, read_contacts, read_deliveries, read_documents, read_parts, read_prices, read_sessions, read_trainers,
};
use crate::fold::fold;
use crate::value::{Date, Duration, MeetingCount, Meetings};
use crate::yaml::{Field, Fields, Form, Key, MapForm, Node, Reader, Unknown};

use super::ParseOptions;
use super::module_keys as keys;
use super::own_address::read_slug;
use super::prerequisite::{Prerequisites, StepEntry, read_prerequisites, read_steps};
use super::prose_matter::{FrontSection, read_front_sections};

/// What the front matter of a module says. What it does not say is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModuleMatter {
    /// The title.
    pub title: Option<String>,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// Its own address.
    pub slug: Option<Placed<String>>,
    /// Former addresses.
    pub aliases: Vec<Placed<String>>,
    /// Its own id.
    pub id: Option<Placed<String>>,
    /// The provider's reference.
    pub code: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The kind in the author's words, when it is none of the list.
    pub kind_text: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// What it is about.
    pub topics: Vec<Placed<String>>,
    /// Whom it is for.
    pub audiences: Vec<Placed<String>>,
    /// Whom it is for, in the author's words.
    pub audience_text: Option<String>,
    /// Sectors: social, medico-social, health.
    pub sectors: Vec<String>,
    /// Who may enrol.
    pub eligibility: Option<String>,
    /// Where it is offered.
    pub regions: Vec<Placed<String>>,
    /// Offered everywhere.
    pub all_regions: bool,
    /// Areas that come first.
    pub priority_areas: Option<String>,
    /// The series it belongs to.
    pub series: Option<Series>,
    /// "co-construite", "nouveau"
    pub labels: Vec<String>,
    /// How long it lasts.
    pub duration: Option<Duration>,
    /// At what rhythm.
    pub rhythm: Option<String>,
    /// On site, remote or both.
    pub mode: Option<Mode>,
    /// The mode in the author's words, when it is none of the list.
    pub mode_text: Option<String>,
    /// For several employers, one, or one person.
    pub delivery: Vec<Delivery>,
    /// The same in the author's words.
    pub delivery_text: Option<String>,
    /// Where it takes place when no session says it.
    pub location: Option<Location>,
    /// What it costs.
    pub prices: Vec<PriceEntry>,
    /// What is needed before.
    pub prerequisites: Prerequisites,
    /// One of the prerequisites is enough.
    pub any_prerequisite: bool,
    /// What a pathway is made of, in order.
    pub steps: Vec<StepEntry>,
    /// Who trains.
    pub trainers: Trainers,
    /// Who offers it.
    pub provider: Option<Placed<String>>,
    /// The organisation on whose behalf it is given: the duties of indicator 1 are then that one's.
    pub subcontracted_for: Option<Placed<String>>,
    /// Who takes part in making it.
    pub partners: Vec<PartEntry>,
    /// Who pays.
    pub funders: Vec<PartEntry>,
    /// How the cost may be borne.
    pub funding_text: Option<String>,
    /// Dated runs.
    pub sessions: Vec<Arc<SessionEntry>>,
    /// How many take part.
    pub group: Option<Group>,
    /// How one enrols.
    pub access: Access,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// Arrangements for disabled people.
    pub accessibility: Option<String>,
    /// What is handed out at the end.
    pub outcome: Option<String>,
    /// What it certifies.
    pub certification: Option<Certification>,
    /// Eligible for the personal training account: yes or no, or a code.
    pub cpf: Option<String>,
    /// Published results.
    pub results: Vec<ResultEntry>,
    /// Codes of nomenclatures.
    pub codes: Option<Codes>,
    /// Entry and exit level.
    pub level: Option<Level>,
    /// The language it is given in.
    pub lang: Option<String>,
    /// Short selling points.
    pub highlights: Vec<String>,
    /// Documents to fetch.
    pub documents: Vec<DocumentEntry>,
    /// Related modules.
    pub related: Vec<Placed<String>>,
    /// Modules that may follow.
    pub next: Vec<Placed<String>>,
    /// The day it was last changed.
    pub updated: Option<Date>,
    /// The day it was published; one in the future is waited for.
    pub published: Option<Date>,
    /// Left out of the site.
    pub draft: bool,
    /// No longer on offer.
    pub archived: bool,
    /// Sections given in the front matter rather than in the body, in the order of a sheet.
    pub sections: Vec<FrontSection>,
    /// Handed to templates untouched.
    pub extra: Option<Node>,
    /// What stands under keys that mean nothing here.
    pub unknown: Unknown,
}

/// What a module is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A training in the sense of the law.
    #[default]
    Training,
    /// Support of a person or team.
    Support,
    /// A standing group that works on its own practice.
    WorkGroup,
    /// A conference.
    Conference,
    /// An ordered list of modules.
    Pathway,
}

impl Kind {
    /// The word for it in front matter, as it is known best.
    pub fn as_str(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).and_then(|(_, words)| words.first()).copied().unwrap_or_default()
    }
}

/// On site, remote or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// On site.
    OnSite,
    /// Both.
    Blended,
    /// Remote.
    Remote,
}

pub(super) static KINDS: &[(Kind, &[&str])] = &[
    (Kind::Training, &["formation", "training"]),
    (Kind::Support, &["accompagnement", "support"]),
    (Kind::WorkGroup, &["groupe-de-travail", "work-group", "working group"]),
    (Kind::Conference, &["conference", "conférence"]),
    (Kind::Pathway, &["parcours", "pathway"]),
];

pub(super) static MODES: &[(Mode, &[&str])] = &[
    (Mode::OnSite, &["presentiel", "présentiel", "en présence", "on-site", "onsite", "in person"]),
    (
        Mode::Blended,
        &[
            "mixte",
            "blended",
            "hybride",
            "hybrid",
            "présentiel et distanciel",
            "distanciel et présentiel",
            "présentiel et à distance",
            "on site and remote",
        ],
    ),
    (Mode::Remote, &["distanciel", "à distance", "distance", "remote", "online", "en ligne"]),
];

/// Whether one of the prerequisites is enough.
pub(super) static PREREQUISITE_MODES: &[(bool, &[&str])] =
    &[(false, &["all", "tous"]), (true, &["any", "un", "au moins un"])];

impl ModuleMatter {
    pub(super) fn read(mut fields: Fields<'_>, options: ParseOptions, reader: &mut Reader<'_>) -> Self {
        let mut matter = Self { title: title(&mut fields, &keys::TITLE, reader), ..Self::default() };
        matter.read_identity(&mut fields, reader);
        matter.read_terms(&mut fields, reader);
        matter.read_organisation(&mut fields, reader);
        matter.read_people(&mut fields, reader);
        matter.read_law(&mut fields, reader);
        matter.read_life(&mut fields, reader);
        matter.sections = read_front_sections(&mut fields, options, reader);
        matter.unknown = fields.finish(&keys::MODULE, reader);
        matter
    }

    fn read_identity(&mut self, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
        self.subtitle = text(fields, &keys::SUBTITLE, reader);
        self.slug = read_slug(fields, &keys::SLUG, reader);
        self.aliases = fields.take(&keys::ALIASES, reader).map(|f| f.placed_texts(reader)).unwrap_or_default();
        self.id = read_slug(fields, &keys::ID, reader);
        self.code = text(fields, &keys::CODE, reader);
        if let Some(field) = fields.take(&keys::KIND, reader) {
            match field.choice(KINDS, reader) {
                Some(kind) => self.kind = kind,
                None => self.kind_text = field.node.scalar(),
            }
        }
        self.summary = text(fields, &keys::SUMMARY, reader);
        self.series = fields.take(&keys::SERIES, reader).and_then(|field| Series::read(&field, reader));
        self.labels = texts(fields, &keys::LABELS, reader);
        self.highlights = texts(fields, &keys::HIGHLIGHTS, reader);
    }

    fn read_terms(&mut self, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
        self.topics = fields.take(&keys::THEMES, reader).map(|f| terms(&f, reader)).unwrap_or_default();
        self.audiences = fields.take(&keys::AUDIENCES, reader).map(|f| terms(&f, reader)).unwrap_or_default();
        self.audience_text = text(fields, &keys::AUDIENCE_TEXT, reader);
        self.sectors = texts(fields, &keys::SECTORS, reader);
        self.eligibility = text(fields, &keys::ELIGIBILITY, reader);
        let regions = fields.take(&keys::REGIONS, reader).map(|f| terms(&f, reader)).unwrap_or_default();
        let (everywhere, regions): (Vec<_>, Vec<_>) = regions
            .into_iter()
            .partition(|region| matches!(fold(&region.value).as_str(), "toutes" | "toutes les regions" | "all"));
        self.all_regions = !everywhere.is_empty();
        self.regions = regions;
        self.priority_areas = text(fields, &keys::PRIORITY_AREAS, reader);
    }

    fn read_organisation(&mut self, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
        self.duration = fields.take(&keys::DURATION, reader).and_then(|field| read_duration(&field, reader));
        if let Some(hours) = fields.take(&keys::DURATION_HOURS, reader).and_then(|field| field.decimal(reader)) {
            self.duration.get_or_insert_default().hours = Some(hours);
        }
        self.rhythm = text(fields, &keys::RHYTHM, reader);
        if let Some(field) = fields.take(&keys::MODE, reader) {
            self.mode = field.choice(MODES, reader);
            self.mode_text = field.node.scalar().filter(|_| self.mode.is_none());
        }
        let delivery = fields.take(&keys::DELIVERY, reader).map(|field| read_deliveries(&field, reader));
        let (known, mut words) = delivery.unwrap_or_default();
        self.delivery = known;
        words.extend(text(fields, &keys::DELIVERY_TEXT, reader));
        self.delivery_text = (!words.is_empty()).then(|| words.join(" ; "));
        self.location = fields.take(&keys::LOCATION, reader).map(|field| Location::read(&field, reader));
        self.prices = fields.take(&PRICE_KEY, reader).map(|field| read_prices(&field, reader)).unwrap_or_default();
        let sessions = fields.take(&SESSIONS_KEY, reader).map(|f| read_sessions(&f, reader)).unwrap_or_default();
        self.sessions = sessions;
        self.group = fields.take(&keys::GROUP, reader).map(|field| Group::read(&field, reader));
    }

    fn read_people(&mut self, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
        if let Some(field) = fields.take(&keys::PREREQUISITES, reader) {
            self.prerequisites = read_prerequisites(&field, reader);
        }
        if let Some(field) = fields.take(&keys::PREREQUISITES_MODE, reader) {
            self.any_prerequisite = field.choice(PREREQUISITE_MODES, reader).unwrap_or_default();
        }
        self.steps = fields.take(&keys::STEPS, reader).map(|field| read_steps(&field, reader)).unwrap_or_default();
        self.trainers = fields.take(&TRAINERS_KEY, reader).map(|f| read_trainers(&f, reader)).unwrap_or_default();
        self.provider = fields.take(&keys::PROVIDER, reader).and_then(|field| field.placed_text(reader));
        self.subcontracted_for = fields.take(&keys::SUBCONTRACTED_FOR, reader).and_then(|f| f.placed_text(reader));
        self.partners = fields.take(&keys::PARTNERS, reader).map(|f| read_parts(&f, reader)).unwrap_or_default();
        self.funders = fields.take(&keys::FUNDERS, reader).map(|f| read_parts(&f, reader)).unwrap_or_default();
        self.funding_text = text(fields, &keys::FUNDING_TEXT, reader);
        self.access = fields.take(&ACCESS_KEY, reader).map(|f| Access::read(&f, reader)).unwrap_or_default();
        self.contacts = fields.take(&CONTACTS_KEY, reader).map(|f| read_contacts(&f, reader)).unwrap_or_default();
    }

    fn read_law(&mut self, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
        self.accessibility = text(fields, &keys::ACCESSIBILITY, reader);
        self.outcome = fields.take(&keys::OUTCOME, reader).and_then(|field| field.prose(reader));
        self.certification = fields.take(&keys::CERTIFICATION, reader).map(|f| Certification::read(&f, reader));
        self.cpf = text(fields, &keys::CPF, reader);
        self.results =
            fields.take(&keys::RESULTS, reader).map(|f| ResultEntry::read_all(&f, reader)).unwrap_or_default();
        self.codes = fields.take(&keys::CODES, reader).map(|field| Codes::read(&field, reader));
        self.level = fields.take(&keys::LEVEL, reader).map(|field| Level::read(&field, reader));
        self.lang = text(fields, &keys::LANG, reader);
    }

    fn read_life(&mut self, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
        self.documents = fields.take(&DOCUMENTS_KEY, reader).map(|f| read_documents(&f, reader)).unwrap_or_default();
        self.related = fields.take(&keys::RELATED, reader).map(|f| f.placed_texts(reader)).unwrap_or_default();
        self.next = fields.take(&keys::NEXT, reader).map(|f| f.placed_texts(reader)).unwrap_or_default();
        self.updated = fields.take(&keys::UPDATED, reader).and_then(|field| field.date(reader));
        self.published = fields.take(&keys::PUBLISHED, reader).and_then(|field| field.date(reader));
        self.draft = flag(fields, &keys::DRAFT, reader);
        self.archived = flag(fields, &keys::ARCHIVED, reader);
        if let Some(field) = fields.take(&keys::EXTRA, reader) {
            report_duplicates(field.node, &field.path, reader);
            self.extra = Some(field.node.clone());
        }
    }
}

/// A term or a list of terms; a text with commas is a list, as people write it.
pub(super) fn terms(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<Placed<String>> {
    let mut terms = Vec::new();
    for term in field.placed_texts(reader) {
        let is_item = matches!(field.node, Node::List(_));
        if !is_item && has_bullet(&term.value) {
            let bullets = reader.about(Code::UnknownValue, field).arg("value", &term.value);
            reader.report(bullets.message("message-bullets").help("help-bullets"));
        }
        if is_item || !term.value.contains(',') {
            terms.push(term);
            continue;
        }
        let parts = term.value.split(',').map(str::trim).filter(|part| !part.is_empty());
        terms.extend(parts.map(|part| Placed { value: part.to_owned(), place: term.place.clone() }));
    }
    terms.shrink_to_fit();
    terms
}

/// Whether a text begins with what stands before the items of a list, but makes none here: YAML joins such lines.
fn has_bullet(text: &str) -> bool {
    let words = text.strip_prefix(['•', '–', '—', '▪', '◦', '-']);
    words.is_some_and(|words| words.trim_start().starts_with(char::is_alphabetic))
}

pub(super) fn text(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<String> {
    fields.take(key, reader).and_then(|field| field.text(reader))
}

pub(super) fn texts(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Vec<String> {
    fields.take(key, reader).map(|field| field.texts(reader)).unwrap_or_default()
}

pub(super) fn flag(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> bool {
    fields.take(key, reader).and_then(|field| field.boolean(reader)).unwrap_or_default()
}

static DAYS: Key = Key::new("days", "jours");
pub(super) static HOURS: Key = Key::new("hours", "heures");
static HOURS_PER_DAY: Key = Key::new("hours_per_day", "heures-par-jour");
static CONSECUTIVE: Key = Key::new("consecutive", "consécutifs").also(&["consécutif"]);
static MEETINGS: Key = Key::new("sessions", "séances");
static COUNT: Key = Key::new("count", "nombre");
static HOURS_EACH: Key = Key::new("hours_each", "heures-par-séance").also(&["heures", "heures-chacune"]);
static FREQUENCY: Key = Key::new("frequency", "fréquence");
static MIN: Key = Key::new("min", "min");
static MAX: Key = Key::new("max", "max");
static TOPICS_EACH: Key = Key::new("topics_each", "thématiques-par-séance");
pub(super) static TEXT: Key = Key::new("text", "texte");

/// The form of a duration.
pub(super) static DURATION_FORM: Form = Form::Either(&[&Form::Text, &Form::Map(&DURATION)]);
static DURATION: MapForm = MapForm::new(
    "duration",
    &[
        (&TEXT, &Form::Text),
        (&DAYS, &Form::Decimal),
        (&HOURS, &Form::Decimal),
        (&HOURS_PER_DAY, &Form::Decimal),
        (&CONSECUTIVE, &Form::Boolean),
        (&MEETINGS, &Form::Either(&[&Form::NUMBER, &Form::Map(&MEETINGS_MAP)])),
    ],
);
static MEETINGS_MAP: MapForm = MapForm::new(
    "meetings",
    &[
        (&COUNT, &Form::Either(&[&Form::NUMBER, &Form::Choice(&COUNTS)])),
        (&HOURS_EACH, &Form::Decimal),
        (&FREQUENCY, &Form::Text),
        (&MIN, &Form::NUMBER),
        (&MAX, &Form::NUMBER),
        (&TOPICS_EACH, &Form::NUMBER),
    ],
);
/// A word in place of how many meetings there are.
static COUNTS: &[(MeetingCount, &[&str])] = &[(MeetingCount::Variable, &["variable"])];

fn read_duration(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Duration> {
    let Some(mut fields) = field.fields() else { return field.text(reader).map(|text| Duration::parse(&text)) };
    let words = text(&mut fields, &TEXT, reader);
    // What the words say holds where no number is given beside them.
    let mut duration = words.as_deref().map(Duration::parse).unwrap_or_default();
    let mut number = |key: &Key, reader: &mut Reader<'_>| fields.take(key, reader).and_then(|f| f.decimal(reader));
    duration.days = number(&DAYS, reader).or(duration.days);
    duration.hours = number(&HOURS, reader).or(duration.hours);
    duration.hours_per_day = number(&HOURS_PER_DAY, reader).or(duration.hours_per_day);
    duration.consecutive = fields.take(&CONSECUTIVE, reader).and_then(|f| f.boolean(reader)).or(duration.consecutive);
    if let Some(field) = fields.take(&MEETINGS, reader) {
        duration.meetings = Some(read_meetings(&field, reader));
    }
    fields.finish(&DURATION, reader);
    Some(duration)
}

fn read_meetings(field: &Field<'_>, reader: &mut Reader<'_>) -> Meetings {
    let Some(mut fields) = field.fields() else {
        let count = field.whole_number(reader).map(MeetingCount::Number);
        return Meetings { count, ..Meetings::default() };
    };
    let count = fields.take(&COUNT, reader).and_then(|field| {
        let folded = fold(&field.node.scalar().unwrap_or_default());
        let word = COUNTS.iter().find(|(_, words)| words.contains(&folded.as_str()));
        word.map(|(count, _)| *count).or_else(|| field.whole_number(reader).map(MeetingCount::Number))
    });
    let mut whole = |key: &Key, reader: &mut Reader<'_>| fields.take(key, reader).and_then(|f| f.whole_number(reader));
    let (min, max, topics_each) = (whole(&MIN, reader), whole(&MAX, reader), whole(&TOPICS_EACH, reader));
    let hours_each = fields.take(&HOURS_EACH, reader).and_then(|field| field.decimal(reader));
    let frequency = text(&mut fields, &FREQUENCY, reader);
    fields.finish(&MEETINGS_MAP, reader);
    Meetings { count, hours_each, min, max, topics_each, frequency }
}

/// Reports keys that stand twice in what is handed on as it is; nobody else would look into it.
fn report_duplicates(node: &Node, path: &YamlPath, reader: &mut Reader<'_>) {
    match node {
        Node::List(items) => {
            items.iter().enumerate().for_each(|(index, item)| {
                report_duplicates(item, &path.with(Step::Item(index)), reader);
            });
        }
        Node::Map(entries) => {
            let mut given: BTreeMap<&str, usize> = BTreeMap::new();
            for (key, value) in entries {
                let nth = given.entry(key).or_default();
                let here = path.with(Step::Key(key.clone(), *nth));
                *nth += 1;
                if *nth > 1 {
                    reader.given_again(path, key, *nth - 1);
                }
                report_duplicates(value, &here, reader);
            }
        }
        _ => {}
    }
}

/// The title, without which there is nothing to show. One that cannot be read is reported as that, not also as missing.
pub(super) fn title(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<String> {
    let field = fields.take(key, reader);
    if field.is_none() {
        reader.report(fields.missing(Code::MissingTitle, key, Place::Start, reader));
    }
    field?.text(reader)
}
