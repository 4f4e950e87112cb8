//! Which areas are asked about.

use std::collections::BTreeSet;

use precinct_base::AreaId;

/// The areas whose incidents and units are asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of them, and what is in none.
    #[default]
    Everywhere,
    /// These alone.
    Areas(BTreeSet<AreaId>),
}

impl Scope {
    /// Whether what is in `area` is asked about.
    pub fn has(&self, area: AreaId) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Areas(areas) => areas.contains(&area),
        }
    }
}
