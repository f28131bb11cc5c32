//! The words of a duration gathered into quantities: "2", "h", "30" are two and a half hours.

use super::super::token::{Token, placed_tokens};
use crate::value::Decimal;

/// A quantity, or a word that counts between quantities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Days(Decimal),
    HalfDays(Decimal),
    Hours(Decimal),
    /// Meetings, with their number if it is told.
    Meetings(Option<u32>),
    /// At least and at most so many meetings.
    MeetingsBetween(u32, u32),
    /// "par jour"
    PerDay,
    /// "par séance"
    PerMeeting,
    /// "chacune"
    Each,
    /// "consécutifs", or the contrary
    Consecutive(bool),
    /// What parts two statements.
    Break,
    /// What parts two statements of one and the same: "soit".
    ThatIs,
    /// A dash, which parts statements or makes a span.
    Dash,
    Word(String),
    Other,
}

/// Cuts `text` into items, each with the byte that it begins at.
pub(super) fn items(text: &str) -> Vec<(usize, Item)> {
    let placed = placed_tokens(text);
    let tokens: Vec<Token> = placed.iter().map(|(_, token)| with_number_read(token)).collect();
    let mut items = Vec::new();
    let mut at = 0;
    while let Some((place, _)) = placed.get(at) {
        let rest = &tokens[at..];
        if let [Token::Number(days), Token::Word(word), day, ..] = rest
            && is_consecutive(word)
            && sort(Some(day)) == Sort::Day
        {
            // English puts the adjective between the number and what it counts.
            items.extend([(*place, Item::Days(*days)), (*place, Item::Consecutive(true))]);
            at += 3;
            continue;
        }
        let (item, length) = first_item(rest);
        items.push((*place, item));
        at += length;
    }
    items
}

/// The token, or the number if it is the word for one.
fn with_number_read(token: &Token) -> Token {
    const NUMBERS: [&[&str]; 12] = [
        &["un", "une", "one"],
        &["deux", "two"],
        &["trois", "three"],
        &["quatre", "four"],
        &["cinq", "five"],
        &["six"],
        &["sept", "seven"],
        &["huit", "eight"],
        &["neuf", "nine"],
        &["dix", "ten"],
        &["onze", "eleven"],
        &["douze", "twelve"],
    ];
    let Token::Word(word) = token else {
        return token.clone();
    };
    let number = (1..).zip(NUMBERS).find(|(_, words)| words.contains(&word.as_str()));
    number.map_or_else(|| token.clone(), |(number, _)| Token::Number(Decimal::whole(number)))
}

/// What a word measures, as far as durations go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Day,
    Hour,
    Minute,
    Meeting,
    Half,
    And,
    Times,
    Other,
}

fn sort(token: Option<&Token>) -> Sort {
    match token {
        Some(Token::Word(word)) => match word.as_str() {
            "jour" | "jours" | "journee" | "journees" | "j" | "day" | "days" => Sort::Day,
            "h" | "heure" | "heures" | "hour" | "hours" | "hrs" => Sort::Hour,
            "min" | "mn" | "minute" | "minutes" | "mins" => Sort::Minute,
            "seance" | "seances" | "rencontre" | "rencontres" | "atelier" | "ateliers" | "session" | "sessions"
            | "meeting" | "meetings" | "workshop" | "workshops" => Sort::Meeting,
            "demi" | "demie" | "demis" | "demies" | "half" => Sort::Half,
            "et" | "and" => Sort::And,
            "fois" | "x" | "times" => Sort::Times,
            _ => Sort::Other,
        },
        Some(Token::Sign('×')) => Sort::Times,
        _ => Sort::Other,
    }
}

fn first_item(tokens: &[Token]) -> (Item, usize) {
    let quantity = match tokens.first() {
        Some(Token::Number(number)) => counted(*number, tokens),
        Some(Token::Word(_)) => worded(tokens),
        _ => None,
    };
    quantity.unwrap_or_else(|| {
        let item = match tokens.first() {
            Some(Token::Word(word)) => Item::Word(word.clone()),
            Some(Token::Sign(',' | ';' | ':' | '(' | ')' | '·' | '.')) => Item::Break,
            Some(Token::Sign('=')) => Item::ThatIs,
            Some(Token::Sign('/')) if sort(tokens.get(1)) == Sort::Day => return (Item::PerDay, 2),
            Some(Token::Sign('/')) if sort(tokens.get(1)) == Sort::Meeting => return (Item::PerMeeting, 2),
            Some(Token::Dash) => Item::Dash,
            _ => Item::Other,
        };
        (item, 1)
    })
}

