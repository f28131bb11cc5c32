//! Values that end earlier than their author sees: at a ` #` that was no comment.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::places::ByteIndex;
use super::scalar::quoted;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::ContentPath;

/// Where values without quotes are cut by a sign that is glued to what follows it, as in `Module #2`: whoever writes a
/// comment leaves a space there. `text` stands at byte `offset` of its file.
pub(crate) fn cut_values(file: &ContentPath, text: &str, offset: usize) -> Vec<Diagnostic> {
    // Few files have such a sign at all, and only those are read once more.
    let signs =
        text.match_indices('#').filter(|(at, _)| begins_cut(&text[*at..]) && text[..*at].ends_with([' ', '\t']));
    if signs.count() == 0 {
        return Vec::new();
    }
    let bytes = ByteIndex::new(text, 0);
    let mut found = Vec::new();
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        if !matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..)) {
            continue;
        }
        let (start, end) = (bytes.byte(span.start.index()), bytes.byte(span.end.index()));
        let Some(value) = text.get(start..end).map(str::trim_end).filter(|value| !value.is_empty()) else { continue };
        let rest = &text[start + value.len()..];
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if gap == 0 || !begins_cut(&rest[gap..]) {
            continue;
        }
        // Looked for here and not before: on a line of a megabyte, most values are followed by others.
        let rest = rest.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        let at = offset + start + value.len() + gap;
        let diagnostic = Diagnostic::new(Code::CutValue, file, Place::Span(at..at + rest.len() - gap));
        let diagnostic = diagnostic.arg("text", &rest[gap..]).arg("whole", quoted(&format!("{value}{rest}")));
        found.push(diagnostic);
    }
    found
}

fn begins_cut(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, cut: &[(&str, &str)]) {
        let found = cut_values(&ContentPath::new("x.md"), text, 10);
        let told = found.iter().map(|one| {
            let Place::Span(span) = &one.primary.place else { panic!("a span") };
            (&text[span.start - 10..span.end - 10], one.args[1].1.as_str())
        });
        assert_eq!(told.collect::<Vec<_>>(), cut, "{text}");
    }

    #[test]
    fn values_are_cut_by_a_sign_before_a_word_and_not_by_a_comment() {
        check("titre: Module #2 à Lyon  \nx: é", &[("#2 à Lyon", "\"Module #2 à Lyon\"")]);
        check("a:\n  - é #un\n  - b # deux\n  - \"c\" #trois\n", &[("#un", "\"é #un\"")]);
        check("a: [x, y] #z\nb: \"c #d\"\ne: |\n  f #g\n#h\nc: d#e\ni: # j\nk: #l", &[]);
        check("a: x\n  y #z\n", &[("#z", "\"x\n  y #z\"")]);
    }

    #[test]
    fn a_list_on_one_long_line_is_read_in_linear_work() {
        let text = format!("x: [{}]\ny: a #b\n", "é, ".repeat(100_000));
        let start = std::time::Instant::now();
        check(&text, &[("#b", "\"a #b\"")]);
        // Generous for slow machines; what is quadratic takes minutes here.
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
