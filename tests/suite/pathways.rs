//! From one module to the next: the page of pathways, the steps on a sheet, the small map, and what is akin.

use scraper::Html;

use crate::driver::{Built, DAY, TestSite};
use crate::outline::elements;

fn parsed(built: &Built, path: &str) -> Html {
    Html::parse_document(built.text(path))
}

/// The texts of what a selector finds, each on one line.
fn texts(page: &Html, selector: &str) -> Vec<String> {
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    elements(page, selector).iter().map(|element| words(element.text().collect())).collect()
}

fn links(page: &Html, selector: &str) -> Vec<String> {
    elements(page, selector).iter().map(|link| link.attr("href").unwrap_or_default().to_owned()).collect()
}

const SETTINGS: &str = "titre: Exemple\nadresse-du-site: https://example.org\n";

fn site() -> TestSite {
    TestSite::of(&[
        ("brochure.yaml", SETTINGS),
        (
            "content/modules/a.md",
            "---\ntitre: Accueillir\ndurée: 14 h\nsessions:\n  - {ville: Lille, dates: [2027-01-05, 2027-01-06]}\n---\n",
        ),
        (
            "content/modules/b.md",
            "---\ntitre: Bâtir\ndurée: 2 jours\nprérequis: [a]\nsessions: [{ville: Lyon, date: 2027-01-06}, {ville: Nantes, date: 2027-02-01}]\n---\n",
        ),
        ("content/modules/c.md", "---\ntitre: Conclure\nprérequis: [a, b]\nprérequis-mode: un\n---\n"),
        (
            "content/modules/p.md",
            "---\ntitre: Le grand chemin\nnature: parcours\nrésumé: Pas à pas.\nétapes: [a, {texte: Journée de projet, heures: 7}, b]\n---\n",
        ),
        ("content/modules/seul.md", "---\ntitre: Seul\n---\n"),
    ])
}

#[test]
fn the_page_tells_and_draws_each_pathway() {
    let built = site().build(DAY);
    let page = parsed(&built, "parcours/index.html");
    assert_eq!(texts(&page, "main h2"), ["Le grand chemin", "À partir de « Accueillir »", "Vous ne trouvez pas ?"]);
    assert_eq!(texts(&page, ".trajet .cote > .note"), ["3 étapes · au moins 21 h en tout", "3 étapes"]);
    assert_eq!(links(&page, ".trajet h2 a"), ["../modules/p/", "../modules/a/"]);
    assert_eq!(
        texts(&page, "#parcours-1 ~ *, .trajet:first-of-type .etapes li"),
        [
            "3 étapes · au moins 21 h en tout",
            "Pas à pas.",
            "123",
            "1Étape 1 : Accueillir14 hProchaine date possible : mardi 5 et mercredi 6 janvier 2027, Lille",
            "2Étape 2 : Journée de projet7 h",
            "3Étape 3 : Bâtir2 joursProchaine date possible : lundi 1er février 2027, Nantes",
        ]
        .map(str::to_owned)
    );
    // What the lines say stands in words, and steps without a date say so.
    let second = texts(&page, ".trajet:nth-of-type(2) .etapes li");
    assert!(second[0].contains("Sans étape avant") && second[1].contains("Après l’étape 1"), "{second:?}");
    assert!(
        second[2].contains("Après l’une des étapes 1 ou 2") && second[2].contains("Dates à convenir"),
        "{second:?}"
    );
    let drawings = elements(&page, "svg.schema");
    assert_eq!(drawings.len(), 2);
    assert!(drawings.iter().all(|svg| svg.attr("role") == Some("img") && svg.attr("aria-label").is_some()));
    assert_eq!(elements(&page, "svg.schema .choix").len(), 2, "alternatives are marked");
    built.lacks("parcours/index.html", "style=");
    built.contains("sitemap.xml", "<loc>https://example.org/parcours/</loc>");
    built.contains("plan-du-site/index.html", "parcours/#parcours-2");
    built.contains("parcours/index.html", "BreadcrumbList");
}

#[test]
fn a_site_without_pathways_has_no_page_of_them() {
    let site = TestSite::of(&[("brochure.yaml", SETTINGS), ("content/modules/seul.md", "---\ntitre: Seul\n---\n")]);
    let built = site.build(DAY);
    built.expect_absent(&["parcours/index.html"]);
    built.lacks("index.html", "parcours/").lacks("modules/seul/index.html", "parcours");
}

#[test]
fn pathways_come_in_pages_and_their_address_can_be_chosen() {
    let site = site();
    site.write("brochure.yaml", format!("{SETTINGS}page_size: 1\nadresses: {{pathways: chemins}}\n"));
    let built = site.build(DAY);
    built.expect_pages(&["chemins/index.html", "chemins/page/2/index.html"]);
    built.expect_absent(&["chemins/page/3/index.html", "parcours/index.html"]);
    assert_eq!(texts(&parsed(&built, "chemins/page/2/index.html"), ".trajet h2").len(), 1);
    built.contains("modules/c/index.html", "../../chemins/page/2/#parcours-2");
    built.contains("chemins/page/2/index.html", "id=\"parcours-2\"");
}

