//! Templates: loaded and checked once, drawn by name.

use std::collections::BTreeMap;
use std::io;

use tera::{Context, Kwargs, State, Tera, Value};

use super::files::LookFiles;
use super::problem::{TemplateProblem, TemplateTexts};
use crate::diagnostic::Checked;
use crate::hash::{ContentHash, FingerprintBuilder};
use crate::source::{ContentPath, decode};

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

    /// Draws a template.
    ///
    /// # Errors
    /// What is wrong, and where in the templates.
    pub fn draw(&self, name: &str, context: &Context) -> Result<String, Box<TemplateProblem>> {
        // The built-in templates end: how long their pages are is for the author to say.
        if !self.texts.has_own() {
            return self.tera.render(name, context).map_err(|error| Box::new(self.texts.first_problem(&error, name)));
        }
        let mut page = Drawing { most: LONGEST_PAGE, ..Drawing::default() };
        match self.tera.render_to(name, context, &mut page) {
            // What the engine writes is made of texts.
            Ok(()) => Ok(String::from_utf8(page.bytes).unwrap_or_default()),
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
#[derive(Debug, Default)]
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
    fn a_page_ends_beyond_its_longest_text_and_not_before() {
        use io::Write;
        let mut page = Drawing { most: 100, ..Drawing::default() };
        page.write_all(&[b'x'; 1_000]).expect("one long text is no loop");
        for _ in 0..310 {
            page.write_all(&[b'y'; 10]).expect("within bounds");
        }
        assert!(page.write_all(&[b'y'; 10]).is_err() && page.is_full);
    }

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
