//! What a run notes for the next one of the same inputs: everything that it said.
//!
//! The outlet keeps the note beside the outputs, and gives it back only while both stand. Then the run need not be done
//! again to say the same things: diagnostics are kept as data, so that they can be told in any language and form.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Label, Part, Place, Severity, Step, YamlPath};
use crate::hash::{Fingerprint, FingerprintBuilder};
use crate::lang::Lang;
use crate::report::resolve;
use crate::source::Sources;
use crate::texts::Texts;

use super::run::{Counts, Run, RunOptions, Use};

/// A run that had more to say is done again: its note would be longer than the site.
const MOST_DIAGNOSTICS: usize = 10_000;

/// What changes with the program: its version, and the digest of all that it was compiled from.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("BROCHURE_SOURCE_DIGEST"));

/// The digest of all that a site is made from: every file, what was found while they were looked for, what was asked
/// for, and the program.
pub(super) fn fingerprint(sources: &Sources, diagnostics: &[Diagnostic], options: &RunOptions) -> Fingerprint {
    let base_url = options.base_url.as_ref().map_or("", crate::config::BaseUrl::as_str);
    let mut builder = FingerprintBuilder::new()
        .input(PROGRAM.as_bytes())
        .input(options.today.to_string().as_bytes())
        .input(&[u8::from(options.drafts), u8::from(options.search), options.rules as u8])
        .input(base_url.as_bytes())
        // Files that could not be read, or were left out: nothing else tells that they are there.
        .input(format!("{diagnostics:?}").as_bytes());
    for (path, day) in options.history.iter() {
        builder = builder.input(path.as_str().as_bytes()).input(day.to_string().as_bytes());
    }
    for file in sources.iter() {
        builder = builder.input(file.path.as_str().as_bytes()).input(file.hash.as_bytes());
    }
    builder.finish()
}

#[derive(Serialize, Deserialize)]
struct Note {
    sources: usize,
    modules: usize,
    pages: usize,
    next_change: Option<String>,
    lang: String,
    diagnostics: Vec<NotedDiagnostic>,
}

#[derive(Serialize, Deserialize)]
struct NotedDiagnostic {
    code: String,
    severity: String,
    message: String,
    help: String,
    args: Vec<(String, String)>,
    labels: Vec<NotedLabel>,
}

