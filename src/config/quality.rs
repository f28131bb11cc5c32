//! What the provider shows of its quality, and its legal notice.

use crate::diagnostic::{Place, Placed};
use crate::entry::{IMAGE as IMAGE_FORM, ImageEntry, RESULT, RESULTS as RESULTS_FORM, ResultEntry};
use crate::fold::fold;
use crate::value::Date;
use crate::yaml::{Field, Form, Key, MapForm, Node, Reader};

use super::keys::{flag, text};

pub(crate) static NAME: Key = Key::new("name", "nom").also(&["title", "titre"]);
pub(crate) static IMAGE: Key = Key::new("image", "image");
pub(crate) static ALT: Key = Key::new("alt", "texte-alternatif");
pub(crate) static URL: Key = Key::new("url", "lien").also(&["adresse-web"]);
pub(crate) static TEXT: Key = Key::new("text", "texte");
pub(crate) static BADGES: Key = Key::new("badges", "labels").also(&["badge"]);
pub(crate) static CERTIFICATE_NUMBER: Key = Key::new("certificate_number", "numéro-certificat").also(&["certificat"]);
pub(crate) static CERTIFICATE_FILE: Key = Key::new("certificate_file", "fichier-certificat");
pub(crate) static CATEGORIES: Key = Key::new("categories", "catégories");
pub(crate) static SATISFACTION: Key = Key::new("satisfaction", "satisfaction");
pub(crate) static RESULTS: Key = Key::new("results", "résultats");
pub(crate) static RESULTS_PENDING: Key = Key::new("results_pending", "résultats-à-venir");
pub(crate) static FORM: Key = Key::new("form", "forme");
pub(crate) static ADDRESS: Key = Key::new("address", "adresse");
pub(crate) static PHONE: Key = Key::new("phone", "téléphone");
pub(crate) static EMAIL: Key = Key::new("email", "courriel");
pub(crate) static SIRET: Key = Key::new("siret", "siret");
pub(crate) static VAT: Key = Key::new("vat", "tva");
pub(crate) static NDA: Key = Key::new("nda", "nda");
pub(crate) static NDA_TEXT: Key = Key::new("nda_text", "nda-texte");
pub(crate) static DIRECTOR: Key = Key::new("director", "direction-de-publication").also(&["directeur"]);
pub(crate) static HOST: Key = Key::new("host", "hébergeur");
pub(crate) static ACCESSIBILITY_STATUS: Key = Key::new("accessibility_status", "accessibilité-statut");
pub(crate) static ACCESSIBILITY_AUDIT: Key = Key::new("accessibility_audit", "accessibilité-audit");
pub(crate) static ACCESSIBILITY_BOUND: Key = Key::new("accessibility_bound", "accessibilité-obligatoire");
pub(crate) static AUDIT_DATE: Key = Key::new("date", "date");
pub(crate) static AUDIT_BY: Key = Key::new("by", "organisme").also(&["par"]);
pub(crate) static AUDIT_RATE: Key = Key::new("rate", "taux");
pub(crate) static NOTICE: Key = Key::new("notice", "mention").also(&["crédits", "credits"]);

/// The form of what shows quality.
pub(super) static QUALITY: Form = Form::Either(&[&Form::Text, &Form::Map(&QUALITY_MAP)]);
static QUALITY_MAP: MapForm = MapForm::new(
    "quality",
    &[
        (&BADGES, &Form::List(&Form::Either(&[&Form::Text, &Form::Map(&BADGE)]))),
        (&CERTIFICATE_NUMBER, &Form::Text),
        (&CERTIFICATE_FILE, &Form::Text),
        (&CATEGORIES, &Form::TEXTS),
        (
            &SATISFACTION,
            &Form::Either(&[
                &Form::Text,
                &Form::Items(&Form::Either(&[&Form::Text, &Form::Map(&RESULT)])),
                &Form::Map(&SATISFACTION_MAP),
            ]),
        ),
        (&RESULTS, &RESULTS_FORM),
        (&RESULTS_PENDING, &Form::Text),
    ],
);
static BADGE: MapForm = MapForm::new(
    "badge",
    &[(&NAME, &Form::Text), (&IMAGE, &IMAGE_FORM), (&ALT, &Form::Text), (&URL, &Form::Text), (&TEXT, &Form::Text)],
);
/// A result that may also say where it is explained.
static SATISFACTION_MAP: MapForm = MapForm::new("satisfaction", &[(&URL, &Form::Text)]).and(&RESULT);

