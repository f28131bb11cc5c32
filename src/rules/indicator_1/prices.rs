//! What a training costs: that it is said, with what and for whom (Q1-09, Q1-10, Q1-11, Q1-12).

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::diagnostic::{FieldStep, Part, Place, Rule};
use crate::entry::{PRICE_CONDITION_KEY, PRICE_KEY, PRICE_QUOTE_KEY, PRICE_UNIT_KEY, PRICE_VAT_KEY, PriceEntry};
use crate::fold::fold;
use crate::id::{TermId, TermKind};
use crate::rules::facts::met;
use crate::rules::said::Heading;
use crate::rules::sheet::Item;
use crate::value::Price;

use super::Look;

impl Look<'_, '_> {
    pub(super) fn prices(&mut self) {
        let prices = &self.words.matter.prices;
        let of_sessions = self.words.matter.sessions.iter().any(|session| !session.prices.is_empty());
        let is_said = !prices.is_empty() || of_sessions || self.words.under(Heading::Prices).is_some();
        self.sheet.note(Item::Prices, met(is_said, false));
        if !is_said {
            self.findings.push(self.findings.unsaid(Rule::Q1_09, &PRICE_KEY));
        }
        for (nth, entry) in prices.iter().enumerate() {
            self.measures(nth, &entry.price);
        }
        if !prices.is_empty() && prices.iter().all(|entry| entry.price.quote) {
            self.findings.push(self.findings.about(Rule::Q1_11, &PRICE_KEY));
        }
        if self.leaves_others_out(prices) {
            let finding = self.findings.about(Rule::Q1_12, &PRICE_KEY);
            let (quote, condition) = (self.findings.key(&PRICE_QUOTE_KEY), self.findings.key(&PRICE_CONDITION_KEY));
            self.findings.push(finding.arg("quote", quote).arg("condition", condition));
        }
    }

    /// Whether an amount says tax and measure.
    fn measures(&mut self, nth: usize, price: &Price) {
        let Some(amount) = price.amount else { return };
        let (message, help) = match (says_vat(price), says_unit(price)) {
            (true, true) => return,
            (false, true) => ("message-vat", "help-vat"),
            (true, false) => ("message-unit", "help-unit"),
            (false, false) => ("message", "help"),
        };
        let place = Place::Field(vec![PRICE_KEY.step(), FieldStep::Item(nth)], Part::Value);
        let finding = self.findings.at(Rule::Q1_10, place).message(message).help(help);
        let written = price.text.clone().unwrap_or_else(|| amount.french_euros());
        let (vat, unit) = (self.findings.key(&PRICE_VAT_KEY), self.findings.key(&PRICE_UNIT_KEY));
        self.findings.push(finding.arg("written", written).arg("vat", vat).arg("unit", unit));
    }

    /// Whether each price is for some only, and together they are not for all.
    fn leaves_others_out(&self, prices: &[PriceEntry]) -> bool {
        if prices.is_empty() || prices.iter().any(|entry| !is_limited(entry)) {
            return false;
        }
        let catalogue = self.subject.site.catalogue;
        let everywhere = self.words.matter.all_regions;
        let by_region = !everywhere && covers(catalogue, prices, TermKind::Region, &self.module.regions);
        !by_region && !covers(catalogue, prices, TermKind::Audience, &self.module.audiences)
    }
}

/// Whether the terms that prices are for, without another condition, are all those of the module.
fn covers(catalogue: &Catalogue, prices: &[PriceEntry], kind: TermKind, all: &[TermId]) -> bool {
    let mut covered = BTreeSet::new();
    for entry in prices.iter().filter(|entry| entry.price.condition.is_none()) {
        let (named, others) = match kind {
            TermKind::Region => (&entry.regions, &entry.audiences),
            _ => (&entry.audiences, &entry.regions),
        };
        if others.is_empty() {
            covered.extend(named.iter().filter_map(|name| term(catalogue, kind, &name.value)));
        }
    }
    !all.is_empty() && all.iter().all(|id| covered.contains(id))
}

/// The term that a name means.
fn term(catalogue: &Catalogue, kind: TermKind, name: &str) -> Option<TermId> {
    let name = fold(name);
    let is_meant = |text: &str| fold(text) == name;
    let terms = catalogue.terms.values().filter(|term| term.id.kind == kind);
    let mut named = terms.filter(|term| is_meant(&term.title) || term.synonyms.iter().any(|other| is_meant(other)));
    named.next().map(|term| term.id.clone())
}

/// Whether a price is for some regions or people only.
fn is_limited(entry: &PriceEntry) -> bool {
    if !entry.regions.is_empty() || !entry.audiences.is_empty() {
        return true;
    }
    entry.price.free && entry.price.condition.as_deref().is_some_and(names_people)
}

/// Whether a condition says for whom something is free; "sur inscription" does not.
fn names_people(condition: &str) -> bool {
    const WORDS: [&str; 12] =
        ["pour", "aux", "au", "reserve", "reservee", "si", "adherents", "membres", "for", "only", "if", "members"];
    const ALL: [&str; 10] =
        ["tous", "toutes", "tout", "toute", "autres", "all", "everybody", "everyone", "others", "other"];
    let folded = fold(condition);
    let has = |words: &[&str]| folded.split(' ').any(|word| words.contains(&word));
    has(&WORDS) && !has(&ALL)
}

/// What is said beside the amount.
fn beside(price: &Price) -> String {
    let texts = [&price.text, &price.note, &price.condition];
    fold(&texts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "))
}

fn says_vat(price: &Price) -> bool {
    const WORDS: [&str; 7] = ["ht", "ttc", "net", "nets", "nette", "tva", "vat"];
    let beside = beside(price);
    price.vat.is_some() || beside.split(' ').any(|word| WORDS.contains(&word)) || beside.contains("exoner")
}

/// "450 € par équipe" says a measure that the program does not know.
fn says_unit(price: &Price) -> bool {
    const WORDS: [&str; 6] = ["par", "per", "chaque", "each", "forfait", "forfaitaire"];
    price.unit.is_some() || beside(price).split(' ').any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(text: &str) -> Price {
        Price::parse(text).expect("no problem").expect("a price")
    }

    #[test]
    fn tax_and_measure_are_asked_for() {
        for (text, vat, unit) in [
            ("450", false, false),
            ("450 € HT par personne", true, true),
            ("450 € par personne", false, true),
            ("450 € HT", true, false),
            ("450 € net de TVA par groupe", true, true),
            ("450 € HT par équipe", true, true),
            ("450 € par personne, exonéré de TVA", true, true),
            ("300 € la séance", false, true),
        ] {
            let price = price(text);
            assert_eq!((says_vat(&price), says_unit(&price)), (vat, unit), "{text}");
        }
    }

    #[test]
    fn free_of_charge_for_some_is_told_from_free_of_charge() {
        for (text, expected) in [
            ("gratuit", false),
            ("gratuit pour les établissements des Hauts-de-France", true),
            ("gratuit (pour les adhérents)", true),
            ("gratuit pour tous", false),
            ("gratuit, financé par l'ARS", false),
            ("gratuit sur inscription", false),
            ("free for members", true),
            ("sur devis pour les autres régions", false),
        ] {
            let entry =
                PriceEntry { price: price(text), regions: Vec::new(), audiences: Vec::new(), delivery: Vec::new() };
            assert_eq!(is_limited(&entry), expected, "{text}");
        }
    }
}
