//! What `brochure schema` prints, by a validator that is not ours: all that the program reads is valid, and what it
//! reports as a slip of structure is not.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use brochure::config::read_config;
use brochure::content_path::ContentPath;
use brochure::diagnostic::{Code, Diagnostic, Severity};
use brochure::document::{ParseOptions, RawHtml, parse};
use brochure::lang::Lang;
use brochure::schema::{SchemaOf, editor_files, schema};
use brochure::source::SourceFile;
use brochure::start::{Answers, SheetKind, sheet, site_files};
use brochure::typography::Typography;
use brochure::yaml::{Form, MapForm};
use jsonschema::Validator;
use rayon::prelude::*;
use serde_json::Value;

use crate::driver::{DAY, files_below, fixture, repository};

/// A validator of each schema, in both languages.
static VALIDATORS: LazyLock<Vec<(SchemaOf, Validator)>> = LazyLock::new(|| {
    let all = Lang::ALL.into_iter().flat_map(|lang| SchemaOf::ALL.map(|of| (of, lang)));
    all.map(|(of, lang)| (of, validator(of, lang))).collect()
});

fn validator(of: SchemaOf, lang: Lang) -> Validator {
    let schema: Value = serde_json::from_str(&schema(of, lang)).expect("JSON");
    jsonschema::draft7::meta::validate(&schema).unwrap_or_else(|error| panic!("{of:?}: {error}"));
    jsonschema::draft7::new(&schema).unwrap_or_else(|error| panic!("{of:?}: {error}"))
}

/// The YAML of a file of a site, as the first lines of Markdown have it, by what it must be valid for.
fn yaml_of(path: &str, text: &str) -> Option<(SchemaOf, Value)> {
    let text = text.replace("\r\n", "\n");
    let of = match path {
        "brochure.yaml" => SchemaOf::Settings,
        "content/index.md" => SchemaOf::Home,
        _ => match path.strip_prefix("content/")?.split('/').next()? {
            "modules" => SchemaOf::Module,
            "news" => SchemaOf::News,
            "pages" => SchemaOf::Page,
            "themes" => SchemaOf::Topic,
            "audiences" => SchemaOf::Audience,
            "regions" => SchemaOf::Region,
            "organisations" => SchemaOf::Organisation,
            _ => return None,
        },
    };
    if of == SchemaOf::Settings {
        return Some((of, serde_yaml::from_str(&text).expect(path)));
    }
    if !path.ends_with(".md") {
        return None;
    }
    let matter = text.trim_start().strip_prefix("---\n").map(|rest| rest.split("\n---").next().unwrap_or(rest));
    // Without front matter there are no keys.
    let value = matter.map_or(Value::Null, |yaml| serde_yaml::from_str(yaml).expect(path));
    Some((of, value))
}

/// What is wrong with a file by the schemas of both languages.
fn faults(path: &str, text: &str) -> Vec<String> {
    faults_by(&VALIDATORS, path, text)
}

fn faults_by(validators: &[(SchemaOf, Validator)], path: &str, text: &str) -> Vec<String> {
    let Some((of, value)) = yaml_of(path, text) else { return Vec::new() };
    let validators = validators.iter().filter(|(known, _)| *known == of);
    let errors = validators.flat_map(|(_, validator)| validator.iter_errors(&value));
    errors.map(|error| format!("{path}: {error}")).collect()
}

fn faults_below(folder: &Path) -> Vec<String> {
    let files = files_below(folder).into_iter().filter(|(path, _)| path.ends_with(".md") || path == "brochure.yaml");
    let files = files.filter(|(path, _)| !path.starts_with("mended"));
    files.flat_map(|(path, full)| faults(&path, &std::fs::read_to_string(full).expect("text"))).collect()
}

