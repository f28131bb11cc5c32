//! One file, parsed, ignorant of all others: [`Document`].
//!
//! [`parse`] splits a file into front matter and body, types the front matter by the folder it stands
//! in, and turns the body into HTML with open link slots. It knows no other file, no address and no
//! date, so its result can be kept for as long as the file stays the same.

mod body;
pub mod certifying;
pub(crate) mod claims;
mod digests;
mod front_matter;
mod home_matter;
pub mod markdown;
pub(crate) mod module_keys;
mod module_matter;
pub(crate) mod news_matter;
pub mod objective;
pub(crate) mod organisation_matter;
mod own_address;
mod page_matter;
mod prerequisite;
mod prose_matter;
mod remark;
mod sections;
mod term_matter;

use std::sync::Arc;

use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::entry::{EXCEPTIONS_KEY, Exception, read_exceptions};
use crate::fold::fold;
use crate::id::{Slug, TermKind};
use crate::lang::Lang;
use crate::source::{ContentPath, SourceFile, decode};
use crate::typography::Typography;
use crate::yaml::{Fields, Reader, cut_values};

pub use body::{Anchors, Bodies, Body, Fragment, Link, LinkKind, Outline, Section, SectionKind, StepLabel};
pub use digests::Digests;
pub(crate) use front_matter::yaml_of;
pub use home_matter::{HOME, HomeMatter};
pub use markdown::{Prose, RawHtml};
pub use module_keys::MODULE;
pub use module_matter::{Kind, Mode, ModuleMatter};
pub use news_matter::{NEWS, NewsMatter};
pub use organisation_matter::{ORGANISATION, OrganisationMatter, Qualiopi};
pub use own_address::slug_key;
pub use page_matter::{PAGE, PageMatter};
pub use prerequisite::{Prerequisite, Prerequisites, StepEntry};
pub use prose_matter::{FrontSection, FrontStep};
pub use remark::{Mention, MentionKind, Remark};
pub use sections::kinds_of;
pub use term_matter::{TERM, TermMatter};

/// Ids that the frame of every page has: no heading of a body may have them.
const FRAME_IDS: &[&str] = &["contenu", "menu", "pied", "espace", "pied-1", "pied-2", "pied-3", "notes", "identite"];

/// Ids that a module's sheet has as well: links may name them, headings may not.
pub const MODULE_IDS: &[&str] = &[
    "contenu",
    "menu",
    "pied",
    "espace",
    "pied-1",
    "pied-2",
    "pied-3",
    "notes",
    "reperes",
    "sessions",
    "etapes",
    "parcours",
    "regions",
    "intervenants",
    "modalites",
    "tarifs",
    "organismes",
    "documents",
    "voir-aussi",
    "actualites",
    "handicap",
];

/// Ids that the other pages with a text of an author have as well.
const PAGE_IDS: &[&str] = &[
    "contenu",
    "menu",
    "pied",
    "espace",
    "pied-1",
    "pied-2",
    "pied-3",
    "notes",
    "documents",
    "formations",
    "sessions",
    "actualites",
    "autres",
    "plus-precis",
    "en-bref",
    "entrees",
    "entrees-titre",
];

/// A parsed file.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Where it stands.
    pub path: ContentPath,
    /// Its name without extension; the folder's for an `index.md` in a folder of its own.
    pub stem: String,
    /// What it is called, made ready to be found.
    pub names: Names,
    /// What its front matter says, by the kind of document that it is.
    pub matter: Matter,
    /// What others may know of its text, which stands apart: see [`Leaf`].
    pub outline: Outline,
    /// Rules that do not hold for it.
    pub exceptions: Vec<Exception>,
    /// The language in which its keys are spelt.
    pub spelling: Lang,
    /// Whether its front matter could not be read: its id is known, so that it causes no second error.
    pub broken: bool,
}

/// The names of a document in the forms in which they are looked for, made once.
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    /// The file's name as it stands in addresses, if anything of it can.
    pub slug: Option<Slug>,
    /// The file's name, folded.
    pub stem: Box<str>,
    /// The title, folded.
    pub title: Box<str>,
}

/// A document and its text. They are two values, so that whoever gets only the first cannot depend on the second.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The document.
    pub document: Arc<Document>,
    /// Its text.
    pub body: Arc<Body>,
}

