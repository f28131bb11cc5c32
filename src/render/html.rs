//! Pages, by templates.

use tera::Context;

use crate::diagnostic::{Checked, Place};
use crate::output::Output;
use crate::page::Shared;
use crate::route::SitePath;
use crate::site_theme::{SiteTheme, TemplateProblem};
use crate::view::HtmlView;

pub(super) fn render(path: &SitePath, view: &HtmlView, shared: &Shared, theme: &SiteTheme) -> Checked<Option<Output>> {
    let template = view.content.template();
    let drawn = Context::from_serialize(view)
        .map_err(|error| Box::new(TemplateProblem::of_values(template, error.to_string())))
        .and_then(|mut context| {
            context.insert_value("site", shared.site.clone());
            context.insert_value("t", shared.words.clone());
            theme.templates.draw(template, &context)
        });
    match drawn {
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
