//! The size of a city's street network.

use super::city::City;

/// What cars may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Network {
    pub(super) nodes: usize,
    pub(super) segments: usize,
    pub(super) kilometres: u64,
}

impl Network {
    /// Counts junctions and ends, the stretches between them, and their length.
    pub(super) fn of(city: &City) -> Self {
        let ways = || city.ways.iter().filter(|way| way.kind.carries_cars());
        let mut met = vec![0u8; city.nodes.len()];
        let mut kilometres = 0;
        for way in ways() {
            for (i, &node) in way.nodes.iter().enumerate() {
                let ends = if i == 0 || i + 1 == way.nodes.len() { 2 } else { 1 };
                met[node as usize] = met[node as usize].saturating_add(ends);
            }
            let stretch =
                |w: &[u32]| city.nodes[w[0] as usize].distance(city.nodes[w[1] as usize]).0;
            kilometres += way.nodes.windows(2).map(stretch).sum::<u64>();
        }
        let inner = |way: &super::city::Way| {
            way.nodes[1..way.nodes.len() - 1].iter().filter(|&&n| met[n as usize] > 1).count()
        };
        Self {
            nodes: met.iter().filter(|&&met| met > 1).count(),
            segments: ways().map(|way| inner(way) + 1).sum(),
            kilometres: kilometres / 1_000_000,
        }
    }
}
