//! Plain readings of a generated city, written without regard to how it was made.

use precinct_base::{LonLat, MultiPolygon, Plane};
use precinct_sim::generate::City;

/// The streets cars may use.
pub(crate) struct Streets<'a> {
    city: &'a City,
    arcs: Vec<(u32, u32)>,
    stretches: Vec<(u32, u32)>,
}

impl<'a> Streets<'a> {
    pub(crate) fn of(city: &'a City) -> Self {
        let (mut arcs, mut stretches) = (Vec::new(), Vec::new());
        for way in city.ways.iter().filter(|way| way.kind.carries_cars()) {
            for w in way.nodes.windows(2) {
                stretches.push((w[0], w[1]));
                arcs.push((w[0], w[1]));
                if !way.oneway {
                    arcs.push((w[1], w[0]));
                }
            }
        }
        Self { city, arcs, stretches }
    }

    fn used(&self) -> Vec<u32> {
        let mut used: Vec<u32> = self.stretches.iter().flat_map(|&(a, b)| [a, b]).collect();
        used.sort_unstable();
        used.dedup();
        used
    }

    pub(crate) fn nodes(&self) -> usize {
        self.used().len()
    }

    /// Stretches between junctions or ends.
    pub(crate) fn segments(&self) -> usize {
        let mut degree = vec![0usize; self.city.nodes.len()];
        for &(a, b) in &self.stretches {
            degree[a as usize] += 1;
            degree[b as usize] += 1;
        }
        let bends = degree.iter().filter(|&&degree| degree == 2).count();
        self.stretches.len() - bends
    }

    /// How many nodes reach, and are reached from, the largest strongly connected part: found from the best of a few hubs.
    pub(crate) fn main_part(&self) -> usize {
        let used = self.used();
        let back: Vec<(u32, u32)> = self.arcs.iter().map(|&(a, b)| (b, a)).collect();
        let hubs = (0..5).map(|i| used[used.len() * (2 * i + 1) / 10]);
        let both = |hub| {
            let (out, home) = (self.reached(&self.arcs, hub), self.reached(&back, hub));
            out.into_iter().zip(home).filter(|&(out, home)| out && home).count()
        };
        hubs.map(both).max().unwrap_or(0)
    }

    fn reached(&self, arcs: &[(u32, u32)], hub: u32) -> Vec<bool> {
        let mut onwards: Vec<Vec<u32>> = vec![Vec::new(); self.city.nodes.len()];
        for &(a, b) in arcs {
            onwards[a as usize].push(b);
        }
        let mut seen = vec![false; onwards.len()];
        let mut open = vec![hub];
        seen[hub as usize] = true;
        while let Some(node) = open.pop() {
            for &next in &onwards[node as usize] {
                if !std::mem::replace(&mut seen[next as usize], true) {
                    open.push(next);
                }
            }
        }
        seen
    }

    /// Millimetres from `at` to the nearest street.
    pub(crate) fn distance(&self, at: LonLat) -> i64 {
        let plane = Plane::at(at.lat());
        let place = |node: u32| plane.vector(at, self.city.nodes[node as usize]);
        let near = |&&(a, b): &&(u32, u32)| {
            let close = |node: u32| {
                let (x, y) = place(node);
                x.abs().max(y.abs()) < 2_000_000
            };
            close(a) || close(b)
        };
        let away = |&(a, b): &(u32, u32)| {
            let ((ax, ay), (bx, by)) = (place(a), place(b));
            let (dx, dy) = (i128::from(bx - ax), i128::from(by - ay));
            let whole = (dx * dx + dy * dy).max(1);
            let part = -(i128::from(ax) * dx + i128::from(ay) * dy);
            let part = part.clamp(0, whole);
            let (x, y) = (i128::from(ax) + dx * part / whole, i128::from(ay) + dy * part / whole);
            (x * x + y * y).isqrt() as i64
        };
        self.stretches.iter().filter(near).map(away).min().unwrap_or(i64::MAX)
    }
}

pub(crate) fn in_river(city: &City, at: LonLat) -> bool {
    let water = city.river.left.iter().chain(city.river.right.iter().rev());
    MultiPolygon::from_ring(water.copied().collect()).contains(at)
}

/// Whether the stretch between two nodes crosses the middle of the river.
pub(crate) fn crosses(city: &City, a: u32, b: u32) -> bool {
    let (a, b) = (city.nodes[a as usize], city.nodes[b as usize]);
    let side = |p: LonLat, q: LonLat, r: LonLat| {
        let vector = |to: LonLat| {
            (i128::from(to.lon()) - i128::from(p.lon()), i128::from(to.lat()) - i128::from(p.lat()))
        };
        let ((ax, ay), (bx, by)) = (vector(q), vector(r));
        (ax * by - ay * bx).signum()
    };
    let meets = |c, d| side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
    city.river.middle.windows(2).any(|w| meets(w[0], w[1]))
}
