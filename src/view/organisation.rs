//! Organisations: the list and the pages.

use crate::catalogue::Organisation;
use crate::document::Bodies;
use crate::id::ModuleId;
use crate::lang::Lang;
use crate::route::Route;

use super::cards::news_card;
use super::desk::{Desk, Spot, capitalised};
use super::listing::pagination;
use super::pages::{OrganisationFact, OrganisationListPage, OrganisationModules, OrganisationPage, OrganisationTile};
use super::parts::{AnyLink, Html, NewsCard};

pub(super) fn list(desk: &Desk<'_>) -> OrganisationListPage {
    let mut organisations: Vec<OrganisationTile> = desk
        .catalogue
        .organisations
        .values()
        .filter_map(|organisation| {
            let count = organisation.n_modules();
            Some(OrganisationTile {
                name: desk.tidy(&organisation.name),
                url: desk.table.url(&Route::Organisation(organisation.id.clone(), 1))?,
                kind: kind(desk, organisation),
                count_text: if count == 0 { String::new() } else { desk.phrases.count("modules", count) },
            })
        })
        .collect();
    let order = crate::catalogue::title_order(desk.config.lang);
    organisations.sort_by(|one, two| order(&one.name, &two.name));
    OrganisationListPage { organisations }
}

fn kind(desk: &Desk<'_>, organisation: &Organisation) -> Option<String> {
    desk.tidy_option(organisation.matter()?.kind.as_ref()).map(|kind| capitalised(&kind))
}

pub(super) fn page(
    desk: &Desk<'_>,
    bodies: &Bodies,
    organisation: &Organisation,
    number: usize,
    route: &Route,
    root: &str,
) -> OrganisationPage {
    let matter = organisation.matter();
    let is_first = number == 1;
    let (body, footnotes) = match organisation.document.as_deref().filter(|_| is_first) {
        Some(document) => {
            let spot = Spot { file: &document.path, route, bodies, root, anchors_need_page: false };
            let text = spot.body();
            let described =
                matter.and_then(|matter| matter.description.as_ref()).map(|prose| desk.prose(prose, spot).0);
            let body = desk.body(text, spot).0;
            let notes = desk.fill(&text.footnotes, &text.links, spot);
            (Html(described.unwrap_or_default() + &body), Html(notes))
        }
        None => (Html::default(), Html::default()),
    };
    let logo = matter.and_then(|matter| matter.logo.as_ref());
    let file = organisation.document.as_ref().map(|document| &document.path);
    OrganisationPage {
        name: desk.tidy(&organisation.name),
        acronym: matter
            .and_then(|matter| desk.tidy_option(matter.acronym.as_ref()))
            .filter(|acronym| is_first && *acronym != organisation.name),
        kind: kind(desk, organisation),
        logo: logo.zip(file).and_then(|(logo, file)| desk.image(logo, file)),
        body,
        footnotes,
        facts: if is_first { facts(desk, organisation) } else { Vec::new() },
        groups: groups(desk, organisation, number),
        pagination: pagination(desk, number, |number| Route::Organisation(organisation.id.clone(), number)),
        more_news: is_first
            && desk.news_from.get(&organisation.id).is_some_and(|all| all.len() > desk.config.page_size),
        news: if is_first { news(desk, organisation) } else { Vec::new() },
    }
}

