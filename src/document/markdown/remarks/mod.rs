//! What rules may say of a text, found by one more walk over the parser's events.
//!
//! The walk gathers the words of each block and hands them on: what they claim to [`claims`](crate::document::claims),
//! what they state to `facts`. Headings, links, pictures and tables are looked at in `marks`, raw HTML in `raw`.

mod facts;
mod marks;
mod prose;
mod raw;
mod sheet;

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::RawHtml;
use crate::diagnostic::Rule;
use crate::document::claims;
use crate::document::remark::{Mention, Remark};

use marks::{Headings, OpenLink};
use prose::Block;
use raw::RawMarkup;

/// What is remarkable in a text: what breaks rules, and what the front matter may contradict.
pub(super) fn remarks(
    events: &[(Event<'_>, Range<usize>)],
    text: &str,
    raw_html: RawHtml,
    position: &dyn Fn(usize) -> usize,
) -> (Vec<Remark>, Vec<Mention>) {
    let mut walk = Walk::new(text, raw_html);
    for (event, range) in events {
        walk.see(event, range);
    }
    walk.end_block();
    let Walk { mut remarks, mut mentions, registered, is_disclaimed, is_audited, .. } = walk;
    remarks.retain(|remark| !(is_audited && remark.rule == Rule::Ax01));
    if !is_disclaimed {
        remarks.extend(registered);
    }
    let moved = |span: &Range<usize>| position(span.start)..position(span.end);
    remarks.iter_mut().for_each(|remark| remark.span = moved(&remark.span));
    mentions.iter_mut().for_each(|mention| mention.span = moved(&mention.span));
    remarks.extend(sheet::remarks(events, text, position));
    (remarks, mentions)
}

/// What was seen so far. Places are bytes of the body.
struct Walk<'t> {
    text: &'t str,
    raw_html: RawHtml,
    /// Some claim may be in the text at all.
    may_claim: bool,
    block: Block,
    headings: Headings,
    heading: Option<pulldown_cmark::HeadingLevel>,
    links: Vec<OpenLink>,
    image: Option<marks::OpenImage>,
    markup: RawMarkup,
    in_code: bool,
    /// Where the header of a table begins, as long as it has no words.
    empty_header: Option<Range<usize>>,
    /// Numbers of registration, which are told unless the sentence that goes with them stands somewhere.
    registered: Vec<Remark>,
    is_disclaimed: bool,
    /// The text tells of an audit itself.
    is_audited: bool,
    remarks: Vec<Remark>,
    mentions: Vec<Mention>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, raw_html: RawHtml) -> Self {
        Self {
            text,
            raw_html,
            may_claim: claims::may_claim(text),
            block: Block::default(),
            headings: Headings::default(),
            heading: None,
            links: Vec::new(),
            image: None,
            markup: RawMarkup::default(),
            in_code: false,
            empty_header: None,
            registered: Vec::new(),
            is_disclaimed: false,
            is_audited: false,
            remarks: Vec::new(),
            mentions: Vec::new(),
        }
    }

    fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(end) => self.close(*end, range),
            Event::Text(words) if !self.in_code => self.words(words, range),
            Event::Code(words) => self.words(words, range),
            Event::SoftBreak | Event::HardBreak => self.words("\n", range),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.empty_header = None;
                self.links.iter_mut().for_each(|link| link.has_more = true);
                let html = self.text.get(range.clone()).unwrap_or_default();
                self.markup.see(html, range.start, self.raw_html, &mut self.remarks);
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        if let Some(image) = &mut self.image {
            image.alternative.push_str(words);
            return;
        }
        if !words.trim().is_empty() {
            self.empty_header = None;
        }
        self.links.iter_mut().for_each(|link| link.words.push_str(words));
        self.block.push(words, range);
    }

    fn open(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            Tag::Link { link_type, dest_url, .. } => {
                self.block.has_link = true;
                self.links.push(OpenLink::new(*link_type, dest_url, range));
            }
            Tag::Image { dest_url, .. } => {
                self.empty_header = None;
                self.links.iter_mut().for_each(|link| link.has_more = true);
                self.image = Some(marks::OpenImage { target: dest_url.to_string(), alternative: String::new() });
            }
            _ => {
                self.end_block();
                self.open_block(tag, range);
            }
        }
    }

    fn open_block(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(*level),
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::TableHead => self.empty_header = Some(range.clone()),
            Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition => {
                self.headings.depth += 1;
            }
            _ => {}
        }
    }

    fn close(&mut self, end: TagEnd, range: &Range<usize>) {
        match end {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Link => {
                if let Some(link) = self.links.pop() {
                    self.remarks.extend(link.remark());
                }
            }
            TagEnd::Image => {
                if let Some(image) = self.image.take() {
                    image.remark(range, &mut self.remarks);
                }
            }
            TagEnd::Heading(_) => {
                if let Some(level) = self.heading.take() {
                    let title = self.block.text.trim().to_owned();
                    self.remarks.extend(self.headings.see(level, &title, range));
                }
                self.end_block();
            }
            _ => {
                self.end_block();
                self.close_block(end);
            }
        }
    }

    fn close_block(&mut self, end: TagEnd) {
        match end {
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableHead => {
                if let Some(range) = self.empty_header.take() {
                    self.remarks.push(Remark::new(Rule::Ax07, range));
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition => {
                self.headings.depth = self.headings.depth.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Looks at the words of a block, which ends here.
    fn end_block(&mut self) {
        if self.block.text.is_empty() {
            return;
        }
        let block = std::mem::take(&mut self.block);
        self.mentions.extend(facts::mentions(&block, &self.headings));
        if !self.may_claim {
            return;
        }
        let placed = |span: &Range<usize>| block.place(span);
        let text = &block.text;
        self.remarks.extend(claims::claims(text).into_iter().map(|one| Remark { span: placed(&one.span), ..one }));
        self.is_disclaimed |= claims::has_disclaimer(text);
        let numbers = claims::registrations(text).into_iter();
        self.registered.extend(numbers.map(|(span, nda)| Remark::new(Rule::Ad01, placed(&span)).arg("nda", nda)));
        let conform = claims::conformities(text).into_iter();
        let told = |span: Range<usize>| {
            let said = text.get(span.clone()).unwrap_or_default();
            Remark::new(Rule::Ax01, placed(&span)).told("message-text", "help-text").arg("status", said)
        };
        self.remarks.extend(conform.map(told));
        self.is_audited |= claims::tells_of_audit(text);
    }
}
