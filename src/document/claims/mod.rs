//! [`claims`]: what a text may not say of a training, its registration or who pays for it.
//!
//! Found word by word, without case or accents, in the prose of bodies and in the short texts of front matter and
//! settings. In doubt nothing is found: a sentence that says « peut », « sous réserve » or « pas » promises nothing.

mod words;

use std::ops::Range;

use memchr::memmem;

use crate::diagnostic::Rule;
use crate::fold::fold;

use super::remark::Remark;
use words::{Word, sentence_around, span_of, words};

/// What may follow a claim that is none.
const DOUBTS: &[&str] = &[
    "peut",
    "peuvent",
    "pouvez",
    "pouvant",
    "pourra",
    "pourront",
    "pourrait",
    "pourraient",
    "possible",
    "possibles",
    "possibilite",
    "selon",
    "sous",
    "reserve",
    "si",
    "eventuel",
    "eventuelle",
    "eventuellement",
    "condition",
    "conditions",
    "demande",
    "demandez",
    "demander",
    "accord",
    "pas",
    "non",
    "ni",
    "jamais",
    "aucun",
    "aucune",
    "sans",
    "faut",
    "verifiez",
    "may",
    "can",
    "could",
    "if",
    "not",
    "might",
    "subject",
];

/// Whether a text has a word with which any claim begins: nearly all have none, and are read no further.
pub(super) fn may_claim(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "ualiopi",
        "UALIOPI",
        "gréé",
        "grée",
        "gree",
        "GRÉÉ",
        "gréme",
        "GRÉME",
        "greme",
        "charge",
        "CHARGE",
        "inanc",
        "INANC",
        "OPCO",
        "Opco",
        "opco",
        "nregistr",
        "NREGISTR",
        "NDA",
        "éclaration d",
        "ÉCLARATION D",
        "onforme",
        "ONFORME",
        "%",
    ];
    SIGNS.iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// Everything that a text claims and may not, with places in bytes of the text.
pub(crate) fn claims(text: &str) -> Vec<Remark> {
    if !may_claim(text) {
        return Vec::new();
    }
    let words = words(text);
    let mut found = Vec::new();
    for at in 0..words.len() {
        let claim = certified_training(&words, at)
            .map(|range| (Rule::Qf05, range))
            .or_else(|| approved(&words, at).map(|range| (Rule::Ad03, range)))
            .or_else(|| paid_for(&words, at).map(|range| (Rule::Ad04, range)));
        if let Some((rule, range)) = claim {
            let span = span_of(&words, &range);
            let said = text.get(span.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            found.push(Remark::new(rule, span).arg("text", said));
        }
    }
    found.dedup_by(|one, two| one.rule == two.rule && one.span.start < two.span.end && two.span.start < one.span.end);
    found
}

/// Where a text prints the number of a provider's registration, and that number.
pub(crate) fn registrations(text: &str) -> Vec<(Range<usize>, String)> {
    if !may_claim(text) {
        return Vec::new();
    }
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((end, number)) = eleven_digits(&words, at) else {
            at += 1;
            continue;
        };
        let near = &words[at.saturating_sub(12)..at];
        let begins = |start: &str| near.iter().any(|word| word.folded.starts_with(start));
        let is = |wanted: &str| near.iter().any(|word| word.folded == wanted);
        let is_registration = is("nda")
            || begins("enregistre") && (is("n") || begins("numero"))
            || begins("declaration") && is("activite")
            || begins("registered") && begins("number");
        if is_registration {
            found.push((span_of(&words, &(at..end)), number));
        }
        at = end;
    }
    found
}

/// Whether a text has the sentence that goes with such a number, unchanged.
pub(crate) fn has_disclaimer(text: &str) -> bool {
    fold(text).contains("cet enregistrement ne vaut pas agrement de l etat")
}

/// Where a declaration of accessibility says that criteria are met, all or some, or how many.
pub(crate) fn conformities(text: &str) -> Vec<Range<usize>> {
    if !may_claim(text) {
        return Vec::new();
    }
    let words = words(text);
    let is = |at: usize, wanted: &[&str]| words.get(at).is_some_and(|word| wanted.contains(&word.folded.as_str()));
    let near = |at: usize, n: usize, wanted: &[&str]| {
        let around = at.saturating_sub(n)..(at + n + 1).min(words.len());
        around.into_iter().any(|index| is(index, wanted))
    };
    let mut found = Vec::new();
    for at in 0..words.len() {
        let says_so = is(at, &["totalement", "partiellement", "fully", "partially"])
            && is(at + 1, &["conforme", "compliant"])
            && !(1..=3).any(|back| {
                at >= back && is(at - back, &["pas", "non", "devenir", "etre", "rendre", "not", "ni", "ou"])
            })
            && !is(at + 2, &["ou", "or"]);
        let is_rate = words[at].folded.bytes().all(|byte| byte.is_ascii_digit())
            && is(at + 1, &["%"])
            && near(at, 5, &["criteres", "critere", "rgaa", "wcag", "conformite", "criteria"]);
        if says_so || is_rate {
            found.push(span_of(&words, &(at..at + 2)));
        }
    }
    found
}

