//! What is shown of the rules for content: how each sheet stands, what is missing, and where that is to be written.

use serde::Serialize;

use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Rule, Severity};
use crate::report::audit::Audit;
use crate::report::changes;
use crate::report::frame::sentences;
use crate::report::overview::{SheetState, State};
use crate::report::{Found, Located};
use crate::route::{Route, SitePath};
use crate::rules::{Duty, Item, Met};
use crate::texts::Texts;

use super::desk::Desk;
use super::frame;
use super::parts::{DateText, Html};
use super::shell::Frame;
use super::{Content, HtmlView, View};

/// Templates `report.html` and `report_alone.html`; in them: `report`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportPage {
    /// Where it stands.
    pub style: ReportStyle,
    /// "Ce que disent les fiches au 22 novembre 2026."
    pub lead: String,
    /// Which edition of the rules the sheets were looked at by; none when they were not.
    pub edition: Option<String>,
    /// How many sheets stand so.
    pub counts: Vec<StateCount>,
    /// The names of the items, in the order of the columns.
    pub items: Vec<String>,
    /// The sheets.
    pub sheets: Vec<SheetRow>,
    /// What is another since the last published site; never on a page of the site itself.
    pub changes: Vec<String>,
    /// What is about no sheet, file by file.
    pub elsewhere: Vec<FileFindings>,
}

/// Where a report stands, and so where its style is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportStyle {
    /// On a site: the address of its style sheet, from the root.
    Url(String),
    /// In a file of its own, which holds its style.
    Inline(Html),
}

impl ReportPage {
    /// Whether it stands in a file of its own, away from any site.
    pub fn is_alone(&self) -> bool {
        matches!(self.style, ReportStyle::Inline(_))
    }
}

/// How many sheets are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateCount {
    /// `in-error`, `to-finish`, `complete`.
    pub key: &'static str,
    /// "3 à terminer"
    pub text: String,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetRow {
    /// An id for `id=` that is unique on the page.
    pub anchor: String,
    /// The title.
    pub title: String,
    /// Its page, from the root.
    pub url: Option<String>,
    /// Its file.
    pub place: PlaceLink,
    /// `in-error`, `to-finish`, `complete`.
    pub state: &'static str,
    /// "à terminer"
    pub state_text: String,
    /// The items, in the order of the columns.
    pub cells: Vec<ItemCell>,
    /// The last change, as the sheet says itself.
    pub updated: Option<DateText>,
    /// The last change of its file, as the history says.
    pub changed: Option<DateText>,
    /// Why the rules of trainings are not asked of it.
    pub not_asked: Option<String>,
    /// What it takes from the settings.
    pub inherited: Option<String>,
    /// Rules that it is excused from.
    pub waived: Vec<WaivedRule>,
    /// What was found in its file.
    pub findings: Vec<Finding>,
}

/// An item of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemCell {
    /// `filled`, `inherited`, `missing`, `not-asked`.
    pub key: &'static str,
    /// A sign for it, which says nothing more than the word.
    pub sign: &'static str,
    /// The word for it.
    pub text: String,
}

/// A rule that a sheet is excused from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaivedRule {
    /// "Q1-09"
    pub code: &'static str,
    /// "Tarif"
    pub title: String,
    /// Why, in the author's words.
    pub reason: String,
}

/// What was found in a file that is no sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileFindings {
    /// The file.
    pub file: String,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// The word for it.
    pub severity_text: String,
    /// "Q1-09"
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Where.
    pub place: PlaceLink,
}

/// A place in a file, with the way to where it is edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceLink {
    /// `content/modules/x.md:12`
    pub text: String,
    /// Where it is edited, if the site says so.
    pub href: Option<String>,
}

/// The report as a page of the site.
///
/// `style_url` is the address of its style sheet, from the root.
pub fn page(desk: &Desk<'_>, audit: &Audit, style_url: String) -> View {
    let route = Route::Report;
    let frame = Frame { noindex: true, ..frame::listing(desk, &route, "report", 1, "") };
    let content = content(desk, audit, ReportStyle::Url(style_url));
    html(desk.root_of(&route), frame, content)
}

/// The report as a file of its own.
///
/// `style` is the whole of its style.
pub fn alone(desk: &Desk<'_>, audit: &Audit, style: &str) -> View {
    let frame = Frame { noindex: true, ..frame::listing(desk, &Route::Home, "report", 1, "") };
    // What closes the element that it stands in would end it.
    let style = ReportStyle::Inline(Html(style.replace("</", "<\\/")));
    html(String::new(), frame, content(desk, audit, style))
}

/// Where a report that stands alone is drawn: nowhere on the site.
pub fn nowhere() -> SitePath {
    SitePath::new("report.html")
}

fn html(root: String, frame: Frame, content: ReportPage) -> View {
    View::Html(Box::new(HtmlView { root, frame, content: Content::Report(Box::new(content)), source: None }))
}

