//! What authors are told: a small site for each slip, and the exact words about it in both languages.
//!
//! `tests/fixtures/bad/<code>/<case>/` is a site with one thing wrong; `expected.fr.txt` and `expected.en.txt`
//! beside it are what the terminal shows. `BROCHURE_UPDATE=1 cargo test --test suite check::` writes the words down
//! as the new expectation: then read them as an author would.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use brochure::cli::Format;
use brochure::command::{Outcome, Terminal};
use brochure::diagnostic::{Code, Severity};
use brochure::file_system::{Disk, FileSystem, Memory};
use brochure::lang::Lang;
use brochure::output::Nowhere;
use brochure::pipeline::{Pipeline, Run, RunOptions};
use brochure::report::Found;
use brochure::report::frame::{FrameStyle, frame};
use brochure::source::Project;
use brochure::texts::Texts;
use rayon::prelude::*;
use tempfile::TempDir;

use crate::driver::{DAY, TestSite, files_below, repository};

const STYLE: FrameStyle = FrameStyle { colour: false, width: 80 };
const LANGS: [Lang; 2] = [Lang::French, Lang::English];

/// Keys of the sentences that no site can reach, each with the reason.
const UNREACHED: &[&str] = &[
    // Every slip about a shape has words of its own; these are there for one to come.
    "invalid-shape.help",
    "invalid-shape.message",
    // Its case would take four gigabytes; `source::scan` has one that takes nine bytes.
    "unreadable-file.message-too-much",
];

/// A site with one thing wrong.
struct Case {
    /// `dead-link/image`.
    name: String,
    folder: PathBuf,
    stand: Stand,
    run: Run,
}

/// Where the site of a case stands.
enum Stand {
    Memory(Memory),
    /// Links, pipes and large files are no matter of memory.
    Disk(TempDir),
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
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
    names.into_par_iter().map(|name| Case::load(&base, name)).collect()
});

impl Case {
    fn load(base: &Path, name: String) -> Self {
        let folder = base.join(&name);
        let made = MADE.iter().find(|(made, ..)| *made == name);
        let is_on_disk = matches!(made, Some((_, Maker::Disk(_))));
        let stand = match is_on_disk {
            true => Stand::Disk(tempfile::tempdir().expect("a folder")),
            false => Stand::Memory(Memory::new()),
        };
        for (below, path) in if folder.is_dir() { files_below(&folder) } else { Vec::new() } {
            if !below.starts_with("expected.") {
                stand.write(&below, &std::fs::read(path).expect("read"));
            }
        }
        match (&stand, made.map(|(_, maker)| maker)) {
            (Stand::Memory(files), Some(Maker::Memory(make))) => make(files),
            (Stand::Disk(folder), Some(Maker::Disk(make))) => make(folder.path()),
            _ => {}
        }
        let options = RunOptions { today: DAY.parse().expect("a day"), drafts: false, strict: false, base_url: None };
        let project = Project::new(stand.root());
        let run = Pipeline::once().run(stand.fs(), &project, &options, &mut Nowhere, &|_, _, _| {});
        Self { run: run.unwrap_or_else(|error| panic!("{name}: {error}")), name, folder, stand }
    }

    fn code(&self) -> &str {
        self.name.split_once('/').expect("code/case").0
    }

    /// What the terminal shows.
    fn frames(&self, lang: Lang) -> String {
        let frames = self.run.found.iter().map(|found| format!("{}\n", frame(found, Texts::of(lang), STYLE)));
        frames.collect::<Vec<_>>().join("\n")
    }

    /// Runs `brochure <words>` on the site; gives the outcome with both streams.
    fn command(&self, words: &[&str]) -> (Outcome, String, String) {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut terminal = Terminal {
            stdout: &mut stdout,
            stderr: &mut stderr,
            locale: None,
            style: STYLE,
            is_watched: false,
            format: Format::Human,
        };
        let root = self.stand.root().into_os_string();
        let common = ["--date", DAY, "--root"].map(OsString::from);
        let typed = std::iter::once("brochure").chain(words.iter().copied()).map(OsString::from);
        let outcome = brochure::command::run(typed.chain(common).chain([root]), self.stand.fs(), &mut terminal);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (outcome, text(stdout), text(stderr))
    }
}

impl Stand {
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

    fn write(&self, below: &str, bytes: &[u8]) {
        let path = self.root().join(below);
        match self {
            Self::Memory(files) => drop(files.put(path, bytes).clone()),
            Self::Disk(_) => {
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                std::fs::write(path, bytes).expect("written");
            }
        }
    }

