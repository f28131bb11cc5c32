//! What a browser is told while a page is open in it: to load it anew, to change its style, what is wrong.

use std::sync::Arc;

use axum::response::sse::Event;
use serde::Serialize;

use crate::content_path::ContentPath;
use crate::hash::{ContentHash, FingerprintBuilder};
use crate::output::Output;
use crate::pipeline::StandIn;
use crate::route::{Route, SitePath};
use crate::site_theme::SiteTheme;
use crate::texts::Texts;

use super::preview::State;
use super::problems::{Note, Problems};
use super::scene::{Drawing, Scene, Spot};

/// Where the script stands, outside of every site: no file of one begins with a dot.
pub(super) const SCRIPT_PATH: &str = "/.brochure/preview.js";
/// Where the script listens.
pub(super) const EVENTS_PATH: &str = "/.brochure/events";
/// The script that stands in served pages, and in no built one.
pub(super) const SCRIPT: &str = include_str!("browser/preview.js");

/// The form in which a page is shown somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// The digest of the page but for the names of its style sheets; empty for a page that cannot be drawn.
    content: String,
    /// Its style sheets: plain name and address.
    styles: Vec<(String, String)>,
}

/// What the script is told of a page.
#[derive(Debug, Serialize)]
struct Told {
    errors: Vec<Note>,
    warnings: Vec<Note>,
    lang: &'static str,
    words: Words,
}

#[derive(Debug, Serialize)]
struct Words {
    errors: String,
    warnings: String,
    stays: String,
    fold: String,
    unfold: String,
}

impl Form {
    fn of(html: &[u8], scene: &Scene) -> Self {
        let stand_in = scene.blueprint().stand_in.as_ref().and_then(StandIn::made);
        let mut names: Vec<(&String, &SitePath)> =
            std::iter::once(scene.theme()).chain(stand_in).flat_map(sheets).collect();
        names.dedup();
        let mut text = String::from_utf8_lossy(html).into_owned();
        let mut styles = Vec::new();
        for (name, path) in names {
            if text.contains(path.as_str()) {
                text = text.replace(path.as_str(), name);
                styles.push((name.clone(), path.as_str().to_owned()));
            }
        }
        Self { content: ContentHash::of(text.as_bytes()).to_string(), styles }
    }

    /// The form in one word, as the script keeps it.
    pub(super) fn seen(&self) -> String {
        let styles = FingerprintBuilder::new().serialised(&self.styles).finish();
        format!("{}.{styles}", self.content)
    }

    /// What a browser that has seen another form should do.
    pub(super) fn event(&self, seen: &str) -> Option<Event> {
        let now = self.seen();
        if now == seen {
            return None;
        }
        let is_style = seen.split('.').next() == Some(self.content.as_str()) && !self.content.is_empty();
        let (kind, data) = match is_style {
            true => ("styles", serde_json::json!({ "seen": now, "styles": self.styles }).to_string()),
            // An event without data is none to a browser.
            false => ("reload", now),
        };
        Some(Event::default().event(kind).data(data))
    }
}

fn sheets(theme: &SiteTheme) -> impl Iterator<Item = (&String, &SitePath)> {
    theme.hashed.iter().filter(|(name, _)| name.ends_with(".css"))
}

/// A page as it is shown at an address, whatever that is: itself, or what is shown when it is not there.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) is_missing: bool,
    pub(super) drawing: Option<Arc<Drawing>>,
    pub(super) form: Form,
}

impl Look {
    /// Draws what stands at an address below the site's root.
    pub(super) fn at(scene: &Scene, address: Option<&str>) -> Self {
        let (route, path, is_missing) = match address.map(|address| scene.at(address)) {
            Some(Spot::Here(route, path)) => (route.clone(), path.clone(), false),
            _ => (Route::NotFound, SitePath::new("404.html"), true),
        };
        let drawing = scene.draw(&route, &path);
        let html = drawing.as_ref().and_then(|drawing| drawing.output.as_ref());
        let form = html.map(|output| Form::of(&output.bytes, scene)).unwrap_or_default();
        Self { is_missing, drawing, form }
    }

    /// The bytes, if it could be drawn.
    pub(super) fn output(&self) -> Option<&Output> {
        self.drawing.as_ref()?.output.as_ref()
    }

    fn source(&self) -> Option<&ContentPath> {
        self.drawing.as_ref()?.source.as_ref()
    }
}

/// What is to be told in a browser that shows a page in the form `seen`.
pub(super) fn news(
    state: &State,
    address: Option<&str>,
    seen: &str,
    columns: usize,
) -> (String, Vec<Event>, Option<String>) {
    let page = state.scene.as_deref().map(|scene| Look::at(scene, address));
    let form = page.as_ref().map(|page| page.form.clone()).unwrap_or_default();
    let events = form.event(seen).into_iter().collect();
    let source = page.as_ref().and_then(Look::source);
    (form.seen(), events, told(&state.problems, source, columns))
}

fn told(problems: &Problems, source: Option<&ContentPath>, columns: usize) -> Option<String> {
    let texts = Texts::of(problems.lang);
    let (errors, warnings): (Vec<Note>, Vec<Note>) =
        problems.concerning(source, columns).into_iter().partition(|note| note.severity == "error");
    let word = |key: &str| texts.plain("preview", key);
    let words = Words {
        errors: texts.count("preview", "errors", errors.len()),
        warnings: texts.count("preview", "warnings", warnings.len()),
        stays: word("stays"),
        fold: word("fold"),
        unfold: word("unfold"),
    };
    serde_json::to_string(&Told { errors, warnings, lang: problems.lang.code(), words }).ok()
}

/// A page with the script in it.
pub(super) fn with_script(html: &[u8], seen: &str) -> Vec<u8> {
    let script = format!("<script src=\"{SCRIPT_PATH}\" data-seen=\"{seen}\" defer></script>");
    let at = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat()
}
