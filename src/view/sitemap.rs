//! What machines read: every page, and what they may fetch.

use serde::Serialize;

use crate::route::Route;

use super::desk::Desk;

/// All pages that search engines should know (sitemaps.org).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SitemapView {
    /// Each page once, in the order of their addresses.
    pub entries: Vec<SitemapEntry>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SitemapEntry {
    /// Its whole address.
    pub location: String,
    /// The day it was last changed, where it is known.
    pub modified: Option<String>,
}

/// `robots.txt`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RobotsView {
    /// The whole address of the sitemap, where the site says its own.
    pub sitemap: Option<String>,
}

pub(super) fn sitemap(desk: &Desk<'_>) -> Option<SitemapView> {
    desk.config.base_url.as_ref()?;
    let mut entries: Vec<SitemapEntry> = desk
        .table
        .iter()
        // What a visitor has picked is nothing to find.
        .filter(|(route, _)| route.is_page() && **route != Route::Selection)
        .filter_map(|(route, _)| {
            Some(SitemapEntry { location: desk.absolute(route)?, modified: modified(desk, route) })
        })
        .collect();
    entries.sort();
    Some(SitemapView { entries })
}

fn modified(desk: &Desk<'_>, route: &Route) -> Option<String> {
    let day = match route {
        Route::Module(id) => {
            let module = desk.catalogue.modules.get(id)?;
            module.matter().updated.max(module.matter().published)
        }
        Route::NewsPost(id) => {
            let (_, post) = desk.post(id)?;
            post.matter().updated.or(Some(post.date))
        }
        Route::PlainPage(id) => desk.plain_page(id)?.matter().updated,
        _ => None,
    };
    day.map(|day| day.to_string())
}

pub(super) fn robots(desk: &Desk<'_>) -> RobotsView {
    RobotsView { sitemap: desk.absolute(&Route::Sitemap) }
}
