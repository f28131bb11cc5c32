//! The files of a new site, made of three answers.

use crate::content_path::ContentPath;
use crate::lang::Lang;
use crate::phrases::fill;
use crate::value::Date;
use crate::yaml::exact;

use super::{MODELS, everywhere};

/// What a new site is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The name of the site and of who offers its modules.
    pub name: String,
    /// A region by its name; none for all of them.
    pub region: Option<String>,
    /// The site's public address.
    pub address: String,
    /// The language of the site and of its keys.
    pub lang: Lang,
    /// The day on which its first sheets were last changed.
    pub date: Date,
}

/// A file that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Where it belongs, from the site's root.
    pub path: ContentPath,
    /// What it holds.
    pub text: String,
}

/// What may stand in a folder that becomes a site: nothing of it is read for the site, and nothing is changed.
const HARMLESS: [&str; 12] = [
    ".git",
    ".gitattributes",
    ".gitignore",
    ".github",
    ".editorconfig",
    ".vscode",
    ".idea",
    ".ds_store",
    "thumbs.db",
    "desktop.ini",
    ".directory",
    ".localized",
];

/// Whether a file or folder may stand in a folder that becomes a site.
pub fn is_harmless(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let stem = name.split(['.', '-', '_']).next().unwrap_or_default();
    HARMLESS.contains(&name.as_str())
        || matches!(stem, "readme" | "lisez" | "lisezmoi" | "license" | "licence" | "copying")
}

/// The files of the site, in the order of their paths; those for editors are not among them.
pub fn site_files(answers: &Answers) -> Vec<NewFile> {
    let folder = format!("{}/site", answers.lang.code());
    let date = answers.date.to_string();
    let region = answers.region.as_deref().map_or_else(|| everywhere(answers.lang).to_owned(), exact);
    let (name, address) = (exact(&answers.name), exact(&answers.address));
    let parts = [("name", name.as_str()), ("address", &address), ("region", &region), ("date", &date)];
    let mut files = Vec::new();
    let mut folders: Vec<_> = MODELS.get_dir(&folder).into_iter().collect();
    while let Some(dir) = folders.pop() {
        folders.extend(dir.dirs());
        for file in dir.files() {
            let path = file.path().strip_prefix(&folder).unwrap_or(file.path());
            let path = path.to_string_lossy().replace('\\', "/");
            // A news post begins with its date, which no model can know.
            let path = match path.strip_prefix("content/news/") {
                Some(name) => format!("content/news/{date}-{name}"),
                None => path,
            };
            let text = fill(file.contents_utf8().unwrap_or_default(), &parts);
            files.push(NewFile { path: ContentPath::new(path), text });
        }
    }
    files.push(NewFile { path: ContentPath::new(".gitignore"), text: "/public/\n".to_owned() });
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}
