//! [`SitePath`]: an address below the site's root, and how it is written in links and on disk.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// An address from the site's root, without `/` in front: a page ends in `/` (or is empty for the home
/// page), a file does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Takes an address without `/` in front.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(path.as_ref().into())
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it is written below the output folder.
    pub fn public_path(&self) -> Arc<str> {
        if self.0.is_empty() || self.0.ends_with('/') {
            return format!("{}index.html", self.0).into();
        }
        self.0.clone()
    }

    /// The way from here to the site's root: `./`, `../`, `../../`.
    pub fn to_root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for SitePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Per-cent encodes what cannot stand in the path of an address; `/` stays (RFC 3986, section 3.3).
pub fn encode(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' | b',' | b'+' => {
                url.push(char::from(byte));
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// Undoes per-cent encoding; `None` when the bytes are not UTF-8 or a control character hides in them.
pub fn decode(url: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(url.len());
    let mut rest = url.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if *first == b'%'
            && let (Some(high), Some(low)) = (hex(0), hex(1))
        {
            bytes.push(u8::try_from(high * 16 + low).ok()?);
            rest = &after[2..];
            continue;
        }
        bytes.push(*first);
        rest = after;
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

/// An address written relative to a page, given the page's way to the root.
pub fn resolve_prefix(root: &str, url: &str) -> String {
    format!("{root}{url}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_written_as_an_index_and_knows_its_way_up() {
        for (path, public, root) in [
            ("", "index.html", "./"),
            ("themes/", "themes/index.html", "../"),
            ("themes/aller-vers/", "themes/aller-vers/index.html", "../../"),
            ("flux.xml", "flux.xml", "./"),
            ("themes/aller-vers/flux.xml", "themes/aller-vers/flux.xml", "../../"),
        ] {
            let path = SitePath::new(path);
            assert_eq!(&*path.public_path(), public);
            assert_eq!(path.to_root(), root);
        }
    }

    #[test]
    fn encoding_is_undone_by_decoding() {
        for text in ["plan d’accès.pdf", "a/b c", "é%20", "100 %"] {
            assert_eq!(decode(&encode(text)).as_deref(), Some(text));
        }
        assert_eq!(decode("%00"), None);
        assert_eq!(decode("%ff"), None);
        assert_eq!(decode("50%").as_deref(), Some("50%"));
    }
}
