//! [`View`]: everything that a template may see for one address, as plain values.
//!
//! [`view`] makes it from the catalogue; from here on nothing can reach the catalogue, so a page is a
//! pure function of its view and the look.

mod attached;
pub mod calendar;
mod cards;
mod contacts;
mod crossing;
mod desk;
pub mod diagram;
pub mod feed;
pub mod find;
mod frame;
mod glossary;
mod linked_data;
mod listing;
pub mod module;
mod news;
mod organisation;
pub mod pages;
pub mod parts;
pub mod pathway;
mod pathways;
mod plain;
pub mod report;
mod session_row;
mod sessions;
mod sheet;
pub mod shell;
mod shell_maker;
pub mod sitemap;
pub mod small_map;
mod ways;

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::document::Bodies;
use crate::hash::ContentHash;
use crate::route::{FeedForm, Route, SearchFile};
use crate::source::{ContentPath, Sources};

use calendar::CalendarView;
use feed::FeedView;
use find::{ChoicesView, RowsView};
use module::ModuleSheet;
use pages::{
    CataloguePage, CrossingPage, HomePage, NewsListPage, NewsPostPage, NotFoundPage, OrganisationListPage,
    OrganisationPage, PlainPage, RedirectPage, SelectionPage, SessionsPage, SiteMapPage, TermIndexPage, TermPage,
};
use parts::Card;
use pathway::PathwaysPage;
use report::ReportPage;
use shell::Frame;
use sitemap::{RobotsView, SitemapView};

pub use desk::{Desk, Spot};
pub use shell_maker::{LookUrls, make_shell};

/// What is drawn at an address.
#[derive(Clone, Debug)]
pub enum View {
    /// A page, drawn by a template.
    Html(Box<HtmlView>),
    /// A feed, and its form.
    Feed(FeedForm, Box<FeedView>),
    /// A calendar.
    Calendar(Box<CalendarView>),
    /// All pages, for machines.
    Sitemap(SitemapView),
    /// What machines may read.
    Robots(RobotsView),
    /// What can be chosen on a list.
    Choices(ChoicesView),
    /// Entries of a list.
    Rows(RowsView),
    /// A file that is published as it is.
    Copy(ContentHash, Arc<[u8]>),
}

/// A page: its template, its frame, its content.
#[derive(Clone, Debug)]
pub struct HtmlView {
    /// The way to the root: stands before every address.
    pub root: String,
    /// Head and header.
    pub frame: Frame,
    /// What the page shows.
    pub content: Content,
    /// The file that the page is made of, for messages about it.
    pub source: Option<ContentPath>,
}

/// What a page shows: one variant for each kind of page.
#[derive(Clone, Debug)]
pub enum Content {
    /// The home page.
    Home(HomePage),
    /// All modules.
    Catalogue(CataloguePage),
    /// A module's sheet.
    Module(Box<ModuleSheet>),
    /// The index of a kind of terms.
    Terms(TermIndexPage),
    /// A term.
    Term(Box<TermPage>),
    /// Two terms.
    Crossing(Box<CrossingPage>),
    /// Coming sessions.
    Sessions(SessionsPage),
    /// Modules that were picked.
    Selection(SelectionPage),
    /// Pathways.
    Pathways(PathwaysPage),
    /// News.
    News(NewsListPage),
    /// A news post.
    NewsPost(Box<NewsPostPage>),
    /// Organisations.
    Organisations(OrganisationListPage),
    /// An organisation.
    Organisation(Box<OrganisationPage>),
    /// A plain page.
    Plain(PlainPage),
    /// All pages, for people.
    SiteMap(SiteMapPage),
    /// How the sheets stand by the rules.
    Report(Box<ReportPage>),
    /// Not found.
    NotFound(NotFoundPage),
    /// A former address.
    Redirect(RedirectPage),
}

