//! `clock_escalated`: nobody answered: the next in line is told.

use serde::{Deserialize, Serialize};

use crate::{Clock, Role};

/// Nobody answered: the next in line is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockEscalated {
    /// Which.
    pub clock: Clock,
    /// How often it has been escalated, from 1.
    pub step: u8,
    /// Who is told.
    pub tell: Role,
}
