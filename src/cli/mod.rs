//! What can be typed, and the typed [`Command`] that it means. Nothing later sees the raw words.
//!
//! Help and usage errors are in French or English: the texts are data, as everywhere.

mod import;
mod start;
mod usage;

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::config::BaseUrl;
use crate::lang::Lang;
use crate::serve::Gate;
use crate::texts::Texts;
use crate::value::Date;

pub use import::ImportArgs;
pub use start::{CompletionArgs, InitArgs, NewArgs, SchemaArgs, Shell};
pub use usage::UsageError;

/// Where a preview listens unless told otherwise: on this machine alone.
const LOOPBACK: &str = "127.0.0.1";
const PORT: &str = "4000";

/// What the program is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Make the site and publish it.
    Build(BuildArgs),
    /// Make the site, say what was found, write nothing.
    Check(RunArgs),
    /// Show the site to browsers.
    Serve(ServeArgs),
    /// Make sheets of what somebody has.
    Import(ImportArgs),
    /// Say more about a message.
    Explain(ExplainArgs),
    /// Make the folder of a new site.
    Init(InitArgs),
    /// Begin a sheet.
    New(NewArgs),
    /// Print what may stand in front matter or settings.
    Schema(SchemaArgs),
    /// Print what a shell needs to complete words.
    Completions(CompletionArgs),
    /// Print the manual page, in the language asked for.
    Man(Option<Lang>),
    /// Print a text (help or version) and stop.
    Print(String),
}

/// What `build` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildArgs {
    /// What every run is asked for.
    pub run: RunArgs,
    /// Where to publish; the site's own `public/` unless named.
    pub output: Option<PathBuf>,
    /// The manifest of the site that this one is compared with; that of the output folder unless named.
    pub since: Option<PathBuf>,
}

/// What every run is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunArgs {
    /// The site's folder.
    pub root: PathBuf,
    /// In place of the settings' own.
    pub base_url: Option<BaseUrl>,
    /// "Today", when it is not the day of the clock.
    pub date: Option<Date>,
    /// Drafts are shown.
    pub drafts: bool,
    /// The words of the site can be searched for.
    pub search: bool,
    /// The rules for content are looked at.
    pub rules: bool,
    /// Warnings count as errors.
    pub strict: bool,
    /// How the outcome is told.
    pub format: Format,
    /// The language of messages; that of the site or the machine unless named.
    pub lang: Option<Lang>,
    /// How much is told.
    pub verbosity: Verbosity,
}

/// What `serve` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeArgs {
    /// What every run is asked for.
    pub run: RunArgs,
    /// Follow the files.
    pub watch: bool,
    /// Where to listen.
    pub gate: Gate,
    /// Open the browser.
    pub open: bool,
}

/// What `explain` is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExplainArgs {
    /// The code, as it was typed; none for a list of all.
    pub code: Option<String>,
    /// The language of the answer; that of the machine unless named.
    pub lang: Option<Lang>,
}

/// How the outcome is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object on standard output.
    Json,
    /// One SARIF log on standard output, for forges and editors.
    Sarif,
    /// One page of HTML on standard output, to be read and printed.
    Html,
}

/// The names of the forms of an outcome; a build has the first two.
const FORMATS: [(&str, Format); 4] =
    [("human", Format::Human), ("json", Format::Json), ("sarif", Format::Sarif), ("html", Format::Html)];

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Errors and warnings only.
    Quiet,
    /// And a summary.
    Normal,
    /// And the time of each stage.
    Verbose,
}

/// Reads the command line. `locale` is the language of the machine, if it is one that we speak: help and usage
/// errors are in it, unless `--lang` names another.
///
/// # Errors
/// When the words make no command.
pub fn parse(words: impl IntoIterator<Item = OsString>, locale: Option<Lang>) -> Result<Command, UsageError> {
    let words: Vec<OsString> = words.into_iter().collect();
    let texts = Texts::of(named_lang(&words).or(locale).unwrap_or_default());
    let mut parser = parser(texts);
    match parser.try_get_matches_from_mut(words) {
        Ok(matches) => command(&matches, texts),
        Err(error) => usage::stop(&error, &mut parser, texts),
    }
}

