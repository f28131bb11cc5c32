//! What the provider shows of its quality, and its legal notice.

use crate::diagnostic::{Place, Placed};
use crate::entry::{ImageEntry, ResultEntry};
use crate::yaml::{Field, Key, Node, Reader};

use super::keys::text;

static NAME: Key = Key::new("name", "nom").also(&["title", "titre"]);
static IMAGE: Key = Key::new("image", "image");
static ALT: Key = Key::new("alt", "texte-alternatif");
static URL: Key = Key::new("url", "lien").also(&["adresse-web"]);
static TEXT: Key = Key::new("text", "texte");
static BADGES: Key = Key::new("badges", "labels").also(&["badge"]);
static CERTIFICATE_NUMBER: Key = Key::new("certificate_number", "numéro-certificat").also(&["certificat"]);
static CERTIFICATE_FILE: Key = Key::new("certificate_file", "fichier-certificat");
static CATEGORIES: Key = Key::new("categories", "catégories");
pub(crate) static SATISFACTION: Key = Key::new("satisfaction", "satisfaction");
pub(crate) static RESULTS: Key = Key::new("results", "résultats");
pub(crate) static RESULTS_PENDING: Key = Key::new("results_pending", "résultats-à-venir");
static FORM: Key = Key::new("form", "forme");
static ADDRESS: Key = Key::new("address", "adresse");
static PHONE: Key = Key::new("phone", "téléphone");
static EMAIL: Key = Key::new("email", "courriel");
static SIRET: Key = Key::new("siret", "siret");
static VAT: Key = Key::new("vat", "tva");
static NDA: Key = Key::new("nda", "nda");
static NDA_TEXT: Key = Key::new("nda_text", "nda-texte");
static DIRECTOR: Key = Key::new("director", "direction-de-publication").also(&["directeur"]);
static HOST: Key = Key::new("host", "hébergeur");
static ACCESSIBILITY_STATUS: Key = Key::new("accessibility_status", "accessibilité-statut");
static NOTICE: Key = Key::new("notice", "mention").also(&["crédits", "credits"]);

/// Certificate, badges and results of the provider.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Badges, in the author's order.
    pub badges: Vec<BadgeEntry>,
    /// The certificate's number.
    pub certificate_number: Option<String>,
    /// The certificate.
    pub certificate_file: Option<Placed<String>>,
    /// The categories of action that it was given for.
    pub categories: Vec<String>,
    /// Results that modules inherit, satisfaction first.
    pub results: Vec<ResultEntry>,
    /// Where the satisfaction results are explained.
    pub satisfaction_url: Option<Placed<String>>,
    /// What a new provider says in place of results.
    pub results_pending: Option<String>,
}

/// A quality badge.
#[derive(Clone, Debug, PartialEq)]
pub struct BadgeEntry {
    /// Its name.
    pub name: String,
    /// A picture.
    pub image: Option<ImageEntry>,
    /// Where it leads.
    pub target: Option<Placed<String>>,
    /// A line of small print.
    pub text: Option<String>,
    /// Where it stands in the settings.
    pub place: Place,
}

/// Legal notice data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legal {
    /// Legal name.
    pub name: Option<String>,
    /// Legal form.
    pub form: Option<String>,
    /// Registered office.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// SIRET.
    pub siret: Option<String>,
    /// VAT number.
    pub vat: Option<String>,
    /// Registration number of a training provider.
    pub nda: Option<String>,
    /// The sentence in which that number is printed.
    pub nda_text: Option<String>,
    /// Director of publication.
    pub director: Option<String>,
    /// The host's name, address and telephone.
    pub host: Vec<String>,
    /// The status that an audit, or its absence, gives.
    pub accessibility_status: Option<String>,
    /// Credits and other notices, shown in the footer.
    pub notice: Option<String>,
}

