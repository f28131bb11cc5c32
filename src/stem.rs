//! Words without their endings, by Snowball's algorithms: which algorithm a language has is said here alone.

use rust_stemmers::{Algorithm, Stemmer};

use crate::lang::Lang;

/// What cuts the words of a language, in lower case.
pub(crate) fn stemmer(lang: Lang) -> Stemmer {
    Stemmer::create(match lang {
        Lang::French => Algorithm::French,
        Lang::English => Algorithm::English,
    })
}
