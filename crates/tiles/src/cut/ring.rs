//! Rings cut to a window.
//!
//! I. E. Sutherland, G. W. Hodgman, *Reentrant polygon clipping*, Communications of the ACM 17 (1974). A ring that leaves the window
//! several times stays one ring, with edges that run along the window's side; in a tile they lie in the buffer, where nobody
//! looks. In return nothing can be joined wrongly, whatever the ring: area is kept exactly, but for rounding.

use super::{Side, Window};
use crate::world::{Spot, turned_area};

/// Cuts `ring` to `window` in place, without points repeated. `spare` is scratch. Empty if nothing is left.
pub(crate) fn cut(ring: &mut Vec<Spot>, window: Window, spare: &mut Vec<Spot>) {
    for side in Side::ALL {
        // Mostly a ring crosses one or two sides.
        if ring.iter().all(|at| window.holds(side, *at)) {
            continue;
        }
        spare.clear();
        cut_side(ring, window, side, spare);
        std::mem::swap(ring, spare);
    }
    tidy(ring);
}

fn cut_side(ring: &[Spot], window: Window, side: Side, out: &mut Vec<Spot>) {
    let Some(&last) = ring.last() else { return };
    let (mut before, mut was_inside) = (last, window.holds(side, last));
    for &at in ring {
        let inside = window.holds(side, at);
        if inside != was_inside {
            out.push(window.crossing(side, before, at));
        }
        if inside {
            out.push(at);
        }
        (before, was_inside) = (at, inside);
    }
}

/// Leaves out repeated points and points on the way straight to the next or back, such as where an edge along the side was
/// doubled.
fn tidy(ring: &mut Vec<Spot>) {
    let mut kept = 0;
    for i in 0..ring.len() {
        let at = ring[i];
        while kept > 0 && ring[kept - 1] == at
            || kept > 1 && in_line(ring[kept - 2], ring[kept - 1], at)
        {
            kept -= 1;
        }
        ring[kept] = at;
        kept += 1;
    }
    ring.truncate(kept);
    tidy_seam(ring);
}

/// The same where the ring closes.
fn tidy_seam(ring: &mut Vec<Spot>) {
    let mut start = 0;
    while ring.len() > start + 2 {
        let (first, second) = (ring[start], ring[start + 1]);
        let (last, before) = (ring[ring.len() - 1], ring[ring.len() - 2]);
        if last == first || in_line(before, last, first) {
            ring.pop();
        } else if in_line(last, first, second) {
            start += 1;
        } else {
            break;
        }
    }
    ring.drain(..start);
}

fn in_line(a: Spot, b: Spot, c: Spot) -> bool {
    let (ux, uy) = (i64::from(b.x) - i64::from(a.x), i64::from(b.y) - i64::from(a.y));
    let (vx, vy) = (i64::from(c.x) - i64::from(b.x), i64::from(c.y) - i64::from(b.y));
    ux * vy == uy * vx
}

/// Twice its area, positive if it is turned as an outer ring.
pub(crate) fn area(ring: &[Spot]) -> i64 {
    turned_area(ring.iter().map(|at| (*at).into())) as i64
}

#[cfg(test)]
mod tests {
    use super::super::tests::{contains, spots, window};
    use super::*;
    use proptest::prelude::*;

    fn cut_to(ring: &[(i32, i32)], window: Window) -> Vec<Spot> {
        let mut ring = spots(ring);
        cut(&mut ring, window, &mut Vec::new());
        ring
    }

    #[test]
    fn a_ring_is_cut_at_each_side() {
        let all = cut_to(&[(-50, -50), (150, -50), (150, 150), (-50, 150)], window(0, 100));
        assert_eq!((all.len(), area(&all)), (4, 20_000));
        let corner = cut_to(&[(90, 90), (110, 90), (110, 110), (90, 110)], window(0, 100));
        assert_eq!((corner.len(), area(&corner)), (4, 200));
        assert!(area(&cut_to(&[(200, 0), (300, 0), (300, 50)], window(0, 100))) == 0);
    }

    #[test]
    fn points_in_line_are_left_out() {
        let ring = cut_to(&[(5, 0), (10, 0), (10, 10), (5, 10), (0, 10), (0, 0)], window(0, 100));
        assert_eq!(ring, spots(&[(10, 0), (10, 10), (0, 10), (0, 0)]));
        assert!(cut_to(&[(0, 0), (5, 5), (9, 9), (5, 5)], window(0, 100)).len() < 3);
    }

    fn ring() -> impl Strategy<Value = Vec<(i32, i32)>> {
        prop::collection::vec((-500..500, -500..500), 3..20)
    }

    proptest! {
        /// Any ring, crossing itself as it likes: the signed areas of a grid of tiles add up to its own.
        #[test]
        fn a_grid_of_windows_loses_no_area(ring in ring(), step in 50..400) {
            let mut sum = 0;
            let mut edges = 0;
            for column in -500 / step - 1..=500 / step {
                for row in -500 / step - 1..=500 / step {
                    let min = Spot { x: column * step, y: row * step };
                    let max = Spot { x: min.x + step, y: min.y + step };
                    let tile = Window { min, max };
                    let piece = cut_to(&ring, tile);
                    prop_assert!(piece.iter().all(|at| contains(tile, *at)));
                    sum += area(&piece);
                    edges += 1;
                }
            }
            // A crossing is rounded by at most half a unit, twice at a corner: each edge of the ring moves by a unit at most.
            let length: i64 = (0..ring.len())
                .map(|i| (ring[i], ring[(i + 1) % ring.len()]))
                .map(|(a, b)| i64::from((a.0 - b.0).abs() + (a.1 - b.1).abs()))
                .sum();
            let whole = area(&spots(&ring));
            prop_assert!((sum - whole).abs() <= 2 * length + edges, "{} is not {}", sum, whole);
        }

        #[test]
        fn a_ring_inside_keeps_its_area(ring in ring()) {
            prop_assert_eq!(area(&cut_to(&ring, window(-500, 500))), area(&spots(&ring)));
        }
    }
}
