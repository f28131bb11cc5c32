//! Content is inert: whatever is written wherever, no page runs it, no feed breaks of it, and no template reads it.

use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::driver::{Built, DAY, TestSite};
use crate::harmless::complaints;

/// Addresses and HTML that would do something, in the many ways in which that is tried.
const ATTACKS: &str = include_str!("../fixtures/attacks.txt");

fn attacks() -> Vec<String> {
    let lines = ATTACKS.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let unescaped =
        |line: &str| line.replace("\\t", "\t").replace("\\n", "\n").replace("\\1", "\u{1}").replace("\\_", "\u{A0}");
    lines.map(unescaped).collect()
}

/// Puts something else in the place of each text of a value.
fn replace(value: &mut Value, by: &mut dyn FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = by(text),
        Value::Sequence(items) => items.iter_mut().for_each(|item| replace(item, by)),
        Value::Mapping(entries) => entries.iter_mut().for_each(|(_, value)| replace(value, by)),
        _ => {}
    }
}

/// A text of the site `every-key-fr`, with something else in the place of each of its texts.
fn replaced(path: &str, text: &str, by: &mut dyn FnMut(&str) -> String) -> String {
    let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")).filter(|_| path.ends_with(".md"));
    let (front, body) = front.unwrap_or((text, ""));
    if !path.ends_with(".md") && !path.ends_with(".yaml") {
        return text.to_owned();
    }
    let mut value: Value = serde_yaml::from_str(front).expect("YAML");
    replace(&mut value, by);
    let front = serde_yaml::to_string(&value).expect("YAML");
    if path.ends_with(".yaml") {
        return front;
    }
    format!("---\n{front}---\n\n{body}\n{}", body_of(&by("")))
}

/// An attack in every place that Markdown has for it.
fn body_of(attack: &str) -> String {
    format!(
        "# {attack}\n\n## {attack} {{#{attack}}}\n\n{attack}\n\n[a]({attack}) [b](<{attack}>) ![c]({attack} \"{attack}\") \
         <{attack}> [d][x]\n\n[x]: {attack} \"{attack}\"\n\n`{attack}` **{attack}**\n\n    {attack}\n\n```{attack}\n{attack}\n```\n\n\
         | {attack} | b |\n|---|---|\n| {attack} | b |\n\n- [ ] {attack}\n\nmot[^1] {attack}\n\n[^1]: {attack}\n\n\
         > [!NOTE]\n> {attack}\n\nTerme\n: {attack}\n\n<a href=\"{attack}\">x</a> <img src=\"{attack}\" alt=\"{attack}\">\n\n\
         <p title=\"{attack}\">{attack}</p>\n"
    )
}

fn expect_harmless(built: &Built) {
    for (path, output) in &built.0.site.outputs {
        assert_eq!(complaints(path, &output.bytes), [""; 0]);
        if path.ends_with(".html") {
            assert!(!String::from_utf8_lossy(&output.bytes).contains("1369"), "{path}: a template read a text");
        }
    }
}

#[test]
fn what_stands_in_the_place_of_any_text_is_never_run() {
    let attacks = attacks();
    let plain = TestSite::from_fixture("every-key-fr");
    let mut drawn = BTreeSet::new();
    // Each text has every attack once, and in each round the next one; then behind what it says, so that it is still
    // understood.
    for round in 0..attacks.len().div_ceil(3) {
        let mut next = round * 3;
        let site = TestSite::from_fixture("every-key-fr");
        for path in plain.paths() {
            if !path.ends_with(".md") && !path.ends_with(".yaml") {
                continue;
            }
            let text = replaced(&path, &plain.read(&path), &mut |old| {
                next += 1;
                let attack = &attacks[next % attacks.len()];
                if round % 2 == 0 { attack.clone() } else { format!("{old}{attack}") }
            });
            site.write(&path, text);
        }
        let built = site.attempt(DAY);
        expect_harmless(&built);
        drawn.extend(built.paths().iter().map(|path| (*path).to_owned()));
    }
    assert!(drawn.len() > 100, "{drawn:?}");
}

#[test]
fn what_stands_in_the_body_of_any_document_is_never_run() {
    let site = TestSite::of(&[("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\n")]);
    for (number, attack) in attacks().iter().enumerate() {
        let quoted = serde_yaml::to_string(attack).expect("YAML").trim_end().replace('\n', "\n  ");
        let matter = format!("---\ntitre: {quoted}\nrésumé: {quoted}\ndate: 2026-01-05\nthèmes: [T{number}]\n---\n\n");
        for folder in ["modules", "pages", "news", "organisations", "themes"] {
            site.write(&format!("content/{folder}/d{number}.md"), format!("{matter}{}", body_of(attack)));
        }
    }
    let built = site.attempt(DAY);
    assert!(built.paths().len() > 5 * attacks().len());
    expect_harmless(&built);
}
