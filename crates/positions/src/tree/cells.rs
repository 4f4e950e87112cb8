//! How many are in each cell of a box: the picture for a map seen from afar.

use precinct_base::{Bounds, LonLat, caps};

use super::{Extent, Look, Tree};

/// A box cannot be cut so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{columns} × {rows} cells cannot be counted: ask for at least one and at most {limit} in all",
    limit = caps::POSITION_CELLS
)]
pub struct CellsError {
    /// Columns asked for.
    pub columns: u32,
    /// Rows asked for.
    pub rows: u32,
}

/// Counts of units in the cells of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    bounds: Bounds,
    columns: u32,
    counts: Vec<u32>,
}

impl Cells {
    pub(crate) fn count(
        tree: &Tree,
        bounds: Bounds,
        columns: u32,
        rows: u32,
    ) -> Result<Self, CellsError> {
        let all = u64::from(columns) * u64::from(rows);
        if all == 0 || all > caps::POSITION_CELLS as u64 {
            return Err(CellsError { columns, rows });
        }
        let mut cells = Self { bounds, columns, counts: vec![0; all as usize] };
        cells.fill(tree, &Cut { bounds: Extent::of(bounds), columns, rows });
        Ok(cells)
    }

    fn fill(&mut self, tree: &Tree, cut: &Cut) {
        tree.descend(
            |extent| cut.look(extent),
            |spots, wanted| match (wanted, spots.first()) {
                (Look::Whole, Some(spot)) => self.counts[cut.cell(spot.at)] += spots.len() as u32,
                _ => {
                    for spot in spots.iter().filter(|spot| self.bounds.contains(spot.at)) {
                        self.counts[cut.cell(spot.at)] += 1;
                    }
                }
            },
        );
    }

    /// The box.
    pub const fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Cells from west to east.
    pub const fn columns(&self) -> u32 {
        self.columns
    }

    /// The counts, row after row from the south, each from the west.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }
}

/// A box and how it is cut.
struct Cut {
    bounds: Extent,
    columns: u32,
    rows: u32,
}

impl Cut {
    fn column(&self, lon: i32) -> u64 {
        part(self.bounds.west, self.bounds.east, self.columns, lon)
    }

    fn row(&self, lat: i32) -> u64 {
        part(self.bounds.south, self.bounds.north, self.rows, lat)
    }

    /// The cell of a place in the box.
    fn cell(&self, at: LonLat) -> usize {
        (self.row(at.lat()) * u64::from(self.columns) + self.column(at.lon())) as usize
    }

    fn look(&self, extent: &Extent) -> Look {
        if !self.bounds.touches(extent) {
            return Look::Skip;
        }
        let one = self.bounds.covers(extent)
            && self.column(extent.west) == self.column(extent.east)
            && self.row(extent.south) == self.row(extent.north);
        if one { Look::Whole } else { Look::Open }
    }
}

/// In which of `count` equal parts of `low` to `high` `at` is, which is between them.
fn part(low: i32, high: i32, count: u32, at: i32) -> u64 {
    u64::from(low.abs_diff(at)) * u64::from(count) / (u64::from(low.abs_diff(high)) + 1)
}
