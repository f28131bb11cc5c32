//! Sections that stand in the front matter rather than in the body: objectives, programme, methods…
//!
//! Each is turned into Markdown and read like a body, so that both ways of writing give the same page.

use crate::diagnostic::{Code, Diagnostic, Place, Placed};
use crate::id::Slug;
use crate::value::Decimal;
use crate::yaml::{Field, Fields, Form, Key, MapForm, Node, Reader};

use super::ParseOptions;
use super::body::SectionKind;
use super::markdown::{Prose, parse_inline, parse_prose, told_removed};
use super::module_keys as keys;
use super::module_matter::text;

static TITLE: Key = Key::new("title", "titre");
static ORDERED: Key = Key::new("ordered", "numérotés").also(&["ordonné", "numéroté"]);
static ITEMS: Key = Key::new("items", "éléments").also(&["points", "contenu"]);
static LABEL: Key = Key::new("label", "libellé");
static TEXT: Key = Key::new("text", "texte");
static HOURS: Key = Key::new("hours", "heures");
static MODE: Key = Key::new("mode", "modalité");
static GAP: Key = Key::new("gap", "intervalle");
static ID: Key = Key::new("id", "identifiant");
static ICON: Key = Key::new("icon", "icône");
static BODY: Key = Key::new("body", "contenu").also(&["texte", "text"]);

/// The form of nested lists.
pub(super) static OUTLINE: Form = Form::List(&ITEM);
static ITEM: Form = Form::Either(&[&Form::Text, &Form::Map(&ITEM_MAP)]);
static ITEM_MAP: MapForm = MapForm::new(
    "item",
    &[
        (&TITLE, &Form::Text),
        (&LABEL, &Form::Text),
        (&TEXT, &Form::Text),
        (&ORDERED, &Form::Boolean),
        (&ITEMS, &OUTLINE),
    ],
);
/// The form of a programme.
pub(super) static PROGRAMME: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&STEP)]));
static STEP: MapForm = MapForm::new(
    "programme-step",
    &[
        (&LABEL, &Form::Text),
        (&TITLE, &Form::Text),
        (&HOURS, &Form::Decimal),
        (&MODE, &Form::Text),
        (&GAP, &Form::Text),
        (&TEXT, &Form::Text),
        (&ITEMS, &OUTLINE),
    ],
);
/// The form of free sections.
pub(super) static SECTIONS: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&SECTION)]));
static SECTION: MapForm =
    MapForm::new("section", &[(&ID, &Form::Text), (&TITLE, &Form::Text), (&ICON, &Form::Text), (&BODY, &Form::TEXTS)]);

/// A section given in the front matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontSection {
    /// What it is about; none for a free section.
    pub kind: Option<SectionKind>,
    /// The anchor that the author chose.
    pub id: Option<String>,
    /// The heading that the author gave; without one, the interface has a word for the kind.
    pub title: Option<String>,
    /// An emoji that decorates the heading.
    pub icon: Option<String>,
    /// The text.
    pub prose: Prose,
    /// The steps of a programme.
    pub steps: Vec<FrontStep>,
    /// Objectives one by one, each where it stands.
    pub items: Vec<Placed<String>>,
    /// Where it stands in the front matter.
    pub place: Option<Place>,
}

/// A step of a programme given in the front matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontStep {
    /// "Jour 1"
    pub label: Option<String>,
    /// What it is about.
    pub title: Option<Prose>,
    /// How many hours it takes.
    pub hours: Option<Decimal>,
    /// On site or remote, and how long after the one before: small print.
    pub notes: Vec<String>,
    /// What is done in it.
    pub prose: Prose,
}

