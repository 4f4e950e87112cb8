//! Lines cut to a window.

use super::{Side, Window};
use crate::world::Spot;

/// Calls `piece` with each stretch of `line` within `window`, points not repeated, two at least.
pub(crate) fn cut(
    line: &[Spot],
    window: Window,
    stretch: &mut Vec<Spot>,
    piece: &mut impl FnMut(&[Spot]),
) {
    stretch.clear();
    for ends in line.windows(2) {
        let Some((from, to)) = segment(ends[0], ends[1], window) else {
            end(stretch, piece);
            continue;
        };
        if stretch.last() != Some(&from) {
            end(stretch, piece);
            stretch.push(from);
        }
        if to != from {
            stretch.push(to);
        }
    }
    end(stretch, piece);
}

fn end(stretch: &mut Vec<Spot>, piece: &mut impl FnMut(&[Spot])) {
    if stretch.len() > 1 {
        piece(stretch);
    }
    stretch.clear();
}

/// The part of a segment within the window: cut at one side after the other.
fn segment(mut a: Spot, mut b: Spot, window: Window) -> Option<(Spot, Spot)> {
    for side in Side::ALL {
        match (window.holds(side, a), window.holds(side, b)) {
            (true, true) => {}
            (true, false) => b = window.crossing(side, a, b),
            (false, true) => a = window.crossing(side, a, b),
            (false, false) => return None,
        }
    }
    Some((a, b))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{contains, spots, window};
    use super::*;
    use proptest::prelude::*;

    fn cut_to(line: &[(i32, i32)], window: Window) -> Vec<Vec<Spot>> {
        let mut pieces = Vec::new();
        cut(&spots(line), window, &mut Vec::new(), &mut |piece| pieces.push(piece.to_vec()));
        pieces
    }

    #[test]
    fn a_line_that_comes_back_is_two_pieces() {
        let line = [(-10, 20), (50, 20), (120, 20), (120, 60), (50, 60), (50, 60), (60, 70)];
        let pieces = cut_to(&line, window(0, 100));
        assert_eq!(
            pieces,
            [spots(&[(0, 20), (50, 20), (100, 20)]), spots(&[(100, 60), (50, 60), (60, 70)])]
        );
        assert!(cut_to(&[(-5, 0), (0, 0), (-5, 3)], window(0, 100)).is_empty());
        assert!(cut_to(&[(-5, 60), (60, -35)], window(0, 10)).is_empty());
    }

    proptest! {
        /// Every point of a line that is inside is in a piece, and no piece leaves the window.
        #[test]
        fn nothing_inside_is_lost(line in prop::collection::vec((-200..200, -200..200), 2..20)) {
            let window = window(-100, 100);
            let pieces = cut_to(&line, window);
            prop_assert!(pieces.iter().flatten().all(|at| contains(window, *at)));
            prop_assert!(pieces.iter().all(|piece| piece.windows(2).all(|ends| ends[0] != ends[1])));
            for ends in spots(&line).windows(2) {
                if ends[0] != ends[1] && contains(window, ends[0]) && contains(window, ends[1]) {
                    prop_assert!(pieces.iter().any(|piece| piece.windows(2).any(|p| p == ends)));
                }
            }
        }
    }
}
