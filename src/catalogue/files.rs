//! Files that are no documents: pictures and papers beside the documents they belong to, and assets.

use std::collections::BTreeMap;

use crate::hash::ContentHash;
use crate::source::{ContentPath, Sources};

use super::Target;

/// A file that visitors may fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// Its length in bytes.
    pub len: u64,
    /// The digest of its bytes.
    pub hash: ContentHash,
    /// The document it belongs to: it is published beside it.
    pub owner: Option<Target>,
    /// Width and height in pixels, for pictures that tell.
    pub dimensions: Option<(u32, u32)>,
}

/// The files, by where they stand.
pub type Files = BTreeMap<ContentPath, FileInfo>;

/// Finds the files and their owners: a document of the same name, or one in whose folder they are.
pub(super) fn find_files(sources: &Sources, targets: &BTreeMap<ContentPath, Target>) -> Files {
    let content = sources.under("content").filter(|file| !crate::document::is_document(&file.path));
    content
        .chain(sources.under("assets"))
        .map(|file| {
            let info = FileInfo {
                len: file.bytes.len() as u64,
                hash: file.hash,
                owner: owner_of(&file.path, targets),
                dimensions: dimensions(&file.bytes),
            };
            (file.path.clone(), info)
        })
        .collect()
}

fn owner_of(path: &ContentPath, targets: &BTreeMap<ContentPath, Target>) -> Option<Target> {
    if !path.is_under("content") {
        return None;
    }
    // `x.pdf` beside `x.md`; then `x/plan.svg` beside `x/index.md` or below `x.md`, at any depth.
    let beside = ContentPath::new(format!("{}/{}.md", path.folder(), path.stem()));
    let mut folder = path.folder();
    let mut candidates = vec![beside];
    while folder.matches('/').count() >= 2 {
        candidates.push(ContentPath::new(format!("{folder}/index.md")));
        candidates.push(ContentPath::new(format!("{folder}.md")));
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    candidates.iter().find_map(|candidate| targets.get(candidate)).cloned()
}

/// The size of a PNG, GIF, WebP, JPEG or SVG, so that a page does not jump while pictures load.
fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let be16 = |at: usize| Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let be32 = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let le16 = |at: usize| Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some((be32(16)?, be32(20)?)),
        [b'G', b'I', b'F', b'8', ..] => Some((le16(6)?, le16(8)?)),
        [0xFF, 0xD8, ..] => {
            let mut at = 2;
            loop {
                let (mark, kind) = (*bytes.get(at)?, *bytes.get(at + 1)?);
                if mark != 0xFF {
                    return None;
                }
                // Start-of-frame markers hold the size; C4, C8 and CC are other tables.
                if (0xC0..=0xCF).contains(&kind) && !matches!(kind, 0xC4 | 0xC8 | 0xCC) {
                    return Some((be16(at + 7)?, be16(at + 5)?));
                }
                at += 2 + be16(at + 2)? as usize;
            }
        }
        _ => svg_dimensions(bytes),
    }
}

fn svg_dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).into_owned();
    let tag = head.split_once("<svg")?.1.split_once('>')?.0;
    let attribute = |name: &str| {
        let value = tag.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0;
        Some(value.trim_end_matches("px").to_owned())
    };
    let whole =
        |text: String| text.parse::<f64>().ok().filter(|n| (1.0..=100_000.0).contains(n)).map(|n| n.round() as u32);
    if let (Some(width), Some(height)) = (attribute("width").and_then(whole), attribute("height").and_then(whole)) {
        return Some((width, height));
    }
    let view_box = attribute("viewBox")?;
    let mut numbers = view_box.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((whole(numbers.next()?.to_owned())?, whole(numbers.next()?.to_owned())?))
}
