//! The sessions of a module while the catalogue is assembled: each with its id and its region.

use std::collections::BTreeSet;

use jiff::ToSpan;

use crate::catalogue::session::Session;
use crate::diagnostic::{Code, Diagnostic, Placed};
use crate::document::ModuleMatter;
use crate::id::{Slug, TermId, TermKind};
use crate::source::ContentPath;
use crate::value::region;

use super::Assembly;

impl Assembly<'_> {
    pub(super) fn link_sessions(&mut self, path: &ContentPath, matter: &ModuleMatter) -> Vec<Session> {
        let mut sessions: Vec<Session> = Vec::new();
        let mut taken: BTreeSet<Slug> = BTreeSet::new();
        for (index, entry) in matter.sessions.iter().enumerate() {
            let wanted = entry.id.as_deref().or(entry.label.as_deref()).and_then(Slug::from_text);
            let is_free = |slug: &Slug| !taken.contains(slug);
            let numbered = (index + 1..).map(|number| Slug::session().numbered(number));
            let Some(id) = wanted.into_iter().chain(numbered).find(is_free) else { continue };
            taken.insert(id.clone());
            let departement = entry
                .departement
                .as_ref()
                .and_then(|named| region::departement_of_name(&named.value))
                .or_else(|| entry.postcode.as_ref().and_then(|code| region::departement_of_postcode(&code.value)))
                .map(|departement| departement.code.clone());
            let region = self.region_of(path, entry);
            if !matter.draft && !matter.archived {
                self.changes_on(entry.last_day().and_then(|day| day.checked_add(1.day()).ok()));
                self.changes_on(entry.register_by.and_then(|day| day.checked_add(1.day()).ok()));
            }
            sessions.push(Session { id, entry: entry.clone(), region, departement });
        }
        // Undated ones last; equal dates keep the author's order.
        sessions.sort_by_key(|session| {
            (session.entry.days.is_empty(), session.entry.first_day(), session.entry.last_day())
        });
        sessions
    }

    /// The region that the author names, else that of the département, else that of the postcode.
    fn region_of(&mut self, path: &ContentPath, entry: &crate::entry::SessionEntry) -> Option<TermId> {
        if let Some(written) = &entry.region {
            return self.terms(TermKind::Region, path, std::slice::from_ref(written)).pop();
        }
        let regions = self.vocabularies.get_mut(&TermKind::Region)?;
        let by_name = |written: &Option<Placed<String>>| written.as_ref().and_then(|named| regions.find(&named.value));
        let found = by_name(&entry.departement).or_else(|| by_name(&entry.postcode));
        match found {
            Some(slug) => {
                regions.open(&slug);
                Some(TermId { kind: TermKind::Region, slug })
            }
            None => {
                let unknown = entry.departement.as_ref().and_then(|named| regions.unknown_departement(path, named));
                if let Some(unknown) = unknown {
                    self.diagnostics.push(unknown);
                } else if let Some(city) = entry.city.as_ref().filter(|_| entry.online_url.is_none()) {
                    let place = entry.city_place.clone().unwrap_or_else(|| entry.place.clone());
                    self.diagnostics.push(Diagnostic::new(Code::SessionWithoutRegion, path, place).arg("city", city));
                }
                None
            }
        }
    }
}
