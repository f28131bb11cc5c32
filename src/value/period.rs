//! Lengths of time and periods in an author's words: "48 h", "trois semaines", "la veille", "janvier-juin 2025".
//!
//! Both readers are generous. They answer whether something is said at all, for somebody who would otherwise be told that
//! it is not; nothing is computed from what [`names_delay`] has read.

use jiff::civil::date;

use super::date::{Date, month_of, parse_date};
use super::token::{Token, tokens};
use crate::fold::fold;

/// Words for numbers, folded.
const NUMBERS: &str = "un une deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante \
    soixante quelques demi demie one two three four five six seven eight nine ten twelve fifteen twenty thirty a an half";

/// Units of time of at least an hour, folded.
const UNITS: &str = "h heure heures hour hours hrs j jour jours journee journees day days sem semaine semaines week \
    weeks mois month months trimestre trimestres an ans annee annees year years minute minutes min";

/// Units that count working time in a short form: "14 h".
const HOURS: &str = "h heure heures hour hours hrs min minute minutes";

/// Units that count days.
const DAYS: &str = "j jour jours journee journees day days";

/// Words between a number and its unit: "deux à trois semaines", "10 (dix) jours", "15 full days".
const BETWEEN: usize = 2;

/// Phrases that set a date or a rhythm without a number, folded.
const DATE_RULES: &[&str] = &[
    "quinzaine",
    "huitaine",
    "veille",
    "lendemain",
    "jour meme",
    "a tout moment",
    "toute l annee",
    "tout au long de l annee",
    "entree permanente",
    "entrees permanentes",
    "entrees et sorties permanentes",
    "immediat",
    "immediate",
    "immediatement",
    "sans delai",
    "aucun delai",
    "au fil de l eau",
    "session suivante",
    "prochaine session",
    "session prochaine",
    "prochaines sessions",
    "semaine precedente",
    "semaine suivante",
    "mois precedent",
    "mois suivant",
    "calendrier",
    "dates des sessions",
    "date de la session",
    "date de session",
    "chaque jour",
    "chaque semaine",
    "chaque mois",
    "chaque trimestre",
    "tous les jours",
    "toutes les semaines",
    "tous les mois",
    "dans la journee",
    "dans la semaine",
    "dans le mois",
    "dans l annee",
    "within the day",
    "within the week",
    "within the month",
    "same day",
    "next day",
    "day before",
    "week before",
    "month before",
    "at any time",
    "all year",
    "year round",
    "immediately",
    "no delay",
    "next session",
    "every day",
    "every week",
    "every month",
    "every term",
    "calendar",
    "dates of the sessions",
];

const WEEKDAYS: &str = "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday \
    saturday sunday";

