//! The terms of one kind while the catalogue is assembled: declared ones, and those that modules bring.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::config::{Config, RegionEntry};
use crate::diagnostic::{Code, Diagnostic, Place, Placed, Severity};
use crate::document::{Document, Matter, TermMatter, slug_key};
use crate::fold::{Names, fold, is_invisible, nearest};
use crate::id::{Numbers, Slug, TermId, TermKind};
use crate::source::ContentPath;
use crate::value::region::{self, Zone};
use crate::yaml::scalar;

use super::term::Term;

/// The terms of a kind, found by every name they have.
pub(super) struct Vocabulary {
    kind: TermKind,
    /// The site declares terms of this kind: one that is not declared is reported.
    declared: bool,
    closed: bool,
    terms: BTreeMap<Slug, Entry>,
    /// Folded names and synonyms.
    names: BTreeMap<String, Slug>,
    /// Beginnings of postcodes, for regions of a site's own; with their place, for the first of them counts.
    postcodes: BTreeMap<String, (usize, Slug)>,
    built_in_regions: bool,
    /// What is proposed for a name that is none: the declared terms, as they were before others came in.
    proposed: OnceCell<Names>,
    numbers: Numbers,
    /// What was resolved without a remark, as it was written: the same words have the same term once more.
    resolved: HashMap<String, Slug>,
    /// The same for names that were only looked for.
    found: RefCell<HashMap<String, Slug>>,
}

struct Entry {
    term: Term,
    order: Option<u32>,
    parent: Option<(Placed<String>, ContentPath)>,
    /// Spellings that are the term's own, and need no remark.
    spellings: Vec<String>,
    /// The same as they are seen, made when the first is asked for.
    seen: OnceCell<BTreeSet<String>>,
    first_use: Option<(ContentPath, Place)>,
    /// Has a page though no module carries it.
    has_page: bool,
}

impl Vocabulary {
    /// The declared terms of `kind`.
    pub(super) fn declare(
        kind: TermKind,
        documents: &[Arc<Document>],
        config: &Config,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let built_in_regions = kind == TermKind::Region && config.regions.is_none();
        let mut vocabulary = Self {
            kind,
            declared: kind == TermKind::Region,
            closed: config.closed_vocabulary,
            terms: BTreeMap::new(),
            names: BTreeMap::new(),
            postcodes: BTreeMap::new(),
            numbers: Numbers::default(),
            built_in_regions,
            proposed: OnceCell::new(),
            resolved: HashMap::new(),
            found: RefCell::default(),
        };
        if built_in_regions {
            vocabulary.add_built_in_regions();
        }
        if kind == TermKind::Region {
            for region in config.regions.iter().flatten() {
                vocabulary.add_configured_region(region);
            }
        }
        for document in documents {
            if let Matter::Term(of, matter) = &document.matter
                && *of == kind
            {
                vocabulary.declared = true;
                vocabulary.add_document(document, matter, diagnostics);
            }
        }
        vocabulary
    }

    fn add_built_in_regions(&mut self) {
        for region in region::built_in_regions() {
            let Some(slug) = Slug::from_text(&region.slug) else { continue };
            let overseas = region.zone == Zone::Overseas;
            let code = slug.to_string();
            self.insert(slug.clone(), region.name.as_str(), vec![code], overseas);
            if let Some(entry) = self.terms.get_mut(&slug) {
                // A département of one word may be any word: "Somme", "Manche", "Lot".
                let departements = region.departements.iter().map(|one| &one.name).filter(|name| name.contains('-'));
                entry.term.synonyms = region.synonyms.iter().chain(departements).cloned().collect();
            }
        }
    }

    fn add_configured_region(&mut self, region: &RegionEntry) {
        let Some(slug) = Slug::from_text(&region.name) else { return };
        for postcode in &region.postcodes {
            let place = self.postcodes.len();
            self.postcodes.entry(postcode.clone()).or_insert_with(|| (place, slug.clone()));
        }
        let names = region.synonyms.iter().cloned().chain([slug.to_string()]).collect();
        self.insert(slug.clone(), &region.name, names, false);
        if let Some(entry) = self.terms.get_mut(&slug) {
            entry.term.synonyms.clone_from(&region.synonyms);
        }
    }

    fn insert(&mut self, slug: Slug, title: &str, synonyms: Vec<String>, overseas: bool) {
        let term = Term {
            id: TermId { kind: self.kind, slug: slug.clone() },
            title: title.to_owned(),
            synonyms: Vec::new(),
            description: None,
            emblem: None,
            document: None,
            parent: None,
            children: Vec::new(),
            rank: 0,
            overseas,
            modules: Vec::new(),
        };
        let mut spellings = vec![title.to_owned()];
        spellings.extend(synonyms);
        for spelling in &spellings {
            self.add_name(spelling, &slug);
        }
        let seen = OnceCell::new();
        let entry = Entry { term, order: None, parent: None, spellings, seen, first_use: None, has_page: false };
        self.terms.insert(slug, entry);
    }

