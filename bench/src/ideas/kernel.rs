//! The kernel of `precinct_roads`, built up from the plain search one idea at a time.

use precinct_base::Millis;
use precinct_bench::baseline::Csr;
use precinct_bench::contest::{Answer, Contender};
use precinct_bench::ny::LIMIT;
use precinct_roads::prefetch;

use super::packed::Packed;

/// The label holds what is left of the limit above a floor that rises, instead of a time and a stamp.
pub(crate) const FLOOR: u8 = 0;
/// And the arcs are packed in records of sixteen bytes.
pub(crate) const PACKED: u8 = 1;
/// And all four are looked at before any is acted on.
pub(crate) const FOUR: u8 = 2;
/// And a node's record is fetched when the node is put in a bucket. This is the kernel as it is kept.
pub(crate) const PREFETCH: u8 = 3;
/// And the labels round the source are fetched at the start.
pub(crate) const WINDOW: u8 = 4;
/// Instead of that: the labels that a node further on in the bucket will look at are fetched while this one is settled.
pub(crate) const AHEAD: u8 = 5;

/// As [`PREFETCH`], but the arcs one after the other.
pub(crate) const ONE_BY_ONE: u8 = 6;

/// Labels fetched to either side of the source by [`WINDOW`].
const WINDOW_NODES: u32 = 1_500;
/// Nodes between the one that is settled and the one whose labels [`AHEAD`] fetches.
const BETWEEN: usize = 3;

/// Working memory of one search.
pub(crate) struct State {
    /// For each node: floor + 1 + what is left, if reached.
    pub(crate) left: Vec<u32>,
    pub(crate) top: u32,
    pub(crate) floor: u32,
    pub(crate) touched: Vec<u32>,
    pub(crate) buckets: Vec<Vec<u32>>,
    pub(crate) shift: u32,
    limit: Millis,
}

impl State {
    /// For searches of so many nodes with the usual limit and buckets of 2^`shift` milliseconds.
    pub(crate) fn new(nodes: usize, shift: u32) -> Self {
        Self::with_limit(nodes, shift, LIMIT)
    }

    /// With another limit.
    pub(crate) fn with_limit(nodes: usize, shift: u32, limit: Millis) -> Self {
        let buckets = vec![Vec::new(); (limit.0 >> shift) as usize + 1];
        Self { left: vec![0; nodes], top: 0, floor: 0, touched: Vec::new(), buckets, shift, limit }
    }

    /// Forgets the last search.
    pub(crate) fn begin(&mut self) {
        if self.top.checked_add(self.limit.0 + 1).is_none() {
            self.left.fill(0);
            self.top = 0;
        }
        self.floor = self.top;
        self.top += self.limit.0 + 1;
        self.touched.clear();
    }

    /// Labels a node if that is better than what it has; says whether it was.
    #[inline]
    pub(crate) fn label(&mut self, node: u32, left: u32) -> bool {
        let had = self.left[node as usize];
        let better = left > had.max(self.floor);
        if better {
            self.left[node as usize] = left;
            if had <= self.floor {
                self.touched.push(node);
            }
        }
        better
    }

    /// Puts a labelled node where it will be settled.
    #[inline]
    pub(crate) fn queue(&mut self, node: u32, left: u32) {
        self.buckets[((self.top - left) >> self.shift) as usize].push(node);
    }

    /// The milliseconds of everything reached, added up.
    pub(crate) fn sum(&self) -> u64 {
        self.touched.iter().map(|&node| u64::from(self.top - self.left[node as usize])).sum()
    }

    /// The nodes reached, as `named`, and the time to each.
    pub(crate) fn answer(&self, named: impl Fn(u32) -> u32) -> Answer {
        let told = |&node: &u32| (named(node), self.top - self.left[node as usize]);
        let mut answer: Answer = self.touched.iter().map(told).collect();
        answer.sort_unstable();
        answer
    }
}

/// The arcs, plain and packed.
pub(crate) struct Graph {
    pub(crate) csr: Csr,
    pub(crate) packed: Packed,
}

impl Graph {
    pub(crate) fn of(csr: Csr) -> Self {
        let packed = Packed::of(&csr);
        Self { csr, packed }
    }
}

