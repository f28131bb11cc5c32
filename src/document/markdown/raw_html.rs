//! HTML as authors write it, cut into tags. Only cut: what may stay is said in `allowed`.

/// One piece of raw HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text, with its entities still in it.
    Text(&'a str),
    /// An opening tag.
    Open {
        /// The whole tag as written.
        source: &'a str,
        /// Its name in lower case.
        name: String,
        /// Its attributes, with entities still in their values.
        attributes: Vec<Attribute<'a>>,
    },
    /// A closing tag, by its name in lower case.
    Close(String),
    /// A comment that has an end.
    Comment,
    /// A declaration, an instruction, or a comment without an end.
    Other(&'a str),
}

/// One attribute of a tag.
#[derive(Debug, PartialEq)]
pub(super) struct Attribute<'a> {
    /// As written, with name and value.
    pub(super) source: &'a str,
    /// The name in lower case.
    pub(super) name: String,
    /// The value without its quotes; empty when there is none.
    pub(super) value: &'a str,
}

/// Cuts HTML into tokens, reading each byte once. A tag without an end is text, with all behind it.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let text_end = text_end(rest);
        if text_end > 0 {
            tokens.push(Token::Text(&rest[..text_end]));
            rest = &rest[text_end..];
            continue;
        }
        let (token, length) = markup(rest).unwrap_or((Token::Text(rest), rest.len()));
        rest = &rest[length..];
        // What stands in these is no HTML, and a `<` in it would be misread.
        if let Token::Open { name, .. } = &token
            && matches!(name.as_str(), "script" | "style")
        {
            rest = &rest[raw_text_end(rest, name)..];
        }
        tokens.push(token);
    }
    tokens
}

/// Where the closing tag of `name` begins, else the end.
fn raw_text_end(html: &str, name: &str) -> usize {
    let closes =
        |at: &usize| html.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    html.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(html.len())
}

/// Where the next tag or comment begins.
fn text_end(html: &str) -> usize {
    let bytes = html.as_bytes();
    let begins = |at: usize| match bytes.get(at + 1) {
        Some(b'/') => bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic),
        Some(b'!' | b'?') => true,
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    };
    html.match_indices('<').map(|(at, _)| at).find(|at| begins(*at)).unwrap_or(html.len())
}

fn markup(html: &str) -> Option<(Token<'_>, usize)> {
    let ending = |end: &str| html.find(end).map(|at| at + end.len());
    if html.starts_with("<!--") {
        return Some(match ending("-->") {
            Some(length) => (Token::Comment, length),
            None => (Token::Other(html), html.len()),
        });
    }
    if html.starts_with("<![CDATA[") || html.starts_with("<!") || html.starts_with("<?") {
        let end = if html.starts_with("<![CDATA[") { "]]>" } else { ">" };
        let length = ending(end).unwrap_or(html.len());
        return Some((Token::Other(&html[..length]), length));
    }
    if let Some(tag) = html.strip_prefix("</") {
        let name = name(tag);
        return ending(">").map(|length| (Token::Close(name.to_ascii_lowercase()), length));
    }
    open(html)
}

/// The name with which a tag begins.
fn name(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<' | '"' | '\'' | '=' | '`'));
    &tag[..end.unwrap_or(tag.len())]
}

fn open(html: &str) -> Option<(Token<'_>, usize)> {
    let name = name(&html[1..]);
    let mut at = 1 + name.len();
    let mut attributes = Vec::new();
    loop {
        at += html[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        if html[at..].starts_with('>') {
            let source = &html[..=at];
            return Some((Token::Open { source, name: name.to_ascii_lowercase(), attributes }, at + 1));
        }
        let start = at;
        // The first character is part of the name even if it is `=`, as browsers read it.
        let first = html[at..].chars().next()?.len_utf8();
        at += first;
        at += html[at..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let attribute = &html[start..at];
        let next = at + html[at..].find(|c: char| !c.is_ascii_whitespace())?;
        let mut value = "";
        if html[next..].starts_with('=') {
            at = next + 1;
            at += html[at..].find(|c: char| !c.is_ascii_whitespace())?;
            let quote = html[at..].chars().next().filter(|c| matches!(c, '"' | '\''));
            let length = match quote {
                Some(quote) => {
                    at += 1;
                    html[at..].find(quote)?
                }
                None => html[at..].find(|c: char| c.is_ascii_whitespace() || c == '>')?,
            };
            value = &html[at..at + length];
            at += length + usize::from(quote.is_some());
        }
        attributes.push(Attribute { source: &html[start..at], name: attribute.to_ascii_lowercase(), value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(html: &str, wanted: &[&str]) {
        let found: Vec<String> = tokens(html)
            .into_iter()
            .map(|token| match token {
                Token::Text(text) => format!("text {text}"),
                Token::Open { name, attributes, .. } => {
                    attributes.iter().fold(format!("open {name}"), |all, attribute| {
                        format!("{all} {}={}", attribute.name, attribute.value)
                    })
                }
                Token::Close(name) => format!("close {name}"),
                Token::Comment => "comment".to_owned(),
                Token::Other(other) => format!("other {other}"),
            })
            .collect();
        assert_eq!(found, wanted, "{html}");
    }

    #[test]
    fn cut_into_tags() {
        check("<A HREF='x' b=c d>t</A >", &["open a href=x b=c d=", "text t", "close a"]);
        check("a < b <!-- <i> -->c", &["text a < b ", "comment", "text c"]);
        check("<br/><img src=a/b.png/>", &["open br", "open img src=a/b.png/"]);
        check("<!DOCTYPE html><?php x ?>", &["other <!DOCTYPE html>", "other <?php x ?>"]);
        check("<b <i>", &["open b <i="]);
        check("<a title=\"x <b>", &["text <a title=\"x <b>"]);
        check("<!-- open", &["other <!-- open"]);
        check("<script>a<b \"</SCRIPT>c", &["open script", "close script", "text c"]);
    }

    proptest! {
        #[test]
        fn nothing_panics(html in "([<>/!='\" -]|[a-z]|é|\\PC){0,40}") {
            tokens(&html);
        }
    }
}
