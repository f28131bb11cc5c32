//! What HTML an author may use, and the last look at a text that has some.
//!
//! Two steps. Each tag is first written anew from the list here ([`element`], [`attribute`]), so
//! what an author slips in is gone and can be named, and our own classes and labels are not
//! touched. Then the whole stretch goes through ammonia, which reads it as a browser would: tags
//! come out closed and nested as HTML wants them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser};

use super::markup;
use super::raw_html::{Token, tokens};

/// Elements, and the attributes that they may have beside `lang`, `dir`, `title` and `id`.
const ELEMENTS: &[(&str, &str, &[&str])] = &[
    ("a", "</a>", &["href"]),
    ("abbr", "</abbr>", &[]),
    ("address", "</address>", &[]),
    ("article", "</article>", &[]),
    ("aside", "</aside>", &[]),
    ("b", "</b>", &[]),
    ("bdi", "</bdi>", &[]),
    ("bdo", "</bdo>", &[]),
    ("blockquote", "</blockquote>", &[]),
    ("br", "", &[]),
    ("caption", "</caption>", &[]),
    ("cite", "</cite>", &[]),
    ("code", "</code>", &[]),
    ("dd", "</dd>", &[]),
    ("del", "</del>", &["datetime"]),
    ("details", "</details>", &["open"]),
    ("dfn", "</dfn>", &[]),
    ("div", "</div>", &[]),
    ("dl", "</dl>", &[]),
    ("dt", "</dt>", &[]),
    ("em", "</em>", &[]),
    ("figcaption", "</figcaption>", &[]),
    ("figure", "</figure>", &[]),
    ("h2", "</h2>", &[]),
    ("h3", "</h3>", &[]),
    ("h4", "</h4>", &[]),
    ("h5", "</h5>", &[]),
    ("h6", "</h6>", &[]),
    ("hr", "", &[]),
    ("i", "</i>", &[]),
    ("img", "", &["src", "alt", "width", "height"]),
    ("ins", "</ins>", &["datetime"]),
    ("kbd", "</kbd>", &[]),
    ("li", "</li>", &["value"]),
    ("mark", "</mark>", &[]),
    ("ol", "</ol>", &["start", "reversed"]),
    ("p", "</p>", &[]),
    ("pre", "</pre>", &[]),
    ("q", "</q>", &[]),
    ("rp", "</rp>", &[]),
    ("rt", "</rt>", &[]),
    ("ruby", "</ruby>", &[]),
    ("s", "</s>", &[]),
    ("samp", "</samp>", &[]),
    ("section", "</section>", &[]),
    ("small", "</small>", &[]),
    ("span", "</span>", &[]),
    ("strong", "</strong>", &[]),
    ("sub", "</sub>", &[]),
    ("summary", "</summary>", &[]),
    ("sup", "</sup>", &[]),
    ("table", "</table>", &[]),
    ("tbody", "</tbody>", &[]),
    ("td", "</td>", &["colspan", "rowspan"]),
    ("tfoot", "</tfoot>", &[]),
    ("th", "</th>", &["colspan", "rowspan", "scope"]),
    ("thead", "</thead>", &[]),
    ("time", "</time>", &["datetime"]),
    ("tr", "</tr>", &[]),
    ("u", "</u>", &[]),
    ("ul", "</ul>", &[]),
    ("var", "</var>", &[]),
    ("wbr", "", &[]),
];

/// An element that may be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    /// The closing tag; empty for an element that has none.
    pub(super) close: &'static str,
    own: &'static [&'static str],
}

/// The element of this name, if it may be used.
pub(super) fn element(name: &str) -> Option<Element> {
    let found = ELEMENTS.binary_search_by(|(known, ..)| (*known).cmp(name)).ok()?;
    ELEMENTS.get(found).map(|(name, close, own)| Element { name, close, own })
}

impl Element {
    /// Whether it may have this attribute with this value (`id`, `href` and `src` are looked at elsewhere).
    pub(super) fn may_have(self, name: &str, value: &str) -> bool {
        match name {
            "title" | "id" => true,
            "lang" => !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "dir" => matches!(value, "ltr" | "rtl" | "auto"),
            _ if !self.own.contains(&name) => false,
            "width" | "height" | "colspan" | "rowspan" | "start" | "value" => {
                (1..=5).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
            }
            "scope" => matches!(value, "col" | "row" | "colgroup" | "rowgroup"),
            _ => true,
        }
    }

    /// Whether it may stand in a line of text.
    pub(super) fn is_phrasing(self) -> bool {
        matches!(
            self.name,
            "a" | "abbr"
                | "b"
                | "bdi"
                | "bdo"
                | "br"
                | "cite"
                | "code"
                | "del"
                | "dfn"
                | "em"
                | "i"
                | "img"
                | "ins"
                | "kbd"
                | "mark"
                | "q"
                | "s"
                | "samp"
                | "small"
                | "span"
                | "strong"
                | "sub"
                | "sup"
                | "time"
                | "u"
                | "var"
                | "wbr"
        )
    }

    /// Whether text in it stays as it is written.
    pub(super) fn is_verbatim(self) -> bool {
        matches!(self.name, "code" | "pre" | "kbd" | "samp" | "var")
    }

