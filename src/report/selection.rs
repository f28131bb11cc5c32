//! How much of a long report people are shown: [`select`]. Machines are given all of it.
//!
//! One slip in a file that is made by a program, or one setting, may be told thousands of times. Nobody reads that,
//! and what comes last on a terminal is all that is seen. So some of a kind stand for the rest, errors first, and it
//! is said how many more there are.

use std::collections::BTreeMap;

use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Severity};

use crate::texts::Texts;

use super::Found;
use super::frame::{FrameStyle, frame};

/// How many of one code in one file are shown.
const SAME: usize = 10;
/// How many are shown in all.
const ALL: usize = 100;

/// What is shown, in order, and how many are not.
#[derive(Debug, Default)]
pub struct Selection<'a> {
    /// What is shown.
    pub shown: Vec<Shown<'a>>,
    /// How many are left out of which nothing else is said.
    pub left_out: usize,
}

/// One thing that is shown.
#[derive(Debug)]
pub enum Shown<'a> {
    /// A diagnostic.
    Found(&'a Found),
    /// In place of others of one code in one file.
    More {
        /// Their code.
        code: Code,
        /// Their file.
        file: &'a ContentPath,
        /// How many they are.
        n: usize,
    },
}

impl<'a> Selection<'a> {
    /// All of it.
    pub fn whole(found: impl IntoIterator<Item = &'a Found>) -> Self {
        Self { shown: found.into_iter().map(Shown::Found).collect(), left_out: 0 }
    }

    /// Whether something is not shown.
    pub fn is_cut(&self) -> bool {
        self.left_out > 0 || self.shown.iter().any(|one| matches!(one, Shown::More { .. }))
    }
}

impl Shown<'_> {
    /// The file that it is about.
    pub fn file(&self) -> &ContentPath {
        match self {
            Self::Found(found) => &found.primary.file,
            Self::More { file, .. } => file,
        }
    }

    /// What is said of it.
    pub fn text(&self, texts: &Texts, style: FrameStyle) -> String {
        match self {
            Self::Found(found) => frame(found, texts, style),
            Self::More { code, file, n } => {
                let parts = [("n", n.to_string()), ("code", code.to_string()), ("file", file.to_string())];
                texts.get("summary", "more-of-a-kind", &parts)
            }
        }
    }
}

/// How many there are of one code in one file, and how many of them are shown.
#[derive(Default)]
struct Kind {
    all: usize,
    shown: usize,
}

/// Some of each kind, in the order of `found`.
pub fn select<'a>(found: &[&'a Found]) -> Selection<'a> {
    let mut kinds: BTreeMap<(&ContentPath, Code), Kind> = BTreeMap::new();
    let mut ranks = Vec::with_capacity(found.len());
    for one in found {
        let kind = kinds.entry(kind_of(one)).or_default();
        ranks.push(kind.all);
        kind.all += 1;
    }
    let is_error = |one: &Found| one.diagnostic.severity == Severity::Error;
    let errors = ranks.iter().zip(found).filter(|(rank, one)| **rank < SAME && is_error(one)).count();
    // Errors have the room first; warnings have what they leave, and never nothing.
    let (mut for_errors, mut for_others) = (ALL, ALL.saturating_sub(errors).max(SAME));
    let mut is_shown = Vec::with_capacity(found.len());
    for (one, rank) in found.iter().zip(&ranks) {
        let room = if is_error(one) { &mut for_errors } else { &mut for_others };
        let fits = *rank < SAME && *room > 0;
        *room -= usize::from(fits);
        kinds.entry(kind_of(one)).or_default().shown += usize::from(fits);
        is_shown.push(fits);
    }
    let mut selection = Selection::default();
    for (index, one) in found.iter().enumerate() {
        let kind = &kinds[&kind_of(one)];
        // Where some are shown and there are many more, one line stands for all the others.
        let has_line = kind.all > SAME && kind.shown > 0;
        if is_shown[index] {
            selection.shown.push(Shown::Found(one));
        } else if !has_line {
            selection.left_out += 1;
        } else if ranks[index] == SAME {
            let (file, code) = kind_of(one);
            selection.shown.push(Shown::More { code, file, n: kind.all - kind.shown });
        }
    }
    selection
}

fn kind_of(found: &Found) -> (&ContentPath, Code) {
    (&found.primary.file, found.diagnostic.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place};
    use crate::report::Located;

    fn found(file: &str, code: Code, n: usize) -> Vec<Found> {
        let file = ContentPath::new(file);
        let one = |line| Found {
            diagnostic: Diagnostic::new(code, &file, Place::Start),
            primary: Located { file: file.clone(), line, column: 1, end: (line, 1), text: None, excerpt: None },
            secondary: Vec::new(),
        };
        (1..=n).map(one).collect()
    }

    fn told(found: &[Found]) -> (usize, Vec<usize>, usize) {
        let selection = select(&found.iter().collect::<Vec<_>>());
        let shown = selection.shown.iter().filter(|one| matches!(one, Shown::Found(_))).count();
        let more = selection.shown.iter().filter_map(|one| match one {
            Shown::More { n, .. } => Some(*n),
            Shown::Found(_) => None,
        });
        (shown, more.collect(), selection.left_out)
    }

    #[test]
    fn what_is_little_is_shown_whole() {
        assert_eq!(told(&found("a.md", Code::DeadLink, 10)), (10, vec![], 0));
        assert_eq!(told(&[]), (0, vec![], 0));
    }

    #[test]
    fn some_stand_for_the_others_of_their_file() {
        let mut all = found("a.md", Code::DeadLink, 5_000);
        all.extend(found("b.md", Code::UnknownKey, 11));
        assert_eq!(told(&all), (20, vec![4_990, 1], 0));
    }

    #[test]
    fn errors_are_shown_before_warnings_and_every_one_is_counted() {
        let mut all: Vec<Found> = (0..300).flat_map(|n| found(&format!("{n:03}.md"), Code::UnknownKey, 1)).collect();
        all.extend(found("z.md", Code::DeadLink, 95));
        assert_eq!(told(&all), (100, vec![85], 210), "ten errors, ninety warnings");
        all.extend((0..300).flat_map(|n| found(&format!("z{n:03}.md"), Code::DeadLink, 12)));
        let (shown, more, left_out) = told(&all);
        assert_eq!(shown, ALL + SAME);
        assert_eq!(shown + more.iter().sum::<usize>() + left_out, all.len());
    }
}
