//! Long lists in pages: each thing on one page, every way to it alive, and no page that grows with the site.

use std::collections::{BTreeMap, BTreeSet};

use scraper::Html;

use crate::driver::{Built, DAY, TestSite};
use crate::outline::elements;

/// A site whose lists have two things on a page.
fn site(files: &[(&str, &str)]) -> TestSite {
    let site = TestSite::of(files);
    site.write("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\npage_size: 2\n");
    site
}

/// The addresses of the pages of a list, which has just these.
fn pages(built: &Built, base: &str, n_pages: usize) -> Vec<String> {
    let path = |n: usize| if n == 1 { format!("{base}/index.html") } else { format!("{base}/page/{n}/index.html") };
    built.expect_absent(&[&path(n_pages + 1), &format!("{base}/page/1/index.html")]);
    (1..=n_pages).map(path).collect()
}

fn parsed(built: &Built, path: &str) -> Html {
    Html::parse_document(built.text(path))
}

/// The texts of what a selector finds, each on one line.
fn texts(page: &Html, selector: &str) -> Vec<String> {
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    elements(page, selector).iter().map(|element| words(element.text().collect())).collect()
}

/// The page that a link on another means.
fn target(from: &str, link: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in link.split('/').filter(|step| !step.is_empty() && *step != ".") {
        match step {
            ".." => assert!(steps.pop().is_some(), "{link} leads out of the site"),
            step => steps.push(step),
        }
    }
    steps.push("index.html");
    steps.join("/")
}

/// Pages of one list have titles of their own and lead back to the first.
fn expect_numbered(built: &Built, pages: &[String]) {
    let mut titles = BTreeSet::new();
    for path in pages {
        let page = parsed(built, path);
        assert!(titles.insert(texts(&page, "head > title")), "{path}: a title twice");
        let numbered = texts(&page, "h1").concat().contains("page");
        assert_eq!(numbered, path != &pages[0], "{path}");
        let crumbs: Vec<String> =
            elements(&page, "nav.fil a").iter().map(|a| target(path, a.attr("href").unwrap_or_default())).collect();
        assert_eq!(crumbs.contains(&pages[0]), path != &pages[0], "{path}: {crumbs:?}");
        let canonical = elements(&page, "link[rel=canonical]")[0].attr("href").unwrap_or_default();
        built.contains("sitemap.xml", &format!("<loc>{canonical}</loc>"));
        assert_eq!(elements(&page, "nav.pages").len(), 1, "{path}");
    }
}

