//! `brochure import FILE...`: drafts of sheets from what people have. Shows what each label and column became, and
//! writes what has no sheet of its name yet.

use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::terminal::Terminal;
use super::{Outcome, has_root};
use crate::cli::ImportArgs;
use crate::file_system::{Action, FileError, FileSystem};
use crate::id::Slug;
use crate::import::{
    CellWords, ContentKind, Draft, LONGEST_FILE, Labels, Left, Mapped, Options, TitleFrom, column_name, read_bytes,
    read_table, read_text,
};
use crate::lang::Lang;
use crate::source::Project;
use crate::texts::Texts;

/// Where sheets of modules stand.
const FOLDER: &str = "content/modules";
/// The widest label that is lined up with the others.
const WIDEST: usize = 40;
/// So many characters of what was not understood are shown.
const SHOWN: usize = 70;
/// So many lines of it.
const MOST_LEFT: usize = 30;

/// One import: where it goes, and how it went so far.
struct Import<'a, 't> {
    fs: &'a dyn FileSystem,
    terminal: &'a mut Terminal<'t>,
    texts: &'static Texts,
    options: Options,
    root: PathBuf,
    dry_run: bool,
    /// The names that are taken, and those of this import.
    taken: BTreeSet<Slug>,
    own: BTreeSet<Slug>,
    n_written: usize,
    /// The labels of `--map` that nothing was called.
    unused: Vec<String>,
    outcome: Outcome,
}

pub(super) fn import(args: &ImportArgs, fs: &dyn FileSystem, terminal: &mut Terminal<'_>) -> Outcome {
    let lang = args.lang.or(terminal.locale).unwrap_or_default();
    let texts = Texts::of(lang);
    if !has_root(&Project::new(&args.root), lang, fs, terminal) {
        return Outcome::WrongUsage;
    }
    // Sites are French, and so are their sheets, unless somebody asks for the other language by name.
    let keys = args.lang.unwrap_or(Lang::French);
    let to_sort = Texts::of(keys).plain("import", "to-sort");
    let mut options = Options { lang: keys, labels: Labels::default(), to_sort };
    for (label, key) in &args.map {
        if let Err(unknown) = options.labels.add(label, key) {
            let near = unknown.near.clone().unwrap_or_default();
            let sentence = if near.is_empty() { "map-unknown" } else { "map-unknown-near" };
            say_error(terminal, texts, sentence, &[("key", unknown.key), ("near", near)]);
            return Outcome::WrongUsage;
        }
    }
    let mut import = Import {
        fs,
        terminal,
        texts,
        options,
        root: args.root.clone(),
        dry_run: args.dry_run,
        taken: BTreeSet::new(),
        own: BTreeSet::new(),
        n_written: 0,
        unused: args.map.iter().map(|(label, _)| label.clone()).collect(),
        outcome: Outcome::Done,
    };
    match import.look() {
        Ok(true) => {}
        Ok(false) => return Outcome::WrongUsage,
        Err(error) => return import.machine_failed(&error),
    }
    for file in &args.files {
        if let Err(error) = import.file(file) {
            return import.machine_failed(&error);
        }
    }
    import.finish()
}

fn say_error(terminal: &mut Terminal<'_>, texts: &Texts, key: &str, parts: &[(&str, String)]) {
    let (word, colon) = (texts.plain("severity", "error"), texts.plain("cli", "colon"));
    terminal.err(&format!("{word}{colon}{}", texts.get("import", key, parts)));
}

impl Import<'_, '_> {
    fn say(&mut self, key: &str, parts: &[(&str, String)]) {
        let line = self.texts.get("import", key, parts);
        self.terminal.out(&line);
    }

    fn refuse(&mut self, key: &str, parts: &[(&str, String)]) {
        say_error(self.terminal, self.texts, key, parts);
        if self.outcome == Outcome::Done {
            self.outcome = Outcome::ContentErrors;
        }
    }

    fn machine_failed(&mut self, error: &FileError) -> Outcome {
        self.terminal.failure(self.texts.lang(), error.action.text_key(), &error.args());
        Outcome::MachineFailed
    }

