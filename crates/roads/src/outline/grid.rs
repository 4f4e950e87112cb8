//! A grid of points over the streets, each with its distance to the nearest one.

use std::ops::Range;

use precinct_base::{Bounds, LonLat, Metres, Plane};

use crate::flat::{Point, cross, dot, square, vector};

/// Most points of a grid.
const MOST_POINTS: i64 = 1 << 20;
/// The least distance between points, so that places on the grid's lines keep apart when they are rounded to 1e-7 degree.
const LEAST_SPACING_MM: i64 = 1_000;
/// The largest radius there is, in metres.
const LARGEST_RADIUS_M: u32 = 1_000_000;
/// One degree in the units of [`LonLat`].
const DEGREE: i64 = 10_000_000;

/// The columns or the rows of a grid, in units of 1e-7 degree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    pub(super) start: i64,
    pub(super) step: i64,
    pub(super) count: usize,
}

impl Axis {
    /// Lines `step` apart from `margin` before `low` to `margin` after `high`, as far as the earth goes.
    fn over(low: i32, high: i32, margin: i64, step: i64, end_of_earth: i64) -> Self {
        let start = (i64::from(low) - margin).max(-end_of_earth);
        let end = i64::from(high) + margin;
        let count = (end - start).div_euclid(step) + 2;
        if start + (count - 1) * step <= end_of_earth {
            return Self { start, step, count: count as usize };
        }
        // The last line runs along the end of the earth.
        let count = count.min(2 * end_of_earth / step + 1);
        let start = end_of_earth - (count - 1) * step;
        Self { start, step, count: count as usize }
    }

    pub(super) const fn line(&self, i: usize) -> i64 {
        self.start + i as i64 * self.step
    }

    /// The lines between which lies `at`: the number of the lower one.
    pub(super) fn cell(&self, at: i32) -> usize {
        ((i64::from(at) - self.start) / self.step).clamp(0, self.count as i64 - 1) as usize
    }
}

/// Distances to the nearest street on a grid of points, row by row from south to north, each from west to east.
pub(super) struct Field {
    pub(super) columns: Axis,
    pub(super) rows: Axis,
    /// At which distance the outline runs, in millimetres.
    pub(super) radius: i64,
    /// About how far apart the points are, in millimetres.
    pub(super) spacing: i64,
    plane: Plane,
    origin: LonLat,
    /// Millimetres from the origin: of the columns east, of the rows north.
    east: Vec<i64>,
    north: Vec<i64>,
    /// The squares of the distances, where they are less than `reach`.
    squares: Vec<u64>,
    reach: i64,
}

impl Field {
    /// A field fit for streets within `bounds`, everywhere far from any.
    pub(super) fn over(bounds: Bounds, radius: Metres) -> Self {
        let plane = Plane::at(bounds.centre().lat());
        let wanted = i64::from(radius.0.min(LARGEST_RADIUS_M)) * 1_000;
        let mut spacing = (wanted / 3).max(LEAST_SPACING_MM);
        let (columns, rows) = loop {
            let (columns, rows) = axes(bounds, plane, spacing, wanted.max(2 * spacing));
            if columns.count as i64 * rows.count as i64 <= MOST_POINTS {
                break (columns, rows);
            }
            spacing += spacing / 8;
        };
        let radius = wanted.max(2 * spacing);
        let reach = radius + 2 * spacing;
        let at = |lon: i64, lat: i64| LonLat::new(lon as i32, lat as i32).unwrap_or_default();
        let origin = at(columns.start, rows.start);
        let from_origin = |lon, lat| plane.vector(origin, at(lon, lat));
        let (lon, lat) = (columns.start, rows.start);
        Self {
            columns,
            rows,
            radius,
            spacing,
            plane,
            origin,
            east: (0..columns.count).map(|i| from_origin(columns.line(i), lat).0).collect(),
            north: (0..rows.count).map(|j| from_origin(lon, rows.line(j)).1).collect(),
            squares: vec![reach.unsigned_abs().pow(2); columns.count * rows.count],
            reach,
        }
    }

    /// Where a place is, in millimetres from the origin.
    pub(super) fn point(&self, place: LonLat) -> Point {
        self.plane.vector(self.origin, place)
    }

    /// The number of the grid point in a column and a row.
    pub(super) const fn index(&self, column: usize, row: usize) -> usize {
        row * self.columns.count + column
    }

    /// Whether a grid point is within the outline.
    pub(super) fn is_inside(&self, index: usize) -> bool {
        self.squares[index] < self.radius.unsigned_abs().pow(2)
    }

