//! A query: how it may be meant, what fits each meaning, and the order of answers.

mod answer;
mod plan;
mod score;

use precinct_base::LonLat;

use crate::Language;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query<'a> {
    /// As typed so far. Letters beyond [`precinct_base::caps::QUERY_LETTERS`] and words beyond
    /// [`precinct_base::caps::QUERY_WORDS`] are not looked at.
    pub text: &'a str,
    /// Where it is asked: what is near goes first among equals.
    pub near: Option<LonLat>,
    /// How many answers at most; no more than [`precinct_base::caps::HITS`].
    pub limit: usize,
    /// The language of the labels.
    pub language: Language,
}

impl Default for Query<'_> {
    fn default() -> Self {
        Self { text: "", near: None, limit: 10, language: Language::Local }
    }
}
