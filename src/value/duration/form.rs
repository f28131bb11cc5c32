//! The short form of a duration: statements about days, hours and meetings, one after the other.
//!
//! Every statement must be understood, or nothing is: half of a text may mean the contrary of the whole.

use super::item::{Item, items};
use super::{Duration, MeetingCount, Meetings};
use crate::value::Decimal;

/// What joins a count to the length of each: "de 7 h", "à 7 h".
const OF: [&str; 5] = ["de", "a", "of", "x", "d"];

/// What joins hours to the days they are spread over.
const OVER: [&str; 4] = ["sur", "en", "over", "in"];

/// A statement: its items, its words as written, and whether it says again what the one before said.
struct Statement<'a> {
    items: Vec<Item>,
    words: &'a str,
    is_same: bool,
}

/// Reads a duration; `None` when a part of it is not understood.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let mut duration = Duration::default();
    let mut sure_of_hours = false;
    for statement in statements(text) {
        let had_hours = duration.hours.is_some();
        add(&mut duration, &statement)?;
        sure_of_hours |= statement.is_same && !had_hours && duration.hours.is_some();
    }
    if duration.days.is_some() && duration.meetings.is_some() {
        return None;
    }
    Some(without_contradictions(duration, sure_of_hours))
}

fn statements(text: &str) -> Vec<Statement<'_>> {
    let items = without_purpose(items(text));
    let mut statements = vec![Statement { items: Vec::new(), words: "", is_same: false }];
    let mut begin = 0;
    for (at, (place, item)) in items.iter().enumerate() {
        // "9 h – 17 h" is one statement, "2 jours – 14 h" are two.
        let is_span = matches!(items.get(at.wrapping_sub(1)), Some((_, Item::Hours(_))))
            && matches!(items.get(at + 1), Some((_, Item::Hours(_))));
        let is_break = matches!(item, Item::Break | Item::ThatIs) || (*item == Item::Dash && !is_span);
        if is_break {
            let is_same = *item == Item::ThatIs;
            statements.push(Statement { items: Vec::new(), words: "", is_same });
        } else if let Some(statement) = statements.last_mut() {
            if statement.items.is_empty() {
                begin = *place;
            }
            let end = items.get(at + 1).map_or(text.len(), |(next, _)| *next);
            statement.words = text.get(begin..end).unwrap_or_default().trim();
            statement.items.push(item.clone());
        }
    }
    statements.retain(|statement| !statement.items.is_empty());
    statements
}

/// "7 heures de formation" are seven hours.
fn without_purpose(items: Vec<(usize, Item)>) -> Vec<(usize, Item)> {
    let is = |at: usize, word: &str| matches!(items.get(at), Some((_, Item::Word(found))) if found == word);
    let says = |at: usize| is(at, "de") && is(at + 1, "formation");
    let counts = |at: usize| matches!(items.get(at), Some((_, Item::Hours(_) | Item::Days(_))));
    let is_purpose = |at: usize| at > 0 && says(at) && counts(at - 1) || at > 1 && says(at - 1) && counts(at - 2);
    let keeps: Vec<bool> = (0..items.len()).map(|at| !is_purpose(at)).collect();
    items.into_iter().zip(keeps).filter_map(|(item, keeps)| keeps.then_some(item)).collect()
}

/// Adds what a statement says; `None` when it is not understood, or says something else than before.
fn add(duration: &mut Duration, statement: &Statement<'_>) -> Option<()> {
    let mut items = statement.items.as_slice();
    // "consécutifs" may come after the days, or alone.
    let mut left = Vec::new();
    if items.iter().any(|item| matches!(item, Item::Consecutive(_))) {
        for item in items {
            match item {
                Item::Consecutive(consecutive) => set(&mut duration.consecutive, *consecutive)?,
                item => left.push(item.clone()),
            }
        }
        items = &left;
    }
    match without_fillers(items) {
        [] => Some(()),
        [Item::Days(days)] => set(&mut duration.days, *days),
        [Item::HalfDays(count)] => set(&mut duration.days, count.divided_by(2)?),
        [Item::HalfDays(count), Item::Word(of), Item::Hours(hours)] if OF.contains(&of.as_str()) => {
            set(&mut duration.days, count.divided_by(2)?)?;
            set(&mut duration.hours, count.times(*hours)?)
        }
        [Item::Days(days), Item::Word(of), Item::Hours(hours), rest @ ..]
            if OF.contains(&of.as_str()) && matches!(rest, [] | [Item::PerDay | Item::Each]) =>
        {
            set(&mut duration.days, *days)?;
            set(&mut duration.hours_per_day, *hours)
        }
        [Item::Hours(hours)] => set(&mut duration.hours, *hours),
        [Item::Hours(hours), Item::PerDay] => set(&mut duration.hours_per_day, *hours),
        [Item::Hours(hours), Item::Each] if duration.days.is_some() => set(&mut duration.hours_per_day, *hours),
        [Item::Hours(hours), Item::PerMeeting] => set(&mut meetings(duration).hours_each, *hours),
        [Item::Hours(hours), Item::Each] if duration.meetings.is_some() => {
            set(&mut meetings(duration).hours_each, *hours)
        }
        [Item::Hours(hours), Item::Word(over), Item::Days(days)] if OVER.contains(&over.as_str()) => {
            set(&mut duration.hours, *hours)?;
            set(&mut duration.days, *days)
        }
        [Item::Hours(hours), Item::Word(spread), Item::Word(over), Item::Days(days)]
            if spread.starts_with("reparti") && OVER.contains(&over.as_str()) =>
        {
            set(&mut duration.hours, *hours)?;
            set(&mut duration.days, *days)
        }
        [count @ (Item::Meetings(_) | Item::MeetingsBetween(..)), rest @ ..] => {
            add_meetings(duration, count, rest, statement)
        }
        // A part of what was said before adds nothing to it.
        [Item::Word(word), ..] if matches!(word.as_str(), "dont" | "including" | "incl") => Some(()),
        // Nor do the hours of the clock.
        [Item::Hours(_), Item::Dash, Item::Hours(_)] => Some(()),
        [Item::Word(from), Item::Hours(_), Item::Word(to), Item::Hours(_)]
            if matches!((from.as_str(), to.as_str()), ("de", "a") | ("from", "to")) =>
        {
            Some(())
        }
        _ if duration.meetings.is_some() => add_rhythm(meetings(duration), statement),
        _ => None,
    }
}

