//! The keys of the settings, in both spellings, and small readers for them.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Step};
use crate::fold::fold;
use crate::yaml::{Field, Fields, Key, Node, Reader};

macro_rules! keys {
    ($($name:ident = $en:literal, $fr:literal $(, [$($also:literal),+])?;)+) => {
        $(pub(crate) static $name: Key = Key::new($en, $fr)$(.also(&[$($also),+]))?;)+

        /// All of them, to propose the nearest for one that is mistyped.
        pub(super) static ALL: &[&Key] = &[$(&$name,)+];
    };
}

keys! {
    TITLE = "title", "titre", ["name", "nom"];
    DESCRIPTION = "description", "description";
    LOGO = "logo", "logo";
    COLOURS = "colours", "couleurs", ["colors"];
    BASE_URL = "base_url", "adresse-du-site", ["url-du-site", "url"];
    LANG = "lang", "langue";
    LOOK = "look", "apparence";
    PROVIDER = "provider", "organisme";
    ACCESSIBILITY = "accessibility", "accessibilité";
    MENU = "menu", "menu";
    QUALITY = "quality", "qualité";
    MEMBERSHIPS = "memberships", "adhésions", ["réseaux"];
    MEMBER_AREA = "member_area", "espace-adhérents";
    REGIONS = "regions", "régions";
    GLOSSARY = "glossary", "glossaire", ["sigles"];
    ADDRESSES = "addresses", "adresses";
    PAGE_SIZE = "page_size", "taille-de-page", ["fiches-par-page"];
    CROSSINGS = "crossings", "croisements";
    VOCABULARY = "vocabulary", "vocabulaire";
    RAW_HTML = "raw_html", "html-brut";
    LINKS = "links", "liens";
    SEVERITY = "severity", "gravité";
    LEGAL = "legal", "mentions-légales";
    ACCESS = "access", "accès";
    CONTACTS = "contacts", "contacts";
    RULES = "rules", "règles";
    REPORT = "report", "rapport";
    EDIT_URL = "edit_url", "adresse-de-modification";
    CONSENT = "consent", "consentement";
    ALLOWED_HOSTS = "allowed_hosts", "hôtes-autorisés";
}

pub(super) fn text(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<String> {
    fields.take(key, reader).and_then(|field| field.text(reader))
}

pub(super) fn flag(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> bool {
    fields.take(key, reader).and_then(|field| field.boolean(reader)).unwrap_or_default()
}

/// Whether a key of the settings is spelt in French, and not the same in English.
pub(super) fn is_french(key: &str) -> bool {
    let key = fold(key);
    ALL.iter().any(|known| fold(known.fr) == key && fold(known.en) != key)
}

/// The entries of a map whose keys are free, such as acronyms.
pub(super) fn entries<'a>(field: &Field<'a>, reader: &mut Reader<'_>) -> Vec<Field<'a>> {
    let Node::Map(entries) = field.node else {
        reader.report(reader.about(Code::InvalidShape, field).message("message-map").help("help-map"));
        return Vec::new();
    };
    let mut given: BTreeMap<&str, usize> = BTreeMap::new();
    let mut fields = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        let nth = given.entry(key).or_default();
        let path = field.path.with(Step::Key(key.clone(), *nth));
        *nth += 1;
        if *nth > 1 {
            reader.given_again(&field.path, key, *nth - 1);
        } else if !node.is_empty() {
            fields.push(Field { node, key, path });
        }
    }
    fields
}
