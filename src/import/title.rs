//! The title of a text: its first lines, where they look like one.

use super::flow::{Flow, Habit, Piece, PieceKind};
use super::given::{Given, Item};
use super::labels::{Labels, Target};
use super::lines::Line;
use super::reading::{labelled, shown, without_colon};
use crate::fold::fold;

/// A longer title is the beginning of a text.
const LONGEST: usize = 200;
/// So many lines at most make a title.
const MOST_LINES: usize = 4;
/// A longer line below a title is no subtitle.
const LONGEST_SUBTITLE: usize = 70;

/// What alone in its line says what kind of sheet it is.
const KINDS: &[&str] = &[
    "formation",
    "conference",
    "parcours",
    "accompagnement",
    "groupe de travail",
    "training",
    "pathway",
    "work group",
];

/// What stands at the top of a text.
#[derive(Debug, Default)]
pub(super) struct Top {
    /// The title.
    pub title: Option<String>,
    /// Titles that only say what document it is.
    pub groups: Vec<String>,
    /// Kind and subtitle.
    pub facts: Vec<Given>,
    /// Lines before the title.
    pub before: Vec<Line>,
    /// How many lines it has.
    pub n_lines: usize,
}

/// Finds the title at the top of a text.
pub(super) fn find(lines: &[Line], flow: &Flow, labels: &Labels) -> Top {
    let mut top = Top::default();
    if let Some(at) = lines.iter().take(20).position(|line| line.hashes == 1)
        && lines[..at].iter().all(|line| !line.is_raw && labelled(line, labels).is_none())
    {
        top.before = lines[..at].to_vec();
        top.title = Some(without_colon(&shown(&lines[at])));
        top.n_lines = at + 1;
        return top;
    }
    let fact = |key: &str, line: &Line, text: &str| {
        let target = labels.find(key).into_iter().next()?;
        let item = Item { text: text.replace('\t', " "), line: line.number, is_marked: false };
        Some(Given { target, label: String::new(), line: line.number, items: vec![item] })
    };
    let is_label = |line: &Line| labelled(line, labels).is_some();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next_is_title = lines.get(at + 1).is_some_and(|next| !is_label(next) && may_be_title(next));
        let is_kind = line.sign.is_none() && KINDS.contains(&fold(&line.text).as_str());
        if is_kind && next_is_title && top.facts.is_empty() {
            top.facts.extend(fact("nature", line, line.text.trim()));
        } else if matches!(labelled(line, labels), Some(found) if matches!(found.targets[0], Target::Group) && found.value.is_none() && next_is_title)
        {
            top.groups.push(without_colon(&shown(line)));
        } else {
            break;
        }
        at += 1;
    }
    top.n_lines = at;
    let Some(first) = lines.get(at).filter(|line| may_be_title(line)) else { return top };
    if let Some(found) = labelled(first, labels) {
        // "Animation" above labels is what it is called; above a paragraph it is a label.
        let stands_alone = found.value.is_none()
            && !first.text.trim_end().ends_with(':')
            && !matches!(found.targets[0], Target::Section | Target::Sessions | Target::Group)
            && lines.get(at + 1).is_some_and(|next| labelled(next, labels).is_some_and(|below| below.value.is_some()));
        if !stands_alone {
            return top;
        }
    }
    let mut piece = Piece::new(first, PieceKind::Words);
    at += 1;
    while let Some(line) = lines.get(at) {
        let is_part = at - top.n_lines < MOST_LINES
            && line.blanks == 0
            && flow.goes_on(&piece, line, Habit::Title)
            && (Flow::must_go_on(&piece.text) || !is_label(line));
        if !is_part {
            break;
        }
        flow.join(&mut piece, line);
        at += 1;
    }
    if piece.text.chars().count() > LONGEST {
        return top;
    }
    if fold(&piece.text).starts_with("groupe de travail") && top.facts.is_empty() {
        top.facts.extend(fact("nature", first, "groupe-de-travail"));
    }
    top.title = Some(piece.text.trim().to_owned());
    if let Some(line) = lines.get(at).filter(|line| is_subtitle(line) && !is_label(line)) {
        top.facts.extend(fact("sous-titre", line, &line.text));
        at += 1;
    }
    top.n_lines = at;
    top
}

fn may_be_title(line: &Line) -> bool {
    let length = line.text.chars().count();
    let is_sentence = line.text.ends_with('.') && length > 60;
    line.sign.is_none()
        && !line.is_raw
        && length <= LONGEST
        && !is_sentence
        && line.text.chars().any(char::is_alphanumeric)
}

/// A short line by itself below the title.
fn is_subtitle(line: &Line) -> bool {
    let text = line.text.trim();
    line.blanks > 0
        && line.blanks_behind > 0
        && line.sign.is_none()
        && line.emoji.is_none()
        && line.hashes == 0
        && !line.is_raw
        && text.chars().count() <= LONGEST_SUBTITLE
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ':', ';', ',', '!', '…'])
        && !text.contains('@')
}
