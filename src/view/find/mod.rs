//! Finding: what can be chosen on a list, and what a visitor's browser reads to search and to choose.

mod facets;
mod files;
mod plain_text;
mod records;

use serde::Serialize;

use crate::id::TermKind;
use crate::lang::Lang;

use super::parts::{Card, Html, SessionRow};

pub(super) use facets::{Facets, panel};
pub(super) use files::{choices, rows};
pub use records::{n_records, record, synonyms};

/// A way in which the entries of a list differ. In the order in which visitors meet them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// What it is about.
    Topic,
    /// Whom it is for.
    Audience,
    /// Where it is offered.
    Region,
    /// When it next takes place.
    Month,
    /// Free, free for some, at a price that is told, or on quotation.
    Price,
    /// On site, remote, or both.
    Mode,
    /// For several employers, for one, for one person.
    Delivery,
    /// How long it lasts.
    Duration,
    /// What it is: a training, a work group.
    Kind,
    /// The sector whose people it is for.
    Sector,
    /// The level that is needed.
    Level,
    /// Who offers it.
    Provider,
    /// Where a session stands: open, full, called off.
    State,
}

impl Facet {
    /// Its name in addresses that visitors pass on.
    pub fn parameter(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Self::Topic => ("theme", "theme"),
            Self::Audience => ("public", "audience"),
            Self::Region => ("region", "region"),
            Self::Month => ("mois", "month"),
            Self::Price => ("tarif", "price"),
            Self::Mode => ("modalite", "mode"),
            Self::Delivery => ("organisation", "delivery"),
            Self::Duration => ("duree", "duration"),
            Self::Kind => ("nature", "kind"),
            Self::Sector => ("secteur", "sector"),
            Self::Level => ("niveau", "level"),
            Self::Provider => ("organisme", "provider"),
            Self::State => ("etat", "state"),
        };
        if lang == Lang::French { fr } else { en }
    }

    /// The facet of a kind of terms.
    pub fn of(kind: TermKind) -> Self {
        match kind {
            TermKind::Topic => Self::Topic,
            TermKind::Audience => Self::Audience,
            TermKind::Region => Self::Region,
        }
    }

    /// The name of its title among the words of a look.
    fn word(self) -> &'static str {
        match self {
            Self::Topic => "facet_theme",
            Self::Audience => "facet_audience",
            Self::Region => "facet_region",
            Self::Month => "facet_month",
            Self::Price => "facet_price",
            Self::Mode => "facet_mode",
            Self::Delivery => "facet_delivery",
            Self::Duration => "facet_duration",
            Self::Kind => "facet_kind",
            Self::Sector => "facet_sector",
            Self::Level => "facet_level",
            Self::Provider => "facet_provider",
            Self::State => "facet_state",
        }
    }
}

/// The name of the order of a list in addresses.
pub fn sort_parameter(lang: Lang) -> &'static str {
    if lang == Lang::French { "tri" } else { "sort" }
}

/// The name of what a visitor has picked in addresses.
pub fn picks_parameter(lang: Lang) -> &'static str {
    if lang == Lang::French { "choix" } else { "picks" }
}

/// The panel beside a list, in which visitors search and choose: `find` in the templates of such lists. It needs a
/// script, so it is hidden until that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindPanel {
    /// The list: `modules` or `sessions`.
    pub list: &'static str,
    /// The folder of the files that the script reads, from the root.
    pub files_url: String,
    /// The words can be searched for.
    pub has_search: bool,
    /// Tells the entries of the list and their order from all others: page and files must be of one build.
    pub mark: String,
    /// How many entries the list has.
    pub count: usize,
    /// How many entries stand in one file of them.
    pub per_file: usize,
    /// How many news posts and pages are searched besides, and how many stand in one file.
    pub others: usize,
    /// As `per_file`, for news posts and pages.
    pub others_per_file: usize,
    /// The name of the order in addresses.
    pub sort_parameter: &'static str,
    /// The names of two facets in addresses, on which it depends who pays nothing.
    pub region_parameter: &'static str,
    /// The other.
    pub audience_parameter: &'static str,
    /// The name of what is picked in addresses.
    pub picks_parameter: &'static str,
    /// What can be chosen.
    pub groups: Vec<FacetGroup>,
    /// The page on which picked modules stand side by side; none where nothing can be picked.
    pub selection_url: Option<String>,
}

/// A facet with the values that visitors may choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetGroup {
    /// Its name in addresses.
    pub parameter: &'static str,
    /// "Thème"
    pub title: String,
    /// Shown unfolded.
    pub open: bool,
    /// The values.
    pub values: Vec<FacetChoice>,
}

/// A value that visitors may choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetChoice {
    /// Its name in addresses.
    pub value: String,
    /// What visitors read.
    pub label: String,
    /// How many entries have it.
    pub count: usize,
}

/// Which entries of a list answer to which choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoicesView {
    /// Tells the entries and their order from all others.
    pub mark: String,
    /// How many entries the list has.
    pub count: usize,
    /// By the facet's name in addresses: each value with the entries that have it, by number.
    pub facets: Vec<(&'static str, Vec<ChoiceEntries>)>,
    /// Entries that are free of charge for some, by number, with the regions and the audiences.
    pub free: Vec<(usize, Vec<String>, Vec<String>)>,
    /// The last day of each entry, where entries pass: a site may stand for some days.
    pub ends: Vec<String>,
    /// All entries by title, and by the day of their last change, the latest first.
    pub orders: Vec<(&'static str, Vec<usize>)>,
}

/// A value with the entries that have it, by number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceEntries {
    /// Its name in addresses.
    pub value: String,
    /// The entries, in order.
    pub entries: Vec<usize>,
}

/// Some entries of a list, as they are shown.
#[derive(Clone, Debug, Serialize)]
pub struct RowsView {
    /// Tells the entries of the list and their order from all others.
    pub mark: String,
    /// The way from the page that shows them to the root.
    pub root: String,
    /// The entries.
    pub entries: Vec<FoundEntry>,
}

/// An entry of a list.
#[derive(Clone, Debug, Serialize)]
pub struct FoundEntry {
    /// How it is shown.
    pub shown: Shown,
    /// What is searched in it, a line for each paragraph; empty where words are not searched.
    pub text: String,
}

/// How an entry is shown.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// As the card of a module.
    Card(Card),
    /// As the row of a session.
    Row(Box<SessionRow>),
    /// As a link.
    Link(FoundLink),
}

/// A news post or a page that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundLink {
    /// "Actualité"
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// One or two sentences.
    pub summary: Option<String>,
}

/// Entries of a list as they were drawn, for the file.
#[derive(Clone, Debug, Serialize)]
pub struct DrawnEntry {
    /// The card or row.
    pub html: Option<Html>,
    /// Or a link.
    pub link: Option<FoundLink>,
    /// What is searched in it.
    pub text: String,
}
