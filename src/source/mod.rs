//! What stands on the disk, read once: [`SourceFile`], [`Sources`], and where files stand.
//!
//! This module and `output` are the two edges of the program. Nothing between them reads a file.

mod encoding;
mod file;
mod project;
mod scan;
mod seen;

pub use crate::content_path::ContentPath;
pub(crate) use encoding::decode;
pub use file::{SourceFile, Sources};
pub use project::Project;
pub use scan::{is_debris, is_read_in_root, scan};
pub use seen::Seen;
