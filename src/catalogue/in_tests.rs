//! Catalogues for tests: a few files in short, linked as a build links them.

use crate::config::Config;
use crate::document::{ParseOptions, RawHtml, parse};
use crate::source::{ContentPath, SourceFile, Sources};
use crate::typography::Typography;

use super::{Catalogue, Edition, assemble};

/// The catalogue of these modules, each a file name and its front matter, on a day. Also what was found wrong.
pub(super) fn catalogue(modules: &[(&str, &str)], day: &str) -> (Catalogue, Vec<&'static str>) {
    let options = ParseOptions { raw_html: RawHtml::default(), typography: Typography::default() };
    let mut modules: Vec<_> = modules.to_vec();
    modules.sort_unstable();
    let parse = |(name, matter): &(&str, &str)| {
        let path = ContentPath::new(format!("content/modules/{name}.md"));
        let text = format!("---\n{matter}\n---\n");
        parse(&SourceFile::new(path, text.into_bytes()), options).value.expect("a document").document
    };
    let documents: Vec<_> = modules.iter().map(parse).collect();
    let edition = Edition { today: day.parse().expect("a day"), drafts: false };
    let checked = assemble(&documents, &Sources::default(), &Config::default(), edition);
    (checked.value, checked.diagnostics.iter().map(|found| found.code.as_str()).collect())
}
