//! What the prose states against what the front matter states (C-12).

use crate::catalogue::Module;
use crate::diagnostic::{Part, Place, Rule};
use crate::document::{Body, Mention, MentionKind, module_keys};
use crate::value::{Decimal, Duration, Price};

use super::super::finding::Findings;

/// Looks at the facts that a text states plainly.
pub(super) fn check(module: &Module, body: &Body, findings: &mut Findings<'_>) {
    let matter = module.matter();
    let of = |kind: MentionKind| body.mentions.iter().filter(move |mention| mention.kind == kind);
    if let Some(duration) = &matter.duration {
        let said: Vec<(&Mention, Duration)> =
            of(MentionKind::Duration).map(|mention| (mention, Duration::parse(&mention.text))).collect();
        // A text with several durations tells of several things.
        let agrees = said.iter().any(|(_, said)| !contradicts(said, duration));
        if let Some((mention, _)) = said.first().filter(|_| !agrees) {
            let fact = duration.text.clone().or_else(|| duration.days.map(|days| days.french())).unwrap_or_default();
            push(mention, &module_keys::DURATION, &fact, "message", findings);
        }
    }
    let facts: Vec<Decimal> = matter.prices.iter().filter_map(|entry| entry.price.amount).collect();
    let is_free = matter.prices.iter().any(|entry| entry.price.free);
    let others = matter.prices.iter().any(|entry| entry.price.amount.is_none() && !entry.price.free);
    if facts.is_empty() && !is_free || others {
        return;
    }
    let agrees = |mention: &&Mention| {
        let (amounts, says_free) = amounts(&mention.text);
        amounts.is_empty() && !says_free || amounts.iter().any(|amount| facts.contains(amount)) || says_free && is_free
    };
    if let Some(mention) = of(MentionKind::Price).next().filter(|_| !of(MentionKind::Price).any(|one| agrees(&one))) {
        match facts.first() {
            Some(amount) => {
                let fact = amount.french_euros();
                push(mention, &crate::entry::PRICE_KEY, &fact, "message-price", findings);
            }
            None => push(mention, &crate::entry::PRICE_KEY, "", "message-free", findings),
        }
    }
}

fn push(
    mention: &Mention,
    key: &'static crate::yaml::Key,
    fact: &str,
    message: &'static str,
    findings: &mut Findings<'_>,
) {
    let finding = findings.at(Rule::C12, Place::Span(mention.span.clone())).message(message);
    let finding = finding.arg("said", &mention.text).arg("fact", fact).arg("key", findings.key(key));
    let place = Place::Field(vec![key.step()], Part::Value);
    let path = finding.primary.file.clone();
    findings.push(finding.also(&path, place, "fact"));
}

/// Whether two durations cannot both be meant: as many days or as many hours would be.
fn contradicts(said: &Duration, fact: &Duration) -> bool {
    let differ = |one: Option<Decimal>, other: Option<Decimal>| one.zip(other).map(|(one, other)| one != other);
    let days = differ(said.days, fact.days);
    let hours = differ(said.total_hours(), fact.total_hours());
    // Where one agrees, the other is a slip of another kind.
    days == Some(true) || days.is_none() && hours == Some(true)
}

/// The amounts of a line, and whether it says that nothing is to be paid.
fn amounts(text: &str) -> (Vec<Decimal>, bool) {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{A0}' | '\u{202F}' | ',' | '.');
    let mut amounts = Vec::new();
    for (at, _) in text.match_indices('€').chain(text.match_indices("euro")) {
        let before = &text[..at];
        let start =
            before.rfind(|c| !is_digit(c)).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let number: String = before[start..].chars().filter(|c| !matches!(c, ' ' | '\u{A0}' | '\u{202F}')).collect();
        amounts.extend(Decimal::parse(number.trim_matches(['.', ','])));
    }
    let says_free = Price::parse(text).ok().flatten().is_some_and(|price| price.free);
    (amounts, says_free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_found_in_a_line() {
        let whole = |text: &str| amounts(text).0.iter().filter_map(|one| one.as_whole()).collect::<Vec<_>>();
        assert_eq!(whole("500 € (adhérents : 1 450 €)"), [500, 1450]);
        assert_eq!(whole("450 euros par personne"), [450]);
        assert_eq!(whole("sur devis"), Vec::<u32>::new());
        assert!(amounts("gratuit").1);
    }

    #[test]
    fn durations_contradict_in_days_before_hours() {
        let differ = |said: &str, fact: &str| contradicts(&Duration::parse(said), &Duration::parse(fact));
        assert!(differ("3 jours", "2 jours (14 h)"));
        assert!(differ("12 h", "14 h"));
        for (said, fact) in
            [("2 jours", "2 jours (14 h)"), ("14 h", "2 jours (14 h)"), ("14 h", "2 jours"), ("à convenir", "2 jours")]
        {
            assert!(!differ(said, fact), "{said} {fact}");
        }
    }
}
