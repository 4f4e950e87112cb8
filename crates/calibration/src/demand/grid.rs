//! The city in square cells: those with a street in them, and how many people live in each.

use std::collections::BTreeMap;

use precinct_base::{Bounds, LonLat, Metres, Plane};

use super::Places;

/// Cells, from south-west to north-east, row by row.
pub(super) struct Grid {
    plane: Plane,
    origin: LonLat,
    side_mm: i64,
    /// Column and row of each cell, by row.
    cells: Vec<(i64, i64)>,
    by_place: BTreeMap<(i64, i64), usize>,
    people: Vec<f64>,
}

/// Of the people's shares, this much is spread evenly: there are calls where nobody lives.
const EVEN: f64 = 0.1;

impl Grid {
    pub(super) fn new(places: &Places<'_>, side: Metres) -> Self {
        let bounds = Bounds::around(places.streets.iter().copied());
        let origin = bounds.map_or_else(LonLat::default, Bounds::min);
        let middle = bounds.map_or_else(LonLat::default, Bounds::centre);
        let mut grid = Self {
            plane: Plane::at(middle.lat()),
            origin,
            side_mm: (i64::from(side.0) * 1_000).max(1_000),
            cells: Vec::new(),
            by_place: BTreeMap::new(),
            people: Vec::new(),
        };
        let mut cells: Vec<(i64, i64)> =
            places.streets.iter().map(|&street| grid.place(street)).collect();
        cells.sort_unstable_by_key(|&(x, y)| (y, x));
        cells.dedup();
        grid.by_place = cells.iter().copied().zip(0..).collect();
        grid.cells = cells;
        grid.people = grid.shares(places.people);
        grid
    }

    /// How people are spread: evenly in part, and evenly altogether where nobody is known to live.
    fn shares(&self, people: &[(LonLat, u32)]) -> Vec<f64> {
        let mut counts = vec![0_u64; self.len()];
        for &(at, count) in people {
            if let Some(cell) = self.cell(at) {
                counts[cell] += u64::from(count);
            }
        }
        let all: u64 = counts.iter().sum();
        let even = 1.0 / (self.len() as f64).max(1.0);
        let share = |count: u64| {
            if all == 0 { even } else { EVEN * even + (1.0 - EVEN) * count as f64 / all as f64 }
        };
        counts.into_iter().map(share).collect()
    }

    /// How many cells there are.
    pub(super) const fn len(&self) -> usize {
        self.cells.len()
    }

    /// The side of a cell in metres.
    pub(super) fn side_m(&self) -> f64 {
        self.side_mm as f64 / 1_000.0
    }

    /// The share of people in each cell.
    pub(super) fn people(&self) -> &[f64] {
        &self.people
    }

    fn place(&self, at: LonLat) -> (i64, i64) {
        let (east, north) = self.plane.vector(self.origin, at);
        (east.div_euclid(self.side_mm), north.div_euclid(self.side_mm))
    }

    /// The cell a place lies in, or the nearest of the eight around it; a call in a park is at its edge.
    pub(super) fn cell(&self, at: LonLat) -> Option<usize> {
        let (x, y) = self.place(at);
        let around = [(0, 0), (0, -1), (-1, 0), (1, 0), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)];
        around.iter().find_map(|(dx, dy)| self.by_place.get(&(x + dx, y + dy)).copied())
    }

    /// The middle of a cell.
    pub(super) fn middle(&self, cell: usize) -> LonLat {
        let (x, y) = self.cells[cell];
        let half = self.side_mm / 2;
        self.plane.offset(self.origin, x * self.side_mm + half, y * self.side_mm + half)
    }

    /// Cells no farther than `reach` sides away in either direction, with the square of their distance in sides.
    pub(super) fn near(&self, cell: usize, reach: i64) -> impl Iterator<Item = (usize, i64)> + '_ {
        let (x, y) = self.cells[cell];
        let offsets = (-reach..=reach).flat_map(move |dy| (-reach..=reach).map(move |dx| (dx, dy)));
        offsets.filter_map(move |(dx, dy)| {
            let near = self.by_place.get(&(x + dx, y + dy))?;
            Some((*near, dx * dx + dy * dy))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_in_the_cell_its_middle_is_nearest_to() {
        let at = |lon, lat| LonLat::new(lon, lat).unwrap();
        let streets = [at(0, 0), at(30_000, 0), at(30_000, 30_000)];
        let people = [(at(1, 1), 3), (at(30_000, 30_000), 1), (at(900_000, 0), 9)];
        let grid = Grid::new(&Places { streets: &streets, people: &people }, Metres(250));
        assert_eq!(grid.len(), 3);
        for cell in 0..3 {
            assert_eq!(grid.cell(grid.middle(cell)), Some(cell));
        }
        // No street in the cell north of the first, so the nearest that has one.
        assert_eq!(grid.cell(at(0, 30_000)), Some(0));
        assert_eq!(grid.cell(at(900_000, 0)), None);
        let sum: f64 = grid.people().iter().sum();
        assert!((sum - 1.0).abs() < 1e-12 && grid.people()[0] > grid.people()[2]);
        assert_eq!(grid.near(0, 1).count(), 3);
    }
}
