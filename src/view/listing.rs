//! Pages that list modules: home, catalogue, indexes of terms, terms.

use std::collections::BTreeSet;

use crate::catalogue::{Module, Term};
use crate::document::{Bodies, Matter};
use crate::id::{TermId, TermKind};
use crate::route::{CalendarOf, FoundList, Route};

use super::cards::{news_card, region_tiles, tile};
use super::desk::{Desk, Spot, escaped};
use super::find::panel;
use super::pages::{CataloguePage, Figure, HomePage, HomeSection, TermGroup, TermIndexPage, TermPage};
use super::parts::{Cards, Html, PageLink, PageNumber, Pagination, SessionRow, TermTile};
use super::session_row::session_row;

/// How many sessions the home page announces.
const HOME_SESSIONS: usize = 4;
/// How many modules stand in for sessions on the home page.
const HOME_MODULES: usize = 6;
/// How many news posts lists show beside something else.
const NEWS_BESIDE: usize = 3;
/// How many terms of a kind stand beside the catalogue, on each of its pages; the index of the kind has all.
const TERMS_BESIDE: usize = 50;

pub(super) fn home(desk: &Desk<'_>, bodies: &Bodies, root: &str) -> HomePage {
    let catalogue = desk.catalogue;
    let document = catalogue.home.as_deref();
    let matter = document.and_then(|document| match &document.matter {
        Matter::Home(matter) => Some(matter),
        _ => None,
    });
    let sessions: Vec<SessionRow> = rows(desk);
    let topics: Vec<TermTile> = top_level(desk, TermKind::Topic);
    let (body, sections, footnotes) = match document {
        Some(document) => {
            let spot = Spot { file: &document.path, route: &Route::Home, bodies, root, anchors_need_page: false };
            let body = spot.body();
            let links = &body.links;
            let sections = body.sections.iter().map(|section| HomeSection {
                id: section.id.clone(),
                heading: Html(desk.fill(&section.heading(), links, spot)),
                body: desk.section_inside(section, links, spot),
            });
            (
                Html(desk.fill(&body.lead, links, spot)),
                sections.collect(),
                Html(desk.fill(&body.footnotes, links, spot)),
            )
        }
        None => (Html::default(), Vec::new(), Html::default()),
    };
    let title = matter.and_then(|matter| matter.title.clone()).unwrap_or_else(|| desk.site_title.clone());
    let own_lead = matter.and_then(|matter| matter.summary.as_ref()).or(desk.config.description.as_ref());
    HomePage {
        heading: Html(stressed(&desk.tidy(&title))),
        lead: desk.tidy_option(own_lead),
        figures: figures(desk),
        topics,
        catalogue_text: desk.phrases.count("modules", catalogue.listed.len()),
        modules: if sessions.is_empty() { newest(desk) } else { Vec::new() },
        sessions,
        regions: region_tiles(desk),
        body,
        sections,
        footnotes,
        news: catalogue.news.iter().take(NEWS_BESIDE).map(|post| news_card(desk, post)).collect(),
    }
}

/// `**words**` become `<mark>words</mark>`; everything else is text.
fn stressed(title: &str) -> String {
    let parts: Vec<&str> = title.split("**").collect();
    if parts.len().is_multiple_of(2) {
        return escaped(title);
    }
    let mark = |(index, part): (usize, &&str)| match index % 2 {
        0 => escaped(part),
        _ => format!("<mark>{}</mark>", escaped(part)),
    };
    parts.iter().enumerate().map(mark).collect()
}

/// Figures that the data gives; those that are nothing are left out.
fn figures(desk: &Desk<'_>) -> Vec<Figure> {
    let catalogue = desk.catalogue;
    let n_regions = catalogue.terms_of(TermKind::Region).iter().filter(|term| !term.modules.is_empty()).count();
    let n_topics = catalogue.terms_of(TermKind::Topic).iter().filter(|term| !term.modules.is_empty()).count();
    [
        (catalogue.listed.len(), "figure_modules"),
        (desk.coming.len(), "figure_sessions"),
        (n_regions, "figure_regions"),
        (n_topics, "figure_themes"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, label)| Figure { value: n.to_string(), label: desk.phrases.count(label, n) })
    .collect()
}

fn top_level(desk: &Desk<'_>, kind: TermKind) -> Vec<TermTile> {
    let terms = desk.catalogue.terms_of(kind);
    terms
        .into_iter()
        .filter(|term| !term.modules.is_empty() || term.document.is_some())
        .map(|term| tile(desk, term))
        .collect()
}

/// Rows of the next sessions.
fn rows(desk: &Desk<'_>) -> Vec<SessionRow> {
    let sessions = desk.coming.iter().copied();
    let dated = sessions.filter(|(_, session)| !session.entry.days.is_empty() && !session.is_off());
    dated.take(HOME_SESSIONS).map(|(module, session)| session_row(desk, module, session, false)).collect()
}

/// The modules that were published or changed last.
fn newest(desk: &Desk<'_>) -> Cards {
    let mut modules: Vec<&Module> =
        desk.catalogue.listed.iter().filter_map(|id| desk.catalogue.modules.get(id)).collect();
    let day = |module: &Module| module.matter().updated.max(module.matter().published);
    modules.sort_by_key(|module| std::cmp::Reverse(day(module)));
    modules.into_iter().take(HOME_MODULES).filter_map(|module| desk.card(&module.id)).collect()
}

