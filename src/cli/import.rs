//! The words of `brochure import`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::{UsageError, flag, folder, value};
use crate::lang::Lang;
use crate::texts::Texts;

/// What `import` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportArgs {
    /// The site's folder.
    pub root: PathBuf,
    /// What is read; `-` is the standard input.
    pub files: Vec<PathBuf>,
    /// What columns and titles mean, beside what is guessed: title and key.
    pub map: Vec<(String, String)>,
    /// Nothing is written.
    pub dry_run: bool,
    /// The language of messages and keys, if named.
    pub lang: Option<Lang>,
}

pub(super) fn parser(texts: &Texts) -> clap::Command {
    let files = Arg::new("files")
        .value_name("FILE")
        .help(texts.plain("cli", "files"))
        .num_args(0..)
        .value_parser(value_parser!(PathBuf));
    let lang = value("lang", "fr|en", texts).value_parser(PossibleValuesParser::new(["fr", "en"]));
    clap::Command::new("import")
        .about(texts.plain("cli", "import"))
        .help_template(texts.plain("cli", "template-import"))
        .disable_help_flag(true)
        .arg(files)
        .arg(folder("root", texts).default_value(".").hide_default_value(true).display_order(1))
        .arg(value("map", "COLUMN=KEY", texts).action(ArgAction::Append).display_order(2))
        .arg(flag("dry-run", texts).display_order(3))
        .arg(lang.display_order(4))
}

pub(super) fn args(matches: &ArgMatches, texts: &'static Texts) -> Result<ImportArgs, UsageError> {
    let files: Vec<PathBuf> = matches.get_many("files").into_iter().flatten().cloned().collect();
    if files.is_empty() {
        return Err(UsageError::new(texts, "usage-no-file", &[]));
    }
    let pair = |typed: &String| {
        // A title may hold the sign itself; a key does not.
        let pair = typed.rsplit_once('=').map(|(label, key)| (label.trim().to_owned(), key.trim().to_owned()));
        pair.filter(|(label, key)| !label.is_empty() && !key.is_empty())
            .ok_or_else(|| UsageError::new(texts, "usage-map", &[("value", typed)]))
    };
    let map: Result<Vec<(String, String)>, UsageError> =
        matches.get_many::<String>("map").into_iter().flatten().map(pair).collect();
    Ok(ImportArgs {
        root: matches.get_one("root").cloned().unwrap_or_else(|| PathBuf::from(".")),
        files,
        map: map?,
        dry_run: matches.get_flag("dry-run"),
        lang: matches.get_one::<String>("lang").and_then(|lang| Lang::from_code(lang)),
    })
}
