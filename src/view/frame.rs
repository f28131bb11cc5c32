//! Frames: title, description, the way from the home page, feeds to announce.

use crate::catalogue::{Module, NewsPost, Organisation, Pair, PlainPage as CataloguePlainPage, Term};
use crate::id::TermKind;
use crate::route::{CalendarOf, FeedForm, Route};

use super::crossing::title as crossing_title;
use super::desk::Desk;
use super::module::ModuleSheet;
use super::pages::{CrossingPage, HomePage, NewsPostPage, OrganisationPage, PlainPage, RedirectPage, TermPage};
use super::shell::{Crumb, FeedLink, Frame};

/// What search engines show of a description.
const DESCRIPTION_LENGTH: usize = 160;

fn frame(desk: &Desk<'_>, route: &Route, title: String, parents: &[(String, Route)]) -> Frame {
    let phrases = desk.phrases;
    let head_title = phrases.phrase("head_title", &[("page", &title), ("site", &desk.site_title)]);
    let mut crumbs = vec![Crumb { label: desk.word("home"), url: Some(desk.url(&Route::Home)) }];
    let known = parents.iter().filter(|(_, parent)| desk.table.has(parent));
    crumbs.extend(known.map(|(label, parent)| Crumb { label: label.clone(), url: Some(desk.url(parent)) }));
    crumbs.push(Crumb { label: title.clone(), url: None });
    Frame {
        head_title,
        description: None,
        canonical_absolute: desk.absolute(route),
        url: desk.url(route),
        section: String::new(),
        crumbs,
        feeds: news_feeds(desk),
        json_ld: None,
        noindex: false,
        title,
    }
}

/// The news in each of its forms; the form stands in the label of all but the first.
fn news_feeds(desk: &Desk<'_>) -> Vec<FeedLink> {
    let label = desk.phrases.phrase("news_of", &[("site", &desk.site_title)]);
    let link = |form: FeedForm| FeedLink {
        label: match form {
            FeedForm::Rss => label.clone(),
            FeedForm::Atom => format!("{label} (Atom)"),
            FeedForm::Json => format!("{label} (JSON Feed)"),
        },
        url: desk.url(&Route::NewsFeed(form)),
        media_type: form.media_type(),
    };
    FeedForm::ALL.into_iter().map(link).collect()
}

/// The news, and the calendar of what the page is about.
fn with_calendar(desk: &Desk<'_>, mut feeds: Vec<FeedLink>, of: CalendarOf) -> Vec<FeedLink> {
    let label = super::calendar::title(desk, &of);
    let link = desk.table.url(&Route::Calendar(of)).zip(label);
    feeds.extend(link.map(|(url, label)| FeedLink { label, url, media_type: "text/calendar" }));
    feeds
}

/// A text of one line, cut at a word.
fn description(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    if text.chars().count() <= DESCRIPTION_LENGTH {
        return Some(text);
    }
    let end = text.char_indices().nth(DESCRIPTION_LENGTH - 1).map_or(text.len(), |(at, _)| at);
    let cut = text[..end].rfind(' ').unwrap_or(end);
    Some(format!("{}…", text[..cut].trim_end_matches([',', ';', ':', ' ', '\u{A0}', '\u{202F}'])))
}

pub(super) fn home(desk: &Desk<'_>, content: &HomePage) -> Frame {
    let title = desk.site_title.clone();
    let own = desk.tidy_option(desk.config.description.as_ref()).or_else(|| content.lead.clone());
    let base = frame(desk, &Route::Home, title.clone(), &[]);
    Frame {
        head_title: title,
        description: own.as_deref().and_then(description),
        crumbs: Vec::new(),
        feeds: with_calendar(desk, base.feeds.clone(), CalendarOf::Site),
        ..base
    }
}

