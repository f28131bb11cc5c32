//! [`Pieces`]: the parts that many pages have in common, drawn once a run.
//!
//! The header, the footer and the card of a module stand on thousands of pages, and differ there by nothing but the way
//! to the root. So each is drawn once, with a sign in place of that way, and every page puts its own in. A piece is a
//! function of what it shows and of the look, as a page is: nothing of the first page that needed it gets in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memchr::memmem;
use tera::{Context, Value};

use crate::page::Shared;
use crate::site_theme::{SiteTheme, TemplateProblem};
use crate::view::HtmlView;
use crate::view::parts::{ModuleCard, SessionRow};

/// Stands for the way to the root. Noncharacters, which Unicode keeps for use inside a program: texts lose them when they
/// are read.
const ROOT_SIGN: &str = "\u{FDD0}root\u{FDD1}";

/// Stands for the drawings that a page names, until it is known which those are.
pub(super) const DRAWINGS_SIGN: &str = "\u{FDD0}drawings\u{FDD1}";

/// What was drawn so far. For one run and one look.
#[derive(Debug)]
pub struct Pieces {
    /// By the number of the card.
    cards: Vec<OnceLock<Drawn>>,
    /// By what they depend on: the template, and where in the menu the page stands.
    surrounds: Memo<(&'static str, Landmark)>,
    /// By the names that a page gives.
    drawings: Memo<Vec<String>>,
}

type Memo<K> = Mutex<BTreeMap<K, Arc<Drawn>>>;

type Drawn = Result<Piece, Box<TemplateProblem>>;

/// Where a page stands in the menu: its address if the menu names it, and that of the entry it belongs to. And whether it
/// is the sheet of a module, where the mark of quality must not be shown.
type Landmark = (Option<String>, String, bool);

/// What was drawn, cut where the way to the root belongs.
#[derive(Debug)]
struct Piece(Vec<Box<str>>);

impl Piece {
    fn new(html: &str) -> Self {
        Self(html.split(ROOT_SIGN).map(Box::from).collect())
    }

    fn with_root(&self, root: &str) -> String {
        self.0.join(root)
    }
}

impl Pieces {
    /// No piece yet, of a site with so many cards.
    pub fn new(n_cards: usize) -> Self {
        Self {
            cards: (0..n_cards).map(|_| OnceLock::new()).collect(),
            surrounds: Mutex::default(),
            drawings: Mutex::default(),
        }
    }

    /// The card of a module as the look draws it: the template `card.html`.
    ///
    /// # Errors
    /// What is wrong with the look.
    pub(super) fn card(
        &self,
        card: &ModuleCard,
        root: &str,
        shared: &Shared,
        theme: &SiteTheme,
    ) -> Result<String, Box<TemplateProblem>> {
        let draw = || {
            let mut context = context(shared);
            context.insert("m", card);
            theme.templates.draw("card.html", &context).map(|html| Piece::new(&html))
        };
        let drawn = match self.cards.get(card.number) {
            Some(place) => place.get_or_init(draw),
            None => &draw(),
        };
        drawn.as_ref().map(|piece| piece.with_root(root)).map_err(Clone::clone)
    }

    /// The row of a session as the look draws it on a list of found ones: the template `session.html`.
    ///
    /// # Errors
    /// What is wrong with the look.
    pub(super) fn row(
        &self,
        row: &SessionRow,
        root: &str,
        shared: &Shared,
        theme: &SiteTheme,
    ) -> Result<String, Box<TemplateProblem>> {
        let mut context = context(shared);
        context.insert("s", row);
        theme.templates.draw("session.html", &context).map(|html| Piece::new(&html).with_root(root))
    }

