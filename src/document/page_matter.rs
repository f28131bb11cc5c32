//! The front matter of a plain page.

use crate::diagnostic::Placed;
use crate::entry::{DOCUMENTS, DOCUMENTS_KEY, DocumentEntry, EXCEPTED, read_documents};
use crate::value::Date;
use crate::yaml::{Fields, Form, Key, MapForm, Reader, Unknown};

use super::module_matter::{flag, text, title};
use super::own_address::read_slug;

static TITLE: Key = Key::new("title", "titre");
static SLUG: Key = Key::new("slug", "adresse");
static ALIASES: Key = Key::new("aliases", "anciennes-adresses");
static SUMMARY: Key = Key::new("summary", "résumé").also(&["description", "chapô"]);
static UPDATED: Key = Key::new("updated", "mis-à-jour").also(&["mise-à-jour"]);
static ORDER: Key = Key::new("order", "ordre");
static DRAFT: Key = Key::new("draft", "brouillon");

/// What its front matter may hold.
pub static PAGE: MapForm = MapForm::new(
    "page",
    &[
        (&TITLE, &Form::Text),
        (&SLUG, &Form::Text),
        (&ALIASES, &Form::TEXTS),
        (&SUMMARY, &Form::Text),
        (&UPDATED, &Form::Date),
        (&ORDER, &Form::NUMBER),
        (&DOCUMENTS_KEY, &DOCUMENTS),
        (&DRAFT, &Form::Boolean),
    ],
)
.needs(&[&TITLE])
.and(&EXCEPTED);

/// What the front matter of a plain page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageMatter {
    /// The title.
    pub title: Option<String>,
    /// Its own address.
    pub slug: Option<Placed<String>>,
    /// Former addresses.
    pub aliases: Vec<Placed<String>>,
    /// A sentence below the title.
    pub summary: Option<String>,
    /// The day it was last changed.
    pub updated: Option<Date>,
    /// Its place in lists.
    pub order: Option<u32>,
    /// Documents to fetch.
    pub documents: Vec<DocumentEntry>,
    /// Left out of the site.
    pub draft: bool,
    /// What stands under keys that mean nothing here.
    pub unknown: Unknown,
}

impl PageMatter {
    pub(super) fn read(mut fields: Fields<'_>, reader: &mut Reader<'_>) -> Self {
        let matter = Self {
            title: title(&mut fields, &TITLE, reader),
            slug: read_slug(&mut fields, &SLUG, reader),
            aliases: fields.take(&ALIASES, reader).map(|field| field.placed_texts(reader)).unwrap_or_default(),
            summary: text(&mut fields, &SUMMARY, reader),
            updated: fields.take(&UPDATED, reader).and_then(|field| field.date(reader)),
            order: fields.take(&ORDER, reader).and_then(|field| field.whole_number(reader)),
            documents: fields.take(&DOCUMENTS_KEY, reader).map(|f| read_documents(&f, reader)).unwrap_or_default(),
            draft: flag(&mut fields, &DRAFT, reader),
            unknown: Unknown::new(),
        };
        Self { unknown: fields.finish(&PAGE, reader), ..matter }
    }
}
