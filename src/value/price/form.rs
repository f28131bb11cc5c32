//! The short form of a price: free, on quotation, or an amount with what it is for.

use super::super::token::{Token, placed_tokens};
use super::{Price, PriceProblem, PriceUnit, Vat, starts_with};
use crate::value::Decimal;

const FREE: [&str; 10] = [
    "free of charge",
    "free",
    "a titre gratuit",
    "gratuit",
    "gratuite",
    "gratuits",
    "gratuites",
    "gratuitement",
    "offert",
    "offerte",
];

const QUOTE: [&str; 18] = [
    "tarif sur devis",
    "prix sur devis",
    "sur devis",
    "devis",
    "nous consulter",
    "nous contacter",
    "tarif sur demande",
    "prix sur demande",
    "sur demande",
    "a la demande",
    "price on request",
    "on quotation",
    "on request",
    "upon request",
    "on quote",
    "quotation",
    "quote",
    "contact us",
];

/// Before an amount that is only the lowest.
const LOWEST: [&str; 6] = ["a partir de", "a compter de", "des", "from", "starting at", "starting from"];

/// Words that say for whom or when a price holds; what begins otherwise is a note.
const CONDITIONS: [&str; 14] =
    ["pour", "aux", "au", "si", "dans", "en", "sous", "sur", "reserve", "for", "if", "in", "to", "with"];

/// A text cut into tokens, and how far it has been read.
struct Reading<'a> {
    text: &'a str,
    tokens: Vec<(usize, Token)>,
    at: usize,
}

pub(super) fn parse(text: &str) -> Result<Option<Price>, PriceProblem> {
    let text = text.trim();
    // "H.T." and "excl. VAT": a full stop after a letter says nothing here.
    let tokens = placed_tokens(text).into_iter().filter(|(_, token)| *token != Token::Sign('.')).collect();
    let mut reading = Reading { text, tokens, at: 0 };
    let own_words = Price { text: Some(text.to_owned()), ..Price::default() };
    if reading.skip_phrase(&FREE) {
        return Ok(reading.qualify(Price { free: true, ..own_words }));
    }
    if reading.skip_phrase(&QUOTE) {
        return Ok(reading.qualify(Price { quote: true, ..own_words }));
    }
    reading.skip_phrase(&LOWEST);
    let is_negative = reading.skip_sign('-');
    let price = reading.amount(own_words);
    if is_negative && price.is_some() { Err(PriceProblem::Negative) } else { Ok(price) }
}

