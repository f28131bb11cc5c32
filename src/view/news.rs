//! News: the list and the posts.

use crate::catalogue::NewsPost;
use crate::route::Route;

use super::cards::news_card;
use super::desk::{Desk, Spot};
use super::glossary::Glossary;
use super::listing::pagination;
use super::pages::{NewsListPage, NewsPostPage};
use super::parts::{AnyLink, Html, PageLink};

/// Words that an adult reads in a minute.
const WORDS_PER_MINUTE: usize = 220;

pub(super) fn list(desk: &Desk<'_>, number: usize) -> NewsListPage {
    let size = desk.config.page_size;
    let posts = desk.catalogue.news.iter().skip((number - 1) * size).take(size);
    NewsListPage {
        posts: posts.map(|post| news_card(desk, post)).collect(),
        pagination: pagination(desk, number, Route::NewsList),
    }
}

pub(super) fn post(desk: &Desk<'_>, index: usize, post: &NewsPost, spot: Spot<'_>) -> NewsPostPage {
    let matter = post.matter();
    let body = spot.body();
    let topic = post.topics.first().and_then(|id| desk.catalogue.terms.get(id));
    let neighbour = |post: Option<&NewsPost>| -> Option<PageLink> {
        let post = post?;
        desk.link(desk.tidy(&post.title), &Route::NewsPost(post.id.clone()))
    };
    let source = post.source.as_ref().and_then(|id| desk.catalogue.organisations.get(id)).map(|organisation| AnyLink {
        label: desk.tidy(&organisation.name),
        url: desk.table.url(&Route::Organisation(organisation.id.clone(), 1)),
        href: None,
    });
    let mut text = desk.body(body, spot);
    Glossary::new(desk).explain(&mut text);
    NewsPostPage {
        title: desk.tidy(&post.title),
        summary: desk.tidy_option(matter.summary.as_ref()),
        date: desk.date(post.date),
        updated: matter.updated.map(|date| desk.date(date)),
        author: desk.tidy_option(matter.author.as_ref()),
        reading_time: desk.phrases.count("minutes", body.words.div_ceil(WORDS_PER_MINUTE).max(1)),
        hue: desk.hue(topic),
        emblem: if topic.is_some() { desk.emblem(topic) } else { String::new() },
        topics: desk.term_links(&post.topics),
        tags: matter.tags.iter().map(|tag| desk.tidy(tag)).collect(),
        image: matter.image.as_ref().and_then(|image| desk.image(image, spot.file)),
        body: text,
        footnotes: Html(desk.fill(&body.footnotes, &body.links, spot)),
        documents: matter.documents.iter().filter_map(|entry| desk.document(entry, spot.file)).collect(),
        source,
        related: post.related.iter().filter_map(|id| Some(desk.card(id)?.module)).collect(),
        older: neighbour(desk.catalogue.news.get(index + 1)),
        newer: neighbour(index.checked_sub(1).and_then(|index| desk.catalogue.news.get(index))),
        share: desk.share(&desk.tidy(&post.title), spot.route),
    }
}
