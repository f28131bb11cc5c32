//! A catalogue of any size, made up: the same number and seed give the same bytes.
//!
//! Benchmarks and tests build it. It is as large and as linked as a real one: bodies of 6 to 9 KB, 24 themes,
//! 16 audiences, the 18 regions, up to six sessions, prerequisites, links from module to module, a post of news for
//! every ten modules. It names no person, and checks without a warning on any day from [`FIRST_DAY`], but for the
//! rules for content, which chance does not keep.

pub(crate) mod chance;
mod matter;
mod prose;
mod words;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use chance::Chance;
use prose::Target;
use words::Words;

/// The day on which all news is published.
pub(crate) const FIRST_DAY: &str = "2026-11-22";

/// The seed of all figures that are told of this program.
pub(crate) const SEED: u64 = 20_261_122;

/// Kinds of files, which differ in their chance.
const TITLE: u64 = 1;
const MODULE: u64 = 2;
const NEWS: u64 = 3;
const TERM: u64 = 4;

/// Writes a catalogue of `n_modules` modules into a folder, and says how many files and bytes it has.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn write_site(root: &Path, n_modules: usize, seed: u64) -> io::Result<(usize, u64)> {
    let words = Words::read();
    for folder in ["modules", "news", "pages", "themes", "audiences", "organisations"] {
        std::fs::create_dir_all(root.join("content").join(folder))?;
    }
    let write = |path: &str, text: String| -> io::Result<u64> {
        std::fs::write(root.join(path), &text)?;
        Ok(text.len() as u64)
    };
    let mut sizes = Vec::new();
    for (path, text) in few_files(n_modules, seed, &words) {
        sizes.push(write(&path, text)?);
    }
    let modules = (1..=n_modules)
        .into_par_iter()
        .map(|number| write(&module_path(number), module(number, n_modules, seed, &words)));
    sizes.extend(modules.collect::<io::Result<Vec<u64>>>()?);
    let news = (1..=n_modules / 10).into_par_iter().map(|number| {
        write(&format!("content/news/{}.md", news_name(number)), news_post(number, n_modules, seed, &words))
    });
    sizes.extend(news.collect::<io::Result<Vec<u64>>>()?);
    Ok((sizes.len(), sizes.iter().sum()))
}

/// The path of a module's file; modules count from 1.
pub(crate) fn module_path(number: usize) -> String {
    format!("content/modules/{}.md", module_id(number))
}

fn module_id(number: usize) -> String {
    format!("module-{number:06}")
}

fn module_title(seed: u64, number: usize, words: &Words) -> String {
    prose::title(words, &mut Chance::of(seed, TITLE, number))
}

fn module(number: usize, n_modules: usize, seed: u64, words: &Words) -> String {
    let mut chance = Chance::of(seed, MODULE, number);
    let mut targets: Vec<Target> = Vec::new();
    for _ in 0..chance.between(1, 4) {
        let other = 1 + chance.below(n_modules);
        let anchor = if chance.one_in(5) { "#programme" } else { "" };
        let address = format!("{}.md{anchor}", module_id(other));
        targets.push(Target { title: module_title(seed, other, words), address });
    }
    if chance.one_in(4) {
        targets.push(Target { title: "Nous écrire".to_owned(), address: "../pages/contact.md".to_owned() });
    }
    let matter = matter::module_matter(seed, number, words, &mut chance);
    matter + &prose::module_body(&targets, words, &mut chance)
}

fn news_name(number: usize) -> String {
    // 620 of those days end in November 2026, before `FIRST_DAY`.
    format!("{}-actualite-{number:05}", matter::day(number * 37 % 620))
}

fn news_post(number: usize, n_modules: usize, seed: u64, words: &Words) -> String {
    let mut chance = Chance::of(seed, NEWS, number);
    let (opening, object) = (chance.pick(&words.news_titles), chance.pick(&words.objects));
    let theme = chance.pick(&words.themes);
    let other = 1 + chance.below(n_modules);
    let mut out = format!("---\ntitre: \"{opening} {object}\"\nrésumé: \"{}\"\n", summary(words, &mut chance));
    let _ = write!(out, "thèmes: [{theme}]\nvoir-aussi: [{}]\n---\n\n", module_id(other));
    for _ in 0..chance.between(3, 6) {
        prose::paragraph(chance.between(2, 4), words, &mut chance, &mut out);
    }
    let _ = writeln!(out, "[{}](../modules/{}.md)", module_title(seed, other, words), module_id(other));
    out
}

fn summary(words: &Words, chance: &mut Chance) -> String {
    prose::sentence(words, chance).replace('*', "")
}

/// Settings, home page, pages, terms and organisations, by their paths.
fn few_files(n_modules: usize, seed: u64, words: &Words) -> Vec<(String, String)> {
    let mut files = vec![("brochure.yaml".to_owned(), include_str!("brochure.yaml").to_owned())];
    let mut chance = Chance::of(seed, TERM, 0);
    let prose = |chance: &mut Chance| {
        let mut text = String::new();
        prose::paragraph(3, words, chance, &mut text);
        text
    };
    let home = format!("---\ntitre: \"Un catalogue de {n_modules} modules\"\n---\n\n{}", prose(&mut chance));
    files.push(("content/index.md".to_owned(), home));
    for (name, title) in [
        ("qui-sommes-nous", "Qui sommes-nous ?"),
        ("contact", "Contact"),
        ("accessibilite", "Accessibilité"),
        ("mentions-legales", "Mentions légales"),
    ] {
        let text = format!("---\ntitre: \"{title}\"\nmis-à-jour: 2026-09-01\n---\n\n{}", prose(&mut chance));
        files.push((format!("content/pages/{name}.md"), text));
    }
    for (folder, key, names) in [
        ("themes", "titre", &words.themes),
        ("audiences", "titre", &words.audiences),
        ("organisations", "nom", &words.organisations),
    ] {
        for name in names {
            let text = format!("---\n{key}: \"{name}\"\n---\n\n{}", prose(&mut chance));
            files.push((format!("content/{folder}/{}.md", slug::slugify(name)), text));
        }
    }
    files
}
