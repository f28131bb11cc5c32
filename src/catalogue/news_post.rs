//! News posts and plain pages.

use std::sync::Arc;

use crate::document::{Document, Matter, NewsMatter, PageMatter};
use crate::id::{ModuleId, NewsPostId, OrganisationId, PlainPageId, Slug, TermId};
use crate::value::Date;

/// A dated news item.
#[derive(Clone, Debug)]
pub struct NewsPost {
    /// Its id: the file's name.
    pub id: NewsPostId,
    /// The last part of its address.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// The day it was published.
    pub date: Date,
    /// The file that it is made of.
    pub document: Arc<Document>,
    /// Its themes.
    pub topics: Vec<TermId>,
    /// Modules that it speaks of.
    pub related: Vec<ModuleId>,
    /// The organisation it comes from.
    pub source: Option<OrganisationId>,
}

impl NewsPost {
    /// What its front matter says.
    pub fn matter(&self) -> &NewsMatter {
        static NOTHING: std::sync::LazyLock<NewsMatter> = std::sync::LazyLock::new(NewsMatter::default);
        match &self.document.matter {
            Matter::News(matter) => matter,
            // Only news documents are made into news posts; anything else says nothing.
            _ => &NOTHING,
        }
    }
}

/// A plain page: who we are, quality, legal notice.
#[derive(Clone, Debug)]
pub struct PlainPage {
    /// Its id: the file's name.
    pub id: PlainPageId,
    /// Its address.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// The file that it is made of.
    pub document: Arc<Document>,
}

impl PlainPage {
    /// What its front matter says.
    pub fn matter(&self) -> &PageMatter {
        static NOTHING: std::sync::LazyLock<PageMatter> = std::sync::LazyLock::new(PageMatter::default);
        match &self.document.matter {
            Matter::Page(matter) => matter,
            // Only page documents are made into plain pages; anything else says nothing.
            _ => &NOTHING,
        }
    }
}