fn add_meetings(duration: &mut Duration, count: &Item, rest: &[Item], statement: &Statement<'_>) -> Option<()> {
    let is_new = duration.meetings.is_none();
    let meetings = meetings(duration);
    if !is_new {
        // "6 séances, une séance par mois"
        return add_rhythm(meetings, statement);
    }
    match count {
        Item::Meetings(count) => meetings.count = count.map(MeetingCount::Number),
        Item::MeetingsBetween(min, max) if min < max => {
            (meetings.count, meetings.min, meetings.max) = (Some(MeetingCount::Variable), Some(*min), Some(*max));
        }
        _ => return None,
    }
    match rest {
        [] => Some(()),
        [Item::Word(of), Item::Hours(hours), each @ ..]
            if OF.contains(&of.as_str()) && matches!(each, [] | [Item::Each]) =>
        {
            set(&mut meetings.hours_each, *hours)
        }
        _ => None,
    }
}

/// Reads how often meetings take place, or that their number is open.
fn add_rhythm(meetings: &mut Meetings, statement: &Statement<'_>) -> Option<()> {
    const OPEN: [&str; 4] = ["nombre", "number", "variable", "variables"];
    const OFTEN: [&str; 17] = [
        "par",
        "tous",
        "toutes",
        "chaque",
        "mensuel",
        "mensuelle",
        "mensuelles",
        "hebdomadaire",
        "hebdomadaires",
        "trimestriel",
        "trimestrielle",
        "frequence",
        "frequency",
        "every",
        "once",
        "monthly",
        "weekly",
    ];
    let words: Vec<&str> = statement
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    let has_word = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if words.first().is_some_and(|word| OPEN.contains(word)) {
        if matches!(meetings.count, Some(MeetingCount::Number(_))) {
            return None;
        }
        meetings.count = Some(MeetingCount::Variable);
        if has_word(&["frequence", "frequency"]) {
            let from = ["selon", "according", "depending"].iter().find_map(|word| statement.words.find(word));
            let words = from.and_then(|from| statement.words.get(from..)).unwrap_or(statement.words);
            set(&mut meetings.frequency, words.to_owned())?;
        }
        return Some(());
    }
    // "une par mois": the number stands before.
    let is_rhythm = words.first().is_some_and(|word| OFTEN.contains(word));
    if is_rhythm { set(&mut meetings.frequency, statement.words.to_owned()) } else { None }
}

fn meetings(duration: &mut Duration) -> &mut Meetings {
    duration.meetings.get_or_insert_with(Meetings::default)
}

/// Sets what was open; `None` when it was told otherwise before.
fn set<T: PartialEq>(slot: &mut Option<T>, value: T) -> Option<()> {
    match slot {
        Some(before) => (*before == value).then_some(()),
        None => {
            *slot = Some(value);
            Some(())
        }
    }
}

/// The items without the words around them that say nothing.
fn without_fillers(mut items: &[Item]) -> &[Item] {
    const BEFORE: [&[&str]; 7] =
        [&["duree"], &["total", "de"], &["total"], &["en", "tout"], &["duration"], &["at"], &["et"]];
    const AFTER: [&[&str]; 7] = [
        &["au", "total"],
        &["en", "tout"],
        &["in", "total"],
        &["total"],
        &["de", "formation"],
        &["of", "training"],
        &["training"],
    ];
    let is = |items: &[Item], words: &[&str]| {
        items.len() == words.len()
            && items.iter().zip(words).all(|(item, word)| matches!(item, Item::Word(own) if own == word))
    };
    for words in BEFORE {
        if items.get(..words.len()).is_some_and(|start| is(start, words)) {
            items = &items[words.len()..];
        }
    }
    for words in AFTER {
        if items.len().checked_sub(words.len()).is_some_and(|from| is(&items[from..], words)) {
            items = &items[..items.len() - words.len()];
        }
    }
    items
}

/// Takes away the hours that do not fit what else is told: only the author knows which is right.
fn without_contradictions(mut duration: Duration, sure_of_hours: bool) -> Duration {
    let implied = Duration { hours: None, ..duration.clone() }.total_hours();
    if let (Some(hours), Some(implied)) = (duration.hours, implied)
        && hours != implied
    {
        duration.hours = None;
        duration.hours_per_day = None;
        if let Some(meetings) = &mut duration.meetings {
            meetings.hours_each = None;
        }
    }
    if let (Some(hours), Some(days)) = (duration.hours, duration.days)
        && !sure_of_hours
        && !is_plausible(hours, days)
    {
        duration.hours = None;
    }
    duration
}

/// Whether so many hours can be those of all days: less than four a day may be those of each.
fn is_plausible(hours: Decimal, days: Decimal) -> bool {
    let bound = |hours_a_day: u32| days.times(Decimal::whole(hours_a_day));
    bound(4).is_some_and(|least| hours >= least) && bound(12).is_some_and(|most| hours <= most)
}
