//! A coarse grid over the picture: marked cells, and the fields they make.

use super::frame::Point;

/// Cells over a window, each marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    origin: Point,
    cell: i32,
    columns: i32,
    rows: i32,
    marked: Vec<bool>,
}

impl Grid {
    /// A grid over the window at `origin`, nothing marked.
    pub(crate) fn over(origin: Point, size: Point, cell: i32) -> Self {
        let columns = size.0 / cell + 1;
        let rows = size.1 / cell + 1;
        Self { origin, cell, columns, rows, marked: vec![false; (columns * rows) as usize] }
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        self.marked.len()
    }

    /// The cell a point lies in.
    pub(crate) fn cell_of(&self, (x, y): Point) -> Option<usize> {
        let column = (x - self.origin.0).div_euclid(self.cell);
        let row = (y - self.origin.1).div_euclid(self.cell);
        self.index(column, row)
    }

    /// Marks a cell.
    pub(crate) fn mark(&mut self, cell: usize) {
        self.marked[cell] = true;
    }

    /// Whether a cell is marked.
    pub(crate) fn is_marked(&self, cell: usize) -> bool {
        self.marked[cell]
    }

    /// The cell and the eight round it.
    pub(crate) fn around(&self, cell: usize) -> impl Iterator<Item = usize> + use<'_> {
        let (column, row) = (cell as i32 % self.columns, cell as i32 / self.columns);
        (-1..=1)
            .flat_map(move |dy| (-1..=1).filter_map(move |dx| self.index(column + dx, row + dy)))
    }

    fn index(&self, column: i32, row: i32) -> Option<usize> {
        let inside = (0..self.columns).contains(&column) && (0..self.rows).contains(&row);
        inside.then_some((row * self.columns + column) as usize)
    }

    /// Unmarks every field of side-by-side cells that `keep` refuses.
    pub(crate) fn keep_fields(&mut self, mut keep: impl FnMut(&[usize]) -> bool) {
        let mut seen = vec![false; self.marked.len()];
        for start in 0..self.marked.len() {
            if !self.marked[start] || seen[start] {
                continue;
            }
            let field = self.field(start, &mut seen);
            if !keep(&field) {
                for cell in field {
                    self.marked[cell] = false;
                }
            }
        }
    }

    fn field(&self, start: usize, seen: &mut [bool]) -> Vec<usize> {
        let mut field = vec![start];
        seen[start] = true;
        let mut next = 0;
        while let Some(&cell) = field.get(next) {
            next += 1;
            let (column, row) = (cell as i32 % self.columns, cell as i32 / self.columns);
            for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                if let Some(other) = self.index(column + dx, row + dy)
                    && self.marked[other]
                    && !seen[other]
                {
                    seen[other] = true;
                    field.push(other);
                }
            }
        }
        field.sort_unstable();
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid drawn with `#` for marked cells.
    fn drawn(rows: &[&str]) -> Grid {
        let size = ((rows[0].len() as i32 - 1) * 10, (rows.len() as i32 - 1) * 10);
        let mut grid = Grid::over((0, 0), size, 10);
        for (y, row) in rows.iter().enumerate() {
            for (x, _) in row.match_indices('#') {
                let cell = grid.cell_of((x as i32 * 10 + 5, y as i32 * 10 + 5)).unwrap();
                grid.mark(cell);
            }
        }
        grid
    }

    #[test]
    fn small_fields_can_be_dropped() {
        let mut grid = drawn(&["##..", "#...", "...#"]);
        grid.keep_fields(|field| field.len() > 1);
        assert_eq!(grid, drawn(&["##..", "#...", "...."]));
        assert_eq!(grid.around(0).count(), 4);
        assert_eq!(grid.around(5).count(), 9);
        assert_eq!(grid.cell_of((-1, 0)), None);
        assert!(grid.is_marked(0) && grid.len() == 12);
    }
}
