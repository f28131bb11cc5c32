//! Two terms and what they have in common; and from a term to its crossings.

use crate::catalogue::{CROSSED, Pair, Term};
use crate::id::TermId;
use crate::route::Route;

use super::desk::Desk;
use super::listing::pagination;
use super::pages::{CrossingPage, WaysOn};
use super::parts::{CountLink, PageLink};

/// The page of a crossing.
pub(super) fn page(desk: &Desk<'_>, pair: &Pair, number: usize) -> Option<CrossingPage> {
    let (first, second) = (desk.catalogue.terms.get(&pair.0)?, desk.catalogue.terms.get(&pair.1)?);
    let mut modules: Vec<_> = desk.catalogue.crossings.modules(pair).iter().collect();
    modules.sort_by_cached_key(|id| desk.rank.get(*id));
    let size = desk.config.page_size;
    let shown = modules.iter().skip((number - 1) * size).take(size);
    let is_first = number == 1;
    Some(CrossingPage {
        first: link(desk, first)?,
        second: link(desk, second)?,
        hue: desk.hue(Some(first)),
        count_text: desk.phrases.count("modules", modules.len()),
        cards: shown.filter_map(|id| desk.card(id)).collect(),
        pagination: pagination(desk, number, |number| Route::Crossing(pair.0.clone(), pair.1.clone(), number)),
        ways: [first, second].into_iter().filter(|_| is_first).flat_map(|term| ways(desk, term, Some(pair))).collect(),
    })
}

fn link(desk: &Desk<'_>, term: &Term) -> Option<PageLink> {
    desk.link(desk.tidy(&term.title), &Route::Term(term.id.clone(), 1))
}

/// The name of a crossing: "Pair-aidance, Hauts-de-France".
pub(super) fn title(desk: &Desk<'_>, pair: &Pair) -> String {
    let title = |id: &TermId| desk.catalogue.terms.get(id).map(|term| desk.tidy(&term.title)).unwrap_or_default();
    desk.phrases.phrase("crossing_title", &[("first", &title(&pair.0)), ("second", &title(&pair.1))])
}

/// Every crossing of a term, by the kind of the other; without the one that the visitor is at.
pub(super) fn ways(desk: &Desk<'_>, term: &Term, at: Option<&Pair>) -> Vec<WaysOn> {
    let kind = term.id.kind;
    CROSSED
        .into_iter()
        .filter_map(|(one, other)| {
            let (is_first, across) = match kind {
                _ if kind == one => (true, other),
                _ if kind == other => (false, one),
                _ => return None,
            };
            let pair_with = |crossed: &Term| -> Pair {
                let ids = (term.id.clone(), crossed.id.clone());
                if is_first { ids } else { (ids.1, ids.0) }
            };
            let crossed = desk.ways.shown(across).iter().filter_map(|crossed| {
                let pair = pair_with(crossed);
                let count = desk.catalogue.crossings.modules(&pair).len();
                let url = desk.table.url(&Route::Crossing(pair.0.clone(), pair.1.clone(), 1));
                let url = url.filter(|_| count > 0 && at != Some(&pair))?;
                let count_text = desk.phrases.count("modules", count);
                Some(CountLink { label: desk.tidy(&crossed.title), url, count, count_text })
            });
            let links: Vec<CountLink> = crossed.collect();
            let title =
                desk.phrases.phrase(&format!("crossings_{}", across.key()), &[("term", &desk.tidy(&term.title))]);
            (!links.is_empty()).then_some(WaysOn { title, id: format!("{}-{}", kind.key(), across.key()), links })
        })
        .collect()
}
