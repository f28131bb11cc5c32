//! The walk over the Markdown parser's events.
//!
//! Every start puts a [`Frame`] on a stack, every end takes one off and does what the frame says.
//! There is no recursion, so depth costs nothing but the stack's memory; beyond [`MAX_DEPTH`] tags
//! are no longer written (browsers give up at 512 themselves), while the text always is.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::allowed::Element;
use super::blocks::Table;
use super::ids::Ids;
use super::inline::{self, Piece};
use super::links::Image;
use super::notes::Notes;
use super::outline::{Chunk, Outline};
use super::{RawHtml, Typography};
use crate::document::body::Link;

/// How deep tags are nested at most.
const MAX_DEPTH: usize = 100;

/// What kind of text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A document's body, cut at its headings.
    Body,
    /// Paragraphs and lists of a front-matter value; its headings are bold paragraphs.
    Prose,
    /// One line: no block is drawn.
    Inline,
}

/// What has to be done at an end.
#[derive(Debug)]
pub(super) enum Frame {
    /// Ends a block and writes this.
    Block(&'static str),
    /// Ends tags within a line.
    Inline(&'static str),
    Paragraph,
    /// A paragraph that is one image with its caption.
    Figure,
    Heading {
        level: u8,
        id: Option<String>,
        span: Range<usize>,
        nested: bool,
    },
    Code,
    Html {
        start: usize,
    },
    Link {
        live: bool,
        verbatim: bool,
        index: usize,
        pieces: usize,
    },
    Image,
    Note(String),
    TableHead,
    TableCell,
    /// Something inside an image's alternative text.
    Nothing,
}

/// Everything that is known while a text is walked through.
pub(super) struct Writer<'a> {
    pub(super) mode: Mode,
    pub(super) typography: Typography,
    pub(super) raw_html: RawHtml,
    /// The title of the document, folded.
    pub(super) title: Option<String>,
    pub(super) source: &'a str,
    /// Turns the parser's position into one that the caller understands.
    pub(super) position: &'a dyn Fn(usize) -> usize,
    pub(super) ids: Ids,
    pub(super) notes: Notes,
    pub(super) outline: Outline,
    pub(super) links: Vec<Link>,
    /// What was taken out, and where.
    pub(super) removed: Vec<(Range<usize>, String)>,
    /// Cells of tables beyond the last column, and where.
    pub(super) extra_cells: Vec<(Range<usize>, String)>,
    /// Lines that begin with the signs of a heading, glued to its words, and where.
    pub(super) glued: Vec<(Range<usize>, String)>,
    pub(super) first_paragraph: Option<String>,
    /// Where the last `</script>` or `</style>` of the text is, by event: until there, silence can wait for it.
    pub(super) last_unmute: usize,
    /// Whether each `<details>` has its end, so that a heading in one belongs to it.
    pub(super) details_balanced: bool,
    /// The chunk being written is the last; footnotes push their own.
    pub(super) chunks: Vec<Chunk>,
    /// With the number of raw elements that were open at its start.
    pub(super) frames: Vec<(Frame, usize)>,
    pub(super) line: Vec<Piece>,
    /// Whether an author's tags are in the line.
    pub(super) line_raw: bool,
    /// The author's own elements that are open.
    pub(super) raw_open: Vec<Element>,
    /// The element whose text is not shown: `script` or `style`.
    pub(super) muted: Option<&'static str>,
    /// Whether the line is a section's heading, in which no block may stand.
    pub(super) in_heading: bool,
    pub(super) image: Option<Image>,
    pub(super) caption: String,
    pub(super) table: Table,
    pub(super) code: String,
    pub(super) html: String,
    /// How many links of the Markdown are open.
    pub(super) open_links: usize,
    /// How many links are open whose text is their address.
    pub(super) verbatim: usize,
}

impl<'a> Writer<'a> {
    /// A writer that has read nothing yet.
    pub(super) fn new(
        mode: Mode,
        typography: Typography,
        raw_html: RawHtml,
        source: &'a str,
        position: &'a dyn Fn(usize) -> usize,
    ) -> Self {
        Self {
            mode,
            typography,
            raw_html,
            title: None,
            position,
            source,
            ids: Ids::default(),
            notes: Notes::default(),
            outline: Outline::default(),
            links: Vec::new(),
            removed: Vec::new(),
            extra_cells: Vec::new(),
            glued: Vec::new(),
            first_paragraph: None,
            last_unmute: 0,
            details_balanced: false,
            chunks: vec![Chunk::default()],
            frames: Vec::new(),
            line: Vec::new(),
            line_raw: false,
            raw_open: Vec::new(),
            muted: None,
            in_heading: false,
            image: None,
            caption: String::new(),
            table: Table::default(),
            code: String::new(),
            html: String::new(),
            open_links: 0,
            verbatim: 0,
        }
    }

