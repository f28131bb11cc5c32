//! The Qualiopi mark and the certificate behind it (QF-*): who may show what, and where.
//!
//! The certificate is the provider's. A site says that there is one by its number, by a badge of that name, or in the
//! file of the provider. On the sheet of a training the look leaves the picture of such a badge out by itself.

use crate::config::{BadgeEntry, Config, keys, quality};
use crate::diagnostic::{Diagnostic, Part, Place, Rule, Severity};
use crate::document::{Bodies, Document, LinkKind, Matter, Qualiopi, organisation_matter as organisation};
use crate::fold::fold;

use super::Site;
use super::facts::Subject;
use super::finding::Findings;
use super::settings::{at, below, key};

/// Looks at the certificate and the badges of the settings.
pub(super) fn check_site(site: Site<'_>, bodies: &Bodies, found: &mut Vec<Diagnostic>) {
    let quality = &site.config.quality;
    let certificate = certificate(site);
    let badges: Vec<&BadgeEntry> = quality.badges.iter().filter(|badge| badge.is_mark()).collect();
    let has_file = quality.certificate_file.is_some() || certificate.is_some_and(|one| one.certificate_file.is_some());
    let has_number =
        quality.certificate_number.is_some() || certificate.is_some_and(|one| one.certificate_number.is_some());
    let is_certified = !badges.is_empty() || quality.certificate_number.is_some() || certificate.is_some();
    let is_linked = has_file || links_certificate(site, bodies);
    if is_certified && !is_linked {
        found.push(spelt(unlinked(&badges), site.config));
    }
    for badge in badges.iter().filter(|badge| badge.image.is_some()) {
        let has_categories =
            !quality.categories.is_empty() || certificate.is_some_and(|one| !one.categories.is_empty());
        if !badge.names_category() && !has_categories {
            let finding = at(Rule::Qf04, badge.place.clone()).arg("name", &badge.name);
            found.push(
                finding
                    .arg("key", key(site.config, &quality::CATEGORIES))
                    .arg("quality_key", key(site.config, &keys::QUALITY)),
            );
        }
        // Without a file that is linked somewhere, QF-01 says the same, and more gravely.
        if !has_file && !has_number && is_linked {
            found.push(spelt(at(Rule::Qf06, badge.place.clone()).arg("name", &badge.name), site.config));
        }
    }
}

/// QF-01, where the site says that it is certified.
fn unlinked(badges: &[&BadgeEntry]) -> Diagnostic {
    match badges.first() {
        Some(badge) => at(Rule::Qf01, badge.place.clone()),
        None => below(Rule::Qf01, &[&keys::QUALITY]),
    }
}

fn spelt(finding: Diagnostic, config: &Config) -> Diagnostic {
    finding
        .arg("quality_key", key(config, &keys::QUALITY))
        .arg("file_key", key(config, &quality::CERTIFICATE_FILE))
        .arg("number_key", key(config, &quality::CERTIFICATE_NUMBER))
}

/// What the provider's own file says of its certificate.
fn certificate(site: Site<'_>) -> Option<&Qualiopi> {
    let provider = site.catalogue.organisations.get(site.catalogue.provider.as_ref()?)?;
    provider.matter()?.qualiopi.as_ref()
}

/// Whether a page or a text of the site links a file that is called a certificate.
fn links_certificate(site: Site<'_>, bodies: &Bodies) -> bool {
    let is_certificate = |target: &str| {
        let target = target.split(['#', '?']).next().unwrap_or_default();
        let name = target.rsplit('/').next().unwrap_or_default();
        let is_file = name.rsplit_once('.').is_some_and(|(_, extension)| extension.len() <= 4 && extension != "md");
        is_file && ["certificat", "qualiopi"].iter().any(|word| fold(name).contains(word))
    };
    let pages = site.catalogue.pages.iter().map(|page| &page.document.path);
    let home = site.catalogue.home.iter().map(|home| &home.path);
    let mut links = pages.chain(home).flat_map(|path| &bodies.get(path).links);
    links.any(|link| link.kind == LinkKind::Link && is_certificate(&link.target))
        || site.catalogue.pages.iter().flat_map(|page| &page.matter().documents).any(|document| {
            [&document.file, &document.url].into_iter().flatten().any(|target| is_certificate(&target.value))
        })
        || site
            .config
            .quality
            .badges
            .iter()
            .filter_map(|badge| badge.target.as_ref())
            .any(|to| is_certificate(&to.value))
}

/// QF-02: how long the certificate in the provider's file still holds.
pub(super) fn check_organisation(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(valid_to) = certificate_of(subject.document).and_then(|certificate| certificate.valid_to) else { return };
    let catalogue = subject.site.catalogue;
    let provider = catalogue.provider.as_ref().and_then(|id| catalogue.organisations.get(id));
    let provider = provider.and_then(|provider| provider.document.as_ref());
    if provider.is_none_or(|provider| provider.path != subject.document.path) {
        return;
    }
    let days = (valid_to - catalogue.edition.today).get_days();
    let keys = vec![organisation::QUALIOPI.step(), organisation::VALID_TO.step()];
    let finding = findings.at(Rule::Qf02, Place::Field(keys, Part::Value));
    let finding = finding.arg("key", findings.key(&organisation::VALID_TO)).arg("date", valid_to.to_string());
    if days < 0 {
        findings.push(finding);
    } else if i64::from(days) < i64::from(subject.site.config.rules.certificate_days) {
        let finding = finding.severity(Severity::Warning).message("message-soon").help("help-soon");
        findings.push(finding);
    }
}

fn certificate_of(document: &Document) -> Option<&Qualiopi> {
    match &document.matter {
        Matter::Organisation(matter) => matter.qualiopi.as_ref(),
        _ => None,
    }
}

/// QF-03: the mark among the files of a module. Those of its text are noted while it is read.
pub(super) fn check_module(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(module) = subject.module else { return };
    for document in &module.matter().documents {
        let Some(file) = [&document.file, &document.url].into_iter().flatten().find(|file| is_picture(&file.value))
        else {
            continue;
        };
        let named = [Some(&file.value), document.title.as_ref()];
        if named.into_iter().flatten().any(|text| fold(text).contains("qualiopi")) {
            findings.push(findings.at(Rule::Qf03, file.place.clone()).arg("file", &file.value));
        }
    }
}

fn is_picture(file: &str) -> bool {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    matches!(extension.as_str(), "png" | "svg" | "jpg" | "jpeg" | "webp" | "gif" | "avif" | "bmp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_from_papers() {
        assert!(is_picture("a/Logo-Qualiopi.PNG") && !is_picture("certificat-qualiopi.pdf"));
    }
}
