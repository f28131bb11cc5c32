//! [`Pipeline`]: all stages in order, and the memo between runs. The only conductor.
//!
//! ```text
//! scan → parse → assemble → plan → view → page → render → outlet
//! ```
//!
//! Every run is a full run. Parsing and rendering, the costly stages, look up what the last run made;
//! the middle is always redone, so it is never stale. From the view on, each address is taken to its end by itself and
//! handed to the [`Outlet`], so that a run never holds the site that it makes.

mod remember;
mod run;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::catalogue::{Catalogue, Edition, assemble};
use crate::config::{CONFIG_PATH, Config, read_config};
use crate::diagnostic::{Checked, Code, Diagnostic, Severity};
use crate::document::{Document, is_document, parse};
use crate::file_system::{FileError, FileSystem};
use crate::hash::{Fingerprint, FingerprintBuilder};
use crate::memo::{Memo, Parsed, Rendered};
use crate::output::{Outlet, Verdict};
use crate::page::{Page, Shared};
use crate::render::{Pieces, render};
use crate::report::resolve;
use crate::route::{Route, RouteTable, SitePath, check_links, plan};
use crate::site_theme::{self, SiteTheme};
use crate::source::{ContentPath, Project, Sources, scan};
use crate::view::shell::{Scripts, Styles};
use crate::view::{Desk, LookUrls, make_shell, view};

use run::{Clock, Effort};

pub use run::{Counts, Progress, Run, RunOptions, Stage, StageTime, Use};

/// The stages with their memo. Runs of one pipeline share what did not change.
#[derive(Debug, Default)]
pub struct Pipeline {
    memo: Memo,
}

impl Pipeline {
    /// A pipeline for one run: it remembers nothing, since nobody will ask.
    pub fn once() -> Self {
        Self { memo: Memo::forgetful() }
    }

    /// Runs all stages, and hands the outputs to `outlet` as they are made.
    ///
    /// What is found while pages are drawn comes late: the outlet must be ready to throw away what it was given.
    ///
    /// # Errors
    /// When the site's folder cannot be read at all. What is wrong inside it is in [`Run::found`].
    pub fn run(
        &mut self,
        fs: &dyn FileSystem,
        project: &Project,
        options: &RunOptions,
        outlet: &mut dyn Outlet,
        progress: Progress<'_>,
    ) -> Result<Run, FileError> {
        let mut clock = Clock::start();
        let mut diagnostics = Vec::new();
        progress(Stage::Scan, 0, 0);
        let mut sources = scan(fs, project)?.take(&mut diagnostics);
        let inputs = remember::fingerprint(&sources, &diagnostics, options);
        clock.lap(Stage::Scan);
        let remembered =
            outlet.remembered(&inputs).and_then(|note| remember::read(note, &|path| text_of(fs, &sources, path)));
        if let Some(remembered) = remembered {
            clock.lap(Stage::Publish);
            return Ok(Run { timings: clock.laps, inputs, ..remembered });
        }

        let mut config = read_config(sources.get(&ContentPath::new(CONFIG_PATH))).take(&mut diagnostics);
        override_base_url(&mut config, options, &mut diagnostics);
        forgive_unread_settings(&sources, &mut diagnostics);
        let mut counts = Counts { sources: n_sources(&sources), ..Counts::default() };
        let (documents, effort) = self.parse(&mut sources, &config, &mut counts, &mut diagnostics, progress);
        clock.lap_with(&[(Stage::Parse, effort)]);

        progress(Stage::Assemble, 0, 0);
        let edition = Edition { today: options.today, drafts: options.drafts };
        let catalogue = assemble(&documents, &sources, &config, edition).take(&mut diagnostics);
        clock.lap(Stage::Assemble);

        let looked = self.look(&sources, &config, &catalogue, &mut diagnostics);
        let theme = &looked.value;
        let look_paths: Vec<SitePath> = theme.public_files.keys().cloned().collect();
        let table = plan(&catalogue, &config, &look_paths).take(&mut diagnostics);
        diagnostics.extend(check_links(&catalogue, &config, &table));
        counts.modules = catalogue.modules.len();
        counts.pages = table.iter().filter(|(route, _)| route.is_page()).count();
        clock.lap(Stage::Plan);

        diagnostics.iter_mut().for_each(|diagnostic| apply_severity(diagnostic, &config));
        let is_stopped = options.is_stopped_by(&diagnostics);
        let verdict = if is_stopped { Verdict::Stopped } else { Verdict::Publishable };
        let making =
            Making { catalogue: &catalogue, config: &config, table: &table, theme, sources: &sources, verdict };
        let efforts = self.draw(&making, outlet, &mut counts, &mut diagnostics, progress);
        clock.lap_with(&efforts);

        diagnostics.iter_mut().for_each(|diagnostic| apply_severity(diagnostic, &config));
        let found = resolve(diagnostics, &|path| text_of(fs, &sources, path));
        let (next_change, lang) = (catalogue.next_change, config.lang);
        if !self.memo.remembers() {
            // The process is about to end, and the system takes its memory back at once: taking millions of small pieces
            // apart would only delay it.
            std::mem::forget((sources, documents, catalogue, table));
        }
        Ok(Run { inputs, found, counts, timings: clock.laps, next_change, lang, what: Use::Made })
    }

