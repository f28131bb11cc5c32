//! [`Page`]: a render job, and the fingerprint that says when it need not be done again.

use std::sync::Arc;

use tera::Value;

use crate::hash::{ContentHash, Fingerprint, FingerprintBuilder};
use crate::phrases::Phrases;
use crate::route::{Route, SitePath};
use crate::view::View;
use crate::view::shell::Shell;

/// A page or file to be rendered: where, what it shows, and the digest of all that it depends on.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it is.
    pub route: Route,
    /// Where it stands.
    pub path: SitePath,
    /// Everything that it shows.
    pub view: View,
    /// The same fingerprint means the same bytes.
    pub fingerprint: Fingerprint,
}

/// What every page shares, as templates receive it: serialised once a run.
#[derive(Clone, Debug)]
pub struct Shared {
    /// `site` in templates.
    pub site: Value,
    /// `t` in templates: the interface's words.
    pub words: Value,
    /// The digest of both and of all templates.
    fingerprint: Fingerprint,
}

impl Shared {
    /// Serialises what is shared. `templates` is the digest of all template files.
    pub fn new(shell: &Shell, phrases: &Phrases, templates: Fingerprint) -> Self {
        let fingerprint =
            FingerprintBuilder::new().input(templates.as_bytes()).serialised(shell).serialised(&phrases.text).finish();
        Self { site: Value::from_serializable(shell), words: Value::from_serializable(&phrases.text), fingerprint }
    }
}

impl Page {
    /// A page with its fingerprint: over the very serialisation that its template receives, the
    /// template's name, all template files, and what every page shares.
    pub fn new(route: Route, path: SitePath, view: View, shared: &Shared) -> Arc<Self> {
        let builder = FingerprintBuilder::new().input(path.as_str().as_bytes());
        let builder = match &view {
            View::Html(html) => builder
                .input(html.content.template().as_bytes())
                .input(shared.fingerprint.as_bytes())
                // Not shown, but named by what may be found while drawing.
                .input(html.source.as_ref().map_or("", |path| path.as_str()).as_bytes())
                .serialised(&**html),
            View::Feed(form, feed) => builder.input(form.media_type().as_bytes()).serialised(&**feed),
            View::Sitemap(sitemap) => builder.input(b"sitemap").serialised(sitemap),
            View::Robots(robots) => builder.input(b"robots").serialised(robots),
            View::Copy(hash, _) => builder.input(b"copy").input(hash.as_bytes()),
        };
        Arc::new(Self { route, path, view, fingerprint: builder.finish() })
    }

    /// The digest of a file that is copied as it is.
    pub fn copied(&self) -> Option<ContentHash> {
        match &self.view {
            View::Copy(hash, _) => Some(*hash),
            _ => None,
        }
    }
}
