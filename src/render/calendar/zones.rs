//! The definitions of the zones in which hours are told (VTIMEZONE): those of the regions of France.
//!
//! Programs that know the zone by its name need none of this. For all others each file defines what it uses.

use icalendar::Property;
use jiff::civil::{DateTime, date};
use jiff::tz::{Offset, TimeZone};

use super::moment;

/// When the clocks of the European Union are changed, in the form of RFC 5545: on the last Sundays of March and October
/// (directive 2000/84/EC; so since 1996). Hours are those that the clocks showed in Paris until then.
const CHANGES: [(&str, DateTime, &str); 2] = [
    ("DAYLIGHT", date(1970, 3, 29).at(2, 0, 0, 0), "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ("STANDARD", date(1970, 10, 25).at(3, 0, 0, 0), "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
];

/// Writes the definition of a zone.
pub(super) fn push(zone: &str, text: &mut String) -> Option<()> {
    let clocks = TimeZone::get(zone).ok()?;
    // Standard time and, where there is one, summer time: those of a winter and of a summer of our days.
    let at = |month| {
        let zoned = date(2020, month, 1).at(12, 0, 0, 0).to_zoned(clocks.clone()).ok()?;
        Some((zoned.offset(), zoned.strftime("%Z").to_string()))
    };
    let (winter, summer) = (at(1)?, at(7)?);
    line("BEGIN", "VTIMEZONE", text)?;
    line("TZID", zone, text)?;
    if winter == summer {
        observance("STANDARD", date(1970, 1, 1).at(0, 0, 0, 0), None, winter.0, &winter, text)?;
    } else {
        for (kind, onset, rule) in CHANGES {
            let (before, after) = if kind == "DAYLIGHT" { (&winter, &summer) } else { (&summer, &winter) };
            observance(kind, onset, Some(rule), before.0, after, text)?;
        }
    }
    line("END", "VTIMEZONE", text)
}

fn observance(
    kind: &str,
    onset: DateTime,
    rule: Option<&str>,
    before: Offset,
    (after, name): &(Offset, String),
    text: &mut String,
) -> Option<()> {
    line("BEGIN", kind, text)?;
    line("DTSTART", moment(onset), text)?;
    if let Some(rule) = rule {
        line("RRULE", rule, text)?;
    }
    line("TZOFFSETFROM", written(before), text)?;
    line("TZOFFSETTO", written(*after), text)?;
    line("TZNAME", name.as_str(), text)?;
    line("END", kind, text)
}

/// "+0100"
fn written(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    format!("{}{:02}{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
}

fn line(key: &str, value: impl Into<String>, text: &mut String) -> Option<()> {
    let line: String = Property::new(key, value).try_into().ok()?;
    text.push_str(&line);
    Some(())
}
