//! The catalogues that benchmarks measure: they must be right, and the same for everyone.

use std::path::Path;

use crate::generate::{FIRST_DAY, SEED, write_site};
use crate::program::{program, published_in, run};

fn checked(root: &Path) {
    let mut check = program();
    check.args(["check", "--strict", "--no-rules", "--date", FIRST_DAY, "--root"]).arg(root);
    // An exit code of 0 with `--strict`: not one warning. What is made up by chance keeps no rule for content.
    run(&mut check).expect(0);
}

#[test]
fn a_generated_catalogue_is_the_same_each_time_and_checks_without_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let sites = ["one", "two", "other"].map(|name| folder.path().join(name));
    let seeds = [SEED, SEED, SEED + 1];
    let written = [0, 1, 2].map(|n| write_site(&sites[n], 60, seeds[n]).expect("written"));
    let files = sites.each_ref().map(|site| published_in(site));
    assert_eq!(written[0], (files[0].len(), files[0].iter().map(|(_, bytes)| bytes.len() as u64).sum()));
    assert_eq!(files[0], files[1]);
    assert_ne!(files[0], files[2]);
    let modules = files[0].iter().filter(|(path, _)| path.starts_with("content/modules/"));
    assert!(modules.clone().count() == 60 && modules.clone().all(|(_, bytes)| (6_000..12_000).contains(&bytes.len())));
    checked(&sites[0]);
    checked(&sites[2]);
}