/// A page of the program's own, with a title and a lead from the interface's words.
pub(super) fn listing(desk: &Desk<'_>, route: &Route, word: &str, number: usize, lead: &str) -> Frame {
    let title = numbered(desk, desk.word(word), number);
    let section = match route {
        Route::Catalogue(_) => Route::Catalogue(1),
        Route::Sessions(_) => Route::Sessions(1),
        Route::Pathways(_) => Route::Pathways(1),
        Route::NewsList(_) => Route::NewsList(1),
        other => other.clone(),
    };
    let parents = match route {
        Route::Catalogue(2..) => vec![(desk.word("catalogue"), Route::Catalogue(1))],
        Route::Sessions(2..) => vec![(desk.word("sessions"), Route::Sessions(1))],
        Route::Pathways(1) => vec![(desk.word("catalogue"), Route::Catalogue(1))],
        Route::Pathways(2..) => vec![(desk.word("pathways"), Route::Pathways(1))],
        Route::NewsList(2..) => vec![(desk.word("news"), Route::NewsList(1))],
        Route::TermIndex(_) => vec![(desk.word("catalogue"), Route::Catalogue(1))],
        _ => Vec::new(),
    };
    let text = desk.phrases.find(lead).map(|lead| format!("{}{}{lead}", desk.site_title, desk.word("colon")));
    let base = frame(desk, route, title, &parents);
    let feeds = match route {
        Route::Sessions(_) => with_calendar(desk, base.feeds.clone(), CalendarOf::Site),
        _ => base.feeds.clone(),
    };
    Frame { description: text.as_deref().and_then(description), section: desk.url(&section), feeds, ..base }
}

/// Pages of one list have titles of their own.
fn numbered(desk: &Desk<'_>, title: String, number: usize) -> String {
    if number < 2 {
        return title;
    }
    desk.phrases.phrase("title_page_of", &[("title", &title), ("n", &number.to_string())])
}

pub(super) fn module(desk: &Desk<'_>, module: &Module, route: &Route, sheet: &ModuleSheet) -> Frame {
    let mut parents = vec![(desk.word("catalogue"), Route::Catalogue(1))];
    if let Some(topic) = desk.first_topic(module) {
        parents.push((desk.tidy(&topic.title), Route::Term(topic.id.clone(), 1)));
    }
    let text = super::cards::summary(desk, module).unwrap_or_else(|| format!("{} – {}", sheet.kind, sheet.title));
    let base = frame(desk, route, sheet.title.clone(), &parents);
    let head_title = unique_title(desk, module, &base.head_title);
    Frame {
        description: description(&text),
        section: desk.url(&Route::Catalogue(1)),
        head_title,
        feeds: with_calendar(desk, base.feeds.clone(), CalendarOf::Module(module.id.clone())),
        ..base
    }
}

/// Two modules of one title are told apart by their reference, else by their address.
fn unique_title(desk: &Desk<'_>, module: &Module, head_title: &str) -> String {
    if !desk.repeated_titles.contains(module.title.as_str()) {
        return head_title.to_owned();
    }
    let mark = module.matter().code.clone().unwrap_or_else(|| module.slug.to_string());
    format!("{head_title} ({mark})")
}

pub(super) fn term(desk: &Desk<'_>, term: &Term, route: &Route, number: usize, content: &TermPage) -> Frame {
    let kind = term.id.kind;
    let mut parents = vec![(desk.word(kind.key()), Route::TermIndex(kind))];
    if let Some(parent) = &term.parent {
        let id = crate::id::TermId { kind, slug: parent.clone() };
        if let Some(above) = desk.catalogue.terms.get(&id) {
            parents.push((desk.tidy(&above.title), Route::Term(id, 1)));
        }
    }
    if number > 1 {
        parents.push((content.title.clone(), Route::Term(term.id.clone(), 1)));
    }
    let described = content.description.clone().unwrap_or_else(|| {
        let parts = [("term", content.title.as_str()), ("count", content.count_text.as_str())];
        desk.phrases.phrase("term_description", &parts)
    });
    let base = frame(desk, route, numbered(desk, content.title.clone(), number), &parents);
    let mut feeds = base.feeds.clone();
    if let Some(url) = &content.feed_url {
        let label = desk.phrases.phrase("term_feed", &[("term", &content.title), ("site", &desk.site_title)]);
        feeds.push(FeedLink { label, url: url.clone(), media_type: FeedForm::Rss.media_type() });
    }
    if !desk.ways.dated(&term.id).is_empty() {
        feeds = with_calendar(desk, feeds, CalendarOf::Term(term.id.clone()));
    }
    // A theme and an audience may have one name: the kind stands in the title of the latter.
    let head_title = match kind {
        TermKind::Topic => base.head_title.clone(),
        TermKind::Audience | TermKind::Region => {
            let page = format!("{} ({})", base.title, desk.word(kind.key()).to_lowercase());
            desk.phrases.phrase("head_title", &[("page", &page), ("site", &desk.site_title)])
        }
    };
    Frame {
        description: description(&described),
        section: desk.url(&Route::TermIndex(kind)),
        feeds,
        head_title,
        ..base
    }
}

