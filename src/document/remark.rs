//! What a text shows of itself to the rules: [`Remark`]s and [`Mention`]s, noted while it is read.
//!
//! Whether a rule holds for the document at all is not known here; that is for [`crate::rules`].

use std::ops::Range;

use crate::diagnostic::Rule;

/// A place in a text that breaks a rule, as far as the text alone can tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The rule.
    pub rule: Rule,
    /// Where, in bytes of the whole file.
    pub span: Range<usize>,
    /// Which of the rule's sentences says what is wrong.
    pub message: &'static str,
    /// Which of the rule's sentences says what to do.
    pub help: &'static str,
    /// The values that stand in the sentences.
    pub args: Vec<(&'static str, String)>,
}

/// A fact that the prose states, and that the front matter may state otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// What it is about.
    pub kind: MentionKind,
    /// The words, as written.
    pub text: String,
    /// Where, in bytes of the whole file.
    pub span: Range<usize>,
}

/// What a fact in the prose is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    /// How long the module lasts.
    Duration,
    /// What it costs.
    Price,
}

impl Remark {
    /// A remark with the rule's first sentences.
    pub fn new(rule: Rule, span: Range<usize>) -> Self {
        Self { rule, span, message: "message", help: "help", args: Vec::new() }
    }

    /// Adds a value that the sentences name.
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Takes other sentences of the rule.
    pub fn told(mut self, message: &'static str, help: &'static str) -> Self {
        (self.message, self.help) = (message, help);
        self
    }
}
