//! Runs a typed command and tells how it went: [`run`] gives the exit code, and `main` only passes it on.

mod build;
mod check;
mod explain;
mod history;
mod import;
mod init;
mod manual;
mod new;
mod progress;
mod prompt;
mod serve;
mod sheets;
mod summary;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::cli::{self, Command, Format, RunArgs};
use crate::file_system::{FileSystem, Kind};
use crate::lang::Lang;
use crate::pipeline::{RuleLevel, RunOptions};
use crate::report::audit::History;
use crate::source::Project;
use crate::value::Date;

pub use terminal::Terminal;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done; there may be warnings.
    Done,
    /// The content has errors.
    ContentErrors,
    /// What was typed makes no sense.
    WrongUsage,
    /// The machine failed us.
    MachineFailed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::ContentErrors => 1,
            Outcome::WrongUsage => 2,
            Outcome::MachineFailed => 3,
        })
    }
}

/// Runs the command that `words` make, the program's own name first.
pub fn run(words: impl IntoIterator<Item = OsString>, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Outcome {
    match cli::parse(words, terminal.locale) {
        Ok(Command::Build(args)) => {
            terminal.format = args.run.format;
            build::build(&args, fs, terminal)
        }
        Ok(Command::Check(args)) => {
            terminal.format = args.format;
            check::check(&args, fs, terminal)
        }
        Ok(Command::Serve(args)) => serve::serve(&args, fs, terminal),
        Ok(Command::Import(args)) => import::import(&args, fs, terminal),
        Ok(Command::Explain(args)) => explain::explain(&args, terminal),
        Ok(Command::Init(args)) => init::init(&args, fs, terminal),
        Ok(Command::New(args)) => new::new(&args, fs, terminal),
        Ok(Command::Schema(args)) => {
            let lang = args.lang.or(terminal.locale).unwrap_or_default();
            terminal.out(&crate::schema::schema(args.of, lang));
            Outcome::Done
        }
        Ok(Command::Completions(args)) => manual::completions(&args, terminal),
        Ok(Command::Man(lang)) => manual::man(lang, terminal),
        Ok(Command::Print(text)) => {
            terminal.out(text.trim_end());
            Outcome::Done
        }
        Err(error) => {
            terminal.err(error.to_string().trim_end());
            Outcome::WrongUsage
        }
    }
}

/// The language of messages before the site's own is known.
fn early_lang(args: &RunArgs, terminal: &Terminal<'_>) -> Lang {
    args.lang.or(terminal.locale).unwrap_or_default()
}

/// The language of messages: the one asked for, else French where the site or the machine is French.
fn message_lang(args: &RunArgs, site: Lang, terminal: &Terminal<'_>) -> Lang {
    named_lang(args, terminal).unwrap_or(site)
}

/// The language of messages as far as it does not depend on the site.
fn named_lang(args: &RunArgs, terminal: &Terminal<'_>) -> Option<Lang> {
    args.lang.or(terminal.locale.filter(|locale| *locale == Lang::French))
}

/// The one moment at which the clock is asked which day it is: in Paris, wherever the machine stands.
fn today() -> Date {
    let now = jiff::Timestamp::now();
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    now.to_zoned(paris).date()
}

/// What a run is asked for. Rules for content count as `full`, unless they were left out on the command line.
fn run_options(args: &RunArgs, full: RuleLevel, history: Arc<History>) -> RunOptions {
    RunOptions {
        today: args.date.unwrap_or_else(today),
        drafts: args.drafts,
        strict: args.strict,
        search: args.search,
        rules: if args.rules { full } else { RuleLevel::Off },
        base_url: args.base_url.clone(),
        sheets: args.format == Format::Json,
        report: args.format == Format::Html,
        since: None,
        history,
    }
}

/// Whether the site's folder is one; if not, it is said.
fn has_root(project: &Project, lang: Lang, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> bool {
    let root = fs.canonicalise(&project.root).ok().and_then(|root| fs.metadata(&root).ok().flatten());
    let is_folder = root.is_some_and(|metadata| metadata.kind == Kind::Folder);
    if !is_folder {
        terminal.failure(lang, "no-root", &[("path", project.root.display().to_string())]);
    }
    is_folder
}
