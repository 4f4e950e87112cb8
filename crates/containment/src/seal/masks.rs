//! Which units can close which nodes, a bit for each, so that many nodes are asked at once.

use super::force::Force;
use super::matching::{Grid, each};
use super::web::Web;

/// For each node of a web the units that leave it slack enough.
#[derive(Clone, Debug, Default)]
pub(super) struct Masks {
    words: usize,
    units: usize,
    bits: Vec<u64>,
}

impl Masks {
    /// Those that are there in time.
    pub(super) fn of(web: &Web, force: &Force) -> Self {
        Self::among((0..web.len()).map(|node| node as u32), (web, force), 0)
    }

    /// Those with a slack of at least `least`, which is not below 0; none at nodes that are not among `nodes`.
    pub(super) fn among(
        nodes: impl Iterator<Item = u32>,
        (web, force): (&Web, &Force),
        least: i64,
    ) -> Self {
        let units = force.len();
        let words = units.div_ceil(64).max(1);
        let mut bits = vec![0; words * web.len()];
        for node in nodes.map(|node| node as usize) {
            let own = &mut bits[node * words..(node + 1) * words];
            for closes in force.at(node) {
                let (unit, enough) = (usize::from(closes.unit), i64::from(closes.slack) >= least);
                own[unit / 64] |= u64::from(enough) << (unit % 64);
            }
        }
        Self { words, units, bits }
    }

    fn row(&self, node: usize) -> &[u64] {
        &self.bits[node * self.words..(node + 1) * self.words]
    }

    /// How many units there are.
    pub(super) const fn units(&self) -> usize {
        self.units
    }

    /// Whether one of `some` can.
    pub(super) fn any_of(&self, node: usize, some: &[u64]) -> bool {
        self.row(node).iter().zip(some).any(|(own, some)| own & some != 0)
    }

    /// The units that can.
    pub(super) fn of_node(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        each(self.row(node))
    }

    /// Which units can close which of some nodes.
    pub(super) fn grid(&self, nodes: &[u32]) -> Grid {
        let mut grid = Grid::new(self.units);
        for &node in nodes {
            grid.add_bits(self.row(node as usize));
        }
        grid
    }

    /// A set of units.
    pub(super) fn set(&self, units: impl Iterator<Item = usize>) -> Vec<u64> {
        let mut set = vec![0; self.words];
        for unit in units {
            set[unit / 64] |= 1 << (unit % 64);
        }
        set
    }
}
