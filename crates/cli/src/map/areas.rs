//! Areas in the picture: land under the streets, dashed borders over them, and names where there is room.

use precinct_base::MultiPolygon;
use unicode_width::UnicodeWidthStr;

use super::frame::{Frame, Point};
use super::lines::simplify;
use super::svg::{Svg, Tenths, path_data};

/// An area and what it is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area<'a> {
    /// The name to write; may be empty.
    pub(crate) name: &'a str,
    /// The ground it covers.
    pub(crate) shape: &'a MultiPolygon,
}

/// What may be lost of a bend in a border, in tenths of a pixel.
const TOLERANCE: Tenths = 6;
/// Width of one place of a Latin letter in a name; a Chinese one takes two.
const LETTER: Tenths = 68;
/// Height of a name.
const LINE: Tenths = 150;

/// The rings of all areas as one path, in tenths.
pub(crate) fn outline<'a>(
    frame: &Frame,
    areas: impl IntoIterator<Item = &'a MultiPolygon>,
) -> String {
    let mut data = String::new();
    for ring in areas.into_iter().flat_map(MultiPolygon::rings) {
        let mut line: Vec<Point> = ring.iter().map(|&place| frame.point(place)).collect();
        line.extend(line.first().copied());
        let line = simplify(&line, TOLERANCE);
        if line.len() > 3 && line.iter().any(|&point| frame.shows(point)) {
            data += &path_data([&line[..line.len() - 1]]);
            data.push('z');
        }
    }
    data
}

/// Boxes of the picture that are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken(Vec<(Point, Point)>);

impl Taken {
    /// Takes the box of this size round a point; false, and nothing taken, if part of it is taken already.
    pub(crate) fn take(&mut self, centre: Point, size: Point) -> bool {
        let (low, high) = around(centre, size);
        let free = self.0.iter().all(|&(other_low, other_high)| {
            high.0 <= other_low.0
                || other_high.0 <= low.0
                || high.1 <= other_low.1
                || other_high.1 <= low.1
        });
        if free {
            self.0.push((low, high));
        }
        free
    }

    /// Takes the box of this size at a point or, if that is taken, as near to it as there is room; at the point itself if there
    /// is none within four boxes.
    pub(crate) fn near(&mut self, centre: Point, size: Point) -> Point {
        const STEPS: [(i32, i32); 8] =
            [(1, 0), (0, -1), (-1, 0), (0, 1), (1, -1), (-1, -1), (-1, 1), (1, 1)];
        for ring in 0..=4 {
            for (dx, dy) in STEPS {
                let point = (centre.0 + dx * ring * size.0, centre.1 + dy * ring * size.1);
                if self.take(point, size) {
                    return point;
                }
            }
        }
        self.insist(centre, size);
        centre
    }

    /// Takes the box whatever lies there.
    pub(crate) fn insist(&mut self, centre: Point, size: Point) {
        self.0.push(around(centre, size));
    }
}

fn around(centre: Point, size: Point) -> (Point, Point) {
    let half = (size.0 / 2, size.1 / 2);
    ((centre.0 - half.0, centre.1 - half.1), (centre.0 + half.0, centre.1 + half.1))
}