    fn add_document(&mut self, document: &Arc<Document>, matter: &TermMatter, diagnostics: &mut Vec<Diagnostic>) {
        let title = document.title();
        let own_slug = matter.slug.as_ref().and_then(|slug| Slug::from_text(&slug.value));
        let slug = own_slug.or_else(|| document.names.slug.clone()).or_else(|| Slug::from_text(&title));
        let slug = slug.unwrap_or_else(Slug::unnamed);
        // A file may say more about a region that is built in, under its name or its slug.
        let existing = [fold(&title), fold(&document.stem)].iter().find_map(|name| self.names.get(name).cloned());
        let is_named_twice = existing.is_some();
        let existing = existing.or_else(|| Some(slug.clone()).filter(|slug| self.terms.contains_key(slug)));
        let slug = match existing {
            Some(known) if self.terms.get(&known).is_some_and(|entry| entry.term.document.is_none()) => known,
            Some(known) => {
                let first = self.terms.get(&known).and_then(|entry| entry.term.document.clone());
                let place = matter.slug.as_ref().map_or(Place::Start, |slug| slug.place.clone());
                let key = slug_key(&place).to_owned();
                let mut diagnostic = Diagnostic::new(Code::DuplicateAddress, &document.path, place)
                    .arg("key", key)
                    .arg("title", title)
                    .arg("address", known.as_str());
                diagnostic = if is_named_twice {
                    diagnostic.message("message-term").help("help-term")
                } else {
                    diagnostic.message("message-slug").help("help-slug")
                };
                if let Some(first) = first {
                    diagnostic = diagnostic.arg("first", first.path.as_str()).also(&first.path, Place::Start, "first");
                }
                diagnostics.push(diagnostic);
                return;
            }
            None => {
                let slug = self.free_slug(slug);
                self.insert(slug.clone(), &title, vec![slug.to_string()], false);
                slug
            }
        };
        let names: Vec<String> =
            [title.clone(), document.stem.clone()].into_iter().chain(matter.synonyms.iter().cloned()).collect();
        for name in &names {
            self.add_name(name, &slug);
        }
        let Some(entry) = self.terms.get_mut(&slug) else { return };
        entry.term.title = title;
        entry.term.synonyms.extend(matter.synonyms.iter().cloned());
        entry.term.description.clone_from(&matter.description);
        entry.term.emblem.clone_from(&matter.emblem);
        entry.term.document = Some(document.clone());
        entry.order = matter.order;
        entry.parent = matter.parent.clone().map(|parent| (parent, document.path.clone()));
        entry.spellings.extend(names);
        entry.has_page = true;
    }

    /// The first to have a name keeps it.
    fn add_name(&mut self, name: &str, slug: &Slug) {
        self.names.entry(fold(name)).or_insert_with(|| slug.clone());
        // What was found some other way may have this name now.
        self.resolved.clear();
        self.found.get_mut().clear();
    }

    fn free_slug(&mut self, wanted: Slug) -> Slug {
        self.numbers.free(wanted, |slug| !self.terms.contains_key(slug))
    }

