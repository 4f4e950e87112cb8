//! Why a tour of duty cannot be planned, begun or ended as asked.

use precinct_base::{Millis, UnitId};

use crate::{ShiftId, StaffNo};

/// Why a tour of duty cannot be planned, begun or ended as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShiftRejection {
    /// The number is taken.
    #[error("there is a tour {shift} already: give the new one another number")]
    Taken {
        /// The number.
        shift: ShiftId,
    },
    /// It ends before it starts, or lasts for weeks.
    #[error("tour {shift} must end after it starts, and within seven days")]
    Ends {
        /// The tour.
        shift: ShiftId,
    },
    /// Nobody crews it.
    #[error("tour {shift} has no members: name at least one")]
    NoCrew {
        /// The tour.
        shift: ShiftId,
    },
    /// The unit is lent.
    #[error("unit {unit} is lent by another force, which plans its tours")]
    Lent {
        /// The unit.
        unit: UnitId,
    },
    /// A member would be in two places.
    #[error("{staff} has another tour at that time: plan one of the two with somebody else")]
    Overlap {
        /// Who.
        staff: StaffNo,
    },
    /// It is longer than the rules allow.
    #[error(
        "the tour would last {lasts}, and {longest} is the longest: shorten it, or name who waives the rule"
    )]
    Long {
        /// How long.
        lasts: Millis,
        /// The longest.
        longest: Millis,
    },
    /// A member would rest too briefly.
    #[error(
        "{staff} would rest {rest} between tours, and needs {needs}: plan it later, or name who waives the rule"
    )]
    Rest {
        /// Who.
        staff: StaffNo,
        /// How long.
        rest: Millis,
        /// The shortest.
        needs: Millis,
    },
    /// A member would be on duty too long in seven days.
    #[error(
        "{staff} would be on duty {sum} in seven days, and {most} is the most: plan it later, or name who waives the rule"
    )]
    Week {
        /// Who.
        staff: StaffNo,
        /// How long.
        sum: Millis,
        /// The most.
        most: Millis,
    },
    /// It began already.
    #[error("tour {shift} has begun: end it instead")]
    Begun {
        /// The tour.
        shift: ShiftId,
    },
    /// It has not begun.
    #[error("tour {shift} has not begun: cancel it instead")]
    NotBegun {
        /// The tour.
        shift: ShiftId,
    },
    /// It is too early for it.
    #[error("tour {shift} may begin {early} before its start at the earliest: wait until then")]
    Early {
        /// The tour.
        shift: ShiftId,
        /// How early it may begin.
        early: Millis,
    },
    /// Its time is over.
    #[error("tour {shift} was to end before now: cancel it and plan another")]
    Over {
        /// The tour.
        shift: ShiftId,
    },
    /// The unit is on another tour.
    #[error("unit {unit} is on duty already: end that tour first")]
    UnitOn {
        /// The unit.
        unit: UnitId,
    },
    /// A member is on another tour.
    #[error("{staff} is on duty in tour {shift}: end that first")]
    MemberOn {
        /// Who.
        staff: StaffNo,
        /// Where.
        shift: ShiftId,
    },
}