/// Whether a text tells of an audit that was made.
pub(crate) fn tells_of_audit(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_audit = |at: usize| words[at] == "audit" || words[at] == "audite";
    let denies = ["aucun", "sans", "prochain", "futur", "pas", "no", "without"];
    let is_denied = |at: usize| words[at.saturating_sub(3)..at].iter().any(|word| denies.contains(word));
    (0..words.len()).any(|at| is_audit(at) && !is_denied(at))
}

/// QF-05: « formation certifiée Qualiopi ». The certificate is the provider's.
fn certified_training(words: &[Word], at: usize) -> Option<Range<usize>> {
    const TRAININGS: &[&str] = &[
        "formation",
        "formations",
        "module",
        "modules",
        "stage",
        "stages",
        "parcours",
        "session",
        "sessions",
        "training",
        "trainings",
        "course",
        "courses",
    ];
    const BETWEEN: &[&str] = &[
        "est",
        "sont",
        "etre",
        "sera",
        "seront",
        "toutes",
        "tous",
        "deja",
        "professionnelle",
        "professionnelles",
        "continue",
        "continues",
        "courte",
        "courtes",
        "et",
        "ainsi",
        "is",
        "are",
        "all",
    ];
    const CERTIFIED: &[&str] = &[
        "certifie",
        "certifiee",
        "certifies",
        "certifiees",
        "certifiante",
        "certifiantes",
        "labellisee",
        "labellisees",
    ];
    if words[at].folded != "qualiopi" {
        return None;
    }
    let is = |at: Option<usize>, wanted: &[&str]| {
        at.and_then(|at| words.get(at)).is_some_and(|word| wanted.contains(&word.folded.as_str()))
    };
    // "Qualiopi-certified training"
    if is(at.checked_add(1), &["certified"])
        && is(at.checked_add(2), TRAININGS)
        && !is(at.checked_add(3), &["provider", "organisation", "centre"])
    {
        return Some(at..at + 3);
    }
    let certified = (1..=3).filter_map(|back| at.checked_sub(back)).find(|at| is(Some(*at), CERTIFIED));
    let certified = certified.or_else(|| (is(at.checked_add(1), &["certified"])).then_some(at))?;
    let mut here = certified.checked_sub(1)?;
    while is(Some(here), BETWEEN) {
        here = here.checked_sub(1)?;
    }
    // « organisme de formation certifié » : it is the organisation that is certified.
    let is_of_something = is(here.checked_sub(1), &["de", "d", "en", "la qualite"]);
    let is_one_sentence = words[here + 1..=at].iter().all(|word| !word.begins);
    (is(Some(here), TRAININGS) && !is_of_something && is_one_sentence).then_some(here..at + 1)
}

/// AD-03: « agréé par l'État ». A registration is no approval.
fn approved(words: &[Word], at: usize) -> Option<Range<usize>> {
    const APPROVED: &[&str] = &["agree", "agreee", "agrees", "agreees"];
    const STATE: &[&str] = &["etat", "prefecture", "prefet", "dreets", "drieets", "direccte", "ministere"];
    let is = |at: usize, wanted: &[&str]| words.get(at).is_some_and(|word| wanted.contains(&word.folded.as_str()));
    if is_doubted(&words[at.saturating_sub(4)..at]) {
        return None;
    }
    if is(at, APPROVED) {
        let who = (at + 2..at + 5).find(|who| is(*who, STATE) && !words[at + 1..=*who].iter().any(|word| word.begins));
        if let Some(who) = who.filter(|_| is(at + 1, &["par"])) {
            return Some(at..who + 1);
        }
        // « agréée par l'ARS » may be true.
        let is_before = is(at + 1, &["formation", "formations"]);
        return (is_before && !words[at + 1].begins).then_some(at..at + 2);
    }
    let is_after = is(at, &["formation", "formations", "organisme"]) && is(at + 1, APPROVED);
    if is_after && !words[at + 1].begins && !is(at + 2, &["par", "pour", "au"]) {
        return Some(at..at + 2);
    }
    let is_state = is(at, &["agrement"]) && is(at + 1, &["de"]) && is(at + 2, &["l"]) && is(at + 3, &["etat"]);
    is_state.then_some(at..at + 4)
}

