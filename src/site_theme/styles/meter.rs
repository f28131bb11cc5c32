//! A bound on what the style sheets of a site do. The compiler has none of its own: `@while true {}` would keep it for
//! ever, and a mixin that includes itself would take all of the stack.
//!
//! What can be run more than once (loops, functions, mixins) gets a rule of ours as it is read: `@debug 42;`, with the
//! length of what is run. The compiler tells a [`Meter`] of each run, and the meter ends the work when it was too much,
//! or went too deep. It counts and does not look at a clock, so that a slow machine refuses no more than a fast one.

use std::cell::Cell;

use codemap::SpanLoc;

/// How much may be run, in bytes of style sheet: hundreds of times what the built-in look is long.
const MOST: usize = 10 * 1024 * 1024;
/// What a run counts for, however short it is.
const STEP: usize = 100;
/// How many brackets may stand within each other.
const DEEPEST: usize = 100;
/// The stack of the thread that compiles: some thousand calls within each other.
pub(super) const STACK: usize = 16 * 1024 * 1024;
/// How much of it calls may take. The rest is for one more call.
const DEEPEST_STACK: usize = STACK / 4 * 3;

/// Rules whose body may be run any number of times.
const REPEATED: [&str; 5] = ["while", "for", "each", "function", "mixin"];

/// Why a style sheet is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// Too much is done.
    Work,
    /// Calls go too deep.
    Calls,
}

/// Where the work was ended: what a [`Meter`] unwinds with.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) excess: Excess,
    /// The file, as the compiler names it.
    pub(super) file: String,
    /// Line and column in what the compiler read, from 0.
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Counts what is done, for one sheet.
#[derive(Debug)]
pub(super) struct Meter {
    done: Cell<usize>,
    /// Where the stack was when the work began.
    bottom: usize,
}

impl Meter {
    pub(super) fn new() -> Self {
        Self { done: Cell::new(0), bottom: stack_now() }
    }
}

/// About how far the stack reaches: where a value of this call stands.
#[inline(never)]
fn stack_now() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}

impl grass::Logger for Meter {
    fn debug(&self, location: SpanLoc, message: &str) {
        // What a site's own `@debug` says is no number, and counts as a step.
        let done = self.done.get().saturating_add(STEP).saturating_add(message.parse().unwrap_or_default());
        self.done.set(done);
        let excess = match (done > MOST, self.bottom.abs_diff(stack_now()) > DEEPEST_STACK) {
            (_, true) => Excess::Calls,
            (true, false) => Excess::Work,
            (false, false) => return,
        };
        // The compiler asks nobody whether to go on. Unwinding is how it is left; nothing is printed.
        std::panic::resume_unwind(Box::new(Ended {
            excess,
            file: location.file.name().to_owned(),
            line: location.begin.line,
            column: location.begin.column,
        }));
    }

    fn warn(&self, _location: SpanLoc, _message: &str) {}
}

/// A style sheet with our rules in it.
#[derive(Debug)]
pub(super) struct Metered {
    pub(super) text: String,
    /// Where each rule of ours stands in `text`, and its length.
    inserted: Vec<(usize, usize)>,
}

impl Metered {
    /// The byte of the site's own text that a byte of `text` is, or stands before.
    pub(super) fn original(&self, at: usize) -> usize {
        let before = self.inserted.iter().take_while(|(start, _)| *start < at);
        at - before.map(|(start, length)| (*length).min(at - start)).sum::<usize>()
    }
}

/// A place in a style sheet, within what holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// `{ … }`; where the body begins of one that may be run many times.
    Body(Option<usize>),
    /// `( … )` or `[ … ]`.
    Brackets,
    /// `url( … )`, in which `//` begins no comment.
    Url,
    /// `#{ … }`.
    Interpolation,
    /// A text in quotes.
    Text(u8),
}

