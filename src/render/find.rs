//! What a search reads. What reads it is the look's `find.js`.

use serde_json::{Value, json};

use crate::diagnostic::Checked;
use crate::output::Output;
use crate::pack::pack;
use crate::page::Shared;
use crate::route::SitePath;
use crate::site_theme::{SiteTheme, TemplateProblem};
use crate::view::find::{ChoicesView, DrawnEntry, FoundEntry, RowsView, Shown};
use crate::view::parts::Html;

use super::pieces::Pieces;

/// Which entries answer to which choice: JSON with the names, a zero byte, then for each value in its order the entries
/// as bits, the first the lowest of its byte; then for each order the numbers, three bytes each, the lowest first.
pub(super) fn choices(view: &ChoicesView) -> Output {
    let facets: Vec<Value> = view
        .facets
        .iter()
        .map(|(name, values)| json!([name, values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>()]))
        .collect();
    let orders: Vec<&str> = view.orders.iter().map(|(name, _)| *name).collect();
    let head = json!({ "mark": view.mark, "count": view.count, "facets": facets, "free": view.free, "ends": view.ends, "orders": orders });
    let mut bytes = head.to_string().into_bytes();
    bytes.push(0);
    let width = view.count.div_ceil(8);
    for value in view.facets.iter().flat_map(|(_, values)| values) {
        let start = bytes.len();
        bytes.resize(start + width, 0);
        for entry in &value.entries {
            if let Some(byte) = bytes.get_mut(start + entry / 8) {
                *byte |= 1 << (entry % 8);
            }
        }
    }
    for number in view.orders.iter().flat_map(|(_, numbers)| numbers) {
        bytes.extend_from_slice(&u32::try_from(*number).unwrap_or(u32::MAX).to_le_bytes()[..3]);
    }
    Output::new(pack(&bytes))
}

/// Entries as they are shown, in JSON.
pub(super) fn rows(
    path: &SitePath,
    view: RowsView,
    shared: &Shared,
    theme: &SiteTheme,
    pieces: &Pieces,
) -> Checked<Option<Output>> {
    let root = view.root;
    let drawn: Result<Vec<DrawnEntry>, Box<TemplateProblem>> =
        view.entries.into_iter().map(|entry| draw(entry, &root, shared, theme, pieces)).collect();
    match drawn {
        Ok(entries) => match serde_json::to_vec(&json!({ "mark": view.mark, "entries": entries })) {
            Ok(json) => Checked::clean(Some(Output::new(pack(&json)))),
            // Text, numbers and lists have a form.
            Err(_) => Checked::clean(None),
        },
        Err(problem) => Checked::new(None, vec![problem.diagnostic(Some(&format!("/{path}")))]),
    }
}

fn draw(
    entry: FoundEntry,
    root: &str,
    shared: &Shared,
    theme: &SiteTheme,
    pieces: &Pieces,
) -> Result<DrawnEntry, Box<TemplateProblem>> {
    let (html, link) = match entry.shown {
        Shown::Card(card) => (Some(pieces.card(&card.module, root, shared, theme)?), None),
        Shown::Row(row) => (Some(pieces.row(&row, root, shared, theme)?), None),
        Shown::Link(link) => (None, Some(link)),
    };
    Ok(DrawnEntry { html: html.map(Html), link, text: entry.text })
}
