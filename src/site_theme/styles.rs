//! Style sheets: SCSS to CSS by grass, reading from the look's files only.

use std::io;
use std::path::Path;

use crate::config::Config;
use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::source::{ContentPath, decode};

use super::files::{self, LookFiles};

/// Compiles every sheet of `styles/` whose name does not begin with `_`. One that a site breaks is
/// reported, and the built-in one stands in for it.
pub(super) fn compile_all(files: &LookFiles) -> Checked<Vec<(String, String)>> {
    let mut diagnostics = Vec::new();
    let mut sheets = Vec::new();
    for (_, file) in files.in_folder("styles").filter(|(name, _)| name.ends_with(".scss")) {
        let own = file.source.as_ref().map(|path| decode(path, &file.bytes));
        diagnostics.extend(own.and_then(Result::err).map(|diagnostic| *diagnostic));
    }
    for (name, _) in files.in_folder("styles") {
        let Some(stem) = name.strip_suffix(".scss").filter(|stem| !stem.starts_with('_') && !stem.contains('/')) else {
            continue;
        };
        let reader = SheetReader { files };
        let options = grass::Options::default().fs(&reader).style(grass::OutputStyle::Compressed).quiet(true);
        match grass::from_path(format!("styles/{name}"), &options) {
            Ok(css) => sheets.push((format!("{stem}.css"), css)),
            Err(error) => diagnostics.push(problem(files, name, *error)),
        }
    }
    Checked::new(sheets, diagnostics)
}

/// The rules that depend on the site: its own colours, and its name at the foot of printed pages.
pub(super) fn site_rules(config: &Config, site_title: &str) -> Option<String> {
    let mut css = config.colours.css().unwrap_or_default();
    if !site_title.is_empty() {
        // In a CSS string, quotes and backslashes are escaped; so is `<`, in case the sheet is ever inlined.
        let name: String = site_title
            .chars()
            .filter(|c| !c.is_control())
            .flat_map(|c| match c {
                '"' | '\\' => vec!['\\', c],
                '<' => "\\3c ".chars().collect(),
                c => vec![c],
            })
            .collect();
        css.push_str(&format!("@page{{@bottom-left{{content:\"{name}\"}}}}"));
    }
    (!css.is_empty()).then_some(css)
}

#[derive(Debug)]
struct SheetReader<'a> {
    files: &'a LookFiles,
}

impl SheetReader<'_> {
    fn name(path: &Path) -> String {
        path.to_string_lossy().replace('\\', "/").trim_start_matches("./").to_owned()
    }
}

impl grass::Fs for SheetReader<'_> {
    fn is_dir(&self, path: &Path) -> bool {
        let folder = format!("{}/", Self::name(path));
        self.files.iter().any(|(name, _)| name.starts_with(&folder))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.get(&Self::name(path)).is_some()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let name = Self::name(path);
        let file = self.files.get(&name).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let is_text = file.source.as_ref().is_none_or(|path| decode(path, &file.bytes).is_ok());
        let stand_in = if is_text { None } else { Some(files::built_in(&name).unwrap_or_default()) };
        Ok(stand_in.map_or_else(|| file.bytes.to_vec(), |text| text.as_bytes().to_vec()))
    }
}

fn problem(files: &LookFiles, sheet: &str, error: grass::Error) -> Diagnostic {
    let (name, line, column, reason) = match error.kind() {
        grass::ErrorKind::ParseError { message, loc, .. } => {
            (loc.file.name().to_owned(), loc.begin.line, loc.begin.column, message)
        }
        other => (format!("styles/{sheet}"), 0, 0, describe(&other)),
    };
    let name = SheetReader::name(Path::new(&name));
    let Some(file) = files.get(&name) else {
        return Diagnostic::new(Code::StyleError, &ContentPath::new(name), Place::File).arg("reason", reason);
    };
    let path = file.source.clone().unwrap_or_else(|| ContentPath::new(format!("themes/{}/{name}", super::BUILT_IN)));
    let text = String::from_utf8_lossy(&file.bytes);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let within: usize = text[start..].chars().take(column).map(char::len_utf8).sum();
    let at = start + within;
    Diagnostic::new(Code::StyleError, &path, Place::Span(at..at)).arg("reason", reason.trim_end_matches('.'))
}

fn describe(kind: &grass::ErrorKind) -> String {
    match kind {
        grass::ErrorKind::IoError(error) => error.to_string(),
        grass::ErrorKind::FromUtf8Error(error) => error.clone(),
        _ => String::new(),
    }
}
