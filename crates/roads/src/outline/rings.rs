//! Rings round what lies within the radius, found on the grid.

use std::ops::Range;

use precinct_base::LonLat;

use super::OutlineStyle;
use super::grid::{Axis, Field};
use crate::flat::{cross, vector};

/// No point of a contour.
const NONE: u32 = u32::MAX;

/// Points where lines of the grid cross the outline, joined into rings.
pub(super) struct Contour {
    /// The points, ring after ring.
    pub(super) points: Vec<LonLat>,
    /// For each grid point, the point of the contour between it and the next one east of it.
    across: Vec<u32>,
    /// The same, to the next one north of it.
    upward: Vec<u32>,
    /// The rings; one comes after the one round it.
    pub(super) rings: Vec<Traced>,
}

/// A ring as traced.
pub(super) struct Traced {
    start: usize,
    end: usize,
    pub(super) kind: Kind,
    /// The ring it lies in: a hole in an outer ring, an outer ring in a hole or in none.
    pub(super) within: Option<usize>,
    /// Whether it is drawn.
    pub(super) kept: bool,
}

/// Whether a ring has the area inside or outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Outer,
    Hole,
}

impl Traced {
    /// The numbers of its points.
    pub(super) const fn points(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where a walk along the outline goes, with what is inside always to its left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    North,
    East,
    South,
    West,
}

impl Heading {
    const fn left(self) -> Self {
        match self {
            Self::North => Self::West,
            Self::West => Self::South,
            Self::South => Self::East,
            Self::East => Self::North,
        }
    }

    const fn right(self) -> Self {
        self.left().left().left()
    }
}

/// A walk about to enter the cell whose south-west corner is in this column and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    column: usize,
    row: usize,
    heading: Heading,
}

impl Contour {
    pub(super) fn of(field: &Field) -> Self {
        let size = field.columns.count * field.rows.count;
        let mut contour = Self {
            points: Vec::new(),
            across: vec![NONE; size],
            upward: vec![NONE; size],
            rings: Vec::new(),
        };
        for row in 1..field.rows.count - 1 {
            contour.start_in_row(field, row);
        }
        contour
    }

    /// Traces the rings whose southernmost crossings of a row are in this one.
    fn start_in_row(&mut self, field: &Field, row: usize) {
        let mut last_seen = None;
        for column in 0..field.columns.count - 1 {
            let index = field.index(column, row);
            let west_is_inside = field.is_inside(index);
            if west_is_inside == field.is_inside(index + 1) {
                continue;
            }
            if self.across[index] == NONE {
                let (kind, step) = if west_is_inside {
                    (Kind::Hole, Step { column, row, heading: Heading::North })
                } else {
                    (Kind::Outer, Step { column, row: row - 1, heading: Heading::South })
                };
                let within = self.round(last_seen, kind);
                let start = self.points.len();
                self.trace(field, step);
                let end = self.points.len();
                self.rings.push(Traced { start, end, kind, within, kept: true });
            }
            last_seen = Some(self.ring_of(self.across[index]));
        }
    }

    /// The ring round a new one, from the ring that is next to it in the west (S. Suzuki and K. Abe, *Topological structural
    /// analysis of digitized binary images by border following*, CVGIP 30 (1985)).
    fn round(&self, neighbour: Option<usize>, kind: Kind) -> Option<usize> {
        let neighbour = neighbour?;
        if self.rings[neighbour].kind == kind {
            self.rings[neighbour].within
        } else {
            Some(neighbour)
        }
    }

    fn ring_of(&self, point: u32) -> usize {
        self.rings.partition_point(|ring| ring.end <= point as usize)
    }

    fn trace(&mut self, field: &Field, start: Step) {
        let mut step = start;
        loop {
            self.mark(field, step);
            step = next(field, step);
            if step == start {
                return;
            }
        }
    }

