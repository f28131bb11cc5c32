//! Diagnostics made ready to be shown: [`Found`], with lines, columns and an excerpt, and the forms in
//! which they are shown, for people ([`frame`]) and for machines ([`json`], [`sarif`]).
//!
//! A diagnostic says *what*; here it is found out *where* that stands in the file, by reading the file's
//! text once more. That costs something, and only for files about which there is something to say.

pub mod audit;
pub mod changes;
mod fit;
pub mod frame;
pub mod json;
mod lines;
pub mod overview;
pub mod sarif;
pub mod selection;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Label, Part, Place, YamlPath};
use crate::document::yaml_of;
use crate::source::ContentPath;
use crate::yaml::Places;

use lines::{Lines, ceil_boundary, floor_boundary};

/// A diagnostic with its places found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// Where the author must act.
    pub primary: Located,
    /// The other places, in the order of the diagnostic's labels.
    pub secondary: Vec<Located>,
}

/// A place in a file as an author looks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Which file.
    pub file: ContentPath,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The line and column behind the last character that is meant.
    pub end: (usize, usize),
    /// The words that stand beside it, by their key.
    pub text: Option<&'static str>,
    /// The lines around it; none when the file as a whole is meant, or its text is not known.
    pub excerpt: Option<Excerpt>,
}

/// Some lines of a file, with what is meant in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text, long lines cut.
    pub text: String,
    /// The number of its first line, from 1.
    pub first_line: usize,
    /// The bytes of `text` that are meant.
    pub span: Range<usize>,
    /// Whether the first line is so long that its beginning is left out.
    pub begins_within_line: bool,
}

/// How much of a line is shown on each side of what is meant: nobody reads a line of a megabyte.
const SHOWN_OF_LINE: usize = 200;
/// How many lines of a long span are shown.
const SHOWN_LINES: usize = 3;

/// Finds the places of diagnostics, and puts them in the order of files and places. Each is told once.
///
/// `text_of` gives the bytes of a file, where they are known.
pub fn resolve(diagnostics: Vec<Diagnostic>, text_of: &dyn Fn(&ContentPath) -> Option<Arc<[u8]>>) -> Vec<Found> {
    let mut labels: BTreeMap<ContentPath, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        for (nth, label) in all_labels(diagnostic).enumerate() {
            labels.entry(label.file.clone()).or_default().push((index, nth));
        }
    }
    let mut located: BTreeMap<(usize, usize), Located> = BTreeMap::new();
    let mut spelt: BTreeMap<(usize, usize), Place> = BTreeMap::new();
    // File by file: the text of one is read once, however much there is to say about it.
    for (file, wanted) in labels {
        let bytes = text_of(&file);
        let text = bytes.as_ref().map(|bytes| String::from_utf8_lossy(bytes));
        let finder = text.as_deref().map(|text| Finder::new(&file, text));
        let label_of = |(index, nth): (usize, usize)| all_labels(&diagnostics[index]).nth(nth);
        let spans = wanted.into_iter().filter_map(|at| {
            let label = label_of(at)?;
            if let Place::Field(steps, part) = &label.place {
                let way = finder.as_ref().map(|finder| finder.places().way(steps)).unwrap_or_default();
                spelt.insert(at, Place::Yaml(way, *part));
            }
            Some((finder.as_ref().and_then(|finder| finder.span(&label.place)), at, label))
        });
        // In the order of the file, so that a long line is counted along once, and not once for each slip on it.
        let mut spans: Vec<_> = spans.collect();
        spans.sort_by_key(|(span, at, _)| (span.as_ref().map(|span| span.start), *at));
        for (span, at, label) in spans {
            located.insert(at, locate(label, span, finder.as_ref()));
        }
    }
    let mut found: Vec<Found> = diagnostics
        .into_iter()
        .enumerate()
        .map(|(index, mut diagnostic)| {
            let at = |nth: usize, label: &Label| {
                located.get(&(index, nth)).cloned().unwrap_or_else(|| locate(label, None, None))
            };
            let primary = at(0, &diagnostic.primary);
            let secondary = diagnostic.secondary.iter().enumerate().map(|(nth, label)| at(nth + 1, label)).collect();
            let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary);
            for (nth, label) in labels.enumerate() {
                if let Some(place) = spelt.remove(&(index, nth)) {
                    label.place = place;
                }
            }
            Found { primary, secondary, diagnostic }
        })
        .collect();
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    found.dedup();
    found
}

/// Several such lists as one, in the order of files and places.
pub fn in_order<'a>(found: impl IntoIterator<Item = &'a Found>) -> Vec<&'a Found> {
    let mut found: Vec<&Found> = found.into_iter().collect();
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    found
}

