//! `brochure build`: one run, then publish.

use std::sync::Arc;
use std::time::Instant;

use crate::cli::{BuildArgs, Format};
use crate::diagnostic::Code;
use crate::file_system::{FileError, FileSystem};
use crate::lang::Lang;
use crate::output::{Publication, PublishError, documents_in, lock_output};
use crate::pipeline::{Pipeline, RuleLevel, RunOptions, Since, Stage, Use};
use crate::register::Register;
use crate::source::Project;
use crate::texts::Texts;

use super::history;
use super::progress::Bar;
use super::summary::{self, Aim, Told};
use super::terminal::Terminal;
use super::{Outcome, early_lang, has_root, message_lang, run_options};

pub(super) fn build(args: &BuildArgs, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Outcome {
    let began = Instant::now();
    let mut project = Project::new(&args.run.root);
    if let Some(output) = &args.output {
        project = project.with_output(output);
    }
    let lang = early_lang(&args.run, terminal);
    if !has_root(&project, lang, fs, terminal) {
        return Outcome::WrongUsage;
    }
    // Before the work, so that the second of two builds is told at once.
    let mut lock = match lock_output(fs, &project) {
        Ok(lock) => lock,
        Err(error) => return refuse(&error, lang, terminal),
    };
    let mut publication = match Publication::begin(&mut lock) {
        Ok(publication) => publication,
        Err(error) => return refuse(&error, lang, terminal),
    };
    let bar = Bar::new(terminal.is_watched && args.run.format == Format::Human, lang);
    let since = match last_edition(args, publication.documents(), fs) {
        Ok(since) => since,
        Err(path) => {
            terminal.failure(lang, "bad-since", &[("path", path)]);
            return Outcome::WrongUsage;
        }
    };
    let history = history::for_report(fs, &project, false);
    let options = RunOptions { since, ..run_options(&args.run, RuleLevel::Warnings, history) };
    let show = |stage, done, all| bar.show(stage, done, all);
    let mut run = match Pipeline::once_and_for_all().run(fs, &project, &options, &mut publication, &show) {
        Ok(run) => run,
        Err(error) => return machine_failed(&error, lang, &bar, terminal),
    };
    let lang = message_lang(&args.run, run.lang, terminal);
    if run.counts.sources == 0 && !run.has_errors() {
        bar.end();
        // What stands there and could not be read may be the reason.
        if run.found.iter().any(|found| found.diagnostic.code != Code::MissingBaseUrl) {
            summary::diagnostics(&run.found.iter().collect::<Vec<_>>(), None, &args.run, lang, terminal);
        }
        terminal.failure(lang, "nothing-to-build", &[("path", project.root.display().to_string())]);
        return Outcome::WrongUsage;
    }
    if run.is_stopped(&options) {
        bar.end();
        let told =
            Told { run: &run, aim: Aim::Publish { output: &project.output, report: None }, time: began.elapsed() };
        summary::tell(&told, &args.run, lang, terminal);
        return Outcome::ContentErrors;
    }
    bar.show(Stage::Publish, 0, 0);
    let publishing = Instant::now();
    let published = match run.what {
        Use::Remembered => Ok(publication.leave()),
        Use::Made => {
            let documents = run.register.as_ref().map(Register::to_value);
            publication.finish(run.note().map(|note| (run.inputs, note)), documents)
        }
    };
    run.count_publishing(publishing.elapsed());
    bar.end();
    match published {
        Ok(report) => {
            let aim = Aim::Publish { output: &project.output, report: Some(&report) };
            summary::tell(&Told { run: &run, aim, time: began.elapsed() }, &args.run, lang, terminal);
            Outcome::Done
        }
        Err(error) => {
            summary::diagnostics(&run.found.iter().collect::<Vec<_>>(), None, &args.run, lang, terminal);
            let outcome = refuse(&error, lang, terminal);
            let state = match error {
                PublishError::Interrupted(_) => Some("interrupted-write"),
                PublishError::Io(_) => Some("untouched"),
                PublishError::Refused(_) | PublishError::Locked { .. } => None,
            };
            state.into_iter().for_each(|key| terminal.err(&Texts::of(lang).plain("failure", key)));
            outcome
        }
    }
}

/// What the site is compared with: the one that is named, or the last one in the output folder. Fails with the path of
/// one that does not say what was published.
fn last_edition(
    args: &BuildArgs,
    last: Option<&serde_json::Value>,
    fs: &dyn FileSystem,
) -> Result<Option<Since>, String> {
    let Some(path) = &args.since else {
        return Ok(last.and_then(|last| since(last.clone(), false)));
    };
    let named = documents_in(fs, path).and_then(|documents| since(documents, true));
    named.map(Some).ok_or_else(|| path.display().to_string())
}

/// A site of which a manifest says this, to be compared with.
pub(super) fn since(documents: serde_json::Value, is_named: bool) -> Option<Since> {
    Register::from_value(documents).map(|register| Since { register: Arc::new(register), is_named })
}

fn refuse(error: &PublishError, lang: Lang, terminal: &mut Terminal<'_>) -> Outcome {
    terminal.failure(lang, error.text_key(), &error.args());
    match error {
        PublishError::Refused(_) => Outcome::WrongUsage,
        PublishError::Locked { .. } | PublishError::Io(_) | PublishError::Interrupted(_) => Outcome::MachineFailed,
    }
}

pub(super) fn machine_failed(error: &FileError, lang: Lang, bar: &Bar, terminal: &mut Terminal<'_>) -> Outcome {
    bar.end();
    terminal.failure(lang, error.action.text_key(), &error.args());
    Outcome::MachineFailed
}
