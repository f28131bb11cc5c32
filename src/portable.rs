//! Which names every disk and every server can hold.
//!
//! A site may be made on one system and published on another, so what it publishes is held to what all of them take.

/// The most bytes that a name may have: file systems take no more.
pub const LONGEST_NAME: usize = 255;

/// The most bytes of an address. Systems stop at 4,096 for the whole way to a file, Windows mostly at 260; an address of
/// more than this was made to break something.
pub const LONGEST_ADDRESS: usize = 1_000;

/// Whether Windows can have a file or folder of this name.
///
/// ```
/// use brochure::portable::is_portable;
/// assert!(is_portable("plan d’accès.pdf") && is_portable("console"));
/// assert!(!is_portable("con.png") && !is_portable("AUX") && !is_portable("Pourquoi ?") && !is_portable("fin."));
/// ```
pub fn is_portable(name: &str) -> bool {
    !is_device(name)
        && !name.ends_with(['.', ' '])
        && !name.contains(|c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '\\' | '|' | '?' | '*'))
}

/// Whether Windows takes the name for a device, whatever stands behind its first dot.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_number =
        |number: &str| number.chars().count() == 1 && number.contains(|c| matches!(c, '0'..='9' | '¹' | '²' | '³'));
    let is_port = |kind: &str| stem.strip_prefix(kind).is_some_and(is_number);
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_from_words() {
        for name in ["con", "CON.txt", "Aux", "nul.tar.gz", "COM1", "com\u{b9}", "lpt9.md", "con .md", "prn"] {
            assert!(is_device(name), "{name}");
        }
        for name in ["contact", "com", "com10", "comx", "lpt", "auxiliaire", "conin", "", ".con", "a.con"] {
            assert!(!is_device(name), "{name}");
        }
    }
}
