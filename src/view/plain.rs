//! Plain pages, the page of all pages, not found, moved.

use crate::catalogue::{Catalogue, PlainPage as CataloguePlainPage};
use crate::config::AddressKey;
use crate::document::OrganisationMatter;
use crate::fold::fold;
use crate::id::{PlainPageId, TermKind};
use crate::route::Route;

use super::desk::{Desk, Spot};
use super::glossary::Glossary;
use super::module::ContentsEntry;
use super::organisation::grouped;
use super::pages::{NotFoundPage, OrganisationFact, PlainPage, RedirectPage, SelectionPage, SiteMapGroup, SiteMapPage};
use super::parts::{AnyLink, Html, PageLink};

pub(super) fn page(desk: &Desk<'_>, page: &CataloguePlainPage, spot: Spot<'_>) -> PlainPage {
    let matter = page.matter();
    let body = spot.body();
    let mut text = desk.body(body, spot);
    Glossary::new(desk).explain(&mut text);
    PlainPage {
        identity: if desk.legal_notice == Some(&page.id) { identity(desk) } else { Vec::new() },
        summary: desk.tidy_option(matter.summary.as_ref()),
        body: text,
        footnotes: Html(desk.fill(&body.footnotes, &body.links, spot)),
        contents: body
            .sections
            .iter()
            .map(|section| ContentsEntry { id: section.id.clone(), label: section.title.clone() })
            .collect(),
        documents: matter.documents.iter().filter_map(|entry| desk.document(entry, spot.file)).collect(),
        updated: matter.updated.map(|date| desk.date(date)),
    }
}

/// The page that says who publishes the site: the first that is called so.
pub(super) fn legal_notice(catalogue: &Catalogue) -> Option<&PlainPageId> {
    let is_called_so = |page: &&CataloguePlainPage| {
        let named = fold(&format!("{} {}", page.slug.as_str().replace('-', " "), page.title));
        named.contains("mentions legales") || named.contains("legal notice")
    };
    catalogue.pages.iter().find(is_called_so).map(|page| &page.id)
}

/// Publisher, director of publication, host: what the settings say of them, and the provider where they do not.
fn identity(desk: &Desk<'_>) -> Vec<OrganisationFact> {
    let legal = &desk.config.legal;
    let provider = desk.catalogue.provider.as_ref().and_then(|id| desk.catalogue.organisations.get(id));
    let provider = provider.and_then(|organisation| organisation.matter());
    let own = |of_settings: &Option<String>, of_provider: fn(&OrganisationMatter) -> &Option<String>| {
        of_settings.clone().or_else(|| of_provider(provider?).clone())
    };
    let mut facts = Vec::new();
    let mut add = |word: &str, value: Option<AnyLink>| {
        facts.extend(value.map(|value| OrganisationFact { label: desk.word(word), value }));
    };
    let words = |text: Option<String>| text.map(|text| AnyLink { label: desk.tidy(&text), url: None, href: None });
    let email = own(&legal.email, |matter| &matter.email);
    let nda = own(&legal.nda, |matter| &matter.nda);
    add("legal_name", words(own(&legal.name, |matter| &matter.legal_name)));
    add("legal_form", words(own(&legal.form, |matter| &matter.legal_form)));
    add("address", words(own(&legal.address, |matter| &matter.address)));
    add("phone", own(&legal.phone, |matter| &matter.phone).map(|phone| desk.phone(&phone)));
    add("email", email.map(|email| desk.email(&email)));
    add("siret", words(own(&legal.siret, |matter| &matter.siret).map(|siret| grouped(&siret, &[3, 3, 3, 5]))));
    add("vat_number", words(own(&legal.vat, |matter| &matter.vat)));
    add("nda", nda.map(|nda| AnyLink { label: registration(desk, &nda), url: None, href: None }));
    add("director", words(legal.director.clone()));
    let host: Vec<&str> = legal.host.parts().collect();
    add("host", words((!host.is_empty()).then(|| host.join(", "))));
    facts
}

