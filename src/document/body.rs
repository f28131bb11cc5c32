//! [`Body`]: what a Markdown text says, cut at its headings, with its addresses still open.
//!
//! Nothing here knows where a page will stand. An address is kept apart from the HTML around it
//! ([`Fragment::Address`]), because the same body is shown on a page, in a feed and from a folder
//! on disk, and each of them links differently. Interface words ([`Fragment::Phrase`]) are kept
//! apart as well: they are in the language of the reader's interface, which the text does not know.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::digests::Digests;
use super::markdown::markup;
use super::remark::{Mention, Remark};
use crate::source::ContentPath;

/// A text with its headings as a tree, ready to be drawn once its addresses are filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// What stands before the first heading.
    pub lead: Vec<Fragment>,
    /// The parts under headings of the highest rank.
    pub sections: Vec<Section>,
    /// The complete list of footnotes; empty when there are none.
    pub footnotes: Vec<Fragment>,
    /// Every link and image, in the order of the text.
    pub links: Vec<Link>,
    /// How many words it has.
    pub words: usize,
    /// What in it breaks rules.
    pub remarks: Vec<Remark>,
    /// Facts that it states: lengths of time and prices.
    pub mentions: Vec<Mention>,
    /// What tells that it, or a field above it, is another.
    pub digests: Digests,
}

/// What others may know of a text: lists that show its beginning, links that lead into it, files that it shows. As long
/// as it is the same, a changed text changes nothing but the pages that show it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The first paragraph as plain text: of the lead, else of the first section that has one.
    pub first_paragraph: Option<String>,
    /// Every id that something in the text has, so that links to it can be checked.
    pub anchors: Anchors,
    /// The targets of its links and images that may be files of the site.
    pub files: BTreeSet<String>,
}

/// The texts of all documents, in the order of their files.
#[derive(Clone, Debug, Default)]
pub struct Bodies(Vec<(ContentPath, Arc<Body>)>);

impl Bodies {
    /// The text of a document; an empty one where there is none.
    pub fn get(&self, file: &ContentPath) -> &Body {
        static NOTHING: Body = Body {
            lead: Vec::new(),
            sections: Vec::new(),
            footnotes: Vec::new(),
            links: Vec::new(),
            words: 0,
            remarks: Vec::new(),
            mentions: Vec::new(),
            digests: Digests { fields: Vec::new(), parts: Vec::new() },
        };
        let at = self.0.binary_search_by(|(known, _)| known.cmp(file));
        at.ok().and_then(|at| self.0.get(at)).map_or(&NOTHING, |(_, body)| body)
    }

    /// The documents whose texts are others than they were. Both have the same documents, or those that differ are among
    /// the answer.
    pub fn changed_since<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = ContentPath> + 'a {
        let pairs = self.0.iter().zip(&before.0);
        pairs.filter(|(now, then)| !Arc::ptr_eq(&now.1, &then.1) || now.0 != then.0).map(|(now, _)| now.0.clone())
    }
}

impl Bodies {
    /// All of them, in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = &Body> {
        self.0.iter().map(|(_, body)| &**body)
    }
}

impl FromIterator<(ContentPath, Arc<Body>)> for Bodies {
    fn from_iter<I: IntoIterator<Item = (ContentPath, Arc<Body>)>>(bodies: I) -> Self {
        let mut bodies: Vec<_> = bodies.into_iter().collect();
        bodies.sort_by(|(one, _), (two, _)| one.cmp(two));
        Self(bodies)
    }
}

/// The ids that stand in a text, shared by all who look one up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Anchors(Arc<[Box<str>]>);

impl Anchors {
    /// Whether an id is among them.
    pub fn contains(&self, id: &str) -> bool {
        self.0.binary_search_by(|known| (**known).cmp(id)).is_ok()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|id| &**id)
    }

    /// These and others.
    pub fn with(&self, others: impl IntoIterator<Item = String>) -> Self {
        self.iter().map(str::to_owned).chain(others).collect::<BTreeSet<String>>().into()
    }
}

impl From<BTreeSet<String>> for Anchors {
    fn from(ids: BTreeSet<String>) -> Self {
        Self(ids.into_iter().map(String::into_boxed_str).collect())
    }
}

