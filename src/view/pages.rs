//! The other pages. Each type names its template and the name it has there.

use std::sync::Arc;

use serde::Serialize;

use super::find::FindPanel;
use super::parts::{
    AnyLink, CalendarLinks, Cards, CountLink, DateText, DocumentLink, Html, Image, ModuleCard, NewsCard, PageLink,
    Pagination, RegionTile, SessionRow, Share, TermLink, TermTile,
};

/// Template `home.html`; in it: `home`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HomePage {
    /// The promise, with `<mark>` around what the author stressed. Html.
    pub heading: Html,
    /// The lead below it.
    pub lead: Option<String>,
    /// Figures from the data ("24", "formations au catalogue").
    pub figures: Vec<Figure>,
    /// Themes.
    pub topics: Vec<TermTile>,
    /// "24 formations"
    pub catalogue_text: String,
    /// The next sessions, four at most.
    pub sessions: Vec<SessionRow>,
    /// Modules without dates stand in when no session is announced: the latest six; empty otherwise.
    pub modules: Cards,
    /// Regions on the grid; empty when no region has a module.
    pub regions: Vec<RegionTile>,
    /// The author's own text: what stands before its first heading.
    pub body: Html,
    /// The author's sections, each on a band of its own.
    pub sections: Vec<HomeSection>,
    /// Footnotes of the text.
    pub footnotes: Html,
    /// The latest news, three at most.
    pub news: Vec<NewsCard>,
}

/// A figure with what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// "24"
    pub value: String,
    /// "formations au catalogue"
    pub label: String,
}

/// A section of the home page's own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HomeSection {
    /// The anchor.
    pub id: String,
    /// The heading.
    pub heading: Html,
    /// The text.
    pub body: Html,
}

/// Template `catalogue.html`; in it: `catalogue`. All modules, or the modules of one page of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CataloguePage {
    /// "24 formations"
    pub count_text: String,
    /// The cards: those with a coming session first, by its date, then the others by title.
    pub cards: Cards,
    /// Where more than one page is needed.
    pub pagination: Option<Pagination>,
    /// Ways in: themes, audiences, regions with their counts.
    pub groups: Vec<TermGroup>,
    /// Search and choice; first page only.
    pub find: Option<FindPanel>,
}

/// A kind of grouping, with its terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermGroup {
    /// `themes`, `audiences`, `regions`.
    pub key: &'static str,
    /// "Thèmes"
    pub title: String,
    /// Its index page.
    pub url: String,
    /// The terms; where there are very many, the first of them.
    pub terms: Vec<TermTile>,
    /// "et 12 autres", where the index has more.
    pub more: Option<String>,
}

/// Template `terms.html`; in it: `terms`. The index of themes, audiences or regions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermIndexPage {
    /// `themes`, `audiences`, `regions`.
    pub key: &'static str,
    /// A sentence below the title.
    pub lead: String,
    /// The terms in the site's order.
    pub tiles: Vec<TermTile>,
    /// For regions: the grid; empty otherwise.
    pub regions: Vec<RegionTile>,
}

/// Template `term.html`; in it: `term`. One theme, audience or region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermPage {
    /// `themes`, `audiences`, `regions`.
    pub key: &'static str,
    /// The title.
    pub title: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Its introduction.
    pub body: Html,
    /// Footnotes of the introduction.
    pub footnotes: Html,
    /// The hue (themes), 0 for none.
    pub hue: u8,
    /// The emblem (themes), empty for none.
    pub emblem: String,
    /// "Trois formations"
    pub count_text: String,
    /// Its modules.
    pub cards: Cards,
    /// Where more than one page is needed.
    pub pagination: Option<Pagination>,
    /// Its coming sessions, six at most; first page only.
    pub sessions: Vec<SessionRow>,
    /// The term above, if any.
    pub parent: Option<PageLink>,
    /// The terms below; first page only.
    pub children: Vec<TermTile>,
    /// Other terms of the kind, those around it where there are many; first page only.
    pub others: Vec<TermTile>,
    /// Its sessions as a calendar.
    pub calendar: Option<CalendarLinks>,
    /// Its own feed; none when it would be empty.
    pub feed_url: Option<String>,
    /// News about it (themes), three at most.
    pub news: Vec<NewsCard>,
    /// Its crossings with other kinds; first page only.
    pub ways: Vec<WaysOn>,
}