fn content(desk: &Desk<'_>, audit: &Audit, style: ReportStyle) -> ReportPage {
    let texts = Texts::of(desk.config.lang);
    let overview = audit.overview();
    let is_alone = matches!(style, ReportStyle::Inline(_));
    let day = desk.date(desk.catalogue.edition.today).text;
    let counts = State::ALL.into_iter().map(|state| (state, overview.count(state))).filter(|(_, n)| *n > 0);
    let sheets = overview.sheets.iter().enumerate();
    let mut elsewhere: Vec<FileFindings> = Vec::new();
    for found in &overview.elsewhere {
        let file = found.primary.file.as_str();
        if elsewhere.last().is_none_or(|last| last.file != file) {
            elsewhere.push(FileFindings { file: file.to_owned(), findings: Vec::new() });
        }
        elsewhere.last_mut().into_iter().for_each(|last| last.findings.push(finding(desk, found, texts)));
    }
    ReportPage {
        style,
        lead: desk.phrases.phrase("report_lead", &[("site", &desk.site_title), ("day", &day)]),
        edition: audit.assessment.as_ref().map(|_| Rule::edition().to_owned()),
        counts: counts
            .map(|(state, n)| StateCount { key: state.text_key(), text: texts.count("sheets", state.text_key(), n) })
            .collect(),
        items: Item::ALL.iter().map(|item| capitalised(&texts.plain("items", item.text_key()))).collect(),
        changes: audit.changes.as_deref().map(|changes| changes::lines(changes, texts)).unwrap_or_default(),
        sheets: sheets.map(|(index, sheet)| row(desk, audit, index, sheet, is_alone)).collect(),
        elsewhere,
    }
}

fn row(desk: &Desk<'_>, audit: &Audit, index: usize, one: &SheetState<'_>, is_alone: bool) -> SheetRow {
    let texts = Texts::of(desk.config.lang);
    let sheet = one.sheet;
    let inherited: Vec<String> = one.inherited().map(|item| texts.plain("items", item.text_key())).collect();
    let not_asked = match sheet.duty {
        Duty::Training => None,
        Duty::Subcontracted => Some(desk.word("report_subcontracted")),
        Duty::Other(kind) => {
            let kind = texts.plain("duties", kind.as_str());
            Some(desk.phrases.phrase("report_not_asked", &[("kind", &kind)]))
        }
    };
    let waived = sheet.waived.iter().map(|waived| WaivedRule {
        code: waived.rule.as_str(),
        title: texts.plain(waived.rule.as_str(), "title"),
        reason: waived.reason.clone(),
    });
    SheetRow {
        anchor: format!("fiche-{}", index + 1),
        title: desk.tidy(&sheet.title),
        // A file of its own has no site around it.
        url: desk.table.url(&Route::Module(sheet.module.clone())).filter(|_| !is_alone),
        place: place(desk, &sheet.file, None),
        state: one.state.text_key(),
        state_text: texts.plain("sheets", one.state.text_key()),
        cells: sheet.items.iter().map(|(_, met)| cell(desk, *met)).collect(),
        updated: sheet.updated.map(|day| desk.date(day)),
        changed: audit.history.get(&sheet.file).map(|day| desk.date(*day)),
        not_asked,
        inherited: (!inherited.is_empty()).then(|| inherited.join(", ")),
        waived: waived.collect(),
        findings: one.found.iter().map(|found| finding(desk, found, texts)).collect(),
    }
}

fn cell(desk: &Desk<'_>, met: Met) -> ItemCell {
    let (sign, word) = match met {
        Met::BySheet => ("✓", "report_filled"),
        Met::BySite => ("↑", "report_inherited"),
        Met::Missing => ("✗", "report_missing"),
        Met::NotAsked => ("–", "report_not_asked_item"),
    };
    ItemCell { key: met.text_key(), sign, text: desk.word(word) }
}

fn finding(desk: &Desk<'_>, found: &Found, texts: &Texts) -> Finding {
    let (message, help) = sentences(&found.diagnostic, texts);
    let Located { file, line, .. } = &found.primary;
    let code: Code = found.diagnostic.code;
    let severity: Severity = found.diagnostic.severity;
    Finding {
        severity: severity.as_str(),
        severity_text: texts.plain("severity", severity.as_str()),
        code: code.as_str(),
        message,
        help,
        place: place(desk, file, Some(*line)),
    }
}

fn place(desk: &Desk<'_>, file: &ContentPath, line: Option<usize>) -> PlaceLink {
    let text = line.map_or_else(|| file.to_string(), |line| format!("{file}:{line}"));
    let line = line.unwrap_or(1).to_string();
    let href = desk.config.edit_url.as_ref();
    PlaceLink { text, href: href.map(|href| href.replace("{path}", &file.to_uri()).replace("{line}", &line)) }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