/// A piece of HTML, or a gap in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Fragment {
    /// HTML as it will stand on the page.
    Html(String),
    /// The address of `links[i]`, inside an attribute: whoever fills it in escapes it.
    Address(usize),
    /// An interface word by its key; it may stand inside an attribute, so it is escaped as one.
    Phrase(&'static str),
}

/// A link or an image, as the author wrote its address.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The address as written; per-cent signs are not decoded.
    pub target: String,
    /// Where it stands, in bytes of the whole file.
    pub span: Range<usize>,
    /// What is done with the address.
    pub kind: LinkKind,
}

impl Link {
    /// Whether it may lead to a file that is no document: not to an anchor, a document, or another site.
    pub(super) fn may_be_a_file(&self) -> bool {
        let path = self.target.split(['#', '?']).next().unwrap_or_default();
        !path.is_empty() && !path.contains(':') && !path.ends_with(".md") && !path.ends_with('/')
    }
}

/// Whether an address is followed or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A reader may go there.
    Link,
    /// What is there is shown on the page.
    Image,
}

/// A heading and what stands below it, up to the next heading of its rank.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The id of the heading, unique in the body.
    pub id: String,
    /// The rank of the heading, 2 to 6: never more than one below its parent's.
    pub level: u8,
    /// The heading's inner HTML, in its author's words, where that is more than its title.
    pub(super) marked_heading: Option<Vec<Fragment>>,
    /// The heading as plain text, without a decorating emoji.
    pub title: String,
    /// The emoji that decorates the heading, if it begins with one.
    pub emoji: Option<String>,
    /// What the section is about, where its title is a known one; none or several.
    pub kinds: Vec<SectionKind>,
    /// What the heading says about its place in a programme: "Jour 1".
    pub step: Option<Box<StepLabel>>,
    /// The text up to the first heading below this one.
    pub content: Vec<Fragment>,
    /// The parts under the headings below this one.
    pub children: Vec<Section>,
    /// Where the heading stands, in bytes of the whole file.
    pub span: Range<usize>,
}

impl Section {
    /// The heading's inner HTML, in its author's words.
    pub fn heading(&self) -> Cow<'_, [Fragment]> {
        match &self.marked_heading {
            Some(heading) => Cow::Borrowed(heading),
            None => Cow::Owned(vec![Fragment::Html(markup::text(&self.title))]),
        }
    }
}

/// The label of a programme step, cut from its heading: "Jour 1 : État des lieux".
#[derive(Clone, Debug, PartialEq)]
pub struct StepLabel {
    /// The word as written: "Jour".
    pub word: String,
    /// The number as written: "1"; empty for a step such as "Matin".
    pub number: String,
    /// The heading without the label; may be empty.
    pub title: Vec<Fragment>,
}

/// What the program understands a section to be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// Why the training exists.
    Context,
    /// What it is for, in one sentence.
    Aim,
    /// What those who took part will be able to do.
    Objectives,
    /// What is done, step by step.
    Programme,
    /// Whom it is for.
    Audience,
    /// What one has to know or have before.
    Prerequisites,
    /// How it is taught.
    Methods,
    /// By which means: rooms, documents, people.
    Means,
    /// How what was learnt is assessed.
    Assessment,
    /// What is handed over at the end.
    Deliverables,
    /// Situations in which it helps.
    UseCases,
    /// Subjects that are touched.
    Topics,
    /// Figures and effects of former runs.
    Results,
    /// What may follow.
    After,
}

impl Body {
    /// Whether nothing at all would be drawn.
    pub fn is_empty(&self) -> bool {
        self.lead.is_empty() && self.sections.is_empty() && self.footnotes.is_empty()
    }

    /// The first section about `kind`, at whatever depth, in the order of the text.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.all_sections().find(|section| section.kinds.contains(&kind))
    }

    /// All sections in the order of the text, each before its children.
    pub fn all_sections(&self) -> impl Iterator<Item = &Section> {
        // A stack instead of recursion keeps the iterator one plain value.
        let mut waiting: Vec<&Section> = self.sections.iter().rev().collect();
        std::iter::from_fn(move || {
            let section = waiting.pop()?;
            waiting.extend(section.children.iter().rev());
            Some(section)
        })
    }
}

impl Section {
    /// Whether there is a heading and nothing below it.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty() && self.children.is_empty()
    }
}
