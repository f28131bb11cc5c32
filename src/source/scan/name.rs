//! Which names are read, and how a name on the disk becomes a [`ContentPath`].

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::fold::is_noncharacter;
use crate::source::ContentPath;

/// Whether the file was left there by an editor or a system, and not by the author.
pub fn is_debris(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return false };
    // 4913 is the file by which Vim tries whether it may write.
    name.starts_with('.')
        || name.ends_with('~')
        // Word holds a file that it has open by another one beside it.
        || name.starts_with("~$")
        || name.ends_with(".swp")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || ["4913", "Thumbs.db", "desktop.ini"].contains(&&*name)
}

/// Whether the name can stand in an address: text, on one line, with no `\`, which is a `/` to some, and nothing that a
/// page may not hold.
pub(super) fn is_usable(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| !name.contains(|c: char| c.is_control() || is_noncharacter(c) || c == '\\'))
}

/// The place in the site of `path` below `folder`, which itself stands at `base`.
///
/// Accents are composed: macOS stores them decomposed, authors type them composed, and a link must
/// find its file on either. What cannot be read as text is replaced, for the message about it.
pub(super) fn content_path(base: &ContentPath, folder: &Path, path: &Path) -> ContentPath {
    let mut text = base.as_str().to_owned();
    for part in path.strip_prefix(folder).unwrap_or(path).components() {
        text.push('/');
        let part = part.as_os_str().to_string_lossy();
        if part.is_ascii() {
            text.push_str(&part);
        } else {
            text.extend(part.nfc());
        }
    }
    ContentPath::new(text)
}
