//! Numbers as authors write them, exact to the hundredth.

use std::fmt;

use serde::{Serialize, Serializer};

/// A number with at most two decimals, for prices and hours: never a float, so that sums are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    hundredths: i64,
}

impl Decimal {
    /// Nothing at all.
    pub const ZERO: Self = Self { hundredths: 0 };

    /// The number that is `hundredths` hundredths.
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self { hundredths }
    }

    /// A whole number.
    pub fn whole(number: u32) -> Self {
        Self { hundredths: i64::from(number) * 100 }
    }

    /// Reads a number in French or English writing.
    ///
    /// Thousands may be parted by any space, or by commas when decimals follow a point. What could be
    /// read in two ways ("1,200") and what has more than two decimals is not a number.
    ///
    /// ```
    /// use brochure::value::Decimal;
    /// assert_eq!(Decimal::parse("1 200,50"), Some(Decimal::from_hundredths(120_050)));
    /// assert_eq!(Decimal::parse("7.5"), Decimal::parse("7,50"));
    /// assert_eq!(Decimal::parse("1,200"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (-1, rest.trim_start()),
            None => (1, text),
        };
        let mark = digits.rfind([',', '.']);
        let (whole, decimals) = match mark {
            Some(at) => (&digits[..at], &digits[at + 1..]),
            None => (digits, ""),
        };
        let decimals = match decimals.as_bytes() {
            [] if mark.is_none() => 0,
            [tenths @ b'0'..=b'9'] => i64::from(tenths - b'0') * 10,
            [tenths @ b'0'..=b'9', rest @ b'0'..=b'9'] => i64::from(tenths - b'0') * 10 + i64::from(rest - b'0'),
            _ => return None,
        };
        let with_point = mark.is_some_and(|at| digits[at..].starts_with('.'));
        let hundredths = whole_part(whole, with_point)?.checked_mul(100)?.checked_add(decimals)?;
        Some(Self { hundredths: sign * hundredths })
    }

    /// The number in hundredths.
    pub const fn hundredths(self) -> i64 {
        self.hundredths
    }

    /// The number as a whole one, if it is one that fits.
    pub fn as_whole(self) -> Option<u32> {
        (self.hundredths % 100 == 0).then(|| u32::try_from(self.hundredths / 100).ok()).flatten()
    }

    /// Whether the number is below zero.
    pub const fn is_negative(self) -> bool {
        self.hundredths < 0
    }

    /// Whether the number is above zero.
    pub const fn is_positive(self) -> bool {
        self.hundredths > 0
    }

    /// The sum, if it fits.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.hundredths.checked_add(other.hundredths).map(Self::from_hundredths)
    }

    /// The product, if it fits and is exact to the hundredth.
    pub fn times(self, other: Self) -> Option<Self> {
        let product = i128::from(self.hundredths) * i128::from(other.hundredths);
        (product % 100 == 0).then(|| i64::try_from(product / 100).ok()).flatten().map(Self::from_hundredths)
    }

    /// The quotient, if it is exact to the hundredth.
    pub fn divided_by(self, divisor: u32) -> Option<Self> {
        let divisor = i64::from(divisor);
        (self.hundredths.checked_rem(divisor)? == 0).then(|| Self::from_hundredths(self.hundredths / divisor))
    }

    /// The number as French writes it: a comma, thousands parted by a narrow no-break space, decimals only if any.
    pub fn french(self) -> String {
        let written = self.to_string();
        let (sign, written) = written.strip_prefix('-').map_or(("", written.as_str()), |rest| ("\u{2212}", rest));
        let (whole, decimals) = written.split_once('.').map_or((written, None), |(whole, rest)| (whole, Some(rest)));
        grouped(sign, whole, '\u{202F}', decimals, ',')
    }

    /// The number as an amount in euros: "1 200 €", "7,50 €".
    pub fn french_euros(self) -> String {
        format!("{}{}\u{A0}€", self.french(), missing_cent(self))
    }

    /// The same in English: "€1,200", "€7.50".
    pub fn english_euros(self) -> String {
        format!("€{}{}", self.english(), missing_cent(self))
    }

    /// The number as English writes it: a point, thousands parted by a comma, decimals only if any.
    pub fn english(self) -> String {
        let written = self.to_string();
        let (sign, written) = written.strip_prefix('-').map_or(("", written.as_str()), |rest| ("-", rest));
        let (whole, decimals) = written.split_once('.').map_or((written, None), |(whole, rest)| (whole, Some(rest)));
        grouped(sign, whole, ',', decimals, '.')
    }
}

