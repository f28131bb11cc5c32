//! Whom one asks about a module and how: contacts, telephone numbers, e-mail.

use crate::catalogue::Module;
use crate::entry::{Contact, ContactRole};
use crate::route::{Route, encode};
use crate::value::telephone::{is_email, tel_uri};

use super::desk::Desk;
use super::parts::{AnyLink, Share};

impl Desk<'_> {
    /// The contacts of a module: its own, or the site's.
    pub fn contacts<'m>(&'m self, module: &'m Module) -> &'m [Contact] {
        let own = &module.matter().contacts;
        if own.is_empty() { &self.config.contacts } else { own }
    }

    /// The contact of a role, of the module first, then of the site.
    pub fn contact<'m>(&'m self, module: &'m Module, role: &ContactRole) -> Option<&'m Contact> {
        let all = module.matter().contacts.iter().chain(&self.config.contacts);
        all.into_iter().find(|contact| contact.role.as_ref() == Some(role))
    }

    /// The address to write to about a module: enrolment first, then teaching, then whoever is there for anything
    /// else; the module's own contacts before the site's. Nobody enrols with a funder or a complaints desk.
    pub fn email_about(&self, module: &Module) -> Option<String> {
        best_email(&module.matter().contacts).or_else(|| self.email_of_site())
    }

    /// The address to write to about several modules.
    pub fn email_of_site(&self) -> Option<String> {
        best_email(&self.config.contacts)
    }

    /// `mailto:` with a subject.
    pub fn mailto(&self, email: &str, subject: &str) -> String {
        format!("mailto:{email}?subject={}", encode_query(subject))
    }

    /// A telephone number as a link; only words when it cannot be dialled.
    pub fn phone(&self, number: &str) -> AnyLink {
        AnyLink { label: self.tidy(number), url: None, href: tel_uri(number) }
    }

    /// An e-mail address as a link; only words when it is none.
    pub fn email(&self, email: &str) -> AnyLink {
        let href = is_email(email).then(|| format!("mailto:{email}"));
        AnyLink { label: email.to_owned(), url: None, href }
    }

    /// Ways to pass a page on.
    pub fn share(&self, title: &str, route: &Route) -> Share {
        let body = self.absolute(route).map(|url| format!("&body={}", encode_query(&url))).unwrap_or_default();
        Share { mail_href: format!("mailto:?subject={}{body}", encode_query(title)) }
    }
}

fn best_email(contacts: &[Contact]) -> Option<String> {
    let rank = |contact: &Contact| match contact.role {
        Some(ContactRole::Administrative) => Some(0),
        Some(ContactRole::Teaching) => Some(1),
        None | Some(ContactRole::Other(_)) => Some(2),
        Some(ContactRole::Disability | ContactRole::Funder | ContactRole::Complaint) => None,
    };
    let reachable = contacts.iter().filter_map(|one| Some((rank(one)?, one.email.clone()?)));
    reachable.filter(|(_, email)| is_email(email)).min_by_key(|(rank, _)| *rank).map(|(_, email)| email)
}

/// Per-cent encodes a value of a `mailto:` (RFC 6068): everything but letters, digits and `-._~`.
fn encode_query(text: &str) -> String {
    encode(text).replace('/', "%2F").replace('@', "%40").replace(',', "%2C").replace('+', "%2B")
}
