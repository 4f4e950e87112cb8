//! Plain searches, written as any engineer would: arcs in CSR, time stamps, a binary heap or buckets. Kept to measure against, and
//! as a second opinion on every answer.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use precinct_roads::{Along, Network, Way};

/// Arcs by tail.
pub struct Csr {
    first: Vec<u32>,
    arcs: Vec<(u32, u32)>,
}

impl Csr {
    /// The arcs of a network as a search going `way` follows them, with its nodes numbered anew: node `v` becomes `rank[v]`.
    pub fn of(network: &Network, way: Way, rank: &[u32]) -> Self {
        let map = network.map();
        let mut all: Vec<(u32, u32, u32)> = Vec::new();
        for id in map.segment_ids() {
            let ends = map.segment(id);
            for (along, tail, head) in
                [(Along::Forward, ends.from, ends.to), (Along::Backward, ends.to, ends.from)]
            {
                if let Some(time) = network.time(id, along) {
                    let (tail, head) = if way == Way::Out { (tail, head) } else { (head, tail) };
                    all.push((rank[tail.index()], rank[head.index()], time.0));
                }
            }
        }
        all.sort_unstable();
        let mut first = vec![0; map.node_count() + 1];
        for arc in &all {
            first[arc.0 as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        Self { first, arcs: all.into_iter().map(|(_, head, ms)| (head, ms)).collect() }
    }

    /// Its nodes as the network numbers them.
    pub fn in_order(network: &Network, way: Way) -> Self {
        let rank: Vec<u32> = (0..network.map().node_count() as u32).collect();
        Self::of(network, way, &rank)
    }

    /// Head and milliseconds of each arc of a node.
    pub fn arcs(&self, node: u32) -> &[(u32, u32)] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.first.len() - 1
    }
}

/// Working memory of a plain search.
pub struct Plain {
    time: Vec<u32>,
    stamp: Vec<u32>,
    now: u32,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    buckets: Vec<Vec<u32>>,
    /// The nodes reached by the last search and the time to each.
    pub reached: Vec<(u32, u32)>,
}

impl Plain {
    /// For searches over `graph`.
    pub fn new(graph: &Csr) -> Self {
        let nodes = graph.nodes();
        Self {
            time: vec![0; nodes],
            stamp: vec![0; nodes],
            now: 0,
            heap: BinaryHeap::new(),
            buckets: Vec::new(),
            reached: Vec::new(),
        }
    }

    fn begin(&mut self) {
        self.now += 1;
        self.reached.clear();
    }

    /// The time to a node, if the last search reached it.
    pub fn time(&self, node: u32) -> Option<u32> {
        (self.stamp[node as usize] == self.now).then(|| self.time[node as usize])
    }

    fn improves(&mut self, node: u32, time: u32) -> bool {
        let i = node as usize;
        let better = self.stamp[i] != self.now || time < self.time[i];
        if better {
            self.stamp[i] = self.now;
            self.time[i] = time;
        }
        better
    }

    /// Dijkstra on a binary heap.
    pub fn by_heap(&mut self, graph: &Csr, source: u32, limit: u32) {
        self.by_heap_from(graph, &[(source, 0)], limit);
    }

    /// The same from several nodes, each with the time at which it starts.
    pub fn by_heap_from(&mut self, graph: &Csr, seeds: &[(u32, u32)], limit: u32) {
        self.begin();
        for &(node, ms) in seeds {
            if ms <= limit && self.improves(node, ms) {
                self.heap.push(Reverse((ms, node)));
            }
        }
        while let Some(Reverse((time, node))) = self.heap.pop() {
            if self.time[node as usize] != time {
                continue;
            }
            self.reached.push((node, time));
            for &(head, ms) in graph.arcs(node) {
                let after = time + ms;
                if after <= limit && self.improves(head, after) {
                    self.heap.push(Reverse((after, head)));
                }
            }
        }
    }

    /// Dijkstra on buckets of 2^`shift` milliseconds.
    pub fn by_buckets(&mut self, graph: &Csr, source: u32, limit: u32, shift: u32) {
        self.begin();
        self.improves(source, 0);
        let count = (limit >> shift) as usize + 1;
        if self.buckets.len() < count {
            self.buckets.resize(count, Vec::new());
        }
        self.buckets[0].push(source);
        self.reached.push((source, 0));
        for bucket in 0..count {
            let mut next = 0;
            while let Some(&node) = self.buckets[bucket].get(next) {
                next += 1;
                self.settle(graph, node, bucket, limit, shift);
            }
            self.buckets[bucket].clear();
        }
        for entry in &mut self.reached {
            entry.1 = self.time[entry.0 as usize];
        }
    }

    fn settle(&mut self, graph: &Csr, node: u32, bucket: usize, limit: u32, shift: u32) {
        let time = self.time[node as usize];
        if (time >> shift) as usize != bucket {
            return;
        }
        for &(head, ms) in graph.arcs(node) {
            let after = time + ms;
            let new = self.stamp[head as usize] != self.now;
            if after <= limit && self.improves(head, after) {
                if new {
                    self.reached.push((head, 0));
                }
                self.buckets[(after >> shift) as usize].push(head);
            }
        }
    }
}
