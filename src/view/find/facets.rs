//! Which values each entry of a list has.

use std::collections::BTreeMap;

use crate::catalogue::{FreePrice, Module, Session};
use crate::document::{Kind, Mode};
use crate::entry::{Delivery, SessionStatus};
use crate::hash::ContentHash;
use crate::id::{Slug, TermId, TermKind};
use crate::route::{FoundList, Route};
use crate::value::{Date, Decimal, calendar};

use crate::view::cards::kind_key;
use crate::view::desk::{Desk, capitalised};

use super::files::n_entries;
use super::{Facet, FacetChoice, FacetGroup, FindPanel, picks_parameter, sort_parameter};

/// Values of one facet that a panel shows; of more, those that most entries have.
const MOST_VALUES: usize = 50;

/// The facets of a list.
#[derive(Debug, Default)]
pub(in crate::view) struct Facets {
    /// Tells the entries and their order from all others.
    pub(super) mark: String,
    /// How many entries the list has.
    pub(super) count: usize,
    /// The values of each facet, in the order in which visitors read them.
    pub(super) facets: BTreeMap<Facet, Vec<Value>>,
}

/// A value and the entries that have it.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) entries: Vec<usize>,
}

/// Values as they are met, by their names.
#[derive(Default)]
struct Gathering(BTreeMap<Facet, BTreeMap<String, Met>>);

/// A value that was met.
struct Met {
    order: Order,
    entries: Vec<usize>,
}

/// The place of a value among those of its facet: its rank, then its label.
type Order = (usize, String);

impl Gathering {
    fn add(&mut self, facet: Facet, value: &str, rank: usize, label: impl FnOnce() -> String, entry: usize) {
        let values = self.0.entry(facet).or_default();
        match values.get_mut(value) {
            Some(met) if met.entries.last() == Some(&entry) => {}
            Some(met) => met.entries.push(entry),
            None => drop(values.insert(value.to_owned(), Met { order: (rank, label()), entries: vec![entry] })),
        }
    }

    fn terms(&mut self, desk: &Desk<'_>, terms: &[TermId], entry: usize) {
        for term in terms.iter().filter_map(|id| desk.catalogue.terms.get(id)) {
            let label = || desk.tidy(&term.title);
            self.add(Facet::of(term.id.kind), term.id.slug.as_str(), term.rank, label, entry);
        }
    }

    fn month(&mut self, desk: &Desk<'_>, day: Date, entry: usize) {
        let value = format!("{}-{:02}", day.year(), day.month());
        let label = || capitalised(&calendar::month_year(day, &desk.phrases.dates));
        let rank = usize::try_from(i32::from(day.year()) * 12 + i32::from(day.month())).unwrap_or(0);
        self.add(Facet::Month, &value, rank, label, entry);
    }

    fn finish(self, count: usize, mark: String) -> Facets {
        let sorted = |values: BTreeMap<String, Met>| -> Vec<Value> {
            let mut values: Vec<_> = values.into_iter().collect();
            values.sort_by(|(_, one), (_, other)| one.order.cmp(&other.order));
            let value = |(value, met): (String, Met)| Value { value, label: met.order.1, entries: met.entries };
            values.into_iter().map(value).collect()
        };
        Facets { mark, count, facets: self.0.into_iter().map(|(facet, values)| (facet, sorted(values))).collect() }
    }
}

impl Facets {
    /// The facets of the modules, in the order of the catalogue.
    pub(in crate::view) fn of_modules(desk: &Desk<'_>) -> Self {
        let mut gathering = Gathering::default();
        let modules = desk.ranked(None);
        for (entry, module) in modules.iter().filter_map(|id| desk.catalogue.modules.get(*id)).enumerate() {
            add_module(&mut gathering, desk, module, entry);
        }
        // What is found besides, behind the modules, is numbered with them.
        let others = desk.catalogue.news.iter().map(|post| post.id.as_str());
        let others = others.chain(desk.catalogue.pages.iter().map(|page| page.id.as_str()));
        let mark = mark(modules.iter().map(|id| id.as_str()).chain(others));
        gathering.finish(modules.len(), mark)
    }

