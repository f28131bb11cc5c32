//! Fuzz target: the spaces of French.
#![no_main]

#[path = "../bodies.rs"]
mod bodies;
#[path = "../harmless.rs"]
mod harmless;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::typography(bytes));
