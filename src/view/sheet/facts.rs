//! The facts card of a sheet: what is to be known at one glance, and what to do next.

use crate::catalogue::{Module, PrerequisiteRef};
use crate::document::Prerequisites;
use crate::entry::{Delivery, LocationKind, PriceEntry};
use crate::id::TermKind;
use crate::route::Route;
use crate::view::cards::{cities, duration_lines, format_lines, is_intra_only, price_condition, price_text};
use crate::view::desk::{Desk, capitalised};
use crate::view::module::{Fact, FactLine, NextBox, PriceLine};
use crate::view::parts::Action;

fn line(text: String) -> FactLine {
    FactLine { text, url: None, href: None, note: None }
}

fn fact(desk: &Desk<'_>, key: &'static str, label: &str, lines: Vec<FactLine>, notes: Vec<String>) -> Fact {
    Fact { key, label: desk.word(label), lines, notes, highlight: false }
}

/// The facts that are known, in the order of a sheet.
pub(super) fn facts(desk: &Desk<'_>, module: &Module) -> Vec<Fact> {
    let matter = module.matter();
    let mut facts = Vec::new();
    if let Some((main, notes)) = matter.duration.as_ref().and_then(|duration| duration_lines(desk, duration)) {
        facts.push(fact(desk, "duration", "fact_duration", vec![line(main)], notes));
    }
    facts.extend(price(desk, &matter.prices));
    facts.extend(format(desk, module));
    facts.extend(place(desk, module));
    facts.extend(audience(desk, module));
    facts.extend(prerequisites(desk, module));
    if !matter.sectors.is_empty() {
        let sectors: Vec<String> = matter.sectors.iter().map(|sector| desk.tidy(sector)).collect();
        facts.push(fact(desk, "sectors", "fact_sectors", vec![line(capitalised(&sectors.join(", ")))], Vec::new()));
    }
    facts.extend(level(desk, module));
    facts.extend(certification(desk, module));
    if let Some(lang) = matter.lang.as_ref().filter(|lang| lang.as_str() != desk.config.lang.code()) {
        facts.push(fact(desk, "language", "fact_language", vec![line(desk.tidy(lang))], Vec::new()));
    }
    facts
}

/// Each price with its condition below it; they are told in full among the terms when there are several.
fn price(desk: &Desk<'_>, prices: &[PriceEntry]) -> Option<Fact> {
    let first = prices.first()?;
    let lines = prices
        .iter()
        .map(|price| FactLine { note: price_condition(desk, price), ..line(price_text(desk, price)) })
        .collect();
    Some(Fact { highlight: first.price.free, ..fact(desk, "price", "fact_price", lines, Vec::new()) })
}

/// Every price with its condition.
pub(super) fn prices(desk: &Desk<'_>, prices: &[PriceEntry]) -> Vec<PriceLine> {
    let as_line = |price: &PriceEntry| PriceLine {
        text: price_text(desk, price),
        condition: price_condition(desk, price),
        free: price.price.free,
    };
    prices.iter().map(as_line).collect()
}

fn format(desk: &Desk<'_>, module: &Module) -> Option<Fact> {
    let matter = module.matter();
    let lines: Vec<FactLine> = format_lines(desk, matter).into_iter().map(line).collect();
    let mut notes: Vec<String> = desk.tidy_option(matter.delivery_text.as_ref()).into_iter().collect();
    if let Some(group) = &matter.group {
        let phrases = desk.phrases;
        notes.extend(match (group.min, group.max) {
            (Some(min), Some(max)) => {
                Some(phrases.phrase("group_range", &[("min", &min.to_string()), ("max", &max.to_string())]))
            }
            (None, Some(max)) => Some(phrases.count("people_at_most", max as usize)),
            (Some(min), None) => Some(phrases.count("people_at_least", min as usize)),
            (None, None) => desk.tidy_option(group.text.as_ref()),
        });
    }
    match (lines.is_empty(), notes.is_empty()) {
        (true, true) => None,
        // A group without a format is a fact of its own.
        (true, false) => Some(fact(desk, "group", "fact_group", notes.into_iter().map(line).collect(), Vec::new())),
        (false, _) => Some(fact(desk, "format", "fact_format", lines, notes)),
    }
}

