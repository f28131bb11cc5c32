//! Where a diagnostic is shown, and how.

use super::frame::{FrameStyle, frame, sentences};
use super::*;
use crate::diagnostic::{Code, Part, Step, YamlPath};
use crate::lang::Lang;
use crate::texts::Texts;

fn found(text: &str, place: Place) -> Found {
    let file = ContentPath::new("content/modules/x.md");
    let bytes: Arc<[u8]> = text.as_bytes().into();
    let diagnostic = Diagnostic::new(Code::DeadLink, &file, place).arg("target", "y.md");
    let mut all = resolve(vec![diagnostic.clone(), diagnostic], &|_| Some(bytes.clone()));
    assert_eq!(all.len(), 1, "each is told once");
    all.remove(0)
}

fn key(name: &str) -> YamlPath {
    YamlPath::default().with(Step::Key(name.to_owned(), 0))
}

#[test]
fn places_are_those_of_the_whole_file() {
    let text = "\u{FEFF}---\r\ntitre: « Été »\r\npublié: 2026\r\n---\r\n\r\ncorps [é](y.md)\r\n";
    let check = |place: Place, position: (usize, usize)| {
        let primary = found(text, place).primary;
        assert_eq!((primary.line, primary.column), position);
    };
    check(Place::File, (1, 1));
    check(Place::Start, (1, 1));
    check(Place::Yaml(key("publié"), Part::Key), (3, 1));
    check(Place::Yaml(key("publié"), Part::Value), (3, 9));
    check(Place::Yaml(YamlPath::default(), Part::Value), (1, 1));
    let link = text.find("[é]").expect("in the text");
    check(Place::Span(link..link + 9), (6, 7));
    check(Place::Span(99_999..99_999), (7, 1));
}

#[test]
fn a_very_long_line_is_cut_around_what_is_meant() {
    let text = format!("{}[é](y.md){}", "é".repeat(1_000_000), "x".repeat(1_000_000));
    let at = 2_000_000;
    let primary = found(&text, Place::Span(at..at + 10)).primary;
    assert_eq!((primary.line, primary.column), (1, 1_000_001));
    let excerpt = primary.excerpt.expect("shown");
    assert!(excerpt.text.len() < 2_000);
    assert_eq!(&excerpt.text[excerpt.span], "[é](y.md)");
}

#[test]
fn a_span_over_many_lines_is_told_by_its_first_ones() {
    let text = "un\ndeux\ntrois\nquatre\ncinq\n";
    let excerpt = found(text, Place::Span(3..text.len())).primary.excerpt.expect("shown");
    assert_eq!((excerpt.text.as_str(), excerpt.first_line), ("deux\ntrois\nquatre", 2));
    assert_eq!(excerpt.span, 0..17);
}

#[test]
fn any_span_in_any_bytes_can_be_shown() {
    for bytes in [&b"---\nt: \xFF\xFE\n---\n"[..], b"", b"\xEF\xBB\xBF", "é\u{FEFF}\u{FEFF}é".as_bytes(), b"\n\n\n"] {
        let file = ContentPath::new("x.md");
        let known: Arc<[u8]> = bytes.into();
        for start in 0..bytes.len() + 3 {
            for end in start..bytes.len() + 3 {
                let diagnostic = Diagnostic::new(Code::NotUtf8, &file, Place::Span(start..end));
                for one in resolve(vec![diagnostic], &|_| Some(known.clone())) {
                    let style = FrameStyle { colour: false, width: 40 };
                    assert!(!frame(&one, Texts::of(Lang::French), style).is_empty());
                }
            }
        }
    }
}

