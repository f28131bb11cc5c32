//! [`Blueprint`] and [`Contents`], what pages are drawn from, and [`Board`], on which they are drawn.
//!
//! The two are apart because an author changes the one all day and the other seldom: the blueprint is all that a page
//! may know of *other* documents, the texts are what each says on its own page. The types keep them apart: whatever
//! makes a blueprint never sees a text.

use std::cell::LazyCell;
use std::num::NonZero;
use std::sync::{Arc, OnceLock};

use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::Bodies;
use crate::hash::{Fingerprint, FingerprintBuilder};
use crate::lang::Lang;
use crate::memo::{IndexMemo, Looked};
use crate::output::Output;
use crate::page::{Page, Shared};
use crate::render::{Pieces, render};
use crate::report::audit::Audit;
use crate::route::{Route, RouteTable, SearchFile, SitePath};
use crate::search::{Index, Settings};
use crate::site_theme::{self, LookFiles, SiteTheme};
use crate::source::Sources;
use crate::view::find::{n_records, record, synonyms};
use crate::view::shell::{Scripts, Styles};
use crate::view::{Desk, LookUrls, make_shell, report, view};

/// Everything that is known of a site before a page is drawn, but for the texts.
#[derive(Debug)]
pub struct Blueprint {
    /// The linked whole.
    pub catalogue: Catalogue,
    /// The settings.
    pub config: Arc<Config>,
    /// The addresses.
    pub table: RouteTable,
    /// The look.
    pub look: Looked,
    /// What stands in for the look where that cannot draw a page: the last one that drew them all, or else the built-in.
    pub stand_in: Option<StandIn>,
    /// The index of words of this site, or of the one before it.
    pub index: Arc<IndexMemo>,
    /// Another site will take the place of this one.
    pub is_lasting: bool,
    /// How many pages people read.
    pub n_pages: usize,
    /// What was found while catalogue and addresses were made.
    pub found: Vec<Diagnostic>,
}

/// A look that is made when it is needed, which is seldom.
#[derive(Debug)]
pub struct StandIn {
    files: LookFiles,
    config: Arc<Config>,
    site_title: String,
    made: OnceLock<SiteTheme>,
}

impl StandIn {
    pub(super) fn new(files: LookFiles, config: Arc<Config>, site_title: String) -> Self {
        Self { files, config, site_title, made: OnceLock::new() }
    }

    /// The look.
    pub fn theme(&self) -> &SiteTheme {
        self.made.get_or_init(|| site_theme::load(&self.files, &self.config, &self.site_title).value)
    }

    /// The look, if a page has needed it.
    pub fn made(&self) -> Option<&SiteTheme> {
        self.made.get()
    }
}

/// What documents say, and files that are published as they are.
#[derive(Debug)]
pub struct Contents {
    /// The texts of documents.
    pub bodies: Bodies,
    /// Every file of the site.
    pub sources: Sources,
    /// What the page about the rules shows, for a site that has one.
    pub audit: Option<Audit>,
    /// Tells these texts from all others.
    pub mark: Arc<()>,
}

/// Everything that pages are drawn from, set out once for all of them.
pub struct Board<'a> {
    blueprint: &'a Blueprint,
    theme: &'a SiteTheme,
    desk: Desk<'a>,
    shared: Shared,
    pieces: Pieces,
}

impl<'a> Board<'a> {
    /// Sets everything out. `theme` is the blueprint's own, or one that stands in for it.
    pub fn new(blueprint: &'a Blueprint, theme: &'a SiteTheme) -> Self {
        let desk = Desk::new(&blueprint.catalogue, &blueprint.table, &blueprint.config, &theme.phrases);
        let shell = make_shell(&desk, &look_urls(theme, blueprint.config.lang));
        let shared = Shared::new(&shell, &theme.phrases, theme.templates.hash);
        let pieces = Pieces::new(desk.n_cards());
        Self { blueprint, theme, desk, shared, pieces }
    }