#[test]
fn each_coming_session_stands_on_one_page_and_every_month_is_found() {
    let site = site(&[
        (
            "content/modules/a.md",
            "---\ntitre: Écouter\nsessions:\n  - {ville: Un, dates: [2027-01-05]}\n  - {ville: Deux, dates: [2027-01-06]}\n  \
             - {ville: Trois, dates: [2027-01-07, 2027-03-02]}\n  - {ville: Passé, dates: [2026-01-07]}\n  - {ville: Sans date}\n---\n",
        ),
        (
            "content/modules/b.md",
            "---\ntitre: Relayer\nsessions:\n  - {ville: Quatre, dates: [2027-03-01], état: complet}\n  - {ville: Cinq, dates: [2028-02-01]}\n---\n",
        ),
    ]);
    let built = site.build(DAY);
    let pages = pages(&built, "sessions", 3);
    expect_numbered(&built, &pages);
    let mut shown: Vec<String> = Vec::new();
    let mut months: Vec<Vec<String>> = Vec::new();
    for path in &pages {
        let page = parsed(&built, path);
        let places = texts(&page, "ul.sessions > li .ou, ul.sessions > li").concat();
        let towns = ["Un", "Deux", "Trois", "Quatre", "Cinq", "Passé"];
        shown.extend(towns.iter().filter(|town| places.contains(*town)).map(|town| (*town).to_owned()));
        months.push(texts(&page, "section.mois h2"));
        let links = elements(&page, ".mois-nav a");
        let counts: Vec<String> = texts(&page, ".mois-nav a b");
        assert_eq!(counts, ["3", "1", "1"], "{path}: months are counted whole");
        for (link, first) in links.iter().zip([&pages[0], &pages[1], &pages[2]]) {
            let (before, anchor) = link.attr("href").and_then(|href| href.split_once('#')).expect("an anchor");
            let there = if before.is_empty() { path.clone() } else { target(path, before) };
            assert_eq!(&there, first, "{path}: {anchor} where it begins");
            assert_eq!(before.is_empty(), path == first, "{path}: {anchor}");
            assert_eq!(elements(&parsed(&built, &there), &format!("h2[id='{anchor}']")).len(), 1, "{path}: {anchor}");
        }
    }
    assert_eq!(shown, ["Un", "Deux", "Trois", "Quatre", "Cinq"]);
    assert_eq!(months, [vec!["Janvier 2027"], vec!["Janvier 2027", "Mars 2027"], vec!["Février 2028"]]);
    // The grid knows the days of sessions that are listed under another month, and on another page.
    let marked = |class: &str| texts(&parsed(&built, &pages[1]), &format!("section.mois:last-of-type td{class}"));
    assert_eq!((marked(".plein"), marked(".on")), (vec!["1".to_owned()], vec!["1".to_owned(), "2".to_owned()]));
    // From every page the menu knows where one is.
    assert_eq!(
        texts(&parsed(&built, &pages[2]), "header a[aria-current=true]"),
        texts(&parsed(&built, &pages[0]), "h1")
    );
    // Two sessions less, and the last page is gone.
    site.edit("content/modules/b.md", "  - {ville: Cinq, dates: [2028-02-01]}\n", "");
    self::pages(&site.build(DAY), "sessions", 2);
}

#[test]
fn each_module_of_an_organisation_stands_on_one_page_in_each_of_its_parts() {
    let site = site(&[
        (
            "content/organisations/relais.md",
            "---\ntitre: Le Relais\nsigle: LR\ntéléphone: 04 78 00 00 00\n---\nNotre histoire.\n",
        ),
        ("content/pages/page.md", "---\ntitre: Page\n---\n[Le Relais](../organisations/relais.md)\n"),
    ]);
    let parts = [("a", "organisme"), ("b", "organisme"), ("c", "organisme"), ("d", "partenaires"), ("e", "financeurs")];
    for (name, part) in parts {
        site.write(&format!("content/modules/{name}.md"), format!("---\ntitre: Module {name}\n{part}: relais\n---\n"));
    }
    // Paid for and shared by one: on its page twice, once for each.
    site.edit("content/modules/d.md", "---\ntitre", "---\nfinanceurs: relais\ntitre");
    for n in 1..=3 {
        let text = format!("---\ntitre: Nouvelle {n}\norganisme-source: relais\n---\n");
        site.write(&format!("content/news/2026-11-0{n}-n{n}.md"), text);
    }
    let built = site.build(DAY);
    let pages = pages(&built, "organismes/relais", 3);
    expect_numbered(&built, &pages);
    let mut groups: Vec<Vec<(String, Vec<String>)>> = Vec::new();
    for path in &pages {
        let page = parsed(&built, path);
        let sections = elements(&page, "main section:has(ul.cartes)");
        let group = |section: &scraper::ElementRef<'_>| {
            let inner = Html::parse_fragment(&section.html());
            (texts(&inner, "h2").concat(), texts(&inner, "ul.cartes h3"))
        };
        groups.push(sections.iter().map(group).collect());
        let is_first = path == &pages[0];
        for words in ["Notre histoire", "04 78", ">LR<", "Nouvelle 3", "Nouvelle 2"] {
            assert_eq!(built.text(path).contains(words), is_first, "{path}: {words}");
        }
        built.lacks(path, "Nouvelle 1");
    }
    let sizes: Vec<Vec<usize>> =
        groups.iter().map(|page| page.iter().map(|(_, cards)| cards.len()).collect()).collect();
    assert_eq!(sizes, [vec![2], vec![1, 1], vec![2]]);
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    groups.into_iter().flatten().for_each(|(title, cards)| all.entry(title).or_default().extend(cards));
    let of = |names: &[&str]| names.iter().map(|name| format!("Module {name}")).collect::<Vec<_>>();
    assert_eq!(all.into_values().collect::<BTreeSet<_>>(), [of(&["a", "b", "c"]), of(&["d"]), of(&["d", "e"])].into());
    // What leads to the organisation leads to its first page.
    built.contains("page/index.html", "href=\"../organismes/relais/\"");
    built.contains("modules/a/index.html", "href=\"../../organismes/relais/\"");
    built.contains("organismes/index.html", "href=\"../organismes/relais/\"");
}

