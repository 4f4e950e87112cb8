//! Why an area is not taken as described.

use precinct_base::{AreaId, AreaLevel};

/// Why an area is not taken as described.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AreaRejection {
    /// It would lie in itself.
    #[error("area {area} cannot lie in area {parent}: that lies in area {area} itself")]
    Loop {
        /// The area.
        area: AreaId,
        /// Where it is to lie.
        parent: AreaId,
    },
    /// It would lie in something smaller.
    #[error("area {area}, a {}, cannot lie in area {parent}, a {}", level.name(), within.name())]
    Level {
        /// The area.
        area: AreaId,
        /// Its level.
        level: AreaLevel,
        /// Where it is to lie.
        parent: AreaId,
        /// The level of that.
        within: AreaLevel,
    },
    /// Its thresholds do not rise.
    #[error("area {area}: its three thresholds of reach must rise from more than nothing")]
    Reach {
        /// The area.
        area: AreaId,
    },
}
