//! The front matter of a theme, audience or region.

use crate::diagnostic::Placed;
use crate::entry::EXCEPTED;
use crate::yaml::{Fields, Form, Key, MapForm, Reader, Unknown};

use super::module_matter::{text, texts};
use super::own_address::read_slug;

static TITLE: Key = Key::new("title", "titre").also(&["name", "nom"]);
static DESCRIPTION: Key = Key::new("description", "description").also(&["summary", "résumé"]);
static SYNONYMS: Key = Key::new("synonyms", "synonymes");
static ORDER: Key = Key::new("order", "ordre");
static PARENT: Key = Key::new("parent", "parent");
static EMBLEM: Key = Key::new("emblem", "emblème");
static SLUG: Key = Key::new("slug", "adresse");
static CODE: Key = Key::new("code", "code");

/// What its front matter may hold.
pub static TERM: MapForm = MapForm::new(
    "term",
    &[
        (&TITLE, &Form::Text),
        (&DESCRIPTION, &Form::Text),
        (&SYNONYMS, &Form::TEXTS),
        (&ORDER, &Form::NUMBER),
        (&PARENT, &Form::Text),
        (&EMBLEM, &Form::Text),
        (&SLUG, &Form::Text),
        (&CODE, &Form::Text),
    ],
)
.and(&EXCEPTED);

/// What the front matter of a term says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermMatter {
    /// The title; without one, the file's name.
    pub title: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// What people write instead.
    pub synonyms: Vec<String>,
    /// Its place among its kind.
    pub order: Option<u32>,
    /// The term above it.
    pub parent: Option<Placed<String>>,
    /// The look's emblem for it.
    pub emblem: Option<String>,
    /// Its own address.
    pub slug: Option<Placed<String>>,
    /// A region's code, for regions of a site's own.
    pub code: Option<String>,
    /// What stands under keys that mean nothing here.
    pub unknown: Unknown,
}

impl TermMatter {
    pub(super) fn read(mut fields: Fields<'_>, reader: &mut Reader<'_>) -> Self {
        let matter = Self {
            title: text(&mut fields, &TITLE, reader),
            description: text(&mut fields, &DESCRIPTION, reader),
            synonyms: texts(&mut fields, &SYNONYMS, reader),
            order: fields.take(&ORDER, reader).and_then(|field| field.whole_number(reader)),
            parent: fields.take(&PARENT, reader).and_then(|field| field.placed_text(reader)),
            emblem: text(&mut fields, &EMBLEM, reader),
            slug: read_slug(&mut fields, &SLUG, reader),
            code: text(&mut fields, &CODE, reader),
            unknown: Unknown::new(),
        };
        Self { unknown: fields.finish(&TERM, reader), ..matter }
    }
}