fn page_of(desk: &Desk<'_>, term: Option<&TermId>, number: usize) -> Cards {
    let size = desk.config.page_size;
    desk.ranked(term).iter().skip((number - 1) * size).take(size).filter_map(|id| desk.card(id)).collect()
}

/// Previous, next, and the pages around this one; none for a list of one page.
pub(super) fn pagination(desk: &Desk<'_>, current: usize, route: impl Fn(usize) -> Route) -> Option<Pagination> {
    let total = desk.table.n_pages(&route);
    if total < 2 {
        return None;
    }
    let url = |number: usize| desk.url(&route(number));
    // Each of hundreds of pages looks at a few others, not at all.
    let near = current.saturating_sub(2).max(1)..=(current + 2).min(total);
    let shown: BTreeSet<usize> = near.chain([1, total]).collect();
    let mut pages: Vec<PageNumber> = Vec::new();
    for number in shown {
        if number > pages.last().map_or(0, |last| last.number) + 1 {
            pages.push(PageNumber { number: 0, url: String::new() });
        }
        pages.push(PageNumber { number, url: url(number) });
    }
    let text = desk.phrases.phrase("page_of", &[("n", &current.to_string()), ("total", &total.to_string())]);
    Some(Pagination {
        previous: (current > 1).then(|| url(current - 1)),
        next: (current < total).then(|| url(current + 1)),
        pages,
        current,
        text,
    })
}

pub(super) fn catalogue(desk: &Desk<'_>, number: usize) -> CataloguePage {
    let groups = TermKind::ALL.into_iter().filter_map(|kind| {
        let shown = desk.ways.shown(kind);
        let url = desk.table.url(&Route::TermIndex(kind)).filter(|_| !shown.is_empty())?;
        let more = shown.len().checked_sub(TERMS_BESIDE).filter(|more| *more > 0);
        Some(TermGroup {
            key: kind.key(),
            title: desk.word(kind.key()),
            url,
            terms: shown.iter().take(TERMS_BESIDE).map(|term| tile(desk, term)).collect(),
            more: more.map(|more| desk.phrases.count("more_terms", more)),
        })
    });
    CataloguePage {
        count_text: desk.phrases.count("modules", desk.catalogue.listed.len()),
        cards: page_of(desk, None, number),
        pagination: pagination(desk, number, Route::Catalogue),
        groups: groups.collect(),
        find: if number == 1 { panel(desk, FoundList::Modules) } else { None },
    }
}

pub(super) fn term_index(desk: &Desk<'_>, kind: TermKind) -> TermIndexPage {
    TermIndexPage {
        key: kind.key(),
        lead: desk.word(&format!("{}_lead", kind.key())),
        tiles: desk.catalogue.terms_of(kind).into_iter().map(|term| tile(desk, term)).collect(),
        regions: if kind == TermKind::Region { region_tiles(desk) } else { Vec::new() },
    }
}

pub(super) fn term(
    desk: &Desk<'_>,
    bodies: &Bodies,
    term: &Term,
    number: usize,
    route: &Route,
    root: &str,
) -> TermPage {
    let kind = term.id.kind;
    let document = term.document.as_deref().filter(|_| number == 1);
    let (body, footnotes) = match document {
        Some(document) => {
            let spot = Spot { file: &document.path, route, bodies, root, anchors_need_page: false };
            let body = spot.body();
            (desk.body(body, spot), Html(desk.fill(&body.footnotes, &body.links, spot)))
        }
        None => (Html::default(), Html::default()),
    };
    let of_slug = |slug: &crate::id::Slug| {
        let id = crate::id::TermId { kind, slug: slug.clone() };
        desk.catalogue.terms.get(&id)
    };
    let parent = term.parent.as_ref().and_then(of_slug);
    // The ways to other terms stand on the first page: on each page of a long list they would outgrow the list.
    let is_first = number == 1;
    let mut children: Vec<&Term> = term.children.iter().filter(|_| is_first).filter_map(of_slug).collect();
    children.sort_by_key(|child| child.rank);
    let others = desk.ways.others(&term.id).filter(|_| is_first);
    let sessions = desk.ways.coming(&term.id).iter().filter(|_| is_first);
    let news = desk.news_about.get(&term.id).into_iter().flatten().take(NEWS_BESIDE);
    TermPage {
        key: kind.key(),
        title: desk.tidy(&term.title),
        description: desk.tidy_option(term.description.as_ref()),
        body,
        footnotes,
        hue: desk.hue(Some(term)),
        emblem: if kind == TermKind::Topic { desk.emblem(Some(term)) } else { String::new() },
        count_text: desk.phrases.count("modules", term.modules.len()),
        cards: page_of(desk, Some(&term.id), number),
        pagination: pagination(desk, number, |number| Route::Term(term.id.clone(), number)),
        sessions: sessions.map(|(module, session)| session_row(desk, module, session, false)).collect(),
        parent: parent.and_then(|above| -> Option<PageLink> {
            desk.link(desk.tidy(&above.title), &Route::Term(above.id.clone(), 1))
        }),
        children: children.into_iter().map(|child| tile(desk, child)).collect(),
        others: others.map(|other| tile(desk, other)).collect(),
        calendar: super::calendar::links(desk, CalendarOf::Term(term.id.clone())),
        feed_url: desk.table.url(&Route::TermFeed(term.id.clone())),
        news: news.map(|post| news_card(desk, post)).collect(),
        ways: if is_first { super::crossing::ways(desk, term, None) } else { Vec::new() },
    }
}
