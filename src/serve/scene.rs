//! [`Scene`]: the site of one moment, of which pages are drawn as they are asked for.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::content_path::ContentPath;
use crate::output::Output;
use crate::pipeline::{Blueprint, Contents};
use crate::route::{Route, SitePath};
use crate::site_theme::SiteTheme;
use crate::view::View;

use super::studio::{Boards, Studio};

/// How many drawn pages are kept: those that browsers show, and ask for once more when they are told of a change.
const MOST_KEPT: usize = 64;

/// The site of one moment. It is never changed.
#[derive(Debug)]
pub(super) struct Scene {
    studio: Arc<Studio>,
    blueprint: Arc<Blueprint>,
    texts: Arc<Contents>,
    drawn: Mutex<HashMap<SitePath, Arc<Drawing>>>,
    /// A page was drawn with the look that stands in, and names its files.
    has_stood_in: AtomicBool,
}

/// What stands at an address.
#[derive(Debug)]
pub(super) enum Spot<'a> {
    /// A page or file.
    Here(&'a Route, &'a SitePath),
    /// A file of a look that stands in.
    LookFile(Arc<[u8]>),
    /// A page stands at the address with a `/` at its end.
    Folder,
    /// Nothing.
    Nothing,
}

/// What was drawn for an address.
#[derive(Debug)]
pub(super) struct Drawing {
    /// The page or file, as a build writes it; none when it could not be drawn.
    pub(super) output: Option<Output>,
    /// The file that the page is made of.
    pub(super) source: Option<ContentPath>,
    /// It was drawn with the look that stands in.
    is_stood_in: bool,
}

impl Scene {
    /// The first scene of a site.
    pub(super) fn new(blueprint: Arc<Blueprint>, texts: Arc<Contents>) -> Self {
        let studio = Arc::new(Studio::open(blueprint.clone()));
        Self { studio, blueprint, texts, drawn: Mutex::default(), has_stood_in: AtomicBool::new(false) }
    }

    /// The scene that follows. Where only texts are others, everything stays set out as it is.
    pub(super) fn next(&self, blueprint: Arc<Blueprint>, texts: Arc<Contents>) -> Self {
        if !Arc::ptr_eq(&self.blueprint, &blueprint) {
            return Self::new(blueprint, texts);
        }
        Self {
            studio: self.studio.clone(),
            blueprint,
            texts,
            drawn: Mutex::default(),
            has_stood_in: AtomicBool::new(false),
        }
    }

    pub(super) fn blueprint(&self) -> &Arc<Blueprint> {
        &self.blueprint
    }

    pub(super) fn texts(&self) -> &Arc<Contents> {
        &self.texts
    }

    pub(super) fn studio(&self) -> &Studio {
        &self.studio
    }

    /// The look whose files the pages name.
    pub(super) fn theme(&self) -> &SiteTheme {
        &self.blueprint.look.value
    }

    /// What stands at an address below the site's root, without `/` in front.
    pub(super) fn at(&self, address: &str) -> Spot<'_> {
        let table = &self.blueprint.table;
        let here = |path: &str| {
            let path = SitePath::new(path);
            table.route_at(&path).and_then(|route| Some((route, table.address(route)?))).filter(|(_, at)| **at == path)
        };
        // A page is written as `index.html` in its folder, and found under that name as well.
        let folder = address.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
        if let Some((route, path)) = here(address).or_else(|| here(folder?)) {
            return Spot::Here(route, path);
        }
        let stand_in = self.blueprint.stand_in.as_ref().filter(|_| self.has_stood_in.load(Ordering::Relaxed));
        if let Some(bytes) = stand_in.and_then(|look| look.made()?.public_files.get(&SitePath::new(address))) {
            return Spot::LookFile(bytes.clone());
        }
        if !address.ends_with('/') && here(&format!("{address}/")).is_some() {
            return Spot::Folder;
        }
        Spot::Nothing
    }

    /// Draws what stands at an address; none when drawing itself failed.
    pub(super) fn draw(&self, route: &Route, path: &SitePath) -> Option<Arc<Drawing>> {
        // An entry is whole, whoever panicked beside it.
        let kept = || self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawing) = kept().get(path) {
            return Some(drawing.clone());
        }
        let (texts, asked, at) = (self.texts.clone(), route.clone(), path.clone());
        let drawing = Arc::new(self.studio.ask(move |boards| draw(boards, &texts, &asked, &at)).recv().ok()?);
        if drawing.is_stood_in {
            self.has_stood_in.store(true, Ordering::Relaxed);
        }
        // Files are in memory already.
        if !matches!(route, Route::File(_) | Route::LookFile(_)) {
            let mut kept = kept();
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.insert(path.clone(), drawing.clone());
        }
        Some(drawing)
    }
}

/// Draws with the site's own look, or with the one that stands in for it.
fn draw(boards: &Boards<'_>, texts: &Contents, route: &Route, path: &SitePath) -> Drawing {
    let Some(page) = boards.own.page(texts, route, path) else {
        return Drawing { output: None, source: None, is_stood_in: false };
    };
    let source = match &page.view {
        View::Html(view) => view.source.clone(),
        _ => None,
    };
    // What is wrong is found when all pages are tried out.
    if let Some(output) = boards.own.render(page).value {
        return Drawing { output: Some(output), source, is_stood_in: false };
    }
    let drawn = boards.stand_in().and_then(|board| board.render(board.page(texts, route, path)?).value);
    Drawing { is_stood_in: drawn.is_some(), output: drawn, source }
}