impl Quality {
    pub(super) fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { certificate_number: field.text(reader), ..Self::default() };
        };
        let f = &mut fields;
        let mut quality = Self {
            badges: f
                .take(&BADGES, reader)
                .map(|field| field.items().iter().filter_map(|item| BadgeEntry::read(item, reader)).collect())
                .unwrap_or_default(),
            certificate_number: text(f, &CERTIFICATE_NUMBER, reader),
            certificate_file: f.take(&CERTIFICATE_FILE, reader).and_then(|field| field.placed_text(reader)),
            categories: f.take(&CATEGORIES, reader).map(|field| field.texts(reader)).unwrap_or_default(),
            results_pending: text(f, &RESULTS_PENDING, reader),
            ..Self::default()
        };
        if let Some(field) = f.take(&SATISFACTION, reader) {
            quality.read_satisfaction(&field, reader);
        }
        let results = f.take(&RESULTS, reader).map(|field| ResultEntry::read_all(&field, reader)).unwrap_or_default();
        quality.results.extend(results);
        let keys =
            [&BADGES, &CERTIFICATE_NUMBER, &CERTIFICATE_FILE, &CATEGORIES, &SATISFACTION, &RESULTS, &RESULTS_PENDING];
        fields.finish(&keys, reader);
        quality
    }

    /// A result that may also say where it is explained.
    fn read_satisfaction(&mut self, field: &Field<'_>, reader: &mut Reader<'_>) {
        let Node::Map(entries) = field.node else {
            self.results = ResultEntry::read_all(field, reader);
            return;
        };
        if let Some(mut fields) = field.fields() {
            self.satisfaction_url = fields.take(&URL, reader).and_then(|field| field.placed_text(reader));
        }
        let rest: Vec<_> = entries.iter().filter(|(key, _)| !matches!(key.as_str(), "url" | "lien")).cloned().collect();
        let node = Node::Map(rest);
        let field = Field { node: &node, key: field.key, path: field.path.clone() };
        self.results = ResultEntry::read_all(&field, reader);
    }
}

impl BadgeEntry {
    fn read(item: &Field<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(mut fields) = item.fields() else {
            let name = item.text(reader)?;
            return Some(Self { name, image: None, target: None, text: None, place: item.place() });
        };
        let f = &mut fields;
        let name = text(f, &NAME, reader);
        let alt = text(f, &ALT, reader);
        let mut image = f.take(&IMAGE, reader).and_then(|field| ImageEntry::read(&field, reader));
        if let (Some(image), Some(alt)) = (&mut image, alt) {
            image.alt = alt;
        }
        let target = f.take(&URL, reader).and_then(|field| field.placed_text(reader));
        let words = text(f, &TEXT, reader);
        fields.finish(&[&NAME, &IMAGE, &ALT, &URL, &TEXT], reader);
        Some(Self { name: name?, image, target, text: words, place: item.place() })
    }
}

impl Legal {
    pub(super) fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { notice: field.text(reader), ..Self::default() };
        };
        let f = &mut fields;
        let legal = Self {
            name: text(f, &NAME, reader),
            form: text(f, &FORM, reader),
            address: text(f, &ADDRESS, reader),
            phone: text(f, &PHONE, reader),
            email: text(f, &EMAIL, reader),
            siret: text(f, &SIRET, reader),
            vat: text(f, &VAT, reader),
            nda: text(f, &NDA, reader),
            nda_text: text(f, &NDA_TEXT, reader),
            director: text(f, &DIRECTOR, reader),
            host: f.take(&HOST, reader).map(|field| read_host(&field, reader)).unwrap_or_default(),
            accessibility_status: text(f, &ACCESSIBILITY_STATUS, reader),
            notice: text(f, &NOTICE, reader),
        };
        let keys = [
            &NAME,
            &FORM,
            &ADDRESS,
            &PHONE,
            &EMAIL,
            &SIRET,
            &VAT,
            &NDA,
            &NDA_TEXT,
            &DIRECTOR,
            &HOST,
            &ACCESSIBILITY_STATUS,
            &NOTICE,
        ];
        fields.finish(&keys, reader);
        legal
    }
}

fn read_host(field: &Field<'_>, reader: &mut Reader<'_>) -> Vec<String> {
    let Some(mut fields) = field.fields() else { return field.texts(reader) };
    let host = [&NAME, &ADDRESS, &PHONE].into_iter().filter_map(|key| text(&mut fields, key, reader)).collect();
    fields.finish(&[&NAME, &ADDRESS, &PHONE], reader);
    host
}
