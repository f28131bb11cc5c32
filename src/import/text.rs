//! A text copied from a PDF or a word processor, read into a [`Draft`].
//!
//! Lines are taken one by one. A line opens a place (a label its fact, a heading its section), or it goes on where the
//! text is. What stands nowhere is kept apart, to be sorted by the author.

use super::blocks::{Block, blocks};
use super::draft::{Draft, Mapped, Options, Section};
use super::facts::{Facts, may_be_several};
use super::flow::{Flow, Habit, Piece, PieceKind};
use super::given::{Given, Item};
use super::labels::Target;
use super::lines::{Line, Markup, Sign, lines};
use super::people::has_way;
use super::reading::{Labelled, labelled, looks_like_heading, shown, without_colon};
use super::steps::step_label;
use super::title;
use crate::document::{SectionKind, kinds_of};
use crate::fold::fold;

/// Where the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Before anything that has a name.
    Lead,
    /// In a section of the body.
    Section(usize),
    /// Under a label.
    Fact(usize),
    /// Behind a fact, under no heading.
    Nowhere,
}

/// A section as far as it was read.
struct Open {
    section: Section,
    kinds: Vec<SectionKind>,
    pieces: Vec<Piece>,
}

/// A fact as far as it was read.
struct Fact {
    targets: Vec<Target>,
    label: String,
    line: usize,
    pieces: Vec<Piece>,
    /// Its value began beside the label, so it ends with its paragraph.
    is_beside: bool,
}

struct Text<'o> {
    options: &'o Options,
    markup: Markup,
    flow: Flow,
    lines: Vec<Line>,
    place: Place,
    lead: Vec<Piece>,
    nowhere: Vec<Piece>,
    sections: Vec<Open>,
    facts: Vec<Fact>,
    groups: Vec<String>,
    mapped: Vec<Mapped>,
}

/// Reads a text; `name` is what it is called where it names itself nowhere. Nothing when it has no words.
pub fn read(text: &str, name: &str, markup: Markup, options: &Options) -> Option<Draft> {
    let lines = lines(text, markup);
    if !lines.iter().any(|line| line.text.chars().any(char::is_alphanumeric)) {
        return None;
    }
    let flow = Flow::of(&lines);
    let top = title::find(&lines, &flow, &options.labels);
    let mut text = Text {
        options,
        markup,
        flow,
        lines: lines.clone(),
        place: Place::Lead,
        lead: Vec::new(),
        nowhere: Vec::new(),
        sections: Vec::new(),
        facts: Vec::new(),
        groups: Vec::new(),
        mapped: Vec::new(),
    };
    text.lead.extend(top.before.iter().map(|line| Piece::new(line, PieceKind::Words)));
    text.groups.extend(top.groups.iter().cloned());
    for at in top.n_lines..lines.len() {
        text.take(at);
    }
    Some(text.finish(top, name))
}

