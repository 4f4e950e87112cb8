//! From places on the earth to places in the picture, in whole numbers.

use precinct_base::{Bounds, LonLat, Plane};

use super::svg::Tenths;

/// A point of the picture.
pub(crate) type Point = (Tenths, Tenths);

/// The map's window in the picture and the ground it shows. North is up; a kilometre is as long one way as the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    plane: Plane,
    corner: LonLat,
    ground: (i64, i64),
    /// Upper left corner of the window.
    pub(crate) at: Point,
    /// Width and height of the window.
    pub(crate) size: Point,
}

impl Frame {
    /// The window that shows all of `bounds`: as wide as `widest` unless that would make it taller than `tallest`.
    pub(crate) fn over(bounds: Bounds, at: Point, widest: Tenths, tallest: Tenths) -> Self {
        let plane = Plane::at(bounds.centre().lat());
        let (east, north) = plane.vector(bounds.min(), bounds.max());
        let ground = (east.max(1_000), north.max(1_000));
        let height = i64::from(widest) * ground.1 / ground.0;
        let size = if height <= i64::from(tallest) {
            (widest, height.max(1) as Tenths)
        } else {
            ((i64::from(tallest) * ground.0 / ground.1).max(1) as Tenths, tallest)
        };
        let corner = LonLat::new(bounds.min().lon(), bounds.max().lat()).unwrap_or(bounds.max());
        Self { plane, corner, ground, at, size }
    }

    /// Where a place is in the picture.
    pub(crate) fn point(&self, place: LonLat) -> Point {
        let (east, north) = self.plane.vector(self.corner, place);
        let x = round_div(east * i64::from(self.size.0), self.ground.0);
        let y = round_div(-north * i64::from(self.size.1), self.ground.1);
        (self.at.0 + x as Tenths, self.at.1 + y as Tenths)
    }

    /// Millimetres on the ground for one pixel.
    pub(crate) fn mm_per_px(&self) -> i64 {
        (self.ground.0 * 10 / i64::from(self.size.0)).max(1)
    }

    /// How long a stretch of ground is in the picture.
    pub(crate) fn tenths(&self, mm: i64) -> Tenths {
        round_div(mm * 10, self.mm_per_px()) as Tenths
    }

    /// Whether a point is in the window.
    pub(crate) fn shows(&self, (x, y): Point) -> bool {
        (self.at.0..=self.at.0 + self.size.0).contains(&x)
            && (self.at.1..=self.at.1 + self.size.1).contains(&y)
    }
}

fn round_div(a: i64, b: i64) -> i64 {
    (2 * a + b).div_euclid(2 * b)
}

/// The ground worth showing: the box round the places, less stray ones far from all others, with a margin of 2 %.
///
/// Stray means outside the box of the middle 99 % (by longitude and by latitude) made half as large again.
pub(crate) fn worth_showing(places: impl Iterator<Item = LonLat>) -> Option<Bounds> {
    let (mut lons, mut lats): (Vec<i32>, Vec<i32>) = places.map(|p| (p.lon(), p.lat())).unzip();
    let (west, east) = middle(&mut lons)?;
    let (south, north) = middle(&mut lats)?;
    let grown = |low: i32, high: i32, limit: i32| {
        let margin = (i64::from(high) - i64::from(low)) / 50 + 2_000;
        let cut = |v: i64| v.clamp(-i64::from(limit), i64::from(limit)) as i32;
        (cut(i64::from(low) - margin), cut(i64::from(high) + margin))
    };
    let (west, east) = grown(west, east, 1_800_000_000);
    let (south, north) = grown(south, north, 900_000_000);
    Bounds::new(LonLat::new(west, south)?, LonLat::new(east, north)?)
}

fn middle(values: &mut [i32]) -> Option<(i32, i32)> {
    values.sort_unstable();
    let (&first, &last) = (values.first()?, values.last()?);
    let aside = values.len() / 200;
    let (low, high) = (i64::from(values[aside]), i64::from(values[values.len() - 1 - aside]));
    let slack = (high - low) / 4;
    Some((i64::from(first).max(low - slack) as i32, i64::from(last).min(high + slack) as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(west: i32, south: i32, east: i32, north: i32) -> Bounds {
        Bounds::new(LonLat::new(west, south).unwrap(), LonLat::new(east, north).unwrap()).unwrap()
    }

    #[test]
    fn corners_land_on_corners() {
        let ground = bounds(1_135_000_000, 221_000_000, 1_136_000_000, 222_000_000);
        let frame = Frame::over(ground, (100, 200), 5_000, 9_000);
        assert_eq!(frame.size.0, 5_000);
        assert!((5_300..5_500).contains(&frame.size.1), "{:?}", frame.size);
        let north_west = LonLat::new(1_135_000_000, 222_000_000).unwrap();
        assert_eq!(frame.point(north_west), (100, 200));
        assert_eq!(frame.point(ground.max()), (5_100, 200));
        assert_eq!(frame.point(ground.min()), (100, 200 + frame.size.1));
        assert!(frame.shows((100, 200)) && !frame.shows((99, 200)));
    }

    #[test]
    fn a_tall_city_is_narrower() {
        let frame = Frame::over(bounds(0, 0, 100_000, 400_000), (0, 0), 5_000, 4_000);
        assert_eq!(frame.size.1, 4_000);
        assert!((990..1_020).contains(&frame.size.0), "{:?}", frame.size);
    }

    #[test]
    fn a_kilometre_is_as_long_as_it_should_be() {
        // A degree of longitude at the equator is 111,319 m; 0.01° over 1,113.19 px is one metre a pixel.
        let frame = Frame::over(bounds(0, -50_000, 100_000, 50_000), (0, 0), 11_132, 20_000);
        assert!((990..=1_010).contains(&frame.mm_per_px()), "{}", frame.mm_per_px());
        assert!((frame.tenths(100_000) - 1_000).abs() <= 10);
    }

    #[test]
    fn strays_do_not_stretch_the_picture() {
        let near = (0..1_000).map(|i| LonLat::new(i * 100, i * 100).unwrap());
        let stray = LonLat::new(90_000_000, -80_000_000).unwrap();
        let shown = worth_showing(near.clone().chain([stray])).unwrap();
        assert!(shown.contains(LonLat::new(0, 0).unwrap()));
        assert!(shown.max().lon() < 140_000 && shown.min().lat() > -40_000);
        let all = worth_showing(near).unwrap();
        assert!(all.max().lon() < 105_000 && all.contains(LonLat::new(99_900, 99_900).unwrap()));
        assert_eq!(worth_showing(std::iter::empty()), None);
    }
}