fn place(desk: &Desk<'_>, module: &Module) -> Option<Fact> {
    let matter = module.matter();
    let cities = cities(module, desk);
    let mut lines = Vec::new();
    if !cities.is_empty() {
        lines.push(line(cities.join(", ")));
    }
    let mut notes = Vec::new();
    if let Some(location) = &matter.location {
        let words = desk.tidy_option(location.text.as_ref()).or_else(|| {
            Some(desk.word(match location.kind? {
                LocationKind::OnSite => "at_the_client",
                LocationKind::Provider => "at_the_provider",
                LocationKind::Remote => "format_remote",
                LocationKind::Other => return None,
            }))
        });
        lines.extend(words.map(line));
        notes.extend(desk.tidy_option(location.address.as_ref()));
    }
    let regions = desk.term_links(&module.regions);
    if matter.all_regions {
        notes.push(desk.word("everywhere"));
    } else if !regions.is_empty() {
        // Towns say their region; without one, the regions are the place.
        let links =
            regions.into_iter().map(|term| FactLine { text: term.label, url: Some(term.url), href: None, note: None });
        lines.extend(links);
    }
    notes.extend(desk.tidy_option(matter.priority_areas.as_ref()));
    if lines.is_empty() {
        lines = notes.drain(..).map(line).collect();
    }
    let label = if cities.len() > 1 { "fact_places" } else { "fact_place" };
    (!lines.is_empty()).then(|| fact(desk, "place", label, lines, notes))
}

fn audience(desk: &Desk<'_>, module: &Module) -> Option<Fact> {
    let matter = module.matter();
    let links = desk.term_links(module.terms(TermKind::Audience));
    let lines: Vec<FactLine> = links
        .into_iter()
        .map(|term| FactLine { text: term.label, url: Some(term.url), href: None, note: None })
        .collect();
    let text = desk.tidy_option(matter.audience_text.as_ref());
    let eligibility = desk.tidy_option(matter.eligibility.as_ref());
    let mut words: Vec<String> = text.into_iter().chain(eligibility).collect();
    let lines = if lines.is_empty() { words.drain(..).map(line).collect() } else { lines };
    (!lines.is_empty()).then(|| fact(desk, "audience", "fact_audience", lines, words))
}

fn prerequisites(desk: &Desk<'_>, module: &Module) -> Option<Fact> {
    let matter = module.matter();
    if matter.prerequisites == Prerequisites::Unsaid {
        return None;
    }
    if module.prerequisites.is_empty() {
        return Some(fact(
            desk,
            "prerequisites",
            "fact_prerequisites",
            vec![line(desk.word("no_prerequisite"))],
            Vec::new(),
        ));
    }
    let mut notes = Vec::new();
    let as_line = |needed: &PrerequisiteRef| {
        let linked = needed.module.as_ref().and_then(|id| desk.catalogue.modules.get(id));
        match linked {
            Some(target) => Some(FactLine {
                text: desk.tidy(&target.title),
                url: desk.table.url(&Route::Module(target.id.clone())),
                href: None,
                note: desk.tidy_option(needed.text.as_ref()),
            }),
            None => desk.tidy_option(needed.text.as_ref()).map(line),
        }
    };
    let lines: Vec<FactLine> = module.prerequisites.iter().filter_map(as_line).collect();
    if matter.any_prerequisite && lines.len() > 1 {
        notes.push(desk.word("path_any_note"));
    }
    Some(fact(desk, "prerequisites", "fact_prerequisites", lines, notes))
}

fn level(desk: &Desk<'_>, module: &Module) -> Option<Fact> {
    let level = module.matter().level.as_ref()?;
    let phrases = desk.phrases;
    let mut lines = Vec::new();
    if let Some(entry) = &level.entry {
        let key = if level.entry_required { "level_entry_required" } else { "level_entry" };
        lines.push(line(phrases.phrase(key, &[("level", &desk.tidy(entry))])));
    }
    if let Some(exit) = &level.exit {
        lines.push(line(phrases.phrase("level_exit", &[("level", &desk.tidy(exit))])));
    }
    (!lines.is_empty()).then(|| fact(desk, "level", "fact_level", lines, Vec::new()))
}

