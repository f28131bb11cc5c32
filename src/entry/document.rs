//! Documents to fetch and pictures, as front matter names them.

use crate::diagnostic::Placed;
use crate::value::date::Date;
use crate::yaml::{Field, Form, Key, MapForm, Reader};

/// The key under which documents stand.
pub static DOCUMENTS_KEY: Key = Key::new("documents", "documents").also(&["attachments", "pièces-jointes"]);

pub(crate) static TITLE: Key = Key::new("title", "titre");
pub(crate) static FILE: Key = Key::new("file", "fichier");
pub(crate) static URL: Key = Key::new("url", "lien");
pub(crate) static TYPE: Key = Key::new("type", "type").also(&["format"]);
pub(crate) static DATE: Key = Key::new("date", "date");
pub(crate) static PUBLISHER: Key = Key::new("publisher", "éditeur").also(&["source"]);
pub(crate) static LANG: Key = Key::new("lang", "langue");
pub(crate) static SIZE: Key = Key::new("size", "taille");
pub(crate) static ALT: Key = Key::new("alt", "texte-alternatif").also(&["description"]);
pub(crate) static CREDIT: Key = Key::new("credit", "crédit").also(&["crédits"]);

/// The form of what stands under it.
pub static DOCUMENTS: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&DOCUMENT)]));

static DOCUMENT: MapForm = MapForm::new(
    "document",
    &[
        (&TITLE, &Form::Text),
        (&FILE, &Form::Text),
        (&URL, &Form::Text),
        (&TYPE, &Form::Text),
        (&DATE, &Form::Date),
        (&PUBLISHER, &Form::Text),
        (&LANG, &Form::Text),
        (&SIZE, &Form::Text),
    ],
);

/// The form of a picture.
pub static IMAGE: Form = Form::Either(&[&Form::Text, &Form::Map(&IMAGE_MAP)]);

static IMAGE_MAP: MapForm = MapForm::new("image", &[(&FILE, &Form::Text), (&ALT, &Form::Text), (&CREDIT, &Form::Text)]);

/// A document: a file of the site, or an address elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentEntry {
    /// The title; without one, the file's name.
    pub title: Option<String>,
    /// A file, relative to the document that names it or from the site's root.
    pub file: Option<Placed<String>>,
    /// A whole address.
    pub url: Option<Placed<String>>,
    /// What it is ("PDF"); found from the file's extension when not said.
    pub format: Option<String>,
    /// The day it was made.
    pub date: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its language, when not the site's.
    pub lang: Option<String>,
    /// Its size in words, for addresses elsewhere.
    pub size: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageEntry {
    /// The file.
    pub file: Placed<String>,
    /// What it says; empty for decoration.
    pub alt: String,
    /// Whether the author says what it shows, be it nothing: a drawing that tells nothing has an empty text.
    pub has_alt: bool,
    /// Who made it.
    pub credit: Option<String>,
}

/// Reads one document or a list of them; a bare text is a file or an address.
pub fn read_documents(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<DocumentEntry> {
    field.items().iter().filter_map(|item| read_document(item, reader)).collect()
}

fn read_document(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<DocumentEntry> {
    let mut entry = DocumentEntry {
        title: None,
        file: None,
        url: None,
        format: None,
        date: None,
        publisher: None,
        lang: None,
        size: None,
    };
    let Some(mut fields) = item.fields() else {
        let text = item.placed_text(reader)?;
        if is_whole_address(&text.value) {
            entry.url = Some(text);
        } else {
            entry.file = Some(text);
        }
        return Some(entry);
    };
    entry.title = fields.take(&TITLE, reader).and_then(|field| field.text(reader));
    entry.file = fields.take(&FILE, reader).and_then(|field| field.placed_text(reader));
    entry.url = fields.take(&URL, reader).and_then(|field| field.placed_text(reader));
    entry.format = fields.take(&TYPE, reader).and_then(|field| field.text(reader));
    entry.date = fields.take(&DATE, reader).and_then(|field| field.date(reader));
    entry.publisher = fields.take(&PUBLISHER, reader).and_then(|field| field.text(reader));
    entry.lang = fields.take(&LANG, reader).and_then(|field| field.text(reader));
    entry.size = fields.take(&SIZE, reader).and_then(|field| field.text(reader));
    fields.finish(&DOCUMENT, reader);
    Some(entry)
}

/// Whether an address names its scheme (`https:`, `mailto:`).
fn is_whole_address(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

impl ImageEntry {
    /// Reads a text (the file) or a map.
    pub fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(mut fields) = field.fields() else {
            return Some(Self { file: field.placed_text(reader)?, alt: String::new(), has_alt: false, credit: None });
        };
        let file = fields.take(&FILE, reader).and_then(|field| field.placed_text(reader));
        let has_alt = fields.has(&ALT);
        let alt = fields.take(&ALT, reader).and_then(|field| field.text(reader)).unwrap_or_default();
        let credit = fields.take(&CREDIT, reader).and_then(|field| field.text(reader));
        fields.finish(&IMAGE_MAP, reader);
        Some(Self { file: file?, alt, has_alt, credit })
    }
}
