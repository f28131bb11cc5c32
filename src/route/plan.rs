//! Catalogue to routes: every address of the site, each given once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::catalogue::{Catalogue, Module, Target};
use crate::config::{AddressKey, CONFIG_PATH, Config};
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Placed};
use crate::document::{Document, slug_key};
use crate::id::{Slug, TermKind};
use crate::portable::{LONGEST_ADDRESS, LONGEST_NAME, is_portable};
use crate::source::ContentPath;

use super::links::{anchors_of, referenced_files};
use super::{CalendarOf, FeedForm, FoundList, Route, RouteTable, SearchFile, SitePath};

/// Gives every page and file its address. `look_files` are the addresses of the look's own files.
///
/// Two pages at one address are an error at the second, in the order of their files.
pub fn plan(catalogue: &Catalogue, config: &Config, look_files: &[SitePath]) -> Checked<RouteTable> {
    let mut plan = Plan {
        catalogue,
        config,
        table: RouteTable { file_links: config.file_links, ..RouteTable::default() },
        diagnostics: Vec::new(),
        folded: HashMap::new(),
        folders: HashMap::new(),
    };
    plan.own_pages();
    for path in look_files {
        plan.add(Route::LookFile(path.clone()), path.clone(), None);
    }
    plan.modules();
    plan.terms();
    plan.crossings();
    plan.news();
    plan.organisations();
    plan.plain_pages();
    plan.search();
    plan.note_documents();
    plan.files();
    plan.aliases();
    plan.table.addresses.sort_unstable_keys();
    Checked::new(plan.table, plan.diagnostics)
}

/// The longest step of a former address, in bytes: file systems take no more than 255, with a name for the unfinished.
const LONGEST_STEP: usize = 200;

/// What stands at an address: the file to look at, and where in it.
type Source<'a> = Option<(&'a ContentPath, Place)>;

struct Plan<'a> {
    catalogue: &'a Catalogue,
    config: &'a Config,
    table: RouteTable,
    diagnostics: Vec<Diagnostic>,
    /// Addresses without regard to case, with the file behind each: disks and people do not tell case apart.
    folded: HashMap<String, Option<ContentPath>>,
    /// Folders in which something stands, likewise, with the first file behind them.
    folders: HashMap<String, Option<ContentPath>>,
}

