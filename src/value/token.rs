//! Short forms cut into numbers, folded words and signs: what the parsers beside this one read.

use super::Decimal;
use crate::fold::{fold, is_invisible};

/// A piece of a short form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number without sign; "1/2" and "½" are one half.
    Number(Decimal),
    /// A word, folded. Hyphens and apostrophes part words.
    Word(String),
    /// Anything else that is seen.
    Sign(char),
    /// A dash between words, which parts what it stands between.
    Dash,
}

/// Cuts `text` into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    placed_tokens(text).into_iter().map(|(_, token)| token).collect()
}

/// Cuts `text` into tokens, each with the byte that it begins at.
pub(super) fn placed_tokens(text: &str) -> Vec<(usize, Token)> {
    let visible = text.char_indices().filter(|(_, c)| !is_invisible(*c));
    let (places, characters): (Vec<usize>, Vec<char>) = visible.unzip();
    let mut placed = Vec::new();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let rest = &characters[at..];
        let length = match character {
            '½' => push(&mut tokens, Token::Number(Decimal::from_hundredths(50)), 1),
            c if c.is_ascii_digit() => number(rest, &mut tokens),
            c if c.is_alphabetic() => word(rest, &mut tokens),
            '\'' | '\u{2019}' => 1,
            c if c.is_whitespace() => 1,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => dash(at, &characters, &mut tokens),
            c => push(&mut tokens, Token::Sign(c), 1),
        };
        placed.extend(tokens[placed.len()..].iter().map(|token: &Token| (places[at], token.clone())));
        at += length;
    }
    placed
}

fn push(tokens: &mut Vec<Token>, token: Token, length: usize) -> usize {
    tokens.push(token);
    length
}

fn number(rest: &[char], tokens: &mut Vec<Token>) -> usize {
    if matches!(rest, ['1', '/', '2', ..]) && !rest.get(3).is_some_and(char::is_ascii_digit) {
        return push(tokens, Token::Number(Decimal::from_hundredths(50)), 3);
    }
    let digits = |from: usize| rest[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut length = digits(0);
    // Three digits after a space are the same number: "1 200".
    while rest.get(length).is_some_and(|c| c.is_whitespace()) && length <= 15 && digits(length + 1) == 3 {
        length += 4;
    }
    if matches!(rest.get(length), Some(',' | '.')) {
        let decimals = digits(length + 1);
        length += if decimals > 0 { decimals + 1 } else { 0 };
    }
    let written: String = rest[..length].iter().collect();
    match Decimal::parse(&written) {
        Some(number) => push(tokens, Token::Number(number), length),
        // Not a number after all: the sign makes whoever reads on unsure, as it should.
        None => push(tokens, Token::Sign('#'), length),
    }
}

fn word(rest: &[char], tokens: &mut Vec<Token>) -> usize {
    let written: String = rest.iter().take_while(|c| c.is_alphabetic() || is_mark(**c)).collect();
    let folded = fold(&written);
    let length = written.chars().count();
    if folded.is_empty() { length } else { push(tokens, Token::Word(folded), length) }
}

/// Whether the character belongs to the letter before it, as in text from some file systems.
fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

fn dash(at: usize, characters: &[char], tokens: &mut Vec<Token>) -> usize {
    let before = at.checked_sub(1).map(|before| characters[before]);
    let after = characters.get(at + 1);
    if before.is_some_and(char::is_alphanumeric) && after.is_some_and(|c| c.is_alphabetic()) {
        return 1;
    }
    // After a number it may be a span or a minus: no reader of short forms is sure of those.
    match tokens.last() {
        None | Some(Token::Number(_)) => push(tokens, Token::Sign('-'), 1),
        Some(_) => push(tokens, Token::Dash, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let written: Vec<String> = tokens(text)
            .into_iter()
            .map(|token| match token {
                Token::Number(number) => number.to_string(),
                Token::Word(word) => word,
                Token::Sign(sign) => format!("<{sign}>"),
                Token::Dash => "–".to_owned(),
            })
            .collect();
        assert_eq!(written.join(" "), expected, "{text:?}");
    }

    #[test]
    fn text_is_cut_into_numbers_words_and_signs() {
        check("2 jours (14 h)", "2 jours <(> 14 h <)>");
        check("2h30", "2 h 30");
        check("1,5 jour, soit", "1.5 jour <,> soit");
        check("1/2 journée", "0.5 journee");
        check("½ journée", "0.5 journee");
        check("1/25", "1 </> 25");
        check("une demi-journée", "une demi journee");
        check("2-3 jours", "2 <-> 3 jours");
        check("2 jours – 14 h", "2 jours – 14 h");
        check("2-day training", "2 day training");
        check("1 200 € HT", "1200 <€> ht");
        check("1\u{202F}200,50 €", "1200.5 <€>");
        check("l’heure", "l heure");
        check("-2 jours", "<-> 2 jours");
        check("2,333 jours", "<#> jours");
        check("séance", "seance");
        check("se\u{301}ance", "seance");
        check("09:30", "9 <:> 30");
    }
}
