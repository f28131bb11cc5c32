//! The commands that help to begin: `init`, `new`, `schema`, and those that help with the command line itself,
//! `completions` and `man`.

use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgMatches, value_parser};

use crate::lang::Lang;
use crate::schema::SchemaOf;
use crate::start::SheetKind;
use crate::texts::Texts;
use crate::value::Date;

use super::{Command, UsageError, date_of, folder, value};

/// What `init` is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitArgs {
    /// The folder that becomes a site.
    pub root: PathBuf,
    /// The name of the site.
    pub name: Option<String>,
    /// A region, as it was typed.
    pub region: Option<String>,
    /// The public address, as it was typed.
    pub address: Option<String>,
    /// "Today", when it is not the day of the clock.
    pub date: Option<Date>,
    /// The language of the site and of messages; that of the machine unless named.
    pub lang: Option<Lang>,
}

/// What `new` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArgs {
    /// The site's folder.
    pub root: PathBuf,
    /// What is begun.
    pub kind: SheetKind,
    /// Its title, as it was typed.
    pub title: String,
    /// "Today", when it is not the day of the clock.
    pub date: Option<Date>,
    /// The language of messages; that of the site or the machine unless named. The sheet is in that of the site.
    pub lang: Option<Lang>,
}

/// What `schema` is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaArgs {
    /// What is described.
    pub of: SchemaOf,
    /// The language of descriptions; that of the machine unless named.
    pub lang: Option<Lang>,
}

/// What `completions` is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompletionArgs {
    /// The shell.
    pub shell: Shell,
    /// The language of descriptions; that of the machine unless named.
    pub lang: Option<Lang>,
}

/// A shell that completes words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// Bash.
    Bash,
    /// Zsh, also of macOS.
    Zsh,
    /// Fish.
    Fish,
    /// PowerShell, of Windows.
    PowerShell,
}

impl Shell {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Bash, "bash"), (Self::Zsh, "zsh"), (Self::Fish, "fish"), (Self::PowerShell, "powershell")];
}

/// The parsers of these commands.
pub(super) fn parsers(texts: &Texts) -> [clap::Command; 5] {
    let one = |name: &'static str| {
        clap::Command::new(name)
            .about(texts.plain("cli", name))
            .disable_help_flag(true)
            .arg(lang(name, texts))
            .help_template(texts.plain("cli", "template-words"))
    };
    let init = one("init").args([
        word("dir", "DIR", texts).value_parser(value_parser!(PathBuf)).required(true),
        value("name", "NAME", texts).display_order(1),
        value("region", "REGION", texts).display_order(2),
        value("address", "URL", texts).display_order(3),
        value("date", "YYYY-MM-DD", texts).display_order(4),
    ]);
    let kinds = PossibleValuesParser::new([
        PossibleValue::new("module"),
        PossibleValue::new("news").aliases(["actualite", "actualité", "actualites", "actualités"]),
        PossibleValue::new("page"),
    ]);
    let new = one("new").args([
        word("kind", "module|news|page", texts).value_parser(kinds).required(true),
        // Several words are read as well, since people forget quotes.
        word("title", "TITLE", texts).num_args(1..).required(true),
        folder("root", texts).default_value(".").hide_default_value(true).display_order(1),
        value("date", "YYYY-MM-DD", texts).display_order(4),
    ]);
    let kinds = SchemaOf::ALL.map(SchemaOf::as_str);
    let schema = one("schema").arg(
        word("of", "OF", texts).value_parser(PossibleValuesParser::new(kinds)).default_value(SchemaOf::Module.as_str()),
    );
    let shells = PossibleValuesParser::new(Shell::ALL.map(|(_, name)| name));
    let completions = one("completions").arg(word("shell", "SHELL", texts).value_parser(shells).required(true));
    let man = one("man").help_template(texts.plain("cli", "template-one"));
    [init, new, schema, completions, man]
}

fn word(name: &'static str, shown: &'static str, texts: &Texts) -> Arg {
    Arg::new(name)
        .value_name(shown)
        .help(texts.plain("cli", name))
        .value_parser(NonEmptyStringValueParser::new())
        .hide_default_value(true)
        .hide_possible_values(true)
}

fn lang(command: &str, texts: &Texts) -> Arg {
    let help = match command {
        "init" => "lang-init",
        "new" => "lang",
        _ => "lang-descriptions",
    };
    value("lang", "fr|en", texts)
        .help(texts.plain("cli", help))
        .value_parser(PossibleValuesParser::new(["fr", "en"]))
        .display_order(9)
}

/// The typed command that the words after `name` make; nothing when it is none of these.
pub(super) fn command(name: &str, matches: &ArgMatches, texts: &'static Texts) -> Option<Result<Command, UsageError>> {
    let text = |name: &str| matches.try_get_one::<String>(name).ok().flatten().cloned();
    let lang = text("lang").and_then(|lang| Lang::from_code(&lang));
    let date = match date_of(matches, texts) {
        Ok(date) => date,
        Err(error) => return Some(Err(error)),
    };
    // The parser has asked for what is required, and for words of the lists.
    let one_of = |name: &str| text(name).unwrap_or_default();
    let folder = |name: &str| matches.try_get_one::<PathBuf>(name).ok().flatten().cloned().unwrap_or_default();
    Some(Ok(match name {
        "init" => Command::Init(InitArgs {
            root: folder("dir"),
            name: text("name"),
            region: text("region"),
            address: text("address"),
            date,
            lang,
        }),
        "new" => {
            let kind = one_of("kind");
            let kind = SheetKind::ALL.into_iter().find(|known| known.as_str() == kind).unwrap_or(match kind.as_str() {
                "page" => SheetKind::Page,
                _ => SheetKind::News,
            });
            let words: Vec<String> = matches.get_many::<String>("title").into_iter().flatten().cloned().collect();
            Command::New(NewArgs { root: folder("root"), kind, title: words.join(" "), date, lang })
        }
        "schema" => {
            let name = one_of("of");
            let of = SchemaOf::ALL.into_iter().find(|of| of.as_str() == name).unwrap_or(SchemaOf::Module);
            Command::Schema(SchemaArgs { of, lang })
        }
        "completions" => {
            let name = one_of("shell");
            let shell =
                Shell::ALL.into_iter().find(|(_, known)| *known == name).map_or(Shell::Bash, |(shell, _)| shell);
            Command::Completions(CompletionArgs { shell, lang })
        }
        "man" => Command::Man(lang),
        _ => return None,
    }))
}
