//! The front matter of generated modules.

use std::fmt::Write as _;

use super::chance::Chance;
use super::prose::sentence;
use super::words::Words;
use super::{module_id, module_title};

/// The front matter of a module, between its two lines of dashes.
pub(crate) fn module_matter(seed: u64, number: usize, words: &Words, chance: &mut Chance) -> String {
    let mut out = String::with_capacity(2_000);
    let _ = writeln!(out, "---\ntitre: \"{}\"", module_title(seed, number, words));
    let _ = writeln!(out, "référence: FM-{number:06}");
    let _ = writeln!(out, "résumé: \"{}\"", sentence(words, chance).replace('*', ""));
    key("thèmes", &several(3, &words.themes, chance), &mut out);
    key("publics", &several(3, &words.audiences, chance), &mut out);
    if chance.one_in(2) {
        let places = chance.some(chance_of_regions(number), &words.places);
        let mut regions: Vec<&str> = places.iter().map(|place| place[0].as_str()).collect();
        regions.dedup();
        key("régions", &regions, &mut out);
    }
    let days = chance.between(1, 5);
    let _ = match chance.below(4) {
        0 => writeln!(out, "durée: {} h", days * 7),
        1 => writeln!(out, "durée: {{jours: {days}, heures: {}}}", days * 7),
        _ => writeln!(out, "durée: {days} jour{} ({} h)", if days > 1 { "s" } else { "" }, days * 7),
    };
    let _ = writeln!(out, "modalité: {}", chance.pick(&["presentiel", "presentiel", "mixte", "distanciel"]));
    let _ = writeln!(out, "organisation: {}", chance.pick(&["[inter]", "[intra]", "[inter, intra]"]));
    price(days, chance, &mut out);
    prerequisites(number, chance, &mut out);
    if chance.one_in(3) {
        let _ = writeln!(out, "financeurs: [\"{}\"]", chance.pick(&words.organisations));
    }
    let _ = writeln!(out, "intervenants:");
    for role in chance.some(2, &words.trainers) {
        let _ = writeln!(out, "  - rôle: {role}");
    }
    let _ = writeln!(out, "effectif: {{min: {}, max: {}}}", chance.between(4, 8), chance.between(10, 18));
    sessions(days, words, chance, &mut out);
    let _ = writeln!(out, "mis-à-jour: {}", day(chance.between(0, 690)));
    if chance.one_in(50) {
        let _ = writeln!(out, "anciennes-adresses: [/ancien-catalogue/{number}/]");
    }
    out.push_str("---\n\n");
    out
}

/// Most modules are held in few regions, one in twenty in many.
fn chance_of_regions(number: usize) -> usize {
    if number.is_multiple_of(20) { 9 } else { 1 + number % 3 }
}

fn key(name: &str, values: &[&str], out: &mut String) {
    let _ = writeln!(out, "{name}: [{}]", values.join(", "));
}

fn several<'a>(most: usize, from: &'a [String], chance: &mut Chance) -> Vec<&'a str> {
    let count = chance.between(1, most);
    chance.some(count, from).into_iter().map(String::as_str).collect()
}

fn price(days: usize, chance: &mut Chance, out: &mut String) {
    let euros = days * chance.between(12, 40) * 10;
    let _ = match chance.below(6) {
        0 => writeln!(out, "tarif: gratuit"),
        1 => writeln!(out, "tarif: sur devis"),
        2 => writeln!(
            out,
            "tarif:\n  - {{montant: {euros}, unité: personne, tva: ht, condition: \"financement par l'employeur\"}}\n  \
             - {{montant: {}, unité: personne, tva: ttc, condition: \"financement personnel\"}}",
            euros / 2
        ),
        _ => writeln!(out, "tarif: {euros} € HT par personne"),
    };
}

/// A module may ask for modules of lower numbers only, so that there is no circle.
fn prerequisites(number: usize, chance: &mut Chance, out: &mut String) {
    if number <= 1 || chance.one_in(2) {
        let _ = writeln!(out, "prérequis: aucun");
    } else if chance.one_in(4) {
        // Far from any title, since a text that is near one is taken for a slip.
        let months = chance.between(3, 24);
        let _ = writeln!(out, "prérequis: \"Avoir exercé {months} mois au moins dans un service du secteur\"");
    } else {
        let mut asked: Vec<usize> = (0..chance.between(1, 2)).map(|_| 1 + chance.below(number - 1)).collect();
        asked.sort_unstable();
        asked.dedup();
        let ids: Vec<String> = asked.into_iter().map(module_id).collect();
        let _ = writeln!(out, "prérequis: [{}]", ids.join(", "));
    }
}

fn sessions(days: usize, words: &Words, chance: &mut Chance, out: &mut String) {
    let count = chance.below(7);
    if count == 0 {
        return;
    }
    let mut starts: Vec<usize> = (0..count).map(|_| chance.between(300, 1_060)).collect();
    starts.sort_unstable();
    out.push_str("sessions:\n");
    for start in starts {
        let [region, town, departement] = chance.pick(&words.places);
        let _ = writeln!(out, "  - ville: {town}");
        let _ = match chance.below(3) {
            0 => writeln!(out, "    région: {region}"),
            _ => writeln!(out, "    département: \"{departement}\""),
        };
        let _ = writeln!(out, "    début: {}\n    fin: {}", day(start), day(start + days - 1));
        if chance.one_in(2) {
            let _ = writeln!(out, "    horaires: {{début: \"9:00\", fin: \"17:00\"}}");
        }
        let status = chance.pick(&["ouverte", "ouverte", "ouverte", "confirmee", "complete", "annulee"]);
        let places = chance.between(8, 18);
        let left = if *status == "complete" { 0 } else { chance.below(places) };
        let _ = writeln!(out, "    état: {status}\n    places: {places}\n    places-restantes: {left}");
    }
}

/// The date so many days after 1 January 2025, in a calendar whose months have 28 days: each of its dates exists.
pub(crate) fn day(after: usize) -> String {
    let (year, rest) = (2025 + after / 336, after % 336);
    format!("{year}-{:02}-{:02}", 1 + rest / 28, 1 + rest % 28)
}