    /// Puts a point on the line of the grid that a walk crosses as it enters a cell.
    fn mark(&mut self, field: &Field, step: Step) {
        let (mut column, mut row) = (step.column, step.row);
        match step.heading {
            Heading::South => row += 1,
            Heading::West => column += 1,
            Heading::North | Heading::East => {}
        }
        let index = field.index(column, row);
        let number = self.points.len() as u32;
        let (lon, lat) = (field.columns.line(column), field.rows.line(row));
        let (lon, lat) = if matches!(step.heading, Heading::North | Heading::South) {
            self.across[index] = number;
            (lon + crossing(field, field.columns, index, index + 1), lat)
        } else {
            self.upward[index] = number;
            (lon, lat + crossing(field, field.rows, index, index + field.columns.count))
        };
        self.points.push(LonLat::new(lon as i32, lat as i32).unwrap_or_default());
    }

    /// Leaves out holes that are too small to be drawn, and all that is in them.
    pub(super) fn fill_holes(&mut self, field: &Field, style: &OutlineStyle) {
        let areas: Vec<u128> = (0..self.rings.len()).map(|ring| self.area(field, ring)).collect();
        let least = u128::from(style.smallest_hole_m2) * 1_000_000;
        let least_within =
            |area: u128| area.checked_div(u128::from(style.smallest_hole_one_in)).unwrap_or(0);
        for i in 0..self.rings.len() {
            let ring = &self.rings[i];
            let Some(within) = ring.within else { continue };
            let is_drawn =
                ring.kind == Kind::Outer || areas[i] >= least.max(least_within(areas[within]));
            self.rings[i].kept = is_drawn && self.rings[within].kept;
        }
    }

    /// The area within a ring, in square millimetres.
    fn area(&self, field: &Field, ring: usize) -> u128 {
        let points = &self.points[self.rings[ring].points()];
        let corner = field.point(points[0]);
        let from_corner = |place: LonLat| vector(corner, field.point(place));
        let twice: i128 =
            points.windows(2).map(|pair| cross(from_corner(pair[0]), from_corner(pair[1]))).sum();
        twice.unsigned_abs() / 2
    }

    /// The points of the contour on the south and west sides of a cell.
    pub(super) fn points_of_cell(&self, index: usize) -> impl Iterator<Item = usize> {
        [self.across[index], self.upward[index]]
            .into_iter()
            .filter(|&point| point != NONE)
            .map(|point| point as usize)
    }
}

/// How far from its first grid point the outline crosses a line between two, in the units of the axis.
fn crossing(field: &Field, axis: Axis, first: usize, second: usize) -> i64 {
    let (from, to) = (field.distance(first), field.distance(second));
    let part = i128::from(axis.step) * i128::from(field.radius - from) / i128::from(to - from);
    // Off the grid points, where four lines meet, so that no two points of the contour fall together.
    (part as i64).clamp(axis.step / 64, axis.step - axis.step / 64)
}

/// The walk a cell further.
fn next(field: &Field, step: Step) -> Step {
    let Step { column, row, heading } = step;
    let corner = |east: usize, north: usize| field.index(column + east, row + north);
    let (left, right) = match heading {
        Heading::North => (corner(0, 1), corner(1, 1)),
        Heading::East => (corner(1, 1), corner(1, 0)),
        Heading::South => (corner(1, 0), corner(0, 0)),
        Heading::West => (corner(0, 0), corner(0, 1)),
    };
    let heading = match (field.is_inside(left), field.is_inside(right)) {
        (true, true) => heading.right(),
        (true, false) => heading,
        (false, false) => heading.left(),
        // Two opposite corners are inside: together if the middle of the cell is.
        (false, true) => {
            let corners = [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)];
            let sum: i64 = corners.into_iter().map(|index| field.distance(index)).sum();
            if sum < 4 * field.radius { heading.right() } else { heading.left() }
        }
    };
    let (column, row) = match heading {
        Heading::North => (column, row + 1),
        Heading::East => (column + 1, row),
        Heading::South => (column, row - 1),
        Heading::West => (column - 1, row),
    };
    Step { column, row, heading }
}
