//! Fuzz target: the settings of a small site.
#![no_main]

#[path = "../bodies.rs"]
mod bodies;
#[path = "../harmless.rs"]
mod harmless;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::settings(bytes));
