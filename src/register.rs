//! [`Register`]: what a site says, document by document, in so few words that two editions of it can be compared, and
//! [`Changes`], what is another between them.
//!
//! It holds ids, titles and addresses, which everybody can read on the site, and a digest of each field and of each
//! section: enough to name what was changed, and nothing of what was written. It stands in the manifest, so the last
//! edition is known wherever the last site is. Only the addresses of documents are counted: that a list has a page less
//! is no loss.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::content_path::ContentPath;

/// The published documents of one edition, by kind and id (`modules/ecouter`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Register(pub BTreeMap<String, Entry>);

/// One published document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// Its address, from the site's root and without `/` in front.
    pub address: String,
    /// A digest of each field of its front matter, by the name that the file gives it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// A digest of each part of its text, by its heading; what stands before the first one has none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, String>,
    /// Its file, while this edition is at hand.
    #[serde(skip)]
    pub file: Option<ContentPath>,
}

/// What is another in the later of two editions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Documents that were not there.
    pub new: Vec<Named>,
    /// Documents that say something else, or stand elsewhere.
    pub changed: Vec<Changed>,
    /// Documents that are not there any more.
    pub removed: Vec<Named>,
    /// Addresses at which nothing stands any more.
    pub lost: Vec<Named>,
}

/// A document, or where it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Kind and id: `modules/ecouter`.
    pub id: String,
    /// The title.
    pub title: String,
    /// The address, with a `/` in front.
    pub address: String,
}

/// A document that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The document, as it is now.
    #[serde(flatten)]
    pub now: Named,
    /// Where it stood, if that was elsewhere.
    pub moved_from: Option<String>,
    /// The fields of its front matter that are others, by their names in the file.
    pub fields: Vec<String>,
    /// The headings of the parts of its text that are others; empty for the beginning.
    pub parts: Vec<String>,
}

impl Register {
    /// The register that a manifest holds, as far as it can be understood.
    pub fn from_value(value: serde_json::Value) -> Option<Self> {
        serde_json::from_value(value).ok()
    }

    /// As it stands in a manifest.
    pub fn to_value(&self) -> serde_json::Value {
        // Texts and maps of them: nothing that JSON cannot say.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// What is another than it was in `before`. `stands` tells whether anything stands at an address now.
    pub fn since(&self, before: &Self, stands: &dyn Fn(&str) -> bool) -> Changes {
        let (now, before) = (&self.0, &before.0);
        let named = |(id, entry): (&String, &Entry)| Named::new(id, entry);
        Changes {
            new: now.iter().filter(|(id, _)| !before.contains_key(*id)).map(named).collect(),
            changed: now.iter().filter_map(|(id, entry)| Changed::of(id, entry, before.get(id)?)).collect(),
            removed: before.iter().filter(|(id, _)| !now.contains_key(*id)).map(named).collect(),
            lost: before.iter().filter(|(_, entry)| !stands(&entry.address)).map(named).collect(),
        }
    }
}

impl Changes {
    /// Whether both editions are the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Named {
    fn new(id: &str, entry: &Entry) -> Self {
        Self { id: id.to_owned(), title: entry.title.clone(), address: format!("/{}", entry.address) }
    }
}

impl Changed {
    fn of(id: &str, now: &Entry, before: &Entry) -> Option<Self> {
        let changed = Self {
            now: Named::new(id, now),
            moved_from: (now.address != before.address).then(|| format!("/{}", before.address)),
            fields: differing(&before.fields, &now.fields),
            parts: differing(&before.parts, &now.parts),
        };
        let is_same = changed.moved_from.is_none() && changed.fields.is_empty() && changed.parts.is_empty();
        (!is_same).then_some(changed)
    }
}

/// The names under which two maps have different things.
fn differing(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != now.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(address: &str, fields: &[(&str, &str)], parts: &[(&str, &str)]) -> Entry {
        let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let (title, address) = ("Titre".to_owned(), address.to_owned());
        Entry { title, address, fields: map(fields), parts: map(parts), file: None }
    }

    fn register(entries: &[(&str, Entry)]) -> Register {
        Register(entries.iter().map(|(id, entry)| ((*id).to_owned(), entry.clone())).collect())
    }

    #[test]
    fn what_is_another_is_named_and_nothing_else() {
        let before = register(&[
            ("modules/a", entry("modules/a/", &[("tarif", "1"), ("titre", "2")], &[("", "3"), ("Programme", "4")])),
            ("modules/b", entry("modules/b/", &[], &[])),
            ("modules/c", entry("modules/c/", &[], &[])),
        ]);
        let now = register(&[
            ("modules/a", entry("modules/a/", &[("durée", "9"), ("titre", "2")], &[("", "3"), ("Programme", "5")])),
            ("modules/b", entry("modules/bb/", &[], &[])),
            ("modules/d", entry("modules/d/", &[], &[])),
        ]);
        let changes = now.since(&before, &|address| address != "modules/c/");
        let ids = |named: &[Named]| named.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&changes.new), ["modules/d"]);
        assert_eq!(ids(&changes.removed), ["modules/c"]);
        assert_eq!(ids(&changes.lost), ["modules/c"], "something stands where b stood");
        let [a, b] = &changes.changed[..] else { panic!("{changes:?}") };
        assert_eq!(
            (&a.fields[..], &a.parts[..]),
            (&["durée".to_owned(), "tarif".to_owned()][..], &["Programme".to_owned()][..])
        );
        assert_eq!((a.moved_from.as_deref(), b.moved_from.as_deref()), (None, Some("/modules/b/")));
        assert!(now.since(&now, &|_| true).is_empty());
        assert_eq!(Register::from_value(now.to_value()), Some(now));
        assert_eq!(Register::from_value(serde_json::json!({"x": 1})), None);
    }
}
