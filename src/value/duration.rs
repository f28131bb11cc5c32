//! How long a module lasts, in the author's words and, when sure, in numbers.

use serde::{Serialize, Serializer};

use super::Decimal;

mod form;
mod item;

/// How long a module lasts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Duration {
    /// The author's words, when there are any.
    pub text: Option<String>,
    /// The number of days.
    pub days: Option<Decimal>,
    /// The number of hours in all.
    pub hours: Option<Decimal>,
    /// The number of hours of each day.
    pub hours_per_day: Option<Decimal>,
    /// Whether the days follow each other.
    pub consecutive: Option<bool>,
    /// The meetings, of a module that is given in such.
    pub meetings: Option<Meetings>,
}

/// The meetings that a module is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Meetings {
    /// How many there are.
    pub count: Option<MeetingCount>,
    /// The hours of each.
    pub hours_each: Option<Decimal>,
    /// The fewest there can be.
    pub min: Option<u32>,
    /// The most there can be.
    pub max: Option<u32>,
    /// How many topics each deals with.
    pub topics_each: Option<u32>,
    /// How often they take place, in the author's words.
    pub frequency: Option<String>,
}

/// How many meetings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingCount {
    /// As many as it takes.
    Variable,
    /// This many.
    Number(u32),
}

/// Written as the number, or as the word `variable`.
impl Serialize for MeetingCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Variable => serializer.serialize_str("variable"),
            Self::Number(number) => serializer.serialize_u32(*number),
        }
    }
}

impl Duration {
    /// Reads a short form; its words are always kept, and numbers are set only when sure.
    ///
    /// A text of which a part is not understood sets no number at all: "1 jour + 2 h à distance" is not
    /// one day. Hours that do not fit the days ("2 jours (7 h)": in all, or of each?) are not set either.
    ///
    /// ```
    /// use brochure::value::{Decimal, Duration};
    /// let duration = Duration::parse("deux jours consécutifs (14 h)");
    /// assert_eq!(duration.days, Some(Decimal::whole(2)));
    /// assert_eq!(duration.consecutive, Some(true));
    /// assert_eq!(duration.total_hours(), Some(Decimal::whole(14)));
    /// assert_eq!(Duration::parse("2 jours").total_hours(), None);
    /// ```
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        Self { text: (!text.is_empty()).then(|| text.to_owned()), ..form::parse(text).unwrap_or_default() }
    }

    /// The hours in all, when they follow from what is known; a day is never taken for seven hours.
    pub fn total_hours(&self) -> Option<Decimal> {
        let by_days = || self.days?.times(self.hours_per_day?);
        self.hours.or_else(by_days).or_else(|| self.meetings.as_ref()?.total_hours())
    }
}

