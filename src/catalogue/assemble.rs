//! Documents to [`Catalogue`]: every reference resolved, every broken one reported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use indexmap::IndexMap;
use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Placed};
use crate::document::{Document, Matter, ModuleMatter, NewsMatter, date_in_name};
use crate::id::{ModuleId, NewsPostId, Numbers, PlainPageId, Slug, TermId, TermKind};
use crate::lang::Lang;
use crate::source::{ContentPath, Sources};
use crate::value::Date;

use super::crossings::Crossings;
use super::files::find_files;
use super::module::{FreePrice, Module};
use super::news_post::{NewsPost, PlainPage};
use super::organisation::Part;
use super::pathways::pathways;
use super::prerequisites::{ModuleNames, report_cycles};
use super::vocabulary::Vocabulary;
use super::{Catalogue, Edition, Target};

use registry::Registry;

mod registry;
mod sessions;

/// The order of titles in a language: accents and case decide only between equals.
pub(crate) struct TitleOrder(CollatorBorrowed<'static>);

impl TitleOrder {
    pub(crate) fn of(lang: Lang) -> Option<Self> {
        let locale = match lang {
            Lang::French => locale!("fr-u-kn"),
            Lang::English => locale!("en-u-kn"),
        };
        Collator::try_new(locale.into(), CollatorOptions::default()).ok().map(Self)
    }

    pub(crate) fn compare(&self, one: &str, two: &str) -> std::cmp::Ordering {
        self.0.compare(one, two).then_with(|| one.cmp(two))
    }
}

fn compare(order: &Option<TitleOrder>, one: &str, two: &str) -> std::cmp::Ordering {
    match order {
        Some(order) => order.compare(one, two),
        None => one.cmp(two),
    }
}

/// Links all documents into one catalogue.
///
/// `documents` are in the order of their paths, so that "the first" is the same on every machine.
pub fn assemble(
    documents: &[Arc<Document>],
    sources: &Sources,
    config: &Config,
    edition: Edition,
) -> Checked<Catalogue> {
    let mut assembly = Assembly::new(documents, config, edition);
    assembly.gather(documents);
    let catalogue = assembly.link(documents, sources);
    Checked::new(catalogue, assembly.diagnostics)
}

/// What a document is called in addresses unless it says so itself: its file's name, else its title.
fn slug_of(document: &Document) -> Slug {
    let named = document.names.slug.clone().or_else(|| Slug::from_text(&document.title()));
    named.unwrap_or_else(Slug::unnamed)
}

/// Documents of one kind by their ids.
struct Numbered<K> {
    documents: BTreeMap<K, Arc<Document>>,
    numbers: Numbers,
}

impl<K: Ord> Numbered<K> {
    fn new() -> Self {
        Self { documents: BTreeMap::new(), numbers: Numbers::default() }
    }

    /// An id that no other document has: of two files of one name, each is kept. That they want the same address is
    /// found where addresses are planned.
    fn free_id(&mut self, wanted: Slug, id: impl Fn(Slug) -> K) -> K {
        let documents = &self.documents;
        id(self.numbers.free(wanted, |slug| !documents.contains_key(&id(slug.clone()))))
    }
}

struct Assembly<'a> {
    config: &'a Config,
    edition: Edition,
    diagnostics: Vec<Diagnostic>,
    order: Option<TitleOrder>,
    vocabularies: BTreeMap<TermKind, Vocabulary>,
    registry: Registry,
    names: ModuleNames,
    modules: Numbered<ModuleId>,
    posts: Numbered<NewsPostId>,
    pages: Numbered<PlainPageId>,
    home: Option<Arc<Document>>,
    targets: BTreeMap<ContentPath, Target>,
    next_change: Option<Date>,
}