    /// What stands above or below every page.
    ///
    /// # Errors
    /// What is wrong with the look.
    pub(super) fn surround(
        &self,
        template: &'static str,
        view: &HtmlView,
        shared: &Shared,
        theme: &SiteTheme,
    ) -> Result<String, Box<TemplateProblem>> {
        let url = shared.landmarks.contains(&view.frame.url).then(|| view.frame.url.clone());
        let key = (template, (url, view.frame.section.clone(), view.content.is_sheet()));
        let drawn = remembered(&self.surrounds, key, |(_, (url, section, is_sheet))| {
            let mut context = context(shared);
            let page = BTreeMap::from([("url", url.as_deref()), ("section", Some(section))]);
            context.insert("page", &page);
            context.insert("is_sheet", is_sheet);
            theme.templates.draw(template, &context)
        });
        drawn.as_ref().as_ref().map(|piece| piece.with_root(&view.root)).map_err(Clone::clone)
    }

    /// The drawings that `html` uses, in this very form: `<use href="#name"`. They are put into the page, so that they cost no request
    /// and show when it is opened from a disk; and only those, so that they cost little.
    ///
    /// # Errors
    /// What is wrong with the look.
    pub(super) fn drawings(
        &self,
        html: &[u8],
        root: &str,
        shared: &Shared,
        theme: &SiteTheme,
    ) -> Result<String, Box<TemplateProblem>> {
        let names = used_drawings(html).into_iter().map(str::to_owned).collect();
        let drawn = remembered(&self.drawings, names, |names| {
            let mut context = context(shared);
            context.insert("names", names);
            theme.templates.draw("sprite.html", &context)
        });
        drawn.as_ref().as_ref().map(|piece| piece.with_root(root)).map_err(Clone::clone)
    }
}

/// What stands in `memo` under `key`; else it is drawn. Two threads may draw the same thing at once, and get the same.
fn remembered<K: Ord>(
    memo: &Memo<K>,
    key: K,
    draw: impl FnOnce(&K) -> Result<String, Box<TemplateProblem>>,
) -> Arc<Drawn> {
    // An entry is whole, whoever panicked beside it.
    let lock = || memo.lock().unwrap_or_else(PoisonError::into_inner);
    let known = lock().get(&key).cloned();
    known.unwrap_or_else(|| {
        let drawn = draw(&key).map(|html| Piece::new(&html));
        lock().entry(key).or_insert(Arc::new(drawn)).clone()
    })
}

/// The names of the drawings that `html` uses, each once, in order.
fn used_drawings(html: &[u8]) -> BTreeSet<&str> {
    const MARK: &[u8] = b"<use href=\"#";
    let names = memmem::find_iter(html, MARK).filter_map(|at| {
        let rest = &html[at + MARK.len()..];
        std::str::from_utf8(&rest[..memchr::memchr(b'"', rest)?]).ok()
    });
    // A page has few, and the same ones again and again.
    let mut known = BTreeSet::new();
    let mut last = None;
    for name in names.filter(|name| last.replace(*name) != Some(*name)) {
        known.insert(name);
    }
    known
}

/// What every piece may see.
fn context(shared: &Shared) -> Context {
    let mut context = Context::new();
    context.insert_value("site", shared.site.clone());
    context.insert_value("t", shared.words.clone());
    context.insert_value("root", Value::safe_string(ROOT_SIGN));
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_found_once_each() {
        for (html, found) in [
            ("<svg><use href=\"#b-c\"/></svg><use href=\"#a\"/><use href=\"#b-c\"/>", vec!["a", "b-c"]),
            ("<a href=\"#a\">#d</a> <use href=\"x#d\"/> <use href=\"#", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(used_drawings(html.as_bytes()).into_iter().collect::<Vec<_>>(), found, "{html}");
        }
    }

    #[test]
    fn a_piece_has_the_way_to_the_root_wherever_it_was_asked_for() {
        let piece = Piece::new(&format!("<a href=\"{ROOT_SIGN}x/\">x</a><img src=\"{ROOT_SIGN}y\">"));
        assert_eq!(piece.with_root("../"), "<a href=\"../x/\">x</a><img src=\"../y\">");
        assert_eq!(Piece::new("x").with_root("../"), "x");
    }
}
