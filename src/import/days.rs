//! Days as people write them: "Les 25 & 26 sep. 2023", "du 3 au 5 mars 2027", "12/03/2027 et 13/03/2027".
//!
//! A text of which a part is not understood gives no day at all.

use jiff::ToSpan;

use crate::fold::fold;
use crate::value::{Date, month_of};

/// More days than this in one range are no days of training.
const LONGEST_RANGE: usize = 14;

/// What a text says of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// These days.
    Each(Vec<Date>),
    /// From a day to a day; what is between is not known.
    Range(Date, Date),
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Number(u32),
    Month(i8),
    Date(Date),
    To,
    And,
    From,
}

/// The days that a text names; nothing when it says something else, or something besides.
///
/// In a date of numbers the day stands first, as in France, unless the year does.
pub(super) fn days(text: &str) -> Option<Days> {
    if text.len() > 300 {
        return None;
    }
    let pieces = pieces(text)?;
    // From the end: a month and a year hold for all days before them.
    let (mut month, mut year) = (None, None);
    let mut dates: Vec<Piece> = Vec::new();
    for piece in pieces.into_iter().rev() {
        match piece {
            Piece::Number(number) if number >= 1000 => year = Some(i16::try_from(number).ok()?),
            Piece::Number(day) => dates.push(Piece::Date(Date::new(year?, month?, i8::try_from(day).ok()?).ok()?)),
            Piece::Month(number) => month = Some(number),
            Piece::Date(date) => {
                (month, year) = (Some(date.month()), Some(date.year()));
                dates.push(Piece::Date(date));
            }
            other => dates.push(other),
        }
    }
    dates.reverse();
    joined(&dates)
}

/// Days and ranges, one after the other.
fn joined(pieces: &[Piece]) -> Option<Days> {
    let mut days: Vec<Date> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        match (piece, pieces.get(at + 1), pieces.get(at + 2)) {
            (Piece::Date(start), Some(Piece::To), Some(Piece::Date(end))) => {
                if end < start {
                    return None;
                }
                let range: Vec<Date> =
                    start.series(1.day()).take_while(|day| day <= end).take(LONGEST_RANGE + 1).collect();
                if range.len() > LONGEST_RANGE {
                    return (pieces.len() == 3 + usize::from(at > 0) && days.is_empty())
                        .then_some(Days::Range(*start, *end));
                }
                days.extend(range);
                at += 3;
            }
            (Piece::Date(day), ..) => {
                days.push(*day);
                at += 1;
            }
            (Piece::And | Piece::From, ..) => at += 1,
            _ => return None,
        }
    }
    // What is told in another order than that of the calendar was not understood.
    let is_sorted = days.is_sorted_by(|one, next| one < next);
    (!days.is_empty() && is_sorted).then_some(Days::Each(days))
}

fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let spaced = text.replace(['–', '—'], " - ").replace(',', " , ").replace('&', " & ").replace(['(', ')', ';'], " ");
    for word in spaced.split_whitespace() {
        if let Some(date) = numbers(word) {
            pieces.push(Piece::Date(date?));
            continue;
        }
        // "25-26 mars": two numbers and what joins them.
        for (place, part) in word.split('-').enumerate() {
            if place > 0 {
                pieces.push(Piece::To);
            }
            let folded = fold(part);
            let bare = folded.trim_end_matches("er");
            match folded.as_str() {
                "" if matches!(part, "," | "" | "/" | ":" | ".") => pieces.extend((part == ",").then_some(Piece::And)),
                "" => return None,
                "au" | "to" | "a" | "jusqu" => pieces.push(Piece::To),
                "et" | "&" | "and" | "puis" => pieces.push(Piece::And),
                "du" | "de" | "from" => pieces.push(Piece::From),
                "le" | "les" | "on" | "the" | "dates" | "date" => {}
                day if is_weekday(day) => {}
                word => match month_of(word) {
                    Some(month) => pieces.push(Piece::Month(month)),
                    None => pieces.push(Piece::Number(bare.parse().ok().filter(|number| *number < 10_000)?)),
                },
            }
        }
    }
    Some(pieces)
}

/// A date of numbers; `Some(None)` for one that there is not.
fn numbers(word: &str) -> Option<Option<Date>> {
    let word = word.trim_end_matches(['.', ',']);
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let [first, second, third] = <[&str; 3]>::try_from(parts).ok()?;
    let whole =
        |text: &str| (text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i16>().ok()).flatten();
    let (one, month, other) = (whole(first)?, whole(second)?, whole(third)?);
    let (year, day) = match (first.len(), third.len()) {
        (4, 1..=2) => (one, other),
        (1..=2, 4) => (other, one),
        (1..=2, 2) => (2000 + other, one),
        _ => return None,
    };
    let small = |number: i16| i8::try_from(number).ok();
    Some(small(month).zip(small(day)).and_then(|(month, day)| Date::new(year, month, day).ok()))
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 14] = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun", "mar", "mer", "jeu", "ven",
        "sam", "dim",
    ];
    DAYS.contains(&word) || DAYS.iter().take(7).any(|day| word.strip_suffix('s') == Some(day))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = match days(text) {
            Some(Days::Each(days)) => days.iter().map(Date::to_string).collect::<Vec<_>>().join(" "),
            Some(Days::Range(start, end)) => format!("{start}..{end}"),
            None => String::new(),
        };
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        check("Les 25 & 26 sep. 2023", "2023-09-25 2023-09-26");
        check("25 et 26 mars 2027", "2027-03-25 2027-03-26");
        check("12, 13 et 19 mai 2026", "2026-05-12 2026-05-13 2026-05-19");
        check("du 3 au 5 mars 2027", "2027-03-03 2027-03-04 2027-03-05");
        check("3-5 mars 2027", "2027-03-03 2027-03-04 2027-03-05");
        check("du 31 mars au 1er avril 2027", "2027-03-31 2027-04-01");
        check("Jeudi 25 mars 2027", "2027-03-25");
        check("25/03/2027", "2027-03-25");
        check("25/03/2027 et 26/03/2027", "2027-03-25 2027-03-26");
        check("03.04.27", "2027-04-03");
        check("2027-03-25", "2027-03-25");
        check("2 décembre 2026 et 14 janvier 2027", "2026-12-02 2027-01-14");
        check("du 4 janvier au 30 juin 2027", "2027-01-04..2027-06-30");
    }

    #[test]
    fn what_is_not_sure_is_no_day() {
        for text in [
            "",
            "mars 2027",
            "25 mars",
            "à définir",
            "31 septembre 2027",
            "25 mars 2027 à Lille",
            "31/09/2026",
            "2027",
            "26 et 25 mars 2027",
            "du 5 au 3 mars 2027",
            "1er semestre 2027",
            "20 et 21 ou 27 mai 2027",
        ] {
            check(text, "");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = days(&text);
        }

        #[test]
        fn no_text_of_dates_panics(text in "[0-9/.& ,–-]{0,12}( mai| au | et | mars)?[0-9 ]{0,6}") {
            let _ = days(&text);
        }
    }
}
