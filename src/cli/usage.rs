//! What is said when the typed words make no command.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::texts::Texts;

use super::Command;

/// Words that make no command, told in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}\n{hint}")]
pub struct UsageError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl UsageError {
    pub(super) fn new(texts: &Texts, key: &str, parts: &[(&str, &str)]) -> Self {
        let word = texts.plain("severity", "error");
        let message = format!("{word}{}{}", texts.plain("cli", "colon"), texts.get("cli", key, parts));
        Self { message, hint: texts.plain("cli", "usage-hint") }
    }
}

/// What the parser's refusal means: help and version are refusals as well.
pub(super) fn stop(error: &clap::Error, parser: &mut clap::Command, texts: &Texts) -> Result<Command, UsageError> {
    let said = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let key = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return Ok(Command::Print(error.to_string())),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            return Err(UsageError { message: parser.render_help().to_string(), hint: String::new() });
        }
        ErrorKind::InvalidSubcommand => {
            let near = said(ContextKind::SuggestedSubcommand);
            let key = if near.is_empty() { "usage-command" } else { "usage-command-near" };
            let parts = [("value", said(ContextKind::InvalidSubcommand)), ("near", near)];
            return Err(told(texts, key, &parts));
        }
        ErrorKind::UnknownArgument => {
            let near = said(ContextKind::SuggestedArg);
            let key = if near.is_empty() { "usage-option" } else { "usage-option-near" };
            return Err(told(texts, key, &[("option", argument), ("near", near)]));
        }
        ErrorKind::InvalidValue if value.is_empty() => "usage-no-value",
        ErrorKind::InvalidValue => {
            let allowed = said(ContextKind::ValidValue);
            return Err(told(texts, "usage-value", &[("option", argument), ("value", value), ("allowed", allowed)]));
        }
        ErrorKind::ArgumentConflict if argument == said(ContextKind::PriorArg) => "usage-twice",
        ErrorKind::ArgumentConflict => {
            let other = said(ContextKind::PriorArg);
            return Err(told(texts, "usage-conflict", &[("option", argument), ("other", other)]));
        }
        ErrorKind::MissingRequiredArgument => {
            // Only a word is required, never an option; the first that is missing is told.
            let missing = argument.split(", ").next().unwrap_or_default().to_owned();
            return Err(told(texts, "usage-missing", &[("word", missing)]));
        }
        ErrorKind::TooManyValues => "usage-flag-value",
        _ => "usage-other",
    };
    Err(told(texts, key, &[("option", argument), ("value", value)]))
}

fn told(texts: &Texts, key: &str, parts: &[(&str, String)]) -> UsageError {
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    UsageError::new(texts, key, &parts)
}
