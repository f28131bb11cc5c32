//! `brochure explain CODE`: more about a message: why it is given, and an example to copy. Without a code, all of them.

use crate::cli::ExplainArgs;
use crate::diagnostic::{Code, Severity};
use crate::fold::{fold, nearest};
use crate::lang::Lang;
use crate::texts::Texts;

use super::Outcome;
use super::terminal::Terminal;

/// What opens a file in an example.
const FILE_MARK: &str = ">>> ";

pub(super) fn explain(args: &ExplainArgs, terminal: &mut Terminal<'_>) -> Outcome {
    let lang = args.lang.or(terminal.locale).unwrap_or_default();
    let texts = Texts::of(lang);
    let Some(typed) = &args.code else {
        terminal.out(&list(texts));
        return Outcome::Done;
    };
    match code_of(typed) {
        Some(code) => {
            let width = terminal.style.width.clamp(40, 100);
            terminal.out(&page(code, texts, width));
            Outcome::Done
        }
        None => {
            refuse(typed, lang, terminal);
            Outcome::WrongUsage
        }
    }
}

/// The code that somebody typed, in whatever form a message or a memory gave it: `dead-link`, `[dead-link]`,
/// `error[dead-link]`, `Dead link`, « Lien mort ».
fn code_of(typed: &str) -> Option<Code> {
    let within = typed.split_once('[').map_or(typed, |(_, rest)| rest.split(']').next().unwrap_or(rest));
    let wanted = joined(within);
    Code::all().find(|code| names(*code).any(|name| joined(name) == wanted))
}

fn joined(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// What a code is called: itself, and its title in each language.
fn names(code: Code) -> impl Iterator<Item = &'static str> {
    let titles = [Lang::French, Lang::English].map(|lang| Texts::of(lang).find(code.as_str(), "title").unwrap_or(""));
    std::iter::once(code.as_str()).chain(titles)
}

fn refuse(typed: &str, lang: Lang, terminal: &mut Terminal<'_>) {
    let texts = Texts::of(lang);
    let near = nearest(typed, Code::all().flat_map(names)).and_then(code_of);
    let key = if near.is_some() { "unknown-near" } else { "unknown" };
    let parts = [("code", typed), ("near", near.map_or("", Code::as_str))];
    let (word, colon) = (texts.plain("severity", "error"), texts.plain("cli", "colon"));
    terminal.err(&format!("{word}{colon}{}", texts.get("explain", key, &parts)));
    terminal.err(&texts.plain("explain", "all"));
}

/// All codes with their titles.
fn list(texts: &Texts) -> String {
    let longest = Code::all().map(|code| code.as_str().len()).max().unwrap_or_default();
    let lines = Code::all().map(|code| {
        let title = texts.plain(code.as_str(), "title");
        format!("  {:longest$}  {title}\n", code.as_str())
    });
    let lines: String = lines.collect();
    format!("{}\n\n{lines}\n{}", texts.plain("explain", "heading"), texts.plain("explain", "how"))
}

/// Everything about one code.
fn page(code: Code, texts: &Texts, width: usize) -> String {
    let table = format!("explain-{code}");
    let severity = texts.plain("severity", code.severity().as_str());
    let mut page = format!("{code} — {} ({severity})\n", texts.plain(code.as_str(), "title"));
    let mut paragraph = |text: &str| {
        page.push('\n');
        page.push_str(&wrapped(text, width));
    };
    paragraph(&texts.plain(&table, "why"));
    let lowered = if code.severity() == Severity::Error { "warning" } else { "info" };
    let parts = [("code", code.as_str()), ("severity", lowered)];
    paragraph(&texts.get("explain", if code.is_drawable() { "severity" } else { "severity-fixed" }, &parts));
    for (key, heading) in [("wrong", "wrong"), ("right", "right")] {
        if let Some(example) = texts.find(&table, key) {
            page.push_str(&format!("\n{}\n{}", texts.plain("explain", heading), shown(example)));
        }
    }
    page.trim_end().to_owned()
}

/// An example as it is shown: the name of each file, set in, and its lines as they are, ready to be copied.
fn shown(example: &str) -> String {
    let mut shown = String::new();
    for line in example.lines() {
        match line.strip_prefix(FILE_MARK) {
            Some(path) => shown.push_str(&format!("\n  {path}\n\n")),
            None => shown.push_str(&format!("{line}\n")),
        }
    }
    shown
}

/// A text in lines of at most `width` columns; a word that is longer has a line of its own.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut column = 0;
    // A no-break space holds two words together.
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            lines.push('\n');
            column = 0;
        } else if column > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_written() {
        let ways = ["dead-link", "Dead Link", "dead_link", "deadlink", "[dead-link]", "erreur[dead-link]", "lien mort"];
        for typed in ways {
            assert_eq!(code_of(typed), Some(Code::DeadLink), "{typed}");
        }
        assert_eq!(code_of("dead"), None);
        assert_eq!(code_of(""), None);
    }

    #[test]
    fn lines_are_as_long_as_asked() {
        let text = "un deux\u{A0}trois quatre anticonstitutionnellement cinq";
        assert_eq!(wrapped(text, 12), "un\ndeux\u{A0}trois\nquatre\nanticonstitutionnellement\ncinq\n");
    }
}
