//! The front matter of an organisation.

use crate::diagnostic::{Code, Place, Placed};
use crate::entry::{EXCEPTED, IMAGE, ImageEntry};
use crate::value::Date;
use crate::yaml::{Field, Fields, Form, Key, MapForm, Reader, Unknown};

use super::ParseOptions;
use super::markdown::{Prose, parse_prose};
use super::module_matter::{text, texts};
use super::own_address::read_slug;
use super::prose_matter::told;

pub(crate) static NAME: Key = Key::new("name", "nom").also(&["title", "titre"]);
pub(crate) static ID: Key = Key::new("id", "identifiant");
pub(crate) static SLUG: Key = Key::new("slug", "adresse-web");
pub(crate) static LEGAL_NAME: Key = Key::new("legal_name", "raison-sociale");
pub(crate) static ACRONYM: Key = Key::new("acronym", "sigle");
pub(crate) static LOGO: Key = Key::new("logo", "logo");
pub(crate) static URL: Key = Key::new("url", "site");
pub(crate) static DESCRIPTION: Key = Key::new("description", "description").also(&["présentation"]);
pub(crate) static LEGAL_FORM: Key = Key::new("legal_form", "forme-juridique");
pub(crate) static SIRET: Key = Key::new("siret", "siret");
pub(crate) static SIREN: Key = Key::new("siren", "siren");
pub(crate) static NDA: Key = Key::new("nda", "nda").also(&["numéro-de-déclaration"]);
pub(crate) static NDA_REGION: Key = Key::new("nda_region", "nda-région").also(&["région-nda"]);
pub(crate) static VAT: Key = Key::new("vat", "tva");
pub(crate) static ADDRESS: Key = Key::new("address", "adresse");
pub(crate) static EMAIL: Key = Key::new("email", "courriel");
pub(crate) static PHONE: Key = Key::new("phone", "téléphone");
pub(crate) static PARENT: Key = Key::new("parent", "rattachement").also(&["parent-de"]);
pub(crate) static TYPE: Key = Key::new("type", "type").also(&["nature"]);
pub(crate) static QUALIOPI: Key = Key::new("qualiopi", "qualiopi");
pub(crate) static SYNONYMS: Key = Key::new("synonyms", "synonymes");
pub(crate) static CERTIFICATE_NUMBER: Key = Key::new("certificate_number", "numéro-certificat").also(&["certificat"]);
pub(crate) static CATEGORIES: Key = Key::new("categories", "catégories");
pub(crate) static CERTIFIER: Key = Key::new("certifier", "certificateur");
pub(crate) static VALID_FROM: Key = Key::new("valid_from", "valable-du").also(&["valide-du"]);
pub(crate) static VALID_TO: Key = Key::new("valid_to", "valable-au").also(&["valide-au"]);
pub(crate) static CERTIFICATE_FILE: Key = Key::new("certificate_file", "fichier-certificat");

/// What its front matter may hold.
pub static ORGANISATION: MapForm = MapForm::new(
    "organisation",
    &[
        (&NAME, &Form::Text),
        (&ID, &Form::Text),
        (&SLUG, &Form::Text),
        (&LEGAL_NAME, &Form::Text),
        (&ACRONYM, &Form::Text),
        (&LOGO, &IMAGE),
        (&URL, &Form::Text),
        (&DESCRIPTION, &Form::TEXTS),
        (&LEGAL_FORM, &Form::Text),
        (&SIRET, &Form::Text),
        (&SIREN, &Form::Text),
        (&NDA, &Form::Text),
        (&NDA_REGION, &Form::Text),
        (&VAT, &Form::Text),
        (&ADDRESS, &Form::Text),
        (&EMAIL, &Form::Text),
        (&PHONE, &Form::Text),
        (&PARENT, &Form::Text),
        (&TYPE, &Form::Text),
        (&QUALIOPI, &QUALIOPI_FORM),
        (&SYNONYMS, &Form::TEXTS),
    ],
)
.needs(&[&NAME])
.and(&EXCEPTED);

static QUALIOPI_FORM: Form = Form::Either(&[&Form::Text, &Form::Map(&CERTIFICATE)]);
static CERTIFICATE: MapForm = MapForm::new(
    "certificate",
    &[
        (&CERTIFICATE_NUMBER, &Form::Text),
        (&CATEGORIES, &Form::TEXTS),
        (&CERTIFIER, &Form::Text),
        (&VALID_FROM, &Form::Date),
        (&VALID_TO, &Form::Date),
        (&CERTIFICATE_FILE, &Form::Text),
    ],
);

