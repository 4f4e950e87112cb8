//! The memory a search works in, one per thread, used again and again.
//!
//! What is kept for a node is not its time but what is *left* of the limit when the node is reached, plus one, above a floor that
//! rises with every search by more than any search can leave. Whatever an earlier search wrote lies at or below the floor and
//! reads as "not reached", so a search starts in O(1) (Cherkassky, Goldberg and Radzik's time stamps, folded into the label
//! itself); and running out of the limit needs no test of its own, because what would be left sinks to the floor.

use precinct_base::SegmentId;

use super::first::Passing;
use super::prefetch::prefetch;
use crate::network::pack::Packed;

/// No source.
pub(crate) const NOBODY: u32 = u32::MAX;

/// Working memory for searches over networks of any size. Keep one per thread: the first search on a network sizes it.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// For each node: floor + 1 + what is left, if reached.
    pub(super) left: Vec<u32>,
    /// For each node of a labelled search: the source it is reached from.
    pub(super) label: Vec<u32>,
    /// What a node that has all of the limit left holds.
    pub(super) top: u32,
    /// What counts as not reached.
    pub(super) floor: u32,
    /// The nodes reached, each once, in the order they were first seen.
    pub(super) touched: Vec<u32>,
    /// Nodes by time, in a ring of buckets.
    pub(super) ring: Vec<Vec<u32>>,
    pub(super) shift: u32,
    /// Nodes in buckets.
    pub(super) pending: usize,
    /// Whether this search keeps labels.
    pub(super) labelled: bool,
    /// The sources of this search by the segment they lie on.
    pub(super) own_segments: Vec<(SegmentId, u32)>,
    /// Who passes while this search is made.
    pub(super) passing: Passing,
}

impl Scratch {
    /// Makes ready for a search of `limit_ms` over `graph`, none of whose seeds is later than `latest_seed_ms`.
    pub(super) fn begin(
        &mut self,
        graph: &Packed,
        limit_ms: u32,
        latest_seed_ms: u32,
        labelled: bool,
    ) {
        let nodes = graph.records.len();
        if self.left.len() != nodes
            || self.top.checked_add(limit_ms).is_none_or(|top| top >= u32::MAX - 1)
        {
            self.left.clear();
            self.left.resize(nodes, 0);
            self.top = 0;
        }
        if labelled && self.label.len() != nodes {
            self.label.clear();
            self.label.resize(nodes, NOBODY);
        }
        self.labelled = labelled;
        self.floor = self.top;
        self.top = self.floor + limit_ms + 1;
        self.shift = graph.shift;
        self.touched.clear();
        self.own_segments.clear();
        let horizon = graph.longest_ms.max(latest_seed_ms).min(limit_ms);
        let buckets = ((horizon >> self.shift) as usize + 2).next_power_of_two();
        if self.ring.len() < buckets {
            self.ring.resize(buckets, Vec::new());
        }
        debug_assert!(self.pending == 0 && self.ring.iter().all(Vec::is_empty));
    }

    /// Starts from `node`, reached after `ms` from source `label`.
    pub(super) fn seed(&mut self, graph: &Packed, node: u32, ms: u32, label: u32) {
        let left = self.top.saturating_sub(ms);
        let had = self.left[node as usize].max(self.floor);
        let tie =
            self.labelled && left == had && left > self.floor && label < self.label[node as usize];
        if left > had || tie {
            self.put(graph, node, left, had);
            if self.labelled {
                self.label[node as usize] = label;
            }
        }
    }

    #[inline]
    fn put(&mut self, graph: &Packed, node: u32, left: u32, had: u32) {
        self.left[node as usize] = left;
        prefetch(&graph.records, node as usize);
        if had <= self.floor {
            self.touched.push(node);
        }
        let slot = ((self.top - left) >> self.shift) as usize & (self.ring.len() - 1);
        self.ring[slot].push(node);
        self.pending += 1;
    }

    /// Milliseconds to `node`, if the last search reached it.
    pub(crate) fn ms(&self, node: u32) -> Option<u32> {
        let left = self.left[node as usize];
        (left > self.floor).then(|| self.top - left)
    }

    /// Empties the buckets after a search that stopped early.
    pub(super) fn drop_pending(&mut self) {
        if self.pending > 0 {
            self.ring.iter_mut().for_each(Vec::clear);
            self.pending = 0;
        }
    }
}
