//! From which zoom on each point of a line matters.
//!
//! M. Visvalingam, J. D. Whyatt, *Line generalisation by repeated elimination of points*, The Cartographic Journal 30 (1993): the
//! point whose triangle with its neighbours is least is taken away first. Done once for all zooms, so that a line is thinned the
//! same in every tile it passes through, and cutting a tile only compares a byte.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::world::{MAX_ZOOM, Point, shift};

/// The least triangle that is kept: 16 square units of a tile, a quarter of a pixel where a tile is drawn 512 pixels wide.
const LEAST_AREA_BITS: u32 = 4;

/// For each point the zoom from which on it is kept. Ends of lines and the last three points of rings are kept always, and at the
/// deepest zoom everything is.
pub(super) fn kept_from(points: &[Point], ring: bool) -> Vec<u8> {
    let mut chain = Chain::of(points, ring);
    let mut kept = vec![0; points.len()];
    let mut heap: BinaryHeap<Reverse<(u128, usize)>> =
        (0..points.len()).filter_map(|i| Some(Reverse((chain.triangle(i)?, i)))).collect();
    let (mut left, fewest) = (points.len(), if ring { 3 } else { 2 });
    let mut gone = 0;
    while left > fewest {
        let Some(Reverse((area, i))) = heap.pop() else { break };
        if chain.triangle(i) != Some(area) {
            continue;
        }
        // A point never matters less than one that was taken away before it.
        gone = area.max(gone);
        kept[i] = zoom_of(gone);
        left -= 1;
        for near in chain.remove(i) {
            heap.extend(chain.triangle(near).map(|area| Reverse((area, near))));
        }
    }
    kept
}

/// The first zoom at which a triangle of twice this area, in world units, is large enough.
fn zoom_of(twice: u128) -> u8 {
    let large = |zoom: &u8| twice >> (2 * shift(*zoom) + LEAST_AREA_BITS + 1) > 0;
    (0..MAX_ZOOM).find(large).unwrap_or(MAX_ZOOM)
}

const NONE: usize = usize::MAX;

/// The points that are left, linked.
struct Chain<'p> {
    points: &'p [Point],
    before: Vec<usize>,
    after: Vec<usize>,
    gone: Vec<bool>,
}

impl<'p> Chain<'p> {
    fn of(points: &'p [Point], ring: bool) -> Self {
        let n = points.len();
        let mut before: Vec<usize> = (0..n).map(|i| i.wrapping_sub(1)).collect();
        let mut after: Vec<usize> = (1..=n).collect();
        if let (Some(first), Some(last)) = (before.first_mut(), after.last_mut()) {
            (*first, *last) = if ring { (n - 1, 0) } else { (NONE, NONE) };
        }
        Self { points, before, after, gone: vec![false; n] }
    }

    /// Twice the area of a point's triangle; `None` if it is an end or gone.
    fn triangle(&self, i: usize) -> Option<u128> {
        let (a, c) = (self.before[i], self.after[i]);
        if a == NONE || c == NONE || self.gone[i] {
            return None;
        }
        let from = self.points[i];
        let vector = |to: Point| {
            (i128::from(to.x) - i128::from(from.x), i128::from(to.y) - i128::from(from.y))
        };
        let (u, v) = (vector(self.points[a]), vector(self.points[c]));
        Some((u.0 * v.1 - u.1 * v.0).unsigned_abs())
    }

    /// Takes a point out that is no end and gives its neighbours.
    fn remove(&mut self, i: usize) -> [usize; 2] {
        let (a, c) = (self.before[i], self.after[i]);
        self.gone[i] = true;
        self.after[a] = c;
        self.before[c] = a;
        [a, c]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(places: &[(u32, u32)]) -> Vec<Point> {
        places.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn a_bend_matters_from_the_zoom_at_which_it_shows() {
        // A bend of 2^10 world units over 2^12: twice its area is 2^22, and 2^22 ≥ 2^(2·(20−z)+5) from z = 12 on.
        let line = points(&[(0, 0), (2_048, 1_024), (4_096, 0)]);
        assert_eq!(kept_from(&line, false), [0, 12, 0]);
        assert_eq!(kept_from(&points(&[(0, 0), (5, 5), (9, 9)]), false), [0, MAX_ZOOM, 0]);
        assert_eq!(kept_from(&points(&[(0, 0), (1, 0), (0, 1)]), true), [0, 0, 0]);
        assert!(kept_from(&[], true).is_empty());
    }

    /// The same by looking at every point for every one that is taken away.
    fn naive(points: &[Point], ring: bool) -> Vec<u8> {
        let mut chain = Chain::of(points, ring);
        let mut kept = vec![0; points.len()];
        let mut gone = 0;
        for _ in (if ring { 3 } else { 2 })..points.len() {
            let all = (0..points.len()).filter_map(|i| Some((chain.triangle(i)?, i)));
            let Some((area, i)) = all.min() else { break };
            gone = area.max(gone);
            kept[i] = zoom_of(gone);
            chain.remove(i);
        }
        kept
    }

    proptest! {
        #[test]
        fn the_least_goes_first(places in prop::collection::vec((0..100_000u32, 0..100_000u32), 0..40), ring: bool) {
            let points = points(&places);
            prop_assert_eq!(kept_from(&points, ring), naive(&points, ring));
        }
    }
}
