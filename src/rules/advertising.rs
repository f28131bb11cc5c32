//! How a provider names itself and advertises (AD-*), and what texts claim (AD-03, AD-04, QF-05).
//!
//! Bodies are looked at while they are read; here are the settings, and the short texts of front matter.

use crate::config::{Config, keys, menu, quality};
use crate::diagnostic::{Diagnostic, FieldStep, Part, Place, Rule};
use crate::document::{Matter, ModuleMatter, claims, module_keys, news_matter, organisation_matter as organisation};
use crate::entry::{ACCESS_KEY, access};
use crate::yaml::Key;

use super::Site;
use super::facts::Subject;
use super::finding::Findings;
use super::settings::{about, at, in_part, is_without, key};

/// Looks at what the settings say.
pub(super) fn check_site(site: Site<'_>, found: &mut Vec<Diagnostic>) {
    let config = site.config;
    let legal = &config.legal;
    let below_legal = |key: &'static Key| vec![keys::LEGAL.step(), key.step()];
    found.extend(registration_text(config));
    let notice = legal.notice.iter().filter(|notice| !claims::has_disclaimer(notice));
    for (_, nda) in notice.flat_map(|notice| claims::registrations(notice)) {
        found.push(about(Rule::Ad01, &[&keys::LEGAL, &quality::NOTICE]).arg("nda", nda));
    }
    let numbers = [(&legal.siret, &quality::SIRET, Number::Siret), (&legal.nda, &quality::NDA, Number::Nda)];
    for (value, key, number) in numbers {
        let slip = value.as_deref().and_then(|value| number.slip(value));
        found.extend(slip.map(|slip| slip.told(in_part(Rule::Ad02, below_legal(key), Part::Value))));
    }
    let member_links = config.member_area.iter().flat_map(|area| &area.links).filter_map(|link| link.target.as_ref());
    for target in member_links.filter(|target| is_unencrypted(&target.value)) {
        let finding = at(Rule::Ad06, target.place.clone()).arg("url", &target.value);
        let secure = target.value.replacen("http:", "https:", 1);
        found.push(finding.arg("secure", secure).arg("key", key(config, &menu::URL)));
    }
    let texts = [
        (&config.description, vec![keys::DESCRIPTION.step()]),
        (&config.access.how, vec![ACCESS_KEY.step(), access::HOW.step()]),
        (&legal.notice, below_legal(&quality::NOTICE)),
    ];
    for (text, steps) in texts {
        let claims = text.iter().flat_map(|text| claims::claims(text));
        found.extend(claims.map(|claim| told(in_part(claim.rule, steps.clone(), Part::Value), &claim.args)));
    }
    for (nth, badge) in config.quality.badges.iter().enumerate() {
        let claims = badge.text.iter().flat_map(|text| claims::claims(text));
        let steps = vec![keys::QUALITY.step(), quality::BADGES.step(), FieldStep::Item(nth), quality::TEXT.step()];
        found.extend(claims.map(|claim| told(in_part(claim.rule, steps.clone(), Part::Value), &claim.args)));
    }
}

/// AD-01 and AD-05: the sentence in which the number is printed.
fn registration_text(config: &Config) -> Option<Diagnostic> {
    let text = config.legal.nda_text.as_ref()?;
    let about = |rule| {
        let finding = about(rule, &[&keys::LEGAL, &quality::NDA_TEXT]);
        finding.arg("key", key(config, &quality::NDA_TEXT)).arg("nda", config.legal.nda.as_deref().unwrap_or("…"))
    };
    if !claims::has_disclaimer(text) {
        return Some(about(Rule::Ad01).message("message-setting").help("help-setting"));
    }
    crate::fold::fold(text).contains("aupres du prefet").then(|| about(Rule::Ad05))
}

/// Looks at the short texts and numbers of a document.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    match &subject.document.matter {
        Matter::Module(matter) if subject.module.is_some() => check_module(matter, findings),
        Matter::News(matter) => check_text(matter.summary.as_deref(), vec![news_matter::SUMMARY.step()], findings),
        Matter::Organisation(matter) => {
            let numbers = [
                (&matter.siret, &organisation::SIRET, Number::Siret),
                (&matter.siren, &organisation::SIREN, Number::Siren),
                (&matter.nda, &organisation::NDA, Number::Nda),
            ];
            for (value, key, number) in numbers {
                if let Some(slip) = value.as_deref().and_then(|value| number.slip(value)) {
                    findings.push(slip.told(findings.at(Rule::Ad02, Place::Field(vec![key.step()], Part::Value))));
                }
            }
        }
        _ => {}
    }
}

