//! What the shipped brochure gives to browsers, feed readers and search engines, on one fixed day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use scraper::{ElementRef, Html};

use crate::driver::{Built, DAY, TestSite};
use crate::outline::elements;

/// The address of the shipped brochure.
const BASE: &str = "https://traversees.example.org/";

static SHIPPED: LazyLock<Built> = LazyLock::new(|| TestSite::shipped().with_base_url(BASE).build(DAY));

/// Every page by its path, redirects as well.
fn pages() -> Vec<(&'static str, Html)> {
    let paths = SHIPPED.paths().into_iter().filter(|path| path.ends_with(".html"));
    paths.map(|path| (path, Html::parse_document(SHIPPED.text(path)))).collect()
}

/// The pages that people read: those that do not send them elsewhere.
fn read_pages() -> Vec<(&'static str, Html)> {
    let is_redirect = |page: &Html| !elements(page, "meta[http-equiv=refresh]").is_empty();
    pages().into_iter().filter(|(_, page)| !is_redirect(page)).collect()
}

/// Fails with every line that was found.
fn assert_none(found: BTreeSet<String>) {
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The feeds in all their forms, by path.
fn feeds() -> Vec<(&'static str, feed_rs::model::Feed)> {
    let is_feed = |path: &&str| ["flux.xml", "flux.atom", "flux.json"].iter().any(|name| path.ends_with(name));
    let paths = SHIPPED.paths().into_iter().filter(is_feed);
    paths.map(|path| (path, feed_rs::parser::parse(SHIPPED.bytes(path)).expect(path))).collect()
}

#[test]
fn every_feed_is_one_that_readers_understand() {
    let feeds = feeds();
    assert!(feeds.iter().any(|(path, feed)| *path == "flux.xml" && !feed.entries.is_empty()));
    assert!(feeds.len() > 10, "terms have feeds: {}", feeds.len());
    for (path, feed) in feeds {
        assert!(feed.title.is_some_and(|title| !title.content.trim().is_empty()), "{path}");
        assert_eq!(feed.language.as_deref(), Some("fr"), "{path}");
        let mut guids = BTreeSet::new();
        let mut last = None;
        for entry in feed.entries {
            let title = entry.title.map(|title| title.content).unwrap_or_default();
            assert!(!title.trim().is_empty(), "{path}: an item without a title");
            assert!(guids.insert(entry.id.clone()), "{path}: {} twice", entry.id);
            let day = entry.published.expect(path).format("%Y-%m-%d").to_string();
            assert!(day.as_str() <= DAY, "{path}: {title} is of the future: {day}");
            assert!(last.is_none_or(|last| last >= day), "{path}: the latest first");
            last = Some(day);
            assert!(!entry.links.is_empty(), "{path}: {title}");
            for link in &entry.links {
                assert!(link.href.starts_with(BASE), "{path}: {}", link.href);
            }
            let html = entry.content.and_then(|content| content.body).unwrap_or_default();
            let content = Html::parse_fragment(&html);
            for (_, address) in addresses(&content) {
                assert!(address.contains(':'), "{path}: {title}: {address} is not whole");
            }
        }
    }
}

#[test]
fn the_news_feed_says_the_same_in_each_form() {
    let said = |name: &str| -> Vec<(String, String, String)> {
        let feed = feed_rs::parser::parse(SHIPPED.bytes(name)).expect(name);
        let item = |entry: feed_rs::model::Entry| {
            let day = entry.published.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default();
            (entry.id, entry.title.map(|title| title.content).unwrap_or_default(), day)
        };
        feed.entries.into_iter().map(item).collect()
    };
    let rss = said("flux.xml");
    assert!(!rss.is_empty());
    assert_eq!(said("flux.atom"), rss);
    assert_eq!(said("flux.json"), rss);
}

#[test]
fn what_feeds_and_the_sitemap_name_is_there() {
    let mut dead = BTreeSet::new();
    let mut check = |from: &str, address: &str| {
        let path = address.strip_prefix(BASE).map(str::to_owned);
        if path.is_none_or(|path| !is_output(&file_of(&path))) {
            dead.insert(format!("{from}: {address}"));
        }
    };
    for (path, feed) in feeds() {
        for entry in &feed.entries {
            entry.links.iter().for_each(|link| check(path, &link.href));
        }
    }
    sitemap().iter().for_each(|address| check("sitemap.xml", address));
    assert_none(dead);
}

fn sitemap() -> Vec<String> {
    let document = roxmltree::Document::parse(SHIPPED.text("sitemap.xml")).expect("XML");
    assert_eq!(document.root_element().tag_name().namespace(), Some("http://www.sitemaps.org/schemas/sitemap/0.9"));
    let locations =
        document.descendants().filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")));
    locations.filter_map(|node| node.text()).map(str::to_owned).collect()
}

#[test]
fn the_sitemap_names_each_page_once() {
    let named = sitemap();
    let unique: BTreeSet<&String> = named.iter().collect();
    assert_eq!(named.len(), unique.len());
    let is_indexed = |page: &Html| elements(page, "meta[name=robots][content*=noindex]").is_empty();
    let canonical = |page: &Html| -> Option<String> {
        elements(page, "link[rel=canonical]").first()?.attr("href").map(str::to_owned)
    };
    let pages: BTreeSet<String> =
        read_pages().iter().filter(|(_, page)| is_indexed(page)).filter_map(|(_, page)| canonical(page)).collect();
    assert_eq!(unique.into_iter().cloned().collect::<BTreeSet<_>>(), pages);
}

/// Every address that an element of a page names, with the element.
fn addresses(page: &Html) -> Vec<(ElementRef<'_>, String)> {
    let mut found = Vec::new();
    for element in elements(page, "[href], [src], [srcset], [action], [poster], [data], [formaction]") {
        for name in ["href", "src", "action", "poster", "data", "formaction"] {
            found.extend(element.attr(name).map(|address| (element, address.to_owned())));
        }
        for candidate in element.attr("srcset").unwrap_or_default().split(',') {
            found.extend(candidate.split_whitespace().next().map(|address| (element, address.to_owned())));
        }
    }
    found
}

fn is_whole(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.contains(':') || address.starts_with("//")
}

/// The path of the output that a relative address on a page means; none when it leads out of the site.
fn resolve(page: &str, address: &str) -> Option<String> {
    let mut steps: Vec<&str> = page.split('/').collect();
    steps.pop();
    if address.starts_with('/') {
        steps.clear();
    }
    for step in address.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    let folder = if address.is_empty() || address.ends_with(['/', '.']) { "/" } else { "" };
    Some(decoded(&format!("{}{folder}", steps.join("/"))))
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = (*first == b'%').then(|| after.get(..2)).flatten();
        let value = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// The output behind a path: a folder means its page.
fn file_of(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn is_output(path: &str) -> bool {
    SHIPPED.0.site.outputs.contains_key(path)
}

#[test]
fn every_link_anchor_and_asset_is_there() {
    let pages = pages();
    let anchors: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, page)| {
            (*path, elements(page, "[id]").iter().filter_map(|e| e.attr("id")).map(str::to_owned).collect())
        })
        .collect();
    let mut dead = BTreeSet::new();
    for (path, page) in &pages {
        for (_, address) in addresses(page).into_iter().filter(|(_, address)| !is_whole(address)) {
            let (before, anchor) = address.split_once('#').unwrap_or((&address, ""));
            let before = before.split('?').next().unwrap_or_default();
            let target = if before.is_empty() {
                Some((*path).to_owned())
            } else {
                resolve(path, before).map(|path| file_of(&path))
            };
            let Some(target) = target.filter(|target| is_output(target)) else {
                dead.insert(format!("{path}: {address}"));
                continue;
            };
            let has_anchor = anchors.get(target.as_str()).is_some_and(|ids| ids.contains(&decoded(anchor)));
            if !anchor.is_empty() && anchor != "top" && !has_anchor {
                dead.insert(format!("{path}: {address} (anchor)"));
            }
        }
    }
    assert_none(dead);
}

#[test]
fn what_style_sheets_fetch_is_there() {
    let mut dead = BTreeSet::new();
    for path in SHIPPED.paths().into_iter().filter(|path| path.ends_with(".css")) {
        let css = SHIPPED.text(path);
        assert!(!css.contains("@import"), "{path}");
        for url in css.split("url(").skip(1).filter_map(|rest| rest.split(')').next()) {
            let url = url.trim_matches(['"', '\'']);
            let is_there = resolve(path, url.split(['?', '#']).next().unwrap_or_default())
                .is_some_and(|target| is_output(&target));
            if !url.starts_with("data:") && !is_there {
                dead.insert(format!("{path}: {url}"));
            }
        }
    }
    assert_none(dead);
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let mut found = BTreeSet::new();
    for (path, page) in pages() {
        for (element, address) in addresses(&page) {
            let is_link = element.value().name() == "a"
                || element.attr("rel").is_some_and(|rel| ["canonical", "alternate"].contains(&rel));
            if !is_link && is_whole(&address) && !address.starts_with("data:image/svg+xml") {
                found.insert(format!("{path}: <{}> {address}", element.value().name()));
            }
        }
    }
    assert_none(found);
}

#[test]
fn pages_carry_no_style_and_no_script_of_their_own() {
    let mut found = BTreeSet::new();
    for (path, page) in pages() {
        for element in elements(&page, "*") {
            for (name, _) in element.value().attrs().filter(|(name, _)| *name == "style" || name.starts_with("on")) {
                found.insert(format!("{path}: <{} {name}>", element.value().name()));
            }
        }
        for script in elements(&page, "script:not([src])") {
            let text: String = script.text().collect();
            let is_data = script.attr("type") == Some("application/ld+json");
            if !is_data || serde_json::from_str::<serde_json::Value>(&text).is_err() {
                found.insert(format!("{path}: <script> {text}"));
            }
        }
        if !elements(&page, "style").is_empty() {
            found.insert(format!("{path}: <style>"));
        }
    }
    assert_none(found);
}

#[test]
fn headings_form_a_tree_below_one_title() {
    let mut found = BTreeSet::new();
    for (path, page) in read_pages() {
        let headings = elements(&page, "body :is(h1, h2, h3, h4, h5, h6)");
        let levels: Vec<u32> = headings.iter().filter_map(|heading| heading.value().name()[1..].parse().ok()).collect();
        let n_titles = levels.iter().filter(|level| **level == 1).count();
        if n_titles != 1 {
            found.insert(format!("{path}: {n_titles} h1"));
        }
        for (pair, heading) in levels.windows(2).zip(headings.iter().skip(1)) {
            if pair[1] > pair[0] + 1 {
                found.insert(format!(
                    "{path}: h{} after h{}: {}",
                    pair[1],
                    pair[0],
                    heading.text().collect::<String>()
                ));
            }
        }
        for heading in headings.iter().filter(|heading| heading.text().collect::<String>().trim().is_empty()) {
            found.insert(format!("{path}: an empty <{}>", heading.value().name()));
        }
    }
    assert_none(found);
}

#[test]
fn each_page_says_what_it_is_and_in_which_language() {
    let mut by_title: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, page) in pages() {
        let lang = elements(&page, "html")[0].attr("lang");
        assert_eq!(lang, Some("fr"), "{path}");
        assert!(SHIPPED.text(path).starts_with("<!doctype html>"), "{path}");
        assert_eq!(elements(&page, "meta[charset=utf-8]").len(), 1, "{path}");
    }
    for (path, page) in read_pages() {
        let titles = elements(&page, "head > title");
        assert_eq!(titles.len(), 1, "{path}");
        let title: String = titles[0].text().collect();
        assert!(!title.trim().is_empty(), "{path}");
        by_title.entry(title).or_default().push(path);
    }
    assert_none(by_title.into_iter().filter(|(_, paths)| paths.len() > 1).map(|one| format!("{one:?}")).collect());
}