/// Money has no tenths: where there are cents, there are two digits.
fn missing_cent(amount: Decimal) -> &'static str {
    if amount.hundredths % 100 != 0 && amount.hundredths % 10 == 0 { "0" } else { "" }
}

fn grouped(sign: &str, whole: &str, gap: char, decimals: Option<&str>, mark: char) -> String {
    let mut written = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            written.push(gap);
        }
        written.push(digit);
    }
    if let Some(decimals) = decimals {
        written.push(mark);
        written.push_str(decimals);
    }
    written
}

/// Reads the digits before the decimals, in groups of three when they are in groups.
fn whole_part(text: &str, commas_part_groups: bool) -> Option<i64> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '\'' | '\u{2019}') || (commas_part_groups && c == ',');
    let mut groups = text.split(is_gap);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    // `parse` would take a sign as well.
    (!first.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// Writes the number with a point and no more decimals than needed: "7.5", "1200".
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let (whole, decimals) = (self.hundredths.unsigned_abs() / 100, self.hundredths.unsigned_abs() % 100);
        match decimals {
            0 => write!(f, "{sign}{whole}"),
            tens if tens % 10 == 0 => write!(f, "{sign}{whole}.{}", tens / 10),
            _ => write!(f, "{sign}{whole}.{decimals:02}"),
        }
    }
}

/// Written as a number, whole when it is: templates and JSON readers count with it.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.hundredths % 100 == 0 {
            serializer.serialize_i64(self.hundredths / 100)
        } else {
            serializer.serialize_f64(self.hundredths as f64 / 100.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, hundredths: Option<i64>) {
        assert_eq!(Decimal::parse(text).map(Decimal::hundredths), hundredths, "{text:?}");
    }

    #[test]
    fn french_and_english_writing_are_read() {
        let read = [
            ("12", 1_200),
            (" 7.5 ", 750),
            ("7,50", 750),
            ("0,05", 5),
            ("-3", -300),
            ("\u{2212}3", -300),
            ("1 200,50", 120_050),
            ("1\u{A0}200", 120_000),
            ("1\u{202F}200\u{202F}000", 120_000_000),
            ("1,200.50", 120_050),
            ("1200", 120_000),
        ];
        for (text, hundredths) in read {
            check(text, Some(hundredths));
        }
    }

    #[test]
    fn nonsense_and_doubt_are_not_numbers() {
        let refused = [
            "", " ", "-", "abc", "1,200", "1.200", "12 00", "1 2", "1,2,3", "1.", ",5", "+5", "--5", "1e3", "٣",
            "1 2000",
        ];
        for text in refused {
            check(text, None);
        }
        check("92233720368547758080", None);
        check("99999999999999999999999999", None);
    }

    #[test]
    fn french_writing_groups_by_thousands() {
        assert_eq!(Decimal::from_hundredths(120_050).french(), "1\u{202F}200,5");
        assert_eq!(Decimal::whole(450).french(), "450");
        assert_eq!(Decimal::from_hundredths(-100_000_000).french(), "\u{2212}1\u{202F}000\u{202F}000");
    }

    #[test]
    fn arithmetic_is_exact_or_refused() {
        let (two, seven_and_half) = (Decimal::whole(2), Decimal::from_hundredths(750));
        assert_eq!(two.times(seven_and_half), Some(Decimal::whole(15)));
        assert_eq!(Decimal::from_hundredths(1).times(Decimal::from_hundredths(1)), None);
        assert_eq!(Decimal::from_hundredths(i64::MAX).times(two), None);
        assert_eq!(Decimal::whole(90).divided_by(60), Some(Decimal::from_hundredths(150)));
        assert_eq!(Decimal::whole(20).divided_by(60), None);
        assert_eq!(Decimal::whole(20).divided_by(0), None);
    }

    #[test]
    fn it_is_serialised_as_a_number() {
        let written = [Decimal::whole(450), Decimal::from_hundredths(755)]
            .map(|n| serde_json::to_string(&n).expect("a value for the test"));
        assert_eq!(written, ["450", "7.55"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = Decimal::parse(&text);
        }

        #[test]
        fn both_writings_are_read_back(hundredths: i64) {
            let number = Decimal::from_hundredths(hundredths);
            prop_assume!(hundredths != i64::MIN);
            prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
            prop_assert_eq!(Decimal::parse(&number.french()), Some(number));
        }
    }
}
