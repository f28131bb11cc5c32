//! Whom to ask, and about what.

use crate::yaml::{Field, Key, Reader};

/// The key under which contacts stand.
pub static CONTACTS_KEY: Key = Key::new("contacts", "contacts").also(&["contact"]);

/// The key of what a contact is there for.
pub static ROLE_KEY: Key = Key::new("role", "rôle").also(&["fonction"]);
/// The key of a contact's name.
pub static NAME_KEY: Key = Key::new("name", "nom");
static ORG: Key = Key::new("org", "organisme").also(&["organisation"]);
/// The key of an e-mail address.
pub static EMAIL_KEY: Key = Key::new("email", "courriel").also(&["e-mail", "mail"]);
static PHONE: Key = Key::new("phone", "téléphone").also(&["tel"]);

/// What a contact is there for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactRole {
    /// Content and teaching.
    Teaching,
    /// Enrolment, papers, invoices.
    Administrative,
    /// Arrangements for disabled people.
    Disability,
    /// The funder's own contact.
    Funder,
    /// Complaints.
    Complaint,
    /// Anything else, in the author's words.
    Other(String),
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What it is there for.
    pub role: Option<ContactRole>,
    /// A name, or the title of a post.
    pub name: Option<String>,
    /// The organisation, in words.
    pub org: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number, as written.
    pub phone: Option<String>,
}

impl Contact {
    /// Whether one can write to it or call it.
    pub fn is_reachable(&self) -> bool {
        self.email.is_some() || self.phone.is_some()
    }
}

impl ContactRole {
    fn from_text(text: String) -> Self {
        match crate::fold::fold(&text).as_str() {
            "pedagogique" | "referent pedagogique" | "teaching" | "pedagogy" => Self::Teaching,
            "administratif" | "secretariat" | "inscription" | "administrative" => Self::Administrative,
            "handicap" | "referent handicap" | "disability" => Self::Disability,
            "financeur" | "funder" => Self::Funder,
            "reclamation" | "reclamations" | "complaint" | "complaints" => Self::Complaint,
            _ => Self::Other(text),
        }
    }
}

/// Reads one contact or a list of them; a bare text is an e-mail address, a telephone number or a name.
pub fn read_contacts(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<Contact> {
    field.items().iter().filter_map(|item| read_contact(item, reader)).collect()
}

fn read_contact(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<Contact> {
    let mut contact = Contact { role: None, name: None, org: None, email: None, phone: None };
    let Some(mut fields) = item.fields() else {
        let text = item.text(reader)?;
        if text.contains('@') {
            contact.email = Some(text);
        } else if text.chars().filter(char::is_ascii_digit).count() >= 6 {
            contact.phone = Some(text);
        } else {
            contact.name = Some(text);
        }
        return Some(contact);
    };
    contact.role = fields.take(&ROLE_KEY, reader).and_then(|field| field.text(reader)).map(ContactRole::from_text);
    contact.name = fields.take(&NAME_KEY, reader).and_then(|field| field.text(reader));
    contact.org = fields.take(&ORG, reader).and_then(|field| field.text(reader));
    contact.email = fields.take(&EMAIL_KEY, reader).and_then(|field| field.text(reader));
    contact.phone = fields.take(&PHONE, reader).and_then(|field| field.text(reader));
    fields.finish(&[&ROLE_KEY, &NAME_KEY, &ORG, &EMAIL_KEY, &PHONE], reader);
    Some(contact)
}