    /// Looks which names are taken: of files, and of folders with an `index.md`, at any depth. Tells whether sheets can
    /// be written there at all.
    fn look(&mut self) -> Result<bool, FileError> {
        let folder = self.root.join(FOLDER);
        let root = self.fs.canonicalise(&self.root)?;
        for path in [self.root.join("content"), folder.clone()] {
            if self.fs.metadata(&path)?.is_some() && !self.fs.canonicalise(&path)?.starts_with(&root) {
                let parts = [("path", path.display().to_string())];
                say_error(self.terminal, self.texts, "leads-outside", &parts);
                return Ok(false);
            }
        }
        if self.fs.metadata(&folder)?.is_none() {
            return Ok(true);
        }
        for entry in self.fs.walk(&folder, &|_| true)?.into_iter().flatten() {
            let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            let is_sheet = entry.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
            let name = match stem(&entry.path) {
                Some(name) if is_sheet && name == "index" => entry.path.parent().and_then(stem),
                name => name.filter(|_| is_sheet),
            };
            self.taken.extend(name.and_then(|name| Slug::from_text(&name)));
        }
        Ok(true)
    }

    fn file(&mut self, path: &Path) -> Result<(), FileError> {
        let is_stdin = path.as_os_str() == "-";
        let (bytes, name, stem) = if is_stdin {
            (from_stdin()?, self.texts.plain("import", "stdin"), String::new())
        } else {
            let bytes = self.fs.canonicalise(path).and_then(|path| self.fs.read(&path, LONGEST_FILE));
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let name = path.display().to_string();
            match bytes {
                Ok(bytes) => (bytes, name, stem),
                Err(error) if error.source.kind() == io::ErrorKind::FileTooLarge => {
                    self.refuse("refused-too-long", &[("file", name)]);
                    return Ok(());
                }
                Err(error) => {
                    // One file that is not there keeps none of the others from being read.
                    let error = FileError::new(Action::Read, path, error.source);
                    self.terminal.failure(self.texts.lang(), error.action.text_key(), &error.args());
                    self.outcome = Outcome::WrongUsage;
                    return Ok(());
                }
            }
        };
        let extension = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
        let (yes, no) = match self.options.lang {
            Lang::French => ("oui", "non"),
            Lang::English => ("yes", "no"),
        };
        let words = CellWords { lang: self.options.lang, yes: yes.to_owned(), no: no.to_owned() };
        let content = match read_bytes(&bytes, &extension, &words) {
            Ok(content) => content,
            Err(refusal) => {
                self.refuse(refusal.text_key(), &[("file", name), ("detail", refusal.detail().to_owned())]);
                return Ok(());
            }
        };
        match content.kind {
            ContentKind::Text(text, markup) => {
                let Some(draft) = read_text(&text, &stem, markup, &self.options) else {
                    self.refuse("no-words", &[("file", name)]);
                    return Ok(());
                };
                self.begin(&name, content.encoding);
                self.mapped(&draft.mapped, |texts, mapped| {
                    texts.get("import", "line", &[("n", mapped.line.to_string())])
                });
                self.one(&draft)
            }
            ContentKind::Tables(tables) => self.tables(&name, content.encoding, &tables),
        }
    }