impl<'a> Assembly<'a> {
    fn new(documents: &[Arc<Document>], config: &'a Config, edition: Edition) -> Self {
        let mut diagnostics = Vec::new();
        let vocabularies = TermKind::ALL
            .into_iter()
            .map(|kind| (kind, Vocabulary::declare(kind, documents, config, &mut diagnostics)))
            .collect();
        let registry = Registry::declare(documents, config.closed_vocabulary, &mut diagnostics);
        Self {
            config,
            edition,
            diagnostics,
            order: TitleOrder::of(config.lang),
            vocabularies,
            registry,
            names: ModuleNames::new(),
            modules: Numbered::new(),
            posts: Numbered::new(),
            pages: Numbered::new(),
            home: None,
            targets: BTreeMap::new(),
            next_change: None,
        }
    }

    /// Notes a day on which another edition would differ.
    fn changes_on(&mut self, day: Option<Date>) {
        let Some(day) = day.filter(|day| *day > self.edition.today) else { return };
        self.next_change = Some(self.next_change.map_or(day, |known| known.min(day)));
    }

    /// First pass: what there is, and under which ids.
    fn gather(&mut self, documents: &[Arc<Document>]) {
        for document in documents {
            match &document.matter {
                Matter::Module(matter) => self.gather_module(document, matter),
                Matter::News(matter) => self.gather_post(document, matter),
                Matter::Page(matter) => {
                    if matter.draft && !self.edition.drafts {
                        self.targets.insert(document.path.clone(), Target::Waiting);
                    } else {
                        let id = self.pages.free_id(slug_of(document), PlainPageId);
                        self.targets.insert(document.path.clone(), Target::PlainPage(id.clone()));
                        self.pages.documents.insert(id, document.clone());
                    }
                }
                Matter::Home(_) => {
                    self.home = Some(document.clone());
                    self.targets.insert(document.path.clone(), Target::Home);
                }
                Matter::Term(kind, _) => {
                    let slug = self.vocabularies.get(kind).and_then(|vocabulary| vocabulary.find(&document.title()));
                    if let Some(slug) = slug {
                        self.targets.insert(document.path.clone(), Target::Term(TermId { kind: *kind, slug }));
                    }
                }
                Matter::Organisation(_) => {
                    if let Some(id) = self.registry.id_of(&document.path) {
                        self.targets.insert(document.path.clone(), Target::Organisation(id.clone()));
                    }
                }
            }
        }
    }

    fn gather_module(&mut self, document: &Arc<Document>, matter: &ModuleMatter) {
        let waits = matter.published.is_some_and(|day| day > self.edition.today);
        if waits && !matter.draft {
            self.changes_on(matter.published);
        }
        if !self.edition.drafts && (waits || matter.draft) {
            self.targets.insert(document.path.clone(), Target::Waiting);
            self.names.add_waiting(&document.stem, matter.id.as_ref().map(|id| id.value.as_str()), &document.title());
            return;
        }
        let own = matter.id.as_ref().and_then(|id| Slug::from_text(&id.value));
        let wanted = own.unwrap_or_else(|| slug_of(document));
        let id = self.free_module_id(document, matter, wanted);
        self.names.add(&id, document);
        self.targets.insert(document.path.clone(), Target::Module(id.clone()));
        self.modules.documents.insert(id, document.clone());
    }

    /// The id itself, or with a number when another module has it: both keep their page.
    fn free_module_id(&mut self, document: &Arc<Document>, matter: &ModuleMatter, wanted: Slug) -> ModuleId {
        let wanted = ModuleId(wanted);
        let Some(first) = self.modules.documents.get(&wanted) else { return wanted };
        // Two files of one name without an id of their own share their address as well: that is an
        // error of its own, reported where addresses are planned.
        if let Some(id) = &matter.id {
            let diagnostic = Diagnostic::new(Code::DuplicateId, &document.path, id.place.clone())
                .arg("id", &id.value)
                .arg("first", first.path.as_str())
                .also(&first.path, Place::Start, "first");
            self.diagnostics.push(diagnostic);
        }
        self.modules.free_id(wanted.0, ModuleId)
    }

