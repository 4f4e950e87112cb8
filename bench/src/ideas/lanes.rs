//! One search for several neighbouring sources: a node holds a label for each, and an arc is relaxed for all of them at once.
//!
//! A node is settled when its best new label is due and may have to be settled again when a later one is; neighbours mostly come by the
//! same way, so that this is seldom. The loops over the labels are plain; the compiler makes vector instructions of them.

use precinct_bench::contest::{Answer, Contender};
use precinct_bench::ny::LIMIT;
use precinct_roads::prefetch;

use super::kernel::Graph;

/// `K` searches in one.
pub(crate) struct Lanes<'a, const K: usize> {
    graph: &'a Graph,
    /// For each node and source: floor + 1 + what is left, if reached.
    left: Vec<[i32; K]>,
    /// The best label a node has that was not yet handed on; 0 for none.
    due: Vec<i32>,
    top: i32,
    floor: i32,
    touched: Vec<u32>,
    buckets: Vec<Vec<u32>>,
    shift: u32,
    used: usize,
}

impl<'a, const K: usize> Lanes<'a, K> {
    pub(crate) fn new(graph: &'a Graph, shift: u32) -> Self {
        let nodes = graph.csr.nodes();
        Self {
            graph,
            left: vec![[0; K]; nodes],
            due: vec![0; nodes],
            top: 0,
            floor: 0,
            touched: Vec::new(),
            buckets: vec![Vec::new(); (LIMIT.0 >> shift) as usize + 1],
            shift,
            used: 0,
        }
    }

    fn begin(&mut self, sources: &[u32]) {
        let span = LIMIT.0 as i32 + 1;
        if self.top.checked_add(span).is_none() {
            self.left.fill([0; K]);
            self.top = 0;
        }
        (self.floor, self.top, self.used) = (self.top, self.top + span, sources.len());
        self.touched.clear();
        for (lane, &source) in sources.iter().enumerate() {
            let labels = &mut self.left[source as usize];
            if labels.iter().all(|&label| label <= self.floor) {
                self.touched.push(source);
            }
            labels[lane] = self.top;
            self.due[source as usize] = self.top;
            self.buckets[0].push(source);
        }
    }

    fn run(&mut self) {
        for bucket in 0..self.buckets.len() {
            let full = self.top - ((bucket as i32) << self.shift);
            let mut next = 0;
            while let Some(&node) = self.buckets[bucket].get(next) {
                next += 1;
                let due = &mut self.due[node as usize];
                if *due > full - (1 << self.shift) && *due <= full {
                    *due = 0;
                    self.settle(node);
                }
            }
            self.buckets[bucket].clear();
        }
    }

    #[inline]
    fn settle(&mut self, node: u32) {
        let graph = self.graph;
        let labels = self.left[node as usize];
        let record = graph.packed.records[node as usize];
        match record.wide() {
            Some(list) => graph.packed.list(list).iter().for_each(|&arc| self.relax(arc, &labels)),
            None => record.arcs(node).into_iter().for_each(|arc| self.relax(arc, &labels)),
        }
    }

    #[inline]
    fn relax(&mut self, (head, ms): (u32, u32), labels: &[i32; K]) {
        let (ms, floor) = (ms as i32, self.floor);
        let had = &mut self.left[head as usize];
        let (mut best, mut known) = (0, 0);
        for lane in 0..K {
            let after = labels[lane] - ms;
            let bound = had[lane].max(floor);
            best = best.max(if after > bound { after } else { 0 });
            known = known.max(had[lane]);
        }
        if best == 0 {
            return;
        }
        for lane in 0..K {
            had[lane] = had[lane].max(labels[lane] - ms);
        }
        if known <= floor {
            self.touched.push(head);
        }
        let due = &mut self.due[head as usize];
        if best > *due {
            *due = best;
            prefetch(&self.graph.packed.records, head as usize);
            self.buckets[((self.top - best) >> self.shift) as usize].push(head);
        }
    }
}

impl<const K: usize> Contender for Lanes<'_, K> {
    fn group(&self) -> usize {
        K
    }

    fn search(&mut self, sources: &[u32]) -> u64 {
        self.begin(sources);
        self.run();
        let (top, floor) = (self.top, self.floor);
        let of = |label: &i32| if *label > floor { i64::from(top - label) } else { 0 };
        let sums =
            self.touched.iter().map(|&node| self.left[node as usize].iter().map(of).sum::<i64>());
        sums.sum::<i64>() as u64
    }

    fn answers(&mut self) -> Vec<Answer> {
        let told = |lane: usize| {
            let reached = self.touched.iter().filter_map(|&node| {
                let label = self.left[node as usize][lane];
                (label > self.floor).then_some((node, (self.top - label) as u32))
            });
            let mut answer: Answer = reached.collect();
            answer.sort_unstable();
            answer
        };
        (0..self.used).map(told).collect()
    }
}
