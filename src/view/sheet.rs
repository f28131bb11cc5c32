//! A module's sheet, made of the module and what the site adds to it.

mod facts;
mod people;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Module, StepRef};
use crate::document::{Body, FrontSection, ModuleMatter, Section, SectionKind};
use crate::id::{ModuleId, Numbers, Slug};
use crate::route::{CalendarOf, Route};

use super::cards::{kind_key, kind_word, summary};
use super::desk::{Desk, Spot, capitalised, escaped};
use super::glossary::Glossary;
use super::module::{ContentsEntry, ModuleSheet, PathBlock, PathStep, ProgrammeStep, SessionsBlock, SheetSection};
use super::parts::{Cards, Html, PageLink};
use super::pathways;
use super::session_row::session_row;
use super::small_map::small_map;

/// The sheet of a module.
pub(super) fn sheet(desk: &Desk<'_>, module: &Module, spot: Spot<'_>) -> ModuleSheet {
    let matter = module.matter();
    let topic = desk.first_topic(module);
    let body = spot.body();
    let sections = sections(desk, module, spot);
    let sessions = sessions(desk, module);
    let path = path(desk, module);
    let trainers = people::trainers(desk, module);
    let terms = terms::rows(desk, module, spot);
    let documents = matter.documents.iter().filter_map(|entry| desk.document(entry, spot.file)).collect();
    let mut sheet = ModuleSheet {
        title: desk.tidy(&module.title),
        subtitle: desk.tidy_option(matter.subtitle.as_ref()),
        series: series(desk, module),
        kind: kind_word(desk, matter),
        kind_key: kind_key(matter.kind),
        labels: matter.labels.iter().map(|label| desk.tidy(label)).collect(),
        hue: desk.hue(topic),
        emblem: desk.emblem(topic),
        topics: desk.term_links(&module.topics),
        summary: summary(desk, module).filter(|_| matter.summary.is_some()),
        archived: matter.archived,
        next: facts::next_box(desk, module),
        facts: facts::facts(desk, module),
        actions: facts::actions(desk, module),
        access_note: matter.access.or(&desk.config.access).delay.map(|delay| desk.tidy(&delay)),
        contents: Vec::new(),
        lead: Html(desk.fill(&body.lead, &body.links, spot)),
        highlights: matter.highlights.iter().map(|text| desk.tidy(text)).collect(),
        sections,
        footnotes: Html(desk.fill(&body.footnotes, &body.links, spot)),
        sessions,
        steps: steps(desk, module),
        path,
        map: small_map(desk, module),
        trainers,
        prices: facts::prices(desk, &matter.prices),
        terms,
        organisations: people::organisations(desk, module, spot),
        documents,
        related: related(desk, module),
        akin: akin(desk, module),
        news: news(desk, module),
        updated: matter.updated.map(|date| desk.date(date)),
        code: matter.code.as_ref().map(|code| desk.phrases.phrase("reference", &[("code", code)])),
        share: desk.share(&desk.tidy(&module.title), spot.route),
        print_lines: facts::print_lines(desk, module, spot.route),
        extra: extra(matter),
    };
    sheet.contents = contents(desk, body, &sheet);
    explain(desk, &mut sheet);
    sheet
}

/// Explains acronyms, in the order in which the sheet is read.
fn explain(desk: &Desk<'_>, sheet: &mut ModuleSheet) {
    let mut glossary = Glossary::new(desk);
    glossary.explain(&mut sheet.lead);
    for section in &mut sheet.sections {
        glossary.explain(&mut section.body);
        section.steps.iter_mut().for_each(|step| glossary.explain(&mut step.body));
    }
    sheet.terms.iter_mut().for_each(|row| glossary.explain(&mut row.body));
    sheet.organisations.iter_mut().for_each(|note| glossary.explain(&mut note.description));
}

/// What the program has no use for, and a look may have: `extra`, and keys that mean nothing here.
fn extra(matter: &ModuleMatter) -> serde_json::Value {
    let own = matter.extra.as_ref().and_then(|extra| serde_json::to_value(extra).ok()).unwrap_or_default();
    if matter.unknown.is_empty() {
        return own;
    }
    let mut all = match own {
        serde_json::Value::Object(map) => map,
        serde_json::Value::Null => serde_json::Map::new(),
        other => serde_json::Map::from_iter([("extra".to_owned(), other)]),
    };
    for (key, node) in &matter.unknown {
        all.entry(key).or_insert_with(|| serde_json::to_value(node).unwrap_or_default());
    }
    serde_json::Value::Object(all)
}

fn series(desk: &Desk<'_>, module: &Module) -> Option<String> {
    let series = module.matter().series.as_ref()?;
    let name = desk.tidy(&series.name);
    Some(match series.number {
        Some(number) => desk.phrases.phrase("series_module", &[("series", &name), ("n", &number.to_string())]),
        None => name,
    })
}

