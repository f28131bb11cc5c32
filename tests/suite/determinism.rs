//! The same input and day give the same bytes and the same diagnostics: on one thread and on many, the first
//! time and the second, whatever order the files were made in.

use std::collections::BTreeSet;

use rayon::ThreadPoolBuilder;

use crate::driver::{Built, DAY, TestSite, Whole};

const FIXTURES: [&str; 4] = ["three-files", "every-key-fr", "english", "moved"];

/// Where two runs do not agree, if anywhere: in a path, a byte, a diagnostic or a date.
pub(crate) fn difference(one: &Built, two: &Built) -> Option<String> {
    let (one, two) = (&one.0, &two.0);
    let paths = |run: &Whole| run.site.outputs.keys().cloned().collect::<BTreeSet<_>>();
    if paths(one) != paths(two) {
        let apart: Vec<_> = paths(one).symmetric_difference(&paths(two)).cloned().collect();
        return Some(format!("only one has {apart:?}"));
    }
    for (path, output) in &one.site.outputs {
        let other = &two.site.outputs[path];
        if output != other {
            let (one, two) = (String::from_utf8_lossy(&output.bytes), String::from_utf8_lossy(&other.bytes));
            let lines = one.lines().zip(two.lines()).find(|(one, two)| one != two);
            return Some(format!("{path}: {:?}", lines.unwrap_or(("one is longer", "or its hash is wrong"))));
        }
    }
    if one.found != two.found {
        return Some(format!("found {:#?}\nand {:#?}", one.found, two.found));
    }
    (one.next_change != two.next_change).then(|| format!("{:?} and {:?}", one.next_change, two.next_change))
}

fn assert_same(one: &Built, two: &Built, what: &str) {
    assert_eq!(difference(one, two), None, "{what}");
}

fn on_threads(n: usize, site: &TestSite) -> Built {
    let pool = ThreadPoolBuilder::new().num_threads(n).build().expect("threads");
    // The site itself stays on this thread: only its files are shared.
    site.attempt_in(&pool, DAY)
}

fn check(name: &str, site: &TestSite) {
    let one = on_threads(1, site);
    for n in [2, 8] {
        assert_same(&one, &on_threads(n, site), &format!("{name}, one thread and {n}"));
    }
    let first = site.attempt(DAY);
    assert_same(&one, &first, &format!("{name}, another pipeline"));
    assert_same(&first, &site.attempt(DAY), &format!("{name}, a second run"));
}

#[test]
fn threads_and_repetition_change_nothing_in_the_fixtures() {
    for name in FIXTURES {
        check(name, &TestSite::from_fixture(name));
    }
}

#[test]
fn threads_and_repetition_change_nothing_in_the_shipped_brochure() {
    check("the shipped brochure", &TestSite::shipped());
}

#[test]
fn diagnostics_come_in_the_same_order_on_any_number_of_threads() {
    let site = TestSite::of(&[]);
    for n in 0..40 {
        let text = format!(
            "---\ntitre: M{n}\nthème: A{n}\nprérequis: [{{module: absent-{n}}}]\nclé-{n}: 1\n---\n[x](rien.md) <b onclick=a()>b</b>\n"
        );
        site.write(&format!("content/modules/m{n}.md"), text);
    }
    check("a site full of slips", &site);
    assert!(site.attempt(DAY).0.found.len() > 120);
}

#[test]
fn the_order_in_which_files_were_made_changes_nothing() {
    let files: Vec<(String, String)> = (0..12)
        .map(|n| (format!("content/modules/m{n}.md"), format!("---\ntitre: Même titre\nthème: T{}\n---\n", n % 3)))
        .collect();
    let (forwards, backwards) = (TestSite::of(&[]), TestSite::of(&[]));
    for ((path, text), (last_path, last_text)) in files.iter().zip(files.iter().rev()) {
        forwards.write(path, text);
        backwards.write(last_path, last_text);
    }
    assert_same(&forwards.attempt(DAY), &backwards.attempt(DAY), "two orders of making");
}

#[test]
fn what_is_made_once_for_all_pages_never_waits_for_itself() {
    // Many threads, and pages that all want the same things at once: a thread that made one of them with the help of the
    // others, and was handed another page meanwhile, would wait for ever. It did, once in forty times.
    let site = TestSite::of(&[]);
    for n in 0..60 {
        let text = format!("---\ntitre: Écouter {n}\nthème: T{}\nrégions: Bretagne\n---\nUn texte.\n", n % 5);
        site.write(&format!("content/modules/m{n}.md"), text);
    }
    let first = on_threads(64, &site);
    for _ in 0..40 {
        assert_same(&first, &on_threads(64, &site), "64 threads");
    }
}
