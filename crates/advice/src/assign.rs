//! The cheapest assignment of places to units, exactly, at costs that are compared part by part.
//!
//! Shortest augmenting paths with potentials (R. Jonker and A. Volgenant, *A shortest augmenting path algorithm for dense and sparse
//! linear assignment problems*, Computing 38 (1987)). Nothing in it needs costs to be numbers: it adds, subtracts and compares, so a
//! cost may be a list that is compared from its first part on, and no weight has to be found that makes one part outweigh the next.

/// A cost of several parts, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cost<const N: usize>(pub(crate) [i64; N]);

impl<const N: usize> Cost<N> {
    pub(crate) const ZERO: Self = Self([0; N]);

    /// Nothing but `value` in part `part`.
    pub(crate) const fn of(part: usize, value: i64) -> Self {
        let mut parts = [0; N];
        parts[part] = value;
        Self(parts)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    fn minus(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }
}

/// Costs of rows (places to fill) in columns (units); none is "cannot".
#[derive(Clone, Debug)]
pub(crate) struct Costs<const N: usize> {
    columns: usize,
    cells: Vec<Option<Cost<N>>>,
    /// What it costs to leave each row unfilled.
    unfilled: Vec<Cost<N>>,
}

impl<const N: usize> Costs<N> {
    pub(crate) fn new(
        unfilled: Vec<Cost<N>>,
        columns: usize,
        cost: impl Fn(usize, usize) -> Option<Cost<N>>,
    ) -> Self {
        let rows = unfilled.len();
        let cells = (0..rows * columns).map(|i| cost(i / columns, i % columns)).collect();
        Self { columns, cells, unfilled }
    }

    /// The cost of a row in a column; columns after the last stand for leaving one row unfilled, each its own.
    fn at(&self, row: usize, column: usize) -> Option<Cost<N>> {
        match column.checked_sub(self.columns) {
            None => self.cells[row * self.columns + column],
            Some(own) => (own == row).then_some(self.unfilled[row]),
        }
    }

    /// The column of each row, or none, at the least cost of all together; and that cost.
    pub(crate) fn assign(&self) -> (Vec<Option<usize>>, Cost<N>) {
        let rows = self.unfilled.len();
        let mut work = Work::new(rows, self.columns + rows);
        (0..rows).for_each(|row| work.augment(self, row));
        let mut filled = vec![None; rows];
        let mut total = Cost::ZERO;
        for (column, row) in work.row_of.iter().enumerate() {
            if let Some(row) = *row {
                filled[row] = (column < self.columns).then_some(column);
                total = total.plus(self.at(row, column).unwrap_or(Cost::ZERO));
            }
        }
        (filled, total)
    }
}

/// An assignment of some rows, and the prices that prove it the cheapest.
struct Work<const N: usize> {
    of_row: Vec<Cost<N>>,
    of_column: Vec<Cost<N>>,
    row_of: Vec<Option<usize>>,
}

/// A search for the cheapest way to fill one more row.
struct Paths<const N: usize> {
    /// The least cost at which each column is known to be reached.
    least: Vec<Option<Cost<N>>>,
    /// The column before it; none is the row that is to be filled.
    before: Vec<Option<usize>>,
    done: Vec<bool>,
}

impl<const N: usize> Work<N> {
    fn new(rows: usize, columns: usize) -> Self {
        Self {
            of_row: vec![Cost::ZERO; rows],
            of_column: vec![Cost::ZERO; columns],
            row_of: vec![None; columns],
        }
    }

