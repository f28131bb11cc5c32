//! Dates in words, from the words of a language.

use jiff::civil::Date;

use super::{DateOrder, DatePiece, DateWords, DayBlock, column, runs};

/// So many days in a row are named one by one; more are a span.
const MOST_DAYS_NAMED: i32 = 4;

/// So many runs are named in the short wording; more are the span from the first day to the last.
const MOST_RUNS_NAMED: usize = 4;

/// All dates with their weekdays, in pieces: "jeudi 25 et vendredi 26 mars 2027".
///
/// Month and year are told once, with the last date that they hold for. More than four days in a row are
/// a span: "du lundi 5 au vendredi 9 avril 2027".
pub fn long(dates: &[Date], words: &DateWords) -> Vec<DatePiece> {
    let runs = runs(dates);
    // What is named, each date with what stands before it.
    let mut named: Vec<(Glue, Date)> = Vec::new();
    for (first, last) in runs {
        let n_days = (last - first).get_days() + 1;
        if n_days > MOST_DAYS_NAMED {
            named.extend([(Glue::From, first), (Glue::To, last)]);
        } else {
            named.extend(
                first.series(jiff::ToSpan::days(1)).take_while(|date| *date <= last).map(|date| (Glue::Next, date)),
            );
        }
    }
    let last_of_list = named.iter().rposition(|(glue, _)| *glue != Glue::To);
    let mut pieces = Vec::new();
    let mut before_it = None;
    for (at, (glue, date)) in named.iter().enumerate() {
        let before = glue.text(at == 0, Some(at) == last_of_list, words);
        if !before.is_empty() {
            pieces.push(DatePiece { text: before, date: None });
        }
        let next = named.get(at + 1).map(|(_, date)| *date);
        let mut parts = Parts::until(*date, next, words);
        // A span into another month tells both of its months.
        parts.month |= *glue == Glue::To && before_it.is_some_and(|before| !same_month(before, *date));
        before_it = Some(*date);
        let weekday = Some(words.weekdays[column(date.weekday())].as_str());
        pieces.push(DatePiece { text: one(*date, weekday, parts, words), date: Some(*date) });
    }
    pieces
}

/// What stands before a date in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Glue {
    Next,
    From,
    To,
}

impl Glue {
    fn text(self, is_first: bool, is_last: bool, words: &DateWords) -> String {
        let joint = match (self, is_first, is_last) {
            (Self::To, ..) => return format!(" {} ", words.to),
            (_, true, _) => String::new(),
            (_, false, true) => format!(" {} ", words.and),
            (_, false, false) => ", ".to_owned(),
        };
        if self == Self::From { format!("{joint}{} ", words.from) } else { joint }
    }
}

/// One date without its weekday: "22 novembre 2026".
pub fn long_one(date: Date, words: &DateWords) -> String {
    one(date, None, Parts { month: true, year: true }, words)
}

/// All dates in little room: "25–26 mars 2027", "30 mars – 1er avril 2027", "4, 11 et 18 mars 2027".
pub fn short(dates: &[Date], words: &DateWords) -> String {
    let mut runs = runs(dates);
    if let (true, Some((first, _)), Some((_, last))) = (runs.len() > MOST_RUNS_NAMED, runs.first(), runs.last()) {
        runs = vec![(*first, *last)];
    }
    let n_runs = runs.len();
    let mut text = String::new();
    for (at, (first, last)) in runs.iter().enumerate() {
        text.push_str(&Glue::Next.text(at == 0, at + 1 == n_runs, words));
        let next = runs.get(at + 1).map(|(next, _)| *next);
        let (mut begin, mut end) = (Parts::until(*first, Some(*last), words), Parts::until(*last, next, words));
        if words.order == DateOrder::MonthFirst {
            // The month stands before the days it holds for: "March 25–26, 2027".
            let before = at.checked_sub(1).and_then(|before| runs.get(before)).map(|(_, before)| *before);
            begin.month = before.is_none_or(|before| !same_month(before, *first));
            end.month = false;
        }
        // A span into another month tells both of its months.
        end.month |= !same_month(*first, *last);
        if first == last {
            end.month |= begin.month && words.order == DateOrder::MonthFirst;
            text.push_str(&one(*last, None, end, words));
        } else {
            let is_within_month = same_month(*first, *last);
            text.push_str(&one(*first, None, begin, words));
            text.push_str(if is_within_month { "–" } else { " – " });
            text.push_str(&one(*last, None, end, words));
        }
    }
    text
}

/// The month of a date: "mars 2027".
pub fn month_year(date: Date, words: &DateWords) -> String {
    format!("{} {}", month(date, &words.months), date.year())
}

