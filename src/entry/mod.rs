//! Entries that settings and front matter share: a contact, a price, a document, an organisation's part.
//!
//! Each type stands beside the function that reads it from YAML, in both spellings, short and long.

mod access;
mod contact;
mod document;
mod facts;
mod organisation;
mod price;
mod session;
mod trainer;

pub use access::{ACCESS_KEY, Access};
pub use contact::{CONTACTS_KEY, Contact, ContactRole, read_contacts};
pub use document::{DOCUMENTS_KEY, DocumentEntry, ImageEntry, read_documents};
pub use facts::{Certification, Codes, Group, Level, Location, LocationKind, ResultEntry, Series};
pub use organisation::{PartEntry, read_parts};
pub use price::{Delivery, PRICE_KEY, PriceEntry, read_deliveries, read_prices};
pub use session::{SESSION_ENTRY_KEYS, SESSIONS_KEY, SessionEntry, SessionStatus, read_sessions};
pub use trainer::{TRAINERS_KEY, Trainer, Trainers, read_trainers};
