//! Units: crews that can be sent; what they can do, whether they are on duty, and what they are doing.

mod aid;
pub(crate) mod apply;
mod decide;
mod rejection;

use precinct_base::{AreaId, PostId};
use serde::{Deserialize, Serialize};

pub(crate) use self::aid::{join, leave};
pub(crate) use self::apply::{assigned, freed};
pub(crate) use self::decide::{back, members, on_duty, out, set};
pub use self::rejection::UnitRejection;
use crate::{Code, IncidentId, Moment, ShiftId, StaffNo};

/// What a unit can do, a code of the catalogue.
pub type Capability = Code;

/// How a unit moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vehicle {
    /// A car or van.
    Car,
    /// A motorcycle.
    Motorcycle,
    /// A bicycle.
    Bicycle,
    /// On foot.
    Foot,
    /// A boat.
    Boat,
}

/// A member of a unit: a staff number and a force, nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The staff number.
    pub staff: StaffNo,
    /// The force.
    pub force: Code,
}

/// Under what a unit is on duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tour {
    /// A shift of this city's.
    Shift(ShiftId),
    /// Lent by another force or city, until then.
    Aid {
        /// Until when.
        until: Moment,
        /// Who approved it.
        approver: StaffNo,
    },
}

/// What a unit on duty is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// It can be sent.
    Available,
    /// It has a task; how far it got is in the incident's assignment, and nowhere else.
    Assigned(IncidentId),
    /// It cannot be sent.
    Out(Code),
}

/// Whether a unit is on duty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// It is not.
    #[default]
    Off,
    /// It is.
    On {
        /// Under what.
        tour: Tour,
        /// What it does.
        doing: Doing,
        /// Since when it does that.
        since: Moment,
    },
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// What it is called on the air.
    pub call_sign: String,
    /// The force it belongs to.
    pub force: Code,
    /// What it can do, rising.
    pub capabilities: Vec<Capability>,
    /// How it moves.
    pub vehicle: Vehicle,
    /// The post it works from.
    pub home: Option<PostId>,
    /// The area it works in.
    pub area: AreaId,
    /// Who crews it when no shift says otherwise.
    pub members: Vec<Member>,
    /// Whether it is on duty, and what it does.
    pub duty: Duty,
}

impl Unit {
    /// What it does, if it is on duty.
    pub const fn doing(&self) -> Option<Doing> {
        match self.duty {
            Duty::Off => None,
            Duty::On { doing, .. } => Some(doing),
        }
    }

    /// Its task, if it has one.
    pub const fn task(&self) -> Option<IncidentId> {
        match self.doing() {
            Some(Doing::Assigned(incident)) => Some(incident),
            _ => None,
        }
    }

    /// Changes what it does; nothing for a unit off duty.
    pub(crate) const fn turn_to(&mut self, next: Doing, at: Moment) {
        if let Duty::On { doing, since, .. } = &mut self.duty {
            *doing = next;
            *since = at;
        }
    }
}