/// The tear-off date of a session; `None` when there is no date.
///
/// Two days apart are told apart ("25, 27"); of more, the first and the last. Days that go on in another
/// month stand under both: "30–1" under "mars–avril".
pub fn day_block(dates: &[Date], words: &DateWords) -> Option<DayBlock> {
    let runs = runs(dates);
    let ((first, run_end), (last_begin, last)) = (*runs.first()?, *runs.last()?);
    let are_two_apart = runs.len() == 2 && first == run_end && last_begin == last;
    let days = match (first == last, are_two_apart) {
        (true, _) => first.day().to_string(),
        (false, true) => format!("{}, {}", first.day(), last.day()),
        (false, false) => format!("{}–{}", first.day(), last.day()),
    };
    let name = |date| month(date, &words.months_short);
    let month =
        if same_month(first, last) { name(first).to_owned() } else { format!("{}–{}", name(first), name(last)) };
    let year = match (first.year(), last.year()) {
        (one, other) if one == other => one.to_string(),
        (one, other) => format!("{one}–{other}"),
    };
    Some(DayBlock { month, days, year })
}

/// What of a date is told beside its day.
#[derive(Clone, Copy)]
struct Parts {
    month: bool,
    year: bool,
}

impl Parts {
    /// What is to be told of `date` when `next` follows: what the next one does not tell as well.
    fn until(date: Date, next: Option<Date>, words: &DateWords) -> Self {
        // A month that stands before its day cannot serve the day before: "Thursday, March 25 and Friday 26".
        let is_month_first = words.order == DateOrder::MonthFirst;
        Self {
            month: is_month_first || next.is_none_or(|next| !same_month(next, date)),
            year: next.is_none_or(|next| next.year() != date.year()),
        }
    }
}

fn one(date: Date, weekday: Option<&str>, parts: Parts, words: &DateWords) -> String {
    let suffix = if date.day() == 1 { words.first_suffix.as_str() } else { "" };
    let day = format!("{}{suffix}", date.day());
    let name = month(date, &words.months);
    // Day and month stay on one line.
    let (day_and_month, after_weekday, before_year) = match (words.order, parts.month) {
        (DateOrder::DayFirst, true) => (format!("{day}\u{A0}{name}"), " ", " "),
        (DateOrder::DayFirst, false) => (day, " ", " "),
        (DateOrder::MonthFirst, true) => (format!("{name}\u{A0}{day}"), ", ", ", "),
        (DateOrder::MonthFirst, false) => (day, " ", ", "),
    };
    let mut text = weekday.map_or_else(String::new, |weekday| format!("{weekday}{after_weekday}"));
    text.push_str(&day_and_month);
    if parts.year {
        text.push_str(before_year);
        text.push_str(&date.year().to_string());
    }
    text
}

fn same_month(one: Date, other: Date) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

