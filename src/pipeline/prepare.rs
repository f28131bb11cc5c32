//! The first half of a run: from what was read to the addresses, for the whole site.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::catalogue::{Edition, assemble};
use crate::config::{BaseUrl, CONFIG_PATH, Config, read_config};
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Document, Leaf, is_document, parse};
use crate::file_system::FileSystem;
use crate::hash::{ContentHash, Fingerprint};
use crate::memo::{Generation, Looked, ParseKey, Parsed};
use crate::report::audit::Audit;
use crate::route::{SitePath, Which, check_links, plan};
use crate::rules::{self, Assessment, assess_documents, assess_site, privacy, sharpen, soften};
use crate::site_theme::{self, LookFiles};
use crate::source::{SourceFile, Sources};

use super::blueprint::{Blueprint, Contents, StandIn};
use super::run::{Clock, Counts, Effort, Progress, RuleLevel, RunOptions, Stage, StageTime};
use super::{Pipeline, Scanned, apply_severity, locate, n_sources};

/// A site that is ready to be drawn.
#[derive(Debug)]
pub struct Prepared {
    /// What is known of it.
    pub blueprint: Arc<Blueprint>,
    /// What it says.
    pub texts: Arc<Contents>,
    /// What was found in the files on the way.
    pub found: Vec<Diagnostic>,
    /// Which rules for content are not kept.
    pub unkept: Vec<Diagnostic>,
    /// What the rules say of each sheet.
    pub assessment: Arc<Assessment>,
    /// What was counted.
    pub counts: Counts,
    /// The digest of everything that the site is made from.
    pub inputs: Fingerprint,
    pub(super) clock: Clock,
}

/// The first half of the last run, and what it depended on.
#[derive(Debug)]
pub(super) struct Standing {
    documents: Vec<Arc<Document>>,
    edition: Edition,
    blueprint: Arc<Blueprint>,
    texts: Arc<Contents>,
    /// What was found among the links.
    links: Vec<Diagnostic>,
    /// What the rules said.
    assessment: Arc<Assessment>,
}

impl Prepared {
    /// How long each stage took.
    pub fn timings(&self) -> Vec<StageTime> {
        self.clock.laps.clone()
    }
}

impl Pipeline {
    /// Makes everything that pages are drawn from.
    pub fn prepare(
        &mut self,
        fs: &dyn FileSystem,
        scanned: Scanned,
        options: &RunOptions,
        progress: Progress<'_>,
    ) -> Prepared {
        let Scanned { mut sources, mut found, inputs, mut clock } = scanned;
        let mut stood_in = BTreeSet::new();
        let config = self.configure(&sources, options, &mut stood_in, &mut found);
        let is_unread = stood_in.is_empty() && found.iter().any(is_about_unread_settings);
        let (read, effort) = self.parse(&mut sources, &config, &mut stood_in, &mut found, progress);
        let mut counts = Counts { sources: n_sources(&sources), parsed: read.parsed, ..Counts::default() };
        clock.lap_with(&[(Stage::Parse, effort)]);

        progress(Stage::Assemble, 0, 0);
        let edition = Edition { today: options.today, drafts: options.drafts };
        let Leaves { leaves, good, parsed: _ } = read;
        let (documents, bodies): (Vec<_>, Vec<_>) =
            leaves.into_iter().map(|leaf| (leaf.document.clone(), (leaf.document.path.clone(), leaf.body))).unzip();
        let mark = Arc::default();
        let mut texts = Contents { bodies: bodies.into_iter().collect(), sources, audit: None, mark };
        let blueprint = self.draft(&documents, &texts.sources, &config, edition, &mut clock);
        let links = self.check_links(&blueprint, &texts);
        // Where what the settings say is not known, nobody is told that it is missing.
        let assessment = match options.rules.of(&config) {
            RuleLevel::Warnings | RuleLevel::Full if !is_unread => self.assess(&blueprint, &texts),
            _ => Arc::default(),
        };
        // Of a file that another version stands in for, what is wrong with the one that is there is told, and no more.
        let later = blueprint.found.iter().chain(&links).chain(assessment.found());
        let later = later.filter(|one| !stood_in.contains(&one.primary.file)).cloned();
        let (mut unkept, later): (Vec<_>, Vec<_>) = later.partition(|one| one.code.is_rule());
        unkept.retain(|one| config.severity.is_told(one));
        found.extend(later);
        counts.modules = blueprint.catalogue.modules.len();
        counts.pages = blueprint.n_pages;
        if options.rules == RuleLevel::Full {
            found.iter_mut().for_each(sharpen);
        }
        found.iter_mut().chain(&mut unkept).for_each(|diagnostic| apply_severity(diagnostic, &config));
        if blueprint.config.report {
            let (assessment, history) =
                ((options.rules != RuleLevel::Off).then(|| assessment.clone()), &options.history);
            let found = audited(&found, &unkept, options, &config);
            let found = locate(found, fs, &texts.sources);
            texts.audit = Some(Audit { assessment, found, changes: None, history: history.clone() });
        }
        let texts = Arc::new(texts);
        if options.rules == RuleLevel::Warnings {
            unkept.iter_mut().for_each(soften);
        }
        if self.is_lasting() {
            self.last_good.note_all(&texts, good);
            let (blueprint, texts) = (blueprint.clone(), texts.clone());
            let assessment = assessment.clone();
            self.standing = Some(Standing { documents, edition, blueprint, texts, links, assessment });
        }
        clock.lap(Stage::Plan);
        Prepared { blueprint, texts, found, unkept, assessment, counts, inputs, clock }
    }

