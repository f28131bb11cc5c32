//! [`Subject`]: a document with all that rules may see of it, and what its sections say.

use crate::catalogue::{Catalogue, Module, NewsPost, PlainPage};
use crate::document::Document;

use super::Site;
use super::sheet::{Duty, Met};

/// A document that is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    /// The site.
    pub(super) site: Site<'a>,
    /// The document.
    pub(super) document: &'a Document,
    /// What it is, if it is a module that lists show.
    pub(super) module: Option<&'a Module>,
    /// What it is, if it is a news post.
    pub(super) post: Option<&'a NewsPost>,
    /// What it is, if it is a plain page.
    pub(super) page: Option<&'a PlainPage>,
}

impl<'a> Subject<'a> {
    /// Every document that is published.
    pub(super) fn all(site: Site<'a>) -> impl Iterator<Item = Self> {
        let Site { catalogue, .. } = site;
        let of = move |document: &'a Document| Self { site, document, module: None, post: None, page: None };
        let modules = catalogue.modules.values().map(move |module| Self {
            module: Some(module).filter(|module| module.is_listed()),
            ..of(&module.document)
        });
        let news = catalogue.news.iter().map(move |post| Self { post: Some(post), ..of(&post.document) });
        let pages = catalogue.pages.iter().map(move |page| Self { page: Some(page), ..of(&page.document) });
        let terms = catalogue.terms.values().filter_map(|term| term.document.as_deref()).map(of);
        let organisations = catalogue.organisations.values();
        let organisations = organisations.filter_map(|one| one.document.as_deref()).map(of);
        let home = catalogue.home.as_deref().into_iter().map(of);
        modules.chain(news).chain(pages).chain(terms).chain(organisations).chain(home)
    }

    /// Which rules hold for it, if it is a module.
    pub(super) fn duty(&self) -> Option<Duty> {
        self.module.map(Duty::of)
    }
}

/// Where something is said that the sheet may say itself or inherit.
pub(super) fn met(by_sheet: bool, by_site: bool) -> Option<Met> {
    match (by_sheet, by_site) {
        (true, _) => Some(Met::BySheet),
        (false, true) => Some(Met::BySite),
        (false, false) => None,
    }
}

/// The trainings that lists show and that the provider answers for.
pub(super) fn trainings(catalogue: &Catalogue) -> impl Iterator<Item = &Module> {
    let is_read = |module: &&Module| module.is_listed() && !module.document.broken;
    catalogue.modules.values().filter(is_read).filter(|module| Duty::of(module) == Duty::Training)
}
