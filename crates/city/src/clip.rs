//! What of an extract belongs to the city.

use precinct_base::LonLat;
use precinct_osm::Clip;

/// Whether `place` belongs to the city.
pub(crate) fn holds(clip: &Clip, place: LonLat) -> bool {
    match clip {
        Clip::Everything => true,
        Clip::Bounds(bounds) => bounds.contains(place),
        Clip::Area(area) => area.contains(place),
    }
}
