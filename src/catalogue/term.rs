//! A theme, an audience or a region, with the modules that carry it.

use std::sync::Arc;

use crate::document::Document;
use crate::id::{ModuleId, Slug, TermId};

/// A term that has a page.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its id.
    pub id: TermId,
    /// Its title.
    pub title: String,
    /// What else people write for it.
    pub synonyms: Vec<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// The look's emblem for it.
    pub emblem: Option<String>,
    /// The file that declares it, with its introduction.
    pub document: Option<Arc<Document>>,
    /// The term above it.
    pub parent: Option<Slug>,
    /// The terms below it, in the site's order.
    pub children: Vec<Slug>,
    /// Its place among its kind, from 0.
    pub rank: usize,
    /// A region overseas.
    pub overseas: bool,
    /// The modules that carry it and that lists show, in French order of their titles.
    pub modules: Vec<ModuleId>,
}