/// Front matter, by kind of document.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// A training module.
    Module(Box<ModuleMatter>),
    /// A news post.
    News(Box<NewsMatter>),
    /// A plain page.
    Page(Box<PageMatter>),
    /// A theme, audience or region.
    Term(TermKind, Box<TermMatter>),
    /// An organisation.
    Organisation(Box<OrganisationMatter>),
    /// The home page's own text.
    Home(Box<HomeMatter>),
}

/// What kind of document a path holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DocumentKind {
    Module,
    News,
    Page,
    Term(TermKind),
    Organisation,
    Home,
}

/// What parsing depends on besides the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOptions {
    /// What becomes of HTML in bodies.
    pub raw_html: RawHtml,
    /// Which spacing texts get.
    pub typography: Typography,
}

impl DocumentKind {
    fn reserved_ids(self) -> &'static [&'static str] {
        match self {
            Self::Module => MODULE_IDS,
            Self::Page => FRAME_IDS,
            _ => PAGE_IDS,
        }
    }
}

fn kind_of(path: &ContentPath) -> Option<DocumentKind> {
    if path.as_str() == "content/index.md" {
        return Some(DocumentKind::Home);
    }
    let folder = path.as_str().strip_prefix("content/")?.split_once('/')?.0;
    Some(match folder {
        "modules" => DocumentKind::Module,
        "news" => DocumentKind::News,
        "pages" => DocumentKind::Page,
        "themes" => DocumentKind::Term(TermKind::Topic),
        "audiences" => DocumentKind::Term(TermKind::Audience),
        "regions" => DocumentKind::Term(TermKind::Region),
        "organisations" => DocumentKind::Organisation,
        _ => return None,
    })
}

/// Whether `path` is a document; other files of `content/` are published beside the documents they belong to.
pub fn is_document(path: &ContentPath) -> bool {
    path.is_under("content") && path.extension().eq_ignore_ascii_case("md")
}

/// Parses one document. A document that stands where nothing reads it gives nothing but a warning.
pub fn parse(file: &SourceFile, options: ParseOptions) -> Checked<Option<Leaf>> {
    let path = &file.path;
    let Some(kind) = kind_of(path) else {
        let misplaced = Diagnostic::new(Code::MisplacedFile, path, Place::File);
        return Checked::new(None, vec![misplaced.message("message-document").help("help-document")]);
    };
    let mut reader = Reader::new(path);
    let text = match decode(&file.path, &file.bytes) {
        Ok(text) => text,
        Err(diagnostic) => {
            reader.report(*diagnostic);
            return Checked::new(Some(Leaf::broken(path, kind)), reader.diagnostics);
        }
    };
    let split = front_matter::split(path, text);
    let (node, split) = match split.and_then(|split| Ok((split.read(path)?, split))) {
        Ok(read) => read,
        Err(diagnostic) => {
            reader.report(*diagnostic);
            return Checked::new(Some(Leaf::broken(path, kind)), reader.diagnostics);
        }
    };
    let Some(mut fields) = Fields::of(&node, crate::diagnostic::YamlPath::default()) else {
        reader.report(
            Diagnostic::new(Code::InvalidShape, path, Place::Start)
                .message("message-front-matter")
                .help("help-front-matter"),
        );
        return Checked::new(Some(Leaf::broken(path, kind)), reader.diagnostics);
    };
    let body_start = split.body_start;
    let (yaml, yaml_start) = split.yaml();
    reader.diagnostics.extend(cut_values(path, yaml, yaml_start));
    let exceptions = fields.take(&EXCEPTIONS_KEY, &mut reader);
    let matter = Matter::read(kind, fields, options, &mut reader);
    let exceptions = exceptions.map(|field| read_exceptions(&field, &mut reader)).unwrap_or_default();
    if !text[..body_start].contains("---") {
        // What to do is not the same where there is no front matter yet.
        let untitled = reader.diagnostics.iter_mut().filter(|one| one.code == Code::MissingTitle);
        untitled.for_each(|one| one.help = "help-no-front-matter");
    }
    let markdown = markdown::MarkdownOptions {
        title: matter.title(),
        typography: options.typography,
        raw_html: options.raw_html,
        reserved_ids: kind.reserved_ids(),
    };
    let read = markdown::parse_body(path, &text[body_start..], body_start, &markdown);
    let (mut body, mut outline) = read.take(&mut reader.diagnostics);
    body.digests = Digests::of(&node, &text[body_start..]);
    if matter.has_summary() {
        // Nobody will ask how the text begins.
        outline.first_paragraph = None;
    }
    let spelling = reader.spelling();
    let document = Document { exceptions, spelling, ..Document::new(path, matter, outline) };
    reader.diagnostics.extend(own_address::unnamed(&document));
    Checked::new(Some(Leaf { document: Arc::new(document), body: Arc::new(body) }), reader.diagnostics)
}

