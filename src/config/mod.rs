//! The site's settings, from `brochure.yaml`, checked: [`Config`].
//!
//! A site without the file builds with defaults. Settings are read by the same readers as front
//! matter, so a slip in them is placed and explained in the same way; one that would change what is
//! published is an error.

mod addresses;
mod colours;
pub(crate) mod keys;
pub(crate) mod menu;
pub(crate) mod quality;
mod regions;
mod rules;
mod severity;

use std::collections::BTreeMap;

use crate::diagnostic::{Checked, Code, Diagnostic, Place, Placed, Severity, YamlPath};
use crate::document::{ParseOptions, RawHtml};
use crate::entry::{ACCESS_KEY, Access, CONTACTS_KEY, Contact, ImageEntry, read_contacts};
use crate::lang::Lang;
use crate::source::{ContentPath, SourceFile};
use crate::typography::Typography;
use crate::yaml::{self, Field, Fields, Node, Reader};

pub use addresses::{AddressKey, Addresses};
pub use colours::{Colour, Colours};
pub use keys::SETTINGS;
pub use menu::{LinkEntry, MemberAreaEntry};
pub use quality::{Audit, BadgeEntry, Host, Legal, Quality};
pub use regions::RegionEntry;
pub use rules::RuleSettings;
pub use severity::Severities;

/// Where the settings stand.
pub const CONFIG_PATH: &str = "brochure.yaml";

/// The site's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The site's name.
    pub title: Option<String>,
    /// The site in one sentence.
    pub description: Option<String>,
    /// The site's logo.
    pub logo: Option<ImageEntry>,
    /// The site's own colours.
    pub colours: Colours,
    /// Where the site will stand, with a `/` at its end.
    pub base_url: Option<BaseUrl>,
    /// The language of the interface.
    pub lang: Lang,
    /// The folder below `themes/` that holds the site's own look.
    pub look: Option<String>,
    /// The organisation that offers the modules.
    pub provider: Option<Placed<String>>,
    /// Contacts that modules inherit.
    pub contacts: Vec<Contact>,
    /// Access that modules inherit.
    pub access: Access,
    /// Arrangements for disabled people that modules inherit.
    pub accessibility: Option<String>,
    /// The menu; empty for the built-in one.
    pub menu: Vec<LinkEntry>,
    /// Certificate, badges, satisfaction.
    pub quality: Quality,
    /// Networks that the provider belongs to.
    pub memberships: Vec<LinkEntry>,
    /// Links to the organisation's own portals.
    pub member_area: Option<MemberAreaEntry>,
    /// Regions of the site's own, in place of the 18 of France.
    pub regions: Option<Vec<RegionEntry>>,
    /// Acronyms and what they mean.
    pub glossary: BTreeMap<String, String>,
    /// The parts of addresses.
    pub addresses: Addresses,
    /// How many cards a page of a list has.
    pub page_size: usize,
    /// How many crossings have a page, at most.
    pub crossings: usize,
    /// Words of the site can be searched for.
    pub search: bool,
    /// An undeclared term is an error.
    pub closed_vocabulary: bool,
    /// What becomes of HTML in bodies.
    pub raw_html: RawHtml,
    /// Links end in `index.html`.
    pub file_links: bool,
    /// Severities that the site changes.
    pub severity: Severities,
    /// Legal notice data.
    pub legal: Legal,
    /// How the rules for content are read.
    pub rules: RuleSettings,
    /// The report on the rules is a page of the site.
    pub report: bool,
    /// Where a file can be changed: an address with `{path}` and perhaps `{line}` in it.
    pub edit_url: Option<String>,
    /// The people who are named have agreed to it.
    pub consent: bool,
    /// Other hosts from which pages may load something.
    pub allowed_hosts: Vec<String>,
    /// Addresses of the last site that are given up, though nothing leads on from them.
    pub removed_addresses: Vec<String>,
    /// The language in which the keys are spelt.
    pub spelling: Lang,
}

