//! When somebody must look, and who.

use precinct_base::Millis;
use serde::{Deserialize, Serialize};

use crate::Role;

/// The clocks of an incident. Each is a time after which somebody is told; unless that is answered, the next in line is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockTimes {
    /// From intake until a unit is sent.
    pub unanswered: Millis,
    /// From dispatch until the unit has acknowledged.
    pub unacknowledged: Millis,
    /// From dispatch until the unit is on scene.
    pub overdue: Millis,
    /// Between signs of life of a unit alone on scene.
    pub welfare: Millis,
    /// From one telling to the next while nobody answers. After the last in line it goes on telling the last.
    pub again: Millis,
    /// Who is told, in order.
    pub ladder: Vec<Role>,
}

impl ClockTimes {
    /// Who is told at the `step`th escalation; step 0 is the first telling.
    pub fn told(&self, step: u8) -> Role {
        let at = usize::from(step).min(self.ladder.len().saturating_sub(1));
        self.ladder.get(at).copied().unwrap_or(Role::DutyOfficer)
    }
}
