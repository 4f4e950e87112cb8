//! Rings: closed lines round an area, and where roads cross them; called out at a level until an instant and on somebody's approval.

pub(crate) mod apply;
mod decide;
mod rejection;

use precinct_base::{AreaId, LonLat, PostId, SegmentId};
use serde::{Deserialize, Serialize};

pub(crate) use self::decide::step;
pub use self::rejection::RingRejection;
use crate::duty::LevelOrder;
use crate::{Code, Title};

/// How whoever is to be stopped travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Travels {
    /// By car.
    Car,
    /// On foot.
    Foot,
}

/// Where a road crosses a ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    /// The place.
    pub at: LonLat,
    /// The stretch of road that crosses.
    pub segment: Option<SegmentId>,
    /// What the road is called; nothing in either language is a road without a name.
    pub title: Title,
    /// The post that mans it; none is an open gap.
    pub post: Option<PostId>,
}

/// A ring as it was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RingPlan {
    /// Its name.
    pub title: Title,
    /// The area whose control room works with it.
    pub area: AreaId,
    /// The area whose border it is; none is that it was drawn.
    pub border: Option<AreaId>,
    /// The line it was drawn along, closed by itself; empty if it is a border.
    pub line: Vec<LonLat>,
    /// For whom its crossings are.
    pub travels: Travels,
    /// Where roads cross it.
    pub crossings: Vec<Crossing>,
    /// The version of the roads on which the crossings were found.
    pub roads: Code,
}

/// A ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// As it was approved.
    pub plan: RingPlan,
    /// At which level it is called out, if it is.
    pub active: Option<LevelOrder>,
}
