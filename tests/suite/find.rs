//! Finding: what can be chosen by script is what plain pages show, and nothing is found that is not published.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use scraper::Html;

use crate::driver::{Built, DAY, TestSite};
use crate::outline::elements;

/// A module: its themes, audiences and regions by number, and for which of them it is free.
#[derive(Clone, Debug)]
struct Wanted {
    terms: [BTreeSet<usize>; 3],
    free: Option<(BTreeSet<usize>, BTreeSet<usize>)>,
}

const FACETS: [(&str, &str, [&str; 3]); 3] = [
    ("theme", "themes", ["Écoute", "Aller vers", "Droits"]),
    ("public", "publics", ["Soignants", "Proches", "Cadres"]),
    ("region", "regions", ["Bretagne", "La Réunion", "Hauts-de-France"]),
];

/// What a term is called in addresses.
fn slug(facet: usize, term: usize) -> &'static str {
    [
        ["ecoute", "aller-vers", "droits"],
        ["soignants", "proches", "cadres"],
        ["bretagne", "la-reunion", "hauts-de-france"],
    ][facet][term]
}

fn some() -> impl Strategy<Value = BTreeSet<usize>> {
    proptest::collection::btree_set(0_usize..3, 0..4)
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let free = proptest::option::of((some(), some()));
    (some(), some(), some(), free).prop_map(|(one, two, three, free)| Wanted { terms: [one, two, three], free })
}

fn names(facet: usize, terms: &BTreeSet<usize>) -> String {
    let names: Vec<&str> = terms.iter().map(|term| FACETS[facet].2[*term]).collect();
    format!("[{}]", names.join(", "))
}

fn site(modules: &[Wanted]) -> TestSite {
    let site = TestSite::of(&[("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\n")]);
    for (number, module) in modules.iter().enumerate() {
        let [themes, audiences, regions] = [0, 1, 2].map(|facet| names(facet, &module.terms[facet]));
        let price = module.free.as_ref().map(|(regions, audiences)| {
            format!("tarif:\n  - {{gratuit: oui, régions: {}, publics: {}}}\n", names(2, regions), names(1, audiences))
        });
        let head = format!("titre: Module {number}\nthèmes: {themes}\npublics: {audiences}\nrégions: {regions}\n");
        let text = format!("---\n{head}{}---\n\nTexte.\n\nPlus loin.\n", price.unwrap_or_default());
        site.write(&format!("content/modules/m-{number}.md"), text);
    }
    site
}

/// What a browser reads: how many entries, and those of each choice.
struct Choices {
    count: usize,
    sets: BTreeMap<(String, String), BTreeSet<usize>>,
    free: Vec<(usize, BTreeSet<String>, BTreeSet<String>)>,
}

fn choices(built: &Built) -> Choices {
    let bytes = built.unpacked("recherche/modules.bin");
    let end = bytes.iter().position(|byte| *byte == 0).expect("an end of the head");
    let head: serde_json::Value = serde_json::from_slice(&bytes[..end]).expect("JSON");
    let count = usize::try_from(head["count"].as_u64().expect("a number")).expect("small");
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let mut sets = BTreeMap::new();
    let mut at = end + 1;
    for facet in head["facets"].as_array().expect("a list") {
        for value in facet[1].as_array().expect("values") {
            let bits = &bytes[at..at + count.div_ceil(8)];
            at += bits.len();
            let set = (0..count).filter(|entry| bits[entry / 8] >> (entry % 8) & 1 == 1).collect();
            sets.insert((text(&facet[0]), text(value)), set);
        }
    }
    let all = |value: &serde_json::Value| value.as_array().expect("a list").iter().map(text).collect();
    let free = head["free"].as_array().expect("a list").iter();
    let free = free.map(|one| (one[0].as_u64().expect("a number") as usize, all(&one[1]), all(&one[2])));
    let free = free.collect();
    assert_eq!(bytes.len(), at + 2 * 3 * count, "two orders of all entries follow");
    Choices { count, sets, free }
}

/// The modules that a page lists, in its order.
fn listed(built: &Built, path: &str) -> Vec<String> {
    let page = Html::parse_document(built.text(path));
    let links = elements(&page, ".cartes h3 a");
    links.iter().map(|link| link.attr("href").expect("an address").trim_end_matches('/').to_owned()).map(last).collect()
}

