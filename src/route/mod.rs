//! Addresses: every page and file of the site, and where it stands.
//!
//! [`plan`] gives each route its address and reports what would stand at one address twice.
//! [`RouteTable`] then answers where a route is and what a link of an author leads to.

mod links;
mod plan;
mod url;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::document::Anchors;
use crate::id::{ModuleId, NewsPostId, OrganisationId, PlainPageId, Slug, TermId, TermKind};
use crate::source::ContentPath;

pub use links::{Destination, Which, check_links, is_harmless};
pub use plan::plan;
pub use url::{SitePath, decode, encode, resolve_prefix};

/// What is shown at an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The home page.
    Home,
    /// All modules; from page 1.
    Catalogue(usize),
    /// A module's sheet.
    Module(ModuleId),
    /// The index of a kind of terms.
    TermIndex(TermKind),
    /// A term; from page 1.
    Term(TermId, usize),
    /// Two terms and what they have in common; from page 1.
    Crossing(TermId, TermId, usize),
    /// Coming sessions; from page 1.
    Sessions(usize),
    /// Modules that a visitor has picked, side by side.
    Selection,
    /// Pathways; from page 1.
    Pathways(usize),
    /// News; from page 1.
    NewsList(usize),
    /// A news post.
    NewsPost(NewsPostId),
    /// All organisations.
    Organisations,
    /// An organisation; from page 1.
    Organisation(OrganisationId, usize),
    /// A plain page.
    PlainPage(PlainPageId),
    /// All pages of the site, for people.
    SiteMap,
    /// How the sheets stand by the rules, for those who write and audit them.
    Report,
    /// What a server shows for an address that does not exist.
    NotFound,
    /// A former address of a page.
    Redirect(SitePath),
    /// The news feed, in one of its forms.
    NewsFeed(FeedForm),
    /// A term's feed.
    TermFeed(TermId),
    /// A calendar of sessions (RFC 5545).
    Calendar(CalendarOf),
    /// All pages of the site, for machines.
    Sitemap,
    /// What machines may read.
    Robots,
    /// A file that is read when a visitor searches or chooses.
    Search(SearchFile),
    /// A file of the look: style sheet, script, font. By its address.
    LookFile(SitePath),
    /// A file of `content/` or `assets/`.
    File(ContentPath),
}

/// Whose sessions a calendar holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarOf {
    /// The coming sessions of the whole site.
    Site,
    /// The coming sessions of a term.
    Term(TermId),
    /// All dated sessions of a module, past ones too.
    Module(ModuleId),
    /// One coming session of a module, by its id.
    Session(ModuleId, Slug),
}

/// The forms in which the news can be followed; readers know one or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedForm {
    /// RSS 2.0.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedForm {
    /// All forms, the most widely read first.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// What its address ends in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Rss => "xml",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// The files that a search reads: none of them is fetched before a visitor begins to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchFile {
    /// What can be chosen on a list, and which entries answer to each choice.
    Choices(FoundList),
    /// Entries of a list as they are shown, some in each file; from 0.
    Rows(FoundList, usize),
    /// Every word of the site.
    Words,
    /// Where words stand, some words in each file; from 0.
    Places(usize),
}

/// A list in which visitors find something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundList {
    /// Modules, in the order of the catalogue.
    Modules,
    /// Coming sessions that have a date, by date.
    Sessions,
    /// News, then plain pages.
    Others,
}

impl FoundList {
    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Modules => "modules",
            Self::Sessions => "sessions",
            Self::Others => "others",
        }
    }

    /// How many entries stand in one file, of a list of this length: few where there are few files, for a visitor
    /// fetches those of a handful of entries.
    pub fn entries_per_file(self, n_entries: usize) -> usize {
        match self {
            // Rows are short.
            Self::Sessions => 16,
            Self::Modules | Self::Others if n_entries <= 2_000 => 2,
            Self::Modules | Self::Others => 4,
        }
    }
}

