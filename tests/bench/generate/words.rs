//! The pieces that texts are made of.

use serde::Deserialize;

/// The lists of `words.toml`, which says what each is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) title_verbs: Vec<String>,
    pub(crate) title_ends: Vec<String>,
    pub(crate) subjects: Vec<String>,
    pub(crate) verbs: Vec<String>,
    pub(crate) infinitives: Vec<String>,
    pub(crate) objects: Vec<String>,
    pub(crate) complements: Vec<String>,
    pub(crate) openers: Vec<String>,
    pub(crate) step_titles: Vec<String>,
    pub(crate) quotes: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) news_titles: Vec<String>,
    pub(crate) themes: Vec<String>,
    pub(crate) audiences: Vec<String>,
    pub(crate) organisations: Vec<String>,
    pub(crate) trainers: Vec<String>,
    /// Region, town, number of the département.
    pub(crate) places: Vec<[String; 3]>,
}

impl Words {
    /// Reads them; they are compiled in.
    pub(crate) fn read() -> Self {
        toml::from_str(include_str!("words.toml")).expect("words.toml is as described here")
    }
}
