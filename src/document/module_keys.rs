//! The keys of a module's front matter, in both spellings.

use crate::yaml::Key;

macro_rules! keys {
    ($($name:ident = $en:literal, $fr:literal $(, [$($also:literal),+])?;)+) => {
        $(pub(super) static $name: Key = Key::new($en, $fr)$(.also(&[$($also),+]))?;)+

        /// All of them, to propose the nearest for one that is mistyped.
        pub static ALL: &[&Key] = &[$(&$name,)+];
    };
}

keys! {
    TITLE = "title", "titre", ["intitulé"];
    SUBTITLE = "subtitle", "sous-titre";
    SLUG = "slug", "adresse";
    ALIASES = "aliases", "anciennes-adresses", ["alias"];
    ID = "id", "identifiant";
    CODE = "code", "référence", ["ref", "réf"];
    KIND = "kind", "nature";
    SUMMARY = "summary", "résumé", ["chapô"];
    THEMES = "themes", "thèmes", ["theme", "thème"];
    AUDIENCES = "audiences", "publics", ["audience", "public", "publics-visés", "public-cible"];
    AUDIENCE_TEXT = "audience_text", "public-texte";
    SECTORS = "sectors", "secteurs", ["sector", "secteur"];
    ELIGIBILITY = "eligibility", "éligibilité";
    REGIONS = "regions", "régions", ["region", "région"];
    PRIORITY_AREAS = "priority_areas", "zones-prioritaires";
    SERIES = "series", "série", ["parcours"];
    LABELS = "labels", "mentions", ["label", "mention"];
    DURATION = "duration", "durée";
    DURATION_HOURS = "duration_hours", "durée-heures", ["durée-en-heures"];
    RHYTHM = "rhythm", "rythme";
    MODE = "mode", "modalité", ["format"];
    DELIVERY = "delivery", "organisation";
    DELIVERY_TEXT = "delivery_text", "organisation-texte";
    LOCATION = "location", "lieu", ["lieux"];
    PREREQUISITES = "prerequisites", "prérequis", ["pré-requis"];
    PREREQUISITES_MODE = "prerequisites_mode", "prérequis-mode", ["mode-prérequis"];
    STEPS = "steps", "étapes";
    PROVIDER = "provider", "organisme", ["organisme-de-formation"];
    SUBCONTRACTED_FOR = "subcontracted_for", "sous-traitance-de", ["donneur-d-ordres"];
    PARTNERS = "partners", "partenaires", ["partner", "partenaire"];
    FUNDERS = "funders", "financeurs", ["funder", "financeur"];
    FUNDING_TEXT = "funding_text", "prise-en-charge";
    GROUP = "group", "effectif";
    ACCESSIBILITY = "accessibility", "accessibilité";
    CONTEXT = "context", "contexte";
    AIM = "aim", "objectif-général", ["finalité"];
    SKILLS = "skills", "compétences", ["compétences-visées"];
    OBJECTIVES = "objectives", "objectifs";
    PROGRAMME = "programme", "programme", ["program", "contenu", "déroulé"];
    PROGRAMME_TEXT = "programme_text", "programme-texte";
    METHODS = "methods", "méthodes", ["méthode"];
    MEANS = "means", "moyens";
    ASSESSMENT = "assessment", "évaluation";
    DELIVERABLES = "deliverables", "livrables";
    USE_CASES = "use_cases", "cas-d-usage";
    TOPICS = "topics", "thématiques";
    TOPICS_TEXT = "topics_text", "thématiques-texte";
    HIGHLIGHTS = "highlights", "points-forts", ["les-plus"];
    SECTIONS = "sections", "rubriques";
    OUTCOME = "outcome", "sanction";
    CERTIFICATION = "certification", "certification";
    CPF = "cpf", "cpf", ["éligible-cpf"];
    RESULTS = "results", "résultats";
    CODES = "codes", "codes";
    LEVEL = "level", "niveau";
    LANG = "lang", "langue";
    RELATED = "related", "voir-aussi", ["related_modules", "modules-liés"];
    NEXT = "next", "suites", ["modules-suivants"];
    UPDATED = "updated", "mis-à-jour", ["mise-à-jour", "mis-à-jour-le"];
    PUBLISHED = "published", "publié", ["publié-le"];
    DRAFT = "draft", "brouillon";
    ARCHIVED = "archived", "archivé", ["archive"];
    EXTRA = "extra", "extra";
    // Kept here so that a mistyped one is recognised; each is read by its own entry.
    PRICE = "price", "tarif";
    SESSIONS = "sessions", "sessions";
    TRAINERS = "trainers", "intervenants";
    ACCESS = "access", "accès";
    CONTACTS = "contacts", "contacts";
    DOCUMENTS = "documents", "documents";
}