/// AD-04: « 100 % pris en charge », or a fund that pays for sure.
fn paid_for(words: &[Word], at: usize) -> Option<Range<usize>> {
    const FINANCED: &[&str] = &["finance", "financee", "finances", "financees"];
    let is = |at: usize, wanted: &[&str]| words.get(at).is_some_and(|word| wanted.contains(&word.folded.as_str()));
    let is_charge = |at: usize| {
        is(at, &["pris", "prise", "prises", "prend", "prennent", "prendra"])
            && is(at + 1, &["en"])
            && is(at + 2, &["charge"])
    };
    let sentence = sentence_around(words, at);
    let claim = if is(at, &["100"]) && is(at + 1, &["%"]) {
        let charged = (at + 2..at + 4).find(|at| is_charge(*at));
        let paid = (at + 2..at + 4).find(|at| is(*at, FINANCED));
        charged.map(|end| at..end + 3).or(paid.map(|end| at..end + 1))
    } else if is_charge(at) {
        let after = at + 3;
        let whole = is(after, &["a"]) && is(after + 1, &["100"]) && is(after + 2, &["%"]);
        let sure = is(after, &["garantie", "garanties", "totale", "integrale", "automatique"]);
        // « prise en charge par votre OPCO »
        let by = (after + 1..after + 4).find(|who| is(after, &["par"]) && is(*who, &["opco", "opcos"]));
        let passive = is(at, &["pris", "prise", "prises"]);
        let by = by.filter(|_| passive);
        whole.then_some(at..after + 3).or(sure.then_some(at..after + 1)).or(by.map(|who| at..who + 1))
    } else if is(at, &["opco", "opcos"]) {
        const PAYS: &[&str] = &[
            "financera",
            "financeront",
            "paie",
            "paye",
            "paiera",
            "paiera",
            "rembourse",
            "remboursera",
            "finance",
            "financent",
        ];
        let verb = (at + 1..at + 5)
            .find(|verb| is(*verb, PAYS) || is(*verb, &["prend", "prennent", "prendra"]) && is_charge(*verb));
        verb.map(|verb| at..if is_charge(verb) { verb + 3 } else { verb + 1 })
    } else if is(at, FINANCED) && is(at + 1, &["par"]) {
        (at + 2..at + 5).find(|who| is(*who, &["opco", "opcos"])).map(|who| at..who + 1)
    } else if is(at, &["reste"]) && is(at + 1, &["a"]) && is(at + 2, &["charge"]) {
        let before = at.checked_sub(1).filter(|before| is(*before, &["zero", "sans"]));
        let after = is(at + 3, &["zero", "nul"]);
        before.map(|before| before..at + 3).or(after.then_some(at..at + 4))
    } else {
        None
    };
    let is_sans = |claim: &Range<usize>| words[claim.start].folded == "sans";
    claim.filter(|claim| {
        let is_one_sentence = claim.end <= sentence.end;
        let others = sentence.clone().filter(|index| !claim.contains(index));
        is_one_sentence && (is_sans(claim) || !others.map(|index| &words[index]).any(is_doubt))
    })
}

fn is_doubt(word: &Word) -> bool {
    DOUBTS.contains(&word.folded.as_str())
}

fn is_doubted(words: &[Word]) -> bool {
    words.iter().any(is_doubt)
}