    /// Every path below the root.
    fn paths(&self) -> Vec<PathBuf> {
        let walked = self.fs().walk(&self.root(), &|_| true).expect("walked");
        walked.into_iter().filter_map(Result::ok).map(|entry| entry.path).collect()
    }
}

#[test]
fn the_words_are_those_written_down() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        for lang in LANGS {
            let path = case.folder.join(format!("expected.{}.txt", lang.code()));
            let frames = case.frames(lang);
            if std::env::var_os("BROCHURE_UPDATE").is_some() {
                std::fs::create_dir_all(&case.folder).expect("made");
                std::fs::write(&path, &frames).expect("written");
            } else if std::fs::read_to_string(&path).unwrap_or_default() != frames {
                wrong.push(format!("{} in {}:\n{frames}", case.name, lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "with BROCHURE_UPDATE=1, this becomes what is expected\n{}", wrong.join("\n"));
}

#[test]
fn one_slip_is_told_by_one_code() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        let codes: BTreeSet<&str> = case.run.found.iter().map(|found| found.diagnostic.code.as_str()).collect();
        if codes != BTreeSet::from([case.code()]) {
            wrong.push(format!("{}: {codes:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(unix)]
#[test]
fn every_code_and_every_sentence_has_a_case() {
    let told: BTreeSet<&str> = CASES.iter().map(Case::code).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(told, codes);
    let used: BTreeSet<String> = CASES.iter().flat_map(|case| &case.run.found).flat_map(sentences_of).collect();
    let text = std::fs::read_to_string(repository().join("src/texts/fr/diagnostics.toml")).expect("texts");
    let tables: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text).expect("tables");
    let keys = tables.iter().flat_map(|(code, keys)| keys.keys().map(move |key| format!("{code}.{key}")));
    // Titles head the list of codes in the documentation.
    let unused: Vec<String> = keys.filter(|key| !key.ends_with(".title") && !used.contains(key)).collect();
    assert_eq!(unused, UNREACHED);
}

/// The sentences that a diagnostic uses, as `code.key`.
fn sentences_of(found: &Found) -> Vec<String> {
    let Found { diagnostic, primary, secondary } = found;
    let labels = std::iter::once(primary).chain(secondary).filter_map(|at| at.text);
    [diagnostic.message, diagnostic.help]
        .into_iter()
        .chain(labels)
        .map(|key| format!("{}.{key}", diagnostic.code))
        .collect()
}

#[test]
fn sentences_are_whole() {
    for case in CASES.iter() {
        for lang in LANGS {
            for found in &case.run.found {
                let (texts, diagnostic) = (Texts::of(lang), &found.diagnostic);
                for key in [diagnostic.message, diagnostic.help] {
                    let sentence = texts.find(diagnostic.code.as_str(), key);
                    let sentence = sentence.unwrap_or_else(|| panic!("{}: {}.{key}", case.name, diagnostic.code));
                    // Every part that the sentence leaves open is filled in by the program.
                    for part in sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
                        let is_known = diagnostic.args.iter().any(|(name, _)| *name == part.0);
                        assert!(is_known, "{}: {}.{key} has no {}", case.name, diagnostic.code, part.0);
                    }
                }
            }
        }
    }
}

#[test]
fn check_gives_the_same_in_json_and_fails_on_errors() {
    CASES.par_iter().for_each(|case| {
        let (outcome, stdout, _) = case.command(&["check", "--format", "json", "--lang", "fr"]);
        assert_eq!(outcome, outcome_of(case.run.has_errors()), "{}", case.name);
        let report: serde_json::Value =
            serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{}: {error}\n{stdout}", case.name));
        let all = report["diagnostics"].as_array().expect("a list");
        assert_eq!(all.len(), case.run.found.len(), "{}", case.name);
        let frames: String = case.frames(Lang::French).split_whitespace().collect();
        for (said, found) in all.iter().zip(&case.run.found) {
            let (at, what) = (&found.primary, &found.diagnostic);
            assert_eq!(said["code"], what.code.as_str(), "{}", case.name);
            assert_eq!(said["severity"], what.severity.as_str(), "{}", case.name);
            assert_eq!(said["file"], at.file.as_str(), "{}", case.name);
            assert_eq!((&said["line"], &said["column"]), (&at.line.into(), &at.column.into()), "{}", case.name);
            for words in [&said["message"], &said["help"]] {
                let words: String = words.as_str().expect("text").split_whitespace().collect();
                assert!(frames.contains(&words), "{}: {words}\n{frames}", case.name);
            }
        }
        for (key, severity) in [("errors", Severity::Error), ("warnings", Severity::Warning)] {
            assert_eq!(report["summary"][key], case.run.count(severity), "{}", case.name);
        }
    });
}

#[test]
fn with_strict_warnings_fail_too_and_remarks_do_not() {
    CASES.par_iter().filter(|case| !case.run.has_errors()).for_each(|case| {
        let outcome = case.command(&["check", "--strict"]).0;
        assert_eq!(outcome, outcome_of(case.run.count(Severity::Warning) > 0), "{}", case.name);
    });
}

fn outcome_of(fails: bool) -> Outcome {
    if fails { Outcome::ContentErrors } else { Outcome::Done }
}

#[test]
fn a_build_with_an_error_writes_nothing() {
    CASES.par_iter().filter(|case| case.run.has_errors()).for_each(|case| {
        let before = case.stand.paths();
        let (outcome, _, stderr) = case.command(&["build", "--lang", "fr"]);
        assert_eq!(outcome, Outcome::ContentErrors, "{}", case.name);
        assert!(stderr.contains(case.frames(Lang::French).trim_end()), "{}:\n{stderr}", case.name);
        assert_eq!(case.stand.paths(), before, "{}", case.name);
    });
}

#[test]
fn slips_that_change_nothing_are_not_told() {
    let texts = [
        // Saved by an editor of another system.
        "\u{FEFF}---\r\ntitre: Écouter\r\nbrouillon: non\r\n---\r\n\r\nÉcouter.\r\n",
        "\n\n---\ntitre: Écouter\n---\nÉcouter.\n",
        "---   \ntitre: Écouter\n---   \nÉcouter.\n",
        "---\ntitre: Écouter\n...\nÉcouter.\n",
        // Spellings that can only mean one thing.
        "---\nTITRE: Écouter\nRésume: Deux jours.\nBrouillon: Faux\n---\nÉcouter.\n",
        "---\ntitle: Écouter\ndurée: 2 jours\nthèmes: Écoute\n---\nÉcouter.\n",
        "---\ntitre: Écouter\nsessions: [2027-03-25, 2027-03-26T09:30:00+01:00]\n---\nÉcouter.\n",
        "---\ntitre: L'écoute, c'est tout\nsous-titre: Jour 1:accueil\n---\nÉcouter.\n",
        // Old Macs end lines with a carriage return alone.
        "---\rtitre: Écouter\rbrouillon: non\r---\r\rÉcouter.\r\r- un\r- deux\r",
        // Accents in two parts, characters without width, and spaces at which no line breaks, in keys and values.
        "---\ntitre: Écouter\nthe\u{300}mes: E\u{301}coute\npu\u{200B}blics:\u{A0}Soi\u{200B}gnants\nre\u{301}sume\u{301}\u{A0}: Deux jours.\n---\nÉcouter.\n",
        "---\n\u{200B}titre:\u{202F}Écouter\nthèmes: [\u{A0}Écoute\u{A0}]\nbrouillon:\u{A0}non\n---\nÉcouter.\n",
        // What stands for a region: its name, a département, a postcode, alone or beside a town.
        "---\ntitre: Écouter\nrégions: [PACA, Rhône, \"35\", 2A, 69003, 69003 Lyon, Rennes (35)]\n---\nÉcouter.\n",
        // A line after the front matter that only looks like one.
        "---\ntitre: Écouter\n---\n\nÉcouter.\n\n---\n\nEntendre : voir.\n",
    ];
    for text in texts {
        let site = TestSite::of(&[
            ("brochure.yaml", "adresse-du-site: https://example.org\n"),
            ("content/themes/ecoute.md", "---\ntitre: Écoute\n---\n"),
            ("content/audiences/soignants.md", "---\ntitre: Soignants\n---\n"),
            ("content/modules/ecouter.md", text),
        ]);
        let built = site.attempt(DAY);
        assert_eq!(built.diagnostics(), "", "{text:?}");
        built.expect_pages(&["modules/ecouter/index.html"]);
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
            file.set_len(5 * 1024 * 1024).expect("made longer");
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
        "template-error/not-utf8",
        Maker::Memory(|files| put(files, "themes/maison/templates/page.html", b"<p>Nos r\xE9f\xE9rences</p>\n")),
    ),
    (
        "look-error/not-utf8",
        Maker::Memory(|files| put(files, "themes/maison/i18n/fr.toml", b"[frame]\nskip = \"Aller \xE0 la suite\"\n")),
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
