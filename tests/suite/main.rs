//! The integration suite: one binary, one module for each question that is asked of the whole program.
//!
//! Sites are built from files in memory unless the disk itself is in question; [`driver`] has the words
//! in which tests speak. Run it with `cargo test --test suite`.

#[path = "../fuzz/bodies.rs"]
mod bodies;
mod driver;
mod edits;
#[path = "../bench/generate/mod.rs"]
mod generate;
#[path = "../fuzz/harmless.rs"]
mod harmless;
mod outline;
mod program;
mod rules;
mod served;
mod slips;

mod build;
mod calendars;
mod check;
mod cli;
mod desk;
mod determinism;
mod edges;
mod editions;
mod every_key;
mod explain;
mod faults;
mod find;
mod follow;
mod frames;
mod fuzz;
mod generated;
mod growth;
mod hostile;
mod import;
mod incremental;
mod inert;
mod kept;
mod mended;
mod outputs;
mod own_look;
mod paging;
mod pathways;
mod publish;
mod register;
mod remember;
mod report;
mod restless;
mod seeds;
mod serve;
mod start;
mod tidy;
mod told;
mod wild;