/// Template `crossing.html`; in it: `crossing`. Two terms of two kinds, and the modules that carry both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CrossingPage {
    /// The one term.
    pub first: PageLink,
    /// The other.
    pub second: PageLink,
    /// The hue of the theme, 0 for none.
    pub hue: u8,
    /// "3 formations"
    pub count_text: String,
    /// The modules.
    pub cards: Cards,
    /// Where more than one page is needed.
    pub pagination: Option<Pagination>,
    /// Other crossings of either term; first page only.
    pub ways: Vec<WaysOn>,
}

/// From a term to its crossings with those of another kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaysOn {
    /// "Pair-aidance, par région"
    pub title: String,
    /// An id for `id=` that is unique on the page.
    pub id: String,
    /// The crossings.
    pub links: Vec<CountLink>,
}

/// Template `selection.html`; in it: `selection`. A script puts the modules in that a visitor has picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SelectionPage {
    /// Where modules stand, from the root: what is picked is named by the rest of its address.
    pub modules_url: String,
    /// The name of what is picked in addresses.
    pub picks_parameter: &'static str,
    /// Whom to ask for a quotation.
    pub email: Option<String>,
}

/// Template `sessions.html`; in it: `sessions`. What is coming, by month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionsPage {
    /// "13 sessions", on all pages together.
    pub count_text: String,
    /// Choice; first page only.
    pub find: Option<FindPanel>,
    /// All of them as a calendar.
    pub calendar: Option<CalendarLinks>,
    /// The way to every month that has a session, on whatever page it begins.
    pub month_links: Vec<MonthLink>,
    /// The months whose sessions stand on this page. One that fills a page goes on on the next, under its title again.
    pub months: Vec<Month>,
    /// Where more than one page is needed.
    pub pagination: Option<Pagination>,
}

/// The way to a month of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthLink {
    /// The anchor, `2027-03`.
    pub id: String,
    /// The page on which the month begins; none when it is this one.
    pub url: Option<String>,
    /// "mars" or "mars 2028".
    pub label: String,
    /// How many sessions it has.
    pub count: usize,
    /// "3 sessions"
    pub count_text: String,
}

/// A month of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// The anchor, `2027-03`.
    pub id: String,
    /// "Mars 2027"
    pub title: String,
    /// Initials of the days, Monday first.
    pub day_initials: Vec<String>,
    /// Weeks of seven days; empty cells have no day.
    pub weeks: Vec<Vec<MonthDay>>,
    /// Its sessions that stand on this page.
    pub sessions: Vec<SessionRow>,
}

/// A cell of the month's grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthDay {
    /// The day; none for an empty cell.
    pub day: Option<u8>,
    /// `on` a session takes place, `full` only full ones do, or empty.
    pub state: &'static str,
}

/// Template `news.html`; in it: `news`. The list of news posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewsListPage {
    /// The posts, the latest first.
    pub posts: Vec<NewsCard>,
    /// Where more than one page is needed.
    pub pagination: Option<Pagination>,
}

