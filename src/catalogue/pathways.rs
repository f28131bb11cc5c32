//! Pathways: modules that follow each other, as an author lists them, as a series numbers them, or as prerequisites say.
//!
//! Made once, with the catalogue. What each takes in time, and when one could take it, is worked out here as well;
//! how it is told and drawn is the view's matter.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::document::Kind;
use crate::fold::fold;
use crate::id::ModuleId;
use crate::value::{Date, Decimal};

use super::{Catalogue, Module, Session};

/// Modules in the order in which one takes them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pathway {
    /// What makes it one.
    pub origin: PathwayOrigin,
    /// Its steps: each stands behind all that it needs.
    pub steps: Vec<PathwayStep>,
}

/// What makes modules a pathway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathwayOrigin {
    /// The module of this id lists them.
    Module(ModuleId),
    /// They are the numbered modules of the series of this name.
    Series(String),
    /// They need each other.
    Prerequisites,
}

/// A step of a pathway: a module, words, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct PathwayStep {
    /// The module, if it is one of the catalogue.
    pub module: Option<ModuleId>,
    /// Words of the author.
    pub text: Option<String>,
    /// The hours that the pathway gives it.
    pub hours: Option<Decimal>,
    /// How many steps at least come before it.
    pub level: usize,
    /// The steps right before it, by their place in the pathway.
    pub needs: Vec<usize>,
    /// One of these is enough.
    pub any: bool,
}

/// Steps of one number, in a series, that the next number is drawn behind: a series without an order among hundreds of
/// its modules has no use for as many lines from each.
const MOST_BESIDE: usize = 6;

/// All pathways of a catalogue: those that authors list, then series, then what prerequisites join and neither of the
/// others holds already. Only of modules that lists show; in the order of their titles, or of their first steps.
pub fn pathways(catalogue: &Catalogue) -> Vec<Pathway> {
    let listed: Vec<&Module> = catalogue.listed.iter().filter_map(|id| catalogue.modules.get(id)).collect();
    let graph = Graph::new(&listed);
    let mut pathways: Vec<Pathway> = listed.iter().filter_map(|module| of_author(module)).collect();
    let levels = graph.levels();
    pathways.extend(of_series(&listed, &levels));
    // Which pathways hold a module already: one that lists its steps holds itself too.
    let mut holders: HashMap<&ModuleId, Vec<usize>> = HashMap::new();
    for (index, pathway) in pathways.iter().enumerate() {
        let own = match &pathway.origin {
            PathwayOrigin::Module(id) => Some(id),
            _ => None,
        };
        for id in pathway.steps.iter().filter_map(|step| step.module.as_ref()).chain(own) {
            let known = holders.entry(id).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
    }
    let components = graph.components(&levels);
    let is_held = |component: &[usize]| {
        let mut n_held: BTreeMap<usize, usize> = BTreeMap::new();
        for holder in component.iter().filter_map(|member| holders.get(&graph.modules[*member].id)).flatten() {
            *n_held.entry(*holder).or_default() += 1;
        }
        n_held.values().any(|n| *n == component.len())
    };
    let joined: Vec<Pathway> =
        components.iter().filter(|one| !is_held(one)).map(|one| graph.pathway(one, &levels)).collect();
    pathways.extend(joined);
    pathways
}

fn of_author(module: &Module) -> Option<Pathway> {
    if module.matter().kind != Kind::Pathway || module.steps.is_empty() {
        return None;
    }
    let step = |(level, step): (usize, &super::StepRef)| PathwayStep {
        // A pathway that names itself is an error of its own; here it is a step in words.
        module: step.module.clone().filter(|id| *id != module.id),
        text: step.text.clone().or_else(|| (step.module.as_ref() == Some(&module.id)).then(|| module.title.clone())),
        hours: step.hours,
        level,
        needs: level.checked_sub(1).into_iter().collect(),
        any: false,
    };
    let steps = module.steps.iter().enumerate().map(step).collect();
    Some(Pathway { origin: PathwayOrigin::Module(module.id.clone()), steps })
}

/// Series of which at least one module has a number, by the names of the series. Modules of one number stand beside each
/// other; those without come last.
fn of_series(listed: &[&Module], levels: &[Level]) -> Vec<Pathway> {
    let mut series: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, module) in listed.iter().enumerate() {
        if let Some(one) = &module.matter().series {
            series.entry(fold(&one.name)).or_default().push(index);
        }
    }
    let number_of = |index: usize| listed[index].matter().series.as_ref().and_then(|series| series.number);
    let mut pathways = Vec::new();
    for mut members in series.into_values() {
        if members.len() < 2 || members.iter().all(|member| number_of(*member).is_none()) {
            continue;
        }
        // Only those without a number are told apart by what they need.
        let place = |member: usize| match number_of(member) {
            Some(number) => (u64::from(number), 0),
            None => (u64::MAX, levels[member].level),
        };
        members.sort_by_key(|member| (place(*member), *member));
        let name = listed[members[0]].matter().series.as_ref().map(|series| series.name.clone()).unwrap_or_default();
        let mut steps: Vec<PathwayStep> = Vec::with_capacity(members.len());
        let (mut level, mut before, mut here) = (0, 0..0, 0..0);
        for (index, member) in members.iter().enumerate() {
            if index > 0 && place(*member) != place(members[index - 1]) {
                level += 1;
                before = here.start..index;
                here = index..index;
            }
            steps.push(PathwayStep {
                module: Some(listed[*member].id.clone()),
                text: None,
                hours: None,
                level,
                needs: before.clone().take(MOST_BESIDE).collect(),
                any: false,
            });
        }
        pathways.push(Pathway { origin: PathwayOrigin::Series(name), steps });
    }
    pathways
}

