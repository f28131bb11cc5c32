//! Headings, links and pictures of a text: whether they can be followed without seeing the page.

use std::ops::Range;

use pulldown_cmark::{HeadingLevel, LinkType};

use super::super::raw::shortened;
use crate::diagnostic::Rule;
use crate::document::remark::Remark;
use crate::fold::fold;

/// The headings of a text so far.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// How many quotations and lists are open: a heading in them is not one of the text.
    pub(super) depth: usize,
    /// The level of the last one.
    level: usize,
    /// Those that are open, with their levels, folded.
    open: Vec<(usize, String)>,
}

impl Headings {
    /// Takes a heading in; gives what is wrong with its level.
    pub(super) fn see(&mut self, level: HeadingLevel, title: &str, range: &Range<usize>) -> Option<Remark> {
        let level = level as usize;
        if self.depth > 0 {
            return None;
        }
        self.open.retain(|(above, _)| *above < level);
        self.open.push((level, fold(title)));
        // The first one may be `##`, below the title of the page, or `#` beside it.
        let (before, last) = (self.level, self.level.max(1));
        self.level = level;
        if level <= last + 1 {
            return None;
        }
        let signs = |n: usize| "#".repeat(n);
        let told = Remark::new(Rule::Ax03, range.clone())
            .arg("title", shortened(title))
            .arg("signs", signs(level))
            .arg("wanted", signs(last + 1));
        Some(if before == 0 { told.told("message-first", "help") } else { told.arg("before", signs(before)) })
    }

    /// The headings that are open here, folded, the topmost first.
    pub(super) fn open(&self) -> impl Iterator<Item = &str> {
        self.open.iter().map(|(_, title)| title.as_str())
    }

    /// How many are open.
    pub(super) fn n_open(&self) -> usize {
        self.open.len()
    }
}

/// A link whose words are being read.
#[derive(Debug)]
pub(super) struct OpenLink {
    target: String,
    range: Range<usize>,
    is_email: bool,
    pub(super) words: String,
    /// There is a picture or raw HTML in it.
    pub(super) has_more: bool,
}

/// Words that say nothing of where a link leads.
const MUTE: &[&str] = &[
    "ici",
    "cliquez ici",
    "cliquer ici",
    "clic ici",
    "par ici",
    "en savoir plus",
    "savoir plus",
    "lire la suite",
    "la suite",
    "suite",
    "plus",
    "plus d infos",
    "plus d informations",
    "lien",
    "ce lien",
    "le lien",
    "suivez ce lien",
    "voir",
    "voir ici",
    "cette page",
    "ce document",
    "la page",
    "here",
    "click here",
    "read more",
    "more",
    "learn more",
    "find out more",
    "link",
    "this link",
    "this page",
    "see here",
];

impl OpenLink {
    pub(super) fn new(link_type: LinkType, target: &str, range: &Range<usize>) -> Self {
        let is_email = link_type == LinkType::Email || target.starts_with("mailto:") || target.starts_with("tel:");
        Self { target: target.to_owned(), range: range.clone(), is_email, words: String::new(), has_more: false }
    }

    /// What is wrong with the words of the link, now that they are read.
    pub(super) fn remark(self) -> Option<Remark> {
        let words = self.words.trim();
        let told = |message, help| {
            let told = Remark::new(Rule::Ax04, self.range.clone()).told(message, help);
            Some(told.arg("words", shortened(words)).arg("url", &self.target))
        };
        if words.is_empty() {
            return if self.has_more { None } else { told("message-empty", "help-empty") };
        }
        let is_address = ["http://", "https://", "www."]
            .iter()
            .any(|start| words.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)));
        if is_address && !words.contains(char::is_whitespace) && !self.is_email {
            return told("message-address", "help-address");
        }
        if MUTE.contains(&fold(words).as_str()) { told("message", "help") } else { None }
    }
}

/// A picture whose words are being read.
#[derive(Debug)]
pub(super) struct OpenImage {
    pub(super) target: String,
    pub(super) alternative: String,
}

impl OpenImage {
    /// What is wrong with the picture.
    pub(super) fn remark(&self, range: &Range<usize>, remarks: &mut Vec<Remark>) {
        if self.alternative.trim().is_empty() {
            remarks.push(Remark::new(Rule::Ax02, range.clone()).arg("file", shortened(&self.target)));
        }
        remarks.extend(mark_on_sheet(&self.target, &self.alternative, range));
    }
}

/// QF-03: the Qualiopi mark among the pictures of a text.
pub(super) fn mark_on_sheet(target: &str, alternative: &str, range: &Range<usize>) -> Option<Remark> {
    let is_mark = [target, alternative].iter().any(|text| text.to_lowercase().contains("qualiopi"));
    is_mark.then(|| Remark::new(Rule::Qf03, range.clone()).arg("file", shortened(target)))
}
