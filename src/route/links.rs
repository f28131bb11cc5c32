//! What the links of authors lead to: resolved in one place, for checking and for drawing.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::catalogue::Catalogue;
use crate::config::{CONFIG_PATH, Config};
use crate::diagnostic::{Code, Diagnostic, Place, Placed};
use crate::document::{Anchors, Bodies, Body, Document, LinkKind, MODULE_IDS, Matter};
use crate::entry::{DocumentEntry, ImageEntry};
use crate::fold::Names;
use crate::source::ContentPath;
use crate::value::telephone::{is_email, tel_uri};

use super::plan::documents;
use super::url::decode;
use super::{Route, RouteTable, SitePath};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// An address with a scheme of its own, or another host.
    Elsewhere(String),
    /// An anchor of the same page.
    Here(String),
    /// A page or file of the site, with an anchor (and its `#`) or nothing behind it.
    Site(SitePath, String),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Dead {
    /// Nothing stands there.
    Missing,
    /// Its scheme is none that a page may lead to, such as `javascript:`.
    Scheme,
    /// It leads out of the site's folder.
    Outside,
    /// A draft, or something that waits for its day.
    Waiting,
    /// The page exists, the anchor does not.
    Anchor(Route),
}

impl RouteTable {
    /// What `target`, written in `file` and shown at `route`, leads to; `None` for a dead link.
    pub fn follow(&self, file: &ContentPath, route: &Route, target: &str) -> Option<Destination> {
        self.resolve(file, route, target).ok()
    }

    fn resolve(&self, file: &ContentPath, route: &Route, target: &str) -> Result<Destination, Dead> {
        let target = target.trim();
        if is_elsewhere(target) {
            let elsewhere = Destination::Elsewhere(target.to_owned());
            return if is_harmless(target) { Ok(elsewhere) } else { Err(Dead::Scheme) };
        }
        let (path, anchor) = match target.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (target, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        let anchor = match anchor.filter(|anchor| !anchor.is_empty()) {
            Some(anchor) => Some(decode(anchor).ok_or(Dead::Missing)?),
            None => None,
        };
        if path.is_empty() {
            let anchor = anchor.unwrap_or_default();
            return match self.check_anchor(route, &anchor) {
                _ if anchor.is_empty() => Ok(Destination::Here("#".to_owned())),
                Ok(()) => Ok(Destination::Here(format!("#{anchor}"))),
                Err(dead) => Err(dead),
            };
        }
        let path: String = decode(path).ok_or(Dead::Missing)?.nfc().collect();
        let found = if let Some(absolute) = path.strip_prefix('/') {
            self.site_address(absolute)?
        } else {
            self.neighbour(file, &path)?
        };
        let (address, found_route) = found;
        if let Some(anchor) = &anchor {
            self.check_anchor(found_route, anchor)?;
        }
        Ok(Destination::Site(address.clone(), anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default()))
    }

    /// An address from the site's root, or the path of a source file.
    fn site_address(&self, absolute: &str) -> Result<(&SitePath, &Route), Dead> {
        if absolute.split('/').any(|step| step == "..") {
            return Err(Dead::Outside);
        }
        let plain = absolute.trim_end_matches("index.html");
        let forms = [plain.to_owned(), format!("{}/", plain.trim_end_matches('/')), absolute.to_owned()];
        for form in forms {
            if let Some((path, route)) = self.routes.get_key_value(&SitePath::new(form)) {
                return Ok((path, route));
            }
        }
        self.source(&ContentPath::new(absolute))
    }

    /// A file beside the one that links to it; `.md` may be left out, as some editors do.
    fn neighbour(&self, file: &ContentPath, path: &str) -> Result<(&SitePath, &Route), Dead> {
        let near = file.relative(path).ok_or(Dead::Outside)?;
        let with_ending = ContentPath::new(format!("{near}.md"));
        let as_folder = ContentPath::new(format!("{near}/index.md"));
        for candidate in [&near, &with_ending, &as_folder] {
            match self.source(candidate) {
                Err(Dead::Missing) => {}
                found => return found,
            }
        }
        Err(Dead::Missing)
    }

    fn source(&self, path: &ContentPath) -> Result<(&SitePath, &Route), Dead> {
        let route = match self.documents.get(path) {
            Some(Some(route)) => route.clone(),
            Some(None) => return Err(Dead::Waiting),
            None => Route::File(path.clone()),
        };
        let (route, address) = self.addresses.get_key_value(&route).ok_or(Dead::Missing)?;
        Ok((address, route))
    }

    fn check_anchor(&self, route: &Route, anchor: &str) -> Result<(), Dead> {
        // Former addresses and pages that the program makes alone are not known heading by heading.
        let Some(anchors) = self.anchors.get(route) else { return Ok(()) };
        let of_kind = matches!(route, Route::Module(_)) && MODULE_IDS.contains(&anchor);
        if of_kind || anchor == "contenu" || anchors.contains(anchor) {
            return Ok(());
        }
        Err(Dead::Anchor(route.clone()))
    }
}

/// What is proposed for links that lead nowhere; each list is made when it is first needed.
struct Proposals<'a> {
    table: &'a RouteTable,
    addresses: OnceCell<Names>,
    files: OnceCell<(Names, BTreeMap<&'a str, &'a ContentPath>)>,
    anchors: RefCell<BTreeMap<Route, Names>>,
}

