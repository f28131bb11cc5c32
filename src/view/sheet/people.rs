//! Who is behind a module: trainers and organisations.

use crate::catalogue::{Module, Part};
use crate::document::Fragment;
use crate::entry::Trainer;
use crate::fold::fold;
use crate::id::OrganisationId;
use crate::route::Route;
use crate::view::desk::{Desk, Spot, capitalised};
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
    let org = person.org.as_ref().map(|org| organisation_name(desk, org));
    let rest: Vec<String> = org.into_iter().chain(desk.tidy_option(person.bio.as_ref())).collect();
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
pub(super) fn organisations(desk: &Desk<'_>, module: &Module, spot: Spot<'_>) -> Vec<OrganisationNote> {
    let mut notes = Vec::new();
    let described = |part: &Part, word: &str| note(desk, part, word, Some(spot));
    notes.extend(module.provider.iter().filter_map(|part| {
        // The site's own provider needs no introduction on each of its sheets.
        let is_known = desk.catalogue.provider.as_ref() == Some(&part.organisation);
        note(desk, part, "role_provider", (!is_known).then_some(spot))
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
    // Those that play one part stand together: the part is named once.
    let roles: Vec<String> = notes.iter().map(|note| note.role.clone()).collect();
    notes.sort_by_key(|note| roles.iter().position(|role| *role == note.role));
    notes
}

/// The name of an organisation that a text names, by its id for example.
pub(super) fn organisation_name(desk: &Desk<'_>, name: &str) -> String {
    desk.tidy(desk.organisation_called(name).map_or(name, |organisation| organisation.name.as_str()))
}

fn organisation_link(desk: &Desk<'_>, name: &str) -> Option<AnyLink> {
    desk.organisation_called(name).and_then(|organisation| link(desk, &organisation.id))
}

fn link(desk: &Desk<'_>, id: &OrganisationId) -> Option<AnyLink> {
    let organisation = desk.catalogue.organisations.get(id)?;
    let url = desk.table.url(&Route::Organisation(id.clone(), 1))?;
    Some(AnyLink { label: desk.tidy(&organisation.name), url: Some(url), href: None })
}

fn note(desk: &Desk<'_>, part: &Part, word: &str, described_at: Option<Spot<'_>>) -> Option<OrganisationNote> {
    let organisation = desk.catalogue.organisations.get(&part.organisation)?;
    let role = desk.tidy_option(part.role.as_ref()).unwrap_or_else(|| desk.word(word));
    let description = described_at.map(|spot| description(desk, &part.organisation, spot)).unwrap_or_default();
    Some(OrganisationNote {
        role: capitalised(&role),
        name: desk.tidy(&organisation.name),
        link: link(desk, &part.organisation),
        text: desk.tidy_option(part.text.as_ref()),
        description,
    })
}

/// The opening of an organisation's own page: its headings and notes stay there, where their anchors are.
fn description(desk: &Desk<'_>, id: &OrganisationId, shown: Spot<'_>) -> Html {
    let Some(organisation) = desk.catalogue.organisations.get(id) else { return Html::default() };
    let Some(document) = &organisation.document else { return Html::default() };
    let route = Route::Organisation(id.clone(), 1);
    let spot = Spot { file: &document.path, route: &route, anchors_need_page: true, ..shown };
    let body = spot.body();
    let described = organisation.matter().and_then(|matter| matter.description.as_ref());
    let described = described.map(|prose| desk.prose(prose, spot).0).unwrap_or_default();
    let has_note = body.lead.iter().any(|fragment| matches!(fragment, Fragment::Html(html) if html.contains("id=\"")));
    if has_note {
        return Html(described);
    }
    Html(described + &desk.fill(&body.lead, &body.links, spot))
}
