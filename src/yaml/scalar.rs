//! A text as an author can write it behind a key: [`scalar`] and [`quoted`], for messages that show what to type;
//! and [`exact`], for files that the program writes.

use crate::fold::is_invisible;

use super::parse::{Node, read};

/// The text as it is, where that reads as the same text; in quotes otherwise.
pub fn scalar(text: &str) -> String {
    let is_plain = read(&format!("x: {text}")).is_ok_and(|node| {
        matches!(&node, Node::Map(entries) if entries.len() == 1 && entries[0].1.scalar().as_deref() == Some(text))
    });
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// The text as a program writes it into a file: read there, it is the very same text, whatever it holds.
///
/// Between double quotes YAML knows the escapes of JSON. What no file should hold as it is, or what readers leave out
/// at the beginning of one, is escaped as well.
pub fn exact(text: &str) -> String {
    let is_plain = !text.contains(is_hidden)
        && read(&format!("x: {text}")).is_ok_and(|node| {
            matches!(&node, Node::Map(entries) if matches!(entries.as_slice(), [(_, Node::Text(read))] if read == text))
        });
    if is_plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            hidden if is_hidden(hidden) => quoted.push_str(&format!("\\U{:08X}", u32::from(hidden))),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// Whether nobody sees a character, or an editor takes it for the end of a line.
fn is_hidden(character: char) -> bool {
    character.is_control() || is_invisible(character) || matches!(character, '\u{2028}' | '\u{2029}')
}

/// The text in quotes of the kind that it does not hold. Where it holds both, its double ones become curly.
pub(super) fn quoted(text: &str) -> String {
    // Between double quotes, a backslash has a meaning of its own.
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if !text.contains('\'') {
        format!("'{text}'")
    } else {
        let mut curly = ["“", "”"].into_iter().cycle();
        let signs = text.chars().map(|character| match character {
            '"' => curly.next().unwrap_or_default().to_owned(),
            '\\' => "\\\\".to_owned(),
            other => other.to_string(),
        });
        format!("\"{}\"", signs.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_as_the_text() {
        for text in ["Soins", "Crise : que faire", "@domicile", "L'accueil", "a \"b\" c", "C:\\x", "\\'", "# un", "-"] {
            for shown in [scalar(text), quoted(text)] {
                let node = read(&format!("x: {shown}")).expect("YAML");
                assert_eq!(node, Node::Map(vec![("x".to_owned(), Node::Text(text.to_owned()))]), "{shown}");
            }
        }
        assert_eq!(scalar("Soins"), "Soins");
        assert_eq!(scalar("Crise : que faire"), "\"Crise : que faire\"");
        assert_eq!(quoted("L'\"accueil\""), "\"L'“accueil”\"");
        // A number or a word for yes is read as written, whatever YAML makes of it.
        assert_eq!(scalar("2027"), "2027");
    }
}