impl<'a> Proposals<'a> {
    fn new(table: &'a RouteTable) -> Self {
        Self { table, addresses: OnceCell::new(), files: OnceCell::new(), anchors: RefCell::default() }
    }

    /// The nearest anchor of a page, with its `#`.
    fn anchor(&self, route: &Route, target: &str) -> Option<String> {
        let wanted = decode(target.split_once('#')?.1)?;
        let mut known = self.anchors.borrow_mut();
        let names = known.entry(route.clone()).or_insert_with(|| {
            let anchors = self.table.anchors.get(route).into_iter().flat_map(|anchors| anchors.iter());
            Names::new(anchors)
        });
        names.nearest(&wanted).map(|near| format!("#{near}"))
    }

    /// The nearest thing that could have been meant.
    fn target(&self, file: &ContentPath, target: &str) -> Option<String> {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        if path.starts_with('/') {
            let addresses = || {
                let addresses: Vec<String> = self.table.routes.keys().map(|path| format!("/{path}")).collect();
                Names::new(addresses.iter().map(String::as_str))
            };
            return self.addresses.get_or_init(addresses).nearest(path).map(str::to_owned);
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let (names, by_name) = self.files.get_or_init(|| {
            let files = self.table.addresses.keys().filter_map(|route| match route {
                Route::File(path) => Some(path),
                _ => None,
            });
            let files: Vec<&ContentPath> = self.table.documents.keys().chain(files).collect();
            let mut by_name = BTreeMap::new();
            for path in &files {
                by_name.entry(path.name()).or_insert(*path);
            }
            (Names::new(files.iter().map(|path| path.name())), by_name)
        });
        Some(relative_to(file, by_name.get(names.nearest(name)?)?))
    }
}

/// The way from the folder of one file to another, as an author would write it.
fn relative_to(from: &ContentPath, to: &ContentPath) -> String {
    let from: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
    let to_parts: Vec<&str> = to.as_str().split('/').collect();
    let shared = from.iter().zip(&to_parts).take_while(|(one, two)| one == two).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to_parts[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

fn is_elsewhere(target: &str) -> bool {
    target.starts_with("//")
        || target.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

/// Schemes that a page may lead to: they open a page, a message, a call, a calendar or a map, and run nothing.
const SCHEMES: [&str; 8] = ["http", "https", "mailto", "tel", "sms", "webcal", "webcals", "geo"];

/// Whether following a link can only open something. Browsers skip control characters in a scheme, so none may be in it.
pub fn is_harmless(target: &str) -> bool {
    let visible = target.trim().chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>();
    match visible.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

/// What the name of a site ends in, where French and English readers go.
const ENDINGS: [&str; 22] = [
    "asso", "be", "bzh", "ca", "ch", "com", "coop", "corsica", "eu", "fr", "gf", "gp", "info", "lu", "mq", "nc", "net",
    "org", "paris", "pf", "re", "uk",
];

/// The whole of an address that lacks its beginning: a site, a mailbox or a telephone, as people know them by heart.
fn whole_address(target: &str) -> Option<String> {
    if is_email(target.split('?').next()?) {
        return Some(format!("mailto:{target}"));
    }
    // "https//example.org" lacks no more than its colon.
    let site = ["https//", "http//"].iter().find_map(|start| target.strip_prefix(start)).unwrap_or(target);
    let host = site.split(['/', '?', '#']).next()?;
    let (name, ending) = host.rsplit_once('.')?;
    // "autre.md" and "plan.pdf" are files.
    let is_site = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        && name.starts_with(char::is_alphanumeric);
    is_site.then(|| format!("https://{site}"))
}

/// The same for a telephone, with its spaces as some editors write them.
fn whole_telephone(target: &str) -> Option<String> {
    tel_uri(&decode(target)?)
}

/// The anchors that a document's own text has.
pub(super) fn anchors_of(document: &Document) -> Anchors {
    let anchors = &document.outline.anchors;
    let Matter::Module(matter) = &document.matter else { return anchors.clone() };
    let mut own = matter.sections.iter().filter_map(|section| section.id.clone()).peekable();
    if own.peek().is_some() { anchors.with(own) } else { anchors.clone() }
}

/// A link of an author, wherever it is written.
struct Written<'a> {
    target: &'a str,
    place: Place,
    is_image: bool,
}

fn links_of_text(body: &Body) -> impl Iterator<Item = Written<'_>> {
    body.links.iter().map(|link| Written {
        target: &link.target,
        place: Place::Span(link.span.clone()),
        is_image: link.kind == LinkKind::Image,
    })
}

fn links_of_matter(document: &Document) -> Vec<Written<'_>> {
    let mut links: Vec<Written<'_>> = Vec::new();
    match &document.matter {
        Matter::Module(matter) => {
            links.extend(matter.documents.iter().filter_map(of_document));
            links.extend(matter.access.url.iter().map(of_file));
            links.extend(matter.sessions.iter().filter_map(|session| session.register_url.as_ref()).map(of_file));
            for section in &matter.sections {
                let place = || section.place.clone().unwrap_or(Place::Start);
                let prose = std::iter::once(&section.prose).chain(section.steps.iter().map(|step| &step.prose));
                for link in prose.flat_map(|prose| &prose.links) {
                    let is_image = link.kind == LinkKind::Image;
                    links.push(Written { target: &link.target, place: place(), is_image });
                }
            }
        }
        Matter::News(matter) => {
            links.extend(matter.documents.iter().filter_map(of_document));
            links.extend(matter.image.iter().map(of_image));
        }
        Matter::Page(matter) => links.extend(matter.documents.iter().filter_map(of_document)),
        Matter::Organisation(matter) => {
            links.extend(matter.logo.iter().map(of_image));
            let certificate = matter.qualiopi.as_ref().and_then(|qualiopi| qualiopi.certificate_file.as_ref());
            links.extend(certificate.map(of_file));
        }
        Matter::Term(..) | Matter::Home(_) => {}
    }
    links
}

fn of_file(named: &Placed<String>) -> Written<'_> {
    Written { target: &named.value, place: named.place.clone(), is_image: false }
}

fn of_document(entry: &DocumentEntry) -> Option<Written<'_>> {
    entry.file.as_ref().or(entry.url.as_ref()).map(of_file)
}

