//! Search only where roads meet: dead ends and the nodes between two junctions are left out, and filled in afterwards from the
//! junctions at their ends.
//!
//! The core is what is left when dead ends are cut off again and again and then nodes with two neighbours are passed over. From each
//! core node a search that does not cross another gives its arcs in the core and what hangs on it; that holds for any choice of core.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use precinct_bench::baseline::Csr;
use precinct_bench::contest::{Answer, Contender};

use super::kernel::{Graph, PREFETCH, State, run};
use super::packed::Packed;

/// A network with its core.
pub(crate) struct Contracted {
    /// Nodes as numbered here, by their number in the network, and back.
    rank: Vec<u32>,
    back: Vec<u32>,
    core: Vec<bool>,
    /// All arcs in `csr`, those of the core in `packed`.
    graph: Graph,
    /// What hangs on each node: `hangs[first[v]..first[v + 1]]`, node and milliseconds.
    first: Vec<u32>,
    hangs: Vec<(u32, u32)>,
}

impl Contracted {
    /// The arcs of a network made by `arcs` with a given order of nodes. With `apart`, core nodes are numbered before all others, so
    /// that a search reads memory with nothing else in it; otherwise the order stays.
    pub(crate) fn new(arcs: impl Fn(&[u32]) -> Csr, nodes: usize, apart: bool) -> Self {
        let plain = arcs(&(0..nodes as u32).collect::<Vec<u32>>());
        let in_core = core(&plain);
        let mut back: Vec<u32> = (0..nodes as u32).collect();
        if apart {
            back.sort_by_key(|&node| !in_core[node as usize]);
        }
        let mut rank = vec![0; nodes];
        for (here, &node) in (0..).zip(&back) {
            rank[node as usize] = here;
        }
        let core: Vec<bool> = back.iter().map(|&node| in_core[node as usize]).collect();
        let csr = arcs(&rank);
        let mut all = Self {
            rank,
            back,
            core,
            graph: Graph { csr, packed: Packed::default() },
            first: vec![0],
            hangs: Vec::new(),
        };
        all.contract();
        all
    }

    /// How many nodes the core has.
    pub(crate) fn core_nodes(&self) -> usize {
        self.core.iter().filter(|core| **core).count()
    }

    fn contract(&mut self) {
        let mut near = Near::default();
        let last = self.core.iter().rposition(|core| *core).map_or(0, |last| last + 1);
        for node in 0..last as u32 {
            let mut arcs = Vec::new();
            if self.core[node as usize] {
                for &(head, ms) in near.search(&self.graph.csr, &self.core, node) {
                    if self.core[head as usize] {
                        arcs.push((head, ms));
                    } else {
                        self.hangs.push((head, ms));
                    }
                }
            }
            arcs.sort_unstable();
            self.graph.packed.push(&arcs);
            let start = self.first[node as usize] as usize;
            self.hangs[start..].sort_unstable();
            self.first.push(self.hangs.len() as u32);
        }
        self.first.resize(self.core.len() + 1, self.hangs.len() as u32);
    }
}

/// Which nodes are in the core.
fn core(graph: &Csr) -> Vec<bool> {
    let mut neighbours: Vec<Vec<u32>> = vec![Vec::new(); graph.nodes()];
    for node in 0..graph.nodes() as u32 {
        for &(head, _) in graph.arcs(node).iter().filter(|arc| arc.0 != node) {
            neighbours[node as usize].push(head);
            neighbours[head as usize].push(node);
        }
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    let mut degree: Vec<usize> = neighbours.iter().map(Vec::len).collect();
    let mut ends: Vec<usize> = (0..degree.len()).filter(|&node| degree[node] == 1).collect();
    while let Some(node) = ends.pop() {
        degree[node] = 0;
        for &next in &neighbours[node] {
            let next = next as usize;
            degree[next] = degree[next].saturating_sub(1);
            if degree[next] == 1 {
                ends.push(next);
            }
        }
    }
    degree.iter().map(|&degree| degree > 2).collect()
}

/// A small search from one node that settles core nodes and goes no further there.
#[derive(Default)]
struct Near {
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    /// Nodes and milliseconds, without the source.
    found: Vec<(u32, u32)>,
}

impl Near {
    fn search(&mut self, graph: &Csr, core: &[bool], source: u32) -> &[(u32, u32)] {
        self.found.clear();
        self.heap.push(Reverse((0, source)));
        while let Some(Reverse((ms, node))) = self.heap.pop() {
            let is_source = node == source;
            if (is_source && ms > 0) || self.found.iter().any(|known| known.0 == node) {
                continue;
            }
            if !is_source {
                self.found.push((node, ms));
            }
            if is_source || !core[node as usize] {
                let arcs = graph.arcs(node).iter().filter(|arc| arc.0 != source);
                self.heap.extend(arcs.map(|&(head, more)| Reverse((ms + more, head))));
            }
        }
        &self.found
    }
}

/// A search on the core.
pub(crate) struct OnCore<'a> {
    net: &'a Contracted,
    state: State,
    near: Near,
}

impl<'a> OnCore<'a> {
    pub(crate) fn new(net: &'a Contracted, shift: u32) -> Self {
        Self { net, state: State::new(net.core.len(), shift), near: Near::default() }
    }

    fn seed(&mut self, source: u32) {
        let (net, state) = (self.net, &mut self.state);
        state.label(source, state.top);
        if net.core[source as usize] {
            state.queue(source, state.top);
            return;
        }
        for &(node, ms) in self.near.search(&net.graph.csr, &net.core, source) {
            let left = state.top.saturating_sub(ms);
            if state.label(node, left) && net.core[node as usize] {
                state.queue(node, left);
            }
        }
    }

    /// Tells what hangs on the core nodes reached.
    fn fill(&mut self) {
        let (net, state) = (self.net, &mut self.state);
        for i in 0..state.touched.len() {
            let node = state.touched[i] as usize;
            let left = state.left[node];
            for &(hanging, ms) in &net.hangs[net.first[node] as usize..net.first[node + 1] as usize]
            {
                state.label(hanging, left.saturating_sub(ms));
            }
        }
    }
}

impl Contender for OnCore<'_> {
    fn search(&mut self, sources: &[u32]) -> u64 {
        let mut sum = 0;
        for &source in sources {
            self.state.begin();
            self.seed(self.net.rank[source as usize]);
            run::<PREFETCH>(&self.net.graph, &mut self.state);
            self.fill();
            sum += self.state.sum();
        }
        sum
    }

    fn answers(&mut self) -> Vec<Answer> {
        vec![self.state.answer(|node| self.net.back[node as usize])]
    }
}