#[test]
fn the_ways_to_other_terms_stand_on_the_first_page_of_a_term() {
    let site = site(&[
        ("content/themes/ecoute.md", "---\ntitre: Écoute\n---\n"),
        ("content/themes/silence.md", "---\ntitre: Silence\nparent: ecoute\n---\n"),
        ("content/modules/x.md", "---\ntitre: Module x\nthème: Relais\n---\n"),
    ]);
    for name in ["a", "b", "c"] {
        let text = format!("---\ntitre: Module {name}\nthèmes: [Écoute, Silence]\n---\n");
        site.write(&format!("content/modules/{name}.md"), text);
    }
    let built = site.build(DAY);
    let pages = pages(&built, "themes/ecoute", 2);
    let ways = |path: &str| ["plus-precis", "autres"].map(|id| built.text(path).contains(&format!("id=\"{id}\"")));
    assert_eq!((ways(&pages[0]), ways(&pages[1])), ([true, true], [false, false]));
}

#[test]
fn a_sheet_does_not_grow_with_those_that_need_its_module() {
    let site = site(&[("content/modules/base.md", "---\ntitre: Base\n---\n")]);
    for n in 1..=4 {
        let text = format!("---\ntitre: Suite {n}\nprérequis: base\n---\n");
        site.write(&format!("content/modules/s{n}.md"), text);
    }
    let after = || {
        let steps = texts(&parsed(&site.build(DAY), "modules/base/index.html"), ".parcours [aria-current] ~ li");
        steps.into_iter().map(|step| step.replace("Ouvre la voie à", "")).collect::<Vec<_>>()
    };
    assert_eq!(after(), ["Suite 1", "Suite 2", "et 2 autres formations"]);
    site.remove("content/modules/s4.md");
    assert_eq!(after(), ["Suite 1", "Suite 2", "et 1 autre formation"]);
    site.remove("content/modules/s3.md");
    assert_eq!(after(), ["Suite 1", "Suite 2"]);
}

#[test]
fn a_sheet_does_not_grow_with_its_series() {
    let site = site(&[]);
    for n in 1..=20 {
        let text = format!("---\ntitre: Partie {n}\nsérie: {{nom: Les bases, numéro: {n}}}\n---\n");
        site.write(&format!("content/modules/p{n}.md"), text);
    }
    let built = site.build(DAY);
    let beside = |n: u32| -> Vec<u32> {
        let page = parsed(&built, &format!("modules/p{n}/index.html"));
        texts(&page, "ul.cartes h3").iter().filter_map(|title| title.rsplit(' ').next()?.parse().ok()).collect()
    };
    let all_but = |range: std::ops::RangeInclusive<u32>, own: u32| range.filter(|n| *n != own).collect::<Vec<_>>();
    assert_eq!(beside(1), all_but(1..=13, 1));
    assert_eq!(beside(10), all_but(4..=16, 10));
    assert_eq!(beside(20), all_but(8..=20, 20));
}
