//! What a build of one size costs, in one run, beside what copying its output costs at the same time.
//!
//! All is done in rounds, so that whatever else the machine does meets builds and copies alike. Nothing is asserted
//! about time: a number that is only right on one machine is no test.
//!
//! Each build and each copy goes into a folder of its own, and all are removed at the very end. Not for tidiness: ext4
//! does not give the inodes of removed files out again for some minutes, but looks at each of them for every new file,
//! so that whatever follows the removal of a large folder is many times slower.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::child::{Program, Ran, run_well};
use crate::generate::{SEED, module_path, write_site};
use crate::stages::{self, ratio};
use crate::table::{Align, Table, megabytes, seconds};

/// The template that the template edit is made in.
const TEMPLATE: &str = include_str!("../../themes/brochure/templates/module.html");

/// What was measured of one thing, once for each round.
struct Row {
    name: &'static str,
    runs: Vec<Ran>,
    /// Files that the last run wrote, where the program tells.
    written: Option<u64>,
}

/// What a size is compared by with others.
struct Size {
    n_modules: usize,
    full: Duration,
    processors: Duration,
    peak: u64,
}

/// Where the work is done, and with what.
pub(crate) struct Bench<'a> {
    pub(crate) program: &'a Program,
    /// A folder for everything that is made on the way.
    pub(crate) folder: &'a Path,
    /// How often each thing is measured; when not said, the more often the faster it is.
    pub(crate) rounds: Option<usize>,
}

impl Bench<'_> {
    /// Measures and prints several sizes, and how they go together.
    pub(crate) fn report_all(&self, sizes: &[usize]) {
        // What an interrupted run has left.
        self.clear();
        let sizes: Vec<Size> = sizes.iter().map(|n_modules| self.report(*n_modules)).collect();
        print_growth(&sizes);
        self.clear();
    }

    /// Runs what looks for faults, and tells them.
    pub(crate) fn verdict(&self, look: impl FnOnce() -> Vec<String>) -> ExitCode {
        self.clear();
        let faults = look();
        for fault in faults.iter().take(100) {
            println!("FAULT  {fault}");
        }
        if faults.is_empty() {
            println!("nothing was wrong");
            self.clear();
            return ExitCode::SUCCESS;
        }
        println!("{} faults; what was left stands in {}", faults.len(), self.folder.display());
        ExitCode::FAILURE
    }

    fn clear(&self) {
        if self.folder.exists() {
            std::fs::remove_dir_all(self.folder).expect("removed");
        }
    }

    /// Measures and prints one size.
    fn report(&self, n_modules: usize) -> Size {
        let rounds = self.rounds.unwrap_or(match n_modules {
            ..=300 => 15,
            301..=3_000 => 7,
            3_001..=30_000 => 5,
            _ => 1,
        });
        let within = self.folder.join(n_modules.to_string());
        let root = within.join("site");
        let (n_in, bytes_in) = write_site(&root, n_modules, SEED).expect("a folder to write into");
        let names = ["full build", "nothing changed", "one body edit", "one title edit"];
        let [mut full, mut nothing, mut body, mut title] = names.map(Row::new);
        let (mut reading, mut copying, mut template) =
            (Vec::new(), Row::new("cp -r of the output"), Row::new("one template edit"));
        // The first build is not measured: it brings everything into the caches that a machine in use has there.
        self.build(&root, &within.join("out"));
        let edited = root.join(module_path(n_modules.div_ceil(2)));
        let original = std::fs::read_to_string(&edited).expect("a module");
        for round in 0..rounds {
            let (output, copy) = (within.join(format!("out-{round}")), within.join(format!("copy-{round}")));
            reading.push(time_of(|| read_all(&root)));
            full.measure(&mut self.command(&root, &output));
            copying.measure(Command::new("cp").arg("-r").arg(&output).arg(&copy));
            nothing.measure(&mut self.command(&root, &output));
            std::fs::write(&edited, format!("{original}\nUne phrase de plus, la {round}e.\n")).expect("written");
            body.measure(&mut self.command(&root, &output));
            let title_line = format!("titre: \"Un autre titre, le {round}e, ");
            std::fs::write(&edited, original.replacen("titre: \"", &title_line, 1)).expect("written");
            title.measure(&mut self.command(&root, &output));
            std::fs::write(&edited, &original).expect("written");
        }
        let (n_out, bytes_out) = read_all(&within.join("out"));
        settle();
        let staged = stages::watch_build(self.program, &root, &within.join("out-staged"));
        self.template_edits(&root, &within.join("out-look"), rounds, &mut template);

        print_load();
        println!(
            "{n_modules} modules: {n_in} files in, {} MB; {n_out} files out, {} MB; {rounds} rounds",
            megabytes(bytes_in),
            megabytes(bytes_out)
        );
        println!();
        print_rows(&reading, &[&copying, &full, &nothing, &body, &title, &template]);
        stages::print(&staged);
        print_shares(&reading, &copying, &full, &[&nothing, &body, &title, &template]);
        Size {
            n_modules,
            full: full.median(|ran| ran.wall),
            processors: full.median(|ran| ran.user + ran.system),
            peak: full.peak(),
        }
    }

    /// A look of the site's own, of one template that is edited in each round.
    fn template_edits(&self, root: &Path, output: &Path, rounds: usize, row: &mut Row) {
        let templates = root.join("themes/bench/templates");
        std::fs::create_dir_all(&templates).expect("made");
        let settings = std::fs::read_to_string(root.join("brochure.yaml")).expect("settings");
        std::fs::write(root.join("brochure.yaml"), format!("{settings}look: bench\n")).expect("written");
        std::fs::write(templates.join("module.html"), TEMPLATE).expect("written");
        self.build(root, output);
        for round in 0..rounds {
            let text = TEMPLATE.replacen("<h1>", &format!("<h1 data-round=\"{round}\">"), 1);
            assert_ne!(text, TEMPLATE, "the template has an h1 to edit");
            std::fs::write(templates.join("module.html"), text).expect("written");
            row.measure(&mut self.command(root, output));
        }
    }

    fn command(&self, root: &Path, output: &Path) -> Command {
        let mut command = self.program.build(root, output);
        command.args(["--format", "json"]);
        command
    }

    fn build(&self, root: &Path, output: &Path) {
        run_well(&mut self.command(root, output));
    }
}