impl Text<'_> {
    /// Puts one line where it belongs.
    fn take(&mut self, at: usize) {
        let line = self.lines[at].clone();
        if line.is_raw {
            let piece = Piece::new(&line, PieceKind::Raw);
            self.pieces().push(piece);
            return;
        }
        // What stands at the foot of a page belongs to nothing around it.
        let is_contact = matches!(self.place, Place::Fact(index) if self.facts[index].targets[0].slot() == "contacts");
        if is_page_number(&line.text) || matches!(self.place, Place::Fact(_)) && !is_contact && is_address(&line.text) {
            self.nowhere.push(Piece::new(&line, PieceKind::Words));
            return;
        }
        // A line that goes on a sentence opens nothing.
        let is_bound = line.blanks == 0
            && line.sign.is_none()
            && self.pieces().last().is_some_and(|last| Flow::must_go_on(&last.text));
        if !is_bound && (self.take_step(&line) || self.take_label(at, &line) || self.take_heading(at, &line)) {
            return;
        }
        self.take_words(&line);
    }

    fn is_programme(&self) -> bool {
        matches!(self.place, Place::Section(index) if self.sections[index].kinds.contains(&SectionKind::Programme))
    }

    fn take_step(&mut self, line: &Line) -> bool {
        let is_marked = matches!(line.sign, None | Some(Sign::Bullet(_)));
        if !self.is_programme() || !is_marked || step_label(&line.text).is_none() {
            return false;
        }
        let mut piece = Piece::new(line, PieceKind::Step);
        piece.sign = None;
        self.pieces().push(piece);
        true
    }

    /// Whether the text is in a list that a line with a colon announced, where labels are items.
    fn is_announced(&self, line: &Line) -> bool {
        let Place::Section(index) = self.place else { return false };
        let pieces = &self.sections[index].pieces;
        let close = |piece: &&Piece| piece.blanks == 0;
        let behind = pieces.iter().rev().take_while(|piece| close(piece) && !piece.announces()).count();
        line.blanks == 0 && pieces.len() > behind && pieces[pieces.len() - 1 - behind].announces()
    }

    fn take_label(&mut self, at: usize, line: &Line) -> bool {
        let found = labelled(line, &self.options.labels).or_else(|| self.contact(at, line));
        let Some(Labelled { mut targets, label, value }) = found else { return false };
        // Days alone are sessions; only a table has a column for each part.
        for target in &mut targets {
            if matches!(target, Target::Session(key) if key.en == "dates") {
                *target = Target::Sessions;
            }
        }
        let first = targets[0];
        let in_section = matches!(self.place, Place::Section(_));
        if matches!(first, Target::Section) {
            return line.sign.is_none() && self.take_named_section(line, &label, value);
        }
        if line.sign.is_some() && in_section || line.hashes > 0 && value.is_some() {
            return false;
        }
        if matches!(first, Target::Group) {
            if value.is_some() || line.sign.is_some() {
                return false;
            }
            self.groups.push(without_colon(&shown(line)));
            self.place = Place::Nowhere;
            return true;
        }
        // A second answer to the same question belongs to what it stands in.
        let is_title = first.field() == Some("title");
        let is_known = self.facts.iter().any(|fact| same(fact.targets[0], first) && !several(first));
        let is_item = in_section && self.is_announced(line) && !self.opens_facts(at);
        if is_known || is_item || is_title && (in_section || value.is_none()) {
            return false;
        }
        self.mapped.push(Mapped::of(line.number, &label, Some(first), self.options.lang));
        let mut fact = Fact { targets, label, line: line.number, pieces: Vec::new(), is_beside: value.is_some() };
        fact.pieces.extend(value.map(|value| {
            let mut piece = Piece::of(&value, line);
            (piece.sign, piece.blanks) = (None, 0);
            piece
        }));
        self.facts.push(fact);
        self.place = Place::Fact(self.facts.len() - 1);
        true
    }

    /// Whether a line and the next both answer questions that nothing has answered: then they are facts, whatever
    /// announced them.
    fn opens_facts(&self, at: usize) -> bool {
        let Place::Section(index) = self.place else { return false };
        if !self.sections[index].pieces.last().is_some_and(Piece::announces) {
            return false;
        }
        let is_new = |line: &Line| {
            labelled(line, &self.options.labels).is_some_and(|found| {
                let target = found.targets[0];
                !matches!(target, Target::Section | Target::Group)
                    && found.value.is_some()
                    && !self.facts.iter().any(|fact| same(fact.targets[0], target))
            })
        };
        let next = self.lines.get(at + 1).filter(|next| next.blanks == 0);
        is_new(&self.lines[at]) && next.is_some_and(is_new)
    }

    /// "Interlocuteur du financeur", with an address or a number below it.
    fn contact(&self, at: usize, line: &Line) -> Option<Labelled> {
        let bare = line.text.trim_end_matches(|c: char| c == ':' || c.is_whitespace());
        let folded = fold(bare);
        let mut words = folded.split(' ');
        let first = words.next().unwrap_or_default();
        let is_contact = matches!(
            first,
            "contact" | "contacts" | "interlocuteur" | "interlocutrice" | "referent" | "referente" | "renseignements"
        );
        if !is_contact || words.count() > 5 || bare.contains(['.', '@', ',']) || line.sign.is_some() {
            return None;
        }
        let below =
            self.lines[at + 1..].iter().take(4).take_while(|next| labelled(next, &self.options.labels).is_none());
        let mut below = below.map(|next| next.text.as_str());
        let targets = self.options.labels.find("contacts");
        (below.any(has_way) && !targets.is_empty()).then(|| Labelled { targets, label: bare.to_owned(), value: None })
    }

    fn take_named_section(&mut self, line: &Line, label: &str, value: Option<String>) -> bool {
        let kinds = kinds_of(label);
        if let Place::Section(index) = self.place {
            let open = &self.sections[index];
            let in_step = open.pieces.iter().any(|piece| piece.kind == PieceKind::Step);
            let is_detail = kinds.iter().all(|kind| {
                use SectionKind::{Aim, Means, Methods, Objectives, Programme, Topics, UseCases};
                matches!(kind, Objectives | Programme | Topics | UseCases | Aim | Methods | Means)
            });
            let has_colon = value.is_some() || line.text.trim_end().ends_with(':');
            if in_step && is_detail && has_colon && line.blanks == 0 && line.hashes == 0 {
                return false;
            }
            if value.is_some() && self.is_announced(line) {
                return false;
            }
            // "Objectifs généraux" below "Objectifs".
            let is_below =
                open.pieces.is_empty() || open.pieces.iter().any(|piece| matches!(piece.kind, PieceKind::Heading(_)));
            if value.is_none() && !kinds.is_empty() && open.kinds == kinds && is_below {
                // "À l'issue, vous saurez :" announces the list below it.
                if line.text.trim_end().ends_with(':') && line.hashes == 0 {
                    return false;
                }
                let mut piece = Piece::new(line, PieceKind::Heading(3));
                piece.text = without_colon(&piece.text);
                self.pieces().push(piece);
                return true;
            }
        }
        let heading = match value {
            Some(_) => label.to_owned(),
            None => without_colon(&shown(line)),
        };
        self.mapped.push(Mapped::of(line.number, label, None, self.options.lang));
        self.open(line, heading, kinds);
        if let Some(value) = value {
            let mut piece = Piece::of(&value, line);
            piece.blanks = 0;
            self.pieces().push(piece);
        }
        true
    }

    fn open(&mut self, line: &Line, heading: String, kinds: Vec<SectionKind>) {
        let section = Section { line: line.number, heading, blocks: Vec::new() };
        self.sections.push(Open { section, kinds, pieces: Vec::new() });
        self.place = Place::Section(self.sections.len() - 1);
    }

    /// A heading that is the author's own.
    fn take_heading(&mut self, at: usize, line: &Line) -> bool {
        let is_listed = matches!(self.place, Place::Fact(index) if !self.facts[index].is_beside);
        if line.hashes > 2 && matches!(self.place, Place::Section(_)) {
            let piece = Piece::new(line, PieceKind::Heading(line.hashes));
            self.pieces().push(piece);
            return true;
        }
        if !looks_like_heading(line, self.lines.get(at + 1), is_listed) {
            return false;
        }
        self.mapped.push(Mapped::of(line.number, &line.text, None, self.options.lang));
        self.open(line, shown(line), kinds_of(&line.text));
        true
    }

    fn take_words(&mut self, line: &Line) {
        let habit = self.habit();
        if let Place::Fact(index) = self.place {
            let fact = &self.facts[index];
            let goes_on = fact.pieces.last().is_some_and(|piece| self.flow.goes_on(piece, line, habit));
            // What stands behind a blank line is no part of a fact that began beside its label.
            if fact.is_beside && line.blanks > 0 && !goes_on && line.sign.is_none() {
                self.place = Place::Nowhere;
            }
        }
        let flow = std::mem::take(&mut self.flow);
        let pieces = self.pieces();
        match pieces.last_mut() {
            Some(piece) if flow.goes_on(piece, line, habit) => flow.join(piece, line),
            _ => pieces.push(Piece::new(line, PieceKind::Words)),
        }
        self.flow = flow;
    }

    fn habit(&self) -> Habit {
        match self.place {
            Place::Section(index) => habit_of(&self.sections[index].kinds),
            Place::Fact(_) => Habit::Items,
            Place::Lead | Place::Nowhere => Habit::Prose,
        }
    }

    /// The pieces of the place where the text is.
    fn pieces(&mut self) -> &mut Vec<Piece> {
        match self.place {
            Place::Lead => &mut self.lead,
            Place::Section(index) => &mut self.sections[index].pieces,
            Place::Fact(index) => &mut self.facts[index].pieces,
            Place::Nowhere => &mut self.nowhere,
        }
    }

    fn finish(self, top: title::Top, name: &str) -> Draft {
        let lang = self.options.lang;
        let mut facts = Facts::new(lang);
        let mut title = None;
        for fact in self.facts {
            let item = |piece: &Piece| Item {
                text: piece.text.replace('\t', " "),
                line: piece.line,
                is_marked: piece.sign.is_some(),
            };
            let items: Vec<Item> = fact.pieces.iter().map(item).collect();
            if fact.targets[0].field() == Some("title") && title.is_none() && !items.is_empty() {
                title = Some(items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join(" "));
                continue;
            }
            facts.add(Given { target: fact.targets[0], label: fact.label, line: fact.line, items });
        }
        top.facts.into_iter().for_each(|given| facts.add(given));
        let mut draft = Draft::new(self.markup);
        // A title that says so wins; what stands at the top is then the beginning of the text.
        let (title, first) = match (title, top.title) {
            (Some(title), Some(first)) => (Some(title), Some(first)),
            (title, first) => (title.or(first), None),
        };
        draft.lead.extend(first.map(Block::Paragraph));
        draft.set_title(title, name, &self.lines);
        draft.lead.extend(blocks(&self.lead, Habit::Prose));
        draft.groups = self.groups;
        draft.mapped = self.mapped;
        for open in self.sections {
            let habit = habit_of(&open.kinds);
            draft.sections.push(Section { blocks: blocks(&open.pieces, habit), ..open.section });
        }
        draft.settle(facts.settle());
        draft.keep(&self.nowhere);
        draft
    }
}

