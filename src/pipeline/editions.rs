//! The register of a run, and what is another since an earlier one.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::config::{CONFIG_PATH, Config};
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{Bodies, Document};
use crate::register::{Changes, Entry, Register};
use crate::route::{Route, RouteTable, SitePath};

/// What stands in the register of this site: each document that has an address of its own.
pub(super) fn register(catalogue: &Catalogue, table: &RouteTable, bodies: &Bodies) -> Register {
    let modules = catalogue.modules.values().map(|module| {
        (format!("modules/{}", module.id.as_str()), &module.title, Route::Module(module.id.clone()), &*module.document)
    });
    let news = catalogue.news.iter().map(|post| {
        (format!("news/{}", post.id.as_str()), &post.title, Route::NewsPost(post.id.clone()), &*post.document)
    });
    let pages = catalogue.pages.iter().map(|page| {
        (format!("pages/{}", page.id.as_str()), &page.title, Route::PlainPage(page.id.clone()), &*page.document)
    });
    let terms = catalogue.terms.values().filter_map(|term| {
        let document = term.document.as_deref()?;
        let id = format!("{}/{}", term.id.kind.key(), term.id.slug.as_str());
        Some((id, &term.title, Route::Term(term.id.clone(), 1), document))
    });
    let organisations = catalogue.organisations.values().filter_map(|one| {
        let document = one.document.as_deref()?;
        let id = format!("organisations/{}", one.id.as_str());
        Some((id, &one.name, Route::Organisation(one.id.clone(), 1), document))
    });
    let entries = modules.chain(news).chain(pages).chain(terms).chain(organisations);
    Register(
        entries
            .filter_map(|(id, title, route, document)| Some((id, entry(title, &route, document, table, bodies)?)))
            .collect(),
    )
}

fn entry(title: &str, route: &Route, document: &Document, table: &RouteTable, bodies: &Bodies) -> Option<Entry> {
    let digests = &bodies.get(&document.path).digests;
    let map = |pairs: &[(Box<str>, Box<str>)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, digest)| (name.to_string(), digest.to_string())).collect()
    };
    Some(Entry {
        title: title.to_owned(),
        address: table.address(route)?.to_string(),
        fields: map(&digests.fields),
        parts: map(&digests.parts),
        file: Some(document.path.clone()),
    })
}

/// What is another since an earlier edition, and which addresses were lost that the settings do not give up.
pub(super) fn compare(
    now: &Register,
    before: &Register,
    table: &RouteTable,
    config: &Config,
) -> (Changes, Vec<Diagnostic>) {
    let stands = |address: &str| table.route_at(&SitePath::new(address)).is_some();
    let mut changes = now.since(before, &stands);
    let bare = |address: &str| address.trim_matches('/').to_owned();
    let is_given_up = |address: &str| config.removed_addresses.iter().any(|given_up| bare(given_up) == bare(address));
    changes.lost.retain(|one| !is_given_up(&one.address));
    let settings = ContentPath::new(CONFIG_PATH);
    let lost = changes.lost.iter().map(|one| {
        let file = now.0.get(&one.id).and_then(|entry| entry.file.as_ref());
        let diagnostic = match file {
            Some(file) => {
                Diagnostic::new(Code::LostAddress, file, Place::Start).message("message-moved").help("help-moved")
            }
            None => Diagnostic::new(Code::LostAddress, &settings, Place::File),
        };
        diagnostic.arg("title", &one.title).arg("address", &one.address)
    });
    let lost = lost.collect();
    (changes, lost)
}