    fn gather_post(&mut self, document: &Arc<Document>, matter: &NewsMatter) {
        let waits = matter.date.is_some_and(|day| day > self.edition.today);
        if waits && !matter.draft {
            self.changes_on(matter.date);
        }
        // A post without a date is an error already; it keeps its address so that links to it are no second one.
        if !self.edition.drafts && (waits || matter.draft) {
            self.targets.insert(document.path.clone(), Target::Waiting);
            return;
        }
        let id = self.posts.free_id(slug_of(document), NewsPostId);
        self.targets.insert(document.path.clone(), Target::NewsPost(id.clone()));
        self.posts.documents.insert(id, document.clone());
    }

    /// Second pass: what refers to what.
    fn link(&mut self, documents: &[Arc<Document>], sources: &Sources) -> Catalogue {
        let documents_by_id = std::mem::take(&mut self.modules.documents);
        let provider = self.config.provider.clone().and_then(|named| {
            self.registry.resolve(&ContentPath::new(crate::config::CONFIG_PATH), &named, &mut self.diagnostics)
        });
        let everywhere = documents_by_id.values().any(|document| match &document.matter {
            Matter::Module(matter) => matter.all_regions && !matter.archived,
            _ => false,
        });
        if let Some(regions) = self.vocabularies.get_mut(&TermKind::Region).filter(|_| everywhere) {
            regions.open_all();
        }
        let mut modules: IndexMap<ModuleId, Module> = IndexMap::with_capacity(documents_by_id.len());
        // In the order of paths, so that the first spelling of a term is the first that a reader meets.
        for document in documents {
            let Matter::Module(matter) = &document.matter else { continue };
            let Some(Target::Module(id)) = self.targets.get(&document.path).cloned() else { continue };
            let module = self.link_module(id.clone(), document, matter, provider.as_ref());
            modules.insert(id, module);
        }
        modules.sort_unstable_keys();
        self.open_ways(&mut modules);
        report_cycles(&modules, &mut self.diagnostics);
        let news = self.link_news(&modules);
        let mut listed: Vec<&Module> = modules.values().filter(|module| module.is_listed()).collect();
        let order = &self.order;
        listed.par_sort_by(|one, two| compare(order, &one.title, &two.title).then_with(|| one.id.cmp(&two.id)));
        let listed: Vec<ModuleId> = listed.into_iter().map(|module| module.id.clone()).collect();
        let terms: IndexMap<TermId, super::Term> = self.finish_terms(&modules, &listed).into_iter().collect();
        let crossings = Crossings::of(&modules, &listed, &terms, self.config.crossings);
        self.report_left_out(&crossings);
        let registry = std::mem::take(&mut self.registry);
        let organisations = registry.finish(&modules, &listed, provider.as_ref(), &news);
        let pages = self.finish_pages();
        let targets = std::mem::take(&mut self.targets);
        let mut catalogue = Catalogue {
            files: find_files(sources, &targets),
            modules,
            listed,
            terms,
            crossings,
            organisations: organisations.into_iter().collect(),
            provider,
            pathways: Vec::new(),
            news,
            pages,
            home: self.home.take(),
            targets,
            edition: self.edition,
            next_change: self.next_change,
        };
        catalogue.pathways = pathways(&catalogue);
        catalogue
    }

    /// Says how many pairs of terms have no page of their own.
    fn report_left_out(&mut self, crossings: &Crossings) {
        if crossings.left_out == 0 {
            return;
        }
        let settings = ContentPath::new(crate::config::CONFIG_PATH);
        let n_all = crossings.pairs.len() + crossings.left_out;
        let told = Diagnostic::new(Code::CrossingsLeftOut, &settings, Place::File);
        let told = told.arg("most", crossings.pairs.len().to_string()).arg("all", n_all.to_string());
        self.diagnostics.push(told.arg("left", crossings.left_out.to_string()));
    }

    fn compare_titles(&self, one: &str, two: &str) -> std::cmp::Ordering {
        compare(&self.order, one, two)
    }

