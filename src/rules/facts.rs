//! [`Subject`]: a document with all that rules may see of it, and what its sections say.

use crate::catalogue::{Module, NewsPost, PlainPage};
use crate::document::{Body, Document, Fragment, ModuleMatter, SectionKind};
use crate::fold::fold;

use super::Site;
use super::sheet::{Duty, Met};

/// A document that is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    /// The site.
    pub(super) site: Site<'a>,
    /// The document.
    pub(super) document: &'a Document,
    /// What it is, if it is a module that lists show.
    pub(super) module: Option<&'a Module>,
    /// What it is, if it is a news post.
    pub(super) post: Option<&'a NewsPost>,
    /// What it is, if it is a plain page.
    pub(super) page: Option<&'a PlainPage>,
}

impl<'a> Subject<'a> {
    /// Every document that is published.
    pub(super) fn all(site: Site<'a>) -> impl Iterator<Item = Self> {
        let Site { catalogue, .. } = site;
        let of = move |document: &'a Document| Self { site, document, module: None, post: None, page: None };
        let modules = catalogue.modules.values().map(move |module| Self {
            module: Some(module).filter(|module| module.is_listed()),
            ..of(&module.document)
        });
        let news = catalogue.news.iter().map(move |post| Self { post: Some(post), ..of(&post.document) });
        let pages = catalogue.pages.iter().map(move |page| Self { page: Some(page), ..of(&page.document) });
        let terms = catalogue.terms.values().filter_map(|term| term.document.as_deref()).map(of);
        let organisations = catalogue.organisations.values();
        let organisations = organisations.filter_map(|one| one.document.as_deref()).map(of);
        let home = catalogue.home.as_deref().into_iter().map(of);
        modules.chain(news).chain(pages).chain(terms).chain(organisations).chain(home)
    }

    /// Which rules hold for it, if it is a module.
    pub(super) fn duty(&self) -> Option<Duty> {
        self.module.map(Duty::of)
    }
}

/// Whether a sheet says something about `kind`, in its front matter or under a heading of its text.
pub(super) fn says(matter: &ModuleMatter, body: &Body, kind: SectionKind) -> bool {
    let in_front = matter.sections.iter().filter(|section| section.kind == Some(kind));
    let in_front =
        in_front.into_iter().any(|section| !section.prose.text.trim().is_empty() || !section.steps.is_empty());
    in_front || body.all_sections().any(|section| section.kinds.contains(&kind) && !section.is_empty())
}

/// Every word of a sheet, folded, with those that stand elsewhere.
pub(super) fn words_of(module: &Module, body: &Body, others: impl Iterator<Item = String>) -> String {
    let mut words = String::new();
    let mut add = |text: &str| {
        words.push(' ');
        words.push_str(&fold(text));
    };
    for section in &module.matter().sections {
        add(&section.prose.text);
        section.steps.iter().for_each(|step| add(&step.prose.text));
    }
    others.for_each(|text| add(&text));
    let fragments = body.lead.iter().chain(body.all_sections().flat_map(|section| &section.content));
    for fragment in fragments {
        if let Fragment::Html(html) = fragment {
            add(&without_tags(html));
        }
    }
    body.all_sections().for_each(|section| add(&section.title));
    words.push(' ');
    words
}

/// Whether folded words hold this one, or these, whole.
pub(super) fn says_word(words: &str, wanted: &str) -> bool {
    words.contains(&format!(" {wanted} ")) || words.contains(&format!(" {wanted}s "))
}

/// The words of a piece of HTML, its entities as they are.
pub(super) fn without_tags(html: &str) -> String {
    let mut pieces = html.split('<');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
    }
    text
}

/// Where something is said that the sheet may say itself or inherit.
pub(super) fn met(by_sheet: bool, by_site: bool) -> Option<Met> {
    match (by_sheet, by_site) {
        (true, _) => Some(Met::BySheet),
        (false, true) => Some(Met::BySite),
        (false, false) => None,
    }
}
