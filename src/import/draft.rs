//! [`Draft`]: a sheet that was made of what somebody had, and what is told of it.

use super::blocks::{Block, blocks, markdown};
use super::facts::Settled;
use super::flow::{Habit, Piece};
use super::given::{Given, words};
use super::labels::{Labels, Target};
use super::lines::{Line, Markup};
use super::value::{Entry, Value, comment_line};
use crate::document::kinds_of;
use crate::id::Slug;
use crate::lang::Lang;

/// How an import is done.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of keys.
    pub lang: Lang,
    /// What labels and columns mean.
    pub labels: Labels,
    /// The heading of what was not understood.
    pub to_sort: String,
}

/// A part of the body under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The line that its heading stands in.
    pub line: usize,
    /// Its heading.
    pub heading: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// What a label became.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// The line that it stands in.
    pub line: usize,
    /// As it was written.
    pub label: String,
    /// What it was taken for; nothing for a heading, which stays one.
    pub target: Option<Target>,
    /// The key under which its value stands, as it is written; nothing where it stands in the body.
    pub key: Option<String>,
}

/// Words that were not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The line that they stand in.
    pub line: usize,
    /// The words.
    pub text: String,
}

/// Where the title was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleFrom {
    /// In the text.
    Text,
    /// The file's name stands in for it.
    FileName,
    /// The first words stand in for it.
    FirstWords,
}

/// A sheet to be.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The name of its file, without ending.
    pub slug: Slug,
    /// The title.
    pub title: String,
    /// Where the title was found.
    pub title_from: TitleFrom,
    /// The line or row that it begins in.
    pub line: usize,
    /// What labels became.
    pub mapped: Vec<Mapped>,
    /// What was not understood.
    pub left: Vec<Left>,
    pub(super) entries: Vec<Entry>,
    pub(super) groups: Vec<String>,
    pub(super) lead: Vec<Block>,
    pub(super) sections: Vec<Section>,
    unsorted: Vec<Block>,
    markup: Markup,
}

/// How many words stand in for a title.
const TITLE_WORDS: usize = 10;

impl Draft {
    pub(super) fn new(markup: Markup) -> Self {
        Self {
            slug: Slug::unnamed(),
            title: String::new(),
            title_from: TitleFrom::Text,
            line: 1,
            mapped: Vec::new(),
            left: Vec::new(),
            entries: Vec::new(),
            groups: Vec::new(),
            lead: Vec::new(),
            sections: Vec::new(),
            unsorted: Vec::new(),
            markup,
        }
    }

    /// Sets the title; without one, the name of the file stands in for it, else the first words.
    pub(super) fn set_title(&mut self, title: Option<String>, name: &str, lines: &[Line]) {
        let is_title = |title: &String| title.chars().any(char::is_alphanumeric);
        let name = name.replace(['_', '-'], " ");
        let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        (self.title, self.title_from) = match title.filter(is_title) {
            Some(title) => (one_line(title), TitleFrom::Text),
            None if is_title(&name) => (one_line(name), TitleFrom::FileName),
            None => {
                let all = lines.iter().flat_map(|line| line.text.split_whitespace()).take(TITLE_WORDS);
                (all.collect::<Vec<_>>().join(" "), TitleFrom::FirstWords)
            }
        };
        self.slug = Slug::from_text(&self.title).unwrap_or_else(Slug::unnamed);
    }

    /// Takes over what became of facts. Those that cannot be read stay words: under their own heading where it is one
    /// that is known, else among what is to be sorted.
    pub(super) fn settle(&mut self, settled: Settled) {
        self.entries = settled.entries;
        for given in &settled.left {
            for mapped in self.mapped.iter_mut().filter(|mapped| mapped.line == given.line) {
                mapped.target = None;
            }
            let heading = kinds_of(&given.label);
            if heading.is_empty() || given.length() < 40 {
                self.leave(given);
            } else {
                let section = Section { line: given.line, heading: given.label.clone(), blocks: blocks_of(given) };
                let at = self.sections.partition_point(|section| section.line < given.line);
                self.sections.insert(at, section);
            }
        }
        let words = self.entries.iter().find(|entry| entry.key == "audience_text").map(|entry| entry.written.clone());
        let has_terms = self.entries.iter().any(|entry| entry.key == "audiences");
        for mapped in &mut self.mapped {
            let is_audience = mapped.target.is_some_and(|target| target.field() == Some("audiences"));
            if let Some(words) = words.as_ref().filter(|_| is_audience && !has_terms) {
                mapped.key = Some(words.clone());
            }
        }
    }

