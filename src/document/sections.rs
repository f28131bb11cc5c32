//! The titles by which the program knows what a section is about.
//!
//! A title is understood only when every part of it is: a known name and, behind it, nothing but
//! words that qualify it ("Objectifs **pédagogiques de la formation**"). A heading that merely
//! begins with a known word ("Les objectifs du développement durable") stays the author's own.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::document::body::SectionKind::{self, *};
use crate::fold::fold;

/// The names of each kind, folded, French first.
const NAMES: &[(SectionKind, &str)] = &[
    (
        Context,
        "contexte, contextes, pourquoi, pourquoi cette formation, pourquoi ce module, pourquoi se former, \
         pourquoi cet accompagnement, enjeux, enjeu, constat, constats, preambule, presentation, \
         introduction, en bref, de quoi s agit il, problematique, origine, context, background, why, why this \
         course, why this training, rationale, overview, about, about this course",
    ),
    (
        Aim,
        "finalite, finalites, but, buts, objectif general, objectif principal, objectif global, ambition, \
         ambitions, intention, intentions, visee, visees, aim, aims, purpose, goal, overall aim, overall \
         objective, general objective, main objective",
    ),
    (
        Objectives,
        "objectif, objectifs, competences, competence, competences visees, acquis, acquis vises, a l issue de \
         la formation, a l issue du module, a l issue de l accompagnement, a l issue, a la fin, a la fin de \
         la formation, au terme de la formation, a l issue de cette formation, a l issue du parcours, vous \
         serez capable, vous serez capables, ce que vous saurez faire, ce que vous allez apprendre, \
         benefices, objectives, objective, learning objectives, learning outcomes, outcomes, goals, skills, \
         competencies, you will be able to, you will learn, what you will learn, by the end",
    ),
    (
        Programme,
        "programme, contenu, contenus, deroule, deroulement, plan, plan de la formation, sequences, etapes, \
         au programme, le programme en detail, contenu et deroule, sommaire, modules, seances, journees, \
         deroule des seances, fil conducteur, program, content, contents, agenda, syllabus, outline, course \
         outline, course content, schedule, curriculum",
    ),
    (
        Audience,
        "public, publics, public vise, publics vises, public concerne, public cible, pour qui, pour quel \
         public, a qui s adresse, a qui s adresse cette formation, a qui s adresse ce module, a qui cela s \
         adresse, a qui ca s adresse, qui peut participer, participants, participantes, destinataires, \
         beneficiaires, profil des participants, professionnels concernes, personnes concernees, audience, \
         who is it for, for whom, who should attend, target audience, who this is for, attendees, target \
         group",
    ),
    (
        Prerequisites,
        "prerequis, pre requis, conditions d acces, conditions d admission, conditions prealables, niveau \
         requis, niveau attendu, avant de venir, avant la formation, prealable, prealables, prerequisites, \
         prerequisite, requirements, entry requirements, before you come",
    ),
    (
        Methods,
        "methode, methodes, methodologie, pedagogie, modalites pedagogiques, modalite pedagogique, modalites, \
         approche, approches, demarche, demarches, approche pedagogique, demarche pedagogique, modalites d \
         animation, animation, techniques pedagogiques, principes pedagogiques, comment, comment ca marche, \
         comment cela se passe, modalites de mise en oeuvre, modalites d intervention, methods, method, \
         methodology, teaching methods, training methods, approach, pedagogy, how, how it works",
    ),
    (
        Means,
        "moyens, moyen, ressources, outils, supports, materiel, moyens pedagogiques, moyens techniques, \
         moyens mobilises, equipe pedagogique, encadrement, equipement, logistique, support pedagogique, \
         outils pedagogiques, means, resources, tools, materials, equipment, facilities",
    ),
    (
        Assessment,
        "evaluation, evaluations, modalites d evaluation, modalite d evaluation, modalites de suivi, suivi, \
         dispositif d evaluation, evaluer, validation, modes d evaluation, mode d evaluation, criteres d \
         evaluation, controle, appreciation, sanction, assessment, assessments, evaluating, how it is \
         assessed, assessment methods, examination",
    ),
    (
        Deliverables,
        "livrable, livrables, livrables attendus, productions, production, documents remis, ce que vous \
         recevez, rendus, ce qui est remis, deliverable, deliverables, outputs, what you receive, handouts",
    ),
    (
        UseCases,
        "cas d usage, cas d usages, cas d utilisation, exemples, exemples d usage, exemples d application, \
         exemples d interventions, exemples d accompagnements, situations, cas pratiques, cas concrets, \
         applications, applications pratiques, quand y recourir, quand faire appel, use cases, use case, \
         examples, when to use it",
    ),
    (
        Topics,
        "thematique, thematiques, themes, theme, sujets, sujets abordes, themes abordes, notions, notions \
         abordees, themes traites, mots cles, questions abordees, topics, topic, subjects, keywords, topics \
         covered",
    ),
    (
        Results,
        "resultats, resultat, indicateurs, indicateurs de resultats, chiffres, chiffres cles, effets, impact, \
         impacts, retours, temoignages, taux de satisfaction, satisfaction, nos resultats, resultats \
         attendus, effets attendus, results, key figures, impact figures, testimonials",
    ),
    (
        After,
        "et apres, apres, suite, suites, la suite, pour aller plus loin, aller plus loin, prolongements, \
         prolongement, poursuite de parcours, suites de parcours, apres la formation, passerelles, debouches, \
         perspectives, et ensuite, ensuite, after, afterwards, what next, next steps, going further, follow \
         up, after the course, after the training",
    ),
];

