//! Links that settings name: the menu, memberships, the members' area.

use crate::diagnostic::{Place, Placed};
use crate::yaml::{Field, Form, Key, MapForm, Reader};

pub(crate) static TITLE: Key = Key::new("title", "titre").also(&["label", "libellé", "name", "nom"]);
pub(crate) static URL: Key = Key::new("url", "adresse").also(&["lien", "href", "page"]);
pub(crate) static LINKS: Key = Key::new("links", "liens");

/// The form of links.
pub(super) static LINK_LIST: Form = Form::List(&LINK);
static LINK: Form = Form::Either(&[&Form::Text, &Form::Map(&LINK_MAP)]);
static LINK_MAP: MapForm = MapForm::new("link", &[(&TITLE, &Form::Text), (&URL, &Form::Text)]);
/// The form of the members' area.
pub(super) static MEMBER_AREA: Form = Form::Either(&[&Form::Text, &Form::Items(&LINK), &Form::Map(&MEMBER_AREA_MAP)]);
static MEMBER_AREA_MAP: MapForm = MapForm::new("member-area", &[(&TITLE, &Form::Text), (&LINKS, &LINK_LIST)]);

/// A link: words, and where they lead.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkEntry {
    /// The words.
    pub label: String,
    /// A page of the site (from the root), a document of `content/`, or a whole address.
    pub target: Option<Placed<String>>,
    /// Where the entry stands.
    pub place: Place,
}

/// Links to the organisation's own portals.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberAreaEntry {
    /// "Espace adhérents"; without it, the interface's word.
    pub title: Option<String>,
    /// The portals.
    pub links: Vec<LinkEntry>,
}

/// Reads a list of links; a bare text is words without a link.
pub(super) fn read_links(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<LinkEntry> {
    field.items().iter().filter_map(|item| read_link(item, reader)).collect()
}

fn read_link(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<LinkEntry> {
    let Some(mut fields) = item.fields() else {
        return Some(LinkEntry { label: item.text(reader)?, target: None, place: item.place() });
    };
    let label = fields.take(&TITLE, reader).and_then(|field| field.text(reader));
    let target = fields.take(&URL, reader).and_then(|field| field.placed_text(reader));
    fields.finish(&LINK_MAP, reader);
    // An address without words is its own words.
    let label = label.or_else(|| target.as_ref().map(|target| target.value.clone()))?;
    Some(LinkEntry { label, target, place: item.place() })
}

impl MemberAreaEntry {
    pub(super) fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(mut fields) = field.fields() else {
            return Some(Self { title: None, links: read_links(field, reader) });
        };
        let title = fields.take(&TITLE, reader).and_then(|field| field.text(reader));
        let links = fields.take(&LINKS, reader).map(|field| read_links(&field, reader)).unwrap_or_default();
        fields.finish(&MEMBER_AREA_MAP, reader);
        (!links.is_empty()).then_some(Self { title, links })
    }
}
