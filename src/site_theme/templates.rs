//! Templates: loaded and checked once, drawn by name.

use tera::{Context, Tera};

use super::files::LookFiles;
use super::problem::{TemplateProblem, TemplateTexts};
use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::hash::{ContentHash, FingerprintBuilder};

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
            match (std::str::from_utf8(&file.bytes), &file.source) {
                (Ok(text), source) => {
                    texts.0.insert(name.to_owned(), (text.into(), source.clone()));
                }
                (Err(error), Some(path)) => {
                    let at = error.valid_up_to();
                    let diagnostic = Diagnostic::new(Code::TemplateError, path, Place::Span(at..at));
                    diagnostics.push(diagnostic.arg("reason", error.to_string()));
                }
                (Err(_), None) => {}
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

    /// Draws a template.
    ///
    /// # Errors
    /// What is wrong, and where in the templates.
    pub fn draw(&self, name: &str, context: &Context) -> Result<String, Box<TemplateProblem>> {
        // Made large enough for nearly all pages: one that grows is copied again and again.
        let mut html = Vec::with_capacity(USUAL_LENGTH);
        let drawn = self.tera.render_to(name, context, &mut html);
        let drawn = drawn.and_then(|()| Ok(String::from_utf8(html)?));
        drawn.map_err(|error| Box::new(self.texts.first_problem(&error, name)))
    }
}

/// The template engine with what templates may use: no function of it reads the clock, a file or chance.
fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    tera
}
