//! House rules as tests: what ARCHITECTURE.md promises about the code, read from the code.

use std::collections::{BTreeMap, BTreeSet};

use brochure::diagnostic::Code;

use crate::driver::{files_below, repository};

/// No file is longer: what does not fit is two ideas.
const MOST_LINES: usize = 500;

/// The modules of the library from the ground up. Each may import those above it in this list, and no other.
const LAYERS: [&str; 40] = [
    "portable",
    "content_path",
    "fold",
    "hash",
    "id",
    "lang",
    "loads",
    "pack",
    "stem",
    "typography",
    "value",
    "phrases",
    "file_system",
    "diagnostic",
    "texts",
    "source",
    "yaml",
    "entry",
    "document",
    "import",
    "config",
    "schema",
    "start",
    "catalogue",
    "register",
    "rules",
    "report",
    "route",
    "search",
    "view",
    "page",
    "site_theme",
    "output",
    "render",
    "memo",
    "pipeline",
    "serve",
    "cli",
    "command",
    "main",
];

/// What a module must not know, though the list above would let it.
const NEVER: [(&str, &[&str]); 5] = [
    ("render", &["catalogue", "document", "config", "entry"]),
    ("catalogue", &["file_system", "texts", "phrases"]),
    ("site_theme", &["catalogue", "document", "view", "page"]),
    ("output", &["catalogue", "document", "config", "route", "view", "page", "site_theme"]),
    ("report", &["catalogue", "config", "route", "view", "page", "site_theme", "output"]),
];

/// Names of files that say nothing about what is in them.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "common", "misc", "manager"];

/// Words that name one of our things by a name that is not its own (ARCHITECTURE.md, "Words").
const OTHER_WORDS: [&str; 8] =
    ["Theme", "Course", "Permalink", "Artifact", "Snapshot", "Partner", "Article", "Library"];

/// Every Rust file below a folder of the repository, by its path in it, with its text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let files = files_below(&repository().join(folder)).into_iter().filter(|(path, _)| path.ends_with(".rs"));
    files.map(|(path, full)| (format!("{folder}/{path}"), std::fs::read_to_string(full).expect("text"))).collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The files of the program with what is compiled into it: no tests and no comments.
