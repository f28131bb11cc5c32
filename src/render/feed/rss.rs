//! RSS 2.0, by the `rss` crate, with `content:encoded` and `dc:creator`.

use std::collections::BTreeMap;

use rss::extension::atom::{AtomExtensionBuilder, Link};
use rss::extension::dublincore::DublinCoreExtensionBuilder;
use rss::{CategoryBuilder, ChannelBuilder, EnclosureBuilder, GuidBuilder, Item, ItemBuilder};

use crate::output::Output;
use crate::view::feed::{FeedItem, FeedView};

use super::{latest, noon, plain};

pub(super) fn render(feed: &FeedView) -> Option<Output> {
    let latest = latest(feed).and_then(|noon| jiff::fmt::rfc2822::to_string(&noon).ok());
    let own = Link {
        href: feed.self_url.clone(),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let mut namespaces = BTreeMap::new();
    namespaces.insert("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned());
    namespaces.insert("content".to_owned(), "http://purl.org/rss/1.0/modules/content/".to_owned());
    namespaces.insert("dc".to_owned(), "http://purl.org/dc/elements/1.1/".to_owned());
    let channel = ChannelBuilder::default()
        .title(plain(&feed.title))
        .link(feed.link.clone())
        .description(plain(&feed.description))
        .language(feed.lang.clone())
        // The day of the latest item, not the clock: two builds of one content are the same bytes.
        .last_build_date(latest)
        .generator(feed.generator.clone())
        .atom_ext(AtomExtensionBuilder::default().links(vec![own]).build())
        .namespaces(namespaces)
        .items(feed.items.iter().map(item).collect::<Vec<Item>>())
        .build();
    let mut bytes = channel.pretty_write_to(Vec::new(), b' ', 1).ok()?;
    bytes.push(b'\n');
    Some(Output::new(bytes))
}

fn item(item: &FeedItem) -> Item {
    let guid = GuidBuilder::default().value(item.guid.clone()).permalink(item.guid_is_permalink).build();
    let categories: Vec<rss::Category> =
        item.categories.iter().map(|name| CategoryBuilder::default().name(plain(name)).build()).collect();
    let enclosure = item.enclosure.as_ref().map(|file| {
        EnclosureBuilder::default()
            .url(file.url.clone())
            .length(file.length.to_string())
            .mime_type(file.mime_type.to_owned())
            .build()
    });
    let author =
        item.author.as_ref().map(|author| DublinCoreExtensionBuilder::default().creators(vec![plain(author)]).build());
    ItemBuilder::default()
        .title(plain(&item.title))
        .link(item.link.clone())
        .guid(guid)
        .pub_date(noon(&item.date).and_then(|noon| jiff::fmt::rfc2822::to_string(&noon).ok()))
        .description(item.description.as_deref().map(plain))
        .content(Some(plain(&item.content)).filter(|content| !content.is_empty()))
        .categories(categories)
        .enclosure(enclosure)
        .dublin_core_ext(author)
        .build()
}