impl Reading<'_> {
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|(_, token)| token)
    }

    /// The words from `ahead` on, up to what is none.
    fn words(&self, ahead: usize) -> Vec<&str> {
        let rest = self.tokens.get(self.at + ahead..).unwrap_or_default();
        rest.iter()
            .map_while(|(_, token)| match token {
                Token::Word(word) => Some(word.as_str()),
                _ => None,
            })
            .collect()
    }

    fn skip_phrase(&mut self, phrases: &[&str]) -> bool {
        let words = self.words(0);
        let found = phrases.iter().find(|phrase| starts_with(&words, phrase));
        let length = found.map_or(0, |phrase| phrase.split(' ').count());
        self.at += length;
        length > 0
    }

    fn skip_sign(&mut self, sign: char) -> bool {
        let found = self.token(0) == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn skip_currency(&mut self) -> bool {
        let found = match self.token(0) {
            Some(Token::Sign('€')) => true,
            Some(Token::Word(word)) => matches!(word.as_str(), "eur" | "euro" | "euros"),
            _ => false,
        };
        self.at += usize::from(found);
        found
    }

    fn amount(&mut self, mut price: Price) -> Option<Price> {
        let currency_first = self.skip_currency();
        let Some(&Token::Number(amount)) = self.token(0) else {
            return None;
        };
        self.at += 1;
        let has_currency = self.skip_currency() || currency_first;
        if !has_currency && self.words(0).first().is_some_and(|word| PriceUnit::from_folded(word).is_some()) {
            // "4 jours" counts days.
            return None;
        }
        let is_measured = self.measures(&mut price)?;
        let is_alone = self.at == self.tokens.len();
        if !(has_currency || is_measured || is_alone) {
            return None;
        }
        if amount == Decimal::ZERO {
            price.free = true;
        } else {
            price.amount = Some(amount);
        }
        self.qualify(price)
    }

    /// Reads tax and units as far as they go, whatever joins them; `None` when they contradict each other.
    fn measures(&mut self, price: &mut Price) -> Option<bool> {
        let begin = self.at;
        let mut ahead = 0;
        while let Some(token) = self.token(ahead) {
            let words = self.words(ahead);
            if let Some((vat, length)) = Vat::from_start(&words) {
                if price.vat.replace(vat).is_some_and(|before| before != vat) {
                    return None;
                }
                self.at += ahead + length;
                ahead = 0;
            } else if let Some(unit) = words.first().and_then(|word| PriceUnit::from_folded(word)) {
                match (price.unit, price.second_unit) {
                    (None, _) => price.unit = Some(unit),
                    (Some(first), None) if first != unit => price.second_unit = Some(unit),
                    _ => return None,
                }
                self.at += ahead + 1;
                ahead = 0;
            } else if is_joint(token) {
                ahead += 1;
            } else {
                break;
            }
        }
        // A bracket or a full stop at the end leaves nothing to say.
        if self.tokens[self.at..].iter().all(|(_, token)| is_closing(token)) {
            self.at = self.tokens.len();
        }
        Some(self.at > begin)
    }

    /// Adds what is left of the text, as the condition or as a note.
    fn qualify(&self, mut price: Price) -> Option<Price> {
        let Some((place, first)) = self.tokens.get(self.at) else {
            return Some(price);
        };
        let rest = &self.tokens[self.at..];
        if rest.iter().all(|(_, token)| is_closing(token)) {
            return Some(price);
        }
        // Another sum, or an alternative: no longer one price.
        let is_other_price = |token: &Token| match token {
            Token::Sign('€' | '+') => true,
            Token::Number(_) => price.amount.is_some(),
            Token::Word(word) => {
                matches!(
                    word.as_str(),
                    "euro" | "euros" | "eur" | "ou" | "or" | "sinon" | "payant" | "devis" | "gratuit"
                )
            }
            _ => false,
        };
        if rest.iter().any(|(_, token)| is_other_price(token)) {
            return None;
        }
        let is_parted = matches!(first, Token::Sign(',' | ';' | ':' | '(') | Token::Dash);
        let first_word = rest.iter().find_map(|(_, token)| match token {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        })?;
        let left = self.text.get(*place..)?.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end();
        let left = if left.contains('(') { left } else { left.trim_end_matches(')') }.to_owned();
        if CONDITIONS.contains(&first_word) {
            price.condition = Some(left);
        } else if is_parted || price.amount.is_some() {
            price.note = Some(left);
        } else {
            return None;
        }
        Some(price)
    }
}

/// What may end a text and says nothing.
fn is_closing(token: &Token) -> bool {
    matches!(token, Token::Sign(')' | ',' | ';' | '!'))
}