/// What the front matter of an organisation says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrganisationMatter {
    /// The name.
    pub name: Option<String>,
    /// Its own id.
    pub id: Option<Placed<String>>,
    /// Its own address on the site.
    pub slug: Option<Placed<String>>,
    /// The legal name.
    pub legal_name: Option<String>,
    /// The acronym.
    pub acronym: Option<String>,
    /// The logo.
    pub logo: Option<ImageEntry>,
    /// Its site.
    pub url: Option<String>,
    /// A description given in the front matter; the body is the usual place.
    pub description: Option<Prose>,
    /// The legal form.
    pub legal_form: Option<String>,
    /// SIRET, as written.
    pub siret: Option<String>,
    /// SIREN, as written.
    pub siren: Option<String>,
    /// Registration number of a training provider.
    pub nda: Option<String>,
    /// The region whose prefect registered it.
    pub nda_region: Option<String>,
    /// VAT number.
    pub vat: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// The organisation that it is a part of.
    pub parent: Option<Placed<String>>,
    /// Provider, funder, federation, authority: in words.
    pub kind: Option<String>,
    /// Its quality certificate.
    pub qualiopi: Option<Qualiopi>,
    /// What people write instead of its name.
    pub synonyms: Vec<String>,
    /// What stands under keys that mean nothing here.
    pub unknown: Unknown,
}

/// A quality certificate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Qualiopi {
    /// Its number.
    pub certificate_number: Option<String>,
    /// The categories of action that it was given for.
    pub categories: Vec<String>,
    /// Who gave it.
    pub certifier: Option<String>,
    /// Its first day.
    pub valid_from: Option<Date>,
    /// Its last day.
    pub valid_to: Option<Date>,
    /// The certificate itself.
    pub certificate_file: Option<Placed<String>>,
}

impl OrganisationMatter {
    pub(super) fn read(mut fields: Fields<'_>, options: ParseOptions, reader: &mut Reader<'_>) -> Self {
        let f = &mut fields;
        let description = f.take(&DESCRIPTION, reader).and_then(|field| {
            let markdown = field.prose(reader)?;
            Some(told(parse_prose(&markdown, options), &field.place(), reader))
        });
        let matter = Self {
            name: read_name(f, reader),
            id: read_slug(f, &ID, reader),
            slug: read_slug(f, &SLUG, reader),
            legal_name: text(f, &LEGAL_NAME, reader),
            acronym: text(f, &ACRONYM, reader),
            logo: f.take(&LOGO, reader).and_then(|field| ImageEntry::read(&field, reader)),
            url: text(f, &URL, reader),
            description,
            legal_form: text(f, &LEGAL_FORM, reader),
            siret: text(f, &SIRET, reader),
            siren: text(f, &SIREN, reader),
            nda: text(f, &NDA, reader),
            nda_region: text(f, &NDA_REGION, reader),
            vat: text(f, &VAT, reader),
            address: text(f, &ADDRESS, reader),
            email: text(f, &EMAIL, reader),
            phone: text(f, &PHONE, reader),
            parent: f.take(&PARENT, reader).and_then(|field| field.placed_text(reader)),
            kind: text(f, &TYPE, reader),
            qualiopi: f.take(&QUALIOPI, reader).map(|field| Qualiopi::read(&field, reader)),
            synonyms: texts(f, &SYNONYMS, reader),
            unknown: Unknown::new(),
        };
        Self { unknown: fields.finish(&ORGANISATION, reader), ..matter }
    }
}

impl Qualiopi {
    fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { certificate_number: field.text(reader), ..Self::default() };
        };
        let f = &mut fields;
        let certificate = Self {
            certificate_number: text(f, &CERTIFICATE_NUMBER, reader),
            categories: texts(f, &CATEGORIES, reader),
            certifier: text(f, &CERTIFIER, reader),
            valid_from: f.take(&VALID_FROM, reader).and_then(|field| field.date(reader)),
            valid_to: f.take(&VALID_TO, reader).and_then(|field| field.date(reader)),
            certificate_file: f.take(&CERTIFICATE_FILE, reader).and_then(|field| field.placed_text(reader)),
        };
        fields.finish(&CERTIFICATE, reader);
        certificate
    }
}

fn read_name(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let field = fields.take(&NAME, reader);
    if field.is_none() {
        let missing = fields.missing(Code::MissingTitle, &NAME, Place::Start, reader).message("message-name");
        let help = if missing.help == "help-empty" { "help-empty-name" } else { "help-name" };
        reader.report(missing.help(help));
    }
    field?.text(reader)
}
