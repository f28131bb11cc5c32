//! How one enrols, and how long it takes (Qualiopi, indicator 1).

use crate::diagnostic::Placed;
use crate::yaml::{Field, Form, Key, MapForm, Reader};

/// The key under which it stands.
pub static ACCESS_KEY: Key = Key::new("access", "accès");

pub(crate) static HOW: Key = Key::new("how", "modalités").also(&["comment", "inscription"]);
pub(crate) static DELAY: Key = Key::new("delay", "délai").also(&["délais"]);
pub(crate) static URL: Key = Key::new("url", "lien").also(&["adresse-web"]);
pub(crate) static CHECK: Key = Key::new("check", "vérification");
pub(crate) static VALUE: Key = Key::new("value", "valeur");
pub(crate) static UNIT: Key = Key::new("unit", "unité");

/// The form of what stands under it.
pub static ACCESS: Form = Form::Either(&[&Form::Text, &Form::Map(&ACCESS_MAP)]);

static ACCESS_MAP: MapForm = MapForm::new(
    "access",
    &[
        (&HOW, &Form::Text),
        (&DELAY, &Form::Either(&[&Form::Text, &Form::Map(&DELAY_MAP)])),
        (&URL, &Form::Text),
        (&CHECK, &Form::Text),
    ],
);

static DELAY_MAP: MapForm = MapForm::new("delay", &[(&VALUE, &Form::Text), (&UNIT, &Form::Text)]);

/// Arrangements and delay of access.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Access {
    /// How one enrols.
    pub how: Option<String>,
    /// How long it takes.
    pub delay: Option<String>,
    /// Where one enrols.
    pub url: Option<Placed<String>>,
    /// What is checked before an enrolment is confirmed.
    pub check: Option<String>,
}

impl Access {
    /// Reads a text (how one enrols) or a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { how: field.text(reader), ..Self::default() };
        };
        let access = Self {
            how: fields.take(&HOW, reader).and_then(|field| field.text(reader)),
            delay: fields.take(&DELAY, reader).and_then(|field| read_delay(&field, reader)),
            url: fields.take(&URL, reader).and_then(|field| field.placed_text(reader)),
            check: fields.take(&CHECK, reader).and_then(|field| field.text(reader)),
        };
        fields.finish(&ACCESS_MAP, reader);
        access
    }

    /// What this one says, and what `default` says where it is silent.
    pub fn or(&self, default: &Self) -> Self {
        let pick = |own: &Option<String>, other: &Option<String>| own.clone().or_else(|| other.clone());
        Self {
            how: pick(&self.how, &default.how),
            delay: pick(&self.delay, &default.delay),
            url: self.url.clone().or_else(|| default.url.clone()),
            check: pick(&self.check, &default.check),
        }
    }
}

/// A text, or a value with its unit.
fn read_delay(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let Some(mut fields) = field.fields() else { return field.text(reader) };
    let value = fields.take(&VALUE, reader).and_then(|field| field.text(reader));
    let unit = fields.take(&UNIT, reader).and_then(|field| field.text(reader));
    fields.finish(&DELAY_MAP, reader);
    let words: Vec<String> = [value, unit].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