/// Everything that tells two diagnostics apart, the place first: the same set is in the same order for any
/// number of threads.
fn order(found: &Found) -> impl Ord + '_ {
    let Found { diagnostic, primary, .. } = found;
    let at = (&primary.file, primary.line, primary.column);
    (at, diagnostic.severity, diagnostic.code, diagnostic.message, diagnostic.help, &diagnostic.args)
}

fn all_labels(diagnostic: &Diagnostic) -> impl Iterator<Item = &Label> {
    std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary)
}

/// A file's text with what finds places in it.
struct Finder<'a> {
    text: &'a str,
    lines: Lines<'a>,
    places: OnceCell<Places>,
    start: OnceCell<usize>,
    file: &'a ContentPath,
}

impl<'a> Finder<'a> {
    fn new(file: &'a ContentPath, text: &'a str) -> Self {
        Self { text, lines: Lines::of(text), places: OnceCell::new(), start: OnceCell::new(), file }
    }

    fn span(&self, place: &Place) -> Option<Range<usize>> {
        match place {
            Place::File => None,
            Place::Start => Some(self.start()),
            Place::Span(span) => Some(span.clone()),
            Place::Yaml(path, part) => self.yaml_span(path, *part),
            Place::Field(steps, part) => self.yaml_span(&self.places().way(steps), *part),
        }
    }

    fn yaml_span(&self, path: &YamlPath, part: Part) -> Option<Range<usize>> {
        // A value that nothing wrote has no place: it is missing where the front matter begins.
        let names_something = !path.steps().is_empty();
        self.places().find(path, part).filter(|_| names_something).or_else(|| Some(self.start()))
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| match yaml_of(self.file, self.text) {
            Some((yaml, offset)) => Places::of(yaml, offset),
            None => Places::default(),
        })
    }

    /// The opening `---`, or the first byte of a file that has none.
    fn start(&self) -> Range<usize> {
        let mark = self.text.len() - self.text.trim_start_matches('\u{FEFF}').len();
        // A file may begin with any number of blank lines, and much may be missing in it.
        let opening = *self.start.get_or_init(|| self.text.len() - self.text[mark..].trim_start().len());
        if self.text[opening..].starts_with("---") { opening..opening + 3 } else { mark..mark }
    }

    fn excerpt(&self, span: &Range<usize>) -> Excerpt {
        // A byte order mark stands in the file, and no editor shows it.
        let mark = self.text.len() - self.text.strip_prefix('\u{FEFF}').unwrap_or(self.text).len();
        let start = floor_boundary(self.text, span.start).max(mark);
        let end = ceil_boundary(self.text, span.end).max(start);
        let (mut lines, first_line) = self.lines.around(&(start..end));
        lines.start = lines.start.max(mark);
        // A span over many lines is told by its first ones.
        lines.end = lines.end.min(self.lines.end_of(first_line + SHOWN_LINES - 1));
        // The carriage return of a line break ends the line as its line feed does.
        if self.text[lines.start..lines.end].ends_with('\r') {
            lines.end -= 1;
        }
        let start = start.min(lines.end);
        let end = end.clamp(start, lines.end);
        let from = floor_boundary(self.text, start.saturating_sub(SHOWN_OF_LINE)).max(lines.start);
        let longest = start + 3 * SHOWN_OF_LINE;
        let to = ceil_boundary(self.text, end.saturating_add(SHOWN_OF_LINE).min(longest)).min(lines.end);
        let (before, after) = (if from > lines.start { "…" } else { "" }, if to < lines.end { "…" } else { "" });
        let shift = |at: usize| at.min(to) - from + before.len();
        // A carriage return alone would be shown as a sign, and not end the line.
        let shown = unbroken(&self.text[from..to]);
        Excerpt {
            text: format!("{before}{shown}{after}"),
            first_line,
            span: shift(start)..shift(end),
            begins_within_line: from > lines.start,
        }
    }
}

/// The text with a line feed in place of each carriage return that stands alone; every byte keeps its place.
fn unbroken(text: &str) -> String {
    let mut characters = text.chars().peekable();
    let mut shown = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let is_alone = character == '\r' && characters.peek().is_some_and(|next| *next != '\n');
        shown.push(if is_alone { '\n' } else { character });
    }
    shown
}

fn locate(label: &Label, span: Option<Range<usize>>, finder: Option<&Finder<'_>>) -> Located {
    let (Some(finder), Some(span)) = (finder, span) else {
        return Located { file: label.file.clone(), line: 1, column: 1, end: (1, 1), text: label.text, excerpt: None };
    };
    let (line, column) = finder.lines.position(span.start);
    let end = finder.lines.position(span.end.max(span.start));
    let excerpt = (!finder.text.is_empty()).then(|| finder.excerpt(&span));
    Located { file: label.file.clone(), line, column, end, text: label.text, excerpt }
}

#[cfg(test)]
mod tests;
