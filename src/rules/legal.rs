//! Who publishes the site and who hosts it (LG-01), and the declaration of accessibility (AX-01, AX-08).
//!
//! The page of the legal notice shows what the settings say of the publisher, and of the provider where they do not; an
//! author may also write it out in the text of that page. What stands in none of the three is missing.

use crate::catalogue::PlainPage;
use crate::config::{Config, Host, keys, quality};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::{Bodies, OrganisationMatter};
use crate::fold::fold;
use crate::value::telephone::tel_uri;
use crate::yaml::Key;

use super::Site;
use super::said::text_of_body;
use super::settings::{about, below, key};

/// Looks at the settings and at the pages that the law asks for.
pub(super) fn check_site(site: Site<'_>, bodies: &Bodies, found: &mut Vec<Diagnostic>) {
    found.extend(incomplete(site, bodies));
    found.extend(claimed_without_audit(site.config));
    found.extend(undeclared(site));
}

/// LG-01: one finding that names all that is missing.
fn incomplete(site: Site<'_>, bodies: &Bodies) -> Option<Diagnostic> {
    let written = LegalText::of(site, bodies);
    let missing: Vec<String> = missing(site, &written);
    if missing.is_empty() {
        return None;
    }
    let has_section = site.config.legal != crate::config::Legal::default();
    let finding = below(Rule::Lg01, &[&keys::LEGAL]).arg("key", key(site.config, &keys::LEGAL));
    let lines = lines(&missing, site.config);
    let finding = finding.arg("missing", missing.join(", ")).arg("lines", lines.join(", "));
    let first = missing.first().map_or("", String::as_str).split(' ').next().unwrap_or_default();
    let finding = finding.arg("first", first);
    Some(if has_section { finding } else { finding.help("help-none") })
}

/// The lines to add, as they are typed: the host has one for all that is missing of it.
fn lines(missing: &[String], config: &Config) -> Vec<String> {
    let [host, name, address, phone] =
        [&quality::HOST, &quality::NAME, &quality::ADDRESS, &quality::PHONE].map(|one| key(config, one));
    let is_of_host = |one: &&String| one.starts_with(host);
    let mut lines: Vec<String> = missing.iter().filter(|one| !is_of_host(one)).map(|one| format!("{one}: …")).collect();
    if missing.iter().any(|one| is_of_host(&one)) {
        lines.push(format!("{host}: {{{name}: …, {address}: …, {phone}: …}}"));
    }
    lines
}

/// The keys of what nobody says, in the spelling of the settings.
fn missing(site: Site<'_>, written: &LegalText) -> Vec<String> {
    let legal = &site.config.legal;
    let provider = site.catalogue.provider.as_ref().and_then(|id| site.catalogue.organisations.get(id));
    let matter = provider.and_then(|one| one.matter());
    let of_provider = |value: fn(&OrganisationMatter) -> bool| matter.is_some_and(value);
    let named = |key: &'static Key| key.spelling(site.config.spelling).to_owned();
    let host = |key: &'static Key| format!("{} ({})", named(&quality::HOST), named(key));
    let (host_address, host_phone) = host_says(&legal.host);
    let has_host = written.host || legal.host.parts().next().is_some();
    let said: [(String, bool); 11] = [
        (named(&quality::NAME), legal.name.is_some() || provider.is_some() || written.name),
        (named(&quality::FORM), legal.form.is_some() || of_provider(|one| one.legal_form.is_some()) || written.form),
        (
            named(&quality::ADDRESS),
            legal.address.is_some() || of_provider(|one| one.address.is_some()) || written.address,
        ),
        (named(&quality::PHONE), legal.phone.is_some() || of_provider(|one| one.phone.is_some()) || written.phone),
        (named(&quality::EMAIL), legal.email.is_some() || of_provider(|one| one.email.is_some()) || written.email),
        (
            named(&quality::SIRET),
            legal.siret.is_some() || of_provider(|one| one.siret.is_some() || one.siren.is_some()) || written.siret,
        ),
        (named(&quality::VAT), legal.vat.is_some() || of_provider(|one| one.vat.is_some()) || written.vat),
        (named(&quality::DIRECTOR), legal.director.is_some() || written.director),
        (named(&quality::HOST), has_host),
        (host(&quality::ADDRESS), !has_host || host_address || written.host),
        (host(&quality::PHONE), !has_host || host_phone || written.host),
    ];
    said.into_iter().filter(|(_, is_said)| !is_said).map(|(name, _)| name).collect()
}

