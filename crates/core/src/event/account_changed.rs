//! `account_changed`: what somebody, or a machine with a key, may do is not what it was. There are no secrets in it.

use serde::{Deserialize, Serialize};

use crate::{AccountChange, Grant, StaffNo};

/// What somebody, or a machine with a key, may do is not what it was. There are no secrets in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountChanged {
    /// Whose: the number it acts under.
    pub staff: StaffNo,
    /// What changed.
    pub change: AccountChange,
    /// The roles it has from now on.
    pub roles: Vec<Grant>,
}
