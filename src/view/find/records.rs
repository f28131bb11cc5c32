//! What the index is made of: texts, and words that mean the same.

use crate::catalogue::{Module, NewsPost, PlainPage};
use crate::document::Bodies;
use crate::id::{TermId, TermKind};
use crate::route::FoundList;
use crate::search::{Part, Record, Synonyms};

use crate::view::cards::{kind_word, summary};
use crate::view::desk::Desk;

use super::files::n_entries;
use super::plain_text::Plain;

/// How many texts can be found.
pub fn n_records(desk: &Desk<'_>) -> usize {
    n_entries(desk, FoundList::Modules) + n_entries(desk, FoundList::Others)
}

/// A text that can be found: modules in the order of the catalogue, then news, then plain pages, as in the files of
/// entries.
pub fn record(desk: &Desk<'_>, bodies: &Bodies, number: usize) -> Record {
    let modules = desk.ranked(None);
    let news = &desk.catalogue.news;
    let found = match number.checked_sub(modules.len()) {
        None => desk.catalogue.modules.get(modules[number]).map(|module| of_module(desk, bodies, module)),
        Some(after) => match after.checked_sub(news.len()) {
            None => Some(of_post(desk, bodies, &news[after])),
            Some(after) => desk.catalogue.pages.get(after).map(|page| of_page(bodies, page)),
        },
    };
    found.unwrap_or_default()
}

fn of_module(desk: &Desk<'_>, bodies: &Bodies, module: &Module) -> Record {
    let matter = module.matter();
    let mut plain = Plain::of_body(bodies.get(&module.document.path));
    plain.front(matter);
    let mut names: Vec<String> = matter.subtitle.iter().chain(&matter.code).chain(&matter.labels).cloned().collect();
    names.extend(matter.series.as_ref().map(|series| series.name.clone()));
    let mut terms = titles(desk, TermKind::ALL.into_iter().flat_map(|kind| module.terms(kind)));
    terms.extend(matter.sectors.iter().cloned());
    terms.extend(module.sessions.iter().filter_map(|session| session.entry.city.clone()));
    let behind = module.provider.iter().chain(&module.partners).chain(&module.funders);
    terms.extend(behind.filter_map(|part| Some(desk.catalogue.organisations.get(&part.organisation)?.name.clone())));
    terms.push(kind_word(desk, matter));
    for step in &module.steps {
        let named = step.module.as_ref().and_then(|id| desk.catalogue.modules.get(id));
        plain.paragraphs.extend(named.map(|module| module.title.clone()).into_iter().chain(step.text.clone()));
    }
    plain.paragraphs.extend(matter.audience_text.clone());
    plain.paragraphs.extend(matter.highlights.iter().cloned());
    parts(&module.title, names, terms, summary(desk, module), plain)
}

fn of_post(desk: &Desk<'_>, bodies: &Bodies, post: &NewsPost) -> Record {
    let matter = post.matter();
    let terms = titles(desk, post.topics.iter()).into_iter().chain(matter.tags.iter().cloned()).collect();
    let summary = matter.summary.clone().or_else(|| post.document.outline.first_paragraph.clone());
    parts(&post.title, Vec::new(), terms, summary, Plain::of_body(bodies.get(&post.document.path)))
}

fn of_page(bodies: &Bodies, page: &PlainPage) -> Record {
    let summary = page.matter().summary.clone();
    parts(&page.title, Vec::new(), Vec::new(), summary, Plain::of_body(bodies.get(&page.document.path)))
}

fn parts(title: &str, names: Vec<String>, terms: Vec<String>, summary: Option<String>, plain: Plain) -> Record {
    let parts = [
        (Part::Title, title.to_owned()),
        (Part::Name, names.join(" · ")),
        (Part::Term, terms.join(" · ")),
        (Part::Summary, summary.unwrap_or_default()),
        (Part::Heading, plain.headings.join(" · ")),
        (Part::Text, plain.paragraphs.join("\n")),
    ];
    Record { parts: parts.into_iter().filter(|(_, text)| !text.is_empty()).collect() }
}

fn titles<'t>(desk: &Desk<'_>, terms: impl Iterator<Item = &'t TermId>) -> Vec<String> {
    terms.filter_map(|id| Some(desk.catalogue.terms.get(id)?.title.clone())).collect()
}

/// The paragraphs in which found words are shown.
pub(super) fn shown_text(record: &Record) -> String {
    let text = record.parts.iter().find(|(part, _)| *part == Part::Text);
    text.map(|(_, text)| text.clone()).unwrap_or_default()
}

/// Words that mean the same: acronyms of the glossary, terms with their synonyms, organisations with their acronyms.
pub fn synonyms(desk: &Desk<'_>) -> Vec<Synonyms> {
    let mut groups: Vec<Synonyms> = Vec::new();
    groups.extend(desk.config.glossary.iter().map(|(acronym, meaning)| vec![acronym.clone(), meaning.clone()]));
    for term in desk.catalogue.terms.values().filter(|term| !term.modules.is_empty()) {
        let mut names = vec![term.title.clone()];
        names.extend(term.synonyms.iter().cloned());
        groups.push(names);
    }
    for organisation in desk.catalogue.organisations.values() {
        let acronym = organisation.matter().and_then(|matter| matter.acronym.clone());
        groups.push([Some(organisation.name.clone()), acronym].into_iter().flatten().collect());
    }
    groups.retain(|names| names.len() > 1);
    groups
}
