//! Feeds: the news, and what is new about a term (RSS 2.0, Atom, JSON Feed 1.1).

use serde::Serialize;

use crate::catalogue::{Module, NewsPost, Term};
use crate::document::Bodies;
use crate::entry::DocumentEntry;
use crate::id::TermKind;
use crate::route::{FeedForm, Route};
use crate::value::Date;

use super::cards::summary;
use super::desk::{Desk, Spot, escaped};

/// How many items a feed holds: readers keep what they have seen.
const MOST_ITEMS: usize = 50;

/// What stands for the site's address in feeds when the site does not say it.
const NO_BASE_URL: &str = "http://localhost/";

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedView {
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// The page that it follows.
    pub link: String,
    /// A sentence about it.
    pub description: String,
    /// Its own address.
    pub self_url: String,
    /// The language of its items.
    pub lang: String,
    /// "Brochure 0.1.0"
    pub generator: String,
    /// Its items, the latest first.
    pub items: Vec<FeedItem>,
}

/// An item of a feed. All its addresses are whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedItem {
    /// The title.
    pub title: String,
    /// The page.
    pub link: String,
    /// Never changes, so that readers know the item again.
    pub guid: String,
    /// Whether the guid is the address.
    pub guid_is_permalink: bool,
    /// The day, `YYYY-MM-DD`: feeds give it as noon in Paris.
    pub date: String,
    /// One or two sentences.
    pub description: Option<String>,
    /// The whole text, HTML.
    pub content: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Themes.
    pub categories: Vec<String>,
    /// The first document that is a file of the site.
    pub enclosure: Option<Enclosure>,
}

/// A file that comes with an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Enclosure {
    /// Its address.
    pub url: String,
    /// Its length in bytes.
    pub length: u64,
    /// Its type (`application/pdf`).
    pub mime_type: &'static str,
}

pub(super) fn base<'d>(desk: &'d Desk<'_>) -> &'d str {
    desk.config.base_url.as_ref().map_or(NO_BASE_URL, |base| base.as_str())
}

pub(super) fn whole(desk: &Desk<'_>, route: &Route) -> String {
    format!("{}{}", base(desk), desk.url(route))
}

/// What an item of a feed is about.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Post(&'a NewsPost),
    Module(&'a Module),
}

impl Subject<'_> {
    /// Tells apart what has one day.
    fn key(self) -> impl Ord {
        match self {
            Self::Post(post) => (0, post.slug.clone()),
            Self::Module(module) => (1, module.slug.clone()),
        }
    }
}

