//! A dated, placed run of a module, with its region.

use std::sync::Arc;

use crate::entry::{SessionEntry, SessionStatus};
use crate::id::{Slug, TermId};
use crate::value::Date;

/// A session.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Unique among the module's sessions; the author's own, or made of its place in the list.
    pub id: Slug,
    /// What the author wrote, shared with the document.
    pub entry: Arc<SessionEntry>,
    /// The region it takes place in.
    pub region: Option<TermId>,
    /// The département's number ("67"), where it is known.
    pub departement: Option<String>,
}

impl Session {
    /// Whether its last day is before `today`. A session without a date is not past.
    pub fn is_past(&self, today: Date) -> bool {
        self.entry.last_day().is_some_and(|last| last < today)
    }

    /// Whether one can still enrol: it is to come, and neither full, cancelled nor closed.
    pub fn is_open(&self, today: Date) -> bool {
        !self.is_past(today)
            && !self.is_full()
            && !matches!(self.entry.status, Some(SessionStatus::Cancelled | SessionStatus::Postponed))
            && self.entry.register_by.is_none_or(|last| last >= today)
    }

    /// Whether no place is left.
    pub fn is_full(&self) -> bool {
        self.entry.status == Some(SessionStatus::Full) || self.entry.places_left == Some(0)
    }

    /// Whether it does not take place as announced.
    pub fn is_off(&self) -> bool {
        matches!(self.entry.status, Some(SessionStatus::Cancelled | SessionStatus::Postponed))
    }
}
