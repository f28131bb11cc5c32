//! What a training's sheet says in its text: objectives that cannot be assessed, and a certification that is claimed.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::Rule;
use crate::document::body::SectionKind;
use crate::document::certifying::claim;
use crate::document::objective::judge;
use crate::document::remark::Remark;
use crate::document::sections::kinds_of;
use crate::fold::fold;

/// Words of headings below which each item is a whole objective. Skills and benefits may be named by nouns.
const OBJECTIVES: [&str; 13] = [
    "objecti",
    "a l issue",
    "a la fin",
    "au terme",
    "capable",
    "saurez faire",
    "allez apprendre",
    "outcome",
    "able to",
    "learn",
    "goals",
    "by the end",
    "but de",
];

/// Parts of a text that speak of other trainings, or of people.
const ELSEWHERE: [SectionKind; 3] = [SectionKind::After, SectionKind::Prerequisites, SectionKind::Audience];

/// How many bytes of an item, and of what stands before a word, are looked at.
const ENOUGH: usize = 400;

/// What rules may say of the text, if it is a training's.
pub(super) fn remarks(
    events: &[(Event<'_>, Range<usize>)],
    text: &str,
    position: &dyn Fn(usize) -> usize,
) -> Vec<Remark> {
    let mut walk = Walk::new(text, position);
    for (event, range) in events {
        walk.step(event, range);
    }
    walk.remarks
}

struct Walk<'a> {
    text: &'a str,
    position: &'a dyn Fn(usize) -> usize,
    remarks: Vec<Remark>,
    /// The heading that is being read.
    heading: Option<(u8, String)>,
    /// The rank of the heading below which objectives stand.
    below: Option<u8>,
    is_objectives: bool,
    is_elsewhere: bool,
    /// How deep in lists.
    depth: usize,
    /// The item of the first level that is being read.
    item: Option<(Range<usize>, String)>,
    /// The first line of that item is over.
    is_past_line: bool,
    /// What the paragraph says so far: its last words.
    paragraph: String,
    is_claimed: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, position: &'a dyn Fn(usize) -> usize) -> Self {
        Self {
            text,
            position,
            remarks: Vec::new(),
            heading: None,
            below: None,
            is_objectives: false,
            is_elsewhere: false,
            depth: 0,
            item: None,
            is_past_line: false,
            paragraph: String::new(),
            is_claimed: false,
        }
    }

    fn step(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.heading = Some((*level as u8, String::new())),
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::Start(Tag::List(_)) => {
                self.end_item();
                self.depth += 1;
            }
            Event::End(TagEnd::List(_)) => self.depth = self.depth.saturating_sub(1),
            Event::Start(Tag::Item) if self.depth == 1 && self.is_objectives => {
                self.item = Some((range.start..range.start, String::new()));
                self.is_past_line = false;
            }
            Event::End(TagEnd::Item) if self.depth == 1 => self.end_item(),
            Event::Text(words) | Event::Code(words) => self.words(words, range),
            Event::SoftBreak | Event::HardBreak => self.words(" ", range),
            _ => {}
        }
        if matches!(event, Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. } | Tag::TableCell)) {
            self.paragraph.clear();
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        if let Some((_, title)) = &mut self.heading {
            title.push_str(words);
        }
        if let Some((span, said)) = &mut self.item {
            if said.is_empty() {
                *span = range.clone();
            } else if !self.is_past_line {
                // The place of an item ends with its first line.
                let further = self.text.get(span.end..range.end);
                self.is_past_line = further.is_none_or(|further| further.contains(['\n', '\r']));
                span.end = if self.is_past_line { span.end } else { range.end };
            }
            if said.len() < ENOUGH {
                said.push_str(words);
            }
        }
        if !self.is_claimed && !self.is_elsewhere {
            // An entity makes the words another text than that of the file.
            let written = self.text.get(range.clone()).unwrap_or_default();
            if let Some(found) = claim(&self.paragraph, written) {
                let span = (self.position)(range.start + found.start)..(self.position)(range.start + found.end);
                self.remarks.push(Remark::new(Rule::Q1_25, span).arg("word", &written[found]));
                self.is_claimed = true;
            }
        }
        self.before(words);
    }

    /// Keeps the last words of the paragraph: a long one is cut before it costs time.
    fn before(&mut self, words: &str) {
        self.paragraph.push_str(words);
        if self.paragraph.len() > 2 * ENOUGH {
            let mut from = self.paragraph.len() - ENOUGH;
            while !self.paragraph.is_char_boundary(from) {
                from += 1;
            }
            self.paragraph.drain(..from);
        }
    }

    fn end_heading(&mut self) {
        let Some((level, title)) = self.heading.take() else { return };
        let kinds = kinds_of(&title);
        let folded = fold(&title);
        let names_objectives = OBJECTIVES.iter().any(|words| folded.contains(words));
        let is_deeper = self.below.is_some_and(|below| level > below);
        if kinds == [SectionKind::Objectives] && (names_objectives || is_deeper) {
            self.below = self.below.filter(|_| is_deeper).or(Some(level));
            self.is_objectives = true;
        } else if is_deeper {
            self.is_objectives = kinds.is_empty();
        } else {
            (self.below, self.is_objectives) = (None, false);
        }
        self.is_elsewhere = kinds.iter().any(|kind| ELSEWHERE.contains(kind));
    }

    fn end_item(&mut self) {
        let Some((span, said)) = self.item.take() else { return };
        if let Some(slip) = judge(&said) {
            self.remarks.push(slip.remark((self.position)(span.start)..(self.position)(span.end)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Rule;
    use crate::document::markdown::{MarkdownOptions, parse_body};
    use crate::source::ContentPath;

    /// What is remarked, each as the words of the text that it stands at.
    fn told(rule: Rule, text: &str) -> Vec<&str> {
        let file = ContentPath::new("content/modules/x.md");
        let parsed = parse_body(&file, text, 0, &MarkdownOptions::default());
        let remarks = parsed.value.0.remarks.into_iter().filter(|remark| remark.rule == rule);
        remarks.map(|remark| &text[remark.span]).collect()
    }

    #[test]
    fn items_below_objectives_are_looked_at() {
        let text = "\
## Objectifs

À la fin, vous saurez :

- *comprendre* la loi ;
- décrire un parcours ;
  - comprendre en détail

1. Connaître
   ses droits

### Objectifs spécifiques

- Savoir ce qui compte

### Programme

- Découvrir

## Compétences visées

- Comprendre

## Contexte et objectifs

- Comprendre

## Programme

- Comprendre
";
        assert_eq!(told(Rule::Q1_03, text), ["comprendre* la loi ;", "Connaître", "Savoir ce qui compte"]);
    }

    #[test]
    fn a_claim_is_told_once_and_where_it_is_meant() {
        let text = "\
Cette formation n’est **pas** certifiante.

## Prérequis

Un titre du RNCP.

## Attestation

La formation est **certifiante**, et diplômante.
";
        assert_eq!(told(Rule::Q1_25, text), ["certifiante"]);
    }
}
