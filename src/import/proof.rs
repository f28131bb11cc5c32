//! [`is_read`]: whether the program itself reads an entry as it is written.

use super::value::Entry;
use crate::content_path::ContentPath;
use crate::diagnostic::Diagnostic;
use crate::document::{ParseOptions, RawHtml, parse};
use crate::lang::Lang;
use crate::source::SourceFile;
use crate::typography::Typography;

/// What is told of a sheet.
pub(super) fn told_of(sheet: &str) -> Vec<Diagnostic> {
    let file = SourceFile::new(ContentPath::new("content/modules/brouillon.md"), sheet.as_bytes());
    parse(&file, ParseOptions { raw_html: RawHtml::default(), typography: Typography::AsWritten }).diagnostics
}

/// Whether nothing is told of an entry: what the program cannot read is not forced into front matter.
pub(super) fn is_read(entry: &Entry) -> bool {
    let mut sheet = String::from("---\n");
    if entry.key != "title" {
        sheet.push_str("titre: x\n");
    }
    entry.write(&mut sheet, Lang::French);
    sheet.push_str("---\n");
    told_of(&sheet).is_empty()
}
