//! Fuzz target: one file of any kind, parsed.
#![no_main]

#[path = "../bodies.rs"]
mod bodies;
#[path = "../harmless.rs"]
mod harmless;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::document(bytes));
