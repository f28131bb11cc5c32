//! The corpora of the fuzz targets, and changes of them, with the toolchain that everybody has.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::bodies::TARGETS;
use crate::driver::{files_below, repository};

/// Bytes that mean something somewhere.
const MEANT: [&[u8]; 22] = [
    b"---\n",
    b"\n",
    b": ",
    b"- ",
    b"&a ",
    b"*a ",
    b"\"",
    b"'",
    b"{",
    b"]",
    b"# ",
    b"|",
    b"[x](y)",
    b"\n==> content/modules/b.md\n",
    b"\xEF\xBB\xBF",
    b"\xC3",
    b"\xCC\x81",
    b"\xC2\xA0",
    b"\r",
    b"\0",
    b"\xEF\xB7\x90",
    b"9999999999",
];

/// The files of a corpus, each with its name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let files = files_below(&repository().join("tests/fuzz/corpus").join(target));
    files.into_iter().map(|(name, path)| (name, std::fs::read(path).expect("read"))).collect()
}

#[test]
fn what_fuzzers_found_stays_found() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        assert!(!corpus.is_empty(), "{name}");
        for (file, bytes) in corpus {
            let ran = std::panic::catch_unwind(|| target(&bytes));
            assert!(ran.is_ok(), "tests/fuzz/corpus/{name}/{file}");
        }
    }
}

/// Puts something in the place of some bytes.
fn changed(mut bytes: Vec<u8>, changes: &[(Index, usize, Vec<u8>)]) -> Vec<u8> {
    for (at, length, new) in changes {
        let at = at.index(bytes.len() + 1);
        let end = bytes.len().min(at + length);
        bytes.splice(at..end, new.iter().copied());
    }
    bytes
}

#[test]
fn what_is_near_to_a_corpus_is_sound() {
    // The same inputs each time: new ones are for fuzzers to find, and not for whoever tests something else.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner =
        TestRunner::new_with_rng(Config { cases: 96, failure_persistence: None, ..Config::default() }, rng);
    let bytes = prop_oneof![select(&MEANT[..]).prop_map(<[u8]>::to_vec), vec(any::<u8>(), 0..3)];
    let changes = (any::<Index>(), vec((any::<Index>(), 0usize..6, bytes), 1..6));
    let sound = runner.run(&changes, |(file, changes)| {
        for (name, target) in TARGETS {
            let corpus = corpus(name);
            let (_, bytes) = file.get(&corpus);
            target(&changed(bytes.clone(), &changes));
        }
        Ok(())
    });
    if let Err(error) = sound {
        panic!("{error}");
    }
}