/// The sheet with our rules.
///
/// # Errors
/// Where brackets stand within each other too deep: the compiler would follow them until the stack is full.
pub(super) fn metered(text: &str) -> Result<Metered, usize> {
    let bytes = text.as_bytes();
    let mut bodies: Vec<(usize, usize)> = Vec::new();
    let mut within: Vec<Within> = Vec::new();
    // Whether the next body, at this depth, is that of a rule that may be run many times.
    let mut repeated: Option<usize> = None;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text.as_bytes()[at..];
        if within.len() > DEEPEST {
            return Err(at - 1);
        }
        if let Some(Within::Text(quote)) = within.last().copied() {
            at += match rest {
                [b'\\', _, ..] => 2,
                [b'#', b'{', ..] => open(&mut within, Within::Interpolation, 2),
                [sign, ..] if *sign == quote || *sign == b'\n' => close(&mut within),
                _ => 1,
            };
            continue;
        }
        at += match rest {
            [b'/', b'*', ..] => find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4),
            [b'/', b'/', ..] if within.last() != Some(&Within::Url) => find(rest, b"\n").unwrap_or(rest.len()),
            [b'\\', _, ..] => 2,
            [quote @ (b'"' | b'\''), ..] => open(&mut within, Within::Text(*quote), 1),
            [b'#', b'{', ..] => open(&mut within, Within::Interpolation, 2),
            [b'(', ..] if text[..at].ends_with("url") => open(&mut within, Within::Url, 1),
            [b'(' | b'[', ..] => open(&mut within, Within::Brackets, 1),
            [b'{', ..] => {
                let is_repeated = repeated == Some(within.len());
                repeated = repeated.filter(|_| !is_repeated);
                open(&mut within, Within::Body(is_repeated.then_some(at + 1)), 1)
            }
            [b')' | b']' | b'}', ..] => {
                if let Some(Within::Body(Some(start))) = within.last() {
                    bodies.push((*start, at - start));
                }
                close(&mut within)
            }
            [b';', ..] => {
                repeated = repeated.filter(|depth| *depth != within.len());
                1
            }
            [b'@', name @ ..] => {
                let length = name.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'-').count();
                let is_repeated = REPEATED.iter().any(|rule| rule.as_bytes() == &name[..length]);
                repeated = if is_repeated { Some(within.len()) } else { repeated };
                1 + length
            }
            _ => 1,
        };
    }
    bodies.sort_unstable();
    Ok(with_rules(text, &bodies))
}

fn with_rules(text: &str, bodies: &[(usize, usize)]) -> Metered {
    let mut metered = Metered { text: String::with_capacity(text.len()), inserted: Vec::with_capacity(bodies.len()) };
    let mut copied = 0;
    for (start, length) in bodies {
        metered.text.push_str(&text[copied..*start]);
        let rule = format!("@debug {length};");
        metered.inserted.push((metered.text.len(), rule.len()));
        metered.text.push_str(&rule);
        copied = *start;
    }
    metered.text.push_str(&text[copied..]);
    metered
}

fn open(within: &mut Vec<Within>, what: Within, length: usize) -> usize {
    within.push(what);
    length
}

fn close(within: &mut Vec<Within>) -> usize {
    within.pop();
    1
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_may_be_run_many_times_gets_a_rule() {
        let check = |text: &str, expected: &str| {
            let made = metered(text).expect("not too deep");
            assert_eq!(made.text, expected);
            for (at, _) in made.text.char_indices().filter(|(at, _)| !expected[*at..].starts_with("@debug")) {
                let is_ours = made.inserted.iter().any(|(start, length)| (*start..start + length).contains(&at));
                assert!(is_ours || text[made.original(at)..].starts_with(&made.text[at..at + 1]), "{at} in {expected}");
            }
        };
        check("@while true {}", "@while true {@debug 0;}");
        check("@mixin m($a: \"{\") { a { b: c } }", "@mixin m($a: \"{\") {@debug 12; a { b: c } }");
        check(
            "@each $x in a, #{b} { .#{$x} { @include m; } }",
            "@each $x in a, #{b} {@debug 24; .#{$x} { @include m; } }",
        );
        check(
            "@function f($a) { @for $i from 1 through 3 {} }",
            "@function f($a) {@debug 29; @for $i from 1 through 3 {@debug 0;} }",
        );
        check(
            "// @while true {\n/* @for { */ a { b: \"@each {\"; }",
            "// @while true {\n/* @for { */ a { b: \"@each {\"; }",
        );
        check("a { b: url(//x.org/{); } @media print { c {} }", "a { b: url(//x.org/{); } @media print { c {} }");
        check(
            "a { b: \"#{f(\"x\")} }\"; @for $i from 1 to 2 { c: d } }",
            "a { b: \"#{f(\"x\")} }\"; @for $i from 1 to 2 {@debug 6; c: d } }",
        );
        assert_eq!(metered(&"a {".repeat(200)).expect_err("too deep"), 300 + 2);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "(@while|@mixin|[{}()\\[\\]\"'#;/*@éa \n\\\\])*") {
            if let Ok(made) = metered(&text) {
                prop_assert_eq!(made.original(made.text.len()), text.len());
            }
        }
    }
}