impl SearchFile {
    /// Its address below that of all of them.
    pub fn name(self) -> String {
        match self {
            Self::Choices(list) => format!("{}.bin", list.name()),
            Self::Rows(list, number) => format!("{}-{number}.bin", list.name()),
            Self::Words => "words.bin".to_owned(),
            Self::Places(number) => format!("words-{number}.bin"),
        }
    }

    /// How many files [`SearchFile::Places`] there are, for a number of texts.
    pub fn n_places(n_texts: usize) -> usize {
        (n_texts / 8).clamp(1, 1024)
    }
}

impl Route {
    /// Whether it is a page that people read and search engines index.
    pub fn is_page(&self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Report
                | Self::Redirect(_)
                | Self::NewsFeed(_)
                | Self::TermFeed(_)
                | Self::Calendar(_)
                | Self::Sitemap
                | Self::Robots
                | Self::Search(_)
                | Self::LookFile(_)
                | Self::File(_)
        )
    }
}

/// Every route with its address.
#[derive(Clone, Debug, Default)]
pub struct RouteTable {
    /// In the order of the routes. Looked up for every link of every page, so by a hash and not along strings.
    addresses: IndexMap<Route, SitePath>,
    routes: BTreeMap<SitePath, Route>,
    /// The page that a former address leads to.
    redirects: BTreeMap<SitePath, Route>,
    /// What a document is shown as.
    documents: IndexMap<ContentPath, Option<Route>>,
    /// The anchors of a page, beside those that every page of its kind has; shared with the document, where it can be.
    anchors: IndexMap<Route, Anchors>,
    /// Links end in `index.html`.
    file_links: bool,
}

impl RouteTable {
    /// All routes with their addresses, in the order of the routes.
    pub fn iter(&self) -> impl Iterator<Item = (&Route, &SitePath)> {
        self.addresses.iter()
    }

    /// Where a route stands, if the site has it.
    pub fn address(&self, route: &Route) -> Option<&SitePath> {
        self.addresses.get(route)
    }

    /// Whether the site has a route.
    pub fn has(&self, route: &Route) -> bool {
        self.addresses.contains_key(route)
    }

    /// The address of a route as a link writes it, from the site's root, without `/` in front.
    pub fn url(&self, route: &Route) -> Option<String> {
        self.addresses.get(route).map(|path| self.written(path))
    }

    /// An address as a link writes it.
    pub fn written(&self, path: &SitePath) -> String {
        let mut url = encode(path.as_str());
        if self.file_links && (url.is_empty() || url.ends_with('/')) {
            url.push_str("index.html");
        }
        url
    }

    /// The page that a former address leads to.
    pub fn redirect(&self, from: &SitePath) -> Option<&Route> {
        self.redirects.get(from)
    }

    /// Where the files of a list stand that a search reads, and what their names begin with, from the site's root.
    pub fn search_folder(&self, list: FoundList) -> Option<String> {
        let choices = self.url(&Route::Search(SearchFile::Choices(list)))?;
        choices.strip_suffix(&SearchFile::Choices(list).name()).map(str::to_owned)
    }

    /// How many pages a paged list has, by its first page.
    pub fn n_pages(&self, page: impl Fn(usize) -> Route) -> usize {
        let exists = |number: usize| self.addresses.contains_key(&page(number));
        // Pages are numbered without a gap: the last is found by halving, however many there are.
        let mut beyond = 1;
        while exists(beyond) {
            beyond *= 2;
        }
        let mut known = beyond / 2;
        while known + 1 < beyond {
            let middle = usize::midpoint(known, beyond);
            if exists(middle) { known = middle } else { beyond = middle }
        }
        known
    }
}

impl RouteTable {
    /// What is shown at an address.
    pub fn route_at(&self, path: &SitePath) -> Option<&Route> {
        self.routes.get(path)
    }
}
