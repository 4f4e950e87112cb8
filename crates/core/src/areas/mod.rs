//! Areas: nested, each with its grade of place, its thresholds of reach and its duty level.

pub(crate) mod apply;
mod decide;
mod rejection;

use precinct_base::{AreaId, AreaLevel, Millis};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::set;
pub use self::rejection::AreaRejection;
use crate::duty::LevelOrder;
use crate::{Code, Title};

/// An area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The area it lies in.
    pub parent: Option<AreaId>,
    /// City, district, station area or grid cell.
    pub level: AreaLevel,
    /// Its grade of place; none takes that of the area it lies in.
    pub grade: Option<Code>,
    /// Its own thresholds of reach.
    pub reach: Option<[Millis; 3]>,
    /// Its name.
    pub title: Title,
    /// Its own duty level, if one was ordered.
    pub duty: Option<LevelOrder>,
}
