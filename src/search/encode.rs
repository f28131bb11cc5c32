//! The index as files. What reads them is the look's `search.js`, which says the same of each form.

use serde_json::json;

use crate::pack::pack;

use super::{Settings, Stem, Words};

/// All words: JSON, packed. `stems` has a line for each stem, in their order: the stem, in how many texts it is, and the
/// words that have it, the most frequent first.
pub(super) fn words(
    stems: &[(Box<str>, Stem)],
    groups: &[Vec<Vec<String>>],
    words: &Words,
    n_texts: usize,
    settings: &Settings<'_>,
) -> Vec<u8> {
    let mut lines = String::new();
    for (stem, known) in stems {
        lines.push_str(&format!("{stem} {}", known.places.len()));
        let mut forms: Vec<_> = known.forms.iter().collect();
        forms.sort_by_key(|(form, count)| (std::cmp::Reverse(**count), (*form).clone()));
        for (form, _) in forms {
            lines.push(' ');
            lines.push_str(form);
        }
        lines.push('\n');
    }
    let document = json!({
        "texts": n_texts,
        "mark": settings.mark,
        "files": settings.n_places,
        "idle": words.idle(),
        "same": groups,
        "stems": lines.trim_end(),
    });
    pack(document.to_string().as_bytes())
}

/// Places of stems: stem `i` of `n` stands in file `i * n_files / n`. A file has, for each of its stems in their order:
/// the number of texts, the distance of each from the one before, all as LEB128; then a byte for how much it counts in
/// each.
pub(super) fn places(stems: &[(Box<str>, Stem)], n_files: usize) -> Vec<Vec<u8>> {
    let mut files = vec![Vec::new(); n_files];
    for (at, (_, stem)) in stems.iter().enumerate() {
        let Some(file) = files.get_mut(at * n_files / stems.len()) else { continue };
        push_number(file, stem.places.len());
        let mut before = 0;
        for (text, _) in &stem.places {
            let text = *text as usize;
            push_number(file, text - before);
            before = text;
        }
        file.extend(stem.places.iter().map(|(_, weight)| *weight));
    }
    files.iter().map(|file| pack(file)).collect()
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7F {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
