//! Slugs and the typed ids made of them, so that one kind of id cannot stand where another is meant.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::portable::is_device;

/// A part of an address: lower-case ASCII letters, digits and single hyphens, never empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

impl Slug {
    /// The longest slug: file systems stop at 255 bytes a name, and an address is read by people.
    pub const MAX_LENGTH: usize = 120;

    /// Makes a slug of any text: accents are taken off, everything else becomes a hyphen.
    ///
    /// `None` when nothing of the text can stand in an address.
    ///
    /// ```
    /// use brochure::id::Slug;
    /// assert_eq!(Slug::from_text("L’aller-vers : œuvrer").unwrap().as_str(), "l-aller-vers-oeuvrer");
    /// assert!(Slug::from_text(" ?! ").is_none());
    /// assert_eq!(Slug::from_text("Aux").unwrap().as_str(), "aux-1", "no system has a device of that name");
    /// ```
    pub fn from_text(text: &str) -> Option<Self> {
        let mut slug = slug::slugify(text);
        if slug.len() > Self::MAX_LENGTH {
            slug.truncate(Self::MAX_LENGTH);
            if let Some(cut) = slug.rfind('-').filter(|cut| *cut > Self::MAX_LENGTH / 2) {
                slug.truncate(cut);
            }
        }
        let slug = slug.trim_matches('-');
        let slug = (!slug.is_empty()).then(|| Self(slug.into()))?;
        // "con" and "aux" are devices to Windows, which can have no folder of that name.
        Some(if is_device(slug.as_str()) { slug.numbered(1) } else { slug })
    }

    /// The slug with a number behind it, no longer than a slug may be.
    ///
    /// ```
    /// use brochure::id::Slug;
    /// let long = Slug::from_text(&"a".repeat(200)).unwrap();
    /// assert!(long.numbered(2).as_str().ends_with("a-2") && long.numbered(2).as_str().len() <= Slug::MAX_LENGTH);
    /// ```
    pub fn numbered(&self, number: usize) -> Self {
        let end = format!("-{number}");
        let room = Self::MAX_LENGTH.saturating_sub(end.len()).min(self.0.len());
        Self(format!("{}{end}", self.0[..room].trim_end_matches('-')).into())
    }

    /// What stands in an address for a name of which nothing can: "!!!".
    pub fn unnamed() -> Self {
        Self("sans-nom".into())
    }

    /// The anchor of a section of whose title nothing can stand in one.
    pub fn section() -> Self {
        Self("section".into())
    }

    /// The id of a session, to be numbered, for one that has none of its own.
    pub fn session() -> Self {
        Self("session".into())
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives numbers to slugs that are wanted again: `a`, `a-2`, `a-3`.
///
/// The number given last is remembered, so that a thousand equal names are not counted through a thousand times.
#[derive(Debug, Default)]
pub struct Numbers {
    last: BTreeMap<Slug, usize>,
}

impl Numbers {
    /// The slug itself, or the first numbered one that is free.
    pub fn free(&mut self, wanted: Slug, is_free: impl Fn(&Slug) -> bool) -> Slug {
        if is_free(&wanted) {
            return wanted;
        }
        let last = self.last.entry(wanted.clone()).or_insert(1);
        loop {
            *last += 1;
            // A number always shows, however long the slug is, so a free one is met.
            let numbered = wanted.numbered(*last);
            if is_free(&numbered) {
                return numbered;
            }
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Slug {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub Slug);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A training module.
    ModuleId,
    /// An organisation: provider, partner, funder.
    OrganisationId,
    /// A news post.
    NewsPostId,
    /// A plain page.
    PlainPageId,
}

/// The three ways in which modules are grouped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TermKind {
    /// What a module is about; readers call it its theme.
    Topic,
    /// Whom it is meant for.
    Audience,
    /// Where it takes place.
    Region,
}

impl TermKind {
    /// All kinds, in the order in which readers meet them.
    pub const ALL: [Self; 3] = [Self::Topic, Self::Audience, Self::Region];

    /// The name of the kind in folders, keys and templates.
    pub fn key(self) -> &'static str {
        match self {
            Self::Topic => "themes",
            Self::Audience => "audiences",
            Self::Region => "regions",
        }
    }
}

/// A theme, an audience or a region: the kind is a part of the id, so that one cannot stand for another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TermId {
    /// Which kind of term.
    pub kind: TermKind,
    /// Its slug, unique within the kind.
    pub slug: Slug,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn equal_names_get_numbers_however_long_they_are() {
        for wanted in ["a", &"a".repeat(Slug::MAX_LENGTH)] {
            let wanted = Slug::from_text(wanted).expect("letters");
            let mut numbers = Numbers::default();
            let mut taken = BTreeSet::new();
            for _ in 0..2_000 {
                let slug = numbers.free(wanted.clone(), |slug| !taken.contains(slug));
                assert!(slug.as_str().len() <= Slug::MAX_LENGTH && taken.insert(slug));
            }
        }
    }
}
