//! Cards and tiles: the small forms in which modules, terms and news stand on every page.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalogue::{Module, Session, Term};
use crate::document::{Kind, Mode, ModuleMatter};
use crate::entry::{Delivery, PriceEntry, SessionStatus};
use crate::fold::fold;
use crate::id::{ModuleId, TermKind};
use crate::route::Route;
use crate::value::{Decimal, Duration, MeetingCount, PriceUnit, Vat};

use super::desk::Desk;
use super::parts::{CardSession, Meta, ModuleCard, NewsCard, PageLink, RegionTile, State, TermTile};

/// How many towns a card names.
const CITIES: usize = 12;

/// The card of every module that lists show.
pub(super) fn all(desk: &Desk<'_>) -> HashMap<ModuleId, Arc<ModuleCard>> {
    let modules: Vec<&Module> = desk.catalogue.listed.iter().filter_map(|id| desk.catalogue.modules.get(id)).collect();
    let cards = modules.into_par_iter().enumerate();
    cards.map(|(number, module)| (module.id.clone(), Arc::new(card(desk, number, module)))).collect()
}

fn card(desk: &Desk<'_>, number: usize, module: &Module) -> ModuleCard {
    let matter = module.matter();
    let topic = desk.first_topic(module);
    let next = module.next_session(desk.today());
    let next = next.and_then(|session| {
        Some(CardSession {
            day: desk.day_block(&session.entry.days)?,
            dates: desk.dates(&session.entry.days),
            state: state(desk, session),
        })
    });
    ModuleCard {
        number,
        title: desk.tidy(&module.title),
        subtitle: desk.tidy_option(matter.subtitle.as_ref()),
        url: desk.url(&Route::Module(module.id.clone())),
        kind: (matter.kind != Kind::Training || matter.kind_text.is_some()).then(|| kind_word(desk, matter)),
        topic: topic.map(|term| desk.tidy(&term.title)),
        hue: desk.hue(topic),
        emblem: desk.emblem(topic),
        summary: summary(desk, module),
        labels: matter.labels.iter().map(|label| desk.tidy(label)).collect(),
        metas: metas(desk, module),
        undated: next.is_none().then(|| undated_word(desk, module)),
        next,
    }
}

/// The summary of a module: its own, or its first paragraph.
pub(super) fn summary(desk: &Desk<'_>, module: &Module) -> Option<String> {
    let own = desk.tidy_option(module.matter().summary.as_ref());
    own.or_else(|| module.document.outline.first_paragraph.clone())
}

/// "Formation", "Groupe de travail", or the author's own word.
pub(super) fn kind_word(desk: &Desk<'_>, matter: &ModuleMatter) -> String {
    match &matter.kind_text {
        Some(text) => desk.tidy(text),
        None => desk.word(&format!("kind_{}", kind_key(matter.kind))),
    }
}

/// The name of a kind in templates and words.
pub(super) fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Training => "training",
        Kind::Support => "support",
        Kind::WorkGroup => "work_group",
        Kind::Conference => "conference",
        Kind::Pathway => "pathway",
    }
}

fn undated_word(desk: &Desk<'_>, module: &Module) -> String {
    if is_intra_only(module.matter()) { desk.word("format_intra_only") } else { desk.word("dates_to_agree") }
}

/// Only on the client's premises.
pub(super) fn is_intra_only(matter: &ModuleMatter) -> bool {
    !matter.delivery.is_empty() && matter.delivery.iter().all(|delivery| *delivery == Delivery::Intra)
}

