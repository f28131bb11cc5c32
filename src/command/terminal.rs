//! [`Terminal`]: the two streams, and what the program knows of who reads them.

use std::io::{BufRead, Write};

use crate::cli::Format;
use crate::lang::Lang;
use crate::report::frame::FrameStyle;
use crate::report::json::JsonReport;
use crate::report::sarif::SarifLog;
use crate::texts::Texts;

/// Where the program speaks. What cannot be written (a closed pipe) is nobody's to read, and stops nothing.
pub struct Terminal<'a> {
    /// What was asked for: summary, JSON, help.
    pub stdout: &'a mut dyn Write,
    /// Everything else: diagnostics, progress, failures.
    pub stderr: &'a mut dyn Write,
    /// Where questions are answered; none when nobody is there to be asked.
    pub answers: Option<&'a mut dyn BufRead>,
    /// The language of the machine, if it is one that we speak.
    pub locale: Option<Lang>,
    /// How diagnostics are drawn.
    pub style: FrameStyle,
    /// Whether somebody watches the error stream, who would like to see a bar grow.
    pub is_watched: bool,
    /// How the outcome is told; set by the command.
    pub format: Format,
}

impl Terminal<'_> {
    pub(super) fn out(&mut self, line: &str) {
        let _ = writeln!(self.stdout, "{line}");
    }

    pub(super) fn err(&mut self, line: &str) {
        let _ = writeln!(self.stderr, "{line}");
    }

    /// Tells why the machine or the words typed kept a command from being done.
    pub(super) fn failure(&mut self, lang: Lang, key: &str, parts: &[(&str, String)]) {
        let texts = Texts::of(lang);
        let (word, colon) = (texts.plain("severity", "error"), texts.plain("cli", "colon"));
        let sentence = texts.get("failure", key, parts);
        self.err(&format!("{word}{colon}{sentence}"));
        // Whoever reads the report finds the reason in it, and no empty stream.
        match self.format {
            Format::Json => self.out(&JsonReport::of_failure(key, sentence).to_text()),
            Format::Sarif => self.out(&SarifLog::of_failure(key, sentence, texts).to_text()),
            Format::Human | Format::Html => {}
        }
    }
}
