//! The validated, linked, immutable whole: [`Catalogue`].
//!
//! [`assemble`] takes every parsed document and resolves what they say about each other: terms,
//! regions, organisations, prerequisites. What cannot be resolved is reported and kept as text. The
//! catalogue knows no address, no template and no public path.

mod assemble;
mod crossings;
mod files;
#[cfg(test)]
mod in_tests;
mod kinship;
mod module;
mod news_post;
mod organisation;
mod pathways;
mod prerequisites;
mod session;
mod term;
mod vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use crate::document::Document;
use crate::id::{ModuleId, NewsPostId, OrganisationId, PlainPageId, TermId, TermKind};
use crate::source::ContentPath;
use crate::value::Date;

pub use assemble::assemble;
pub use crossings::{CROSSED, Crossings, Pair};
pub use files::{FileInfo, Files};
pub use kinship::Kinship;
pub use module::{FreePrice, Module, PrerequisiteRef, StepRef};
pub use news_post::{NewsPost, PlainPage};
pub use organisation::{Organisation, Part};
pub use pathways::{Pathway, PathwayOrigin, PathwayStep, TotalHours, pathways};
pub use session::Session;
pub use term::Term;

/// Which edition of the site is made: the day, and whether drafts are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition {
    /// "Today": sessions before it are past, publications after it wait.
    pub today: Date,
    /// Drafts are shown.
    pub drafts: bool,
}

/// Everything that the site is about, linked.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Every module that has a page, archived ones included.
    pub modules: IndexMap<ModuleId, Module>,
    /// The modules that lists show, in French order of their titles.
    pub listed: Vec<ModuleId>,
    /// Themes, audiences and regions that have a page, by id.
    pub terms: IndexMap<TermId, Term>,
    /// What two terms have in common.
    pub crossings: Crossings,
    /// Organisations, by id.
    pub organisations: IndexMap<OrganisationId, Organisation>,
    /// The organisation that offers what names no other.
    pub provider: Option<OrganisationId>,
    /// Modules that follow each other.
    pub pathways: Vec<Pathway>,
    /// News posts, the latest first.
    pub news: Vec<NewsPost>,
    /// Plain pages, in the order of their `order`, then title.
    pub pages: Vec<PlainPage>,
    /// The home page's own text.
    pub home: Option<Arc<Document>>,
    /// What a link to a document leads to.
    pub targets: BTreeMap<ContentPath, Target>,
    /// Files of `content/` that are no documents, and of `assets/`.
    pub files: Files,
    /// The edition that this is.
    pub edition: Edition,
    /// The next day on which another edition would differ.
    pub next_change: Option<Date>,
}

/// What a document is shown as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A module's sheet.
    Module(ModuleId),
    /// A news post.
    NewsPost(NewsPostId),
    /// A plain page.
    PlainPage(PlainPageId),
    /// A term's page.
    Term(TermId),
    /// An organisation's page.
    Organisation(OrganisationId),
    /// The home page.
    Home,
    /// Nothing in this edition: a draft, or something that waits for its day.
    Waiting,
}

/// The order of titles in a language: accents and case decide only between equals.
pub fn title_order(lang: crate::lang::Lang) -> impl Fn(&str, &str) -> std::cmp::Ordering {
    let order = assemble::TitleOrder::of(lang);
    move |one, two| match &order {
        Some(order) => order.compare(one, two),
        None => one.cmp(two),
    }
}

impl Catalogue {
    /// The modules of a term that lists show, in the order of [`Catalogue::listed`].
    pub fn modules_of(&self, term: &Term) -> impl Iterator<Item = &Module> {
        term.modules.iter().filter_map(|id| self.modules.get(id))
    }

    /// The terms of a kind, in the site's order.
    pub fn terms_of(&self, kind: TermKind) -> Vec<&Term> {
        let mut terms: Vec<&Term> = self.terms.values().filter(|term| term.id.kind == kind).collect();
        terms.sort_by_key(|term| term.rank);
        terms
    }

    /// Coming sessions of the modules that lists show, with their modules, the next first.
    pub fn coming_sessions(&self) -> Vec<(&Module, &Session)> {
        let today = self.edition.today;
        let mut sessions: Vec<(&Module, &Session)> = self
            .listed
            .iter()
            .filter_map(|id| self.modules.get(id))
            .flat_map(|module| module.coming_sessions(today).map(move |session| (module, session)))
            .collect();
        let key = |(module, session): &(&Module, &Session)| {
            let days = (session.entry.first_day(), session.entry.last_day());
            (days, module.id.clone())
        };
        sessions.par_sort_by_cached_key(key);
        sessions
    }
}
