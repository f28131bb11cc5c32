//! Diagnostics for people: a frame with the excerpt, what is wrong, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::texts::{Texts, printable};

use super::{Found, Located};

/// How frames are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameStyle {
    /// Colours, for a terminal that shows them.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// What is wrong and what to do, in words.
pub fn sentences(diagnostic: &Diagnostic, texts: &Texts) -> (String, String) {
    let code = diagnostic.code.as_str();
    let args: Vec<(&'static str, String)> =
        diagnostic.args.iter().map(|(name, value)| (*name, shortened(value))).collect();
    let say = |key: &str| one_line(&texts.get(code, key, &args));
    (say(diagnostic.message), say(diagnostic.help))
}

/// How many characters of an author's value a sentence repeats.
const LONGEST_VALUE: usize = 300;

/// A value as a sentence can hold it: nobody finds the sentence around one of a megabyte.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// A diagnostic as it is shown on the terminal, without a line break at its end.
pub fn frame(found: &Found, texts: &Texts, style: FrameStyle) -> String {
    let Found { diagnostic, primary, secondary } = found;
    let (message, help) = sentences(diagnostic, texts);
    let word = texts.plain("severity", diagnostic.severity.as_str());
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let labels: Vec<(&Located, Option<String>)> = std::iter::once(primary)
        .chain(secondary)
        .map(|at| (at, at.text.map(|key| texts.plain(diagnostic.code.as_str(), key))))
        .collect();
    let mut group = level
        .with_name(word)
        .primary_title(message)
        .id(diagnostic.code.as_str())
        .elements(std::iter::empty::<annotate_snippets::Message<'_>>());
    for (index, (at, words)) in labels.iter().enumerate() {
        group = place(group, at, words.as_deref(), index == 0);
    }
    group = group.element(Level::HELP.with_name(texts.plain("severity", "help")).message(help));
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(style.width).render(&[group])
}

fn place<'a>(group: Group<'a>, at: &'a Located, words: Option<&'a str>, is_primary: bool) -> Group<'a> {
    let file = one_line(&printable(at.file.as_str()));
    let Some(excerpt) = &at.excerpt else {
        return group.element(Origin::path(file));
    };
    let kind = if is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(excerpt.span.clone()).label(words);
    let source = Snippet::source(excerpt.text.as_str());
    let snippet = source.line_start(excerpt.first_line).fold(false).annotation(annotation);
    if excerpt.begins_within_line {
        // The frame would count columns from where the excerpt begins.
        return group.element(Origin::path(file).line(at.line).char_column(at.column)).element(snippet);
    }
    group.element(snippet.path(file))
}

/// Values that authors wrote may hold line breaks, which would tear the frame.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
