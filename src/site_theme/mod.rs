//! The look: templates compiled, style sheets made, words read. [`SiteTheme`].
//!
//! The built-in look is inside the program. Any file of `themes/<name>/` of the site takes the place of
//! the same file of the built-in one. Nothing here knows a page, a module or an address of one.

mod files;
mod problem;
mod styles;
mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::hash::{ContentHash, Fingerprint, FingerprintBuilder};
use crate::lang::Lang;
use crate::phrases::{Phrases, PhrasesFile};
use crate::route::SitePath;
use crate::source::{ContentPath, Sources, decode};

pub use files::LookFiles;
pub use problem::TemplateProblem;
pub use templates::Templates;

/// The name of the look that a site has unless it names another.
pub const BUILT_IN: &str = "brochure";

/// Where the look's own files are published.
const PUBLIC_FOLDER: &str = "static";

/// The style sheet that only a site with a report has.
const OF_REPORT: &str = "report.css";
/// The style sheet that is not published: it stands in the file whose only style it is.
const OF_REPORT_ALONE: &str = "report_alone.css";

/// A look, ready to draw pages.
#[derive(Debug)]
pub struct SiteTheme {
    /// The templates.
    pub templates: Templates,
    /// Files to publish: style sheets, scripts, fonts.
    pub public_files: BTreeMap<SitePath, Arc<[u8]>>,
    /// The address of each style sheet and script by its plain name (`theme.css`), with its hash in it.
    pub hashed: BTreeMap<String, SitePath>,
    /// The whole style of a report that stands in a file of its own.
    pub report_style: String,
    /// Fonts to fetch early, by their addresses.
    pub fonts: Vec<SitePath>,
    /// The interface's words.
    pub phrases: Phrases,
}

/// What a look depends on: when it is the same, the look is, and so is what is said about it.
pub fn fingerprint(files: &LookFiles, config: &Config, site_title: &str) -> Fingerprint {
    let mut builder = FingerprintBuilder::new().input(config.lang.code().as_bytes()).input(site_title.as_bytes());
    builder = builder.input(&[u8::from(config.report)]);
    builder = builder.input(config.colours.css().unwrap_or_default().as_bytes());
    for (name, file) in files.iter() {
        let source = file.source.as_ref().map_or("", |path| path.as_str());
        builder =
            builder.input(name.as_bytes()).input(source.as_bytes()).input(ContentHash::of(&file.bytes).as_bytes());
    }
    builder.finish()
}

/// The files of the look that the settings name, the site's own over the built-in ones.
pub fn look_files(sources: &Sources, config: &Config) -> Checked<LookFiles> {
    let name = config.look.as_deref().unwrap_or(BUILT_IN);
    let files = LookFiles::gather(sources, name);
    let mut diagnostics = Vec::new();
    if config.look.is_some() && name != BUILT_IN && !files.has_own() {
        let settings = ContentPath::new(crate::config::CONFIG_PATH);
        let folders: Vec<&str> =
            sources.under("themes").filter_map(|file| file.path.as_str().split('/').nth(1)).collect();
        let near = crate::fold::nearest(name, folders);
        let place = Place::Yaml(
            crate::diagnostic::YamlPath::default().with(crate::diagnostic::Step::Key(look_key(sources), 0)),
            crate::diagnostic::Part::Value,
        );
        let diagnostic = Diagnostic::new(Code::InvalidSetting, &settings, place).arg("value", name);
        diagnostics.push(diagnostic.message("message-look-missing").help("help-look-missing").near(near));
    }
    Checked::new(files, diagnostics)
}

/// The spelling of the `look` key that the settings use.
fn look_key(sources: &Sources) -> String {
    let text = sources.get(&ContentPath::new(crate::config::CONFIG_PATH)).map(|file| file.bytes.clone());
    let french =
        text.is_some_and(|bytes| String::from_utf8_lossy(&bytes).lines().any(|line| line.starts_with("apparence")));
    if french { "apparence" } else { "look" }.to_owned()
}

