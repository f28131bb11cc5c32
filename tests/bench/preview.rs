//! How long an author waits: from saving a file to the new page, fetched over loopback, beside a build from nothing.
//!
//! The page is asked for again and again from the moment the file is written, so what is measured holds everything: the
//! event, the rest after it, the look at all files, the page, and the way back.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::child::run_well;
use crate::generate::{SEED, module_path, write_site};
use crate::report::Bench;
use crate::stages::ratio;
use crate::table::{Align, Table, seconds};

/// Edits of each kind.
const N_EDITS: usize = 20;
/// Edits of the look, each of which changes every page.
const N_LOOK_EDITS: usize = 5;
/// An author thinks between two edits.
const PAUSE: Duration = Duration::from_millis(700);
/// Nothing takes longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// A template of the built-in look that draws every page.
const BASE: &str = include_str!("../../themes/brochure/templates/base.html");

/// A kind of edit.
#[derive(Clone, Copy)]
enum Edit {
    Body,
    Title,
    Template,
}

/// Measures each size, and prints what it found.
pub(crate) fn measure(bench: &Bench<'_>, sizes: &[usize]) {
    let mut table = Table::new(&[
        ("modules", Align::Right),
        ("edit of", Align::Left),
        ("median s", Align::Right),
        ("least", Align::Right),
        ("most", Align::Right),
        ("of a build", Align::Right),
    ]);
    for size in sizes {
        let root = bench.folder.join(format!("preview-{size}"));
        let _ = std::fs::remove_dir_all(&root);
        write_site(&root, *size, SEED).expect("a folder to write into");
        add_look(&root);
        let output = root.join("public");
        let build = run_well(&mut bench.program.build(&root, &output)).wall;
        table.row(vec![
            size.to_string(),
            "(a build from nothing)".to_owned(),
            seconds(build),
            String::new(),
            String::new(),
            String::new(),
        ]);
        let preview = Preview::start(bench, &root);
        for (edit, name, n) in [
            (Edit::Body, "a text", N_EDITS),
            (Edit::Title, "a title", N_EDITS),
            (Edit::Template, "the template of all pages", N_LOOK_EDITS),
        ] {
            let mut times: Vec<Duration> = (0..n).map(|n| preview.edit(&root, *size, edit, n)).collect();
            times.sort();
            let (least, median, most) = (times[0], times[n / 2], times[n - 1]);
            let share = format!("{:.3}", ratio(median, build));
            table.row(vec![size.to_string(), name.to_owned(), seconds(median), seconds(least), seconds(most), share]);
        }
        drop(preview);
        let _ = std::fs::remove_dir_all(&root);
    }
    table.print();
}

fn add_look(root: &Path) {
    let settings = root.join("brochure.yaml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(&settings, format!("{text}\nlook: mesure\n")).expect("written");
    let templates = root.join("themes/mesure/templates");
    std::fs::create_dir_all(&templates).expect("made");
    std::fs::write(templates.join("base.html"), BASE).expect("written");
}

/// A preview that is under way.
struct Preview {
    child: Child,
    host: String,
}

impl Preview {
    fn start(bench: &Bench<'_>, root: &Path) -> Self {
        let mut command = bench.program.serve(root);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let host = lines.find_map(|line| {
            let line = line.expect("read");
            line.split("http://").nth(1).map(|rest| rest.trim_end_matches('/').to_owned())
        });
        // What is said later has to go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        let preview = Self { child, host: host.expect("an address") };
        preview.get("/");
        std::thread::sleep(PAUSE * 4);
        preview
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("read");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Saves a file, and waits for the page that shows it.
    fn edit(&self, root: &Path, n_modules: usize, edit: Edit, n: usize) -> Duration {
        let number = (n * 37 + 11) % n_modules;
        let module = module_path(number);
        let stem = Path::new(&module).file_stem().expect("a name").to_string_lossy().into_owned();
        let address = format!("/modules/{stem}/");
        let mark = format!("Zq{n}x{}", edit as usize);
        let path = match edit {
            Edit::Body | Edit::Title => root.join(&module),
            Edit::Template => root.join("themes/mesure/templates/base.html"),
        };
        let text = std::fs::read_to_string(&path).expect("read");
        let changed = match edit {
            Edit::Body => format!("{text}\n{mark}\n"),
            Edit::Title => text.lines().map(|line| titled(line, &mark)).collect(),
            Edit::Template => text.replace("</body>", &format!("<!-- {mark} --></body>")),
        };
        assert_ne!(text, changed, "{module} has nothing to change");
        let began = Instant::now();
        std::fs::write(&path, changed).expect("written");
        while !self.get(&address).contains(&mark) {
            assert!(began.elapsed() < PATIENCE, "{address} never shows {mark}");
        }
        let taken = began.elapsed();
        std::thread::sleep(PAUSE);
        taken
    }
}

fn titled(line: &str, mark: &str) -> String {
    match line.split_once(": ") {
        Some((key @ ("titre" | "title"), _)) => format!("{key}: \"{mark}\"\n"),
        _ => format!("{line}\n"),
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