/// Template `news_post.html`; in it: `post`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewsPostPage {
    /// The title.
    pub title: String,
    /// The lead.
    pub summary: Option<String>,
    /// The day it was published.
    pub date: DateText,
    /// The day it was last changed.
    pub updated: Option<DateText>,
    /// Who wrote it.
    pub author: Option<String>,
    /// "Lecture : 3 min"
    pub reading_time: String,
    /// The hue of the first theme, 0 for none.
    pub hue: u8,
    /// The emblem of the first theme, empty for none.
    pub emblem: String,
    /// Themes.
    pub topics: Vec<TermLink>,
    /// Tags.
    pub tags: Vec<String>,
    /// The picture.
    pub image: Option<Image>,
    /// The text.
    pub body: Html,
    /// Footnotes.
    pub footnotes: Html,
    /// Documents to fetch.
    pub documents: Vec<DocumentLink>,
    /// The organisation it comes from.
    pub source: Option<AnyLink>,
    /// Modules that it speaks of, to be shown in words and not as cards.
    pub related: Vec<Arc<ModuleCard>>,
    /// The post before (older).
    pub older: Option<PageLink>,
    /// The post after (newer).
    pub newer: Option<PageLink>,
    /// Printing, e-mail, copying the address.
    pub share: Share,
}

/// Template `organisations.html`; in it: `organisations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationListPage {
    /// The organisations, in French order.
    pub organisations: Vec<OrganisationTile>,
}

/// An organisation on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationTile {
    /// The name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// "Organisme de formation"
    pub kind: Option<String>,
    /// "3 formations"; empty when it has none.
    pub count_text: String,
}

/// Template `organisation.html`; in it: `organisation`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationPage {
    /// The name.
    pub name: String,
    /// The acronym, when it is not the name; first page only.
    pub acronym: Option<String>,
    /// "Organisme de formation"
    pub kind: Option<String>,
    /// The logo.
    pub logo: Option<Image>,
    /// Its description; first page only.
    pub body: Html,
    /// Footnotes of the description.
    pub footnotes: Html,
    /// Legal name, address, site… each a label and a line or link; first page only.
    pub facts: Vec<OrganisationFact>,
    /// Modules that it provides, shares or funds: those of this page.
    pub groups: Vec<OrganisationModules>,
    /// Where more than one page is needed.
    pub pagination: Option<Pagination>,
    /// News that comes from it, the latest first, as many as stand on a page; first page only.
    pub news: Vec<NewsCard>,
    /// Whether more news comes from it than that: the list of all news has it.
    pub more_news: bool,
}

/// A fact about an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationFact {
    /// "Adresse"
    pub label: String,
    /// The words; a link where one is given.
    pub value: AnyLink,
}

/// The modules in which an organisation plays one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationModules {
    /// "Formations proposées", "Formations financées".
    pub title: String,
    /// The modules.
    pub cards: Cards,
}

/// Template `page.html`; in it: `plain`. A plain page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlainPage {
    /// On the legal notice: who publishes the site, and who hosts it. Empty elsewhere.
    pub identity: Vec<OrganisationFact>,
    /// A sentence below the title.
    pub summary: Option<String>,
    /// What stands before the first heading, then everything else.
    pub body: Html,
    /// Footnotes.
    pub footnotes: Html,
    /// Its headings of the first level, for a table of contents from four up.
    pub contents: Vec<super::module::ContentsEntry>,
    /// Documents to fetch.
    pub documents: Vec<DocumentLink>,
    /// The day it was last changed.
    pub updated: Option<DateText>,
}

/// Template `not_found.html`; in it: `not_found`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotFoundPage {
    /// Where to go from here.
    pub links: Vec<PageLink>,
}

/// Template `redirect.html` (stands alone, no header); in it: `redirect`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RedirectPage {
    /// The title of the page that it leads to.
    pub title: String,
    /// The address of that page.
    pub url: String,
}

/// Template `site_map.html`; in it: `map`. Every page, in groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SiteMapPage {
    /// The groups.
    pub groups: Vec<SiteMapGroup>,
}

/// A group of pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SiteMapGroup {
    /// "Formations"
    pub title: String,
    /// The page of the group, if it has one.
    pub url: Option<String>,
    /// Its pages.
    pub pages: Vec<PageLink>,
}
