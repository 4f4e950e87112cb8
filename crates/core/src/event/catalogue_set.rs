//! `catalogue_set`: the catalogue of the city: types of incident, clocks, capabilities, rules. The whole, each time.

use serde::{Deserialize, Serialize};

use crate::Catalogue;

/// The catalogue of the city: types of incident, clocks, capabilities, rules. The whole, each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueSet {
    /// The catalogue from now on.
    pub catalogue: Box<Catalogue>,
}
