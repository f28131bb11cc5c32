//! The sites with one thing wrong of `tests/fixtures/bad/<code>/<case>/`: [`CASES`], each run once.
//!
//! Beside the site's own files stand what the terminal shows (`expected.fr.txt`, `expected.en.txt`), and in folders
//! whose names begin with `mended` the files as their author has them afterwards; neither is a part of the site.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use brochure::cli::Format;
use brochure::command::{Outcome, Terminal};
use brochure::file_system::{Disk, FileSystem, Kind, Memory};
use brochure::lang::Lang;
use brochure::output::Nowhere;
use brochure::pipeline::{Pipeline, RuleLevel, Run, RunOptions};
use brochure::report::frame::{FrameStyle, frame};
use brochure::source::Project;
use brochure::texts::Texts;
use rayon::prelude::*;
use tempfile::TempDir;

use crate::driver::{DAY, files_below, repository};

pub(crate) const STYLE: FrameStyle = FrameStyle { colour: false, width: 80 };
pub(crate) const LANGS: [Lang; 2] = [Lang::French, Lang::English];

/// A site with one thing wrong.
pub(crate) struct Case {
    /// `dead-link/image`.
    pub(crate) name: String,
    /// Where its files are in this repository.
    pub(crate) folder: PathBuf,
    pub(crate) stand: Stand,
    pub(crate) run: Run,
    /// The complete site below it, for a case of the rules.
    base: Option<PathBuf>,
}

/// Where the site of a case stands.
pub(crate) enum Stand {
    Memory(Memory),
    /// Links, pipes and large files are no matter of memory.
    Disk(TempDir),
}

pub(crate) static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let base = repository().join("tests/fixtures/bad");
    let names: BTreeSet<String> = files_below(&base)
        .into_iter()
        .map(|(below, _)| below.split('/').take(2).collect::<Vec<_>>().join("/"))
        .chain(MADE.iter().map(|(name, ..)| (*name).to_owned()))
        .collect();
    // Links and pipes are made on Unix.
    let is_made_here =
        |name: &String| cfg!(unix) || !name.starts_with("link-outside/") && name != "misplaced-file/pipe";
    let names: Vec<String> = names.into_iter().filter(is_made_here).collect();
    names.into_par_iter().map(|name| Case::load(&base, name, None)).collect()
});

/// The sites that do not keep one rule of `tests/fixtures/rules/<rule>/<case>/`, each laid over the complete site
/// `tests/fixtures/rules/base/`.
pub(crate) static UNKEPT: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let folder = repository().join("tests/fixtures/rules");
    let below = files_below(&folder).into_iter().map(|(below, _)| below).filter(|below| !below.starts_with("base/"));
    let names: BTreeSet<String> = below.map(|below| below.split('/').take(2).collect::<Vec<_>>().join("/")).collect();
    names.into_par_iter().map(|name| Case::load(&folder, name, Some(folder.join("base")))).collect()
});

impl Case {
    fn load(all: &Path, name: String, base: Option<PathBuf>) -> Self {
        let folder = all.join(&name);
        let stand = Stand::of(&folder, &name, base.as_deref());
        let level = level_with(base.as_deref());
        Self { run: stand.run(level), name, folder, stand, base }
    }

    /// The site of the case once more, to be changed.
    pub(crate) fn site(&self) -> Stand {
        Stand::of(&self.folder, &self.name, self.base.as_deref())
    }

    /// How much the rules for content count in it.
    pub(crate) fn level(&self) -> RuleLevel {
        level_with(self.base.as_deref())
    }

    pub(crate) fn code(&self) -> &str {
        self.name.split_once('/').expect("code/case").0
    }

    /// What the terminal shows.
    pub(crate) fn frames(&self, lang: Lang) -> String {
        let frames = self.run.all().map(|found| format!("{}\n", frame(found, Texts::of(lang), STYLE)));
        frames.collect::<Vec<_>>().join("\n")
    }

    /// Runs `brochure <words>` on the site; gives the outcome with both streams.
    pub(crate) fn command(&self, words: &[&str]) -> (Outcome, String, String) {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut terminal = Terminal {
            stdout: &mut stdout,
            stderr: &mut stderr,
            answers: None,
            locale: None,
            style: STYLE,
            is_watched: false,
            format: Format::Human,
        };
        let root = self.stand.root().into_os_string();
        let common = ["--date", DAY, "--root"].map(OsString::from);
        let unruled = self.base.is_none().then_some("--no-rules");
        let typed = std::iter::once("brochure").chain(words.iter().copied()).chain(unruled).map(OsString::from);
        let outcome = brochure::command::run(typed.chain(common).chain([root]), self.stand.fs(), &mut terminal);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (outcome, text(stdout), text(stderr))
    }
}