pub(super) fn crossing(desk: &Desk<'_>, pair: &Pair, route: &Route, number: usize, content: &CrossingPage) -> Frame {
    let title = crossing_title(desk, pair);
    let parts = [("term", title.as_str()), ("count", content.count_text.as_str())];
    let described = desk.phrases.phrase("term_description", &parts);
    let (kind, first) = (pair.0.kind, Route::Term(pair.0.clone(), 1));
    let mut parents = vec![(desk.word(kind.key()), Route::TermIndex(kind)), (content.first.label.clone(), first)];
    if number > 1 {
        parents.push((title.clone(), Route::Crossing(pair.0.clone(), pair.1.clone(), 1)));
    }
    let base = frame(desk, route, numbered(desk, title, number), &parents);
    Frame { description: description(&described), section: desk.url(&Route::TermIndex(kind)), ..base }
}

pub(super) fn news_post(desk: &Desk<'_>, post: &NewsPost, route: &Route, content: &NewsPostPage) -> Frame {
    let parents = [(desk.word("news"), Route::NewsList(1))];
    let text = content.summary.clone().or_else(|| post.document.outline.first_paragraph.clone());
    let base = frame(desk, route, content.title.clone(), &parents);
    // Two posts of one title, a year apart, are told apart by their day.
    let same = desk.repeated_news_titles.contains(post.title.as_str());
    let head_title =
        if same { format!("{} ({})", base.head_title, content.date.text) } else { base.head_title.clone() };
    Frame {
        description: text.as_deref().and_then(description),
        section: desk.url(&Route::NewsList(1)),
        head_title,
        ..base
    }
}

pub(super) fn organisation(
    desk: &Desk<'_>,
    organisation: &Organisation,
    route: &Route,
    number: usize,
    content: &OrganisationPage,
) -> Frame {
    let mut parents = vec![(desk.word("organisations"), Route::Organisations)];
    if number > 1 {
        parents.push((content.name.clone(), Route::Organisation(organisation.id.clone(), 1)));
    }
    let text = match &content.kind {
        Some(kind) => format!("{} – {kind}", content.name),
        None => content.name.clone(),
    };
    let base = frame(desk, route, numbered(desk, content.name.clone(), number), &parents);
    // An organisation may be called like the site.
    let head_title = if content.name == desk.site_title {
        let page = format!("{} ({})", base.title, desk.word("organisation").to_lowercase());
        desk.phrases.phrase("head_title", &[("page", &page), ("site", &desk.site_title)])
    } else {
        base.head_title.clone()
    };
    Frame { description: description(&text), head_title, ..base }
}

pub(super) fn plain(desk: &Desk<'_>, page: &CataloguePlainPage, route: &Route, content: &PlainPage) -> Frame {
    let text = content.summary.clone().or_else(|| page.document.outline.first_paragraph.clone());
    Frame {
        description: text.as_deref().and_then(description),
        section: desk.url(route),
        ..frame(desk, route, desk.tidy(&page.title), &[])
    }
}

pub(super) fn not_found(desk: &Desk<'_>) -> Frame {
    let title = desk.word("not_found_title");
    Frame { canonical_absolute: None, noindex: true, ..frame(desk, &Route::NotFound, title, &[]) }
}

pub(super) fn redirect(desk: &Desk<'_>, route: &Route, target: &Route, content: &RedirectPage) -> Frame {
    Frame { canonical_absolute: desk.absolute(target), noindex: true, ..frame(desk, route, content.title.clone(), &[]) }
}
