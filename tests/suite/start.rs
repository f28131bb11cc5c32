//! `init` and `new` as a newcomer meets them: questions, files, what is refused, and that what was made builds.

use std::ffi::OsString;
use std::io::Cursor;
use std::path::Path;

use brochure::cli::Format;
use brochure::command::{Outcome, Terminal, run as run_command};
use brochure::file_system::Memory;
use brochure::lang::Lang;
use brochure::report::frame::FrameStyle;

use crate::driver::DAY;
use crate::program::{DiskSite, program, run};

const ROOT: &str = "/site";

/// Runs the program on files in memory. What is typed answers its questions; without it nobody does.
fn ran(fs: &Memory, words: &[&str], typed: Option<&str>) -> (Outcome, String, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut answers = Cursor::new(typed.unwrap_or_default().as_bytes());
    let mut terminal = Terminal {
        stdout: &mut stdout,
        stderr: &mut stderr,
        answers: typed.is_some().then_some(&mut answers),
        locale: Some(Lang::French),
        style: FrameStyle { colour: false, width: 100 },
        is_watched: false,
        format: Format::Human,
    };
    let words = std::iter::once("brochure").chain(words.iter().copied()).map(OsString::from);
    let outcome = run_command(words, fs, &mut terminal);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (outcome, text(stdout), text(stderr))
}

