//! `brochure build`: one run, then publish.

use std::time::Instant;

use crate::cli::{BuildArgs, Format};
use crate::diagnostic::Code;
use crate::file_system::{FileError, FileSystem};
use crate::lang::Lang;
use crate::output::{Publication, PublishError, lock_output};
use crate::pipeline::{Pipeline, RuleLevel, Stage, Use};
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
    let history = history::for_report(fs, &project, false);
    let options = run_options(&args.run, RuleLevel::Warnings, history);
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
        Use::Made => publication.finish(run.note().map(|note| (run.inputs, note))),
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
