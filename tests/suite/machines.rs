//! The reports for machines, read by others: our JSON by its schema, and SARIF by the official one.
//!
//! `tests/fixtures/sarif-2.1.0.schema.json` is the schema of OASIS, as the crate `serde-sarif` 0.8.0 ships it.

use std::sync::LazyLock;

use brochure::diagnostic::Code;
use jsonschema::Validator;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::driver::repository;
use crate::program::{DiskSite, program, run};
use crate::slips::{CASES, UNKEPT};

static REPORT: LazyLock<Validator> = LazyLock::new(|| validator("report.schema.json"));
static SARIF: LazyLock<Validator> = LazyLock::new(|| validator("sarif-2.1.0.schema.json"));

fn validator(name: &str) -> Validator {
    let text = std::fs::read_to_string(repository().join("tests/fixtures").join(name)).expect("a schema");
    // One pattern of the official schema has a bracket too many; it was mended in the errata of the standard.
    let text = text.replace(r"^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", r"^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema = serde_json::from_str(&text).expect("JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

/// What a schema has against a text; nothing when it accepts it.
fn complaints(validator: &Validator, text: &str) -> Vec<String> {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => {
            validator.iter_errors(&value).map(|error| format!("{error} at {}", error.instance_path())).collect()
        }
        Err(error) => vec![format!("{error}:\n{text}")],
    }
}

/// Every slip that is known is reported in a form that the schema accepts.
fn assert_accepted(validator: &Validator, words: &[&str]) {
    let wrong: Vec<String> = CASES
        .par_iter()
        .chain(UNKEPT.par_iter())
        .flat_map_iter(|case| {
            let (_, stdout, _) = case.command(words);
            complaints(validator, &stdout).into_iter().map(move |complaint| format!("{}: {complaint}", case.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(CASES.len() > 100, "there were slips to report");
}

#[test]
fn the_report_of_every_slip_has_the_shape_that_is_written_down() {
    assert_accepted(&REPORT, &["check", "--format", "json"]);
    assert_accepted(&REPORT, &["build", "--format", "json"]);
}

#[test]
fn sarif_is_what_the_official_schema_accepts() {
    // The codes are the same for all, and long to look at: they are validated once in each language.
    for lang in ["fr", "en"] {
        let (_, stdout, _) = CASES[0].command(&["check", "--lang", lang, "--format", "sarif"]);
        assert_eq!(complaints(&SARIF, &stdout), Vec::<String>::new());
    }
    let wrong: Vec<String> = CASES
        .par_iter()
        .chain(UNKEPT.par_iter())
        .flat_map_iter(|case| {
            let (_, stdout, _) = case.command(&["check", "--format", "sarif"]);
            let mut log: Value = serde_json::from_str(&stdout).expect("JSON");
            log["runs"][0]["tool"]["driver"]["rules"] = json!([]);
            complaints(&SARIF, &log.to_string()).into_iter().map(move |complaint| format!("{}: {complaint}", case.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schemas_refuse_what_is_not_meant() {
    assert!(!complaints(&REPORT, r#"{"version": 2}"#).is_empty());
    assert!(!complaints(&SARIF, r#"{"version": "2.1.0", "runs": [{"results": []}]}"#).is_empty());
    let (_, good, _) = CASES[0].command(&["check", "--format", "json"]);
    let mut report: Value = serde_json::from_str(&good).expect("JSON");
    report["diagnostics"][0]["colour"] = json!("red");
    assert_eq!(complaints(&REPORT, &report.to_string()).len(), 1);
}

/// A site with a dead link in a file whose name no address can hold, and a term written in two ways.
fn site() -> DiskSite {
    DiskSite::of(&[
        ("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\n"),
        (
            "content/modules/écouter 100%.md",
            "---\ntitre: Écouter\ntitle: Écouter\n---\n\nÀ [lire](rien.md), [lire](rien.md)\n",
        ),
    ])
}

fn log(site: &DiskSite) -> Value {
    let ran = run(&mut site.command("check", &["--no-rules", "--lang", "en", "--format", "sarif"])).expect(1);
    assert!(ran.stderr.is_empty(), "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("JSON")
}

#[test]
fn sarif_points_at_the_place_and_knows_it_again() {
    let site = site();
    let before = log(&site);
    let sarif = &before["runs"][0];
    let driver = &sarif["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["version"]), (&json!("brochure"), &json!(env!("CARGO_PKG_VERSION"))));
    assert!(driver.get("informationUri").is_none());
    let rules = driver["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), Code::all().count());
    let results = sarif["results"].as_array().expect("results");
    for one in results {
        let index = usize::try_from(one["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[index]["id"], one["ruleId"]);
    }
    let of = |log: &Value, code: &str| -> Vec<Value> {
        let results = log["runs"][0]["results"].as_array().expect("results");
        results.iter().filter(|one| one["ruleId"] == code).cloned().collect()
    };
    let dead = of(&before, "dead-link");
    assert_eq!(dead.len(), 2, "{before:#}");
    let place = &dead[0]["locations"][0]["physicalLocation"];
    let uri = json!({"uri": "content/modules/%C3%A9couter%20100%25.md", "uriBaseId": "%SRCROOT%"});
    assert_eq!(place["artifactLocation"], uri);
    assert_eq!(place["region"], json!({"startLine": 6, "startColumn": 3, "endLine": 6, "endColumn": 18}));
    assert_eq!((&dead[0]["level"], &sarif["columnKind"]), (&json!("error"), &json!("unicodeCodePoints")));
    assert!(dead[0]["message"]["text"].as_str().is_some_and(|text| text.lines().count() == 2), "{dead:?}");
    let twice = of(&before, "duplicate-key");
    let related = &twice[0]["relatedLocations"][0];
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 2);
    assert!(related["message"]["text"].is_string(), "{twice:?}");
    // Two that say the same are two; and each is known again below other lines.
    let known =
        |found: &[Value]| -> Vec<Value> { found.iter().map(|one| one["partialFingerprints"].clone()).collect() };
    assert_ne!(known(&dead)[0], known(&dead)[1]);
    site.write(
        "content/modules/écouter 100%.md",
        "---\ntitre: Écouter\ntitle: Écouter\n---\n\nAvant.\n\nÀ [lire](rien.md), [lire](rien.md)\n",
    );
    let after = log(&site);
    let moved = of(&after, "dead-link");
    assert_eq!(moved[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 8);
    assert_eq!(known(&moved), known(&dead));
}

#[test]
fn sarif_says_why_there_is_nothing_to_say() {
    let ran = run(program().args(["check", "--format", "sarif", "--root", "/nowhere/at/all"])).expect(2);
    assert!(complaints(&SARIF, &ran.stdout).is_empty(), "{}", ran.stdout);
    let log: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["descriptor"]["id"], "no-root");
    // It is a form of what is checked, not of what was built.
    run(program().args(["build", "--format", "sarif"])).expect(2);
}
