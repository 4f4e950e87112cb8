//! `aid_joined`: a unit of another force or city was lent to this one.

use precinct_base::{AreaId, UnitId};
use serde::{Deserialize, Serialize};

use crate::{Code, Moment, StaffNo, Vehicle};

/// A unit of another force or city was lent to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidJoined {
    /// The number it has here.
    pub unit: UnitId,
    /// What it is called on the air.
    pub call_sign: String,
    /// The force that lends it.
    pub force: Code,
    /// What it can do, rising.
    pub capabilities: Vec<Code>,
    /// How it moves.
    pub vehicle: Vehicle,
    /// The area it works in.
    pub area: AreaId,
    /// Who approved it.
    pub approver: StaffNo,
    /// Until when it is lent.
    pub until: Moment,
}
