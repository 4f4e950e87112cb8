//! Thinning rings out: points that add nothing to be seen are left out, and no ring ever comes to touch itself or another.
//!
//! Points go in the order of the area that goes with them (M. Visvalingam and J. D. Whyatt, *Line generalisation by repeated
//! elimination of points*, The Cartographic Journal 30 (1993)). One goes only while every point gone before it stays close to
//! the line that is left, and while the triangle that is cut off or added holds no other point: a line that crossed the new one
//! would have to end in that triangle, or cross one of the old ones.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use precinct_base::LonLat;

use super::grid::{Axis, Field};
use super::rings::Contour;
use crate::flat::{Point, cross, to_piece, vector};

/// Fewest points of a ring.
const FEWEST: usize = 4;
/// Most cells looked through for other points; longer lines than these allow are left in pieces.
const MOST_CELLS: usize = 4_096;
/// Most points gone between two that are left.
const LONGEST_RUN: usize = 64;

/// Which points of a contour are left.
pub(super) fn thinned(field: &Field, contour: &Contour) -> Vec<bool> {
    let mut thinner = Thinner::new(field, contour);
    thinner.run();
    thinner.left
}

struct Thinner<'a> {
    field: &'a Field,
    contour: &'a Contour,
    /// Every point in millimetres, whether or not it is left.
    at: Vec<Point>,
    left: Vec<bool>,
    /// The points before and after each that are left.
    before: Vec<usize>,
    after: Vec<usize>,
    ring: Vec<usize>,
    /// How many points of each ring are left.
    count: Vec<usize>,
    /// How far gone points may be from the line, squared.
    tolerance: u128,
    heap: BinaryHeap<Reverse<(u128, usize, usize, usize)>>,
}

impl<'a> Thinner<'a> {
    fn new(field: &'a Field, contour: &'a Contour) -> Self {
        let size = contour.points.len();
        let mut thinner = Self {
            field,
            contour,
            at: contour.points.iter().map(|&place| field.point(place)).collect(),
            left: vec![false; size],
            before: vec![0; size],
            after: vec![0; size],
            ring: vec![0; size],
            count: contour.rings.iter().map(|ring| ring.points().len()).collect(),
            tolerance: u128::from((field.spacing / 10).unsigned_abs()).pow(2),
            heap: BinaryHeap::new(),
        };
        for (number, ring) in contour.rings.iter().enumerate().filter(|(_, ring)| ring.kept) {
            let (start, end) = (ring.points().start, ring.points().end);
            for point in ring.points() {
                thinner.left[point] = true;
                thinner.ring[point] = number;
                thinner.before[point] = if point == start { end - 1 } else { point - 1 };
                thinner.after[point] = if point + 1 == end { start } else { point + 1 };
            }
        }
        thinner
    }

    fn run(&mut self) {
        let points = (0..self.left.len()).filter(|&point| self.left[point]);
        self.heap = points.map(|point| self.entry(point)).collect();
        while let Some(Reverse((_, point, before, after))) = self.heap.pop() {
            let is_current =
                self.left[point] && self.before[point] == before && self.after[point] == after;
            if is_current && self.may_go(point) {
                self.left[point] = false;
                self.count[self.ring[point]] -= 1;
                self.after[before] = after;
                self.before[after] = before;
                let entries = [self.entry(before), self.entry(after)];
                self.heap.extend(entries);
            }
        }
    }

    /// The area that goes with a point, and what it was reckoned from.
    fn entry(&self, point: usize) -> Reverse<(u128, usize, usize, usize)> {
        let (before, after) = (self.before[point], self.after[point]);
        let corner = self.at[before];
        let area = cross(vector(corner, self.at[point]), vector(corner, self.at[after]));
        Reverse((area.unsigned_abs(), point, before, after))
    }

    fn may_go(&self, point: usize) -> bool {
        self.count[self.ring[point]] > FEWEST && self.stays_close(point) && self.is_free(point)
    }

    /// Whether all points between the neighbours of one, left or gone, are close to the line between them.
    fn stays_close(&self, point: usize) -> bool {
        let (before, after) = (self.before[point], self.after[point]);
        let (a, b) = (self.at[before], self.at[after]);
        let ring = self.contour.rings[self.ring[point]].points();
        let mut between = before;
        for _ in 0..=LONGEST_RUN {
            between = if between + 1 == ring.end { ring.start } else { between + 1 };
            if between == after {
                return true;
            }
            let from = self.at[between];
            if to_piece(vector(from, a), vector(from, b)) > self.tolerance {
                return false;
            }
        }
        false
    }

    /// Whether no other point that is left is in the triangle of a point and its neighbours.
    fn is_free(&self, point: usize) -> bool {
        let corners = [self.before[point], point, self.after[point]];
        let cells = |axis: Axis, at: [i32; 3]| {
            let [a, b, c] = at.map(|at| axis.cell(at));
            a.min(b).min(c)..=a.max(b).max(c)
        };
        let places = corners.map(|corner| self.contour.points[corner]);
        let columns = cells(self.field.columns, places.map(LonLat::lon));
        let rows = cells(self.field.rows, places.map(LonLat::lat));
        if columns.clone().count() * rows.clone().count() > MOST_CELLS {
            return false;
        }
        let units = |point: usize| {
            let place = self.contour.points[point];
            (i64::from(place.lon()), i64::from(place.lat()))
        };
        let triangle = corners.map(units);
        rows.flat_map(|row| columns.clone().map(move |column| (column, row)))
            .flat_map(|(column, row)| self.contour.points_of_cell(self.field.index(column, row)))
            .filter(|other| self.left[*other] && !corners.contains(other))
            .all(|other| !is_within(triangle, units(other)))
    }
}

/// Whether a point is in a triangle or on its edge.
fn is_within([a, b, c]: [Point; 3], point: Point) -> bool {
    let turns =
        [(a, b), (b, c), (c, a)].map(|(from, to)| cross(vector(from, to), vector(from, point)));
    turns.iter().all(|&turn| turn >= 0) || turns.iter().all(|&turn| turn <= 0)
}
