//! Whom one asks: somebody who can be reached, and somebody for questions of disability (Q1-13, Q1-17).

use crate::diagnostic::{Diagnostic, FieldStep, Part, Place, Rule};
use crate::entry::{CONTACTS_KEY, Contact, ContactRole, EMAIL_KEY, NAME_KEY};
use crate::rules::facts::{met, trainings};
use crate::rules::said::Heading;
use crate::rules::sheet::Item;
use crate::rules::{Site, settings};

use super::Look;

impl Look<'_, '_> {
    pub(super) fn contacts(&mut self) {
        let (own, site) = (&self.words.matter.contacts, &self.subject.site.config.contacts);
        let told = self.words.under(Heading::Contacts);
        let in_text = told.is_some_and(|text| is_reachable(&text));
        let by_sheet = in_text || own.iter().any(answers);
        // A page shows the contacts of its sheet, or else those of the settings: never both.
        let by_site = own.is_empty() && site.iter().any(answers);
        self.sheet.note(Item::Contacts, met(by_sheet, by_site));
        if !by_sheet && !by_site {
            let (name, email) = (self.findings.key(&NAME_KEY), self.findings.key(&EMAIL_KEY));
            let finding = match own.is_empty() {
                true => self.findings.unsaid(Rule::Q1_13, &CONTACTS_KEY),
                false => self.findings.about(Rule::Q1_13, &CONTACTS_KEY).message("message-silent").help("help-silent"),
            };
            self.findings.push(finding.arg("name", name).arg("email", email));
        }
        if let Some((nth, contact)) = for_disability(own)
            && !contact.is_reachable()
        {
            let finding = self.findings.at(Rule::Q1_17, at(nth)).arg("email", self.findings.key(&EMAIL_KEY));
            self.findings.push(finding.arg("name", contact.name.as_deref().unwrap_or("…")));
        }
    }
}

/// Whether a contact answers questions about a training: a page shows those for disability and complaints apart.
fn answers(contact: &Contact) -> bool {
    let is_apart = matches!(contact.role, Some(ContactRole::Disability | ContactRole::Complaint));
    contact.is_reachable() && !is_apart
}

/// The first contact for questions of disability, as a page shows it.
fn for_disability(contacts: &[Contact]) -> Option<(usize, &Contact)> {
    contacts.iter().enumerate().find(|(_, contact)| contact.role == Some(ContactRole::Disability))
}

fn at(nth: usize) -> Place {
    Place::Field(vec![CONTACTS_KEY.step(), FieldStep::Item(nth)], Part::Value)
}

/// Whether a text holds an e-mail address or a telephone number.
fn is_reachable(text: &str) -> bool {
    text.contains('@') || text.chars().filter(char::is_ascii_digit).count() >= 8
}

/// The contact for disability of the settings, if some training inherits it and it cannot be reached. That there is none
/// at all is told by the rule for the provider.
pub(super) fn check_settings(site: Site<'_>) -> Option<Diagnostic> {
    let (nth, contact) = for_disability(&site.config.contacts).filter(|(_, contact)| !contact.is_reachable())?;
    trainings(site.catalogue).find(|module| for_disability(&module.matter().contacts).is_none())?;
    let finding = settings::at(Rule::Q1_17, at(nth));
    let finding = finding.arg("name", contact.name.as_deref().unwrap_or("…"));
    Some(finding.arg("email", settings::key(site.config, &EMAIL_KEY)))
}
