//! Feeds, one file for each form. Dates are noon in Paris of the item's day, never the clock.

mod atom;
mod json;
mod rss;

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::output::Output;
use crate::route::FeedForm;
use crate::view::feed::FeedView;

/// The feed in its form.
pub(super) fn render(form: FeedForm, feed: &FeedView) -> Option<Output> {
    match form {
        FeedForm::Rss => rss::render(feed),
        FeedForm::Atom => atom::render(feed),
        FeedForm::Json => json::render(feed),
    }
}

/// Noon in Paris of a day. Before 1911 its clocks went by the sun, at seconds that no feed can write: then in UTC.
fn noon(day: &str) -> Option<Zoned> {
    let noon = day.parse::<Date>().ok()?.at(12, 0, 0, 0);
    let paris = TimeZone::get("Europe/Paris").ok().and_then(|paris| noon.to_zoned(paris).ok());
    paris.filter(|noon| noon.offset().seconds() % 60 == 0).or_else(|| noon.to_zoned(TimeZone::UTC).ok())
}

/// The same in the form of RFC 3339.
fn timestamp(day: &str) -> Option<String> {
    noon(day).map(|noon| noon.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// The day of the latest item.
fn latest(feed: &FeedView) -> Option<Zoned> {
    feed.items.iter().map(|item| item.date.as_str()).max().and_then(noon)
}

/// Text without the control characters that XML does not know.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