/// Takes all prose keys, in the order in which a sheet shows them.
pub(super) fn read_front_sections(
    fields: &mut Fields<'_>,
    options: ParseOptions,
    reader: &mut Reader<'_>,
) -> Vec<FrontSection> {
    let mut sections = Vec::new();
    let add =
        |sections: &mut Vec<FrontSection>, kind: SectionKind, written: Option<Written>, reader: &mut Reader<'_>| {
            if let Some(Written { markdown, place, items }) = written {
                let prose = told(parse_prose(&markdown, options), &place, reader);
                let items = if kind == SectionKind::Objectives { items } else { Vec::new() };
                sections.push(FrontSection {
                    kind: Some(kind),
                    prose,
                    items,
                    place: Some(place),
                    ..FrontSection::default()
                });
            }
        };
    let written = prose(fields, &keys::CONTEXT, reader);
    add(&mut sections, SectionKind::Context, written, reader);
    let aim = join(prose(fields, &keys::AIM, reader), prose(fields, &keys::SKILLS, reader));
    add(&mut sections, SectionKind::Aim, aim, reader);
    let written = outline_of(fields, &keys::OBJECTIVES, reader);
    add(&mut sections, SectionKind::Objectives, written, reader);
    let programme_text = prose(fields, &keys::PROGRAMME_TEXT, reader);
    sections.extend(read_programme(fields, programme_text, options, reader));
    let written = outline_of(fields, &keys::USE_CASES, reader);
    add(&mut sections, SectionKind::UseCases, written, reader);
    let topics = join(prose(fields, &keys::TOPICS_TEXT, reader), prose(fields, &keys::TOPICS, reader));
    add(&mut sections, SectionKind::Topics, topics, reader);
    let written = prose(fields, &keys::METHODS, reader);
    add(&mut sections, SectionKind::Methods, written, reader);
    let written = prose(fields, &keys::MEANS, reader);
    add(&mut sections, SectionKind::Means, written, reader);
    let written = prose(fields, &keys::DELIVERABLES, reader);
    add(&mut sections, SectionKind::Deliverables, written, reader);
    let written = prose(fields, &keys::ASSESSMENT, reader);
    add(&mut sections, SectionKind::Assessment, written, reader);
    if let Some(field) = fields.take(&keys::SECTIONS, reader) {
        sections.extend(field.items().iter().filter_map(|item| read_free_section(item, options, reader)));
    }
    sections
}

/// Markdown made of a value, with the place of that value.
struct Written {
    markdown: String,
    place: Place,
    /// The items of the first level, each where it stands.
    items: Vec<Placed<String>>,
}

