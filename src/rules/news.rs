//! News (N-01): what lists and feeds show of a post, and what a visitor is told of its documents before fetching them.

use crate::diagnostic::{Part, Place, Rule, Severity};
use crate::document::news_matter;
use crate::entry::{DOCUMENTS_KEY, DocumentEntry, document};
use crate::fold::fold;

use super::facts::Subject;
use super::finding::Findings;

/// Looks at a news post.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(post) = subject.post else { return };
    let matter = post.matter();
    if matter.summary.as_ref().is_none_or(|summary| summary.trim().is_empty()) {
        let finding = findings.missing(Rule::N01).arg("key", findings.key(&news_matter::SUMMARY));
        // The first paragraph stands in for it.
        let has_paragraph = subject.document.outline.first_paragraph.is_some();
        let finding =
            if has_paragraph { finding.severity(Severity::Warning).message("message-paragraph") } else { finding };
        findings.push(finding);
    }
    for (nth, entry) in matter.documents.iter().enumerate() {
        if let Some(wanted) = unsaid(entry) {
            let steps = vec![DOCUMENTS_KEY.step(), crate::diagnostic::FieldStep::Item(nth)];
            let finding = findings.at(Rule::N01, Place::Field(steps, Part::Value));
            let (message, help) = match wanted {
                Wanted::Type => ("message-type", "help-type"),
                Wanted::Size => ("message-size", "help-size"),
            };
            let title = entry.title.clone().or_else(|| entry.url.as_ref().map(|url| url.value.clone()));
            let finding = finding.message(message).help(help).arg("title", title.unwrap_or_default());
            let finding = finding.arg("type_key", findings.key(&document::TYPE));
            findings.push(finding.arg("size_key", findings.key(&document::SIZE)));
        }
    }
}

/// What a visitor cannot know of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Type,
    Size,
}

/// What is not said of a document and cannot be found out: a file of the site says all of it.
fn unsaid(entry: &DocumentEntry) -> Option<Wanted> {
    let url = entry.url.as_ref().filter(|_| entry.file.is_none())?;
    let path = url.value.split_once("://").map_or("", |(_, rest)| rest.split(['?', '#']).next().unwrap_or_default());
    let name = path.split_once('/').map_or("", |(_, path)| path).rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let is_page = |extension: &str| matches!(extension, "html" | "htm" | "php" | "asp" | "aspx" | "jsp");
    match (entry.format.as_deref(), extension.as_deref()) {
        (None, None) => Some(Wanted::Type),
        (None, Some(extension)) if is_page(extension) => None,
        // A page has no size, and what is listened to or looked at is not fetched first.
        (Some(format), _) if is_looked_at(format) => None,
        _ => entry.size.is_none().then_some(Wanted::Size),
    }
}

fn is_looked_at(format: &str) -> bool {
    let folded = fold(format);
    ["page", "site", "web", "html", "video", "podcast", "lien", "link", "en ligne", "online", "replay"]
        .iter()
        .any(|word| folded.split(' ').any(|part| part == *word) || folded == *word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Placed;

    #[test]
    fn what_is_said_of_a_document() {
        let entry = |url: &str, format: Option<&str>, size: Option<&str>| {
            let url = Placed { value: url.to_owned(), place: Place::Start };
            let (format, size) = (format.map(str::to_owned), size.map(str::to_owned));
            DocumentEntry {
                title: None,
                file: None,
                url: Some(url),
                format,
                date: None,
                publisher: None,
                lang: None,
                size,
            }
        };
        assert_eq!(unsaid(&entry("https://a.example/guide.pdf", None, None)), Some(Wanted::Size));
        assert_eq!(unsaid(&entry("https://a.example/guide.pdf", None, Some("2 Mo"))), None);
        assert_eq!(unsaid(&entry("https://a.example/guide", None, Some("2 Mo"))), Some(Wanted::Type));
        assert_eq!(unsaid(&entry("https://a.example/guide", Some("page web"), None)), None);
        assert_eq!(unsaid(&entry("https://a.example/guide", Some("PDF"), None)), Some(Wanted::Size));
        assert_eq!(unsaid(&entry("https://a.example/guide.html", None, None)), None);
        assert_eq!(unsaid(&entry("https://a.example", None, None)), Some(Wanted::Type));
    }
}
