//! [`Pipeline`]: all stages in order, and the memo between runs. The only conductor.
//!
//! ```text
//! scan → parse → assemble → plan → view → page → render        (publish is the command's)
//! ```
//!
//! Every run is a full run. Parsing and rendering, the costly stages, look up what the last run made;
//! the middle is always redone, so it is never stale.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::catalogue::{Catalogue, Edition, assemble};
use crate::config::{BaseUrl, CONFIG_PATH, Config, read_config};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Document, is_document, parse};
use crate::file_system::{FileError, FileSystem};
use crate::hash::FingerprintBuilder;
use crate::lang::Lang;
use crate::memo::{Memo, Parsed, Rendered};
use crate::output::Site;
use crate::page::{Page, Shared};
use crate::render::render;
use crate::report::{Found, resolve};
use crate::route::{Route, RouteTable, SitePath, check_links, plan};
use crate::site_theme::{self, SiteTheme};
use crate::source::{ContentPath, Project, Sources, scan};
use crate::value::Date;
use crate::view::shell::{Scripts, Styles};
use crate::view::{Desk, LookUrls, make_shell, view};

/// What a run is asked for, beside the site's folder.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// "Today".
    pub today: Date,
    /// Drafts are shown.
    pub drafts: bool,
    /// In place of the settings' own.
    pub base_url: Option<BaseUrl>,
}

/// What a run has made.
#[derive(Debug)]
pub struct Run {
    /// All outputs. Not to be published when [`Run::has_errors`].
    pub site: Site,
    /// Everything that was found, in the order of files and places.
    pub found: Vec<Found>,
    /// What was counted.
    pub counts: Counts,
    /// How long each stage took.
    pub timings: Vec<(Stage, Duration)>,
    /// The next day on which a build would give something else.
    pub next_change: Option<Date>,
    /// The language of the site.
    pub lang: Lang,
}

/// What was counted in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that the site is made from.
    pub sources: usize,
    /// Modules that have a page.
    pub modules: usize,
    /// Pages that people read.
    pub pages: usize,
    /// Documents that were parsed, and not taken from the memo.
    pub parsed: usize,
    /// Outputs that were rendered, and not taken from the memo.
    pub rendered: usize,
}

/// A stage, for timings and progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the site's folder.
    Scan,
    /// Settings, look and documents.
    Parse,
    /// The catalogue.
    Assemble,
    /// Addresses and links.
    Plan,
    /// Views and fingerprints.
    View,
    /// Outputs.
    Render,
    /// Writing what differs.
    Publish,
}

impl Stage {
    /// The key of its name in the texts.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Parse => "parse",
            Self::Assemble => "assemble",
            Self::Plan => "plan",
            Self::View => "view",
            Self::Render => "render",
            Self::Publish => "publish",
        }
    }
}

/// Is told how far a run has come: the stage, how much is done, of how much.
pub type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// The stages with their memo. Runs of one pipeline share what did not change.
#[derive(Debug, Default)]
pub struct Pipeline {
    memo: Memo,
}

impl Run {
    /// Whether anything found keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.diagnostic.severity == Severity::Error)
    }

    /// How many diagnostics of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|found| found.diagnostic.severity == severity).count()
    }
}