fn feed(
    desk: &Desk<'_>,
    bodies: &Bodies,
    title: String,
    page: &Route,
    own: &Route,
    mut dated: Vec<(Date, Subject<'_>)>,
) -> FeedView {
    dated.sort_by_key(|(day, subject)| (std::cmp::Reverse(*day), subject.key()));
    dated.truncate(MOST_ITEMS);
    let items = dated.into_iter().map(|(day, subject)| match subject {
        Subject::Post(post) => post_item(desk, bodies, post),
        Subject::Module(module) => module_item(desk, module, day),
    });
    let described = desk.tidy_option(desk.config.description.as_ref()).unwrap_or_else(|| title.clone());
    FeedView {
        author: desk.site_title.clone(),
        link: whole(desk, page),
        description: described,
        self_url: whole(desk, own),
        lang: desk.config.lang.code().to_owned(),
        generator: super::shell_maker::generator(),
        items: items.collect(),
        title,
    }
}

pub(super) fn news(desk: &Desk<'_>, bodies: &Bodies, form: FeedForm) -> FeedView {
    let title = desk.phrases.phrase("news_of", &[("site", &desk.site_title)]);
    let items = desk.catalogue.news.iter().map(|post| (post.date, Subject::Post(post))).collect();
    let page = if desk.table.has(&Route::NewsList(1)) { Route::NewsList(1) } else { Route::Home };
    feed(desk, bodies, title, &page, &Route::NewsFeed(form), items)
}

/// A term's modules that have a date; a theme's news as well.
pub(super) fn term(desk: &Desk<'_>, bodies: &Bodies, term: &Term, route: &Route) -> FeedView {
    let name = desk.tidy(&term.title);
    let title = desk.phrases.phrase("term_feed", &[("term", &name), ("site", &desk.site_title)]);
    let mut items: Vec<(Date, Subject<'_>)> = desk
        .catalogue
        .modules_of(term)
        .filter_map(|module| {
            let matter = module.matter();
            // A change makes a module new again for those who follow the feed; no date of the future stands in it.
            let day = matter.updated.max(matter.published).filter(|day| *day <= desk.today()).or(matter.published)?;
            Some((day, Subject::Module(module)))
        })
        .collect();
    if term.id.kind == TermKind::Topic {
        let posts = desk.news_about.get(&term.id).into_iter().flatten();
        items.extend(posts.map(|post| (post.date, Subject::Post(post))));
    }
    feed(desk, bodies, title, &Route::Term(term.id.clone(), 1), route, items)
}

fn post_item(desk: &Desk<'_>, bodies: &Bodies, post: &NewsPost) -> FeedItem {
    let matter = post.matter();
    let route = Route::NewsPost(post.id.clone());
    let path = &post.document.path;
    let spot = Spot { file: path, route: &route, bodies, root: base(desk), anchors_need_page: true };
    let body = spot.body();
    let mut content = desk.body(body, spot).0;
    content.push_str(&desk.fill(&body.footnotes, &body.links, spot));
    content.push_str(&documents(desk, &matter.documents, path));
    let link = whole(desk, &route);
    FeedItem {
        title: desk.tidy(&post.title),
        guid: link.clone(),
        guid_is_permalink: true,
        link,
        date: post.date.to_string(),
        description: desk
            .tidy_option(matter.summary.as_ref())
            .or_else(|| post.document.outline.first_paragraph.clone()),
        content: plain_html(&content),
        author: desk.tidy_option(matter.author.as_ref()),
        categories: post
            .topics
            .iter()
            .filter_map(|id| desk.catalogue.terms.get(id))
            .map(|term| desk.tidy(&term.title))
            .chain(matter.tags.iter().map(|tag| desk.tidy(tag)))
            .collect(),
        enclosure: matter.documents.iter().find_map(|entry| enclosure(desk, entry, path)),
    }
}

fn module_item(desk: &Desk<'_>, module: &Module, day: Date) -> FeedItem {
    let route = Route::Module(module.id.clone());
    let link = whole(desk, &route);
    let summary = summary(desk, module);
    let mut content = summary.as_ref().map(|text| format!("<p>{}</p>", escaped(text))).unwrap_or_default();
    if let Some(session) = module.next_session(desk.today()) {
        let dates: String = desk.dates(&session.entry.days).into_iter().map(|piece| piece.text).collect();
        let city = session.entry.city.as_ref().map(|city| format!(", {}", desk.tidy(city))).unwrap_or_default();
        let words = format!("{}{}{dates}{city}", desk.word("next_session"), desk.word("colon"));
        content.push_str(&format!("<p>{}</p>", escaped(&words)));
    }
    FeedItem {
        title: desk.tidy(&module.title),
        // With the day in it, a changed module is a new item.
        guid: format!("{link}#{day}"),
        guid_is_permalink: false,
        link,
        date: day.to_string(),
        description: summary,
        content,
        author: None,
        categories: module
            .topics
            .iter()
            .filter_map(|id| desk.catalogue.terms.get(id))
            .map(|term| desk.tidy(&term.title))
            .collect(),
        enclosure: None,
    }
}

/// The documents of a post as links: feeds have room for one enclosure only.
fn documents(desk: &Desk<'_>, entries: &[DocumentEntry], path: &crate::source::ContentPath) -> String {
    let links: String = entries
        .iter()
        .filter_map(|entry| desk.document(entry, path))
        .map(|document| {
            let address =
                document.href.unwrap_or_else(|| format!("{}{}", base(desk), document.url.unwrap_or_default()));
            let details =
                if document.details.is_empty() { String::new() } else { format!(" ({})", escaped(&document.details)) };
            format!("<li><a href=\"{}\">{}</a>{details}</li>", escaped(&address), escaped(&document.title))
        })
        .collect();
    if links.is_empty() {
        String::new()
    } else {
        format!("<h2>{}</h2><ul>{links}</ul>", escaped(&desk.word("documents")))
    }
}

fn enclosure(desk: &Desk<'_>, entry: &DocumentEntry, path: &crate::source::ContentPath) -> Option<Enclosure> {
    let named = entry.file.as_ref()?;
    let (url, info) = desk.file(&named.value, path)?;
    let mime_type = mime_type(url.rsplit_once('.')?.1)?;
    Some(Enclosure { url: format!("{}{url}", base(desk)), length: info?.len, mime_type })
}

fn mime_type(extension: &str) -> Option<&'static str> {
    Some(match extension.to_ascii_lowercase().as_str() {
        "pdf" => "application/pdf",
        "odt" => "application/vnd.oasis.opendocument.text",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "zip" => "application/zip",
        _ => return None,
    })
}

/// HTML without what only our pages give a meaning to: focus stops and lazy loading.
fn plain_html(html: &str) -> String {
    html.replace(" tabindex=\"0\"", "").replace(" loading=\"lazy\"", "")
}