#[test]
fn a_sheet_shows_its_steps_and_leads_to_its_pathways() {
    let built = site().build(DAY);
    let page = parsed(&built, "modules/p/index.html");
    assert_eq!(
        texts(&page, "#etapes + .parcours li"),
        ["Étape 1Accueillir14 h", "Étape 2Journée de projet7 h", "Étape 3Bâtir2 jours"]
    );
    assert_eq!(links(&page, "#etapes + .parcours a"), ["../../modules/a/", "../../modules/b/"]);
    let before_and_after = parsed(&built, "modules/b/index.html");
    let ways = links(&before_and_after, "#parcours ~ .liens a");
    assert_eq!(ways, ["../../parcours/#parcours-1", "../../parcours/#parcours-2"]);
    assert!(elements(&parsed(&built, "modules/seul/index.html"), "#parcours, #etapes").is_empty());
}

#[test]
fn a_name_among_the_steps_that_leads_nowhere_is_told_and_kept() {
    let site = site();
    site.edit(
        "content/modules/p.md",
        "étapes: [a,",
        "étapes: [acueillir-les-gens, {module: Rien}, Un temps d'échange,",
    );
    let built = site.build(DAY);
    built.expect_codes(&["unknown-module", "unknown-module"]);
    let steps = texts(&parsed(&built, "modules/p/index.html"), "#etapes + .parcours li");
    assert_eq!(steps[..3], ["Étape 1acueillir-les-gens", "Étape 2Rien", "Étape 3Un temps d’échange"]);
}

#[test]
fn a_module_shows_where_it_is_offered() {
    let site = site();
    site.write("content/modules/ici.md", "---\ntitre: Ici\nrégions: [Grand Est, Corse]\n---\n");
    site.write("content/modules/partout.md", "---\ntitre: Partout\nrégions: toutes\n---\n");
    let built = site.build(DAY);
    let page = parsed(&built, "modules/ici/index.html");
    assert_eq!(elements(&page, ".ou-carte rect").len(), 18);
    assert_eq!(elements(&page, ".ou-carte rect.ici").len(), 2);
    assert_eq!(elements(&page, ".ou-carte svg")[0].attr("aria-hidden"), Some("true"));
    assert_eq!(texts(&page, ".ou-carte li"), ["Grand Est 2 formations", "Corse 2 formations"]);
    assert_eq!(links(&page, ".ou-carte a"), ["../../regions/grand-est/", "../../regions/corse/"]);
    assert!(elements(&parsed(&built, "modules/partout/index.html"), ".ou-carte").is_empty(), "everywhere is no place");
    assert!(elements(&parsed(&built, "modules/seul/index.html"), ".ou-carte").is_empty());
    site.write("brochure.yaml", format!("{SETTINGS}régions: [Grand Est, Corse]\n"));
    let own = site.build(DAY);
    assert!(elements(&parsed(&own, "modules/ici/index.html"), ".ou-carte").is_empty(), "regions of a site's own");
}

#[test]
fn each_tile_of_the_map_says_its_name_and_how_many() {
    let site = site();
    site.write("content/modules/ici.md", "---\ntitre: Ici\nrégions: [Grand Est]\n---\n");
    let page = parsed(&site.build(DAY), "regions/index.html");
    assert_eq!(elements(&page, ".carte")[0].attr("aria-label"), Some("Carte des régions"));
    let tiles = texts(&page, ".carte .tile");
    assert_eq!(tiles.len(), 18);
    assert!(tiles.contains(&"Grand Est GES 1 formation".to_owned()), "{tiles:?}");
    assert!(tiles.contains(&"Corse COR : Aucune formation".to_owned()), "{tiles:?}");
    assert_eq!(links(&page, ".carte a").len(), elements(&page, ".carte b").len());
}

#[test]
fn modules_akin_stand_in_for_those_that_no_author_named() {
    let of = |more: &str| format!("---\nthèmes: [Écoute]\npublics: [Soignants]\n{more}\n---\n");
    let site = TestSite::of(&[
        ("brochure.yaml", SETTINGS),
        ("content/modules/a.md", &of("titre: A\nprérequis: [e]")),
        ("content/modules/b.md", &of("titre: B")),
        ("content/modules/c.md", &of("titre: C\narchivé: oui")),
        ("content/modules/d.md", &of("titre: D\nvoir-aussi: [z]")),
        ("content/modules/e.md", &of("titre: E")),
        ("content/modules/f.md", &of("titre: F\nsérie: {nom: S, numéro: 1}")),
        ("content/modules/g.md", "---\ntitre: G\nsérie: {nom: S, numéro: 2}\n---\n"),
        ("content/modules/z.md", "---\ntitre: Z\nthèmes: [Autre]\n---\n"),
    ]);
    let built = site.build(DAY);
    let of = |id: &str| texts(&parsed(&built, &format!("modules/{id}/index.html")), "#voir-aussi ~ ul h3");
    assert_eq!(of("a"), ["B", "D", "F"], "neither itself, nor an archived one, nor the one it needs");
    assert_eq!(of("e"), ["B", "D", "F"], "nor the one that it opens");
    assert_eq!(of("d"), ["Z"], "where the author names some, these stand alone");
    assert_eq!(of("f"), ["G", "A", "B", "D"], "the series first");
    assert_eq!(of("z"), [""; 0], "nothing in common");
}