fn check_module(matter: &ModuleMatter, findings: &mut Findings<'_>) {
    let texts = [
        (&matter.title, &module_keys::TITLE),
        (&matter.subtitle, &module_keys::SUBTITLE),
        (&matter.summary, &module_keys::SUMMARY),
        (&matter.eligibility, &module_keys::ELIGIBILITY),
        (&matter.funding_text, &module_keys::FUNDING_TEXT),
        (&matter.outcome, &module_keys::OUTCOME),
    ];
    for (text, key) in texts {
        check_text(text.as_deref(), vec![key.step()], findings);
    }
    check_text(matter.access.how.as_deref(), vec![crate::entry::ACCESS_KEY.step(), access::HOW.step()], findings);
    for (texts, key) in [(&matter.labels, &module_keys::LABELS), (&matter.highlights, &module_keys::HIGHLIGHTS)] {
        for (nth, text) in texts.iter().enumerate() {
            let steps = vec![key.step(), FieldStep::Item(nth)];
            // A label is about the module, so it needs no noun: « certifiée Qualiopi ».
            let is_certified =
                crate::fold::fold(text).starts_with("certifie") && text.to_lowercase().contains("qualiopi");
            if is_certified {
                let finding = findings.at(Rule::Qf05, Place::Field(steps, Part::Value));
                findings.push(finding.arg("text", text));
            } else {
                check_text(Some(text), steps, findings);
            }
        }
    }
}

fn check_text(text: Option<&str>, steps: Vec<FieldStep>, findings: &mut Findings<'_>) {
    for claim in text.into_iter().flat_map(claims::claims) {
        let finding = findings.at(claim.rule, Place::Field(steps.clone(), Part::Value));
        findings.push(told(finding, &claim.args));
    }
}

fn told(finding: Diagnostic, args: &[(&'static str, String)]) -> Diagnostic {
    args.iter().fold(finding, |one, (name, value)| one.arg(name, value))
}

/// Whether an address is one of the web that anybody on the way can read.
pub(super) fn is_unencrypted(url: &str) -> bool {
    let Some(rest) = url.trim().strip_prefix("http://") else { return false };
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    !matches!(host, "localhost" | "127.0.0.1") && !host.ends_with(".local") && !host.starts_with('[')
}

/// A number under which a provider is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    /// Of an establishment; that of the firm is accepted in its place.
    Siret,
    /// Of a firm.
    Siren,
    /// Of a declaration as a provider of trainings.
    Nda,
}

/// What is wrong with a number.
#[derive(Debug, PartialEq, Eq)]
struct Slip {
    message: &'static str,
    help: &'static str,
    value: String,
    n_digits: usize,
}

impl Slip {
    fn told(self, finding: Diagnostic) -> Diagnostic {
        let finding = finding.message(self.message).help(self.help);
        finding.arg("value", self.value).arg("digits", self.n_digits.to_string())
    }
}

impl Number {
    fn slip(self, value: &str) -> Option<Slip> {
        if is_without(value) {
            return None;
        }
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        // Numbers of Corsica may have its letter.
        let letters = value.chars().filter(|c| matches!(c, 'A' | 'B')).count();
        let n_digits = digits.len();
        let slip = |message, help| Some(Slip { message, help, value: value.to_owned(), n_digits });
        match self {
            Self::Nda if n_digits == 11 || n_digits + letters == 11 => None,
            Self::Nda => slip("message", "help"),
            Self::Siret if n_digits == 9 && passes(&digits) => None,
            Self::Siret if n_digits != 14 => slip("message-siret", "help-siret"),
            Self::Siren if n_digits != 9 => slip("message-siren", "help-siren"),
            Self::Siret if passes(&digits) || digits.starts_with("356000000") => None,
            Self::Siren if passes(&digits) => None,
            Self::Siret => slip("message-siret-key", "help-key"),
            Self::Siren => slip("message-siren-key", "help-key"),
        }
    }
}

/// Whether digits pass the check that finds one that is mistyped (Luhn).
fn passes(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(nth, byte)| {
            let digit = u32::from(byte - b'0') << (nth % 2);
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_told_apart_from_mistyped_ones() {
        let message = |number: Number, value: &str| number.slip(value).map(|slip| slip.message);
        for sound in
            ["12345678200010", "123 456 782 00010", "123456782", "sans objet", "356 000 000 00048", "35600000012345"]
        {
            assert_eq!(message(Number::Siret, sound), None, "{sound}");
        }
        assert_eq!(message(Number::Siret, "1234567820001"), Some("message-siret"));
        assert_eq!(message(Number::Siret, "12345678200011"), Some("message-siret-key"));
        assert_eq!(message(Number::Siren, "123456782"), None);
        assert_eq!(message(Number::Siren, "123456789"), Some("message-siren-key"));
        assert_eq!(message(Number::Siren, "12345678"), Some("message-siren"));
        for sound in ["32599999959", "32 59 99999 59", "942A0012322", "94 2B 00123 22", "en cours d'attribution"] {
            assert_eq!(message(Number::Nda, sound), None, "{sound}");
        }
        assert_eq!(message(Number::Nda, "3259999995"), Some("message"));
    }

    proptest! {
        /// What the check is for: one wrong digit, anywhere.
        #[test]
        fn a_mistyped_digit_is_found(number in "[0-9]{13}", at in 0..13usize, more in 1..10u32) {
            let last = (0..10).find(|last| passes(&format!("{number}{last}"))).expect("a check digit");
            let sound = format!("{number}{last}");
            let digit = (sound.as_bytes()[at] - b'0') as u32;
            let wrong = format!("{}{}{}", &sound[..at], (digit + more) % 10, &sound[at + 1..]);
            prop_assert!(passes(&sound) && !passes(&wrong));
        }

        #[test]
        fn no_number_panics(text in "\\PC*") {
            for number in [Number::Siret, Number::Siren, Number::Nda] {
                number.slip(&text);
            }
        }
    }
}
