//! [`Page`]: a render job, and the fingerprint that says when it need not be done again.

use std::collections::BTreeSet;

use tera::Value;

use crate::hash::{Fingerprint, FingerprintBuilder};
use crate::phrases::Phrases;
use crate::route::SitePath;
use crate::view::View;
use crate::view::shell::Shell;

/// A page or file to be rendered: where, and what it shows.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it stands.
    pub path: SitePath,
    /// Everything that it shows.
    pub view: View,
}

/// What every page shares, as templates receive it: serialised once a run.
#[derive(Clone, Debug)]
pub struct Shared {
    /// `site` in templates.
    pub site: Value,
    /// `t` in templates: the interface's words.
    pub words: Value,
    /// The addresses that the menu names, and the home page's: on the others, the header is that of their section.
    pub landmarks: BTreeSet<String>,
    /// The digest of all that is shared, and of all templates.
    fingerprint: Fingerprint,
}

impl Shared {
    /// Serialises what is shared. `templates` is the digest of all template files.
    pub fn new(shell: &Shell, phrases: &Phrases, templates: Fingerprint) -> Self {
        let fingerprint =
            FingerprintBuilder::new().input(templates.as_bytes()).serialised(shell).serialised(&phrases.text).finish();
        let landmarks = shell.menu.iter().filter_map(|link| link.url.clone()).chain([shell.urls.home.clone()]);
        Self {
            site: Value::from_serializable(shell),
            words: Value::from_serializable(&phrases.text),
            landmarks: landmarks.collect(),
            fingerprint,
        }
    }
}

impl Page {
    /// The digest of all that the page depends on: the same fingerprint means the same bytes. It is over the
    /// serialisation of the view, cards and all, the template's name, all template files, and what every page shares;
    /// the pieces that are drawn apart depend on nothing else.
    pub fn fingerprint(&self, shared: &Shared) -> Fingerprint {
        let builder = FingerprintBuilder::new().input(self.path.as_str().as_bytes());
        let builder = match &self.view {
            View::Html(html) => builder
                .input(html.content.template().as_bytes())
                .input(shared.fingerprint.as_bytes())
                // Not shown, but named by what may be found while drawing.
                .input(html.source.as_ref().map_or("", |path| path.as_str()).as_bytes())
                .serialised(&**html),
            View::Feed(form, feed) => builder.input(form.media_type().as_bytes()).serialised(&**feed),
            View::Calendar(calendar) => builder.input(b"calendar").serialised(&**calendar),
            View::Sitemap(sitemap) => builder.input(b"sitemap").serialised(sitemap),
            View::Robots(robots) => builder.input(b"robots").serialised(robots),
            View::Choices(view) => builder.input(b"choices").serialised(view),
            View::Rows(view) => builder.input(b"rows").input(shared.fingerprint.as_bytes()).serialised(view),
            View::Copy(hash, _) => builder.input(b"copy").input(hash.as_bytes()),
        };
        builder.finish()
    }
}