/// Writes the names that have room, the largest areas first.
pub(crate) fn names(svg: &mut Svg, frame: &Frame, areas: &[Area<'_>], taken: &mut Taken) {
    let mut places: Vec<(Tenths, &str, Vec<Point>)> = Vec::new();
    for area in areas.iter().filter(|area| !area.name.is_empty()) {
        let ring = largest_ring(frame, area.shape);
        let (depth, best) = deepest(&ring);
        if depth > 0 {
            places.push((depth, area.name, best));
        }
    }
    places.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    for (depth, name, candidates) in places {
        let wide = name.width() as Tenths * LETTER;
        // A name may stick out of a narrow area a little, not more.
        if wide > depth * 5 {
            continue;
        }
        let fits = candidates.into_iter().find(|&point| {
            let half = wide / 2;
            frame.shows((point.0 - half, point.1 - LINE))
                && frame.shows((point.0 + half, point.1 + LINE))
                && taken.take(point, (wide, LINE))
        });
        if let Some((x, y)) = fits {
            svg.label("name ink halo", x, y + 42, name);
        }
    }
}

fn largest_ring(frame: &Frame, shape: &MultiPolygon) -> Vec<Point> {
    let rings = shape.0.iter().map(|polygon| {
        let ring: Vec<Point> = polygon.outer.iter().map(|&place| frame.point(place)).collect();
        simplify(&ring, TOLERANCE * 3)
    });
    rings.max_by_key(|ring| doubled_area(ring)).unwrap_or_default()
}

fn doubled_area(ring: &[Point]) -> u64 {
    let next = |i: usize| ring[(i + 1) % ring.len()];
    let wide = |a: i32, b: i32| i64::from(a) * i64::from(b);
    let sum: i64 =
        (0..ring.len()).map(|i| wide(ring[i].0, next(i).1) - wide(next(i).0, ring[i].1)).sum();
    sum.unsigned_abs()
}

/// Points inside a ring far from its edge, the farthest first, and how far that one is.
fn deepest(ring: &[Point]) -> (Tenths, Vec<Point>) {
    const STEPS: i32 = 16;
    let xs = || ring.iter().map(|point| point.0);
    let ys = || ring.iter().map(|point| point.1);
    let (Some(west), Some(east), Some(top), Some(bottom)) =
        (xs().min(), xs().max(), ys().min(), ys().max())
    else {
        return (0, Vec::new());
    };
    let mut found: Vec<(Tenths, Point)> = Vec::new();
    for i in 1..STEPS {
        for j in 1..STEPS {
            let point = (west + (east - west) * i / STEPS, top + (bottom - top) * j / STEPS);
            if inside(ring, point) {
                found.push((distance_to_edge(ring, point), point));
            }
        }
    }
    found.sort_by_key(|&(depth, point)| (-depth, point));
    let depth = found.first().map_or(0, |best| best.0);
    let good = found.into_iter().filter(|one| one.0 * 2 >= depth).take(24);
    (depth, good.map(|one| one.1).collect())
}

fn inside(ring: &[Point], (x, y): Point) -> bool {
    let mut odd = false;
    for (i, &a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        if (a.1 > y) != (b.1 > y) {
            let (low, high) = if a.1 < b.1 { (a, b) } else { (b, a) };
            let wide = |p: i32, q: i32| i64::from(q) - i64::from(p);
            let turn = wide(low.0, high.0) * wide(low.1, y) - wide(low.1, high.1) * wide(low.0, x);
            odd ^= turn > 0;
        }
    }
    odd
}

fn distance_to_edge(ring: &[Point], p: Point) -> Tenths {
    let nearest = (0..ring.len()).map(|i| to_side(p, ring[i], ring[(i + 1) % ring.len()])).min();
    nearest.map_or(0, |square| square.isqrt() as Tenths)
}

/// The square of the distance from a point to a side.
fn to_side(p: Point, a: Point, b: Point) -> u64 {
    let step = |from: Point, to: Point| (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
    let (ab, ap) = (step(a, b), step(a, p));
    let whole = ab.0 * ab.0 + ab.1 * ab.1;
    let along = (ab.0 * ap.0 + ab.1 * ap.1).clamp(0, whole);
    let foot = |from: i64, by: i64| if whole == 0 { from } else { from - by * along / whole };
    let (x, y) = (foot(ap.0, ab.0), foot(ap.1, ab.1));
    (x * x + y * y) as u64
}

#[cfg(test)]
mod tests {
    use precinct_base::{Bounds, LonLat};

    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    fn frame() -> Frame {
        Frame::over(Bounds::new(at(0, 0), at(100_000, 100_000)).unwrap(), (0, 0), 4_000, 9_000)
    }

    fn square(low: i32, high: i32) -> MultiPolygon {
        MultiPolygon::from_ring(vec![at(low, low), at(high, low), at(high, high), at(low, high)])
    }

    #[test]
    fn a_name_stands_in_the_middle_of_its_area_and_only_once_on_a_spot() {
        let (wide, same) = (square(10_000, 90_000), square(10_000, 90_000));
        let areas = [Area { name: "花地玛堂区", shape: &wide }, Area { name: "", shape: &same }];
        let mut svg = Svg::default();
        names(&mut svg, &frame(), &areas, &mut Taken::default());
        let text = svg.finish();
        assert_eq!(text.matches("<text").count(), 1);
        assert!(text.contains("x=\"200\""), "{text}");
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        let shape = square(50_000, 51_000);
        let areas = [Area { name: "A very long name", shape: &shape }];
        let mut svg = Svg::default();
        names(&mut svg, &frame(), &areas, &mut Taken::default());
        assert!(svg.finish().is_empty());
    }

    #[test]
    fn boxes_are_taken_once() {
        let mut taken = Taken::default();
        assert!(
            taken.take((0, 0), (10, 10))
                && !taken.take((9, 0), (10, 10))
                && taken.take((10, 0), (10, 10))
        );
        assert_eq!(taken.near((0, 0), (10, 10)), (0, -10));
        assert_eq!(taken.near((50, 50), (10, 10)), (50, 50));
        taken.insist((100, 100), (10, 10));
        assert!(!taken.take((100, 100), (2, 2)));
    }

    #[test]
    fn borders_are_closed_paths() {
        let shape = square(0, 100_000);
        let data = outline(&frame(), [&shape]);
        assert!(
            data.starts_with('M') && data.ends_with('z') && data.matches('M').count() == 1,
            "{data}"
        );
    }
}
