//! Edits of a site as data, how each is made, and how they are drawn by lot.

use proptest::prelude::*;

use crate::driver::TestSite;

/// Names a file among those that are there when its turn comes: what is too much begins anew.
pub(crate) type Nth = u8;

/// One edit.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Nothing,
    AddModule(u8, Topic),
    DeleteModule(Nth),
    RenameModule(Nth, u8),
    SwapModules(Nth, Nth),
    Retitle(Nth, Word),
    Retopic(Nth, Topic),
    Rewrite(Nth, Word),
    LinkTo(Nth, Nth),
    Require(Nth, Nth),
    SetSession(Nth, u8),
    Draft(Nth, bool),
    Slug(Nth, Option<u8>),
    Break(Nth, Fault),
    Mend,
    AddNews(u8, Word),
    DeleteNews(u8),
    Organisation(Word),
    DeclareTopic(Topic, Option<Word>),
    Home(Option<Word>),
    Picture(Option<Word>),
    Setting(Setting),
    Template(bool, Option<Word>),
    CopyLook,
    Style(Option<Word>),
    InterfaceWord(Option<Word>),
    Vanish,
    Return,
    Day(u8),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Topic {
    Listening,
    ListeningInCapitals,
    Rights,
    Both,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Word {
    Short,
    Marked,
    Foreign,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    Yaml,
    NoTitle,
    DeadLink,
    Html,
    Empty,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Setting {
    Title(Word),
    English(bool),
    Colour(bool),
    PageSize(bool),
    FileLinks(bool),
    RawHtml(bool),
    Severity(bool),
    Provider(bool),
    Glossary(bool),
    Nonsense(bool),
    Look(bool),
}

impl Topic {
    fn text(self) -> &'static str {
        match self {
            Self::Listening => "Écoute",
            Self::ListeningInCapitals => "ÉCOUTE",
            Self::Rights => "Droits",
            Self::Both => "[Écoute, Droits]",
        }
    }

    fn slug(self) -> &'static str {
        match self {
            Self::Rights | Self::Both => "droits",
            _ => "ecoute",
        }
    }
}

impl Word {
    fn text(self) -> &'static str {
        match self {
            Self::Short => "Court",
            Self::Marked => "Un *mot* & deux : « trois » ?",
            Self::Foreign => "Ωμέγα",
        }
    }
}

/// The looks between which settings choose. Their sheets are small: the built-in ones take most of a cold run.
const LOOKS: [&str; 2] = ["petit", "autre"];

fn start() -> TestSite {
    let site = TestSite::of(&[
        ("brochure.yaml", "titre: Essai\nadresse-du-site: https://example.org\napparence: petit\n"),
        (
            "content/modules/m1.md",
            "---\ntitre: Premier\nthèmes: Écoute\nprérequis: aucun\n---\nUn.\n\n## Objectifs\n\n- Oui\n",
        ),
        (
            "content/modules/m2.md",
            "---\ntitre: Deuxième\nthèmes: Droits\nprérequis: m1\npublié: 2026-10-01\n---\nDeux : [un](m1.md#objectifs).\n",
        ),
        ("content/news/2026-11-01-n1.md", "---\ntitre: Nouvelle\nthèmes: Écoute\n---\n[Deux](../modules/m2.md)\n"),
        ("content/organisations/maison.md", "---\nnom: Maison\n---\n"),
        ("content/pages/page.md", "---\ntitre: Page\n---\nDu texte.\n"),
        ("assets/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"2\"/>"),
    ]);
    for look in LOOKS {
        for sheet in ["theme", "print", "home"] {
            site.write(&format!("themes/{look}/styles/{sheet}.scss"), "@use \"own\";\n");
        }
        site.write(&format!("themes/{look}/styles/_own.scss"), "a { b { color: red; } }\n");
    }
    site
}

/// The files of a folder that are there, in order.
fn files(site: &TestSite, folder: &str) -> Vec<String> {
    site.paths().into_iter().filter(|path| path.starts_with(folder)).collect()
}

fn pick(site: &TestSite, folder: &str, index: Nth) -> Option<String> {
    let files = files(site, folder);
    (!files.is_empty()).then(|| files[usize::from(index) % files.len()].clone())
}

fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md")
}

/// Gives a line of a file another value, adds it below the opening `---`, or takes it out.
fn set_line(site: &TestSite, path: &str, key: &str, value: Option<&str>) {
    let text = site.read(path);
    let start = format!("{key}: ");
    let mut lines: Vec<String> = text.lines().filter(|line| !line.starts_with(&start)).map(str::to_owned).collect();
    if let Some(value) = value {
        let at = usize::from(lines.first().is_some_and(|line| line == "---"));
        lines.insert(at.min(lines.len()), format!("{start}{value}"));
    }
    site.write(path, lines.join("\n") + "\n");
}

fn set_file(site: &TestSite, path: &str, text: Option<String>) {
    match text {
        Some(text) => {
            site.write(path, text);
        }
        None if site.has(path) => {
            site.remove(path);
        }
        None => {}
    }
}

/// A script that is being played: the site, the day, and what was broken.
pub(crate) struct Play {
    pub(crate) site: TestSite,
    day: u8,
    broken: Option<(String, String)>,
    /// The content, while its folder is gone.
    aside: Vec<(String, String)>,
}

impl Play {
    /// A site before the first edit.
    pub(crate) fn start() -> Self {
        Self { site: start().with_rules(), day: 14, broken: None, aside: Vec::new() }
    }

    /// The day on which the site is built.
    pub(crate) fn day(&self) -> String {
        format!("2026-11-{:02}", 10 + self.day % 20)
    }

