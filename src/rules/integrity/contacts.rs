//! How people and pages are reached (C-10), and who is named (C-11).

use crate::config::{Config, keys, quality};
use crate::diagnostic::{Diagnostic, FieldStep, Part, Place, Placed, Rule, Severity};
use crate::document::{Body, Matter, organisation_matter as organisation};
use crate::entry::{CONTACTS_KEY, Contact, TRAINERS_KEY, contact, trainer};
use crate::fold::fold;
use crate::value::telephone::{is_email, tel_uri};
use crate::yaml::Key;

use super::super::advertising::is_unencrypted;
use super::super::facts::Subject;
use super::super::finding::Findings;
use super::super::settings::{at, in_part, is_without, key};

/// Looks at the contacts and links of the settings.
pub(super) fn check_site(config: &Config, found: &mut Vec<Diagnostic>) {
    let start = |rule, steps: Vec<FieldStep>| in_part(rule, steps, Part::Value);
    check_contacts(&config.contacts, &start, found);
    let legal =
        [(&config.legal.email, &quality::EMAIL, Reach::Email), (&config.legal.phone, &quality::PHONE, Reach::Phone)];
    for (value, key, reach) in legal {
        reach.check(value.as_deref(), vec![keys::LEGAL.step(), key.step()], &start, found);
    }
    let host = vec![keys::LEGAL.step(), quality::HOST.step(), quality::PHONE.step()];
    Reach::Phone.check(config.legal.host.phone.as_deref(), host, &start, found);
    let links = config.menu.iter().chain(&config.memberships).filter_map(|link| link.target.as_ref());
    let badges = config.quality.badges.iter().filter_map(|badge| badge.target.as_ref());
    let others = config.access.url.iter().chain(&config.quality.satisfaction_url);
    for target in links.chain(badges).chain(others).filter(|target| is_unencrypted(&target.value)) {
        found.push(told_unencrypted(at(Rule::C10, target.place.clone()), &target.value));
    }
    if !config.consent {
        let people = config.contacts.iter().enumerate();
        let mut people = people.filter_map(|(nth, one)| Some((nth, one.name.as_ref().filter(|name| is_person(name))?)));
        let n_people = people.clone().count();
        if let Some((nth, name)) = people.next() {
            let steps = vec![CONTACTS_KEY.step(), FieldStep::Item(nth), contact::NAME.step()];
            found.push(told_people(start(Rule::C11, steps), name, n_people, config));
        }
    }
}

/// Looks at the contacts, links and names of a document.
pub(super) fn check(subject: &Subject<'_>, body: &Body, findings: &mut Findings<'_>) {
    let path = &subject.document.path;
    let start = |rule, steps: Vec<FieldStep>| {
        Diagnostic::new(crate::diagnostic::Code::Rule(rule), path, Place::Field(steps, Part::Value))
    };
    let mut found = Vec::new();
    let unencrypted = |target: &Placed<String>| {
        let place = target.place.clone();
        is_unencrypted(&target.value).then(|| told_unencrypted(findings.at(Rule::C10, place), &target.value))
    };
    match &subject.document.matter {
        Matter::Module(matter) if subject.module.is_some() => {
            check_contacts(&matter.contacts, &start, &mut found);
            let documents = matter.documents.iter().filter_map(|document| document.url.as_ref());
            let sessions = matter.sessions.iter().filter_map(|session| session.register_url.as_ref());
            found.extend(documents.chain(sessions).chain(&matter.access.url).filter_map(unencrypted));
        }
        Matter::News(matter) => {
            found.extend(matter.documents.iter().filter_map(|one| one.url.as_ref()).filter_map(unencrypted));
        }
        Matter::Page(matter) => {
            found.extend(matter.documents.iter().filter_map(|one| one.url.as_ref()).filter_map(unencrypted));
        }
        Matter::Organisation(matter) => {
            Reach::Email.check(matter.email.as_deref(), vec![organisation::EMAIL.step()], &start, &mut found);
            Reach::Phone.check(matter.phone.as_deref(), vec![organisation::PHONE.step()], &start, &mut found);
            if let Some(url) = matter.url.as_ref().filter(|url| is_unencrypted(url)) {
                found.push(told_unencrypted(start(Rule::C10, vec![organisation::URL.step()]), url));
            }
        }
        _ => {}
    }
    for link in body.links.iter().filter(|link| is_unencrypted(&link.target)) {
        let at = findings.at(Rule::C10, Place::Span(link.span.clone()));
        found.push(told_unencrypted(at, &link.target));
    }
    found.extend(named_people(subject, findings));
    found.into_iter().for_each(|finding| findings.push(finding));
}

