//! Text to front matter and body.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fold::fold;
use crate::source::ContentPath;
use crate::yaml::{self, Node};

const BYTE_ORDER_MARK: &str = "\u{FEFF}";
const BREAKS: [char; 2] = ['\n', '\r'];

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
    let opening = text[..opening].rfind(BREAKS).map_or(start, |newline| newline + 1);
    let mut lines = lines_of(&text[opening..]);
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        if let Some(diagnostic) = unopened(path, first, opening, lines) {
            return Err(Box::new(diagnostic));
        }
        return Ok(Split { yaml: "", yaml_start: opening, body_start: start });
    }
    let mut end = opening + first.len();
    let mut last_key = None;
    let mut is_matter = true;
    for (index, line) in lines.enumerate() {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok(Split { yaml: &text[opening..end], yaml_start: opening, body_start: end + line.len() });
        }
        // The front matter ends, for its author, where the text begins: at a blank line, or one that is no key.
        let is_almost = line.trim_end().chars().count() > 1 || line.starts_with('—');
        if is_almost && is_dashes(line) {
            let diagnostic = Diagnostic::new(Code::UnclosedFrontMatter, path, Place::Span(opening..opening + 3));
            let almost = Place::Span(end..end + line.trim_end().len());
            return Err(Box::new(diagnostic.help("help-almost").also(path, almost, "almost")));
        }
        is_matter = is_matter && looks_like_matter(line);
        if is_matter {
            last_key = Some((index, end..end + line.trim_end().len()));
        }
        end += line.len();
    }
    let diagnostic = Diagnostic::new(Code::UnclosedFrontMatter, path, Place::Span(opening..opening + 3));
    Err(Box::new(match last_key {
        Some((index, span)) => {
            let number = lines_of(&text[..opening]).count() + index + 2;
            let diagnostic = diagnostic.help("help-after").arg("line", number.to_string());
            diagnostic.also(path, Place::Span(span), "last")
        }
        None => diagnostic,
    }))
}

/// Whether a line holds nothing but dashes, of whatever kind.
fn is_dashes(line: &str) -> bool {
    !line.trim().is_empty() && line.trim().chars().all(|c| matches!(c, '-' | '–' | '—'))
}

/// What is wrong where a text begins with a front matter that is not opened: with dashes that a word processor made of
/// it, or with its title and then, below keys only, the line that closes it.
fn unopened<'a>(
    path: &ContentPath,
    first: &str,
    at: usize,
    mut lines: impl Iterator<Item = &'a str>,
) -> Option<Diagnostic> {
    let diagnostic = Diagnostic::new(Code::UnclosedFrontMatter, path, Place::Span(at..at + first.trim_end().len()));
    if is_dashes(first) && first.trim().chars().count() < 6 {
        let closes = lines.take_while(|line| looks_like_matter(line)).count() > 0;
        return closes.then(|| diagnostic.message("message-dashes").help("help-dashes"));
    }
    let key = first.split_once(':').map(|(key, _)| fold(key))?;
    let is_title = ["titre", "title", "nom", "name"].contains(&key.as_str());
    let closing = lines.find(|line| !looks_like_matter(line))?;
    (is_title && closing.trim_end() == "---").then(|| diagnostic.message("message-unopened").help("help-unopened"))
}

/// The lines of a text with what ends them. Old Macs end lines with a carriage return alone.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = match rest.find(BREAKS) {
            Some(at) if rest[at..].starts_with("\r\n") => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        let (line, after) = rest.split_at(end);
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// Whether a line can belong to front matter: a key, an item, or something below one.
fn looks_like_matter(line: &str) -> bool {
    let line = line.trim_end();
    let is_key = |text: &str| {
        text.split_once(':').is_some_and(|(key, value)| {
            key.chars().count() <= 40
                && !key.contains(['.', '!', '?', '['])
                && (value.is_empty() || value.starts_with(' '))
        })
    };
    let is_below = line.starts_with([' ', '\t']) || line.starts_with("- ");
    !line.is_empty() && (is_below || is_key(line)) && !line.starts_with('#')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_of_line_is_one() {
        let text = "---\ntitre: x\n---\n\nTexte.\n";
        for ending in ["\n", "\r\n", "\r"] {
            let text = text.replace('\n', ending);
            let split = split(&ContentPath::new("x.md"), &text).expect("closed");
            assert_eq!(split.yaml().0.trim_end(), format!("---{ending}titre: x"));
            assert_eq!(text[split.body_start..].trim(), "Texte.");
            let read = split.read(&ContentPath::new("x.md")).expect("read");
            assert_eq!(read, Node::Map(vec![("titre".to_owned(), Node::Text("x".to_owned()))]));
        }
    }
}
