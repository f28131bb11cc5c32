//! How one enrols, and how long it takes (Qualiopi, indicator 1).

use crate::diagnostic::Placed;
use crate::yaml::{Field, Key, Reader};

/// The key under which it stands.
pub static ACCESS_KEY: Key = Key::new("access", "accès");

/// The key of how one enrols.
pub static HOW_KEY: Key = Key::new("how", "modalités").also(&["comment", "inscription"]);
/// The key of how long that takes.
pub static DELAY_KEY: Key = Key::new("delay", "délai").also(&["délais"]);
static URL: Key = Key::new("url", "lien").also(&["adresse-web"]);
static CHECK: Key = Key::new("check", "vérification");
static VALUE: Key = Key::new("value", "valeur");
static UNIT: Key = Key::new("unit", "unité");

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
            how: fields.take(&HOW_KEY, reader).and_then(|field| field.text(reader)),
            delay: fields.take(&DELAY_KEY, reader).and_then(|field| read_delay(&field, reader)),
            url: fields.take(&URL, reader).and_then(|field| field.placed_text(reader)),
            check: fields.take(&CHECK, reader).and_then(|field| field.text(reader)),
        };
        fields.finish(&[&HOW_KEY, &DELAY_KEY, &URL, &CHECK], reader);
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
    fields.finish(&[&VALUE, &UNIT], reader);
    let words: Vec<String> = [value, unit].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
