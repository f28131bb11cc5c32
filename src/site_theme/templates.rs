//! Templates: loaded and checked once, drawn by name.

use std::io;
use std::ops::Range;

use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::files::LookFiles;
use super::problem::{TemplateProblem, TemplateTexts};
use crate::diagnostic::Checked;
use crate::hash::{ContentHash, FingerprintBuilder};
use crate::source::{ContentPath, decode};

/// How much room a page gets at once, in bytes.
const USUAL_LENGTH: usize = 64 * 1024;

/// The templates of a look.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The digest of all template files: a page drawn with others is another page.
    pub hash: crate::hash::Fingerprint,
    texts: TemplateTexts,
}

impl Templates {
    /// Loads all templates. When the site's own break something, that is reported and the built-in
    /// ones stand in, so that everything else can still be checked.
    pub(super) fn load(files: &LookFiles) -> Checked<Self> {
        let mut hash = FingerprintBuilder::new();
        let mut texts = TemplateTexts::default();
        let mut diagnostics = Vec::new();
        for (name, file) in files.in_folder("templates") {
            hash = hash.input(name.as_bytes()).input(ContentHash::of(&file.bytes).as_bytes()).input(file.origin());
            let path = file.source.clone().unwrap_or_else(|| ContentPath::new(name));
            match decode(&path, &file.bytes) {
                Ok(text) => {
                    texts.0.insert(name.to_owned(), (text.into(), file.source.clone()));
                }
                Err(diagnostic) => {
                    diagnostics.push(*diagnostic);
                    let stand_in = super::files::built_in(&format!("templates/{name}"));
                    texts.0.extend(stand_in.map(|text| (name.to_owned(), (text.into(), None))));
                }
            }
        }
        let mut templates = Self { tera: engine(), hash: hash.finish(), texts };
        let all = templates.texts.0.iter().map(|(name, (text, _))| (name.as_str(), &**text));
        if let Err(error) = templates.tera.add_raw_templates(all) {
            diagnostics.extend(templates.texts.problems(&error, None).iter().map(|problem| problem.diagnostic(None)));
            let names = templates.texts.0.keys();
            let built_in =
                names.filter_map(|name| Some((name.as_str(), super::files::built_in(&format!("templates/{name}"))?)));
            templates.tera = engine();
            if let Err(error) = templates.tera.add_raw_templates(built_in) {
                let problems = templates.texts.problems(&error, None);
                diagnostics.extend(problems.iter().map(|problem| problem.diagnostic(None)));
            }
        }
        Checked::new(templates, diagnostics)
    }

    /// Where a template of the site's own names an address.
    pub fn place_of(&self, url: &str) -> Option<(ContentPath, Range<usize>)> {
        self.texts.0.values().find_map(|(text, source)| {
            let at = text.find(url).filter(|_| source.is_some())?;
            Some((source.clone()?, at..at + url.len()))
        })
    }

    /// Draws a template.
    ///
    /// # Errors
    /// What is wrong, and where in the templates.
    pub fn draw(&self, name: &str, context: &Context) -> Result<String, Box<TemplateProblem>> {
        let bytes = self.draw_bytes(name, context)?;
        // What the engine writes is made of texts.
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// As [`Templates::draw`], for what is only written and not looked at as a text.
    ///
    /// # Errors
    /// The same.
    pub fn draw_bytes(&self, name: &str, context: &Context) -> Result<Vec<u8>, Box<TemplateProblem>> {
        // The built-in templates end: how long their pages are is for the author to say.
        let most = if self.texts.has_own() { LONGEST_PAGE } else { usize::MAX / 2 };
        // Made large enough for nearly all pages: one that grows is copied again and again.
        let mut page = Drawing { bytes: Vec::with_capacity(USUAL_LENGTH), most, longest: 0, is_full: false };
        match self.tera.render_to(name, context, &mut page) {
            Ok(()) => Ok(page.bytes),
            Err(_) if page.is_full => Err(Box::new(self.texts.endless(name, LONGEST_PAGE / MEGABYTE))),
            Err(error) => Err(Box::new(self.texts.first_problem(&error, name))),
        }
    }
}

const MEGABYTE: usize = 1024 * 1024;
/// How long a page may be that a site's own templates draw, beside the longest text in it. The engine bounds each loop
/// and each call, but not loops in loops, nor loops in calls.
const LONGEST_PAGE: usize = 64 * MEGABYTE;

/// A page that is being drawn.
#[derive(Debug)]
struct Drawing {
    bytes: Vec<u8>,
    /// How many bytes it may have, beside a few times the longest piece.
    most: usize,
    /// The longest piece that was handed over at once, such as the text of an author.
    longest: usize,
    is_full: bool,
}

impl io::Write for Drawing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.longest = self.longest.max(bytes.len());
        if self.bytes.len() + bytes.len() > self.most + 4 * self.longest {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The template engine with what templates may use: no function of it reads the clock, a file or chance.
fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    // Before any template is added: the engine looks filters up as it compiles.
    tera.register_filter("safe", safe);
    tera
}

/// What is said of a value that is not there; the place tells its name.
pub(super) const UNDEFINED: &str = "not there";

/// The filter `safe`, for HTML that is finished. The engine's own makes nothing of a name that is none, and so the whole
/// header of a page would be missing without a word.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    if value.is_undefined() { Err(Error::message(UNDEFINED)) } else { Ok(value.mark_safe()) }
}
