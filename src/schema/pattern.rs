//! Patterns that match what folds to a word: case, accents and what parts words do not count, as in [`crate::fold`].
//!
//! Patterns of JSON Schema have no flags, so each letter is written out.

use crate::fold::fold;

/// What parts words, and may stand at either end: nothing of it is a letter.
const GAP: &str = "[\\s_'\u{2019}.:°-]";

/// A pattern that matches any spelling of any of the words, and nothing else; none of `excepted`, which are matched as
/// they are.
pub(super) fn any_of<'w>(words: impl IntoIterator<Item = &'w str>, excepted: &[&str]) -> String {
    let mut branches: Vec<String> = words.into_iter().map(|word| letters(&fold(word))).collect();
    branches.sort();
    branches.dedup();
    let except = match excepted {
        [] => String::new(),
        words => format!("(?!(?:{})$)", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join("|")),
    };
    format!("^{except}{GAP}*(?:{}){GAP}*$", branches.join("|"))
}

/// A folded word, letter by letter.
fn letters(folded: &str) -> String {
    let mut pattern = String::new();
    for character in folded.chars() {
        match character {
            ' ' => pattern.push_str(&format!("{GAP}+")),
            c if c.is_ascii_alphabetic() => {
                pattern.push_str(&format!("[{c}{}{}]", c.to_ascii_uppercase(), accented(c)));
            }
            c => pattern.push_str(&quoted(&c.to_string())),
        }
    }
    pattern
}

/// The letters of French that fold to one without an accent.
fn accented(letter: char) -> &'static str {
    match letter {
        'a' => "àâäÀÂÄ",
        'c' => "çÇ",
        'e' => "éèêëÉÈÊË",
        'i' => "îïÎÏ",
        'o' => "ôöÔÖ",
        'u' => "ùûüÙÛÜ",
        'y' => "ÿŸ",
        _ => "",
    }
}

/// A text that means itself in a pattern.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for character in text.chars() {
        if "\\^$.|?*+()[]{}/".contains(character) {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted
}
