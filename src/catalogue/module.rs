//! A training module with all that it refers to.

use std::sync::Arc;

use crate::document::{Document, Matter, ModuleMatter};
use crate::id::{ModuleId, Slug, TermId, TermKind};
use crate::value::{Date, Decimal};

use super::organisation::Part;
use super::session::Session;

/// A training module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its id.
    pub id: ModuleId,
    /// The last part of its address.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// The file that it is made of.
    pub document: Arc<Document>,
    /// Its themes, in the author's order.
    pub topics: Vec<TermId>,
    /// Its audiences, in the author's order.
    pub audiences: Vec<TermId>,
    /// The regions in which it is offered; all of them when offered everywhere.
    pub regions: Vec<TermId>,
    /// Its sessions, by date; those without a date last.
    pub sessions: Vec<Session>,
    /// For whom it is free of charge.
    pub free: Vec<FreePrice>,
    /// What is needed before, in the author's order.
    pub prerequisites: Vec<PrerequisiteRef>,
    /// What it is made of, if it is a pathway, in the author's order.
    pub steps: Vec<StepRef>,
    /// The modules that need this one, or that it names as what may follow.
    pub opens: Vec<ModuleId>,
    /// Related modules.
    pub related: Vec<ModuleId>,
    /// Who offers it.
    pub provider: Option<Part>,
    /// Who takes part in making it.
    pub partners: Vec<Part>,
    /// Who pays.
    pub funders: Vec<Part>,
}

/// That a module costs nothing, and to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FreePrice {
    /// In these regions; everywhere when there is none.
    pub regions: Vec<TermId>,
    /// For these audiences; for all when there is none.
    pub audiences: Vec<TermId>,
    /// There is another condition, in words.
    pub conditional: bool,
}

impl FreePrice {
    /// For everybody, everywhere.
    pub fn is_for_all(&self) -> bool {
        self.regions.is_empty() && self.audiences.is_empty() && !self.conditional
    }

    /// Whether region and audience decide it: a condition in words alone may mean anything.
    pub fn is_by_place(&self) -> bool {
        !self.conditional || !self.regions.is_empty() || !self.audiences.is_empty()
    }
}

/// A prerequisite: a module, words, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct PrerequisiteRef {
    /// The module, if it is one of the catalogue.
    pub module: Option<ModuleId>,
    /// Words: what is needed, or more about the module.
    pub text: Option<String>,
}

/// A step of a pathway: a module, words, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRef {
    /// The module, if it is one of the catalogue.
    pub module: Option<ModuleId>,
    /// Words: what is done, or more about the module.
    pub text: Option<String>,
    /// How many hours it takes, where the pathway says so itself.
    pub hours: Option<Decimal>,
}

impl Module {
    /// What its front matter says.
    pub fn matter(&self) -> &ModuleMatter {
        static NOTHING: std::sync::LazyLock<ModuleMatter> = std::sync::LazyLock::new(ModuleMatter::default);
        match &self.document.matter {
            Matter::Module(matter) => matter,
            // Only module documents are made into modules; anything else says nothing.
            _ => &NOTHING,
        }
    }

    /// Whether lists and feeds show it.
    pub fn is_listed(&self) -> bool {
        !self.matter().archived
    }

    /// Its sessions that are not past, by date.
    pub fn coming_sessions(&self, today: Date) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(move |session| !session.is_past(today))
    }

    /// The next dated session that takes place: an open one first, else a full one.
    pub fn next_session(&self, today: Date) -> Option<&Session> {
        let dated = || self.coming_sessions(today).filter(|s| !s.entry.days.is_empty() && !s.is_off());
        dated().find(|session| session.is_open(today)).or_else(|| dated().next())
    }

    /// Its terms of a kind.
    pub fn terms(&self, kind: TermKind) -> &[TermId] {
        match kind {
            TermKind::Topic => &self.topics,
            TermKind::Audience => &self.audiences,
            TermKind::Region => &self.regions,
        }
    }
}
