//! What a page makes a browser load from other hosts: pictures, scripts, styles, frames.
//!
//! A link that a visitor follows loads nothing. Used for the HTML that authors write and for the pages that are made of
//! it, so that both are read alike.

use memchr::{memchr, memmem};

/// The host that an address names: `https://host/…`, or `//host/…` with the scheme of the page.
pub fn host_of(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = match url.split_once("//") {
        Some((scheme, rest))
            if matches!(scheme.to_ascii_lowercase().as_str(), "" | "http:" | "https:" | "ws:" | "wss:") =>
        {
            rest
        }
        _ => return None,
    };
    let host = rest.split(['/', '?', '#', '\\']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?.trim().to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// The addresses on other hosts that an attribute of a tag loads. `rel` is the tag's attribute of that name.
pub fn of_attribute(tag: &str, attribute: &str, value: &str, rel: &str) -> Vec<String> {
    const EMBEDDED: &[&str] =
        &["img", "script", "iframe", "video", "audio", "source", "embed", "track", "input", "frame", "image", "use"];
    let foreign = |url: &str| host_of(url).map(|_| url.trim().to_owned());
    match attribute {
        "src" if EMBEDDED.contains(&tag) => foreign(value).into_iter().collect(),
        "href" | "xlink:href" if matches!(tag, "image" | "use") => foreign(value).into_iter().collect(),
        "poster" if tag == "video" => foreign(value).into_iter().collect(),
        "data" if tag == "object" => foreign(value).into_iter().collect(),
        "background" => foreign(value).into_iter().collect(),
        "srcset" | "imagesrcset" if matches!(tag, "img" | "source" | "link") => {
            value.split(',').filter_map(|part| foreign(part.split_whitespace().next()?)).collect()
        }
        "href" if tag == "link" && is_fetched(rel) => foreign(value).into_iter().collect(),
        "style" => of_styles(value),
        _ => Vec::new(),
    }
}

/// Whether a browser fetches what a `<link>` of this relation names, or speaks to its host.
fn is_fetched(rel: &str) -> bool {
    const FETCHED: &[&str] = &[
        "stylesheet",
        "icon",
        "shortcut",
        "apple-touch-icon",
        "mask-icon",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "manifest",
        "prerender",
    ];
    rel.split_whitespace().any(|word| FETCHED.contains(&word.to_ascii_lowercase().as_str()))
}

/// The addresses on other hosts that styles load.
pub fn of_styles(styles: &str) -> Vec<String> {
    let mut found = Vec::new();
    let unquoted = |text: &str| text.trim().trim_matches(['"', '\'']).trim().to_owned();
    for at in memmem::find_iter(styles.as_bytes(), b"url(") {
        let rest = &styles[at + 4..];
        let url = unquoted(rest.split(')').next().unwrap_or_default());
        found.extend(host_of(&url).map(|_| url));
    }
    for at in memmem::find_iter(styles.as_bytes(), b"@import") {
        let rest = styles[at + 7..].trim_start();
        let Some(quote) = rest.chars().next().filter(|sign| matches!(sign, '"' | '\'')) else { continue };
        let url = rest[1..].split(quote).next().unwrap_or_default().trim().to_owned();
        found.extend(host_of(&url).map(|_| url));
    }
    found
}

/// The addresses on other hosts that a page loads, in its order, each once.
pub fn of_page(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr(b'<', &bytes[at..]) {
        at += next + 1;
        if bytes[at..].starts_with(b"!--") {
            at = memmem::find(&bytes[at..], b"-->").map_or(bytes.len(), |end| at + end);
            continue;
        }
        let name_end = bytes[at..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len() - at);
        let name = &html[at..at + name_end];
        if name.is_empty() {
            continue;
        }
        let end = tag_end(bytes, at + name_end);
        let tag = &html[at + name_end..end];
        let name = name.to_ascii_lowercase();
        // Most tags load nothing: their attributes name no host.
        if memmem::find(tag.as_bytes(), b"//").is_some() {
            let attributes = attributes(tag);
            let rel = attributes.iter().find(|(name, _)| name == "rel").map_or("", |(_, value)| value);
            let urls = attributes.iter().flat_map(|(attribute, value)| of_attribute(&name, attribute, value, rel));
            found.extend(urls.filter(|url| !url.is_empty()));
        }
        at = end;
        if matches!(name.as_str(), "style" | "script") {
            let closing = format!("</{name}");
            let length = memmem::find(&bytes[at..], closing.as_bytes()).unwrap_or(bytes.len() - at);
            if name == "style" {
                found.extend(of_styles(&html[at..at + length]));
            }
            at += length;
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|url| seen.insert(url.clone()));
    found
}

/// Where a tag ends, quotes counted.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    bytes.len()
}

/// The attributes of a tag, names in lower case, the usual entities read.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        if rest.is_empty() {
            return found;
        }
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            if end == 0 {
                return found;
            }
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next().filter(|sign| matches!(sign, '"' | '\'')) {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        found.push((name, value.replace("&amp;", "&")));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_host_is_told_from_a_path() {
        assert_eq!(host_of("https://Fonts.example.org/css?x"), Some("fonts.example.org".into()));
        assert_eq!(host_of("//cdn.example.org:443/x.js"), Some("cdn.example.org".into()));
        for own in ["../style.css", "/a//b", "a.png", "data:image/png;base64,//", "mailto:a@b.fr", "//", "https://"] {
            assert_eq!(host_of(own), None, "{own}");
        }
    }

    #[test]
    fn what_a_browser_fetches_by_itself() {
        let page = r#"<link rel="stylesheet" href="https://a.example/x.css"><link rel=canonical href="https://b.example/">
            <a href="https://c.example/">c</a><IMG alt="a > b" SRC='//d.example/x.png'><script src=https://e.example/x.js>
            "<img src='https://f.example'>"</script><img srcset="x.png 1x, https://g.example/y.png 2x">
            <p style="background: url('https://h.example/z.png')"><style>@import "https://i.example/y.css";</style>
            <iframe src="https://j.example/v?a=1&amp;b=2"></iframe><video poster="https://k.example/p.jpg"></video>
            <object data="https://l.example/o"></object><!-- <img src="https://m.example/x"> -->"#;
        let hosts: Vec<String> = of_page(page).iter().filter_map(|url| host_of(url)).collect();
        let first: Vec<&str> = hosts.iter().filter_map(|host| host.split('.').next()).collect();
        assert_eq!(first, ["a", "d", "e", "g", "h", "i", "j", "k", "l"]);
    }

    proptest! {
        #[test]
        fn no_page_panics(html in "([<>/!='\" -]|[a-z]|é|src=|//a\\.b|<style>|url\\(|@import|\\PC){0,40}") {
            of_page(&html);
        }
    }
}
