//! What is found by what, read back as the browser reads it.

use std::collections::BTreeMap;
use std::io::Read;

use super::*;

fn unpack(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut unpacked).expect("gzip");
    unpacked
}

/// The stems of an index with their places, read from its files.
fn read(index: &Index) -> BTreeMap<String, Vec<(usize, u8)>> {
    let words: serde_json::Value = serde_json::from_slice(&unpack(&index.words)).expect("JSON");
    let lines: Vec<&str> = words["stems"].as_str().expect("text").lines().collect();
    let mut files: Vec<std::collections::VecDeque<u8>> = index.places.iter().map(|file| unpack(file).into()).collect();
    let n_files = files.len();
    let mut stems = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let file = &mut files[at * n_files / lines.len()];
        let mut number = || {
            let (mut number, mut shift) = (0, 0);
            loop {
                let byte = file.pop_front().expect("a byte");
                number |= usize::from(byte & 0x7F) << shift;
                shift += 7;
                if byte < 0x80 {
                    return number;
                }
            }
        };
        let n = number();
        let mut text = 0;
        let texts: Vec<usize> = (0..n)
            .map(|_| {
                text += number();
                text
            })
            .collect();
        let weights: Vec<u8> = (0..n).map(|_| file.pop_front().expect("a weight")).collect();
        let stem = line.split(' ').next().expect("a stem");
        assert_eq!(line.split(' ').nth(1), Some(n.to_string().as_str()), "{line}");
        stems.insert(stem.to_owned(), texts.into_iter().zip(weights).collect());
    }
    assert!(files.iter().all(|file| file.is_empty()), "nothing is left over");
    stems
}

fn record(parts: &[(Part, &str)]) -> Record {
    Record { parts: parts.iter().map(|(part, text)| (*part, (*text).to_owned())).collect() }
}

fn index(records: &[Record], synonyms: &[Synonyms], n_places: usize, n_threads: usize) -> Index {
    let n_threads = NonZero::new(n_threads).expect("a thread");
    let settings = Settings { synonyms, mark: "x", lang: Lang::French, n_places, n_threads };
    Index::of(records.len(), &|number| records[number].clone(), &settings)
}

fn texts_of(stems: &BTreeMap<String, Vec<(usize, u8)>>, word: &str) -> Vec<usize> {
    let stem = Words::of(Lang::French).stems_of(word).pop().expect("a word that counts");
    stems.get(&stem).into_iter().flatten().map(|(text, _)| *text).collect()
}

#[test]
fn forms_of_one_word_meet() {
    let texts = ["Accompagner une équipe", "L’accompagnement des équipes", "Une personne accompagnée"];
    let made = index(&texts.map(|text| record(&[(Part::Text, text)])), &[], 3, 2);
    let stems = read(&made);
    assert_eq!(texts_of(&stems, "accompagnées"), [0, 1, 2]);
    assert_eq!(texts_of(&stems, "equipe"), [0, 1]);
    assert_eq!(texts_of(&stems, "l’équipe"), [0, 1]);
}

#[test]
fn compounds_are_found_by_their_parts_and_as_one() {
    let made = index(&[record(&[(Part::Title, "La pair-aidance")])], &[], 1, 1);
    let stems = read(&made);
    for word in ["pair", "aidance", "pairaidance"] {
        assert_eq!(texts_of(&stems, word), [0], "{word}");
    }
}

#[test]
fn a_title_counts_for_more_than_a_text_and_a_short_one_for_more_than_a_long_one() {
    let long = "Prévenir le suicide dans les établissements sociaux, médico-sociaux et sanitaires du territoire";
    let records = [
        record(&[(Part::Text, "suicide")]),
        record(&[(Part::Title, "Prévenir le suicide")]),
        record(&[(Part::Title, long)]),
        record(&[(Part::Summary, "suicide")]),
    ];
    let stems = read(&index(&records, &[], 1, 1));
    let mut weights = stems["suicid"].clone();
    weights.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    assert_eq!(weights.iter().map(|(text, _)| *text).collect::<Vec<_>>(), [1, 2, 3, 0]);
}

#[test]
fn words_that_say_nothing_are_left_out_and_acronyms_meet_what_they_mean() {
    let synonyms =
        [vec!["MSP".to_owned(), "Médiateur de santé-pair".to_owned()], vec!["Seul".to_owned(), "seuls".to_owned()]];
    let made = index(&[record(&[(Part::Text, "de la l’ à et MSP")])], &synonyms, 1, 1);
    assert_eq!(read(&made).into_keys().collect::<Vec<_>>(), ["msp"]);
    let words: serde_json::Value = serde_json::from_slice(&unpack(&made.words)).expect("JSON");
    assert_eq!(words["same"], serde_json::json!([[["msp"], ["mediateur", "sant", "pair"]]]));
}

#[test]
fn the_index_does_not_depend_on_how_the_work_is_shared() {
    let records: Vec<Record> = (0..300)
        .map(|n| record(&[(Part::Title, &format!("Écouter {n}")), (Part::Text, &format!("mot{} texte", n % 7))]))
        .collect();
    let (one, other) = (index(&records, &[], 9, 1), index(&records, &[], 9, 4));
    assert_eq!((one.words, one.places), (other.words, other.places));
}

#[test]
fn any_text_is_indexed() {
    use proptest::prelude::*;
    proptest!(|(texts in proptest::collection::vec(".{0,60}", 0..20), n_files in 1_usize..9)| {
        let records: Vec<Record> = texts.iter().map(|text| record(&[(Part::Title, text)])).collect();
        let stems = read(&index(&records, &[], n_files, 2));
        for (stem, places) in &stems {
            prop_assert!(!stem.is_empty() && !stem.contains(char::is_whitespace), "{stem:?}");
            prop_assert!(places.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    });
}

#[test]
fn a_stem_is_shown_by_its_most_frequent_word() {
    let texts = ["Une équipe, des équipes", "Les équipes", "équipes"];
    let made = index(&texts.map(|text| record(&[(Part::Text, text)])), &[], 1, 1);
    let words: serde_json::Value = serde_json::from_slice(&unpack(&made.words)).expect("JSON");
    assert_eq!(words["stems"], "equip 3 équipes équipe");
}