    /// The distance of a grid point from the nearest street.
    pub(super) fn distance(&self, index: usize) -> i64 {
        self.squares[index].isqrt() as i64
    }

    /// Brings a street near.
    pub(super) fn paint(&mut self, places: &[LonLat]) {
        let Some(&first) = places.first() else { return };
        let mut a = self.point(first);
        if places.len() == 1 {
            self.paint_piece(a, a);
        }
        for &place in &places[1..] {
            let b = self.point(place);
            // The same either way round.
            self.paint_piece(a.min(b), a.max(b));
            a = b;
        }
    }

    fn paint_piece(&mut self, a: Point, b: Point) {
        let (low, high) = (a.1.min(b.1), a.1.max(b.1));
        let piece = Piece::new(a, b);
        for row in between(&self.north, low - self.reach, high + self.reach) {
            let y = self.north[row];
            // The part of the piece that can be within reach of this row.
            let (west, east) = piece.span(low.max(y - self.reach), high.min(y + self.reach));
            for column in between(&self.east, west - self.reach, east + self.reach) {
                let square = piece.square_from((self.east[column], y));
                let index = self.index(column, row);
                self.squares[index] = self.squares[index].min(square);
            }
        }
    }

    /// Puts the edge of the grid outside, so that every outline closes; it is so already except at the ends of the earth.
    pub(super) fn close(&mut self) {
        let outside = self.radius.unsigned_abs().pow(2);
        let (width, height) = (self.columns.count, self.rows.count);
        let ends = (0..width).flat_map(|column| [column, (height - 1) * width + column]);
        let sides = (0..height).flat_map(|row| [row * width, row * width + width - 1]);
        for index in ends.chain(sides) {
            self.squares[index] = self.squares[index].max(outside);
        }
    }
}

fn axes(bounds: Bounds, plane: Plane, spacing: i64, radius: i64) -> (Axis, Axis) {
    let degree = LonLat::new(DEGREE as i32, DEGREE as i32).unwrap_or_default();
    let (east, north) = plane.vector(LonLat::default(), degree);
    let (min, max) = (bounds.min(), bounds.max());
    let axis = |low, high, mm_per_degree: i64, end_of_earth: i64| {
        // Near the poles a degree of longitude is next to nothing.
        let units = |mm: i64| (mm.saturating_mul(DEGREE) / mm_per_degree.max(1)).min(end_of_earth);
        Axis::over(low, high, units(radius + 2 * spacing), units(spacing), end_of_earth)
    };
    (axis(min.lon(), max.lon(), east, 180 * DEGREE), axis(min.lat(), max.lat(), north, 90 * DEGREE))
}

/// Which of the rising `lines` are from `low` to `high`.
fn between(lines: &[i64], low: i64, high: i64) -> Range<usize> {
    let start = lines.partition_point(|&line| line < low);
    start..start + lines[start..].partition_point(|&line| line <= high)
}

/// A straight piece of street, ready to be measured from many points.
struct Piece {
    a: Point,
    b: Point,
    along: Point,
    whole: i128,
    /// 2^64 divided by the length.
    inverse: u128,
}

impl Piece {
    fn new(a: Point, b: Point) -> Self {
        let along = vector(a, b);
        let whole = square(along);
        let inverse = (1u128 << 64) / whole.isqrt().max(1);
        Self { a, b, along, whole: whole as i128, inverse }
    }

    /// How far east its part between two heights begins and ends, from west to east.
    fn span(&self, south: i64, north: i64) -> (i64, i64) {
        let height = i128::from(self.along.1);
        if height == 0 {
            return (self.a.0, self.b.0);
        }
        let east_at = |y: i64| {
            let moved = i128::from(self.along.0) * i128::from(y - self.a.1) / height;
            self.a.0 + moved as i64
        };
        let (first, last) = (east_at(south), east_at(north));
        (first.min(last), first.max(last))
    }

    /// The square of the distance from a point.
    fn square_from(&self, point: Point) -> u64 {
        let from_a = vector(self.a, point);
        let ahead = dot(from_a, self.along);
        let square = if ahead <= 0 {
            square(from_a)
        } else if ahead >= self.whole {
            square(vector(self.b, point))
        } else {
            let distance = (cross(self.along, from_a).unsigned_abs() * self.inverse) >> 64;
            distance * distance
        };
        u64::try_from(square).unwrap_or(u64::MAX)
    }
}