fn month(date: Date, names: &[String; 12]) -> &str {
    // A civil date has a month from 1 to 12.
    usize::from(date.month().unsigned_abs()).checked_sub(1).and_then(|at| names.get(at)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn french() -> DateWords {
        serde_json::from_str(
            r#"{
                "months": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
                    "octobre", "novembre", "décembre"],
                "months_short": ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.",
                    "nov.", "déc."],
                "weekdays": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
                "and": "et", "from": "du", "to": "au", "first_suffix": "er"
            }"#,
        )
        .expect("a value for the test")
    }

    fn english(order: &str) -> DateWords {
        let words = r#"{
            "order": "ORDER",
            "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October", "November", "December"],
            "months_short": ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"],
            "weekdays": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            "and": "and", "from": "from", "to": "to"
        }"#;
        serde_json::from_str(&words.replace("ORDER", order)).expect("a value for the test")
    }

    /// Reads "2027-03-25 26 04-01": of each date, what differs from the one before.
    fn days(text: &str) -> Vec<Date> {
        let mut whole = String::new();
        text.split_whitespace()
            .map(|end| {
                whole = format!("{}{end}", &whole[..whole.len().saturating_sub(end.len())]);
                whole.parse().expect("a value for the test")
            })
            .collect()
    }

    #[track_caller]
    fn check(dates: &str, words: &DateWords, in_long: &str, in_short: &str, block: &str) {
        let dates = days(dates);
        let pieces = long(&dates, words);
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        // A no-break space must stand between day and month: seen as "~".
        assert_eq!(text.replace('\u{A0}', "~"), in_long);
        assert_eq!(short(&dates, words).replace('\u{A0}', "~"), in_short);
        let written = day_block(&dates, words).map(|block| format!("{} {} {}", block.month, block.days, block.year));
        assert_eq!(written.unwrap_or_default(), block);
    }

    #[test]
    fn french_dates_are_grouped() {
        let words = french();
        check("2027-01-19", &words, "mardi 19~janvier 2027", "19~janvier 2027", "janv. 19 2027");
        check("2027-04-01", &words, "jeudi 1er~avril 2027", "1er~avril 2027", "avril 1 2027");
        check("2027-03-25 26", &words, "jeudi 25 et vendredi 26~mars 2027", "25–26~mars 2027", "mars 25–26 2027");
        check(
            "2027-02-02 03 04",
            &words,
            "mardi 2, mercredi 3 et jeudi 4~février 2027",
            "2–4~février 2027",
            "févr. 2–4 2027",
        );
        check(
            "2027-03-30 04-01",
            &words,
            "mardi 30~mars et jeudi 1er~avril 2027",
            "30~mars et 1er~avril 2027",
            "mars–avril 30, 1 2027",
        );
        check(
            "2027-03-31 04-01",
            &words,
            "mercredi 31~mars et jeudi 1er~avril 2027",
            "31~mars – 1er~avril 2027",
            "mars–avril 31–1 2027",
        );
        check(
            "2026-12-31 2027-01-01",
            &words,
            "jeudi 31~décembre 2026 et vendredi 1er~janvier 2027",
            "31~décembre 2026 – 1er~janvier 2027",
            "déc.–janv. 31–1 2026–2027",
        );
        check("", &words, "", "", "");
    }

    #[test]
    fn many_days_are_spans() {
        let words = french();
        check(
            "2027-04-05 06 07 08 09",
            &words,
            "du lundi 5 au vendredi 9~avril 2027",
            "5–9~avril 2027",
            "avril 5–9 2027",
        );
        check(
            "2027-04-05 06 07 08 09 12 13 14 15 16",
            &words,
            "du lundi 5 au vendredi 9 et du lundi 12 au vendredi 16~avril 2027",
            "5–9 et 12–16~avril 2027",
            "avril 5–16 2027",
        );
        check(
            "2027-03-29 30 31 04-01 02 05",
            &words,
            "du lundi 29~mars au vendredi 2~avril et lundi 5~avril 2027",
            "29~mars – 2~avril et 5~avril 2027",
            "mars–avril 29–5 2027",
        );
        check("2027-03-25 27", &words, "jeudi 25 et samedi 27~mars 2027", "25 et 27~mars 2027", "mars 25, 27 2027");
        check(
            "2027-03-18 04 11",
            &words,
            "jeudi 4, jeudi 11 et jeudi 18~mars 2027",
            "4, 11 et 18~mars 2027",
            "mars 4–18 2027",
        );
        check(
            "2027-03-01 03 05 08 10",
            &words,
            "lundi 1er, mercredi 3, vendredi 5, lundi 8 et mercredi 10~mars 2027",
            "1er–10~mars 2027",
            "mars 1–10 2027",
        );
    }

    #[test]
    fn english_is_written_in_either_order() {
        let words = english("dmy");
        check("2027-03-25 26", &words, "Thursday 25 and Friday 26~March 2027", "25–26~March 2027", "Mar 25–26 2027");
        let words = english("mdy");
        check("2027-04-01", &words, "Thursday, April~1, 2027", "April~1, 2027", "Apr 1 2027");
        check(
            "2027-03-25 26",
            &words,
            "Thursday, March~25 and Friday, March~26, 2027",
            "March~25–26, 2027",
            "Mar 25–26 2027",
        );
        check(
            "2027-03-31 04-01",
            &words,
            "Wednesday, March~31 and Thursday, April~1, 2027",
            "March~31 – April~1, 2027",
            "Mar–Apr 31–1 2027",
        );
        check(
            "2027-03-04 11 04-01",
            &words,
            "Thursday, March~4, Thursday, March~11 and Thursday, April~1, 2027",
            "March~4, 11 and April~1, 2027",
            "Mar–Apr 4–1 2027",
        );
    }

    #[test]
    fn each_date_is_a_piece_of_its_own() {
        let pieces = long(&days("2027-03-25 26"), &french());
        let written = serde_json::to_string(&pieces).expect("a value for the test");
        let expected = r#"[{"text":"jeudi 25","date":"2027-03-25"},{"text":" et ","date":null},{"text":"vendredi 26~mars 2027","date":"2027-03-26"}]"#;
        assert_eq!(written.replace('\u{A0}', "~"), expected);
    }

    #[test]
    fn single_dates_and_months_are_written() {
        let day = days("2026-11-22")[0];
        assert_eq!(long_one(day, &french()), "22\u{A0}novembre 2026");
        assert_eq!(long_one(days("2027-05-01")[0], &french()), "1er\u{A0}mai 2027");
        assert_eq!(long_one(day, &english("mdy")), "November\u{A0}22, 2026");
        assert_eq!(month_year(day, &french()), "novembre 2026");
    }

    proptest! {
        #[test]
        fn what_is_named_is_in_order_and_ends_with_the_last(offsets in proptest::collection::vec(0i64..800, 1..30)) {
            let begin = jiff::civil::date(2026, 1, 1);
            let dates: Vec<Date> =
                offsets.iter().filter_map(|days| begin.checked_add(jiff::ToSpan::days(*days)).ok()).collect();
            for words in [french(), english("mdy")] {
                let named: Vec<Date> = long(&dates, &words).into_iter().filter_map(|piece| piece.date).collect();
                prop_assert!(named.is_sorted());
                prop_assert_eq!(named.first(), dates.iter().min());
                prop_assert_eq!(named.last(), dates.iter().max());
                prop_assert!(named.iter().all(|date| dates.contains(date)));
                prop_assert!(!short(&dates, &words).is_empty());
            }
        }

        #[test]
        fn the_ends_of_time_do_not_panic(back in 0i64..5) {
            let dates: Vec<Date> = (0..=back).filter_map(|days| Date::MAX.checked_sub(jiff::ToSpan::days(days)).ok()).collect();
            let _ = (long(&dates, &french()), short(&dates, &french()), day_block(&dates, &french()));
        }
    }
}
