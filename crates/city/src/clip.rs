//! What of an extract belongs to the city.

use precinct_base::{Bounds, LonLat, MultiPolygon};

/// The ground that belongs to a city.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Clip {
    /// All of the extract.
    #[default]
    Everything,
    /// A box.
    Bounds(Bounds),
    /// A polygon.
    Area(MultiPolygon),
}

impl Clip {
    /// Whether `place` belongs to the city.
    pub fn contains(&self, place: LonLat) -> bool {
        match self {
            Self::Everything => true,
            Self::Bounds(bounds) => bounds.contains(place),
            Self::Area(area) => area.contains(place),
        }
    }

    /// The smallest box round it; `None` for everything.
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Self::Everything => None,
            Self::Bounds(bounds) => Some(*bounds),
            Self::Area(area) => area.bounds(),
        }
    }
}
