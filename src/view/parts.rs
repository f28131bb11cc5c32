//! The pieces that pages are made of: links, cards, rows, dates.
//!
//! Every address named `url` is counted from the site's root and has no `/` in front
//! (`themes/aller-vers/`, or empty for the home page): a template writes `{{ root }}{{ x.url }}`.
//! An address named `href` is whole (another site, `mailto:`, `tel:`) and is written as it is.

use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// HTML that is safe as it stands: a template writes it with `| safe`. All other texts are escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// A page of the site, by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// The words of the link.
    pub label: String,
    /// The address from the site's root.
    pub url: String,
}

/// A link that may lead anywhere: exactly one of `url` and `href` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnyLink {
    /// The words of the link.
    pub label: String,
    /// The address of a page of this site.
    pub url: Option<String>,
    /// The whole address of anything else.
    pub href: Option<String>,
}

/// A theme, audience or region in a few words: a tag, a crumb, an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermLink {
    /// The term's title.
    pub label: String,
    /// Its page.
    pub url: String,
    /// Which of the five hues it has (1 to 5); 0 for none. Themes only.
    pub hue: u8,
}

/// A page of the site with how many modules stand on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountLink {
    /// The words of the link.
    pub label: String,
    /// The address from the site's root.
    pub url: String,
    /// How many modules.
    pub count: usize,
    /// "3 formations"
    pub count_text: String,
}

/// A picture with its alternative text (empty for decoration).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Image {
    /// The file, from the site's root.
    pub url: String,
    /// What the picture says; empty when it says nothing.
    pub alt: String,
    /// Who made it, if it must be said.
    pub credit: Option<String>,
    /// Width in pixels, where the file tells.
    pub width: Option<u32>,
    /// Height in pixels, where the file tells.
    pub height: Option<u32>,
}

/// A date, or a part of several, ready to stand in `<time datetime>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateText {
    /// The words ("jeudi 25", " et ", "vendredi 26 mars 2027").
    pub text: String,
    /// `YYYY-MM-DD` when these words are a date; none for the words between dates.
    pub iso: Option<String>,
}

/// The tear-off date: month, days, year. Always beside the same date in words, so hidden from screen readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayBlock {
    /// "mars"
    pub month: String,
    /// "25–26"
    pub days: String,
    /// "2027"
    pub year: String,
}

/// The state of a session, in words and with an icon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// `open`, `few`, `full`, `past`, `cancelled`, `confirmed`, `postponed`.
    pub key: &'static str,
    /// "3 places restantes"
    pub label: String,
}

/// One dated, placed run of a module: a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionRow {
    /// The module's hue (1 to 5, 0 for none).
    pub hue: u8,
    /// What heads the row: the module's title in lists, the group and town on the module's own page.
    pub title: String,
    /// The module's page; none on that page itself.
    pub url: Option<String>,
    /// An id for `id=` that is unique on the page.
    pub anchor: String,
    /// The tear-off date; none when the session has no date yet.
    pub day: Option<DayBlock>,
    /// The dates in words; empty when there is none.
    pub dates: Vec<DateText>,
    /// "9 h – 17 h"
    pub times: Option<String>,
    /// "Strasbourg, Grand Est", or "À distance".
    pub place: Option<String>,
    /// Room and address.
    pub venue: Option<String>,
    /// "Places disponibles", "Session complète"…
    pub state: Option<State>,
    /// "S’inscrire", "Liste d’attente"; none when there is nothing to do.
    pub action: Option<Action>,
    /// "Ajouter à mon agenda (.ics)", on the module's own page, while it is to come.
    pub calendar: Option<Action>,
    /// Small further lines: closing date of registration, own price, own trainers.
    pub notes: Vec<String>,
    /// `YYYY-MM-DD` of the last day, for the script that hides what has passed since the build.
    pub last_day: Option<String>,
}

/// Something to do: a button or a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// The words.
    pub label: String,
    /// What screen readers hear behind the words, so that equal words have equal targets.
    pub context: Option<String>,
    /// An anchor of the same page (`#sessions`) or a whole address (`mailto:`, `https:`).
    pub href: Option<String>,
    /// A page of the site.
    pub url: Option<String>,
}

/// The ways to a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarLinks {
    /// The file, from the site's root: what it holds is added once.
    pub url: String,
    /// The same as `webcal:`, for a program that follows it; none where the site does not say its own address.
    pub follow_href: Option<String>,
}

/// One small fact of a card: an icon, a hidden label, a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// `duration`, `format`, `place`, `price`: which icon.
    pub key: &'static str,
    /// "Durée"
    pub label: String,
    /// "2 jours"
    pub text: String,
    /// Free of charge: drawn with the highlighter.
    pub highlight: bool,
}