    /// Makes an edit.
    pub(crate) fn edit(&mut self, edit: &Edit) {
        let site = &self.site;
        let module = |index: Nth| pick(site, "content/modules/", index);
        let put = |index: Nth, key: &str, value: Option<&str>| {
            if let Some(path) = module(index) {
                set_line(site, &path, key, value);
            }
        };
        match *edit {
            Edit::Nothing => {}
            Edit::AddModule(n, topic) => {
                let text = format!(
                    "---\ntitre: Module {n}\nthèmes: {}\npublié: 2026-11-{:02}\n---\nCorps.\n",
                    topic.text(),
                    8 + n
                );
                site.write(&format!("content/modules/m{n}.md"), text);
            }
            Edit::DeleteModule(index) => {
                if let Some(path) = module(index) {
                    site.remove(&path);
                }
            }
            Edit::RenameModule(index, n) => {
                if let Some(path) = module(index) {
                    site.rename(&path, &format!("content/modules/sous/m{n}.md"));
                }
            }
            Edit::SwapModules(one, two) => {
                if let (Some(one), Some(two)) = (module(one), module(two)) {
                    let (first, second) = (site.read(&one), site.read(&two));
                    site.write(&one, second).write(&two, first);
                }
            }
            Edit::Retitle(index, word) => put(index, "titre", Some(&format!("\"{}\"", word.text()))),
            Edit::Retopic(index, topic) => put(index, "thèmes", Some(topic.text())),
            Edit::SetSession(index, n) => {
                let session = format!("[{{ville: Lille, code-postal: '59000', dates: [2026-11-{:02}]}}]", 10 + n % 20);
                put(index, "sessions", Some(&session));
            }
            Edit::Draft(index, is_draft) => put(index, "brouillon", is_draft.then_some("oui")),
            Edit::Slug(index, n) => put(index, "adresse", n.map(|n| format!("a{n}")).as_deref()),
            Edit::Rewrite(index, word) => append(site, module(index), word.text()),
            Edit::LinkTo(from, to) => {
                let target = module(to).map(|path| path.replace("content/", "/content/"));
                append(site, module(from), &format!("[lien]({})", target.unwrap_or_default()));
            }
            Edit::Require(index, required) => {
                let required = module(required);
                put(index, "prérequis", required.as_deref().map(stem));
            }
            Edit::Break(index, fault) => self.break_file(index, fault),
            Edit::Mend => {
                if let Some((path, text)) = self.broken.take() {
                    site.write(&path, text);
                }
            }
            Edit::AddNews(n, word) => {
                let text = format!("---\ntitre: \"{}\"\nthèmes: Écoute\n---\n![x](/assets/x.svg)\n", word.text());
                site.write(&format!("content/news/2026-11-{:02}-n{n}.md", 8 + n), text);
            }
            Edit::DeleteNews(n) => set_file(site, &format!("content/news/2026-11-{:02}-n{n}.md", 8 + n), None),
            Edit::Organisation(word) => {
                site.write("content/organisations/maison.md", format!("---\nnom: \"{}\"\n---\n", word.text()));
            }
            Edit::DeclareTopic(topic, word) => {
                let text = word.map(|word| {
                    format!("---\ntitre: {}\n---\n{}\n", topic.text().trim_matches(['[', ']']), word.text())
                });
                set_file(site, &format!("content/themes/{}.md", topic.slug()), text);
            }
            Edit::Home(word) => {
                set_file(site, "content/index.md", word.map(|word| format!("---\ntitre: \"{}\"\n---\n", word.text())))
            }
            Edit::Picture(word) => {
                let text = word.map(|word| {
                    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"2\"/>", word.text().len())
                });
                set_file(site, "assets/x.svg", text);
            }
            Edit::Setting(setting) => set_setting(site, setting),
            Edit::Template(of_module, word) => {
                let text = word.map(|word| match word {
                    Word::Marked => "{{ no_such_thing }}".to_owned(),
                    word => format!("{{% extends \"base.html\" %}}{{% block content %}}<h1>{{{{ page.title }}}}</h1>{}{{% endblock %}}", word.text()),
                });
                let name = if of_module { "module" } else { "page" };
                set_file(site, &format!("themes/petit/templates/{name}.html"), text);
            }
            Edit::CopyLook => {
                for path in files(site, "themes/petit/") {
                    site.write(&path.replace("/petit/", "/autre/"), site.read(&path));
                }
            }
            Edit::Style(word) => {
                let text = word.map(|word| match word {
                    Word::Marked => "a { color: }".to_owned(),
                    word => format!("a {{ i {{ width: {}px; }} }}", word.text().len()),
                });
                set_file(site, "themes/petit/styles/_own.scss", text);
            }
            Edit::InterfaceWord(word) => {
                let text = word.map(|word| match word {
                    Word::Marked => "= nothing".to_owned(),
                    word => format!("[text]\nhome = \"{}\"\n", word.text()),
                });
                set_file(site, "themes/petit/i18n/fr.toml", text);
            }
            Edit::Vanish => {
                for path in files(site, "content/") {
                    self.aside.push((path.clone(), site.read(&path)));
                    site.remove(&path);
                }
            }
            Edit::Return => self.aside.drain(..).for_each(|(path, text)| {
                site.write(&path, text);
            }),
            Edit::Day(n) => self.day = n,
        }
    }

    fn break_file(&mut self, index: Nth, fault: Fault) {
        let Some(path) = pick(&self.site, "content/modules/", index) else { return };
        let text = self.site.read(&path);
        let broken = match fault {
            Fault::Yaml => format!("---\ntitre: [\n---\n{text}"),
            Fault::NoTitle => "---\nthèmes: Écoute\n---\n".to_owned(),
            Fault::DeadLink => format!("{text}\n[x](nulle-part.md)\n"),
            Fault::Html => format!("{text}\n<b onclick=\"x()\">gras</b>\n"),
            Fault::Empty => String::new(),
        };
        self.site.write(&path, broken);
        self.broken.get_or_insert((path, text));
    }
}

fn append(site: &TestSite, path: Option<String>, words: &str) {
    if let Some(path) = path {
        site.write(&path, format!("{}\n{words}\n", site.read(&path)));
    }
}

fn set_setting(site: &TestSite, setting: Setting) {
    let set = |key: &str, value: Option<&str>| set_line(site, "brochure.yaml", key, value);
    match setting {
        Setting::Title(word) => set("titre", Some(&format!("\"{}\"", word.text()))),
        Setting::English(on) => set("langue", on.then_some("en")),
        Setting::Colour(on) => set("couleurs", on.then_some("\"#5b2a86\"")),
        Setting::PageSize(on) => set("taille-de-page", on.then_some("1")),
        Setting::FileLinks(on) => set("liens", on.then_some("fichier")),
        Setting::RawHtml(on) => set("html-brut", on.then_some("permis")),
        Setting::Severity(on) => set("gravité", on.then_some("{dead-link: avertissement}")),
        Setting::Provider(on) => set("organisme", on.then_some("maison")),
        Setting::Glossary(on) => set("glossaire", on.then_some("{MSP: Médiateur, Court: Bref}")),
        Setting::Nonsense(on) => set("vocabulaire", on.then_some("n'importe quoi")),
        Setting::Look(first) => set("apparence", Some(LOOKS[usize::from(!first)])),
    }
}

