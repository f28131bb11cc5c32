//! What is wrong with a template: [`TemplateProblem`], in words that an author of a look can act upon.
//!
//! The engine places its errors; what it says is read here for the kind of slip, the names that exist, and the
//! templates through which the one in question was reached. What is not known here is told in the engine's own words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::ErrorKind;

use crate::diagnostic::{Code, Diagnostic, Label, Place};
use crate::fold::nearest;
use crate::source::ContentPath;

use super::BUILT_IN;
use super::templates::UNDEFINED;

/// A template that could not be read or drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateProblem {
    /// The template's file.
    file: ContentPath,
    /// Where in it, in bytes.
    place: Place,
    slip: Slip,
    /// The places from which the template was reached, the nearest first.
    chain: Vec<Label>,
}

#[derive(Clone, Debug, PartialEq)]
enum Slip {
    /// A name that is none here, of the names that are some; `message` says of what kind.
    Name { message: &'static str, name: String, known: Vec<String> },
    /// Templates that call each other without end.
    Circle(Vec<String>),
    /// A page that grows beyond so many megabytes.
    Endless(usize),
    /// A loop that counts to more than the engine allows: to how much, and how much it allows.
    Range { wanted: String, most: String },
    /// Components that call each other too deep.
    Components,
    /// Anything else, in the template engine's words.
    Other(String),
}

/// The texts of all templates, by name, with the site's own paths: what errors are about.
#[derive(Debug, Default)]
pub(super) struct TemplateTexts(pub(super) BTreeMap<String, (Arc<str>, Option<ContentPath>)>);

impl TemplateProblem {
    /// A problem with what templates are given.
    pub fn of_values(template: &str, reason: String) -> Self {
        Self { file: Self::file_of(template), place: Place::File, slip: Slip::Other(reason), chain: Vec::new() }
    }

    /// The file of a built-in template.
    pub fn file_of(template: &str) -> ContentPath {
        ContentPath::new(format!("themes/{BUILT_IN}/templates/{template}"))
    }

    /// The problem as a diagnostic; `page` is what was being drawn, if anything was.
    pub fn diagnostic<'a>(&'a self, page: Option<&str>) -> Diagnostic {
        let diagnostic = Diagnostic::new(Code::TemplateError, &self.file, self.place.clone());
        let mut diagnostic = match &self.slip {
            Slip::Name { message, name, known } => {
                // The names of all templates end alike, which makes none of them the nearer.
                let stem = |name: &'a str| name.strip_suffix(".html").unwrap_or(name);
                let stems: BTreeMap<&str, &str> = known.iter().map(|known| (stem(known), known.as_str())).collect();
                let near = nearest(stem(name), stems.keys().copied()).and_then(|near| stems.get(near).copied());
                let help = match (near, known.is_empty()) {
                    (Some(_), _) => "help-near",
                    (None, false) => "help-names",
                    (None, true) => "help",
                };
                let diagnostic = diagnostic.message(message).help(help).arg("name", name);
                diagnostic.arg("near", near.unwrap_or_default()).arg("names", known.join(", "))
            }
            Slip::Circle(names) => {
                diagnostic.message("message-circle").help("help-circle").arg("circle", names.join(" → "))
            }
            Slip::Endless(megabytes) => {
                let diagnostic = diagnostic.message("message-endless").help("help-endless");
                diagnostic.arg("megabytes", megabytes.to_string())
            }
            Slip::Range { wanted, most } => {
                let diagnostic = diagnostic.message("message-range").help("help-range");
                diagnostic.arg("wanted", wanted).arg("most", most)
            }
            Slip::Components => diagnostic.message("message-components").help("help-circle"),
            Slip::Other(reason) => {
                diagnostic.message(if page.is_some() { "message-drawing" } else { "message" }).arg("reason", reason)
            }
        };
        if let Some(page) = page {
            diagnostic = diagnostic.arg("page", page);
        }
        diagnostic.secondary.extend(self.chain.iter().cloned());
        diagnostic
    }
}

