//! Many searches at once, on all processors. The answers do not depend on how many there are.

use precinct_base::{Millis, NodeId};
use rayon::prelude::*;

use super::{Scratch, Towards};
use crate::{Network, Snap, Way};

/// Searches that share one scratch.
const CHUNK: usize = 256;

/// Times from each source to each target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    targets: usize,
    times: Vec<Option<Millis>>,
}

impl Table {
    /// The time from a source to a target, by index; `None` if it is over the limit.
    pub fn get(&self, source: usize, target: usize) -> Option<Millis> {
        self.times[source * self.targets + target]
    }

    /// The times from one source to all targets.
    pub fn row(&self, source: usize) -> &[Option<Millis>] {
        &self.times[source * self.targets..(source + 1) * self.targets]
    }
}

impl Network {
    /// The time by road from every source to every target within `limit`.
    pub fn table(&self, sources: &[Snap], targets: &[Snap], limit: Millis) -> Table {
        // Neighbours one after the other: what one search brought into the cache serves the next.
        let mut order: Vec<usize> = (0..sources.len()).collect();
        order.sort_by_key(|&i| (sources[i].segment, sources[i].offset));
        let rows: Vec<Vec<Option<Millis>>> = order
            .par_chunks(CHUNK)
            .flat_map_iter(|chunk| {
                let mut scratch = Scratch::default();
                let row = move |&i: &usize| {
                    let reach = self.reach(&mut scratch, &sources[i..=i], limit, Way::Out);
                    targets.iter().map(|target| reach.at(target).map(|(time, _)| time)).collect()
                };
                chunk.iter().map(row)
            })
            .collect();
        let mut times = vec![None; sources.len() * targets.len()];
        for (row, i) in rows.iter().zip(order) {
            times[i * targets.len()..(i + 1) * targets.len()].copy_from_slice(row);
        }
        Table { targets: targets.len(), times }
    }

    /// Times from everywhere to each of `places`, in their order.
    pub fn towards_all(&self, places: &[Snap]) -> Vec<Towards> {
        places
            .par_chunks(CHUNK / 16)
            .flat_map_iter(|chunk| {
                let mut scratch = Scratch::default();
                chunk.iter().map(move |&place| self.towards(&mut scratch, place))
            })
            .collect()
    }

    /// For every node, the sum of `weights` (one a node) over the nodes within `limit` of it, itself included: how much each place
    /// could serve.
    ///
    /// # Panics
    /// If there is not one weight a node.
    pub fn totals(&self, weights: &[u32], limit: Millis, way: Way) -> Vec<u64> {
        let nodes = self.map().node_count();
        assert_eq!(weights.len(), nodes, "one weight a node");
        let all: Vec<u32> = (0..nodes as u32).collect();
        all.par_chunks(CHUNK * 4)
            .flat_map_iter(|chunk| {
                let mut scratch = Scratch::default();
                let total = move |&node: &u32| {
                    let reach = self.reach_from_nodes(
                        &mut scratch,
                        &[(NodeId(node), Millis::ZERO)],
                        limit,
                        way,
                    );
                    reach.nodes().map(|(node, _)| u64::from(weights[node.index()])).sum()
                };
                chunk.iter().map(total)
            })
            .collect()
    }
}
