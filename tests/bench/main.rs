//! Measures of the whole program on catalogues that are made up: `cargo bench --bench catalogue -- 1000 10000`.

// What is measured is told on standard output.
#![allow(clippy::print_stdout)]

mod generate;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo adds this word when it runs a benchmark.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate", n_modules, folder] => {
            let n_modules = n_modules.parse().expect("a number of modules");
            let (n_files, n_bytes) =
                generate::write_site(Path::new(folder), n_modules, generate::SEED).expect("a folder to write into");
            println!("{folder}: {n_files} files, {n_bytes} bytes; build with --date {}", generate::FIRST_DAY);
        }
        _ => println!("generate N DIR"),
    }
    ExitCode::SUCCESS
}
