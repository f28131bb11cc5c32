//! stub
use crate::content_path::ContentPath;
use crate::lang::Lang;

/// What is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaOf {
    /// A module.
    Module,
}
impl SchemaOf {
    /// All.
    pub const ALL: [Self; 1] = [Self::Module];
    /// Its word.
    pub fn as_str(self) -> &'static str {
        "module"
    }
}
/// The schema.
pub fn schema(_of: SchemaOf, _lang: Lang) -> String {
    String::new()
}
/// Files for editors.
pub fn editor_files(_lang: Lang) -> Vec<(ContentPath, String)> {
    Vec::new()
}
