//! Calendar dates, and what was probably meant when one is written another way.

pub use jiff::civil::Date;

use super::token::{Token, tokens};

/// Why a text is not a date that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// Written as it should be, but no such day exists: 2026-09-31.
    Impossible,
    /// A date in another writing.
    OtherForm {
        /// The date as it should be written, `YYYY-MM-DD`, when there is such a day.
        suggestion: Option<String>,
    },
    /// More than one day of a month: "25 et 26 mars 2027".
    SeveralDays,
    /// Not a date in any writing that we know.
    NotADate,
}

/// Reads a date written `YYYY-MM-DD`; of a full date-time, the date.
///
/// Any other writing is a problem, with a suggestion: "03/04/2027" is two dates on the two sides of an
/// ocean, and what is only probable must be seen by the author.
///
/// ```
/// use brochure::value::{DateProblem, parse_date};
/// assert!(parse_date("2027-03-25").is_ok());
/// let suggestion = Some("2027-03-25".to_owned());
/// assert_eq!(parse_date("jeudi 25 mars 2027"), Err(DateProblem::OtherForm { suggestion }));
/// ```
pub fn parse_date(text: &str) -> Result<Date, DateProblem> {
    let text = text.trim();
    match iso_parts(text) {
        Some((year, month, day)) => Date::new(year, month, day).map_err(|_| DateProblem::Impossible),
        None => Err(other_form(text)),
    }
}

/// Year, month and day of a text written as ISO 8601 does, a time after it allowed.
fn iso_parts(text: &str) -> Option<(i16, i8, i8)> {
    let (date, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let [year, month, day] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
    let sizes_fit = (year.len(), month.len(), day.len()) == (4, 2, 2);
    let all_digits = [year, month, day].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !(sizes_fit && all_digits && is_time_or_nothing(time)) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// Whether what follows a date is a time of day as date-times have it: "T09:30:00+01:00", " 09:30".
fn is_time_or_nothing(text: &str) -> bool {
    match text.as_bytes() {
        [] => true,
        [b'T' | b't' | b' ', h1, h2, b':', m1, m2, rest @ ..] => {
            [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit())
                && rest.iter().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'-' | b'Z' | b'z'))
        }
        _ => false,
    }
}

/// What the text is when it is not ISO.
fn other_form(text: &str) -> DateProblem {
    match numeric_parts(text).or_else(|| worded_parts(text)) {
        Some(candidates) => {
            let suggestion = candidates.into_iter().find_map(|(year, month, day)| Date::new(year, month, day).ok());
            DateProblem::OtherForm { suggestion: suggestion.map(|date| date.to_string()) }
        }
        None if names_several_days(text) => DateProblem::SeveralDays,
        None => DateProblem::NotADate,
    }
}

/// Whether more than one day is meant: two numbers that can be days, joined, and the name of a month.
fn names_several_days(text: &str) -> bool {
    let (mut days, mut months, mut is_joined) = (0, 0, text.contains(['-', '–', '—']));
    for token in tokens(text) {
        match token {
            Token::Number(number) => days += usize::from(number.as_whole().is_some_and(|n| (1..=31).contains(&n))),
            Token::Word(word) if matches!(word.as_str(), "et" | "au" | "and" | "to") => is_joined = true,
            Token::Word(word) => months += usize::from(month_of(&word).is_some()),
            Token::Sign(_) | Token::Dash => {}
        }
    }
    days > 1 && months > 0 && is_joined
}

type Parts = (i16, i8, i8);

/// What a date of three numbers may mean, the likeliest first.
fn numeric_parts(text: &str) -> Option<Vec<Parts>> {
    let bare: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    if let [digits] = bare.as_slice()
        && digits.len() == 8
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        let (year, rest) = digits.split_at(4);
        let (month, day) = rest.split_at(2);
        return Some(vec![(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)]);
    }
    let [first, second, third]: [&str; 3] = bare.try_into().ok()?;
    if first.len() == 4 {
        return Some(vec![(year(first)?, small(second)?, small(third)?)]);
    }
    let (first, second, year) = (small(first)?, small(second)?, year(third)?);
    Some(vec![(year, second, first), (year, first, second)])
}

/// What a date with the name of its month means: "jeudi 1er avril 2027", "April 1st, 2027".
fn worded_parts(text: &str) -> Option<Vec<Parts>> {
    let mut numbers = Vec::new();
    let mut month = None;
    for token in tokens(text) {
        match token {
            Token::Number(number) => numbers.push(number.as_whole()?),
            Token::Sign(',' | '.') => {}
            Token::Word(word) => match month_of(&word) {
                Some(found) if month.is_none() => month = Some(found),
                None if is_filler(&word) => {}
                _ => return None,
            },
            Token::Sign(_) | Token::Dash => return None,
        }
    }
    let [day, year]: [u32; 2] = numbers.try_into().ok()?;
    let year = i16::try_from(year).ok().filter(|year| *year >= 1000)?;
    Some(vec![(year, month?, i8::try_from(day).ok()?)])
}