/// Sections of the front matter that say what the module is; those of how it is given stand among the terms.
fn is_told_first(section: &FrontSection) -> bool {
    !matches!(
        section.kind,
        Some(SectionKind::Methods | SectionKind::Means | SectionKind::Assessment | SectionKind::Deliverables)
    )
}

fn sections(desk: &Desk<'_>, module: &Module, spot: Spot<'_>) -> Vec<SheetSection> {
    let body = spot.body();
    let mut anchors =
        Anchors { of_body: &module.document.outline.anchors, taken: BTreeSet::new(), numbers: Numbers::default() };
    let mut sections: Vec<SheetSection> = Vec::new();
    let mut last: Vec<SheetSection> = Vec::new();
    for section in module.matter().sections.iter().filter(|section| is_told_first(section)) {
        let made = front_section(desk, section, spot, &mut anchors);
        // What the author adds freely comes after what a sheet always says.
        if section.kind.is_some() { sections.push(made) } else { last.push(made) }
    }
    sections.extend(body.sections.iter().map(|section| body_section(desk, body, section, spot)));
    sections.extend(last);
    sections
}

fn front_section(desk: &Desk<'_>, section: &FrontSection, spot: Spot<'_>, anchors: &mut Anchors<'_>) -> SheetSection {
    let title = match (&section.title, section.kind) {
        (Some(title), _) => desk.tidy(title),
        (None, Some(kind)) => desk.word(section_word(kind)),
        (None, None) => String::new(),
    };
    let icon = section
        .icon
        .as_ref()
        .map(|icon| format!("<span class=\"emoji\" aria-hidden=\"true\">{}</span> ", escaped(icon)));
    let wanted = section.id.as_deref().and_then(Slug::from_text).or_else(|| Slug::from_text(&title));
    let id = anchors.free(wanted.unwrap_or_else(Slug::section));
    let steps: Vec<ProgrammeStep> = (1..)
        .zip(&section.steps)
        .map(|(number, step)| {
            let (word, number_text) = split_label(step.label.as_deref().unwrap_or_default());
            let hours = step.hours.map(|hours| desk.phrases.count_decimal("hours", hours));
            let notes: Vec<String> = hours.into_iter().chain(step.notes.iter().map(|note| desk.tidy(note))).collect();
            ProgrammeStep {
                id: anchors.free(id.numbered(number)).to_string(),
                word,
                number: number_text,
                title: step.title.as_ref().map(|title| desk.prose(title, spot)).unwrap_or_default(),
                note: (!notes.is_empty()).then(|| notes.join(", ")),
                body: desk.prose(&step.prose, spot),
            }
        })
        .collect();
    SheetSection {
        heading: Html(format!("{}{}", icon.unwrap_or_default(), escaped(&title))),
        drawn_as: match section.kind {
            Some(SectionKind::Objectives) => "objectives",
            Some(SectionKind::Programme) if !steps.is_empty() => "programme",
            _ => "prose",
        },
        body: desk.prose(&section.prose, spot),
        steps,
        id: id.to_string(),
    }
}

/// The interface's heading for a section that the author wrote in the front matter.
fn section_word(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Context => "context",
        SectionKind::Aim => "term_aim",
        SectionKind::Objectives => "objectives",
        SectionKind::Programme => "programme",
        SectionKind::Audience => "fact_audience",
        SectionKind::Prerequisites => "fact_prerequisites",
        SectionKind::Methods => "term_methods",
        SectionKind::Means => "term_means",
        SectionKind::Assessment => "term_assessment",
        SectionKind::Deliverables => "term_deliverables",
        SectionKind::UseCases => "term_use_cases",
        SectionKind::Topics => "term_topics",
        SectionKind::Results => "term_results",
        SectionKind::After => "path_after",
    }
}

/// "Jour 1" is a word and a number; "Jour 1 et 2" is words alone.
fn split_label(label: &str) -> (String, String) {
    match label.trim().rsplit_once(' ') {
        Some((word, number)) if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) => {
            (word.to_owned(), number.to_owned())
        }
        _ => (label.trim().to_owned(), String::new()),
    }
}

/// The anchors of a sheet: each one once.
struct Anchors<'b> {
    of_body: &'b crate::document::Anchors,
    taken: BTreeSet<String>,
    numbers: Numbers,
}

impl Anchors<'_> {
    fn free(&mut self, wanted: Slug) -> Slug {
        let (of_body, taken) = (self.of_body, &self.taken);
        let is_taken = |id: &str| of_body.contains(id) || taken.contains(id);
        let is_free = |id: &Slug| !is_taken(id.as_str()) && !crate::document::MODULE_IDS.contains(&id.as_str());
        let id = self.numbers.free(wanted, is_free);
        self.taken.insert(id.to_string());
        id
    }
}