/// The form of the legal notice.
pub(super) static LEGAL: Form = Form::Either(&[&Form::Text, &Form::Map(&LEGAL_MAP)]);
static LEGAL_MAP: MapForm = MapForm::new(
    "legal",
    &[
        (&NAME, &Form::Text),
        (&FORM, &Form::Text),
        (&ADDRESS, &Form::Text),
        (&PHONE, &Form::Text),
        (&EMAIL, &Form::Text),
        (&SIRET, &Form::Text),
        (&VAT, &Form::Text),
        (&NDA, &Form::Text),
        (&NDA_TEXT, &Form::Text),
        (&DIRECTOR, &Form::Text),
        (&HOST, &Form::Either(&[&Form::Text, &Form::Items(&Form::Text), &Form::Map(&HOST_MAP)])),
        (&ACCESSIBILITY_STATUS, &Form::Text),
        (&ACCESSIBILITY_AUDIT, &Form::Either(&[&Form::Text, &Form::Map(&AUDIT_MAP)])),
        (&ACCESSIBILITY_BOUND, &Form::Boolean),
        (&NOTICE, &Form::Text),
    ],
);
static AUDIT_MAP: MapForm =
    MapForm::new("audit", &[(&AUDIT_DATE, &Form::Date), (&AUDIT_BY, &Form::Text), (&AUDIT_RATE, &Form::Text)]);
static HOST_MAP: MapForm =
    MapForm::new("host", &[(&NAME, &Form::Text), (&ADDRESS, &Form::Text), (&PHONE, &Form::Text)]);

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
    /// Who hosts the site.
    pub host: Host,
    /// The status that an audit, or its absence, gives.
    pub accessibility_status: Option<String>,
    /// The audit that gave it.
    pub accessibility_audit: Option<Audit>,
    /// The law asks for a declaration of accessibility.
    pub accessibility_bound: bool,
    /// Credits and other notices, shown in the footer.
    pub notice: Option<String>,
}

/// Who hosts the site: its name, address and telephone, or all of that in the author's own lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Host {
    /// Its name.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// What was not written under these three keys.
    pub lines: Vec<String>,
}

/// An audit of accessibility.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audit {
    /// When it was made.
    pub date: Option<Date>,
    /// Who made it.
    pub by: Option<String>,
    /// The share of criteria that are met, as written.
    pub rate: Option<String>,
}

impl Host {
    /// Everything that is said of it, in order.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let named = [&self.name, &self.address, &self.phone].into_iter().flatten();
        named.chain(&self.lines).map(String::as_str)
    }
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
        fields.finish(&QUALITY_MAP, reader);
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
        let has_alt = f.has(&ALT);
        let alt = text(f, &ALT, reader);
        let mut image = f.take(&IMAGE, reader).and_then(|field| ImageEntry::read(&field, reader));
        if let Some(image) = image.as_mut().filter(|_| has_alt) {
            image.alt = alt.unwrap_or_default();
            image.has_alt = true;
        }
        let target = f.take(&URL, reader).and_then(|field| field.placed_text(reader));
        let words = text(f, &TEXT, reader);
        fields.finish(&BADGE, reader);
        Some(Self { name: name?, image, target, text: words, place: item.place() })
    }
}

impl BadgeEntry {
    /// Whether it is that of the Qualiopi mark, which must not stand on the sheet of a training.
    pub fn is_mark(&self) -> bool {
        let image = self.image.as_ref();
        let texts = [Some(&self.name), image.map(|image| &image.file.value), image.map(|image| &image.alt)];
        texts.into_iter().flatten().any(|text| fold(text).contains("qualiopi"))
    }

    /// Whether its small print names a category of action in the sense of the law (code du travail, L6313-1).
    pub fn names_category(&self) -> bool {
        const NAMES: &[&str] = &[
            "action de formation",
            "actions de formation",
            "bilan de competences",
            "bilans de competences",
            "acquis de l experience",
            "vae",
            "apprentissage",
        ];
        let folded = self.text.as_deref().map(fold).unwrap_or_default();
        NAMES.iter().any(|name| folded.contains(name))
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
            accessibility_audit: f.take(&ACCESSIBILITY_AUDIT, reader).map(|field| Audit::read(&field, reader)),
            accessibility_bound: flag(f, &ACCESSIBILITY_BOUND, reader),
            notice: text(f, &NOTICE, reader),
        };
        fields.finish(&LEGAL_MAP, reader);
        legal
    }
}

impl Audit {
    /// Reads a map, or who made it.
    fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { by: field.text(reader), ..Self::default() };
        };
        let f = &mut fields;
        let audit = Self {
            date: f.take(&AUDIT_DATE, reader).and_then(|field| field.date(reader)),
            by: text(f, &AUDIT_BY, reader),
            rate: text(f, &AUDIT_RATE, reader),
        };
        fields.finish(&AUDIT_MAP, reader);
        audit
    }
}

fn read_host(field: &Field<'_>, reader: &mut Reader<'_>) -> Host {
    let Some(mut fields) = field.fields() else {
        return Host { lines: field.texts(reader), ..Host::default() };
    };
    let f = &mut fields;
    let (name, address, phone) = (text(f, &NAME, reader), text(f, &ADDRESS, reader), text(f, &PHONE, reader));
    fields.finish(&HOST_MAP, reader);
    Host { name, address, phone, lines: Vec::new() }
}
