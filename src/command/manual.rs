//! `brochure completions` and `brochure man`: the command line told to shells and to readers of manuals.

use std::io::{self, Write};

use clap_complete::aot;
use clap_mangen::Man;

use crate::cli::{CompletionArgs, Shell, parser_in};
use crate::lang::Lang;
use crate::texts::Texts;

use super::Outcome;
use super::terminal::Terminal;

pub(super) fn completions(args: &CompletionArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let shell = match args.shell {
        Shell::Bash => aot::Shell::Bash,
        Shell::Zsh => aot::Shell::Zsh,
        Shell::Fish => aot::Shell::Fish,
        Shell::PowerShell => aot::Shell::PowerShell,
    };
    let mut parser = parser_in(args.lang.or(terminal.locale).unwrap_or_default());
    let mut script = Vec::new();
    aot::generate(shell, &mut parser, "brochure", &mut script);
    print(&script, terminal)
}

pub(super) fn man(lang: Option<Lang>, terminal: &mut Terminal<'_>) -> Outcome {
    let lang = lang.or(terminal.locale).unwrap_or_default();
    let mut page = Vec::new();
    // Writing into memory does not fail.
    let _ = write_page(&mut page, Texts::of(lang));
    print(&page, terminal)
}

fn print(bytes: &[u8], terminal: &mut Terminal<'_>) -> Outcome {
    let _ = terminal.stdout.write_all(bytes);
    Outcome::Done
}

/// One page for the program and all its commands.
fn write_page(page: &mut Vec<u8>, texts: &Texts) -> io::Result<()> {
    let mut parser = parser_in(texts.lang());
    parser.build();
    let man =
        Man::new(parser.clone()).manual(texts.plain("man", "manual")).source(parser.render_version().trim().to_owned());
    man.render_title(page)?;
    for (heading, render) in HEAD {
        titled(page, (".SH", &texts.plain("man", heading)), |section| render(&man, section))?;
    }
    for command in parser.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("{} {}", parser.get_name(), command.get_name());
        writeln!(page, ".SH {}", name.to_uppercase())?;
        writeln!(page, "{}", escaped(&command.get_about().map(ToString::to_string).unwrap_or_default()))?;
        let man = Man::new(command.clone());
        for (heading, render) in BODY {
            titled(page, (".SS", &texts.plain("man", heading)), |section| render(&man, section))?;
        }
        let example = texts.plain("cli", &format!("example-{}", command.get_name()));
        writeln!(page, ".SS {}\n{}", texts.plain("man", "example"), escaped(&example))?;
    }
    Ok(())
}

type Render = fn(&Man, &mut dyn Write) -> io::Result<()>;

/// What stands before the commands, by the key of its heading.
const HEAD: [(&str, Render); 4] = [
    ("name", |man, page| man.render_name_section(page)),
    ("synopsis", |man, page| man.render_synopsis_section(page)),
    ("description", |man, page| man.render_description_section(page)),
    ("options", |man, page| man.render_options_section(page)),
];

/// What stands below each command.
const BODY: [(&str, Render); 2] = [
    ("synopsis", |man, page| man.render_synopsis_section(page)),
    ("options", |man, page| man.render_options_section(page)),
];

/// A section under our own heading: the generator knows English ones only.
fn titled(
    page: &mut Vec<u8>,
    (mark, heading): (&str, &str),
    render: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut section = Vec::new();
    render(&mut section)?;
    for line in String::from_utf8_lossy(&section).lines() {
        match line.strip_prefix(".SH ") {
            Some(_) => writeln!(page, "{mark} {heading}")?,
            None => writeln!(page, "{line}")?,
        }
    }
    Ok(())
}

/// A text as a line of the manual's language: a dot or an apostrophe at its beginning would be an order.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
