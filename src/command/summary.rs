//! What is told at the end of a run: every diagnostic, then one summary.

use std::path::Path;
use std::time::Duration;

use crate::cli::{Format, RunArgs, Verbosity};
use crate::diagnostic::{Code, Severity};
use crate::lang::Lang;
use crate::output::{PublishReport, Record};
use crate::phrases::Phrases;
use crate::pipeline::{Run, StageTime};
use crate::report::Found;
use crate::report::json::{JsonReport, JsonSummary};
use crate::report::selection::{Selection, select};
use crate::site_theme;
use crate::texts::Texts;
use crate::value::calendar;

use super::terminal::Terminal;

/// A run, and what became of it.
pub(super) struct Told<'a> {
    pub(super) run: &'a Run,
    /// What it was for.
    pub(super) aim: Aim<'a>,
    /// From the first to the last moment.
    pub(super) time: Duration,
}

/// What a run was for.
#[derive(Clone, Copy)]
pub(super) enum Aim<'a> {
    /// To be looked at.
    Check,
    /// To be published.
    Publish {
        /// Where.
        output: &'a Path,
        /// What was done; none when nothing was published.
        report: Option<&'a PublishReport>,
    },
}

/// Tells a run in the form that was asked for.
pub(super) fn tell(told: &Told<'_>, args: &RunArgs, lang: Lang, terminal: &mut Terminal<'_>) {
    match args.format {
        Format::Json => {
            let report = JsonReport::new(&told.run.found, json_summary(told), Texts::of(lang));
            terminal.out(&report.to_text());
        }
        Format::Human => {
            diagnostics(&told.run.found, args, lang, terminal);
            human_summary(told, args, lang, terminal);
        }
    }
}

/// Tells what was found, on the error stream: all of it when asked for, else some of what is told over and over.
pub(super) fn diagnostics(found: &[Found], args: &RunArgs, lang: Lang, terminal: &mut Terminal<'_>) {
    let (texts, style) = (Texts::of(lang), terminal.style);
    let is_verbose = args.verbosity == Verbosity::Verbose;
    // What the site does without is told though nothing is wrong.
    let is_left_out = |found: &Found| found.diagnostic.code == Code::CrossingsLeftOut;
    let is_remark = |found: &Found| found.diagnostic.severity == Severity::Info;
    let is_told =
        |found: &&Found| is_verbose || !is_remark(found) || is_left_out(found) && args.verbosity == Verbosity::Normal;
    let found: Vec<&Found> = found.iter().filter(is_told).collect();
    let selection = if is_verbose { Selection::whole(found.iter().copied()) } else { select(&found) };
    for one in &selection.shown {
        terminal.err(&one.text(texts, style));
        terminal.err("");
    }
    if selection.left_out > 0 {
        terminal.err(&texts.get("summary", "left-out", &[("n", selection.left_out.to_string())]));
    }
    if selection.is_cut() {
        terminal.err(&texts.plain("summary", "see-all"));
    }
    // Errors come first: what keeps the site from being published is what its author wants to know more about.
    if let Some(first) = found.iter().min_by_key(|one| one.diagnostic.severity)
        && args.verbosity != Verbosity::Quiet
    {
        terminal.err(&texts.get("summary", "explain", &[("code", first.diagnostic.code.as_str())]));
        terminal.err("");
    }
}

fn json_summary(told: &Told<'_>) -> JsonSummary {
    let run = told.run;
    let report = match told.aim {
        Aim::Publish { report: Some(report), .. } => report.clone(),
        _ => PublishReport::default(),
    };
    JsonSummary {
        modules: run.counts.modules,
        pages: run.counts.pages,
        written: report.written,
        unchanged: report.unchanged,
        removed: report.removed,
        errors: run.count(Severity::Error),
        warnings: run.count(Severity::Warning),
        next_change: run.next_change.map(|date| date.to_string()),
    }
}

