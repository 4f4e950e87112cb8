//! The two nearest of many sources, for every node in one sweep: who comes first, and who would if that one were gone.
//!
//! The kernel's buckets (see [`super::kernel`]) with two labels a node in place of one. A node passes on a label only while it is
//! among its own two best: whoever is third here is third or worse at every node whose way leads through here.

use precinct_base::{Millis, NodeId, SegmentId, caps};

use super::scratch::NOBODY;
use crate::network::pack::Packed;
use crate::{Network, Snap, Way};

/// A time in milliseconds and a source. They are ordered by time, and of times that are equal by source.
type Label = (u32, u32);

/// Nobody comes.
const NONE: Label = (u32::MAX, NOBODY);

/// For every node the two nearest of the sources asked for.
#[derive(Debug)]
pub struct TwoNearest<'a> {
    network: &'a Network,
    sources: &'a [Snap],
    /// The sources by the segment they lie on.
    own: Vec<(SegmentId, u32)>,
    best: Vec<[Label; 2]>,
    limit: Millis,
    way: Way,
}

impl Network {
    /// The two nearest of `sources` to everything within `limit`, going `way`. Of sources as near, the first given come first. Limits
    /// over a day are cut to a day.
    ///
    /// A sweep settles each node about twice, so it takes about twice as long as [`Network::nearest_source`].
    pub fn two_nearest<'a>(
        &'a self,
        sources: &'a [Snap],
        limit: Millis,
        way: Way,
    ) -> TwoNearest<'a> {
        let limit = Millis(limit.0.min(caps::SEARCH_LIMIT_MS));
        let mut sweep = Sweep::new(self.arcs(way), limit.0, self.latest_source(self.arcs(way)));
        for (label, source) in (0..).zip(sources) {
            for seed in self.sources(source, way) {
                sweep.offer(seed.node.0, (seed.time.0, label));
            }
        }
        sweep.run();
        let mut own: Vec<(SegmentId, u32)> =
            sources.iter().map(|source| source.segment).zip(0..).collect();
        own.sort_unstable();
        TwoNearest { network: self, sources, own, best: sweep.best, limit, way }
    }
}

impl TwoNearest<'_> {
    /// The two sources nearest to a node, by index, with their times; the nearest first.
    pub fn node(&self, node: NodeId) -> [Option<(Millis, usize)>; 2] {
        self.best[node.index()].map(told)
    }

    /// The two sources nearest to a place on a road, to the millisecond.
    pub fn at(&self, place: &Snap) -> [Option<(Millis, usize)>; 2] {
        let other = match self.way {
            Way::Out => Way::In,
            Way::In => Way::Out,
        };
        let mut best = [NONE; 2];
        for seed in self.network.seeds(place, other) {
            for (ms, source) in self.best[seed.node.index()] {
                self.consider(&mut best, (ms.saturating_add(seed.time.0), source));
            }
        }
        let start = self.own.partition_point(|entry| entry.0 < place.segment);
        for &(_, source) in self.own[start..].iter().take_while(|own| own.0 == place.segment) {
            let from = &self.sources[source as usize];
            let direct = match self.way {
                Way::Out => self.network.direct(from, place),
                Way::In => self.network.direct(place, from),
            };
            if let Some(time) = direct {
                self.consider(&mut best, (time.0, source));
            }
        }
        best.map(told)
    }

    fn consider(&self, best: &mut [Label; 2], label: Label) {
        if label.0 <= self.limit.0 && label.1 != NOBODY {
            improve(best, label);
        }
    }
}

fn told((ms, source): Label) -> Option<(Millis, usize)> {
    (source != NOBODY).then_some((Millis(ms), source as usize))
}

/// Puts `new` among the two best of different sources, if it belongs there.
#[inline]
fn improve(best: &mut [Label; 2], new: Label) -> bool {
    if new >= best[1] {
        return false;
    }
    if new.1 == best[0].1 {
        if new >= best[0] {
            return false;
        }
        best[0] = new;
    } else if new < best[0] {
        *best = [new, best[0]];
    } else {
        best[1] = new;
    }
    true
}

/// A sweep under way.
struct Sweep<'a> {
    graph: &'a Packed,
    best: Vec<[Label; 2]>,
    /// Nodes with a label that is new to them, by time, in a ring of buckets.
    ring: Vec<Vec<(u32, Label)>>,
    pending: usize,
    limit: u32,
}

impl<'a> Sweep<'a> {
    /// For sources none of which starts later than `latest`.
    fn new(graph: &'a Packed, limit: u32, latest: u32) -> Self {
        let horizon = graph.longest_ms.max(latest).min(limit);
        let buckets = ((horizon >> graph.shift) as usize + 2).next_power_of_two();
        let best = vec![[NONE; 2]; graph.records.len()];
        Self { graph, best, ring: vec![Vec::new(); buckets], pending: 0, limit }
    }

    #[inline]
    fn offer(&mut self, node: u32, label: Label) {
        if label.0 <= self.limit && improve(&mut self.best[node as usize], label) {
            let slot = (label.0 >> self.graph.shift) as usize & (self.ring.len() - 1);
            self.ring[slot].push((node, label));
            self.pending += 1;
        }
    }

    fn run(&mut self) {
        let mut slot = 0;
        while self.pending > 0 {
            let mut next = 0;
            while let Some(&(node, label)) = self.ring[slot].get(next) {
                next += 1;
                // A label that a better one pushed out has nothing to pass on.
                if self.best[node as usize].contains(&label) {
                    self.settle(node, label);
                }
            }
            self.pending -= next;
            self.ring[slot].clear();
            slot = (slot + 1) & (self.ring.len() - 1);
        }
    }

    #[inline]
    fn settle(&mut self, node: u32, (ms, source): Label) {
        let graph = self.graph;
        let record = graph.records[node as usize];
        if let Some((start, count)) = record.wide() {
            for arc in &graph.wide[start as usize..(start + count) as usize] {
                self.offer(arc.head, (ms.saturating_add(arc.ms), source));
            }
            return;
        }
        for i in 0..4 {
            let arc = record.arc(node, i);
            self.offer(arc.head, (ms.saturating_add(arc.ms), source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_labels_are_of_two_sources() {
        let mut best = [NONE; 2];
        assert!(improve(&mut best, (5, 1)) && !improve(&mut best, (6, 1)));
        assert!(improve(&mut best, (9, 2)) && improve(&mut best, (3, 2)));
        assert_eq!(best, [(3, 2), (5, 1)]);
        assert!(improve(&mut best, (4, 1)) && improve(&mut best, (4, 0)));
        assert_eq!(best, [(3, 2), (4, 0)]);
        assert!(!improve(&mut best, (4, 7)) && !improve(&mut best, NONE));
    }
}
