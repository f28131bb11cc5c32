//! Content hashes and page fingerprints: how the program knows that nothing changed.
//!
//! Both are BLAKE3 digests. They are two types because they answer two questions: a
//! [`ContentHash`] says "these are the same bytes", a [`Fingerprint`] says "rendering this again
//! would give the same output".

use std::fmt;
use std::io::Write;

use serde::{Serialize, Serializer};

/// The digest of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Hashes `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The first ten hexadecimal digits: enough to tell two style sheets apart in a file name.
    pub fn short(&self) -> String {
        self.to_string()[..10].to_owned()
    }

    /// The digest itself, to be hashed again into a wider one.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({})", self.short())
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The digest of everything that a piece of work depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fingerprint(ContentHash);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Fingerprint {
    /// The digest itself, to be hashed again into a wider one.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

/// Gathers the inputs of a [`Fingerprint`], each set apart from the next by its length.
#[derive(Default)]
pub struct FingerprintBuilder(blake3::Hasher);

impl FingerprintBuilder {
    /// Starts with no input.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one input.
    pub fn input(mut self, bytes: &[u8]) -> Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds the JSON form of `value`: the same `Serialize` that hands a view to its template.
    ///
    /// # Panics
    /// When the value has a map whose keys are not text, which no view has.
    pub fn serialised<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        // To leave it out in silence would make a page stale one day.
        serde_json::to_writer(HashWriter(&mut self.0), value).expect("views have text keys");
        self
    }

    /// The digest of all that was added.
    pub fn finish(self) -> Fingerprint {
        Fingerprint(ContentHash(*self.0.finalize().as_bytes()))
    }
}

struct HashWriter<'a>(&'a mut blake3::Hasher);

impl Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