impl Plan<'_> {
    fn part(&self, key: AddressKey) -> &str {
        self.config.addresses.get(key)
    }

    /// Adds a route; at an address that is taken, reports it and leaves the first.
    fn add(&mut self, route: Route, path: SitePath, source: Source<'_>) -> bool {
        let folded = path.public_path().to_lowercase();
        if let Some(first) = self.taken(&folded) {
            let settings = ContentPath::new(CONFIG_PATH);
            let (file, place) = source.unwrap_or((&settings, Place::File));
            let key = slug_key(&place).to_owned();
            let diagnostic = Diagnostic::new(Code::DuplicateAddress, file, place).arg("address", format!("/{path}"));
            let diagnostic = diagnostic.arg("key", key);
            self.diagnostics.push(match first {
                // Two pages that no file stands behind: only the settings can have brought them together.
                _ if *file == settings => diagnostic.message("message-settings").help("help-settings"),
                // The bytes of a picture are nothing to show.
                Some(first) if matches!(route, Route::File(_)) => {
                    diagnostic.arg("first", first.as_str()).also(first, Place::File, "first").help("help-file")
                }
                Some(first) if first != file => {
                    diagnostic.arg("first", first.as_str()).also(first, Place::Start, "first")
                }
                Some(_) => diagnostic.message("message-own").help("help-own"),
                None => diagnostic.message("message-reserved").help("help-reserved"),
            });
            return false;
        }
        let file = source.map(|(file, _)| file.clone());
        for (at, _) in folded.match_indices('/') {
            if !self.folders.contains_key(&folded[..at]) {
                self.folders.insert(folded[..at].to_owned(), file.clone());
            }
        }
        self.folded.insert(folded, file);
        self.table.routes.insert(path.clone(), route.clone());
        self.table.addresses.insert(route, path);
        true
    }

    /// What stands at a public path already, as a file or as a folder, or as a file where it needs a folder.
    fn taken(&self, folded: &str) -> Option<&Option<ContentPath>> {
        let above = || folded.match_indices('/').find_map(|(at, _)| self.folded.get(&folded[..at]));
        self.folded.get(folded).or_else(|| self.folders.get(folded)).or_else(above)
    }

    fn add_pages(&mut self, n_items: usize, base: &str, route: impl Fn(usize) -> Route, source: Source<'_>) {
        let n_pages = n_items.div_ceil(self.config.page_size).max(1);
        for number in 1..=n_pages {
            let path = if number == 1 { format!("{base}/") } else { format!("{base}/page/{number}/") };
            if !self.add(route(number), SitePath::new(path), source.clone()) {
                return;
            }
        }
    }

    fn own_pages(&mut self) {
        self.add(Route::Home, SitePath::new(""), None);
        self.add(Route::NotFound, SitePath::new("404.html"), None);
        let catalogue = self.part(AddressKey::Catalogue).to_owned();
        self.add_pages(self.catalogue.listed.len(), &catalogue, Route::Catalogue, None);
        let sessions = self.part(AddressKey::Sessions).to_owned();
        self.add_pages(self.n_dated_sessions(), &sessions, Route::Sessions, None);
        if !self.catalogue.listed.is_empty() {
            let selection = SitePath::new(format!("{}/", self.part(AddressKey::Selection)));
            self.add(Route::Selection, selection, None);
        }
        if !self.catalogue.pathways.is_empty() {
            let pathways = self.part(AddressKey::Pathways).to_owned();
            self.add_pages(self.catalogue.pathways.len(), &pathways, Route::Pathways, None);
        }
        let site_map = SitePath::new(format!("{}/", self.part(AddressKey::SiteMap)));
        self.add(Route::SiteMap, site_map, None);
        if self.config.report {
            let report = SitePath::new(format!("{}/", self.part(AddressKey::Report)));
            self.add(Route::Report, report, None);
        }
        for form in FeedForm::ALL {
            let feed = SitePath::new(format!("{}.{}", self.part(AddressKey::Feed), form.extension()));
            self.add(Route::NewsFeed(form), feed, None);
        }
        self.calendar(CalendarOf::Site, &sessions);
        self.add(Route::Robots, SitePath::new("robots.txt"), None);
        if self.config.base_url.is_some() {
            self.add(Route::Sitemap, SitePath::new("sitemap.xml"), None);
        }
        // What later versions of the program will write, and what servers ask for, is kept free.
        for reserved in ["en/index.html", "public/index.html"] {
            self.folded.insert(reserved.to_owned(), None);
        }
    }

    /// How many coming sessions have a date: those that the calendar shows.
    fn n_dated_sessions(&self) -> usize {
        let modules = self.catalogue.listed.iter().filter_map(|id| self.catalogue.modules.get(id));
        let coming = modules.flat_map(|module| module.coming_sessions(self.catalogue.edition.today));
        coming.filter(|session| !session.entry.days.is_empty()).count()
    }

    fn modules(&mut self) {
        let base = self.part(AddressKey::Modules).to_owned();
        let mut modules: Vec<_> = self.catalogue.modules.values().collect();
        modules.sort_by(|one, two| one.document.path.cmp(&two.document.path));
        for module in modules {
            let path = SitePath::new(format!("{base}/{}/", module.slug));
            let place = place_of(module.matter().slug.as_ref());
            if self.add(Route::Module(module.id.clone()), path, Some((&module.document.path, place))) {
                self.calendars_of(module, &format!("{base}/{}", module.slug));
            }
        }
    }

    fn calendar(&mut self, of: CalendarOf, base: &str) {
        self.add(Route::Calendar(of), SitePath::new(format!("{base}.ics")), None);
    }

    /// One calendar of all dated sessions, if there is any, and one of each that is to come.
    fn calendars_of(&mut self, module: &Module, base: &str) {
        if module.sessions.iter().all(|session| session.entry.days.is_empty()) {
            return;
        }
        let all = self.part(AddressKey::Sessions).to_owned();
        self.calendar(CalendarOf::Module(module.id.clone()), &format!("{base}/{all}"));
        let today = self.catalogue.edition.today;
        for session in module.coming_sessions(today).filter(|session| !session.entry.days.is_empty()) {
            // A session may be called as the calendar of them all is.
            let is_free = |slug: &Slug| module.sessions.iter().all(|other| other.id != *slug);
            let numbered = (2..).map(|number| session.id.numbered(number)).filter(is_free);
            let names = std::iter::once(session.id.clone()).chain(numbered);
            let Some(name) = names.into_iter().find(|name| name.as_str() != all) else { continue };
            self.calendar(CalendarOf::Session(module.id.clone(), session.id.clone()), &format!("{base}/{name}"));
        }
    }

    fn terms(&mut self) {
        for kind in TermKind::ALL {
            let base = self.part(key_of(kind)).to_owned();
            let terms = self.catalogue.terms_of(kind);
            if terms.is_empty() {
                continue;
            }
            self.add(Route::TermIndex(kind), SitePath::new(format!("{base}/")), None);
            for term in terms {
                let base = format!("{base}/{}", term.id.slug);
                let source = term.document.as_ref().map(|document| (&document.path, Place::Start));
                self.add_pages(term.modules.len(), &base, |number| Route::Term(term.id.clone(), number), source);
                let feed = SitePath::new(format!("{base}/{}.xml", self.part(AddressKey::Feed)));
                self.add(Route::TermFeed(term.id.clone()), feed, None);
                // Without a date as well: one may subscribe before the first is set.
                let sessions = format!("{base}/{}", self.part(AddressKey::Sessions));
                self.calendar(CalendarOf::Term(term.id.clone()), &sessions);
            }
        }
    }

    fn crossings(&mut self) {
        for ((one, other), modules) in &self.catalogue.crossings.pairs {
            let (first, second) = (self.part(key_of(one.kind)), self.part(key_of(other.kind)));
            let base = format!("{first}/{}/{second}/{}", one.slug, other.slug);
            self.add_pages(modules.len(), &base, |number| Route::Crossing(one.clone(), other.clone(), number), None);
        }
    }

    /// What is read when visitors search, or choose on a list.
    fn search(&mut self) {
        let (n_modules, n_sessions) = (self.catalogue.listed.len(), self.n_dated_sessions());
        let n_others = self.catalogue.news.len() + self.catalogue.pages.len();
        let mut files = Vec::new();
        for (list, n_entries) in [(FoundList::Modules, n_modules), (FoundList::Sessions, n_sessions)] {
            files.extend((n_entries > 0).then_some(SearchFile::Choices(list)));
        }
        let others = if self.config.search { n_others } else { 0 };
        for (list, n_entries) in
            [(FoundList::Modules, n_modules), (FoundList::Sessions, n_sessions), (FoundList::Others, others)]
        {
            let n_files = n_entries.div_ceil(list.entries_per_file(n_entries));
            files.extend((0..n_files).map(|number| SearchFile::Rows(list, number)));
        }
        if self.config.search && n_modules + n_others > 0 {
            files.push(SearchFile::Words);
            files.extend((0..SearchFile::n_places(n_modules + n_others)).map(SearchFile::Places));
        }
        for file in files {
            let path = SitePath::new(format!("{}/{}", self.part(AddressKey::Search), file.name()));
            self.add(Route::Search(file), path, None);
        }
    }

    fn news(&mut self) {
        if self.catalogue.news.is_empty() {
            return;
        }
        let base = self.part(AddressKey::News).to_owned();
        self.add_pages(self.catalogue.news.len(), &base, Route::NewsList, None);
        let mut posts: Vec<_> = self.catalogue.news.iter().collect();
        posts.sort_by(|one, two| one.document.path.cmp(&two.document.path));
        for post in posts {
            let path = SitePath::new(format!("{base}/{}/", post.slug));
            let place = place_of(post.matter().slug.as_ref());
            self.add(Route::NewsPost(post.id.clone()), path, Some((&post.document.path, place)));
        }
    }

    fn organisations(&mut self) {
        if self.catalogue.organisations.is_empty() {
            return;
        }
        let base = self.part(AddressKey::Organisations).to_owned();
        self.add(Route::Organisations, SitePath::new(format!("{base}/")), None);
        for organisation in self.catalogue.organisations.values() {
            let own = organisation.matter().and_then(|matter| matter.slug.as_ref());
            let slug = own.and_then(|slug| Slug::from_text(&slug.value));
            let slug = slug.unwrap_or_else(|| organisation.id.0.clone());
            let source = organisation.document.as_ref().map(|document| (&document.path, place_of(own)));
            let page = |number| Route::Organisation(organisation.id.clone(), number);
            self.add_pages(organisation.n_modules(), &format!("{base}/{slug}"), page, source);
        }
    }

    fn plain_pages(&mut self) {
        for page in &self.catalogue.pages {
            let path = SitePath::new(format!("{}/", page.slug));
            let place = place_of(page.matter().slug.as_ref());
            self.add(Route::PlainPage(page.id.clone()), path, Some((&page.document.path, place)));
        }
    }

    /// Notes what each document is shown as, and which anchors it has.
    fn note_documents(&mut self) {
        for (path, target) in &self.catalogue.targets {
            self.table.documents.insert(path.clone(), route_of(target));
        }
        for (route, document) in documents(self.catalogue, &|_| true) {
            self.table.anchors.insert(route, anchors_of(document));
        }
    }

    /// Files beside their document; others below a folder of their own, and only when something names them.
    fn files(&mut self) {
        let catalogue = self.catalogue;
        let named = referenced_files(catalogue, self.config);
        // The first document of each target, by path.
        let documents: BTreeMap<&Target, &ContentPath> =
            catalogue.targets.iter().rev().map(|(path, target)| (target, path)).collect();
        for (path, file) in &catalogue.files {
            let address = match &file.owner {
                Some(Target::Waiting) => continue,
                Some(owner) => {
                    let Some(page) = route_of(owner).and_then(|route| self.table.addresses.get(&route).cloned()) else {
                        continue;
                    };
                    format!("{page}{}", inner_name(path, documents.get(owner).copied()))
                }
                None if path.is_under("assets") => path.as_str().to_owned(),
                None if named.contains(path) => {
                    let below = path.as_str().trim_start_matches("content/");
                    format!("{}/{below}", self.part(AddressKey::Files))
                }
                None => {
                    let unused = Diagnostic::new(Code::MisplacedFile, path, Place::File);
                    self.diagnostics.push(unused.message("message-unused").help("help-unused"));
                    continue;
                }
            };
            if address.len() > LONGEST_ADDRESS || address.split('/').any(|step| step.len() > LONGEST_NAME) {
                let long = Diagnostic::new(Code::MisplacedFile, path, Place::File);
                self.diagnostics.push(long.message("message-long").help("help-long"));
                continue;
            }
            if let Some(name) = path.as_str().split('/').find(|name| !is_portable(name)) {
                self.diagnostics.push(Diagnostic::new(Code::UnportableName, path, Place::File).arg("name", name));
            }
            self.add(Route::File(path.clone()), SitePath::new(address), Some((path, Place::File)));
        }
    }

    /// Former addresses: a bare slug stands where the page stands, a path where it says.
    fn aliases(&mut self) {
        let catalogue = self.catalogue;
        let mut aliases: Vec<(Route, &ContentPath, &Placed<String>, AddressKey)> = Vec::new();
        for module in catalogue.modules.values() {
            let route = Route::Module(module.id.clone());
            aliases.extend(
                module
                    .matter()
                    .aliases
                    .iter()
                    .map(|alias| (route.clone(), &module.document.path, alias, AddressKey::Modules)),
            );
        }
        for post in &catalogue.news {
            let route = Route::NewsPost(post.id.clone());
            aliases.extend(
                post.matter().aliases.iter().map(|alias| (route.clone(), &post.document.path, alias, AddressKey::News)),
            );
        }
        for page in &catalogue.pages {
            let route = Route::PlainPage(page.id.clone());
            // A plain page stands at the root, which has no part of its own.
            aliases.extend(
                page.matter()
                    .aliases
                    .iter()
                    .map(|alias| (route.clone(), &page.document.path, alias, AddressKey::Files)),
            );
        }
        for (route, file, alias, key) in aliases {
            let written = alias.value.trim().trim_end_matches("index.html");
            let inner = written.trim_matches('/');
            let sound = !inner.is_empty()
                && inner.split('/').all(|step| !matches!(step, "" | "." | ".."))
                && !inner.contains('#');
            // Servers and disks keep names with a dot in front for themselves.
            let is_hidden = |step: &str| step.starts_with('.') && step != ".well-known";
            let fits = inner.len() <= LONGEST_ADDRESS - LONGEST_STEP
                && inner.split('/').all(|step| step.len() <= LONGEST_STEP && is_portable(step) && !is_hidden(step));
            if !sound || !fits {
                let diagnostic = Diagnostic::new(Code::UnknownValue, file, alias.place.clone());
                let diagnostic = diagnostic.message("message-alias").help("help-alias").arg("value", &alias.value);
                self.diagnostics.push(diagnostic);
                continue;
            }
            let is_whole = written.starts_with('/') || inner.contains('/') || key == AddressKey::Files;
            let base = if is_whole { String::new() } else { format!("{}/", self.part(key)) };
            // An old address may be that of a file (`fiche.html`); anything else was a folder.
            let is_file =
                inner.rsplit('/').next().is_some_and(|name| name.ends_with(".html") || name.ends_with(".htm"));
            let path = SitePath::new(if is_file { format!("{base}{inner}") } else { format!("{base}{inner}/") });
            if self.table.addresses.get(&route) == Some(&path) {
                continue;
            }
            if self.add(Route::Redirect(path.clone()), path.clone(), Some((file, alias.place.clone()))) {
                self.table.redirects.insert(path, route);
            }
        }
    }
}