/// The name that gives a document its id: of the file, or of its folder for an `index.md`.
fn stem_of(path: &ContentPath) -> &str {
    if path.stem() != "index" || path.folder().matches('/').count() < 2 {
        return path.stem();
    }
    path.folder().rsplit('/').next().unwrap_or(path.stem())
}

impl Leaf {
    fn broken(path: &ContentPath, kind: DocumentKind) -> Self {
        let matter = match kind {
            DocumentKind::Module => Matter::Module(Box::default()),
            DocumentKind::News => Matter::News(Box::default()),
            DocumentKind::Page => Matter::Page(Box::default()),
            DocumentKind::Term(kind) => Matter::Term(kind, Box::default()),
            DocumentKind::Organisation => Matter::Organisation(Box::default()),
            DocumentKind::Home => Matter::Home(Box::default()),
        };
        let document = Document { broken: true, ..Document::new(path, matter, Outline::default()) };
        Self { document: Arc::new(document), body: Arc::default() }
    }
}

impl Document {
    fn new(path: &ContentPath, matter: Matter, outline: Outline) -> Self {
        let stem = stem_of(path).to_owned();
        let names = Names { slug: Slug::from_text(&stem), stem: fold(&stem).into(), title: Box::default() };
        let mut document = Self {
            path: path.clone(),
            stem,
            names,
            matter,
            outline,
            exceptions: Vec::new(),
            spelling: Lang::default(),
            broken: false,
        };
        document.names.title = fold(&document.title()).into();
        document
    }

    /// The title as written; without one, the file's name with spaces, so that the rest can be checked.
    pub fn title(&self) -> String {
        self.matter.title().map_or_else(|| self.stem.replace(['-', '_'], " "), str::to_owned)
    }
}

impl Matter {
    fn read(kind: DocumentKind, fields: Fields<'_>, options: ParseOptions, reader: &mut Reader<'_>) -> Self {
        match kind {
            DocumentKind::Module => Self::Module(Box::new(ModuleMatter::read(fields, options, reader))),
            DocumentKind::News => Self::News(Box::new(NewsMatter::read(fields, reader))),
            DocumentKind::Page => Self::Page(Box::new(PageMatter::read(fields, reader))),
            DocumentKind::Term(kind) => Self::Term(kind, Box::new(TermMatter::read(fields, reader))),
            DocumentKind::Organisation => {
                Self::Organisation(Box::new(OrganisationMatter::read(fields, options, reader)))
            }
            DocumentKind::Home => Self::Home(Box::new(HomeMatter::read(fields, reader))),
        }
    }

    /// Whether it says in a few words what the text is about.
    fn has_summary(&self) -> bool {
        let summary = match self {
            Self::Module(matter) => &matter.summary,
            Self::News(matter) => &matter.summary,
            Self::Page(matter) => &matter.summary,
            Self::Term(..) | Self::Organisation(_) | Self::Home(_) => return false,
        };
        summary.as_ref().is_some_and(|summary| !summary.trim().is_empty())
    }

    /// The title, if one is given.
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Module(matter) => matter.title.as_deref(),
            Self::News(matter) => matter.title.as_deref(),
            Self::Page(matter) => matter.title.as_deref(),
            Self::Term(_, matter) => matter.title.as_deref(),
            Self::Organisation(matter) => matter.name.as_deref(),
            Self::Home(matter) => matter.title.as_deref(),
        }
    }
}

/// Whether a file's name begins with a date, and that date: `2026-01-05-x` (news posts).
pub(crate) fn date_in_name(stem: &str) -> Option<(crate::value::Date, &str)> {
    let date = stem.get(..10).filter(|head| head.as_bytes().iter().filter(|byte| **byte == b'-').count() == 2)?;
    let date = crate::value::parse_date(date).ok()?;
    Some((date, stem[10..].trim_start_matches(['-', '_', ' '])))
}
