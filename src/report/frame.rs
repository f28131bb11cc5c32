//! Diagnostics for people: a frame with the excerpt, what is wrong, and what to do.

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::texts::{Texts, printable};

use super::fit::{NARROWEST, columns, narrow, wrap};
use super::{Excerpt, Found, Located};

/// What stands before the further lines of a title.
const INDENTATION: &str = "  ";

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
const LONGEST_VALUE: usize = 400;

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
    let width = style.width.max(NARROWEST);
    let (message, help) = sentences(diagnostic, texts);
    let labels: Vec<(&Located, Option<String>)> = std::iter::once(primary)
        .chain(secondary)
        .map(|at| (at, at.text.map(|key| texts.plain(diagnostic.code.as_str(), key))))
        .collect();
    // What stands left of the lines that are shown: the longest line number, a line, two spaces.
    let digits = labels.iter().filter_map(|(at, _)| at.excerpt.as_ref()).map(digits_of).max().unwrap_or_default();
    let excerpts: Vec<Option<Excerpt>> = labels
        .iter()
        .map(|(at, words)| {
            let excerpt = at.excerpt.as_ref()?;
            let margin = digits + if excerpt.text.contains('\n') { 5 } else { 3 };
            let narrowed = narrow(excerpt, words.as_deref().map_or(0, columns), width.saturating_sub(margin));
            Some(without_commands(narrowed))
        })
        .collect();
    let (level, head) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, DEFAULT_ERROR_STYLE),
        Severity::Warning => (Level::WARNING, DEFAULT_WARNING_STYLE),
        Severity::Info => (Level::INFO, DEFAULT_INFO_STYLE),
    };
    let mut group = Group::with_level(level);
    for (index, ((at, words), excerpt)) in labels.iter().zip(&excerpts).enumerate() {
        group = place(group, at, excerpt.as_ref(), words.as_deref(), index == 0);
    }
    let word = texts.plain("severity", "help");
    let margin = digits + " = ".len() + columns(&word) + ": ".len();
    let help = wrap(&help, margin, margin, width).join("\n");
    group = group.element(Level::HELP.with_name(word).message(help));
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let head = if style.colour { head } else { Style::new() };
    let word = texts.plain("severity", diagnostic.severity.as_str());
    let title = title(&format!("{word}[{}]", diagnostic.code), &message, head, width);
    let drawn = renderer.term_width(width).render(&[group]);
    // An excerpt below a place of its own gets another place, which is empty.
    let lines = drawn.lines().filter(|line| !is_empty_place(line));
    std::iter::once(title.as_str()).chain(lines).collect::<Vec<_>>().join("\n")
}

/// Whether nothing but `:::` is seen of a line.
fn is_empty_place(line: &str) -> bool {
    let mut seen = String::new();
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once('\u{1b}') {
        seen.push_str(before);
        rest = escape.split_once('m').map_or("", |(_, after)| after);
    }
    seen.push_str(rest);
    seen.trim() == ":::"
}

/// The first lines: how grave it is, its code, what is wrong. The frame would put all of the sentence right of the
/// code, which leaves a narrow terminal no room for it.
fn title(word: &str, message: &str, head: Style, width: usize) -> String {
    let bold = if head.is_plain() { head } else { Style::new().bold() };
    let lines = wrap(message, columns(word) + ": ".len(), INDENTATION.len(), width);
    let lines: Vec<String> = lines.iter().map(|line| format!("{bold}{line}{bold:#}")).collect();
    format!("{head}{word}{head:#}{bold}: {bold:#}{}", lines.join(&format!("\n{INDENTATION}"))).trim_end().to_owned()
}

fn digits_of(excerpt: &Excerpt) -> usize {
    (excerpt.first_line + excerpt.text.matches('\n').count()).to_string().len()
}

fn place<'a>(
    group: Group<'a>,
    at: &'a Located,
    excerpt: Option<&'a Excerpt>,
    words: Option<&'a str>,
    is_primary: bool,
) -> Group<'a> {
    let file = one_line(&printable(at.file.as_str()));
    let Some(excerpt) = excerpt else {
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

/// The excerpt without the control characters from U+0080 on, which some terminals obey and the drawing lets through.
fn without_commands(excerpt: Excerpt) -> Excerpt {
    let is_command = |c: char| matches!(c, '\u{80}'..='\u{9F}');
    if !excerpt.text.contains(is_command) {
        return excerpt;
    }
    let (start, end) = (excerpt.span.start, excerpt.span.end);
    let [before, meant, after] = [&excerpt.text[..start], &excerpt.text[start..end], &excerpt.text[end..]]
        .map(|text| text.replace(is_command, "\u{FFFD}"));
    let span = before.len()..before.len() + meant.len();
    Excerpt { text: before + &meant + &after, span, ..excerpt }
}

/// Values that authors wrote may hold line breaks, which would tear the frame.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
