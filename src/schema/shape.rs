//! Forms as JSON Schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::content_path::ContentPath;
use crate::lang::Lang;
use crate::texts::Texts;
use crate::yaml::{Form, Key, MapForm, Words, parse};

use super::pattern::any_of;

/// `YYYY-MM-DD` with a day that the month has, a time behind it allowed; a leap year is told by its number.
const DATE: &str = concat!(
    r"^\s*(?:(?:\d{4}-(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|\d{4}-(?:0[469]|11)-(?:0[1-9]|[12]\d|30)",
    r"|\d{4}-02-(?:0[1-9]|1\d|2[0-8])|(?:\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)",
    r"(?:[Tt ]\d{2}:\d{2}[\d:.+Zz-]*)?)?\s*$",
);
/// Digits, thousands parted by a space or an apostrophe.
const WHOLE: &str = "^\\s*(?:\\d+(?:[\\s'\u{2019}]\\d{3})*(?:[.,]00?)?)?\\s*$";
/// Digits of a number that must be small.
const SHORT: &str = "^\\s*\\d{0,3}\\s*$";
const NOT_BELOW_ZERO: &str = "^(?!\\s*[-\u{2212}]\\s*\\d)";
const DECIMAL: &str = "^\\s*(?:\\d+(?:[\\s'\u{2019}]\\d{3})*(?:[.,]\\d{1,2})?)?\\s*$";
/// Words for true, then for false, that [`crate::yaml::Field::boolean`] knows.
const YES_AND_NO: [&str; 12] = ["oui", "vrai", "yes", "true", "o", "y", "non", "faux", "no", "false", "n", ""];

/// Makes schemas, and keeps those of maps, which are named once and referred to.
pub(super) struct Shapes {
    texts: &'static Texts,
    maps: BTreeMap<&'static str, Value>,
}

impl Shapes {
    pub(super) fn new(texts: &'static Texts) -> Self {
        Self { texts, maps: BTreeMap::new() }
    }

    /// The schemas of all maps that were referred to.
    pub(super) fn definitions(self) -> Map<String, Value> {
        self.maps.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
    }

    /// The schema of a map.
    pub(super) fn map(&mut self, map: &'static MapForm) -> Value {
        let mut properties = Map::new();
        let mut patterns = Map::new();
        for (key, form) in map.entries() {
            let is_needed = matches!(map.needs, [only] if std::ptr::eq(*only, key));
            let shape = if is_needed { something() } else { nullable(self.form(form)) };
            let named: BTreeSet<&str> = [key.en, key.fr].into();
            for spelling in &named {
                let is_own = *spelling == own_spelling(key, self.texts.lang());
                properties.insert((*spelling).to_owned(), self.told(map, key, shape.clone(), is_own));
            }
            let excepted: Vec<&str> = named.into_iter().collect();
            patterns.insert(any_of(key.spellings(), &excepted), shape);
        }
        let mut schema = json!({ "type": "object", "properties": properties, "patternProperties": patterns });
        if !map.needs.is_empty() {
            let ways = map.needs.iter().flat_map(|key| ways_to_have(key, self.texts.lang()));
            schema["anyOf"] = ways.collect();
        }
        if !map.bars.is_empty() {
            let barred = any_of(map.bars.iter().flat_map(|key| key.spellings()), &[]);
            schema["propertyNames"] = json!({ "not": { "pattern": barred } });
        }
        schema
    }

    /// A shape with what its key means and how it may be written.
    fn told(&self, map: &MapForm, key: &Key, shape: Value, is_own: bool) -> Value {
        let table = format!("schema-{}", map.table_of(key));
        let mut told = shape;
        told["description"] = json!(self.texts.plain(&table, key.en));
        if let Some(examples) = self.texts.find(&table, &format!("{}-examples", key.en)) {
            told["examples"] = examples.lines().map(value_of).collect();
        }
        if !is_own {
            told["doNotSuggest"] = json!(true);
        }
        told
    }