/// How far a module stands from the beginning, and what it was found to need on the way.
#[derive(Clone, Debug, Default)]
struct Level {
    level: usize,
    needs: Vec<usize>,
}

/// The modules that lists show, by their place there, and what they need of each other.
struct Graph<'a> {
    modules: &'a [&'a Module],
    needs: Vec<Vec<usize>>,
    needed_by: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn new(modules: &'a [&'a Module]) -> Self {
        let places: HashMap<&ModuleId, usize> = modules.iter().map(|module| &module.id).zip(0..).collect();
        let mut needed_by = vec![Vec::new(); modules.len()];
        let needs = modules.iter().enumerate().map(|(index, module)| {
            let named = module.prerequisites.iter().filter_map(|needed| places.get(needed.module.as_ref()?));
            let mut needs: Vec<usize> = named.copied().filter(|needed| *needed != index).collect();
            needs.sort_unstable();
            needs.dedup();
            needs.iter().for_each(|needed| needed_by[*needed].push(index));
            needs
        });
        let needs = needs.collect();
        Self { modules, needs, needed_by }
    }

    /// The level of each module: one more than the highest of those that it needs. In a circle, which is an error of
    /// its own, the first module by title begins, whatever it needs.
    fn levels(&self) -> Vec<Level> {
        let n_modules = self.modules.len();
        let mut levels: Vec<Option<Level>> = vec![None; n_modules];
        let mut n_missing: Vec<usize> = self.needs.iter().map(Vec::len).collect();
        let mut ready: VecDeque<usize> = (0..n_modules).filter(|module| n_missing[*module] == 0).collect();
        let mut next_stuck = 0;
        loop {
            let Some(module) = ready.pop_front() else {
                let stuck = (next_stuck..n_modules).find(|module| levels[*module].is_none());
                let Some(stuck) = stuck else { break };
                next_stuck = stuck + 1;
                ready.push_back(stuck);
                continue;
            };
            if levels[module].is_some() {
                continue;
            }
            let met = self.needs[module].iter().copied().filter(|needed| levels[*needed].is_some());
            let needs: Vec<usize> = met.collect();
            let above = needs.iter().filter_map(|needed| levels[*needed].as_ref().map(|level| level.level + 1));
            levels[module] = Some(Level { level: above.max().unwrap_or_default(), needs });
            for follower in &self.needed_by[module] {
                n_missing[*follower] = n_missing[*follower].saturating_sub(1);
                if n_missing[*follower] == 0 {
                    ready.push_back(*follower);
                }
            }
        }
        levels.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Modules that hang together, two at least, in the order of their first by level and title.
    fn components(&self, levels: &[Level]) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.modules.len()];
        let mut components = Vec::new();
        for start in 0..self.modules.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let mut component = vec![start];
            let mut next = 0;
            while let Some(module) = component.get(next).copied() {
                next += 1;
                for beside in self.needs[module].iter().chain(&self.needed_by[module]) {
                    if !std::mem::replace(&mut seen[*beside], true) {
                        component.push(*beside);
                    }
                }
            }
            if component.len() > 1 {
                component.sort_unstable_by_key(|module| (levels[*module].level, *module));
                components.push(component);
            }
        }
        components.sort_unstable_by_key(|component| component[0]);
        components
    }

    fn pathway(&self, component: &[usize], levels: &[Level]) -> Pathway {
        let places: HashMap<usize, usize> = component.iter().copied().zip(0..).collect();
        let step = |module: &usize| {
            let mut needs: Vec<usize> =
                levels[*module].needs.iter().filter_map(|needed| places.get(needed)).copied().collect();
            needs.sort_unstable();
            PathwayStep {
                module: Some(self.modules[*module].id.clone()),
                text: None,
                hours: None,
                level: levels[*module].level,
                any: self.modules[*module].matter().any_prerequisite && needs.len() > 1,
                needs,
            }
        };
        Pathway { origin: PathwayOrigin::Prerequisites, steps: component.iter().map(step).collect() }
    }
}

