//! Who goes to which point: one unit to one point.

/// Places (rows) and who can fill them (columns): for each pair how much slack it leaves and what it costs, or that it cannot be.
pub(crate) type Cell = Option<(i64, u32)>;

/// More than all costs together.
const UNFILLED: i64 = 1 << 40;
const CANNOT: i64 = 1 << 52;

/// Which columns can fill which rows, a bit for each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    columns: usize,
    words: usize,
    bits: Vec<u64>,
}

impl Grid {
    /// No row yet.
    pub(crate) fn new(columns: usize) -> Self {
        Self { columns, words: columns.div_ceil(64).max(1), bits: Vec::new() }
    }

    /// Adds a row that these columns can fill.
    pub(crate) fn add(&mut self, columns: impl Iterator<Item = usize>) {
        let own = self.bits.len();
        self.bits.resize(own + self.words, 0);
        for column in columns {
            self.bits[own + column / 64] |= 1 << (column % 64);
        }
    }

    /// Adds a row by its bits.
    pub(crate) fn add_bits(&mut self, row: &[u64]) {
        self.bits.extend(row);
    }

    pub(crate) fn rows(&self) -> usize {
        self.bits.len() / self.words
    }

    pub(crate) const fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn row(&self, row: usize) -> &[u64] {
        &self.bits[row * self.words..(row + 1) * self.words]
    }

    /// The columns that can fill one of these rows.
    pub(crate) fn of_rows(&self, rows: &[usize]) -> Vec<u64> {
        let mut all = vec![0; self.words];
        for &row in rows {
            all.iter_mut().zip(self.row(row)).for_each(|(all, own)| *all |= own);
        }
        all
    }
}

/// The places of the bits that are set.
pub(crate) fn each(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(i, &word)| {
        let mut left = word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(i * 64 + bit)
        })
    })
}

/// A matching of rows to columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matching {
    /// The column of each row.
    pub(crate) of_row: Vec<Option<usize>>,
    of_column: Vec<Option<usize>>,
    /// The columns that nobody has.
    pub(crate) free: Vec<u64>,
}

impl Matching {
    /// As many rows filled as can be: rows are filled one after another along alternating ways (H. W. Kuhn, *The Hungarian method for
    /// the assignment problem*, Naval Research Logistics 2 (1955)).
    pub(crate) fn most(grid: &Grid) -> Self {
        let mut matching = Self::none_of(grid);
        for row in 0..grid.rows() {
            let _ = matching.add(row, grid);
        }
        matching
    }

    /// Nobody at any.
    pub(crate) fn none_of(grid: &Grid) -> Self {
        let (rows, columns) = (grid.rows(), grid.columns());
        let mut free = vec![u64::MAX; grid.words];
        if let Some(last) = free.last_mut().filter(|_| columns == 0 || columns % 64 != 0) {
            *last = (1 << (columns % 64)) - 1;
        }
        Self { of_row: vec![None; rows], of_column: vec![None; columns], free }
    }

    /// How many rows are filled.
    pub(crate) fn len(&self) -> usize {
        self.of_row.iter().flatten().count()
    }

    /// Fills `row` too; or, if it cannot be, the rows that together have one column too few (P. Hall, *On representatives of subsets*,
    /// J. London Math. Soc. 10 (1935)), `row` first.
    pub(crate) fn add(&mut self, row: usize, grid: &Grid) -> Result<(), Vec<usize>> {
        let mut from: Vec<usize> = vec![row; self.of_column.len()];
        let mut new = vec![u64::MAX; grid.words];
        let mut rows = vec![row];
        let mut done = 0;
        while let Some(&at) = rows.get(done) {
            done += 1;
            let own = grid.row(at);
            let found = (0..own.len()).find_map(|i| {
                let some = own[i] & self.free[i];
                (some != 0).then(|| i * 64 + some.trailing_zeros() as usize)
            });
            if let Some(column) = found {
                from[column] = at;
                self.free[column / 64] &= !(1 << (column % 64));
                self.hand_on(column, row, &from);
                return Ok(());
            }
            for (i, new) in new.iter_mut().enumerate() {
                let mut left = own[i] & *new;
                *new &= !own[i];
                while left != 0 {
                    let column = i * 64 + left.trailing_zeros() as usize;
                    left &= left - 1;
                    from[column] = at;
                    rows.extend(self.of_column[column]);
                }
            }
        }
        Err(rows)
    }

