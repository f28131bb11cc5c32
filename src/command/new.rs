//! `brochure new`: a model sheet in its place, never over another.

use std::path::Path;

use crate::cli::NewArgs;
use crate::config::{CONFIG_PATH, Config, read_config};
use crate::content_path::ContentPath;
use crate::file_system::{FileError, FileSystem, Kind};
use crate::fold::fold;
use crate::lang::Lang;
use crate::source::{Project, SourceFile};
use crate::start::{NewSheet, SheetKind, same_address, sheet};
use crate::texts::Texts;

use super::terminal::Terminal;
use super::{Outcome, has_root, today};

/// Settings that are longer are none.
const LONGEST_SETTINGS: u64 = 2 * 1024 * 1024;

/// What is kept free at the top of every site.
const RESERVED: [&str; 2] = ["en", "public"];

pub(super) fn new(args: &NewArgs, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Outcome {
    let early = args.lang.or(terminal.locale).unwrap_or_default();
    if !has_root(&Project::new(&args.root), early, fs, terminal) {
        return Outcome::WrongUsage;
    }
    match begin(args, fs, terminal) {
        Ok(outcome) => outcome,
        Err(error) => {
            terminal.failure(early, error.action.text_key(), &error.args());
            Outcome::MachineFailed
        }
    }
}

fn begin(args: &NewArgs, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Result<Outcome, FileError> {
    // Links are followed once, here; below the true folder none is.
    let root = fs.canonicalise(&args.root)?;
    let Some(config) = settings(&root, fs)? else {
        let lang = args.lang.or(terminal.locale).unwrap_or_default();
        terminal.failure(lang, "new-no-site", &[("path", args.root.display().to_string())]);
        return Ok(Outcome::WrongUsage);
    };
    let lang = args.lang.or(terminal.locale.filter(|locale| *locale == Lang::French)).unwrap_or(config.lang);
    let mut refuse = |key: &str, parts: &[(&str, String)]| {
        terminal.failure(lang, key, parts);
        Ok(Outcome::WrongUsage)
    };
    let date = args.date.unwrap_or_else(today);
    let Some(sheet) = sheet(args.kind, &args.title, date, config.lang) else {
        return refuse("new-no-address", &[("title", args.title.clone())]);
    };
    if args.kind == SheetKind::Page && is_taken(&sheet, &config) {
        return refuse("new-address-taken", &[("address", format!("/{}/", sheet.slug))]);
    }
    let path = root.join(sheet.path.as_str());
    let folder = root.join(args.kind.folder());
    if leads_away(&root, args.kind.folder(), fs)? {
        return refuse("new-leads-away", &[("path", args.kind.folder().to_owned())]);
    }
    if let Some(same) = standing(args.kind, &root, &sheet, fs)? {
        return refuse("new-exists", &[("path", same)]);
    }
    fs.create_folders(&folder)?;
    fs.write_new(&path, sheet.text.as_bytes())?;
    let texts = Texts::of(lang);
    let shown = args.root.join(sheet.path.as_str()).display().to_string();
    terminal.out(&texts.get("start", "begun", &[("path", shown)]));
    terminal.out(&texts.plain("start", "begun-next"));
    Ok(Outcome::Done)
}

/// The settings of the site; nothing when the folder is no site.
fn settings(root: &Path, fs: &dyn FileSystem) -> Result<Option<Config>, FileError> {
    let path = root.join(CONFIG_PATH);
    let is = |path: &Path, kind| Ok(fs.metadata(path)?.is_some_and(|metadata| metadata.kind == kind));
    if is(&path, Kind::File)? {
        let file = SourceFile::new(ContentPath::new(CONFIG_PATH), fs.read(&path, LONGEST_SETTINGS)?);
        // What is wrong with them is told by the next build.
        return Ok(Some(read_config(Some(&file)).value));
    }
    Ok(is(&root.join("content"), Kind::Folder)?.then(|| read_config(None).value))
}

/// Whether a page's address is one that the site has for itself.
fn is_taken(sheet: &NewSheet, config: &Config) -> bool {
    let own = config.addresses.parts().map(|part| part.split('/').next().unwrap_or(part));
    own.chain(RESERVED).any(|part| part == sheet.slug.as_str())
}

/// Whether a folder of the site, or one above it, is a link: what it leads to is not the site's.
fn leads_away(root: &Path, folder: &str, fs: &dyn FileSystem) -> Result<bool, FileError> {
    let mut path = root.to_owned();
    for step in folder.split('/') {
        path.push(step);
        if fs.metadata(&path)?.is_some_and(|metadata| metadata.kind != Kind::Folder) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The file that has the new sheet's address already, if there is one.
fn standing(kind: SheetKind, root: &Path, sheet: &NewSheet, fs: &dyn FileSystem) -> Result<Option<String>, FileError> {
    let folder = root.join(kind.folder());
    if fs.metadata(&folder)?.is_none() {
        return Ok(None);
    }
    for entry in fs.walk(&folder, &|_| true)? {
        let Ok(entry) = entry else { continue };
        let Ok(below) = entry.path.strip_prefix(root) else { continue };
        let path = ContentPath::new(below.to_string_lossy().replace('\\', "/"));
        // Some disks take names that differ in case for one.
        let is_same = fold(path.as_str()) == fold(sheet.path.as_str());
        if entry.kind != Kind::Folder && (is_same || same_address(kind, &path, &sheet.slug)) {
            return Ok(Some(path.as_str().to_owned()));
        }
    }
    Ok(None)
}