#[test]
fn the_frame_shows_the_place_what_is_wrong_and_what_to_do() {
    let text = "---\ntitre: x\n---\nVoir [la suite](y.md).\n";
    let at = text.find("[la").expect("in the text");
    let one = found(text, Place::Span(at..at + 16));
    let style = FrameStyle { colour: false, width: 80 };
    let shown = frame(&one, Texts::of(Lang::French), style);
    for part in
        ["erreur[dead-link]: ", "content/modules/x.md:4:6", "4 | Voir [la suite](y.md).", "^^^^^^^^^^^^^^^^", "aide: "]
    {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
}

/// A line of megabytes with a slip on each of its words, and one slip that holds them all each time: counting along
/// the line for each would take minutes.
#[test]
fn many_slips_on_one_long_line_are_placed_in_linear_work() {
    let text: Arc<[u8]> = "écoute ".repeat(700_000).into_bytes().into();
    let file = ContentPath::new("content/modules/x.md");
    let spans = (0..20_000).flat_map(|n| [n * 240..n * 240 + 7, n * 240..text.len()]);
    let diagnostics: Vec<Diagnostic> =
        spans.map(|span| Diagnostic::new(Code::DeadLink, &file, Place::Span(span))).collect();
    let found = resolve(diagnostics, &|_| Some(Arc::clone(&text)));
    assert_eq!(found.len(), 40_000);
    let last = &found[39_999].primary;
    assert_eq!((last.line, last.column), (1, 19_999 * 210 + 1));
    assert!(found.iter().all(|one| one.primary.excerpt.as_ref().is_some_and(|excerpt| excerpt.text.len() < 1_000)));
}

/// As many blank lines as there are slips about what is missing.
#[test]
fn what_is_missing_below_many_blank_lines_is_placed_in_linear_work() {
    let text: Arc<[u8]> = format!("{}---\ntitre: x\n---\n", "\n".repeat(1_000_000)).into_bytes().into();
    let file = ContentPath::new("content/modules/x.md");
    let missing = |n: usize| Diagnostic::new(Code::MissingTitle, &file, Place::Start).arg("n", n.to_string());
    let found = resolve((0..20_000).map(missing).collect(), &|_| Some(Arc::clone(&text)));
    assert!(found.iter().all(|one| one.primary.line == 1_000_001));
}

#[test]
fn the_end_of_a_line_is_not_shown() {
    for ending in ["\n", "\r\n", "\r"] {
        let text = format!("---{ending}titre: x{ending}---{ending}");
        for span in [text.find("titre").expect("there")..text.find('x').expect("there") + 1, 0..text.len()] {
            let one = found(&text, Place::Span(span));
            let excerpt = one.primary.excerpt.as_ref().expect("shown");
            assert!(excerpt.text.ends_with(['x', '-']), "{excerpt:?}");
            let shown = frame(&one, Texts::of(Lang::French), FrameStyle { colour: false, width: 80 });
            assert!(!shown.contains('␍'), "{shown}");
        }
    }
}

#[test]
fn nothing_that_an_author_wrote_reaches_the_terminal_as_a_command() {
    let texts = Texts::of(Lang::French);
    let file = ContentPath::new("content/a\u{1B}[2J\nerror[x]: \u{202E}b.md");
    for place in [Place::File, Place::Span(0..4)] {
        let diagnostic =
            Diagnostic::new(Code::DeadLink, &file, place).arg("target", "\u{1B}]0;x\u{7}\u{9B}\t\u{202E}y");
        let text: Arc<[u8]> = "\u{1B}[31m\u{9B}31m\u{85}\u{202E}\u{7}".as_bytes().into();
        let found = resolve(vec![diagnostic], &|_| Some(text.clone()));
        let shown = frame(&found[0], texts, FrameStyle { colour: false, width: 80 });
        let is_command = |c: char| c.is_control() && c != '\n' || c == '\u{202E}';
        assert!(!shown.contains(is_command), "{shown:?}");
        assert!(!shown.lines().any(|line| line.starts_with("error[x]")), "{shown}");
    }
}

#[test]
fn a_value_of_a_megabyte_does_not_hide_the_sentence() {
    let file = ContentPath::new("content/modules/x.md");
    let diagnostic = Diagnostic::new(Code::DeadLink, &file, Place::Start).arg("target", "é".repeat(1_000_000));
    let (message, help) = sentences(&diagnostic, Texts::of(Lang::French));
    assert!(message.len() + help.len() < 2_000 && message.contains("éé…"), "{message}");
}
