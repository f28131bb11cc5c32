//! Raw HTML of a text: pictures without a text, tables without headers, and what is loaded from elsewhere.

use std::ops::Range;

use super::super::RawHtml;
use super::super::allowed::decoded;
use super::super::raw::shortened;
use super::super::raw_html::{Attribute, Token, tokens};
use super::marks::mark_on_sheet;
use crate::diagnostic::Rule;
use crate::document::remark::Remark;
use crate::loads;

/// The tables that are open.
#[derive(Debug, Default)]
pub(super) struct RawMarkup {
    tables: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    place: Range<usize>,
    has_header: bool,
}

impl RawMarkup {
    /// Looks at a piece of raw HTML that stands at byte `start`.
    pub(super) fn see(&mut self, html: &str, start: usize, mode: RawHtml, remarks: &mut Vec<Remark>) {
        for token in tokens(html) {
            match token {
                Token::Open { source, name, attributes } => {
                    let at = start + (source.as_ptr() as usize).saturating_sub(html.as_ptr() as usize);
                    let range = at..at + source.len();
                    self.open(&name, &attributes, &range, remarks);
                    // What is filtered out loads nothing; of the rest, addresses of pictures are links of the text.
                    if mode == RawHtml::Allow {
                        remarks.extend(foreign(&name, &attributes).map(|url| told_foreign(&url, &range)));
                    }
                }
                Token::Close(name) if name == "table" => {
                    if let Some(table) = self.tables.pop().filter(|table| !table.has_header) {
                        remarks.push(Remark::new(Rule::Ax07, table.place).told("message-raw", "help-raw"));
                    }
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &[Attribute<'_>], range: &Range<usize>, remarks: &mut Vec<Remark>) {
        let value = |wanted: &str| {
            let named = attributes.iter().find(|attribute| attribute.name == wanted);
            named.map(|attribute| decoded(attribute.value))
        };
        match name {
            "img" => {
                let target = value("src").unwrap_or_default();
                let alternative = value("alt");
                if alternative.is_none() {
                    let told = Remark::new(Rule::Ax02, range.clone()).told("message-raw", "help-raw");
                    remarks.push(told.arg("file", shortened(&target)));
                }
                remarks.extend(mark_on_sheet(&target, &alternative.unwrap_or_default(), range));
            }
            "table" => {
                // A table that only lays things out says so.
                let is_layout = value("role").is_some_and(|role| matches!(role.trim(), "presentation" | "none"));
                self.tables.push(Table { place: range.clone(), has_header: is_layout });
            }
            "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.has_header = true;
                }
            }
            _ => {}
        }
    }
}

/// What a tag loads from another host.
fn foreign<'a>(name: &'a str, attributes: &'a [Attribute<'_>]) -> impl Iterator<Item = String> + 'a {
    let rel = attributes.iter().find(|attribute| attribute.name == "rel");
    let rel = rel.map(|attribute| attribute.value).unwrap_or_default().to_owned();
    attributes
        .iter()
        .flat_map(move |attribute| loads::of_attribute(name, &attribute.name, &decoded(attribute.value), &rel))
}

fn told_foreign(url: &str, range: &Range<usize>) -> Remark {
    let host = loads::host_of(url).unwrap_or_default();
    Remark::new(Rule::Pr01, range.clone()).arg("url", url).arg("host", host)
}
