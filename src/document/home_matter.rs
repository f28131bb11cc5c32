//! The front matter of the home page's own text.

use crate::entry::EXCEPTED;
use crate::yaml::{Fields, Form, Key, MapForm, Reader, Unknown};

use super::module_matter::text;

static TITLE: Key = Key::new("title", "titre");
static SUMMARY: Key = Key::new("summary", "résumé").also(&["description", "chapô"]);

/// What its front matter may hold.
pub static HOME: MapForm = MapForm::new("home", &[(&TITLE, &Form::Text), (&SUMMARY, &Form::Text)]).and(&EXCEPTED);

/// What the front matter of `content/index.md` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomeMatter {
    /// The promise; `**stressed**` words are highlighted. Without one, the site's title.
    pub title: Option<String>,
    /// The lead.
    pub summary: Option<String>,
    /// What stands under keys that mean nothing here.
    pub unknown: Unknown,
}

impl HomeMatter {
    pub(super) fn read(mut fields: Fields<'_>, reader: &mut Reader<'_>) -> Self {
        let title = text(&mut fields, &TITLE, reader);
        let summary = text(&mut fields, &SUMMARY, reader);
        Self { title, summary, unknown: fields.finish(&HOME, reader) }
    }
}
