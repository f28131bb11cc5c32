//! Refuses, before anything is written, a folder that must not receive the site.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::file_system::{FileError, FileSystem, Kind};
use crate::output::PublishError;
use crate::output::publish::folders_of;
use crate::source::Project;

/// How the names of the manifest, the lock and temporary files start.
const OUR_NAMES: &str = ".brochure-";

/// Why nothing may be written there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The output is the site's own folder.
    #[error("output is the root: {}", output.display())]
    IsRoot {
        /// The output folder.
        output: PathBuf,
    },
    /// The output holds the site's own folder.
    #[error("output holds the root: {}", output.display())]
    HoldsRoot {
        /// The output folder.
        output: PathBuf,
    },
    /// The output holds sources, of this site or of another.
    #[error("output holds sources: {}", source_path.display())]
    HoldsSources {
        /// The output folder.
        output: PathBuf,
        /// The source found in it.
        source_path: PathBuf,
    },
    /// The output lies in a folder that is read.
    #[error("output lies in sources: {}", output.display())]
    InSources {
        /// The output folder.
        output: PathBuf,
        /// The folder that is read.
        source_path: PathBuf,
    },
    /// The output is no folder.
    #[error("output is no folder: {}", output.display())]
    NotAFolder {
        /// The output path.
        output: PathBuf,
    },
    /// The output is named inside the site's folder, and a link leads from there to elsewhere.
    #[error("output leads outside: {}", output.display())]
    LeadsOutside {
        /// The output path as it was named.
        output: PathBuf,
        /// Where it leads to.
        target: PathBuf,
    },
    /// A folder to write into is a link.
    #[error("a folder of the output is a link: {}", path.display())]
    LinkInside {
        /// The link.
        path: PathBuf,
    },
    /// The path of an output leads out of the folder, or has a name that no file can have.
    #[error("unsafe path: {path}")]
    UnsafePath {
        /// The path of the output.
        path: String,
    },
}

impl Refusal {
    /// The key of the sentence that tells it.
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::IsRoot { .. } => "output-is-root",
            Self::HoldsRoot { .. } => "output-holds-root",
            Self::HoldsSources { .. } => "output-holds-sources",
            Self::InSources { .. } => "output-in-sources",
            Self::NotAFolder { .. } => "output-not-a-folder",
            Self::LeadsOutside { .. } => "output-leads-outside",
            Self::LinkInside { .. } => "link-in-output",
            Self::UnsafePath { .. } => "unsafe-path",
        }
    }

    /// The values that stand in the sentence, by the name they have there.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let text = |path: &Path| path.display().to_string();
        match self {
            Self::IsRoot { output } | Self::HoldsRoot { output } | Self::NotAFolder { output } => {
                vec![("output", text(output))]
            }
            Self::HoldsSources { output, source_path } | Self::InSources { output, source_path } => {
                vec![("output", text(output)), ("source", text(source_path))]
            }
            Self::LeadsOutside { output, target } => vec![("output", text(output)), ("target", text(target))],
            Self::LinkInside { path } => vec![("path", text(path))],
            Self::UnsafePath { path } => vec![("path", path.clone())],
        }
    }
}

/// The true path of the output folder, once it is known that the site may be written there.
pub(super) fn checked_output(fs: &dyn FileSystem, project: &Project) -> Result<PathBuf, PublishError> {
    let root = fs.canonicalise(&project.root)?;
    let output = true_path(fs, &project.output)?;
    let refuse = |refusal| Err(PublishError::Refused(refusal));
    if output == root {
        return refuse(Refusal::IsRoot { output });
    }
    if root.starts_with(&output) {
        return refuse(Refusal::HoldsRoot { output });
    }
    for folder in ["content", "themes", "assets"] {
        let source_path = true_path(fs, &root.join(folder))?;
        if source_path.starts_with(&output) {
            return refuse(Refusal::HoldsSources { output, source_path });
        }
        if output.starts_with(&source_path) {
            return refuse(Refusal::InSources { output, source_path });
        }
    }
    if !output.starts_with(&root) && is_named_inside(fs, &project.output, &root)? {
        return refuse(Refusal::LeadsOutside { output: project.output.clone(), target: output });
    }
    match fs.metadata(&output)?.map(|metadata| metadata.kind) {
        None => Ok(output),
        Some(Kind::Folder) => match source_in(fs, &output)? {
            Some(source_path) => refuse(Refusal::HoldsSources { output, source_path }),
            None => Ok(output),
        },
        Some(_) => refuse(Refusal::NotAFolder { output }),
    }
}

/// Refuses a site of which some output would stand elsewhere, or both as a file and as a folder.
pub(super) fn check_paths(paths: &[Arc<str>]) -> Result<(), Refusal> {
    let all: BTreeSet<&str> = paths.iter().map(|path| &**path).collect();
    let is_fine = |path: &str| is_safe(path) && !folders_of(path).any(|folder| all.contains(folder));
    match paths.iter().find(|path| !is_fine(path)) {
        Some(path) => Err(Refusal::UnsafePath { path: path.to_string() }),
        None => Ok(()),
    }
}

/// Whether a path stays below the output folder, on every platform, and is not a file of our own
/// book-keeping.
pub(super) fn is_safe(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.starts_with(OUR_NAMES))
        && !path.contains(|c: char| c == '\\' || c == '\0' || cfg!(windows) && c == ':')
}

/// Whether some folder above the output, as it was named, stands in the root.
fn is_named_inside(fs: &dyn FileSystem, output: &Path, root: &Path) -> Result<bool, FileError> {
    let mut named = PathBuf::new();
    for part in fs.absolute(output)?.components() {
        match part {
            // What leaves a folder again was not named inside it.
            Component::ParentDir => {
                named.pop();
            }
            part => named.push(part),
        }
    }
    Ok(named.ancestors().any(|path| fs.canonicalise(path).is_ok_and(|path| path.starts_with(root))))
}

/// A file in an existing output folder that somebody wrote for a site to be made from.
fn source_in(fs: &dyn FileSystem, output: &Path) -> Result<Option<PathBuf>, FileError> {
    for name in ["brochure.yaml", "brochure.yml"] {
        let path = output.join(name);
        if fs.metadata(&path)?.is_some() {
            return Ok(Some(path));
        }
    }
    // A folder of three Markdown files is a site as well. No output ever is Markdown.
    let content = output.join("content");
    if fs.metadata(&content)?.is_none_or(|metadata| metadata.kind != Kind::Folder) {
        return Ok(None);
    }
    let found = fs.walk(&content, &|_| true)?;
    let markdown = found.into_iter().flatten().find(|entry| entry.path.extension().is_some_and(|end| end == "md"));
    Ok(markdown.map(|entry| entry.path))
}

/// The true path of what stands there, or would if it were made.
fn true_path(fs: &dyn FileSystem, path: &Path) -> Result<PathBuf, FileError> {
    let path = fs.absolute(path)?;
    let mut missing: Vec<OsString> = Vec::new();
    let mut standing = path.as_path();
    loop {
        match fs.canonicalise(standing) {
            Ok(mut path) => {
                path.extend(missing.iter().rev());
                return Ok(path);
            }
            // A link that leads nowhere must not be taken for a folder yet to be made.
            Err(error) if !error.is_absence() || fs.metadata(standing)?.is_some() => return Err(error),
            Err(error) => match (standing.file_name(), standing.parent()) {
                (Some(name), Some(parent)) => {
                    missing.push(name.to_owned());
                    standing = parent;
                }
                // `missing/..`: only the system could say where that leads.
                _ => return Err(error),
            },
        }
    }
}

#[cfg(test)]
mod tests;
