//! [`Desk`]: what the makers of views work from: catalogue, addresses, words, and small forms of both.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::catalogue::{Catalogue, Kinship, Module, NewsPost, Organisation, PlainPage, Session, Term};
use crate::config::Config;
use crate::document::{Bodies, Body, Fragment, Link, Prose, Section};
use crate::id::{ModuleId, NewsPostId, OrganisationId, PlainPageId, TermId, TermKind};
use crate::phrases::Phrases;
use crate::route::{Destination, FoundList, Route, RouteTable, SitePath, encode, is_harmless};
use crate::source::ContentPath;
use crate::value::Date;
use crate::value::calendar;

use super::calendar::EventTable;
use super::find::Facets;
use super::parts::{AnyLink, Card, DateText, DayBlock, Html, ModuleCard, PageLink, TermLink};
use super::sessions::Calendar;
use super::ways::Ways;

/// Everything that views are made of. Views are plain values made from it; none of it reaches a template.
pub struct Desk<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// The addresses.
    pub table: &'a RouteTable,
    /// The settings.
    pub config: &'a Config,
    /// The words.
    pub phrases: &'a Phrases,
    /// The site's name.
    pub site_title: String,
    /// The card of every module that lists show, made once.
    pub(super) cards: HashMap<ModuleId, Arc<ModuleCard>>,
    /// News posts that speak of a module, the latest first.
    pub(super) news_of: HashMap<ModuleId, Vec<NewsPostId>>,
    /// News posts that are about a term, likewise.
    pub(super) news_about: BTreeMap<&'a TermId, Vec<&'a NewsPost>>,
    /// News posts that come from an organisation, likewise.
    pub(super) news_from: BTreeMap<&'a OrganisationId, Vec<&'a NewsPost>>,
    /// The modules of a series, by number and title.
    pub(super) series: BTreeMap<String, Vec<ModuleId>>,
    /// The place of a module in its series.
    pub(super) series_places: HashMap<ModuleId, usize>,
    /// The first pathways of each module that stands in one, by their place among all.
    pub(super) pathways_of: HashMap<ModuleId, Vec<usize>>,
    /// How modules are akin; made when a sheet first asks.
    kinship: OnceLock<Kinship>,
    /// Coming sessions, the next first.
    pub(super) coming: Vec<(&'a Module, &'a Session)>,
    /// Those that have a date, by month.
    pub(super) calendar: Calendar<'a>,
    /// The events of sessions.
    pub(super) events: EventTable,
    /// Where the pages of terms lead to.
    pub(super) ways: Ways<'a>,
    /// The place of a module on lists: those with a coming session first, by its date; the others by title.
    pub(super) rank: HashMap<ModuleId, usize>,
    /// The modules of each term and, under no term, all that lists show: in the order of their places.
    ranked: BTreeMap<Option<TermId>, Vec<&'a ModuleId>>,
    /// Titles that more than one module has: their pages need something to tell them apart.
    pub(super) repeated_titles: BTreeSet<&'a str>,
    /// The same for news posts.
    pub(super) repeated_news_titles: BTreeSet<&'a str>,
    /// The place of a news post among all of them.
    posts: BTreeMap<&'a NewsPostId, usize>,
    /// The page that says who publishes the site.
    pub(super) legal_notice: Option<&'a PlainPageId>,
    plain_pages: BTreeMap<&'a PlainPageId, &'a PlainPage>,
    /// Organisations by every name that texts may give them, folded.
    organisations: BTreeMap<String, &'a Organisation>,
    /// What can be chosen among modules, made when a page asks for it.
    module_facets: OnceLock<Facets>,
    /// What can be chosen among sessions, likewise.
    session_facets: OnceLock<Facets>,
}

/// Where a text is shown: what its links are relative to.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// The file that the text stands in.
    pub file: &'a ContentPath,
    /// What it is shown as.
    pub route: &'a Route,
    /// The texts of all documents: what a spot shows is one of them.
    pub bodies: &'a Bodies,
    /// What stands before every address: the way to the root, or the site's own address in feeds.
    pub root: &'a str,
    /// Anchors of the same page are written with its address (in feeds).
    pub anchors_need_page: bool,
}

impl<'a> Spot<'a> {
    /// The text of the file.
    pub fn body(&self) -> &'a Body {
        self.bodies.get(self.file)
    }
}