/// A whole address of a site: scheme, host, path with a `/` at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Checks an address: `http` or `https`, a host, no query and no anchor.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let (host, path) = rest.trim_end_matches('/').split_once('/').unwrap_or((rest.trim_end_matches('/'), "x"));
        let path_is_sound =
            path.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"?#\"'<>\\{}|^`".contains(c));
        // Pages begin with the path where they are shown at any depth: one with `//` in front would be another host.
        let leads_elsewhere = path.split('/').any(|step| matches!(step, "" | "." | ".."));
        (is_host(host) && path_is_sound && !leads_elsewhere).then(|| Self(format!("{}/", text.trim_end_matches('/'))))
    }

    /// The address with its `/` at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, with its port if it has one.
    pub fn host(&self) -> &str {
        let after_scheme = self.0.split_once("://").map_or(self.as_str(), |(_, rest)| rest);
        after_scheme.split('/').next().unwrap_or_default()
    }

    /// The path on its host, with a `/` at both ends.
    pub fn path(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |at| at + 3);
        self.0[after_scheme..].find('/').map_or("/", |at| &self.0[after_scheme + at..])
    }
}

/// Whether a text is the name of a host, or its number, perhaps with a port behind it.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (text, None),
    };
    let port_is_sound =
        port.is_none_or(|port| (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit()));
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'));
    let is_number = |number: &str| number.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.'));
    let name_is_sound = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(number) => is_number(number),
        None => is_name(name) && name.contains(char::is_alphanumeric),
    };
    port_is_sound && name_is_sound
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            logo: None,
            colours: Colours::default(),
            base_url: None,
            lang: Lang::default(),
            look: None,
            provider: None,
            contacts: Vec::new(),
            access: Access::default(),
            accessibility: None,
            menu: Vec::new(),
            quality: Quality::default(),
            memberships: Vec::new(),
            member_area: None,
            regions: None,
            glossary: BTreeMap::new(),
            addresses: Addresses::of(Lang::default()),
            page_size: 50,
            crossings: 500,
            search: true,
            closed_vocabulary: false,
            raw_html: RawHtml::Sanitise,
            file_links: false,
            severity: Severities::default(),
            legal: Legal::default(),
            rules: RuleSettings::default(),
            report: false,
            edit_url: None,
            consent: false,
            allowed_hosts: Vec::new(),
            removed_addresses: Vec::new(),
            spelling: Lang::default(),
        }
    }
}

impl Config {
    /// What parsing a document depends on.
    pub fn parse_options(&self) -> ParseOptions {
        ParseOptions { raw_html: self.raw_html, typography: self.typography() }
    }

    /// The spacing that texts get.
    pub fn typography(&self) -> Typography {
        match self.lang {
            Lang::French => Typography::French,
            Lang::English => Typography::AsWritten,
        }
    }
}

/// Reads the settings; without the file, the defaults.
pub fn read_config(file: Option<&SourceFile>) -> Checked<Config> {
    let path = ContentPath::new(CONFIG_PATH);
    let mut config = match file {
        Some(file) => read_file(file),
        None => Checked::clean(Config::default()),
    };
    let is_told = |one: &Diagnostic| one.code == Code::MissingBaseUrl || hides_base_url(one);
    if config.value.base_url.is_none() && !config.diagnostics.iter().any(is_told) {
        config.diagnostics.push(Diagnostic::new(Code::MissingBaseUrl, &path, Place::File));
    }
    config
}

/// A `base_url` that is wrong, or stands in settings that cannot be read, is not missing as well.
fn hides_base_url(diagnostic: &Diagnostic) -> bool {
    match diagnostic.code {
        Code::InvalidSetting => diagnostic.message == "message-base-url",
        Code::InvalidShape => diagnostic.message == "message-settings",
        code => matches!(code, Code::NotUtf8 | Code::YamlSyntax),
    }
}

fn read_file(file: &SourceFile) -> Checked<Config> {
    let mut reader = Reader::new(&file.path);
    let text = match crate::source::decode(&file.path, &file.bytes) {
        Ok(text) => text,
        Err(diagnostic) => return Checked::new(Config::default(), vec![*diagnostic]),
    };
    let Some((yaml, offset)) = crate::document::yaml_of(&file.path, text) else {
        return Checked::clean(Config::default());
    };
    let node = match yaml::parse(&file.path, yaml, offset) {
        Ok(Node::Null) => return Checked::clean(Config::default()),
        Ok(node) => node,
        Err(diagnostic) => return Checked::new(Config::default(), vec![*diagnostic]),
    };
    let Some(fields) = Fields::of(&node, YamlPath::default()) else {
        let shape = Diagnostic::new(Code::InvalidShape, &file.path, Place::Start);
        reader.report(shape.message("message-settings").help("help-settings"));
        return Checked::new(Config::default(), reader.diagnostics);
    };
    // A setting that is lost whole, such as a colour, is told by its own reader.
    let cut = yaml::cut_values(&file.path, yaml, offset).into_iter();
    reader.diagnostics.extend(cut.filter(|one| one.message != "message-empty"));
    let config = Config::read(fields, &mut reader);
    Checked::new(config, reader.diagnostics)
}