/// What stands between an amount and its measures: "par", "/", brackets.
fn is_joint(token: &Token) -> bool {
    match token {
        Token::Word(word) => matches!(word.as_str(), "par" | "per" | "a" | "an" | "et" | "and" | "la" | "le" | "each"),
        Token::Sign(sign) => matches!(sign, '/' | ',' | '(' | ')' | '·'),
        Token::Dash => true,
        Token::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The price in few words: "450 person excluded ?condition !note", or "text".
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let written = match Price::parse(text) {
            Err(problem) => format!("{problem:?}"),
            Ok(None) => "text".to_owned(),
            Ok(Some(price)) => {
                assert_eq!(price.text.as_deref(), Some(text.trim()));
                let parts = [
                    price.free.then(|| "free".to_owned()),
                    price.quote.then(|| "quote".to_owned()),
                    price.amount.map(|amount| amount.to_string()),
                    price.vat.map(|vat| format!("{vat:?}").to_lowercase()),
                    price.unit.map(|unit| format!("{unit:?}").to_lowercase()),
                    price.second_unit.map(|unit| format!("{unit:?}").to_lowercase()),
                    price.condition.map(|condition| format!("?{condition}")),
                    price.note.map(|note| format!("!{note}")),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
        };
        assert_eq!(written, expected, "{text:?}");
    }

    #[test]
    fn free_and_quotation_are_understood() {
        check("gratuit", "free");
        check(" Gratuite ", "free");
        check("free", "free");
        check("Free of charge", "free");
        check("Gratuit !", "free");
        check("0", "free");
        check("0 €", "free");
        check(
            "gratuite pour les établissements des Hauts-de-France",
            "free ?pour les établissements des Hauts-de-France",
        );
        check("Gratuit (pour les adhérents)", "free ?pour les adhérents");
        check("gratuit, financé par l’ARS", "free !financé par l’ARS");
        check("0 € pour les adhérents", "free ?pour les adhérents");
        check("sur devis", "quote");
        check("devis", "quote");
        check("Nous consulter.", "quote");
        check("on quotation", "quote");
        check("Sur devis, selon le nombre de séances", "quote !selon le nombre de séances");
        check("sur devis pour 12 personnes", "quote ?pour 12 personnes");
    }

    #[test]
    fn amounts_are_understood() {
        check("450", "450");
        check("450 €", "450");
        check("450,50€", "450.5");
        check("€450", "450");
        check("450 euros", "450");
        check("450 € HT par personne", "450 excluded person");
        check("450 € H.T. / pers.", "450 excluded person");
        check("450 € (net de taxes)", "450 exempt");
        check("1 200 € TTC / groupe / jour", "1200 included group day");
        check("1\u{202F}200\u{A0}€ par jour et par groupe", "1200 day group");
        check("450 € net", "450 exempt");
        check("450 par personne", "450 person");
        check("450 EUR per person excl. VAT", "450 excluded person");
        check("450 euros a day", "450 day");
        check("300 € la séance", "300 meeting");
        check("à partir de 300 €", "300");
        check("450 € pour les adhérents", "450 ?pour les adhérents");
        check("450 € par personne, hors repas", "450 person !hors repas");
        check("450 € à la charge de l’employeur", "450 !à la charge de l’employeur");
    }

    #[test]
    fn below_nothing_is_a_problem() {
        check("-450", "Negative");
        check("\u{2212}450 €", "Negative");
        check("- 450 € HT", "Negative");
    }

    #[test]
    fn anything_else_is_plain_text() {
        let texts = [
            "",
            "selon le quotient familial",
            "pris en charge",
            "pas gratuit",
            "gratuit ou presque",
            "450 ou 600 €",
            "450 à 600 €",
            "450 € pour les adhérents, 600 € sinon",
            "gratuit pour les adhérents, 450 € sinon",
            "450 $",
            "450 formations",
            "- gratuit",
            "450 € HT ou TTC",
            "450 € HT TTC",
            "450 € + repas",
            "450 € par personne, sur devis",
            "99999999999999999999 €",
            "1,200 €",
            "2 jours gratuits",
            "4 jours",
            "12 personnes",
            "€",
            "par personne",
            "4 € par jour par jour",
        ];
        for text in texts {
            check(text, "text");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "[-0-9 ,.€/(àpar HTgratuitdevis]{0,30}") {
            let _ = (Price::parse(&text), Price::parse(&near));
        }

        #[test]
        fn what_we_write_is_read_back(hundredths in 1i64..1_000_000_000) {
            let amount = Decimal::from_hundredths(hundredths);
            let written = amount.french_euros();
            let read = Price::parse(&written).expect("a value for the test").expect("a value for the test");
            prop_assert_eq!(read.amount, Some(amount));
        }
    }
}
