//! Page to [`Output`]: one file for each kind of output. Nothing here can reach the catalogue.

mod calendar;
mod feed;
mod find;
mod html;
mod pieces;
mod robots;
mod sitemap;

use crate::diagnostic::Checked;
use crate::output::Output;
use crate::page::{Page, Shared};
use crate::site_theme::SiteTheme;
use crate::view::View;

pub use pieces::Pieces;

/// Renders a page. One that cannot be drawn gives no output and says why.
pub fn render(page: Page, shared: &Shared, theme: &SiteTheme, pieces: &Pieces) -> Checked<Option<Output>> {
    match page.view {
        View::Html(view) => html::render(&page.path, *view, shared, theme, pieces),
        View::Feed(form, view) => Checked::clean(feed::render(form, &view)),
        View::Calendar(view) => Checked::clean(calendar::render(&view)),
        View::Sitemap(view) => Checked::clean(sitemap::render(&view)),
        View::Robots(view) => Checked::clean(Some(robots::render(&view))),
        View::Choices(view) => Checked::clean(Some(find::choices(&view))),
        View::Rows(view) => find::rows(&page.path, view, shared, theme, pieces),
        View::Copy(hash, bytes) => Checked::clean(Some(Output { bytes, hash })),
    }
}
