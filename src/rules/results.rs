//! Indicators 2 and 3: results that are published, and what a certification leads to.

use crate::catalogue::Module;
use crate::config::CONFIG_PATH;
use crate::config::keys::QUALITY;
use crate::config::quality::{RESULTS, RESULTS_PENDING, SATISFACTION};
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, FieldStep, Part, Place, Rule};
use crate::document::{Body, SectionKind, module_keys as keys};
use crate::entry::ResultEntry;
use crate::value::{Date, Decimal, end_of_period, months_before};

use super::Site;
use super::facts::{Subject, says};
use super::finding::Findings;
use super::sheet::Duty;

/// Looks at the results of one module, and at what its certification leads to.
pub(super) fn check(subject: &Subject<'_>, module: &Module, body: &Body, findings: &mut Findings<'_>) {
    if subject.duty() != Some(Duty::Training) {
        return;
    }
    let (site, matter) = (subject.site, module.matter());
    for (index, result) in matter.results.iter().enumerate() {
        let step = vec![keys::RESULTS.step(), FieldStep::Item(index)];
        if let Some(weakness) = weakness_of(result, site) {
            findings.push(told(findings.at(weakness.rule, Place::Field(step, Part::Value)), result, &weakness));
        }
    }
    let has_own = has_results(module, Some(body));
    let is_alone = !has_own && publishes_nothing(site) && any_module_has_results(site);
    if is_alone {
        findings.push(findings.missing(Rule::Q2_01).arg("key", findings.key(&keys::RESULTS)));
    }
    certification(module, body, findings);
}

/// Looks at the results of the provider as a whole.
pub(super) fn check_site(site: Site<'_>, found: &mut Vec<Diagnostic>) {
    let quality = &site.config.quality;
    let lang = site.config.spelling;
    let at = |rule: Rule, steps: Vec<FieldStep>| {
        Diagnostic::new(Code::Rule(rule), &ContentPath::new(CONFIG_PATH), Place::Field(steps, Part::Value))
    };
    for (index, result) in quality.results.iter().enumerate() {
        let steps = match index.checked_sub(quality.n_satisfaction) {
            None => vec![QUALITY.step(), SATISFACTION.step(), FieldStep::Item(index)],
            Some(index) => vec![QUALITY.step(), RESULTS.step(), FieldStep::Item(index)],
        };
        if let Some(weakness) = weakness_of(result, site) {
            found.push(told(at(weakness.rule, steps), result, &weakness));
        }
    }
    if let Some(pending) = &quality.results_pending {
        let steps = vec![QUALITY.step(), RESULTS_PENDING.step()];
        found.push(at(Rule::Q2_05, steps).arg("value", pending));
    }
    if has_trainings(site) && publishes_nothing(site) && !any_module_has_results(site) {
        let nothing = at(Rule::Q2_01, vec![QUALITY.step()]).message("message-site").help("help-site");
        found.push(nothing.arg("quality", QUALITY.spelling(lang)).arg("results", RESULTS.spelling(lang)));
    }
}

/// Whether the site has a training to which the rules apply.
pub(super) fn has_trainings(site: Site<'_>) -> bool {
    site.catalogue.modules.values().any(|module| module.is_listed() && Duty::of(module) == Duty::Training)
}

fn publishes_nothing(site: Site<'_>) -> bool {
    site.config.quality.results.is_empty() && site.config.quality.results_pending.is_none()
}

/// A text is not looked at here: what others are told must not depend on it.
fn any_module_has_results(site: Site<'_>) -> bool {
    site.catalogue.modules.values().any(|module| module.is_listed() && has_results(module, None))
}

fn has_results(module: &Module, body: Option<&Body>) -> bool {
    let matter = module.matter();
    !matter.results.is_empty() || body.is_some_and(|body| says(matter, body, SectionKind::Results))
}

/// What is wrong with a result.
struct Weakness {
    rule: Rule,
    message: &'static str,
    help: &'static str,
    months: u32,
}

fn weakness_of(result: &ResultEntry, site: Site<'_>) -> Option<Weakness> {
    let (today, months) = (site.catalogue.edition.today, site.config.rules.results_months);
    let weakness = |rule, message, help| Some(Weakness { rule, message, help, months });
    // A result in a few words may say both itself.
    let words = result.name.as_deref().filter(|_| result.value.is_none());
    let has_number = result.number.is_some() || words.is_some_and(|words| words.chars().any(|c| c.is_ascii_digit()));
    let period = result.period.as_deref().or(words);
    let has_period = result.period.is_some() || words.and_then(end_of_period).is_some();
    match (has_number, has_period) {
        (false, false) => return weakness(Rule::Q2_02, "message", "help"),
        (false, true) => return weakness(Rule::Q2_02, "message-number", "help-number"),
        (true, false) => return weakness(Rule::Q2_02, "message-period", "help-period"),
        (true, true) => {}
    }
    if is_out_of_scale(result) {
        return weakness(Rule::Q2_04, "message", "help");
    }
    let is_old = |end: Date| months_before(today, months).is_some_and(|limit| end < limit);
    if period.and_then(end_of_period).is_some_and(is_old) {
        return weakness(Rule::Q2_03, "message", "help");
    }
    None
}

/// Whether a percentage is none, or a mark is above its scale.
fn is_out_of_scale(result: &ResultEntry) -> bool {
    let (Some(number), Some(unit)) = (result.number, result.unit.as_deref()) else { return false };
    let scale = match unit.trim() {
        "%" => Some(Decimal::whole(100)),
        unit => unit.strip_prefix('/').and_then(|scale| scale.trim().parse().ok()).map(Decimal::whole),
    };
    scale.is_some_and(|most| number.is_negative() || number > most)
}

fn told(finding: Diagnostic, result: &ResultEntry, weakness: &Weakness) -> Diagnostic {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let finding = finding.arg("name", text(&result.name)).arg("months", weakness.months.to_string());
    let finding = finding.arg("period", text(&result.period)).arg("value", text(&result.value));
    finding.arg("unit", text(&result.unit)).message(weakness.message).help(weakness.help)
}

/// Indicator 3: what a certifying module must say of its certification, or that there is no such thing.
fn certification(module: &Module, body: &Body, findings: &mut Findings<'_>) {
    let Some(certification) = &module.matter().certification else { return };
    let has_after = says(module.matter(), body, SectionKind::After) || !module.matter().next.is_empty();
    let parts = [
        (certification.rate.is_some(), findings.either("rate", "taux")),
        (!certification.blocks.is_empty(), findings.either("blocks", "blocs")),
        (certification.equivalences.is_some(), findings.either("equivalences", "équivalences")),
        (certification.outlets.is_some(), findings.either("outlets", "débouchés")),
    ];
    let missing: Vec<&str> = parts.iter().filter(|(is_said, _)| !is_said).map(|(_, key)| *key).collect();
    if !missing.is_empty() {
        let finding = findings.about(Rule::Q3_01, &keys::CERTIFICATION).arg("missing", missing.join(", "));
        findings.push(finding);
    } else if !has_after {
        let finding = findings.about(Rule::Q3_01, &keys::CERTIFICATION).arg("next", findings.key(&keys::NEXT));
        findings.push(finding.message("message-after").help("help-after"));
    }
}
