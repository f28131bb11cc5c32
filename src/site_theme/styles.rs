//! Style sheets: SCSS to CSS by grass, reading from the look's files only.

mod meter;

use std::any::Any;
use std::io;
use std::path::Path;
use std::thread;

use crate::config::Config;
use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::source::{ContentPath, decode};

use super::files::{self, LookFiles};
use meter::{Ended, Excess, Meter, metered};

/// Compiles every sheet of `styles/` whose name does not begin with `_`. One that a site breaks is
/// reported, and the built-in one stands in for it.
pub(super) fn compile_all(files: &LookFiles) -> Checked<Vec<(String, String)>> {
    let mut diagnostics = Vec::new();
    let mut sheets = Vec::new();
    for (_, file) in files.in_folder("styles").filter(|(name, _)| name.ends_with(".scss")) {
        let Some(path) = &file.source else { continue };
        match decode(path, &file.bytes).map(metered) {
            Ok(Ok(_)) => {}
            Ok(Err(at)) => {
                let nested = Diagnostic::new(Code::StyleError, path, Place::Span(at..at + 1));
                diagnostics.push(nested.message("message-nested").help("help-nested"));
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    for (name, _) in files.in_folder("styles") {
        let Some(stem) = name.strip_suffix(".scss").filter(|stem| !stem.starts_with('_') && !stem.contains('/')) else {
            continue;
        };
        match compile(files, name) {
            Ok(css) => sheets.push((format!("{stem}.css"), css)),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    Checked::new(sheets, diagnostics)
}

/// Compiles a sheet, on a thread of its own: with a stack whose size is known, and left behind when the compiler fails.
fn compile(files: &LookFiles, name: &str) -> Result<String, Box<Diagnostic>> {
    let work = || {
        let (reader, meter) = (SheetReader { files }, Meter::new());
        let options = grass::Options::default().fs(&reader).logger(&meter).style(grass::OutputStyle::Compressed);
        grass::from_path(format!("styles/{name}"), &options).map_err(|error| Box::new(problem(files, name, *error)))
    };
    let done = thread::scope(|scope| {
        thread::Builder::new().stack_size(meter::STACK).spawn_scoped(scope, work).map(thread::ScopedJoinHandle::join)
    });
    match done {
        Ok(Ok(compiled)) => compiled,
        Ok(Err(left)) => Err(Box::new(ended(files, name, &*left))),
        Err(error) => Err(Box::new(placed(files, &format!("styles/{name}"), 0, 0).arg("reason", error.to_string()))),
    }
}

/// What is said of a sheet whose compilation was ended, by us or by a fault of the compiler.
fn ended(files: &LookFiles, name: &str, left: &(dyn Any + Send)) -> Diagnostic {
    match left.downcast_ref::<Ended>() {
        Some(Ended { excess, file, line, column }) => {
            let (message, help) = match excess {
                Excess::Work => ("message-endless", "help-endless"),
                Excess::Calls => ("message-recursion", "help-recursion"),
            };
            placed(files, file, *line, *column).message(message).help(help)
        }
        None => placed(files, &format!("styles/{name}"), 0, 0).message("message-compiler"),
    }
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
        // The indented syntax cannot be metered.
        let name = Self::name(path);
        !name.ends_with(".sass") && self.files.get(&name).is_some()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let name = Self::name(path);
        let file = self.files.get(&name).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let text = match &file.source {
            Some(path) if name.ends_with(".scss") => decode(path, &file.bytes).ok().and_then(|text| metered(text).ok()),
            _ => return Ok(file.bytes.to_vec()),
        };
        let text = text.map(|metered| metered.text);
        Ok(text.unwrap_or_else(|| files::built_in(&name).unwrap_or_default().to_owned()).into_bytes())
    }
}

fn problem(files: &LookFiles, sheet: &str, error: grass::Error) -> Diagnostic {
    let (name, line, column, reason) = match error.kind() {
        grass::ErrorKind::ParseError { message, loc, .. } => {
            (loc.file.name().to_owned(), loc.begin.line, loc.begin.column, message)
        }
        other => (format!("styles/{sheet}"), 0, 0, describe(&other)),
    };
    placed(files, &name, line, column).arg("reason", reason.trim_end_matches('.'))
}

/// Starts a diagnostic about a place in what the compiler read, line and column counted from 0.
fn placed(files: &LookFiles, name: &str, line: usize, column: usize) -> Diagnostic {
    let name = SheetReader::name(Path::new(name));
    let Some(file) = files.get(&name) else {
        return Diagnostic::new(Code::StyleError, &ContentPath::new(name), Place::File);
    };
    let path = file.source.clone().unwrap_or_else(|| ContentPath::new(format!("themes/{}/{name}", super::BUILT_IN)));
    let text = String::from_utf8_lossy(&file.bytes);
    let own = file.source.is_some() && name.ends_with(".scss");
    let made = if own { metered(&text).ok() } else { None };
    let read = made.as_ref().map_or(&*text, |made| &made.text);
    let start: usize = read.split_inclusive('\n').take(line).map(str::len).sum();
    let within: usize = read[start..].chars().take(column).map(char::len_utf8).sum();
    let at = made.as_ref().map_or(start + within, |made| made.original(start + within));
    Diagnostic::new(Code::StyleError, &path, Place::Span(at..at))
}

fn describe(kind: &grass::ErrorKind) -> String {
    match kind {
        grass::ErrorKind::IoError(error) => error.to_string(),
        grass::ErrorKind::FromUtf8Error(error) => error.clone(),
        _ => String::new(),
    }
}
