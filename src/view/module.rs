//! A module's sheet. Template `module.html`; in it: `module`.

use serde::Serialize;

use super::parts::{
    Action, AnyLink, CalendarLinks, Cards, DateText, DayBlock, DocumentLink, Html, PageLink, SessionRow, Share,
    TermLink, TrainerCard,
};
use super::small_map::SmallMap;

/// All that a module's page shows. What the module does not say is absent or empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModuleSheet {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// "La pratique de l’aller vers · module 1"
    pub series: Option<String>,
    /// "Formation", "Groupe de travail"…
    pub kind: String,
    /// The key of the kind (`training`, `support`, `work_group`, `conference`, `pathway`).
    pub kind_key: &'static str,
    /// "co-construite", "nouveau"
    pub labels: Vec<String>,
    /// The hue of the first theme (1 to 5, 0 for none).
    pub hue: u8,
    /// The emblem of the first theme.
    pub emblem: String,
    /// Its themes.
    pub topics: Vec<TermLink>,
    /// The summary.
    pub summary: Option<String>,
    /// No longer on offer: a notice says so.
    pub archived: bool,
    /// The box at the top of the facts card.
    pub next: NextBox,
    /// The facts card: duration, price, format, places, audience, prerequisites…
    pub facts: Vec<Fact>,
    /// The buttons below the facts: the first is the main one.
    pub actions: Vec<Action>,
    /// A short line below the buttons (access delay).
    pub access_note: Option<String>,
    /// The table of contents: shown from four entries up.
    pub contents: Vec<ContentsEntry>,
    /// What stands before the first heading of the body.
    pub lead: Html,
    /// "Les plus": short selling points.
    pub highlights: Vec<String>,
    /// The sections of the body, in the author's order and under the author's headings.
    pub sections: Vec<SheetSection>,
    /// Footnotes of the body; empty when there is none.
    pub footnotes: Html,
    /// Dates and places; none when no session was ever announced.
    pub sessions: Option<SessionsBlock>,
    /// What it is made of, if it is a pathway, in order.
    pub steps: Vec<PathStep>,
    /// What comes before and after; none when the module stands alone.
    pub path: Option<PathBlock>,
    /// Where on the map it is offered; none when it is nowhere, everywhere, or in regions of the site's own.
    pub map: Option<SmallMap>,
    /// Who trains.
    pub trainers: Option<TrainersBlock>,
    /// Prices, one line each with their condition; shown in full when the facts card cannot hold them.
    pub prices: Vec<PriceLine>,
    /// The terms: methods, assessment, access, disability, results, contacts… whatever is known.
    pub terms: Vec<TermRow>,
    /// Organisations behind the module: provider, partners, funders.
    pub organisations: Vec<OrganisationNote>,
    /// Documents to fetch.
    pub documents: Vec<DocumentLink>,
    /// Related modules: those that the author names, and others of the series.
    pub related: Cards,
    /// Modules that are most akin, where the author names none.
    pub akin: Cards,
    /// News posts that speak of it.
    pub news: Vec<PageLink>,
    /// "Fiche mise à jour le": the date.
    pub updated: Option<DateText>,
    /// "réf. AV-01"
    pub code: Option<String>,
    /// Printing, e-mail, copying the address.
    pub share: Share,
    /// Printed at the end of the sheet: address of the page, e-mail, telephone.
    pub print_lines: Vec<String>,
    /// `extra` of the front matter, untouched, and keys that mean nothing to the program.
    pub extra: serde_json::Value,
}

/// The box at the top of the facts card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextBox {
    /// `session` (a date is set), `on_site` (only at the client's), `none` (no date), `archived`.
    pub key: &'static str,
    /// "Prochaine session", "Uniquement en intra", "Dates à convenir".
    pub heading: String,
    /// The tear-off date.
    pub day: Option<DayBlock>,
    /// The town, or "Dans votre structure".
    pub place: Option<String>,
    /// The dates in words.
    pub dates: Vec<DateText>,
    /// "Dates à convenir ensemble"
    pub note: Option<String>,
}

