//! Values: what the short forms of the front matter mean, "2 jours (14 h)" or "450 € HT par personne".
//!
//! Each module turns an author's text into a typed value, and says nothing where it is not sure: the
//! words are then shown as they stand, which is always right. Files, keys, positions and messages are
//! not here; who reads a document knows those. What is shown to readers comes from templates and their
//! word lists, with one exception: how French writes a number, a price and an hour.

pub mod calendar;
pub mod date;
pub mod duration;
pub mod number;
pub mod period;
pub mod price;
pub mod region;
pub mod telephone;
pub mod time;

mod token;

pub use calendar::{DateOrder, DatePiece, DateWords, DayBlock};
pub use date::{Date, DateProblem, month_of, parse_date};
pub use duration::{Duration, MeetingCount, Meetings};
pub use number::Decimal;
pub use period::{names_days, names_delay, names_hours, names_length, period_end};
pub use price::{Price, PriceProblem, PriceUnit, Vat};
pub use region::{BuiltInRegion, Departement, Zone};
pub use time::Time;