#[test]
fn what_is_shipped_is_valid() {
    let site = faults("brochure.yaml", &std::fs::read_to_string(repository().join("brochure.yaml")).expect("text"));
    let content = files_below(&repository().join("content")).into_par_iter().flat_map_iter(|(path, full)| {
        let text = std::fs::read_to_string(full).unwrap_or_default();
        faults(&format!("content/{path}"), &text)
    });
    let wrong: Vec<String> = site.into_iter().chain(content.collect::<Vec<_>>()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_key_is_valid_in_both_spellings() {
    for name in ["every-key-fr", "every-key-en"] {
        let wrong = faults_below(&fixture(name));
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
    }
}

#[test]
fn what_init_and_new_write_is_valid() {
    let date = DAY.parse().expect("a date");
    for lang in Lang::ALL {
        let (name, address) = ("L'École : « #1 »".to_owned(), "https://www.example.org/".to_owned());
        let answers = Answers { name, region: Some("Bretagne".to_owned()), address, lang, date };
        let files = site_files(&answers).into_iter().map(|file| (file.path, file.text));
        let sheets = SheetKind::ALL.map(|kind| sheet(kind, "Titre : « #1 »", date, lang).expect("a sheet"));
        let all: Vec<_> = files.chain(sheets.map(|sheet| (sheet.path, sheet.text))).collect();
        assert!(all.len() > 10);
        let wrong: Vec<String> = all.iter().flat_map(|(path, text)| faults(path.as_str(), text)).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Slips that are no matter of structure: what is wrong stands outside the YAML, or only a calendar or a table knows.
const NOT_OF_STRUCTURE: [&str; 1] = ["invalid-date/in-the-file-name"];

#[test]
fn every_slip_of_structure_is_invalid() {
    let mut n_cases = 0;
    let mut valid = Vec::new();
    for code in ["invalid-shape", "invalid-boolean", "invalid-number", "invalid-date", "missing-title"] {
        let folder = repository().join("tests/fixtures/bad").join(code);
        let cases: BTreeSet<String> =
            files_below(&folder).into_iter().filter_map(|(path, _)| Some(path.split_once('/')?.0.to_owned())).collect();
        for case in cases {
            let name = format!("{code}/{case}");
            if NOT_OF_STRUCTURE.contains(&name.as_str()) {
                continue;
            }
            n_cases += 1;
            if faults_below(&folder.join(&case)).is_empty() {
                valid.push(name);
            }
        }
    }
    assert!(n_cases > 40, "{n_cases}");
    assert!(valid.is_empty(), "{}", valid.join("\n"));
}

/// Values of all sorts, as they are typed.
const SAMPLES: [&str; 20] = [
    "Texte",
    "3",
    "-3",
    "2.5",
    "\"1 200\"",
    "\"12,5\"",
    "99999999999",
    "true",
    "oui",
    "2027-03-09",
    "2028-02-29",
    "2027-02-29",
    "2027-04-31",
    "09/03/2027",
    "\"-450 €\"",
    "[un, deux]",
    "[[un, deux]]",
    "{inconnue: x}",
    "[{inconnue: x}]",
    "[{inconnue: [x]}, 3]",
];

/// Ways to a value below a map: what stands before and behind it.
fn ways(map: &'static MapForm, seen: &[&str], is_english: bool) -> Vec<(String, String)> {
    let mut ways = Vec::new();
    for (key, form) in map.entries() {
        let before = format!("{}: ", if is_english { key.en } else { key.fr });
        ways.push((before.clone(), String::new()));
        for (inner, is_item) in maps_in(form, false) {
            if seen.contains(&inner.name) {
                continue;
            }
            let (open, close) = if is_item { ("[{", "}]") } else { ("{", "}") };
            let below = [seen, &[map.name, inner.name]].concat();
            for (start, end) in self::ways(inner, &below, is_english) {
                ways.push((format!("{before}{open}{start}"), format!("{end}{close}")));
            }
        }
    }
    ways
}

fn maps_in(form: &Form, is_item: bool) -> Vec<(&'static MapForm, bool)> {
    match form {
        Form::Map(map) => vec![(map, is_item)],
        Form::List(form) | Form::Items(form) => maps_in(form, true),
        Form::Either(forms) => forms.iter().flat_map(|form| maps_in(form, is_item)).collect(),
        _ => Vec::new(),
    }
}

/// Whether the program finds the structure wrong.
fn is_error(diagnostics: &[Diagnostic]) -> bool {
    let codes = [
        Code::InvalidShape,
        Code::InvalidBoolean,
        Code::InvalidNumber,
        Code::InvalidDate,
        Code::InvalidSetting,
        Code::MissingTitle,
    ];
    diagnostics.iter().any(|one| one.severity == Severity::Error && codes.contains(&one.code))
}

fn is_refused(path: &str, text: &str) -> bool {
    let file = SourceFile::new(ContentPath::new(path), text.as_bytes());
    if path == "brochure.yaml" {
        return is_error(&read_config(Some(&file)).diagnostics);
    }
    let options = ParseOptions { raw_html: RawHtml::Sanitise, typography: Typography::French };
    is_error(&parse(&file, options).diagnostics)
}

fn path_of(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Module => "content/modules/x.md",
        SchemaOf::News => "content/news/2026-01-01-x.md",
        SchemaOf::Page => "content/pages/x.md",
        SchemaOf::Topic => "content/themes/x.md",
        SchemaOf::Audience => "content/audiences/x.md",
        SchemaOf::Region => "content/regions/x.md",
        SchemaOf::Organisation => "content/organisations/x.md",
        SchemaOf::Home => "content/index.md",
        SchemaOf::Settings => "brochure.yaml",
    }
}

/// The schema and the readers are two programs; here each key, in each map, in both spellings, gets values of all
/// sorts, and both must say the same of each. A key that is described and not read would be told as unknown.
#[test]
fn the_schema_and_the_readers_say_the_same_of_every_value() {
    let kinds = SchemaOf::ALL.into_iter().filter(|of| !matches!(of, SchemaOf::Audience | SchemaOf::Region));
    let cases: Vec<(SchemaOf, String, String)> = kinds
        .flat_map(|of| [false, true].map(|is_english| (of, is_english)))
        .flat_map(|(of, is_english)| {
            let ways = ways(of.form(), &[], is_english);
            ways.into_iter().map(move |(before, behind)| (of, before, behind))
        })
        .collect();
    assert!(cases.len() > 800, "{}", cases.len());
    // The languages differ in descriptions alone.
    let french = &VALIDATORS[..SchemaOf::ALL.len()];
    let apart: Vec<String> = cases
        .par_iter()
        .flat_map_iter(|(of, before, behind)| {
            let is_title = ["titre: ", "title: ", "nom: ", "name: "].contains(&before.as_str());
            let title = if is_title {
                ""
            } else if *of == SchemaOf::Organisation {
                "nom: T\n"
            } else {
                "titre: T\n"
            };
            SAMPLES.iter().filter_map(move |sample| {
                let yaml = format!("{title}{before}{sample}{behind}\n");
                let path = path_of(*of);
                let text = if path == "brochure.yaml" { yaml.clone() } else { format!("---\n{yaml}---\n\nTexte.\n") };
                let (refused, faults) = (is_refused(path, &text), faults_by(french, path, &text));
                (refused == faults.is_empty()).then(|| format!("{of:?}: read {}: {yaml}{faults:?}", !refused))
            })
        })
        .collect();
    assert!(apart.is_empty(), "{} apart:\n{}", apart.len(), apart[..apart.len().min(40)].join("\n"));
}

#[test]
fn a_key_that_is_described_is_read() {
    for of in SchemaOf::ALL {
        for (key, _) in of.form().entries() {
            for spelling in key.spellings() {
                let (path, yaml) = (path_of(of), format!("{spelling}: 3\n"));
                let text = if path == "brochure.yaml" { yaml } else { format!("---\n{yaml}---\n\nTexte.\n") };
                let file = SourceFile::new(ContentPath::new(path), text.as_bytes());
                let options = ParseOptions { raw_html: RawHtml::Sanitise, typography: Typography::French };
                let found = match of {
                    SchemaOf::Settings => read_config(Some(&file)).diagnostics,
                    _ => parse(&file, options).diagnostics,
                };
                assert!(found.iter().all(|one| one.code != Code::UnknownKey), "{of:?}: {spelling} is unknown");
            }
        }
    }
}

/// Examples are valid where they are shown: an editor writes them down.
#[test]
fn every_example_is_valid() {
    for (of, validator) in VALIDATORS.iter() {
        for lang in Lang::ALL {
            let schema: Value = serde_json::from_str(&schema(*of, lang)).expect("JSON");
            for (name, property) in schema["properties"].as_object().expect("properties") {
                for example in property["examples"].as_array().into_iter().flatten() {
                    let mut value = serde_json::json!({ "titre": "T", "nom": "T" });
                    value[name] = example.clone();
                    assert!(validator.is_valid(&value), "{of:?}: {value}");
                }
            }
        }
    }
}

#[test]
fn editors_get_json_with_all_that_they_refer_to() {
    for lang in Lang::ALL {
        let files = editor_files(lang);
        for (path, text) in &files {
            let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            assert!(value.is_object());
        }
        let text = |name: &str| &files.iter().find(|(path, _)| path.as_str() == name).expect(name).1;
        let settings: Value = serde_json::from_str(text(".vscode/settings.json")).expect("JSON");
        for (schema, file) in settings["yaml.schemas"].as_object().expect("schemas") {
            text(schema.trim_start_matches("./"));
            assert_eq!(file, "brochure.yaml");
        }
        let snippets: Value = serde_json::from_str(text(".vscode/brochure.code-snippets")).expect("JSON");
        let name = if lang == Lang::French { "modalité" } else { "mode" };
        let body = snippets[name]["body"][0].as_str().expect("a line");
        assert_eq!(body, format!("{name}: ${{1|presentiel,mixte,distanciel|}}"));
    }
}
