//! Who is behind a module: trainers and organisations.

use crate::catalogue::{Module, Part};
use crate::document::Fragment;
use crate::entry::Trainer;
use crate::fold::fold;
use crate::id::OrganisationId;
use crate::route::Route;
use crate::view::desk::{Desk, Spot};
use crate::view::module::{OrganisationNote, TrainersBlock};
use crate::view::parts::{AnyLink, Html, TrainerCard};

/// Who trains, where it is said.
pub(super) fn trainers(desk: &Desk<'_>, module: &Module) -> Option<TrainersBlock> {
    let trainers = &module.matter().trainers;
    if trainers.is_empty() {
        return None;
    }
    let people = trainers.people.iter().filter_map(|person| card(desk, person)).collect();
    Some(TrainersBlock { text: desk.tidy_option(trainers.text.as_ref()), people })
}

fn card(desk: &Desk<'_>, person: &Trainer) -> Option<TrainerCard> {
    let role = desk.tidy_option(person.role.as_ref());
    let named = desk.tidy_option(person.name.as_ref());
    let rest: Vec<String> =
        [&person.org, &person.bio].into_iter().filter_map(|text| desk.tidy_option(text.as_ref())).collect();
    let (name, mut details) = match (named, role) {
        (Some(name), role) => (name, role.into_iter().collect::<Vec<_>>()),
        (None, Some(role)) => (role, Vec::new()),
        (None, None) => (rest.first()?.clone(), Vec::new()),
    };
    details.extend(rest.into_iter().filter(|text| *text != name));
    Some(TrainerCard {
        initials: initials(&name),
        detail: (!details.is_empty()).then(|| details.join(", ")),
        // "Formateur pair" says it already.
        peer: person.pair && !fold(&name).split(' ').any(|word| word.starts_with("pair")),
        name,
    })
}

/// The first letters of the first and last long words: small words are left out.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split([' ', '-', '’', '\u{A0}']).filter(|word| word.chars().count() > 2).collect();
    let first = words.first().and_then(|word| word.chars().next());
    let last = words.get(1).and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Provider, partners and funders, each with the part it plays.
pub(super) fn organisations(desk: &Desk<'_>, module: &Module) -> Vec<OrganisationNote> {
    let mut notes = Vec::new();
    let described = |part: &Part, word: &str| note(desk, part, word, true);
    notes.extend(module.provider.iter().filter_map(|part| {
        // The site's own provider needs no introduction on each of its sheets.
        note(desk, part, "role_provider", desk.catalogue.provider.as_ref() != Some(&part.organisation))
    }));
    if let Some(named) = &module.matter().subcontracted_for {
        notes.push(OrganisationNote {
            role: desk.word("role_subcontracted_for"),
            name: organisation_name(desk, &named.value),
            link: organisation_link(desk, &named.value),
            text: None,
            description: Html::default(),
        });
    }
    notes.extend(module.partners.iter().filter_map(|part| described(part, "role_partner")));
    notes.extend(module.funders.iter().filter_map(|part| described(part, "role_funder")));
    notes
}

fn find<'a>(desk: &'a Desk<'_>, name: &str) -> Option<&'a crate::catalogue::Organisation> {
    let folded = fold(name);
    desk.catalogue.organisations.values().find(|known| fold(&known.name) == folded || known.id.as_str() == name)
}

fn organisation_name(desk: &Desk<'_>, name: &str) -> String {
    desk.tidy(find(desk, name).map_or(name, |organisation| organisation.name.as_str()))
}

fn organisation_link(desk: &Desk<'_>, name: &str) -> Option<AnyLink> {
    find(desk, name).and_then(|organisation| link(desk, &organisation.id))
}

fn link(desk: &Desk<'_>, id: &OrganisationId) -> Option<AnyLink> {
    let organisation = desk.catalogue.organisations.get(id)?;
    let url = desk.table.url(&Route::Organisation(id.clone()))?;
    Some(AnyLink { label: desk.tidy(&organisation.name), url: Some(url), href: None })
}

fn note(desk: &Desk<'_>, part: &Part, word: &str, with_description: bool) -> Option<OrganisationNote> {
    let organisation = desk.catalogue.organisations.get(&part.organisation)?;
    let role = desk.tidy_option(part.role.as_ref()).unwrap_or_else(|| desk.word(word));
    let description = if with_description { description(desk, &part.organisation) } else { Html::default() };
    Some(OrganisationNote {
        role: capitalised(&role),
        name: desk.tidy(&organisation.name),
        link: link(desk, &part.organisation),
        text: desk.tidy_option(part.text.as_ref()),
        description,
    })
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// The opening of an organisation's own page: its headings and notes stay there, where their anchors are.
fn description(desk: &Desk<'_>, id: &OrganisationId) -> Html {
    let Some(document) = desk.catalogue.organisations.get(id).and_then(|organisation| organisation.document.as_ref())
    else {
        return Html::default();
    };
    let route = Route::Organisation(id.clone());
    // Shown on a module's page, one level as deep as the organisation's own.
    let spot = Spot { file: &document.path, route: &route, root: "../../", anchors_need_page: true };
    let has_note =
        document.body.lead.iter().any(|fragment| matches!(fragment, Fragment::Html(html) if html.contains("id=\"")));
    if has_note {
        return Html::default();
    }
    Html(desk.fill(&document.body.lead, &document.body.links, spot))
}
