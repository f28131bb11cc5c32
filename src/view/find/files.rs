//! What a visitor's browser reads: choices, and entries as they are shown.

use crate::catalogue::{Module, Session};
use crate::document::Bodies;
use crate::id::TermId;
use crate::route::{FoundList, Route};

use crate::view::cards::news_card;
use crate::view::desk::Desk;
use crate::view::session_row::session_row;

use super::facets::Value;
use super::records::{record, shown_text};
use super::{ChoiceEntries, ChoicesView, FoundEntry, FoundLink, RowsView, Shown};

/// Which entries of a list answer to which choice.
pub(in crate::view) fn choices(desk: &Desk<'_>, list: FoundList) -> ChoicesView {
    let facets = desk.facets(list);
    let entries = |value: &Value| ChoiceEntries { value: value.value.clone(), entries: value.entries.clone() };
    let named = facets.facets.iter();
    let named = named.map(|(facet, values)| (facet.parameter(desk.config.lang), values.iter().map(entries).collect()));
    let modules = desk.ranked(None).iter().filter_map(|id| desk.catalogue.modules.get(*id));
    let sessions = desk.calendar.sessions();
    let last_day =
        |(_, session): &(&Module, &Session)| session.entry.last_day().map(|day| day.to_string()).unwrap_or_default();
    ChoicesView {
        mark: facets.mark.clone(),
        count: facets.count,
        facets: named.collect(),
        free: match list {
            FoundList::Sessions => free(sessions.iter().map(|(module, _)| *module)),
            FoundList::Modules | FoundList::Others => free(modules),
        },
        ends: if list == FoundList::Sessions { sessions.iter().map(last_day).collect() } else { Vec::new() },
        orders: if list == FoundList::Modules { orders(desk) } else { Vec::new() },
    }
}

/// Who pays nothing, entry by entry.
fn free<'m>(modules: impl Iterator<Item = &'m Module>) -> Vec<(usize, Vec<String>, Vec<String>)> {
    let slugs = |terms: &[TermId]| terms.iter().map(|term| term.slug.to_string()).collect();
    modules
        .enumerate()
        .flat_map(|(number, module)| {
            let known = module.free.iter().filter(|free| free.is_by_place());
            known.map(move |free| (number, slugs(&free.regions), slugs(&free.audiences)))
        })
        .collect()
}

fn orders(desk: &Desk<'_>) -> Vec<(&'static str, Vec<usize>)> {
    let place = |id| desk.rank.get(id).copied();
    let by_title: Vec<usize> = desk.catalogue.listed.iter().filter_map(place).collect();
    let day = |number: &usize| {
        let module = desk.ranked(None).get(*number).and_then(|id| desk.catalogue.modules.get(*id))?;
        module.matter().updated.max(module.matter().published).filter(|day| *day <= desk.today())
    };
    let mut by_change: Vec<usize> = (0..by_title.len()).collect();
    by_change.sort_by_key(|number| std::cmp::Reverse(day(number)));
    vec![("title", by_title), ("updated", by_change)]
}

/// How many entries a list has.
pub(super) fn n_entries(desk: &Desk<'_>, list: FoundList) -> usize {
    match list {
        FoundList::Modules => desk.ranked(None).len(),
        FoundList::Sessions => desk.calendar.sessions().len(),
        FoundList::Others => desk.catalogue.news.len() + desk.catalogue.pages.len(),
    }
}

/// The entries of one file.
pub(in crate::view) fn rows(desk: &Desk<'_>, bodies: &Bodies, list: FoundList, number: usize) -> RowsView {
    let n_modules = n_entries(desk, FoundList::Modules);
    let text =
        |number: usize| if desk.config.search { shown_text(&record(desk, bodies, number)) } else { String::new() };
    let page = match list {
        FoundList::Sessions => Route::Sessions(1),
        FoundList::Modules | FoundList::Others => Route::Catalogue(1),
    };
    let count = n_entries(desk, list);
    let size = list.entries_per_file(count);
    let entry = |at: usize| -> Option<FoundEntry> {
        Some(match list {
            FoundList::Modules => {
                let card = desk.card(desk.ranked(None).get(at)?)?;
                FoundEntry { shown: Shown::Card(card), text: text(at) }
            }
            FoundList::Sessions => {
                let (module, session) = desk.calendar.sessions().get(at)?;
                let row = session_row(desk, module, session, false);
                FoundEntry { shown: Shown::Row(Box::new(row)), text: String::new() }
            }
            FoundList::Others => FoundEntry { shown: Shown::Link(other(desk, at)?), text: text(n_modules + at) },
        })
    };
    let entries = (number * size..((number + 1) * size).min(count)).filter_map(entry);
    let mark = desk.facets(list).mark.clone();
    RowsView { mark, root: desk.root_of(&page), entries: entries.collect() }
}

fn other(desk: &Desk<'_>, at: usize) -> Option<FoundLink> {
    if let Some(post) = desk.catalogue.news.get(at) {
        let card = news_card(desk, post);
        return Some(FoundLink {
            kind: format!("{} · {}", desk.word("news_post"), card.date.text),
            title: card.title,
            url: card.url,
            summary: card.summary,
        });
    }
    let page = desk.catalogue.pages.get(at - desk.catalogue.news.len())?;
    Some(FoundLink {
        kind: desk.word("page"),
        title: desk.tidy(&page.title),
        url: desk.url(&Route::PlainPage(page.id.clone())),
        summary: desk.tidy_option(page.matter().summary.as_ref()),
    })
}