    /// Writes all events.
    pub(super) fn walk(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        for (index, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(tag) => self.start(tag, range, &events[index + 1..]),
                Event::End(_) => self.end(range, index),
                _ if self.image.is_some() => self.alternative(event),
                Event::Text(text) => match self.frames.last() {
                    Some((Frame::Code, _)) => self.code.push_str(text),
                    _ => self.words(text),
                },
                Event::Code(code) => self.thing("<code>", code, "</code>"),
                Event::Html(html) => self.html.push_str(html),
                Event::InlineHtml(html) => self.raw(html, range.clone()),
                Event::FootnoteReference(label) => self.mark(label),
                Event::SoftBreak => self.words("\n"),
                Event::HardBreak if self.muted.is_none() => self.line.push(Piece::Break),
                Event::HardBreak => {}
                Event::Rule => {
                    self.flush();
                    if self.mode != Mode::Inline {
                        self.write("<hr>\n");
                    }
                }
                Event::TaskListMarker(done) => self.task(*done),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.words(text),
            }
        }
        // What an author left open ends with the text.
        self.close_raw(0);
        self.flush();
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, next: &[(Event<'_>, Range<usize>)]) {
        let raw = self.raw_open.len();
        let frame = if self.image.is_some() { Frame::Nothing } else { self.opened(tag, range, next) };
        self.frames.push((frame, raw));
    }

    fn opened(&mut self, tag: &Tag<'_>, range: &Range<usize>, next: &[(Event<'_>, Range<usize>)]) -> Frame {
        match tag {
            Tag::Emphasis => self.inline_tag("<em>", "</em>"),
            Tag::Strong => self.inline_tag("<strong>", "</strong>"),
            Tag::Strikethrough => self.inline_tag("<del>", "</del>"),
            Tag::Superscript | Tag::Subscript => Frame::Inline(""),
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title, range),
            Tag::Image { dest_url, title, .. } => self.image(dest_url, title, range),
            tag => self.block(tag, range, next),
        }
    }

    fn end(&mut self, range: &Range<usize>, index: usize) {
        let Some((frame, raw)) = self.frames.pop() else { return };
        if matches!(frame, Frame::Nothing) {
            return;
        }
        // A block of HTML may open what a later one closes; every other end closes what began inside.
        if !matches!(frame, Frame::Html { .. } | Frame::Image) {
            self.close_raw(raw);
            if !matches!(frame, Frame::Inline(_) | Frame::Link { .. }) && self.last_unmute <= index {
                self.muted = None;
            }
        }
        match frame {
            Frame::Inline("") | Frame::Nothing => {}
            Frame::Inline(close) => self.line.push(Piece::Close(close)),
            Frame::Link { live, verbatim, index, pieces } => self.end_link(live, verbatim, index, pieces),
            Frame::Image => self.end_image(),
            Frame::Html { start } => {
                let html = std::mem::take(&mut self.html);
                self.raw(&html, start..range.end);
                self.flush();
                if self.last_unmute <= index {
                    self.muted = None;
                }
            }
            frame => self.end_block(frame),
        }
    }

    fn inline_tag(&mut self, open: &str, close: &'static str) -> Frame {
        if self.is_deep() {
            return Frame::Inline("");
        }
        self.line.push(Piece::Open(open.to_owned()));
        Frame::Inline(close)
    }

    /// A stretch of the parser's text as the caller counts, without the line end that blocks have.
    pub(super) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let length = self.source.get(range.clone()).map_or(range.len(), |text| text.trim_end().len());
        (self.position)(range.start)..(self.position)(range.start + length)
    }

    pub(super) fn is_deep(&self) -> bool {
        self.frames.len() >= MAX_DEPTH
    }

    /// Words of the text, to be escaped and put right.
    pub(super) fn words(&mut self, text: &str) {
        if self.muted.is_some() {
            return;
        }
        if self.verbatim > 0 || self.raw_open.iter().any(|element| element.is_verbatim()) {
            self.thing("", text, "");
        } else {
            inline::push_words(&mut self.line, text);
        }
    }

    /// Words that stay as they are, between tags.
    pub(super) fn thing(&mut self, open: &str, text: &str, close: &str) {
        if self.muted.is_some() {
            return;
        }
        let text = super::markup::legal_text(text);
        let mut html = open.to_owned();
        super::markup::push_text(&mut html, &text);
        html.push_str(close);
        self.line.push(Piece::Thing(html, text));
    }

    /// Writes HTML into the chunk.
    pub(super) fn write(&mut self, html: &str) {
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.html.push_str(html);
        }
    }

    /// Takes the line that was gathered, put right, with whether an author's tags are in it.
    pub(super) fn take_line(&mut self) -> (Vec<Piece>, bool) {
        let mut line = std::mem::take(&mut self.line);
        inline::settle(&mut line, self.typography);
        (line, std::mem::take(&mut self.line_raw))
    }

    /// Writes the line that was gathered between two tags, unless there is nothing in it.
    pub(super) fn write_line(&mut self, open: &str, close: &str) {
        let (line, raw) = self.take_line();
        if inline::is_blank(&line) {
            return;
        }
        let text = inline::plain(&line);
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.raw |= raw;
            chunk.html.push_str(open);
            inline::write(&line, &mut chunk.html);
            chunk.html.push_str(close);
            chunk.push_text(&text);
        }
    }

    /// Writes a line that has no block of its own, such as an item's.
    pub(super) fn flush(&mut self) {
        self.write_line("", "");
    }
}
