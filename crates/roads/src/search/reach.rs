//! What can be reached from one or many places within a limit.

use precinct_base::{Millis, NodeId, caps};

use super::kernel::{All, run};
use super::scratch::{NOBODY, Scratch};
use crate::{Network, Snap, Way};

/// The outcome of a search, read from the scratch it ran in; valid until the next search there.
#[derive(Debug)]
pub struct Reach<'a> {
    pub(super) network: &'a Network,
    pub(super) scratch: &'a Scratch,
    pub(super) sources: &'a [Snap],
    pub(super) limit: Millis,
    pub(super) way: Way,
}

impl Network {
    /// Everything within `limit` of the nearest of `sources`, by road, going `way`. Limits over a day are cut to a day.
    ///
    /// One source takes about as long as the nodes it reaches take to read from memory; see `bench/RESULTS.md`.
    pub fn reach<'a>(
        &'a self,
        scratch: &'a mut Scratch,
        sources: &'a [Snap],
        limit: Millis,
        way: Way,
    ) -> Reach<'a> {
        self.search::<false>(scratch, sources, limit, way)
    }

    /// As [`Network::reach`], and tells which source each node is nearest to: of several as near, the first.
    pub fn nearest_source<'a>(
        &'a self,
        scratch: &'a mut Scratch,
        sources: &'a [Snap],
        limit: Millis,
        way: Way,
    ) -> Reach<'a> {
        self.search::<true>(scratch, sources, limit, way)
    }

    /// As [`Network::reach`], from nodes. What every way costs beside its streets is not in it: the times given are taken as they are.
    pub fn reach_from_nodes<'a>(
        &'a self,
        scratch: &'a mut Scratch,
        sources: &[(NodeId, Millis)],
        limit: Millis,
        way: Way,
    ) -> Reach<'a> {
        let limit = Millis(limit.0.min(caps::SEARCH_LIMIT_MS));
        let latest = sources.iter().map(|seed| seed.1.0).max().unwrap_or(0);
        let arcs = self.arcs(way);
        scratch.begin(arcs, limit.0, latest, false);
        for &(node, ms) in sources {
            scratch.seed(arcs, node.0, ms.0, NOBODY);
        }
        run::<false>(arcs, scratch, &mut All);
        Reach { network: self, scratch, sources: &[], limit, way }
    }

    fn search<'a, const LABELS: bool>(
        &'a self,
        scratch: &'a mut Scratch,
        sources: &'a [Snap],
        limit: Millis,
        way: Way,
    ) -> Reach<'a> {
        let limit = Millis(limit.0.min(caps::SEARCH_LIMIT_MS));
        let arcs = self.arcs(way);
        scratch.begin(arcs, limit.0, self.latest_source(arcs), LABELS);
        scratch
            .own_segments
            .extend(sources.iter().enumerate().map(|(i, source)| (source.segment, i as u32)));
        scratch.own_segments.sort_unstable();
        for (label, snap) in sources.iter().enumerate() {
            for seed in self.sources(snap, way) {
                scratch.seed(arcs, seed.node.0, seed.time.0, label as u32);
            }
        }
        run::<LABELS>(arcs, scratch, &mut All);
        Reach { network: self, scratch, sources, limit, way }
    }
}

impl Reach<'_> {
    /// The limit of the search.
    pub const fn limit(&self) -> Millis {
        self.limit
    }

    /// Which way time runs.
    pub const fn way(&self) -> Way {
        self.way
    }

    /// The nodes reached and the time to each, in no particular order.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = (NodeId, Millis)> + '_ {
        let scratch = self.scratch;
        scratch
            .touched
            .iter()
            .map(|&node| (NodeId(node), Millis(scratch.top - scratch.left[node as usize])))
    }

    /// The time to a node, if it was reached.
    pub fn time(&self, node: NodeId) -> Option<Millis> {
        self.scratch.ms(node.0).map(Millis)
    }

    /// The source a node is nearest to: its index among the sources given to [`Network::nearest_source`].
    pub fn source(&self, node: NodeId) -> Option<usize> {
        let label = if self.scratch.labelled { self.scratch.label[node.index()] } else { NOBODY };
        (self.scratch.ms(node.0).is_some() && label != NOBODY).then_some(label as usize)
    }

    /// The time to a place on a road, to the millisecond, and the source it is nearest to (0 unless the search kept sources).
    pub fn at(&self, snap: &Snap) -> Option<(Millis, usize)> {
        let other = match self.way {
            Way::Out => Way::In,
            Way::In => Way::Out,
        };
        let through_ends = self.network.seeds(snap, other).filter_map(|seed| {
            let time = self.time(seed.node)?.saturating_add(seed.time);
            Some((time, self.source(seed.node).unwrap_or(0)))
        });
        through_ends
            .chain(self.along_own_segment(snap))
            .min()
            .filter(|(time, _)| *time <= self.limit)
    }

    /// Times from sources on the segment of `snap` that need not leave it.
    fn along_own_segment(&self, snap: &Snap) -> impl Iterator<Item = (Millis, usize)> {
        let own = &self.scratch.own_segments;
        let start = own.partition_point(|entry| entry.0 < snap.segment);
        let on_it = own[start..].iter().take_while(|entry| entry.0 == snap.segment);
        on_it.filter_map(|&(_, i)| {
            let (i, source) = (i as usize, &self.sources[i as usize]);
            let time = match self.way {
                Way::Out => self.network.direct(source, snap),
                Way::In => self.network.direct(snap, source),
            }?;
            Some((time, if self.scratch.labelled { i } else { 0 }))
        })
    }
}
