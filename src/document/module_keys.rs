//! The keys of a module's front matter, in both spellings, with what may stand behind each.

use crate::entry::{
    ACCESS, ACCESS_KEY, CERTIFICATION_FORM, CODES_FORM, CONTACTS, CONTACTS_KEY, DELIVERY_FORM, DOCUMENTS,
    DOCUMENTS_KEY, EXCEPTED, GROUP_FORM, LEVEL_FORM, LOCATION_FORM, PARTS, PRICE_KEY, PRICES, RESULTS as RESULTS_FORM,
    SERIES_FORM, SESSIONS, SESSIONS_KEY, TRAINERS, TRAINERS_KEY,
};
use crate::value::region::built_in_regions;
use crate::yaml::{Form, Key, MapForm};

use super::module_matter::{DURATION_FORM, KINDS, MODES, PREREQUISITE_MODES};
use super::prerequisite::{PREREQUISITES as PREREQUISITES_FORM, STEPS as STEPS_FORM};
use super::prose_matter::{OUTLINE, PROGRAMME as PROGRAMME_FORM, SECTIONS as SECTIONS_FORM};

macro_rules! keys {
    ($($name:ident = $en:literal, $fr:literal $(, [$($also:literal),+])? => $form:expr;)+) => {
        $(pub(crate) static $name: Key = Key::new($en, $fr)$(.also(&[$($also),+]))?;)+

        /// All of them, and those that are read by entries of their own.
        pub static MODULE: MapForm = MapForm::new(
            "module",
            &[
                $((&$name, &$form),)+
                (&PRICE_KEY, &PRICES),
                (&SESSIONS_KEY, &SESSIONS),
                (&TRAINERS_KEY, &TRAINERS),
                (&ACCESS_KEY, &ACCESS),
                (&CONTACTS_KEY, &CONTACTS),
                (&DOCUMENTS_KEY, &DOCUMENTS),
            ],
        )
        .needs(&[&TITLE])
.and(&EXCEPTED);
    };
}

keys! {
    TITLE = "title", "titre", ["intitulé"] => Form::Text;
    SUBTITLE = "subtitle", "sous-titre" => Form::Text;
    SLUG = "slug", "adresse" => Form::Text;
    ALIASES = "aliases", "anciennes-adresses", ["alias"] => Form::TEXTS;
    ID = "id", "identifiant" => Form::Text;
    CODE = "code", "référence", ["ref", "réf"] => Form::Text;
    KIND = "kind", "nature" => Form::Proposed(&KINDS);
    SUMMARY = "summary", "résumé", ["chapô"] => Form::Text;
    THEMES = "themes", "thèmes", ["theme", "thème"] => Form::TEXTS;
    AUDIENCES = "audiences", "publics", ["audience", "public", "publics-visés", "public-cible"] => Form::TEXTS;
    AUDIENCE_TEXT = "audience_text", "public-texte" => Form::Text;
    SECTORS = "sectors", "secteurs", ["sector", "secteur"] => Form::TEXTS;
    ELIGIBILITY = "eligibility", "éligibilité" => Form::Text;
    REGIONS = "regions", "régions", ["region", "région"] => Form::List(&Form::Proposed(&REGION_NAMES));
    PRIORITY_AREAS = "priority_areas", "zones-prioritaires" => Form::Text;
    SERIES = "series", "série", ["parcours"] => SERIES_FORM;
    LABELS = "labels", "mentions", ["label", "mention"] => Form::TEXTS;
    DURATION = "duration", "durée" => DURATION_FORM;
    DURATION_HOURS = "duration_hours", "durée-heures", ["durée-en-heures"] => Form::Decimal;
    RHYTHM = "rhythm", "rythme" => Form::Text;
    MODE = "mode", "modalité", ["format"] => Form::Proposed(&MODES);
    DELIVERY = "delivery", "organisation" => DELIVERY_FORM;
    DELIVERY_TEXT = "delivery_text", "organisation-texte" => Form::Text;
    LOCATION = "location", "lieu", ["lieux"] => LOCATION_FORM;
    PREREQUISITES = "prerequisites", "prérequis", ["pré-requis"] => PREREQUISITES_FORM;
    PREREQUISITES_MODE = "prerequisites_mode", "prérequis-mode", ["mode-prérequis"] => Form::Proposed(&PREREQUISITE_MODES);
    STEPS = "steps", "étapes" => STEPS_FORM;
    PROVIDER = "provider", "organisme", ["organisme-de-formation"] => Form::Text;
    SUBCONTRACTED_FOR = "subcontracted_for", "sous-traitance-de", ["donneur-d-ordres"] => Form::Text;
    PARTNERS = "partners", "partenaires", ["partner", "partenaire"] => PARTS;
    FUNDERS = "funders", "financeurs", ["funder", "financeur"] => PARTS;
    FUNDING_TEXT = "funding_text", "prise-en-charge" => Form::Text;
    GROUP = "group", "effectif" => GROUP_FORM;
    ACCESSIBILITY = "accessibility", "accessibilité" => Form::Text;
    CONTEXT = "context", "contexte" => Form::TEXTS;
    AIM = "aim", "objectif-général", ["finalité"] => Form::TEXTS;
    SKILLS = "skills", "compétences", ["compétences-visées"] => Form::TEXTS;
    OBJECTIVES = "objectives", "objectifs" => OUTLINE;
    PROGRAMME = "programme", "programme", ["program", "contenu", "déroulé"] => PROGRAMME_FORM;
    PROGRAMME_TEXT = "programme_text", "programme-texte" => Form::TEXTS;
    METHODS = "methods", "méthodes", ["méthode"] => Form::TEXTS;
    MEANS = "means", "moyens" => Form::TEXTS;
    ASSESSMENT = "assessment", "évaluation" => Form::TEXTS;
    DELIVERABLES = "deliverables", "livrables" => Form::TEXTS;
    USE_CASES = "use_cases", "cas-d-usage" => OUTLINE;
    TOPICS = "topics", "thématiques" => Form::TEXTS;
    TOPICS_TEXT = "topics_text", "thématiques-texte" => Form::TEXTS;
    HIGHLIGHTS = "highlights", "points-forts", ["les-plus"] => Form::TEXTS;
    SECTIONS = "sections", "rubriques" => SECTIONS_FORM;
    OUTCOME = "outcome", "sanction" => Form::TEXTS;
    CERTIFICATION = "certification", "certification" => CERTIFICATION_FORM;
    CPF = "cpf", "cpf", ["éligible-cpf"] => Form::Text;
    RESULTS = "results", "résultats" => RESULTS_FORM;
    CODES = "codes", "codes" => CODES_FORM;
    LEVEL = "level", "niveau" => LEVEL_FORM;
    LANG = "lang", "langue" => Form::Text;
    RELATED = "related", "voir-aussi", ["related_modules", "modules-liés"] => Form::TEXTS;
    NEXT = "next", "suites", ["modules-suivants"] => Form::TEXTS;
    UPDATED = "updated", "mis-à-jour", ["mise-à-jour", "mis-à-jour-le"] => Form::Date;
    PUBLISHED = "published", "publié", ["publié-le"] => Form::Date;
    DRAFT = "draft", "brouillon" => Form::Boolean;
    ARCHIVED = "archived", "archivé", ["archive"] => Form::Boolean;
    EXTRA = "extra", "extra" => Form::Anything;
}

/// All regions at once, and then each by its name.
static REGION_NAMES: fn() -> Vec<Vec<&'static str>> = || {
    let names = built_in_regions().iter().map(|region| vec![region.name.as_str()]);
    std::iter::once(vec!["toutes", "all"]).chain(names).collect()
};