/// C-11: the first person who is named on a sheet, and how many there are.
fn named_people(subject: &Subject<'_>, findings: &Findings<'_>) -> Option<Diagnostic> {
    let matter = subject.module?.matter();
    if subject.site.config.consent {
        return None;
    }
    let trainers = matter.trainers.people.iter().enumerate();
    let trainers =
        trainers.filter_map(|(nth, one)| Some((nth, one.name.as_ref()?, &TRAINERS_KEY, trainer::NAME.step())));
    let contacts = matter.contacts.iter().enumerate();
    let contacts =
        contacts.filter_map(|(nth, one)| Some((nth, one.name.as_ref()?, &CONTACTS_KEY, contact::NAME.step())));
    let mut people = trainers.chain(contacts).filter(|(_, name, ..)| is_person(name));
    let n_people = people.clone().count();
    let n_of_sessions = matter.sessions.iter().flat_map(|session| &session.trainers.people);
    let n_of_sessions = n_of_sessions.filter(|one| one.name.as_ref().is_some_and(|name| is_person(name))).count();
    let (name, steps) = match people.next() {
        Some((nth, name, key, step)) => (name, vec![key.step(), FieldStep::Item(nth), step]),
        None => {
            let mut sessions = matter.sessions.iter().enumerate();
            let (nth, name) = sessions.find_map(|(nth, session)| {
                let mut people = session.trainers.people.iter().filter_map(|one| one.name.as_ref());
                Some((nth, people.find(|name| is_person(name))?))
            })?;
            (name, vec![crate::entry::SESSIONS_KEY.step(), FieldStep::Item(nth), TRAINERS_KEY.step()])
        }
    };
    let finding = findings.at(Rule::C11, Place::Field(steps, Part::Value));
    Some(told_people(finding, name, n_people + n_of_sessions, subject.site.config))
}

fn told_people(finding: Diagnostic, name: &str, n_people: usize, config: &Config) -> Diagnostic {
    let finding = finding.arg("name", name).arg("n", n_people.to_string());
    let finding = finding.arg("consent_key", key(config, &keys::CONSENT));
    if n_people == 1 { finding } else { finding.message("message-many") }
}

fn told_unencrypted(finding: Diagnostic, url: &str) -> Diagnostic {
    let secure = url.replacen("http:", "https:", 1);
    let finding = finding.severity(Severity::Warning).message("message-http").help("help-http");
    finding.arg("url", url).arg("secure", secure)
}

/// How somebody is reached.
#[derive(Clone, Copy, Debug)]
enum Reach {
    Email,
    Phone,
}

type Start<'s> = &'s dyn Fn(Rule, Vec<FieldStep>) -> Diagnostic;

impl Reach {
    fn check(self, value: Option<&str>, steps: Vec<FieldStep>, start: Start<'_>, found: &mut Vec<Diagnostic>) {
        let Some(value) = value.filter(|value| !is_without(value)) else { return };
        let (fits, message, help) = match self {
            Self::Email => (parts(value).all(|part| is_email(bare(part))), "message", "help"),
            Self::Phone => (parts(value).all(is_phone), "message-phone", "help-phone"),
        };
        if !fits {
            found.push(start(Rule::C10, steps).message(message).help(help).arg("value", value));
        }
    }
}

fn check_contacts(contacts: &[Contact], start: Start<'_>, found: &mut Vec<Diagnostic>) {
    for (nth, one) in contacts.iter().enumerate() {
        let steps = |key: &'static Key| vec![CONTACTS_KEY.step(), FieldStep::Item(nth), key.step()];
        Reach::Email.check(one.email.as_deref(), steps(&contact::EMAIL), start, found);
        Reach::Phone.check(one.phone.as_deref(), steps(&contact::PHONE), start, found);
    }
}

