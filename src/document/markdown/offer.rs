//! What a text says of the offer itself: objectives that nobody can assess, and certifications that are not described.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::diagnostic::Rule;
use crate::document::body::SectionKind;
use crate::document::remark::Remark;
use crate::document::sections::kinds_of;
use crate::value::{Weakness, certifying_word, weakness_of};

type Events<'e, 't> = &'e [(Event<'t>, Range<usize>)];

/// What is remarkable in the text of a sheet. `span` turns the parser's positions into those of the file.
pub(super) fn remarks(events: Events<'_, '_>, span: &dyn Fn(&Range<usize>) -> Range<usize>) -> Vec<Remark> {
    objectives(events, span).into_iter().chain(certifications(events, span)).collect()
}

/// The first objective of each list that cannot be assessed.
fn objectives(events: Events<'_, '_>, span: &dyn Fn(&Range<usize>) -> Range<usize>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    // The headings above, each with whether objectives stand below it.
    let mut above: Vec<(HeadingLevel, bool)> = Vec::new();
    let (mut heading, mut is_told) = (None, false);
    let mut item: Option<(String, Range<usize>)> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((*level, String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, title)) = heading.take() {
                    above.retain(|(higher, _)| *higher < level);
                    let kinds = kinds_of(&title);
                    let inherited = above.last().is_some_and(|(_, objectives)| *objectives);
                    let is_list =
                        kinds.contains(&SectionKind::Objectives) && kinds.iter().all(|kind| is_like_aim(*kind));
                    above.push((level, is_list || kinds.is_empty() && inherited));
                    is_told = false;
                }
            }
            Event::Start(Tag::Item) if above.last().is_some_and(|(_, objectives)| *objectives) => {
                item = Some((String::new(), range.clone()));
            }
            // What stands in a list below explains the objective above.
            Event::Start(Tag::List(_)) | Event::End(TagEnd::Item) => {
                if let Some((text, range)) = item.take().filter(|_| !is_told)
                    && let Some(weakness) = weakness_of(&text)
                {
                    let first_line = range.start..range.start + text.len().min(range.len());
                    remarks.push(told(Remark::new(Rule::Q1_03, span(&first_line)), &text, &weakness));
                    is_told = true;
                }
            }
            Event::Text(text) | Event::Code(text) => {
                heading.iter_mut().for_each(|(_, title)| title.push_str(text));
                item.iter_mut().for_each(|(words, _)| words.push_str(text));
            }
            Event::SoftBreak | Event::HardBreak => item.iter_mut().for_each(|(words, _)| words.push(' ')),
            _ => {}
        }
    }
    remarks
}

fn is_like_aim(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Objectives | SectionKind::Aim | SectionKind::Context)
}

fn told(remark: Remark, text: &str, weakness: &Weakness) -> Remark {
    let remark = remark.arg("value", text.trim());
    match weakness {
        Weakness::Vague { verb, instead } => remark.arg("verb", verb).arg("instead", *instead),
        Weakness::NoVerb => remark.told("message-no-verb", "help-no-verb"),
    }
}

/// The first word by which a text says that the training certifies something.
fn certifications(events: Events<'_, '_>, span: &dyn Fn(&Range<usize>) -> Range<usize>) -> Option<Remark> {
    events.iter().find_map(|(event, range)| {
        let Event::Text(text) = event else { return None };
        let word = certifying_word(text)?;
        let place = span(&(range.start + word.start..range.start + word.end));
        Some(Remark::new(Rule::Q1_25, place).arg("word", &text[word]))
    })
}