    /// The settings, or what stands in for them.
    fn configure(
        &mut self,
        sources: &Sources,
        options: &RunOptions,
        stood_in: &mut BTreeSet<ContentPath>,
        found: &mut Vec<Diagnostic>,
    ) -> Arc<Config> {
        let file = sources.get(&ContentPath::new(CONFIG_PATH));
        let mut config = read_config(file);
        let is_broken = config.diagnostics.iter().any(|one| one.severity == Severity::Error);
        if let Some(good) = self.last_good.settings().filter(|_| is_broken && file.is_some()) {
            config.value = read_config(Some(good)).value;
            stood_in.insert(good.path.clone());
        } else if self.is_lasting() && !is_broken {
            self.last_good.note_settings(file);
        }
        let mut config = config.take(found);
        override_base_url(&mut config, options, found);
        config.search &= options.search;
        forgive_unread_settings(sources, found);
        match &self.standing {
            // The same value, so that what was made of it is known to be the same.
            Some(standing) if *standing.blueprint.config == config => standing.blueprint.config.clone(),
            _ => Arc::new(config),
        }
    }

    /// Parses every document. A broken one counts as it was before.
    fn parse(
        &mut self,
        sources: &mut Sources,
        config: &Config,
        stood_in: &mut BTreeSet<ContentPath>,
        found: &mut Vec<Diagnostic>,
        progress: Progress<'_>,
    ) -> (Leaves, Effort) {
        let options = config.parse_options();
        if self.memo.parse_options.replace(options) != Some(options) {
            self.memo.parsed = Generation::default();
        }
        let files: Vec<&mut SourceFile> = sources.files.values_mut().filter(|file| is_document(&file.path)).collect();
        let n_files = files.len();
        let (done, fresh, effort) = (AtomicUsize::new(0), AtomicUsize::new(0), Effort::default());
        let pipeline = &*self;
        let results: Vec<Read> = files
            .into_par_iter()
            .map(|file| {
                let _at_work = effort.begin();
                let read = pipeline.parse_one(file, config, &fresh);
                if !pipeline.is_lasting() {
                    // What was parsed takes the room of what it was parsed from.
                    file.release();
                }
                progress(Stage::Parse, done.fetch_add(1, Ordering::Relaxed) + 1, n_files);
                read
            })
            .collect();
        let (mut leaves, mut kept, mut good) = (Vec::with_capacity(n_files), Vec::new(), Vec::new());
        for read in results {
            found.extend(read.parsed.diagnostics.iter().cloned());
            stood_in.extend(read.stand_in.iter().map(|(file, _)| file.path.clone()));
            leaves.extend(read.stand_in.as_ref().map_or(&read.parsed, |(_, parsed)| parsed).value.clone());
            kept.extend(read.key.map(|key| (key, read.parsed)));
            kept.extend(read.stand_in.map(|(file, parsed)| ((file.path, file.hash), parsed)));
            good.extend(read.good);
        }
        self.memo.parsed.replace(kept);
        (Leaves { leaves, good, parsed: fresh.into_inner() }, effort)
    }

    /// Parses a document, and where that has an error, what stands in for it.
    fn parse_one(&self, file: &SourceFile, config: &Config, fresh: &AtomicUsize) -> Read {
        let options = config.parse_options();
        let parsed_of = |file: &SourceFile| {
            let known = self.is_lasting().then(|| self.memo.parsed.get(&(file.path.clone(), file.hash)));
            known.flatten().unwrap_or_else(|| {
                fresh.fetch_add(1, Ordering::Relaxed);
                Arc::new(parse(file, options))
            })
        };
        let parsed = parsed_of(file);
        let is_error = |one: &Diagnostic| {
            let mut one = one.clone();
            apply_severity(&mut one, config);
            one.severity == Severity::Error
        };
        let is_broken = parsed.diagnostics.iter().any(is_error);
        // Nothing is held for a run that is the only one.
        let good = match is_broken {
            true => self.last_good.document(&file.path).cloned(),
            false => self.is_lasting().then(|| file.clone()),
        };
        let stand_in = good.as_ref().filter(|good| good.hash != file.hash).map(|good| (good.clone(), parsed_of(good)));
        Read { key: self.is_lasting().then(|| (file.path.clone(), file.hash)), parsed, good, stand_in }
    }

