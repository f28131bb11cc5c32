//! [`Project`]: which folder is read, and which is written.

use std::path::PathBuf;

/// The two folders of a run, as the terminal means them: absolute, or from the working folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The site's folder, with `brochure.yaml` and `content/`.
    pub root: PathBuf,
    /// The folder that receives the result; it need not exist.
    pub output: PathBuf,
}

impl Project {
    /// The site at `root`, published to its own `public/`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let output = root.join("public");
        Self { root, output }
    }

    /// The same site, published elsewhere.
    pub fn with_output(mut self, output: impl Into<PathBuf>) -> Self {
        self.output = output.into();
        self
    }
}
