//! What the site says of the rules for content: whether they are looked at, and the thresholds that are its own.

use crate::yaml::{Field, Form, Key, MapForm, Reader};

use super::setting;

static UPDATED_MONTHS: Key = Key::new("updated_months", "mise-à-jour-mois");
static RESULTS_MONTHS: Key = Key::new("results_months", "résultats-mois");
static CERTIFICATE_DAYS: Key = Key::new("certificate_days", "certificat-jours");

/// The form of what the settings say of rules.
pub(super) static RULES: Form = Form::Either(&[&Form::Choice(&WORDS), &Form::Map(&RULES_MAP)]);
static RULES_MAP: MapForm = MapForm::new(
    "rules",
    &[(&UPDATED_MONTHS, &Form::NUMBER), (&RESULTS_MONTHS, &Form::NUMBER), (&CERTIFICATE_DAYS, &Form::NUMBER)],
);
/// Whether the rules are looked at.
static WORDS: &[(bool, &[&str])] = &[(false, &["none", "aucune"]), (true, &["all", "toutes"])];

/// How the rules are read for a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSettings {
    /// They are looked at.
    pub on: bool,
    /// After how many months a sheet that was not changed is told (Q1-19).
    pub updated_months: u32,
    /// After how many months a result is old (Q2-03).
    pub results_months: u32,
    /// How many days before its end a certificate is told (QF-02).
    pub certificate_days: u32,
}

impl Default for RuleSettings {
    fn default() -> Self {
        Self { on: true, updated_months: 12, results_months: 24, certificate_days: 60 }
    }
}

impl RuleSettings {
    /// Reads `none`, or a map of thresholds.
    pub(super) fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let default = Self::default();
        let Some(mut fields) = field.fields() else {
            return Self { on: setting(field, field.key, WORDS, reader).unwrap_or(true), ..default };
        };
        let mut number = |key: &Key, default: u32| {
            let field = fields.take(key, reader);
            field.and_then(|field| field.whole_number(reader)).unwrap_or(default)
        };
        let settings = Self {
            on: true,
            updated_months: number(&UPDATED_MONTHS, default.updated_months),
            results_months: number(&RESULTS_MONTHS, default.results_months),
            certificate_days: number(&CERTIFICATE_DAYS, default.certificate_days),
        };
        fields.finish(&RULES_MAP, reader);
        settings
    }
}
