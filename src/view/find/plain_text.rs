//! A body as plain text: what is searched, and where found words are shown.

use crate::document::{Body, Fragment, ModuleMatter, Prose, Section};

use crate::view::desk::unescaped;

/// Elements that end a line of text.
const BLOCKS: [&str; 22] = [
    "p",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "table",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "div",
    "pre",
    "br",
    "figure",
    "section",
];

/// Elements whose content is no text.
const SILENT: [&str; 4] = ["script", "style", "svg", "template"];

/// Headings and paragraphs of a body, apart.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub(super) headings: Vec<String>,
    pub(super) paragraphs: Vec<String>,
}

impl Plain {
    /// What a body says.
    pub(super) fn of_body(body: &Body) -> Self {
        let mut plain = Self::default();
        plain.fragments(&body.lead);
        body.sections.iter().for_each(|section| plain.section(section));
        plain.fragments(&body.footnotes);
        plain
    }

    /// What sections of the front matter say.
    pub(super) fn front(&mut self, matter: &ModuleMatter) {
        for section in &matter.sections {
            self.headings.extend(section.title.clone());
            self.prose(&section.prose);
            for step in &section.steps {
                step.title.iter().for_each(|title| self.prose(title));
                self.prose(&step.prose);
            }
        }
    }

    fn prose(&mut self, prose: &Prose) {
        self.fragments(&prose.html);
    }

    fn section(&mut self, section: &Section) {
        self.headings.push(section.title.clone());
        self.fragments(&section.content);
        section.children.iter().for_each(|child| self.section(child));
    }

    fn fragments(&mut self, fragments: &[Fragment]) {
        let mut html = String::new();
        for fragment in fragments {
            // Addresses and words of the interface are nothing that an author wrote; they stand in attributes.
            if let Fragment::Html(text) = fragment {
                html.push_str(text);
            }
        }
        push_lines(&html, &mut self.paragraphs);
    }
}

/// The text of HTML that we made ourselves, a line for each block.
fn push_lines(html: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut end_line = |line: &mut String| {
        let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
        line.clear();
        if !text.is_empty() {
            lines.push(unescaped(&text));
        }
    };
    let mut silent: Option<&str> = None;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        if silent.is_none() {
            line.push_str(&rest[..open]);
        }
        rest = &rest[open..];
        let end = match rest.starts_with("<!--") {
            true => rest.find("-->").map(|at| at + 3),
            false => rest.find('>').map(|at| at + 1),
        };
        let tag = &rest[..end.unwrap_or(rest.len())];
        let name: &str =
            tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if let Some(element) = silent {
            if tag.starts_with("</") && name == element {
                silent = None;
            }
        } else if let Some(element) = SILENT.iter().find(|element| **element == name).filter(|_| !tag.ends_with("/>")) {
            silent = (!tag.starts_with("</")).then_some(element);
        } else if BLOCKS.contains(&name) {
            end_line(&mut line);
        }
        rest = &rest[tag.len()..];
    }
    if silent.is_none() {
        line.push_str(rest);
    }
    end_line(&mut line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<String> {
        let mut lines = Vec::new();
        push_lines(html, &mut lines);
        lines
    }

    #[test]
    fn blocks_are_lines_and_tags_are_nothing() {
        let html = "<p>Une <em>équipe</em> &amp; <a href=\"x\">un pair</a></p>\n<ul>\n<li>un</li>\n<li>deux</li></ul>";
        assert_eq!(lines(html), ["Une équipe & un pair", "un", "deux"]);
    }

    #[test]
    fn scripts_and_drawings_say_nothing() {
        assert_eq!(lines("avant<script>var x = '<p>';</script> après<!-- > --> fin"), ["avant après fin"]);
        assert_eq!(lines("<svg><title>x</title></svg>dit"), ["dit"]);
    }

    #[test]
    fn what_is_cut_off_does_no_harm() {
        for html in ["<", "<p", "a<script>", "</", "<!--", "<!-- x", "é<"] {
            lines(html);
        }
    }
}
