//! YAML, behind one door: front matter and settings as a tree, read field by field.
//!
//! This is the only place that knows the YAML crates. [`parse`] gives a [`Node`] tree, quickly and
//! without positions; [`Places`] finds the position of a value again, and is made only when there is
//! something to say about the file. [`Reader`] and [`Fields`] turn the tree into typed values: they
//! know keys in two spellings, report what they cannot read, and lose nothing.

mod cut;
mod depth;
mod emit;
mod form;
mod parse;
mod places;
mod reader;
mod scalar;
mod slip;
mod values;

pub(crate) use cut::cut_values;
pub use emit::written;
pub use form::{Form, MapForm, Words};
pub use parse::{Node, parse};
pub use places::Places;
pub use reader::{Field, Fields, Key, Reader, Unknown};
pub use scalar::{exact, scalar};
