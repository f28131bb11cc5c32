//! The shell: what is the same on every page, made once a run.

use crate::config::{BadgeEntry, CONFIG_PATH, LinkEntry};
use crate::fold::fold;
use crate::id::TermKind;
use crate::route::{CalendarOf, FeedForm, Route};
use crate::source::ContentPath;

use super::desk::Desk;
use super::organisation::certificate;
use super::parts::{AnyLink, PageLink};
use super::shell::{Badge, Footer, MemberArea, Scripts, Shell, Styles, Urls};

/// The addresses of the look's own files.
#[derive(Clone, Debug, Default)]
pub struct LookUrls {
    /// Style sheets.
    pub styles: Styles,
    /// Scripts.
    pub scripts: Scripts,
    /// The favicon.
    pub favicon_url: String,
    /// Fonts to fetch early.
    pub font_urls: Vec<String>,
}

/// The name and version of the program, for `<meta name=generator>` and feeds.
pub(super) fn generator() -> String {
    format!("Brochure {}", env!("CARGO_PKG_VERSION"))
}

/// Makes the shell.
pub fn make_shell(desk: &Desk<'_>, look: &LookUrls) -> Shell {
    let config = desk.config;
    let settings = ContentPath::new(CONFIG_PATH);
    let menu = menu(desk, &settings);
    Shell {
        lang: config.lang.code().to_owned(),
        title: desk.site_title.clone(),
        description: desk.tidy_option(config.description.as_ref()),
        generator: generator(),
        logo: config.logo.as_ref().and_then(|logo| desk.image(logo, &settings)),
        styles: look.styles.clone(),
        scripts: look.scripts.clone(),
        favicon_url: look.favicon_url.clone(),
        font_urls: look.font_urls.clone(),
        footer: footer(desk, &settings, &menu),
        menu,
        member_area: config.member_area.as_ref().map(|area| MemberArea {
            title: area.title.as_ref().map_or_else(|| desk.word("member_area"), |title| desk.tidy(title)),
            links: area.links.iter().map(|link| entry(desk, link, &settings)).collect(),
        }),
        urls: urls(desk),
    }
}

fn entry(desk: &Desk<'_>, link: &LinkEntry, settings: &ContentPath) -> AnyLink {
    desk.any_link(desk.tidy(&link.label), link.target.as_ref().map(|target| target.value.as_str()), settings)
}

/// The menu of the settings, or what the site has.
fn menu(desk: &Desk<'_>, settings: &ContentPath) -> Vec<AnyLink> {
    if !desk.config.menu.is_empty() {
        return desk.config.menu.iter().map(|link| entry(desk, link, settings)).collect();
    }
    let own = [
        ("catalogue", Route::Catalogue(1), true),
        ("themes", Route::TermIndex(TermKind::Topic), true),
        ("sessions", Route::Sessions(1), !desk.coming.is_empty()),
        ("news", Route::NewsList(1), true),
    ];
    let own =
        own.into_iter().filter(|(.., shown)| *shown).filter_map(|(word, route, _)| desk.link(desk.word(word), &route));
    let contact = desk.catalogue.pages.iter().find(|page| page.slug.as_str() == "contact");
    let contact = contact.and_then(|page| desk.link(desk.tidy(&page.title), &Route::PlainPage(page.id.clone())));
    own.chain(contact).map(|link| AnyLink { label: link.label, url: Some(link.url), href: None }).collect()
}

fn urls(desk: &Desk<'_>) -> Urls {
    let term_index = |kind: TermKind| {
        let any = desk.catalogue.terms_of(kind).iter().any(|term| !term.modules.is_empty() || term.document.is_some());
        desk.table.url(&Route::TermIndex(kind)).filter(|_| any)
    };
    let page_about = |names: &[&str]| {
        let page = desk.catalogue.pages.iter().find(|page| {
            names
                .iter()
                .any(|name| page.slug.as_str() == *name || fold(&page.title).split(' ').any(|word| word == *name))
        })?;
        desk.table.url(&Route::PlainPage(page.id.clone()))
    };
    Urls {
        home: desk.url(&Route::Home),
        catalogue: desk.url(&Route::Catalogue(1)),
        themes: term_index(TermKind::Topic),
        audiences: term_index(TermKind::Audience),
        regions: term_index(TermKind::Region),
        sessions: desk.url(&Route::Sessions(1)),
        calendar: desk.url(&Route::Calendar(CalendarOf::Site)),
        pathways: desk.table.url(&Route::Pathways(1)),
        news: desk.table.url(&Route::NewsList(1)),
        feed: desk.url(&Route::NewsFeed(FeedForm::Rss)),
        organisations: desk.table.url(&Route::Organisations),
        site_map: desk.url(&Route::SiteMap),
        accessibility: page_about(&["accessibilite", "accessibility"]),
        disability: page_about(&["handicap", "disability"]),
    }
}

/// How many plain pages the foot of every page names, and as many legal ones; the site map has all.
const PAGES_AT_FOOT: usize = 24;

