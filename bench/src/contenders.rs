//! Precinct and the plain searches as contenders.

use precinct_base::{Millis, NodeId};
use precinct_roads::{Network, Scratch, Way};

use crate::baseline::{Csr, Plain};
use crate::contest::{Answer, Contender};
use crate::ny::LIMIT;

/// `Network::reach_from_nodes`.
pub struct Ours<'a> {
    network: &'a Network,
    scratch: Scratch,
    last: u32,
}

impl<'a> Ours<'a> {
    /// On this network.
    pub fn new(network: &'a Network) -> Self {
        Self { network, scratch: Scratch::default(), last: 0 }
    }

    /// What a source reaches within a limit, in order of node.
    pub fn reach(&mut self, source: u32, limit: Millis) -> Answer {
        let from = [(NodeId(source), Millis::ZERO)];
        let reach = self.network.reach_from_nodes(&mut self.scratch, &from, limit, Way::Out);
        let mut answer: Answer = reach.nodes().map(|(node, time)| (node.0, time.0)).collect();
        answer.sort_unstable();
        answer
    }
}

impl Contender for Ours<'_> {
    fn search(&mut self, sources: &[u32]) -> u64 {
        let mut sum = 0;
        for &source in sources {
            self.last = source;
            let from = [(NodeId(source), Millis::ZERO)];
            let reach = self.network.reach_from_nodes(&mut self.scratch, &from, LIMIT, Way::Out);
            sum += reach.nodes().map(|(_, time)| u64::from(time.0)).sum::<u64>();
        }
        sum
    }

    fn answers(&mut self) -> Vec<Answer> {
        vec![self.reach(self.last, LIMIT)]
    }
}

/// Which queue a plain search has.
#[derive(Clone, Copy)]
pub enum Queue {
    /// A binary heap.
    Heap,
    /// Buckets of 2^n milliseconds.
    Buckets(u32),
}

/// A plain search.
pub struct PlainSearch {
    graph: Csr,
    queue: Queue,
    rank: Vec<u32>,
    back: Vec<u32>,
    plain: Plain,
}

impl PlainSearch {
    /// On this network, with its nodes in its own order, along the Hilbert curve.
    pub fn in_order(network: &Network, queue: Queue) -> Self {
        Self::ranked(network, queue, network.map().node_ids().map(|node| node.0).collect())
    }

    /// With the nodes in the order of the file, where they are numbered from 1.
    pub fn in_file_order(network: &Network, queue: Queue) -> Self {
        let map = network.map();
        let rank = map.node_ids().map(|node| (map.osm_id(node) - 1) as u32);
        Self::ranked(network, queue, rank.collect())
    }

    fn ranked(network: &Network, queue: Queue, rank: Vec<u32>) -> Self {
        let graph = Csr::of(network, Way::Out, &rank);
        let mut back = vec![0; rank.len()];
        for (node, &rank) in (0..).zip(&rank) {
            back[rank as usize] = node;
        }
        let plain = Plain::new(&graph);
        Self { graph, queue, rank, back, plain }
    }
}

impl Contender for PlainSearch {
    fn search(&mut self, sources: &[u32]) -> u64 {
        let mut sum = 0;
        for &source in sources {
            let source = self.rank[source as usize];
            match self.queue {
                Queue::Heap => self.plain.by_heap(&self.graph, source, LIMIT.0),
                Queue::Buckets(shift) => {
                    self.plain.by_buckets(&self.graph, source, LIMIT.0, shift);
                }
            }
            sum += self.plain.reached.iter().map(|&(_, ms)| u64::from(ms)).sum::<u64>();
        }
        sum
    }

    fn answers(&mut self) -> Vec<Answer> {
        let named = |&(node, ms): &(u32, u32)| (self.back[node as usize], ms);
        let mut answer: Answer = self.plain.reached.iter().map(named).collect();
        answer.sort_unstable();
        vec![answer]
    }
}
