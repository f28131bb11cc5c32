//! What a module costs.

use serde::Serialize;

use super::Decimal;

mod form;

/// One price of a module: an amount, free, or on quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Price {
    /// The amount in euros; none when free, on quotation, or unknown.
    pub amount: Option<Decimal>,
    /// What the amount is for.
    pub unit: Option<PriceUnit>,
    /// The second measure of "per group and day".
    pub second_unit: Option<PriceUnit>,
    /// How the amount stands to value added tax.
    pub vat: Option<Vat>,
    /// Whether nothing is to be paid.
    pub free: bool,
    /// Whether the price is told on quotation.
    pub quote: bool,
    /// When, or for whom, this price holds.
    pub condition: Option<String>,
    /// The author's words, when the price was written in a short form.
    pub text: Option<String>,
    /// What else is to be known: "hors repas".
    pub note: Option<String>,
}

/// What an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PriceUnit {
    /// Each participant.
    Person,
    /// A whole group.
    Group,
    /// A day.
    Day,
    /// A meeting.
    Meeting,
}

/// How an amount stands to value added tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Vat {
    /// Tax is added to it: « HT ».
    Excluded,
    /// Tax is in it: « TTC ».
    Included,
    /// There is none: « net », « exonéré ».
    Exempt,
}

/// Why a price cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceProblem {
    /// An amount below zero.
    Negative,
}

impl Price {
    /// Reads a short form; `None` when it is plain text, which the caller keeps as such.
    ///
    /// What is read keeps the author's words in `text`: "à partir de 300 €" has an amount to sort by, but
    /// only its words are right to show. An amount of zero is free. Two prices in one text are plain text.
    ///
    /// ```
    /// use brochure::value::{Decimal, Price, PriceUnit, Vat};
    /// let price = Price::parse("1 200 € HT par groupe").unwrap().unwrap();
    /// assert_eq!(price.amount, Some(Decimal::whole(1200)));
    /// assert_eq!((price.unit, price.vat), (Some(PriceUnit::Group), Some(Vat::Excluded)));
    /// assert_eq!(Price::parse("selon le quotient familial"), Ok(None));
    /// ```
    pub fn parse(text: &str) -> Result<Option<Self>, PriceProblem> {
        form::parse(text)
    }
}

impl PriceUnit {
    /// The unit that a French or English word stands for, "par" or "per" before it allowed.
    pub fn from_word(word: &str) -> Option<Self> {
        let folded = crate::fold::fold(word);
        let bare = folded.strip_prefix("par ").or_else(|| folded.strip_prefix("per ")).unwrap_or(&folded);
        Self::from_folded(bare)
    }

    fn from_folded(word: &str) -> Option<Self> {
        UNITS.iter().find(|(_, words)| words.contains(&word)).map(|(unit, _)| *unit)
    }
}

/// Words for units, folded, the usual one first.
pub static UNITS: &[(PriceUnit, &[&str])] = &[
    (
        PriceUnit::Person,
        &[
            "personne",
            "person",
            "personnes",
            "pers",
            "participant",
            "participants",
            "participante",
            "stagiaire",
            "stagiaires",
            "apprenant",
            "apprenante",
            "people",
            "learner",
            "trainee",
        ],
    ),
    (PriceUnit::Group, &["groupe", "group", "groupes", "groups"]),
    (PriceUnit::Day, &["jour", "day", "jours", "journee", "journees", "days"]),
    (PriceUnit::Meeting, &["seance", "meeting", "seances", "rencontre", "rencontres", "meetings"]),
];

/// Words for what is to be known of value added tax, folded, the usual one first.
pub static VATS: &[(Vat, &[&str])] = &[
    (
        Vat::Excluded,
        &[
            "ht",
            "h t",
            "hors taxe",
            "hors taxes",
            "hors tva",
            "excl vat",
            "excluding vat",
            "ex vat",
            "plus vat",
            "excluding tax",
            "before tax",
            "vat excluded",
            "excluded",
        ],
    ),
    (
        Vat::Included,
        &[
            "ttc",
            "t t c",
            "toutes taxes comprises",
            "taxes comprises",
            "tva comprise",
            "tva incluse",
            "incl vat",
            "including vat",
            "including tax",
            "vat included",
            "included",
        ],
    ),
    (
        Vat::Exempt,
        &[
            "net",
            "nets",
            "nette",
            "net de taxe",
            "net de taxes",
            "nets de taxes",
            "net de tva",
            "nets de tva",
            "exonere",
            "exoneree",
            "exoneres",
            "exonere de tva",
            "exoneree de tva",
            "exoneres de tva",
            "sans tva",
            "non assujetti",
            "non assujetti a la tva",
            "tva non applicable",
            "vat exempt",
            "exempt from vat",
            "exempt",
            "tax exempt",
            "no vat",
            "net of tax",
        ],
    ),
];

impl Vat {
    /// The tax status that French or English words stand for.
    pub fn from_word(word: &str) -> Option<Self> {
        let folded = crate::fold::fold(word);
        let words: Vec<&str> = folded.split(' ').collect();
        Self::from_start(&words).filter(|(_, length)| *length == words.len()).map(|(vat, _)| vat)
    }

    /// The tax status that folded words begin with, and how many of them tell it.
    fn from_start(words: &[&str]) -> Option<(Self, usize)> {
        let lengths = |(vat, phrases): (Vat, &[&str])| {
            let found =
                phrases.iter().filter(|phrase| starts_with(words, phrase)).map(|phrase| phrase.split(' ').count());
            found.max().map(|length| (vat, length))
        };
        VATS.iter().copied().filter_map(lengths).max_by_key(|(_, length)| *length)
    }
}

fn starts_with(words: &[&str], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|wanted| words.next().is_some_and(|word| *word == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_long_form_are_known() {
        let units = [
            ("personne", Some(PriceUnit::Person)),
            ("par Personne", Some(PriceUnit::Person)),
            ("group", Some(PriceUnit::Group)),
            ("journée", Some(PriceUnit::Day)),
            ("séance", Some(PriceUnit::Meeting)),
            ("kilo", None),
            ("", None),
        ];
        for (word, unit) in units {
            assert_eq!(PriceUnit::from_word(word), unit, "{word:?}");
        }
        let statuses = [
            ("HT", Some(Vat::Excluded)),
            ("h.t.", Some(Vat::Excluded)),
            ("excl. VAT", Some(Vat::Excluded)),
            ("TTC", Some(Vat::Included)),
            ("Exonéré de TVA", Some(Vat::Exempt)),
            ("net", Some(Vat::Exempt)),
            ("exempt from VAT", Some(Vat::Exempt)),
            ("net vendeur", None),
            ("", None),
        ];
        for (word, vat) in statuses {
            assert_eq!(Vat::from_word(word), vat, "{word:?}");
        }
    }

    #[test]
    fn amounts_are_written_as_each_language_writes_them() {
        let amounts = [
            (120_000, "1\u{202F}200\u{A0}€", "€1,200"),
            (45_000, "450\u{A0}€", "€450"),
            (750, "7,50\u{A0}€", "€7.50"),
            (755, "7,55\u{A0}€", "€7.55"),
        ];
        for (hundredths, french, english) in amounts {
            let amount = Decimal::from_hundredths(hundredths);
            assert_eq!((amount.french_euros().as_str(), amount.english_euros().as_str()), (french, english));
        }
    }
}
