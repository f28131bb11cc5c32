//! What surrounds every page: the head, the header, the footer. In templates: `page` and `site`.

use serde::Serialize;

use super::parts::{AnyLink, Image, PageLink};

/// What differs from page to page in the head and the header. In templates: `page`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// The page's own title, which is also its `h1` unless the page says otherwise.
    pub title: String,
    /// The whole `<title>`: unique over the site.
    pub head_title: String,
    /// For `<meta name=description>`.
    pub description: Option<String>,
    /// For `<link rel=canonical>` and `og:url`; none without `base_url`.
    pub canonical_absolute: Option<String>,
    /// This page's address from the root, without `/` in front (empty for the home page).
    pub url: String,
    /// Which entry of the menu the page belongs to, by the entry's address (`catalogue/`); empty for none.
    pub section: String,
    /// The way from the home page, this page last and without an address; empty on the home page.
    pub crumbs: Vec<Crumb>,
    /// Feeds to announce: the news feed on every page, a term's own on its page, calendars where there are sessions.
    pub feeds: Vec<FeedLink>,
    /// Data for machines (schema.org), safe inside `<script type="application/ld+json">`. Written with `| safe`.
    pub json_ld: Option<String>,
    /// Keep search engines away (404, redirects).
    pub noindex: bool,
}

/// A step of the way from the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// The words.
    pub label: String,
    /// The address; none for the page itself.
    pub url: Option<String>,
}

/// What is the same on every page. In templates: `site`; the interface's words are `t` beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shell {
    /// The language of the pages (`fr`, `en`).
    pub lang: String,
    /// The site's name.
    pub title: String,
    /// The site in one sentence.
    pub description: Option<String>,
    /// "Brochure 0.1.0", for `<meta name=generator>`.
    pub generator: String,
    /// The site's own logo.
    pub logo: Option<Image>,
    /// Style sheets, by their root-relative addresses with hashed names.
    pub styles: Styles,
    /// Scripts, likewise.
    pub scripts: Scripts,
    /// The favicon.
    pub favicon_url: String,
    /// Font files to fetch early.
    pub font_urls: Vec<String>,
    /// The menu. The current one is that whose `url` equals `page.section`.
    pub menu: Vec<AnyLink>,
    /// The members' area (seed: "Formateur consultant", "Client stagiaire").
    pub member_area: Option<MemberArea>,
    /// Addresses that templates name.
    pub urls: Urls,
    /// The footer.
    pub footer: Footer,
}

/// The style sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Styles {
    /// All pages, screen and paper.
    pub theme_url: String,
    /// `media="print"`.
    pub print_url: String,
    /// The home page only.
    pub home_url: String,
    /// The sheets of modules only.
    pub module_url: String,
    /// Only where visitors search and choose.
    pub find_url: String,
    /// The page of pathways only.
    pub pathways_url: String,
    /// The site's own colours and the printed footer; after the others. `media=all`.
    pub site_url: Option<String>,
}

/// The scripts, both optional for the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scripts {
    /// In the head, before anything is drawn: the chosen colour scheme.
    pub scheme_url: String,
    /// Deferred: improvements.
    pub site_url: String,
    /// Fetched when a visitor begins to choose or to search.
    pub find_url: String,
    /// Fetched when a visitor begins to search.
    pub search_url: String,
    /// The stems of the site's language, for words that the site does not have.
    pub stems_url: String,
    /// On the page of what was picked.
    pub selection_url: String,
}

/// Root-relative addresses of the main pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Urls {
    /// The home page (empty, or `index.html`).
    pub home: String,
    /// All modules.
    pub catalogue: String,
    /// All themes; none when there is no theme.
    pub themes: Option<String>,
    /// All audiences; none when there is none.
    pub audiences: Option<String>,
    /// All regions; none when there is none.
    pub regions: Option<String>,
    /// Upcoming sessions.
    pub sessions: String,
    /// Upcoming sessions, as a calendar.
    pub calendar: String,
    /// All pathways; none when there is none.
    pub pathways: Option<String>,
    /// The news; none when there is none.
    pub news: Option<String>,
    /// The news feed.
    pub feed: String,
    /// All organisations; none when there is none.
    pub organisations: Option<String>,
    /// All pages of the site.
    pub site_map: String,
    /// The accessibility page, if the site has one.
    pub accessibility: Option<String>,
    /// The page on disability arrangements, if the site has one.
    pub disability: Option<String>,
}

/// Links to the organisation's own portals: this program holds no account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberArea {
    /// "Espace adhérents"
    pub title: String,
    /// The portals.
    pub links: Vec<AnyLink>,
}

/// The foot of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Footer {
    /// The provider's postal address, a line each.
    pub address: Vec<String>,
    /// Telephone, if any: words and `tel:`.
    pub phone: Option<AnyLink>,
    /// E-mail, if any: words and `mailto:`.
    pub email: Option<AnyLink>,
    /// Plain pages that the menu does not name, legal ones last.
    pub pages: Vec<PageLink>,
    /// Legal notice, accessibility, personal data…
    pub legal: Vec<PageLink>,
    /// Quality badges.
    pub badges: Vec<Badge>,
    /// "Certificat n° 2021/91146", if any.
    pub certificate: Option<String>,
    /// Networks and federations that the provider belongs to.
    pub memberships: Vec<AnyLink>,
    /// The legal sentence of the registration number, whole, if the number is given.
    pub registration: Option<String>,
    /// Credits and notices, as settings give them.
    pub notice: Option<String>,
}

/// A quality badge: a name, a few words, perhaps a picture and a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// It is the Qualiopi mark: its picture must not stand on the sheet of a training.
    pub mark: bool,
    /// "Qualiopi", "96 % de satisfaction".
    pub name: String,
    /// A line of small print.
    pub text: Option<String>,
    /// `medal`, `heart`, `access`, `people`: the icon when there is no picture.
    pub icon: &'static str,
    /// The picture.
    pub image: Option<Image>,
    /// Where it leads.
    pub link: Option<AnyLink>,
}

/// A feed that a page announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedLink {
    /// What it tells of.
    pub label: String,
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: &'static str,
}
