//! `brochure check`: one run, tell what was found, write nothing.

use std::time::Instant;

use crate::cli::{Format, RunArgs};
use crate::diagnostic::Code;
use crate::file_system::FileSystem;
use crate::output::{MANIFEST_NAME, Nowhere, documents_in};
use crate::pipeline::{Pipeline, RuleLevel, RunOptions};
use crate::source::Project;

use super::build::{machine_failed, since};
use super::history;
use super::progress::Bar;
use super::summary::{self, Aim, Told};
use super::terminal::Terminal;
use super::{Outcome, early_lang, has_root, message_lang, run_options};

pub(super) fn check(args: &RunArgs, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Outcome {
    let began = Instant::now();
    let project = Project::new(&args.root);
    let lang = early_lang(args, terminal);
    if !has_root(&project, lang, fs, terminal) {
        return Outcome::WrongUsage;
    }
    let bar = Bar::new(terminal.is_watched && args.format == Format::Human, lang);
    let history = history::for_report(fs, &project, args.format == Format::Html);
    let last = documents_in(fs, &project.output.join(MANIFEST_NAME));
    let since = last.and_then(|documents| since(documents, false));
    let options = RunOptions { since, ..run_options(args, RuleLevel::Full, history) };
    let show = |stage, done, all| bar.show(stage, done, all);
    let run = Pipeline::once_and_for_all().run(fs, &project, &options, &mut Nowhere, &show);
    let run = match run {
        Ok(run) => run,
        Err(error) => return machine_failed(&error, lang, &bar, terminal),
    };
    bar.end();
    let lang = message_lang(args, run.lang, terminal);
    if run.counts.sources == 0 && !run.has_errors() {
        // What stands there and could not be read may be the reason.
        if run.found.iter().any(|found| found.diagnostic.code != Code::MissingBaseUrl) {
            summary::diagnostics(&run.found.iter().collect::<Vec<_>>(), None, args, lang, terminal);
        }
        terminal.failure(lang, "nothing-to-build", &[("path", project.root.display().to_string())]);
        return Outcome::WrongUsage;
    }
    summary::tell(&Told { run: &run, aim: Aim::Check, time: began.elapsed() }, args, lang, terminal);
    if run.is_stopped(&options) { Outcome::ContentErrors } else { Outcome::Done }
}
