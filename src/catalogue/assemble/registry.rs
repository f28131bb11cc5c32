//! Organisations while the catalogue is assembled: declared ones, and those that documents bring.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::catalogue::module::Module;
use crate::catalogue::news_post::NewsPost;
use crate::catalogue::organisation::{Organisation, Part};
use crate::diagnostic::{Code, Diagnostic, Place, Placed, Severity};
use crate::document::{Document, Matter};
use crate::entry::PartEntry;
use crate::fold::{Names, fold};
use crate::id::{ModuleId, Numbers, OrganisationId, Slug};
use crate::source::ContentPath;
use crate::yaml::scalar;

/// The organisations, found by every name they have.
#[derive(Default)]
pub(super) struct Registry {
    declared: bool,
    closed: bool,
    organisations: BTreeMap<OrganisationId, Organisation>,
    names: BTreeMap<String, OrganisationId>,
    by_path: BTreeMap<ContentPath, OrganisationId>,
    /// What is proposed for a name that is none: those that are declared.
    proposed: OnceCell<Names>,
    numbers: Numbers,
}

impl Registry {
    pub(super) fn declare(documents: &[Arc<Document>], closed: bool, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut registry = Self { closed, ..Self::default() };
        let mut parents: Vec<(OrganisationId, Placed<String>, ContentPath)> = Vec::new();
        for document in documents {
            let Matter::Organisation(matter) = &document.matter else { continue };
            registry.declared = true;
            let name = document.title();
            let own = matter.id.as_ref().and_then(|id| Slug::from_text(&id.value));
            let id = own.or_else(|| document.names.slug.clone()).or_else(|| Slug::from_text(&name));
            let id = OrganisationId(id.unwrap_or_else(Slug::unnamed));
            if let Some(first) = registry.organisations.get(&id).and_then(|first| first.document.as_ref()) {
                let place = matter.id.as_ref().map_or(Place::Start, |id| id.place.clone());
                let diagnostic = Diagnostic::new(Code::DuplicateAddress, &document.path, place)
                    .message("message-organisation")
                    .help("help-organisation")
                    .arg("title", &name)
                    .arg("first", first.path.as_str())
                    .also(&first.path, Place::Start, "first");
                diagnostics.push(diagnostic);
                continue;
            }
            let names = [Some(id.to_string()), Some(document.stem.clone()), Some(name.clone())]
                .into_iter()
                .chain([matter.legal_name.clone(), matter.acronym.clone()])
                .flatten()
                .chain(matter.synonyms.iter().cloned());
            for known in names {
                registry.names.entry(fold(&known)).or_insert_with(|| id.clone());
            }
            if let Some(parent) = &matter.parent {
                parents.push((id.clone(), parent.clone(), document.path.clone()));
            }
            registry.by_path.insert(document.path.clone(), id.clone());
            registry.organisations.insert(id.clone(), Organisation::new(id, name, Some(document.clone())));
        }
        for (id, parent, path) in parents {
            let parent = registry.resolve(&path, &parent, diagnostics);
            if let Some(organisation) = registry.organisations.get_mut(&id) {
                organisation.parent = parent.filter(|parent| *parent != id);
            }
        }
        registry
    }

    /// The organisation that a file declares.
    pub(super) fn id_of(&self, path: &ContentPath) -> Option<&OrganisationId> {
        self.by_path.get(path)
    }

    /// The organisation that an author's words name; made, and reported where the site declares its own.
    pub(super) fn resolve(
        &mut self,
        file: &ContentPath,
        written: &Placed<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<OrganisationId> {
        if let Some(id) = self.names.get(&fold(&written.value)) {
            return Some(id.clone());
        }
        if self.declared {
            let names =
                self.organisations.values().filter(|known| known.document.is_some()).map(|known| known.name.as_str());
            let near = self.proposed.get_or_init(|| Names::new(names)).nearest(&written.value);
            let severity = if self.closed { Severity::Error } else { Code::UndeclaredOrganisation.severity() };
            let diagnostic = Diagnostic::new(Code::UndeclaredOrganisation, file, written.place.clone());
            let diagnostic = diagnostic.arg("written", &written.value).arg("declared", scalar(&written.value));
            diagnostics.push(diagnostic.near(near).severity(severity));
        }
        let wanted = Slug::from_text(&written.value)?;
        let organisations = &self.organisations;
        let id = self.numbers.free(wanted, |slug| !organisations.contains_key(&OrganisationId(slug.clone())));
        let id = OrganisationId(id);
        self.names.insert(fold(&written.value), id.clone());
        let organisation = Organisation::new(id.clone(), written.value.trim().to_owned(), None);
        self.organisations.insert(id.clone(), organisation);
        Some(id)
    }

    pub(super) fn resolve_part(
        &mut self,
        file: &ContentPath,
        entry: &PartEntry,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Part> {
        let organisation = self.resolve(file, &entry.org, diagnostics)?;
        Some(Part { organisation, role: entry.role.clone(), text: entry.text.clone() })
    }

    /// The organisations that have a page, each with its modules.
    pub(super) fn finish(
        mut self,
        modules: &IndexMap<ModuleId, Module>,
        listed: &[ModuleId],
        provider: Option<&OrganisationId>,
        news: &[NewsPost],
    ) -> BTreeMap<OrganisationId, Organisation> {
        for module in listed.iter().filter_map(|id| modules.get(id)) {
            let mut note = |part: &Part, list: fn(&mut Organisation) -> &mut Vec<ModuleId>| {
                if let Some(organisation) = self.organisations.get_mut(&part.organisation) {
                    let list = list(organisation);
                    if list.last() != Some(&module.id) {
                        list.push(module.id.clone());
                    }
                }
            };
            module.provider.iter().for_each(|part| note(part, |organisation| &mut organisation.provides));
            module.partners.iter().for_each(|part| note(part, |organisation| &mut organisation.shares));
            module.funders.iter().for_each(|part| note(part, |organisation| &mut organisation.funds));
        }
        let mut named: BTreeSet<OrganisationId> =
            self.organisations.values().filter_map(|one| one.parent.clone()).collect();
        named.extend(provider.cloned());
        named.extend(news.iter().filter_map(|post| post.source.clone()));
        // Archived modules keep their page, and with it the organisations they name.
        for module in modules.values() {
            let parts = module.provider.iter().chain(&module.partners).chain(&module.funders);
            named.extend(parts.map(|part| part.organisation.clone()));
        }
        self.organisations.retain(|id, organisation| organisation.document.is_some() || named.contains(id));
        self.organisations
    }
}

impl Organisation {
    fn new(id: OrganisationId, name: String, document: Option<Arc<Document>>) -> Self {
        Self { id, name, document, parent: None, provides: Vec::new(), shares: Vec::new(), funds: Vec::new() }
    }
}
