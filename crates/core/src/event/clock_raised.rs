//! `clock_raised`: a clock ran out: somebody has to look.

use serde::{Deserialize, Serialize};

use crate::{Clock, Role};

/// A clock ran out: somebody has to look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRaised {
    /// Which.
    pub clock: Clock,
    /// Who is told.
    pub tell: Role,
}
