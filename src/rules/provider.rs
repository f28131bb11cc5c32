//! Indicators 26 and 31: whom disabled people and those who complain can turn to.

use crate::catalogue::PlainPage;
use crate::config::keys::ACCESSIBILITY;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::entry::{CONTACTS_KEY, Contact, ContactRole, EMAIL_KEY, NAME_KEY, ROLE_KEY};
use crate::fold::fold;

use super::facts::trainings;
use super::{Site, settings};

/// Looks at the settings and the pages of a site that offers trainings.
pub(super) fn check_settings(site: Site<'_>) -> Vec<Diagnostic> {
    if trainings(site.catalogue).next().is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let has_text = site.config.accessibility.is_some() || site.catalogue.pages.iter().any(is_about_disability);
    let has = |role: ContactRole, is_enough: fn(&Contact) -> bool| {
        let is_one = |contacts: &[Contact]| {
            contacts.iter().any(|contact| contact.role.as_ref() == Some(&role) && is_enough(contact))
        };
        is_one(&site.config.contacts) || trainings(site.catalogue).all(|module| is_one(&module.matter().contacts))
    };
    let disability = told(site, Rule::Q26_01);
    match (has_text, has(ContactRole::Disability, |_| true)) {
        (true, true) => {}
        (true, false) => found.push(disability),
        (false, true) => found.push(disability.message("message-text").help("help-text")),
        (false, false) => found.push(disability.message("message-both").help("help-both")),
    }
    if !has(ContactRole::Complaint, Contact::is_reachable) {
        found.push(told(site, Rule::Q31_01));
    }
    found
}

/// Whether a page is about disability, by its address or its title. One about "accessibilité" alone may be about screens.
fn is_about_disability(page: &PlainPage) -> bool {
    let names = [fold(page.slug.as_str()), fold(&page.title)];
    let mut words = names.iter().flat_map(|name| name.split(' '));
    words.any(|word| word.starts_with("handicap") || word.starts_with("disab"))
}

/// A finding about the settings, with the keys that its sentences show.
fn told(site: Site<'_>, rule: Rule) -> Diagnostic {
    let spelt = |key| settings::key(site.config, key);
    let keys = [("contacts", &CONTACTS_KEY), ("role", &ROLE_KEY), ("name", &NAME_KEY), ("email", &EMAIL_KEY)];
    let finding = settings::at(rule, Place::File);
    let finding = keys.into_iter().fold(finding, |finding, (name, key)| finding.arg(name, spelt(key)));
    finding.arg("accessibility", spelt(&ACCESSIBILITY))
}
