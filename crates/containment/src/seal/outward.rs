//! Searches outwards from one unit after another, none of which goes on where its unit is too late to be of use.
//!
//! A unit that comes to a junction later than anybody there could still get to some point in time need not be followed further. When
//! that is, one search inwards from all points tells for all units at once (bounds from a search the other way: A. V. Goldberg and
//! C. Harrelson, *Computing the shortest path: A\* search meets graph theory*, SODA (2005)). It is exact, on any network. The junctions at
//! which anybody can be of use at all are a graph of their own, small enough to stay near the processor while every unit walks through it.

use precinct_base::{Millis, NodeId};
use precinct_roads::{Network, Reach, Way};

use super::marks::Marks;

/// Log2 of the width of a bucket in milliseconds; within one a node may be settled twice.
const SHIFT: u32 = 12;
/// Not among them.
const NOWHERE: u32 = u32::MAX;

/// A way from one junction to the next.
#[derive(Clone, Copy, Debug)]
struct Arc {
    head: u32,
    takes: u32,
}

/// Searches on one network, and their memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Outward {
    /// The junctions where somebody can be of use, ascending.
    nodes: Vec<NodeId>,
    /// For each one millisecond after the last moment at which somebody there is of use.
    late: Vec<u32>,
    /// The same, or when the node is come to in this search: nothing later is of interest.
    bar: Vec<u32>,
    /// For each one the number of the point there, if there is one.
    point: Vec<u32>,
    /// Where arcs out of each node start in `arcs`.
    first: Vec<u32>,
    arcs: Vec<Arc>,
    /// For each node of the map its number here.
    local: Vec<u32>,
    marks: Marks,
    /// The nodes come to in this search.
    touched: Vec<u32>,
    buckets: Vec<Vec<u32>>,
}

impl Outward {
    /// Takes note of how late is too late: `reach` is a search inwards from points, each begun as much later as one may be there sooner
    /// than `limit`. `points` are these, with their numbers.
    pub(super) fn learn(
        &mut self,
        network: &Network,
        (reach, limit): (&Reach<'_>, Millis),
        points: impl Iterator<Item = (NodeId, u32)>,
    ) {
        for node in self.nodes.drain(..) {
            self.local[node.index()] = NOWHERE;
        }
        let nodes = network.map().node_count();
        self.local.resize(nodes, NOWHERE);
        self.marks.fit(nodes);
        for (node, _) in reach.nodes() {
            self.marks.put(node);
        }
        self.late.clear();
        let Self { nodes, late, local, marks, .. } = self;
        marks.take(|node| {
            local[node.index()] = nodes.len() as u32;
            nodes.push(node);
            let before = reach.time(node).map_or(limit.0, |time| time.0);
            late.push(limit.0.saturating_sub(before) + 1);
        });
        self.bar.clear();
        self.bar.extend(&self.late);
        self.point.clear();
        self.point.resize(self.nodes.len(), NOWHERE);
        for (node, number) in points {
            if let Some(node) = self.local(node) {
                self.point[node] = number;
            }
        }
        self.connect(network);
        let buckets = (limit.0 >> SHIFT) as usize + 2;
        if self.buckets.len() < buckets {
            self.buckets.resize(buckets, Vec::new());
        }
    }

    /// Keeps the ways that somebody who is off at once can go and be of use.
    fn connect(&mut self, network: &Network) {
        self.first.clear();
        self.arcs.clear();
        for node in &self.nodes {
            self.first.push(self.arcs.len() as u32);
            for (head, takes) in network.next_to(*node, Way::Out) {
                let head = self.local[head.index()];
                if head != NOWHERE && takes.0 < self.late[head as usize] {
                    self.arcs.push(Arc { head, takes: takes.0 });
                }
            }
        }
        self.first.push(self.arcs.len() as u32);
    }

    /// The number of a node here.
    fn local(&self, node: NodeId) -> Option<usize> {
        let local = *self.local.get(node.index())?;
        (local != NOWHERE).then_some(local as usize)
    }

    /// Whether somebody who is at a node by then is of use.
    pub(super) fn useful(&self, node: NodeId, by: Millis) -> bool {
        self.local(node).is_some_and(|node| by.0 < self.late[node])
    }

    /// Goes out from `ends` and tells each point that is come to while one is of use there, by its number, and when.
    pub(super) fn go(&mut self, ends: &[(NodeId, Millis)], mut tell: impl FnMut(u32, u32)) {
        let Self { local, late, bar, point, first, arcs, touched, buckets, .. } = self;
        let mut search = Search { late, bar, touched, buckets };
        for &(node, time) in ends {
            let node = local.get(node.index()).copied().unwrap_or(NOWHERE);
            if node != NOWHERE {
                search.come(node, time.0);
            }
        }
        for bucket in 0..search.buckets.len() {
            let mut next = 0;
            while let Some(&node) = search.buckets[bucket].get(next) {
                next += 1;
                let time = search.bar[node as usize];
                // Otherwise it was settled in an earlier bucket.
                if (time >> SHIFT) as usize == bucket {
                    let own = first[node as usize] as usize..first[node as usize + 1] as usize;
                    for &Arc { head, takes } in &arcs[own] {
                        search.come(head, time.saturating_add(takes));
                    }
                }
            }
            search.buckets[bucket].clear();
        }
        for node in search.touched.drain(..) {
            let (late, point) = (late[node as usize], point[node as usize]);
            let time = std::mem::replace(&mut search.bar[node as usize], late);
            if point != NOWHERE {
                tell(point, time);
            }
        }
    }
}

/// What a search writes to, apart from what it reads.
struct Search<'a> {
    late: &'a [u32],
    bar: &'a mut [u32],
    touched: &'a mut Vec<u32>,
    buckets: &'a mut [Vec<u32>],
}

impl Search<'_> {
    #[inline]
    fn come(&mut self, node: u32, time: u32) {
        let bar = &mut self.bar[node as usize];
        if time < *bar {
            if *bar == self.late[node as usize] {
                self.touched.push(node);
            }
            *bar = time;
            self.buckets[(time >> SHIFT) as usize].push(node);
        }
    }
}
