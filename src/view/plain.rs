//! Plain pages, the page of all pages, not found, moved.

use crate::catalogue::PlainPage as CataloguePlainPage;
use crate::id::TermKind;
use crate::route::Route;

use super::desk::{Desk, Spot};
use super::module::ContentsEntry;
use super::pages::{NotFoundPage, PlainPage, RedirectPage, SiteMapGroup, SiteMapPage};
use super::parts::{Html, PageLink};

pub(super) fn page(desk: &Desk<'_>, page: &CataloguePlainPage, spot: Spot<'_>) -> PlainPage {
    let matter = page.matter();
    let body = &page.document.body;
    PlainPage {
        summary: desk.tidy_option(matter.summary.as_ref()),
        body: desk.body(body, spot),
        footnotes: Html(desk.fill(&body.footnotes, &body.links, spot)),
        contents: body
            .sections
            .iter()
            .map(|section| ContentsEntry { id: section.id.clone(), label: section.title.clone() })
            .collect(),
        documents: matter.documents.iter().filter_map(|entry| desk.document(entry, spot.file)).collect(),
        updated: matter.updated.map(|date| desk.date(date)),
    }
}

pub(super) fn site_map(desk: &Desk<'_>) -> SiteMapPage {
    let catalogue = desk.catalogue;
    let mut groups = Vec::new();
    let mut add = |word: &str, route: Option<Route>, pages: Vec<PageLink>| {
        if !pages.is_empty() {
            groups.push(SiteMapGroup {
                title: desk.word(word),
                url: route.and_then(|route| desk.table.url(&route)),
                pages,
            });
        }
    };
    let modules = catalogue.listed.iter().filter_map(|id| catalogue.modules.get(id));
    let modules = modules.filter_map(|m| desk.link(desk.tidy(&m.title), &Route::Module(m.id.clone())));
    add("modules", Some(Route::Catalogue(1)), modules.collect());
    for kind in TermKind::ALL {
        let terms = catalogue.terms_of(kind).into_iter();
        let links = terms.filter_map(|term| desk.link(desk.tidy(&term.title), &Route::Term(term.id.clone(), 1)));
        add(kind.key(), Some(Route::TermIndex(kind)), links.collect());
    }
    add(
        "sessions",
        Some(Route::Sessions),
        desk.link(desk.word("session_calendar"), &Route::Sessions).into_iter().collect(),
    );
    let news = catalogue.news.iter();
    let news = news.filter_map(|post| desk.link(desk.tidy(&post.title), &Route::NewsPost(post.id.clone())));
    add("news", Some(Route::NewsList(1)), news.collect());
    let organisations = catalogue.organisations.values();
    let organisations =
        organisations.filter_map(|one| desk.link(desk.tidy(&one.name), &Route::Organisation(one.id.clone())));
    add("organisations", Some(Route::Organisations), organisations.collect());
    let pages = catalogue.pages.iter();
    let pages = pages.filter_map(|page| desk.link(desk.tidy(&page.title), &Route::PlainPage(page.id.clone())));
    add("pages", None, pages.collect());
    SiteMapPage { groups }
}

pub(super) fn not_found(desk: &Desk<'_>) -> NotFoundPage {
    let links = [
        ("home", Route::Home),
        ("catalogue", Route::Catalogue(1)),
        ("sessions", Route::Sessions),
        ("news", Route::NewsList(1)),
        ("site_map", Route::SiteMap),
    ];
    NotFoundPage { links: links.into_iter().filter_map(|(word, route)| desk.link(desk.word(word), &route)).collect() }
}

pub(super) fn redirect(desk: &Desk<'_>, target: &Route) -> Option<RedirectPage> {
    let title = match target {
        Route::Module(id) => desk.catalogue.modules.get(id)?.title.clone(),
        Route::NewsPost(id) => desk.post(id)?.1.title.clone(),
        Route::PlainPage(id) => desk.plain_page(id)?.title.clone(),
        _ => return None,
    };
    Some(RedirectPage { title: desk.tidy(&title), url: desk.table.url(target)? })
}
