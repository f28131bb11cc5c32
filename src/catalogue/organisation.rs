//! An organisation, and the part that one plays in a module.

use std::sync::Arc;

use crate::document::{Document, Matter, OrganisationMatter};
use crate::id::{ModuleId, OrganisationId};

/// A provider, partner, funder or source of news.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The file that declares it.
    pub document: Option<Arc<Document>>,
    /// The organisation that it is a part of.
    pub parent: Option<OrganisationId>,
    /// The modules it offers, in French order of their titles.
    pub provides: Vec<ModuleId>,
    /// The modules it takes part in.
    pub shares: Vec<ModuleId>,
    /// The modules it funds.
    pub funds: Vec<ModuleId>,
}

/// The part of an organisation in a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// What it does, in the author's words.
    pub role: Option<String>,
    /// More about it.
    pub text: Option<String>,
}

impl Organisation {
    /// How many modules its page lists: a module once for each part that the organisation plays in it.
    pub fn n_modules(&self) -> usize {
        self.provides.len() + self.shares.len() + self.funds.len()
    }

    /// What its front matter says, if a file declares it.
    pub fn matter(&self) -> Option<&OrganisationMatter> {
        match self.document.as_deref().map(|document| &document.matter) {
            Some(Matter::Organisation(matter)) => Some(matter),
            _ => None,
        }
    }
}
