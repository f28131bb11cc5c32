//! Markdown to [`Body`]: headings become a tree, addresses and interface words become gaps.
//!
//! The Markdown parser gives events; `writer` walks over them once and writes HTML of its own,
//! for the parser's renderer has English punctuation, inline styles and boxes without names.
//! Raw HTML goes through `raw_html` (cut), `raw` (written anew from the list in `allowed`) and at
//! last through the sanitiser, which a text without raw HTML never meets.
//!
//! What is deliberately not here: where a link leads (that is known once all documents are), and
//! templates: `{{ }}` in a text is text.

mod allowed;
mod blocks;
mod emoji;
mod headings;
mod ids;
mod inline;
mod links;
pub(super) mod markup;
mod notes;
mod outline;
mod raw;
mod raw_html;
mod remarks;
mod step;
mod survey;
#[cfg(test)]
mod tests;
mod writer;

use pulldown_cmark::{Event, Options, Parser};

use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::document::ParseOptions;
use crate::document::body::{Body, Fragment, Link, Outline};
use crate::fold::fold;
use crate::source::ContentPath;
use crate::typography::Typography;

pub use markup::PHRASES;

use ids::Ids;
use writer::{Mode, Writer};

/// How a body is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct MarkdownOptions<'a> {
    /// The document's title: a first `# heading` that repeats it is left out.
    pub title: Option<&'a str>,
    /// Whether French spacing is put right.
    pub typography: Typography,
    /// What becomes of HTML in the text.
    pub raw_html: RawHtml,
    /// Ids that the page around the body already has.
    pub reserved_ids: &'static [&'static str],
}

/// What becomes of HTML that an author writes among the Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// Only what is harmless stays, and what was taken out is reported.
    #[default]
    Sanitise,
    /// It is passed on as it is.
    Allow,
}

/// A short text with markup, from a value of the front matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// The HTML with its gaps.
    pub html: Vec<Fragment>,
    /// Its links and images; their spans are bytes of the text that was given.
    pub links: Vec<Link>,
    /// The same as plain text, a line for each paragraph or item.
    pub text: String,
    /// What was taken out of its HTML, each shortened to 60 characters.
    pub removed: Vec<String>,
    /// Cells of its tables beyond the last column, likewise.
    pub extra_cells: Vec<String>,
}

/// Reads a document's body; `offset` is where `text` begins in the whole file.
///
/// Nothing is an error: what cannot be shown is left out and reported as a warning.
pub fn parse_body(
    file: &ContentPath,
    text: &str,
    offset: usize,
    options: &MarkdownOptions<'_>,
) -> Checked<(Body, Outline)> {
    let position = |at: usize| at.saturating_add(offset);
    let mut writer = Writer::new(Mode::Body, options.typography, options.raw_html, text, &position);
    writer.ids = Ids::new(options.reserved_ids);
    writer.title = options.title.map(fold);
    let events: Vec<_> = Parser::new_ext(text, dialect(Mode::Body)).into_offset_iter().collect();
    writer.survey(&events);
    writer.walk(&events);

    let Writer {
        mut ids,
        notes,
        outline: mut tree,
        links,
        removed,
        extra_cells,
        glued,
        first_paragraph,
        mut chunks,
        ..
    } = writer;
    if let Some(chunk) = chunks.pop() {
        tree.attach(chunk);
    }
    let (footnotes, note_words) = notes.finish(&mut ids);
    let (lead, sections, words) = tree.finish();
    let files = links.iter().filter(|link| link.may_be_a_file()).map(|link| link.target.clone()).collect();
    let outline = Outline { first_paragraph, anchors: ids.into_given().into(), files };
    let (remarks, mentions) = remarks::remarks(&events, text, options.raw_html, &position);
    let footnotes = markup::fragments(&footnotes);
    let body =
        Body { lead, sections, footnotes, links, words: words + note_words, remarks, mentions, ..Body::default() };
    let removed = removed.into_iter().map(|(span, html)| told_removed(file, Place::Span(span), &html));
    let extra_cells = extra_cells
        .into_iter()
        .map(|(span, text)| Diagnostic::new(Code::ExtraCell, file, Place::Span(span)).arg("text", text));
    let glued = glued.into_iter().map(|(span, line)| {
        let heading = headings::with_space(&line);
        let diagnostic =
            Diagnostic::new(Code::GluedHeading, file, Place::Span(span)).arg("text", raw::shortened(&line));
        let is_whole = raw::shortened(&heading) == heading;
        if is_whole { diagnostic.arg("heading", heading) } else { diagnostic.help("help-long") }
    });
    Checked::new((body, outline), removed.chain(extra_cells).chain(glued).collect())
}

/// What is told of HTML that was taken out of a text, or of an address that stood in it.
pub(super) fn told_removed(file: &ContentPath, place: Place, html: &str) -> Diagnostic {
    let removed = Diagnostic::new(Code::RemovedHtml, file, place).arg("html", html);
    if allowed::is_dangerous(html) { removed.message("message-address").help("help-address") } else { removed }
}

/// Reads prose given in the front matter: paragraphs and lists; its headings become bold paragraphs.
pub fn parse_prose(text: &str, options: ParseOptions) -> Prose {
    prose(text, options, Mode::Prose, &|at| at)
}

/// Reads one line with markup; no block is made of it, so "1. Accueil" keeps its number.
pub fn parse_inline(text: &str, options: ParseOptions) -> Prose {
    // A mark that vanishes again, and is no word: behind it nothing looks like the start of a block.
    const MARK: &str = "&#xFDD2;";
    let line: String = text.trim().replace(['\r', '\n'], " ");
    let skipped = text.len() - text.trim_start().len();
    let position = move |at: usize| (at + skipped).saturating_sub(MARK.len());
    prose(&format!("{MARK}{line}"), options, Mode::Inline, &position)
}

fn prose(text: &str, options: ParseOptions, mode: Mode, position: &dyn Fn(usize) -> usize) -> Prose {
    let mut writer = Writer::new(mode, options.typography, options.raw_html, text, position);
    let events: Vec<(Event<'_>, _)> = Parser::new_ext(text, dialect(mode)).into_offset_iter().collect();
    writer.survey(&events);
    writer.walk(&events);
    let mut chunk = writer.chunks.pop().unwrap_or_default();
    Prose {
        html: markup::fragments(chunk.finished().trim()),
        links: writer.links,
        text: chunk.text,
        removed: writer.removed.into_iter().map(|(_, html)| html).collect(),
        extra_cells: writer.extra_cells.into_iter().map(|(_, text)| text).collect(),
    }
}

/// What is understood beside CommonMark. Smart punctuation is English, so it stays off.
fn dialect(mode: Mode) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    // A value of the front matter shares its page with the body, whose notes have the ids.
    if mode == Mode::Body {
        options |= Options::ENABLE_FOOTNOTES;
    }
    options
}
