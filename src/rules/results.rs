//! Indicators 2 and 3: results that are published, and what a certification leads to.
//!
//! Results of the settings are looked at once, those of a sheet with the sheet. A sheet without results has those of the
//! settings; only where there are none anywhere is that told, once.

use jiff::ToSpan;

use crate::catalogue::{Catalogue, Module};
use crate::config::keys::QUALITY;
use crate::config::{CONFIG_PATH, quality};
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Part, Place, Rule};
use crate::document::{Document, SectionKind, module_keys as keys};
use crate::entry::{
    BLOCKS_KEY, EQUIVALENCES_KEY, OUTLETS_KEY, PERIOD_KEY, RATE_KEY, ResultEntry, SAMPLE_KEY, VALUE_KEY,
};
use crate::fold::fold;
use crate::lang::Lang;
use crate::value::{Decimal, period_end};
use crate::yaml::Key;

use super::facts::trainings;
use super::finding::Findings;
use super::said::Words;
use super::sheet::{Duty, Sheet};
use super::{Site, settings};

/// Anchors below which a text shows results.
const ANCHORS: [&str; 4] = ["resultats", "indicateurs-de-resultats", "results", "taux-de-satisfaction"];

/// Looks at the results of a sheet, and at what its certification leads to.
pub(super) fn check(
    site: Site<'_>,
    module: &Module,
    body: &crate::document::Body,
    sheet: &Sheet,
    findings: &mut Findings<'_>,
) {
    if sheet.duty != Duty::Training {
        return;
    }
    let document = &module.document;
    let about = About { site, file: &document.path, spelling: document.spelling };
    for result in &module.matter().results {
        findings.all.extend(about.result(result));
    }
    certification(module, Words { matter: module.matter(), body }, findings);
}

/// Looks at the results of the settings, and whether there are any results at all.
pub(super) fn check_settings(site: Site<'_>) -> Vec<Diagnostic> {
    let (quality, file) = (&site.config.quality, ContentPath::new(CONFIG_PATH));
    let about = About { site, file: &file, spelling: site.config.spelling };
    let mut found: Vec<Diagnostic> = quality.results.iter().flat_map(|result| about.result(result)).collect();
    if !quality.results.is_empty() || trainings(site.catalogue).all(shows_results) {
        return found;
    }
    let spelt = |finding: Diagnostic| {
        let key = |key: &'static Key| settings::key(site.config, key);
        let finding = finding.arg("quality", key(&QUALITY)).arg("results", key(&quality::RESULTS));
        finding.arg("pending", key(&quality::RESULTS_PENDING))
    };
    if quality.results_pending.is_some() {
        found.push(spelt(settings::about(Rule::Q2_05, &[&QUALITY, &quality::RESULTS_PENDING])));
    } else if !pages_show_results(site.catalogue) {
        found.push(spelt(settings::at(Rule::Q2_01, Place::File)));
    }
    found
}

/// Whether a sheet has results of its own.
fn shows_results(module: &Module) -> bool {
    !module.matter().results.is_empty() || has_anchor(&module.document)
}

/// Whether a page of the site shows results in its text.
fn pages_show_results(catalogue: &Catalogue) -> bool {
    catalogue.pages.iter().any(|page| {
        let title = fold(&page.title);
        title.contains("resultats") || title.contains("results") || has_anchor(&page.document)
    })
}

fn has_anchor(document: &Document) -> bool {
    ANCHORS.iter().any(|anchor| document.outline.anchors.contains(anchor))
}

/// What findings about results depend on.
#[derive(Clone, Copy)]
struct About<'a> {
    site: Site<'a>,
    file: &'a ContentPath,
    spelling: Lang,
}