    /// The term that an author's words name; made, and reported where the site declares its terms.
    pub(super) fn resolve(
        &mut self,
        file: &ContentPath,
        written: &Placed<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<TermId> {
        let kind = self.kind;
        if let Some(slug) = self.resolved.get(&written.value) {
            return Some(TermId { kind, slug: slug.clone() });
        }
        let n_remarks = diagnostics.len();
        let folded = fold(&written.value);
        if folded.is_empty() {
            // "!!!": nothing of it can be a term, and nothing an author wrote goes unsaid.
            let unusable = || self.undeclared(file, written).message("message-unusable").help("help-unusable");
            diagnostics.extend((!written.value.trim().is_empty()).then(unusable));
            return None;
        }
        let slug = match self.find(&written.value) {
            Some(slug) => slug,
            None => {
                if self.declared {
                    diagnostics.push(self.undeclared(file, written));
                }
                let slug = self.free_slug(Slug::from_text(&written.value).unwrap_or_else(Slug::unnamed));
                self.insert(slug.clone(), written.value.trim(), Vec::new(), false);
                slug
            }
        };
        let entry = self.terms.get_mut(&slug)?;
        // Accents in two parts and characters that nobody sees make no other spelling.
        let seen = entry.seen.get_or_init(|| entry.spellings.iter().map(|spelling| as_seen(spelling)).collect());
        let same_words = seen.contains(&as_seen(&written.value));
        let folds_to_title = fold(&entry.term.title) == folded;
        match &entry.first_use {
            // Synonyms and départements are other names; only a spelling of the title itself is remarked on.
            _ if same_words || !folds_to_title => {}
            first => {
                let mut diagnostic = Diagnostic::new(Code::TermSpelling, file, written.place.clone())
                    .arg("written", &written.value)
                    .arg("title", &entry.term.title);
                if let (None, Some((first_file, place))) = (&entry.term.document, first) {
                    diagnostic = diagnostic.also(first_file, place.clone(), "first");
                }
                diagnostics.push(diagnostic);
            }
        }
        entry.first_use.get_or_insert_with(|| (file.clone(), written.place.clone()));
        if diagnostics.len() == n_remarks {
            self.resolved.insert(written.value.clone(), slug.clone());
        }
        Some(TermId { kind, slug })
    }

    /// The term of a name, without making or reporting anything.
    pub(super) fn find(&self, name: &str) -> Option<Slug> {
        // A name that has a term keeps it.
        if let Some(slug) = self.found.borrow().get(name) {
            return Some(slug.clone());
        }
        let slug = self.look_up(name)?;
        self.found.borrow_mut().insert(name.to_owned(), slug.clone());
        Some(slug)
    }

    fn look_up(&self, name: &str) -> Option<Slug> {
        if let Some(slug) = self.names.get(&fold(name)) {
            return Some(slug.clone());
        }
        if self.kind != TermKind::Region {
            return None;
        }
        let postcode = postcode_in(name);
        if let Some(code) = postcode
            && let Some((_, slug)) = (0..=code.len()).filter_map(|end| self.postcodes.get(&code[..end])).min()
        {
            return Some(slug.clone());
        }
        if !self.built_in_regions {
            return None;
        }
        let region = match postcode {
            Some(code) => region::region_of_postcode(code),
            // "Rennes (35)": what stands in brackets says where the town is.
            None => region::region_of_name(name).or_else(|| {
                let within = name.trim().strip_suffix(')')?.rsplit_once('(')?.1;
                region::region_of_departement(within)
            }),
        };
        region.and_then(|region| Slug::from_text(&region.slug))
    }

    /// Every term, for a module that is offered everywhere.
    pub(super) fn all(&self) -> Vec<TermId> {
        self.terms.keys().map(|slug| TermId { kind: self.kind, slug: slug.clone() }).collect()
    }

    fn undeclared(&self, file: &ContentPath, written: &Placed<String>) -> Diagnostic {
        let titles = self.terms.values().filter(|entry| entry.has_page || self.kind == TermKind::Region);
        let spellings = titles.flat_map(|entry| entry.spellings.iter().map(String::as_str));
        let departements = self.departements();
        let names = || Names::new(spellings.chain(departements.iter().copied()));
        let near = self.proposed.get_or_init(names).nearest(&written.value);
        // A synonym or slug that is near stands for its term's title; a département is written as itself.
        let title = |slug: Slug| Some(self.terms.get(&slug)?.term.title.clone());
        let near = near.and_then(|near| match departements.contains(&near) {
            true => Some(near.to_owned()),
            false => self.find(near).and_then(title),
        });
        let (message, help, help_near) = match self.kind {
            TermKind::Topic => ("message", "help", "help-near"),
            TermKind::Audience => ("message-audience", "help-audience", "help-near-audience"),
            TermKind::Region => ("message-region", "help-region", "help-near-region"),
        };
        let help = if near.is_some() { help_near } else { help };
        let severity = if self.closed { Severity::Error } else { Code::UndeclaredTerm.severity() };
        Diagnostic::new(Code::UndeclaredTerm, file, written.place.clone())
            .message(message)
            .help(help)
            .arg("written", &written.value)
            .arg("declared", scalar(&written.value))
            .arg("near", near.unwrap_or_default())
            .severity(severity)
    }

    /// The names of the départements, where they stand for their regions.
    fn departements(&self) -> Vec<&'static str> {
        let regions = region::built_in_regions().iter().filter(|_| self.built_in_regions);
        regions.flat_map(|region| &region.departements).map(|one| one.name.as_str()).collect()
    }

    /// What is said of a département that is none; nothing where a site has regions of its own.
    pub(super) fn unknown_departement(&self, file: &ContentPath, written: &Placed<String>) -> Option<Diagnostic> {
        let names = self.departements();
        let near = nearest(&written.value, names.iter().copied());
        let diagnostic = Diagnostic::new(Code::UnknownValue, file, written.place.clone())
            .message("message-departement")
            .arg("value", &written.value)
            .help(if near.is_some() { "help-near-departement" } else { "help-departement" })
            .arg("near", near.unwrap_or_default());
        (!names.is_empty()).then_some(diagnostic)
    }

