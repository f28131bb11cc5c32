//! Atom (RFC 4287), by the `atom_syndication` crate.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, TextType};

use crate::output::Output;
use crate::view::feed::{FeedItem, FeedView};

use super::{plain, timestamp};

/// When a feed without an item was last changed: it has to say something, and nothing has happened yet.
const NEVER: &str = "1970-01-01T00:00:00Z";

pub(super) fn render(feed: &FeedView) -> Option<Output> {
    let latest = feed.items.iter().map(|item| item.date.as_str()).max();
    let own = link(&feed.self_url, "self", "application/atom+xml");
    let atom = Feed {
        title: plain(&feed.title).into(),
        id: feed.self_url.clone(),
        updated: moment(latest)?,
        subtitle: Some(plain(&feed.description).into()),
        links: vec![own, link(&feed.link, "alternate", "text/html")],
        // An entry without an author of its own has the feed's.
        authors: vec![person(&feed.author)],
        generator: Some(Generator { value: feed.generator.clone(), ..Generator::default() }),
        lang: Some(feed.lang.clone()),
        entries: feed.items.iter().map(entry).collect::<Option<_>>()?,
        ..Feed::default()
    };
    let mut bytes = atom.write_to(Vec::new()).ok()?;
    bytes.push(b'\n');
    Some(Output::new(bytes))
}

fn entry(item: &FeedItem) -> Option<Entry> {
    let enclosure = item
        .enclosure
        .as_ref()
        .map(|file| Link { length: Some(file.length.to_string()), ..link(&file.url, "enclosure", file.mime_type) });
    let content =
        Content { content_type: Some("html".to_owned()), value: Some(plain(&item.content)), ..Content::default() };
    let summary = item.description.as_deref().map(|text| Text { r#type: TextType::Text, ..plain(text).into() });
    Some(Entry {
        title: plain(&item.title).into(),
        id: item.guid.clone(),
        updated: moment(Some(&item.date))?,
        published: Some(moment(Some(&item.date))?),
        authors: item.author.iter().map(|author| person(author)).collect(),
        categories: item.categories.iter().map(|name| category(name)).collect(),
        links: std::iter::once(link(&item.link, "alternate", "text/html")).chain(enclosure).collect(),
        summary,
        content: Some(content).filter(|_| !item.content.is_empty()),
        ..Entry::default()
    })
}

fn moment(day: Option<&str>) -> Option<FixedDateTime> {
    day.map_or_else(|| Some(NEVER.to_owned()), timestamp)?.parse().ok()
}

fn link(address: &str, rel: &str, media_type: &str) -> Link {
    Link { href: address.to_owned(), rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn person(name: &str) -> Person {
    Person { name: plain(name), ..Person::default() }
}

fn category(name: &str) -> Category {
    Category { term: plain(name), ..Category::default() }
}