/// The language that the words ask for, found before they are read, since what is wrong with them is told in it.
fn named_lang(words: &[OsString]) -> Option<Lang> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            Some("") => return Lang::from_code(words.next()?),
            Some(rest) => return Lang::from_code(rest.strip_prefix('=')?),
            None => {}
        }
    }
    None
}

/// The parser of the whole command line, with its help in `lang`: what completions and the manual are made from.
pub(crate) fn parser_in(lang: Lang) -> clap::Command {
    parser(Texts::of(lang))
}

fn parser(texts: &Texts) -> clap::Command {
    let build = with_run_args(clap::Command::new("build").about(texts.plain("cli", "build")), texts)
        .arg(folder("output", texts).display_order(2))
        .arg(folder("since", texts).value_name("MANIFEST").display_order(2));
    let check = with_run_args(clap::Command::new("check").about(texts.plain("cli", "check")), texts)
        .mut_arg("format", |arg| format_arg(arg, texts.plain("cli", "format-check"), "human|json|sarif|html", 4));
    let serve = serve_parser(texts);
    // Several words are read as well, since people type titles.
    let code = Arg::new("code").value_name("CODE").help(texts.plain("cli", "code")).num_args(0..);
    let lang = value("lang", "fr|en", texts).value_parser(PossibleValuesParser::new(["fr", "en"]));
    let explain = clap::Command::new("explain")
        .about(texts.plain("cli", "explain"))
        .help_template(texts.plain("cli", "template-explain"))
        .disable_help_flag(true)
        .args([code, lang.display_order(8)]);
    clap::Command::new("brochure")
        .about(texts.plain("cli", "about"))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(texts.plain("cli", "template-all"))
        .subcommand_value_name("COMMAND")
        .arg(help_flag(texts).global(true))
        .arg(flag("version", texts).short('V').action(ArgAction::Version))
        .subcommands(
            [build, serve, check, import::parser(texts), explain].into_iter().chain(start::parsers(texts)).map(
                |command| {
                    let example = texts.plain("cli", &format!("example-{}", command.get_name()));
                    command.after_help(texts.get("cli", "example", &[("command", example)]))
                },
            ),
        )
}

fn serve_parser(texts: &Texts) -> clap::Command {
    let host = value("host", "IP", texts).default_value(LOOPBACK);
    let port = value("port", "N", texts).default_value(PORT);
    with_common_args(clap::Command::new("serve").about(texts.plain("cli", "serve")), texts)
        .arg(flag("watch", texts).short('w').display_order(11))
        .arg(flag("open", texts).short('o').display_order(12))
        .arg(port.short('p').display_order(13))
        .arg(host.display_order(14))
}

fn with_run_args(command: clap::Command, texts: &Texts) -> clap::Command {
    let format = value("format", "", texts).default_value("human").display_order(8);
    with_common_args(command, texts).arg(flag("strict", texts).display_order(7)).arg(format_arg(
        format,
        texts.plain("cli", "format"),
        "human|json",
        2,
    ))
}

/// The option `--format` with the first `n` of the forms.
fn format_arg(arg: Arg, help: String, shown: &'static str, n: usize) -> Arg {
    let names = FORMATS.iter().take(n).map(|(name, _)| *name);
    arg.help(help).value_name(shown).value_parser(PossibleValuesParser::new(names))
}

fn with_common_args(command: clap::Command, texts: &Texts) -> clap::Command {
    let lang = PossibleValuesParser::new(["fr", "en"]);
    command
        .help_template(texts.plain("cli", "template-one"))
        .disable_help_flag(true)
        .arg(folder("root", texts).default_value(".").hide_default_value(true).display_order(1))
        .arg(value("base-url", "URL", texts).display_order(3))
        .arg(value("date", "YYYY-MM-DD", texts).display_order(4))
        .arg(flag("drafts", texts).display_order(5))
        .arg(flag("no-search", texts).display_order(6))
        .arg(flag("no-rules", texts).display_order(6))
        .arg(value("lang", "fr|en", texts).value_parser(lang).display_order(9))
        .arg(flag("quiet", texts).short('q').conflicts_with("verbose").display_order(10))
        .arg(flag("verbose", texts).short('v').display_order(11))
}

fn help_flag(texts: &Texts) -> Arg {
    flag("help", texts).short('h').action(ArgAction::Help).display_order(99)
}

fn flag(name: &'static str, texts: &Texts) -> Arg {
    Arg::new(name).long(name).help(texts.plain("cli", name)).action(ArgAction::SetTrue)
}

