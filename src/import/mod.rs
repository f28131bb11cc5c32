//! Drafts of sheets from what people have: a text copied from a PDF or a word processor, a table.
//!
//! [`read_text`] and [`read_table`] are functions of what was read; nothing here touches a file. Nothing is invented and nothing
//! lost: what a label names becomes front matter where the program's own reader takes it, everything else stands in the
//! body in the words of its author, and what was not understood is told, and stands under a heading of its own.

mod blocks;
mod bytes;
mod dated;
mod days;
mod draft;
mod facts;
mod flow;
mod given;
mod labels;
mod lines;
mod people;
mod proof;
mod reading;
mod separated;
mod steps;
mod table;
mod text;
mod title;
mod value;
mod workbook;

pub use bytes::{Content, ContentKind, LONGEST_FILE, Refusal, read as read_bytes};
pub use draft::{Draft, Left, Mapped, Options, TitleFrom};
pub use labels::{Labels, Target, UnknownKey};
pub use lines::Markup;
pub use table::{Row, Table, column_name, has_column, read as read_table};
pub use text::read as read_text;
pub use workbook::CellWords;

#[cfg(test)]
mod tests;
