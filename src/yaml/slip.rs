//! Why a text is no YAML, in the author's words: [`explain`] names the common slips and points at them.
//!
//! The parsers say where they stopped, which is often a line below the slip, in words about their own making. What
//! they say is shown only where nothing better is known.

mod find;
mod mend;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::ContentPath;

use super::places;

use find::{Stop, character_at};
use mend::{with_hyphen, with_mended_quotes, with_quoted_value, with_space_behind};

/// A slip: which sentences tell it, and where it is.
#[derive(Debug)]
pub(super) struct Slip {
    message: &'static str,
    help: &'static str,
    span: Range<usize>,
    args: Vec<(&'static str, String)>,
}

impl Slip {
    fn new(message: &'static str, help: &'static str, span: Range<usize>) -> Self {
        Self { message, help, span, args: Vec::new() }
    }

    fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The slip as a diagnostic about a text that stands at byte `offset` of `file`.
    pub(super) fn diagnostic(self, file: &ContentPath, offset: usize) -> Diagnostic {
        let place = Place::Span(offset + self.span.start..offset + self.span.end);
        let diagnostic = Diagnostic::new(Code::YamlSyntax, file, place).message(self.message).help(self.help);
        self.args.into_iter().fold(diagnostic, |diagnostic, (name, value)| diagnostic.arg(name, value))
    }
}

/// Values that stand for others, which stand for others: a few lines that would fill the memory.
pub(super) fn of_aliases(text: &str) -> Slip {
    Slip::new("message-aliases", "help-aliases", places::first_alias(text).unwrap_or(0..0))
}

/// Lists in lists beyond all need.
pub(super) fn of_depth(text: &str, at: usize) -> Slip {
    Slip::new("message-depth", "help-depth", character_at(text, at))
}

/// More text than front matter can be.
pub(super) fn of_length(text: &str, longest: usize) -> Slip {
    let span = character_at(text, 0).start..text.len().min(3);
    Slip::new("message-length", "help-length", span).arg("megabytes", (longest >> 20).to_string())
}

/// Names the slip where it is one of the common ones, and points at it. `at` is where a parser stopped, and why.
pub(super) fn explain(text: &str, at: usize, reason: String) -> Slip {
    let stop = Stop { text, at: character_at(text, at).start };
    let slip = |message, help| move |at: usize| Slip::new(message, help, character_at(text, at));
    let whole = |message, help| move |span: Range<usize>| Slip::new(message, help, span);
    // The line as it should be, where it can be shown; an example where it cannot.
    let shown = |message, help, otherwise, mend: fn(&str, usize) -> Option<String>| {
        move |at: usize| {
            let line = mend(text, at);
            let help = if line.is_some() { help } else { otherwise };
            Slip::new(message, help, character_at(text, at)).arg("rewritten", line.unwrap_or_default())
        }
    };
    let quote = shown("message-quote", "help-quote", "help-quote-long", with_mended_quotes);
    let escape = shown("message-escape", "help-quote", "help-escape-long", with_mended_quotes);
    let colon = shown("message-colon", "help-colon", "help-colon-long", with_quoted_value);
    let space = shown("message-space", "help-space", "help-space-long", with_space_behind);
    let dash = shown("message-dash", "help-dash", "help-dash-long", with_space_behind);
    let bullet = shown("message-bullet", "help-bullet", "help-dash-long", with_hyphen);
    let sign = |at: usize| {
        let sign = text[character_at(text, at)].to_owned();
        shown("message-sign", "help-sign", "help-sign-long", with_quoted_value)(at).arg("sign", sign)
    };
    let is_about = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    None.or_else(|| find::control_character(text).map(slip("message-control", "help-control")))
        .or_else(|| find::tab_in_indentation(text, stop.at).map(slip("message-tab", "help-tab")))
        .or_else(|| find::no_break_in_indentation(&stop).map(slip("message-no-break", "help-no-break")))
        .or_else(|| find::marker_with_words(&stop).map(whole("message-dashes", "help-dashes")))
        .or_else(|| find::cutting_sign(&stop).map(slip("message-cut", "help-cut")))
        .or_else(|| stop.on_line(find::opening_quote).filter(|_| is_about(&["escape"])).map(escape))
        .or_else(|| find::unclosed_quote(text).or_else(|| stop.on_line(find::inner_quote)).map(quote))
        .or_else(|| find::unclosed_bracket(&stop).map(slip("message-bracket", "help-bracket")))
        .or_else(|| stop.on_line(find::second_colon).map(colon))
        .or_else(|| stop.on_either(find::bullet).map(bullet))
        .or_else(|| stop.on_line(find::inline_item).map(slip("message-inline-item", "help-inline-item")))
        .or_else(|| stop.on_line(find::leading_sign).map(sign))
        .or_else(|| stop.on_either(find::missing_space).map(space))
        .or_else(|| stop.on_either(find::joined_dash).map(dash))
        .or_else(|| find::wrong_indentation(&stop).map(slip("message-indentation", "help-indentation")))
        .or_else(|| find::line_without_key(&stop).map(whole("message-no-key", "help-no-key")))
        .or_else(|| find::stray_item(&stop).filter(|_| is_about(&["block"])).map(slip("message-item", "help-item")))
        .or_else(|| stop.on_line(find::closing_bracket).map(slip("message-closing", "help-closing")))
        .unwrap_or_else(|| Slip::new("message", "help", character_at(text, stop.at)).arg("reason", reason))
}
