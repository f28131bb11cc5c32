//! Brochure turns a folder of Markdown files, one per training module, into a training catalogue.
//!
//! The story of a run, each stage with the type that it makes:
//!
//! 1. [`source::scan`] reads the site's folder, once: [`source::Sources`].
//! 2. [`document::parse`] reads each file, ignorant of all others: [`document::Document`]. Settings are a
//!    [`config::Config`], made of the same small forms ([`entry`], [`value`], [`yaml`]).
//! 3. [`catalogue::assemble`] links all documents into one whole: [`catalogue::Catalogue`].
//! 4. [`site_theme`] makes the look ready: templates, style sheets, words.
//! 5. [`route::plan`] gives everything an address: [`route::RouteTable`].
//! 6. [`view::view`] says what one page may show: [`view::View`]. From here on nothing can reach the catalogue.
//! 7. [`page::Page`] adds a fingerprint: when it is the same, so are the bytes.
//! 8. [`render::render`] makes the bytes: [`output::Output`].
//! 9. [`output::publish`] writes what differs.
//!
//! [`pipeline::Pipeline`] conducts them, with the [`memo`] between runs. What is found on the way is a
//! [`diagnostic::Diagnostic`], told by [`report`] in the sentences of [`texts`]. [`cli`] and [`command`] are all that
//! `main` knows. [`serve`] is the other outlet: a site that is drawn as it is asked for, and follows its sources. [`start`] has
//! the files of a new site and model sheets, [`schema`] says what may stand in them.

pub mod catalogue;
pub mod cli;
pub mod command;
pub mod config;
pub mod content_path;
pub mod diagnostic;
pub mod document;
pub mod entry;
pub mod file_system;
pub mod fold;
pub mod hash;
pub mod id;
pub mod import;
pub mod lang;
pub mod loads;
pub mod memo;
pub mod output;
pub mod pack;
pub mod page;
pub mod phrases;
pub mod pipeline;
pub mod portable;
pub mod register;
pub mod render;
pub mod report;
pub mod route;
pub mod rules;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site_theme;
pub mod source;
pub mod start;
mod stem;
pub mod texts;
pub mod typography;
pub mod value;
pub mod view;
pub mod yaml;
