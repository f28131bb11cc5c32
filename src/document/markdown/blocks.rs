//! Blocks: paragraphs, lists, tables, alerts, code.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, Tag, TagEnd};

use super::inline::{self, Piece};
use super::markup;
use super::outline::Chunk;
use super::raw::shortened;
use super::writer::{Frame, Mode, Writer};

type Next<'e, 't> = &'e [(Event<'t>, Range<usize>)];

/// A table being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) cell: usize,
    pub(super) head: Head,
}

/// Whether cells are headings just now.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Head {
    Drawn,
    /// All its cells are empty, so it is left out.
    Skipped,
    #[default]
    Past,
}

impl Writer<'_> {
    /// Begins a block; `next` are the events behind its start.
    pub(super) fn block(&mut self, tag: &Tag<'_>, range: &Range<usize>, next: Next<'_, '_>) -> Frame {
        self.flush();
        match tag {
            Tag::Paragraph if is_figure(next) && self.mode != Mode::Inline => Frame::Figure,
            Tag::Paragraph => {
                self.find_glued(range);
                Frame::Paragraph
            }
            Tag::Heading { level, id, .. } => self.heading(*level as u8, id.as_deref(), range),
            Tag::CodeBlock(_) => Frame::Code,
            Tag::HtmlBlock => Frame::Html { start: range.start },
            Tag::FootnoteDefinition(label) => {
                self.chunks.push(Chunk::default());
                Frame::Note(label.to_string())
            }
            Tag::Table(alignments) => {
                self.table = Table { alignments: alignments.clone(), ..Table::default() };
                let name = markup::phrase("table");
                self.write(&format!(
                    "<div class=\"tableau\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\"><table>\n"
                ));
                Frame::Block("</tbody>\n</table></div>\n")
            }
            Tag::TableHead => {
                self.table.head = if is_empty_row(next) { Head::Skipped } else { Head::Drawn };
                self.table.cell = 0;
                if self.table.head == Head::Drawn {
                    self.write("<thead>\n<tr>");
                }
                Frame::TableHead
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.find_extra_cells(range);
                self.write("<tr>");
                Frame::Block("</tr>\n")
            }
            Tag::TableCell => self.cell(next),
            _ if self.is_deep() || self.mode == Mode::Inline => Frame::Block("\n"),
            Tag::BlockQuote(None) => self.open("<blockquote>\n", "</blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(start)) => self.open(&format!("<ol start=\"{start}\">\n"), "</ol>\n"),
            Tag::Item => self.open("<li>", "</li>\n"),
            Tag::DefinitionList => self.open("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open("<dd>", "</dd>\n"),
            _ => Frame::Block(""),
        }
    }

    fn open(&mut self, html: &str, close: &'static str) -> Frame {
        self.write(html);
        Frame::Block(close)
    }

    fn alert(&mut self, kind: BlockQuoteKind) -> Frame {
        let (class, phrase) = match kind {
            BlockQuoteKind::Note => ("note", "alert-note"),
            BlockQuoteKind::Tip => ("tip", "alert-tip"),
            BlockQuoteKind::Important => ("important", "alert-important"),
            BlockQuoteKind::Warning => ("warning", "alert-warning"),
            BlockQuoteKind::Caution => ("caution", "alert-caution"),
        };
        let title = markup::phrase(phrase);
        self.write(&format!(
            "<div class=\"alerte alerte-{class}\" role=\"note\"><p class=\"alerte-titre\">{title}</p>\n"
        ));
        Frame::Block("</div>\n")
    }

    /// Notes the cells of a row that stand beyond the last column: the parser leaves them out without a word.
    fn find_extra_cells(&mut self, row: &Range<usize>) {
        let text = self.source.get(row.clone()).unwrap_or_default().trim_end();
        let Some(extra) = beyond_cell(text, self.table.alignments.len()) else { return };
        let words: Vec<&str> = text[extra..].split('|').map(str::trim).filter(|words| !words.is_empty()).collect();
        if !words.is_empty() {
            let start = row.start + extra + text[extra..].len() - text[extra..].trim_start_matches([' ', '|']).len();
            let span = self.span(&(start..row.start + text.len()));
            self.extra_cells.push((span, shortened(&words.join(" | "))));
        }
    }

    fn cell(&mut self, next: Next<'_, '_>) -> Frame {
        let alignment = self.table.alignments.get(self.table.cell).copied().unwrap_or(Alignment::None);
        self.table.cell += 1;
        let class = match alignment {
            Alignment::None => "",
            Alignment::Left => " class=\"aligne-gauche\"",
            Alignment::Center => " class=\"aligne-centre\"",
            Alignment::Right => " class=\"aligne-droite\"",
        };
        // A heading that says nothing heads nothing.
        let empty = matches!(next.first(), Some((Event::End(_), _)));
        match self.table.head {
            Head::Drawn if !empty => self.write(&format!("<th scope=\"col\"{class}>")),
            Head::Drawn | Head::Past => self.write(&format!("<td{class}>")),
            Head::Skipped => {}
        }
        match self.table.head {
            Head::Drawn if !empty => Frame::Block("</th>"),
            Head::Drawn | Head::Past => Frame::Block("</td>"),
            Head::Skipped => Frame::TableCell,
        }
    }

    /// Ends a block.
    pub(super) fn end_block(&mut self, frame: Frame) {
        match frame {
            Frame::Block(close) => {
                self.flush();
                self.write(if self.mode == Mode::Inline && close != "\n" { "" } else { close });
            }
            Frame::Paragraph => self.end_paragraph(),
            Frame::Figure => self.end_figure(),
            Frame::Heading { level, id, span, nested } => self.end_heading(level, id, span, nested),
            Frame::Code => self.end_code(),
            Frame::Note(label) => {
                self.flush();
                if let Some(chunk) = self.chunks.pop() {
                    self.notes.write(&label, chunk);
                }
            }
            Frame::TableHead => {
                let drawn = self.table.head == Head::Drawn;
                self.table.head = Head::Past;
                self.write(if drawn { "</tr>\n</thead>\n<tbody>\n" } else { "<tbody>\n" });
            }
            _ => self.flush(),
        }
    }

    fn end_paragraph(&mut self) {
        if self.mode == Mode::Inline {
            return self.flush();
        }
        // An image alone is no paragraph to quote.
        let worded = self.line.iter().any(|piece| matches!(piece, Piece::Text(text) if !text.trim().is_empty()));
        if worded && self.frames.is_empty() && self.first_paragraph.is_none() {
            let mut line = self.line.clone();
            inline::settle(&mut line, self.typography);
            let text = inline::plain(&line);
            let words: Vec<&str> = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
            if !words.is_empty() {
                self.first_paragraph = Some(words.join(" "));
            }
        }
        self.write_line("<p>", "</p>\n");
    }

    fn end_figure(&mut self) {
        let caption = std::mem::take(&mut self.caption);
        let mut end = String::new();
        if !caption.is_empty() {
            end.push_str("<figcaption>");
            markup::push_text(&mut end, &caption);
            end.push_str("</figcaption>");
        }
        end.push_str("</figure>\n");
        self.write_line("<figure>", &end);
    }

    fn end_code(&mut self) {
        let code = std::mem::take(&mut self.code);
        if self.mode == Mode::Inline {
            self.thing("<code>", &code, "</code>");
            return self.flush();
        }
        // Without the tab stop nobody could scroll a long line by keyboard.
        self.thing("<pre tabindex=\"0\"><code>", &code, "</code></pre>\n");
        self.flush();
    }

    /// The box of a task: a sign to see and a word to hear, for an input without a name helps nobody.
    pub(super) fn task(&mut self, done: bool) {
        let (sign, phrase) = if done { ("☑", "task-done") } else { ("☐", "task-open") };
        let html = format!(
            "<span class=\"case\" aria-hidden=\"true\">{sign}</span><span class=\"vh\">{} </span>",
            markup::phrase(phrase)
        );
        self.line.push(Piece::Thing(html, String::new()));
    }
}

/// Where in the text of a row what stands behind its first `n` cells begins.
fn beyond_cell(row: &str, n: usize) -> Option<usize> {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let mut is_escaped = false;
    let mut bars = inner.bytes().enumerate().filter(|(_, byte)| {
        let is_bar = *byte == b'|' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_bar
    });
    bars.nth(n.checked_sub(1)?).map(|(at, _)| row.len() - inner.len() + at + 1)
}

/// Whether a paragraph is one image with a title and nothing else.
fn is_figure(next: Next<'_, '_>) -> bool {
    let Some((Event::Start(Tag::Image { title, .. }), _)) = next.first() else { return false };
    if title.trim().is_empty() {
        return false;
    }
    let mut depth = 0_usize;
    for (index, (event, _)) in next.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 1 => {
                return matches!(next.get(index + 1), Some((Event::End(TagEnd::Paragraph), _)));
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Whether all cells up to the end of the row are empty.
fn is_empty_row(next: Next<'_, '_>) -> bool {
    next.iter()
        .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::TableHead)))
        .all(|(event, _)| matches!(event, Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell)))
}
