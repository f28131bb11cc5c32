//! What a page says, without how it looks: headings, paragraphs, list items, facts and links of its `<main>`.
//!
//! Golden pages are kept in this form, so that an edit of style or layout leaves them alone.

use scraper::{ElementRef, Html, Node, Selector};

/// Elements that stand inside a line.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "img", "kbd", "mark", "q", "small", "span",
    "strong", "sub", "sup", "time",
];
/// Elements that say nothing to a reader, or only to those with a script.
const SILENT: [&str; 7] = ["button", "noscript", "script", "style", "svg", "template", "datalist"];

/// The elements of a page that a CSS selector finds, in the order of the page.
pub(crate) fn elements<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).collect()
}

/// The outline of a page's `<main>`.
pub(crate) fn outline(html: &str) -> String {
    let page = Html::parse_document(html);
    let main = elements(&page, "main")[0];
    let mut writer = Writer::default();
    writer.children(main, "");
    writer.end_line("");
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    line: String,
}

impl Writer {
    fn children(&mut self, element: ElementRef<'_>, mark: &str) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.line.push_str(text),
                Node::Element(_) => self.element(ElementRef::wrap(child).expect("an element"), mark),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, mark: &str) {
        let name = element.value().name();
        let is_hidden = element.attr("aria-hidden") == Some("true") || element.attr("hidden").is_some();
        if is_hidden || SILENT.contains(&name) {
            return;
        }
        match name {
            "a" => {
                self.line.push('[');
                self.children(element, mark);
                self.line.push_str(&format!("]({})", element.attr("href").unwrap_or_default()));
            }
            "img" => self.line.push_str(&format!("![{}]", element.attr("alt").unwrap_or_default())),
            "br" => self.line.push(' '),
            name if INLINE.contains(&name) => self.children(element, mark),
            name => {
                self.end_line(mark);
                let own = mark_of(name, mark);
                self.children(element, &own);
                self.end_line(&own);
            }
        }
    }

    fn end_line(&mut self, mark: &str) {
        let words: Vec<&str> = self.line.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            self.text.push_str(&format!("{mark}{}\n", words.join(" ")));
        }
        self.line.clear();
    }
}

/// What stands before the lines of an element inside one whose lines have `outer` before them.
fn mark_of(name: &str, outer: &str) -> String {
    match name {
        "h1" => "# ".to_owned(),
        "h2" => "## ".to_owned(),
        "h3" => "### ".to_owned(),
        "h4" => "#### ".to_owned(),
        "li" => "- ".to_owned(),
        "dt" => "= ".to_owned(),
        "dd" => ": ".to_owned(),
        "td" | "th" => "| ".to_owned(),
        "summary" => "+ ".to_owned(),
        "main" | "section" | "nav" | "aside" | "ul" | "ol" | "dl" | "table" => String::new(),
        _ => outer.to_owned(),
    }
}

#[test]
fn an_outline_says_what_readers_read() {
    let html = "<main><h1>A <b>b</b></h1><p hidden>x</p><ul><li><svg>y</svg><a href='z/'>Z</a>\n  ,\u{A0}é</li></ul>\
                <dl><dt>D</dt><dd><p>1</p><p>2</p></dd></dl></main>";
    assert_eq!(outline(html), "# A b\n- [Z](z/) ,\u{A0}é\n= D\n: 1\n: 2\n");
}