#[test]
fn ids_are_unique_and_what_refers_to_them_finds_them() {
    let mut found = BTreeSet::new();
    for (path, page) in pages() {
        let mut ids = BTreeSet::new();
        for id in elements(&page, "[id]").iter().filter_map(|element| element.attr("id")) {
            if !ids.insert(id) {
                found.insert(format!("{path}: #{id} twice"));
            }
        }
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget", "list"] {
            for element in elements(&page, &format!("[{name}]")) {
                for id in element.attr(name).unwrap_or_default().split_whitespace().filter(|id| !ids.contains(id)) {
                    found.insert(format!("{path}: {name}={id} is nowhere"));
                }
            }
        }
        for image in elements(&page, "img:not([alt])") {
            found.insert(format!("{path}: {} has no alt", image.attr("src").unwrap_or_default()));
        }
    }
    assert_none(found);
}

#[test]
fn addresses_are_resolved_as_browsers_do() {
    let check =
        |page: &str, address: &str, expected: Option<&str>| assert_eq!(resolve(page, address).as_deref(), expected);
    check("a/b/index.html", "../../x/", Some("x/"));
    check("a/b/index.html", "..", Some("a/"));
    check("a/b/index.html", "f%C3%A9.pdf", Some("a/b/fé.pdf"));
    check("404.html", "/x", Some("x"));
    check("index.html", "../x", None);
}