/// What paragraphs are like in a section of these kinds.
pub(super) fn habit_of(kinds: &[SectionKind]) -> Habit {
    use SectionKind::{Assessment, Deliverables, Means, Methods, Objectives, Programme, Topics, UseCases};
    let are_items = |kind: &SectionKind| {
        matches!(kind, Objectives | Programme | Methods | Means | Assessment | Deliverables | Topics | UseCases)
    };
    if !kinds.is_empty() && kinds.iter().all(are_items) { Habit::Items } else { Habit::Prose }
}

/// "Page 1/2", "2 sur 4"
fn is_page_number(text: &str) -> bool {
    let folded = fold(text);
    let rest = folded.strip_prefix("page ");
    let words: Vec<&str> = rest.unwrap_or(&folded).split(' ').collect();
    let is_number = |word: &str| !word.is_empty() && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [page] => rest.is_some() && is_number(page),
        [page, all] => (rest.is_some() || text.contains('/')) && is_number(page) && is_number(all),
        [page, "sur" | "of", all] => is_number(page) && is_number(all),
        _ => false,
    }
}

/// An address of the web, alone in its line.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace) && ["www.", "http://", "https://"].iter().any(|start| text.starts_with(start))
}

/// Whether two targets stand under one key.
fn same(one: Target, other: Target) -> bool {
    one.slot() == other.slot() && one.part() == other.part()
}

/// Whether a question may be answered more than once.
fn several(target: Target) -> bool {
    may_be_several(target.slot())
}
