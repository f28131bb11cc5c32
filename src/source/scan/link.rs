//! How far a symbolic link is followed: never out of the site's folder, never in a circle.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::file_system::{FileSystem, Kind};

/// Links inside linked folders that are followed. Without a bound, a few folders that link to each
/// other are read many thousand times.
const DEEPEST: usize = 16;
/// Links to folders followed in one scan, for the same reason.
const MOST_FOLLOWED: usize = 10_000;

/// The places of the links that lead to a folder, outermost first.
#[derive(Clone)]
pub(super) struct Trail(Arc<[PathBuf]>);

impl Trail {
    /// No link.
    pub(super) fn new() -> Self {
        Self(Arc::new([]))
    }

    /// One link more.
    pub(super) fn beyond(&self, link: &Path) -> Self {
        Self(self.0.iter().cloned().chain([link.to_owned()]).collect())
    }
}

/// Where a link leads.
pub(super) enum Link {
    /// To something in the site's folder.
    To(PathBuf, Kind),
    /// It has vanished.
    Gone,
    /// To where nothing is read; with the key of the sentence that tells why.
    Refused(&'static str),
}

/// Follows the link at `link`, met after `trail` and after `n_followed` others to folders.
pub(super) fn follow(
    fs: &dyn FileSystem,
    root: &Path,
    output: Option<&Path>,
    link: &Path,
    trail: &Trail,
    n_followed: usize,
) -> Link {
    let target = match fs.canonicalise(link) {
        Ok(target) => target,
        Err(error) if !error.is_absence() => return Link::Refused("message-loop"),
        Err(_) => match fs.metadata(link) {
            Ok(None) => return Link::Gone,
            _ => return Link::Refused("message-dangling"),
        },
    };
    if !target.starts_with(root) {
        return Link::Refused("message");
    }
    if output.is_some_and(|output| target.starts_with(output)) {
        return Link::Refused("message-output");
    }
    let kind = match fs.metadata(&target) {
        Ok(Some(metadata)) => metadata.kind,
        _ => return Link::Gone,
    };
    let is_circle = || link.starts_with(&target) || trail.0.iter().any(|link| link.starts_with(&target));
    if kind == Kind::Folder && (is_circle() || trail.0.len() >= DEEPEST || n_followed >= MOST_FOLLOWED) {
        return Link::Refused("message-loop");
    }
    Link::To(target, kind)
}
