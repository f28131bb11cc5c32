//! What the prose states of a module's duration and price (C-12), as far as it states it plainly.
//!
//! A line « Durée : 3 jours » says it, and so does « cette formation de trois jours ». Any other number of days in a
//! sentence (« 15 jours avant ») says something else. What stands in the programme is about its steps.

use std::ops::Range;

use super::marks::Headings;
use super::prose::Block;
use crate::document::remark::{Mention, MentionKind};
use crate::fold::fold;

/// Below such headings other things than the module have a duration and a price.
const ELSEWHERE: &[&str] = &[
    "programme",
    "contenu",
    "deroule",
    "prerequis",
    "pre requis",
    "suite",
    "apres",
    "aller plus loin",
    "session",
    "jour",
    "seance",
    "module",
    "etape",
    "variante",
    "exemple",
    "cas d usage",
    "option",
    "program",
    "content",
    "prerequisites",
    "after",
    "day",
    "step",
    "option",
];

/// What a block states.
pub(super) fn mentions(block: &Block, headings: &Headings) -> Vec<Mention> {
    let is_elsewhere = |title: &str| ELSEWHERE.iter().any(|word| title.contains(word));
    // The title of the page is open above all of its headings.
    if headings.open().skip(usize::from(headings.n_open() > 1)).any(is_elsewhere) || headings.n_open() > 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for line in block.text.split_inclusive('\n') {
        found.extend(of_line(line, start, block));
        start += line.len();
    }
    found.extend(of_sentence(block));
    found
}

/// « Durée : 3 jours »
fn of_line(line: &str, start: usize, block: &Block) -> Option<Mention> {
    let (name, value) = line.split_once(':')?;
    let kind = match fold(name).as_str() {
        "duree" | "duree de la formation" | "duree totale" | "duree du module" | "duration" => MentionKind::Duration,
        "tarif" | "tarifs" | "prix" | "cout" | "cout de la formation" | "tarif de la formation" | "price" | "cost" => {
            MentionKind::Price
        }
        _ => return None,
    };
    let said = value.trim();
    if said.is_empty() {
        return None;
    }
    let from = start + name.len() + 1 + (value.len() - value.trim_start().len());
    Some(mention(kind, said, &(from..from + said.len()), block))
}

/// « cette formation de trois jours »
fn of_sentence(block: &Block) -> Option<Mention> {
    const THIS: &[&str] = &["cette", "notre", "this"];
    const MODULES: &[&str] = &["formation", "module", "stage", "training", "course"];
    const LASTS: &[&str] =
        &["de", "d", "dure", "sur", "deroule", "se", "est", "en", "a", "une", "duree", "lasts", "is"];
    // A link is to another module, of which the sentence may speak.
    if block.has_link || !["jour", "day"].iter().any(|word| block.text.contains(word)) {
        return None;
    }
    let words = words(&block.text);
    let is = |at: usize, wanted: &[&str]| words.get(at).is_some_and(|(word, _)| wanted.contains(&word.as_str()));
    for at in 0..words.len() {
        if !(is(at, THIS) && is(at + 1, MODULES)) {
            continue;
        }
        let mut number = at + 2;
        while is(number, LASTS) && number < at + 7 {
            number += 1;
        }
        let is_days = is(number + 1, &["jour", "jours", "journee", "journees", "day", "days"]);
        let is_number = words.get(number).is_some_and(|(word, _)| is_count(word));
        let is_when = is(number + 2, &["apres", "avant", "plus", "maximum", "minimum", "after", "before", "ou", "a"]);
        if number > at + 2 && is_number && is_days && !is_when {
            let range = words.get(number)?.1.start..words.get(number + 1)?.1.end;
            return Some(mention(MentionKind::Duration, &block.text[range.clone()], &range, block));
        }
    }
    None
}

fn is_count(word: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "one", "two", "three",
        "four", "five",
    ];
    NUMBERS.contains(&word) || (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (character.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                words.push((fold(&text[begin..at]), begin..at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn mention(kind: MentionKind, text: &str, range: &Range<usize>, block: &Block) -> Mention {
    Mention { kind, text: text.to_owned(), span: block.place(range) }
}
