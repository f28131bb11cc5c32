//! JSON Feed (version 1.1).

use serde::Serialize;

use crate::output::Output;
use crate::view::feed::{FeedItem, FeedView};

use super::timestamp;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    language: &'a str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    size_in_bytes: u64,
}

pub(super) fn render(feed: &FeedView) -> Option<Output> {
    let json = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.link,
        feed_url: &feed.self_url,
        description: &feed.description,
        language: &feed.lang,
        items: feed.items.iter().map(item).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&json).ok()?;
    bytes.push(b'\n');
    Some(Output::new(bytes))
}

fn item(item: &FeedItem) -> Item<'_> {
    let files = item.enclosure.iter().map(|file| Attachment {
        url: &file.url,
        mime_type: file.mime_type,
        size_in_bytes: file.length,
    });
    Item {
        id: &item.guid,
        url: &item.link,
        title: &item.title,
        content_html: &item.content,
        summary: item.description.as_deref(),
        date_published: timestamp(&item.date),
        authors: item.author.iter().map(|name| Author { name }).collect(),
        tags: &item.categories,
        attachments: files.collect(),
    }
}
