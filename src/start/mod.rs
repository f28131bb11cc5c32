//! A good start: the files of a new site, and the model sheets of `brochure new`, as texts.
//!
//! The models are files in `models/`, in each language, with `{named}` parts to fill in. They hold what authors read,
//! so no sentence stands here. Nothing here touches the disk or the clock: what is to be written is given back.

mod sheet;
mod site;

use include_dir::{Dir, include_dir};

use crate::lang::Lang;

pub use sheet::{NewSheet, SheetKind, same_address, sheet, title_of};
pub use site::{Answers, NewFile, is_harmless, site_files};

static MODELS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/start/models");

/// The text of a model.
fn model(lang: Lang, path: &str) -> &'static str {
    let file = MODELS.get_file(format!("{}/{path}", lang.code()));
    // The models are a part of the program; a test uses all of them.
    file.and_then(|file| file.contents_utf8()).unwrap_or_default()
}

/// What is written where every region is meant.
fn everywhere(lang: Lang) -> &'static str {
    match lang {
        Lang::French => "toutes",
        Lang::English => "all",
    }
}
