//! Files for Visual Studio Code: what it completes, explains and checks with, without asking another machine.
//!
//! Its YAML extension (redhat.vscode-yaml) checks `brochure.yaml` by a schema. Front matter stands in Markdown, which
//! that extension does not read, and no other checks it by a schema without a project of Node.js around it. So there
//! the same forms are given as snippets: a key is proposed, explained and filled in, and checking is the program's.

use serde_json::{Map, Value, json};

use crate::config::CONFIG_PATH;
use crate::content_path::ContentPath;
use crate::lang::Lang;
use crate::texts::Texts;
use crate::yaml::{Form, Key, MapForm};

use super::shape::own_spelling;
use super::{SchemaOf, tree};

/// Maps with more keys than this are begun by their first words only.
const MOST_KEYS: usize = 6;

/// The files, with their paths from the site's root.
pub fn editor_files(lang: Lang) -> Vec<(ContentPath, String)> {
    let path = |name: &str| ContentPath::new(format!(".vscode/{name}"));
    let mut files = vec![
        (path("brochure.code-snippets"), written(&snippets(lang))),
        (path("extensions.json"), written(&json!({ "recommendations": ["redhat.vscode-yaml"] }))),
        (path("settings.json"), written(&settings())),
    ];
    files.extend(
        SchemaOf::ALL.map(|of| (path(&format!("schemas/{}.json", of.as_str())), format!("{}\n", tree(of, lang)))),
    );
    files
}

fn written(value: &Value) -> String {
    // A tree of plain values can always be written.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn settings() -> Value {
    let schemas = json!({ "./.vscode/schemas/settings.json": CONFIG_PATH });
    json!({
        "yaml.schemas": schemas,
        // Nothing of a site is told to another machine to find a schema.
        "yaml.schemaStore.enable": false,
        // In Markdown, words are otherwise proposed only when asked for.
        "[markdown]": {
            "editor.quickSuggestions": { "other": true, "comments": false, "strings": false },
            "editor.snippetSuggestions": "top",
            "editor.wordBasedSuggestions": "off",
        },
        "files.exclude": { "public": true },
    })
}

/// A snippet for each key of a module, a news post and a page. A key of several is given once, as the first has it.
fn snippets(lang: Lang) -> Value {
    let mut snippets = Map::new();
    for of in [SchemaOf::Module, SchemaOf::News, SchemaOf::Page] {
        for (key, form) in of.form().entries() {
            let name = own_spelling(key, lang);
            snippets.entry(name).or_insert_with(|| snippet(of.form(), key, form, lang));
        }
    }
    Value::Object(snippets)
}

fn snippet(map: &MapForm, key: &Key, form: &Form, lang: Lang) -> Value {
    let texts = Texts::of(lang);
    let name = own_spelling(key, lang);
    let table = format!("schema-{}", map.table_of(key));
    let example = texts.find(&table, &format!("{}-examples", key.en)).and_then(|examples| examples.lines().next());
    let body = match (example, inner_map(form, false)) {
        (None, Some((inner, is_item))) if inner.keys().count() <= MOST_KEYS => below(name, inner, is_item, lang),
        _ => vec![format!("{name}: {}", stop(1, form, example, lang))],
    };
    json!({
        "scope": "markdown",
        "prefix": name,
        "body": body,
        "description": texts.plain(&table, key.en),
    })
}

/// A key with those of the map behind it, each on its line.
fn below(name: &str, map: &MapForm, is_item: bool, lang: Lang) -> Vec<String> {
    let mut lines = vec![format!("{name}:")];
    for (nth, (key, form)) in (1..).zip(map.entries()) {
        let indent = match (is_item, nth) {
            (false, _) => "  ",
            (true, 1) => "  - ",
            (true, _) => "    ",
        };
        lines.push(format!("{indent}{}: {}", own_spelling(key, lang), stop(nth, form, None, lang)));
    }
    lines
}

/// The first map that a form may be, and whether it is an item of a list.
fn inner_map(form: &Form, is_item: bool) -> Option<(&'static MapForm, bool)> {
    match form {
        Form::Map(map) => Some((map, is_item)),
        Form::List(form) | Form::Items(form) => inner_map(form, true),
        Form::Either(forms) => forms.iter().find_map(|form| inner_map(form, is_item)),
        _ => None,
    }
}

/// Where the cursor stops: with words to choose from, an example to write over, or nothing.
fn stop(nth: usize, form: &Form, example: Option<&str>, lang: Lang) -> String {
    let choice = |words: &[&str]| {
        format!("${{{nth}|{}|}}", words.iter().map(|word| choosable(word)).collect::<Vec<_>>().join(","))
    };
    match form {
        Form::Boolean => choice(match lang {
            Lang::French => &["oui", "non"],
            Lang::English => &["yes", "no"],
        }),
        Form::Proposed(words) | Form::Choice(words) => {
            let first: Vec<&str> = words.spellings().iter().filter_map(|words| words.first().copied()).collect();
            choice(&first)
        }
        Form::List(form) if matches!(form, Form::Proposed(_)) => stop(nth, form, example, lang),
        Form::Date => format!("${{{nth}:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}"),
        _ => match example {
            Some(example) => format!("${{{nth}:{}}}", escaped(example)),
            None => format!("${nth}"),
        },
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

fn choosable(text: &str) -> String {
    escaped(text).replace(',', "\\,").replace('|', "\\|")
}
