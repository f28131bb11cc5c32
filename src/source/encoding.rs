//! Bytes that are not UTF-8: which one is the first, and in which encoding the file probably was saved.
//!
//! Nothing is converted. A guess may be wrong, and a wrong one would publish words that nobody wrote; what is told
//! is enough for an author to save the file again.

use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Place};

/// What the letters of French are in the encodings that a text in French may have been saved in. The order counts:
/// on equal terms the first wins.
const ENCODINGS: [(&str, &[u8]); 3] = [
    // à â ç è é ê ë î ï ô ù û ü À Ç É Ê œ « » ’ “ ” – — … €
    (
        "Windows-1252 (ANSI)",
        b"\xE0\xE2\xE7\xE8\xE9\xEA\xEB\xEE\xEF\xF4\xF9\xFB\xFC\xC0\xC7\xC9\xCA\x9C\xAB\xBB\x92\x93\x94\x96\x97\x85\x80",
    ),
    (
        "Mac OS Roman",
        b"\x88\x89\x8D\x8F\x8E\x90\x91\x94\x95\x99\x9D\x9E\x9F\xCB\x82\x83\xE6\xCF\xC7\xC8\xD5\xD2\xD3\xD0\xD1\xC9\xDB",
    ),
    // No curly quotes, dashes, œ or € there.
    ("DOS (CP850)", b"\x85\x83\x87\x8A\x82\x88\x89\x8C\x8B\x93\x97\x96\x81\xB7\x80\x90\xD2\xAE\xAF"),
];

/// How much of a file is looked at for a guess.
const SAMPLE: usize = 65_536;

/// The text of a file.
///
/// # Errors
/// [`Code::NotUtf8`] at the first byte that is none, with the encoding it probably is.
pub(crate) fn decode<'a>(path: &ContentPath, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    let error = match std::str::from_utf8(bytes) {
        // Half of the bytes of a text in UTF-16 are zero, and zero is valid UTF-8.
        Ok(text) if !is_utf16(bytes) => return Ok(text),
        Ok(_) => 0,
        Err(error) => error.valid_up_to(),
    };
    let diagnostic = Diagnostic::new(Code::NotUtf8, path, Place::Span(error..error))
        .arg("byte", format!("{:#04x}", bytes.get(error).copied().unwrap_or_default()))
        .arg("position", (error + 1).to_string());
    Err(Box::new(if is_utf16(bytes) {
        diagnostic.arg("encoding", "UTF-16")
    } else if is_almost_utf8(bytes) {
        diagnostic.message("message-damaged").help("help-damaged")
    } else {
        diagnostic.arg("encoding", likely(&bytes[error..]))
    }))
}

fn is_utf16(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = sample.iter().filter(|byte| **byte == 0).count();
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) || zeros > 4 && zeros * 4 > sample.len()
}

/// Whether the file has letters beyond ASCII in UTF-8, and more of them than bytes that are none: then it is in
/// UTF-8, and was damaged or pasted into.
fn is_almost_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes[..bytes.len().min(SAMPLE)].utf8_chunks() {
        whole += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// The encoding in which most bytes beyond ASCII are letters of French.
fn likely(bytes: &[u8]) -> &'static str {
    let high: Vec<u8> = bytes.iter().take(SAMPLE).copied().filter(|byte| !byte.is_ascii()).collect();
    let fits = |letters: &[u8]| high.iter().filter(|byte| letters.contains(byte)).count();
    let mut best = ENCODINGS[0];
    for next in ENCODINGS {
        if fits(next.1) > fits(best.1) {
            best = next;
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<(&str, &str)>) {
        let told = decode(&ContentPath::new("content/modules/x.md"), bytes).err().map(|found| {
            let encoding = found.args.iter().find(|(name, _)| *name == "encoding");
            (found.message, encoding.map(|(_, value)| value.clone()).unwrap_or_default())
        });
        assert_eq!(told, expected.map(|(message, encoding)| (message, encoding.to_owned())));
    }

    #[test]
    fn the_encoding_is_told_by_the_letters_of_french() {
        check("Détresse – l’été".as_bytes(), None);
        check(b"D\xE9tresse \x96 l\x92\xE9t\xE9", Some(("message", "Windows-1252 (ANSI)")));
        check(b"D\x8Etresse \xD0 l\xD5\x8Et\x8E \x88 No\x91l", Some(("message", "Mac OS Roman")));
        check(b"D\x82tresse, l'\x82t\x82 \x85 la cr\x8Ache", Some(("message", "DOS (CP850)")));
        for text in ["titre: x", "\u{FEFF}titre: Détresse"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check(&little, Some(("message", "UTF-16")));
            check(&big, Some(("message", "UTF-16")));
        }
    }

    #[test]
    fn a_file_that_is_utf8_but_for_a_byte_is_damaged() {
        check(b"D\xC3\xA9tresse, l'\xC3\xA9t\xC3", Some(("message-damaged", "")));
        check(b"D\xC3\xA9tresse, l'\xE9t\xC3\xA9", Some(("message-damaged", "")));
        check(b"\xFF", Some(("message", "Windows-1252 (ANSI)")));
        // A zero or two in a text is a stray character, not an encoding.
        check(b"titre: x\0\0", None);
    }
}
