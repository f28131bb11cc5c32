//! Times of the day, to the minute.

use std::fmt;

use serde::{Serialize, Serializer};

use super::token::{Token, tokens};

/// A time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    hour: u8,
    minute: u8,
}

impl Time {
    /// The time, if there is one such: 24 o'clock is not.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }

    /// Reads "9h", "9 h 30", "9 heures", "09:30" or "2 pm".
    ///
    /// A bare number is not a time: 9 may as well be a count of something.
    ///
    /// ```
    /// use brochure::value::Time;
    /// assert_eq!(Time::parse("9h30"), Time::parse("09:30"));
    /// assert_eq!(Time::parse("25h"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let tokens = tokens(text);
        let small = |number: &super::Decimal| number.as_whole().and_then(|whole| u8::try_from(whole).ok());
        match tokens.as_slice() {
            [Token::Number(hour), Token::Word(word)] if is_hour(word) => Self::new(small(hour)?, 0),
            [Token::Number(hour), Token::Word(word)] => Self::of_half_day(small(hour)?, 0, word),
            [Token::Number(hour), Token::Word(word), Token::Number(minute)] if is_hour(word) => {
                Self::new(small(hour)?, small(minute)?)
            }
            [Token::Number(hour), Token::Sign(':'), Token::Number(minute)] => Self::new(small(hour)?, small(minute)?),
            [Token::Number(hour), Token::Sign(':'), Token::Number(minute), Token::Word(word)] => {
                Self::of_half_day(small(hour)?, small(minute)?, word)
            }
            _ => None,
        }
    }

    /// The time of an English clock, which counts to twelve twice.
    fn of_half_day(hour: u8, minute: u8, half: &str) -> Option<Self> {
        match (hour, half) {
            (1..=12, "am") => Self::new(hour % 12, minute),
            (1..=12, "pm") => Self::new(hour % 12 + 12, minute),
            _ => None,
        }
    }

    /// The hour, from 0 to 23.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, from 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// The time as French writes it: "9 h", "9 h 30", held together by no-break spaces.
    pub fn french(self) -> String {
        match self.minute {
            0 => format!("{}\u{A0}h", self.hour),
            minute => format!("{}\u{A0}h\u{A0}{minute:02}", self.hour),
        }
    }
}

fn is_hour(word: &str) -> bool {
    matches!(word, "h" | "heure" | "heures")
}

/// Writes the time as ISO 8601 does: "09:30".
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, iso: Option<&str>) {
        assert_eq!(Time::parse(text).map(|time| time.to_string()).as_deref(), iso, "{text:?}");
    }

    #[test]
    fn usual_writings_are_read() {
        for text in ["9h30", "9 h 30", "9H30", " 09:30 ", "9:30", "09h30", "9\u{A0}h\u{A0}30", "9 heures 30", "9:30 am"]
        {
            check(text, Some("09:30"));
        }
        for text in ["9h", "9 h", "9h00", "09:00", "9 heures", "9 am"] {
            check(text, Some("09:00"));
        }
        check("0h", Some("00:00"));
        check("12 pm", Some("12:00"));
        check("12 am", Some("00:00"));
        check("2:30 pm", Some("14:30"));
    }

    #[test]
    fn anything_else_is_not_a_time() {
        for text in ["", "9", "24h", "9h60", "25:00", "midi", "9,5 h", "-9h", "9h30 10h", "13 pm", "0 am", "300h", "9:"]
        {
            check(text, None);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = Time::parse(&text);
        }

        #[test]
        fn both_writings_are_read_back(hour in 0u8..24, minute in 0u8..60) {
            let time = Time::new(hour, minute).expect("a value for the test");
            prop_assert_eq!(Time::parse(&time.to_string()), Some(time));
            prop_assert_eq!(Time::parse(&time.french()), Some(time));
        }
    }
}
