//! Bytes of a file to what can be read: [`Content`], or why not: [`Refusal`].

use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::lines::Markup;
use super::table::Row;
use super::{separated, workbook};
use crate::content_path::ContentPath;
use crate::source::decode;

/// The longest file that is read.
pub const LONGEST_FILE: u64 = 20 * 1024 * 1024;
/// A sheet of more than this, in bytes, is no sheet.
const LONGEST_TEXT: usize = 256 * 1024;
/// A table of more rows is no list of modules.
pub(super) const MOST_ROWS: usize = 10_000;
/// A table of more columns has none that anybody filled in.
pub(super) const MOST_COLUMNS: usize = 200;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// It, as text or as tables.
    pub kind: ContentKind,
    /// The encoding, where it was not UTF-8.
    pub encoding: Option<&'static str>,
}

/// The kinds of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// A text.
    Text(String, Markup),
    /// Tables, each with the name of its sheet.
    Tables(Vec<(String, Vec<Row>)>),
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is in it.
    Empty,
    /// It is longer than any sheet.
    TooLong,
    /// It is a document of a word processor.
    Word,
    /// It is a PDF.
    Pdf,
    /// It is a workbook of another program, or of an old one.
    OtherWorkbook,
    /// It is no text.
    Binary,
    /// It is in an encoding that is not read.
    Encoding(String),
    /// A byte of it is none of its encoding.
    Damaged(String),
    /// A workbook that cannot be opened.
    BrokenWorkbook,
    /// A workbook that is far longer when it is unpacked.
    SwollenWorkbook,
    /// Too many rows or columns.
    TooManyCells,
    /// It is a sheet already.
    Sheet,
}

impl Refusal {
    /// The key of the sentence that tells it.
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::Empty => "refused-empty",
            Self::TooLong => "refused-too-long",
            Self::Word => "refused-word",
            Self::Pdf => "refused-pdf",
            Self::OtherWorkbook => "refused-other-workbook",
            Self::Binary => "refused-binary",
            Self::Encoding(_) => "refused-encoding",
            Self::Damaged(_) => "refused-damaged",
            Self::BrokenWorkbook => "refused-broken-workbook",
            Self::SwollenWorkbook => "refused-swollen-workbook",
            Self::TooManyCells => "refused-too-many-cells",
            Self::Sheet => "refused-sheet",
        }
    }

    /// What stands in that sentence.
    pub fn detail(&self) -> &str {
        match self {
            Self::Encoding(detail) | Self::Damaged(detail) => detail,
            _ => "",
        }
    }
}

/// Reads the bytes of a file; `extension` is that of its name, if it has one. `yes` and `no` are what a cell says that
/// is ticked or not.
///
/// # Errors
/// When it is nothing that can be read.
pub fn read(bytes: &[u8], extension: &str, words: &workbook::CellWords) -> Result<Content, Refusal> {
    let extension = extension.to_ascii_lowercase();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    match (bytes, extension.as_str()) {
        ([b'P', b'K', ..], "docx" | "odt" | "pages")
        | ([0xD0, 0xCF, 0x11, 0xE0, ..], "doc")
        | ([b'{', b'\\', b'r', b't', b'f', ..], _) => {
            return Err(Refusal::Word);
        }
        ([b'%', b'P', b'D', b'F', ..], _) => return Err(Refusal::Pdf),
        ([b'P', b'K', ..], "ods" | "numbers" | "xlsb") | ([0xD0, 0xCF, 0x11, 0xE0, ..], _) => {
            return Err(Refusal::OtherWorkbook);
        }
        ([b'P', b'K', 3, 4, ..], _) => {
            let tables = workbook::tables(bytes, words)?;
            return Ok(Content { kind: ContentKind::Tables(tables), encoding: None });
        }
        (_, "xlsx" | "xlsm") => return Err(Refusal::BrokenWorkbook),
        _ => {}
    }
    let (text, encoding) = text(bytes)?;
    if text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count() * 50 > text.chars().count() {
        return Err(Refusal::Binary);
    }
    if matches!(extension.as_str(), "csv" | "tsv" | "tab") {
        let rows = separated::rows(&text)?;
        return Ok(Content { kind: ContentKind::Tables(vec![(String::new(), rows)]), encoding });
    }
    if text.len() > LONGEST_TEXT {
        return Err(Refusal::TooLong);
    }
    let markup = if matches!(extension.as_str(), "md" | "markdown") { Markup::Markdown } else { Markup::Plain };
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if markup == Markup::Markdown && first.trim_end() == "---" {
        return Err(Refusal::Sheet);
    }
    Ok(Content { kind: ContentKind::Text(text, markup), encoding })
}

/// The text, and its encoding where it was not UTF-8.
fn text(bytes: &[u8]) -> Result<(String, Option<&'static str>), Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if had_errors {
            return Err(Refusal::Damaged("1".to_owned()));
        }
        return Ok((text.into_owned(), (encoding != UTF_8).then(|| encoding.name())));
    }
    let Err(told) = decode(&ContentPath::new("import"), bytes) else {
        // It is UTF-8, as the decoder has found.
        return Ok((String::from_utf8_lossy(bytes).into_owned(), None));
    };
    let arg = |name: &str| told.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let Some(name) = arg("encoding") else {
        return Err(Refusal::Damaged(arg("position").unwrap_or_default()));
    };
    let encoding = match name.split(' ').next() {
        Some("Windows-1252") => WINDOWS_1252,
        Some("Mac") => MACINTOSH,
        Some("UTF-16") if bytes.first() == Some(&0) => UTF_16BE,
        Some("UTF-16") => UTF_16LE,
        _ => return Err(Refusal::Encoding(name)),
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors || text.contains('\0') {
        return Err(Refusal::Binary);
    }
    Ok((text.into_owned(), Some(encoding.name())))
}