fn file(fs: &Memory, path: &str) -> String {
    let files = fs.files();
    let bytes = files.get(&Path::new(ROOT).join(path)).unwrap_or_else(|| panic!("{path} is not there"));
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// A new site with more words on its command line.
fn made(words: &[&str]) -> Memory {
    let fs = Memory::new();
    let (outcome, _, stderr) = ran(&fs, &[&["init", ROOT, "--date", DAY], words].concat(), None);
    assert_eq!((outcome, stderr.as_str()), (Outcome::Done, ""));
    fs
}

#[test]
fn a_new_site_builds_and_there_is_nothing_to_tell_about_it() {
    for lang in ["fr", "en"] {
        for region in ["Bretagne", "toutes"] {
            let fs = made(&["--lang", lang, "--region", region, "--name", "L'École : « #1 » \"x\""]);
            for command in ["check", "build"] {
                let words = [command, "--strict", "--lang", lang, "--root", ROOT, "--date", DAY];
                let (outcome, _, stderr) = ran(&fs, &words, None);
                assert_eq!((outcome, stderr.as_str()), (Outcome::Done, ""), "{lang} {region} {command}");
            }
            let home = file(&fs, "public/index.html");
            assert!(home.contains("L’École") || home.contains("L'École"), "the name is on the home page");
        }
    }
}

#[test]
fn a_french_site_has_french_keys_and_what_the_author_answered() {
    let fs = made(&["--name", "Deux Rives", "--region", "PACA", "--address", "www.deux-rives.example"]);
    let settings = file(&fs, "brochure.yaml");
    for line in ["titre: Deux Rives", "adresse-du-site: https://www.deux-rives.example/", "langue: fr"] {
        assert!(settings.contains(&format!("\n{line}\n")), "{line}: {settings}");
    }
    let module = file(&fs, "content/modules/conduire-une-reunion.md");
    assert!(module.contains("\nrégions: Provence-Alpes-Côte d'Azur\n"), "{module}");
    assert!(module.contains(&format!("\nmis-à-jour: {DAY}\n")), "{module}");
    file(&fs, &format!("content/news/{DAY}-ouverture-du-catalogue.md"));
    assert_eq!(file(&fs, ".gitignore"), "/public/\n");
    for path in [".vscode/settings.json", ".vscode/extensions.json", ".vscode/schemas/module.json"] {
        file(&fs, path);
    }
}

#[test]
fn questions_are_asked_until_they_can_be_read_and_enter_accepts_the_default() {
    let fs = Memory::new();
    let typed = "Deux Rives\nBretange\nbretagne\nnulle part\n\n";
    let (outcome, stdout, stderr) = ran(&fs, &["init", ROOT, "--date", DAY], Some(typed));
    assert_eq!((outcome, stderr.as_str()), (Outcome::Done, ""));
    let asked: Vec<&str> = stdout.lines().filter(|line| line.contains(']')).collect();
    assert!(asked[0].starts_with("Nom de votre organisme [Mon organisme]\u{A0}: Votre région [toutes]"), "{stdout}");
    assert!(stdout.contains("Vouliez-vous dire «\u{A0}Bretagne\u{A0}»"), "{stdout}");
    assert!(stdout.contains("«\u{A0}nulle part\u{A0}» n’est pas une adresse"), "{stdout}");
    let settings = file(&fs, "brochure.yaml");
    assert!(settings.contains("\ntitre: Deux Rives\n"), "{settings}");
    assert!(settings.contains("\nadresse-du-site: https://www.example.org/\n"), "{settings}");
    assert!(file(&fs, "content/modules/conduire-une-reunion.md").contains("\nrégions: Bretagne\n"));
    // What is given is not asked for; where nothing more is typed, the defaults count.
    let (outcome, stdout, _) = ran(&Memory::new(), &["init", ROOT, "--name", "X"], Some(""));
    assert_eq!(outcome, Outcome::Done);
    assert!(!stdout.contains("Nom de votre organisme") && stdout.contains("Votre région"), "{stdout}");
    // Nobody is asked where nobody answers.
    let (_, stdout, _) = ran(&Memory::new(), &["init", ROOT], None);
    assert!(!stdout.contains("Votre région"), "{stdout}");
}

#[test]
fn the_end_says_what_to_do_next() {
    let (_, stdout, _) = ran(&Memory::new(), &["init", "/mon site"], None);
    let last: Vec<&str> = stdout.lines().rev().take(3).collect();
    assert_eq!(last, ["  brochure build", "  brochure serve --watch --open", "  cd \"/mon site\""]);
}

#[test]
fn a_folder_that_holds_something_is_refused_and_left_alone() {
    let check = |path: &str, told: &str| {
        let fs = Memory::new();
        fs.put(Path::new(ROOT).join(path), "à moi");
        let (outcome, _, stderr) = ran(&fs, &["init", ROOT], None);
        assert_eq!(outcome, Outcome::WrongUsage, "{path}");
        assert!(stderr.contains(told), "{stderr}");
        assert_eq!(fs.files().len(), 1, "{path}");
    };
    check("notes.txt", "n’est pas vide\u{A0}: il contient «\u{A0}notes.txt\u{A0}»");
    check("content/modules/x.md", "«\u{A0}content\u{A0}»");
    check("brochure.yaml", "est déjà un site");
    let fs = Memory::new();
    fs.put(ROOT, "un fichier");
    let (outcome, _, stderr) = ran(&fs, &["init", ROOT], None);
    assert_eq!(outcome, Outcome::WrongUsage);
    assert!(stderr.contains("n’est pas un dossier"), "{stderr}");
}

#[test]
fn what_does_no_harm_may_stand_there_and_stays_as_it_is() {
    let fs = Memory::new();
    for path in [".git/config", "README.md", "LICENSE-MIT", ".gitignore", ".vscode/settings.json"] {
        fs.put(Path::new(ROOT).join(path), "à moi");
    }
    let (outcome, stdout, _) = ran(&fs, &["init", ROOT], None);
    assert_eq!(outcome, Outcome::Done);
    for path in [".git/config", "README.md", ".gitignore", ".vscode/settings.json"] {
        assert_eq!(file(&fs, path), "à moi");
    }
    for path in [".gitignore", ".vscode/settings.json"] {
        assert!(stdout.contains(&format!("«\u{A0}{path}\u{A0}» existait déjà")), "{stdout}");
    }
    file(&fs, "brochure.yaml");
}

#[test]
fn a_slip_on_the_command_line_writes_nothing() {
    for (words, told) in [
        (["--region", "Atlantide"], "n’est pas une région française"),
        (["--address", "ftp://x"], "n’est pas une adresse de site"),
        (["--date", "31/12/2026"], "n’est pas une date"),
    ] {
        let fs = Memory::new();
        let (outcome, _, stderr) = ran(&fs, &[&["init", ROOT], &words[..]].concat(), None);
        assert_eq!(outcome, Outcome::WrongUsage);
        assert!(stderr.contains(told) && fs.files().is_empty(), "{stderr}");
    }
    let (outcome, _, stderr) = ran(&Memory::new(), &["init"], None);
    assert_eq!(outcome, Outcome::WrongUsage);
    assert!(stderr.contains("il manque <DIR>"), "{stderr}");
}

#[test]
fn a_sheet_is_begun_in_its_place_and_builds_as_a_draft() {
    for lang in ["fr", "en"] {
        let fs = made(&["--lang", lang]);
        for (kind, path) in [
            ("module", "content/modules/l-accueil-qui-fait-quoi.md".to_owned()),
            ("news", format!("content/news/{DAY}-l-accueil-qui-fait-quoi.md")),
            ("page", "content/pages/l-accueil-qui-fait-quoi.md".to_owned()),
        ] {
            let words = ["new", kind, "L'accueil : \"qui\" #fait quoi ?", "--root", ROOT, "--date", DAY];
            let (outcome, stdout, stderr) = ran(&fs, &words, None);
            assert_eq!((outcome, stderr.as_str()), (Outcome::Done, ""));
            assert!(stdout.contains(&path), "{stdout}");
            let draft = if lang == "fr" { "\nbrouillon: oui\n" } else { "\ndraft: yes\n" };
            assert!(file(&fs, &path).contains(draft), "{path}");
        }
        // What its author has not said yet, the rules tell.
        let words = ["build", "--strict", "--drafts", "--no-rules", "--root", ROOT, "--date", DAY];
        let (outcome, _, stderr) = ran(&fs, &words, None);
        assert_eq!((outcome, stderr.as_str()), (Outcome::Done, ""));
        file(&fs, "public/modules/l-accueil-qui-fait-quoi/index.html");
    }
}

#[test]
fn nothing_is_overwritten_and_no_address_is_given_twice() {
    let fs = made(&[]);
    let check = |words: &[&str], told: &str| {
        let before = fs.files();
        let (outcome, _, stderr) = ran(&fs, &[&["new", "--root", ROOT], words].concat(), None);
        assert_eq!(outcome, Outcome::WrongUsage, "{words:?}");
        assert!(stderr.contains(told), "{words:?}: {stderr}");
        assert_eq!(fs.files(), before);
    };
    check(
        &["module", "Conduire une réunion"],
        "«\u{A0}content/modules/conduire-une-reunion.md\u{A0}» a déjà cette adresse",
    );
    check(&["module", "Conduire", "une", "réunion !"], "a déjà cette adresse");
    // Another day makes another file, but the same address.
    check(
        &["news", "Ouverture du catalogue", "--date=2027-01-01"],
        "ouverture-du-catalogue.md\u{A0}» a déjà cette adresse",
    );
    check(&["page", "Catalogue"], "«\u{A0}/catalogue/\u{A0}» est celle d’une page que le site fait lui-même");
    check(&["page", "?!"], "aucune lettre du titre «\u{A0}?!\u{A0}»");
    check(&["recette", "X"], "«\u{A0}recette\u{A0}» n’est pas possible");
    check(&["module"], "il manque <TITLE>");
}

#[test]
fn a_folder_that_is_no_site_gets_no_sheet() {
    let fs = Memory::new();
    fs.put("/site/notes.txt", "x");
    let (outcome, _, stderr) = ran(&fs, &["new", "module", "Écouter", "--root", ROOT], None);
    assert_eq!(outcome, Outcome::WrongUsage);
    assert!(stderr.contains("ni brochure.yaml ni dossier content/"), "{stderr}");
    let (outcome, ..) = ran(&fs, &["new", "module", "Écouter", "--root", "/nulle/part"], None);
    assert_eq!(outcome, Outcome::WrongUsage);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_site() {
    let site = DiskSite::of(&[("brochure.yaml", "titre: X\n")]);
    let elsewhere = site.beside("ailleurs");
    std::fs::create_dir(&elsewhere).expect("made");
    std::fs::create_dir(site.root().join("content")).expect("made");
    std::os::unix::fs::symlink(&elsewhere, site.root().join("content/modules")).expect("linked");
    let root = site.root();
    let words = ["new".as_ref(), "module".as_ref(), "Hello".as_ref(), "--root".as_ref(), root.as_os_str()];
    run(program().args(words)).expect(2).says("est un lien");
    assert_eq!(std::fs::read_dir(&elsewhere).expect("read").count(), 0);
    let new = site.beside("neuf");
    std::fs::create_dir(&new).expect("made");
    std::os::unix::fs::symlink(&elsewhere, new.join(".vscode")).expect("linked");
    run(program().arg("init").arg(&new)).expect(2).says(".vscode");
    assert_eq!(std::fs::read_dir(&elsewhere).expect("read").count(), 0);
}

/// On a real disk and through a real process, where nobody is at the terminal.
#[test]
fn the_program_itself_makes_a_site_that_it_builds() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |words: &[&str]| run(program().args(words).current_dir(folder.path()));
    at(&["init", "site", "--lang", "en"]).expect(0);
    at(&["build", "--strict", "--root", "site"]).expect(0);
    at(&["new", "page", "Who we are", "--root", "site"]).expect(0);
    assert!(folder.path().join("site/content/pages/who-we-are.md").exists());
}

#[test]
fn completions_and_the_manual_are_printed_in_the_language_asked_for() {
    let said = |words: &[&str]| run(program().args(words)).expect(0).stdout;
    for (shell, mark) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef brochure"),
        ("fish", "complete -c brochure"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let script = said(&["completions", shell]);
        assert!(script.contains(mark) && script.contains("init"), "{shell}");
    }
    assert!(said(&["completions", "fish", "--lang", "fr"]).contains("Vérifie le site sans rien écrire"));
    let (french, english) = (said(&["man", "--lang", "fr"]), said(&["man", "--lang", "en"]));
    for heading in [".SH NOM", ".SH BROCHURE BUILD", ".SH BROCHURE INIT", ".SS EXEMPLE", "Dossier du site"] {
        assert!(french.contains(heading), "{heading}:\n{french}");
    }
    assert!(
        english.contains(".SH NAME") && english.contains(".SS EXAMPLE") && !english.contains("Dossier"),
        "{english}"
    );
    assert!(french.lines().next().is_some_and(|line| line.starts_with(".")), "{french}");
}

#[test]
fn every_command_has_help_with_an_example_that_is_one_of_its_own() {
    let help = |words: &[&str], lang: &str| run(program().args(words).env("LANG", lang)).expect(0).stdout;
    for (lang, example) in [("fr_FR.UTF-8", "Exemple\u{A0}: brochure "), ("en_GB.UTF-8", "Example: brochure ")] {
        let all = help(&["--help"], lang);
        for command in ["build", "serve", "check", "explain", "init", "new", "schema", "completions", "man"] {
            assert!(all.contains(&format!("\n  {command} ")), "{command}:\n{all}");
            let one = help(&[command, "--help"], lang);
            assert!(one.contains(&format!("{example}{command}")), "{one}");
            assert!(one.lines().chain(all.lines()).all(|line| line.chars().count() <= 100), "{one}");
        }
    }
}
