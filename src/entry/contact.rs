//! Whom to ask, and about what.

use crate::fold::fold;
use crate::yaml::{Field, Form, Key, MapForm, Reader};

/// The key under which contacts stand.
pub static CONTACTS_KEY: Key = Key::new("contacts", "contacts").also(&["contact"]);

pub(crate) static ROLE: Key = Key::new("role", "rôle").also(&["fonction"]);
pub(crate) static NAME: Key = Key::new("name", "nom");
pub(crate) static ORG: Key = Key::new("org", "organisme").also(&["organisation"]);
pub(crate) static EMAIL: Key = Key::new("email", "courriel").also(&["e-mail", "mail"]);
pub(crate) static PHONE: Key = Key::new("phone", "téléphone").also(&["tel"]);

/// The form of what stands under it.
pub static CONTACTS: Form = Form::List(&Form::Either(&[&Form::Text, &Form::Map(&CONTACT)]));

static CONTACT: MapForm = MapForm::new(
    "contact",
    &[
        (&ROLE, &Form::Proposed(&ROLES)),
        (&NAME, &Form::Text),
        (&ORG, &Form::Text),
        (&EMAIL, &Form::Text),
        (&PHONE, &Form::Text),
    ],
);

static ROLES: &[(ContactRole, &[&str])] = &[
    (ContactRole::Teaching, &["pedagogique", "teaching", "referent pedagogique", "pedagogy"]),
    (ContactRole::Administrative, &["administratif", "administrative", "secretariat", "inscription"]),
    (ContactRole::Disability, &["handicap", "disability", "referent handicap"]),
    (ContactRole::Funder, &["financeur", "funder"]),
    (ContactRole::Complaint, &["reclamation", "complaint", "reclamations", "complaints"]),
];

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
        let folded = fold(&text);
        let known = ROLES.iter().find(|(_, words)| words.contains(&folded.as_str()));
        known.map_or(Self::Other(text), |(role, _)| role.clone())
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
    contact.role = fields.take(&ROLE, reader).and_then(|field| field.text(reader)).map(ContactRole::from_text);
    contact.name = fields.take(&NAME, reader).and_then(|field| field.text(reader));
    contact.org = fields.take(&ORG, reader).and_then(|field| field.text(reader));
    contact.email = fields.take(&EMAIL, reader).and_then(|field| field.text(reader));
    contact.phone = fields.take(&PHONE, reader).and_then(|field| field.text(reader));
    fields.finish(&CONTACT, reader);
    Some(contact)
}