/// The quantity that begins with a number.
fn counted(number: Decimal, tokens: &[Token]) -> Option<(Item, usize)> {
    let sorts = [1, 2, 3, 4].map(|ahead| sort(tokens.get(ahead)));
    let number_at = |ahead: usize| match tokens.get(ahead) {
        Some(Token::Number(number)) => Some(*number),
        _ => None,
    };
    let half = Decimal::from_hundredths(50);
    if !number.is_positive() {
        return None;
    }
    let found = match sorts {
        [Sort::Half, Sort::Day, ..] => (Item::HalfDays(number), 3),
        [Sort::Day, Sort::And, Sort::Half, _] => (Item::Days(number.plus(half)?), 4),
        [Sort::Day, ..] => (Item::Days(number), 2),
        [Sort::Hour, Sort::And, Sort::Half, _] => (Item::Hours(number.plus(half)?), 4),
        [Sort::Hour, Sort::And, _, Sort::Minute] => (hours_and_minutes(number, number_at(3)?)?, 5),
        [Sort::Hour, _, Sort::Minute, _] => (hours_and_minutes(number, number_at(2)?)?, 4),
        // "14 h 2 jours" does not have two minutes.
        [Sort::Hour, _, Sort::Other, _] if number_at(2).is_some() => (hours_and_minutes(number, number_at(2)?)?, 3),
        [Sort::Hour, ..] => (Item::Hours(number), 2),
        [Sort::Minute, ..] => (Item::Hours(number.divided_by(60)?), 2),
        [Sort::Times, _, Sort::Day, _] => (Item::Days(number.times(number_at(2)?)?), 4),
        [Sort::Meeting, ..] => (Item::Meetings(Some(number.as_whole()?)), 2),
        [_, _, Sort::Meeting, _] if is_span(tokens.get(1)) => {
            (Item::MeetingsBetween(number.as_whole()?, number_at(2)?.as_whole()?), 4)
        }
        _ => return None,
    };
    Some(found)
}

fn hours_and_minutes(hours: Decimal, minutes: Decimal) -> Option<Item> {
    let minutes = minutes.as_whole().filter(|minutes| *minutes < 60)?;
    hours.as_whole()?;
    // Twenty minutes have no place among hundredths of an hour: then the words alone tell.
    Some(Item::Hours(hours.plus(Decimal::whole(minutes).divided_by(60)?)?))
}

fn is_span(token: Option<&Token>) -> bool {
    match token {
        Some(Token::Word(word)) => matches!(word.as_str(), "a" | "ou" | "to" | "or"),
        token => token == Some(&Token::Sign('-')),
    }
}

/// What begins with a word.
fn worded(tokens: &[Token]) -> Option<(Item, usize)> {
    let words: Vec<&str> = tokens
        .iter()
        .map_while(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    let half_day = Item::HalfDays(Decimal::whole(1));
    let found = match words.as_slice() {
        ["half", "a", "day", ..] => (half_day, 3),
        ["a", "half", "day", ..] => (half_day, 3),
        ["half", "day", ..] | ["demi", "journee", ..] => (half_day, 2),
        ["sur", "la", "base", "de", ..] => (Item::Break, 4),
        ["a", "raison", "de" | "d", ..] => (Item::Break, 3),
        ["based", "on", ..] => (Item::Break, 2),
        ["soit", ..] => (Item::ThatIs, 1),
        ["i", "e", ..] => (Item::ThatIs, 2),
        ["par" | "per" | "a", _, ..] if sort(tokens.get(1)) == Sort::Day => (Item::PerDay, 2),
        ["par" | "per" | "a", _, ..] if sort(tokens.get(1)) == Sort::Meeting => (Item::PerMeeting, 2),
        ["chacun" | "chacune" | "each", ..] => (Item::Each, 1),
        ["non" | "not", word, ..] if is_consecutive(word) => (Item::Consecutive(false), 2),
        ["d", "affilee", ..] => (Item::Consecutive(true), 2),
        [word, ..] if is_consecutive(word) => (Item::Consecutive(true), 1),
        [_, ..] if sort(tokens.first()) == Sort::Meeting => (Item::Meetings(None), 1),
        _ => return None,
    };
    Some(found)
}

fn is_consecutive(word: &str) -> bool {
    matches!(word, "consecutif" | "consecutifs" | "consecutive" | "consecutives" | "suivis")
}
