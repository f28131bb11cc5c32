//! Makes the page of all pathways, and the ways from modules to it.

use std::collections::HashMap;

use crate::catalogue::{Catalogue, Module, Pathway, PathwayOrigin, PathwayStep, Session, TotalHours};
use crate::id::ModuleId;
use crate::route::Route;

use super::cards::{duration_lines, summary};
use super::desk::Desk;
use super::diagram::{diagram, is_line};
use super::listing::pagination;
use super::parts::PageLink;
use super::pathway::{PathwayBlock, PathwayRow, PathwaysPage, StepSession};
use super::session_row::place;

/// How many steps of a pathway are shown; a catalogue whose modules all hang together makes one of thousands.
const STEPS: usize = 24;
/// How many pathways a module's sheet leads to.
const PATHWAYS_BESIDE: usize = 3;

/// The first pathways of each module that stands in one, by their place among all.
pub(super) fn of_modules(catalogue: &Catalogue) -> HashMap<ModuleId, Vec<usize>> {
    let mut of_modules: HashMap<ModuleId, Vec<usize>> = HashMap::new();
    for (index, pathway) in catalogue.pathways.iter().enumerate() {
        let own = match &pathway.origin {
            PathwayOrigin::Module(id) => Some(id),
            _ => None,
        };
        for id in pathway.steps.iter().filter_map(|step| step.module.as_ref()).chain(own) {
            let known = of_modules.entry(id.clone()).or_default();
            if known.len() < PATHWAYS_BESIDE && known.last() != Some(&index) {
                known.push(index);
            }
        }
    }
    of_modules
}

/// The pathways in which a module stands, as links to where the page of pathways tells of them.
pub(super) fn links_of(desk: &Desk<'_>, module: &Module) -> Vec<PageLink> {
    let pathways = desk.pathways_of.get(&module.id).into_iter().flatten();
    pathways.filter_map(|index| link(desk, *index)).collect()
}

/// A link to where the page of pathways tells of one.
pub(super) fn link(desk: &Desk<'_>, index: usize) -> Option<PageLink> {
    let pathway = desk.catalogue.pathways.get(index)?;
    let page = desk.table.url(&Route::Pathways(index / desk.config.page_size + 1))?;
    Some(PageLink { label: title(desk, pathway).0, url: format!("{page}#{}", anchor(index)) })
}

fn anchor(index: usize) -> String {
    format!("parcours-{}", index + 1)
}

pub(super) fn page(desk: &Desk<'_>, number: usize) -> PathwaysPage {
    let size = desk.config.page_size;
    let pathways = &desk.catalogue.pathways;
    let shown = pathways.iter().enumerate().skip((number - 1) * size).take(size);
    PathwaysPage {
        count_text: desk.phrases.count("pathways", pathways.len()),
        pathways: shown.map(|(index, pathway)| block(desk, index, pathway)).collect(),
        pagination: pagination(desk, number, Route::Pathways),
    }
}

fn block(desk: &Desk<'_>, index: usize, pathway: &Pathway) -> PathwayBlock {
    let catalogue = desk.catalogue;
    let own = match &pathway.origin {
        PathwayOrigin::Module(id) => catalogue.modules.get(id),
        _ => None,
    };
    let (title, url) = title(desk, pathway);
    let text = match &pathway.origin {
        PathwayOrigin::Module(_) => own.and_then(|module| summary(desk, module)),
        PathwayOrigin::Series(_) => Some(desk.word("pathway_of_series")),
        PathwayOrigin::Prerequisites => Some(desk.word("pathway_of_prerequisites")),
    };
    let hours = pathway.hours(catalogue).map(|hours| {
        let (word, hours) = match hours {
            TotalHours::Exactly(hours) => ("hours_in_all", hours),
            TotalHours::AtLeast(hours) => ("hours_at_least", hours),
        };
        desk.phrases.phrase(word, &[("hours", &desk.phrases.count_decimal("hours", hours))])
    });
    let n_steps = desk.phrases.count("steps", pathway.steps.len());
    let steps = &pathway.steps[..pathway.steps.len().min(STEPS)];
    let sessions = pathway.next_sessions(catalogue, STEPS);
    let rows = steps.iter().zip(sessions).enumerate();
    let is_line = is_line(steps);
    let more = pathway.steps.len().checked_sub(STEPS).filter(|more| *more > 0);
    PathwayBlock {
        id: anchor(index),
        title,
        url,
        text,
        facts: [n_steps].into_iter().chain(hours).collect(),
        session: own.and_then(|module| {
            let open = |session: &&Session| session.is_open(desk.today());
            let session = module.next_session(desk.today()).filter(open)?;
            Some(step_session(desk, module, session))
        }),
        diagram: diagram(steps),
        steps: rows.map(|(index, (step, session))| row(desk, index, step, session, is_line)).collect(),
        more: more.map(|more| desk.phrases.count("more_steps", more)),
    }
}