/// What is known of the hours of several steps together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalHours {
    /// This many.
    Exactly(Decimal),
    /// This many, and what the others take, of which it is not known.
    AtLeast(Decimal),
}

impl Pathway {
    /// The hours of all steps together: those that the listing module says for the whole, or the sum of what is sure.
    /// None where nobody would take all, as one step is enough instead of another.
    pub fn hours(&self, catalogue: &Catalogue) -> Option<TotalHours> {
        let of_module = |id: &ModuleId| catalogue.modules.get(id)?.matter().duration.as_ref()?.total_hours();
        if let PathwayOrigin::Module(id) = &self.origin
            && let Some(hours) = of_module(id)
        {
            return Some(TotalHours::Exactly(hours));
        }
        if self.steps.iter().any(|step| step.any) || self.counts_twice(catalogue) {
            return None;
        }
        let (mut total, mut all_known) = (None::<Decimal>, true);
        for step in &self.steps {
            match step.hours.or_else(|| step.module.as_ref().and_then(of_module)) {
                Some(hours) => total = Some(total.map_or(Some(hours), |total| total.plus(hours))?),
                None => all_known = false,
            }
        }
        let total = total.filter(|total| total.is_positive())?;
        Some(if all_known { TotalHours::Exactly(total) } else { TotalHours::AtLeast(total) })
    }

    /// Whether a step is made of others that are steps here as well.
    fn counts_twice(&self, catalogue: &Catalogue) -> bool {
        let own: HashSet<&ModuleId> = self.steps.iter().filter_map(|step| step.module.as_ref()).collect();
        let modules = self.steps.iter().filter_map(|step| catalogue.modules.get(step.module.as_ref()?));
        let inner = modules.flat_map(|module| &module.steps).filter_map(|step| step.module.as_ref());
        inner.into_iter().any(|id| own.contains(id))
    }

    /// For each of the first steps, the first session that one can enrol in and that begins after the sessions of the
    /// steps before it have ended. What is taken early leaves most room for what follows, so this is the soonest.
    pub fn next_sessions<'a>(&self, catalogue: &'a Catalogue, n_steps: usize) -> Vec<Option<&'a Session>> {
        let today = catalogue.edition.today;
        let mut chosen: Vec<Option<&Session>> = Vec::new();
        // When each step is done at the soonest, as far as it is known.
        let mut ends: Vec<Option<Date>> = Vec::new();
        for step in self.steps.iter().take(n_steps) {
            let before = step.needs.iter().filter_map(|needed| ends.get(*needed).copied().flatten());
            let ready = if step.any { before.min() } else { before.max() };
            let module = step.module.as_ref().and_then(|id| catalogue.modules.get(id)).filter(|m| m.is_listed());
            let sessions = module.into_iter().flat_map(|module| module.coming_sessions(today));
            let session = sessions.filter(|session| session.is_open(today)).find(|session| {
                let begins = session.entry.first_day();
                begins.is_some_and(|day| day > ready.map_or(today, |ready| ready.max(today)))
            });
            ends.push(session.and_then(|session| session.entry.last_day()).or(ready));
            chosen.push(session);
        }
        chosen
    }
}

#[cfg(test)]
mod tests;
