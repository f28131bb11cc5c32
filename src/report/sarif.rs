//! Diagnostics in the form that forges and editors read: SARIF 2.1.0 (OASIS), one log with one run.
//!
//! The log names no clock and no folder of this machine, so the same site gives the same bytes anywhere.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Code, Rule, Severity};
use crate::hash::FingerprintBuilder;
use crate::texts::Texts;

use super::frame::sentences;
use super::{Found, Located};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The name under which addresses are counted from the site's folder.
const ROOT: &str = "%SRCROOT%";
/// Names the way in which our fingerprints are made: another way gets another name.
const FINGERPRINT: &str = "brochure/v1";

/// A whole log.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SarifLog {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    language: &'static str,
    column_kind: &'static str,
    original_uri_base_ids: BTreeMap<&'static str, BaseId>,
    results: Vec<Outcome>,
}

#[derive(Clone, Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
    properties: DriverProperties,
}

/// What the format has no field for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DriverProperties {
    rules_edition: &'static str,
}

/// A kind of result: a code of ours.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: String,
    short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    default_configuration: Configuration,
    properties: DescriptorProperties,
}

#[derive(Clone, Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct DescriptorProperties {
    tags: [&'static str; 1],
    /// Where a rule comes from, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Clone, Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Clone, Debug, Serialize)]
struct BaseId {
    description: Message,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Clone, Debug, Serialize)]
struct Notification {
    descriptor: Reference,
    level: &'static str,
    message: Message,
}

#[derive(Clone, Debug, Serialize)]
struct Reference {
    id: String,
}

/// What the format calls a result.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl SarifLog {
    /// The log of a run, with sentences in the language of `texts`.
    pub fn new<'a>(found: impl IntoIterator<Item = &'a Found>, texts: &Texts) -> Self {
        let indices: BTreeMap<Code, usize> = Code::all().enumerate().map(|(index, code)| (code, index)).collect();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let results = found.into_iter().map(|one| Outcome::new(one, &indices, &mut seen, texts)).collect();
        let invocation = Invocation { execution_successful: true, tool_execution_notifications: Vec::new() };
        Self::of(invocation, results, texts)
    }

    /// The log of a run that the machine or the words typed kept from being done: `key` names the reason.
    pub fn of_failure(key: &str, message: String, texts: &Texts) -> Self {
        let notification = Notification {
            descriptor: Reference { id: key.to_owned() },
            level: level(Severity::Error),
            message: Message { text: message },
        };
        let notifications = vec![notification];
        let invocation = Invocation { execution_successful: false, tool_execution_notifications: notifications };
        Self::of(invocation, Vec::new(), texts)
    }

    fn of(invocation: Invocation, results: Vec<Outcome>, texts: &Texts) -> Self {
        let driver = Driver {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            semantic_version: env!("CARGO_PKG_VERSION"),
            rules: Code::all().map(|code| Descriptor::new(code, texts)).collect(),
            properties: DriverProperties { rules_edition: Rule::edition() },
        };
        let root = BaseId { description: Message { text: texts.plain("sarif", "root") } };
        let run = Run {
            tool: Tool { driver },
            invocations: [invocation],
            language: texts.lang().code(),
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
            results,
        };
        Self { schema: SCHEMA, version: "2.1.0", runs: [run] }
    }

    /// The log as text, without a line break at its end.
    pub fn to_text(&self) -> String {
        // Text, numbers and lists of them: nothing that JSON cannot say.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Descriptor {
    fn new(code: Code, texts: &Texts) -> Self {
        let more = format!("explain-{code}");
        let sentence = |table: &str, key: &str| texts.find(table, key).map(|_| texts.plain(table, key));
        let source = match code {
            Code::Rule(rule) => sentence("explain", rule.source().text_key()),
            _ => None,
        };
        let heading = texts.plain("explain", "right");
        let help = texts.find(&more, "right").map(|example| Help {
            text: format!("{heading}\n\n{}", example.trim_end()),
            // An example of Markdown may hold a fence of three signs.
            markdown: format!("{heading}\n\n````\n{}\n````", example.trim_end()),
        });
        Self {
            id: code.as_str(),
            name: name(code),
            short_description: Message { text: texts.plain(code.as_str(), "title") },
            full_description: sentence(&more, "why").map(|text| Message { text }),
            help,
            default_configuration: Configuration { level: level(code.severity()) },
            properties: DescriptorProperties { tags: [if code.is_rule() { "content" } else { "files" }], source },
        }
    }
}

impl Outcome {
    fn new(found: &Found, indices: &BTreeMap<Code, usize>, seen: &mut BTreeMap<String, usize>, texts: &Texts) -> Self {
        let Found { diagnostic, primary, secondary } = found;
        let (message, help) = sentences(diagnostic, texts);
        let text = [message, help].into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join("\n");
        let related = secondary.iter().enumerate().map(|(index, at)| {
            let words = at.text.map(|key| Message { text: texts.plain(diagnostic.code.as_str(), key) });
            Location { id: Some(index), message: words, ..Location::new(at) }
        });
        Self {
            rule_id: diagnostic.code.as_str(),
            rule_index: indices.get(&diagnostic.code).copied().unwrap_or_default(),
            level: level(diagnostic.severity),
            message: Message { text },
            locations: [Location::new(primary)],
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, fingerprint(found, seen))]),
        }
    }
}

impl Location {
    fn new(at: &Located) -> Self {
        let region = at.excerpt.as_ref().map(|_| Region {
            start_line: at.line,
            start_column: at.column,
            end_line: at.end.0,
            end_column: at.end.1,
        });
        let artifact_location = ArtifactLocation { uri: at.file.to_uri(), uri_base_id: ROOT };
        Self { id: None, physical_location: PhysicalLocation { artifact_location, region }, message: None }
    }
}

/// Knows a result again after lines were added above it: what is said of which file, and the how-manieth time.
fn fingerprint(found: &Found, seen: &mut BTreeMap<String, usize>) -> String {
    let diagnostic = &found.diagnostic;
    let named = FingerprintBuilder::new()
        .input(diagnostic.code.as_str().as_bytes())
        .input(found.primary.file.as_str().as_bytes())
        .input(diagnostic.message.as_bytes());
    let digest = diagnostic.args.iter().fold(named, |named, (name, value)| {
        let named = named.input(name.as_bytes());
        named.input(value.as_bytes())
    });
    let digest = digest.finish().to_string()[..32].to_owned();
    let nth = seen.entry(digest.clone()).or_default();
    *nth += 1;
    format!("{digest}:{nth}")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A code as the format likes names: `DeadLink`. Ids of rules are names already.
fn name(code: Code) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    match code {
        Code::Rule(rule) => rule.as_str().to_owned(),
        _ => code.as_str().split('-').map(capital).collect(),
    }
}