    /// Keeps a fact as words, with its label.
    fn leave(&mut self, given: &Given) {
        let label = &given.label;
        let colon = if label.is_empty() { "" } else { " : " };
        self.left.push(Left { line: given.line, text: format!("{label}{colon}{}", given.joined(" ")) });
        match given.items.as_slice() {
            [item] if !item.is_marked => self.unsorted.push(Block::Paragraph(format!("{label}{colon}{}", item.text))),
            _ => {
                if !label.is_empty() {
                    self.unsorted.push(Block::Paragraph(format!("{label} :")));
                }
                self.unsorted.extend(blocks_of(given));
            }
        }
    }

    /// Keeps what stands nowhere.
    pub(super) fn keep(&mut self, pieces: &[Piece]) {
        self.left.extend(pieces.iter().map(|piece| Left { line: piece.line, text: piece.text.clone() }));
        self.left.sort_by_key(|left| left.line);
        self.unsorted.extend(blocks(pieces, Habit::Prose));
    }

    /// The whole file.
    pub fn sheet(&self, options: &Options) -> String {
        let (title, draft, yes) = match options.lang {
            Lang::French => ("titre", "brouillon", "oui"),
            Lang::English => ("title", "draft", "yes"),
        };
        let mut sheet = String::from("---\n");
        let own = |key, written: &str, value| Entry { key, written: written.to_owned(), value, comments: Vec::new() };
        own("title", title, Value::text(&*self.title)).write(&mut sheet, options.lang);
        own("draft", draft, Value::Bare(yes.to_owned())).write(&mut sheet, options.lang);
        self.groups.iter().for_each(|group| sheet.push_str(&comment_line(group)));
        self.entries.iter().for_each(|entry| entry.write(&mut sheet, options.lang));
        sheet.push_str("---\n");
        let mut body = self.lead.clone();
        for section in &self.sections {
            body.push(Block::Heading(2, section.heading.clone()));
            body.extend(section.blocks.iter().cloned());
        }
        if !self.unsorted.is_empty() {
            body.push(Block::Heading(2, options.to_sort.clone()));
            body.extend(self.unsorted.iter().cloned());
        }
        if !body.is_empty() {
            sheet.push('\n');
            sheet.push_str(&markdown(&body, self.markup));
        }
        sheet
    }
}

fn blocks_of(given: &Given) -> Vec<Block> {
    let are_items = given.items.iter().any(|item| item.is_marked);
    let block = |text: String| match are_items {
        true => Block::Item { depth: 0, number: None, text },
        false => Block::Paragraph(text),
    };
    given.items.iter().map(|item| block(item.text.clone())).collect()
}

impl Mapped {
    /// A label and what it was taken for; its key is written by `key`.
    pub(super) fn of(line: usize, label: &str, target: Option<Target>, lang: Lang) -> Self {
        Self { line, label: label.to_owned(), target, key: target.and_then(|target| target.key(lang)) }
    }

    /// Whether its value stands in the front matter.
    pub fn is_read(&self) -> bool {
        self.target.is_some_and(|target| !matches!(target, Target::Section | Target::Group))
    }
}

impl Left {
    /// Its first words, for a line of the terminal.
    pub fn beginning(&self, most: usize) -> String {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.char_indices().nth(most) {
            Some((end, _)) => format!("{}…", text[..end].trim_end()),
            None => text,
        }
    }

    /// Whether it has any words.
    pub fn has_words(&self) -> bool {
        words(&self.text).next().is_some()
    }
}
