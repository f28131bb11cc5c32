//! Writing YAML as an author would: [`written`] gives a text as it stands behind a key or in a list.

use std::fmt::Write as _;

use super::parse::{Node, read};

/// The text as YAML that is read back as the same text: as it is where that can be, else in quotes.
///
/// What is written is one line. Characters that nobody sees are written by their number.
///
/// ```
/// use brochure::yaml::written;
/// assert_eq!(written("2 jours (14 h)"), "2 jours (14 h)");
/// assert_eq!(written("Crise : que faire"), "\"Crise : que faire\"");
/// assert_eq!(written("L'\"accueil\" : où"), "'L''\"accueil\" : où'");
/// ```
pub fn written(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let is_visible = !text.contains(|c: char| c.is_control() || is_hidden(c));
    match (is_visible, text.contains(['"', '\\'])) {
        (true, false) => format!("\"{text}\""),
        (true, true) => format!("'{}'", text.replace('\'', "''")),
        (false, _) => escaped(text),
    }
}

/// Whether the text can do without quotes, behind a key and as an item.
fn is_plain(text: &str) -> bool {
    let begins_well = text.starts_with(|c: char| c.is_alphanumeric()) && !text.ends_with(char::is_whitespace);
    if !begins_well || text.contains(|c: char| c.is_control() || is_hidden(c)) {
        return false;
    }
    let expected = |node: &Node| node.scalar().as_deref() == Some(text) && !matches!(node, Node::Null);
    read(&format!("x: {text}\ny:\n  - {text}\n")).is_ok_and(|node| match node {
        Node::Map(entries) => match entries.as_slice() {
            [(_, value), (_, Node::List(items))] => expected(value) && items.len() == 1 && expected(&items[0]),
            _ => false,
        },
        _ => false,
    })
}

/// Characters that a reader of YAML takes for the end of a line or of the file, that change the direction of what
/// stands around them, or that have no width. The space that does not break is one: behind a colon it is none to YAML.
fn is_hidden(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn escaped(text: &str) -> String {
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if c.is_control() || is_hidden(c) => {
                // Writing to a text cannot fail.
                let _ = write!(written, "\\u{:04X}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content_path::ContentPath;
    use crate::fold::is_noncharacter;

    /// What the program reads behind a key and in a list, as it reads front matter.
    fn read_back(text: &str) -> [Option<String>; 2] {
        let yaml = format!("---\ntitre: x\nun: {0}\ndeux:\n  - {0}\n", written(text));
        let node = super::super::parse(&ContentPath::new("content/modules/x.md"), &yaml, 0).expect("YAML");
        let Node::Map(entries) = node else { panic!("a map: {yaml}") };
        let Node::List(items) = &entries[2].1 else { panic!("a list: {yaml}") };
        [entries[1].1.scalar(), items[0].scalar()]
    }

    fn check(text: &str) {
        assert_eq!(read_back(text), [Some(text.to_owned()), Some(text.to_owned())], "{}", written(text));
    }

    #[test]
    fn awkward_texts_are_read_back() {
        let texts = [
            "Soins",
            "Crise : que faire",
            "@domicile",
            "L'accueil",
            "a \"b\" c",
            "C:\\x",
            "\\'",
            "# un",
            "Module #2",
            "-",
            "- x",
            "? x",
            "oui",
            "true",
            "null",
            "~",
            "3.10",
            "007",
            "1e3",
            "0x1F",
            "2027-03-25",
            "12:30",
            " a ",
            "a\nb",
            "a\u{A0}: b",
            "Titre\u{A0}: x",
            "[a]",
            "{a}",
            "a, b",
            "%x",
            "`x`",
            "|",
            ">",
            "&a",
            "*a",
            "!a",
            "",
            "'",
            "\"",
            "'\"",
            "a:",
            "a #",
            "\u{85}",
            "\u{2028}",
            "---",
            "...",
            "+33 1",
            "1 200",
            "é",
            "=",
            "<<",
            "a\tb",
            "\u{7f}",
            "9_000",
            ".5",
            "5.",
            "1:30:00",
            "\u{200b}x",
            "x: \u{A0}y",
        ];
        texts.iter().for_each(|text| check(text));
        assert_eq!(written("gratuit pour tous"), "gratuit pour tous");
        assert_eq!(written("450"), "450");
        assert_eq!(written("3.10"), "\"3.10\"");
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in any::<String>()) {
            prop_assume!(!text.contains(is_noncharacter));
            check(&text);
        }

        #[test]
        fn any_text_of_signs_is_read_back(text in "[-:#?!&*|>'\"%@`,{}\\[\\] a1~\\\\\n\t\u{A0}.+=]{0,12}") {
            check(&text);
        }
    }
}
