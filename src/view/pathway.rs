//! The page of all pathways. Template `pathways.html`; in it: `pathways`.

use serde::Serialize;

use super::diagram::Diagram;
use super::parts::{DateText, Pagination};

/// Modules that follow each other, pathway by pathway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathwaysPage {
    /// "5 parcours", on all pages together.
    pub count_text: String,
    /// The pathways of this page.
    pub pathways: Vec<PathwayBlock>,
    /// Where more than one page is needed.
    pub pagination: Option<Pagination>,
}

/// A pathway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathwayBlock {
    /// The anchor.
    pub id: String,
    /// The title.
    pub title: String,
    /// The page of the module that the title names; none for a series.
    pub url: Option<String>,
    /// What it is, in a sentence.
    pub text: Option<String>,
    /// "4 étapes", "56 h en tout".
    pub facts: Vec<String>,
    /// The next session of the whole, where the module that lists the steps has dates of its own.
    pub session: Option<StepSession>,
    /// The drawing; none where there is only one step.
    pub diagram: Option<Diagram>,
    /// The steps in order; of very many, the first.
    pub steps: Vec<PathwayRow>,
    /// "et 12 autres étapes"
    pub more: Option<String>,
}

/// A step, as the list of a pathway shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathwayRow {
    /// Its number, as in the drawing.
    pub number: usize,
    /// "Étape 1"
    pub rank: String,
    /// The module's title, or the author's words.
    pub label: String,
    /// The module's page.
    pub url: Option<String>,
    /// "2 jours (14 h)", "Après l’étape 1", further words of the author.
    pub notes: Vec<String>,
    /// The first session that follows those of the steps before.
    pub session: Option<StepSession>,
    /// What stands in its place; none for a step that is no module.
    pub undated: Option<String>,
}

/// When and where a step could be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepSession {
    /// The dates in words.
    pub dates: Vec<DateText>,
    /// "Strasbourg, Grand Est", or "À distance".
    pub place: Option<String>,
}
