//! What a site shows depends on the day, on drafts, and on a few settings: one site for each of these.

use scraper::Html;

use crate::driver::{Built, DAY, TestSite};
use crate::outline::{elements, outline};

const SETTINGS: &str = "titre: Exemple\nadresse-du-site: https://example.org\n";

fn site(files: &[(&str, &str)]) -> TestSite {
    let site = TestSite::of(files);
    if !site.has("brochure.yaml") {
        site.write("brochure.yaml", SETTINGS);
    }
    site
}

/// The relative links of a page, without what follows the path.
fn links(built: &Built, path: &str) -> Vec<String> {
    let page = Html::parse_document(built.text(path));
    let links = elements(&page, "body a[href]").into_iter().filter_map(|link| link.attr("href"));
    let paths = links.map(|link| link.split(['#', '?']).next().unwrap_or_default());
    paths.filter(|path| !path.is_empty() && !path.contains(':')).map(str::to_owned).collect()
}

#[test]
fn a_session_is_coming_until_its_last_day_is_over() {
    let site = site(&[(
        "content/modules/ecouter.md",
        "---\ntitre: Écouter\nsessions:\n  - {libellé: Groupe de mars, ville: Lyon, code-postal: '69001', début: 2027-03-09, fin: 2027-03-11}\n---\n",
    )]);
    for (day, is_coming) in [("2027-03-08", true), ("2027-03-11", true), ("2027-03-12", false)] {
        let built = site.build(day);
        let coming = outline(built.text("sessions/index.html"));
        assert_eq!(coming.contains("Lyon"), is_coming, "{day}:\n{coming}");
        built.contains("modules/ecouter/index.html", "Groupe de mars");
    }
    assert_eq!(site.build("2027-03-11").0.next_change.map(|day| day.to_string()).as_deref(), Some("2027-03-12"));
    assert_eq!(site.build("2027-03-12").0.next_change, None);
}

#[test]
fn a_draft_is_shown_when_it_is_asked_for() {
    let files = [
        ("content/modules/ecouter.md", "---\ntitre: Écouter\nbrouillon: oui\n---\n"),
        ("content/news/2026-11-01-x.md", "---\ntitre: Nouvelle\nbrouillon: vrai\n---\n"),
        ("content/pages/page.md", "---\ntitre: Page\ndraft: true\n---\n"),
        ("content/pages/autre.md", "---\ntitre: Autre\n---\n"),
    ];
    let pages = ["modules/ecouter/index.html", "actualites/x/index.html", "page/index.html"];
    site(&files).build(DAY).expect_absent(&pages).expect_pages(&["autre/index.html"]);
    site(&files).with_drafts().build(DAY).expect_pages(&pages);
}

#[test]
fn what_is_published_later_waits_for_its_day() {
    let site = site(&[
        ("content/modules/ecouter.md", "---\ntitre: Écouter\nthème: Écoute\npublié: 2026-12-01\n---\n"),
        ("content/news/2026-12-02-x.md", "---\ntitre: Bientôt\n---\n[Écouter](../modules/ecouter.md)\n"),
    ]);
    let (module, post) = ("modules/ecouter/index.html", "actualites/x/index.html");
    let built = site.build("2026-11-30");
    built.expect_absent(&[module, post, "themes/ecoute/index.html"]).lacks("flux.xml", "Bientôt");
    assert_eq!(built.0.next_change.map(|day| day.to_string()).as_deref(), Some("2026-12-01"));
    site.build("2026-12-01").expect_pages(&[module]).expect_absent(&[post]);
    site.build("2026-12-02").expect_pages(&[module, post]).contains("flux.xml", "Bientôt");
}

#[test]
fn an_archived_module_keeps_its_page_and_leaves_the_lists() {
    let site = site(&[
        (
            "content/modules/ecouter.md",
            "---\ntitre: Écouter\nthème: Écoute\npublié: 2026-01-01\narchivé: oui\nsessions: [{ville: Lyon, dates: [2027-03-09]}]\n---\n",
        ),
        ("content/modules/relayer.md", "---\ntitre: Relayer\nthème: Écoute\npublié: 2026-01-01\n---\n"),
    ]);
    let built = site.build(DAY);
    built.expect_pages(&["modules/ecouter/index.html"]);
    for list in ["catalogue/index.html", "themes/ecoute/index.html", "sessions/index.html", "index.html"] {
        built.lacks(list, "modules/ecouter/");
    }
    built.lacks("themes/ecoute/flux.xml", "Écouter").contains("themes/ecoute/flux.xml", "Relayer");
    let archived = outline(built.text("modules/ecouter/index.html"));
    site.edit("content/modules/ecouter.md", "archivé: oui", "archivé: non");
    let offered = site.build(DAY);
    offered.contains("catalogue/index.html", "modules/ecouter/");
    assert_ne!(archived, outline(offered.text("modules/ecouter/index.html")), "there is a notice");
}