fn small(text: &str) -> Option<i8> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn year(text: &str) -> Option<i16> {
    match (text.len(), text.bytes().all(|b| b.is_ascii_digit())) {
        (4, true) => text.parse().ok(),
        // No catalogue tells of the last century.
        (2, true) => text.parse::<i16>().ok().map(|year| 2000 + year),
        _ => None,
    }
}

/// The number of the month that a folded word names, in French or English, whole or cut short.
pub(super) fn month_of(word: &str) -> Option<i8> {
    let number = match word {
        "janvier" | "janv" | "jan" | "january" => 1,
        "fevrier" | "fevr" | "fev" | "february" | "feb" => 2,
        "mars" | "march" | "mar" => 3,
        "avril" | "avr" | "april" | "apr" => 4,
        "mai" | "may" => 5,
        "juin" | "june" | "jun" => 6,
        "juillet" | "juil" | "july" | "jul" => 7,
        "aout" | "august" | "aug" => 8,
        "septembre" | "sept" | "september" | "sep" => 9,
        "octobre" | "oct" | "october" => 10,
        "novembre" | "nov" | "november" => 11,
        "decembre" | "dec" | "december" => 12,
        _ => return None,
    };
    Some(number)
}

/// Words that stand in a date and do not change which one it is.
fn is_filler(word: &str) -> bool {
    const DAYS: [&str; 14] = [
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    DAYS.contains(&word) || matches!(word, "le" | "er" | "st" | "nd" | "rd" | "th" | "of" | "the")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, DateProblem>) {
        assert_eq!(parse_date(text).map(|date| date.to_string()), expected.map(str::to_owned), "{text:?}");
    }

    fn other(suggestion: Option<&str>) -> Result<&'static str, DateProblem> {
        Err(DateProblem::OtherForm { suggestion: suggestion.map(str::to_owned) })
    }

    #[test]
    fn iso_dates_are_read() {
        check("2027-03-25", Ok("2027-03-25"));
        check("  2028-02-29 ", Ok("2028-02-29"));
        for time in ["T09:30", "T09:30:00", "T09:30:00Z", " 09:30:00", "T09:30:00.5+01:00", "t09:30z"] {
            check(&format!("2027-03-25{time}"), Ok("2027-03-25"));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_told_apart() {
        for text in ["2026-09-31", "2027-02-29", "2027-13-01", "2027-00-10", "2026-09-31T10:00"] {
            check(text, Err(DateProblem::Impossible));
        }
    }

    #[test]
    fn other_writings_come_with_a_suggestion() {
        let forms = [
            "25/03/2027",
            "25.03.2027",
            "25-03-2027",
            "25 03 2027",
            "25/3/27",
            "2027/03/25",
            "2027-3-25",
            "20270325",
            "25 mars 2027",
            "jeudi 25 mars 2027",
            "le 25 MARS 2027",
            "March 25, 2027",
            "March 25th, 2027",
            "25 March 2027",
            "03/25/2027",
        ];
        for text in forms {
            check(text, other(Some("2027-03-25")));
        }
        check("1er avril 2027", other(Some("2027-04-01")));
        check("1 févr. 2027", other(Some("2027-02-01")));
        check("03/04/2027", other(Some("2027-04-03")));
        for text in ["31/09/2026", "31 septembre 2026", "2026/09/31", "20260931"] {
            check(text, other(None));
        }
    }

    #[test]
    fn anything_else_is_not_a_date() {
        let texts = [
            "",
            "demain",
            "mars 2027",
            "2027",
            "25 mars",
            "2027-03",
            "2027-03-25x",
            "2027-03-25T",
            "25 mars 26",
            "25/03",
            "12 34 56 78",
            "ééééé",
            "2027-03-2é",
            "mars avril 25 2027",
        ];
        for text in texts {
            check(text, Err(DateProblem::NotADate));
        }
        for text in ["25 et 26 mars 2027", "25–26 mars 2027", "du 31 mars au 1er avril 2027", "25 et 26 mars"] {
            check(text, Err(DateProblem::SeveralDays));
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = parse_date(&text);
        }

        #[test]
        fn no_text_of_digits_and_marks_panics(text in "[0-9é/.: T-]{0,14}") {
            let _ = parse_date(&text);
        }

        #[test]
        fn dates_are_read_back(year in 1i16..=9999, month in 1i8..=12, day in 1i8..=28) {
            let date = Date::new(year, month, day).expect("a value for the test");
            prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
        }
    }
}