/// Makes the look. What a site's own file breaks is reported, and the built-in file stands in for it.
pub fn load(files: &LookFiles, config: &Config, site_title: &str) -> Checked<SiteTheme> {
    let mut diagnostics = Vec::new();
    let phrases = load_phrases(files, config.lang, &mut diagnostics);
    let templates = Templates::load(files).take(&mut diagnostics);
    let mut theme = SiteTheme {
        templates,
        public_files: BTreeMap::new(),
        hashed: BTreeMap::new(),
        report_style: String::new(),
        fonts: Vec::new(),
        phrases,
    };
    for (name, css) in styles::compile_all(files).take(&mut diagnostics) {
        match name.as_str() {
            OF_REPORT_ALONE => theme.report_style = css,
            OF_REPORT if !config.report => {}
            _ => theme.add_hashed(&name, css.into_bytes().into()),
        }
    }
    if let Some(css) = styles::site_rules(config, site_title) {
        theme.add_hashed("site.css", css.into_bytes().into());
    }
    for (name, file) in files.in_folder("static") {
        if name.ends_with(".js") || name.ends_with(".css") {
            theme.add_hashed(name, file.bytes.clone());
        } else {
            let path = SitePath::new(format!("{PUBLIC_FOLDER}/{name}"));
            if name.ends_with(".woff2") {
                theme.fonts.push(path.clone());
            }
            theme.public_files.insert(path, file.bytes.clone());
        }
    }
    Checked::new(theme, diagnostics)
}

impl SiteTheme {
    /// Publishes a file under a name that changes with its bytes, so that it may be kept by browsers for ever.
    fn add_hashed(&mut self, name: &str, bytes: Arc<[u8]>) {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let path = SitePath::new(format!("{PUBLIC_FOLDER}/{stem}-{}.{extension}", ContentHash::of(&bytes).short()));
        self.hashed.insert(name.to_owned(), path.clone());
        self.public_files.insert(path, bytes);
    }

    /// The address of a style sheet or script by its plain name; empty when the look has none.
    pub fn url(&self, name: &str) -> String {
        self.hashed.get(name).map(|path| path.as_str().to_owned()).unwrap_or_default()
    }
}

/// The built-in words of a language.
pub fn built_in_phrases(lang: Lang) -> Option<Phrases> {
    let file = files::built_in(&format!("i18n/{}.toml", lang.code()))?;
    Phrases::new(PhrasesFile::parse(file).ok()?, PhrasesFile::default(), lang == Lang::French)
}

/// The bytes of a built-in file, by the path that messages give it.
pub fn built_in_file(path: &ContentPath) -> Option<Arc<[u8]>> {
    let folder = format!("themes/{BUILT_IN}/");
    files::built_in_bytes(path.as_str().strip_prefix(&folder)?)
}

fn load_phrases(files: &LookFiles, lang: Lang, diagnostics: &mut Vec<Diagnostic>) -> Phrases {
    let name = format!("i18n/{}.toml", lang.code());
    let built_in = files::built_in(&name).and_then(|text| PhrasesFile::parse(text).ok()).unwrap_or_default();
    let own = match files.own(&name) {
        Some((path, bytes)) => match decode(path, bytes).map(PhrasesFile::parse) {
            Ok(Ok(file)) => file,
            Ok(Err(error)) => {
                let span = error.span().unwrap_or(0..0);
                let diagnostic = Diagnostic::new(Code::LookError, path, Place::Span(span));
                diagnostics.push(diagnostic.arg("reason", error.message()));
                PhrasesFile::default()
            }
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                PhrasesFile::default()
            }
        },
        None => PhrasesFile::default(),
    };
    let french = lang == Lang::French;
    match Phrases::new(built_in, own, french) {
        Some(phrases) => phrases,
        // The built-in words always say how dates are written: the tests read them.
        None => unreachable_words(french),
    }
}

/// Words for a program that was built without its own: every key is its own word.
fn unreachable_words(french: bool) -> Phrases {
    let empty = "[dates]\nmonths=['1','2','3','4','5','6','7','8','9','10','11','12']\nmonths_short=['1','2','3','4','5','6','7','8','9','10','11','12']\nweekdays=['1','2','3','4','5','6','7']\nand='&'\nfrom=''\nto='-'\n";
    let file = PhrasesFile::parse(empty).unwrap_or_default();
    match Phrases::new(file, PhrasesFile::default(), french) {
        Some(phrases) => phrases,
        None => unreachable!("the text above has dates"),
    }
}