impl Meetings {
    /// The hours of all meetings, when their number and their length are known.
    pub fn total_hours(&self) -> Option<Decimal> {
        match self.count? {
            MeetingCount::Number(number) => Decimal::whole(number).times(self.hours_each?),
            MeetingCount::Variable => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The duration in few words: "2d 14h 7h/d consecutive 6×3h variable 6..8 ~frequency", or "text".
    #[track_caller]
    fn check(text: &str, expected: &str, total: &str) {
        let duration = Duration::parse(text);
        assert_eq!(duration.text.as_deref(), Some(text.trim()));
        let total_hours = duration.total_hours();
        let mut parts = vec![
            duration.days.map(|days| format!("{days}d")),
            duration.hours.map(|hours| format!("{hours}h")),
            duration.hours_per_day.map(|hours| format!("{hours}h/d")),
            duration.consecutive.map(|consecutive| (if consecutive { "consecutive" } else { "apart" }).to_owned()),
        ];
        if let Some(meetings) = duration.meetings {
            let count = match meetings.count {
                Some(MeetingCount::Number(number)) => number.to_string(),
                Some(MeetingCount::Variable) => "n".to_owned(),
                None => "?".to_owned(),
            };
            let each = meetings.hours_each.map_or_else(|| "?".to_owned(), |hours| hours.to_string());
            parts.push(Some(format!("{count}×{each}h")));
            parts.push(meetings.min.zip(meetings.max).map(|(min, max)| format!("{min}..{max}")));
            parts.push(meetings.frequency.map(|frequency| format!("~{frequency}")));
        }
        let written = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let written = if written.is_empty() { "text".to_owned() } else { written };
        assert_eq!(written, expected, "{text:?}");
        assert_eq!(total_hours.map_or_else(String::new, |hours| hours.to_string()), total, "{text:?}");
    }

    #[test]
    fn days_are_understood() {
        for text in
            ["2 jours", "2 j", "2 days", "deux jours", "Deux journées", "2 jours de formation", "Durée : 2 jours"]
        {
            check(text, "2d", "");
        }
        check("14 heures de formation", "14h", "14");
        check("deux jours consécutifs, sur la base de 7 heures de formation par jour", "2d 7h/d consecutive", "14");
        check("deux jours consécutifs", "2d consecutive", "");
        check("2 jours, consécutifs", "2d consecutive", "");
        check("two consecutive days", "2d consecutive", "");
        check("3 jours non consécutifs", "3d apart", "");
        check("1,5 jour", "1.5d", "");
        check("un jour et demi", "1.5d", "");
        check("2 x 2 jours", "4d", "");
        for text in
            ["1/2 journée", "½ journée", "une demi-journée", "demi-journée", "half a day", "half-day", "a half day"]
        {
            check(text, "0.5d", "");
        }
        check("3 demi-journées", "1.5d", "");
    }

    #[test]
    fn hours_are_understood() {
        check("14 h", "14h", "14");
        check("14 heures", "14h", "14");
        for text in
            ["2h30", "2 h 30", "2 heures 30", "2 h 30 min", "2 heures et 30 minutes", "2 heures et demie", "2,5 h"]
        {
            check(text, "2.5h", "2.5");
        }
        check("90 min", "1.5h", "1.5");
        check("14 heures au total", "14h", "14");
    }

    #[test]
    fn days_and_hours_go_together() {
        for text in
            ["2 jours (14 h)", "2 jours, soit 14 heures", "2 jours soit 14 h", "2 jours – 14 h", "2 days (14 hours)"]
        {
            check(text, "2d 14h", "14");
        }
        for text in
            ["14 h sur 2 jours", "14 heures réparties sur 2 jours", "14 h (2 jours)", "14 h, 2 jours", "2 jours : 14 h"]
        {
            check(text, "2d 14h", "14");
        }
        for text in [
            "2 jours de 7 h",
            "2 jours sur la base de 7 heures par jour",
            "2 jours (7 h par jour)",
            "2 days of 7 hours",
        ] {
            check(text, "2d 7h/d", "14");
        }
        check("sur la base de 7 heures par jour", "7h/d", "");
        check("2 jours, 7 h/jour", "2d 7h/d", "14");
        check("2 days, 7 hours a day", "2d 7h/d", "14");
        check("2 jours de 7 h, soit 14 h", "2d 14h 7h/d", "14");
        check("2 demi-journées de 3h30", "1d 7h", "7");
        check("deux jours consécutifs (14 h)", "2d 14h consecutive", "14");
        check("2 jours, de 9 h à 17 h", "2d", "");
        check("2 jours (9 h – 17 h)", "2d", "");
        check("2 jours, dont une demi-journée à distance", "2d", "");
    }

    #[test]
    fn hours_that_do_not_fit_are_left_out() {
        check("2 jours (7 h)", "2d", "");
        check("1 jour, 70 h", "1d", "");
        check("2 jours de 7 h, soit 12 h", "2d", "");
        check("2 jours, soit 6 h", "2d 6h", "6");
    }

    #[test]
    fn meetings_are_understood() {
        check("séances de 3 h", "?×3h", "");
        check("6 séances de 3 h", "6×3h", "18");
        check("six séances de 2h30 chacune", "6×2.5h", "15");
        check("6 meetings of 3 hours", "6×3h", "18");
        check("6 séances", "6×?h", "");
        check("6 séances, 3 h par séance", "6×3h", "18");
        check("6 à 8 séances de 3 h", "n×3h 6..8", "");
        check("6-8 séances de 3 h", "n×3h 6..8", "");
        check("6 séances de 3 h (18 h)", "18h 6×3h", "18");
        check("6 séances de 3 h, une par mois", "6×3h ~une par mois", "18");
        check("6 séances de 3 h, tous les 15 jours", "6×3h ~tous les 15 jours", "18");
        check("séance de 3 heures, nombre et fréquence selon le contexte", "n×3h ~selon le contexte", "");
        check("séances de 3 h, nombre variable", "n×3h", "");
    }

    #[test]
    fn in_doubt_the_words_alone_are_kept() {
        let texts = [
            "1 jour + 2 h à distance",
            "2 à 3 jours",
            "2-3 jours",
            "2 ou 3 jours",
            "environ 14 h",
            "2",
            "2 semaines",
            "-2 jours",
            "0 jour",
            "sur mesure",
            "1 jour en présence, 4 h à distance",
            "2 jours et 3 heures",
            "2 jours consécutifs ou non",
            "2h75",
            "20 min",
            "2 jours, 6 séances de 3 h",
            "6 séances de 2 jours",
            "8 à 6 séances",
            "2 jours, 3 jours",
            "14 h hors travail personnel",
            "9 h – 17 h",
            "99999999999999999999 jours",
        ];
        for text in texts {
            check(text, "text", "");
        }
        assert_eq!(Duration::parse("  "), Duration::default());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = Duration::parse(&text).total_hours();
        }

        #[test]
        fn no_text_of_known_words_panics(words in proptest::collection::vec("[0-9]{1,19}|jours?|h|min|et|demi|de|séances?|par|soit|[,(/–-]|½|x|a|nombre|fréquence|selon é", 0..9)) {
            for gap in ["", " "] {
                let text = words.join(gap);
                let duration = Duration::parse(&text);
                prop_assert_eq!(duration.text.as_deref(), (!text.trim().is_empty()).then_some(text.trim()));
                let _ = duration.total_hours();
            }
        }

        #[test]
        fn days_of_hours_are_multiplied(days in 1u32..100, hours in 1u32..24) {
            let duration = Duration::parse(&format!("{days} jours de {hours} h"));
            prop_assert_eq!(duration.total_hours(), Some(Decimal::whole(days * hours)));
        }
    }
}
