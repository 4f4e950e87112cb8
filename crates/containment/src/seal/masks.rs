//! Which units can close which nodes, a bit for each, so that many nodes are asked at once.

use super::ball::Ball;
use super::force::Force;

/// For each node the units that leave it slack enough.
#[derive(Clone, Debug, Default)]
pub(super) struct Masks {
    words: usize,
    units: usize,
    bits: Vec<u64>,
}

impl Masks {
    /// Those with a slack of at least `least`, which is not below 0. The force must have been surveyed.
    pub(super) fn of(ball: &Ball, force: &Force, least: i64) -> Self {
        let units = force.len();
        let words = units.div_ceil(64).max(1);
        let mut bits = vec![0; words * ball.len()];
        for (unit, own) in force.each().enumerate() {
            for &(node, closed) in own {
                let slack = i64::from(ball.arrival[node as usize]) - i64::from(closed);
                bits[node as usize * words + unit / 64] |= u64::from(slack >= least) << (unit % 64);
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

    /// Whether a unit can.
    pub(super) fn may(&self, node: u32, unit: usize) -> bool {
        self.row(node as usize)[unit / 64] >> (unit % 64) & 1 == 1
    }

    /// Whether one of `some` can.
    pub(super) fn any_of(&self, node: usize, some: &[u64]) -> bool {
        self.row(node).iter().zip(some).any(|(own, some)| own & some != 0)
    }

    /// The units that can.
    pub(super) fn of_node(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.row(node).iter().enumerate().flat_map(|(i, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(i * 64 + bit)
            })
        })
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