    /// Everything between documents and pages. When nothing that it depends on has changed, it is what it was.
    fn draft(
        &mut self,
        documents: &[Arc<Document>],
        sources: &Sources,
        config: &Arc<Config>,
        edition: Edition,
        clock: &mut Clock,
    ) -> Arc<Blueprint> {
        let is_same = |standing: &&Standing| {
            Arc::ptr_eq(&standing.blueprint.config, config)
                && standing.edition == edition
                && same_documents(&standing.documents, documents)
                && same_others(&standing.texts.sources, sources)
        };
        if let Some(standing) = self.standing.as_ref().filter(is_same) {
            return standing.blueprint.clone();
        }
        let mut found = Vec::new();
        let catalogue = assemble(documents, sources, config, edition).take(&mut found);
        clock.lap(Stage::Assemble);
        let provider = catalogue.provider.as_ref().and_then(|id| catalogue.organisations.get(id));
        let title = config.title.clone().or_else(|| provider.map(|one| one.name.clone())).unwrap_or_default();
        let title = printed_at_foot(title, config.base_url.as_ref().map(BaseUrl::as_str));
        let (look, stand_in) = self.look(sources, config, &title, &mut found);
        let look_paths: Vec<SitePath> = look.value.public_files.keys().cloned().collect();
        let table = plan(&catalogue, config, &look_paths).take(&mut found);
        let stand_in = stand_in.map(|files| StandIn::new(files, config.clone(), title));
        let n_pages = table.iter().filter(|(route, _)| route.is_page()).count();
        let (config, index, is_lasting) = (config.clone(), self.memo.index.clone(), self.is_lasting());
        Arc::new(Blueprint { catalogue, config, table, look, stand_in, index, is_lasting, n_pages, found })
    }

    /// The look, or what stands in for it; and what stands in for it where it cannot draw a page.
    fn look(
        &mut self,
        sources: &Sources,
        config: &Config,
        title: &str,
        found: &mut Vec<Diagnostic>,
    ) -> (Looked, Option<LookFiles>) {
        let mut made = Vec::new();
        let mut make = |files: &LookFiles| {
            let key = site_theme::fingerprint(files, config, title);
            let known = self.memo.looks.get(&key);
            let look = known.unwrap_or_else(|| Arc::new(site_theme::load(files, config, title)));
            made.push((key, look.clone()));
            look
        };
        let files = site_theme::look_files(sources, config).take(found);
        let mut look = make(&files);
        found.extend(look.diagnostics.iter().cloned());
        let mut stand_in = None;
        if self.is_lasting() {
            let is_broken = look.diagnostics.iter().any(|one| one.severity == Severity::Error);
            match self.last_good.look().filter(|_| is_broken) {
                Some(good) => look = make(good),
                None if is_broken => {}
                None => self.last_good.note_look(&files),
            }
            stand_in = self.last_good.proven_look();
        }
        self.memo.looks.replace(made);
        (look, stand_in)
    }

    fn check_links(&self, blueprint: &Arc<Blueprint>, texts: &Contents) -> Vec<Diagnostic> {
        let Blueprint { catalogue, config, table, .. } = &**blueprint;
        match self.standing.as_ref().filter(|standing| Arc::ptr_eq(&standing.blueprint, blueprint)) {
            Some(standing) => {
                let changed: BTreeSet<ContentPath> = texts.bodies.changed_since(&standing.texts.bodies).collect();
                let mut links = standing.links.clone();
                links.retain(|one| !changed.contains(&one.primary.file));
                links.extend(check_links(catalogue, config, table, &texts.bodies, Which::Of(&changed)));
                links
            }
            None => check_links(catalogue, config, table, &texts.bodies, Which::All),
        }
    }
}

