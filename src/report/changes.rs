//! What is another since an earlier edition, in words: [`lines`].

use crate::register::{Changed, Changes, Named};
use crate::texts::Texts;

/// How many changes are told unless all are asked for.
pub const SHOWN: usize = 10;

/// How many documents are new, changed and removed; nothing where none is.
pub fn counts(changes: &Changes, texts: &Texts) -> Option<String> {
    let counts = [("new", changes.new.len()), ("changed", changes.changed.len()), ("removed", changes.removed.len())];
    let counts = counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| texts.count("changes", key, n));
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// Each change in a line: what is gone first, then what is new, then what is another.
pub fn lines(changes: &Changes, texts: &Texts) -> Vec<String> {
    let named = |key: &'static str| {
        move |one: &Named| texts.get("changes", key, &[("title", one.title.clone()), ("address", one.address.clone())])
    };
    let changed = |one: &Changed| {
        let what = what(one, texts).join(", ");
        texts.get(
            "changes",
            "line-changed",
            &[("title", one.now.title.clone()), ("address", one.now.address.clone()), ("what", what)],
        )
    };
    let removed = changes.removed.iter().map(named("line-removed"));
    let new = changes.new.iter().map(named("line-new"));
    removed.chain(new).chain(changes.changed.iter().map(changed)).collect()
}

/// Fields by their names in the file, parts of the text by their headings.
fn what(one: &Changed, texts: &Texts) -> Vec<String> {
    let moved = one.moved_from.iter().map(|from| texts.get("changes", "moved", &[("address", from.clone())]));
    let parts = one.parts.iter().map(|heading| match heading.as_str() {
        "" => texts.plain("changes", "beginning"),
        heading => texts.get("changes", "part", &[("heading", heading.to_owned())]),
    });
    moved.chain(one.fields.iter().cloned()).chain(parts).collect()
}