/// Words that may stand behind a name without changing what the section is about: small words, what
/// is qualified, how it is qualified.
const QUALIFIERS: &[&str] = &[
    "de du des d la le les l un une a au aux en et ou par pour sur s se ce cet cette ces son ses nos notre vos \
     votre leur leurs est sont il elle on y t dans avec qui que vous nous serez seront sera capable capables \
     etre the of this for and your our to it is an in you will be able who",
    "formation formations module modules dispositif parcours accompagnement accompagnements stage session \
     sessions seance seances atelier ateliers intervention interventions conference action projet groupe \
     journee journees jour jours heures h apprentissage apprentissages acquis competences participants \
     participantes participant participante stagiaires stagiaire apprenants apprenant apprenantes \
     beneficiaires professionnels professionnelles equipe equipes satisfaction resultats effets acces \
     animation encadrement suivi execution usage course training programme program learning day days knowledge \
     participation connaissances issue fin terme",
    "operationnel operationnels operationnelle operationnelles pedagogique pedagogiques general generaux \
     generale generales specifique specifiques principal principaux principale principales global globaux \
     professionnel vise vises visee visees concerne concernes concernee concernees cible cibles attendu \
     attendus attendue attendues possible possibles detaille detailles detaillee indicatif indicative \
     previsionnel complet propose proposes proposee proposees aborde abordes abordee abordees traite traites \
     traitees mobilise mobilises mobilisee mobilisees utilise utilises utilisee utilisees technique techniques \
     humain humains humaines materiel materiels materielles requis requise recommande recommandes necessaire \
     necessaires remis remises fournis fournies cles cle final finale finaux continue individuel individuelle \
     collectif collective developpees acquises evaluees prevu prevus prevue synthetique envisage envisages \
     envisageables concrets concretes pratique pratiques destinataire destinataires actif active actives \
     participative participatives theorique theoriques detailed main key expected specific operational general \
     covered target overall aussi plus loin",
];

/// Words between parts of a title, as against inside a name ("Et après ?").
const JOINTS: &[&str] = &["et", "ou", "puis", "and", "or"];

/// The names by their first word, the longest first: most titles have none, and one look tells.
static FIRST_WORDS: LazyLock<HashMap<&str, Vec<(&str, SectionKind)>>> = LazyLock::new(|| {
    let mut names: Vec<(&str, SectionKind)> =
        NAMES.iter().flat_map(|(kind, names)| names.split(", ").map(|name| (name, *kind))).collect();
    names.sort_by_key(|(name, _)| Reverse(name.len()));
    let mut by_word: HashMap<&str, Vec<(&str, SectionKind)>> = HashMap::new();
    for (name, kind) in names {
        by_word.entry(name.split(' ').next().unwrap_or(name)).or_default().push((name, kind));
    }
    by_word
});