/// Rules are looked at where the site is complete but for one of them.
fn level_with(base: Option<&Path>) -> RuleLevel {
    if base.is_some() { RuleLevel::Full } else { RuleLevel::Off }
}

impl Stand {
    fn of(folder: &Path, name: &str, base: Option<&Path>) -> Self {
        let made = MADE.iter().find(|(made, ..)| *made == name);
        let is_on_disk = matches!(made, Some((_, Maker::Disk(_))));
        let stand = match is_on_disk {
            true => Self::Disk(tempfile::tempdir().expect("a folder")),
            false => Self::Memory(Memory::new()),
        };
        for (below, path) in base.map(files_below).unwrap_or_default() {
            stand.write(&below, &std::fs::read(path).expect("read"));
        }
        for (below, path) in if folder.is_dir() { files_below(folder) } else { Vec::new() } {
            if !below.starts_with("expected.") && !below.starts_with("mended") {
                stand.write(&below, &std::fs::read(path).expect("read"));
            }
        }
        match (&stand, made.map(|(_, maker)| maker)) {
            (Self::Memory(files), Some(Maker::Memory(make))) => make(files),
            (Self::Disk(folder), Some(Maker::Disk(make))) => make(folder.path()),
            _ => {}
        }
        stand
    }

    /// Runs the pipeline on what stands there.
    pub(crate) fn run(&self, rules: RuleLevel) -> Run {
        let options = RunOptions {
            today: DAY.parse().expect("a day"),
            drafts: false,
            strict: false,
            search: true,
            rules,
            base_url: None,
            sheets: false,
            report: false,
            since: None,
            history: Default::default(),
        };
        let project = Project::new(self.root());
        let run = Pipeline::once().run(self.fs(), &project, &options, &mut Nowhere, &|_, _, _| {});
        run.unwrap_or_else(|error| panic!("{error}"))
    }

    fn fs(&self) -> &dyn FileSystem {
        match self {
            Self::Memory(files) => files,
            Self::Disk(_) => &Disk,
        }
    }

    fn root(&self) -> PathBuf {
        match self {
            Self::Memory(_) => PathBuf::from("/site"),
            Self::Disk(folder) => folder.path().to_owned(),
        }
    }

    pub(crate) fn write(&self, below: &str, bytes: &[u8]) {
        let path = self.root().join(below);
        match self {
            Self::Memory(files) => drop(files.put(path, bytes).clone()),
            Self::Disk(_) => {
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                std::fs::write(path, bytes).expect("written");
            }
        }
    }

    /// Removes a file, a link, or a folder with all that is in it.
    pub(crate) fn remove(&self, below: &str) {
        let path = self.root().join(below);
        let kind = self.fs().metadata(&path).expect("asked").unwrap_or_else(|| panic!("{below} is not there")).kind;
        match (self, kind) {
            (Self::Disk(_), Kind::Folder) => std::fs::remove_dir_all(path).expect("removed"),
            (Self::Memory(files), Kind::Folder) => {
                let inside = files.files().into_keys().filter(|file| file.starts_with(&path));
                inside.for_each(|file| files.remove_file(&file).expect("removed"));
                files.remove_empty_folder(&path).expect("removed");
            }
            _ => self.fs().remove_file(&path).expect("removed"),
        }
    }

    /// Every path below the root.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let walked = self.fs().walk(&self.root(), &|_| true).expect("walked");
        walked.into_iter().filter_map(Result::ok).map(|entry| entry.path).collect()
    }
}

/// How a case is finished that cannot be a folder of plain text files.
enum Maker {
    Memory(fn(&Memory)),
    Disk(fn(&Path)),
}

