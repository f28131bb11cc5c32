//! [`Lang`]: the languages that the program speaks.

/// A language of pages and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// French.
    #[default]
    French,
    /// English.
    English,
}

impl Lang {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The code of the language (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The language of a code or locale: `fr`, `fr_FR.UTF-8`, `en-GB`.
    ///
    /// ```
    /// use brochure::lang::Lang;
    /// assert_eq!(Lang::from_code("fr_BE.UTF-8"), Some(Lang::French));
    /// assert_eq!(Lang::from_code("C.UTF-8"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "fr" | "francais" | "français" => Some(Self::French),
            "en" | "english" | "anglais" => Some(Self::English),
            _ => None,
        }
    }
}