    fn hand_on(&mut self, mut column: usize, start: usize, from: &[usize]) {
        loop {
            let row = from[column];
            let before = self.of_row[row].replace(column);
            self.of_column[column] = Some(row);
            match before {
                Some(next) if row != start => column = next,
                _ => return,
            }
        }
    }

    /// The rows that have one column too few, by the first row that is not filled; none if all are.
    pub(crate) fn short(&self, grid: &Grid) -> Option<Vec<usize>> {
        let row = self.of_row.iter().position(Option::is_none)?;
        self.clone().add(row, grid).err()
    }

    /// The columns that can be had for one row more, by changing who fills which, if that row can take any.
    pub(crate) fn spare(&self, grid: &Grid) -> Vec<u64> {
        let mut spare = self.free.clone();
        // A column that is taken can be had if its row can take one that can be had.
        loop {
            let freed = self.of_row.iter().enumerate().find_map(|(row, &column)| {
                let column = column?;
                let other = grid.row(row).iter().zip(&spare).any(|(own, spare)| own & spare != 0);
                (other && spare[column / 64] >> (column % 64) & 1 == 0).then_some(column)
            });
            let Some(column) = freed else { return spare };
            spare[column / 64] |= 1 << (column % 64);
        }
    }
}

/// As many rows filled as can be, of such the greatest least slack, of such the least cost.
pub(crate) fn assign(
    rows: usize,
    columns: usize,
    cell: impl Fn(usize, usize) -> Cell,
) -> Vec<Option<usize>> {
    let least = bottleneck(rows, columns, &cell);
    let cost = |row: usize, column: usize| match cell(row, column) {
        Some((slack, cost)) if slack >= least => i64::from(cost),
        _ => CANNOT,
    };
    cheapest(rows, columns, cost)
}

/// The greatest slack at which as many rows are filled as at any: found by halving over the slacks there are (D. R. Fulkerson,
/// I. Glicksberg and O. Gross, *A production-line assignment problem*, RAND RM-1102 (1953)).
fn bottleneck(rows: usize, columns: usize, cell: &impl Fn(usize, usize) -> Cell) -> i64 {
    let own: Vec<Vec<(i64, usize)>> = (0..rows)
        .map(|row| (0..columns).filter_map(|at| Some((cell(row, at)?.0, at))).collect())
        .collect();
    let filled = |least: i64| {
        let mut grid = Grid::new(columns);
        for row in &own {
            grid.add(row.iter().filter(|cell| cell.0 >= least).map(|cell| cell.1));
        }
        Matching::most(&grid).len()
    };
    let most = filled(i64::MIN);
    // Where all are filled, the row whose best column has the least slack is one of them.
    let best = own.iter().filter_map(|row| row.iter().map(|cell| cell.0).max());
    let bound = best.min().filter(|_| most == rows).unwrap_or(i64::MAX);
    let mut slacks: Vec<i64> = own.iter().flatten().map(|cell| cell.0).collect();
    slacks.retain(|&slack| slack <= bound);
    slacks.sort_unstable();
    slacks.dedup();
    let worse = slacks.partition_point(|&least| filled(least) == most);
    worse.checked_sub(1).map_or(i64::MIN, |at| slacks[at])
}