/// The addresses or numbers of a text that has several: « a@b.fr ou c@d.fr ».
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', '\n'])
        .flat_map(|part| part.split(" ou "))
        .flat_map(|part| part.split(" or "))
        .flat_map(|part| part.split(" / "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn bare(email: &str) -> &str {
    let email = email.strip_prefix("mailto:").unwrap_or(email);
    email.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(email)
}

/// A number that can be dialled, perhaps with words around it: « standard : 03 20 00 00 00, poste 12 ».
fn is_phone(text: &str) -> bool {
    let begins = text.find(|c: char| c.is_ascii_digit() || c == '+').unwrap_or(text.len());
    let number = &text[begins..];
    let ends = number.find(|c: char| c.is_alphabetic() || c == ':').unwrap_or(number.len());
    let number = number[..ends].trim().trim_end_matches(['(', '[', '-', '–', '.']).trim();
    // « poste 12 » alone, behind a comma.
    let is_extension = fold(text).starts_with("poste ") || fold(text).starts_with("ext ");
    is_extension || tel_uri(number).is_some()
}

/// Whether a name is that of a person: two words or more, each with a capital, none of them a function.
fn is_person(name: &str) -> bool {
    const FUNCTIONS: &[&str] = &[
        "accueil",
        "administration",
        "assistance",
        "association",
        "bureau",
        "cellule",
        "centre",
        "charge",
        "chargee",
        "conseil",
        "conseiller",
        "conseillere",
        "contact",
        "coordination",
        "coordinateur",
        "coordinatrice",
        "delegue",
        "deleguee",
        "departement",
        "directeur",
        "direction",
        "directrice",
        "equipe",
        "espace",
        "formation",
        "gestion",
        "gestionnaire",
        "handicap",
        "inscription",
        "inscriptions",
        "interlocuteur",
        "interlocutrice",
        "interlocuteurs",
        "mediateur",
        "opco",
        "mediatrice",
        "mission",
        "office",
        "pole",
        "presidence",
        "qualite",
        "reclamation",
        "reclamations",
        "referent",
        "referente",
        "responsable",
        "secretariat",
        "secretaire",
        "service",
        "standard",
        "team",
        "desk",
        "department",
        "officer",
        "support",
        "training",
        "manager",
        "infirmier",
        "infirmiere",
        "psychiatre",
        "psychologue",
        "formateur",
        "formatrice",
        "educateur",
        "educatrice",
        "travailleur",
        "travailleuse",
    ];
    const SMALL: &[&str] = &["de", "du", "des", "la", "le", "van", "von", "da", "el", "ben"];
    let name = name.split([',', '(']).next().unwrap_or_default();
    let titles = ["m", "mme", "mlle", "dr", "pr", "mr", "mrs", "ms"];
    let words: Vec<&str> = name.split_whitespace().filter(|word| !titles.contains(&fold(word).as_str())).collect();
    let is_titled = words.len() < name.split_whitespace().count();
    let is_name = |word: &&str| {
        let begins_big = word.chars().next().is_some_and(char::is_uppercase);
        begins_big && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    let fits = |word: &&str| is_name(word) || SMALL.contains(word) || word.starts_with("d'") || word.starts_with("d’");
    let is_function = words.iter().any(|word| FUNCTIONS.contains(&fold(word).as_str()));
    let n_big = words.iter().filter(|word| is_name(word)).count();
    !is_function
        && (2..=5).contains(&(words.len() + usize::from(is_titled)))
        && words.iter().all(fits)
        && n_big + usize::from(is_titled) >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_functions() {
        for name in [
            "Anne Martin",
            "Jean-Pierre de La Tour",
            "Mme Martin",
            "Dr Anne-Lise Éluard",
            "MARTIN Anne",
            "Anne Martin (psychologue)",
        ] {
            assert!(is_person(name), "{name}");
        }
        for name in [
            "Chargée de projets formation",
            "Référent handicap",
            "Référent Handicap",
            "Pôle Inscriptions",
            "Équipe pédagogique",
            "Traversées",
            "Service Formation Continue",
            "Anne",
            "deux formateurs",
            "Direction",
            "",
        ] {
            assert!(!is_person(name), "{name}");
        }
    }

    #[test]
    fn numbers_may_have_words_around_them() {
        for number in
            ["03 20 00 00 00", "standard : 03 20 00 00 00", "03 20 00 00 00 poste 12", "+33 3 20 00 00 00", "3114"]
        {
            assert!(parts(number).all(is_phone), "{number}");
        }
        assert!(parts("03 20 00 00 00 / 06 00 00 00 00").all(is_phone));
        for wrong in ["03 20 00 00", "à venir bientôt", "03 20 00 00 00 00"] {
            assert!(!parts(wrong).all(is_phone), "{wrong}");
        }
    }
}
