//! What is wrong, where, and what to do about it: plain data, in no language and no colour.
//!
//! A [`Diagnostic`] names its [`Code`] and carries the values of the sentence (`args`); the
//! sentences themselves are data, in `fr.toml` and `en.toml`. Its labels hold a [`Place`]: a
//! span in the file where the span is known, a path in the front matter where it is not. A place
//! is looked up only when there is something to say about it.

mod code;
mod rule;

use std::ops::Range;
use std::sync::Arc;

use crate::content_path::ContentPath;

pub use code::{Code, Severity};
pub use rule::{Rule, Scope, Source};

/// A value, and what was found while making it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked<T> {
    /// What could be made of the input.
    pub value: T,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// A value with what was found.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Hands over the value; its diagnostics go to `collected`.
    pub fn take(self, collected: &mut Vec<Diagnostic>) -> T {
        collected.extend(self.diagnostics);
        self.value
    }

    /// The same diagnostics about another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: f(self.value), diagnostics: self.diagnostics }
    }
}

/// One thing that the author should know.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How grave it is; settings may change it for some codes.
    pub severity: Severity,
    /// Which of the code's sentences says what is wrong.
    pub message: &'static str,
    /// Which of the code's sentences says what to do.
    pub help: &'static str,
    /// The values that stand in the sentences, by the name they have there.
    pub args: Vec<(&'static str, String)>,
    /// Where the author must act.
    pub primary: Label,
    /// Other places that explain it, such as the first of two equal keys.
    pub secondary: Vec<Label>,
}

/// A place in a file, with the name of the few words that stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Which file.
    pub file: ContentPath,
    /// Where in it.
    pub place: Place,
    /// Which of the code's sentences stands at the caret, if any.
    pub text: Option<&'static str>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole: nothing in it can be pointed at.
    File,
    /// The opening `---`: what is missing stands there.
    Start,
    /// Bytes in the whole file, front matter included.
    Span(Range<usize>),
    /// A value or key of the front matter, found again by its path.
    Yaml(YamlPath, Part),
    /// The same, found by what keys mean, however the author spells them. Where it leads to nothing, what stands
    /// nearest on the way is meant, and else the opening `---`.
    Field(FieldPath, Part),
}

/// The way to a value by what its keys mean.
pub type FieldPath = Vec<FieldStep>;

/// One step of a [`FieldPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldStep {
    /// The entry of a map whose key is one of these.
    Key {
        /// The English spelling.
        en: &'static str,
        /// The French spelling.
        fr: &'static str,
        /// Other spellings.
        also: &'static [&'static str],
    },
    /// An item of a list, from 0; a value that stands alone is its only item.
    Item(usize),
}

impl Place {
    /// The key at which it is, when that is one of the whole front matter.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Yaml(path, _) => match path.steps()[..] {
                [Step::Key(key, _)] => Some(key),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Which part of an entry of the front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key.
    Key,
    /// What stands behind it.
    Value,
}

/// The way to a value in a YAML file, with keys as the author spells them. The empty way leads to the whole of it.
///
/// Ways that begin alike share their beginning: a catalogue holds one for each value that may yet be spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YamlPath(Option<Arc<PathEnd>>);

#[derive(Debug, PartialEq, Eq)]
struct PathEnd {
    above: YamlPath,
    step: Step,
}

/// One step of a [`YamlPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The `n`th entry (from 0) of a map that has this key: more than one when a key is given twice.
    Key(String, usize),
    /// An item of a list, from 0.
    Item(usize),
}

impl YamlPath {
    /// The path one step further.
    pub fn with(&self, step: Step) -> Self {
        Self(Some(Arc::new(PathEnd { above: self.clone(), step })))
    }

    /// The steps, the first one first.
    pub fn steps(&self) -> Vec<&Step> {
        let ends = std::iter::successors(self.0.as_deref(), |end| end.above.0.as_deref());
        let mut steps: Vec<&Step> = ends.map(|end| &end.step).collect();
        steps.reverse();
        steps
    }
}

impl FromIterator<Step> for YamlPath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        steps.into_iter().fold(Self::default(), |path, step| path.with(step))
    }
}

/// A value with the place where the author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Placed<T> {
    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Placed<U> {
        Placed { value: f(self.value), place: self.place }
    }
}

impl Label {
    /// A label without words.
    pub fn new(file: &ContentPath, place: Place) -> Self {
        Self { file: file.clone(), place, text: None }
    }

    /// The same place with words at the caret.
    pub fn with_text(mut self, text: &'static str) -> Self {
        self.text = Some(text);
        self
    }
}

impl Diagnostic {
    /// A diagnostic of `code` at a place, with the code's own severity and first sentences.
    pub fn new(code: Code, file: &ContentPath, place: Place) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: "message",
            help: "help",
            args: Vec::new(),
            primary: Label::new(file, place),
            secondary: Vec::new(),
        }
    }

    /// Adds a value that the sentences name.
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Takes another of the code's sentences to say what is wrong.
    pub fn message(mut self, key: &'static str) -> Self {
        self.message = key;
        self
    }

    /// Takes another of the code's sentences to say what to do.
    pub fn help(mut self, key: &'static str) -> Self {
        self.help = key;
        self
    }

    /// Proposes the nearest known name, where there is one: the sentence `help-near` with `{near}`.
    pub fn near(self, nearest: Option<impl Into<String>>) -> Self {
        match nearest {
            Some(nearest) => self.help("help-near").arg("near", nearest),
            None => self,
        }
    }

    /// Shows another place as well.
    pub fn also(mut self, file: &ContentPath, place: Place, text: &'static str) -> Self {
        self.secondary.push(Label::new(file, place).with_text(text));
        self
    }

    /// With another severity than the code's own.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
