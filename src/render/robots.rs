//! `robots.txt` (RFC 9309).

use crate::output::Output;
use crate::view::sitemap::RobotsView;

pub(super) fn render(view: &RobotsView) -> Output {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(sitemap) = &view.sitemap {
        text.push_str(&format!("\nSitemap: {sitemap}\n"));
    }
    Output::new(text.into_bytes())
}