    /// The facets of the coming sessions that have a date.
    pub(in crate::view) fn of_sessions(desk: &Desk<'_>) -> Self {
        let mut gathering = Gathering::default();
        let sessions = desk.calendar.sessions();
        for (entry, (module, session)) in sessions.iter().enumerate() {
            gathering.terms(desk, &module.topics, entry);
            gathering.terms(desk, &module.audiences, entry);
            gathering.terms(desk, session.region.as_slice(), entry);
            add_terms_of_use(&mut gathering, desk, module, entry);
            if let Some(day) = session.entry.days.iter().find(|day| **day >= desk.today()) {
                gathering.month(desk, *day, entry);
            }
            let state = state(session, desk.today());
            let rank = STATES.iter().position(|known| *known == state).unwrap_or_default();
            gathering.add(Facet::State, state, rank, || desk.word(&format!("choice_state_{state}")), entry);
        }
        let mark = mark(sessions.iter().flat_map(|(module, session)| [module.id.as_str(), session.id.as_str()]));
        gathering.finish(sessions.len(), mark)
    }

    /// Tells the entries and their order from all others.
    pub(in crate::view) fn mark(&self) -> &str {
        &self.mark
    }
}

/// A short digest of names in their order.
fn mark<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all = names.fold(String::new(), |mut all, name| {
        all.push_str(name);
        all.push('\n');
        all
    });
    ContentHash::of(all.as_bytes()).short()
}

/// Whether one can enrol; in the order in which visitors read it.
const STATES: [&str; 4] = ["open", "full", "closed", "off"];

fn state(session: &Session, today: Date) -> &'static str {
    match session.entry.status {
        Some(SessionStatus::Cancelled | SessionStatus::Postponed) => "off",
        _ if session.is_full() => "full",
        _ if session.is_open(today) => "open",
        _ => "closed",
    }
}

fn add_module(gathering: &mut Gathering, desk: &Desk<'_>, module: &Module, entry: usize) {
    let matter = module.matter();
    for kind in TermKind::ALL {
        gathering.terms(desk, module.terms(kind), entry);
    }
    let takes_place = |session: &&Session| !session.is_off();
    for session in module.coming_sessions(desk.today()).filter(takes_place) {
        if let Some(day) = session.entry.first_day().filter(|day| *day >= desk.today()) {
            gathering.month(desk, day, entry);
        }
    }
    add_terms_of_use(gathering, desk, module, entry);
    let kind = kind_key(matter.kind);
    if matter.kind_text.is_none() {
        let rank = KINDS.iter().position(|known| *known == matter.kind).unwrap_or_default();
        gathering.add(Facet::Kind, kind, rank, || desk.word(&format!("kind_{kind}")), entry);
    }
    for sector in &matter.sectors {
        let Some(slug) = Slug::from_text(sector) else { continue };
        gathering.add(Facet::Sector, slug.as_str(), 0, || capitalised(&desk.tidy(sector)), entry);
    }
    let level = matter.level.as_ref().and_then(|level| level.entry.as_ref());
    if let Some((level, slug)) = level.and_then(|level| Some((level, Slug::from_text(level)?))) {
        let label = || desk.phrases.phrase("choice_level", &[("level", &desk.tidy(level))]);
        gathering.add(Facet::Level, slug.as_str(), 0, label, entry);
    }
}

/// At what price, how, for how long, by whom: what holds for a module and for each of its sessions.
fn add_terms_of_use(gathering: &mut Gathering, desk: &Desk<'_>, module: &Module, entry: usize) {
    let matter = module.matter();
    for (rank, price) in prices(module).into_iter().enumerate() {
        if let Some(price) = price {
            gathering.add(Facet::Price, price, rank, || desk.word(&format!("choice_price_{price}")), entry);
        }
    }
    let (mode, rank) = match matter.mode {
        None if matter.mode_text.is_some() => (None, 0),
        None | Some(Mode::OnSite) => (Some("on_site"), 0),
        Some(Mode::Blended) => (Some("mixed"), 1),
        Some(Mode::Remote) => (Some("remote"), 2),
    };
    if let Some(mode) = mode {
        gathering.add(Facet::Mode, mode, rank, || desk.word(&format!("format_{mode}")), entry);
    }
    for delivery in &matter.delivery {
        let (value, rank) = match delivery {
            Delivery::Inter => ("inter", 0),
            Delivery::Intra => ("intra", 1),
            Delivery::Individual => ("individual", 2),
        };
        gathering.add(Facet::Delivery, value, rank, || desk.word(&format!("choice_{value}")), entry);
    }
    if let Some((rank, length)) = length(module) {
        gathering.add(Facet::Duration, length, rank, || desk.word(&format!("choice_length_{length}")), entry);
    }
    let provider = module.provider.as_ref().and_then(|part| desk.catalogue.organisations.get(&part.organisation));
    if let Some(provider) = provider {
        gathering.add(Facet::Provider, provider.id.as_str(), 0, || desk.tidy(&provider.name), entry);
    }
}