/// Whether an address and a telephone are given for the host, be it in lines of the author's own.
fn host_says(host: &Host) -> (bool, bool) {
    let without = host.parts().next().is_some_and(super::settings::is_without);
    let parts = || host.lines.iter().flat_map(|line| line.split([',', ';', '\n', '–', '—', '|']));
    let is_phone = |part: &str| tel_uri(part.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+')).is_some();
    let phone = host.phone.is_some() || parts().any(is_phone);
    let address =
        host.address.is_some() || parts().any(|part| part.contains(|c: char| c.is_ascii_digit()) && !is_phone(part));
    (address || without, phone || without)
}

/// What the text of the legal notice says itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct LegalText {
    name: bool,
    form: bool,
    address: bool,
    phone: bool,
    email: bool,
    siret: bool,
    vat: bool,
    director: bool,
    host: bool,
}

impl LegalText {
    fn of(site: Site<'_>, bodies: &Bodies) -> Self {
        let Some(page) =
            site.catalogue.pages.iter().find(|page| is_called(page, &["mentions legales", "legal notice"]))
        else {
            return Self::default();
        };
        let body = bodies.get(&page.document.path);
        let names = [site.config.title.as_ref(), site.config.legal.name.as_ref()];
        let mut read =
            Self::read(&text_of_body(body), &names.into_iter().flatten().map(|name| fold(name)).collect::<Vec<_>>());
        read.email |= body.links.iter().any(|link| link.target.starts_with("mailto:"));
        read.phone |= body.links.iter().any(|link| link.target.starts_with("tel:"));
        read
    }

    fn read(text: &str, names: &[String]) -> Self {
        const FORMS: &[&str] = &[
            "association",
            "sarl",
            "sas",
            "sasu",
            "eurl",
            "sa",
            "scop",
            "scic",
            "societe",
            "fondation",
            "gip",
            "gie",
            "etablissement",
            "entreprise",
            "micro",
            "ei",
            "cooperative",
            "mutuelle",
            "syndicat",
            "company",
            "charity",
        ];
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
        let begins = |start: &str| words.iter().any(|word| word.starts_with(start));
        let digits = |word: &str, n: usize| word.len() == n && word.bytes().all(|byte| byte.is_ascii_digit());
        let pairs = |pair: &[&str]| pair.iter().all(|word| digits(word, 2));
        Self {
            name: names.iter().any(|name| !name.is_empty() && folded.contains(name)),
            form: has(FORMS),
            address: words.iter().any(|word| digits(word, 5)),
            phone: words.windows(5).any(pairs) || words.iter().any(|word| digits(word, 10)),
            email: text.contains('@'),
            siret: has(&["siret", "siren", "rcs"]),
            vat: has(&["tva", "vat"]),
            director: begins("directeur")
                || begins("directrice")
                || begins("direct") && has(&["publication"])
                || has(&["director"]),
            host: begins("heberge") || has(&["host", "hosted", "hosting"]),
        }
    }
}

/// Whether a page is called by one of these names, in its title or its address.
pub(super) fn is_called(page: &PlainPage, names: &[&str]) -> bool {
    let named = fold(&format!("{} {}", page.slug.as_str(), page.title));
    names.iter().any(|name| named.contains(name))
}

/// Whether a page is a declaration of accessibility.
pub(super) fn is_declaration(page: &PlainPage) -> bool {
    is_called(page, &["accessibilite", "accessibility"])
}

