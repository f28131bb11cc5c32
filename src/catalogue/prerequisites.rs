//! What one needs before a module: finding the modules that are named, and circles among them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Place, Placed};
use crate::document::{Document, Prerequisite, Prerequisites, StepEntry};
use crate::fold::{Names, fold};
use crate::id::{ModuleId, Slug};
use crate::source::ContentPath;

use super::module::{Module, PrerequisiteRef, StepRef};

/// Finds modules by what authors write for them: id, file name, title.
pub(super) struct ModuleNames {
    by_name: HashMap<Box<str>, ModuleId>,
    documents: Vec<(ModuleId, Arc<Document>)>,
    /// Folded titles by how they begin and by how they end: a title with a slip in it still has one of the two. Made
    /// when the first is looked for.
    by_ends: OnceCell<HashMap<String, Vec<Box<str>>>>,
    /// Modules that exist but have no page in this edition: naming one is no slip.
    waiting: BTreeMap<String, String>,
    /// What is proposed for a name that is none; made when the first is met, after all modules are known.
    proposed: OnceCell<Names>,
}

impl ModuleNames {
    pub(super) fn new() -> Self {
        Self {
            by_name: HashMap::new(),
            documents: Vec::new(),
            by_ends: OnceCell::new(),
            waiting: BTreeMap::new(),
            proposed: OnceCell::new(),
        }
    }

    /// Adds a module under its id, its file's name and its title; the first to have a name keeps it.
    pub(super) fn add(&mut self, id: &ModuleId, document: &Arc<Document>) {
        let names = &document.names;
        for name in [fold(id.as_str()).into(), names.stem.clone(), names.title.clone()] {
            self.by_name.entry(name).or_insert_with(|| id.clone());
        }
        self.documents.push((id.clone(), document.clone()));
    }

    /// Notes a module that has no page in this edition.
    pub(super) fn add_waiting(&mut self, stem: &str, id: Option<&str>, title: &str) {
        for name in [Some(stem), id, Some(title)].into_iter().flatten() {
            self.waiting.insert(fold(name), title.to_owned());
        }
    }

    /// The module of a name.
    pub(super) fn find(&self, name: &str) -> Option<&ModuleId> {
        self.by_name.get(fold(name).as_str())
    }

    /// The module whose title stands in guillemets or quotes in a sentence: « … ».
    fn find_quoted(&self, sentence: &str) -> Option<&ModuleId> {
        [('«', '»'), ('“', '”'), ('"', '"')].into_iter().find_map(|(open, close)| {
            let quoted = sentence.split_once(open)?.1.split_once(close)?.0;
            self.find(quoted)
        })
    }

