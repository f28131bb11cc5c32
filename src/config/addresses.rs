//! The parts that addresses are made of: one table, overridable in the settings.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::fold::{fold, nearest};
use crate::portable::is_portable;
use crate::yaml::{Field, Reader};

use super::keys::entries;
use crate::lang::Lang;

macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $fr:literal, $en:literal;)+) => {
        /// A part of the site that has an address.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum AddressKey {
            $($(#[$doc])* $name,)+
        }

        impl AddressKey {
            /// What each part may be called in the settings: the key itself first, then the words of both languages.
            pub(super) fn spellings() -> Vec<Vec<&'static str>> {
                Self::TABLE.iter().map(|(_, key, fr, en)| vec![*key, *fr, *en]).collect()
            }

            const TABLE: &'static [(Self, &'static str, &'static str, &'static str)] =
                &[$((Self::$name, $key, $fr, $en),)+];
        }
    };
}

addresses! {
    /// Module sheets.
    Modules = "modules", "modules", "modules";
    /// All modules.
    Catalogue = "catalogue", "catalogue", "catalogue";
    /// Themes.
    Themes = "themes", "themes", "themes";
    /// Audiences.
    Audiences = "audiences", "publics", "audiences";
    /// Regions.
    Regions = "regions", "regions", "regions";
    /// Upcoming sessions.
    Sessions = "sessions", "sessions", "sessions";
    /// Pathways.
    Pathways = "pathways", "parcours", "pathways";
    /// News.
    News = "news", "actualites", "news";
    /// Organisations.
    Organisations = "organisations", "organismes", "organisations";
    /// Feeds, without their extension.
    Feed = "feed", "flux", "feed";
    /// All pages of the site.
    SiteMap = "site_map", "plan-du-site", "site-map";
    /// How the sheets stand by the rules.
    Report = "report", "qualite/rapport", "quality/report";
    /// What a search reads.
    Search = "search", "recherche", "search";
    /// Modules that a visitor has picked.
    Selection = "selection", "selection", "selection";
    /// Files that belong to no page of their own.
    Files = "files", "fichiers", "files";
}

/// The parts of addresses of one site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses(BTreeMap<AddressKey, String>);

impl Addresses {
    /// The usual parts in a language.
    pub fn of(lang: Lang) -> Self {
        let part = |(key, _, fr, en): &(AddressKey, &str, &'static str, &'static str)| {
            (*key, if lang == Lang::French { *fr } else { *en }.to_owned())
        };
        Self(AddressKey::TABLE.iter().map(part).collect())
    }

    /// The part for `key`, without `/` at either end.
    pub fn get(&self, key: AddressKey) -> &str {
        self.0.get(&key).map_or("", String::as_str)
    }

    /// All parts.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// The usual parts with those that the settings change.
    pub(super) fn read(field: &Field<'_>, lang: Lang, reader: &mut Reader<'_>) -> Self {
        let mut addresses = Self::of(lang);
        for entry in entries(field, reader) {
            let folded = fold(entry.key);
            let known = AddressKey::TABLE
                .iter()
                .find(|(_, key, fr, en)| [key, fr, en].into_iter().any(|name| fold(name) == folded));
            let Some((key, ..)) = known else {
                let near = nearest(entry.key, AddressKey::TABLE.iter().flat_map(|(_, key, fr, en)| [*key, *fr, *en]));
                let diagnostic = reader.about_key(Code::InvalidSetting, &entry).arg("value", entry.key);
                reader.report(diagnostic.message("message-address-key").help("help-address-key").near(near));
                continue;
            };
            let Some(text) = entry.text(reader) else { continue };
            let part = text.trim_matches('/');
            if is_sound(part) {
                addresses.0.insert(*key, part.to_owned());
            } else {
                let diagnostic = reader.about(Code::InvalidSetting, &entry).arg("value", &text);
                reader.report(diagnostic.message("message-address").help("help-address"));
            }
        }
        addresses
    }
}

/// The most bytes of a part: the addresses below it need room.
const LONGEST: usize = 200;

/// Letters, digits, hyphens and inner slashes: what needs no escaping, leads nowhere else, and stands on any disk.
fn is_sound(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= LONGEST
        && part.split('/').all(|step| {
            !step.is_empty()
                && is_portable(step)
                && step.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
        })
}