impl About<'_> {
    fn finding(self, rule: Rule, result: &ResultEntry) -> Diagnostic {
        let place = result.place.clone().unwrap_or(Place::File);
        let key = |key: &'static Key| key.spelling(self.spelling);
        Diagnostic::new(Code::Rule(rule), self.file, place)
            .arg("name", result.name.as_deref().or(result.value.as_deref()).unwrap_or("…"))
            .arg("value", key(&VALUE_KEY))
            .arg("period", key(&PERIOD_KEY))
            .arg("sample", key(&SAMPLE_KEY))
    }

    /// What is wrong with one result.
    fn result(self, result: &ResultEntry) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let measure = Measure::of(result);
        let period = period_of(result);
        let (message, help) = match (measure.is_some(), period.is_some()) {
            (true, true) => ("", ""),
            (false, true) => ("message-no-number", "help-no-number"),
            (true, false) => ("message-no-period", "help-no-period"),
            (false, false) => ("message", "help"),
        };
        if !message.is_empty() {
            found.push(self.finding(Rule::Q2_02, result).message(message).help(help));
        }
        if let Some(written) = period
            && self.is_old(&written)
        {
            let months = self.site.config.rules.results_months.to_string();
            let finding = self.finding(Rule::Q2_03, result).arg("written", period_words(result, &written));
            found.push(finding.arg("months", months));
        }
        if let Some(measure) = measure.filter(|measure| !measure.is_possible()) {
            let finding = self.finding(Rule::Q2_04, result).arg("number", spoken(measure.number));
            found.push(match measure.scale {
                Scale::Percent => finding,
                Scale::UpTo(most) => finding.message("message-mark").help("help-mark").arg("most", spoken(most)),
                Scale::None => finding.message("message-count").help("help-count"),
            });
        }
        found
    }

    fn is_old(self, period: &str) -> bool {
        let today = self.site.catalogue.edition.today;
        let months = i64::from(self.site.config.rules.results_months).months();
        let limit = today.checked_sub(months).ok();
        period_end(period).zip(limit).is_some_and(|(end, limit)| end < limit)
    }
}

fn spoken(number: Decimal) -> String {
    number.to_string().replace('.', ",")
}

/// The period of a result; of one that is a bare text, the text if it names a year.
fn period_of(result: &ResultEntry) -> Option<String> {
    let in_words = || {
        let text = result.name.as_ref().filter(|_| result.value.is_none())?;
        let names_year = fold(text).split(' ').any(|word| word.len() == 4 && word.parse::<u16>().is_ok());
        names_year.then(|| text.clone())
    };
    result.period.clone().or_else(in_words)
}

/// The period as it is told: of a bare text, the day on which it ended.
fn period_words(result: &ResultEntry, period: &str) -> String {
    let ended = || period_end(period).map(|day| day.to_string());
    result.period.clone().or_else(ended).unwrap_or_default()
}

/// What a number is counted against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Percent,
    UpTo(Decimal),
    None,
}

/// A number and its scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Measure {
    number: Decimal,
    scale: Scale,
}

impl Measure {
    /// What a result measures, wherever in it that is written.
    fn of(result: &ResultEntry) -> Option<Self> {
        let unit = result.unit.as_deref().unwrap_or_default();
        if let Some(number) = result.number {
            return Some(Self { number, scale: Scale::of(unit) });
        }
        let text = result.value.as_deref().or(result.name.as_deref())?;
        let measured = Self::in_words(text);
        // In a sentence, a number alone may be anything: a year, a count of people.
        let is_sure = |measure: &Self| result.value.is_some() || measure.scale != Scale::None;
        let measured = measured.filter(is_sure)?;
        let by_unit = Scale::of(unit);
        Some(if by_unit == Scale::None { measured } else { Self { scale: by_unit, ..measured } })
    }

    /// "94 %", "8,9/10", "4,5 sur 5", "plus de 90 %".
    fn in_words(text: &str) -> Option<Self> {
        let starts = text.char_indices().filter(|(at, c)| {
            c.is_ascii_digit()
                && !text[..*at].ends_with(|before: char| before.is_ascii_digit() || before == ',' || before == '.')
        });
        let measures = starts.filter_map(|(at, _)| {
            let length =
                text[at..].find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len() - at);
            let (digits, rest) = text[at..].split_at(length);
            let number = Decimal::parse(digits.trim_end_matches([',', '.']))?;
            let before = text[..at].strip_suffix(['-', '\u{2212}']);
            let is_negative = before.is_some_and(|before| before.trim_end().len() < before.len() || before.is_empty());
            let number = if is_negative { Decimal::from_hundredths(-number.hundredths()) } else { number };
            Some(Self { number, scale: Scale::of(rest) })
        });
        let measures: Vec<Self> = measures.collect();
        measures.iter().find(|measure| measure.scale != Scale::None).or(measures.first()).copied()
    }

    fn is_possible(self) -> bool {
        let most = match self.scale {
            Scale::Percent => Some(Decimal::whole(100)),
            Scale::UpTo(most) => Some(most),
            Scale::None => None,
        };
        !self.number.is_negative() && most.is_none_or(|most| self.number <= most)
    }
}

