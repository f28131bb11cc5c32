//! The part that an organisation plays in a module.

use crate::diagnostic::Placed;
use crate::yaml::{Field, Form, Key, MapForm, Reader};

static ORG: Key = Key::new("org", "organisme").also(&["organisation", "name", "nom"]);
static ROLE: Key = Key::new("role", "rôle");
static TEXT: Key = Key::new("text", "texte");

/// The form of the parts that organisations play.
pub static PARTS: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&PART)]));

static PART: MapForm = MapForm::new("part", &[(&ORG, &Form::Text), (&ROLE, &Form::Text), (&TEXT, &Form::Text)]);

/// An organisation, by id or name, with what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct PartEntry {
    /// Id or name.
    pub org: Placed<String>,
    /// What it does ("cofinanceur", "co-conception").
    pub role: Option<String>,
    /// More about it.
    pub text: Option<String>,
}

/// Reads one organisation or a list of them; a bare text is an id or a name.
pub fn read_parts(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<PartEntry> {
    field.items().iter().filter_map(|item| read_part(item, reader)).collect()
}

fn read_part(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<PartEntry> {
    let Some(mut fields) = item.fields() else {
        return Some(PartEntry { org: item.placed_text(reader)?, role: None, text: None });
    };
    let org = fields.take(&ORG, reader).and_then(|field| field.placed_text(reader));
    let role = fields.take(&ROLE, reader).and_then(|field| field.text(reader));
    let text = fields.take(&TEXT, reader).and_then(|field| field.text(reader));
    fields.finish(&PART, reader);
    // A part without an organisation still says something: its text or role stands in its place.
    let org = org.or_else(|| {
        let words = text.clone().or_else(|| role.clone())?;
        Some(Placed { value: words, place: item.place() })
    })?;
    let text = text.filter(|text| *text != org.value);
    Some(PartEntry { org, role, text })
}