fn body_section(desk: &Desk<'_>, body: &Body, section: &Section, spot: Spot<'_>) -> SheetSection {
    let is_programme = section.kinds.contains(&SectionKind::Programme) && !section.children.is_empty();
    let steps: Vec<ProgrammeStep> = if is_programme {
        section.children.iter().map(|child| body_step(desk, body, child, spot)).collect()
    } else {
        Vec::new()
    };
    SheetSection {
        id: section.id.clone(),
        heading: Html(desk.fill(&section.heading(), &body.links, spot)),
        drawn_as: match section.kinds.as_slice() {
            [SectionKind::Objectives] => "objectives",
            _ if is_programme => "programme",
            _ => "prose",
        },
        body: if is_programme {
            Html(desk.fill(&section.content, &body.links, spot))
        } else {
            desk.section_inside(section, &body.links, spot)
        },
        steps,
    }
}

fn body_step(desk: &Desk<'_>, body: &Body, section: &Section, spot: Spot<'_>) -> ProgrammeStep {
    let (word, number, title) = match &section.step {
        // What stood behind "Jour 1 :" begins the heading now.
        Some(step) => (step.word.clone(), step.number.clone(), capitalised(&desk.fill(&step.title, &body.links, spot))),
        None => (String::new(), String::new(), desk.fill(&section.heading(), &body.links, spot)),
    };
    ProgrammeStep {
        id: section.id.clone(),
        word,
        number,
        title: Html(title),
        note: None,
        body: desk.section_inside(section, &body.links, spot),
    }
}

fn sessions(desk: &Desk<'_>, module: &Module) -> Option<SessionsBlock> {
    let today = desk.today();
    let rows = |past: bool| {
        let of_kind = module.sessions.iter().filter(move |session| session.is_past(today) == past);
        of_kind.map(|session| session_row(desk, module, session, true))
    };
    let mut past: Vec<_> = rows(true).collect();
    past.reverse();
    let upcoming: Vec<_> = rows(false).collect();
    let is_coming = !upcoming.is_empty();
    let calendar = is_coming.then(|| super::calendar::links(desk, CalendarOf::Module(module.id.clone()))).flatten();
    (!past.is_empty() || is_coming).then_some(SessionsBlock { upcoming, past, calendar })
}

/// What comes before and after; a module without a prerequisite that is a module, and that opens no way, has no path.
fn path(desk: &Desk<'_>, module: &Module) -> Option<PathBlock> {
    let any = module.matter().any_prerequisite;
    let before_word = desk.word(if any { "path_before_any" } else { "path_before" });
    let names_module = module.prerequisites.iter().any(|needed| needed.module.is_some());
    let link_of = |id| {
        let target = desk.catalogue.modules.get(id)?;
        Some((desk.tidy(&target.title), desk.url(&Route::Module(target.id.clone()))))
    };
    let before: Vec<PathStep> = module
        .prerequisites
        .iter()
        .filter(|_| names_module)
        .filter_map(|needed| {
            let note = desk.tidy_option(needed.text.as_ref());
            let (label, url, note) = match needed.module.as_ref().and_then(link_of) {
                Some((label, url)) => (label, Some(url), note),
                None => (note?, None, None),
            };
            Some(PathStep { rank: before_word.clone(), label, url, note })
        })
        .collect();
    let after_word = desk.word("path_after");
    let after_step = |label: String, url: Option<String>| PathStep { rank: after_word.clone(), label, url, note: None };
    let opens = module.opens.iter().filter_map(link_of);
    let mut after: Vec<PathStep> =
        opens.take(desk.config.page_size).map(|(label, url)| after_step(label, Some(url))).collect();
    // A module that thousands ask for has a page that can be read all the same.
    if let Some(more @ 1..) = module.opens.len().checked_sub(desk.config.page_size) {
        after.push(after_step(desk.phrases.count("more_modules", more), None));
    }
    let pathways = pathways::links_of(desk, module);
    if before.is_empty() && after.is_empty() && pathways.is_empty() {
        return None;
    }
    let any_note = (any && before.len() > 1).then(|| desk.word("path_any_note"));
    Some(PathBlock { any_note, before, here: desk.tidy(&module.title), after, pathways })
}

