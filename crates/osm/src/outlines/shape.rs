//! The middle and the size of a closed line.

use precinct_base::{LonLat, Plane};

/// The centre of gravity of the area within a ring, or the middle of its places if it has no area; `None` without places.
pub(crate) fn centroid(ring: &[LonLat]) -> Option<LonLat> {
    let &first = ring.first()?;
    let from_first = |place: LonLat| {
        (
            i128::from(place.lon()) - i128::from(first.lon()),
            i128::from(place.lat()) - i128::from(first.lat()),
        )
    };
    let (mut twice, mut x, mut y) = (0, 0, 0);
    for i in 0..ring.len() {
        let (a, b) = (from_first(ring[i]), from_first(ring[(i + 1) % ring.len()]));
        let cross = a.0 * b.1 - b.0 * a.1;
        twice += cross;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
    }
    let (x, y) = if twice == 0 {
        let sum = ring
            .iter()
            .map(|place| from_first(*place))
            .fold((0, 0), |sum, v| (sum.0 + v.0, sum.1 + v.1));
        (sum.0 / ring.len() as i128, sum.1 / ring.len() as i128)
    } else {
        (x / (3 * twice), y / (3 * twice))
    };
    // A line that crosses itself can have its centre anywhere; then its first place will do.
    let moved = |start: i32, by: i128| i32::try_from(i128::from(start) + by).ok();
    let place = moved(first.lon(), x)
        .zip(moved(first.lat(), y))
        .and_then(|(lon, lat)| LonLat::new(lon, lat));
    Some(place.unwrap_or(first))
}

/// The area within a ring, m².
pub(crate) fn area(ring: &[LonLat]) -> u64 {
    let Some(&first) = ring.first() else { return 0 };
    let plane = Plane::at(first.lat());
    let twice: i128 = (0..ring.len())
        .map(|i| {
            let (a, b) =
                (plane.vector(first, ring[i]), plane.vector(first, ring[(i + 1) % ring.len()]));
            i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1)
        })
        .sum();
    u64::try_from(twice.unsigned_abs() / 2_000_000).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ring(places: &[(i32, i32)]) -> Vec<LonLat> {
        places.iter().map(|&(lon, lat)| LonLat::new(lon, lat).unwrap()).collect()
    }

    #[test]
    fn a_square_has_its_middle_and_its_size() {
        // A thousandth of a degree at the equator: 111.32 m by 110.57 m.
        let square = ring(&[(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)]);
        assert_eq!(centroid(&square), LonLat::new(5_000, 5_000));
        assert!(area(&square).abs_diff(12_309) <= 1);
        assert_eq!(centroid(&ring(&[(0, 0), (30, 30), (60, 60)])), LonLat::new(30, 30));
        assert_eq!((centroid(&[]), area(&[])), (None, 0));
    }

    proptest! {
        #[test]
        fn any_line_has_a_middle(places in prop::collection::vec((-1_800_000_000..=1_800_000_000, -900_000_000..=900_000_000), 1..9)) {
            prop_assert!(centroid(&ring(&places)).is_some());
            let _ = area(&ring(&places));
        }

        #[test]
        fn a_triangle_has_its_middle_inside(x in 1..1_000_000, y in 1..1_000_000) {
            let middle = centroid(&ring(&[(0, 0), (x * 3, 0), (0, y * 3)])).unwrap();
            prop_assert_eq!(middle, LonLat::new(x, y).unwrap());
        }
    }
}
