//! Lengths of time and dates in prose: whether a delay says one, and when a period ends.

use jiff::ToSpan;

use super::Date;
use super::date::parse_date;
use crate::fold::fold;

/// Words that count.
const NUMBERS: &str = "un une deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente soixante \
                       quelques a an one two three four five eight nine ten twelve fifteen twenty thirty few";

/// Units of time, folded.
const UNITS: &str = "h heure heures jour jours journee j semaine semaines quinzaine mois trimestre trimestres an ans annee \
                     annees hour hours day days week weeks fortnight month months quarter quarters year years";

/// Months, folded, in their order; French, then English.
const MONTHS: [&str; 2] = [
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "january february march april may june july august september october november december",
];

/// Other words by which a delay is told.
const RULES: &[&str] = &[
    "la veille",
    "le jour meme",
    "immediat",
    "immediate",
    "immediatement",
    "immediately",
    "sans delai",
    "entrees permanentes",
    "entree permanente",
    "entrees et sorties permanentes",
    "a tout moment",
    "toute l annee",
    "all year",
    "at any time",
    "prochaine session",
    "next session",
    "quinzaine",
    "fortnight",
    "the day before",
];

/// Whether a text about a delay says how long it is: a number with its unit, a date, or a rule such as "la veille".
///
/// ```
/// use brochure::value::tells_delay;
/// assert!(tells_delay("3 semaines entre la demande et le premier jour"));
/// assert!(tells_delay("Réponse sous 48h"));
/// assert!(!tells_delay("Nous consulter"));
/// ```
pub fn tells_delay(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let is = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit()) || is(NUMBERS, word);
    let is_unit = |word: &str| is(UNITS, word);
    let is_month = |word: &str| MONTHS.iter().any(|months| is(months, word));
    let glued = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < word.len() && is_unit(unit)
    };
    let counted = words.iter().enumerate().any(|(at, word)| {
        let next = words.iter().skip(at + 1).take(3);
        glued(word) || is_number(word) && next.clone().any(|word| is_unit(word) || is_month(word))
    });
    let padded = format!(" {folded} ");
    counted || RULES.iter().any(|rule| padded.contains(&format!(" {rule} ")))
}

/// The last day of the period that a text names: "2025", "2024-2025", "janvier à juin 2025", "T1 2025", "2025-06-30".
pub fn end_of_period(text: &str) -> Option<Date> {
    let whole_date = text.split(|c: char| c.is_whitespace() || c == '/').rev().find_map(|word| parse_date(word).ok());
    if whole_date.is_some() {
        return whole_date;
    }
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let year = words.iter().rev().find_map(|word| {
        let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        word.parse::<i16>().ok().filter(|_| is_year)
    })?;
    let month_of = |word: &&str| {
        MONTHS.iter().find_map(|months| months.split(' ').position(|month| month == *word)).map(|at| at + 1)
    };
    let quarter_of = |word: &&str| match *word {
        "t1" | "q1" => Some(3),
        "t2" | "q2" => Some(6),
        "t3" | "q3" => Some(9),
        "t4" | "q4" => Some(12),
        _ => None,
    };
    let month = words.iter().rev().find_map(|word| month_of(word).or_else(|| quarter_of(word))).unwrap_or(12);
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    Some(first.last_of_month())
}

/// The day that is `months` before another.
pub fn months_before(day: Date, months: u32) -> Option<Date> {
    day.checked_sub(i32::try_from(months).ok()?.months()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_a_length_a_date_or_a_rule() {
        for told in [
            "3 semaines en moyenne",
            "trois semaines",
            "un délai d’un mois",
            "sous 48 h",
            "48h",
            "15 jours ouvrés",
            "sous quinze jours",
            "jusqu’au 15 septembre",
            "la veille",
            "Entrées permanentes",
            "within two weeks",
            "a few days",
            "dès la prochaine session",
        ] {
            assert!(tells_delay(told), "{told}");
        }
        for silent in
            ["", "Nous consulter", "variable", "selon les places", "rapidement", "2 places", "as soon as possible"]
        {
            assert!(!tells_delay(silent), "{silent}");
        }
    }

    #[test]
    fn a_period_ends_with_its_last_day() {
        for (text, end) in [
            ("2025", Some("2025-12-31")),
            ("2024-2025", Some("2025-12-31")),
            ("Année 2024", Some("2024-12-31")),
            ("janvier à juin 2025", Some("2025-06-30")),
            ("T1 2025", Some("2025-03-31")),
            ("2025-02-01/2025-04-15", Some("2025-04-15")),
            ("February 2024", Some("2024-02-29")),
            ("l’an dernier", None),
            ("9999", None),
            ("", None),
        ] {
            assert_eq!(end_of_period(text).map(|date| date.to_string()).as_deref(), end, "{text}");
        }
    }
}
