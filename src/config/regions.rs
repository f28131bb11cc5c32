//! Regions of a site's own, in place of the 18 of France.

use crate::yaml::{Field, Form, Key, MapForm, Reader};

use super::keys::text;

static NAME: Key = Key::new("name", "nom").also(&["title", "titre"]);
static SYNONYMS: Key = Key::new("synonyms", "synonymes");
static POSTCODES: Key = Key::new("postcodes", "codes-postaux").also(&["départements", "departements"]);

/// The form of a site's own regions.
pub(super) static REGION_LIST: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&REGION)]));
static REGION: MapForm =
    MapForm::new("region", &[(&NAME, &Form::Text), (&SYNONYMS, &Form::TEXTS), (&POSTCODES, &Form::TEXTS)]);

/// A region that the site declares in its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionEntry {
    /// Its name.
    pub name: String,
    /// What people write instead.
    pub synonyms: Vec<String>,
    /// Beginnings of the postcodes that lie in it.
    pub postcodes: Vec<String>,
}

/// Reads a list of names or maps.
pub(super) fn read_regions(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<RegionEntry> {
    field.items().iter().filter_map(|item| read_region(item, reader)).collect()
}

fn read_region(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<RegionEntry> {
    let Some(mut fields) = item.fields() else {
        return Some(RegionEntry { name: item.text(reader)?, synonyms: Vec::new(), postcodes: Vec::new() });
    };
    let name = text(&mut fields, &NAME, reader);
    let synonyms = fields.take(&SYNONYMS, reader).map(|field| field.texts(reader)).unwrap_or_default();
    let postcodes = fields.take(&POSTCODES, reader).map(|field| field.texts(reader)).unwrap_or_default();
    fields.finish(&REGION, reader);
    Some(RegionEntry { name: name?, synonyms, postcodes })
}
