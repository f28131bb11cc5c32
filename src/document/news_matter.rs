//! The front matter of a news post.

use crate::diagnostic::{Code, Diagnostic, Place, Placed};
use crate::entry::{
    DOCUMENTS, DOCUMENTS_KEY, DocumentEntry, EXCEPTED, IMAGE as IMAGE_FORM, ImageEntry, read_documents,
};
use crate::value::{Date, DateProblem, parse_date};
use crate::yaml::{Fields, Form, Key, MapForm, Reader, Unknown};

use super::module_matter::{flag, terms, text, texts, title};
use super::own_address::read_slug;

pub(crate) static TITLE: Key = Key::new("title", "titre");
pub(crate) static DATE: Key = Key::new("date", "date").also(&["published", "publié", "publié-le"]);
pub(crate) static SLUG: Key = Key::new("slug", "adresse");
pub(crate) static ALIASES: Key = Key::new("aliases", "anciennes-adresses");
pub(crate) static SUMMARY: Key = Key::new("summary", "résumé").also(&["chapô"]);
pub(crate) static UPDATED: Key = Key::new("updated", "mis-à-jour").also(&["mise-à-jour"]);
pub(crate) static AUTHOR: Key = Key::new("author", "auteur").also(&["autrice"]);
pub(crate) static THEMES: Key = Key::new("themes", "thèmes").also(&["theme", "thème"]);
pub(crate) static TAGS: Key = Key::new("tags", "mots-clés").also(&["étiquettes"]);
pub(crate) static IMAGE: Key = Key::new("image", "image");
pub(crate) static RELATED: Key = Key::new("related", "voir-aussi").also(&["related_modules", "modules-liés"]);
pub(crate) static SOURCE_ORG: Key = Key::new("source_org", "organisme-source").also(&["source"]);
pub(crate) static DRAFT: Key = Key::new("draft", "brouillon");

/// What its front matter may hold.
pub static NEWS: MapForm = MapForm::new(
    "news",
    &[
        (&TITLE, &Form::Text),
        (&DATE, &Form::Date),
        (&SLUG, &Form::Text),
        (&ALIASES, &Form::TEXTS),
        (&SUMMARY, &Form::Text),
        (&UPDATED, &Form::Date),
        (&AUTHOR, &Form::Text),
        (&THEMES, &Form::TEXTS),
        (&TAGS, &Form::TEXTS),
        (&DOCUMENTS_KEY, &DOCUMENTS),
        (&IMAGE, &IMAGE_FORM),
        (&RELATED, &Form::TEXTS),
        (&SOURCE_ORG, &Form::Text),
        (&DRAFT, &Form::Boolean),
    ],
)
.needs(&[&TITLE])
.and(&EXCEPTED);

/// What the front matter of a news post says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewsMatter {
    /// The title.
    pub title: Option<String>,
    /// The day it is published.
    pub date: Option<Date>,
    /// Its own address.
    pub slug: Option<Placed<String>>,
    /// Former addresses.
    pub aliases: Vec<Placed<String>>,
    /// The lead.
    pub summary: Option<String>,
    /// The day it was last changed.
    pub updated: Option<Date>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What it is about.
    pub topics: Vec<Placed<String>>,
    /// Free tags.
    pub tags: Vec<String>,
    /// Documents to fetch.
    pub documents: Vec<DocumentEntry>,
    /// The picture.
    pub image: Option<ImageEntry>,
    /// Modules that it speaks of.
    pub related: Vec<Placed<String>>,
    /// The organisation it comes from.
    pub source_org: Option<Placed<String>>,
    /// Left out of the site.
    pub draft: bool,
    /// What stands under keys that mean nothing here.
    pub unknown: Unknown,
}

impl NewsMatter {
    pub(super) fn read(mut fields: Fields<'_>, reader: &mut Reader<'_>) -> Self {
        let title = title(&mut fields, &TITLE, reader);
        let written = fields.take(&DATE, reader);
        let date = match &written {
            Some(field) => field.date(reader),
            None => date_of_name(&fields, reader),
        };
        let matter = Self {
            title,
            date,
            slug: read_slug(&mut fields, &SLUG, reader),
            aliases: fields.take(&ALIASES, reader).map(|field| field.placed_texts(reader)).unwrap_or_default(),
            summary: text(&mut fields, &SUMMARY, reader),
            updated: fields.take(&UPDATED, reader).and_then(|field| field.date(reader)),
            author: text(&mut fields, &AUTHOR, reader),
            topics: fields.take(&THEMES, reader).map(|field| terms(&field, reader)).unwrap_or_default(),
            tags: texts(&mut fields, &TAGS, reader),
            documents: fields.take(&DOCUMENTS_KEY, reader).map(|f| read_documents(&f, reader)).unwrap_or_default(),
            image: fields.take(&IMAGE, reader).and_then(|field| ImageEntry::read(&field, reader)),
            related: fields.take(&RELATED, reader).map(|field| field.placed_texts(reader)).unwrap_or_default(),
            source_org: fields.take(&SOURCE_ORG, reader).and_then(|field| field.placed_text(reader)),
            draft: flag(&mut fields, &DRAFT, reader),
            unknown: Unknown::new(),
        };
        Self { unknown: fields.finish(&NEWS, reader), ..matter }
    }
}

/// The date with which the file's name begins; it is reported when there is none, or no such day.
fn date_of_name(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<Date> {
    let stem = super::stem_of(reader.file);
    let date = super::date_in_name(stem).map(|(date, _)| date);
    if date.is_none() {
        let impossible = stem.get(..10).filter(|head| parse_date(head) == Err(DateProblem::Impossible));
        reader.report(match impossible {
            Some(written) => Diagnostic::new(Code::InvalidDate, reader.file, Place::Start)
                .message("message-name")
                .help("help-name")
                .arg("value", written),
            None => fields.missing(Code::MissingDate, &DATE, Place::Start, reader),
        });
    }
    date
}