/// Fills as many rows as can be at the least cost. Shortest augmenting paths with potentials (R. Jonker and A. Volgenant, *A shortest
/// augmenting path algorithm for dense and sparse linear assignment problems*, Computing 38 (1987)); a column of its own for each row
/// stands for leaving it unfilled.
fn cheapest(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> i64) -> Vec<Option<usize>> {
    let all = columns + rows;
    let at = |row: usize, column: usize| match column.checked_sub(columns) {
        None => cost(row, column),
        Some(own) => {
            if own == row {
                UNFILLED
            } else {
                CANNOT
            }
        }
    };
    // Column `all` stands for the row that is being filled.
    let (mut of_row, mut of_column) = (vec![0i64; rows], vec![0i64; all + 1]);
    let mut row_of: Vec<Option<usize>> = vec![None; all + 1];
    for start in 0..rows {
        row_of[all] = Some(start);
        let mut column = all;
        let mut least = vec![i64::MAX; all];
        let mut before = vec![all; all];
        let mut done = vec![false; all + 1];
        while let Some(row) = row_of[column] {
            done[column] = true;
            let (mut step, mut next) = (i64::MAX, all);
            for other in (0..all).filter(|&other| !done[other]) {
                let reduced = at(row, other) - of_row[row] - of_column[other];
                if reduced < least[other] {
                    least[other] = reduced;
                    before[other] = column;
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=all {
                if done[other] {
                    if let Some(row) = row_of[other] {
                        of_row[row] += step;
                    }
                    of_column[other] -= step;
                } else if other < all {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != all {
            row_of[column] = row_of[before[column]];
            column = before[column];
        }
    }
    let mut filled = vec![None; rows];
    for (column, row) in row_of.iter().take(columns).enumerate() {
        if let Some(row) = *row {
            filled[row] = Some(column);
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every assignment: how many are filled, the least slack, the cost; the best of all.
    fn best(
        cells: &[Vec<Cell>],
        row: usize,
        taken: u32,
        so_far: (i64, i64, i64),
    ) -> (i64, i64, i64) {
        let Some(own) = cells.get(row) else { return so_far };
        let mut most = best(cells, row + 1, taken, so_far);
        for (column, cell) in own.iter().enumerate() {
            if let Some((slack, cost)) = *cell
                && taken >> column & 1 == 0
            {
                let with = (so_far.0 + 1, so_far.1.min(slack), so_far.2 - i64::from(cost));
                most = most.max(best(cells, row + 1, taken | 1 << column, with));
            }
        }
        most
    }

    fn drawn(may: &[Vec<bool>]) -> Grid {
        let mut grid = Grid::new(5);
        for row in may {
            grid.add((0..row.len()).filter(|&column| row[column]));
        }
        grid
    }

    proptest! {
        #[test]
        fn it_is_the_best_of_all(
            cells in (1usize..6, 1usize..6).prop_flat_map(|(rows, columns)| {
                let cell = prop::option::of((-5i64..6, 0u32..9));
                prop::collection::vec(prop::collection::vec(cell, columns), rows)
            })
        ) {
            let (rows, columns) = (cells.len(), cells[0].len());
            let filled = assign(rows, columns, |row, column| cells[row][column]);
            let mut taken: Vec<usize> = filled.iter().flatten().copied().collect();
            let mut got = (0, i64::MAX, 0);
            for (row, column) in filled.iter().enumerate() {
                if let Some(column) = *column {
                    let (slack, cost) = cells[row][column].unwrap();
                    got = (got.0 + 1, got.1.min(slack), got.2 - i64::from(cost));
                }
            }
            taken.sort_unstable();
            taken.dedup();
            prop_assert_eq!(taken.len() as i64, got.0);
            // The least slack goes before the cost, and cost is compared among those of the same least slack.
            prop_assert_eq!(got, best(&cells, 0, 0, (0, i64::MAX, 0)));
        }

        #[test]
        fn rows_that_are_short_have_one_column_too_few(
            may in prop::collection::vec(prop::collection::vec(any::<bool>(), 5), 1..7)
        ) {
            let grid = drawn(&may);
            let matching = Matching::most(&grid);
            match matching.short(&grid) {
                None => prop_assert_eq!(matching.len(), may.len()),
                Some(rows) => {
                    let columns = (0..5).filter(|&column| rows.iter().any(|&row| may[row][column]));
                    prop_assert_eq!(columns.count() + 1, rows.len());
                }
            }
        }

        #[test]
        fn what_is_spare_fills_one_row_more(
            may in prop::collection::vec(prop::collection::vec(any::<bool>(), 5), 0..5)
        ) {
            let matching = Matching::most(&drawn(&may));
            let spare: Vec<usize> = each(&matching.spare(&drawn(&may))).collect();
            let full = matching.len();
            let fills = |&column: &usize| {
                let mut more = may.clone();
                more.push((0..5).map(|at| at == column).collect());
                Matching::most(&drawn(&more)).len() > full
            };
            prop_assert_eq!(spare, (0..5).filter(fills).collect::<Vec<usize>>());
        }
    }
}
