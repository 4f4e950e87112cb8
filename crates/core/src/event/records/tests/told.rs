//! A type of record in its second version.

use serde::{Deserialize, Serialize};

/// As it is written today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Who.
    pub who: u8,
    /// How.
    pub loud: bool,
}

/// As it was written in version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldV1 {
    who: u8,
}

impl From<ToldV1> for Told {
    fn from(old: ToldV1) -> Self {
        Self { who: old.who, loud: false }
    }
}
