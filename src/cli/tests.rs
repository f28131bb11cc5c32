//! What words mean as a command, and what is said about those that mean none.

use super::*;

fn read(line: &str, locale: Option<Lang>) -> Result<Command, UsageError> {
    parse(line.split_whitespace().map(OsString::from), locale)
}

fn refused(line: &str, lang: Lang) -> String {
    match read(line, Some(lang)) {
        Err(error) => error.message,
        Ok(command) => panic!("{line} was read as {command:?}"),
    }
}

#[test]
fn a_build_has_what_was_typed() {
    let line = "brochure build --root site --output out --base-url https://x.example.org/a --date 2027-01-31 \
                --drafts --strict --format json --lang en --verbose";
    let Ok(Command::Build(args)) = read(line, None) else { panic!("not read") };
    assert_eq!(args.output, Some(PathBuf::from("out")));
    let run = RunArgs {
        root: PathBuf::from("site"),
        base_url: BaseUrl::parse("https://x.example.org/a"),
        date: "2027-01-31".parse().ok(),
        drafts: true,
        search: true,
        rules: true,
        strict: true,
        format: Format::Json,
        lang: Some(Lang::English),
        verbosity: Verbosity::Verbose,
    };
    assert_eq!(args.run, run);
}

#[test]
fn nothing_typed_means_here_and_today() {
    let Ok(Command::Check(args)) = read("brochure check", None) else { panic!("not read") };
    assert_eq!((args.root, args.date, args.verbosity), (PathBuf::from("."), None, Verbosity::Normal));
}

#[test]
fn slips_are_told_in_the_readers_language() {
    let check = |line: &str, french: &str, english: &str| {
        assert_eq!(refused(line, Lang::French), french);
        assert_eq!(refused(line, Lang::English), english);
    };
    check(
        "brochure bild",
        "erreur\u{A0}: la commande «\u{A0}bild\u{A0}» n’existe pas. Vouliez-vous dire «\u{A0}build\u{A0}»\u{202F}?",
        "error: there is no command “bild”. Did you mean “build”?",
    );
    check(
        "brochure build --drafs",
        "erreur\u{A0}: l’option «\u{A0}--drafs\u{A0}» n’existe pas. Vouliez-vous dire «\u{A0}--drafts\u{A0}»\u{202F}?",
        "error: there is no option “--drafs”. Did you mean “--drafts”?",
    );
    check(
        "brochure build --date 31/09/2026",
        "erreur\u{A0}: «\u{A0}31/09/2026\u{A0}» n’est pas une date. Écrivez-la ainsi\u{A0}: --date 2027-03-25.",
        "error: “31/09/2026” is not a date. Write it like this: --date 2027-03-25.",
    );
    check(
        "brochure build --format xml",
        "erreur\u{A0}: «\u{A0}xml\u{A0}» n’est pas possible pour «\u{A0}--format <human|json>\u{A0}». Valeurs possibles\u{A0}: human, json.",
        "error: “xml” is not possible for “--format <human|json>”. Possible values: human, json.",
    );
}

#[test]
fn the_language_asked_for_wins_over_the_machine() {
    let error = read("brochure build --lang en --nope", Some(Lang::French)).expect_err("refused");
    assert!(error.message.starts_with("error: "), "{error}");
    let error = read("brochure build --lang=fr --nope", Some(Lang::English)).expect_err("refused");
    assert!(error.message.starts_with("erreur"), "{error}");
}

#[test]
fn help_is_asked_for_and_given() {
    for (lang, word) in [(Lang::French, "Utilisation"), (Lang::English, "Usage")] {
        for line in ["brochure --help", "brochure build --help", "brochure check -h"] {
            let Ok(Command::Print(help)) = read(line, Some(lang)) else { panic!("{line}") };
            assert!(help.contains(word), "{help}");
        }
        assert!(refused("brochure", lang).contains(word));
    }
    assert_eq!(
        read("brochure --version", None),
        Ok(Command::Print(format!("brochure {}\n", env!("CARGO_PKG_VERSION"))))
    );
}

#[test]
fn an_import_has_what_was_typed() {
    let line = "brochure import a.csv - --root site --map Public=publics --map a=b=titre --dry-run --lang en";
    let Ok(Command::Import(args)) = read(line, None) else { panic!("not read") };
    let pair = |label: &str, key: &str| (label.to_owned(), key.to_owned());
    assert_eq!(
        args,
        ImportArgs {
            root: PathBuf::from("site"),
            files: vec![PathBuf::from("a.csv"), PathBuf::from("-")],
            map: vec![pair("Public", "publics"), pair("a=b", "titre")],
            dry_run: true,
            lang: Some(Lang::English),
        }
    );
}
