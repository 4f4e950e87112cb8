//! The sea within a box, from the coastline: land lies to its left, sea to its right.
//!
//! Coastline that crosses the box is cut to it; from where a piece leaves, the edge of the sea goes on clockwise along the side of
//! the box to where the next piece enters. Closed coastline inside is an island, or, turned the other way, a sea of its own.

mod border;
mod chain;

use precinct_base::{Bounds, LonLat, MultiPolygon, Polygon, Ring};

use border::Border;

/// Islands in one box beyond which the smallest are not cut out.
const ISLANDS: usize = 1 << 14;

/// What [`sea`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sea {
    pub(super) area: MultiPolygon,
    /// Ends of coastline inside the box.
    pub(super) loose_ends: u64,
}

/// The sea within `bounds`; `ways` are the nodes of each way of coastline.
pub(super) fn sea(ways: &[&[i64]], at: impl Fn(i64) -> Option<LonLat>, bounds: Bounds) -> Sea {
    let border = Border(bounds);
    let (mut pieces, mut closed) = (Vec::new(), Vec::new());
    for chain in chain::join(ways) {
        let places: Vec<Option<LonLat>> = chain.iter().map(|node| at(*node)).collect();
        for line in places.split(Option::is_none) {
            let line: Vec<LonLat> = line.iter().flatten().copied().collect();
            border.cut(line, &mut pieces, &mut closed);
        }
    }
    let mut loose_ends = 0;
    for piece in &mut pieces {
        loose_ends += border.take_to_the_side(piece);
    }
    let crossed = !pieces.is_empty();
    let (islands, lagoons): (Vec<Ring>, Vec<Ring>) =
        closed.into_iter().partition(|ring| twice_area(ring) > 0);
    let mut seas: Vec<Ring> = border.close(&pieces);
    seas.extend(lagoons);
    Sea { area: with_islands(seas, islands, crossed, bounds), loose_ends }
}

/// Cuts the islands out of the seas. If no coast crosses the box and an island lies in none of the seas there are, then all the box
/// is sea.
fn with_islands(
    seas: Vec<Ring>,
    mut islands: Vec<Ring>,
    crossed: bool,
    bounds: Bounds,
) -> MultiPolygon {
    if islands.len() > ISLANDS {
        islands.sort_by_cached_key(|island| std::cmp::Reverse(twice_area(island)));
        islands.truncate(ISLANDS);
    }
    let mut seas: Vec<Basin> = seas.into_iter().filter_map(Basin::of).collect();
    // The smallest first, so that an island in a lagoon of an island is cut out of the lagoon.
    seas.sort_by_key(|sea| sea.size);
    let mut homes: Vec<_> = islands.iter().map(|island| home(&seas, island)).collect();
    if !crossed && homes.contains(&None) {
        for home in &mut homes {
            home.get_or_insert(seas.len());
        }
        let whole = MultiPolygon::from_bounds(bounds);
        seas.extend(whole.0.into_iter().filter_map(|polygon| Basin::of(polygon.outer)));
    }
    let mut polygons: Vec<Polygon> = seas.into_iter().flat_map(|sea| sea.area.0).collect();
    for (island, home) in islands.into_iter().zip(homes) {
        if let Some(sea) = home.and_then(|sea| polygons.get_mut(sea)) {
            sea.holes.push(island);
        }
    }
    MultiPolygon(polygons)
}

/// A sea without its islands.
struct Basin {
    area: MultiPolygon,
    bounds: Bounds,
    size: u128,
}

impl Basin {
    fn of(ring: Ring) -> Option<Self> {
        let (bounds, size) =
            (Bounds::around(ring.iter().copied())?, twice_area(&ring).unsigned_abs());
        Some(Self { area: MultiPolygon::from_ring(ring), bounds, size })
    }
}

/// The first sea that an island lies in.
fn home(seas: &[Basin], island: &Ring) -> Option<usize> {
    let &place = island.first()?;
    seas.iter().position(|sea| sea.bounds.contains(place) && sea.area.contains(place))
}

/// Twice the area within a ring, positive if it goes anticlockwise on a map with north up.
fn twice_area(ring: &[LonLat]) -> i128 {
    let next = ring.iter().cycle().skip(1);
    let cross = |(a, b): (&LonLat, &LonLat)| {
        i128::from(a.lon()) * i128::from(b.lat()) - i128::from(b.lon()) * i128::from(a.lat())
    };
    ring.iter().zip(next).map(cross).sum()
}

#[cfg(test)]
mod tests;