fn value(name: &'static str, shown: &'static str, texts: &Texts) -> Arg {
    let parser: ValueParser = NonEmptyStringValueParser::new().map(|text: String| text).into();
    let arg = flag(name, texts).action(ArgAction::Set).value_name(shown).value_parser(parser);
    arg.hide_default_value(true).hide_possible_values(true)
}

fn folder(name: &'static str, texts: &Texts) -> Arg {
    flag(name, texts).action(ArgAction::Set).value_name("DIR").value_parser(value_parser!(PathBuf))
}

fn command(matches: &ArgMatches, texts: &'static Texts) -> Result<Command, UsageError> {
    match matches.subcommand() {
        Some(("build", matches)) => {
            let output = matches.get_one("output").cloned();
            let since = matches.get_one("since").cloned();
            Ok(Command::Build(BuildArgs { run: run_args(matches, texts)?, output, since }))
        }
        Some(("serve", matches)) => serve_args(matches, texts).map(Command::Serve),
        Some(("import", matches)) => import::args(matches, texts).map(Command::Import),
        Some(("explain", matches)) => {
            let words: Vec<&str> =
                matches.get_many::<String>("code").into_iter().flatten().map(String::as_str).collect();
            let lang = matches.get_one::<String>("lang").and_then(|lang| Lang::from_code(lang));
            Ok(Command::Explain(ExplainArgs { code: (!words.is_empty()).then(|| words.join(" ")), lang }))
        }
        Some(("check", matches)) => Ok(Command::Check(run_args(matches, texts)?)),
        Some((name, matches)) => start::command(name, matches, texts).unwrap_or_else(|| none(texts)),
        None => none(texts),
    }
}

/// The parser asks for a command, so this is never said.
fn none(texts: &Texts) -> Result<Command, UsageError> {
    Err(UsageError::new(texts, "usage-no-command", &[]))
}

fn serve_args(matches: &ArgMatches, texts: &'static Texts) -> Result<ServeArgs, UsageError> {
    fn read<T: FromStr>(matches: &ArgMatches, name: &str, key: &str, texts: &Texts) -> Result<T, UsageError> {
        let value = matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
        value.parse().map_err(|_| UsageError::new(texts, key, &[("value", value)]))
    }
    let host = match matches.get_one::<String>("host").map(String::as_str) {
        Some("localhost") => IpAddr::from([127, 0, 0, 1]),
        _ => read(matches, "host", "usage-host", texts)?,
    };
    let gate = Gate { host, port: read(matches, "port", "usage-port", texts)? };
    let run = run_args(matches, texts)?;
    Ok(ServeArgs { run, watch: matches.get_flag("watch"), gate, open: matches.get_flag("open") })
}

fn run_args(matches: &ArgMatches, texts: &'static Texts) -> Result<RunArgs, UsageError> {
    // Some commands have no such argument.
    let text = |name: &str| matches.try_get_one::<String>(name).ok().flatten().map(String::as_str);
    let is_set = |name: &str| matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or_default();
    let wrong = |key: &str, value: &str| UsageError::new(texts, key, &[("value", value)]);
    let base_url = text("base-url").map(|url| BaseUrl::parse(url).ok_or_else(|| wrong("usage-base-url", url)));
    Ok(RunArgs {
        root: matches.get_one("root").cloned().unwrap_or_else(|| PathBuf::from(".")),
        base_url: base_url.transpose()?,
        date: date_of(matches, texts)?,
        drafts: is_set("drafts"),
        search: !is_set("no-search"),
        rules: !is_set("no-rules"),
        strict: is_set("strict"),
        format: FORMATS.iter().find(|(name, _)| text("format") == Some(name)).map_or(Format::Human, |(_, form)| *form),
        lang: text("lang").and_then(Lang::from_code),
        verbosity: match (is_set("quiet"), is_set("verbose")) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        },
    })
}

/// The day that is named as today.
fn date_of(matches: &ArgMatches, texts: &'static Texts) -> Result<Option<Date>, UsageError> {
    let text = matches.try_get_one::<String>("date").ok().flatten();
    let date = text.map(|date| date.parse().map_err(|_| UsageError::new(texts, "usage-date", &[("value", date)])));
    date.transpose()
}

#[cfg(test)]
mod tests;