fn word() -> impl Strategy<Value = Word> {
    prop_oneof![Just(Word::Short), Just(Word::Marked), Just(Word::Foreign)]
}

fn maybe_word() -> impl Strategy<Value = Option<Word>> {
    proptest::option::of(word())
}

fn topic() -> impl Strategy<Value = Topic> {
    prop_oneof![Just(Topic::Listening), Just(Topic::ListeningInCapitals), Just(Topic::Rights), Just(Topic::Both)]
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![Just(Fault::Yaml), Just(Fault::NoTitle), Just(Fault::DeadLink), Just(Fault::Html), Just(Fault::Empty)]
}

fn setting() -> impl Strategy<Value = Setting> {
    let on = any::<bool>;
    prop_oneof![
        word().prop_map(Setting::Title),
        on().prop_map(Setting::English),
        on().prop_map(Setting::Colour),
        on().prop_map(Setting::PageSize),
        on().prop_map(Setting::FileLinks),
        on().prop_map(Setting::RawHtml),
        on().prop_map(Setting::Severity),
        on().prop_map(Setting::Provider),
        on().prop_map(Setting::Glossary),
        on().prop_map(Setting::Nonsense),
        on().prop_map(Setting::Look),
    ]
}

/// Any edit.
pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => edit_of_content(),
        2 => setting().prop_map(Edit::Setting),
        2 => edit_of_look(),
        1 => (0..20u8).prop_map(Edit::Day),
        1 => prop_oneof![1 => Just(Edit::Vanish), 4 => Just(Edit::Return)],
    ]
}

fn edit_of_look() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<bool>(), maybe_word()).prop_map(|(of_module, word)| Edit::Template(of_module, word)),
        Just(Edit::CopyLook),
        maybe_word().prop_map(Edit::Style),
        maybe_word().prop_map(Edit::InterfaceWord),
    ]
}

fn edit_of_content() -> impl Strategy<Value = Edit> {
    let (file, n) = (|| 0..8u8, || 1..6u8);
    prop_oneof![
        Just(Edit::Nothing),
        (n(), topic()).prop_map(|(n, topic)| Edit::AddModule(n, topic)),
        file().prop_map(Edit::DeleteModule),
        (file(), n()).prop_map(|(file, n)| Edit::RenameModule(file, n)),
        (file(), file()).prop_map(|(one, two)| Edit::SwapModules(one, two)),
        (file(), word()).prop_map(|(file, word)| Edit::Retitle(file, word)),
        (file(), topic()).prop_map(|(file, topic)| Edit::Retopic(file, topic)),
        (file(), word()).prop_map(|(file, word)| Edit::Rewrite(file, word)),
        (file(), file()).prop_map(|(from, to)| Edit::LinkTo(from, to)),
        (file(), file()).prop_map(|(one, two)| Edit::Require(one, two)),
        (file(), 0..20u8).prop_map(|(file, n)| Edit::SetSession(file, n)),
        (file(), any::<bool>()).prop_map(|(file, on)| Edit::Draft(file, on)),
        (file(), proptest::option::of(n())).prop_map(|(file, n)| Edit::Slug(file, n)),
        (file(), fault()).prop_map(|(file, fault)| Edit::Break(file, fault)),
        Just(Edit::Mend),
        (n(), word()).prop_map(|(n, word)| Edit::AddNews(n, word)),
        n().prop_map(Edit::DeleteNews),
        word().prop_map(Edit::Organisation),
        (topic(), maybe_word()).prop_map(|(topic, word)| Edit::DeclareTopic(topic, word)),
        maybe_word().prop_map(Edit::Home),
        maybe_word().prop_map(Edit::Picture),
    ]
}
