//! Footnotes: numbered as they are first named, listed at the end.

use std::collections::BTreeMap;

use super::ids::Ids;
use super::markup;
use super::outline::{Chunk, count_words};

/// The footnotes of a body.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Labels that have a note, and the number each was given when it was first named.
    labels: BTreeMap<String, Option<usize>>,
    /// By number from 1: how often it is named.
    named: Vec<usize>,
    /// The notes as they were written, with their labels.
    written: Vec<(String, Chunk)>,
}

impl Notes {
    /// Learns that there is a note of this label.
    pub(super) fn expect(&mut self, label: &str) {
        self.labels.insert(folded(label), None);
    }

    /// Names a note: the mark that leads to it, or `None` if there is no such note.
    pub(super) fn mark(&mut self, label: &str, ids: &mut Ids) -> Option<String> {
        let number = self.labels.get_mut(&folded(label))?;
        let number = *number.get_or_insert_with(|| {
            self.named.push(0);
            self.named.len()
        });
        let times = self.named.get_mut(number - 1)?;
        *times += 1;
        let id = mark_id(number, *times);
        ids.give(&id);
        let phrase = markup::phrase("footnote");
        Some(format!(
            "<sup><a id=\"{id}\" class=\"note-appel\" href=\"#fn-{number}\" role=\"doc-noteref\" aria-label=\"{phrase} {number}\">{number}</a></sup>"
        ))
    }

    /// Takes a note.
    pub(super) fn write(&mut self, label: &str, chunk: Chunk) {
        self.written.push((folded(label), chunk));
    }

    /// The list of all notes, and how many words they have.
    pub(super) fn finish(mut self, ids: &mut Ids) -> (String, usize) {
        if self.written.is_empty() {
            return (String::new(), 0);
        }
        // A label that is used twice numbers its first note only; notes without a number come last.
        let mut notes: Vec<(usize, Chunk)> = Vec::with_capacity(self.written.len());
        for (label, chunk) in std::mem::take(&mut self.written) {
            let number = self.labels.get_mut(&label).and_then(Option::take).unwrap_or(usize::MAX);
            notes.push((number, chunk));
        }
        notes.sort_by_key(|(number, _)| *number);
        let mut html = format!(
            "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>\n",
            markup::phrase("footnotes")
        );
        let mut words = 0;
        for (index, (_, mut chunk)) in notes.into_iter().enumerate() {
            let number = index + 1;
            words += count_words(&chunk.text);
            let id = format!("fn-{number}");
            html.push_str(&format!("<li id=\"{id}\">"));
            ids.give(&id);
            let back = self.back_links(number);
            let text = chunk.finished();
            // The way back stands in the last paragraph, not below it.
            match text.trim_end().strip_suffix("</p>") {
                Some(text) if !back.is_empty() => html.push_str(&format!("{text}{back}</p>")),
                _ => {
                    html.push_str(text.trim_end());
                    html.push_str(&back);
                }
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n</section>");
        (html, words)
    }

    fn back_links(&self, number: usize) -> String {
        let phrase = markup::phrase("footnote-back");
        let mut links = String::new();
        for time in 1..=self.named.get(number - 1).copied().unwrap_or(0) {
            let id = mark_id(number, time);
            let name = if time == 1 { number.to_string() } else { format!("{number}-{time}") };
            links.push_str(&format!(
                " <a class=\"note-retour\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{phrase} {name}\">↩</a>"
            ));
        }
        links
    }
}

fn mark_id(number: usize, time: usize) -> String {
    if time == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{time}") }
}

fn folded(label: &str) -> String {
    label.to_lowercase()
}