    fn terms(&mut self, kind: TermKind, file: &ContentPath, written: &[Placed<String>]) -> Vec<TermId> {
        let Some(vocabulary) = self.vocabularies.get_mut(&kind) else { return Vec::new() };
        let mut known: BTreeSet<TermId> = BTreeSet::new();
        let terms = written.iter().filter_map(|name| vocabulary.resolve(file, name, &mut self.diagnostics));
        terms.filter(|id| known.insert(id.clone())).collect()
    }

    fn link_module(
        &mut self,
        id: ModuleId,
        document: &Arc<Document>,
        matter: &ModuleMatter,
        provider: Option<&crate::id::OrganisationId>,
    ) -> Module {
        let path = &document.path;
        let slug = matter.slug.as_ref().and_then(|slug| Slug::from_text(&slug.value));
        let slug = slug.or_else(|| document.names.slug.clone()).unwrap_or_else(|| id.0.clone());
        let topics = self.terms(TermKind::Topic, path, &matter.topics);
        let audiences = self.terms(TermKind::Audience, path, &matter.audiences);
        let mut free = Vec::new();
        for price in &matter.prices {
            let regions = self.terms(TermKind::Region, path, &price.regions);
            let audiences = self.terms(TermKind::Audience, path, &price.audiences);
            let conditional = price.price.condition.is_some() || !price.delivery.is_empty();
            if price.price.free {
                free.push(FreePrice { regions, audiences, conditional });
            }
        }
        // What one session costs says nothing of the others: only its terms are looked at.
        for price in matter.sessions.iter().flat_map(|session| &session.prices) {
            self.terms(TermKind::Region, path, &price.regions);
            self.terms(TermKind::Audience, path, &price.audiences);
        }
        let mut regions = self.terms(TermKind::Region, path, &matter.regions);
        let sessions = self.link_sessions(path, matter);
        if matter.all_regions {
            regions = self.vocabularies.get(&TermKind::Region).map(Vocabulary::all).unwrap_or_default();
        } else if regions.is_empty() {
            let mut known: BTreeSet<&TermId> = BTreeSet::new();
            let named = sessions.iter().filter_map(|session| session.region.as_ref());
            regions = named.filter(|region| known.insert(region)).cloned().collect();
        }
        let own_provider =
            matter.provider.as_ref().map(|named| self.registry.resolve(path, named, &mut self.diagnostics));
        let provider = own_provider.unwrap_or_else(|| provider.cloned());
        let mut parts = |entries: &[crate::entry::PartEntry]| -> Vec<Part> {
            entries.iter().filter_map(|entry| self.registry.resolve_part(path, entry, &mut self.diagnostics)).collect()
        };
        let (partners, funders) = (parts(&matter.partners), parts(&matter.funders));
        Module {
            slug,
            title: document.title(),
            document: document.clone(),
            topics,
            audiences,
            regions,
            sessions,
            free,
            prerequisites: self.names.resolve(path, &matter.prerequisites, &mut self.diagnostics),
            steps: self.names.resolve_steps(path, &matter.steps, &mut self.diagnostics),
            opens: self.names.resolve_all(path, &matter.next, Some(&id), &mut self.diagnostics),
            related: self.names.resolve_all(path, &matter.related, Some(&id), &mut self.diagnostics),
            provider: provider.map(|organisation| Part { organisation, role: None, text: None }),
            partners,
            funders,
            id,
        }
    }

