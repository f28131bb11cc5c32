//! What must hold for every output, whatever a site is made of: it stands where it may, it can be read, and it runs
//! nothing that an author wrote. Read by parsers of others, as browsers and feed readers would.

use scraper::{ElementRef, Html, Selector};

/// Elements of which no look and no author has any: they run, fetch, send or frame something.
const FORBIDDEN: &str = "iframe, frame, frameset, object, embed, applet, base, textarea, style, math, \
                         foreignObject, animate, set, audio, video, source, template, noscript, portal, marquee, plaintext, xmp";
/// Attributes that run, fetch, send or paint something.
const FORBIDDEN_ATTRIBUTES: [&str; 11] = [
    "style",
    "srcset",
    "srcdoc",
    "ping",
    "formaction",
    "background",
    "poster",
    "xlink:href",
    "data",
    "codebase",
    "manifest",
];
/// Schemes that a page may lead to.
const SCHEMES: [&str; 8] = ["http", "https", "mailto", "tel", "sms", "webcal", "webcals", "geo"];

/// What is wrong with an output; nothing when all is well.
pub(crate) fn complaints(path: &str, bytes: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    if !is_safe(path) {
        wrong.push(format!("{path:?} is no safe path"));
    }
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    // Files of an author are published as they are.
    let is_ours = !path.starts_with("assets/") && !path.starts_with("fichiers/") && !path.starts_with("files/");
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if is_ours => text,
        _ => return wrong,
    };
    match extension {
        "html" if text.starts_with("<!doctype html>") => page(text, &mut wrong),
        "xml" | "atom" if text.starts_with("<?xml") || path.ends_with("flux.xml") || path.ends_with("flux.atom") => {
            wrong.extend(roxmltree::Document::parse(text).err().map(|error| format!("no XML: {error}")));
        }
        "json" if path.ends_with("flux.json") => {
            wrong
                .extend(serde_json::from_str::<serde_json::Value>(text).err().map(|error| format!("no JSON: {error}")));
        }
        _ => {}
    }
    wrong.iter().map(|what| format!("{path}: {what}")).collect()
}

/// Whether a public path stays below its folder, on any disk.
fn is_safe(path: &str) -> bool {
    !path.is_empty()
        && path.len() <= 1_100
        && path.split('/').all(|step| !matches!(step, "" | "." | "..") && step.len() <= 255)
        && !path.contains(|c: char| c.is_control() || c == '\\')
        && !path.starts_with(".brochure-")
}

fn page(text: &str, wrong: &mut Vec<String>) {
    let page = Html::parse_document(text);
    for element in elements(&page, FORBIDDEN) {
        wrong.push(format!("<{}>", element.value().name()));
    }
    for element in elements(&page, "*") {
        attributes(element, wrong);
    }
    for element in elements(&page, "form, input, select, button[form]") {
        if !is_of_the_look(element) {
            wrong.push(format!("<{}>", element.value().name()));
        }
    }
    for script in elements(&page, "script") {
        let own = script.attr("src").is_some_and(is_static);
        let words: String = script.text().collect();
        let is_data = script.attr("type") == Some("application/ld+json") && script.attr("src").is_none();
        if is_data {
            let read = serde_json::from_str::<serde_json::Value>(&words);
            wrong.extend(read.err().map(|error| format!("data for machines: {error}")));
        } else if !own || !words.is_empty() {
            wrong.push(format!("<script>{words}"));
        }
    }
    for link in elements(&page, "link") {
        let is_fetched = matches!(link.attr("rel"), Some("stylesheet" | "preload" | "icon"));
        let href = link.attr("href").unwrap_or_default();
        if is_fetched && !is_static(href) {
            wrong.push(format!("<link href={href:?}>"));
        }
    }
    for meta in elements(&page, "meta[http-equiv]") {
        let target = meta.attr("content").and_then(|content| content.strip_prefix("0; url="));
        let is_redirect = meta.attr("http-equiv") == Some("refresh") && target.is_some_and(is_within);
        if !is_redirect {
            wrong.push(format!("<meta> {:?}", meta.attr("content")));
        }
    }
    if text.contains('\0') || text.contains('\u{FDD0}') || text.contains('\u{FDD1}') {
        wrong.push("a character that no page has".to_owned());
    }
}

/// Whether a field belongs to the one form that a look has, which sends what was chosen to a page of the site.
fn is_of_the_look(element: ElementRef<'_>) -> bool {
    let is_form = |form: ElementRef<'_>| {
        form.attr("id") == Some("choix")
            && form.attr("method") == Some("get")
            && form.attr("action").is_some_and(is_within)
    };
    let around = || element.ancestors().filter_map(ElementRef::wrap).any(is_form);
    is_form(element) || element.attr("form") == Some("choix") || around()
}

fn attributes(element: ElementRef<'_>, wrong: &mut Vec<String>) {
    let name = element.value().name();
    for (attribute, value) in element.value().attrs() {
        let is_event = attribute.starts_with("on");
        if is_event || FORBIDDEN_ATTRIBUTES.contains(&attribute) {
            wrong.push(format!("<{name} {attribute}={value:?}>"));
        }
        if matches!(attribute, "href" | "src" | "cite") && !is_harmless(value) {
            wrong.push(format!("<{name} {attribute}={value:?}>"));
        }
    }
}

/// Whether following an address runs nothing. Browsers skip tabs and line ends anywhere, and what is not seen in front.
fn is_harmless(address: &str) -> bool {
    let seen: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    match seen.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

/// Whether an address leads to another page of the site.
fn is_within(address: &str) -> bool {
    is_harmless(address) && !address.contains(':') && !address.starts_with("//") && !address.starts_with('\\')
}

/// Whether an address leads to a file of the look. A site may stand below a path of its host.
fn is_static(address: &str) -> bool {
    is_within(address) && (address.starts_with("static/") || address.contains("/static/"))
}

fn elements<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).collect()
}