impl Pipeline {
    /// What the rules say; of documents whose texts are the same, what they said.
    fn assess(&self, blueprint: &Arc<Blueprint>, texts: &Contents) -> Arc<Assessment> {
        let site = rules::Site { catalogue: &blueprint.catalogue, config: &blueprint.config };
        let assess = |is_asked: &(dyn Fn(&ContentPath) -> bool + Sync)| assess_documents(site, &texts.bodies, is_asked);
        match self.standing.as_ref().filter(|standing| Arc::ptr_eq(&standing.blueprint, blueprint)) {
            Some(standing) => {
                let changed: BTreeSet<ContentPath> = texts.bodies.changed_since(&standing.texts.bodies).collect();
                if changed.is_empty() {
                    return standing.assessment.clone();
                }
                let mut assessment = (*standing.assessment).clone();
                assessment.documents.extend(assess(&|path| changed.contains(path)));
                // What concerns all may be said in the text of a page.
                if changed.iter().any(|path| path.is_under("content/pages") || path.as_str() == "content/index.md") {
                    assessment.site = assess_whole(site, texts);
                }
                Arc::new(assessment)
            }
            None => Arc::new(Assessment { site: assess_whole(site, texts), documents: assess(&|_| true) }),
        }
    }
}

/// What the rules have to say of the site as a whole, its own style sheets included.
fn assess_whole(site: rules::Site<'_>, texts: &Contents) -> Vec<Diagnostic> {
    let look = format!("themes/{}", site.config.look.as_deref().unwrap_or(site_theme::BUILT_IN));
    let is_sheet = |file: &&SourceFile| matches!(file.path.extension(), "css" | "scss");
    let sheets = texts.sources.under(&look).chain(texts.sources.under("assets")).filter(is_sheet);
    let mut found = assess_site(site, &texts.bodies);
    found.extend(privacy::of_styles(sheets.map(|file| (&file.path, &*file.bytes)), site.config));
    found
}

/// What the page about the rules tells: everything as gravely as a check does, whoever makes the page.
fn audited(found: &[Diagnostic], unkept: &[Diagnostic], options: &RunOptions, config: &Config) -> Vec<Diagnostic> {
    let mut found = found.to_vec();
    if options.rules == RuleLevel::Warnings {
        found.iter_mut().for_each(sharpen);
        found.iter_mut().for_each(|one| apply_severity(one, config));
    }
    found.extend_from_slice(unkept);
    found
}

/// Whether the documents are the same, but for their texts. Nearly all are the very same values.
fn same_documents(before: &[Arc<Document>], now: &[Arc<Document>]) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|(before, now)| Arc::ptr_eq(before, now) || before == now)
}

/// Whether the files that are no documents are the same.
fn same_others(before: &Sources, now: &Sources) -> bool {
    fn others(sources: &Sources) -> impl Iterator<Item = (&ContentPath, &ContentHash)> {
        sources.iter().filter(|file| !is_document(&file.path)).map(|file| (&file.path, &file.hash))
    }
    others(before).eq(others(now))
}

/// What every printed page says at its foot: the site's name and where it is found.
fn printed_at_foot(title: String, base_url: Option<&str>) -> String {
    let address = base_url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest.trim_end_matches('/'));
    let parts: Vec<&str> =
        [Some(title.as_str()), address].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// An address given on the command line takes the place of the settings', and of the remark that it is missing.
fn override_base_url(config: &mut Config, options: &RunOptions, found: &mut Vec<Diagnostic>) {
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
        found.retain(|diagnostic| diagnostic.code != Code::MissingBaseUrl);
    }
}

/// Settings that could not be read lack nothing: that they were not read is said already.
fn forgive_unread_settings(sources: &Sources, found: &mut Vec<Diagnostic>) {
    let is_settings = |path: &ContentPath| path.as_str().strip_prefix("brochure.").is_some();
    let is_unread = sources.get(&ContentPath::new(CONFIG_PATH)).is_none();
    let is_told = |one: &Diagnostic| one.code != Code::MissingBaseUrl && is_settings(&one.primary.file);
    if is_unread && found.iter().any(is_told) {
        found.retain(|one| one.code != Code::MissingBaseUrl);
    }
}

/// Whether settings are there that could not be read at all.
fn is_about_unread_settings(diagnostic: &Diagnostic) -> bool {
    let is_whole = matches!(diagnostic.code, Code::YamlSyntax | Code::NotUtf8 | Code::UnreadableFile)
        || diagnostic.message == "message-settings";
    is_whole && diagnostic.primary.file.as_str() == CONFIG_PATH
}

/// What a document says.
struct Read {
    /// The key under which it is kept, if it is.
    key: Option<ParseKey>,
    parsed: Parsed,
    /// Its last version without an error.
    good: Option<SourceFile>,
    /// What counts in its place.
    stand_in: Option<(SourceFile, Parsed)>,
}

/// All documents of a site.
struct Leaves {
    leaves: Vec<Leaf>,
    /// The last good version of each, where there is one.
    good: Vec<SourceFile>,
    /// How many were parsed, and not known from before.
    parsed: usize,
}
