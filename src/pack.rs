//! Bytes made small, for files that a script of ours unpacks: whatever the host does, a visitor fetches little.

use std::io::Write;

use flate2::{Compression, GzBuilder};

/// The bytes as gzip (RFC 1952), without a time or a name: the same bytes give the same.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzBuilder::new().operating_system(255).write(Vec::new(), Compression::new(6));
    // Writing into memory cannot fail.
    let written = packed.write_all(bytes).and_then(|()| packed.finish());
    written.unwrap_or_default()
}