impl Content {
    /// The template that draws it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Catalogue(_) => "catalogue.html",
            Self::Module(_) => "module.html",
            Self::Terms(_) => "terms.html",
            Self::Term(_) => "term.html",
            Self::Crossing(_) => "crossing.html",
            Self::Sessions(_) => "sessions.html",
            Self::Selection(_) => "selection.html",
            Self::Pathways(_) => "pathways.html",
            Self::News(_) => "news.html",
            Self::NewsPost(_) => "news_post.html",
            Self::Organisations(_) => "organisations.html",
            Self::Organisation(_) => "organisation.html",
            Self::Plain(_) => "page.html",
            Self::SiteMap(_) => "site_map.html",
            Self::Report(page) if page.is_alone() => "report_alone.html",
            Self::Report(_) => "report.html",
            Self::NotFound(_) => "not_found.html",
            Self::Redirect(_) => "redirect.html",
        }
    }

    /// The cards that stand on it.
    pub fn cards(&mut self) -> Vec<&mut Card> {
        match self {
            Self::Home(page) => page.modules.iter_mut().collect(),
            Self::Catalogue(page) => page.cards.iter_mut().collect(),
            Self::Module(page) => page.related.iter_mut().chain(&mut page.akin).collect(),
            Self::Term(page) => page.cards.iter_mut().collect(),
            Self::Crossing(page) => page.cards.iter_mut().collect(),
            Self::Organisation(page) => page.groups.iter_mut().flat_map(|group| &mut group.cards).collect(),
            Self::Terms(_)
            | Self::Sessions(_)
            | Self::Selection(_)
            | Self::Pathways(_)
            | Self::News(_)
            | Self::NewsPost(_)
            | Self::Organisations(_)
            | Self::Plain(_)
            | Self::SiteMap(_)
            | Self::Report(_)
            | Self::NotFound(_)
            | Self::Redirect(_) => Vec::new(),
        }
    }

    /// Whether it is the sheet of a module.
    pub fn is_sheet(&self) -> bool {
        matches!(self, Self::Module(_))
    }

    /// Whether it has the header and the footer: a page that only leads on has neither, nor has a file of its own.
    pub fn has_surrounds(&self) -> bool {
        match self {
            Self::Redirect(_) => false,
            Self::Report(page) => !page.is_alone(),
            _ => true,
        }
    }

    fn serialise_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Home(page) => map.serialize_entry("home", page),
            Self::Catalogue(page) => map.serialize_entry("catalogue", page),
            Self::Module(page) => map.serialize_entry("module", page),
            Self::Terms(page) => map.serialize_entry("terms", page),
            Self::Term(page) => map.serialize_entry("term", page),
            Self::Crossing(page) => map.serialize_entry("crossing", page),
            Self::Sessions(page) => map.serialize_entry("sessions", page),
            Self::Selection(page) => map.serialize_entry("selection", page),
            Self::Pathways(page) => map.serialize_entry("pathways", page),
            Self::News(page) => map.serialize_entry("news", page),
            Self::NewsPost(page) => map.serialize_entry("post", page),
            Self::Organisations(page) => map.serialize_entry("organisations", page),
            Self::Organisation(page) => map.serialize_entry("organisation", page),
            Self::Plain(page) => map.serialize_entry("plain", page),
            Self::SiteMap(page) => map.serialize_entry("map", page),
            Self::Report(page) => map.serialize_entry("report", page),
            Self::NotFound(page) => map.serialize_entry("not_found", page),
            Self::Redirect(page) => map.serialize_entry("redirect", page),
        }
    }
}

/// As a template receives it: `root`, `page`, and the content under the name of its kind.
impl Serialize for HtmlView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("root", &self.root)?;
        map.serialize_entry("page", &self.frame)?;
        self.content.serialise_into(&mut map)?;
        map.end()
    }
}

