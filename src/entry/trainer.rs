//! Who trains: in words, by profile, or by name.

use crate::yaml::{Field, Form, Key, MapForm, Node, Reader};

/// The key under which trainers stand.
pub static TRAINERS_KEY: Key = Key::new("trainers", "intervenants").also(&["formateurs", "intervenantes"]);

pub(crate) static NAME: Key = Key::new("name", "nom");
pub(crate) static ROLE: Key = Key::new("role", "rôle").also(&["fonction", "profil", "profile"]);
pub(crate) static ORG: Key = Key::new("org", "organisme").also(&["organisation"]);
pub(crate) static PAIR: Key = Key::new("pair", "pair").also(&["peer"]);
pub(crate) static BIO: Key = Key::new("bio", "présentation");
pub(crate) static TEXT: Key = Key::new("text", "texte");
pub(crate) static PROFILES: Key = Key::new("profiles", "profils");
pub(crate) static PEOPLE: Key = Key::new("people", "personnes");

/// The form of what stands under it.
pub static TRAINERS: Form =
    Form::Either(&[&Form::Text, &Form::Map(&GROUPED), &Form::Map(&ALONE), &Form::Items(&PERSON)]);

static PERSON: Form = Form::Either(&[&Form::Text, &Form::Map(&TRAINER)]);

static TRAINER: MapForm = MapForm::new(
    "trainer",
    &[(&NAME, &Form::Text), (&ROLE, &Form::Text), (&ORG, &Form::Text), (&PAIR, &Form::Boolean), (&BIO, &Form::Text)],
);

/// One trainer without a list around, where no group is meant.
static ALONE: MapForm = MapForm::new("alone", &[]).and(&TRAINER).bars(&[&TEXT, &PROFILES, &PEOPLE]);

static GROUPED: MapForm = MapForm::new(
    "trainers",
    &[(&TEXT, &Form::Text), (&PROFILES, &Form::List(&PERSON)), (&PEOPLE, &Form::List(&PERSON))],
)
.needs(&[&TEXT, &PROFILES, &PEOPLE]);

/// Who trains.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trainers {
    /// In the author's words ("binôme pluridisciplinaire").
    pub text: Option<String>,
    /// People and profiles.
    pub people: Vec<Trainer>,
}

/// A person, or a profile without a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trainer {
    /// The name.
    pub name: Option<String>,
    /// The post or profile.
    pub role: Option<String>,
    /// The organisation, in words.
    pub org: Option<String>,
    /// Trains from lived experience.
    pub pair: bool,
    /// A few words about the person.
    pub bio: Option<String>,
}

impl Trainers {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.text.is_none() && self.people.is_empty()
    }
}

/// Reads a text, a list of texts or maps, or a map `{text:, profiles:, people:}`.
pub fn read_trainers(field: &Field<'_>, reader: &mut Reader<'_>) -> Trainers {
    match field.node {
        Node::List(_) => Trainers { text: None, people: read_people(field, reader) },
        Node::Map(_) => read_map(field, reader),
        _ => Trainers { text: field.text(reader), people: Vec::new() },
    }
}

fn read_map(field: &Field<'_>, reader: &mut Reader<'_>) -> Trainers {
    let Some(mut fields) = field.fields() else { return Trainers::default() };
    let grouped = [&TEXT, &PROFILES, &PEOPLE].map(|key| fields.take(key, reader));
    if grouped.iter().all(Option::is_none) {
        return Trainers { text: None, people: read_people(field, reader) };
    }
    let [text, profiles, people] = grouped;
    let mut trainers = Trainers { text: text.and_then(|field| field.text(reader)), people: Vec::new() };
    for group in [profiles, people].into_iter().flatten() {
        trainers.people.extend(read_people(&group, reader));
    }
    fields.finish(&GROUPED, reader);
    trainers
}

fn read_people(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<Trainer> {
    let mut people: Vec<Trainer> = field.items().iter().filter_map(|item| read_trainer(item, reader)).collect();
    people.shrink_to_fit();
    people
}

fn read_trainer(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<Trainer> {
    let Some(mut fields) = item.fields() else {
        return Some(Trainer { role: Some(item.text(reader)?), ..Trainer::default() });
    };
    let trainer = Trainer {
        name: fields.take(&NAME, reader).and_then(|field| field.text(reader)),
        role: fields.take(&ROLE, reader).and_then(|field| field.text(reader)),
        org: fields.take(&ORG, reader).and_then(|field| field.text(reader)),
        pair: fields.take(&PAIR, reader).and_then(|field| field.boolean(reader)).unwrap_or_default(),
        bio: fields.take(&BIO, reader).and_then(|field| field.text(reader)),
    };
    fields.finish(&TRAINER, reader);
    let says_something = trainer.name.is_some() || trainer.role.is_some() || trainer.org.is_some();
    says_something.then_some(trainer)
}
