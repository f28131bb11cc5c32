//! The keys of the settings, in both spellings, and small readers for them.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Severity, Step};
use crate::document::RawHtml;
use crate::entry::{ACCESS, ACCESS_KEY, CONTACTS, CONTACTS_KEY, IMAGE};
use crate::fold::fold;
use crate::lang::Lang;
use crate::yaml::{Field, Fields, Form, Key, MapForm, Node, Reader};

use super::addresses::AddressKey;
use super::colours::COLOURS as COLOURS_FORM;
use super::menu::{LINK_LIST, MEMBER_AREA as MEMBER_AREA_FORM};
use super::quality::{LEGAL as LEGAL_FORM, QUALITY as QUALITY_FORM};
use super::regions::REGION_LIST;
use super::rules::RULES as RULES_FORM;

macro_rules! keys {
    ($($name:ident = $en:literal, $fr:literal $(, [$($also:literal),+])? => $form:expr;)+) => {
        $(pub(crate) static $name: Key = Key::new($en, $fr)$(.also(&[$($also),+]))?;)+

        /// All of them with what may stand behind each.
        pub static SETTINGS: MapForm = MapForm::new(
            "settings",
            &[$((&$name, &$form),)+ (&ACCESS_KEY, &ACCESS), (&CONTACTS_KEY, &CONTACTS)],
        );
    };
}

keys! {
    TITLE = "title", "titre", ["name", "nom"] => Form::Text;
    DESCRIPTION = "description", "description" => Form::Text;
    LOGO = "logo", "logo" => IMAGE;
    COLOURS = "colours", "couleurs", ["colors"] => COLOURS_FORM;
    BASE_URL = "base_url", "adresse-du-site", ["url-du-site", "url"] => Form::Matching(BASE_URL_PATTERN);
    LANG = "lang", "langue" => Form::Choice(&LANGS);
    LOOK = "look", "apparence" => Form::Either(&[&Form::Bare, &Form::Matching(LOOK_PATTERN)]);
    PROVIDER = "provider", "organisme" => Form::Text;
    ACCESSIBILITY = "accessibility", "accessibilité" => Form::Text;
    MENU = "menu", "menu" => LINK_LIST;
    QUALITY = "quality", "qualité" => QUALITY_FORM;
    MEMBERSHIPS = "memberships", "adhésions", ["réseaux"] => LINK_LIST;
    MEMBER_AREA = "member_area", "espace-adhérents" => MEMBER_AREA_FORM;
    REGIONS = "regions", "régions" => REGION_LIST;
    GLOSSARY = "glossary", "glossaire", ["sigles"] => Form::Free(&Form::Text);
    ADDRESSES = "addresses", "adresses" => Form::Named(&ADDRESS_NAMES, &Form::Text);
    PAGE_SIZE = "page_size", "taille-de-page", ["fiches-par-page"] => Form::Whole(PAGE_SIZES.0, PAGE_SIZES.1);
    CROSSINGS = "crossings", "croisements" => Form::Whole(CROSSING_LIMITS.0, CROSSING_LIMITS.1);
    VOCABULARY = "vocabulary", "vocabulaire" => Form::Choice(&VOCABULARIES);
    RAW_HTML = "raw_html", "html-brut" => Form::Choice(&RAW_HTMLS);
    LINKS = "links", "liens" => Form::Choice(&LINK_ENDS);
    SEVERITY = "severity", "gravité" => Form::Named(&CODES, &Form::Choice(&LEVELS));
    LEGAL = "legal", "mentions-légales" => LEGAL_FORM;
    RULES = "rules", "règles" => RULES_FORM;
    REPORT = "report", "rapport" => Form::Boolean;
    EDIT_URL = "edit_url", "adresse-de-modification" => Form::Matching(EDIT_URL_PATTERN);
    CONSENT = "consent", "consentement" => Form::Boolean;
    REMOVED_ADDRESSES = "removed_addresses", "adresses-retirées" => Form::TEXTS;
    ALLOWED_HOSTS = "allowed_hosts", "hôtes-autorisés" => Form::TEXTS;
}

/// A whole address that names the file, and perhaps the line.
const EDIT_URL_PATTERN: &str = r"^\s*https?://\S*\{path\}\S*\s*$";
/// A scheme, a host, and a path without a query or an anchor.
const BASE_URL_PATTERN: &str = r"^\s*https?://[^\s/?#\\]+(?:/[^\s?#\\]*)?\s*$";
/// The name of a folder, not a path.
const LOOK_PATTERN: &str = r"^(?!\s*\.)[^/\\]*$";

/// The least and the most cards of a page.
pub(super) const PAGE_SIZES: (u32, u32) = (1, 1000);
/// The least and the most crossings that have a page.
pub(super) const CROSSING_LIMITS: (u32, u32) = (0, 100_000);

// Words of settings: the English spelling first, then the French one.
pub(super) static LANGS: &[(Lang, &[&str])] =
    &[(Lang::French, &["fr", "français", "fr-FR"]), (Lang::English, &["en", "anglais", "english", "en-GB"])];
/// Whether undeclared terms are errors.
pub(super) static VOCABULARIES: &[(bool, &[&str])] = &[(true, &["closed", "fermé"]), (false, &["open", "ouvert"])];
pub(super) static RAW_HTMLS: &[(RawHtml, &[&str])] =
    &[(RawHtml::Allow, &["allow", "permis", "autorisé"]), (RawHtml::Sanitise, &["sanitise", "filtré", "sanitize"])];
/// Whether links end in `index.html`.
pub(super) static LINK_ENDS: &[(bool, &[&str])] = &[(true, &["file", "fichier"]), (false, &["folder", "dossier"])];
/// None for what the site does not want to hear of.
pub(super) static LEVELS: &[(Option<Severity>, &[&str])] = &[
    (Some(Severity::Error), &["error", "erreur"]),
    (Some(Severity::Warning), &["warning", "avertissement"]),
    (Some(Severity::Info), &["info", "information"]),
    (None, &["none", "aucune"]),
];

static CODES: fn() -> Vec<Vec<&'static str>> = || Code::all().map(|code| vec![code.as_str()]).collect();
static ADDRESS_NAMES: fn() -> Vec<Vec<&'static str>> = AddressKey::spellings;

pub(super) fn text(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> Option<String> {
    fields.take(key, reader).and_then(|field| field.text(reader))
}

pub(super) fn flag(fields: &mut Fields<'_>, key: &Key, reader: &mut Reader<'_>) -> bool {
    fields.take(key, reader).and_then(|field| field.boolean(reader)).unwrap_or_default()
}

/// Whether a key of the settings is spelt in French, and not the same in English.
pub(super) fn is_french(key: &str) -> bool {
    let key = fold(key);
    SETTINGS.keys().any(|known| fold(known.fr) == key && fold(known.en) != key)
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