/// What a pathway is made of, as its author lists it.
fn steps(desk: &Desk<'_>, module: &Module) -> Vec<PathStep> {
    let step = |(index, step): (usize, &StepRef)| {
        let target = step.module.as_ref().and_then(|id| desk.catalogue.modules.get(id));
        let words = desk.tidy_option(step.text.as_ref());
        let duration = pathways::duration(desk, step.hours, target);
        let (label, words) = match target {
            Some(target) => (desk.tidy(&target.title), words),
            None => (words?, None),
        };
        let notes: Vec<String> = duration.into_iter().chain(words).collect();
        Some(PathStep {
            rank: pathways::rank(desk, index),
            label,
            url: target.and_then(|target| desk.table.url(&Route::Module(target.id.clone()))),
            note: (!notes.is_empty()).then(|| notes.join(" · ")),
        })
    };
    module.steps.iter().enumerate().filter_map(step).collect()
}

/// How many modules of the same series a sheet shows.
const SERIES_BESIDE: usize = 12;

/// The modules that the author names, then the others of the same series: in a long one, those around this module.
/// All of them, on the sheet of each of them, would be too much of any series and without bound.
fn related(desk: &Desk<'_>, module: &Module) -> Cards {
    let series = module.matter().series.as_ref().and_then(|series| desk.series.get(&crate::fold::fold(&series.name)));
    let series = series.map_or(&[][..], Vec::as_slice);
    let place = desk.series_places.get(&module.id).copied().unwrap_or_default();
    let from = place.saturating_sub(SERIES_BESIDE / 2).min(series.len().saturating_sub(SERIES_BESIDE + 1));
    let near = series.iter().skip(from).take(SERIES_BESIDE + 1);
    let same_series = near.filter(|id| **id != module.id && !module.related.contains(id));
    module.related.iter().chain(same_series).filter_map(|id| desk.card(id)).collect()
}

/// How many modules akin to it a sheet shows, where its author names none.
const AKIN: usize = 3;

/// The modules most akin to one whose author names none, but for those that its sheet leads to already.
fn akin(desk: &Desk<'_>, module: &Module) -> Cards {
    if !module.matter().related.is_empty() {
        return Vec::new();
    }
    let needed = module.prerequisites.iter().filter_map(|needed| needed.module.as_ref());
    let steps = module.steps.iter().filter_map(|step| step.module.as_ref());
    let named: BTreeSet<&ModuleId> = needed.chain(steps).chain(&module.opens).collect();
    let series_of = |module: &Module| module.matter().series.as_ref().map(|series| crate::fold::fold(&series.name));
    let own_series = series_of(module);
    let listed = &desk.catalogue.listed;
    let may_stand = |place: usize| {
        let other = listed.get(place).filter(|id| !named.contains(id)).and_then(|id| desk.catalogue.modules.get(id));
        // The series stands there as far as there is room for it.
        other.is_some_and(|other| own_series.is_none() || series_of(other) != own_series)
    };
    let kinship = desk.kinship();
    let nearest = kinship.place(&module.id).map(|place| kinship.nearest(place, AKIN, may_stand));
    let nearest = nearest.into_iter().flatten().filter_map(|place| listed.get(place));
    nearest.filter_map(|id| desk.card(id)).collect()
}

fn news(desk: &Desk<'_>, module: &Module) -> Vec<PageLink> {
    let posts = desk.news_of.get(&module.id).into_iter().flatten();
    posts
        .filter_map(|id| desk.post(id))
        .filter_map(|(_, post)| desk.link(desk.tidy(&post.title), &Route::NewsPost(post.id.clone())))
        .collect()
}

/// The table of contents: the author's sections, then the blocks that the sheet adds.
fn contents(desk: &Desk<'_>, body: &Body, sheet: &ModuleSheet) -> Vec<ContentsEntry> {
    let entry = |id: &str, label: String| ContentsEntry { id: id.to_owned(), label };
    let titles = body.sections.iter().map(|section| (section.id.as_str(), &section.title));
    let titles: BTreeMap<&str, &String> = titles.collect();
    let mut contents: Vec<ContentsEntry> = Vec::new();
    for section in &sheet.sections {
        let own = titles.get(section.id.as_str()).map(|title| (*title).clone());
        let front = || {
            let plain = section.heading.0.rsplit("</span> ").next().unwrap_or_default();
            super::desk::unescaped(plain)
        };
        contents.push(entry(&section.id, own.unwrap_or_else(front)));
    }
    let blocks = [
        ("sessions", "dates_and_places", sheet.sessions.is_some()),
        ("etapes", "steps", !sheet.steps.is_empty()),
        ("parcours", "path", sheet.path.is_some()),
        ("intervenants", "trainers", sheet.trainers.is_some()),
        ("modalites", "terms", !sheet.terms.is_empty() || sheet.prices.len() > 1),
        ("documents", "documents", !sheet.documents.is_empty()),
    ];
    let shown = blocks.into_iter().filter(|(.., shown)| *shown);
    contents.extend(shown.map(|(id, word, _)| entry(id, desk.word(word))));
    contents
}
