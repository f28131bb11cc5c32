//! Which modules make a pathway, in which order, how long it takes and when one could take it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::catalogue::in_tests::catalogue;

const DAY: &str = "2026-11-24";

/// The pathways in few words, a line each: what makes it one, then its steps with their levels and what they need.
fn told(modules: &[(&str, &str)]) -> String {
    let (catalogue, _) = catalogue(modules, DAY);
    let step = |step: &PathwayStep| {
        let name = step.module.as_ref().map(ToString::to_string).or(step.text.clone()).unwrap_or_default();
        let needs: Vec<String> = step.needs.iter().map(|needed| (needed + 1).to_string()).collect();
        let sign = if step.any { "|" } else { "+" };
        format!(
            "{name}@{}{}",
            step.level,
            if needs.is_empty() { String::new() } else { format!("<{}", needs.join(sign)) }
        )
    };
    let line = |pathway: &Pathway| {
        let origin = match &pathway.origin {
            PathwayOrigin::Module(id) => format!("module {id}"),
            PathwayOrigin::Series(name) => format!("series {name}"),
            PathwayOrigin::Prerequisites => "prerequisites".to_owned(),
        };
        format!("{origin}: {}", pathway.steps.iter().map(step).collect::<Vec<_>>().join(" "))
    };
    catalogue.pathways.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_author_lists_the_steps_of_a_pathway() {
    let modules = [
        ("b", "titre: B"),
        ("a", "titre: A"),
        (
            "p",
            "titre: P\nnature: parcours\nétapes:\n  - b\n  - Une journée de projet\n  - {module: A, texte: en ligne, heures: 3}",
        ),
        ("q", "titre: Q\nétapes: [a]"),
        ("r", "titre: R\nnature: parcours"),
        ("s", "titre: S\nnature: parcours\nétapes: [a, b]\narchivé: oui"),
    ];
    assert_eq!(told(&modules), "module p: b@0 Une journée de projet@1<1 a@2<2");
}

#[test]
fn a_series_follows_its_numbers() {
    let modules = [
        ("c", "titre: C\nsérie: {nom: Aller vers, numéro: 2}"),
        ("b", "titre: B\nsérie: {nom: aller  VERS, numéro: 10}"),
        ("a", "titre: A\nsérie: {nom: Aller vers, numéro: 2}"),
        ("z", "titre: Z\nsérie: {nom: Aller vers, numéro: 1}"),
        ("d", "titre: D\nsérie: Aller vers"),
        ("e", "titre: E\nsérie: Sans numéro"),
        ("f", "titre: F\nsérie: Sans numéro"),
        ("g", "titre: G\nsérie: {nom: Seule, numéro: 1}"),
    ];
    assert_eq!(told(&modules), "series Aller vers: z@0 a@1<1 c@1<1 b@2<2+3 d@3<4");
}

#[test]
fn prerequisites_join_what_no_list_holds() {
    let modules = [
        ("a", "titre: A"),
        ("b", "titre: B\nprérequis: [a, Savoir lire]"),
        ("c", "titre: C\nprérequis: [a, b, c-est-autre]\nprérequis-mode: un"),
        ("d", "titre: D\nprérequis: [a]\narchivé: oui"),
        ("x", "titre: X"),
        ("y", "titre: Y\nprérequis: [x]"),
        ("p", "titre: P\nnature: parcours\nétapes: [x, y]\nprérequis: [x]"),
    ];
    assert_eq!(told(&modules), "module p: x@0 y@1<1\nprerequisites: a@0 b@1<1 c@2<1|2");
}

#[test]
fn a_circle_is_told_and_ends() {
    let modules =
        [("a", "titre: A\nprérequis: [b]"), ("b", "titre: B\nprérequis: [c]"), ("c", "titre: C\nprérequis: [a]")];
    let (_, found) = catalogue(&modules, DAY);
    assert_eq!(found, ["prerequisite-cycle"]);
    assert_eq!(told(&modules), "prerequisites: a@0 c@1<1 b@2<2");
}

#[test]
fn a_pathway_among_its_own_steps_is_a_circle() {
    let itself = [("p", "titre: P\nnature: parcours\nétapes: [p, a]"), ("a", "titre: A")];
    assert_eq!(catalogue(&itself, DAY).1, ["prerequisite-cycle"]);
    assert_eq!(told(&itself), "module p: P@0 a@1<1");
    let two = [("p", "titre: P\nnature: parcours\nétapes: [a]"), ("a", "titre: A\nprérequis: [p]")];
    assert_eq!(catalogue(&two, DAY).1, ["prerequisite-cycle"]);
    let one_before = [("p", "titre: P\nnature: parcours\nétapes: [a]\nprérequis: [a]"), ("a", "titre: A")];
    assert_eq!(catalogue(&one_before, DAY).1, Vec::<&str>::new());
}

#[track_caller]
fn check_hours(modules: &[(&str, &str)], expected: Option<(&str, &str)>) {
    let (catalogue, _) = catalogue(modules, DAY);
    let hours = catalogue.pathways[0].hours(&catalogue).map(|hours| match hours {
        TotalHours::Exactly(hours) => ("exactly", hours.to_string()),
        TotalHours::AtLeast(hours) => ("at least", hours.to_string()),
    });
    assert_eq!(hours.as_ref().map(|(word, hours)| (*word, hours.as_str())), expected);
}

#[test]
fn hours_are_added_up_only_where_they_are_sure() {
    let (a, b) = (("a", "titre: A\ndurée: 14 h"), ("b", "titre: B\ndurée: 2 jours"));
    let pathway = |more: &'static str| ("p", more);
    check_hours(
        &[a, pathway("titre: P\nnature: parcours\nétapes: [a, {texte: Projet, heures: 7}]")],
        Some(("exactly", "21")),
    );
    check_hours(&[a, b, pathway("titre: P\nnature: parcours\nétapes: [a, b]")], Some(("at least", "14")));
    check_hours(&[b, pathway("titre: P\nnature: parcours\nétapes: [b]")], None);
    // What the pathway says of itself is surer than a sum, and a step may be given otherwise than by itself.
    check_hours(&[a, pathway("titre: P\nnature: parcours\ndurée: 12 h\nétapes: [a]")], Some(("exactly", "12")));
    check_hours(&[a, pathway("titre: P\nnature: parcours\nétapes: [{module: a, heures: 3}]")], Some(("exactly", "3")));
    // Nobody takes both of two that are alternatives.
    let any = "titre: C\ndurée: 7 h\nprérequis: [a, b]\nprérequis-mode: un";
    check_hours(&[a, ("b", "titre: B\ndurée: 7 h"), ("c", any)], None);
    // A pathway and one of its own steps, joined by a prerequisite.
    let holds = "titre: P\ndurée: 20 h\nétapes: [a]\nprérequis: [a]";
    check_hours(&[a, ("p", holds)], None);
}

#[track_caller]
fn check_dates(modules: &[(&str, &str)], expected: &[&str]) {
    let (catalogue, _) = catalogue(modules, DAY);
    let sessions = catalogue.pathways[0].next_sessions(&catalogue, 10);
    let first_day = |session: &Option<&Session>| {
        session.and_then(|s| s.entry.first_day()).map_or("–".to_owned(), |d| d.to_string())
    };
    assert_eq!(sessions.iter().map(first_day).collect::<Vec<_>>(), expected);
}

#[test]
fn each_step_is_taken_at_the_first_date_after_the_step_before() {
    let p = ("p", "titre: P\nnature: parcours\nétapes: [a, Projet, b, c]");
    let a = ("a", "titre: A\nsessions: [2026-11-24, {dates: [2026-12-01, 2027-01-12]}, 2027-05-05]");
    let b = ("b", "titre: B\nsessions: [2026-12-15, 2027-01-12, 2027-01-13]");
    let c = ("c", "titre: C\nsessions: [2027-01-10, 2027-03-01]");
    check_dates(&[p, a, b, c], &["2026-12-01", "–", "2027-01-13", "2027-03-01"]);
    // A step without a date holds nothing up, and one that nobody can enrol in has none.
    let full = "titre: B\nsessions: [{date: 2027-01-13, état: complet}, {date: 2027-01-20, inscription-avant: 2026-11-01}, {date: 2027-01-21, état: annulée}]";
    check_dates(&[p, a, ("b", full), c], &["2026-12-01", "–", "–", "2027-03-01"]);
    let late = ("c", "titre: C\nsessions: [2027-01-10]");
    check_dates(&[p, a, b, late], &["2026-12-01", "–", "2027-01-13", "–"]);
}

#[test]
fn of_alternatives_the_earlier_counts_and_of_all_the_last() {
    let a = ("a", "titre: A\nsessions: [2026-12-01]");
    let b = ("b", "titre: B\nsessions: [2027-02-01]");
    let sessions = "sessions: [2027-01-10, 2027-03-01]";
    let all = format!("titre: C\nprérequis: [a, b]\n{sessions}");
    check_dates(&[a, b, ("c", &all)], &["2026-12-01", "2027-02-01", "2027-03-01"]);
    let any = format!("{all}\nprérequis-mode: un");
    check_dates(&[a, b, ("c", &any)], &["2026-12-01", "2027-02-01", "2027-01-10"]);
}

/// Modules by number, each with a few others that it needs.
fn graphs(may_be_circular: bool) -> impl Strategy<Value = Vec<(BTreeSet<usize>, bool)>> {
    let needs = proptest::collection::btree_set(0..24_usize, 0..4);
    proptest::collection::vec((needs, any::<bool>()), 1..24).prop_map(move |mut graph| {
        let n = graph.len();
        for (index, (needs, _)) in graph.iter_mut().enumerate() {
            needs.retain(|needed| *needed < n && *needed != index && (may_be_circular || *needed < index));
        }
        graph
    })
}

/// Their catalogue. Titles are in another order than numbers, so that no order is right by chance.
fn catalogue_of(graph: &[(BTreeSet<usize>, bool)]) -> Catalogue {
    let modules = graph.iter().enumerate().map(|(index, (needs, any))| {
        let needs: Vec<String> = needs.iter().map(|needed| format!("m{needed}")).collect();
        let mode = if *any { "\nprérequis-mode: un" } else { "" };
        (format!("m{index}"), format!("titre: Titre {}\nprérequis: [{}]{mode}", index * 7 % 24, needs.join(", ")))
    });
    let modules: Vec<(String, String)> = modules.collect();
    let short: Vec<(&str, &str)> = modules.iter().map(|(name, matter)| (name.as_str(), matter.as_str())).collect();
    catalogue(&short, DAY).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_step_stands_behind_all_that_it_needs(graph in graphs(false)) {
        let catalogue = catalogue_of(&graph);
        let mut shown: Vec<usize> = Vec::new();
        for pathway in &catalogue.pathways {
            let ids: Vec<usize> = pathway.steps.iter().map(|step| {
                let id = step.module.as_ref().expect("a module").to_string();
                id[1..].parse().expect("a number")
            }).collect();
            for (step, id) in pathway.steps.iter().zip(&ids) {
                let before: BTreeSet<usize> = step.needs.iter().map(|needed| ids[*needed]).collect();
                prop_assert_eq!(&before, &graph[*id].0, "all that m{} needs, and before it", id);
                prop_assert!(step.needs.iter().all(|needed| pathway.steps[*needed].level < step.level));
                prop_assert_eq!(step.any, graph[*id].1 && before.len() > 1);
            }
            shown.extend(ids);
        }
        shown.sort_unstable();
        let needed = |index: usize| graph.iter().any(|(needs, _)| needs.contains(&index));
        let expected: Vec<usize> = (0..graph.len()).filter(|index| !graph[*index].0.is_empty() || needed(*index)).collect();
        prop_assert_eq!(shown, expected, "each module with a prerequisite, or that is one, just once");
    }

    #[test]
    fn circles_leave_nothing_out_and_end(graph in graphs(true)) {
        let catalogue = catalogue_of(&graph);
        let shown: BTreeSet<&ModuleId> =
            catalogue.pathways.iter().flat_map(|pathway| &pathway.steps).filter_map(|step| step.module.as_ref()).collect();
        let n_joined = (0..graph.len()).filter(|index| {
            !graph[*index].0.is_empty() || graph.iter().any(|(needs, _)| needs.contains(index))
        });
        prop_assert_eq!(shown.len(), n_joined.count());
        for pathway in &catalogue.pathways {
            for (index, step) in pathway.steps.iter().enumerate() {
                prop_assert!(step.needs.iter().all(|needed| *needed < index));
            }
        }
    }
}
