//! Exceptions: rules that do not hold for one document, each with its reason.

use crate::diagnostic::{Code, Diagnostic, Placed, Rule};
use crate::fold::nearest;
use crate::yaml::{Field, Form, Key, MapForm, Reader};

/// The key under which exceptions stand.
pub static EXCEPTIONS_KEY: Key = Key::new("exceptions", "exceptions").also(&["dérogations"]);

static RULE: Key = Key::new("rule", "règle");
static REASON: Key = Key::new("reason", "motif").also(&["raison"]);

/// What every document may except.
pub static EXCEPTED: MapForm = MapForm::new("excepted", &[(&EXCEPTIONS_KEY, &EXCEPTIONS)]);
// One that is not whole is told, and does not count; nothing keeps it from being read.
static EXCEPTIONS: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&EXCEPTION)]));
static EXCEPTION: MapForm = MapForm::new("exception", &[(&RULE, &Form::Proposed(&RULES)), (&REASON, &Form::Text)]);
static RULES: fn() -> Vec<Vec<&'static str>> = || Rule::ALL.iter().map(|rule| vec![rule.as_str()]).collect();

/// A rule that does not hold here, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// The rule, where it is named.
    pub rule: Placed<Rule>,
    /// Why it does not hold, for whoever reads the report.
    pub reason: String,
}

/// Reads one exception or a list of them. One that names no rule or gives no reason is told, and does not count.
pub fn read_exceptions(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<Exception> {
    field.items().iter().filter_map(|item| read_exception(item, reader)).collect()
}

fn read_exception(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<Exception> {
    let (rule, reason) = match item.fields() {
        Some(mut fields) => {
            let rule = fields.take(&RULE, reader);
            let reason = fields.take(&REASON, reader).and_then(|field| field.text(reader));
            fields.finish(&EXCEPTION, reader);
            (rule.and_then(|field| field.placed_text(reader)), reason)
        }
        None => (item.placed_text(reader), None),
    };
    let Some(written) = rule else {
        let unnamed = spelt(reader.about(Code::InvalidException, item), reader);
        reader.report(unnamed.message("message-no-rule").help("help-no-rule"));
        return None;
    };
    let Some(rule) = Rule::from_text(&written.value) else {
        let near = nearest(&written.value, Rule::ALL.iter().map(|rule| rule.as_str()));
        let one = Diagnostic::new(Code::InvalidException, reader.file, written.place).arg("value", &written.value);
        reader.report(one.near(near));
        return None;
    };
    let Some(reason) = reason.filter(|reason| !reason.trim().is_empty()) else {
        let one = Diagnostic::new(Code::InvalidException, reader.file, written.place).arg("rule", rule.as_str());
        let help = if item.fields().is_some() { "help-no-reason" } else { "help-short" };
        reader.report(spelt(one, reader).message("message-no-reason").help(help));
        return None;
    };
    Some(Exception { rule: Placed { value: rule, place: written.place }, reason })
}

/// The keys of an exception in the spelling of the file, for the sentences that show them.
fn spelt(diagnostic: Diagnostic, reader: &Reader<'_>) -> Diagnostic {
    let lang = reader.spelling();
    diagnostic.arg("rule_key", RULE.spelling(lang)).arg("reason_key", REASON.spelling(lang))
}
