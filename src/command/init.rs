//! `brochure init`: a small site that builds, in a folder that holds nothing else.

use std::path::Path;

use crate::cli::InitArgs;
use crate::config::BaseUrl;
use crate::file_system::{FileError, FileSystem, Kind};
use crate::fold::{fold, nearest};
use crate::lang::Lang;
use crate::schema::editor_files;
use crate::start::{Answers, NewFile, is_harmless, site_files, title_of};
use crate::texts::Texts;
use crate::value::region::{built_in_regions, region_of_name};

use super::prompt::ask;
use super::terminal::Terminal;
use super::{Outcome, today};

/// Obviously not anybody's: reserved for examples.
const EXAMPLE_ADDRESS: &str = "https://www.example.org/";

pub(super) fn init(args: &InitArgs, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Outcome {
    let lang = args.lang.or(terminal.locale).unwrap_or_default();
    match standing_in(&args.root, fs) {
        Ok(None) => {}
        Ok(Some((key, found))) => {
            let parts = [("path", args.root.display().to_string()), ("found", found)];
            terminal.failure(lang, key, &parts);
            return Outcome::WrongUsage;
        }
        Err(error) => return failed(&error, lang, terminal),
    }
    let answers = match answers(args, lang, terminal) {
        Ok(answers) => answers,
        Err((key, parts)) => {
            terminal.failure(lang, key, &parts);
            return Outcome::WrongUsage;
        }
    };
    let mut files = site_files(&answers);
    files.extend(editor_files(lang).into_iter().map(|(path, text)| NewFile { path, text }));
    let mut kept = Vec::new();
    let mut n_written = 0;
    for file in &files {
        match write(&args.root, file, fs) {
            Ok(true) => n_written += 1,
            Ok(false) => kept.push(file.path.as_str()),
            Err(error) => return failed(&error, lang, terminal),
        }
    }
    tell(&args.root, n_written, &kept, lang, terminal);
    Outcome::Done
}

fn failed(error: &FileError, lang: Lang, terminal: &mut Terminal<'_>) -> Outcome {
    terminal.failure(lang, error.action.text_key(), &error.args());
    Outcome::MachineFailed
}

/// What stands where the site should be and keeps it from being there: the key of a sentence, and a name.
fn standing_in(root: &Path, fs: &dyn FileSystem) -> Result<Option<(&'static str, String)>, FileError> {
    // A link is followed: whoever types its name means the folder that it leads to.
    let Ok(folder) = fs.canonicalise(root) else { return Ok(None) };
    if fs.metadata(&folder)?.is_some_and(|metadata| metadata.kind != Kind::Folder) {
        return Ok(Some(("init-not-a-folder", String::new())));
    }
    for entry in fs.walk(&folder, &|_| false)? {
        let entry = entry?;
        let name = entry.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // What a link leads to is not this folder's to be written into.
        if !is_harmless(&name) || matches!(entry.kind, Kind::Link | Kind::Other) {
            let key = if name == "brochure.yaml" { "init-is-a-site" } else { "init-not-empty" };
            return Ok(Some((key, name)));
        }
    }
    Ok(None)
}

type Refusal = (&'static str, Vec<(&'static str, String)>);

/// What was typed on the command line, and else what is answered; what nobody says has a default.
fn answers(args: &InitArgs, lang: Lang, terminal: &mut Terminal<'_>) -> Result<Answers, Refusal> {
    let texts = Texts::of(lang);
    let told = |(key, parts): Refusal| texts.get("failure", key, &parts);
    let question = |key: &str, default: &str| texts.get("start", key, &[("default", default)]);
    let given =
        (args.region.as_deref().map(read_region).transpose()?, args.address.as_deref().map(read_address).transpose()?);
    let name = match &args.name {
        Some(name) => title_of(name),
        None => {
            let default = texts.plain("start", "default-name");
            let question = question("ask-name", &default);
            ask(&question, default, |typed| Ok(title_of(typed)), terminal)
        }
    };
    let region = match given.0 {
        Some(region) => region,
        None => {
            let question = question("ask-region", &texts.plain("start", "default-region"));
            ask(&question, None, |typed| read_region(typed).map_err(told), terminal)
        }
    };
    let address = match given.1 {
        Some(address) => address,
        None => {
            let question = question("ask-address", EXAMPLE_ADDRESS);
            ask(&question, EXAMPLE_ADDRESS.to_owned(), |typed| read_address(typed).map_err(told), terminal)
        }
    };
    Ok(Answers { name, region, address, lang, date: args.date.unwrap_or_else(today) })
}

/// A region by any of its names; none when all of them are meant.
fn read_region(typed: &str) -> Result<Option<String>, Refusal> {
    if matches!(fold(typed).as_str(), "toutes" | "toutes les regions" | "all" | "all regions") {
        return Ok(None);
    }
    if let Some(region) = region_of_name(typed) {
        return Ok(Some(region.name.clone()));
    }
    let names = built_in_regions().iter().map(|region| region.name.as_str());
    let list = names.clone().collect::<Vec<_>>().join(", ");
    let near = nearest(typed, names).map(str::to_owned);
    let key = if near.is_some() { "init-region-near" } else { "init-region" };
    Err((key, vec![("value", typed.to_owned()), ("near", near.unwrap_or_default()), ("list", list)]))
}

/// The address of a site; one without its scheme is a whole one all the same.
fn read_address(typed: &str) -> Result<String, Refusal> {
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{}", typed.trim()) };
    let is_name = whole.contains('.') || whole.contains("localhost");
    let address = BaseUrl::parse(&whole).filter(|_| is_name);
    address.map(|url| url.as_str().to_owned()).ok_or_else(|| ("init-address", vec![("value", typed.to_owned())]))
}

/// Writes a file; one that stands there already is left as it is, which `false` tells.
fn write(root: &Path, file: &NewFile, fs: &dyn FileSystem) -> Result<bool, FileError> {
    let path = root.join(file.path.as_str());
    if let Some(folder) = path.parent() {
        fs.create_folders(folder)?;
    }
    if fs.metadata(&path)?.is_some() {
        return Ok(false);
    }
    fs.write_new(&path, file.text.as_bytes()).map(|()| true)
}

fn tell(root: &Path, n_written: usize, kept: &[&str], lang: Lang, terminal: &mut Terminal<'_>) {
    let texts = Texts::of(lang);
    let shown = root.display().to_string();
    let parts = [("path", shown.clone()), ("counts", texts.count("summary", "written", n_written))];
    terminal.out(&texts.get("start", "made", &parts));
    for path in kept {
        terminal.out(&texts.get("start", "kept", &[("path", path)]));
    }
    terminal.out("");
    terminal.out(&texts.plain("start", "next"));
    let folder = if shown.contains(|c: char| !c.is_alphanumeric() && !"/\\._-:".contains(c)) {
        format!("\"{shown}\"")
    } else {
        shown
    };
    terminal.out(&format!("  cd {folder}"));
    terminal.out("  brochure serve --watch --open");
    terminal.out("  brochure build");
}
