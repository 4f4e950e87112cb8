//! Searches outwards from one unit after another, none of which goes on where its unit is too late to be of use.
//!
//! A unit that comes to a junction later than anybody there could still get to some point in time need not be followed further. When
//! that is, one search inwards from all points tells for all units at once (bounds from a search the other way: A. V. Goldberg and
//! C. Harrelson, *Computing the shortest path: A\* search meets graph theory*, SODA (2005)). It is exact, on any network.

use precinct_base::{Millis, NodeId};
use precinct_roads::{Network, Reach, Way};

/// Log2 of the width of a bucket in milliseconds; within one a node may be settled twice.
const SHIFT: u32 = 10;

/// Searches on one network, and their memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Outward {
    /// For each node of the map one millisecond after the last moment at which somebody there is of use; 0 where nobody is.
    late: Vec<u32>,
    /// The same, or when the node is come to in this search: nothing later is of interest.
    bar: Vec<u32>,
    /// The nodes that are not 0.
    known: Vec<NodeId>,
    /// The nodes come to in this search.
    touched: Vec<u32>,
    buckets: Vec<Vec<u32>>,
}

impl Outward {
    /// Takes note of how late is too late: `reach` is a search inwards from points, each begun as much later as one may be there sooner
    /// than `limit`.
    pub(super) fn learn(&mut self, network: &Network, reach: &Reach<'_>, limit: Millis) {
        for node in self.known.drain(..) {
            self.late[node.index()] = 0;
            self.bar[node.index()] = 0;
        }
        let nodes = network.map().node_count();
        if self.late.len() != nodes {
            self.late.clear();
            self.late.resize(nodes, 0);
            self.bar.clear();
            self.bar.resize(nodes, 0);
        }
        for (node, before) in reach.nodes() {
            let late = limit.0.saturating_sub(before.0) + 1;
            self.late[node.index()] = late;
            self.bar[node.index()] = late;
            self.known.push(node);
        }
        let buckets = (limit.0 >> SHIFT) as usize + 2;
        if self.buckets.len() < buckets {
            self.buckets.resize(buckets, Vec::new());
        }
    }

    /// Whether somebody who is at a node by then is of use.
    pub(super) fn useful(&self, node: NodeId, by: Millis) -> bool {
        by.0 < self.late[node.index()]
    }

    /// Goes out from `ends` and tells each node that is come to while one is of use there, and when.
    pub(super) fn go(
        &mut self,
        network: &Network,
        ends: &[(NodeId, Millis)],
        mut tell: impl FnMut(NodeId, u32),
    ) {
        for &(node, time) in ends {
            self.come(node, time);
        }
        for bucket in 0..self.buckets.len() {
            let mut next = 0;
            while let Some(&node) = self.buckets[bucket].get(next) {
                next += 1;
                let time = self.bar[node as usize];
                // Otherwise it was settled in an earlier bucket.
                if (time >> SHIFT) as usize == bucket {
                    for (head, takes) in network.next_to(NodeId(node), Way::Out) {
                        self.come(head, Millis(time).saturating_add(takes));
                    }
                }
            }
            self.buckets[bucket].clear();
        }
        for node in self.touched.drain(..) {
            let late = self.late[node as usize];
            tell(NodeId(node), std::mem::replace(&mut self.bar[node as usize], late));
        }
    }

    fn come(&mut self, node: NodeId, time: Millis) {
        let bar = &mut self.bar[node.index()];
        if time.0 < *bar {
            if *bar == self.late[node.index()] {
                self.touched.push(node.0);
            }
            *bar = time.0;
            self.buckets[(time.0 >> SHIFT) as usize].push(node.0);
        }
    }
}