/// Cases with bytes, names or kinds of file that Git or an editor would not keep.
const MADE: &[(&str, Maker)] = &[
    ("unreadable-file/no-permission", Maker::Memory(|files| files.forbid("/site/content/modules/ecouter.md"))),
    (
        "unreadable-file/too-large",
        Maker::Disk(|root| {
            let file = std::fs::File::create(root.join("content/modules/journal.md")).expect("made");
            file.set_len(200 * 1024 * 1024).expect("made longer");
        }),
    ),
    (
        "not-utf8/windows-1252",
        Maker::Memory(|files| {
            put(files, "content/modules/ecouter.md", b"---\ntitre: D\xE9tresse\n---\n\n\xC9couter.\n")
        }),
    ),
    (
        "not-utf8/utf-16",
        Maker::Memory(|files| {
            let text = "\u{FEFF}---\ntitre: Écouter\n---\n";
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            put(files, "content/modules/ecouter.md", &bytes);
        }),
    ),
    (
        "not-utf8/damaged",
        Maker::Memory(|files| {
            let text = b"---\ntitre: D\xC3\xA9tresse\n---\n\nUn \xC3\xA9t\xE9 \xC3\xA0 part.\n";
            put(files, "content/modules/ecouter.md", text);
        }),
    ),
    (
        "not-utf8/mac",
        Maker::Memory(|files| {
            put(files, "content/modules/ecouter.md", b"---\ntitre: D\x8Etresse\n---\n\nL\xD5\x8Et\x8E.\n")
        }),
    ),
    ("unportable-name/device", Maker::Memory(|files| put(files, "assets/aux.pdf", b"Plan\n"))),
    (
        "misplaced-file/long-address",
        Maker::Memory(|files| put(files, &format!("assets/{}plan.pdf", "dossier/".repeat(130)), b"Plan\n")),
    ),
    (
        "yaml-syntax/very-long",
        Maker::Memory(|files| {
            let text = format!("---\ntitre: \u{C9}couter\nextra: {}\n---\n", "x".repeat(3 * 1024 * 1024));
            put(files, "content/modules/ecouter.md", text.as_bytes());
        }),
    ),
    (
        "not-utf8/settings",
        Maker::Memory(|files| put(files, "brochure.yaml", b"titre: Exemple\ndescription: Accueillir la d\xE9tresse\n")),
    ),
    (
        "not-utf8/template",
        Maker::Memory(|files| put(files, "themes/maison/templates/page.html", b"<p>Nos r\xE9f\xE9rences</p>\n")),
    ),
    (
        "not-utf8/look",
        Maker::Memory(|files| put(files, "themes/maison/i18n/fr.toml", b"[text]\nskip = \"Aller \xE0 la suite\"\n")),
    ),
    (
        "not-utf8/style",
        Maker::Memory(|files| {
            let text = b"// Boutons arrondis, d\xE9tach\xE9s du fond.\n.bouton { color: red; }\n";
            put(files, "themes/maison/styles/_buttons.scss", text);
        }),
    ),
    // Two files to some disks, one to others.
    (
        "duplicate-address/case-of-letters",
        Maker::Memory(|files| {
            for name in ["Plan", "plan"] {
                put(files, &format!("assets/{name}.svg"), b"<svg/>\n");
            }
        }),
    ),
    // A composed and a decomposed accent: two files to the disk, one name to people.
    (
        "misplaced-file/same-name",
        Maker::Memory(|files| {
            for name in ["\u{E9}couter", "e\u{301}couter"] {
                put(files, &format!("content/modules/{name}.md"), "---\ntitre: Écouter\n---\n".as_bytes());
            }
        }),
    ),
    ("misplaced-file/unusable-name", Maker::Memory(|files| put(files, r"content/modules/e\couter.md", b"x"))),
    #[cfg(unix)]
    (
        "misplaced-file/pipe",
        Maker::Disk(|root| {
            drop(std::os::unix::net::UnixListener::bind(root.join("content/modules/tuyau.md")).expect("bound"));
        }),
    ),
    #[cfg(unix)]
    ("link-outside/outside", Maker::Disk(|root| link(&std::env::temp_dir(), &root.join("content/modules/dehors")))),
    #[cfg(unix)]
    ("link-outside/loop", Maker::Disk(|root| link(&root.join("content"), &root.join("content/modules/boucle")))),
    #[cfg(unix)]
    ("link-outside/dangling", Maker::Disk(|root| link(Path::new("parti.md"), &root.join("content/modules/lien.md")))),
    #[cfg(unix)]
    (
        "link-outside/output",
        Maker::Disk(|root| {
            std::fs::create_dir(root.join("public")).expect("made");
            link(Path::new("../../public"), &root.join("content/modules/publié"));
        }),
    ),
];

fn put(files: &Memory, below: &str, bytes: &[u8]) {
    files.put(Path::new("/site").join(below), bytes);
}

#[cfg(unix)]
fn link(target: &Path, at: &Path) {
    std::os::unix::fs::symlink(target, at).expect("linked");
}
