//! What is told at the end of a run: every diagnostic, then one summary.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use crate::cli::{Format, RunArgs, Verbosity};
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Severity};
use crate::lang::Lang;
use crate::output::{PublishReport, Record};
use crate::phrases::Phrases;
use crate::pipeline::{Run, StageTime};
use crate::register::Changes;
use crate::report::Found;
use crate::report::changes;
use crate::report::json::{JsonReport, JsonSummary};
use crate::report::overview::{Overview, SheetState};
use crate::report::sarif::SarifLog;
use crate::report::selection::{Selection, select};
use crate::rules::Assessment;
use crate::site_theme;
use crate::texts::Texts;
use crate::value::calendar;

use super::sheets;
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
    let run = told.run;
    let found = run.in_order();
    let nothing = Assessment::default();
    let overview = Overview::new(run.assessment.as_deref().unwrap_or(&nothing), found.iter().copied());
    match args.format {
        Format::Json => {
            let report = JsonReport::new(found, &overview, json_summary(told), run.changes.clone(), Texts::of(lang));
            terminal.out(&report.to_text());
        }
        Format::Sarif => terminal.out(&SarifLog::new(found, Texts::of(lang)).to_text()),
        Format::Html => {
            let page = run.report.as_ref().map(|output| String::from_utf8_lossy(&output.bytes));
            page.iter().for_each(|page| terminal.out(page.trim_end()));
        }
        Format::Human => match told.aim {
            Aim::Check => {
                diagnostics(&found, Some(&overview), args, lang, terminal);
                if args.verbosity != Verbosity::Quiet {
                    sheets::tell(&overview, args.verbosity, Texts::of(lang), terminal);
                }
                human_summary(told, args, lang, terminal);
            }
            Aim::Publish { .. } => {
                let is_told = |one: &&Found| tells_rules(run, args) || !one.diagnostic.code.is_rule();
                let found: Vec<&Found> = found.into_iter().filter(is_told).collect();
                diagnostics(&found, None, args, lang, terminal);
                human_summary(told, args, lang, terminal);
            }
        },
    }
}

/// Whether a build tells each rule that is not kept: when it was asked to tell all, and when it stops for nothing else.
fn tells_rules(run: &Run, args: &RunArgs) -> bool {
    let is_warning = |found: &Found| found.diagnostic.severity == Severity::Warning;
    let stops = args.strict && run.unkept.iter().any(is_warning);
    args.verbosity == Verbosity::Verbose
        || stops
        || run.unkept.iter().any(|one| one.diagnostic.severity == Severity::Error)
}

/// In one line, which rules are not kept; nothing where all are.
pub(super) fn rules_in_short(found: &[&Found], texts: &Texts) -> Option<String> {
    let is_told = |found: &&&Found| found.diagnostic.code.is_rule() && found.diagnostic.severity != Severity::Info;
    let (sheets, others): (Vec<&ContentPath>, Vec<&ContentPath>) =
        found.iter().filter(is_told).map(|one| &one.primary.file).partition(|file| file.is_under("content/modules"));
    let n_sheets = sheets.into_iter().collect::<BTreeSet<_>>().len();
    let counts = [("to-complete", n_sheets), ("others", others.len())].into_iter().filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts.map(|(key, n)| texts.count("sheets", key, n)).collect();
    (!counts.is_empty()).then(|| texts.get("sheets", "in-short", &[("counts", counts.join(", "))]))
}

/// Tells what was found, on the error stream: all of it when asked for, else some of what is told over and over.
///
/// With an overview, what is about a sheet stands below the sheet's name.
pub(super) fn diagnostics(
    found: &[&Found],
    overview: Option<&Overview<'_>>,
    args: &RunArgs,
    lang: Lang,
    terminal: &mut Terminal<'_>,
) {
    let (texts, style) = (Texts::of(lang), terminal.style);
    let is_verbose = args.verbosity == Verbosity::Verbose;
    // What the site does without is told though nothing is wrong.
    let is_left_out = |found: &Found| found.diagnostic.code == Code::CrossingsLeftOut;
    let is_remark = |found: &Found| found.diagnostic.severity == Severity::Info;
    let is_told =
        |found: &&&Found| is_verbose || !is_remark(found) || is_left_out(found) && args.verbosity == Verbosity::Normal;
    let found: Vec<&Found> = found.iter().filter(is_told).copied().collect();
    let sheets: BTreeMap<&ContentPath, &SheetState<'_>> =
        overview.iter().flat_map(|overview| &overview.sheets).map(|one| (&one.sheet.file, one)).collect();
    let mut last = None;
    let selection = if is_verbose { Selection::whole(found.iter().copied()) } else { select(&found) };
    for one in &selection.shown {
        if last.replace(one.file()) != Some(one.file())
            && let Some(sheet) = sheets.get(one.file())
        {
            terminal.err(&heading(sheet, texts));
            terminal.err("");
        }
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

/// What stands above the messages about a sheet.
fn heading(one: &SheetState<'_>, texts: &Texts) -> String {
    let counts = [
        texts_of_count("errors", one.count(Severity::Error), texts),
        texts_of_count("warnings", one.count(Severity::Warning), texts),
        (one.count(Severity::Info) > 0).then(|| texts.count("sheets", "remarks", one.count(Severity::Info))),
    ];
    let parts = [
        ("title", one.sheet.title.clone()),
        ("file", one.sheet.file.to_string()),
        ("counts", counts.into_iter().flatten().collect::<Vec<_>>().join(", ")),
    ];
    texts.get("sheets", "in-file", &parts)
}

fn texts_of_count(key: &str, n: usize, texts: &Texts) -> Option<String> {
    (n > 0).then(|| texts.count("summary", key, n))
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
    let all: Vec<&Found> = run.all().collect();
    let count_of = |severity| all.iter().filter(|one| one.diagnostic.severity == severity).count();
    let (mut errors, mut warnings) = (count_of(Severity::Error), count_of(Severity::Warning));
    let is_stopped = errors > 0 || args.strict && warnings > 0;
    // Rules have a line of their own where each of them is not told.
    let in_short = (matches!(told.aim, Aim::Publish { .. }) && !tells_rules(run, args)).then(|| {
        (errors, warnings) = (in_files(run, Severity::Error), in_files(run, Severity::Warning));
        rules_in_short(&all, texts)
    });
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
    in_short.flatten().iter().for_each(|line| terminal.out(line));
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
    if !args.rules && matches!(told.aim, Aim::Check) {
        terminal.out(&texts.plain("sheets", "not-looked-at"));
    }
    if let Some(changes) = run.changes.as_deref().filter(|_| matches!(told.aim, Aim::Publish { .. })) {
        tell_changes(changes, args.verbosity, texts, terminal);
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

fn in_files(run: &Run, severity: Severity) -> usize {
    run.found.iter().filter(|one| one.diagnostic.severity == severity).count()
}

/// What is another since the last site: some of it, unless all is asked for.
fn tell_changes(changes: &Changes, verbosity: Verbosity, texts: &Texts, terminal: &mut Terminal<'_>) {
    let Some(counts) = changes::counts(changes, texts) else { return };
    terminal.out(&texts.get("changes", "since", &[("counts", counts)]));
    let lines = changes::lines(changes, texts);
    let n_shown = if verbosity == Verbosity::Verbose { lines.len() } else { changes::SHOWN };
    lines.iter().take(n_shown).for_each(|line| terminal.out(line));
    let n_more = lines.len().saturating_sub(n_shown);
    if n_more > 0 {
        terminal.out(&texts.count("changes", "more", n_more));
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
