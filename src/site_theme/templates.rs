//! Templates: loaded and checked once, drawn by name.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::hash::{ContentHash, FingerprintBuilder};
use crate::source::ContentPath;

use super::files::LookFiles;

/// The templates of a look.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The digest of all template files: a page drawn with others is another page.
    pub hash: crate::hash::Fingerprint,
    /// Templates that are the site's own, by name, with where they stand.
    own: Vec<(String, ContentPath)>,
}

/// A template that could not be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateProblem {
    /// The template's file.
    pub file: ContentPath,
    /// Where in it, in bytes.
    pub place: Place,
    /// What is wrong, in the template engine's words.
    pub reason: String,
}

impl Templates {
    /// Loads all templates. When the site's own break something, that is reported and the built-in
    /// ones stand in, so that everything else can still be checked.
    pub(super) fn load(files: &LookFiles) -> Checked<Self> {
        let mut hash = FingerprintBuilder::new();
        let mut own = Vec::new();
        let mut texts: Vec<(String, String)> = Vec::new();
        let mut diagnostics = Vec::new();
        for (name, file) in files.in_folder("templates") {
            hash = hash.input(name.as_bytes()).input(ContentHash::of(&file.bytes).as_bytes()).input(file.origin());
            match (std::str::from_utf8(&file.bytes), &file.source) {
                (Ok(text), source) => {
                    texts.push((name.to_owned(), text.to_owned()));
                    own.extend(source.iter().map(|path| (name.to_owned(), path.clone())));
                }
                (Err(error), Some(path)) => {
                    let at = error.valid_up_to();
                    let diagnostic = Diagnostic::new(Code::TemplateError, path, Place::Span(at..at));
                    diagnostics.push(diagnostic.arg("reason", error.to_string()));
                }
                (Err(_), None) => {}
            }
        }
        let mut templates = Self { tera: engine(), hash: hash.finish(), own };
        if let Err(error) = templates.tera.add_raw_templates(texts.iter().map(|(name, text)| (name, text))) {
            let problem = templates.problem(&error, "base.html");
            diagnostics.push(problem.diagnostic());
            let built_in: BTreeSet<&str> = texts.iter().map(|(name, _)| name.as_str()).collect();
            let built_in = built_in
                .into_iter()
                .filter_map(|name| Some((name, super::files::built_in(&format!("templates/{name}"))?)));
            templates.tera = engine();
            if let Err(error) = templates.tera.add_raw_templates(built_in) {
                let problem = templates.problem(&error, "base.html");
                diagnostics.push(problem.diagnostic());
            }
        }
        Checked::new(templates, diagnostics)
    }

    /// Draws a template.
    ///
    /// # Errors
    /// What is wrong, and where in the templates.
    pub fn draw(&self, name: &str, context: &Context) -> Result<String, TemplateProblem> {
        self.tera.render(name, context).map_err(|error| self.problem(&error, name))
    }

    fn problem(&self, error: &tera::Error, drawn: &str) -> TemplateProblem {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => TemplateProblem {
                file: self.path_of(report.filename()),
                place: Place::Span(report.span().range.clone()),
                reason: report.message().to_owned(),
            },
            ErrorKind::MissingParent { current, parent } => {
                let reason = format!("{{% extends \"{parent}\" %}}");
                TemplateProblem { file: self.path_of(current), place: Place::File, reason }
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                TemplateProblem { file: self.path_of(tpl), place: Place::File, reason: error.to_string() }
            }
            _ => {
                let reason = error.to_string();
                TemplateProblem { file: self.path_of(drawn), place: Place::File, reason }
            }
        }
    }

    /// Where a template stands: the site's own file, or the name it has in the program.
    fn path_of(&self, name: &str) -> ContentPath {
        let own = self.own.iter().find(|(known, _)| known == name).map(|(_, path)| path.clone());
        own.unwrap_or_else(|| ContentPath::new(format!("themes/{}/templates/{name}", super::BUILT_IN)))
    }
}

impl TemplateProblem {
    /// The problem as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(Code::TemplateError, &self.file, self.place.clone()).arg("reason", &self.reason)
    }
}

/// The template engine with what templates may use: no function of it reads the clock, a file or chance.
fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", ".xml"]);
    // Before any template is added: the engine looks filters up as it compiles.
    tera.register_filter("fragments", fragments);
    tera
}

/// The filter `fragments`: every `#name` that is the whole of an attribute, as a map for `is containing`. A template
/// learns in one look which drawings the page names, where a test for each would read the page as often as there are
/// drawings.
fn fragments(html: &str, _: Kwargs, _: &State<'_>) -> Value {
    let mut names: BTreeMap<&str, bool> = BTreeMap::new();
    for (at, _) in html.match_indices('"') {
        if let Some((name, _)) = html[at + 1..].strip_prefix('#').and_then(|rest| rest.split_once('"')) {
            names.insert(name, true);
        }
    }
    Value::from_serializable(&names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_found_once_each() {
        let mut tera = engine();
        let text = "{% set named = html | fragments %}{% for name in [\"a\", \"b-c\", \"d\", \"\"] %}\
                    {% if named is containing(pat=name) %}({{ name }}){% endif %}{% endfor %}";
        tera.add_raw_template("x", text).expect("a template");
        let mut context = Context::new();
        for (html, found) in [
            ("<a href=\"#a\"><use href=\"#b-c\"/><use href=\"#a\"/>", "(a)(b-c)"),
            ("<a href=\"x#d\">#d</a> \"#", ""),
            ("", ""),
        ] {
            context.insert("html", html);
            assert_eq!(tera.render("x", &context).expect("drawn"), found, "{html}");
        }
    }
}