    /// The elements in one of which it must stand; none if it may stand anywhere.
    pub(super) fn parents(self) -> &'static [&'static str] {
        match self.name {
            "li" => &["ul", "ol"],
            "dt" | "dd" => &["dl"],
            "td" | "th" => &["tr"],
            "tr" => &["table", "thead", "tbody", "tfoot"],
            "thead" | "tbody" | "tfoot" | "caption" => &["table"],
            "summary" => &["details"],
            "figcaption" => &["figure"],
            "rt" | "rp" => &["ruby"],
            _ => &[],
        }
    }

    /// Whether it ends where `next` begins, as in `<li>…<li>`.
    pub(super) fn ends_before(self, next: Element) -> bool {
        matches!(
            (self.name, next.name),
            ("p", "p") | ("li", "li") | ("tr", "tr") | ("td" | "th", "td" | "th") | ("dt" | "dd", "dt" | "dd")
        )
    }
}

/// Whether a browser would run what is behind this address, or show what is in it.
pub(super) fn is_dangerous(address: &str) -> bool {
    // Browsers skip control characters and spaces in a scheme, so they cannot hide one here either.
    let start: String = address
        .chars()
        .filter(|c| {
            !c.is_control() && !c.is_whitespace() && !crate::fold::is_invisible(*c) && markup::legal(*c).is_some()
        })
        .take(12)
        .collect::<String>()
        .to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| start.starts_with(scheme))
}

/// Text with its entities as characters; only whole ones (`&eacute;`) are read as such.
pub(super) fn decoded(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        let length =
            rest.bytes().skip(1).take(34).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count() + 1;
        let entity = rest.get(..=length).filter(|entity| entity.ends_with(';'));
        // The Markdown parser has the table of names; it is asked for one entity at a time.
        let character = entity.and_then(|entity| {
            Parser::new(entity).find_map(|event| match event {
                Event::Text(text) if *text != *entity => Some(text.into_string()),
                _ => None,
            })
        });
        match (character, entity) {
            (Some(character), Some(entity)) => {
                result.push_str(&character);
                rest = &rest[entity.len()..];
            }
            _ => {
                result.push('&');
                rest = &rest[1..];
            }
        }
    }
    result.push_str(rest);
    result
}

/// The last look: HTML made of allowed tags comes out closed and nested as a browser reads it.
pub(super) fn sanitised(html: &str) -> String {
    let mut clean = SANITISER.clean(html).to_string();
    // What stands in a table outside its cells is moved before it, and may then be nested as no
    // browser reads it again: a few rounds bring it to rest.
    if clean.contains("<table") {
        for _ in 0..4 {
            let again = SANITISER.clean(&clean).to_string();
            if again == clean {
                break;
            }
            clean = again;
        }
    }
    // Where a block stood inside a paragraph, the paragraph's end leaves an empty one behind. Feeds
    // are XML, which does not know `&nbsp;`.
    let clean = clean.replace("<p></p>", "").replace("&nbsp;", "\u{A0}");
    if clean.contains(" id=\"") { with_ids_once(&clean) } else { clean }
}

/// A browser repeats a tag that is closed out of order (`<b id="x"><p></b>`), with its id: the
/// repeated one loses it.
fn with_ids_once(html: &str) -> String {
    let mut seen = BTreeSet::new();
    let mut result = String::with_capacity(html.len());
    for token in tokens(html) {
        match token {
            Token::Text(text) | Token::Other(text) => result.push_str(text),
            Token::Comment => {}
            Token::Close(name) => result.extend(["</", &name, ">"]),
            Token::Open { source, attributes, .. } => {
                let again = attributes.iter().find(|attribute| attribute.name == "id" && !seen.insert(attribute.value));
                match again.and_then(|id| source.split_once(id.source)) {
                    Some((start, end)) => result.extend([start.trim_end(), end]),
                    None => result.push_str(source),
                }
            }
        }
    }
    result
}

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> =
        ELEMENTS.iter().map(|(name, _, own)| (*name, own.iter().copied().collect())).collect();
    attributes.entry("img").or_default().insert("loading");
    attributes.entry("th").or_default().insert("scope");
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(ELEMENTS.iter().map(|(name, ..)| *name).collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        // Classes and labels here are our own: the author's were taken off tag by tag.
        .generic_attributes(HashSet::from([
            "lang",
            "dir",
            "title",
            "id",
            "class",
            "role",
            "tabindex",
            "aria-hidden",
            "aria-label",
        ]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted() {
        assert!(ELEMENTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn dangerous_addresses() {
        for address in [
            "javascript:x",
            " JaVa\u{0}Script:x",
            "java\nscript:x",
            "\u{1}vbscript:x",
            "data:text/html,x",
            "\u{200B}data:x",
        ] {
            assert!(is_dangerous(address), "{address:?}");
        }
        for address in ["x.md", "donnees/data:x", "https://a.fr/javascript:x", "mailto:a@b.fr", "#data"] {
            assert!(!is_dangerous(address), "{address:?}");
        }
    }

    #[test]
    fn entities() {
        assert_eq!(decoded("R&amp;D &eacute;&#233; &nope; & &#x6A;"), "R&D éé &nope; & j");
    }
}