/// The number of a provider's registration, in the one sentence that the law allows (code du travail, L6352-12).
pub(super) fn registration(desk: &Desk<'_>, nda: &str) -> String {
    match desk.config.legal.nda_text.as_ref().filter(|text| text.contains(nda)) {
        Some(text) => desk.tidy(text),
        None => desk.phrases.phrase("registration", &[("nda", nda)]),
    }
}

pub(super) fn site_map(desk: &Desk<'_>) -> SiteMapPage {
    let catalogue = desk.catalogue;
    let mut groups = Vec::new();
    let mut add = |word: &str, route: Option<Route>, pages: Vec<PageLink>| {
        if !pages.is_empty() {
            groups.push(SiteMapGroup {
                title: desk.word(word),
                url: route.and_then(|route| desk.table.url(&route)),
                pages,
            });
        }
    };
    let modules = catalogue.listed.iter().filter_map(|id| catalogue.modules.get(id));
    let modules = modules.filter_map(|m| desk.link(desk.tidy(&m.title), &Route::Module(m.id.clone())));
    add("modules", Some(Route::Catalogue(1)), modules.collect());
    for kind in TermKind::ALL {
        let terms = catalogue.terms_of(kind).into_iter();
        let links = terms.filter_map(|term| desk.link(desk.tidy(&term.title), &Route::Term(term.id.clone(), 1)));
        add(kind.key(), Some(Route::TermIndex(kind)), links.collect());
    }
    add(
        "sessions",
        Some(Route::Sessions(1)),
        desk.link(desk.word("session_calendar"), &Route::Sessions(1)).into_iter().collect(),
    );
    let pathways = (0..catalogue.pathways.len()).filter_map(|index| super::pathways::link(desk, index));
    add("pathways", Some(Route::Pathways(1)), pathways.collect());
    let news = catalogue.news.iter();
    let news = news.filter_map(|post| desk.link(desk.tidy(&post.title), &Route::NewsPost(post.id.clone())));
    add("news", Some(Route::NewsList(1)), news.collect());
    let organisations = catalogue.organisations.values();
    let organisations =
        organisations.filter_map(|one| desk.link(desk.tidy(&one.name), &Route::Organisation(one.id.clone(), 1)));
    add("organisations", Some(Route::Organisations), organisations.collect());
    let pages = catalogue.pages.iter();
    let pages = pages.filter_map(|page| desk.link(desk.tidy(&page.title), &Route::PlainPage(page.id.clone())));
    add("pages", None, pages.collect());
    SiteMapPage { groups }
}

pub(super) fn selection(desk: &Desk<'_>) -> SelectionPage {
    let modules_url = format!("{}/", desk.config.addresses.get(AddressKey::Modules));
    SelectionPage {
        modules_url,
        picks_parameter: super::find::picks_parameter(desk.config.lang),
        email: desk.email_of_site(),
    }
}

pub(super) fn not_found(desk: &Desk<'_>) -> NotFoundPage {
    let links = [
        ("home", Route::Home),
        ("catalogue", Route::Catalogue(1)),
        ("sessions", Route::Sessions(1)),
        ("news", Route::NewsList(1)),
        ("site_map", Route::SiteMap),
    ];
    NotFoundPage { links: links.into_iter().filter_map(|(word, route)| desk.link(desk.word(word), &route)).collect() }
}

pub(super) fn redirect(desk: &Desk<'_>, target: &Route) -> Option<RedirectPage> {
    let title = match target {
        Route::Module(id) => desk.catalogue.modules.get(id)?.title.clone(),
        Route::NewsPost(id) => desk.post(id)?.1.title.clone(),
        Route::PlainPage(id) => desk.plain_page(id)?.title.clone(),
        _ => return None,
    };
    Some(RedirectPage { title: desk.tidy(&title), url: desk.table.url(target)? })
}
