//! Indicators 26 and 31: whom disabled people and those with a complaint turn to.

use crate::config::CONFIG_PATH;
use crate::config::keys::ACCESSIBILITY;
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Part, Place, Rule};
use crate::entry::{CONTACTS_KEY, ContactRole};
use crate::fold::fold;

use super::Site;
use super::results::has_trainings;

/// Words, folded, that name a page about disability.
const DISABILITY: &[&str] = &["handicap", "disability", "disabilities"];
/// Words, folded, that name a page about complaints.
const COMPLAINTS: &[&str] = &["reclamation", "reclamations", "complaint", "complaints"];

/// Looks at what the site says for all its trainings.
pub(super) fn check_site(site: Site<'_>, found: &mut Vec<Diagnostic>) {
    if !has_trainings(site) {
        return;
    }
    let lang = site.config.spelling;
    let at = |rule: Rule, key: &'static crate::yaml::Key| {
        let place = Place::Field(vec![key.step()], Part::Key);
        Diagnostic::new(Code::Rule(rule), &ContentPath::new(CONFIG_PATH), place).arg("key", key.spelling(lang))
    };
    let says = site.config.accessibility.is_some() || has_page(site, DISABILITY);
    if !says {
        found.push(at(Rule::Q26_01, &ACCESSIBILITY).message("message-text").help("help-text"));
    }
    if !has_contact(site, &ContactRole::Disability) {
        found.push(at(Rule::Q26_01, &CONTACTS_KEY));
    }
    if !has_contact(site, &ContactRole::Complaint) && !has_page(site, COMPLAINTS) {
        found.push(at(Rule::Q31_01, &CONTACTS_KEY));
    }
}

/// Whether somebody has a role: for the site, or for a module.
pub(super) fn has_contact(site: Site<'_>, role: &ContactRole) -> bool {
    let of_modules = site.catalogue.modules.values().flat_map(|module| &module.matter().contacts);
    site.config.contacts.iter().chain(of_modules).any(|contact| contact.role.as_ref() == Some(role))
}

fn has_page(site: Site<'_>, words: &[&str]) -> bool {
    let is_named = |text: &str| fold(text).split(' ').any(|word| words.contains(&word));
    site.catalogue.pages.iter().any(|page| is_named(&page.title) || is_named(page.slug.as_str()))
}
