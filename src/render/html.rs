//! Pages, by templates.

use std::borrow::Cow;

use tera::{Context, Value};

use super::pieces::{DRAWINGS_SIGN, Pieces};
use crate::diagnostic::{Checked, Place};
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
        Ok(html) => Checked::clean(Some(Output::new(html.into_bytes()))),
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

fn draw(
    view: &mut HtmlView,
    shared: &Shared,
    theme: &SiteTheme,
    pieces: &Pieces,
) -> Result<String, Box<TemplateProblem>> {
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
    let html = theme.templates.draw(template, &context)?;
    let Some(at) = find_sign(&html) else { return Ok(html) };
    let drawings = pieces.drawings(&html, &view.root, shared, theme)?;
    let (before, after) = (&html[..at], &html[at + DRAWINGS_SIGN.len()..]);
    // A template that asks twice gets them once.
    let after = if find_sign(after).is_some() { after.replace(DRAWINGS_SIGN, "").into() } else { Cow::Borrowed(after) };
    Ok([before, &drawings, &after].concat())
}

/// Where the drawings belong. Its first character is looked for, which few pages have anywhere else.
fn find_sign(html: &str) -> Option<usize> {
    let first = DRAWINGS_SIGN.chars().next()?;
    html.match_indices(first).map(|(at, _)| at).find(|at| html[*at..].starts_with(DRAWINGS_SIGN))
}