fn metas(desk: &Desk<'_>, module: &Module) -> Vec<Meta> {
    let matter = module.matter();
    let meta = |key, label: &str, text: String, highlight| Meta { key, label: desk.word(label), text, highlight };
    let mut metas = Vec::new();
    if let Some((text, _)) = matter.duration.as_ref().and_then(|duration| duration_lines(desk, duration)) {
        metas.push(meta("duration", "fact_duration", text, false));
    }
    // One line of a card: that one comes from afar says more than that several organisations may send someone.
    let formats = format_lines(desk, matter);
    let is_elsewhere = matches!(matter.mode, Some(Mode::Remote | Mode::Blended));
    if let Some(text) = if is_elsewhere { formats.into_iter().last() } else { formats.into_iter().next() } {
        metas.push(meta("format", "fact_format", text, false));
    }
    let cities = cities(module, desk);
    if let Some(more) = cities.len().checked_sub(CITIES).filter(|more| *more > 0) {
        let places = format!("{} {}", cities[..CITIES].join(", "), desk.phrases.count("more_terms", more));
        metas.push(meta("place", "fact_place", places, false));
    } else if !cities.is_empty() {
        metas.push(meta("place", "fact_place", cities.join(", "), false));
    }
    if let Some(price) = matter.prices.first() {
        // A card has no room for the condition, and must not promise to all what is for some.
        let is_for_some = price.price.free && price_condition(desk, price).is_some();
        let text = if is_for_some { desk.word("price_free_for_some") } else { price_text(desk, price) };
        metas.push(meta("price", "fact_price", text, price.price.free));
    }
    metas
}

/// The towns of coming sessions, each once, in the order of the dates.
pub(super) fn cities(module: &Module, desk: &Desk<'_>) -> Vec<String> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let cities = module.coming_sessions(desk.today()).filter_map(|session| session.entry.city.as_ref());
    cities.map(|city| desk.tidy(city)).filter(|city| known.insert(city.clone())).collect()
}

/// The main line of a duration, and what is known beyond it.
pub(super) fn duration_lines(desk: &Desk<'_>, duration: &Duration) -> Option<(String, Vec<String>)> {
    let phrases = desk.phrases;
    let hours = duration.total_hours().map(|hours| phrases.count_decimal("hours", hours));
    let mut notes = Vec::new();
    let main = if let Some(text) = &duration.text {
        let text = desk.tidy(text);
        // Hours are added only where the author's words do not say them already.
        let total = duration.total_hours().filter(|total| !says_hours(&text, *total));
        notes.extend(total.and(hours));
        text
    } else if let Some(days) = duration.days {
        let mut days = phrases.count_decimal("days", days);
        if duration.consecutive == Some(true) {
            days = format!("{days} {}", desk.word("consecutive"));
        }
        match hours {
            Some(hours) => phrases.phrase("hours_total", &[("days", &days), ("hours", &hours)]),
            None => days,
        }
    } else {
        match hours {
            Some(hours) => hours,
            None => meetings_line(desk, duration)?,
        }
    };
    if let Some(per_day) = duration.hours_per_day {
        let hours = phrases.count_decimal("hours", per_day);
        notes.push(phrases.phrase("hours_per_day", &[("hours", &hours)]));
    }
    if let Some(meetings) = &duration.meetings {
        let said = fold(&main);
        if let Some(line) = meetings_line(desk, duration).filter(|line| *line != main) {
            let already = meetings.count.is_none() && duration.text.is_some();
            if !already {
                notes.push(line);
            }
        }
        if let Some(topics) = meetings.topics_each {
            notes.push(phrases.count("topics_each", topics as usize));
        }
        notes
            .extend(meetings.frequency.as_ref().map(|text| desk.tidy(text)).filter(|text| !said.contains(&fold(text))));
    }
    Some((main, notes))
}

/// Whether a text tells this number of hours: "2 jours (14 h)", "2h30".
fn says_hours(text: &str, hours: Decimal) -> bool {
    let text: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, minutes) = (hours.hundredths() / 100, hours.hundredths() % 100 * 60 / 100);
    let clock = if minutes == 0 { format!("{whole}h") } else { format!("{whole}h{minutes:02}") };
    let is_whole_number = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    [clock, format!("{}h", hours.french())]
        .iter()
        .any(|said| text.match_indices(said.as_str()).any(|(at, _)| is_whole_number(at)))
}

