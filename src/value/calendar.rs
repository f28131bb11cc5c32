//! Days in words: the wording of the dates of a session, and the grid of a month.
//!
//! The words come as data, so that any language can be written; no clock is read here.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize, Serializer};

mod wording;

pub use wording::{day_block, long, long_one, month_year, short};

/// The words that dates are written with, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DateWords {
    /// Which comes first, the day or the month.
    #[serde(default)]
    pub order: DateOrder,
    /// The months, from January.
    pub months: [String; 12],
    /// The months cut short, where there is little room.
    pub months_short: [String; 12],
    /// The days of the week, from Monday.
    pub weekdays: [String; 7],
    /// Before the last of several dates: "et".
    pub and: String,
    /// Before the first day of a span: "du".
    pub from: String,
    /// Before the last day of a span: "au".
    pub to: String,
    /// What the first of a month has after its number, and no other day: "er".
    #[serde(default)]
    pub first_suffix: String,
}

/// Which comes first in a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum DateOrder {
    /// The day: "25 mars 2027".
    #[default]
    #[serde(rename = "dmy")]
    DayFirst,
    /// The month: "March 25, 2027".
    #[serde(rename = "mdy")]
    MonthFirst,
}

/// A piece of a wording: one date, or what stands between two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DatePiece {
    /// The words.
    pub text: String,
    /// The date that they are, for `<time datetime>`.
    #[serde(serialize_with = "iso")]
    pub date: Option<Date>,
}

/// The words of the tear-off date beside a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayBlock {
    /// The month of the first day, cut short.
    pub month: String,
    /// The day, or the first and the last.
    pub days: String,
    /// The year of the first day.
    pub year: String,
}

fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

/// The runs of consecutive days, sorted, each as its first and its last.
pub fn runs(dates: &[Date]) -> Vec<(Date, Date)> {
    let mut dates = dates.to_vec();
    dates.sort_unstable();
    dates.dedup();
    let mut runs: Vec<(Date, Date)> = Vec::new();
    for date in dates {
        match runs.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == date) => *last = date,
            _ => runs.push((date, date)),
        }
    }
    runs
}

/// The weeks of a month from Monday to Sunday, for a small calendar; empty when there is no such month.
pub fn month_grid(year: i16, month: i8) -> Vec<[Option<u8>; 7]> {
    let Ok(first) = Date::new(year, month, 1) else {
        return Vec::new();
    };
    let mut weeks = vec![[None; 7]];
    let mut place = column(first.weekday());
    for day in 1..=first.days_in_month().unsigned_abs() {
        if place == 7 {
            weeks.push([None; 7]);
            place = 0;
        }
        if let Some(cell) = weeks.last_mut().and_then(|week| week.get_mut(place)) {
            *cell = Some(day);
        }
        place += 1;
    }
    weeks
}

/// The column of a weekday, Monday's being 0.
fn column(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_in_a_row_are_runs() {
        let days = [date(2027, 4, 1), date(2027, 3, 31), date(2027, 3, 25), date(2027, 4, 1), date(2027, 3, 30)];
        let expected = [(date(2027, 3, 25), date(2027, 3, 25)), (date(2027, 3, 30), date(2027, 4, 1))];
        assert_eq!(runs(&days), expected);
        assert_eq!(runs(&[]), []);
        assert_eq!(runs(&[Date::MAX]), [(Date::MAX, Date::MAX)]);
    }

    #[test]
    fn a_month_is_weeks() {
        let february = month_grid(2027, 2);
        assert_eq!(february.len(), 4);
        assert_eq!(february[0], [1, 2, 3, 4, 5, 6, 7].map(Some));
        let may = month_grid(2027, 5);
        assert_eq!(may.len(), 6);
        assert_eq!(may[0], [None, None, None, None, None, Some(1), Some(2)]);
        assert_eq!(may[5], [Some(31), None, None, None, None, None, None]);
        assert!(month_grid(2027, 13).is_empty());
        assert!(month_grid(2027, 0).is_empty());
    }

    proptest! {
        #[test]
        fn a_month_has_all_its_days_in_order(year in 1i16..=9999, month in 1i8..=12) {
            let days: Vec<u8> = month_grid(year, month).into_iter().flatten().flatten().collect();
            let all: Vec<u8> = (1..=date(year, month, 1).days_in_month().unsigned_abs()).collect();
            prop_assert_eq!(days, all);
        }
    }
}