/// The modules of one page: all parts are one sequence, which is cut into pages, and each page is grouped again.
fn groups(desk: &Desk<'_>, organisation: &Organisation, number: usize) -> Vec<OrganisationModules> {
    let size = desk.config.page_size;
    let (mut before, mut room) = ((number - 1) * size, size);
    let mut group = |word: &str, modules: &[ModuleId]| {
        let from = before.min(modules.len());
        let here = &modules[from..(from + room).min(modules.len())];
        before -= from;
        room -= here.len();
        let cards: Vec<_> = here.iter().filter_map(|id| desk.card(id)).collect();
        (!cards.is_empty()).then(|| OrganisationModules { title: desk.word(word), cards })
    };
    [
        group("modules_provided", &organisation.provides),
        group("modules_partnered", &organisation.shares),
        group("modules_funded", &organisation.funds),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The news posts that come from it, the latest first.
fn news(desk: &Desk<'_>, organisation: &Organisation) -> Vec<NewsCard> {
    let posts = desk.news_from.get(&organisation.id).into_iter().flatten();
    posts.take(desk.config.page_size).map(|post| news_card(desk, post)).collect()
}

fn facts(desk: &Desk<'_>, organisation: &Organisation) -> Vec<OrganisationFact> {
    let Some(matter) = organisation.matter() else { return Vec::new() };
    let mut facts: Vec<OrganisationFact> = Vec::new();
    let mut add = |label: &str, value: Option<AnyLink>| {
        facts.extend(value.map(|value| OrganisationFact { label: desk.word(label), value }));
    };
    let words = |text: Option<&String>| desk.tidy_option(text).map(|label| AnyLink { label, url: None, href: None });
    add("legal_name", words(matter.legal_name.as_ref()));
    add("legal_form", words(matter.legal_form.as_ref()));
    let parent = organisation.parent.as_ref().and_then(|id| desk.catalogue.organisations.get(id));
    add(
        "parent",
        parent.map(|parent| AnyLink {
            label: desk.tidy(&parent.name),
            url: desk.table.url(&Route::Organisation(parent.id.clone(), 1)),
            href: None,
        }),
    );
    add("address", words(matter.address.as_ref()));
    add("phone", matter.phone.as_ref().map(|phone| desk.phone(phone)));
    add("email", matter.email.as_ref().map(|email| desk.email(email)));
    add(
        "website",
        matter.url.as_ref().map(|url| AnyLink {
            label: url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned(),
            url: None,
            href: Some(url.clone()).filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        }),
    );
    add("siret", words(matter.siret.as_ref().map(|siret| grouped(siret, &[3, 3, 3, 5])).as_ref()));
    add(
        "siren",
        words(
            matter.siren.as_ref().filter(|_| matter.siret.is_none()).map(|siren| grouped(siren, &[3, 3, 3])).as_ref(),
        ),
    );
    add("vat_number", words(matter.vat.as_ref()));
    // The number may be printed in one legal sentence only (code du travail, L6352-12).
    add("nda", words(matter.nda.as_ref().map(|nda| desk.phrases.phrase("registration", &[("nda", nda)])).as_ref()));
    if let Some(qualiopi) = &matter.qualiopi {
        let number = qualiopi.certificate_number.as_ref().map(|number| certificate(desk, number, &qualiopi.categories));
        let file = organisation.document.as_ref().map(|document| &document.path);
        let target = qualiopi.certificate_file.as_ref().map(|named| named.value.as_str());
        let link = number.zip(file).map(|(label, file)| desk.any_link(label, target, file));
        add("certificate", link);
        add("certifier", words(qualiopi.certifier.as_ref()));
        let valid = qualiopi.valid_from.zip(qualiopi.valid_to).map(|(from, to)| {
            desk.phrases.phrase("valid_from_to", &[("from", &desk.date(from).text), ("to", &desk.date(to).text)])
        });
        add("validity", words(valid.as_ref()));
    }
    facts
}

/// The sentence of a certificate, with the categories of action that it was given for.
pub(super) fn certificate(desk: &Desk<'_>, number: &str, categories: &[String]) -> String {
    match enumerated(desk, categories) {
        Some(categories) => desk.phrases.phrase("certificate_for", &[("number", number), ("categories", &categories)]),
        None => desk.phrases.phrase("certificate_number", &[("number", number)]),
    }
}

/// The sentence that stands beside the mark, in the form that its charter gives.
pub(super) fn categories(desk: &Desk<'_>, categories: &[String]) -> Option<String> {
    let phrase = if categories.len() == 1 { "mark_category" } else { "mark_categories" };
    Some(desk.phrases.phrase(phrase, &[("categories", &enumerated(desk, categories)?)]))
}

/// Categories of action, one behind the other.
fn enumerated(desk: &Desk<'_>, categories: &[String]) -> Option<String> {
    let conjunction = if desk.config.lang == Lang::French { " et " } else { " and " };
    let categories: Vec<String> = categories.iter().map(|category| desk.tidy(category)).collect();
    match categories.as_slice() {
        [] => None,
        [first @ .., last] if !first.is_empty() => Some(format!("{}{conjunction}{last}", first.join(", "))),
        all => Some(all.join(", ")),
    }
}

/// Digits in groups, as such numbers are printed; anything else as it is written.
pub(super) fn grouped(number: &str, sizes: &[usize]) -> String {
    let digits: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != sizes.iter().sum::<usize>() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = digits.as_str();
    for size in sizes {
        let (group, after) = rest.split_at(*size);
        groups.push(group);
        rest = after;
    }
    groups.join("\u{A0}")
}