fn place_of(slug: Option<&Placed<String>>) -> Place {
    slug.map_or(Place::Start, |slug| slug.place.clone())
}

/// The part of the addresses of a kind of terms.
pub(super) fn key_of(kind: TermKind) -> AddressKey {
    match kind {
        TermKind::Topic => AddressKey::Themes,
        TermKind::Audience => AddressKey::Audiences,
        TermKind::Region => AddressKey::Regions,
    }
}

/// The route of what a document is shown as.
pub(super) fn route_of(target: &Target) -> Option<Route> {
    Some(match target {
        Target::Module(id) => Route::Module(id.clone()),
        Target::NewsPost(id) => Route::NewsPost(id.clone()),
        Target::PlainPage(id) => Route::PlainPage(id.clone()),
        Target::Term(id) => Route::Term(id.clone(), 1),
        Target::Organisation(id) => Route::Organisation(id.clone(), 1),
        Target::Home => Route::Home,
        Target::Waiting => return None,
    })
}

/// The name of a file below the page of its owner: what stands behind the owner's own folder.
fn inner_name<'a>(path: &'a ContentPath, document: Option<&ContentPath>) -> &'a str {
    let Some(document) = document else { return path.name() };
    let folder = if document.name() == "index.md" {
        format!("{}/", document.folder())
    } else {
        format!("{}/{}/", document.folder(), document.stem())
    };
    path.as_str().strip_prefix(&folder).unwrap_or(path.name())
}