/// Settles all buckets of a search that was seeded.
pub(crate) fn run<const STEP: u8>(graph: &Graph, state: &mut State) {
    for bucket in 0..state.buckets.len() {
        if !state.buckets[bucket].is_empty() {
            settle_bucket::<STEP>(graph, state, bucket);
        }
    }
}

/// The parts of a state as separate borrows, so that the compiler keeps them in registers.
struct Bench<'a> {
    graph: &'a Graph,
    left: &'a mut [u32],
    touched: &'a mut Vec<u32>,
    buckets: &'a mut [Vec<u32>],
    top: u32,
    floor: u32,
    shift: u32,
}

/// Settles one bucket and empties it.
pub(crate) fn settle_bucket<const STEP: u8>(graph: &Graph, state: &mut State, bucket: usize) {
    let mut bench = Bench {
        graph,
        left: &mut state.left,
        touched: &mut state.touched,
        buckets: &mut state.buckets,
        top: state.top,
        floor: state.floor,
        shift: state.shift,
    };
    let full = bench.top - ((bucket as u32) << bench.shift);
    let mut next = 0;
    while let Some(&node) = bench.buckets[bucket].get(next) {
        next += 1;
        if STEP == AHEAD
            && let Some(&node) = bench.buckets[bucket].get(next + BETWEEN)
        {
            let arcs = bench.graph.packed.records[node as usize].arcs(node);
            for (head, _) in arcs {
                prefetch(bench.left, head as usize);
            }
        }
        let left = bench.left[node as usize];
        if left <= full {
            bench.settle::<STEP>(node, left);
        }
    }
    bench.buckets[bucket].clear();
}

impl Bench<'_> {
    #[inline]
    fn settle<const STEP: u8>(&mut self, node: u32, left: u32) {
        let graph = self.graph;
        if STEP == FLOOR {
            for &arc in graph.csr.arcs(node) {
                self.relax::<STEP>(arc, left);
            }
            return;
        }
        let record = graph.packed.records[node as usize];
        if let Some(list) = record.wide() {
            for &arc in graph.packed.list(list) {
                self.relax::<STEP>(arc, left);
            }
            return;
        }
        if STEP == PACKED || STEP == ONE_BY_ONE {
            (0..4).for_each(|i| self.relax::<STEP>(record.arc(node, i), left));
            return;
        }
        let arcs = record.arcs(node);
        let mut better = 0u32;
        for (i, &(head, ms)) in arcs.iter().enumerate() {
            let after = left.saturating_sub(ms);
            better |= u32::from(after > self.left[head as usize].max(self.floor)) << i;
        }
        while better != 0 {
            let i = better.trailing_zeros() as usize & 3;
            better &= better - 1;
            self.relax::<STEP>(arcs[i], left);
        }
    }

    #[inline]
    fn relax<const STEP: u8>(&mut self, (head, ms): (u32, u32), left: u32) {
        let after = left.saturating_sub(ms);
        let had = self.left[head as usize];
        if after <= had.max(self.floor) {
            return;
        }
        self.left[head as usize] = after;
        if STEP >= PREFETCH {
            prefetch(&self.graph.packed.records, head as usize);
        }
        if had <= self.floor {
            self.touched.push(head);
        }
        self.buckets[((self.top - after) >> self.shift) as usize].push(head);
    }
}

/// The kernel with the ideas up to `STEP`.
pub(crate) struct Ladder<'a, const STEP: u8> {
    graph: &'a Graph,
    state: State,
}

impl<'a, const STEP: u8> Ladder<'a, STEP> {
    pub(crate) fn new(graph: &'a Graph, shift: u32) -> Self {
        Self { graph, state: State::new(graph.csr.nodes(), shift) }
    }
}

impl<const STEP: u8> Contender for Ladder<'_, STEP> {
    fn search(&mut self, sources: &[u32]) -> u64 {
        let mut sum = 0;
        for &source in sources {
            let state = &mut self.state;
            if STEP == WINDOW {
                let first = source.saturating_sub(WINDOW_NODES);
                (first..source + WINDOW_NODES)
                    .step_by(16)
                    .for_each(|node| prefetch(&state.left, node as usize));
            }
            state.begin();
            state.label(source, state.top);
            state.queue(source, state.top);
            run::<STEP>(self.graph, state);
            sum += state.sum();
        }
        sum
    }

    fn answers(&mut self) -> Vec<Answer> {
        vec![self.state.answer(|node| node)]
    }
}
