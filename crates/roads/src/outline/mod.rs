//! Outlines of reach: the streets one can get to, as areas a person would draw round them on a map.
//!
//! Every street is widened to a band with round ends. A grid of points knows how far each is from the nearest street; the line
//! at which that distance is the radius is found between the points (W. E. Lorensen and H. E. Cline, *Marching cubes*,
//! SIGGRAPH 1987, in two dimensions), joined into rings, freed of small holes and thinned out.

mod grid;
mod rings;
#[cfg(test)]
mod tests;
mod thin;

use precinct_base::{Bounds, LonLat, Metres, MultiPolygon, Polygon, Ring};

use grid::Field;
use rings::{Contour, Kind};

/// How an outline is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineStyle {
    /// How far from a street the outline runs. The grid has points a third of this apart, or farther where there would be
    /// more than a million; then the outline runs at least twice that far from a street. At most 1,000 km.
    pub radius: Metres,
    /// Holes smaller than this many square metres are filled: the insides of blocks.
    pub smallest_hole_m2: u64,
    /// Holes smaller than one in so many of the area they are in are filled too: the more there is to see, the less it is to
    /// be riddled. 0 fills none of these.
    pub smallest_hole_one_in: u32,
}

impl Default for OutlineStyle {
    /// 60 m, half a usual block, and holes of at least four hectares, two usual blocks, and of a thousandth of the whole.
    fn default() -> Self {
        Self { radius: Metres(60), smallest_hole_m2: 40_000, smallest_hole_one_in: 1_000 }
    }
}

/// The area round the streets of `pieces`, each the places of one piece of street in order.
///
/// Outer rings run counter-clockwise and holes clockwise (RFC 7946); no ring touches itself or another; every place of a piece
/// is inside. The order of the pieces, and which way each runs, make no difference. At the 180th meridian and the poles the
/// area is cut off a few metres before.
///
/// ```
/// use precinct_base::LonLat;
/// use precinct_roads::{OutlineStyle, outline};
///
/// let at = |text: &str| text.parse::<LonLat>().unwrap();
/// let street = [at("113.540,22.190"), at("113.545,22.190")];
/// let area = outline([street], &OutlineStyle::default());
/// assert_eq!(area.0.len(), 1);
/// assert!(area.contains(at("113.542,22.1904")) && !area.contains(at("113.542,22.191")));
/// ```
pub fn outline<P: AsRef<[LonLat]>>(
    pieces: impl IntoIterator<Item = P>,
    style: &OutlineStyle,
) -> MultiPolygon {
    let mut places: Vec<LonLat> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for piece in pieces {
        places.extend_from_slice(piece.as_ref());
        ends.push(places.len());
    }
    let Some(bounds) = Bounds::around(places.iter().copied()) else {
        return MultiPolygon::default();
    };
    let mut field = Field::over(bounds, style.radius);
    let mut start = 0;
    for end in ends {
        field.paint(&places[start..end]);
        start = end;
    }
    field.close();
    let mut contour = Contour::of(&field);
    contour.fill_holes(&field, style);
    let left = thin::thinned(&field, &contour);
    polygons(&contour, &left)
}

/// Puts each hole into the ring it is cut out of.
fn polygons(contour: &Contour, left: &[bool]) -> MultiPolygon {
    let mut polygons: Vec<Polygon> = Vec::new();
    let mut place_of = vec![0; contour.rings.len()];
    for (i, ring) in contour.rings.iter().enumerate().filter(|(_, ring)| ring.kept) {
        let places: Ring = ring.points().filter(|&p| left[p]).map(|p| contour.points[p]).collect();
        match ring.kind {
            Kind::Outer => {
                place_of[i] = polygons.len();
                polygons.push(Polygon { outer: places, holes: Vec::new() });
            }
            // A ring comes after the one round it.
            Kind::Hole => polygons[place_of[ring.within.unwrap_or(i)]].holes.push(places),
        }
    }
    MultiPolygon(polygons)
}
