//! Entries that settings and front matter share: a contact, a price, a document, an organisation's part.
//!
//! Each type stands beside the function that reads it from YAML, in both spellings, short and long.

pub(crate) mod access;
pub(crate) mod contact;
pub(crate) mod document;
mod exception;
mod facts;
mod organisation;
mod price;
pub(crate) mod session;
pub(crate) mod trainer;

pub use access::{ACCESS, ACCESS_KEY, Access};
pub use contact::{CONTACTS, CONTACTS_KEY, Contact, ContactRole, read_contacts};
pub use document::{DOCUMENTS, DOCUMENTS_KEY, DocumentEntry, IMAGE, ImageEntry, read_documents};
pub use exception::{EXCEPTED, EXCEPTIONS_KEY, Exception, read_exceptions};
pub use facts::{
    CERTIFICATION_FORM, CODES_FORM, Certification, Codes, GROUP_FORM, Group, LEVEL_FORM, LOCATION_FORM, Level,
    Location, LocationKind, RESULT, RESULTS, ResultEntry, SERIES_FORM, Series,
};
pub use organisation::{PARTS, PartEntry, read_parts};
pub use price::{DELIVERY_FORM, Delivery, PRICE_KEY, PRICES, PriceEntry, read_deliveries, read_prices};
pub use session::{SESSION, SESSIONS, SESSIONS_KEY, SessionEntry, SessionStatus, read_sessions};
pub use trainer::{TRAINERS, TRAINERS_KEY, Trainer, Trainers, read_trainers};

pub(crate) use access::{DELAY as DELAY_KEY, HOW as HOW_KEY};
pub(crate) use contact::{EMAIL as EMAIL_KEY, NAME as NAME_KEY, ROLE as ROLE_KEY};
pub(crate) use facts::{
    BLOCKS as BLOCKS_KEY, CERTIFIER as CERTIFIER_KEY, CODE as CODE_KEY, EQUIVALENCES as EQUIVALENCES_KEY,
    OUTLETS as OUTLETS_KEY, PERIOD as PERIOD_KEY, RATE as RATE_KEY, REGISTER as REGISTER_KEY,
    REGISTERED_ON as REGISTERED_ON_KEY, SAMPLE as SAMPLE_KEY, VALUE as VALUE_KEY,
};
pub(crate) use price::{
    CONDITION as PRICE_CONDITION_KEY, QUOTE as PRICE_QUOTE_KEY, UNIT as PRICE_UNIT_KEY, VAT as PRICE_VAT_KEY,
};