    /// Fills one more row.
    fn augment(&mut self, costs: &Costs<N>, start: usize) {
        let columns = self.row_of.len();
        let mut paths = Paths {
            least: vec![None; columns],
            before: vec![None; columns],
            done: vec![false; columns],
        };
        let (mut row, mut last, mut so_far) = (start, None, Cost::ZERO);
        let end = loop {
            self.relax(costs, &mut paths, (row, last), so_far);
            // A row can always be left unfilled, so some column is left.
            let Some((cost, column)) = paths.nearest() else { return };
            paths.done[column] = true;
            (so_far, last) = (cost, Some(column));
            match self.row_of[column] {
                Some(taken) => row = taken,
                None => break column,
            }
        };
        self.reprice(&paths, start, so_far);
        self.hand_on(&paths, start, end);
    }

    fn relax(
        &self,
        costs: &Costs<N>,
        paths: &mut Paths<N>,
        (row, last): (usize, Option<usize>),
        so_far: Cost<N>,
    ) {
        for column in 0..self.row_of.len() {
            let Some(cost) = costs.at(row, column).filter(|_| !paths.done[column]) else {
                continue;
            };
            let reduced = cost.minus(self.of_row[row]).minus(self.of_column[column]);
            let reached = so_far.plus(reduced);
            if paths.least[column].is_none_or(|had| reached < had) {
                paths.least[column] = Some(reached);
                paths.before[column] = last;
            }
        }
    }

    fn reprice(&mut self, paths: &Paths<N>, start: usize, total: Cost<N>) {
        self.of_row[start] = self.of_row[start].plus(total);
        for column in (0..self.row_of.len()).filter(|&column| paths.done[column]) {
            let saved = total.minus(paths.least[column].unwrap_or(total));
            self.of_column[column] = self.of_column[column].minus(saved);
            if let Some(row) = self.row_of[column] {
                self.of_row[row] = self.of_row[row].plus(saved);
            }
        }
    }

    fn hand_on(&mut self, paths: &Paths<N>, start: usize, end: usize) {
        let mut column = end;
        while let Some(before) = paths.before[column] {
            self.row_of[column] = self.row_of[before];
            column = before;
        }
        self.row_of[column] = Some(start);
    }
}

impl<const N: usize> Paths<N> {
    /// The cheapest column that is reached and not done; of several the first.
    fn nearest(&self) -> Option<(Cost<N>, usize)> {
        let open = self.least.iter().enumerate().filter(|(column, _)| !self.done[*column]);
        open.filter_map(|(column, cost)| Some(((*cost)?, column))).min()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The least cost, by trying everything.
    fn brute(costs: &Costs<2>, row: usize, used: &mut Vec<usize>) -> Cost<2> {
        if row == costs.unfilled.len() {
            return Cost::ZERO;
        }
        let mut best = costs.unfilled[row].plus(brute(costs, row + 1, used));
        for column in 0..costs.columns {
            if let Some(cost) = costs.at(row, column).filter(|_| !used.contains(&column)) {
                used.push(column);
                best = best.min(cost.plus(brute(costs, row + 1, used)));
                used.pop();
            }
        }
        best
    }

    proptest! {
        #[test]
        fn nothing_is_cheaper(
            rows in 0usize..5, columns in 0usize..6,
            cells in prop::collection::vec(prop::option::of((0i64..3, 0i64..20)), 30),
        ) {
            let unfilled = (0..rows as i64).map(|row| Cost([1 + row % 2, 0])).collect();
            let costs = Costs::new(unfilled, columns, |row, column| {
                cells[row * 6 + column].map(|(first, second)| Cost([first, second]))
            });
            let (filled, total) = costs.assign();
            prop_assert_eq!(total, brute(&costs, 0, &mut Vec::new()));
            let paid = filled.iter().enumerate().map(|(row, column)| match column {
                Some(column) => costs.at(row, *column).unwrap(),
                None => costs.unfilled[row],
            });
            prop_assert_eq!(paid.fold(Cost::ZERO, Cost::plus), total);
            let mut used: Vec<usize> = filled.into_iter().flatten().collect();
            let all = used.len();
            used.sort_unstable();
            used.dedup();
            prop_assert_eq!(used.len(), all);
        }
    }
}
