//! [`Sheet`]: how complete one module's sheet is, item by item.

use crate::catalogue::Module;
use crate::content_path::ContentPath;
use crate::diagnostic::Rule;
use crate::document::{Document, Kind};
use crate::id::ModuleId;
use crate::value::Date;

/// How complete a module's sheet is.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The module.
    pub module: ModuleId,
    /// Its title.
    pub title: String,
    /// Its file.
    pub file: ContentPath,
    /// What it says that it is.
    pub kind: Kind,
    /// Which rules hold for it.
    pub duty: Duty,
    /// The nine items of indicator 1, in its order.
    pub items: [(Item, Met); 9],
    /// Rules that do not hold for it, with the author's reasons.
    pub waived: Vec<Waived>,
    /// The day on which it was last changed, as it says itself.
    pub updated: Option<Date>,
}

/// Which rules hold for a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// All of them: it is a training in the sense of the law.
    Training,
    /// Not those of trainings: it is something else.
    Other(Kind),
    /// Not those of trainings: another organisation answers for what is published.
    Subcontracted,
}

/// What indicator 1 of the national quality reference asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// What is needed before, or that nothing is.
    Prerequisites,
    /// What those who took part will be able to do.
    Objectives,
    /// How long it lasts.
    Duration,
    /// How one enrols, and how long that takes.
    Access,
    /// What it costs.
    Prices,
    /// Whom to ask.
    Contacts,
    /// How it is taught.
    Methods,
    /// How what was learnt is assessed.
    Assessment,
    /// Arrangements for disabled people.
    Accessibility,
}

/// Where an item is said, the nearest place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Met {
    /// On the sheet itself.
    BySheet,
    /// In the settings, for all sheets that do not say it themselves.
    BySite,
    /// Nowhere.
    Missing,
    /// Nowhere, and nobody asks for it.
    NotAsked,
}

/// A rule that does not hold for a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Waived {
    /// The rule.
    pub rule: Rule,
    /// Why not, in the author's words.
    pub reason: String,
}

impl Item {
    /// All of them, in the order of the indicator.
    pub const ALL: [Self; 9] = [
        Self::Prerequisites,
        Self::Objectives,
        Self::Duration,
        Self::Access,
        Self::Prices,
        Self::Contacts,
        Self::Methods,
        Self::Assessment,
        Self::Accessibility,
    ];

    /// The key of its name in the texts.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Prerequisites => "prerequisites",
            Self::Objectives => "objectives",
            Self::Duration => "duration",
            Self::Access => "access",
            Self::Prices => "prices",
            Self::Contacts => "contacts",
            Self::Methods => "methods",
            Self::Assessment => "assessment",
            Self::Accessibility => "accessibility",
        }
    }
}

impl Item {
    /// The rules by which it is told that an item is missing.
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::Prerequisites => &[Rule::Q1_01],
            Self::Objectives => &[Rule::Q1_02],
            Self::Duration => &[Rule::Q1_04],
            Self::Access => &[Rule::Q1_07, Rule::Q1_08],
            Self::Prices => &[Rule::Q1_09],
            Self::Contacts => &[Rule::Q1_13],
            Self::Methods => &[Rule::Q1_14],
            Self::Assessment => &[Rule::Q1_15],
            Self::Accessibility => &[Rule::Q1_16],
        }
    }
}

impl Met {
    /// The key of its name in the texts, and its name in the report for machines.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::BySheet => "filled",
            Self::BySite => "inherited",
            Self::Missing => "missing",
            Self::NotAsked => "not-asked",
        }
    }
}

impl Duty {
    /// The key of its name in the texts, and its name in the report for machines.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Subcontracted => "subcontracted",
            Self::Other(_) => "other",
        }
    }

    /// What holds for a module.
    pub fn of(module: &Module) -> Self {
        let matter = module.matter();
        match matter.kind {
            _ if matter.subcontracted_for.is_some() => Self::Subcontracted,
            Kind::Training => Self::Training,
            other => Self::Other(other),
        }
    }
}

impl Sheet {
    /// A sheet of which nothing is known yet: what is asked for counts as missing.
    pub(super) fn of(module: &Module, document: &Document) -> Self {
        let duty = Duty::of(module);
        let met = if duty == Duty::Training { Met::Missing } else { Met::NotAsked };
        Self {
            module: module.id.clone(),
            title: module.title.clone(),
            file: document.path.clone(),
            kind: module.matter().kind,
            duty,
            items: Item::ALL.map(|item| (item, met)),
            waived: Vec::new(),
            updated: module.matter().updated,
        }
    }

    /// Notes where an item is said; what is said nowhere stays as it is.
    pub(super) fn note(&mut self, item: Item, met: Option<Met>) {
        if let (Some(met), Some((_, known))) = (met, self.items.iter_mut().find(|(known, _)| *known == item)) {
            *known = met;
        }
    }

    /// Where an item is said.
    pub fn met(&self, item: Item) -> Met {
        self.items.iter().find(|(known, _)| *known == item).map_or(Met::Missing, |(_, met)| *met)
    }
}
