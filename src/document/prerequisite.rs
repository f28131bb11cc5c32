//! What is named before a module, and what a pathway is made of: modules, words, or both.

use crate::diagnostic::Placed;
use crate::fold::fold;
use crate::value::Decimal;
use crate::yaml::{Field, Fields, Form, Key, MapForm, Reader};

use super::module_matter::{HOURS, TEXT, text};

/// What is needed before a module.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Prerequisites {
    /// The author does not say.
    #[default]
    Unsaid,
    /// Nothing is needed, and the author says so.
    Nothing,
    /// These.
    Items(Vec<Prerequisite>),
}

/// One prerequisite: a module, words, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct Prerequisite {
    /// A module by id or title; for a bare text, the text, which may be one.
    pub module: Option<Placed<String>>,
    /// Words that are not a module's name.
    pub text: Option<String>,
    /// The module was named under `module:`, so it must exist.
    pub must_exist: bool,
}

/// A step of a pathway: a module, words, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct StepEntry {
    /// The module, or the words.
    pub named: Prerequisite,
    /// How many hours it takes, where the pathway says so itself.
    pub hours: Option<Decimal>,
}

static MODULE: Key = Key::new("module", "module");

/// The form of prerequisites.
pub(super) static PREREQUISITES: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&PREREQUISITE)]));
static PREREQUISITE: MapForm = MapForm::new("prerequisite", &[(&MODULE, &Form::Text), (&TEXT, &Form::Text)]);
/// The form of the steps of a pathway.
pub(super) static STEPS: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&STEP)]));
static STEP: MapForm = MapForm::new("step", &[(&HOURS, &Form::Decimal)]).and(&PREREQUISITE);

pub(super) fn read_prerequisites(field: &Field<'_>, reader: &mut Reader<'_>) -> Prerequisites {
    let mut items = Vec::new();
    for item in field.items() {
        match item.fields() {
            Some(fields) => items.extend(read_named(fields, &PREREQUISITE, reader)),
            None => {
                let named = item.placed_text(reader).filter(|named| !is_nothing(&named.value));
                items.extend(named.map(Prerequisite::called));
            }
        }
    }
    if items.is_empty() { Prerequisites::Nothing } else { Prerequisites::Items(items) }
}

/// The steps of a pathway, in the author's order.
pub(super) fn read_steps(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<StepEntry> {
    let mut steps = Vec::new();
    for item in field.items() {
        let (named, hours) = match item.fields() {
            Some(mut fields) => {
                let hours = fields.take(&HOURS, reader).and_then(|field| field.decimal(reader));
                (read_named(fields, &STEP, reader), hours)
            }
            None => (item.placed_text(reader).map(Prerequisite::called), None),
        };
        steps.extend(named.map(|named| StepEntry { named, hours }));
    }
    steps.shrink_to_fit();
    steps
}

/// What a map names; nothing when it names neither a module nor words.
fn read_named(mut fields: Fields<'_>, form: &MapForm, reader: &mut Reader<'_>) -> Option<Prerequisite> {
    let module = fields.take(&MODULE, reader).and_then(|field| field.placed_text(reader));
    let words = text(&mut fields, &TEXT, reader);
    fields.finish(form, reader);
    (module.is_some() || words.is_some()).then_some(Prerequisite { must_exist: module.is_some(), module, text: words })
}

impl Prerequisite {
    /// What a bare text names: a module, or only words.
    fn called(named: Placed<String>) -> Self {
        Self { module: Some(named), text: None, must_exist: false }
    }
}

/// The explicit word for "nothing is needed", which is not the same as saying nothing.
fn is_nothing(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "aucun"
            | "aucune"
            | "neant"
            | "sans"
            | "aucun prerequis"
            | "sans prerequis"
            | "pas de prerequis"
            | "none"
            | "no prerequisite"
            | "no prerequisites"
    )
}
