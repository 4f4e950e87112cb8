//! Lines with fewer places, for maps: D. H. Douglas and T. K. Peucker, *Algorithms for the reduction of the number of points
//! required to represent a digitized line or its caricature*, Cartographica 10 (1973).

use precinct_base::{LonLat, Metres, Plane};

/// A line of some of the places of `line` from which none of the others is farther than `tolerance`. The ends stay.
pub fn simplified(line: &[LonLat], tolerance: Metres) -> Vec<LonLat> {
    let Some(last) = line.len().checked_sub(1) else { return Vec::new() };
    let limit = u128::from(tolerance.millimetres().0).pow(2);
    let mut kept = vec![false; line.len()];
    (kept[0], kept[last]) = (true, true);
    let mut pieces = vec![(0, last)];
    while let Some((start, end)) = pieces.pop() {
        let between = start + 1..end;
        let square = |i: usize| square_to_piece(line[i], line[start], line[end]);
        let farthest = between.map(|i| (square(i), std::cmp::Reverse(i))).max();
        if let Some((_, std::cmp::Reverse(i))) = farthest.filter(|(square, _)| *square > limit) {
            kept[i] = true;
            pieces.extend([(start, i), (i, end)]);
        }
    }
    line.iter().zip(kept).filter(|(_, kept)| *kept).map(|(&at, _)| at).collect()
}

/// The line simplified as little as leaves at most `most` places, or its two ends: the tolerance is a metre, and twice that as often as
/// it takes.
pub fn thinned(line: &[LonLat], most: usize) -> Vec<LonLat> {
    let mut tolerance = Metres(1);
    loop {
        let thin = simplified(line, tolerance);
        if thin.len() <= most.max(2) {
            return thin;
        }
        tolerance.0 = tolerance.0.saturating_mul(2);
    }
}

/// The square of the distance of `at` from the straight piece between two places, in square millimetres, rounded down.
fn square_to_piece(at: LonLat, start: LonLat, end: LonLat) -> u128 {
    let plane = Plane::between(start, end);
    let wide = |(east, north): (i64, i64)| (i128::from(east), i128::from(north));
    let ((px, py), (ex, ey)) = (wide(plane.vector(start, at)), wide(plane.vector(start, end)));
    let (whole, along) = (ex * ex + ey * ey, px * ex + py * ey);
    if along <= 0 {
        return (px * px + py * py).unsigned_abs();
    }
    if along >= whole {
        return ((px - ex).pow(2) + (py - ey).pow(2)).unsigned_abs();
    }
    let cross = (px * ey - py * ex).unsigned_abs();
    // Squares of lines round the earth have 107 bits; what does not fit is far enough.
    cross.checked_mul(cross).map_or(u128::MAX, |square| square / whole.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn a_straight_line_is_its_ends_and_a_corner_stays() {
        let straight: Vec<LonLat> = (0..50).map(|x| at(x * 1_000, 0)).collect();
        assert_eq!(simplified(&straight, Metres(1)), [straight[0], straight[49]]);
        let bent = [at(0, 0), at(5_000, 1), at(10_000, 0), at(10_000, 10_000)];
        assert_eq!(simplified(&bent, Metres(1)), [bent[0], bent[2], bent[3]]);
        assert_eq!(simplified(&[], Metres(1)), []);
        assert_eq!(simplified(&bent[..1], Metres(1)), bent[..1]);
    }

    #[test]
    fn a_ring_keeps_what_is_far_from_its_end() {
        let ring = [at(0, 0), at(9_000, 0), at(9_000, 9_000), at(0, 9_000), at(0, 0)];
        assert_eq!(simplified(&ring, Metres(1)), ring);
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_near_the_piece_that_stands_for_it(
            places in prop::collection::vec((-200_000..200_000, -200_000..200_000), 0..80),
            tolerance in 0..3_000_u32,
        ) {
            let line: Vec<LonLat> = places.into_iter().map(|(x, y)| at(x, 300_000_000 + y)).collect();
            let thin = simplified(&line, Metres(tolerance));
            prop_assert_eq!((thin.first(), thin.last()), (line.first(), line.last()));
            // Each place either stays or is near the piece between the last that stayed and the next.
            let mut left = thin.iter().copied().peekable();
            let mut behind = left.next();
            for &place in line.iter().skip(1) {
                let Some(&next) = left.peek() else { break };
                if place == next {
                    behind = left.next();
                    continue;
                }
                let square = square_to_piece(place, behind.unwrap(), next);
                prop_assert!(square <= (u128::from(tolerance) * 1_000).pow(2), "{square}");
            }
            prop_assert_eq!(left.next(), None);
        }

        #[test]
        fn a_thin_line_has_as_few_places_as_asked(
            places in prop::collection::vec((-200_000..200_000, -200_000..200_000), 2..80), most in 0..40_usize,
        ) {
            let line: Vec<LonLat> = places.into_iter().map(|(x, y)| at(x, y)).collect();
            let thin = thinned(&line, most);
            prop_assert!(thin.len() <= most.max(2));
            prop_assert_eq!((thin[0], thin.last()), (line[0], line.last()));
        }
    }
}