    /// A term below itself would have no place: the link that closes a circle is reported and left out.
    fn drop_circles(&self, parents: &mut Vec<(Slug, Slug)>, diagnostics: &mut Vec<Diagnostic>) {
        let closing = closing_links(parents);
        parents.retain(|(child, _)| {
            let closes = closing.contains(child);
            if let Some((written, file)) =
                self.terms.get(child).and_then(|entry| entry.parent.as_ref()).filter(|_| closes)
            {
                let circle = Diagnostic::new(Code::UnknownValue, file, written.place.clone());
                let circle = circle.arg("key", "parent").arg("value", &written.value);
                diagnostics.push(circle.message("message-circle").help("help-circle"));
            }
            !closes
        });
    }

    /// Ends the gathering: terms that have a page, each with its rank, parent and children.
    pub(super) fn finish(
        mut self,
        sort_titles: &dyn Fn(&str, &str) -> std::cmp::Ordering,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Term> {
        let mut parents: Vec<(Slug, Slug)> = Vec::new();
        for (slug, entry) in &self.terms {
            let Some((written, file)) = &entry.parent else { continue };
            match self.find(&written.value) {
                Some(parent) => parents.push((slug.clone(), parent)),
                None => diagnostics.push(self.undeclared(file, written)),
            }
        }
        self.drop_circles(&mut parents, diagnostics);
        let mut ranked: Vec<(Option<u32>, String, Slug)> = self
            .terms
            .values()
            .map(|entry| (entry.order, entry.term.title.clone(), entry.term.id.slug.clone()))
            .collect();
        // Terms with an order come first, by it; the others follow in French order.
        ranked.sort_by(|one, two| {
            let order = |of: Option<u32>| of.map_or(u64::MAX, u64::from);
            order(one.0).cmp(&order(two.0)).then_with(|| sort_titles(&one.1, &two.1)).then_with(|| one.2.cmp(&two.2))
        });
        for (rank, (.., slug)) in ranked.iter().enumerate() {
            if let Some(entry) = self.terms.get_mut(slug) {
                entry.term.rank = rank;
            }
        }
        for (child, parent) in parents {
            let child_exists = self.terms.contains_key(&child);
            if let Some(entry) = self.terms.get_mut(&parent).filter(|_| child_exists) {
                entry.term.children.push(child.clone());
            }
            if let Some(entry) = self.terms.get_mut(&child) {
                entry.term.parent = Some(parent);
            }
        }
        self.terms
            .into_values()
            .filter(|entry| entry.has_page || entry.first_use.is_some())
            .map(|entry| entry.term)
            .collect()
    }

    /// Gives every term a page: a module is offered in all of them.
    pub(super) fn open_all(&mut self) {
        for entry in self.terms.values_mut() {
            entry.has_page = true;
        }
    }

    /// Gives the term a page: a session takes place there.
    pub(super) fn open(&mut self, slug: &Slug) {
        if let Some(entry) = self.terms.get_mut(slug) {
            entry.has_page = true;
        }
    }
}

/// Of the links from a term to the one above it, in order, those by whose child a circle is closed: the last of each.
fn closing_links(parents: &[(Slug, Slug)]) -> BTreeSet<Slug> {
    let above: BTreeMap<&Slug, (usize, &Slug)> =
        parents.iter().enumerate().map(|(place, (child, parent))| (child, (place, parent))).collect();
    let mut closing = BTreeSet::new();
    // Each term is passed once, however long the chains are: who has been here says on which walk.
    let mut passed: BTreeMap<&Slug, usize> = BTreeMap::new();
    for (walk, (child, _)) in parents.iter().enumerate() {
        let mut here = child;
        while !passed.contains_key(here)
            && let Some((_, parent)) = above.get(here)
        {
            passed.insert(here, walk);
            here = parent;
        }
        if passed.get(here) != Some(&walk) {
            continue;
        }
        // This walk came back to where it had been: once round, for the link that was written last.
        let (mut last, mut next) = (here, here);
        while let Some((_, parent)) = above.get(next) {
            if above.get(next).map(|(place, _)| place) > above.get(last).map(|(place, _)| place) {
                last = next;
            }
            next = parent;
            if next == here {
                break;
            }
        }
        closing.insert(last.clone());
    }
    closing
}

/// A name as its reader sees it: accents in one piece, spaces alike, nothing without width.
fn as_seen(name: &str) -> String {
    // Most are written so.
    if is_nfc_quick(name.chars()) == IsNormalized::Yes
        && !name.contains(|c: char| is_invisible(c) || c.is_whitespace() && c != ' ')
        && !name.contains("  ")
        && name.trim_matches(' ') == name
    {
        return name.to_owned();
    }
    let visible = name.nfc().filter(|c| !is_invisible(*c));
    let plain: String = visible.map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The postcode in a text: five digits, alone or beside a town ("69003 Lyon").
fn postcode_in(name: &str) -> Option<&str> {
    let is_postcode = |word: &&str| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    name.split(|c: char| !c.is_alphanumeric()).find(is_postcode)
}