fn of_image(image: &ImageEntry) -> Written<'_> {
    Written { is_image: true, ..of_file(&image.file) }
}

fn links_of_config(config: &Config) -> Vec<Written<'_>> {
    let mut links: Vec<Written<'_>> = Vec::new();
    links.extend(config.logo.iter().map(of_image));
    let area = config.member_area.iter().flat_map(|area| &area.links);
    let entries = config.menu.iter().chain(&config.memberships).chain(area);
    links.extend(entries.filter_map(|entry| entry.target.as_ref()).map(of_file));
    for badge in &config.quality.badges {
        links.extend(badge.image.iter().map(of_image));
        links.extend(badge.target.iter().map(of_file));
    }
    links.extend(config.access.url.iter().map(of_file));
    links.extend(config.quality.certificate_file.iter().map(of_file));
    links.extend(config.quality.satisfaction_url.iter().map(of_file));
    links
}

/// Which links are checked.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// Those of every document and of the settings.
    All,
    /// Those of these documents.
    Of(&'a BTreeSet<ContentPath>),
}

/// Checks links. What is found depends on a document, its text and the addresses, and on no other text.
pub fn check_links(
    catalogue: &Catalogue,
    config: &Config,
    table: &RouteTable,
    bodies: &Bodies,
    which: Which<'_>,
) -> Vec<Diagnostic> {
    let is_asked = |document: &Document| match which {
        Which::All => true,
        Which::Of(files) => files.contains(&document.path),
    };
    let documents: Vec<_> = documents(catalogue, &is_asked).collect();
    // Nearly all links are alive: what is proposed for the others is not worth more than one core.
    let dead = documents.par_iter().flat_map_iter(|(route, document)| {
        let file = &document.path;
        let links = links_of_text(bodies.get(file)).chain(links_of_matter(document));
        links.filter_map(move |link| table.resolve(file, route, link.target).err().map(|dead| (file, link, dead)))
    });
    let dead: Vec<_> = dead.collect();
    let settings = ContentPath::new(CONFIG_PATH);
    let of_settings = if matches!(which, Which::All) { links_of_config(config) } else { Vec::new() };
    let of_config = of_settings.into_iter().filter_map(|link| {
        let dead = table.resolve(&settings, &Route::Home, link.target).err()?;
        Some((&settings, link, dead))
    });
    let proposals = Proposals::new(table);
    dead.into_iter().chain(of_config).map(|(file, link, dead)| told(&proposals, file, &link, dead)).collect()
}