fn human_summary(told: &Told<'_>, args: &RunArgs, lang: Lang, terminal: &mut Terminal<'_>) {
    let (texts, run) = (Texts::of(lang), told.run);
    let say = |key: &str, parts: &[(&str, String)]| texts.get("summary", key, parts);
    let count = |key: &str, n: usize| texts.count("summary", key, n);
    let list = |counts: &[String]| counts.join(", ");
    let (errors, warnings) = (run.count(Severity::Error), run.count(Severity::Warning));
    let is_stopped = errors > 0 || args.strict && warnings > 0;
    let slips = [("errors", errors), ("warnings", warnings)].into_iter().filter(|(_, n)| *n > 0);
    let slips: Vec<String> = slips.map(|(key, n)| count(key, n)).collect();
    if is_stopped {
        let key = match told.aim {
            Aim::Check => "check-failed",
            Aim::Publish { .. } if errors == 0 => "not-published-strict",
            Aim::Publish { .. } => "not-published",
        };
        terminal.err(&say(key, &[("counts", list(&slips))]));
        return;
    }
    if args.verbosity == Verbosity::Quiet {
        return;
    }
    let mut counts = vec![count("modules", run.counts.modules), count("pages", run.counts.pages)];
    counts.extend(slips);
    let mut parts = vec![("counts", list(&counts)), ("time", seconds(told.time, texts))];
    match told.aim {
        Aim::Publish { output, report: Some(report) } => {
            parts.push(("output", output.display().to_string()));
            terminal.out(&say("published", &parts));
            let files = [("written", report.written), ("unchanged", report.unchanged), ("removed", report.removed)];
            let files = files.map(|(key, n)| count(key, n));
            terminal.out(&say("files", &[("counts", list(&files))]));
            tell_surprises(report, texts, terminal);
        }
        _ => terminal.out(&say("checked", &parts)),
    }
    if let Some(next) = run.next_change {
        terminal.out(&say("next-change", &[("date", date_in_words(next, lang))]));
    }
    if args.verbosity == Verbosity::Verbose {
        timings(&run.timings, texts, terminal);
        let fresh = [("parsed", run.counts.parsed.to_string()), ("rendered", run.counts.rendered.to_string())];
        terminal.out(&say("fresh", &fresh));
    }
}

/// How long each stage took.
pub(super) fn timings(timings: &[StageTime], texts: &Texts, terminal: &mut Terminal<'_>) {
    for timing in timings {
        let stage = texts.plain("stage", timing.stage.text_key());
        let (time, work) = (milliseconds(timing.wall, texts), milliseconds(timing.work, texts));
        terminal.out(&texts.get("summary", "timing", &[("stage", stage), ("time", time), ("work", work)]));
    }
}

/// What publishing met that its reader should know of.
fn tell_surprises(report: &PublishReport, texts: &Texts, terminal: &mut Terminal<'_>) {
    for aside in &report.set_aside {
        let parts = [("path", aside.path.clone()), ("kept", aside.kept_as.clone())];
        terminal.err(&texts.get("summary", "set-aside", &parts));
    }
    match report.record {
        Record::Damaged => {
            let parts = [("manifest", crate::output::MANIFEST_NAME)];
            terminal.err(&texts.get("summary", "record-damaged", &parts));
        }
        Record::Unfinished => terminal.err(&texts.plain("summary", "record-unfinished")),
        Record::Missing | Record::Complete => {}
    }
}

fn date_in_words(date: crate::value::Date, lang: Lang) -> String {
    let phrases: Option<Phrases> = site_theme::built_in_phrases(lang);
    phrases.map_or_else(|| date.to_string(), |phrases| calendar::long_one(date, &phrases.dates))
}

pub(super) fn seconds(time: Duration, texts: &Texts) -> String {
    let hundredths = time.as_millis().div_ceil(10);
    let number = format!("{}{}{:02}", hundredths / 100, texts.plain("summary", "decimal"), hundredths % 100);
    texts.get("summary", "seconds", &[("n", number)])
}

pub(super) fn milliseconds(time: Duration, texts: &Texts) -> String {
    let tenths = time.as_micros().div_ceil(100);
    let number = format!("{}{}{}", tenths / 10, texts.plain("summary", "decimal"), tenths % 10);
    texts.get("summary", "milliseconds", &[("n", number)])
}
