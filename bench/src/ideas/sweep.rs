//! The same searches from a hundred sources over the whole network. A "source" here is the number of a set of a hundred posts.

use precinct_base::{Millis, NodeId};
use precinct_bench::baseline::{Csr, Plain};
use precinct_bench::contest::{Answer, Contender};
use precinct_bench::ny;
use precinct_roads::{Network, Scratch, Way};

use super::kernel::{Graph, State, run};

/// Longer than any way to the nearest of a hundred posts.
const WHOLE: Millis = Millis::from_minutes(60);
const POSTS: usize = 100;

fn posts(nodes: usize, set: u32) -> Vec<u32> {
    ny::sources(nodes, POSTS * (set as usize + 1)).split_off(POSTS * set as usize)
}

/// A plain search with a binary heap.
pub(crate) struct PlainSweep<'a> {
    graph: &'a Csr,
    plain: Plain,
}

impl<'a> PlainSweep<'a> {
    pub(crate) fn new(graph: &'a Csr) -> Self {
        Self { graph, plain: Plain::new(graph) }
    }
}

impl Contender for PlainSweep<'_> {
    fn search(&mut self, sets: &[u32]) -> u64 {
        let seeds: Vec<(u32, u32)> =
            posts(self.graph.nodes(), sets[0]).into_iter().map(|post| (post, 0)).collect();
        self.plain.by_heap_from(self.graph, &seeds, WHOLE.0);
        self.plain.reached.iter().map(|&(_, ms)| u64::from(ms)).sum()
    }

    fn answers(&mut self) -> Vec<Answer> {
        self.plain.reached.sort_unstable();
        vec![self.plain.reached.clone()]
    }
}

/// The kernel with the ideas up to `STEP`.
pub(crate) struct KernelSweep<'a, const STEP: u8> {
    graph: &'a Graph,
    state: State,
}

impl<'a, const STEP: u8> KernelSweep<'a, STEP> {
    pub(crate) fn new(graph: &'a Graph, shift: u32) -> Self {
        Self { graph, state: State::with_limit(graph.csr.nodes(), shift, WHOLE) }
    }
}

impl<const STEP: u8> Contender for KernelSweep<'_, STEP> {
    fn search(&mut self, sets: &[u32]) -> u64 {
        let state = &mut self.state;
        state.begin();
        for post in posts(self.graph.csr.nodes(), sets[0]) {
            if state.label(post, state.top) {
                state.queue(post, state.top);
            }
        }
        run::<STEP>(self.graph, state);
        state.sum()
    }

    fn answers(&mut self) -> Vec<Answer> {
        vec![self.state.answer(|node| node)]
    }
}

/// `Network::reach_from_nodes`.
pub(crate) struct OurSweep<'a> {
    network: &'a Network,
    scratch: Scratch,
    set: u32,
}

impl<'a> OurSweep<'a> {
    pub(crate) fn new(network: &'a Network) -> Self {
        Self { network, scratch: Scratch::default(), set: 0 }
    }

    fn reach<T>(&mut self, read: impl FnOnce(&mut dyn Iterator<Item = (u32, u32)>) -> T) -> T {
        let posts = posts(self.network.map().node_count(), self.set);
        let seeds: Vec<(NodeId, Millis)> =
            posts.into_iter().map(|post| (NodeId(post), Millis::ZERO)).collect();
        let reach = self.network.reach_from_nodes(&mut self.scratch, &seeds, WHOLE, Way::Out);
        read(&mut reach.nodes().map(|(node, time)| (node.0, time.0)))
    }
}

impl Contender for OurSweep<'_> {
    fn search(&mut self, sets: &[u32]) -> u64 {
        self.set = sets[0];
        self.reach(|nodes| nodes.map(|(_, ms)| u64::from(ms)).sum())
    }

    fn answers(&mut self) -> Vec<Answer> {
        let mut answer: Answer = self.reach(|nodes| nodes.collect());
        answer.sort_unstable();
        vec![answer]
    }
}