impl<'a> Desk<'a> {
    /// Sets the desk up: cards are made once, for every page that shows them.
    pub fn new(catalogue: &'a Catalogue, table: &'a RouteTable, config: &'a Config, phrases: &'a Phrases) -> Self {
        let coming = catalogue.coming_sessions();
        let mut desk = Self {
            catalogue,
            table,
            config,
            phrases,
            site_title: site_title(catalogue, config, phrases),
            cards: HashMap::new(),
            news_of: HashMap::new(),
            news_about: BTreeMap::new(),
            news_from: BTreeMap::new(),
            series: BTreeMap::new(),
            series_places: HashMap::new(),
            pathways_of: super::pathways::of_modules(catalogue),
            kinship: OnceLock::new(),
            calendar: Calendar::new(&coming, catalogue.edition.today),
            events: EventTable::new(catalogue),
            ways: Ways::new(catalogue, &coming),
            coming,
            rank: rank_by_next_session(catalogue),
            ranked: BTreeMap::new(),
            repeated_titles: repeated(catalogue.modules.values().map(|module| module.title.as_str())),
            repeated_news_titles: repeated(catalogue.news.iter().map(|post| post.title.as_str())),
            posts: catalogue.news.iter().enumerate().map(|(index, post)| (&post.id, index)).collect(),
            organisations: organisation_names(catalogue),
            module_facets: OnceLock::new(),
            session_facets: OnceLock::new(),
            legal_notice: super::plain::legal_notice(catalogue),
            plain_pages: catalogue.pages.iter().map(|page| (&page.id, page)).collect(),
        };
        // Sorted once, for however many pages a list has.
        let lists = catalogue.terms.values().map(|term| (Some(term.id.clone()), &term.modules));
        let lists: Vec<_> = lists.chain([(None, &catalogue.listed)]).collect();
        let sorted = lists.into_par_iter().map(|(term, modules)| {
            let mut modules: Vec<&ModuleId> = modules.iter().collect();
            modules.sort_by_cached_key(|id| desk.rank.get(*id));
            (term, modules)
        });
        desk.ranked = sorted.collect();
        for post in &catalogue.news {
            for module in &post.related {
                desk.news_of.entry(module.clone()).or_default().push(post.id.clone());
            }
            for term in &post.topics {
                desk.news_about.entry(term).or_default().push(post);
            }
            if let Some(organisation) = &post.source {
                desk.news_from.entry(organisation).or_default().push(post);
            }
        }
        for module in catalogue.listed.iter().filter_map(|id| catalogue.modules.get(id)) {
            if let Some(series) = &module.matter().series {
                desk.series.entry(crate::fold::fold(&series.name)).or_default().push(module.id.clone());
            }
        }
        for modules in desk.series.values_mut() {
            modules.sort_by_key(|id| catalogue.modules.get(id).and_then(|m| m.matter().series.as_ref()?.number));
            desk.series_places.extend(modules.iter().cloned().zip(0..));
        }
        desk.cards = super::cards::all(&desk);
        desk
    }

    /// What can be chosen on a list. Made on one core: whoever waits for it on the others must not be given more work.
    pub(super) fn facets(&self, list: FoundList) -> &Facets {
        match list {
            FoundList::Sessions => self.session_facets.get_or_init(|| Facets::of_sessions(self)),
            FoundList::Modules | FoundList::Others => self.module_facets.get_or_init(|| Facets::of_modules(self)),
        }
    }

    /// Tells all that can be found, in its order, from all else.
    pub fn mark(&self) -> &str {
        self.facets(FoundList::Modules).mark()
    }

    /// "Today".
    pub fn today(&self) -> Date {
        self.catalogue.edition.today
    }

    /// A news post and its place among all of them, the latest first.
    pub fn post(&self, id: &NewsPostId) -> Option<(usize, &'a NewsPost)> {
        let index = *self.posts.get(id)?;
        Some((index, self.catalogue.news.get(index)?))
    }