fn certification(desk: &Desk<'_>, module: &Module) -> Option<Fact> {
    let certification = module.matter().certification.as_ref()?;
    let title = desk.tidy_option(certification.title.as_ref());
    let number: Vec<&str> =
        [certification.register.as_deref(), certification.code.as_deref()].into_iter().flatten().collect();
    // "RS RS9999" says the register twice.
    let number = match number.as_slice() {
        [register, code] if code.starts_with(register) => (*code).to_owned(),
        parts => parts.join("\u{A0}"),
    };
    let number = (!number.is_empty()).then_some(number);
    let (lines, notes) = match title {
        Some(title) => (vec![line(title)], number.into_iter().collect()),
        None => (number.into_iter().map(line).collect(), Vec::new()),
    };
    (!lines.is_empty()).then(|| fact(desk, "certification", "fact_certification", lines, notes))
}

/// What stands at the top of the card: the next session, or why there is none.
pub(super) fn next_box(desk: &Desk<'_>, module: &Module) -> NextBox {
    let matter = module.matter();
    let empty = NextBox { key: "none", heading: String::new(), day: None, place: None, dates: Vec::new(), note: None };
    if matter.archived {
        return NextBox { key: "archived", heading: desk.word("archived_title"), ..empty };
    }
    if let Some(session) = module.next_session(desk.today()) {
        let city = desk.tidy_option(session.entry.city.as_ref());
        let remote = || session.entry.online_url.as_ref().map(|_| desk.word("virtual_class"));
        return NextBox {
            key: "session",
            heading: desk.word("next_session"),
            day: desk.day_block(&session.entry.days),
            place: city.or_else(remote).or_else(|| desk.tidy_option(session.entry.label.as_ref())),
            dates: desk.dates(&session.entry.days),
            note: None,
        };
    }
    let on_site = matter.location.as_ref().is_some_and(|location| location.kind == Some(LocationKind::OnSite));
    let together = Some(desk.word("dates_to_agree_together"));
    if is_intra_only(matter) {
        let place = Some(desk.word("at_the_client"));
        return NextBox { key: "on_site", heading: desk.word("format_intra_only"), place, note: together, ..empty };
    }
    if on_site {
        let place = Some(desk.word("at_the_client"));
        return NextBox { key: "on_site", heading: desk.word("dates_to_agree"), place, ..empty };
    }
    if !module.sessions.is_empty() {
        return NextBox { heading: desk.word("new_session_to_come"), ..empty };
    }
    NextBox { heading: desk.word("dates_to_agree"), ..empty }
}

/// The buttons: the main one first.
pub(super) fn actions(desk: &Desk<'_>, module: &Module) -> Vec<Action> {
    let matter = module.matter();
    if matter.archived {
        return Vec::new();
    }
    let title = desk.tidy(&module.title);
    let dated = module.coming_sessions(desk.today()).any(|session| !session.entry.days.is_empty() && !session.is_off());
    let mut actions = Vec::new();
    if dated {
        actions.push(action(desk.word("choose_date"), Some("#sessions".to_owned())));
    }
    let email = desk.email_about(module);
    let on_demand = matter.delivery.contains(&Delivery::Intra) || matter.prices.iter().any(|price| price.price.quote);
    if on_demand {
        if let Some(email) = &email {
            let subject = desk.phrases.phrase("mail_subject_quote", &[("title", &title)]);
            actions.push(action(desk.word("ask_quote"), Some(desk.mailto(email, &subject))));
        }
    } else if !dated {
        // The module's own address to enrol, else the usual mail.
        match (&matter.access.url, &email) {
            (Some(url), _) => {
                let link = desk.any_link(desk.word("register"), Some(&url.value), &module.document.path);
                actions.push(Action { label: link.label, context: None, href: link.href, url: link.url });
            }
            (None, Some(email)) => {
                let subject = desk.phrases.phrase("mail_subject_register", &[("title", &title)]);
                actions.push(action(desk.word("ask_session"), Some(desk.mailto(email, &subject))));
            }
            (None, None) => {}
        }
    }
    actions
}

fn action(label: String, href: Option<String>) -> Action {
    Action { label, context: None, href, url: None }
}

/// What the printed sheet ends with: the page's address, e-mail, telephone.
pub(super) fn print_lines(desk: &Desk<'_>, module: &Module, route: &Route) -> Vec<String> {
    let address = desk.absolute(route);
    let phone = desk.contacts(module).iter().find_map(|contact| contact.phone.as_ref()).map(|phone| desk.tidy(phone));
    let reach: Vec<String> = desk.email_about(module).into_iter().chain(phone).collect();
    let reach = (!reach.is_empty()).then(|| reach.join(" · "));
    address.into_iter().chain(reach).collect()
}
