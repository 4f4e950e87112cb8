//! Containment: an order to hold points round an incident so that whoever left it does not get away. It ends by itself, names who approved
//! it, and sends each unit to one point.
//!
//! A unit at a point has the incident as its task, by the same steps as any other: told to go to another point, it is recalled and sent
//! anew, so that it acknowledges where it goes now. Where whoever left was seen since is in no record: no movement of the public is.

pub(crate) mod apply;
mod decide;
mod plan;
mod rejection;

use precinct_base::{LonLat, Millis, NodeId, Timestamp, UnitId};
use serde::{Deserialize, Serialize};

pub(crate) use self::apply::leaves;
pub(crate) use self::decide::{lapse, sealed_off, step};
pub use self::rejection::ContainmentRejection;
use crate::assignments::Assignment;
use crate::rings::Travels;
use crate::{Code, ContainmentId, IncidentId, Moment, StaffNo, State, Title};

/// A point to hold, as it was advised: recorded, never recomputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealPoint {
    /// Its number within the order. It is given when the order is: one that is asked for has any.
    pub point: u32,
    /// Where it is.
    pub at: LonLat,
    /// The junction that it closes, by its number in that version of the roads.
    pub node: NodeId,
    /// What the roads are called that meet there; nothing in either language are roads without a name.
    pub title: Title,
    /// The unit that holds it; none is that nobody does.
    pub unit: Option<UnitId>,
    /// How old the unit's fix was; none is that it was taken to be at its post.
    pub fix_age: Option<Millis>,
    /// After what time it stands there, its setting up counted; none where no time was known.
    pub arrival: Option<Millis>,
    /// After what time whoever left could be there at the earliest.
    pub quarry: Millis,
}

impl SealPoint {
    /// By how much it is closed before whoever left could be there, in milliseconds; less than nothing is too late.
    pub fn slack(&self) -> Option<i64> {
        Some(i64::from(self.quarry.0) - i64::from(self.arrival?.0))
    }
}

/// What was proven of a plan beyond that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealProof {
    /// Sealed, and no fewer points can seal.
    Fewest,
    /// Sealed, and fewer points would seal but cannot be manned in time.
    Assignment,
    /// Sealed; whether fewer points would do was not settled.
    Bound,
    /// Not sealed, and these units cannot seal it, wherever they go.
    Impossible,
    /// Not sealed; whether these units can was not settled.
    Unknown,
}

/// Which points are held and by whom, and how far that was proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealPlan {
    /// The points.
    pub points: Vec<SealPoint>,
    /// Whether they cut every way out in time.
    pub sealed: bool,
    /// What was proven of that.
    pub proof: SealProof,
    /// With fewer points than this it cannot be done.
    pub least: u32,
    /// How whoever left travels.
    pub travels: Travels,
    /// When they left.
    pub left: Timestamp,
    /// The version of the roads asked.
    pub roads: Code,
    /// The version of posts, units and speeds asked.
    pub posts: Code,
}

/// A containment that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Containment {
    /// The incident that it is for.
    pub incident: IncidentId,
    /// Why.
    pub reason: Code,
    /// Who approved it.
    pub approver: StaffNo,
    /// Since when.
    pub since: Moment,
    /// When it was planned last.
    pub planned: Moment,
    /// When it ends by itself.
    pub until: Moment,
    /// The points, and who holds them by now: a unit that has left its point holds it no more.
    pub plan: SealPlan,
    /// The number of the next new point.
    pub next_point: u32,
}

/// A point of a containment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Posted {
    /// Which containment.
    pub containment: ContainmentId,
    /// Which of its points.
    pub point: u32,
}

impl Assignment {
    /// The point that its unit holds, or is on its way to. Whoever takes somebody away has left it.
    pub fn holds(&self) -> Option<Posted> {
        self.posted.filter(|_| self.is_active() && self.transporting.is_none())
    }
}

impl State {
    /// The containment of an incident, or of one that is now the same.
    pub fn containment_of(&self, incident: IncidentId) -> Option<ContainmentId> {
        let root = self.root(incident);
        let of_it = |(&id, one): (&ContainmentId, &Containment)| {
            (self.root(one.incident) == root).then_some(id)
        };
        self.containments.iter().find_map(of_it)
    }
}