/// The view of a route. `made` gives files that are made elsewhere: of the look, and of the index of words. `None` for a
/// route whose content is gone, which the table does not hold.
pub fn view(
    desk: &Desk<'_>,
    bodies: &Bodies,
    sources: &Sources,
    made: &dyn Fn(&Route) -> Option<Arc<[u8]>>,
    route: &Route,
) -> Option<View> {
    let root = desk.root_of(route);
    let page = |mut frame: Frame, content: Content, source: Option<&ContentPath>| {
        frame.json_ld = linked_data::graph(desk, route, &frame);
        Some(View::Html(Box::new(HtmlView { root: root.clone(), frame, content, source: source.cloned() })))
    };
    match route {
        Route::Home => {
            let content = listing::home(desk, bodies, &root);
            page(
                frame::home(desk, &content),
                Content::Home(content),
                desk.catalogue.home.as_ref().map(|home| &home.path),
            )
        }
        Route::Catalogue(number) => {
            let content = listing::catalogue(desk, *number);
            page(frame::listing(desk, route, "catalogue", *number, "catalogue_lead"), Content::Catalogue(content), None)
        }
        Route::Module(id) => {
            let module = desk.catalogue.modules.get(id)?;
            let path = &module.document.path;
            let spot = Spot { file: path, route, bodies, root: &root, anchors_need_page: false };
            let sheet = sheet::sheet(desk, module, spot);
            page(frame::module(desk, module, route, &sheet), Content::Module(Box::new(sheet)), Some(path))
        }
        Route::TermIndex(kind) => {
            let content = listing::term_index(desk, *kind);
            let lead = format!("{}_lead", kind.key());
            page(frame::listing(desk, route, kind.key(), 1, &lead), Content::Terms(content), None)
        }
        Route::Term(id, number) => {
            let term = desk.catalogue.terms.get(id)?;
            let content = listing::term(desk, bodies, term, *number, route, &root);
            let source = term.document.as_ref().map(|document| &document.path);
            page(frame::term(desk, term, route, *number, &content), Content::Term(Box::new(content)), source)
        }
        Route::Crossing(one, other, number) => {
            let pair = (one.clone(), other.clone());
            let content = crossing::page(desk, &pair, *number)?;
            page(frame::crossing(desk, &pair, route, *number, &content), Content::Crossing(Box::new(content)), None)
        }
        Route::Selection => {
            let content = plain::selection(desk);
            let frame = Frame { noindex: true, ..frame::listing(desk, route, "selection", 1, "selection_lead") };
            page(frame, Content::Selection(content), None)
        }
        Route::Sessions(number) => {
            let content = sessions::sessions(desk, *number);
            page(frame::listing(desk, route, "sessions", *number, "sessions_lead"), Content::Sessions(content), None)
        }
        Route::Pathways(number) => {
            let content = pathways::page(desk, *number);
            page(frame::listing(desk, route, "pathways", *number, "pathways_lead"), Content::Pathways(content), None)
        }
        Route::NewsList(number) => {
            let content = news::list(desk, *number);
            page(frame::listing(desk, route, "news", *number, "follow_news_text"), Content::News(content), None)
        }
        Route::NewsPost(id) => {
            let (index, post) = desk.post(id)?;
            let path = &post.document.path;
            let spot = Spot { file: path, route, bodies, root: &root, anchors_need_page: false };
            let content = news::post(desk, index, post, spot);
            page(frame::news_post(desk, post, route, &content), Content::NewsPost(Box::new(content)), Some(path))
        }
        Route::Organisations => {
            let content = organisation::list(desk);
            page(
                frame::listing(desk, route, "organisations", 1, "organisations_lead"),
                Content::Organisations(content),
                None,
            )
        }
        Route::Organisation(id, number) => {
            let organisation = desk.catalogue.organisations.get(id)?;
            let content = organisation::page(desk, bodies, organisation, *number, route, &root);
            let source = organisation.document.as_ref().map(|document| &document.path);
            let frame = frame::organisation(desk, organisation, route, *number, &content);
            page(frame, Content::Organisation(Box::new(content)), source)
        }
        Route::PlainPage(id) => {
            let plain = desk.plain_page(id)?;
            let path = &plain.document.path;
            let spot = Spot { file: path, route, bodies, root: &root, anchors_need_page: false };
            let content = plain::page(desk, plain, spot);
            page(frame::plain(desk, plain, route, &content), Content::Plain(content), Some(path))
        }
        Route::SiteMap => {
            page(frame::listing(desk, route, "site_map", 1, ""), Content::SiteMap(plain::site_map(desk)), None)
        }
        // What it shows, a catalogue does not know: [`report::page`] makes it.
        Route::Report => None,
        Route::NotFound => page(frame::not_found(desk), Content::NotFound(plain::not_found(desk)), None),
        Route::Redirect(from) => {
            let target = desk.table.redirect(from)?;
            let content = plain::redirect(desk, target)?;
            page(frame::redirect(desk, route, target, &content), Content::Redirect(content), None)
        }
        Route::NewsFeed(form) => Some(View::Feed(*form, Box::new(feed::news(desk, bodies, *form)))),
        Route::TermFeed(id) => {
            let term = desk.catalogue.terms.get(id)?;
            Some(View::Feed(FeedForm::Rss, Box::new(feed::term(desk, bodies, term, route))))
        }
        Route::Calendar(of) => Some(View::Calendar(Box::new(calendar::calendar(desk, of)?))),
        Route::Sitemap => Some(View::Sitemap(sitemap::sitemap(desk)?)),
        Route::Robots => Some(View::Robots(sitemap::robots(desk))),
        Route::Search(SearchFile::Choices(list)) => Some(View::Choices(find::choices(desk, *list))),
        Route::Search(SearchFile::Rows(list, number)) => Some(View::Rows(find::rows(desk, bodies, *list, *number))),
        Route::LookFile(_) | Route::Search(SearchFile::Words | SearchFile::Places(_)) => {
            let bytes = made(route)?;
            Some(View::Copy(ContentHash::of(&bytes), bytes))
        }
        Route::File(path) => {
            let file = sources.get(path)?;
            Some(View::Copy(file.hash, file.bytes.clone()))
        }
    }
}