fn prose(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<Written> {
    let field = fields.take(key, reader)?;
    Some(Written { markdown: field.prose(reader)?, place: field.place(), items: Vec::new() })
}

fn outline_of(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<Written> {
    let field = fields.take(key, reader)?;
    let (markdown, items) = outline(&field, reader);
    (!markdown.is_empty()).then(|| Written { markdown, place: field.place(), items })
}

fn join(first: Option<Written>, second: Option<Written>) -> Option<Written> {
    match (first, second) {
        (Some(first), Some(second)) => {
            let markdown = format!("{}\n\n{}", first.markdown, second.markdown);
            Some(Written { markdown, place: first.place, items: Vec::new() })
        }
        (first, second) => first.or(second),
    }
}

/// Nested lists of texts and `{title:, label:, text:, ordered:, items:}`, as Markdown, and the items of the first level.
fn outline(field: &Field<'_>, reader: &mut Reader<'_>) -> (String, Vec<Placed<String>>) {
    let mut written = Vec::new();
    let mut markdown = String::new();
    match field.node {
        Node::List(_) | Node::Map(_) => {
            write_items(&field.items(), false, 0, &mut markdown, &mut written, reader);
        }
        _ => {
            markdown = field.text(reader).unwrap_or_default();
            // Several lines are several items, or one that is cut: nobody knows which.
            if !markdown.contains('\n') {
                written.push(Placed { value: markdown.clone(), place: field.place() });
            }
        }
    }
    (markdown, written)
}

fn write_items(
    items: &[Field<'_>],
    ordered: bool,
    depth: usize,
    markdown: &mut String,
    written: &mut Vec<Placed<String>>,
    reader: &mut Reader<'_>,
) {
    // Four spaces nest below "1. " as well as below "- ".
    let indent = "    ".repeat(depth);
    for (number, item) in (1..).zip(items) {
        let Some(mut fields) = item.fields() else {
            if let Some(text) = item.text(reader) {
                let mark = if ordered { format!("{number}. ") } else { "- ".to_owned() };
                markdown.push_str(&format!("{indent}{mark}{}\n", text.replace('\n', &format!("\n{indent}    "))));
                if depth == 0 {
                    written.push(Placed { value: text, place: item.place() });
                }
            }
            continue;
        };
        let title = text(&mut fields, &TITLE, reader);
        let label = text(&mut fields, &LABEL, reader);
        let words = text(&mut fields, &TEXT, reader);
        let is_ordered = fields.take(&ORDERED, reader).and_then(|field| field.boolean(reader)).unwrap_or_default();
        let children = fields.take(&ITEMS, reader).map(|field| field.items()).unwrap_or_default();
        fields.finish(&ITEM_MAP, reader);
        match title {
            // A group of the first level has a heading of its own and its list below it.
            Some(title) if depth == 0 => {
                let words = words.map(|words| format!("{words}\n\n")).unwrap_or_default();
                markdown.push_str(&format!("\n### {title}\n\n{words}"));
                write_items(&children, is_ordered, 0, markdown, written, reader);
            }
            title => {
                let mark = if ordered { format!("{number}. ") } else { "- ".to_owned() };
                if depth == 0 {
                    let said: Vec<&str> = [&label, &title, &words].into_iter().flatten().map(String::as_str).collect();
                    written.push(Placed { value: said.join(" : "), place: item.place() });
                }
                let head = label.or(title);
                let line = match (head, words) {
                    (Some(head), Some(words)) => format!("**{head}** : {words}"),
                    (Some(head), None) => format!("**{head}**"),
                    (None, words) => words.unwrap_or_default(),
                };
                markdown.push_str(&format!("{indent}{mark}{}\n", line.replace('\n', &format!("\n{indent}    "))));
                write_items(&children, is_ordered, depth + 1, markdown, written, reader);
            }
        }
    }
}

fn read_programme(
    fields: &mut Fields<'_>,
    intro: Option<Written>,
    options: ParseOptions,
    reader: &mut Reader<'_>,
) -> Option<FrontSection> {
    let field = fields.take(&keys::PROGRAMME, reader);
    if field.is_none() && intro.is_none() {
        return None;
    }
    let place = intro.as_ref().map(|intro| intro.place.clone()).or_else(|| field.as_ref().map(Field::place));
    let mut section = FrontSection { kind: Some(SectionKind::Programme), place, ..FrontSection::default() };
    let mut markdown = intro.map(|intro| intro.markdown).unwrap_or_default();
    if let Some(field) = field {
        if matches!(field.node, Node::List(_) | Node::Map(_)) {
            for item in field.items() {
                match read_step(&item, options, reader) {
                    Some(step) => section.steps.push(step),
                    // A text among the steps is an item of the list that stands before them.
                    None => {
                        if let Some(text) = item.text(reader) {
                            markdown.push_str(&format!("\n- {text}"));
                        }
                    }
                }
            }
        } else if let Some(text) = field.text(reader) {
            markdown = paragraphs([Some(markdown), Some(text)]);
        }
    }
    let prose = parse_prose(&markdown, options);
    section.prose = match &section.place {
        Some(place) => told(prose, place, reader),
        None => prose,
    };
    Some(section)
}

/// Texts one below the other, with a blank line between them.
fn paragraphs(texts: [Option<String>; 2]) -> String {
    let texts: Vec<String> = texts.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}

fn read_step(item: &Field<'_>, options: ParseOptions, reader: &mut Reader<'_>) -> Option<FrontStep> {
    let mut fields = item.fields()?;
    let label = text(&mut fields, &LABEL, reader);
    let title =
        text(&mut fields, &TITLE, reader).map(|title| told(parse_inline(&title, options), &item.place(), reader));
    let hours = fields.take(&HOURS, reader).and_then(|field| field.decimal(reader));
    let notes = [&MODE, &GAP].into_iter().filter_map(|key| text(&mut fields, key, reader)).collect();
    let words = text(&mut fields, &TEXT, reader);
    let mut list = String::new();
    if let Some(field) = fields.take(&ITEMS, reader) {
        write_items(&field.items(), false, 0, &mut list, &mut Vec::new(), reader);
    }
    let markdown = paragraphs([words, Some(list)]);
    fields.finish(&STEP, reader);
    let prose = told(parse_prose(&markdown, options), &item.place(), reader);
    Some(FrontStep { label, title, hours, notes, prose })
}

fn read_free_section(item: &Field<'_>, options: ParseOptions, reader: &mut Reader<'_>) -> Option<FrontSection> {
    let Some(mut fields) = item.fields() else {
        let prose = told(parse_prose(&item.text(reader)?, options), &item.place(), reader);
        return Some(FrontSection { prose, place: Some(item.place()), ..FrontSection::default() });
    };
    let section = FrontSection {
        kind: None,
        // As the page will have it, so that links to it can be checked.
        id: text(&mut fields, &ID, reader).and_then(|id| Slug::from_text(&id)).map(|id| id.to_string()),
        title: text(&mut fields, &TITLE, reader),
        icon: text(&mut fields, &ICON, reader),
        prose: read_body(&mut fields, options, reader),
        steps: Vec::new(),
        items: Vec::new(),
        place: Some(item.place()),
    };
    fields.finish(&SECTION, reader);
    Some(section)
}

fn read_body(fields: &mut Fields<'_>, options: ParseOptions, reader: &mut Reader<'_>) -> Prose {
    let Some(field) = fields.take(&BODY, reader) else { return Prose::default() };
    let markdown = field.prose(reader).unwrap_or_default();
    told(parse_prose(&markdown, options), &field.place(), reader)
}

/// The prose, once what was left out of it is reported.
pub(super) fn told(prose: Prose, place: &Place, reader: &mut Reader<'_>) -> Prose {
    for html in &prose.removed {
        reader.report(told_removed(reader.file, place.clone(), html));
    }
    for text in &prose.extra_cells {
        reader.report(Diagnostic::new(Code::ExtraCell, reader.file, place.clone()).arg("text", text));
    }
    prose
}
