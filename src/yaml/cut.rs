//! Values that end earlier than their author sees: at a `#` that was no comment.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::parse::readable;
use super::places::ByteIndex;
use super::scalar::quoted;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fold::is_no_break;
use crate::source::ContentPath;

/// A value of so many characters is not written out again in full.
const LONGEST_SHOWN: usize = 120;

/// A scalar of the text: where it stands, and whether it has no quotes.
struct Scalar {
    start: usize,
    end: usize,
    is_plain: bool,
}

/// Where values without quotes are cut by a sign that is glued to what follows it, as in `Module #2`: whoever writes a
/// comment leaves a space there. `text` stands at byte `offset` of its file, and can be read.
pub(crate) fn cut_values(file: &ContentPath, text: &str, offset: usize) -> Vec<Diagnostic> {
    // Few files have such a sign at all, and only those are read once more.
    let signs = text.match_indices('#').map(|(at, _)| at).filter(|at| is_cut(text, *at));
    let signs: Vec<usize> = signs.collect();
    if signs.is_empty() {
        return Vec::new();
    }
    let text = &*readable(text);
    let bytes = ByteIndex::new(text, 0);
    let scalars = Parser::new_from_str(text).map_while(Result::ok).filter_map(|(event, span)| match event {
        Event::Scalar(_, style, ..) => {
            let (start, end) = (bytes.byte(span.start.index()), bytes.byte(span.end.index()));
            (start < end).then_some(Scalar { start, end, is_plain: style == ScalarStyle::Plain })
        }
        _ => None,
    });
    let scalars: Vec<Scalar> = scalars.collect();
    let mut found = Vec::new();
    let mut done = 0;
    for sign in signs {
        // The first sign of a line makes a comment of all that follows.
        if sign < done {
            continue;
        }
        let Some(value) = value_before(text, &scalars, sign) else { continue };
        let line = text[sign..].split(['\n', '\r']).next().unwrap_or_default();
        done = sign + line.len();
        // What a comment of the usual form says behind it is none of the value.
        let cut =
            [" # ", "\t# "].iter().filter_map(|mark| line.find(mark)).min().map_or(line, |end| &line[..end]).trim_end();
        let diagnostic = Diagnostic::new(Code::CutValue, file, Place::Span(offset + sign..offset + sign + cut.len()));
        let whole = format!("{}{cut}", &text[sign - value.behind..sign]);
        let is_short = whole.chars().count() <= LONGEST_SHOWN && !whole.starts_with(['&', '*', '!']);
        let diagnostic = match value.text {
            "" => diagnostic.message("message-empty"),
            text if is_no_prose(text) => diagnostic.help("help-comment"),
            _ => diagnostic,
        };
        let diagnostic = if is_short || diagnostic.help != "help" { diagnostic } else { diagnostic.help("help-long") };
        found.push(diagnostic.arg("text", cut).arg("whole", quoted(&whole)));
    }
    found
}

/// Where a comment begins that looks like none, in a text or right behind the sign of a line.
pub(super) fn is_cut(text: &str, at: usize) -> bool {
    text[at..].strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        && text[..at].ends_with(|c: char| matches!(c, ' ' | '\t') || is_no_break(c))
}

/// What stands before a sign.
struct Value<'t> {
    text: &'t str,
    /// How many bytes before the sign it begins.
    behind: usize,
}

/// The value that a sign cuts; `None` where it cuts nothing: in quotes, in a comment, behind a list.
fn value_before<'t>(text: &'t str, scalars: &[Scalar], sign: usize) -> Option<Value<'t>> {
    let before = text[..sign].trim_end_matches([' ', '\t']);
    let last = scalars.partition_point(|scalar| scalar.start < sign).checked_sub(1).map(|index| &scalars[index]);
    if let Some(scalar) = last {
        if !scalar.is_plain && scalar.end > sign {
            return None;
        }
        let written = text[scalar.start..scalar.end].trim_end();
        if scalar.is_plain && scalar.start + written.len() == before.len() {
            return Some(Value { text: written, behind: sign - scalar.start });
        }
    }
    // Nothing but a key or the hyphen of an item stands before it, and no other comment.
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
    let is_comment = line.trim_start().starts_with('#') || line.contains(" #") || line.contains("\t#");
    let is_item = !line.trim().is_empty() && line.trim().chars().all(|c| matches!(c, '-' | ' '));
    (!is_comment && (is_item || line.ends_with(':'))).then_some(Value { text: "", behind: 0 })
}

/// Whether a value is a number, a date, an address or the like: quotes and more words would make something else of it.
fn is_no_prose(value: &str) -> bool {
    let is_answer = ["oui", "non", "vrai", "faux", "yes", "no", "true", "false"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word));
    is_answer || value.contains("://") || value.contains('@') || !value.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, cut: &[(&str, &str, &str)]) {
        let found = cut_values(&ContentPath::new("x.md"), text, 10);
        let told = found.iter().map(|one| {
            let Place::Span(span) = &one.primary.place else { panic!("a span") };
            (&text[span.start - 10..span.end - 10], one.help, one.args[1].1.as_str())
        });
        assert_eq!(told.collect::<Vec<_>>(), cut, "{text}");
    }

    #[test]
    fn values_are_cut_by_a_sign_before_a_word_and_not_by_a_comment() {
        check("titre: Module #2 à Lyon  \nx: é", &[("#2 à Lyon", "help", "\"Module #2 à Lyon\"")]);
        check("titre: A #1 # note #2\n", &[("#1", "help", "\"A #1\"")]);
        check("a:\n  - é #un\n  - b # deux\n  - \"c\" #trois\n", &[("#un", "help", "\"é #un\"")]);
        check("a: [x, y] #z\nb: \"c #d\"\ne: |\n  f #g\n#h\nc: d#e\ni: # j\n  #k\nl: 'm\n  n #o'", &[]);
        check("a: x\n  y #z\n", &[("#z", "help", "\"x\n  y #z\"")]);
        check("a: x # y: #z\nb: # c: #d\n", &[]);
    }

    #[test]
    fn values_that_begin_with_the_sign_are_lost_whole() {
        check(
            "a: #MeToo, oui\nb:\n  - #1 Se taire\n",
            &[("#MeToo, oui", "help", "\"#MeToo, oui\""), ("#1 Se taire", "help", "\"#1 Se taire\"")],
        );
    }

    #[test]
    fn what_is_proposed_fits_the_value() {
        for value in ["2026-01-01", "100", "non", "https://example.org", "a@example.org"] {
            check(&format!("a: {value} #b"), &[("#b", "help-comment", &format!("\"{value} #b\""))]);
        }
        let long = "a ".repeat(70);
        check(&format!("a: {long}#b"), &[("#b", "help-long", &format!("\"{long}#b\""))]);
        check("a: &x b #c", &[("#c", "help-long", "\"&x b #c\"")]);
    }

    #[test]
    fn spaces_of_french_keyboards_are_seen_through() {
        check("titre:\u{A0}Écouter #1\ncode: A #3", &[("#1", "help", "\"Écouter #1\""), ("#3", "help", "\"A #3\"")]);
    }

    #[test]
    fn a_list_on_one_long_line_is_read_in_linear_work() {
        let text = format!("x: [{}]\ny: a #b\n", "é, ".repeat(100_000));
        let start = std::time::Instant::now();
        check(&text, &[("#b", "help", "\"a #b\"")]);
        check(&format!("x: \"{}\"\n", "a #b".repeat(100_000)), &[]);
        // Generous for slow machines; what is quadratic takes minutes here.
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