fn told(proposals: &Proposals<'_>, file: &ContentPath, link: &Written<'_>, dead: Dead) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::DeadLink, file, link.place.clone()).arg("target", link.target);
    match dead {
        Dead::Missing => {
            let message = if link.is_image { "message-image" } else { "message" };
            let whole = whole_address(link.target).or_else(|| whole_telephone(link.target));
            let whole = whole.filter(|_| !link.is_image);
            diagnostic.message(message).near(whole.or_else(|| proposals.target(file, link.target)))
        }
        Dead::Scheme => diagnostic.message("message-scheme").help("help-scheme"),
        Dead::Outside => diagnostic.message("message-outside").help("help-outside"),
        Dead::Waiting => diagnostic.message("message-waiting").help("help-waiting"),
        Dead::Anchor(route) => {
            // The whole link, ready to be copied.
            let page = link.target.split('#').next().unwrap_or_default();
            let near = proposals.anchor(&route, link.target).map(|near| format!("{page}{near}"));
            diagnostic.message("message-anchor").help("help-anchor").near(near)
        }
    }
}

/// Files of `content/` that some document or setting names.
pub(super) fn referenced_files(catalogue: &Catalogue, config: &Config) -> BTreeSet<ContentPath> {
    let settings = ContentPath::new(CONFIG_PATH);
    let by_documents = documents(catalogue, &|_| true).flat_map(|(_, document)| {
        let links = links_of_matter(document);
        let targets = links.iter().map(|link| link.target).chain(document.outline.files.iter().map(String::as_str));
        targets.filter_map(|target| file_of(&document.path, target)).collect::<Vec<_>>()
    });
    let by_settings = links_of_config(config).into_iter().filter_map(|link| file_of(&settings, link.target));
    by_documents.chain(by_settings.collect::<Vec<_>>()).filter(|path| catalogue.files.contains_key(path)).collect()
}

fn file_of(from: &ContentPath, target: &str) -> Option<ContentPath> {
    if is_elsewhere(target) {
        return None;
    }
    let path: String = decode(target.split(['#', '?']).next()?)?.nfc().collect();
    match path.strip_prefix('/') {
        Some(absolute) => Some(ContentPath::new(absolute)),
        None => from.relative(&path),
    }
}