    /// The page at an address: all that it may show. None for a route whose content is gone, which the table does not
    /// hold.
    pub fn page(&self, texts: &Contents, route: &Route, path: &SitePath) -> Option<Page> {
        let look = |route: &Route| match route {
            Route::LookFile(path) => self.theme.public_files.get(path).cloned(),
            Route::Search(SearchFile::Words) => Some(self.index(texts).words.as_slice().into()),
            Route::Search(SearchFile::Places(number)) => Some(self.index(texts).places.get(*number)?.as_slice().into()),
            _ => None,
        };
        if *route == Route::Report {
            let view = report::page(&self.desk, texts.audit.as_ref()?, self.theme.url("report.css"));
            return Some(Page { path: path.clone(), view });
        }
        Some(Page { path: path.clone(), view: view(&self.desk, &texts.bodies, &texts.sources, &look, route)? })
    }

    /// The report as one file that needs no other; none when the look cannot draw it.
    pub fn report_alone(&self, audit: &Audit) -> Checked<Option<Output>> {
        let view = report::alone(&self.desk, audit, &self.theme.report_style);
        self.render(Page { path: report::nowhere(), view })
    }

    /// The index of the words of these texts, made when the first of its files is asked for.
    fn index(&self, texts: &Contents) -> Arc<Index> {
        let desk = &self.desk;
        let n_texts = n_records(desk);
        // Nothing is gathered for the files that come after the first.
        let synonyms = LazyCell::new(|| synonyms(desk));
        let text = |number: usize| record(desk, &texts.bodies, number);
        let key = || {
            let key = FingerprintBuilder::new()
                .serialised(&*synonyms)
                .input(desk.mark().as_bytes())
                .input(desk.config.lang.code().as_bytes());
            let with = |key: FingerprintBuilder, number| text(number).add_to(key);
            self.blueprint.is_lasting.then(|| (0..n_texts).fold(key, with).finish())
        };
        let make = || {
            let n_places = SearchFile::n_places(n_texts);
            let n_threads = NonZero::new(rayon::current_num_threads()).unwrap_or(NonZero::<usize>::MIN);
            let settings =
                Settings { synonyms: &synonyms, mark: desk.mark(), lang: desk.config.lang, n_places, n_threads };
            Index::of(n_texts, &text, &settings)
        };
        self.blueprint.index.get(&texts.mark, key, make)
    }

    /// The digest of all that a page depends on.
    pub fn fingerprint(&self, page: &Page) -> Fingerprint {
        page.fingerprint(&self.shared)
    }

    /// Draws a page.
    pub fn render(&self, page: Page) -> Checked<Option<Output>> {
        render(page, &self.shared, self.theme, &self.pieces)
    }
}

impl std::fmt::Debug for Board<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Board").finish_non_exhaustive()
    }
}

fn look_urls(theme: &SiteTheme, lang: Lang) -> LookUrls {
    LookUrls {
        styles: Styles {
            theme_url: theme.url("theme.css"),
            print_url: theme.url("print.css"),
            home_url: theme.url("home.css"),
            module_url: theme.url("module.css"),
            find_url: theme.url("find.css"),
            pathways_url: theme.url("pathways.css"),
            site_url: Some(theme.url("site.css")).filter(|url| !url.is_empty()),
        },
        scripts: Scripts {
            scheme_url: theme.url("scheme.js"),
            site_url: theme.url("site.js"),
            find_url: theme.url("find.js"),
            search_url: theme.url("search.js"),
            stems_url: theme.url(&format!("stems/{}.js", lang.code())),
            selection_url: theme.url("selection.js"),
        },
        favicon_url: "static/favicon.svg".to_owned(),
        font_urls: theme.fonts.iter().map(|font| font.as_str().to_owned()).collect(),
    }
}

/// One broken template breaks every page it draws: it is said once, for the first of them.
pub fn told_once(found: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for diagnostic in found {
        if !told.iter().any(|other| other.primary == diagnostic.primary && other.code == diagnostic.code) {
            told.push(diagnostic);
        }
    }
    told
}