    fn form(&mut self, form: &'static Form) -> Value {
        match form {
            Form::Text => json!({ "type": ["string", "number", "boolean"] }),
            Form::Anything => json!({}),
            Form::Boolean => {
                let words = match self.texts.lang() {
                    Lang::French => ["oui", "non"],
                    Lang::English => ["yes", "no"],
                };
                let text = json!({ "type": "string", "pattern": any_of(YES_AND_NO, &[]) });
                json!({ "anyOf": [{ "enum": words }, { "type": "boolean" }, text] })
            }
            Form::Whole(least, most) => json!({ "anyOf": [
                { "type": "integer", "minimum": least, "maximum": most },
                { "type": "string", "pattern": if *most > 1000 { WHOLE } else { SHORT } },
            ]}),
            Form::Decimal => json!({ "anyOf": [
                { "type": "number", "minimum": 0 },
                { "type": "string", "pattern": DECIMAL },
            ]}),
            Form::Date => json!({ "type": "string", "pattern": DATE }),
            Form::Amount => json!({ "anyOf": [
                { "type": "number", "minimum": 0 },
                { "type": "boolean" },
                { "type": "string", "pattern": NOT_BELOW_ZERO },
            ]}),
            Form::Bare => json!({ "type": ["number", "boolean"] }),
            Form::Matching(pattern) => json!({ "type": "string", "pattern": pattern }),
            Form::Proposed(words) => {
                let proposed: Vec<&str> = words.spellings().iter().filter_map(|word| word.first().copied()).collect();
                json!({ "anyOf": [{ "enum": proposed }, { "type": ["string", "number", "boolean"] }] })
            }
            Form::Choice(words) => {
                let spellings = words.spellings();
                let proposed: BTreeSet<&str> = spellings.iter().flat_map(|word| word.iter().take(2).copied()).collect();
                let any = any_of(spellings.iter().flatten().copied().chain([""]), &[]);
                json!({ "anyOf": [{ "enum": proposed }, { "type": "string", "pattern": any }] })
            }
            Form::Map(map) => {
                if !self.maps.contains_key(map.name) {
                    // Its place is taken first: a map may hold itself.
                    self.maps.insert(map.name, Value::Null);
                    let schema = self.map(map);
                    self.maps.insert(map.name, schema);
                }
                json!({ "$ref": format!("#/definitions/{}", map.name) })
            }
            Form::Free(value) => {
                let value = nullable(self.form(value));
                json!({ "type": "object", "additionalProperties": value })
            }
            Form::Named(names, value) => {
                let value = nullable(self.form(value));
                named(*names, &value)
            }
            Form::List(item) => {
                let (item, items) = (self.form(item), nullable(self.form(item)));
                any([item, json!({ "type": "array", "items": items })])
            }
            Form::Items(item) => {
                let items = nullable(self.form(item));
                json!({ "type": "array", "items": items })
            }
            Form::Either(forms) => any(forms.iter().map(|form| self.form(form))),
        }
    }
}

/// The spelling of a key in a language.
pub(super) fn own_spelling(key: &Key, lang: Lang) -> &'static str {
    match lang {
        Lang::French => key.fr,
        Lang::English => key.en,
    }
}

/// Every key below a map, with the table in which it is told. A form that is met again says nothing new.
#[cfg(test)]
pub(super) fn all_keys(map: &'static MapForm) -> Vec<(&'static str, &'static str)> {
    fn walk(form: &Form, seen: &mut BTreeSet<&'static str>, found: &mut Vec<(&'static str, &'static str)>) {
        match form {
            Form::Map(map) if seen.insert(map.name) => {
                for (key, form) in map.entries() {
                    found.push((map.table_of(key), key.en));
                    walk(form, seen, found);
                }
            }
            Form::Free(form) | Form::Named(_, form) | Form::List(form) | Form::Items(form) => walk(form, seen, found),
            Form::Either(forms) => forms.iter().for_each(|form| walk(form, seen, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&Form::Map(map), &mut BTreeSet::new(), &mut found);
    found
}

/// Schemas that say that a key is there: by each name that people type, so that an editor can name it, and then by any
/// other spelling.
fn ways_to_have(key: &Key, lang: Lang) -> Vec<Value> {
    let mut names: Vec<&str> = key.spellings().collect();
    names.sort_by_key(|name| *name != own_spelling(key, lang));
    names.dedup();
    let mut ways: Vec<Value> = names.iter().map(|name| json!({ "required": [name] })).collect();
    ways.push(json!({ "not": { "propertyNames": { "not": { "pattern": any_of(names, &[]) } } } }));
    ways
}

/// The value that an example is to whoever reads YAML.
fn value_of(example: &str) -> Value {
    let read = parse(&ContentPath::new("x.yaml"), example, 0).ok();
    read.and_then(|node| serde_json::to_value(node).ok()).unwrap_or_else(|| json!(example))
}

/// A text with something in it.
fn something() -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
}

/// A map whose keys are of a list. What has one spelling is a code, and written just so.
fn named(names: &dyn Words, value: &Value) -> Value {
    let spellings = names.spellings();
    let mut properties = Map::new();
    let mut patterns = Map::new();
    for words in &spellings {
        properties.extend(words.first().map(|word| ((*word).to_owned(), value.clone())));
        if let [first, _, ..] = words.as_slice() {
            patterns.insert(any_of(words.iter().copied(), &[first]), value.clone());
        }
    }
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": false,
    })
}

/// Any of some schemas, without one `anyOf` in another.
fn any(schemas: impl IntoIterator<Item = Value>) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for schema in schemas {
        let ways = match schema {
            Value::Object(mut map) if map.len() == 1 && map.contains_key("anyOf") => match map.remove("anyOf") {
                Some(Value::Array(ways)) => ways,
                _ => Vec::new(),
            },
            schema => vec![schema],
        };
        for way in ways {
            if !all.contains(&way) {
                all.push(way);
            }
        }
    }
    if all.len() == 1 { all.remove(0) } else { json!({ "anyOf": all }) }
}

/// The same, or nothing at all: a key with nothing behind it is as good as none.
fn nullable(schema: Value) -> Value {
    if schema.as_object().is_some_and(Map::is_empty) { schema } else { any([schema, json!({ "type": "null" })]) }
}
