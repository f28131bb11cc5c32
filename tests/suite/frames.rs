//! What every frame keeps to: it fits a narrow window, has no colour where none is wanted, and says no more than the
//! form for machines does.

use std::collections::BTreeSet;

use brochure::lang::Lang;
use brochure::report::frame::{FrameStyle, frame};
use brochure::report::json::{JsonReport, JsonSummary};
use brochure::report::overview::Overview;
use brochure::texts::Texts;
use serde_json::Value;

use crate::slips::{CASES, LANGS};

/// A narrow window, or a large print.
const NARROW: FrameStyle = FrameStyle { colour: false, width: 60 };
/// Wide enough for nothing to be wrapped.
const WIDE: FrameStyle = FrameStyle { colour: false, width: 4_000 };

/// Every frame of every case, with the name of the case.
fn frames(lang: Lang, style: FrameStyle) -> impl Iterator<Item = (&'static str, String)> {
    let frames = CASES.iter().flat_map(|case| case.run.found.iter().map(|found| (case.name.as_str(), found)));
    frames.map(move |(name, found)| (name, frame(found, Texts::of(lang), style)))
}

/// Whether a line of a frame shows a path, or one word that is longer than the window.
fn cannot_be_broken(line: &str) -> bool {
    let words = line.trim_start().trim_start_matches("= ").trim_start_matches("help: ").trim_start_matches("aide: ");
    words.starts_with("-->") || words.starts_with(":::") || !words.trim().contains(' ')
}

#[test]
fn frames_fit_a_window_of_sixty_columns() {
    let mut wide = Vec::new();
    for lang in LANGS {
        for (name, frame) in frames(lang, NARROW) {
            let lines = frame.lines().filter(|line| line.chars().count() > NARROW.width && !cannot_be_broken(line));
            wide.extend(lines.map(|line| format!("{name}: {line}")));
        }
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

#[test]
fn colour_is_added_to_the_same_words() {
    for lang in LANGS {
        for ((name, plain), (_, coloured)) in
            frames(lang, NARROW).zip(frames(lang, FrameStyle { colour: true, ..NARROW }))
        {
            assert!(!plain.contains('\u{1b}'), "{name}: {plain:?}");
            assert!(coloured.contains('\u{1b}'), "{name}: {coloured:?}");
            let seen: String = coloured
                .split('\u{1b}')
                .enumerate()
                .map(|(n, part)| if n == 0 { part } else { after(part, 'm') })
                .collect();
            let ends = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(ends(&seen), ends(&plain), "{name}");
        }
    }
}

fn after(text: &str, sign: char) -> &str {
    text.split_once(sign).map_or("", |(_, rest)| rest)
}

#[test]
fn machines_are_told_all_that_a_frame_shows() {
    for lang in LANGS {
        let texts = Texts::of(lang);
        for case in CASES.iter() {
            for found in &case.run.found {
                let report =
                    JsonReport::new([found], &Overview::default(), JsonSummary::default(), None, texts).to_text();
                let report: Value = serde_json::from_str(&report).expect("JSON");
                let said = &report["diagnostics"][0];
                for line in frame(found, texts, WIDE).lines() {
                    assert!(is_said(said, line, lang), "{}: {line:?} is not in\n{said:#}", case.name);
                }
            }
        }
    }
}

/// Whether what a line of a frame shows is in the form for machines.
fn is_said(said: &Value, line: &str, lang: Lang) -> bool {
    let places: Vec<&Value> = std::iter::once(said).chain(said["also"].as_array().expect("a list")).collect();
    let texts = |key: &str| places.iter().filter_map(|place| place[key].as_str()).collect::<Vec<_>>();
    let help = Texts::of(lang).plain("severity", "help");
    let severity = Texts::of(lang).plain("severity", said["severity"].as_str().expect("text"));
    let code = said["code"].as_str().expect("text");
    let words = line.trim();
    let positions: BTreeSet<String> = places
        .iter()
        .flat_map(|place| {
            let file = place["file"].as_str().expect("text");
            [file.to_owned(), format!("{file}:{}:{}", place["line"], place["column"])]
        })
        .collect();
    if let Some(place) = words.strip_prefix("--> ").or_else(|| words.strip_prefix("::: ")) {
        return positions.contains(place);
    }
    if let Some((number, shown)) = words.split_once(" | ").or_else(|| words.split_once(" |"))
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
    {
        let plain = |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>();
        return plain(&texts("excerpt").concat()).contains(&plain(shown));
    }
    if let Some(carets) = words.strip_prefix('|') {
        let label = carets.trim_matches(['|', ' ', '_', '^', '-', '/']);
        let known = texts("label");
        return label.is_empty() || known.iter().any(|known| known.trim_matches(['-', ' ']) == label);
    }
    words == format!("{severity}[{code}]: {}", said["message"].as_str().expect("text"))
        || words == format!("= {help}: {}", said["help"].as_str().expect("text"))
}