fn meetings_line(desk: &Desk<'_>, duration: &Duration) -> Option<String> {
    let meetings = duration.meetings.as_ref()?;
    let phrases = desk.phrases;
    let each = meetings.hours_each.map(|hours| phrases.count_decimal("hours", hours));
    let count = match (meetings.count, meetings.min, meetings.max) {
        (Some(MeetingCount::Number(number)), ..) => phrases.count("meetings", number as usize),
        (_, Some(min), Some(max)) => {
            phrases.phrase("meetings_range", &[("min", &min.to_string()), ("max", &max.to_string())])
        }
        (Some(MeetingCount::Variable), ..) => desk.word("meetings_variable"),
        (None, ..) => desk.word("meetings_some"),
    };
    Some(match each {
        Some(each) => phrases.phrase("meetings_of", &[("count", &count), ("hours", &each)]),
        None => count,
    })
}

/// How a module is given: each way of delivery, then the mode.
pub(super) fn format_lines(desk: &Desk<'_>, matter: &ModuleMatter) -> Vec<String> {
    let mut lines = Vec::new();
    let on_site = matches!(matter.mode, None | Some(Mode::OnSite)) && matter.mode_text.is_none();
    if is_intra_only(matter) {
        lines.push(desk.word("format_intra_only"));
    } else {
        for delivery in &matter.delivery {
            lines.push(match delivery {
                Delivery::Inter if on_site => desk.word("format_inter_on_site"),
                Delivery::Inter => desk.word("format_inter"),
                Delivery::Intra => desk.word("format_intra"),
                Delivery::Individual => desk.word("format_individual"),
            });
        }
    }
    match (matter.mode, &matter.mode_text) {
        (Some(Mode::Remote), _) => lines.push(desk.word("format_remote")),
        (Some(Mode::Blended), _) => lines.push(desk.word("format_mixed")),
        (Some(Mode::OnSite), _) if lines.is_empty() => lines.push(desk.word("format_on_site")),
        (None, Some(text)) => lines.push(desk.tidy(text)),
        _ => {}
    }
    lines
}

/// A price in words, without its condition.
pub(super) fn price_text(desk: &Desk<'_>, entry: &PriceEntry) -> String {
    let price = &entry.price;
    if price.free {
        return desk.word("price_free");
    }
    if price.quote && price.amount.is_none() {
        let own = price.text.as_ref().filter(|text| !fold(text).contains("devis") && !fold(text).contains("quot"));
        return own.map_or_else(|| desk.word("price_quote"), |text| desk.tidy(text));
    }
    let Some(amount) = price.amount.map(|amount| desk.phrases.amount(amount)) else {
        return price.text.as_ref().map_or_else(|| desk.word("price_to_come"), |text| desk.tidy(text));
    };
    // A short form says more than its number ("à partir de 300 €"): the author's words stand, unless they are only it.
    let only_number =
        |text: &String| text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ",.€".contains(c));
    let starts_with_number = |text: &String| text.starts_with(|c: char| c.is_ascii_digit());
    if let Some(text) = price.text.as_ref().filter(|text| !only_number(text) && !starts_with_number(text)) {
        return desk.tidy(text);
    }
    let vat = price.vat.map(|vat| {
        desk.word(match vat {
            Vat::Excluded => "vat_excluded",
            Vat::Included => "vat_included",
            Vat::Exempt => "vat_exempt",
        })
    });
    let units = [price.unit, price.second_unit].into_iter().flatten().map(|unit| desk.word(unit_key(unit)));
    let words: Vec<String> = std::iter::once(amount).chain(vat).chain(units).collect();
    words.join(" ")
}

fn unit_key(unit: PriceUnit) -> &'static str {
    match unit {
        PriceUnit::Person => "unit_person",
        PriceUnit::Group => "unit_group",
        PriceUnit::Day => "unit_day",
        PriceUnit::Meeting => "unit_session",
    }
}