impl Pipeline {
    /// Runs all stages up to the outputs.
    ///
    /// # Errors
    /// When the site's folder cannot be read at all. What is wrong inside it is in [`Run::found`].
    pub fn run(
        &mut self,
        fs: &dyn FileSystem,
        project: &Project,
        options: &RunOptions,
        progress: Progress<'_>,
    ) -> Result<Run, FileError> {
        let mut clock = Clock::start();
        let mut diagnostics = Vec::new();
        progress(Stage::Scan, 0, 0);
        let sources = scan(fs, project)?.take(&mut diagnostics);
        clock.lap(Stage::Scan);

        let mut config = read_config(sources.get(&ContentPath::new(CONFIG_PATH))).take(&mut diagnostics);
        override_base_url(&mut config, options, &mut diagnostics);
        forgive_unread_settings(&sources, &mut diagnostics);
        let mut counts = Counts { sources: n_sources(&sources), ..Counts::default() };
        let documents = self.parse(&sources, &config, &mut counts, &mut diagnostics, progress);
        clock.lap(Stage::Parse);

        progress(Stage::Assemble, 0, 0);
        let edition = Edition { today: options.today, drafts: options.drafts };
        let catalogue = assemble(&documents, &sources, &config, edition).take(&mut diagnostics);
        clock.lap(Stage::Assemble);

        let looked = self.look(&sources, &config, &catalogue, &mut diagnostics);
        let theme = &looked.value;
        let look_paths: Vec<SitePath> = theme.public_files.keys().cloned().collect();
        let table = plan(&catalogue, &config, &look_paths).take(&mut diagnostics);
        diagnostics.extend(check_links(&catalogue, &config, &table));
        clock.lap(Stage::Plan);

        let pages = pages(
            &Making { catalogue: &catalogue, config: &config, table: &table, theme, sources: &sources },
            progress,
        );
        counts.modules = catalogue.modules.len();
        counts.pages = table.iter().filter(|(route, _)| route.is_page()).count();
        clock.lap(Stage::View);

        let site = self.render(&pages, theme, &mut counts, &mut diagnostics, progress);
        clock.lap(Stage::Render);

        let severity = |diagnostic: &mut Diagnostic| {
            // A closed vocabulary was asked for by name: a general setting does not undo it.
            let is_closed = config.closed_vocabulary && diagnostic.severity == Severity::Error;
            if let Some(severity) = config.severity.get(&diagnostic.code).filter(|_| !is_closed) {
                diagnostic.severity = *severity;
            }
        };
        diagnostics.iter_mut().for_each(severity);
        Ok(Run {
            site,
            found: resolve(diagnostics, &|path| text_of(&sources, path)),
            counts,
            timings: clock.laps,
            next_change: catalogue.next_change,
            lang: config.lang,
        })
    }