static QUALIFYING: LazyLock<HashSet<&str>> =
    LazyLock::new(|| QUALIFIERS.iter().flat_map(|words| words.split(' ')).collect());

/// What a heading with this title says its section is about: nothing, one thing or several.
///
/// "Contenu, moyens et méthode" is three, "Les objectifs du développement durable" none.
pub(crate) fn kinds_of(title: &str) -> Vec<SectionKind> {
    // A title is short; a paragraph by mistake marked as a heading names nothing.
    if title.len() > 200 {
        return Vec::new();
    }
    let mut kinds = Vec::new();
    for part in split(unnumbered(title)) {
        match known(&part) {
            Part::Kind(kind) if kinds.contains(&kind) => {}
            Part::Kind(kind) => kinds.push(kind),
            Part::Qualifiers if !kinds.is_empty() => {}
            Part::Qualifiers | Part::Unknown => return Vec::new(),
        }
    }
    kinds
}

enum Part {
    Kind(SectionKind),
    /// Only the end of the part before: "Objectifs généraux **et spécifiques**".
    Qualifiers,
    Unknown,
}

/// Takes "1.", "II –" or "A)" off the start.
fn unnumbered(title: &str) -> &str {
    let title = title.trim();
    let Some((number, rest)) = title.split_once([' ', '\u{A0}']) else { return title };
    let bare = number.trim_end_matches(['.', ')', '-', '–', ':', '°']);
    let roman = bare.len() <= 4 && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_uppercase());
    let digits = bare.chars().all(|c| c.is_ascii_digit() || c == '.');
    let marked = bare.len() < number.len() || rest.starts_with(['–', '—', '-', '.', ')']);
    if !bare.is_empty() && marked && (roman || letter || digits) {
        rest.trim_start_matches(['–', '—', '-', '.', ')', ' ', '\u{A0}'])
    } else {
        title
    }
}

/// Cuts a title at its punctuation and joints, and folds the parts.
fn split(title: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let has_dash = title.contains(" - ") || title.contains("\u{A0}-\u{A0}");
    let marked = match has_dash {
        true => Cow::Owned(title.replace(" - ", "–").replace("\u{A0}-\u{A0}", "–")),
        false => Cow::Borrowed(title),
    };
    for piece in marked.split([',', '&', '/', '–', '—', '+', ';', ':', '?', '!', '(', ')', '|', '•', '…']) {
        let folded = fold(piece);
        if folded.is_empty() {
            continue;
        }
        if !folded.split(' ').any(|word| JOINTS.contains(&word)) {
            parts.push(folded);
            continue;
        }
        let words: Vec<&str> = folded.split(' ').collect();
        let halves: Vec<String> = words
            .split(|word| JOINTS.contains(word))
            .filter(|half| !half.is_empty())
            .map(|half| half.join(" "))
            .collect();
        // Some names hold a joint themselves, and are none when cut there.
        let is_name = matches!(known(&folded), Part::Kind(_));
        if is_name && halves.iter().any(|half| matches!(known(half), Part::Unknown)) {
            parts.push(folded);
        } else {
            parts.extend(halves);
        }
    }
    parts
}

/// What one folded part says.
fn known(part: &str) -> Part {
    let part = ["les ", "le ", "la ", "l ", "nos ", "notre ", "vos ", "our ", "the ", "your "]
        .iter()
        .find_map(|article| part.strip_prefix(article).filter(|rest| longest_name(rest).is_some()))
        .unwrap_or(part);
    let name = longest_name(part);
    let rest = name.map_or(part, |(_, length)| &part[length..]);
    let qualified = rest
        .split(' ')
        .all(|word| word.is_empty() || QUALIFYING.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit()));
    match name {
        Some((kind, _)) if qualified => Part::Kind(kind),
        None if qualified => Part::Qualifiers,
        _ => Part::Unknown,
    }
}