impl TemplateTexts {
    /// What the engine's error says; several things at once when it read all templates. `drawn` is the template that
    /// was asked for.
    pub(super) fn problems(&self, error: &tera::Error, drawn: Option<&str>) -> Vec<TemplateProblem> {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let (span, slip) = if report.message() == UNDEFINED {
                    self.undefined(report.filename(), report.span().range.start)
                } else {
                    (report.span().range.clone(), self.slip(report.message()))
                };
                let mut problem = self.problem(report.filename(), span, slip);
                problem.chain = self.chain(&error.to_string(), report.filename(), drawn);
                vec![problem]
            }
            ErrorKind::MissingParent { current, parent } => {
                vec![self.problem(current, self.span_of(current, parent), self.slip_of_template(parent))]
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: circle }
            | ErrorKind::CircularInclude { tpl, include_chain: circle } => {
                let mut circle = circle.clone();
                if circle.last() != circle.first() || circle.len() == 1 {
                    circle.push(tpl.clone());
                }
                let called = circle.get(1).map_or("", String::as_str);
                vec![self.problem(&circle[0], self.span_of(&circle[0], called), Slip::Circle(circle.clone()))]
            }
            _ => {
                let told = error.to_string();
                let placed: Vec<TemplateProblem> =
                    told.split("error: ").filter_map(|report| self.problem_of_report(report)).collect();
                if !placed.is_empty() {
                    return placed;
                }
                vec![self.somewhere(drawn.unwrap_or("base.html"), self.slip(&told))]
            }
        }
    }

    /// What stands before the filter at `filter`, and is nothing.
    fn undefined(&self, template: &str, filter: usize) -> (std::ops::Range<usize>, Slip) {
        let before = self.text(template).get(..filter).unwrap_or_default().trim_end_matches([' ', '|', '\n']);
        let start = before.rfind(['{', ' ', '(']).map_or(0, |at| at + 1);
        (
            start..before.len(),
            Slip::Name { message: "message-name", name: before[start..].to_owned(), known: Vec::new() },
        )
    }

    /// What kept a template from being drawn: the engine stops at the first thing.
    pub(super) fn first_problem(&self, error: &tera::Error, drawn: &str) -> TemplateProblem {
        let first = self.problems(error, Some(drawn)).into_iter().next();
        first.unwrap_or_else(|| TemplateProblem::of_values(drawn, error.to_string()))
    }

    /// Whether any template is the site's own.
    pub(super) fn has_own(&self) -> bool {
        self.0.values().any(|(_, path)| path.is_some())
    }

    /// A page of `drawn` that has no end.
    pub(super) fn endless(&self, drawn: &str, megabytes: usize) -> TemplateProblem {
        self.somewhere(drawn, Slip::Endless(megabytes))
    }

    /// A slip of which nobody says where it is. It is in the template that was drawn, when that is the site's own; or
    /// else in another of its own, the first of which is named.
    fn somewhere(&self, drawn: &str, slip: Slip) -> TemplateProblem {
        let is_own = |name: &str| self.0.get(name).is_some_and(|(_, path)| path.is_some());
        let own = || self.0.keys().find(|name| is_own(name)).map(String::as_str);
        let template = if is_own(drawn) { drawn } else { own().unwrap_or(drawn) };
        TemplateProblem { place: Place::File, ..self.problem(template, 0..0, slip) }
    }

    /// Reads what the engine says in words only: `Unknown filter …`, then ` --> module.html:1:23`.
    fn problem_of_report(&self, report: &str) -> Option<TemplateProblem> {
        let mut lines = report.lines();
        let message = lines.next()?.trim();
        let (name, at) = self.place(lines.next()?.trim().strip_prefix("--> ")?)?;
        let slip = self.slip(message);
        let length = match &slip {
            Slip::Name { name: wrong, .. } => {
                let text = self.text(&name).get(at..)?;
                // The engine's column is that of the quote in front of a template's name.
                wrong.len() + 2 * usize::from(text.starts_with(['"', '\'']))
            }
            _ => 0,
        };
        Some(self.problem(&name, at..at + length, slip))
    }

    /// A place as the engine writes it, `module.html:1:23`, in bytes.
    fn place(&self, written: &str) -> Option<(String, usize)> {
        let mut parts = written.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let name = parts.next()?.to_owned();
        let text = self.text(&name);
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let within = text[start..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        Some((name, start + within))
    }

    fn problem(&self, template: &str, span: std::ops::Range<usize>, slip: Slip) -> TemplateProblem {
        TemplateProblem { file: self.path_of(template), place: Place::Span(span), slip, chain: Vec::new() }
    }

    fn slip(&self, message: &str) -> Slip {
        let quoted = message.split('`').nth(1).unwrap_or_default().to_owned();
        let known = |marker: &str| -> Vec<String> {
            let names = message.split_once(marker).map(|(_, names)| names).unwrap_or_default();
            let mut names: Vec<String> = names.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
            names.sort();
            names
        };
        if message.starts_with("Variable `") {
            Slip::Name { message: "message-name", name: quoted, known: known("Available variables: ") }
        } else if message.starts_with("Field `") {
            Slip::Name { message: "message-name", name: quoted, known: known("Available fields: ") }
        } else if message.starts_with("Unknown template `") {
            self.slip_of_template(&quoted)
        } else if message.starts_with("Block `") {
            Slip::Name { message: "message-block", name: quoted, known: self.blocks() }
        } else if let Some((_, counts)) = message.split_once("`range` would produce ") {
            let mut numbers = counts.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
            let mut next = || numbers.next().unwrap_or_default().to_owned();
            Slip::Range { wanted: next(), most: next() }
        } else if message.contains("recursion depth for components") {
            Slip::Components
        } else if message.starts_with("Unknown ") && !quoted.is_empty() {
            Slip::Name { message: "message-function", name: quoted, known: Vec::new() }
        } else {
            Slip::Other(message.trim_end_matches('.').to_owned())
        }
    }

    fn slip_of_template(&self, name: &str) -> Slip {
        Slip::Name { message: "message-template", name: name.to_owned(), known: self.0.keys().cloned().collect() }
    }

    /// Every block of every template that none extends: what a template of a site may fill.
    fn blocks(&self) -> Vec<String> {
        let parents = self.0.values().filter(|(text, _)| extended(text).is_none());
        let blocks: BTreeSet<&str> = parents
            .flat_map(|(text, _)| text.split("{%").skip(1))
            .filter_map(|tag| tag.trim_start_matches(['-', ' ']).strip_prefix("block "))
            .filter_map(|rest| rest.split([' ', '%', '-']).find(|name| !name.is_empty()))
            .collect();
        blocks.into_iter().map(str::to_owned).collect()
    }

    /// The way from the template that was drawn to the one with the error: includes and calls, as the engine notes
    /// them, then what extends what.
    fn chain(&self, told: &str, wrong: &str, drawn: Option<&str>) -> Vec<Label> {
        let mut chain = Vec::new();
        let mut reached = wrong.to_owned();
        for note in told.lines().filter_map(|line| line.strip_prefix("note: called from ")) {
            let Some((name, at)) = self.place(note) else { continue };
            chain.push(Label::new(&self.path_of(&name), Place::Span(at..at)).with_text("called"));
            reached = name;
        }
        let mut above = drawn.map(str::to_owned);
        let mut extending = Vec::new();
        while let Some(name) = above.filter(|name| *name != reached && extending.len() < 20) {
            let parent = extended(self.text(&name)).map(str::to_owned);
            if let Some(parent) = &parent {
                let place = Place::Span(self.span_of(&name, parent));
                extending.push(Label::new(&self.path_of(&name), place).with_text("extended"));
            }
            above = parent;
        }
        chain.extend(extending.into_iter().rev());
        chain
    }

    /// Where a template names another one, its quotes included.
    fn span_of(&self, template: &str, named: &str) -> std::ops::Range<usize> {
        let text = self.text(template);
        let quoted = ['"', '\''].map(|quote| format!("{quote}{named}{quote}"));
        let found = quoted.iter().find_map(|quoted| Some((text.find(quoted.as_str())?, quoted.len())));
        found.map_or(0..0, |(at, length)| at..at + length)
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |(text, _)| text)
    }

    /// Where a template stands: the site's own file, or the name it has in the program.
    fn path_of(&self, name: &str) -> ContentPath {
        let own = self.0.get(name).and_then(|(_, path)| path.clone());
        own.unwrap_or_else(|| ContentPath::new(format!("themes/{BUILT_IN}/templates/{name}")))
    }
}

/// The template that a text extends.
fn extended(text: &str) -> Option<&str> {
    let rest = text.split_once("extends")?.1.trim_start();
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    rest[1..].split_once(quote).map(|(name, _)| name)
}
