//! Entries that settings and front matter share: a contact, a price, a document, an organisation's part.
//!
//! Each type stands beside the function that reads it from YAML, in both spellings, short and long.

mod access;
mod contact;
mod document;
mod exception;
mod facts;
mod organisation;
mod price;
mod session;
mod trainer;

pub use access::{ACCESS_KEY, Access, DELAY_KEY, HOW_KEY};
pub use contact::{CONTACTS_KEY, Contact, ContactRole, EMAIL_KEY, NAME_KEY, ROLE_KEY, read_contacts};
pub use document::{DOCUMENTS_KEY, DocumentEntry, ImageEntry, read_documents};
pub use exception::{EXCEPTIONS_KEY, Exception, read_exceptions};
pub use facts::{
    BLOCKS_KEY, CERTIFIER_KEY, CODE_KEY, Certification, Codes, EQUIVALENCES_KEY, Group, Level, Location, LocationKind,
    OUTLETS_KEY, PERIOD_KEY, RATE_KEY, REGISTER_KEY, REGISTERED_ON_KEY, ResultEntry, SAMPLE_KEY, Series, VALUE_KEY,
};
pub use organisation::{PartEntry, read_parts};
pub use price::{
    Delivery, PRICE_CONDITION_KEY, PRICE_KEY, PRICE_QUOTE_KEY, PRICE_UNIT_KEY, PRICE_VAT_KEY, PriceEntry,
    read_deliveries, read_prices,
};
pub use session::{SESSIONS_KEY, SessionEntry, SessionStatus, read_sessions};
pub use trainer::{TRAINERS_KEY, Trainer, Trainers, read_trainers};