    /// A list of names of modules (`related`, `next`); one that leads nowhere is reported.
    pub(super) fn resolve_all(
        &self,
        file: &ContentPath,
        names: &[Placed<String>],
        own: Option<&ModuleId>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<ModuleId> {
        let mut found: Vec<ModuleId> = Vec::new();
        let mut known: BTreeSet<&ModuleId> = own.into_iter().collect();
        for name in names {
            match self.find(&name.value) {
                Some(id) if known.insert(id) => found.push(id.clone()),
                Some(_) => {}
                None => diagnostics.extend(self.unknown(file, name)),
            }
        }
        found
    }

    fn unknown(&self, file: &ContentPath, name: &Placed<String>) -> Option<Diagnostic> {
        if self.waiting.contains_key(&fold(&name.value)) {
            return None;
        }
        let near = self.proposed.get_or_init(|| {
            let mut documents: Vec<_> = self.documents.iter().collect();
            documents.sort_by(|(one, _), (two, _)| one.cmp(two));
            let titles: Vec<String> = documents.iter().map(|(_, document)| document.title()).collect();
            Names::new(documents.iter().map(|(id, _)| id.as_str()).chain(titles.iter().map(String::as_str)))
        });
        let near = near.nearest(&name.value);
        Some(Diagnostic::new(Code::UnknownModule, file, name.place.clone()).arg("written", &name.value).near(near))
    }

    /// The title of a module that has no page in this edition.
    fn waiting_title(&self, name: &str) -> Option<&String> {
        self.waiting.get(&fold(name))
    }

    /// The prerequisites of a module, each linked where it names a module.
    pub(super) fn resolve(
        &self,
        file: &ContentPath,
        written: &Prerequisites,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<PrerequisiteRef> {
        let Prerequisites::Items(items) = written else { return Vec::new() };
        items.iter().map(|item| self.resolve_one(file, item, diagnostics)).collect()
    }

    /// The steps of a pathway, likewise.
    pub(super) fn resolve_steps(
        &self,
        file: &ContentPath,
        written: &[StepEntry],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<StepRef> {
        let step = |entry: &StepEntry| {
            let PrerequisiteRef { module, text } = self.resolve_one(file, &entry.named, diagnostics);
            StepRef { module, text, hours: entry.hours }
        };
        written.iter().map(step).collect()
    }

    fn resolve_one(
        &self,
        file: &ContentPath,
        item: &Prerequisite,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> PrerequisiteRef {
        let Some(named) = &item.module else {
            let module = item.text.as_deref().and_then(|text| self.find_quoted(text)).cloned();
            return PrerequisiteRef { module, text: item.text.clone() };
        };
        if let Some(id) = self.find(&named.value) {
            return PrerequisiteRef { module: Some(id.clone()), text: item.text.clone() };
        }
        if let Some(title) = self.waiting_title(&named.value) {
            let text = item.text.as_ref().map_or_else(|| title.clone(), |text| format!("{title} ({text})"));
            return PrerequisiteRef { module: None, text: Some(text) };
        }
        // A bare text may be a sentence; it is taken for a module's name only where it looks like one.
        let quoted = self.find_quoted(&named.value).cloned();
        if quoted.is_none() && (item.must_exist || looks_like_id(&named.value) || self.is_nearly_a_title(&named.value))
        {
            diagnostics.extend(self.unknown(file, named));
        }
        let text = match &item.text {
            Some(text) => format!("{} ({text})", named.value),
            None => named.value.clone(),
        };
        PrerequisiteRef { module: quoted, text: Some(text) }
    }

    fn is_nearly_a_title(&self, text: &str) -> bool {
        let folded = fold(text);
        let is_near = |title: &str| {
            // What differs by more than a sixth in length cannot be that near.
            title.len().abs_diff(folded.len()) * 6 <= title.len().max(folded.len())
                && strsim::normalized_damerau_levenshtein(&folded, title) > 0.85
        };
        let by_ends = self.by_ends.get_or_init(|| {
            let mut by_ends: HashMap<String, Vec<Box<str>>> = HashMap::new();
            for (_, document) in &self.documents {
                for end in ends(&document.names.title) {
                    by_ends.entry(end).or_default().push(document.names.title.clone());
                }
            }
            by_ends
        });
        ends(&folded).iter().filter_map(|end| by_ends.get(end)).flatten().any(|title| is_near(title))
    }
}

/// The first and the last few characters of a folded text, told apart.
fn ends(folded: &str) -> [String; 2] {
    const SHOWN: usize = 6;
    let last: String = folded.chars().rev().take(SHOWN).collect();
    [format!("^{}", folded.chars().take(SHOWN).collect::<String>()), format!("${last}")]
}

/// Words joined by hyphens, as file names are.
fn looks_like_id(text: &str) -> bool {
    text.contains('-') && Slug::from_text(text).is_some_and(|slug| slug.as_str() == text)
}

/// Circles that are told. Modules that all need each other make as many as there are pairs of them, each as long as the
/// catalogue; nobody mends more than these in one go, and the next run tells the others.
const MOST_CIRCLES: usize = 100;
/// Modules of a circle that are named, and shown in their files.
const LONGEST_CIRCLE: usize = 20;

/// What a module needs, by number: its prerequisites, then its steps. A pathway has not ended before they have.
fn needed_at(module: &Module, number: usize) -> Option<Option<&ModuleId>> {
    let n_prerequisites = module.prerequisites.len();
    match number.checked_sub(n_prerequisites) {
        None => module.prerequisites.get(number).map(|needed| needed.module.as_ref()),
        Some(number) => module.steps.get(number).map(|step| step.module.as_ref()),
    }
}

/// Where a module names the one that it needs.
fn place_of(module: &Module, needed: &Module) -> Option<Place> {
    let matter = module.matter();
    let is_named = |named: &Option<ModuleId>| named.as_ref() == Some(&needed.id);
    let named = match module.prerequisites.iter().position(|needed| is_named(&needed.module)) {
        Some(index) => {
            let Prerequisites::Items(items) = &matter.prerequisites else { return None };
            items.get(index)?
        }
        None => &matter.steps.get(module.steps.iter().position(|step| is_named(&step.module))?)?.named,
    };
    named.module.as_ref().map(|named| named.place.clone())
}

/// Reports each circle of prerequisites once, with the way round, at its first module.
pub(super) fn report_cycles(modules: &IndexMap<ModuleId, Module>, diagnostics: &mut Vec<Diagnostic>) {
    // How far along the way here a module was met; `None` once all that it needs was looked at.
    let mut done: HashMap<&ModuleId, Option<usize>> = HashMap::new();
    let mut n_told = 0;
    for start in modules.keys() {
        if done.contains_key(start) {
            continue;
        }
        // Depth first, with the way here on a stack of its own: a long chain must not use up the program's.
        let mut way: Vec<(&ModuleId, usize)> = vec![(start, 0)];
        done.insert(start, Some(0));
        while let Some((id, next)) = way.last_mut() {
            let needed = modules.get(*id).and_then(|module| needed_at(module, *next));
            *next += 1;
            let Some(needed) = needed else {
                done.insert(id, None);
                way.pop();
                continue;
            };
            let Some((needed, _)) = needed.and_then(|id| modules.get_key_value(id)) else { continue };
            match done.get(needed) {
                None => {
                    done.insert(needed, Some(way.len()));
                    way.push((needed, 0));
                }
                Some(Some(from)) if n_told < MOST_CIRCLES => {
                    let circle: Vec<&ModuleId> = way[*from..].iter().map(|(id, _)| *id).collect();
                    diagnostics.extend(cycle(modules, &circle));
                    n_told += 1;
                }
                Some(_) => {}
            }
        }
    }
}

fn cycle(modules: &IndexMap<ModuleId, Module>, circle: &[&ModuleId]) -> Option<Diagnostic> {
    let circle: Vec<&Module> = circle.iter().filter_map(|id| modules.get(*id)).collect();
    let first = circle.first()?;
    let mut titles: Vec<&str> = circle.iter().take(LONGEST_CIRCLE).map(|module| module.title.as_str()).collect();
    titles.extend((circle.len() > LONGEST_CIRCLE).then_some("…"));
    titles.push(&first.title);
    let place = place_of(first, circle.get(1).unwrap_or(first)).unwrap_or(Place::Start);
    let mut diagnostic =
        Diagnostic::new(Code::PrerequisiteCycle, &first.document.path, place).arg("circle", titles.join(" → "));
    let is_step = |index: usize| {
        let (module, needed) = (circle[index], circle.get(index + 1).unwrap_or(first));
        module.prerequisites.iter().all(|named| named.module.as_ref() != Some(&needed.id))
    };
    if (0..circle.len()).any(is_step) {
        diagnostic = diagnostic.message("message-steps").help("help-steps");
    }
    for (index, module) in circle.iter().enumerate().take(LONGEST_CIRCLE).skip(1) {
        let needed = circle.get(index + 1).unwrap_or(first);
        if let Some(place) = place_of(module, needed) {
            let text = if is_step(index) { "next-step" } else { "next" };
            diagnostic = diagnostic.also(&module.document.path, place, text);
        }
    }
    Some(diagnostic)
}