#[derive(Serialize, Deserialize)]
struct NotedLabel {
    file: String,
    place: NotedPlace,
    text: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NotedPlace {
    File,
    Start,
    Span(usize, usize),
    Key(Vec<NotedStep>),
    Value(Vec<NotedStep>),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum NotedStep {
    Key(String, usize),
    Item(usize),
}

impl Run {
    /// What the next run of the same inputs should know; nothing where it would be too much.
    pub fn note(&self) -> Option<serde_json::Value> {
        if self.found.len() + self.unkept.len() > MOST_DIAGNOSTICS {
            return None;
        }
        let note = Note {
            sources: self.counts.sources,
            modules: self.counts.modules,
            pages: self.counts.pages,
            next_change: self.next_change.map(|date| date.to_string()),
            lang: self.lang.code().to_owned(),
            diagnostics: self.all().map(|found| &found.diagnostic).filter(|one| is_lasting(one)).map(noted).collect(),
        };
        serde_json::to_value(note).ok()
    }
}

/// The run that wrote a note, as far as it can be understood; else it is done again.
pub(super) fn read(note: serde_json::Value, text_of: &dyn Fn(&ContentPath) -> Option<Arc<[u8]>>) -> Option<Run> {
    let note: Note = serde_json::from_value(note).ok()?;
    let diagnostics: Vec<Diagnostic> = note.diagnostics.iter().map(diagnostic).collect::<Option<_>>()?;
    let next_change = match note.next_change {
        Some(date) => Some(date.parse().ok()?),
        None => None,
    };
    let (unkept, found) = diagnostics.into_iter().partition(|one| one.code.is_rule());
    Some(Run {
        inputs: FingerprintBuilder::new().finish(),
        found: resolve(found, text_of),
        unkept: resolve(unkept, text_of),
        assessment: None,
        register: None,
        changes: None,
        report: None,
        counts: Counts { sources: note.sources, modules: note.modules, pages: note.pages, ..Counts::default() },
        timings: Vec::new(),
        next_change,
        lang: Lang::from_code(&note.lang)?,
        what: Use::Remembered,
    })
}

/// What is lost is lost once: the next run is compared with this one.
fn is_lasting(diagnostic: &Diagnostic) -> bool {
    diagnostic.code != Code::LostAddress
}

fn noted(diagnostic: &Diagnostic) -> NotedDiagnostic {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    // A value that no sentence names will not be told, and could not be read again.
    let texts = Texts::of(Lang::French);
    let args = diagnostic.args.iter().filter(|(name, _)| texts.part(diagnostic.code.as_str(), name).is_some());
    NotedDiagnostic {
        code: diagnostic.code.as_str().to_owned(),
        severity: diagnostic.severity.as_str().to_owned(),
        message: diagnostic.message.to_owned(),
        help: diagnostic.help.to_owned(),
        args: args.map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        labels: labels.map(noted_label).collect(),
    }
}

fn noted_label(label: &Label) -> NotedLabel {
    let steps = |path: &YamlPath| path.steps().into_iter().map(noted_step).collect();
    let place = match &label.place {
        Place::File => NotedPlace::File,
        Place::Start => NotedPlace::Start,
        Place::Span(span) => NotedPlace::Span(span.start, span.end),
        Place::Yaml(path, Part::Key) => NotedPlace::Key(steps(path)),
        Place::Yaml(path, Part::Value) => NotedPlace::Value(steps(path)),
        // What was found has its place as the file spells it.
        Place::Field(..) => NotedPlace::Start,
    };
    NotedLabel { file: label.file.to_string(), place, text: label.text.map(str::to_owned) }
}

fn noted_step(step: &Step) -> NotedStep {
    match step {
        Step::Key(key, n) => NotedStep::Key(key.clone(), *n),
        Step::Item(n) => NotedStep::Item(*n),
    }
}

/// Keys are names of sentences that this program has, or the note is of another one.
fn diagnostic(noted: &NotedDiagnostic) -> Option<Diagnostic> {
    let code = Code::from_text(&noted.code)?;
    let texts = Texts::of(Lang::French);
    let key = |key: &str| texts.key(code.as_str(), key);
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let mut labels = noted.labels.iter().map(|label| {
        let text = match &label.text {
            Some(text) => Some(key(text)?),
            None => None,
        };
        Some(Label { file: ContentPath::new(&label.file), place: place(&label.place), text })
    });
    let arg = |(name, value): &(String, String)| Some((texts.part(code.as_str(), name)?, value.clone()));
    Some(Diagnostic {
        code,
        severity: severities.into_iter().find(|severity| severity.as_str() == noted.severity)?,
        message: key(&noted.message)?,
        help: key(&noted.help)?,
        args: noted.args.iter().map(arg).collect::<Option<_>>()?,
        primary: labels.next()??,
        secondary: labels.collect::<Option<_>>()?,
    })
}

fn place(noted: &NotedPlace) -> Place {
    let path = |steps: &[NotedStep]| steps.iter().map(step).collect::<YamlPath>();
    match noted {
        NotedPlace::File => Place::File,
        NotedPlace::Start => Place::Start,
        NotedPlace::Span(start, end) => Place::Span(*start..*end),
        NotedPlace::Key(steps) => Place::Yaml(path(steps), Part::Key),
        NotedPlace::Value(steps) => Place::Yaml(path(steps), Part::Value),
    }
}

fn step(noted: &NotedStep) -> Step {
    match noted {
        NotedStep::Key(key, n) => Step::Key(key.clone(), *n),
        NotedStep::Item(n) => Step::Item(*n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_as_it_was_written() {
        let file = ContentPath::new("content/modules/x.md");
        let steps = [Step::Key("sessions".to_owned(), 0), Step::Item(2), Step::Key("début".to_owned(), 1)];
        let path: YamlPath = steps.into_iter().collect();
        let places = [
            Place::File,
            Place::Start,
            Place::Span(3..9),
            Place::Yaml(path.clone(), Part::Key),
            Place::Yaml(path, Part::Value),
        ];
        for place in places {
            let one = Diagnostic::new(Code::DuplicateKey, &file, place.clone())
                .arg("key", "titre")
                .arg("first", "title")
                .message("message-spellings")
                .severity(Severity::Info)
                .also(&file, place, "first");
            let text = serde_json::to_string(&noted(&one)).expect("JSON");
            assert_eq!(diagnostic(&serde_json::from_str(&text).expect("a note")), Some(one));
        }
    }

    #[test]
    fn a_value_that_no_sentence_names_does_not_spoil_a_note() {
        let one = Diagnostic::new(Code::UnknownKey, &ContentPath::new("x.md"), Place::File).arg("key", "titer");
        assert_eq!(diagnostic(&noted(&one.clone().arg("unheard-of", "x"))), Some(one));
    }

    #[test]
    fn a_note_that_another_program_wrote_is_not_believed() {
        let file = ContentPath::new("x.md");
        let good = || noted(&Diagnostic::new(Code::UnknownKey, &file, Place::File).arg("key", "titer"));
        assert!(diagnostic(&good()).is_some());
        let changes: [fn(&mut NotedDiagnostic); 5] = [
            |note| note.code = "unheard-of".to_owned(),
            |note| note.message = "message-unheard-of".to_owned(),
            |note| note.args[0].0 = "unheard-of".to_owned(),
            |note| note.severity = "grave".to_owned(),
            |note| note.labels.clear(),
        ];
        for change in changes {
            let mut note = good();
            change(&mut note);
            assert!(diagnostic(&note).is_none());
        }
    }
}