impl Config {
    fn read(mut fields: Fields<'_>, reader: &mut Reader<'_>) -> Self {
        let f = &mut fields;
        let lang = f.take(&keys::LANG, reader).and_then(|field| read_lang(&field, reader)).unwrap_or_default();
        let defaults = Self::default();
        let config = Self {
            title: keys::text(f, &keys::TITLE, reader),
            description: keys::text(f, &keys::DESCRIPTION, reader),
            logo: f.take(&keys::LOGO, reader).and_then(|field| ImageEntry::read(&field, reader)),
            colours: f.take(&keys::COLOURS, reader).map(|f| Colours::read(&f, reader)).unwrap_or_default(),
            base_url: f.take(&keys::BASE_URL, reader).and_then(|field| read_base_url(&field, reader)),
            lang,
            look: f.take(&keys::LOOK, reader).and_then(|field| read_look(&field, reader)),
            provider: f.take(&keys::PROVIDER, reader).and_then(|field| field.placed_text(reader)),
            contacts: f.take(&CONTACTS_KEY, reader).map(|field| read_contacts(&field, reader)).unwrap_or_default(),
            access: f.take(&ACCESS_KEY, reader).map(|field| Access::read(&field, reader)).unwrap_or_default(),
            accessibility: keys::text(f, &keys::ACCESSIBILITY, reader),
            menu: f.take(&keys::MENU, reader).map(|field| menu::read_links(&field, reader)).unwrap_or_default(),
            quality: f.take(&keys::QUALITY, reader).map(|field| Quality::read(&field, reader)).unwrap_or_default(),
            memberships: f.take(&keys::MEMBERSHIPS, reader).map(|f| menu::read_links(&f, reader)).unwrap_or_default(),
            member_area: f.take(&keys::MEMBER_AREA, reader).and_then(|f| MemberAreaEntry::read(&f, reader)),
            regions: f.take(&keys::REGIONS, reader).map(|field| regions::read_regions(&field, reader)),
            glossary: f.take(&keys::GLOSSARY, reader).map(|f| read_glossary(&f, reader)).unwrap_or_default(),
            addresses: match f.take(&keys::ADDRESSES, reader) {
                Some(field) => Addresses::read(&field, lang, reader),
                None => Addresses::of(lang),
            },
            page_size: f
                .take(&keys::PAGE_SIZE, reader)
                .and_then(|field| read_page_size(&field, reader))
                .unwrap_or(defaults.page_size),
            crossings: f
                .take(&keys::CROSSINGS, reader)
                .and_then(|field| read_crossings(&field, reader))
                .unwrap_or(defaults.crossings),
            search: defaults.search,
            closed_vocabulary: f
                .take(&keys::VOCABULARY, reader)
                .and_then(|field| setting(&field, field.key, keys::VOCABULARIES, reader))
                .unwrap_or_default(),
            raw_html: f
                .take(&keys::RAW_HTML, reader)
                .and_then(|field| setting(&field, field.key, keys::RAW_HTMLS, reader))
                .unwrap_or_default(),
            file_links: f
                .take(&keys::LINKS, reader)
                .and_then(|field| setting(&field, field.key, keys::LINK_ENDS, reader))
                .unwrap_or_default(),
            severity: f.take(&keys::SEVERITY, reader).map(|f| Severities::read(&f, reader)).unwrap_or_default(),
            legal: f.take(&keys::LEGAL, reader).map(|field| Legal::read(&field, reader)).unwrap_or_default(),
            rules: f.take(&keys::RULES, reader).map(|field| RuleSettings::read(&field, reader)).unwrap_or_default(),
            report: keys::flag(f, &keys::REPORT, reader),
            edit_url: f.take(&keys::EDIT_URL, reader).and_then(|field| read_edit_url(&field, reader)),
            consent: keys::flag(f, &keys::CONSENT, reader),
            removed_addresses: f.take(&keys::REMOVED_ADDRESSES, reader).map(|f| f.texts(reader)).unwrap_or_default(),
            allowed_hosts: f.take(&keys::ALLOWED_HOSTS, reader).map(|f| f.texts(reader)).unwrap_or_default(),
            spelling: reader.spelling(),
        };
        let missing = fields.missing(Code::MissingBaseUrl, &keys::BASE_URL, Place::File, reader);
        if missing.help == "help-empty" {
            reader.report(missing);
        }
        fields.finish(&keys::SETTINGS, reader);
        config
    }
}