/// The longest name with which `part` begins, and its length.
fn longest_name(part: &str) -> Option<(SectionKind, usize)> {
    let (first, _) = part.split_once(' ').unwrap_or((part, ""));
    let names = FIRST_WORDS.get(first)?;
    let name = names
        .iter()
        .find(|(name, _)| part.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    name.map(|(name, kind)| (*kind, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, kinds: &[SectionKind]) {
        assert_eq!(kinds_of(title), kinds, "{title}");
    }

    #[test]
    fn one_kind() {
        for (kind, titles) in [
            (
                Objectives,
                "Objectifs | OBJECTIFS PÉDAGOGIQUES | Objectifs opérationnels | Objectifs généraux et \
             spécifiques | Objectifs de la formation : | Objectifs du dispositif | Compétences visées | \
             À l’issue de la formation | À l'issue de la formation, vous serez capable de : | 1. \
             Objectifs | II – Objectifs visés | Learning outcomes | Nos objectifs",
            ),
            (Aim, "Objectif général | Finalité | Finalités de la formation"),
            (
                Programme,
                "Programme | Contenu de la formation | Déroulé des séances | Programme détaillé (2 jours) | \
             Course outline",
            ),
            (
                Audience,
                "Public | Public visé | Publics concernés | Pour qui ? | À qui s'adresse cette formation ? \
             | Who is it for?",
            ),
            (Prerequisites, "Prérequis | Pré-requis | Pré requis nécessaires"),
            (Methods, "Méthode pédagogique | Méthodes pédagogiques | Modalités pédagogiques | Méthodologie"),
            (Means, "Moyens | Moyens pédagogiques, techniques et d’encadrement | Ressources"),
            (Assessment, "Évaluation | Évaluation des acquis | Modalités d’évaluation | Assessment"),
            (Deliverables, "Livrables | Livrables possibles"),
            (UseCases, "Cas d’usage | Exemples d’interventions"),
            (Topics, "Thématiques | Thématiques abordées | Thèmes possibles"),
            (Results, "Résultats | Indicateurs de résultats"),
            (After, "Et après | Et après ? | Suites de parcours | Suites"),
            (Context, "Contexte | Pourquoi cette formation ? | Background"),
        ] {
            for title in titles.split(" | ") {
                check(title, &[kind]);
            }
        }
    }

    #[test]
    fn several_kinds() {
        check("Contenu, moyens et méthode", &[Programme, Means, Methods]);
        check("Publics visés et prérequis", &[Audience, Prerequisites]);
        check("Contexte – objectifs", &[Context, Objectives]);
        check("Contexte - Objectifs", &[Context, Objectives]);
        check("Méthodes & moyens pédagogiques", &[Methods, Means]);
        check("Public / prérequis", &[Audience, Prerequisites]);
        check("Public et pré-requis", &[Audience, Prerequisites]);
        check("Évaluation des acquis et de la satisfaction", &[Assessment]);
        check("Évaluation et résultats", &[Assessment, Results]);
    }

    #[test]
    fn none() {
        for title in [
            "",
            "?",
            "Les objectifs du développement durable vus par l'équipe",
            "Jour 1 : État des lieux",
            "Tarifs",
            "Programme national nutrition santé",
            "Public et ville de Lyon",
            "Contactez-nous",
            "de la formation",
            "Publication",
            "Intervenants",
            "Accessibilité",
        ] {
            check(title, &[]);
        }
        check(&"objectifs ".repeat(100), &[]);
    }

    #[test]
    fn names_are_folded_and_stand_for_one_kind() {
        let mut seen = std::collections::BTreeMap::new();
        for (kind, names) in NAMES {
            for name in names.split(", ") {
                assert_eq!(name, fold(name));
                assert!(seen.insert(name, *kind).is_none(), "{name} twice");
            }
        }
        for word in QUALIFIERS.iter().flat_map(|words| words.split(' ')) {
            assert_eq!(word, fold(word));
        }
    }
}
