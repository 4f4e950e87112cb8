//! Who asks.

use precinct_base::UnitId;
use precinct_core::{Grant, StaffNo};

/// What kind of asker it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// A person who signed in.
    Staff,
    /// A machine with a key.
    Key,
    /// A device that belongs to a unit.
    Device,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// What kind of asker.
    pub who: Who,
    /// The number it acts under.
    pub staff: StaffNo,
    /// Its roles, each with the area it holds in; a device has none.
    pub grants: Vec<Grant>,
    /// Its own unit: that of the tour a person is on or is planned for, or that a device belongs to.
    pub unit: Option<UnitId>,
}

impl Principal {
    /// A person; `unit` is that of the tour the person is on or is planned for.
    pub const fn staff(staff: StaffNo, grants: Vec<Grant>, unit: Option<UnitId>) -> Self {
        Self { who: Who::Staff, staff, grants, unit }
    }

    /// A machine.
    pub const fn key(staff: StaffNo, grants: Vec<Grant>) -> Self {
        Self { who: Who::Key, staff, grants, unit: None }
    }

    /// A device of a unit.
    pub const fn device(staff: StaffNo, unit: UnitId) -> Self {
        Self { who: Who::Device, staff, grants: Vec::new(), unit: Some(unit) }
    }
}
