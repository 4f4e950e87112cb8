//! Places in an area: a box that no edge comes near is in or out as a whole, and near an edge only the edges that matter are asked.

use precinct_base::{LonLat, MultiPolygon};

use super::{Extent, Node, Tree};

/// An edge of an area, from its southern end to its northern.
#[derive(Clone, Copy, Debug)]
struct Edge {
    low: LonLat,
    high: LonLat,
}

impl Edge {
    fn between(a: LonLat, b: LonLat) -> Self {
        if a.lat() <= b.lat() { Self { low: a, high: b } } else { Self { low: b, high: a } }
    }

    fn west(&self) -> i32 {
        self.low.lon().min(self.high.lon())
    }

    fn east(&self) -> i32 {
        self.low.lon().max(self.high.lon())
    }

    /// Whether a ray going east from `place` crosses it, as [`MultiPolygon::contains`] counts.
    fn is_crossed_from(&self, place: LonLat) -> bool {
        if place.lat() < self.low.lat() || place.lat() >= self.high.lat() {
            return false;
        }
        let wide = |from: i32, to: i32| i64::from(to) - i64::from(from);
        // Neither product is more than 3.6e9 × 1.8e9, which has room.
        let edge = wide(self.low.lon(), self.high.lon()) * wide(self.low.lat(), place.lat());
        let ray = wide(self.low.lat(), self.high.lat()) * wide(self.low.lon(), place.lon());
        edge > ray
    }
}

/// How an edge lies to a box, for rays going east from places in the box.
enum Lie {
    /// No ray crosses it.
    Aside,
    /// Every ray crosses it.
    Across,
    /// Some rays may cross it, and it does not touch the box.
    East,
    /// It may touch the box.
    Near,
}

fn lie(edge: &Edge, extent: &Extent) -> Lie {
    let (low, high) = (edge.low.lat(), edge.high.lat());
    // An edge that ends at the southern side leaves all of the box on one side, and rays are counted below an edge's upper end.
    if edge.east() < extent.west || low > extent.north || high < extent.south {
        Lie::Aside
    } else if edge.west() <= extent.east {
        Lie::Near
    } else if low <= extent.south && high > extent.north {
        Lie::Across
    } else {
        Lie::East
    }
}

fn edges(area: &MultiPolygon) -> Vec<Edge> {
    let ends = |ring: &Vec<LonLat>| ring.last().copied();
    let closed = area.rings().filter_map(|ring| Some((ring, ends(ring)?)));
    closed
        .flat_map(|(ring, last)| {
            let before = std::iter::once(last).chain(ring.iter().copied());
            before.zip(ring.iter().copied()).map(|(a, b)| Edge::between(a, b))
        })
        .collect()
}

fn is_odd(odd: bool, edges: &[Edge], place: LonLat) -> bool {
    odd ^ (edges.iter().filter(|edge| edge.is_crossed_from(place)).count() % 2 == 1)
}

impl Tree {
    /// Who is in an area, in the order of the curve.
    pub(crate) fn within_polygon(&self, area: &MultiPolygon) -> Vec<u32> {
        let mut found = Vec::new();
        if let Some(root) = self.root() {
            self.in_edges(root, &edges(area), false, &mut found);
        }
        found
    }

    /// Looks at a box. `edges` are all that a ray from within it can cross, but for those that all cross: `odd` counts these.
    fn in_edges(&self, node: Node, edges: &[Edge], mut odd: bool, found: &mut Vec<u32>) {
        let extent = self.extent(node);
        let mut kept = Vec::new();
        let mut touched = false;
        for edge in edges {
            match lie(edge, extent) {
                Lie::Aside => {}
                Lie::Across => odd = !odd,
                Lie::East => kept.push(*edge),
                Lie::Near => {
                    kept.push(*edge);
                    touched = true;
                }
            }
        }
        let spots = self.spots(node);
        if !touched {
            if spots.first().is_some_and(|spot| is_odd(odd, &kept, spot.at)) {
                found.extend(spots.iter().map(|spot| spot.id));
            }
        } else if node.storey == 0 {
            let inside = spots.iter().filter(|spot| is_odd(odd, &kept, spot.at));
            found.extend(inside.map(|spot| spot.id));
        } else {
            for child in self.children(node) {
                self.in_edges(child, &kept, odd, found);
            }
        }
    }
}
