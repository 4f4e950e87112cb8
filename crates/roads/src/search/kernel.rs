//! The one loop under every search: a bounded label-correcting Dijkstra on buckets.
//!
//! R. B. Dial, *Algorithm 360: shortest-path forest with topological ordering*, CACM 12 (1969), with buckets wider than one unit, within
//! which a node may be settled twice (E. V. Denardo and B. L. Fox, *Shortest-route methods: 1. Reaching, pruning, and buckets*,
//! Operations Research 27 (1979)). What is ours is the memory it walks through: see [`crate::network::pack`] and [`super::scratch`].

use super::prefetch::prefetch;
use super::scratch::Scratch;
use crate::network::pack::{Arc, Packed};

/// How many places ahead in a bucket the labels a node will look at are asked for. In a search over a whole city the nodes of a
/// bucket lie all over it, and waiting for their neighbours' labels is a fifth of the time; three or eight places do equally well.
const AHEAD: usize = 3;

/// What a search tells as it goes.
pub(crate) trait Visit {
    /// All nodes of one bucket are final. `nodes` may repeat a node, and may hold nodes that were settled in an earlier bucket;
    /// `time` gives the milliseconds of each. Returns the time after which nothing more is wanted.
    fn settled(&mut self, nodes: &[u32], time: impl Fn(u32) -> u32) -> u32;
}

/// Wants everything.
pub(crate) struct All;

impl Visit for All {
    #[inline]
    fn settled(&mut self, _: &[u32], _: impl Fn(u32) -> u32) -> u32 {
        u32::MAX
    }
}

/// Runs a search that was begun and seeded, to its limit or until `visit` has enough.
pub(crate) fn run<const LABELS: bool>(
    graph: &Packed,
    scratch: &mut Scratch,
    visit: &mut impl Visit,
) {
    let last = (scratch.top - scratch.floor - 1) >> scratch.shift;
    let mut bucket = 0;
    let mut enough = u32::MAX;
    while scratch.pending > 0 && bucket <= last && (bucket << scratch.shift) <= enough {
        let slot = bucket as usize & (scratch.ring.len() - 1);
        if !scratch.ring[slot].is_empty() {
            settle_bucket::<LABELS>(graph, scratch, bucket, slot);
            let top = scratch.top;
            let left = &scratch.left;
            enough = visit.settled(&scratch.ring[slot], |node| top - left[node as usize]);
            scratch.pending -= scratch.ring[slot].len();
            scratch.ring[slot].clear();
        }
        bucket += 1;
    }
    scratch.drop_pending();
}

/// The parts of a scratch as separate borrows, so that the compiler keeps them in registers.
struct Bench<'a> {
    graph: &'a Packed,
    left: &'a mut [u32],
    label: &'a mut [u32],
    touched: &'a mut Vec<u32>,
    ring: &'a mut [Vec<u32>],
    pending: usize,
    top: u32,
    floor: u32,
    shift: u32,
}

fn settle_bucket<const LABELS: bool>(
    graph: &Packed,
    scratch: &mut Scratch,
    bucket: u32,
    slot: usize,
) {
    let nodes = graph.records.len();
    let mut bench = Bench {
        graph,
        left: &mut scratch.left[..nodes],
        label: if LABELS { &mut scratch.label[..nodes] } else { &mut [] },
        touched: &mut scratch.touched,
        ring: &mut scratch.ring,
        pending: 0,
        top: scratch.top,
        floor: scratch.floor,
        shift: scratch.shift,
    };
    let full = bench.top - (bucket << bench.shift);
    let mut next = 0;
    while let Some(&node) = bench.ring[slot].get(next) {
        next += 1;
        if let Some(&soon) = bench.ring[slot].get(next + AHEAD) {
            bench.expect::<LABELS>(soon);
        }
        let left = bench.left[node as usize];
        // A node that has more left than this bucket allows was settled in an earlier one.
        if left <= full {
            bench.settle::<LABELS>(node, left);
        }
    }
    scratch.pending += bench.pending;
}

impl Bench<'_> {
    /// Asks for what settling `node` will read.
    #[inline]
    fn expect<const LABELS: bool>(&self, node: u32) {
        let record = self.graph.records[node as usize];
        for i in 0..4 {
            let head = record.arc(node, i).head as usize;
            prefetch(self.left, head);
            if LABELS {
                prefetch(self.label, head);
            }
        }
    }

    #[inline]
    fn settle<const LABELS: bool>(&mut self, node: u32, left: u32) {
        let graph = self.graph;
        let record = graph.records[node as usize];
        let label = if LABELS { self.label[node as usize] } else { 0 };
        if let Some((start, count)) = record.wide() {
            for &arc in &graph.wide[start as usize..(start + count) as usize] {
                self.relax::<LABELS>(arc, left, label);
            }
            return;
        }
        // All four are looked at before any is acted on: the loads overlap, and one branch decides instead of four.
        let arcs =
            [record.arc(node, 0), record.arc(node, 1), record.arc(node, 2), record.arc(node, 3)];
        let mut better = 0u32;
        for (i, &arc) in arcs.iter().enumerate() {
            better |= u32::from(self.improves::<LABELS>(arc, left, label)) << i;
        }
        while better != 0 {
            let i = better.trailing_zeros() as usize & 3;
            better &= better - 1;
            self.relax::<LABELS>(arcs[i], left, label);
        }
    }

    #[inline]
    fn improves<const LABELS: bool>(&self, arc: Arc, left: u32, label: u32) -> bool {
        let after = left.saturating_sub(arc.ms);
        let had = self.left[arc.head as usize];
        let sooner = after > had.max(self.floor);
        if LABELS {
            sooner || (after == had && after > self.floor && label < self.label[arc.head as usize])
        } else {
            sooner
        }
    }

    #[inline]
    fn relax<const LABELS: bool>(&mut self, arc: Arc, left: u32, label: u32) {
        if !self.improves::<LABELS>(arc, left, label) {
            return;
        }
        let after = left.saturating_sub(arc.ms);
        let head = arc.head as usize;
        let had = std::mem::replace(&mut self.left[head], after);
        prefetch(&self.graph.records, head);
        if LABELS {
            self.label[head] = label;
        }
        if had <= self.floor {
            self.touched.push(arc.head);
        }
        let slot = ((self.top - after) >> self.shift) as usize & (self.ring.len() - 1);
        self.ring[slot].push(arc.head);
        self.pending += 1;
    }
}
