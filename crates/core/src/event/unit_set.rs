//! `unit_set`: a unit was described, or described anew.

use precinct_base::{AreaId, PostId, UnitId};
use serde::{Deserialize, Serialize};

use crate::{Code, Member, Vehicle};

/// A unit was described, or described anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitSet {
    /// Which.
    pub unit: UnitId,
    /// What it is called on the air.
    pub call_sign: String,
    /// The force it belongs to.
    pub force: Code,
    /// What it can do, codes of the catalogue, rising.
    pub capabilities: Vec<Code>,
    /// How it moves.
    pub vehicle: Vehicle,
    /// The post it works from.
    pub home: Option<PostId>,
    /// The area it works in.
    pub area: AreaId,
    /// Who crews it when no shift says otherwise, by staff number, rising.
    pub members: Vec<Member>,
}