    /// What each module opens the way to: what it names itself, then every module that needs it.
    fn open_ways(&self, modules: &mut IndexMap<ModuleId, Module>) {
        let mut needed_by: BTreeMap<ModuleId, Vec<ModuleId>> = BTreeMap::new();
        for module in modules.values().filter(|module| module.is_listed()) {
            for needed in module.prerequisites.iter().filter_map(|prerequisite| prerequisite.module.clone()) {
                needed_by.entry(needed).or_default().push(module.id.clone());
            }
        }
        let titles: BTreeMap<ModuleId, String> = modules.values().map(|m| (m.id.clone(), m.title.clone())).collect();
        for (id, mut followers) in needed_by {
            followers.sort_by(|one, two| self.compare_titles(&titles[one], &titles[two]));
            if let Some(module) = modules.get_mut(&id) {
                let mut known: BTreeSet<ModuleId> = module.opens.iter().cloned().collect();
                module.opens.extend(followers.into_iter().filter(|follower| known.insert(follower.clone())));
            }
        }
    }

    fn link_news(&mut self, modules: &IndexMap<ModuleId, Module>) -> Vec<NewsPost> {
        let posts = std::mem::take(&mut self.posts.documents);
        let mut news = Vec::new();
        for (id, document) in posts {
            let Matter::News(matter) = &document.matter else { continue };
            let Some(date) = matter.date else { continue };
            let named = date_in_name(&document.stem).map_or(document.stem.as_str(), |(_, rest)| rest);
            let slug = matter.slug.as_ref().and_then(|slug| Slug::from_text(&slug.value));
            let slug = slug.or_else(|| Slug::from_text(named)).unwrap_or_else(|| id.0.clone());
            let related = self.names.resolve_all(&document.path, &matter.related, None, &mut self.diagnostics);
            let source = matter
                .source_org
                .as_ref()
                .and_then(|named| self.registry.resolve(&document.path, named, &mut self.diagnostics));
            news.push(NewsPost {
                slug,
                title: document.title(),
                date,
                topics: self.terms(TermKind::Topic, &document.path, &matter.topics),
                related: related.into_iter().filter(|id| modules.contains_key(id)).collect(),
                source,
                document: document.clone(),
                id,
            });
        }
        news.sort_by(|one, two| two.date.cmp(&one.date).then_with(|| one.id.cmp(&two.id)));
        news
    }

    fn finish_terms(
        &mut self,
        modules: &IndexMap<ModuleId, Module>,
        listed: &[ModuleId],
    ) -> BTreeMap<TermId, super::Term> {
        let mut by_term: BTreeMap<TermId, Vec<ModuleId>> = BTreeMap::new();
        for module in listed.iter().filter_map(|id| modules.get(id)) {
            for term in TermKind::ALL.into_iter().flat_map(|kind| module.terms(kind)) {
                by_term.entry(term.clone()).or_default().push(module.id.clone());
            }
        }
        let vocabularies = std::mem::take(&mut self.vocabularies);
        let mut diagnostics = Vec::new();
        let mut terms = BTreeMap::new();
        for vocabulary in vocabularies.into_values() {
            let compare = |one: &str, two: &str| self.compare_titles(one, two);
            for mut term in vocabulary.finish(&compare, &mut diagnostics) {
                term.modules = by_term.remove(&term.id).unwrap_or_default();
                terms.insert(term.id.clone(), term);
            }
        }
        self.diagnostics.extend(diagnostics);
        terms
    }

    fn finish_pages(&mut self) -> Vec<PlainPage> {
        let documents = std::mem::take(&mut self.pages.documents);
        let mut pages: Vec<PlainPage> = documents
            .into_iter()
            .map(|(id, document)| {
                let own = match &document.matter {
                    Matter::Page(matter) => matter.slug.as_ref().and_then(|slug| Slug::from_text(&slug.value)),
                    _ => None,
                };
                let slug = own.or_else(|| document.names.slug.clone()).unwrap_or_else(|| id.0.clone());
                PlainPage { slug, title: document.title(), document, id }
            })
            .collect();
        let order = |page: &PlainPage| page.matter().order.map_or(u64::MAX, u64::from);
        pages.sort_by(|one, two| {
            order(one)
                .cmp(&order(two))
                .then_with(|| self.compare_titles(&one.title, &two.title))
                .then_with(|| one.id.cmp(&two.id))
        });
        pages
    }
}
