//! `shift_cancelled`: a planned tour will not be.

use serde::{Deserialize, Serialize};

use crate::{Code, ShiftId};

/// A planned tour will not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftCancelled {
    /// Which.
    pub shift: ShiftId,
    /// Why, a reason of the catalogue.
    pub reason: Code,
}