/// AX-01: a status that only an audit can give.
fn claimed_without_audit(config: &Config) -> Option<Diagnostic> {
    let status = config.legal.accessibility_status.as_ref().filter(|status| claims_conformity(status))?;
    if config.legal.accessibility_audit.is_some() {
        return None;
    }
    let finding = about(Rule::Ax01, &[&keys::LEGAL, &quality::ACCESSIBILITY_STATUS]);
    Some(audited(finding.arg("status", status), config).arg("status_key", key(config, &quality::ACCESSIBILITY_STATUS)))
}

/// Adds the keys of an audit, for the sentence that shows how one is named.
pub(super) fn audited(finding: Diagnostic, config: &Config) -> Diagnostic {
    finding
        .arg("audit_key", key(config, &quality::ACCESSIBILITY_AUDIT))
        .arg("date_key", key(config, &quality::AUDIT_DATE))
        .arg("by_key", key(config, &quality::AUDIT_BY))
        .arg("rate_key", key(config, &quality::AUDIT_RATE))
}

/// Whether a status says that criteria are met, all or some, or how many.
fn claims_conformity(status: &str) -> bool {
    let folded = fold(status);
    let claims = ["totalement conforme", "partiellement conforme", "fully compliant", "partially compliant"];
    let says_rate = folded.contains('%') && folded.contains(|c: char| c.is_ascii_digit());
    // « conforme » alone claims everything.
    says_rate || folded == "conforme" || folded == "compliant" || claims.iter().any(|claim| folded.contains(claim))
}

/// AX-08: a site that is bound by the law has a declaration.
fn undeclared(site: Site<'_>) -> Option<Diagnostic> {
    let is_bound = site.config.legal.accessibility_bound;
    let has_page = site.catalogue.pages.iter().any(is_declaration);
    let finding = || below(Rule::Ax08, &[&keys::LEGAL, &quality::ACCESSIBILITY_BOUND]);
    (is_bound && !has_page).then(|| finding().arg("key", key(site.config, &quality::ACCESSIBILITY_BOUND)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_that_is_written_out_is_read() {
        let text = "Ce site est édité par Les Ateliers, association loi 1901, 4 rue du Pont, 59000 Lille. \
            Téléphone : 03 20 00 00 00. Courriel : a@b.example. SIRET 123 456 782 00010. TVA : sans objet. \
            Directrice de la publication : la présidente. Hébergeur : Exemple, 59100 Roubaix, 1007.";
        let read = LegalText::read(text, &[fold("Les Ateliers")]);
        let whole = LegalText {
            name: true,
            form: true,
            address: true,
            phone: true,
            email: true,
            siret: true,
            vat: true,
            director: true,
            host: true,
        };
        assert_eq!(read, whole);
        assert_eq!(
            LegalText::read("Ce site est publié par une équipe.", &[fold("Les Ateliers")]),
            LegalText::default()
        );
    }

    #[test]
    fn the_lines_of_a_host_are_told_apart() {
        let says = |lines: &[&str]| {
            host_says(&Host { lines: lines.iter().map(|&l| l.to_owned()).collect(), ..Host::default() })
        };
        assert_eq!(says(&["Hébergeur"]), (false, false));
        assert_eq!(says(&["Hébergeur, 2 rue du Quai, 59100 Roubaix"]), (true, false));
        assert_eq!(says(&["Hébergeur, 2 rue du Quai, 59100 Roubaix, tél. 1007"]), (true, true));
        assert_eq!(says(&["Hébergeur", "2 rue du Quai, 59100 Roubaix", "03 20 00 00 00"]), (true, true));
        assert_eq!(says(&["sans objet"]), (true, true));
    }

    #[test]
    fn what_only_an_audit_can_say() {
        for claim in ["totalement conforme", "Partiellement conforme (72 %)", "72 %", "conforme"] {
            assert!(claims_conformity(claim), "{claim}");
        }
        for honest in ["non conforme", "en cours d'évaluation", "not compliant"] {
            assert!(!claims_conformity(honest), "{honest}");
        }
    }
}
