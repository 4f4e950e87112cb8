//! What is told of files and policies: by a code, and in both languages.

use std::collections::BTreeMap;

use precinct_base::Said;
use serde::{Deserialize, Serialize};

/// A sentence for people, and what it is made of for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SaidDoc {
    /// Which sentence. It does not change.
    pub code: String,
    /// What belongs to it, by name.
    pub params: BTreeMap<String, String>,
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl From<&Said> for SaidDoc {
    fn from(said: &Said) -> Self {
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let code = said.code().to_owned();
        Self { code, params: said.params().map(own).collect(), en: said.en(), zh: said.zh() }
    }
}