#[test]
fn long_lists_are_paged_and_each_module_stands_on_one_page() {
    let site = site(&[("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\npage_size: 2\n")]);
    let names = ["un", "deux", "trois", "quatre", "cinq"];
    for (n, name) in (1..).zip(names) {
        site.write(&format!("content/modules/m{n}.md"), format!("---\ntitre: Module {name}\nthème: Écoute\n---\n"));
        site.write(&format!("content/news/2026-11-0{n}-n{n}.md"), format!("---\ntitre: Nouvelle {name}\n---\n"));
    }
    let built = site.build(DAY);
    for base in ["catalogue", "themes/ecoute", "actualites"] {
        built.expect_absent(&[&format!("{base}/page/1/index.html"), &format!("{base}/page/4/index.html")]);
        let pages =
            [format!("{base}/index.html"), format!("{base}/page/2/index.html"), format!("{base}/page/3/index.html")];
        let texts: Vec<String> = pages.iter().map(|page| outline(built.text(page))).collect();
        let what = if base == "actualites" { "Nouvelle" } else { "Module" };
        for name in names {
            let on = texts.iter().filter(|text| text.contains(&format!("[{what} {name}]"))).count();
            assert_eq!(on, 1, "{base}: {what} {name}\n{texts:#?}");
        }
        built.contains(&pages[0], "page/2/").contains(&pages[2], "page/2/");
    }
    // One module less, and the last page is gone.
    site.remove("content/modules/m5.md").build(DAY).expect_absent(&["catalogue/page/3/index.html"]);
}

#[test]
fn below_a_path_whole_addresses_have_it_and_relative_ones_do_not() {
    let files = [
        (
            "content/modules/ecouter.md",
            "---\ntitre: Écouter\npublié: 2026-10-01\nthème: Écoute\n---\n![x](/assets/x.svg)\n",
        ),
        ("content/news/2026-11-01-x.md", "---\ntitre: Nouvelle\n---\n[Écouter](../modules/ecouter.md)\n"),
        ("assets/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ];
    let built = site(&files).with_base_url("https://example.org/formation").build(DAY);
    built
        .contains("sitemap.xml", "<loc>https://example.org/formation/modules/ecouter/</loc>")
        .contains("flux.xml", "href=\"https://example.org/formation/modules/ecouter/\"")
        .contains("robots.txt", "Sitemap: https://example.org/formation/sitemap.xml")
        .contains("modules/ecouter/index.html", "href=\"https://example.org/formation/modules/ecouter/\"")
        .contains("modules/ecouter/index.html", "src=\"../../assets/x.svg\"")
        .contains("404.html", "href=\"/formation/catalogue/\"")
        .lacks("404.html", "href=\"../");
    // Only whole addresses and the page for what is not found know where the site stands.
    let root = site(&files).build(DAY);
    let relative = |built: &Built| -> Vec<String> { links(built, "modules/ecouter/index.html") };
    assert_eq!(relative(&root), relative(&built));
}

#[test]
fn links_to_files_name_the_file() {
    let settings = format!("{SETTINGS}liens: fichier\n");
    let site = site(&[
        ("brochure.yaml", settings.as_str()),
        (
            "content/modules/ecouter.md",
            "---\ntitre: Écouter\nthème: Écoute\nanciennes-adresses: entendre\n---\n[accueil](/)\n",
        ),
        ("content/pages/page.md", "---\ntitre: Page\n---\n[Écouter](../modules/ecouter.md)\n"),
    ]);
    let built = site.build(DAY);
    built.contains("page/index.html", "href=\"../modules/ecouter/index.html\"");
    for path in built.paths().into_iter().filter(|path| path.ends_with(".html") && *path != "404.html") {
        for link in links(&built, path) {
            assert!(link.rsplit('/').next().is_some_and(|name| name.contains('.')), "{path}: {link}");
        }
    }
}

#[test]
fn without_its_address_a_site_has_no_sitemap_and_says_so_once() {
    let site =
        site(&[("brochure.yaml", "titre: Exemple\n"), ("content/news/2026-11-01-x.md", "---\ntitre: Nouvelle\n---\n")]);
    let built = site.build(DAY);
    built.expect_codes(&["missing-base-url"]).expect_absent(&["sitemap.xml"]).lacks("index.html", "canonical");
    built.contains("flux.xml", "<link>http://localhost/actualites/x/</link>").lacks("robots.txt", "Sitemap");
}

#[test]
fn one_broken_file_hides_no_other() {
    let site = site(&[
        ("content/modules/a.md", "---\ntitre: A\n  faux: [\n---\n"),
        ("content/modules/b.md", "---\ndurée: 2 jours\n---\n"),
        ("content/modules/c.md", "---\ntitre: C\n---\n[x](d.md)\n"),
        ("content/modules/e.md", "---\ntitre: E\nprérequis: a\n---\n"),
        ("content/news/n.md", "---\ntitre: Sans date\n---\n"),
    ]);
    let built = site.attempt(DAY);
    built.expect_pages(&["modules/c/index.html", "modules/e/index.html"]);
    let found: Vec<(&str, &str)> =
        built.0.found.iter().map(|found| (found.primary.file.as_str(), found.diagnostic.code.as_str())).collect();
    assert_eq!(
        found,
        [
            ("content/modules/a.md", "yaml-syntax"),
            ("content/modules/b.md", "missing-title"),
            ("content/modules/c.md", "dead-link"),
            ("content/news/n.md", "missing-date"),
        ]
    );
}
