//! Fuzz target: values as people write them short.
#![no_main]

#[path = "../bodies.rs"]
mod bodies;
#[path = "../harmless.rs"]
mod harmless;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::short_forms(bytes));
