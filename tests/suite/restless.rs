//! A site whose files change, vanish and become something else while it is built: each run ends, and reads nothing
//! from elsewhere.
#![cfg(unix)]

use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::program::{DiskSite, run};

/// Words of a file beside the site.
const SECRET: &str = "what nobody may read";

/// Makes something else of a file, the `n`th time.
fn change(path: &Path, n: usize) {
    let text = format!("---\ntitre: Module {n}\nthèmes: [A{n}]\nzut: é\n---\n[a](rien.md) {}\n", "é".repeat(n % 5_000));
    // Nothing is written to what stands there already: it may be a pipe that nobody reads.
    let write = |bytes: &[u8]| std::fs::File::create_new(path).and_then(|mut file| file.write_all(bytes));
    // What does not succeed was done by another change.
    let _ = match n % 7 {
        0 => write(&text.as_bytes()[..text.len() - 3]),
        1 | 3 | 5 => std::fs::remove_file(path).or_else(|_| std::fs::remove_dir(path)),
        2 => write(text.as_bytes()),
        4 => symlink("../../../secret.md", path),
        _ if n.is_multiple_of(2) => std::fs::create_dir(path),
        _ => std::process::Command::new("mkfifo").arg(path).stderr(Stdio::null()).status().map(|_| ()),
    };
}

#[test]
fn builds_of_a_restless_site_end_and_stay_in_it() {
    let site = DiskSite::of(&[("brochure.yaml", "titre: Exemple\n")]);
    std::fs::write(site.beside("secret.md"), format!("---\ntitre: Secret\n---\n{SECRET}\n")).expect("written");
    let paths: Vec<_> = (0..20).map(|number| site.root().join(format!("content/modules/m{number}.md"))).collect();
    std::fs::create_dir_all(site.root().join("content/modules")).expect("made");
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0.. {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                change(&paths[n * 11 % paths.len()], n);
            }
        });
        for _ in 0..15 {
            let mut command = site.command("build", &["--verbose"]);
            let ran = run(command.timeout(Duration::from_secs(60)));
            let told = format!("{}{}", ran.stdout, ran.stderr);
            assert!((0..=2).contains(&ran.code), "{told}");
            assert!(!told.contains("panicked") && !told.contains(SECRET), "{told}");
        }
        is_over.store(true, Ordering::Relaxed);
    });
    if site.root().join("public").exists() {
        for (path, bytes) in site.published() {
            assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{path}");
        }
    }
}