/// Eleven digits that stand together, perhaps in groups.
fn eleven_digits(words: &[Word], at: usize) -> Option<(usize, String)> {
    let is_number = |word: &Word| word.folded.bytes().all(|byte| byte.is_ascii_digit());
    let mut number = String::new();
    for (index, word) in words.iter().enumerate().skip(at) {
        if !is_number(word) || number.len() + word.folded.len() > 11 {
            break;
        }
        number.push_str(&word.folded);
        let goes_on = words.get(index + 1).is_some_and(|next| is_number(next) && !next.begins);
        if number.len() == 11 && !goes_on {
            return Some((index + 1, number));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(Rule, &str)]) {
        let found = claims(text);
        let told: Vec<(Rule, &str)> = found.iter().map(|one| (one.rule, &text[one.span.clone()])).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn a_training_is_not_what_is_certified() {
        check("Une formation certifiée Qualiopi.", &[(Rule::Qf05, "formation certifiée Qualiopi")]);
        check("Nos formations sont certifiées « Qualiopi ».", &[(Rule::Qf05, "formations sont certifiées « Qualiopi")]);
        check("Toutes nos FORMATIONS CERTIFIÉES QUALIOPI", &[(Rule::Qf05, "FORMATIONS CERTIFIÉES QUALIOPI")]);
        check("A Qualiopi-certified training", &[(Rule::Qf05, "Qualiopi-certified training")]);
        for sound in [
            "Un organisme de formation certifié Qualiopi.",
            "Traversées est certifiée Qualiopi.",
            "Notre centre de formation est certifié Qualiopi depuis 2021.",
            "Ce n'est pas la formation qui est certifiée. Qualiopi porte sur l'organisme.",
            "La formation n'est pas certifiée Qualiopi.",
            "Certification Qualiopi au titre des actions de formation",
            "A Qualiopi certified training provider",
        ] {
            check(sound, &[]);
        }
    }

    #[test]
    fn a_registration_is_no_approval() {
        check("Organisme agréé par l’État", &[(Rule::Ad03, "agréé par l’État")]);
        check("agréée par le ministère du Travail", &[(Rule::Ad03, "agréée par le ministère")]);
        check("Nous avons l'agrément de l'État.", &[(Rule::Ad03, "agrément de l'État")]);
        check("Formation agréée !", &[(Rule::Ad03, "Formation agréée")]);
        for sound in [
            "Cet enregistrement ne vaut pas agrément de l'État.",
            "L'organisme n'est pas agréé par l'État.",
            "Une formation agréée par l'ARS.",
            "Le projet est agréé. Par l'État, rien n'est dit.",
        ] {
            check(sound, &[]);
        }
    }

    #[test]
    fn nobody_pays_for_sure() {
        check("100 % pris en charge !", &[(Rule::Ad04, "100 % pris en charge")]);
        check("Formation 100% financée", &[(Rule::Ad04, "100% financée")]);
        check("Prise en charge à 100 % par l'État", &[(Rule::Ad04, "Prise en charge à 100 %")]);
        check("La prise en charge garantie", &[(Rule::Ad04, "prise en charge garantie")]);
        check("L'OPCO Santé finance cette formation.", &[(Rule::Ad04, "OPCO Santé finance")]);
        check("Prise en charge par votre OPCO.", &[(Rule::Ad04, "Prise en charge par votre OPCO")]);
        check("Sans reste à charge.", &[(Rule::Ad04, "Sans reste à charge")]);
        for sound in [
            "Peut être prise en charge par votre OPCO.",
            "Votre OPCO prend en charge la formation sous réserve de son accord.",
            "Une prise en charge est possible : parlez-en à votre OPCO.",
            "La prise en charge des patients.",
            "L'accueil est pris en charge par l'équipe. 100 % des personnes le disent.",
            "94 % de personnes satisfaites",
        ] {
            check(sound, &[]);
        }
    }

    #[test]
    fn registration_numbers_are_found_by_what_stands_before() {
        let numbers = |text: &str| registrations(text).into_iter().map(|(_, number)| number).collect::<Vec<_>>();
        assert_eq!(numbers("Déclaration d'activité n° 32 59 99999 59."), ["32599999959"]);
        assert_eq!(numbers("Organisme enregistré sous le numéro 32599999959"), ["32599999959"]);
        assert_eq!(numbers("NDA : 32599999959"), ["32599999959"]);
        assert!(numbers("Compte 32599999959").is_empty());
        assert!(numbers("Enregistré sous le numéro 12345678200010").is_empty());
        assert!(has_disclaimer("Cet enregistrement ne vaut pas agrément de l’État."));
    }

    #[test]
    fn what_an_audit_says_of_a_site_is_found() {
        let told = |text: &str| conformities(text).len();
        assert_eq!(told("Ce site est partiellement conforme au RGAA."), 1);
        assert_eq!(told("Ce site respecte 72 % des critères du RGAA."), 1);
        assert_eq!(told("Ce site est non conforme."), 0);
        assert_eq!(told("Nous voulons devenir totalement conforme."), 0);
        assert_eq!(told("94 % de personnes satisfaites"), 0);
        assert!(tells_of_audit("L'audit du 3 mars 2026, mené par un cabinet"));
        assert!(!tells_of_audit("aucun audit n'a encore été fait"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", built in "((formation|certifiée|qualiopi|agréé|par|l'|État|100|%|prise|en|charge|OPCO|finance|[0-9]{1,12}|é|\\.)[ .]?){0,12}") {
            for text in [text, built] {
                for claim in claims(&text) {
                    prop_assert!(text.get(claim.span).is_some());
                }
                for (span, number) in registrations(&text) {
                    prop_assert!(text.get(span).is_some() && number.len() == 11);
                }
                conformities(&text).into_iter().for_each(|span| assert!(text.get(span).is_some()));
            }
        }
    }
}