    /// The organisation that a text calls by its id, its name or its acronym.
    pub fn organisation_called(&self, name: &str) -> Option<&'a Organisation> {
        self.organisations.get(&crate::fold::fold(name)).copied()
    }

    /// The modules of a term, or all, in the order in which lists show them.
    pub fn ranked(&self, term: Option<&TermId>) -> &[&'a ModuleId] {
        self.ranked.get(&term.cloned()).map_or(&[], Vec::as_slice)
    }

    /// A plain page.
    pub fn plain_page(&self, id: &PlainPageId) -> Option<&'a PlainPage> {
        self.plain_pages.get(id).copied()
    }

    /// A text of the front matter with its spacing put right.
    pub fn tidy(&self, text: &str) -> String {
        self.config.typography().apply(text.trim()).into_owned()
    }

    /// The same for a text that may be missing.
    pub fn tidy_option(&self, text: Option<&String>) -> Option<String> {
        text.map(|text| self.tidy(text)).filter(|text| !text.is_empty())
    }

    /// A word of the interface.
    pub fn word(&self, key: &str) -> String {
        self.phrases.text(key)
    }

    /// The address of a route, from the root; empty when the site does not have it.
    pub fn url(&self, route: &Route) -> String {
        self.table.url(route).unwrap_or_default()
    }

    /// A link to a route, if the site has it.
    pub fn link(&self, label: String, route: &Route) -> Option<PageLink> {
        Some(PageLink { label, url: self.table.url(route)? })
    }

    /// The hue of a theme: its place among the themes, in fives. 0 for other terms.
    pub fn hue(&self, term: Option<&Term>) -> u8 {
        match term {
            Some(term) if term.id.kind == TermKind::Topic => u8::try_from(term.rank % 5 + 1).unwrap_or(0),
            _ => 0,
        }
    }

    /// The emblem of a theme.
    pub fn emblem(&self, term: Option<&Term>) -> String {
        term.and_then(|term| term.emblem.clone()).unwrap_or_else(|| "default".to_owned())
    }

    /// The first theme of a module.
    pub fn first_topic(&self, module: &Module) -> Option<&'a Term> {
        module.topics.first().and_then(|id| self.catalogue.terms.get(id))
    }

    /// Terms as links, in the given order.
    pub fn term_links(&self, terms: &[TermId]) -> Vec<TermLink> {
        terms
            .iter()
            .filter_map(|id| self.catalogue.terms.get(id))
            .filter_map(|term| {
                let url = self.table.url(&Route::Term(term.id.clone(), 1))?;
                Some(TermLink { label: self.tidy(&term.title), url, hue: self.hue(Some(term)) })
            })
            .collect()
    }

    /// A date in words, ready for `<time>`.
    pub fn date(&self, date: Date) -> DateText {
        DateText { text: calendar::long_one(date, &self.phrases.dates), iso: Some(date.to_string()) }
    }

    /// Several dates in words.
    pub fn dates(&self, days: &[Date]) -> Vec<DateText> {
        calendar::long(days, &self.phrases.dates)
            .into_iter()
            .map(|piece| DateText { text: piece.text, iso: piece.date.map(|date| date.to_string()) })
            .collect()
    }

    /// The tear-off date.
    pub fn day_block(&self, days: &[Date]) -> Option<DayBlock> {
        let block = calendar::day_block(days, &self.phrases.dates)?;
        Some(DayBlock { month: block.month, days: block.days, year: block.year })
    }

    /// HTML of a text with its addresses and words filled in.
    pub fn fill(&self, fragments: &[Fragment], links: &[Link], spot: Spot<'_>) -> String {
        let mut html = String::new();
        for fragment in fragments {
            match fragment {
                Fragment::Html(text) => html.push_str(text),
                Fragment::Address(index) => {
                    let target = links.get(*index).map_or("", |link| link.target.as_str());
                    push_escaped(&mut html, &self.address(target, spot));
                }
                Fragment::Phrase(key) => push_escaped(&mut html, &self.word(&key.replace('-', "_"))),
            }
        }
        html
    }

    /// Where a link of an author leads, as an attribute says it. A dead one, which settings may allow,
    /// stays as it was written.
    pub fn address(&self, target: &str, spot: Spot<'_>) -> String {
        match self.table.follow(spot.file, spot.route, target) {
            Some(Destination::Elsewhere(address)) => address,
            Some(Destination::Here(anchor)) if spot.anchors_need_page => {
                format!("{}{}{anchor}", spot.root, self.url(spot.route))
            }
            Some(Destination::Here(anchor)) => anchor,
            Some(Destination::Site(path, anchor)) => {
                format!("{}{}{}", spot.root, self.table.written(&path), encode_anchor(&anchor))
            }
            None if is_harmless(target) => target.to_owned(),
            None => String::new(),
        }
    }

    /// Prose of the front matter.
    pub fn prose(&self, prose: &Prose, spot: Spot<'_>) -> Html {
        Html(self.fill(&prose.html, &prose.links, spot))
    }

    /// A whole body: what stands before the first heading, then every section.
    pub fn body(&self, body: &Body, spot: Spot<'_>) -> Html {
        let mut html = self.fill(&body.lead, &body.links, spot);
        for section in &body.sections {
            self.push_section(&mut html, section, &body.links, spot);
        }
        Html(html)
    }

    /// A section with its heading and all that is below it.
    pub fn push_section(&self, html: &mut String, section: &Section, links: &[Link], spot: Spot<'_>) {
        let (level, id) = (section.level, &section.id);
        html.push_str(&format!("<h{level} id=\"{id}\">{}</h{level}>\n", self.fill(&section.heading(), links, spot)));
        html.push_str(&self.section_inside(section, links, spot).0);
    }

    /// What stands below a section's heading.
    pub fn section_inside(&self, section: &Section, links: &[Link], spot: Spot<'_>) -> Html {
        let mut html = self.fill(&section.content, links, spot);
        for child in &section.children {
            self.push_section(&mut html, child, links, spot);
        }
        Html(html)
    }

    /// A link of the settings or of front matter: a page or file of the site, or an address elsewhere.
    pub fn any_link(&self, label: String, target: Option<&str>, file: &ContentPath) -> AnyLink {
        let Some(target) = target else { return AnyLink { label, url: None, href: None } };
        match self.table.follow(file, &Route::Home, target) {
            Some(Destination::Site(path, anchor)) => {
                let url = format!("{}{}", self.table.written(&path), encode_anchor(&anchor));
                AnyLink { label, url: Some(url), href: None }
            }
            Some(Destination::Elsewhere(href)) | Some(Destination::Here(href)) => {
                AnyLink { label, url: None, href: Some(href) }
            }
            None => AnyLink { label, url: None, href: Some(target.to_owned()).filter(|target| is_harmless(target)) },
        }
    }

    /// The whole address of a page, where the site says its own.
    pub fn absolute(&self, route: &Route) -> Option<String> {
        let base = self.config.base_url.as_ref()?;
        Some(format!("{}{}", base.as_str(), self.table.url(route)?))
    }

    /// The way from a page to the root; on the 404 page, which is shown at any depth, the site's own path.
    pub fn root_of(&self, route: &Route) -> String {
        if *route == Route::NotFound {
            return self.config.base_url.as_ref().map_or("/", |base| base.path()).to_owned();
        }
        self.table.address(route).map(SitePath::to_root).unwrap_or_else(|| "./".to_owned())
    }

    /// How modules are akin.
    pub(super) fn kinship(&self) -> &Kinship {
        let rank = |id: &ModuleId| self.rank.get(id).copied().unwrap_or(usize::MAX);
        self.kinship.get_or_init(|| Kinship::new(self.catalogue, self.config.lang, rank))
    }

    /// How many cards there are.
    pub fn n_cards(&self) -> usize {
        self.cards.len()
    }

    /// The card of a module.
    pub fn card(&self, id: &ModuleId) -> Option<Card> {
        Some(Card { module: self.cards.get(id)?.clone(), html: None })
    }
}