/// Pages whose name says that the law asks for them stand last, apart.
fn is_legal(slug: &str, title: &str) -> bool {
    let words = [
        "mentions",
        "legales",
        "legal",
        "accessibilite",
        "accessibility",
        "donnees",
        "privacy",
        "confidentialite",
        "cookies",
        "cgv",
        "cgu",
    ];
    let named = format!("{} {}", fold(slug), fold(title));
    named.split(' ').any(|word| words.contains(&word))
}

fn footer(desk: &Desk<'_>, settings: &ContentPath, menu: &[AnyLink]) -> Footer {
    let config = desk.config;
    let provider = desk.catalogue.provider.as_ref().and_then(|id| desk.catalogue.organisations.get(id));
    let provider = provider.and_then(|organisation| organisation.matter());
    let own = |of_legal: &Option<String>, of_provider: Option<&Option<String>>| {
        of_legal.clone().or_else(|| of_provider.cloned().flatten())
    };
    let address = own(&config.legal.address, provider.map(|matter| &matter.address));
    let phone = own(&config.legal.phone, provider.map(|matter| &matter.phone));
    let email = own(&config.legal.email, provider.map(|matter| &matter.email));
    let nda = own(&config.legal.nda, provider.map(|matter| &matter.nda));
    let in_menu = |link: &PageLink| menu.iter().any(|entry| entry.url.as_ref() == Some(&link.url));
    let mut pages = Vec::new();
    let mut legal = Vec::new();
    for page in &desk.catalogue.pages {
        let Some(mut link) = desk.link(desk.tidy(&page.title), &Route::PlainPage(page.id.clone())) else { continue };
        if is_legal(page.slug.as_str(), &page.title) {
            // The status comes from the settings only: without an audit, nothing is claimed (RGAA 4.1).
            let status =
                config.legal.accessibility_status.as_ref().filter(|_| page.slug.as_str().starts_with("accessib"));
            if let Some(status) = status {
                link.label = desk.phrases.phrase("accessibility_status", &[("status", &desk.tidy(status))]);
            }
            legal.push(link);
        } else if !in_menu(&link) {
            pages.push(link);
        }
        // A foot that named thousands would stand on as many pages.
        pages.truncate(PAGES_AT_FOOT);
        legal.truncate(PAGES_AT_FOOT);
    }
    let lines = address.iter().flat_map(|address| address.lines());
    Footer {
        address: lines.map(|line| desk.tidy(line)).filter(|line| !line.is_empty()).collect(),
        phone: phone.map(|phone| desk.phone(&phone)),
        email: email.map(|email| desk.email(&email)),
        pages,
        legal,
        badges: config.quality.badges.iter().map(|entry| badge(desk, entry, settings)).collect(),
        certificate: config
            .quality
            .certificate_number
            .as_ref()
            .map(|number| certificate(desk, number, &config.quality.categories)),
        memberships: config.memberships.iter().map(|link| entry(desk, link, settings)).collect(),
        // Printed only in the sentence that the law gives (code du travail, L6352-12).
        registration: nda.map(|nda| super::plain::registration(desk, &nda)),
        notice: desk.tidy_option(config.legal.notice.as_ref()),
    }
}

/// The categories of action that the certificate was given for: what the settings say, or the provider's own file.
fn certified_for<'a>(desk: &Desk<'a>) -> &'a [String] {
    let own = desk.config.quality.categories.as_slice();
    let provider = desk.catalogue.provider.as_ref().and_then(|id| desk.catalogue.organisations.get(id));
    let certificate = provider.and_then(|provider| provider.matter()).and_then(|matter| matter.qualiopi.as_ref());
    certificate.map_or(own, |certificate| if own.is_empty() { &certificate.categories } else { own })
}

fn badge(desk: &Desk<'_>, entry: &BadgeEntry, settings: &ContentPath) -> Badge {
    let named = fold(&entry.name);
    let has = |words: &[&str]| named.split(' ').any(|word| words.iter().any(|start| word.starts_with(start)));
    let icon = if has(&["satisf"]) || named.contains('%') {
        "heart"
    } else if has(&["handicap", "accessib", "disab"]) {
        "access"
    } else if has(&["pair", "equipe", "co", "team"]) {
        "people"
    } else {
        "medal"
    };
    // Wherever the mark is shown, the categories of action that it was given for stand beside it.
    let categories = match entry.is_mark() && entry.image.is_some() && !entry.names_category() {
        true => super::organisation::categories(desk, certified_for(desk)),
        false => None,
    };
    let text: Vec<String> = desk.tidy_option(entry.text.as_ref()).into_iter().chain(categories).collect();
    Badge {
        mark: entry.is_mark(),
        name: desk.tidy(&entry.name),
        text: (!text.is_empty()).then(|| text.join(". ")),
        icon,
        image: entry.image.as_ref().and_then(|image| desk.image(image, settings)),
        link: entry.target.as_ref().map(|target| desk.any_link(desk.tidy(&entry.name), Some(&target.value), settings)),
    }
}