const KINDS: [Kind; 5] = [Kind::Training, Kind::Pathway, Kind::Support, Kind::WorkGroup, Kind::Conference];

/// Which sorts of price a module has: for whom it is free is decided by [`super::ChoicesView::free`].
fn prices(module: &Module) -> [Option<&'static str>; 4] {
    let all = &module.matter().prices;
    let is_free = module.free.iter().any(FreePrice::is_for_all);
    let is_free_for_some = module.free.iter().any(FreePrice::is_by_place);
    let is_quoted = all.iter().any(|price| price.price.quote);
    let is_told = all.iter().any(|price| !price.price.free && price.price.amount.is_some());
    [
        is_free.then_some("free"),
        is_free_for_some.then_some("free_here"),
        is_told.then_some("told"),
        is_quoted.then_some("quote"),
    ]
}

/// How long a module lasts, in steps that a visitor thinks in. Hours are days of seven hours.
fn length(module: &Module) -> Option<(usize, &'static str)> {
    let duration = module.matter().duration.as_ref()?;
    let hours = duration.total_hours().map(Decimal::hundredths);
    let days = duration.days.map(|days| days.hundredths()).or_else(|| hours.map(|hours| hours.saturating_add(6) / 7));
    Some(match days {
        _ if duration.meetings.is_some() => (4, "meetings"),
        Some(0..=50) => (0, "half_day"),
        Some(51..=100) => (1, "day"),
        Some(101..=300) => (2, "days"),
        Some(_) => (3, "long"),
        None => return None,
    })
}

/// The panel beside a list.
pub(in crate::view) fn panel(desk: &Desk<'_>, list: FoundList) -> Option<FindPanel> {
    let facets = desk.facets(list);
    let files_url = desk.table.search_folder(list)?;
    let n_others = n_entries(desk, FoundList::Others);
    let has_search = desk.config.search && list == FoundList::Modules;
    let groups = facets.facets.iter().filter_map(|(facet, values)| group(desk, *facet, values, facets.count));
    Some(FindPanel {
        list: list.name(),
        mark: facets.mark.clone(),
        files_url,
        has_search,
        count: facets.count,
        per_file: list.entries_per_file(facets.count),
        others: if has_search { n_others } else { 0 },
        others_per_file: FoundList::Others.entries_per_file(n_others),
        sort_parameter: sort_parameter(desk.config.lang),
        region_parameter: Facet::Region.parameter(desk.config.lang),
        audience_parameter: Facet::Audience.parameter(desk.config.lang),
        picks_parameter: picks_parameter(desk.config.lang),
        groups: groups.collect(),
        selection_url: desk.table.url(&Route::Selection).filter(|_| list == FoundList::Modules),
    })
}

/// A facet as a visitor sees it; none where all entries have the one value it has.
fn group(desk: &Desk<'_>, facet: Facet, values: &[Value], count: usize) -> Option<FacetGroup> {
    let is_a_choice = values.len() > 1 || values.iter().any(|value| value.entries.len() < count);
    if !is_a_choice {
        return None;
    }
    let mut by_count: Vec<usize> = (0..values.len()).collect();
    by_count.sort_by_key(|at| std::cmp::Reverse(values[*at].entries.len()));
    by_count.truncate(MOST_VALUES);
    by_count.sort_unstable();
    let choice = |at: usize| {
        let Value { value, label, entries } = &values[at];
        FacetChoice { value: value.clone(), label: label.clone(), count: entries.len() }
    };
    Some(FacetGroup {
        parameter: facet.parameter(desk.config.lang),
        title: desk.word(facet.word()),
        open: facet <= Facet::Region,
        values: by_count.into_iter().map(choice).collect(),
    })
}
