//! French prose in Markdown, as much as is asked for.

use std::fmt::Write as _;

use super::chance::Chance;
use super::words::Words;

/// The smallest body of a module, in bytes, and how many more it may have.
const BODY: (usize, usize) = (6_450, 2_300);

/// The title of a module: two or three pieces, so that many differ and some are alike, as in real catalogues.
pub(crate) fn title(words: &Words, chance: &mut Chance) -> String {
    let (verb, object) = (chance.pick(&words.title_verbs), chance.pick(&words.objects));
    format!("{verb} {object}{}", chance.pick(&words.title_ends))
}

/// A sentence.
pub(crate) fn sentence(words: &Words, chance: &mut Chance) -> String {
    let mut sentence = String::new();
    let subject = chance.pick(&words.subjects);
    if chance.one_in(4) {
        // Behind an opener the subject is not the first word.
        let opener = chance.pick(&words.openers);
        let _ = write!(sentence, "{opener} {}", subject.replacen("Les", "les", 1));
    } else {
        sentence.push_str(subject);
    }
    let (verb, object) = (chance.pick(&words.verbs), chance.pick(&words.objects));
    let object = if chance.one_in(9) { format!("**{object}**") } else { object.clone() };
    let _ = write!(sentence, " {verb} {object} {}", chance.pick(&words.complements));
    match chance.below(6) {
        0 => {
            let _ = write!(sentence, " ; {} aussi", chance.pick(&words.objects));
        }
        1 => {
            let _ = write!(sentence, " (environ {} minutes)", chance.between(2, 9) * 10);
        }
        2 => {
            let _ = write!(sentence, ", puis {} {}", chance.pick(&words.verbs), chance.pick(&words.objects));
        }
        _ => {}
    }
    sentence.push('.');
    sentence
}

/// A paragraph, with its blank line.
pub(crate) fn paragraph(sentences: usize, words: &Words, chance: &mut Chance, out: &mut String) {
    for n in 0..sentences {
        if n > 0 {
            out.push(' ');
        }
        out.push_str(&sentence(words, chance));
    }
    out.push_str("\n\n");
}

/// What a body may lead to.
pub(crate) struct Target {
    /// The title that is shown.
    pub(crate) title: String,
    /// The address, as an author writes it.
    pub(crate) address: String,
}

/// The body of a module, which leads to each target once.
pub(crate) fn module_body(targets: &[Target], words: &Words, chance: &mut Chance) -> String {
    let length = BODY.0 + chance.below(BODY.1);
    let mut out = String::with_capacity(length + 1_000);
    out.push_str("## Contexte\n\n");
    paragraph(3, words, chance, &mut out);
    if chance.one_in(3) {
        let _ = write!(out, "> « {} »\n\n", chance.pick(&words.quotes));
    }
    out.push_str("## Objectifs\n\n");
    list("- ", chance.between(4, 7), words, chance, &mut out);
    let tail = ending(targets, words, chance);
    out.push_str("## Programme\n\n");
    let mut day = 1;
    // A day that is begun is finished; it is about a thousand bytes long.
    while out.len() + tail.len() + 500 < length {
        programme_day(day, words, chance, &mut out);
        day += 1;
    }
    out + &tail
}

/// A day of the programme.
fn programme_day(day: usize, words: &Words, chance: &mut Chance, out: &mut String) {
    let _ = write!(out, "### Jour {day} : {}\n\n", chance.pick(&words.step_titles));
    paragraph(chance.between(2, 3), words, chance, out);
    match chance.below(8) {
        0 => table(words, chance, out),
        1 | 2 => list("1. ", chance.between(3, 4), words, chance, out),
        _ => list("- ", chance.between(3, 5), words, chance, out),
    }
}

/// What follows the programme: methods, assessment, links.
fn ending(targets: &[Target], words: &Words, chance: &mut Chance) -> String {
    let mut out = String::from("## Méthodes et moyens\n\n");
    paragraph(2, words, chance, &mut out);
    out.push_str("## Évaluation\n\n");
    let has_note = chance.one_in(5);
    let text = sentence(words, chance);
    let _ = write!(out, "{text}{}\n\n", if has_note { "[^source]" } else { "" });
    if chance.one_in(4) {
        out.push_str("## Livrables\n\n");
        list("- ", 3, words, chance, &mut out);
    }
    if !targets.is_empty() {
        out.push_str("## Et après ?\n\n");
        paragraph(1, words, chance, &mut out);
        for target in targets {
            let _ = writeln!(out, "- [{}]({})", target.title, target.address);
        }
        out.push('\n');
    }
    if has_note {
        let _ = writeln!(out, "[^source]: {}", chance.pick(&words.notes));
    }
    out
}

fn list(bullet: &str, length: usize, words: &Words, chance: &mut Chance, out: &mut String) {
    for _ in 0..length {
        let (verb, object) = (chance.pick(&words.infinitives), chance.pick(&words.objects));
        let _ = write!(out, "{bullet}{verb} {object}");
        if chance.one_in(2) {
            let _ = write!(out, " {}", chance.pick(&words.complements));
        }
        out.push('\n');
    }
    out.push('\n');
}

fn table(words: &Words, chance: &mut Chance, out: &mut String) {
    out.push_str("| Temps | Contenu | Durée |\n|---|---|---:|\n");
    for moment in ["Ouverture", "Atelier", "Mise en commun", "Bilan"] {
        let (verb, object) = (chance.pick(&words.infinitives), chance.pick(&words.objects));
        let _ = writeln!(out, "| {moment} | {verb} {object} | {} min |", chance.between(1, 9) * 10);
    }
    out.push('\n');
}
