//! `area_set`: an area was described, or described anew.

use precinct_base::{AreaId, AreaLevel, Millis};
use serde::{Deserialize, Serialize};

use crate::{Code, Title};

/// An area was described, or described anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaSet {
    /// Which.
    pub area: AreaId,
    /// The area it lies in.
    pub parent: Option<AreaId>,
    /// City, district, station area or grid cell.
    pub level: AreaLevel,
    /// Its grade of place in the catalogue; none takes that of the area it lies in.
    pub grade: Option<Code>,
    /// Its own thresholds in place of its grade's, rising, in milliseconds.
    pub reach: Option<[Millis; 3]>,
    /// Its name.
    pub title: Title,
}