/// A fact of the card: a label, a main line, small lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// `duration`, `price`, `format`, `place`, `audience`, `prerequisites`, `group`, `sectors`, `level`,
    /// `certification`, `language`: which icon.
    pub key: &'static str,
    /// "Durée"
    pub label: String,
    /// The main lines; each may be a link.
    pub lines: Vec<FactLine>,
    /// Small print below.
    pub notes: Vec<String>,
    /// Drawn with the highlighter ("Gratuit").
    pub highlight: bool,
}

/// A line of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactLine {
    /// The words.
    pub text: String,
    /// A page of the site that they lead to.
    pub url: Option<String>,
    /// An anchor on this page.
    pub href: Option<String>,
    /// Small print that belongs to this line alone: the condition of a price.
    pub note: Option<String>,
}

/// An entry of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContentsEntry {
    /// The anchor, without `#`.
    pub id: String,
    /// The words.
    pub label: String,
}

/// A section of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetSection {
    /// The anchor.
    pub id: String,
    /// The heading in the author's words, with its emoji hidden from screen readers.
    pub heading: Html,
    /// `objectives` (drawn ticks), `programme` (time line), or `prose`.
    pub drawn_as: &'static str,
    /// The text up to the steps; for a programme, what stands before its first step.
    pub body: Html,
    /// The steps of a programme; empty otherwise.
    pub steps: Vec<ProgrammeStep>,
}

/// A step of a programme: a day, a meeting, a half-day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeStep {
    /// The anchor.
    pub id: String,
    /// "Jour", "Séance"; empty when the heading has no such word.
    pub word: String,
    /// "1"; empty when the heading has no number.
    pub number: String,
    /// The rest of the heading.
    pub title: Html,
    /// "7 h", "à distance"
    pub note: Option<String>,
    /// What is done in it.
    pub body: Html,
}

/// Dates and places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionsBlock {
    /// Sessions to come, the next first.
    pub upcoming: Vec<SessionRow>,
    /// Past sessions, the latest first; shown apart.
    pub past: Vec<SessionRow>,
    /// All its dates as a calendar; none when there is no date, or none to come.
    pub calendar: Option<CalendarLinks>,
}

/// What comes before and after a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathBlock {
    /// "Il suffit d’en avoir suivi une" when any one of the prerequisites is enough.
    pub any_note: Option<String>,
    /// Prerequisites.
    pub before: Vec<PathStep>,
    /// This module's title.
    pub here: String,
    /// What the module opens the way to.
    pub after: Vec<PathStep>,
    /// The pathways that it stands in.
    pub pathways: Vec<PageLink>,
}

/// A step before or after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathStep {
    /// "À suivre avant", "Ouvre la voie à"
    pub rank: String,
    /// The words.
    pub label: String,
    /// The module's page, when it is a module of the catalogue.
    pub url: Option<String>,
    /// Further words of the author.
    pub note: Option<String>,
}

/// Who trains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrainersBlock {
    /// The author's words about them.
    pub text: Option<String>,
    /// The people or profiles.
    pub people: Vec<TrainerCard>,
}

/// A price with its condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PriceLine {
    /// "Gratuit", "450 € HT par personne", "Sur devis".
    pub text: String,
    /// For whom, where, on which condition.
    pub condition: Option<String>,
    /// Free of charge.
    pub free: bool,
}

/// A row of the terms: a label and what is to be known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermRow {
    /// The anchor (`handicap`…); empty for none.
    pub id: String,
    /// "Méthodes"
    pub label: String,
    /// Paragraphs and lists, ready to stand in a `dd`.
    pub body: Html,
}

/// An organisation behind the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrganisationNote {
    /// "Organisme de formation", "Cofinanceur"
    pub role: String,
    /// The name.
    pub name: String,
    /// Its page or site.
    pub link: Option<AnyLink>,
    /// The author's words about the part it plays.
    pub text: Option<String>,
    /// Its own description, shown on demand.
    pub description: Html,
}
