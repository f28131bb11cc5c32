//! Typed values of a [`Field`]. Each reports what it cannot read and gives nothing.

use crate::diagnostic::{Code, Placed};
use crate::fold::{fold, nearest};
use crate::value::date::{self, Date, DateProblem};
use crate::value::number::Decimal;

use super::parse::Node;
use super::reader::{Field, Reader};

impl Field<'_> {
    /// A text. Numbers and true/false are taken as they are written.
    pub fn text(&self, reader: &mut Reader<'_>) -> Option<String> {
        let text = self.node.scalar();
        if text.is_none() {
            reader.report(reader.about(Code::InvalidShape, self).message("message-text").help("help-text"));
        }
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A text with its place.
    pub fn placed_text(&self, reader: &mut Reader<'_>) -> Option<Placed<String>> {
        let value = self.text(reader)?;
        Some(Placed { value, place: self.place() })
    }

    /// A text, or a list of texts.
    pub fn texts(&self, reader: &mut Reader<'_>) -> Vec<String> {
        self.items().iter().filter_map(|item| item.text(reader)).collect()
    }

    /// A text, or a list of texts, with their places.
    pub fn placed_texts(&self, reader: &mut Reader<'_>) -> Vec<Placed<String>> {
        self.items().iter().filter_map(|item| item.placed_text(reader)).collect()
    }

    /// Text, or a list whose items become the items of a Markdown list.
    pub fn prose(&self, reader: &mut Reader<'_>) -> Option<String> {
        match self.node {
            Node::List(_) => {
                let items: Vec<String> =
                    self.texts(reader).iter().map(|text| format!("- {}", text.replace('\n', "\n  "))).collect();
                (!items.is_empty()).then(|| items.join("\n"))
            }
            _ => self.text(reader),
        }
    }

    /// True or false, in French or English.
    pub fn boolean(&self, reader: &mut Reader<'_>) -> Option<bool> {
        if let Node::Bool(value) = self.node {
            return Some(*value);
        }
        let text = self.text(reader)?;
        match fold(&text).as_str() {
            "oui" | "vrai" | "yes" | "true" | "o" | "y" => Some(true),
            "non" | "faux" | "no" | "false" | "n" => Some(false),
            _ => {
                reader.report(reader.about(Code::InvalidBoolean, self).arg("value", text));
                None
            }
        }
    }

    /// A whole number that is not negative.
    pub fn whole_number(&self, reader: &mut Reader<'_>) -> Option<u32> {
        self.number(Decimal::as_whole, "help-whole", reader)
    }

    /// A number that is not negative, in French or English writing.
    pub fn decimal(&self, reader: &mut Reader<'_>) -> Option<Decimal> {
        self.number(Some, "help", reader)
    }

    fn number<T>(&self, kind: fn(Decimal) -> Option<T>, help: &'static str, reader: &mut Reader<'_>) -> Option<T> {
        let text = self.text(reader)?;
        let number = Decimal::parse(&text).filter(|number| !number.is_negative()).and_then(kind);
        if number.is_none() {
            reader.report(reader.about(Code::InvalidNumber, self).arg("value", text).help(help));
        }
        number
    }

    /// A date.
    pub fn date(&self, reader: &mut Reader<'_>) -> Option<Date> {
        let text = self.text(reader)?;
        let diagnostic = reader.about(Code::InvalidDate, self).arg("value", &text);
        match date::parse_date(&text) {
            Ok(date) => return Some(date),
            Err(DateProblem::Impossible) => reader.report(diagnostic),
            Err(DateProblem::OtherForm { suggestion: Some(suggestion) }) => {
                reader.report(diagnostic.message("message-form").near(Some(suggestion)));
            }
            Err(DateProblem::OtherForm { suggestion: None }) => reader.report(diagnostic),
            Err(DateProblem::SeveralDays) => reader.report(diagnostic.message("message-form").help("help-days")),
            Err(DateProblem::NotADate) => reader.report(diagnostic.message("message-form")),
        }
        None
    }

    /// One of a fixed list of words, found by any of its spellings. Another word is reported; the
    /// caller keeps it as text where the page can show it.
    pub fn choice<T: Copy>(&self, choices: &[(T, &[&'static str])], reader: &mut Reader<'_>) -> Option<T> {
        let text = self.text(reader)?;
        let folded = fold(&text);
        let known = choices.iter().find(|(_, words)| words.iter().any(|word| fold(word) == folded));
        if known.is_none() {
            let near = nearest(&text, choices.iter().flat_map(|(_, words)| words.iter().copied()));
            let list: Vec<&str> = choices.iter().filter_map(|(_, words)| words.first().copied()).collect();
            let diagnostic = reader.about(Code::UnknownValue, self).arg("value", &text).arg("choices", list.join(", "));
            reader.report(diagnostic.near(near));
        }
        known.map(|(value, _)| *value)
    }
}
