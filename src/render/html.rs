//! Pages, by templates.

use memchr::memmem;
use tera::{Context, Value};

use super::pieces::{DRAWINGS_SIGN, Pieces};
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Rule};
use crate::loads;
use crate::output::Output;
use crate::page::Shared;
use crate::route::SitePath;
use crate::site_theme::{SiteTheme, TemplateProblem};
use crate::view::HtmlView;
use crate::view::parts::Html;

pub(super) fn render(
    path: &SitePath,
    mut view: HtmlView,
    shared: &Shared,
    theme: &SiteTheme,
    pieces: &Pieces,
) -> Checked<Option<Output>> {
    match draw(&mut view, shared, theme, pieces) {
        Ok(html) => {
            let found = foreign(path, &view, &html, theme);
            Checked::new(Some(Output::new(html)), found)
        }
        Err(problem) => {
            // The message names the page that was being drawn, and the file behind it.
            let mut diagnostic = problem.diagnostic(Some(&format!("/{path}")));
            if let Some(source) = &view.source {
                diagnostic = diagnostic.also(source, Place::File, "drawing");
            }
            Checked::new(None, vec![diagnostic])
        }
    }
}

/// What the finished page loads from other hosts (PR-01), each at the template that names it. Whether the site allows
/// that, and what comes from a text and is told there, is not known here.
fn foreign(path: &SitePath, view: &HtmlView, html: &[u8], theme: &SiteTheme) -> Vec<Diagnostic> {
    let urls = std::str::from_utf8(html).map(loads::of_page).unwrap_or_default();
    let told = |url: String| {
        let (file, place) = match theme.templates.place_of(&url) {
            Some((file, span)) => (file, Place::Span(span)),
            None => {
                (view.source.clone().unwrap_or_else(|| TemplateProblem::file_of(view.content.template())), Place::File)
            }
        };
        let finding = Diagnostic::new(Code::Rule(Rule::Pr01), &file, place).message("message-look").help("help-look");
        let host = loads::host_of(&url).unwrap_or_default();
        finding.arg("page", format!("/{path}")).arg("host", host).arg("url", url)
    };
    urls.into_iter().map(told).collect()
}

fn draw(
    view: &mut HtmlView,
    shared: &Shared,
    theme: &SiteTheme,
    pieces: &Pieces,
) -> Result<Vec<u8>, Box<TemplateProblem>> {
    let template = view.content.template();
    let surround = |name| pieces.surround(name, view, shared, theme);
    let surrounds = match view.content.has_surrounds() {
        true => Some((surround("header.html")?, surround("footer.html")?)),
        false => None,
    };
    for card in view.content.cards() {
        card.html = Some(Html(pieces.card(&card.module, &view.root, shared, theme)?));
    }
    let mut context = Context::from_serialize(&*view)
        .map_err(|error| Box::new(TemplateProblem::of_values(template, error.to_string())))?;
    context.insert_value("site", shared.site.clone());
    context.insert_value("t", shared.words.clone());
    if let Some((header, footer)) = surrounds {
        context.insert_value("header", Value::safe_string(&header));
        context.insert_value("footer", Value::safe_string(&footer));
    }
    context.insert_value("drawings", Value::safe_string(DRAWINGS_SIGN));
    let html = theme.templates.draw_bytes(template, &context)?;
    let sign = DRAWINGS_SIGN.as_bytes();
    let Some(at) = memmem::find(&html, sign) else { return Ok(html) };
    let drawings = pieces.drawings(&html, &view.root, shared, theme)?;
    let (before, after) = (&html[..at], &html[at + sign.len()..]);
    let mut page = Vec::with_capacity(html.len() + drawings.len());
    page.extend_from_slice(before);
    page.extend_from_slice(drawings.as_bytes());
    // A template that asks twice gets them once.
    let mut done = 0;
    for again in memmem::find_iter(after, sign) {
        page.extend_from_slice(&after[done..again]);
        done = again + sign.len();
    }
    page.extend_from_slice(&after[done..]);
    Ok(page)
}
