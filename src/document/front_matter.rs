//! Bytes to text, and text to front matter and body.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{ContentPath, SourceFile};
use crate::yaml::{self, Node};

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// The text of a file.
///
/// # Errors
/// [`Code::NotUtf8`] at the first byte that is none, with the encoding it probably is.
pub(crate) fn decode(file: &SourceFile) -> Result<&str, Box<Diagnostic>> {
    let error = match std::str::from_utf8(&file.bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let likely = match &file.bytes[..] {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16",
        bytes if bytes.iter().take(4096).filter(|byte| **byte == 0).count() > 16 => "UTF-16",
        _ => "Windows-1252 (ANSI)",
    };
    let diagnostic = Diagnostic::new(Code::NotUtf8, &file.path, Place::Span(at..at))
        .arg("byte", format!("{:#04x}", file.bytes[at]))
        .arg("position", (at + 1).to_string())
        .arg("encoding", likely);
    Err(Box::new(diagnostic))
}

/// Where the front matter and the body of a text stand.
#[derive(Debug)]
pub(crate) struct Split<'a> {
    /// The YAML, from its opening `---` to just before its closing one; empty when there is none.
    yaml: &'a str,
    /// Where the YAML begins.
    yaml_start: usize,
    /// Where the body begins.
    pub body_start: usize,
}

/// Finds the front matter. A text that does not begin with `---` has none.
///
/// # Errors
/// [`Code::EmptyFile`] when nothing is in the file, [`Code::UnclosedFrontMatter`] without a closing `---`.
pub(crate) fn split<'a>(path: &ContentPath, text: &'a str) -> Result<Split<'a>, Box<Diagnostic>> {
    let start = text.strip_prefix(BYTE_ORDER_MARK).map_or(0, |rest| text.len() - rest.len());
    if text[start..].trim().is_empty() {
        return Err(Box::new(Diagnostic::new(Code::EmptyFile, path, Place::File)));
    }
    // Blank lines before the opening line are a slip that changes nothing.
    let opening = start + text[start..].len() - text[start..].trim_start().len();
    let opening = text[..opening].rfind('\n').map_or(start, |newline| newline + 1);
    let mut lines = text[opening..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Ok(Split { yaml: "", yaml_start: opening, body_start: start });
    }
    let mut end = opening + first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok(Split { yaml: &text[opening..end], yaml_start: opening, body_start: end + line.len() });
        }
        end += line.len();
    }
    let span = opening..opening + 3;
    Err(Box::new(Diagnostic::new(Code::UnclosedFrontMatter, path, Place::Span(span))))
}

impl<'a> Split<'a> {
    /// The YAML text and where it begins in the file.
    pub(crate) fn yaml(&self) -> (&'a str, usize) {
        (self.yaml, self.yaml_start)
    }

    /// Reads the YAML; an empty front matter is an empty map.
    pub(crate) fn read(&self, path: &ContentPath) -> Result<Node, Box<Diagnostic>> {
        Ok(match yaml::parse(path, self.yaml, self.yaml_start)? {
            Node::Null => Node::Map(Vec::new()),
            node => node,
        })
    }
}

/// The YAML of a document and where it begins, for looking up places; the whole text of a file that is YAML.
pub(crate) fn yaml_of<'a>(path: &ContentPath, text: &'a str) -> Option<(&'a str, usize)> {
    if path.extension() == "yaml" {
        let start = text.strip_prefix(BYTE_ORDER_MARK).map_or(0, |rest| text.len() - rest.len());
        return Some((&text[start..], start));
    }
    split(path, text).ok().map(|split| split.yaml())
}