fn last(address: String) -> String {
    address.rsplit('/').next().expect("a step").to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn two_choices_find_what_their_crossing_shows(modules in proptest::collection::vec(wanted(), 1..14)) {
        let built = site(&modules).build(DAY);
        let order = listed(&built, "catalogue/index.html");
        let choices = choices(&built);
        prop_assert_eq!(choices.count, modules.len());
        let module = |entry: usize| -> &Wanted { &modules[order[entry][2..].parse::<usize>().expect("a number")] };
        let set = |facet: usize, term: usize| {
            let key = (FACETS[facet].0.to_owned(), slug(facet, term).to_owned());
            choices.sets.get(&key).cloned().unwrap_or_default()
        };
        for (facet, (parameter, ..)) in FACETS.iter().enumerate() {
            for term in 0..3 {
                let wanted: BTreeSet<usize> =
                    (0..modules.len()).filter(|entry| module(*entry).terms[facet].contains(&term)).collect();
                prop_assert_eq!(set(facet, term), wanted, "{} {}", parameter, slug(facet, term));
            }
        }
        for (one, other) in [(0, 2), (0, 1), (1, 2)] {
            for (first, second) in (0..3).flat_map(|first| (0..3).map(move |second| (first, second))) {
                let both: Vec<String> =
                    set(one, first).intersection(&set(other, second)).map(|entry| order[*entry].clone()).collect();
                let [base, below] = [FACETS[one].1, FACETS[other].1];
                let path = format!("{base}/{}/{below}/{}/index.html", slug(one, first), slug(other, second));
                if both.is_empty() {
                    built.expect_absent(&[&path]);
                    continue;
                }
                prop_assert_eq!(listed(&built, &path), both, "{}", &path);
                // From either term a link leads there, and says how many there are.
                let way = Html::parse_document(built.text(&format!("{base}/{}/index.html", slug(one, first))));
                let link = elements(&way, &format!("a.puce[href$=\"{below}/{}/\"] b", slug(other, second)));
                let said: Vec<String> = link.iter().map(|b| b.text().collect()).collect();
                prop_assert_eq!(said, [set(one, first).intersection(&set(other, second)).count().to_string()]);
            }
        }
        for (entry, regions, audiences) in &choices.free {
            let (wanted_regions, wanted_audiences) = module(*entry).free.clone().expect("free");
            let slugs = |facet: usize, terms: &BTreeSet<usize>| -> BTreeSet<String> {
                terms.iter().map(|term| slug(facet, *term).to_owned()).collect()
            };
            prop_assert_eq!(regions, &slugs(2, &wanted_regions));
            prop_assert_eq!(audiences, &slugs(1, &wanted_audiences));
        }
        let n_free = (0..modules.len()).filter(|entry| module(*entry).free.is_some()).count();
        prop_assert_eq!(choices.free.len(), n_free);
    }
}

#[test]
fn crossings_are_bounded_and_the_fullest_stay() {
    let all = Wanted { terms: [0, 1, 2].map(|n| BTreeSet::from([n])), free: None };
    let more = Wanted { terms: [[0, 1], [1, 2], [0, 2]].map(BTreeSet::from), free: None };
    let site = site(&[all, more.clone(), more]);
    let n_crossings = |built: &Built| {
        let is_crossing = |path: &&&str| path.split('/').count() == 5 && !path.contains("/page/");
        built.paths().iter().filter(|path| path.ends_with("index.html")).filter(is_crossing).count()
    };
    assert_eq!(n_crossings(&site.build(DAY)), 12);
    site.edit("brochure.yaml", "titre: Exemple", "titre: Exemple\ncroisements: 3");
    let built = site.build(DAY);
    assert_eq!(n_crossings(&built), 3);
    assert!(built.diagnostics().contains("crossings-left-out"), "{}", built.diagnostics());
    // Three modules have the first pair of each kind; two have the others.
    built.expect_pages(&[
        "themes/ecoute/publics/proches/index.html",
        "themes/ecoute/regions/hauts-de-france/index.html",
    ]);
}