fn program_files() -> Vec<(String, String)> {
    let files = rust_files("src").into_iter().filter(|(path, _)| !is_test(path));
    files
        .map(|(path, text)| {
            let program = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = program.lines().map(|line| line.split("//").next().unwrap_or_default());
            (path, lines.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

/// The module below the root of the library in which a file stands.
fn top_module(path: &str) -> &str {
    path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
}

/// Which top-level modules each one imports.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in program_files().iter().filter(|(path, _)| path != "src/lib.rs") {
        let own = top_module(path);
        let named = text.split("crate::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').map(word).collect(),
            None => vec![word(rest)],
        });
        let others = named.filter(|name| !name.is_empty() && *name != own).map(str::to_owned);
        imports.entry(own.to_owned()).or_default().extend(others);
    }
    imports
}

/// The identifier at the start of a text.
fn word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

fn assert_none(found: Vec<String>) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn modules_import_only_what_stands_before_them() {
    let layer = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let mut wrong = Vec::new();
    for (module, imported) in imports() {
        let Some(own) = layer(&module) else {
            wrong.push(format!("{module} has no place in LAYERS"));
            continue;
        };
        for other in imported {
            match layer(&other) {
                Some(other) if other < own => {}
                Some(_) => wrong.push(format!("{module} imports {other}, which stands after it")),
                None => wrong.push(format!("{module} imports {other}, which has no place in LAYERS")),
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn some_modules_know_nothing_of_others() {
    let imports = imports();
    let known = |module: &str, other: &str| imports.get(module).is_some_and(|imported| imported.contains(other));
    let pairs = NEVER.iter().flat_map(|(module, others)| others.iter().map(move |other| (*module, *other)));
    assert_none(pairs.filter(|(module, other)| known(module, other)).map(|pair| format!("{pair:?}")).collect());
}

#[test]
fn every_file_is_short_and_says_first_what_it_is() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src").into_iter().chain(rust_files("tests")) {
        let n_lines = text.lines().count();
        if n_lines > MOST_LINES {
            wrong.push(format!("{path} has {n_lines} lines"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{path} does not begin with //!"));
        }
        let names = path.trim_end_matches(".rs").split('/');
        wrong
            .extend(names.filter(|name| EMPTY_NAMES.contains(name)).map(|name| format!("{path}: {name} says nothing")));
    }
    assert_none(wrong);
}

#[test]
fn only_one_module_touches_the_disk() {
    let files = program_files().into_iter().filter(|(path, _)| !path.starts_with("src/file_system/"));
    let touches =
        |text: &str| ["std::fs", "std::{fs", "File::open", "File::create"].iter().any(|word| text.contains(word));
    assert_none(files.filter(|(_, text)| touches(text)).map(|(path, _)| path).collect());
}

#[test]
fn only_commands_read_the_clock() {
    let clocks = ["SystemTime::now", "Timestamp::now", "Zoned::now"];
    let files = program_files().into_iter().filter(|(path, _)| !["command", "serve"].contains(&top_module(path)));
    let reads = |text: &str| clocks.iter().any(|clock| text.contains(clock));
    assert_none(files.filter(|(_, text)| reads(text)).map(|(path, _)| path).collect());
}

#[test]
fn things_have_one_name() {
    let mut wrong = Vec::new();
    for (path, text) in program_files() {
        for keyword in ["struct ", "enum ", "trait ", "type "] {
            let defined = text.split(keyword).skip(1).map(word).filter(|name| OTHER_WORDS.contains(name));
            wrong.extend(defined.map(|name| format!("{path} defines {name}")));
        }
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        wrong.extend(words.filter(|word| *word == "Theme").map(|_| format!("{path} speaks of a Theme")));
    }
    assert_none(wrong);
}

/// The keys of a TOML file, with those of its tables.
fn keys(path: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository().join(path)).expect(path);
    let tables: BTreeMap<String, toml::Value> = toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut keys = BTreeSet::new();
    for (table, value) in &tables {
        keys.insert(table.clone());
        collect_keys(table, value, &mut keys);
    }
    keys
}

fn collect_keys(prefix: &str, value: &toml::Value, keys: &mut BTreeSet<String>) {
    for (key, value) in value.as_table().into_iter().flatten() {
        let key = format!("{prefix}.{key}");
        collect_keys(&key, value, keys);
        keys.insert(key);
    }
}

#[test]
fn both_languages_have_the_same_words() {
    for (french, english) in [
        ("themes/brochure/i18n/fr.toml", "themes/brochure/i18n/en.toml"),
        ("src/texts/fr/diagnostics.toml", "src/texts/en/diagnostics.toml"),
        ("src/texts/fr/rules.toml", "src/texts/en/rules.toml"),
        ("src/texts/fr/schema.toml", "src/texts/en/schema.toml"),
        ("src/texts/fr/start.toml", "src/texts/en/start.toml"),
        ("src/texts/fr/terminal.toml", "src/texts/en/terminal.toml"),
        ("src/texts/fr/import.toml", "src/texts/en/import.toml"),
    ] {
        let (french, english) = (keys(french), keys(english));
        let apart = french.symmetric_difference(&english);
        assert_none(apart.map(|key| format!("{key} is in one language only")).collect());
    }
}

#[test]
fn every_diagnostic_is_told_and_nothing_else_is() {
    let keys = keys("src/texts/en/diagnostics.toml");
    let told: BTreeSet<&str> = keys.iter().map(|key| key.split('.').next().unwrap_or_default()).collect();
    let codes: BTreeSet<&str> = Code::all().filter(|code| !code.is_rule()).map(|code| code.as_str()).collect();
    let silent = codes.difference(&told).map(|code| format!("{code} has no sentence"));
    assert_none(silent.collect());
    for code in codes {
        assert!(keys.contains(&format!("{code}.message")), "{code}.message");
    }
}

#[test]
fn templates_use_words_that_exist() {
    let keys = keys("themes/brochure/i18n/fr.toml");
    let mut wrong = Vec::new();
    for (path, full) in files_below(&repository().join("themes/brochure/templates")) {
        let text = std::fs::read_to_string(full).expect("text");
        for before in [" t.", "{t.", "(t.", "~t."] {
            let used = text.split(before).skip(1).map(word);
            let unknown = used.filter(|key| !keys.contains(&format!("text.{key}")));
            wrong.extend(unknown.map(|key| format!("{path}: t.{key}")));
        }
    }
    assert_none(wrong);
}