    fn tables(
        &mut self,
        name: &str,
        encoding: Option<&'static str>,
        tables: &[(String, Vec<crate::import::Row>)],
    ) -> Result<(), FileError> {
        let read: Vec<_> = tables.iter().map(|(sheet, rows)| (sheet, read_table(rows, &self.options))).collect();
        if read.iter().all(|(_, table)| table.is_err()) {
            let columns = read.first().and_then(|(_, table)| table.as_ref().err()).cloned().unwrap_or_default();
            let Some(first) = columns.first().cloned() else {
                self.refuse("refused-empty", &[("file", name.to_owned())]);
                return Ok(());
            };
            let parts = [("file", name.to_owned()), ("columns", columns.join(", ")), ("first", first)];
            self.refuse("no-title-column", &parts);
            return Ok(());
        }
        for (sheet, table) in read {
            let Ok(table) = table else {
                self.say("other-sheet", &[("sheet", sheet.clone())]);
                continue;
            };
            let parts = [("file", name.to_owned()), ("sheet", sheet.clone())];
            let heading = if sheet.is_empty() { name.to_owned() } else { self.texts.get("import", "sheet", &parts) };
            self.begin(&heading, encoding);
            self.mapped(&table.columns, |texts, column| {
                texts.get("import", "column", &[("name", column_name(column))])
            });
            self.terminal.out("");
            self.say("how-to-map", &[]);
            if !table.left.is_empty() {
                self.say("left-rows", &[]);
                self.left(&table.left);
                self.outcome = if self.outcome == Outcome::Done { Outcome::ContentErrors } else { self.outcome };
            }
            if table.drafts.is_empty() {
                self.say("no-rows", &[]);
            }
            for draft in &table.drafts {
                self.one(draft)?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, name: &str, encoding: Option<&'static str>) {
        self.terminal.out(&crate::texts::printable(name));
        if let Some(encoding) = encoding {
            self.say("read-as", &[("encoding", encoding.to_owned())]);
        }
    }

    /// What labels or columns became, one a line.
    fn mapped(&mut self, mapped: &[Mapped], place: fn(&Texts, &Mapped) -> String) {
        let shown: Vec<&Mapped> = mapped.iter().filter(|mapped| !mapped.label.is_empty()).collect();
        self.unused.retain(|label| !shown.iter().any(|mapped| Labels::is_same(&mapped.label, label)));
        let width = |text: &str| text.chars().count().min(WIDEST);
        let places: Vec<String> = shown.iter().map(|mapped| place(self.texts, mapped)).collect();
        let place_width = places.iter().map(|place| width(place)).max().unwrap_or_default();
        let label_width = shown.iter().map(|mapped| width(&mapped.label)).max().unwrap_or_default();
        for (mapped, place) in shown.iter().zip(places) {
            let became = match mapped.key.as_ref().filter(|_| mapped.is_read()) {
                Some(key) => self.texts.get("import", "to-key", &[("key", key)]),
                None => self.texts.plain("import", "to-body"),
            };
            let label = crate::texts::printable(&mapped.label.replace('\n', " "));
            self.terminal.out(&format!("  {place:place_width$}  {label:label_width$}  {became}"));
        }
    }

    fn left(&mut self, left: &[Left]) {
        for one in left.iter().take(MOST_LEFT) {
            let place = self.texts.get("import", "line", &[("n", one.line.to_string())]);
            let words = crate::texts::printable(&one.beginning(SHOWN));
            self.terminal.out(&format!("  {place}  {words}"));
        }
        if left.len() > MOST_LEFT {
            self.say("left-more", &[("n", (left.len() - MOST_LEFT).to_string())]);
        }
    }

    /// Writes one sheet, unless there is one of its name.
    fn one(&mut self, draft: &Draft) -> Result<(), FileError> {
        let title = || ("title", draft.title.clone());
        match draft.title_from {
            TitleFrom::Text => {}
            TitleFrom::FileName => self.say("title-from-file", &[title()]),
            TitleFrom::FirstWords => self.say("title-from-words", &[title()]),
        }
        let left: Vec<Left> = draft.left.iter().filter(|left| left.has_words()).cloned().collect();
        if !left.is_empty() {
            self.say("left", &[("heading", self.options.to_sort.clone())]);
            self.left(&left);
        }
        let shown = format!("{FOLDER}/{}.md", draft.slug);
        if self.own.contains(&draft.slug) {
            let line = draft.line.to_string();
            self.refuse("taken-here", &[("path", shown), title(), ("line", line)]);
            return Ok(());
        }
        if self.taken.contains(&draft.slug) {
            self.refuse("taken", &[("path", shown), title()]);
            return Ok(());
        }
        if !self.dry_run && !self.write(draft)? {
            self.refuse("taken", &[("path", shown), title()]);
            return Ok(());
        }
        self.own.insert(draft.slug.clone());
        self.n_written += 1;
        self.say(if self.dry_run { "would-write" } else { "written" }, &[("path", shown)]);
        Ok(())
    }

    /// Writes the file; tells whether its name was free.
    fn write(&self, draft: &Draft) -> Result<bool, FileError> {
        let folder = self.root.join(FOLDER);
        self.fs.create_folders(&folder)?;
        let path = folder.join(format!("{}.md", draft.slug));
        if self.fs.metadata(&path)?.is_some() {
            return Ok(false);
        }
        match self.fs.write_new(&path, draft.sheet(&self.options).as_bytes()) {
            Ok(()) => Ok(true),
            Err(error) if error.source.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => {
                // Half a sheet would be worse than none; it is ours, for nothing stood there.
                let _ = self.fs.remove_file(&path);
                Err(error)
            }
        }
    }

    fn finish(&mut self) -> Outcome {
        for label in std::mem::take(&mut self.unused) {
            self.refuse("map-unused", &[("label", label)]);
        }
        let sheets = self.texts.count("import", "sheets", self.n_written);
        self.terminal.out("");
        let key = match (self.n_written, self.dry_run) {
            (0, false) => "done-none",
            (0, true) => "done-none-dry",
            (_, false) => "done",
            (_, true) => "done-dry",
        };
        self.say(key, &[("sheets", sheets)]);
        self.outcome
    }
}

/// What comes through the standard input, up to the length of a file.
fn from_stdin() -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(LONGEST_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|error| FileError::new(Action::Read, Path::new("-"), error))?;
    Ok(bytes)
}
