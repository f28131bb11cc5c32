//! Which modules are found akin, and which are not.

use proptest::prelude::*;

use super::*;
use crate::catalogue::in_tests::catalogue;

/// The modules nearest to one, by their ids.
fn nearest(modules: &[(&str, &str)], of: &str) -> Vec<String> {
    let (catalogue, _) = catalogue(modules, "2026-11-24");
    let kinship = Kinship::new(&catalogue, Lang::French, |_| 0);
    let place = catalogue.listed.iter().position(|id| id.as_str() == of).expect("listed");
    kinship.nearest(place, 3, |_| true).into_iter().map(|place| catalogue.listed[place].to_string()).collect()
}

#[test]
fn what_few_share_says_more_than_what_many_do() {
    let modules = [
        ("a", "titre: Entendre des voix\nthèmes: [Santé]\npublics: [Soignants]"),
        ("b", "titre: Vivre avec les voix\nthèmes: [Santé]\npublics: [Cadres]"),
        ("c", "titre: Écouter\nthèmes: [Santé]\npublics: [Soignants]"),
        ("d", "titre: Jardiner\nthèmes: [Santé]\npublics: [Cadres]"),
        ("e", "titre: Chanter\nthèmes: [Musique]\npublics: [Cadres]"),
        ("f", "titre: Peindre\nthèmes: [Musique]\npublics: [Cadres]"),
    ];
    assert_eq!(nearest(&modules, "a"), ["b", "c", "d"]);
    assert_eq!(nearest(&modules, "e"), ["f", "d", "b"]);
}

#[test]
fn words_are_compared_by_their_stems() {
    let modules = [
        ("a", "titre: Accompagner les soignants\nrésumé: Les gestes"),
        ("b", "titre: Être soignante"),
        ("c", "titre: Un geste de plus"),
        ("d", "titre: La pluie"),
        ("e", "titre: Les nuages"),
        ("f", "titre: Les orages"),
        ("g", "titre: Les neiges"),
    ];
    assert_eq!(nearest(&modules, "a"), ["b", "c"], "and none for the article that all have");
}

#[test]
fn nothing_in_common_is_no_kinship() {
    let modules = [("a", "titre: Un\nnature: parcours"), ("b", "titre: Deux"), ("c", "titre: Trois\narchivé: oui")];
    assert_eq!(nearest(&modules, "a"), [""; 0]);
    assert_eq!(nearest(&modules[..1], "a"), [""; 0]);
}

#[test]
fn the_rank_decides_between_equals_and_what_may_not_stand_is_passed_over() {
    let modules = [("a", "titre: A\nthèmes: [T]"), ("b", "titre: B\nthèmes: [T]"), ("c", "titre: C\nthèmes: [T]")];
    let (catalogue, _) = catalogue(&modules, "2026-11-24");
    let backwards = |id: &ModuleId| 9 - usize::from(id.as_str().as_bytes()[0] - b'a');
    let kinship = Kinship::new(&catalogue, Lang::French, backwards);
    assert_eq!(kinship.nearest(0, 3, |_| true), [2, 1]);
    assert_eq!(kinship.nearest(0, 1, |_| true), [2]);
    assert_eq!(kinship.nearest(0, 3, |place| place != 2), [1]);
    assert_eq!(kinship.nearest(7, 3, |_| true), [0; 0]);
}

#[test]
fn a_theme_of_very_many_still_finds_some() {
    let modules: Vec<(String, String)> =
        (0..COMMON + 50).map(|n| (format!("m{n:04}"), format!("titre: T{n:04}\nthèmes: [Un]"))).collect();
    let modules: Vec<(&str, &str)> = modules.iter().map(|(name, matter)| (name.as_str(), matter.as_str())).collect();
    let around: Vec<String> = (0..3).map(|n| format!("m{:04}", 100 - COMPARED / 2 + n)).collect();
    assert_eq!(nearest(&modules, "m0100"), around, "those around it, by title");
    assert_eq!(nearest(&modules, "m0000").len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn kinship_is_mutual_and_never_with_oneself(
        features in proptest::collection::vec((0..4_usize, 0..3_usize, "[abc]{3,4}( [abc]{3,4}){0,3}", any::<bool>()), 2..14),
    ) {
        let modules: Vec<(String, String)> = features.iter().enumerate().map(|(n, (topic, audience, words, archived))| {
            let archived = if *archived && n > 0 { "\narchivé: oui" } else { "" };
            (format!("m{n:02}"), format!("titre: Z{n} {words}\nthèmes: [T{topic}]\npublics: [P{audience}]{archived}"))
        }).collect();
        let short: Vec<(&str, &str)> = modules.iter().map(|(name, matter)| (name.as_str(), matter.as_str())).collect();
        let (catalogue, _) = catalogue(&short, "2026-11-24");
        let kinship = Kinship::new(&catalogue, Lang::French, |_| 0);
        let again = Kinship::new(&catalogue, Lang::French, |_| 0);
        let n = catalogue.listed.len();
        let all: Vec<Vec<usize>> = (0..n).map(|place| kinship.nearest(place, n, |_| true)).collect();
        for (place, found) in all.iter().enumerate() {
            prop_assert!(!found.contains(&place));
            prop_assert_eq!(found, &again.nearest(place, n, |_| true));
            prop_assert!(found.iter().all(|other| all[*other].contains(&place)), "if one is akin to another, so is the other");
            let archived = |place: &usize| catalogue.modules[&catalogue.listed[*place]].matter().archived;
            prop_assert!(!found.iter().any(archived));
            // Fewer are the first of all.
            prop_assert_eq!(&kinship.nearest(place, 2, |_| true)[..], &found[..found.len().min(2)]);
        }
    }
}