/// What a pathway is called: by the module that lists it, by its series, or by where it begins or ends.
fn title(desk: &Desk<'_>, pathway: &Pathway) -> (String, Option<String>) {
    let of_module = |id: &ModuleId| {
        let module = desk.catalogue.modules.get(id)?;
        Some((desk.tidy(&module.title), desk.table.url(&Route::Module(id.clone()))))
    };
    match &pathway.origin {
        PathwayOrigin::Module(id) => of_module(id).unwrap_or_default(),
        PathwayOrigin::Series(name) => (desk.tidy(name), None),
        PathwayOrigin::Prerequisites => {
            let (word, step) = landmark(&pathway.steps);
            let named = step.and_then(|step| of_module(step.module.as_ref()?));
            let (name, url) = named.unwrap_or_default();
            (desk.phrases.phrase(word, &[("title", &name)]), url)
        }
    }
}

/// The one step that all others come after, or before; else the one that most hang on.
fn landmark(steps: &[PathwayStep]) -> (&'static str, Option<&PathwayStep>) {
    let mut n_ways: Vec<usize> = steps.iter().map(|step| step.needs.len()).collect();
    let mut is_last = vec![true; steps.len()];
    for needed in steps.iter().flat_map(|step| &step.needs) {
        n_ways[*needed] += 1;
        is_last[*needed] = false;
    }
    let only = |mut found: Box<dyn Iterator<Item = usize> + '_>| found.next().filter(|_| found.next().is_none());
    if let Some(first) = only(Box::new((0..steps.len()).filter(|index| steps[*index].needs.is_empty()))) {
        return ("pathway_from", steps.get(first));
    }
    if let Some(last) = only(Box::new((0..steps.len()).filter(|index| is_last[*index]))) {
        return ("pathway_to", steps.get(last));
    }
    // Of several, the first.
    let most = n_ways.iter().enumerate().rev().max_by_key(|(_, n)| **n);
    ("pathway_around", most.and_then(|(index, _)| steps.get(index)))
}

fn row(desk: &Desk<'_>, index: usize, step: &PathwayStep, session: Option<&Session>, is_line: bool) -> PathwayRow {
    let module = step.module.as_ref().and_then(|id| desk.catalogue.modules.get(id));
    let words = desk.tidy_option(step.text.as_ref());
    let (label, note) = match module {
        Some(module) => (desk.tidy(&module.title), words),
        None => (words.unwrap_or_default(), None),
    };
    let dated = session.zip(module).map(|(session, module)| step_session(desk, module, session));
    let undated = module.filter(|_| session.is_none()).map(|module| {
        let has_dates = module.is_listed() && module.next_session(desk.today()).is_some();
        desk.word(if has_dates && index > 0 { "no_later_date" } else { "dates_to_agree" })
    });
    PathwayRow {
        number: index + 1,
        rank: rank(desk, index),
        label,
        url: module.and_then(|module| desk.table.url(&Route::Module(module.id.clone()))),
        notes: [duration(desk, step.hours, module), Some(after(desk, step)).filter(|_| !is_line), note]
            .into_iter()
            .flatten()
            .collect(),
        session: dated,
        undated,
    }
}

/// "Étape 1"
pub(super) fn rank(desk: &Desk<'_>, index: usize) -> String {
    desk.phrases.phrase("step_number", &[("n", &(index + 1).to_string())])
}

/// How long a step takes: as its pathway says, or as its module does.
pub(super) fn duration(
    desk: &Desk<'_>,
    hours: Option<crate::value::Decimal>,
    module: Option<&Module>,
) -> Option<String> {
    let own = hours.map(|hours| desk.phrases.count_decimal("hours", hours));
    own.or_else(|| Some(duration_lines(desk, module?.matter().duration.as_ref()?)?.0))
}

/// "Après les étapes 1 et 2": what the lines of the drawing say.
fn after(desk: &Desk<'_>, step: &PathwayStep) -> String {
    let numbers: Vec<String> = step.needs.iter().map(|needed| (needed + 1).to_string()).collect();
    let Some((last, others)) = numbers.split_last() else { return desk.word("after_no_step") };
    if others.is_empty() {
        return desk.phrases.phrase("after_step", &[("n", last)]);
    }
    let (word, join) = if step.any { ("after_any_step", "join_or") } else { ("after_steps", "join_and") };
    let list = desk.phrases.phrase(join, &[("others", &others.join(", ")), ("last", last)]);
    desk.phrases.phrase(word, &[("steps", &list)])
}

fn step_session(desk: &Desk<'_>, module: &Module, session: &Session) -> StepSession {
    StepSession { dates: desk.dates(&session.entry.days), place: place(desk, module, session) }
}
