//! Duty levels: how many units are called on, by area, until an instant and on somebody's approval.

pub(crate) mod apply;
mod decide;

use serde::{Deserialize, Serialize};

pub(crate) use self::decide::set;
use crate::{Code, Moment, StaffNo};

/// A duty level (勤务等级). L1 is the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyLevel {
    /// Everybody: a grave threat.
    L1,
    /// More than usual: an event, a warning.
    L2,
    /// The usual.
    L3,
}

/// A duty level as ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelOrder {
    /// The level.
    pub level: DutyLevel,
    /// Why.
    pub reason: Code,
    /// Who approved it.
    pub approver: StaffNo,
    /// Since when.
    pub since: Moment,
    /// Until when.
    pub until: Moment,
}