impl Row {
    fn new(name: &'static str) -> Self {
        Self { name, runs: Vec::new(), written: None }
    }

    /// Measures a command once, when the disk has nothing left to do from before.
    fn measure(&mut self, command: &mut Command) {
        settle();
        let ran = run_well(command);
        let said: Option<serde_json::Value> = serde_json::from_str(&ran.said).ok();
        self.written = said.and_then(|said| said["summary"]["written"].as_u64());
        self.runs.push(ran);
    }

    fn median(&self, of: impl Fn(&Ran) -> Duration) -> Duration {
        median(&self.runs.iter().map(of).collect::<Vec<_>>())
    }

    fn least(&self) -> Duration {
        self.runs.iter().map(|ran| ran.wall).min().unwrap_or_default()
    }

    fn peak(&self) -> u64 {
        self.runs.iter().map(|ran| ran.peak).max().unwrap_or_default()
    }
}

fn print_rows(reading: &[Duration], rows: &[&Row]) {
    let mut table = Table::new(&[
        ("", Align::Left),
        ("median s", Align::Right),
        ("least s", Align::Right),
        ("user s", Align::Right),
        ("system s", Align::Right),
        ("peak MB", Align::Right),
        ("written", Align::Right),
    ]);
    let least = reading.iter().min().copied().unwrap_or_default();
    table.row(vec!["reading the input".to_owned(), seconds(median(reading)), seconds(least)]);
    for row in rows {
        let wall = row.median(|ran| ran.wall);
        table.row(vec![
            row.name.to_owned(),
            seconds(wall),
            seconds(row.least()),
            seconds(row.median(|ran| ran.user)),
            seconds(row.median(|ran| ran.system)),
            megabytes(row.peak()),
            row.written.map(|written| written.to_string()).unwrap_or_default(),
        ]);
    }
    table.print();
}

/// Prints what the builds come to beside what any of them must do: a copy, a reading, a full build.
fn print_shares(reading: &[Duration], copying: &Row, full: &Row, others: &[&Row]) {
    let mut table = Table::new(&[
        ("how many times", Align::Left),
        ("medians", Align::Right),
        ("least", Align::Right),
        ("processor time", Align::Right),
    ]);
    // On a machine that others use too, the time of processors is the steadiest of the three.
    let spent = |row: &Row| row.median(|ran| ran.user + ran.system);
    let times = |part: &Row, whole: &Row| {
        let walls = [
            ratio(part.median(|ran| ran.wall), whole.median(|ran| ran.wall)),
            ratio(part.least(), whole.least()),
            ratio(spent(part), spent(whole)),
        ];
        walls.map(|times| format!("{times:.2}"))
    };
    let mut row = |name: String, cells: &[String]| table.row([&[name], cells].concat());
    row("full build to cp -r of its output".to_owned(), &times(full, copying));
    let least = reading.iter().min().copied().unwrap_or_default();
    let to_reading = [ratio(full.median(|ran| ran.wall), median(reading)), ratio(full.least(), least)];
    row("full build to reading the input".to_owned(), &to_reading.map(|times| format!("{times:.2}")));
    for other in others {
        row(format!("{} to full build", other.name), &times(other, full));
    }
    table.print();
}

/// Prints how several sizes go together: what grows as the catalogue does stays the same in each row.
fn print_growth(sizes: &[Size]) {
    let mut table = Table::new(&[
        ("modules", Align::Right),
        ("full build s", Align::Right),
        ("ms a module", Align::Right),
        ("processor ms a module", Align::Right),
        ("peak MB", Align::Right),
        ("KB a module", Align::Right),
    ]);
    for size in sizes {
        let each = size.n_modules as f64;
        table.row(vec![
            size.n_modules.to_string(),
            seconds(size.full),
            format!("{:.3}", size.full.as_secs_f64() * 1e3 / each),
            format!("{:.3}", size.processors.as_secs_f64() * 1e3 / each),
            megabytes(size.peak),
            format!("{:.1}", size.peak as f64 / 1e3 / each),
        ]);
    }
    table.print();
}

/// Says how busy the machine is, where it tells: beside other work the clock says little.
fn print_load() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    if let Some(load) = load.split(' ').next() {
        println!("on {cores} cores, with a load of {load} in the last minute, this work included");
    }
}

/// Lets the disk finish what it was given, so that nothing is paid for by what comes next.
fn settle() {
    // Where there is no such command, the figures are noisier and still right.
    let _ = Command::new("sync").status();
}

fn time_of<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    std::hint::black_box(work());
    began.elapsed()
}

/// Reads every file below a folder, one after the other: how many there are, and their bytes.
fn read_all(folder: &Path) -> (usize, u64) {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let sizes = files.map(|entry| std::fs::read(entry.path()).expect("read").len() as u64);
    sizes.fold((0, 0), |(n, bytes), size| (n + 1, bytes + size))
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