fn is_one_of(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a text says how long something takes or up to when: a number with a unit of time, or a rule for a date.
///
/// ```
/// use brochure::value::names_delay;
/// assert!(names_delay("trois semaines") && names_delay("jusqu’à la veille") && names_delay("within 48h"));
/// assert!(!names_delay("dès que possible"));
/// ```
pub fn names_delay(text: &str) -> bool {
    names_length(text) || names_date(text)
}

/// Whether a text says a length of time: a number with a unit.
pub fn names_length(text: &str) -> bool {
    counts(text, UNITS)
}

/// Whether a text says a number of hours.
pub fn names_hours(text: &str) -> bool {
    counts(text, HOURS)
}

/// Whether a text says a number of days.
pub fn names_days(text: &str) -> bool {
    counts(text, DAYS)
}

fn counts(text: &str, units: &str) -> bool {
    let tokens: Vec<Token> =
        tokens(text).into_iter().filter(|token| !matches!(token, Token::Sign('(' | ')'))).collect();
    tokens.iter().enumerate().any(|(at, token)| {
        let is_number = match token {
            Token::Number(number) => number.is_positive(),
            Token::Word(word) => is_one_of(NUMBERS, word),
            Token::Sign(_) | Token::Dash => false,
        };
        let ahead = tokens.iter().skip(at + 1).take(BETWEEN + 1);
        is_number && ahead.take_while(|token| !ends_a_count(token)).any(|token| is_unit(token, units))
    })
}

fn is_unit(token: &Token, units: &str) -> bool {
    matches!(token, Token::Word(word) if is_one_of(units, word))
}

/// What stands between a number and a unit that is not its own.
fn ends_a_count(token: &Token) -> bool {
    match token {
        Token::Sign(sign) => matches!(sign, ',' | ';' | ':' | '.' | '?' | '!' | '€'),
        Token::Word(word) => matches!(word.as_str(), "personne" | "personnes" | "place" | "places" | "people" | "par"),
        Token::Dash | Token::Number(_) => false,
    }
}

/// Whether a text sets a date, or a rule by which one is found.
fn names_date(text: &str) -> bool {
    let folded = format!(" {} ", fold(text));
    if DATE_RULES.iter().any(|rule| folded.contains(&format!(" {rule} "))) {
        return true;
    }
    let tokens = tokens(text);
    tokens.windows(3).any(|three| matches!(three, [Token::Number(_), Token::Sign('/'), Token::Number(_)]))
        // "J-15", "D-7"
        || tokens.windows(3).any(|three| {
            matches!(three, [Token::Word(word), Token::Dash | Token::Sign('-'), Token::Number(_)] if matches!(word.as_str(), "j" | "d"))
        })
        || tokens.iter().any(|token| {
            matches!(token, Token::Word(word) if is_one_of(WEEKDAYS, word) || is_month(word))
        })
        || text.split_whitespace().any(|word| parse_date(word).is_ok())
}

/// The name of a month, whole: cut short it may be another word.
fn is_month(word: &str) -> bool {
    word.len() > 3 && !matches!(word, "mars" | "sept" | "march") && month_of(word).is_some() || word == "mai"
}

/// The last day of a period, as far as its words tell: "2025", "2024-2025", "T1 2025", "janvier-juin 2025",
/// "2025-06-30". Nothing for one that goes on, or that names no year.
///
/// ```
/// use brochure::value::period_end;
/// assert_eq!(period_end("1er semestre 2025").map(|day| day.to_string()).as_deref(), Some("2025-06-30"));
/// assert_eq!(period_end("depuis 2019"), None);
/// ```
pub fn period_end(text: &str) -> Option<Date> {
    const OPEN: [&str; 7] = ["depuis", "since", "aujourd", "present", "today", "jour", "now"];
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    if words.iter().any(|word| OPEN.contains(word)) {
        return None;
    }
    let written = |word: &str| parse_date(word.trim_matches(|c: char| !c.is_ascii_digit())).ok();
    if let Some(day) = text.split_whitespace().filter_map(written).max() {
        return Some(day);
    }
    let year = last_year(&words)?;
    let month = last_month(text, &words, year);
    last_day(year, month.unwrap_or(12))
}

/// The last year that is named; of "2024-25", the second.
fn last_year(words: &[&str]) -> Option<i16> {
    let years = words.iter().enumerate().filter_map(|(at, word)| {
        let year: i16 = word.parse().ok().filter(|year| (1990..=2100).contains(year) && word.len() == 4)?;
        let next = words.get(at + 1).filter(|next| next.len() == 2).and_then(|next| next.parse::<i16>().ok());
        Some(if next.is_some_and(|next| next == (year + 1) % 100 && next > 12) { year + 1 } else { year })
    });
    years.max()
}

/// The last month of the part of the year that is named.
fn last_month(text: &str, words: &[&str], year: i16) -> Option<i8> {
    let named = words.iter().rev().find_map(|word| month_of(word));
    named.or_else(|| part_of_year(words)).or_else(|| numbered_month(text, year))
}

/// "T1", "Q2", "S2", "1er trimestre", "second semestre", "first half".
fn part_of_year(words: &[&str]) -> Option<i8> {
    words.iter().enumerate().find_map(|(at, word)| {
        let length = match *word {
            "trimestre" | "trimestres" | "quarter" | "quarters" => 3,
            "semestre" | "semestres" | "half" => 6,
            _ => {
                let (letter, number) = word.split_at_checked(1)?;
                let length = match letter {
                    "t" | "q" => 3,
                    "s" | "h" => 6,
                    _ => return None,
                };
                return number.parse::<i8>().ok().and_then(|number| end_of_part(number, length));
            }
        };
        let before = at.checked_sub(1).and_then(|before| words.get(before))?;
        let number = match *before {
            "premier" | "1er" | "1" | "1st" | "first" => 1,
            "deuxieme" | "second" | "2e" | "2eme" | "2nd" | "2d" | "2" => 2,
            "troisieme" | "3e" | "3eme" | "3" | "3rd" | "third" => 3,
            "quatrieme" | "4e" | "4eme" | "4" | "4th" | "fourth" | "dernier" | "last" => 12 / length,
            _ => return None,
        };
        end_of_part(number, length)
    })
}

fn end_of_part(number: i8, length: i8) -> Option<i8> {
    number.checked_mul(length).filter(|month| (1..=12).contains(month))
}

/// "06/2025", "2025-06".
fn numbered_month(text: &str, year: i16) -> Option<i8> {
    let year = year.to_string();
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_joined =
        |one: &str, two: &str| ["/", "-", "."].iter().any(|sign| text.contains(&format!("{one}{sign}{two}")));
    let mut near = parts.windows(2).filter_map(|pair| match pair {
        [month, known] if *known == year && month.len() <= 2 && is_joined(month, known) => Some(*month),
        [known, month] if *known == year && month.len() == 2 && is_joined(known, month) => Some(*month),
        _ => None,
    });
    near.next_back()?.parse().ok().filter(|month| (1..=12).contains(month))
}

fn last_day(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok().map(|first| date(first.year(), first.month(), first.days_in_month()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn delays_are_understood() {
        for text in [
            "3 semaines",
            "trois semaines",
            "48 h",
            "48h",
            "48 heures ouvrées",
            "sous quinze jours",
            "sous 15 jours",
            "deux à trois semaines",
            "10 (dix) jours ouvrés",
            "un mois avant le premier jour",
            "une semaine",
            "quelques jours",
            "2 à 3 mois selon le financeur",
            "sous huitaine",
            "J-15",
            "jusqu’à J – 3",
            "la veille",
            "jusqu'au 15 septembre",
            "avant le 15/09",
            "avant le 2027-01-15",
            "dès la session suivante",
            "entrées permanentes",
            "Entrées et sorties permanentes",
            "à tout moment",
            "immédiat",
            "sans délai",
            "selon le calendrier des sessions",
            "le premier lundi de chaque mois",
            "within two weeks",
            "two to three weeks",
            "48 hours",
            "a fortnight is 14 days",
            "the day before",
            "at any time",
            "until 15 September",
            "3 semaines en moyenne ; 48 heures suffisent s'il reste des places",
        ] {
            assert!(names_delay(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_delay_is_not_taken_for_one() {
        for text in [
            "",
            "dès que possible",
            "dans les meilleurs délais",
            "rapide",
            "variable",
            "nous consulter",
            "à définir",
            "selon disponibilités",
            "12 personnes",
            "3",
            "as soon as possible",
            "on request",
            "2 places par jour",
            "0 jour",
        ] {
            assert!(!names_delay(text), "{text}");
        }
    }

    #[test]
    fn lengths_of_teaching_are_told_apart() {
        for (text, length, hours, days) in [
            ("2 à 3 jours", true, false, true),
            ("environ 14 h", true, true, false),
            ("1 jour + 2 h à distance", true, true, true),
            ("sur mesure", false, false, false),
            ("une demi-journée", true, false, true),
            ("2 semaines", true, false, false),
            ("à définir avec vous", false, false, false),
        ] {
            assert_eq!((names_length(text), names_hours(text), names_days(text)), (length, hours, days), "{text}");
        }
    }

    #[track_caller]
    fn check(text: &str, end: &str) {
        assert_eq!(period_end(text).map_or_else(String::new, |day| day.to_string()), end, "{text:?}");
    }

    #[test]
    fn periods_end() {
        for (text, end) in [
            ("2025", "2025-12-31"),
            ("année 2025", "2025-12-31"),
            ("2024-2025", "2025-12-31"),
            ("2024/2025", "2025-12-31"),
            ("2024–25", "2025-12-31"),
            ("2025 T1", "2025-03-31"),
            ("T3 2025", "2025-09-30"),
            ("Q2 2025", "2025-06-30"),
            ("S1 2025", "2025-06-30"),
            ("1er semestre 2025", "2025-06-30"),
            ("second semestre 2025", "2025-12-31"),
            ("deuxième trimestre 2025", "2025-06-30"),
            ("first half 2025", "2025-06-30"),
            ("janvier-juin 2025", "2025-06-30"),
            ("de janvier à juin 2025", "2025-06-30"),
            ("du 1er janvier au 30 juin 2025", "2025-06-30"),
            ("février 2024", "2024-02-29"),
            ("06/2025", "2025-06-30"),
            ("2025-06", "2025-06-30"),
            ("2025-06-15", "2025-06-15"),
            ("2025-01-01 – 2025-06-15", "2025-06-15"),
            ("du 2025-01-01 au 2025-06-15.", "2025-06-15"),
            ("sept. 2023 - juin 2024", "2024-06-30"),
        ] {
            check(text, end);
        }
    }

    #[test]
    fn what_goes_on_or_names_no_year_has_no_end() {
        for text in ["", "depuis 2019", "2019 à aujourd'hui", "douze derniers mois", "since 2020", "l'an dernier", "99"]
        {
            check(text, "");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "[-0-9TS/. àjuinsemtr–]{0,24}") {
            for text in [text, near] {
                let _ = (names_delay(&text), period_end(&text), names_hours(&text), names_days(&text));
            }
        }

        #[test]
        fn every_number_of_every_unit_is_a_delay(number in 1u32..1000, at in 0usize..30) {
            let units: Vec<&str> = UNITS.split_ascii_whitespace().collect();
            let text = format!("sous {number} {}", units[at % units.len()]);
            prop_assert!(names_delay(&text));
        }

        #[test]
        fn every_month_ends_on_its_last_day(year in 1990i16..2100, month in 1i8..=12) {
            let end = period_end(&format!("{year}-{month:02}")).expect("an end");
            // "2011-12" may be a school year as well as a month: both end with December of one of them.
            prop_assert_eq!((end.year(), end.month()), (year, month));
            prop_assert_eq!(end.day(), end.days_in_month());
        }
    }
}