impl Scale {
    /// What a unit, or the words behind a number, count against.
    fn of(text: &str) -> Self {
        let text = text.trim_start();
        if text.starts_with('%')
            || ["pour cent", "pourcent", "percent", "per cent"].iter().any(|word| text.starts_with(word))
        {
            return Self::Percent;
        }
        let rest = ["/", "sur ", "out of "].iter().find_map(|mark| text.strip_prefix(mark));
        let digits = rest.map(|rest| {
            let rest = rest.trim_start();
            &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())]
        });
        let most = digits.and_then(|digits| digits.parse::<u32>().ok()).filter(|most| (2..=100).contains(most));
        most.map_or(Self::None, |most| Self::UpTo(Decimal::whole(most)))
    }
}

/// What must be said beside a certification, be it « sans objet » (Q3-01).
fn certification(module: &Module, words: Words<'_>, findings: &mut Findings<'_>) {
    let Some(certification) = &module.matter().certification else { return };
    let has_next = !module.matter().next.is_empty() || !module.opens.is_empty() || words.says(SectionKind::After);
    let missing: [(bool, Option<&'static Key>, &'static str, &'static str); 5] = [
        (certification.rate.is_none(), Some(&RATE_KEY), "message", "help"),
        (certification.blocks.is_empty(), Some(&BLOCKS_KEY), "message-blocks", "help-blocks"),
        (certification.equivalences.is_none(), Some(&EQUIVALENCES_KEY), "message-equivalences", "help-equivalences"),
        (!has_next, None, "message-next", "help-next"),
        (certification.outlets.is_none(), Some(&OUTLETS_KEY), "message-outlets", "help-outlets"),
    ];
    for (_, key, message, help) in missing.into_iter().filter(|(is_missing, ..)| *is_missing) {
        let finding = findings.at(Rule::Q3_01, Place::Field(vec![keys::CERTIFICATION.step()], Part::Key));
        let finding = finding.message(message).help(help).arg("key", findings.key(&keys::CERTIFICATION));
        let line = key.map_or_else(|| findings.key(&keys::NEXT), |key| findings.key(key));
        findings.push(finding.arg("line", line));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn result(name: &str, value: &str, unit: &str) -> ResultEntry {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let number = Decimal::parse(value);
        ResultEntry { name: given(name), value: given(value), number, unit: given(unit), ..ResultEntry::default() }
    }

    #[test]
    fn numbers_are_found_with_their_scale() {
        for (name, value, unit, number, scale) in [
            ("Satisfaction", "94", "%", "94", Scale::Percent),
            ("Satisfaction", "94 %", "", "94", Scale::Percent),
            ("Note", "8.9", "/10", "8.9", Scale::UpTo(Decimal::whole(10))),
            ("Note", "4,5 sur 5", "", "4.5", Scale::UpTo(Decimal::whole(5))),
            ("Note", "12/10", "", "12", Scale::UpTo(Decimal::whole(10))),
            ("Personnes formées", "212", "nombre", "212", Scale::None),
            ("94 % de personnes satisfaites en 2025", "", "", "94", Scale::Percent),
            ("En 2025, plus de 90 % de réussite", "", "", "90", Scale::Percent),
        ] {
            let measure = Measure::of(&result(name, value, unit)).expect(name);
            assert_eq!((measure.number.to_string().as_str(), measure.scale), (number, scale), "{name}");
        }
        for (name, value) in [("Très bonne satisfaction", ""), ("Satisfaction", "excellente"), ("Bilan 2025", "")] {
            assert_eq!(Measure::of(&result(name, value, "")), None, "{name}");
        }
    }

    #[test]
    fn what_is_impossible() {
        for (value, unit, expected) in [
            ("0", "%", true),
            ("100", "%", true),
            ("101", "%", false),
            ("-1", "%", false),
            ("10", "/10", true),
            ("10,5", "/10", false),
            ("250", "nombre", true),
            ("-3", "nombre", false),
        ] {
            let measure = Measure::of(&result("x", value, unit)).expect(value);
            assert_eq!(measure.is_possible(), expected, "{value} {unit}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(name in "\\PC*", value in "[-0-9,./% surn\u{2212}é]{0,16}", unit in "\\PC{0,6}") {
            let result = result(&name, &value, &unit);
            let _ = (Measure::of(&result), period_of(&result));
        }
    }
}