/// Every document that is shown and wanted, with its route.
pub(super) fn documents<'a>(
    catalogue: &'a Catalogue,
    is_wanted: &'a dyn Fn(&Document) -> bool,
) -> impl Iterator<Item = (Route, &'a Document)> {
    // Asked first: of one text that has changed, nothing is made for ten thousand others.
    let wanted = move |document: &'a Arc<Document>| Some(&**document).filter(|document| is_wanted(document));
    let modules = catalogue.modules.values();
    let modules =
        modules.filter_map(move |one| wanted(&one.document).map(|document| (Route::Module(one.id.clone()), document)));
    let news = catalogue.news.iter();
    let news =
        news.filter_map(move |one| wanted(&one.document).map(|document| (Route::NewsPost(one.id.clone()), document)));
    let pages = catalogue.pages.iter();
    let pages =
        pages.filter_map(move |one| wanted(&one.document).map(|document| (Route::PlainPage(one.id.clone()), document)));
    let terms = catalogue.terms.values();
    let terms = terms.filter_map(move |one| {
        wanted(one.document.as_ref()?).map(|document| (Route::Term(one.id.clone(), 1), document))
    });
    let organisations = catalogue.organisations.values().filter_map(move |one| {
        wanted(one.document.as_ref()?).map(|document| (Route::Organisation(one.id.clone(), 1), document))
    });
    let home =
        catalogue.home.iter().filter_map(move |document| wanted(document).map(|document| (Route::Home, document)));
    modules.chain(news).chain(pages).chain(terms).chain(organisations).chain(home)
}