    fn parse(
        &mut self,
        sources: &mut Sources,
        config: &Config,
        counts: &mut Counts,
        diagnostics: &mut Vec<Diagnostic>,
        progress: Progress<'_>,
    ) -> (Vec<Arc<Document>>, Effort) {
        let options = config.parse_options();
        let settings = format!("{options:?}");
        let files = sources.take(is_document);
        let n_files = files.len();
        let (done, fresh, effort) = (AtomicUsize::new(0), AtomicUsize::new(0), Effort::default());
        let results: Vec<_> = files
            .into_par_iter()
            .map(|file| {
                let _at_work = effort.begin();
                let key = FingerprintBuilder::new()
                    .input(file.path.as_str().as_bytes())
                    .input(file.hash.as_bytes())
                    .input(settings.as_bytes())
                    .finish();
                let parsed: Parsed = self.memo.parsed.get(&key).unwrap_or_else(|| {
                    fresh.fetch_add(1, Ordering::Relaxed);
                    Arc::new(parse(&file, options).map(|document| document.map(Arc::new)))
                });
                progress(Stage::Parse, done.fetch_add(1, Ordering::Relaxed) + 1, n_files);
                // What was parsed takes the room of what it was parsed from.
                (key, parsed, file.released())
            })
            .collect();
        counts.parsed = fresh.into_inner();
        let mut documents = Vec::with_capacity(results.len());
        for (_, parsed, _) in &results {
            diagnostics.extend(parsed.diagnostics.iter().cloned());
            documents.extend(parsed.value.clone());
        }
        self.memo.parsed.replace(results.into_iter().map(|(key, parsed, file)| {
            sources.files.insert(file.path.clone(), file);
            (key, parsed)
        }));
        (documents, effort)
    }

    fn look(
        &mut self,
        sources: &Sources,
        config: &Config,
        catalogue: &Catalogue,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Checked<SiteTheme>> {
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

    /// Takes every address from its view to its bytes, and hands them over. The routes are in order, and so is what is
    /// found on the way.
    fn draw(
        &mut self,
        making: &Making<'_>,
        outlet: &mut dyn Outlet,
        counts: &mut Counts,
        diagnostics: &mut Vec<Diagnostic>,
        progress: Progress<'_>,
    ) -> [(Stage, Effort); 3] {
        progress(Stage::View, 0, 0);
        let theme = making.theme;
        let desk = Desk::new(making.catalogue, making.table, making.config, &theme.phrases);
        let shell = make_shell(&desk, &look_urls(theme));
        let shared = Shared::new(&shell, &theme.phrases, theme.templates.hash);
        let pieces = Pieces::new(desk.n_cards());
        let routes: Vec<(&Route, Arc<str>, &SitePath)> =
            making.table.iter().map(|(route, path)| (route, path.public_path(), path)).collect();
        outlet.open(&routes.iter().map(|(_, public, _)| public.clone()).collect::<Vec<_>>(), making.verdict);
        let outlet = &*outlet;
        let look = |route: &Route| match route {
            Route::LookFile(path) => theme.public_files.get(path).cloned(),
            _ => None,
        };
        let (done, fresh) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (viewing, rendering, publishing) = (Effort::default(), Effort::default(), Effort::default());
        let memo = &self.memo;
        let drawn: Vec<Drawn> = routes
            .par_iter()
            .filter_map(|(route, public, path)| {
                let at_work = viewing.begin();
                let page = Page { path: (*path).clone(), view: view(&desk, making.sources, &look, route)? };
                drop(at_work);
                let at_work = rendering.begin();
                let key = memo.remembers().then(|| page.fingerprint(&shared));
                let rendered = key.and_then(|key| memo.rendered.get(&key)).unwrap_or_else(|| {
                    fresh.fetch_add(1, Ordering::Relaxed);
                    Arc::new(render(page, &shared, theme, &pieces))
                });
                drop(at_work);
                let at_work = publishing.begin();
                rendered.value.iter().for_each(|output| outlet.put(public, output));
                drop(at_work);
                progress(Stage::Render, done.fetch_add(1, Ordering::Relaxed) + 1, routes.len());
                let diagnostics = rendered.diagnostics.clone();
                Some(Drawn { kept: key.map(|key| (key, rendered)), diagnostics })
            })
            .collect();
        counts.rendered = fresh.into_inner();
        let mut broken: Vec<Diagnostic> = Vec::new();
        for diagnostic in drawn.iter().flat_map(|drawn| &drawn.diagnostics) {
            // One broken template breaks every page it draws: it is said once, for the first of them.
            let known = broken.iter().any(|other| other.primary == diagnostic.primary && other.code == diagnostic.code);
            if !known {
                broken.push(diagnostic.clone());
            }
        }
        diagnostics.extend(broken);
        self.memo.rendered.replace(drawn.into_iter().filter_map(|drawn| drawn.kept));
        [(Stage::View, viewing), (Stage::Render, rendering), (Stage::Publish, publishing)]
    }
}

/// What is left of a page once it was handed over.
struct Drawn {
    /// What the memo keeps of it, if it keeps anything.
    kept: Option<(Fingerprint, Rendered)>,
    diagnostics: Vec<Diagnostic>,
}

/// What pages are made of.
struct Making<'a> {
    catalogue: &'a Catalogue,
    config: &'a Config,
    table: &'a RouteTable,
    theme: &'a SiteTheme,
    sources: &'a Sources,
    verdict: Verdict,
}

/// Gives a diagnostic the severity that the settings ask for.
fn apply_severity(diagnostic: &mut Diagnostic, config: &Config) {
    // A closed vocabulary was asked for by name: a general setting does not undo it.
    let is_closed = config.closed_vocabulary && diagnostic.severity == Severity::Error;
    if let Some(severity) = config.severity.get(&diagnostic.code).filter(|_| !is_closed) {
        diagnostic.severity = *severity;
    }
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
fn text_of(fs: &dyn FileSystem, sources: &Sources, path: &ContentPath) -> Option<Arc<[u8]>> {
    match sources.get(path) {
        Some(file) => file.bytes_again(fs),
        None => site_theme::built_in_file(path),
    }
}