/// One of a fixed list of words, English ones first and then French ones; anything else is an error, since it would
/// change what is published. They are told in the language in which `key` is spelt.
fn setting<T: Copy>(
    field: &Field<'_>,
    key: &str,
    choices: &[(T, &[&'static str])],
    reader: &mut Reader<'_>,
) -> Option<T> {
    let known = reader.diagnostics.len();
    let value = field.choice(choices, reader);
    let nth = usize::from(keys::is_french(key));
    let words: Vec<&str> = choices.iter().filter_map(|(_, words)| words.get(nth).copied()).collect();
    for diagnostic in &mut reader.diagnostics[known..] {
        diagnostic.code = Code::InvalidSetting;
        diagnostic.severity = Severity::Error;
        for (_, list) in diagnostic.args.iter_mut().filter(|(name, _)| *name == "choices") {
            *list = words.join(", ");
        }
    }
    value
}

fn read_lang(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Lang> {
    setting(field, field.key, keys::LANGS, reader)
}

fn read_base_url(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<BaseUrl> {
    let text = field.text(reader)?;
    let url = BaseUrl::parse(&text);
    if url.is_none() {
        let diagnostic = reader.about(Code::InvalidSetting, field).arg("value", text);
        reader.report(diagnostic.message("message-base-url").help("help-base-url"));
    }
    url
}

/// Where a file is edited on the web: a whole address that names the file.
fn read_edit_url(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let text = field.text(reader)?;
    let is_sound = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
        && text.contains("{path}")
        && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    if !is_sound {
        // The sentence shows the names that stand for the place.
        let diagnostic = reader.about(Code::InvalidSetting, field).arg("value", text);
        let diagnostic = diagnostic.arg("path", "{path}").arg("line", "{line}");
        reader.report(diagnostic.message("message-edit-url").help("help-edit-url"));
        return None;
    }
    Some(text)
}

/// The name of a folder, not a path: it must not lead out of `themes/`.
fn read_look(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let text = field.text(reader)?;
    if text.contains(['/', '\\']) || text.starts_with('.') {
        let diagnostic = reader.about(Code::InvalidSetting, field).arg("value", text);
        reader.report(diagnostic.message("message-look").help("help-look"));
        return None;
    }
    Some(text)
}

fn read_page_size(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<usize> {
    read_number(field, keys::PAGE_SIZES, ("message-page-size", "help-page-size"), reader)
}

fn read_crossings(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<usize> {
    read_number(field, keys::CROSSING_LIMITS, ("message-crossings", "help-crossings"), reader)
}

fn read_number(
    field: &Field<'_>,
    (least, most): (u32, u32),
    (message, help): (&'static str, &'static str),
    reader: &mut Reader<'_>,
) -> Option<usize> {
    let number = field.whole_number(reader)?;
    if !(least..=most).contains(&number) {
        let diagnostic = reader.about(Code::InvalidSetting, field).arg("value", number.to_string());
        reader.report(diagnostic.message(message).help(help));
        return None;
    }
    usize::try_from(number).ok()
}

fn read_glossary(field: &Field<'_>, reader: &mut Reader<'_>) -> BTreeMap<String, String> {
    keys::entries(field, reader)
        .into_iter()
        .filter_map(|entry| Some((entry.key.to_owned(), entry.text(reader)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_site_is_a_host_and_a_path_on_it() {
        let path = |text: &str| BaseUrl::parse(text).map(|url| url.path().to_owned());
        for (text, sound) in [
            ("https://example.org", "/"),
            (" http://example.org/// ", "/"),
            ("https://été.example:8080/a/b%20c/", "/a/b%20c/"),
            ("http://localhost:4000", "/"),
            ("http://[::1]:80/x", "/x/"),
            ("http://127.0.0.1/~moi", "/~moi/"),
        ] {
            assert_eq!(path(text).as_deref(), Some(sound), "{text}");
        }
        for text in [
            "https://",
            "https:///x",
            "https://.",
            "https://a//b",
            "https://a//evil.example/",
            "https://a/../b",
            "https://a/./b",
            "https://a/b?c",
            "https://a/b#c",
            "https://a b",
            "https://a:b/",
            "https://a:/",
            "https://a:123456/",
            "https://u@a/",
            "https://a\"onload=x",
            "https://a/\"x",
            "ftp://a",
            "javascript://a/%0ax",
            "//a",
            "a.example",
            "https://a/b\u{0}",
        ] {
            assert_eq!(path(text), None, "{text}");
        }
    }
}
