//! What the pages of terms lead to beside their modules: other terms, and what is coming.
//!
//! Made once, and bounded: a page that led to all other terms would grow with their number, and there are as many such
//! pages.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Module, Session, Term};
use crate::id::{TermId, TermKind};

/// How many sessions a term's page announces.
const SESSIONS: usize = 6;
/// In the calendars of how many themes, and of how many audiences, a session stands: all of them, unless a module is
/// about everything. A hundred sessions in the calendars of a hundred themes would be as much as neither.
pub(super) const CALENDARS: usize = 24;
/// How many other terms a term's page leads to; the index of the kind has all.
pub(super) const OTHERS: usize = 24;

/// The ways that lead on from terms.
#[derive(Default)]
pub(super) struct Ways<'a> {
    /// The terms that have a module, in the site's order.
    shown: BTreeMap<TermKind, Vec<&'a Term>>,
    /// The place of each among them.
    places: BTreeMap<&'a TermId, usize>,
    coming: BTreeMap<&'a TermId, Vec<(&'a Module, &'a Session)>>,
    /// All coming sessions that have a date, those as well that do not take place.
    dated: BTreeMap<&'a TermId, Vec<(&'a Module, &'a Session)>>,
}

impl<'a> Ways<'a> {
    /// The ways in a catalogue, whose coming sessions are `coming`, the next first.
    pub(super) fn new(catalogue: &'a Catalogue, coming: &[(&'a Module, &'a Session)]) -> Self {
        let mut ways = Self::default();
        for kind in TermKind::ALL {
            let shown: Vec<&Term> =
                catalogue.terms_of(kind).into_iter().filter(|term| !term.modules.is_empty()).collect();
            ways.places.extend(shown.iter().map(|term| &term.id).zip(0..));
            ways.shown.insert(kind, shown);
        }
        for (module, session) in coming.iter().copied() {
            if session.entry.days.is_empty() {
                continue;
            }
            let push = |known: &mut Vec<(&'a Module, &'a Session)>| {
                let is_named_twice = known.last().is_some_and(|(_, last)| std::ptr::eq(*last, session));
                if !is_named_twice {
                    known.push((module, session));
                }
            };
            // A region's page announces what takes place there, not what its modules do elsewhere.
            for term in module.topics.iter().chain(&module.audiences).chain(&session.region) {
                let known = ways.coming.entry(term).or_default();
                if known.len() < SESSIONS && !session.is_off() {
                    push(known);
                }
            }
            let topics = module.topics.iter().take(CALENDARS);
            for term in topics.chain(module.audiences.iter().take(CALENDARS)).chain(&session.region) {
                push(ways.dated.entry(term).or_default());
            }
        }
        ways
    }

    /// The terms of a kind that have a module, in the site's order.
    pub(super) fn shown(&self, kind: TermKind) -> &[&'a Term] {
        self.shown.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Other terms of a term's kind: all, or where there are many those around it in the site's order.
    pub(super) fn others(&self, term: &TermId) -> impl Iterator<Item = &'a Term> {
        let shown = self.shown(term.kind);
        let place = self.places.get(term).copied().unwrap_or_default();
        let from = place.saturating_sub(OTHERS / 2).min(shown.len().saturating_sub(OTHERS + 1));
        shown.iter().skip(from).filter(move |other| other.id != *term).take(OTHERS).copied()
    }

    /// The first coming sessions of a term's modules; of a region, those that take place there.
    pub(super) fn coming(&self, term: &TermId) -> &[(&'a Module, &'a Session)] {
        self.coming.get(term).map_or(&[], Vec::as_slice)
    }

    /// All coming sessions of a term that have a date, the next first; of a region, those that take place there.
    pub(super) fn dated(&self, term: &TermId) -> &[(&'a Module, &'a Session)] {
        self.dated.get(term).map_or(&[], Vec::as_slice)
    }
}
