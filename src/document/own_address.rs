//! The address that a document gives itself, and whether its file has a name that can be one.

use crate::diagnostic::{Code, Diagnostic, Place, Placed};
use crate::fold::fold;
use crate::id::Slug;
use crate::yaml::{Fields, Key, Reader};

use super::{Document, Matter};

/// A text of which an address is made. One of which none can be made is told, and not used.
pub(super) fn read_slug(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<Placed<String>> {
    let field = fields.take(key, reader)?;
    let written = field.placed_text(reader)?;
    if Slug::from_text(&written.value).is_some() {
        return Some(written);
    }
    let unusable = reader.about(Code::UnknownValue, &field).arg("value", &written.value);
    reader.report(unusable.message("message-slug").help("help-slug"));
    None
}

/// The key under which a document names its address, for a message about it: as the author spells it where `place`
/// is there, and else the one that every kind of document knows.
pub fn slug_key(place: &Place) -> &str {
    let key = place.key().filter(|key| matches!(fold(key).as_str(), "slug" | "adresse" | "adresse web"));
    key.unwrap_or("slug")
}

/// What is told of a document whose address says nothing, since neither its file nor its title has a letter.
pub(super) fn unnamed(document: &Document) -> Option<Diagnostic> {
    let own = match &document.matter {
        Matter::Module(matter) => matter.slug.as_ref().or(matter.id.as_ref()),
        Matter::News(matter) => matter.slug.as_ref(),
        Matter::Page(matter) => matter.slug.as_ref(),
        Matter::Term(_, matter) => matter.slug.as_ref(),
        Matter::Organisation(matter) => matter.slug.as_ref().or(matter.id.as_ref()),
        Matter::Home(_) => return None,
    };
    let is_named =
        own.is_some() || [&document.stem, &document.title()].iter().any(|name| Slug::from_text(name).is_some());
    let unnamed = Diagnostic::new(Code::MisplacedFile, &document.path, Place::Start).message("message-unnamed");
    (!is_named).then(|| unnamed.help("help-unnamed").arg("address", Slug::unnamed().as_str()))
}