#[test]
fn nothing_is_found_that_is_not_published() {
    let site = TestSite::of(&[
        ("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\n"),
        ("content/modules/un.md", "---\ntitre: Écouter\n---\n\nUn texte visible.\n"),
        ("content/modules/deux.md", "---\ntitre: Caché\nbrouillon: oui\n---\n\nSecretdebrouillon.\n"),
        ("content/modules/trois.md", "---\ntitre: Plus tard\npublié: 2030-01-01\n---\n\nSecretdattente.\n"),
        ("content/modules/quatre.md", "---\ntitre: Ancien\narchivé: oui\n---\n\nSecretdarchive.\n"),
        ("content/news/2030-01-01-plus-tard.md", "---\ntitre: Plus tard\n---\n\nSecretdactualité.\n"),
        ("content/news/2026-01-05-la.md", "---\ntitre: Là\n---\n\nUne actualité visible.\n"),
    ]);
    let built = site.build(DAY);
    let packed: Vec<&str> = built.paths().into_iter().filter(|path| path.ends_with(".bin")).collect();
    let read = |path: &str| String::from_utf8_lossy(&built.unpacked(path)).into_owned();
    let all: String = packed.iter().map(|path| read(path)).collect();
    assert!(
        all.contains("Un texte visible") && all.contains("Une actualité visible") && all.contains("visibl"),
        "{all}"
    );
    assert!(!all.to_lowercase().contains("secret"), "{all}");
}

#[test]
fn who_leaves_words_out_keeps_choices() {
    let module = Wanted { terms: [0, 1, 2].map(|n| BTreeSet::from([n])), free: None };
    let says =
        |built: &Built| String::from_utf8_lossy(&built.unpacked("recherche/modules-0.bin")).contains("Plus loin");
    assert!(says(&site(std::slice::from_ref(&module)).build(DAY)));
    let built = site(&[module]).without_search().build(DAY);
    built.expect_pages(&["recherche/modules.bin", "recherche/modules-0.bin"]);
    built.expect_absent(&["recherche/words.bin", "recherche/words-0.bin", "recherche/others-0.bin"]);
    assert!(!says(&built));
    built.lacks("catalogue/index.html", "id=\"q\"");
}

#[test]
fn lengths_and_prices_are_chosen_as_visitors_mean_them() {
    let heads = [
        ("demi", "durée: 3h30\ntarif: gratuit"),
        ("un", "durée: 1 jour\ntarif: 450"),
        ("deux", "durée: 2 jours\ntarif: sur devis"),
        ("trois", "durée: 3 jours\ntarif: [{gratuit: oui, organisation: intra}]"),
        ("long", "durée: 5 jours\ntarif: [{gratuit: oui, condition: pour les adhérents}]"),
        ("seances", "durée: séances de 3 h\ntarif: [{gratuit: oui, régions: Bretagne}]"),
        ("session", "durée: 14 h\ntarif: 450\nsessions: [{début: 2027-03-02, ville: Lille, tarif: gratuit}]"),
    ];
    let site = TestSite::of(&[("brochure.yaml", "titre: Exemple\nadresse-du-site: https://example.org\n")]);
    for (name, head) in heads {
        site.write(&format!("content/modules/{name}.md"), format!("---\ntitre: {name}\n{head}\n---\n\nTexte.\n"));
    }
    let built = site.build(DAY);
    let order = listed(&built, "catalogue/index.html");
    let choices = choices(&built);
    let chosen = |facet: &str, value: &str| -> Vec<&str> {
        let set = choices.sets.get(&(facet.to_owned(), value.to_owned()));
        let mut names: Vec<&str> = set.into_iter().flatten().map(|entry| order[*entry].as_str()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(chosen("duree", "half_day"), ["demi"]);
    assert_eq!(chosen("duree", "day"), ["un"]);
    assert_eq!(chosen("duree", "days"), ["deux", "session", "trois"]);
    assert_eq!(chosen("duree", "long"), ["long"]);
    assert_eq!(chosen("duree", "meetings"), ["seances"]);
    // What is free on one date, for one form or on a condition in words is not free for all, nor by region.
    assert_eq!(chosen("tarif", "free"), ["demi"]);
    assert_eq!(chosen("tarif", "free_here"), ["demi", "seances"]);
    assert_eq!(chosen("tarif", "told"), ["session", "un"]);
    assert_eq!(chosen("tarif", "quote"), ["deux"]);
}