/// For whom, where and on which condition a price is.
pub(super) fn price_condition(desk: &Desk<'_>, entry: &PriceEntry) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(desk.tidy_option(entry.price.condition.as_ref()));
    let mentioned = fold(&parts.join(" "));
    let names = entry.audiences.iter().chain(&entry.regions).map(|term| desk.tidy(&term.value));
    // A region or audience that the condition names already is not said twice.
    let terms: Vec<String> = names.filter(|name| !mentioned.contains(&fold(name))).collect();
    if !terms.is_empty() {
        parts.push(terms.join(", "));
    }
    let delivery: Vec<String> = entry
        .delivery
        .iter()
        .map(|delivery| {
            desk.word(match delivery {
                Delivery::Inter => "format_inter",
                Delivery::Intra => "format_intra",
                Delivery::Individual => "format_individual",
            })
        })
        .collect();
    if !delivery.is_empty() {
        parts.push(delivery.join(", "));
    }
    parts.extend(desk.tidy_option(entry.price.note.as_ref()));
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Where a session stands, in words.
pub(super) fn state(desk: &Desk<'_>, session: &Session) -> Option<State> {
    let entry = &session.entry;
    let few = entry.places_left.filter(|left| (1..=5).contains(left));
    let key = if session.is_past(desk.today()) && !session.is_off() {
        "past"
    } else {
        match entry.status {
            Some(SessionStatus::Cancelled) => "cancelled",
            Some(SessionStatus::Postponed) => "postponed",
            _ if session.is_full() => "full",
            _ if few.is_some() => "few",
            Some(SessionStatus::Confirmed) => "confirmed",
            Some(SessionStatus::Open) => "open",
            None if entry.status_text.is_some() => "other",
            _ if entry.places_left.is_some() => "open",
            _ => return None,
        }
    };
    let label = match (key, few, &entry.status_text) {
        ("few", Some(left), _) => desk.phrases.count("places_left", left as usize),
        ("other", _, Some(words)) => desk.tidy(words),
        _ => desk.word(&format!("state_{key}")),
    };
    Some(State { key, label })
}

/// The tile of a term.
pub(super) fn tile(desk: &Desk<'_>, term: &Term) -> TermTile {
    let children = term.children.iter().filter_map(|slug| {
        let id = crate::id::TermId { kind: term.id.kind, slug: slug.clone() };
        let child = desk.catalogue.terms.get(&id)?;
        desk.link(desk.tidy(&child.title), &Route::Term(id.clone(), 1))
    });
    TermTile {
        title: desk.tidy(&term.title),
        url: desk.url(&Route::Term(term.id.clone(), 1)),
        description: desk.tidy_option(term.description.as_ref()),
        count: term.modules.len(),
        count_text: desk.phrases.count("modules", term.modules.len()),
        hue: desk.hue(Some(term)),
        emblem: if term.id.kind == TermKind::Topic { desk.emblem(Some(term)) } else { String::new() },
        slug: term.id.slug.to_string(),
        children: children.collect::<Vec<PageLink>>(),
    }
}

/// The regions on the grid: those of France, with or without a module. Empty for regions of a site's own.
pub(super) fn region_tiles(desk: &Desk<'_>) -> Vec<RegionTile> {
    let terms = desk.catalogue.terms_of(TermKind::Region);
    if desk.config.regions.is_some() || terms.iter().all(|term| term.modules.is_empty()) {
        return Vec::new();
    }
    crate::value::region::built_in_regions()
        .iter()
        .map(|region| {
            let term = terms.iter().find(|term| term.id.slug.as_str() == region.slug);
            let count = term.map_or(0, |term| term.modules.len());
            RegionTile {
                title: term.map_or_else(|| desk.tidy(&region.name), |term| desk.tidy(&term.title)),
                url: term.filter(|_| count > 0).map(|term| desk.url(&Route::Term(term.id.clone(), 1))),
                short: super::small_map::short_name(&region.slug),
                count,
                count_text: desk.phrases.count("modules_behind_number", count),
                slug: region.slug.clone(),
                overseas: region.zone == crate::value::Zone::Overseas,
            }
        })
        .collect()
}

/// The card of a news post.
pub(super) fn news_card(desk: &Desk<'_>, post: &crate::catalogue::NewsPost) -> NewsCard {
    let summary = desk.tidy_option(post.matter().summary.as_ref());
    NewsCard {
        title: desk.tidy(&post.title),
        url: desk.url(&Route::NewsPost(post.id.clone())),
        date: desk.date(post.date),
        summary: summary.or_else(|| post.document.outline.first_paragraph.clone()),
        topic: desk.term_links(&post.topics).into_iter().next(),
    }
}
