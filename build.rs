//! Names what the program is compiled from: a site that was made by another program is made again.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Everything that can change what a site looks like: code, texts, the built-in look, and the libraries' versions.
const INPUTS: [&str; 4] = ["src", "themes/brochure", "Cargo.lock", "Cargo.toml"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = BTreeMap::new();
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
        gather(Path::new(input), &mut files)?;
    }
    // No secret and no name of a file: two states of the sources must differ by chance, not by a rival's will.
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    println!("cargo::rustc-env=BROCHURE_SOURCE_DIGEST={:016x}", hasher.finish());
    Ok(())
}

fn gather(path: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> Result<(), Box<dyn Error>> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            gather(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.insert(path.to_owned(), fs::read(path)?);
    }
    Ok(())
}