/// A module on a list. The same card everywhere: template `card.html`; in it: `m`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModuleCard {
    /// Its place among all cards; no template needs it.
    #[serde(skip)]
    pub number: usize,
    /// The title, with the series in front where there is one.
    pub title: String,
    /// Its subtitle: modules of one series may have one title but for a number.
    pub subtitle: Option<String>,
    /// The module's page.
    pub url: String,
    /// "Formation", "Accompagnement"… only when it is not a plain training.
    pub kind: Option<String>,
    /// The first theme's title.
    pub topic: Option<String>,
    /// The hue (1 to 5, 0 for none) and emblem of the first theme.
    pub hue: u8,
    /// The emblem's name (`emblem-…` symbol).
    pub emblem: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Labels such as "nouveau", "co-construite".
    pub labels: Vec<String>,
    /// Duration, format, place, price.
    pub metas: Vec<Meta>,
    /// The next upcoming session.
    pub next: Option<CardSession>,
    /// What stands in its place when there is none ("Dates à convenir").
    pub undated: Option<String>,
}

/// The next session, as a card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardSession {
    /// The tear-off date.
    pub day: DayBlock,
    /// The dates in words, for screen readers.
    pub dates: Vec<DateText>,
    /// Its state.
    pub state: Option<State>,
}

/// A theme, audience or region on an index page, with what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermTile {
    /// The title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What it is about.
    pub description: Option<String>,
    /// How many modules.
    pub count: usize,
    /// "3 formations"
    pub count_text: String,
    /// The hue (1 to 5, 0 for none). Themes only.
    pub hue: u8,
    /// The emblem's name. Themes only; empty otherwise.
    pub emblem: String,
    /// For a region: the slug, which places its tile on the grid (`r-grand-est`).
    pub slug: String,
    /// Terms below this one.
    pub children: Vec<PageLink>,
}

/// A region's tile on the grid. Regions without a module have no address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegionTile {
    /// The region's name.
    pub title: String,
    /// Its page; none when no module is offered there.
    pub url: Option<String>,
    /// A name of few letters ("GES"), for a screen without room for the whole.
    pub short: &'static str,
    /// How many modules.
    pub count: usize,
    /// " formations": the words behind the number, for screen readers.
    pub count_text: String,
    /// The slug: class `r-<slug>` places the tile.
    pub slug: String,
    /// Overseas regions stand in a row of their own.
    pub overseas: bool,
}

/// A news post on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewsCard {
    /// The title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The day it was published.
    pub date: DateText,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The first theme, if any.
    pub topic: Option<TermLink>,
}

/// A document to fetch: where, and what the visitor gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentLink {
    /// The title.
    pub title: String,
    /// A file of this site.
    pub url: Option<String>,
    /// A file elsewhere.
    pub href: Option<String>,
    /// "PDF, 240 Ko · 22 septembre 2020 · HAS"; empty when nothing is known.
    pub details: String,
}

/// A person or profile who trains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrainerCard {
    /// One or two letters, decoration.
    pub initials: String,
    /// The name, or the role when no name is given.
    pub name: String,
    /// The role and organisation, when the name is given.
    pub detail: Option<String>,
    /// Trains from lived experience ("formateur pair").
    pub peer: bool,
}

/// Previous and next pages of a long list, and all of them by number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Every page: number and address; a gap where `number` is 0.
    pub pages: Vec<PageNumber>,
    /// This page's number, from 1.
    pub current: usize,
    /// "Page 2 sur 3"
    pub text: String,
}

/// One page of a long list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageNumber {
    /// From 1; 0 for a gap (…).
    pub number: usize,
    /// Its address.
    pub url: String,
}

/// Ways to pass the page on, without any script of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// A `mailto:` with the title and, where the site says its own address, the page's.
    pub mail_href: String,
}

/// A card on a page. A template writes `{{ m.html | safe }}`; what `card.html` makes it of is in [`ModuleCard`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it shows: made once, for every page.
    pub module: Arc<ModuleCard>,
    /// How the look draws it; there once the page is about to be drawn.
    pub html: Option<Html>,
}

/// All of it before it is drawn, for the page's fingerprint; then the drawing, with what a plain link needs.
impl Serialize for Card {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(html) = &self.html else { return self.module.serialize(serializer) };
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("html", html)?;
        map.serialize_entry("title", &self.module.title)?;
        map.serialize_entry("url", &self.module.url)?;
        map.end()
    }
}

/// Cards on a list.
pub type Cards = Vec<Card>;
