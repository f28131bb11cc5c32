//! Prices: that there is one, and that everybody can tell what they will pay.

use crate::diagnostic::{Diagnostic, FieldStep, Part, Place, Rule};
use crate::entry::{PRICE_KEY, PriceEntry};
use crate::rules::facts::met;
use crate::rules::finding::Findings;
use crate::rules::sheet::{Item, Sheet};

use super::Training;

impl Training<'_> {
    pub(super) fn prices(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let matter = self.module.matter();
        let prices = &matter.prices;
        let of_sessions = !matter.sessions.is_empty() && matter.sessions.iter().all(|one| !one.prices.is_empty());
        let is_said = !prices.is_empty() || of_sessions;
        sheet.note(Item::Prices, met(is_said, false));
        self.missing_unless(is_said, Rule::Q1_09, &PRICE_KEY, findings);
        for (index, entry) in prices.iter().enumerate().filter(|(_, entry)| entry.price.amount.is_some()) {
            let price = &entry.price;
            let (message, help) = match (price.vat.is_none(), price.unit.is_none()) {
                (true, true) => ("message", "help"),
                (true, false) => ("message-vat", "help-vat"),
                (false, true) => ("message-unit", "help-unit"),
                (false, false) => continue,
            };
            let amount = price.amount.map(|amount| amount.to_string()).unwrap_or_default();
            let finding = at(Rule::Q1_10, index, findings).arg("amount", amount);
            findings.push(finding.message(message).help(help));
        }
        if !prices.is_empty() && prices.iter().all(|entry| entry.price.quote) {
            findings.push(findings.about(Rule::Q1_11, &PRICE_KEY));
        }
        if let Some(index) = prices.iter().position(is_limited).filter(|_| prices.iter().all(is_limited)) {
            findings.push(at(Rule::Q1_12, index, findings));
        }
    }
}

/// Whether a price is only for some: of some regions or audiences, or free on a condition.
fn is_limited(entry: &PriceEntry) -> bool {
    let price = &entry.price;
    !entry.regions.is_empty() || !entry.audiences.is_empty() || price.free && price.condition.is_some()
}

fn at(rule: Rule, index: usize, findings: &Findings<'_>) -> Diagnostic {
    let place = Place::Field(vec![PRICE_KEY.step(), FieldStep::Item(index)], Part::Value);
    findings.at(rule, place).arg("key", findings.key(&PRICE_KEY))
}