    fn parse(
        &mut self,
        sources: &Sources,
        config: &Config,
        counts: &mut Counts,
        diagnostics: &mut Vec<Diagnostic>,
        progress: Progress<'_>,
    ) -> Vec<Arc<Document>> {
        let options = config.parse_options();
        let settings = format!("{options:?}");
        let files: Vec<_> = sources.under("content").filter(|file| is_document(&file.path)).collect();
        let (done, fresh) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results: Vec<_> = files
            .par_iter()
            .map(|file| {
                let key = FingerprintBuilder::new()
                    .input(file.path.as_str().as_bytes())
                    .input(file.hash.as_bytes())
                    .input(settings.as_bytes())
                    .finish();
                let parsed: Parsed = self.memo.parsed.get(&key).unwrap_or_else(|| {
                    fresh.fetch_add(1, Ordering::Relaxed);
                    Arc::new(parse(file, options).map(|document| document.map(Arc::new)))
                });
                progress(Stage::Parse, done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
                (key, parsed)
            })
            .collect();
        counts.parsed = fresh.into_inner();
        let mut documents = Vec::with_capacity(results.len());
        for (_, parsed) in &results {
            diagnostics.extend(parsed.diagnostics.iter().cloned());
            documents.extend(parsed.value.clone());
        }
        self.memo.parsed.replace(results);
        documents
    }

    fn look(
        &mut self,
        sources: &Sources,
        config: &Config,
        catalogue: &Catalogue,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<crate::diagnostic::Checked<SiteTheme>> {
        let files = site_theme::look_files(sources, config).take(diagnostics);
        let provider = catalogue.provider.as_ref().and_then(|id| catalogue.organisations.get(id));
        let title = config.title.clone().or_else(|| provider.map(|one| one.name.clone())).unwrap_or_default();
        let title = printed_at_foot(title, config.base_url.as_ref().map(crate::config::BaseUrl::as_str));
        let key = site_theme::fingerprint(&files, config, &title);
        let looked = self.memo.looks.get(&key).unwrap_or_else(|| Arc::new(site_theme::load(&files, config, &title)));
        self.memo.looks.replace([(key, looked.clone())]);
        diagnostics.extend(looked.diagnostics.iter().cloned());
        looked
    }

    fn render(
        &mut self,
        pages: &(Vec<Arc<Page>>, Shared),
        theme: &SiteTheme,
        counts: &mut Counts,
        diagnostics: &mut Vec<Diagnostic>,
        progress: Progress<'_>,
    ) -> Site {
        let (pages, shared) = pages;
        let (done, fresh) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results: Vec<_> = pages
            .par_iter()
            .map(|page| {
                let rendered: Rendered = self.memo.rendered.get(&page.fingerprint).unwrap_or_else(|| {
                    fresh.fetch_add(1, Ordering::Relaxed);
                    Arc::new(render(page, shared, theme))
                });
                progress(Stage::Render, done.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
                (page.fingerprint, rendered)
            })
            .collect();
        counts.rendered = fresh.into_inner();
        let mut outputs = BTreeMap::new();
        let mut broken: Vec<Diagnostic> = Vec::new();
        for (page, (_, rendered)) in pages.iter().zip(&results) {
            if let Some(output) = &rendered.value {
                outputs.insert(page.path.public_path(), output.clone());
            }
            for diagnostic in &rendered.diagnostics {
                // One broken template breaks every page it draws: it is said once, for the first of them.
                let known =
                    broken.iter().any(|other| other.primary == diagnostic.primary && other.code == diagnostic.code);
                if !known {
                    broken.push(diagnostic.clone());
                }
            }
        }
        diagnostics.extend(broken);
        self.memo.rendered.replace(results);
        Site { outputs }
    }
}

/// What pages are made of.
struct Making<'a> {
    catalogue: &'a Catalogue,
    config: &'a Config,
    table: &'a RouteTable,
    theme: &'a SiteTheme,
    sources: &'a Sources,
}

/// Views and fingerprints of every route, in the order of the routes.
fn pages(making: &Making<'_>, progress: Progress<'_>) -> (Vec<Arc<Page>>, Shared) {
    let theme = making.theme;
    let desk = Desk::new(making.catalogue, making.table, making.config, &theme.phrases);
    let shell = make_shell(&desk, &look_urls(theme));
    let shared = Shared::new(&shell, &theme.phrases, theme.templates.hash);
    let routes: Vec<(&Route, &SitePath)> = making.table.iter().collect();
    let look = |route: &Route| match route {
        Route::LookFile(path) => theme.public_files.get(path).cloned(),
        _ => None,
    };
    let done = AtomicUsize::new(0);
    let pages: Vec<Arc<Page>> = routes
        .par_iter()
        .filter_map(|(route, path)| {
            let view = view(&desk, making.sources, &look, route)?;
            progress(Stage::View, done.fetch_add(1, Ordering::Relaxed) + 1, routes.len());
            Some(Page::new((*route).clone(), (*path).clone(), view, &shared))
        })
        .collect();
    (pages, shared)
}

/// What every printed page says at its foot: the site's name and where it is found.
fn printed_at_foot(title: String, base_url: Option<&str>) -> String {
    let address = base_url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest.trim_end_matches('/'));
    let parts: Vec<&str> =
        [Some(title.as_str()), address].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn look_urls(theme: &SiteTheme) -> LookUrls {
    LookUrls {
        styles: Styles {
            theme_url: theme.url("theme.css"),
            print_url: theme.url("print.css"),
            home_url: theme.url("home.css"),
            module_url: theme.url("module.css"),
            site_url: Some(theme.url("site.css")).filter(|url| !url.is_empty()),
        },
        scripts: Scripts { scheme_url: theme.url("scheme.js"), site_url: theme.url("site.js") },
        favicon_url: "static/favicon.svg".to_owned(),
        font_urls: theme.fonts.iter().map(|font| font.as_str().to_owned()).collect(),
    }
}

/// An address given on the command line takes the place of the settings', and of the remark that it is missing.
fn override_base_url(config: &mut Config, options: &RunOptions, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
        diagnostics.retain(|diagnostic| diagnostic.code != Code::MissingBaseUrl);
    }
}

/// Files that say what the site is about: a folder without any is no site.
fn n_sources(sources: &Sources) -> usize {
    let settings = usize::from(sources.get(&ContentPath::new(CONFIG_PATH)).is_some());
    settings + sources.under("content").count()
}

/// Settings that could not be read lack nothing: that they were not read is said already.
fn forgive_unread_settings(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let is_settings = |path: &ContentPath| path.as_str().strip_prefix("brochure.").is_some();
    let is_unread = sources.get(&ContentPath::new(CONFIG_PATH)).is_none();
    let is_told = |one: &Diagnostic| one.code != Code::MissingBaseUrl && is_settings(&one.primary.file);
    if is_unread && diagnostics.iter().any(is_told) {
        diagnostics.retain(|one| one.code != Code::MissingBaseUrl);
    }
}

/// The text of a file that a diagnostic is about, for positions and excerpts.
fn text_of(sources: &Sources, path: &ContentPath) -> Option<Arc<[u8]>> {
    sources.get(path).map(|file| file.bytes.clone()).or_else(|| site_theme::built_in_file(path))
}

struct Clock {
    last: Instant,
    laps: Vec<(Stage, Duration)>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: Stage) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }
}