fn organisation_names(catalogue: &Catalogue) -> BTreeMap<String, &Organisation> {
    let mut names = BTreeMap::new();
    for organisation in catalogue.organisations.values() {
        let acronym = organisation.matter().and_then(|matter| matter.acronym.as_deref());
        for name in [Some(organisation.id.as_str()), Some(organisation.name.as_str()), acronym].into_iter().flatten() {
            names.entry(crate::fold::fold(name)).or_insert(organisation);
        }
    }
    names
}

/// A text with its first letter as a capital.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// Titles that stand more than once.
fn repeated<'a>(titles: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut known = BTreeSet::new();
    titles.filter(|title| !known.insert(*title)).collect()
}

/// The site's name: its own, its provider's, or the word for a catalogue.
fn site_title(catalogue: &Catalogue, config: &Config, phrases: &Phrases) -> String {
    let provider = catalogue.provider.as_ref().and_then(|id| catalogue.organisations.get(id));
    let title = config.title.clone().or_else(|| provider.map(|organisation| organisation.name.clone()));
    config.typography().apply(&title.unwrap_or_else(|| phrases.text("default_site_title"))).into_owned()
}

/// Modules with a coming session first, by its date; the others in the order of their titles.
fn rank_by_next_session(catalogue: &Catalogue) -> HashMap<ModuleId, usize> {
    let today = catalogue.edition.today;
    let next = |id: &ModuleId| catalogue.modules.get(id)?.next_session(today)?.entry.first_day();
    let mut keyed: Vec<_> = catalogue.listed.iter().enumerate().map(|(index, id)| (next(id), index, id)).collect();
    // `None` would come first: those without a date go last.
    keyed.sort_by_key(|(day, index, _)| (day.is_none(), *day, *index));
    keyed.into_iter().enumerate().map(|(rank, (.., id))| (id.clone(), rank)).collect()
}

/// Escapes text for HTML, inside attributes as well.
pub(super) fn push_escaped(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

/// Text as HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_escaped(&mut html, text);
    html
}

fn encode_anchor(anchor: &str) -> String {
    match anchor.strip_prefix('#') {
        Some(id) => format!("#{}", encode(id)),
        None => String::new(),
    }
}

/// HTML text without tags, as plain text.
pub(super) fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
