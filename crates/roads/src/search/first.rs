//! A search that ends once enough of those who wait for it are found, with nothing to prepare beforehand: for a few places that are asked
//! about once. [`crate::Fleet`] is for many that are asked about often.

use precinct_base::{Millis, caps};

use super::kernel::{Visit, run};
use super::scratch::NOBODY;
use super::{Drive, Reach, Scratch};
use crate::{Network, Snap, Way};

/// Places that wait for a search, by the nodes they are left by.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    /// One bit a node.
    marks: Vec<u64>,
    /// Node, place, and the time between them, by node.
    comers: Vec<(u32, u32, u32)>,
}

impl Waiting {
    fn fill<'b>(&mut self, network: &Network, places: impl Iterator<Item = &'b Snap>) {
        self.marks.resize(network.map().node_count().div_ceil(64), 0);
        for (place, snap) in (0..).zip(places) {
            for seed in network.seeds(snap, Way::Out) {
                self.marks[seed.node.index() / 64] |= 1 << (seed.node.index() % 64);
                self.comers.push((seed.node.0, place, seed.time.0));
            }
        }
        self.comers.sort_unstable();
    }

    fn empty(&mut self) {
        for (node, ..) in self.comers.drain(..) {
            self.marks[node as usize / 64] = 0;
        }
    }

    fn at(&self, node: u32) -> &[(u32, u32, u32)] {
        if self.marks[node as usize / 64] >> (node % 64) & 1 == 0 {
            return &[];
        }
        let start = self.comers.partition_point(|comer| comer.0 < node);
        let own = self.comers[start..].iter().take_while(|comer| comer.0 == node).count();
        &self.comers[start..start + own]
    }
}

/// Notes who is found.
struct Found<'a> {
    waiting: &'a Waiting,
    count: usize,
    /// Time and place, the first `count`.
    best: Vec<(u32, u32)>,
}

impl Found<'_> {
    fn offer(&mut self, place: u32, ms: u32) {
        if let Some(known) = self.best.iter().position(|other| other.1 == place) {
            if self.best[known].0 <= ms {
                return;
            }
            self.best.remove(known);
        }
        let at = self.best.partition_point(|other| *other < (ms, place));
        self.best.insert(at, (ms, place));
        self.best.truncate(self.count);
    }

    /// After what time nobody more is wanted.
    fn enough(&self) -> u32 {
        let last = self.best.last().filter(|_| self.best.len() == self.count);
        last.map_or(u32::MAX, |last| last.0)
    }
}

impl Visit for Found<'_> {
    fn settled(&mut self, nodes: &[u32], time: impl Fn(u32) -> u32) -> u32 {
        let waiting = self.waiting;
        for &node in nodes {
            for &(_, place, rest) in waiting.at(node) {
                self.offer(place, time(node).saturating_add(rest));
            }
        }
        self.enough()
    }
}

/// What a search that ended early knows.
#[derive(Debug)]
pub struct FirstReach<'a>(Reach<'a>);

impl FirstReach<'_> {
    /// Up to what time everything is known.
    pub const fn limit(&self) -> Millis {
        self.0.limit()
    }

    /// The time from a place, if it is within what is known.
    pub fn time_from(&self, place: &Snap) -> Option<Millis> {
        self.0.at(place).map(|(time, _)| time)
    }

    /// The drive from a place, if it is within what is known.
    pub fn drive(&self, from: &Snap) -> Option<Drive> {
        self.0.drive(from)
    }
}

impl Network {
    /// A search towards a place that ends once the first `count` of `others` are found, or at `limit`. Everything within the limit of what it
    /// returns is exact; unless that is `limit`, at least `count` of the others are within it.
    pub fn reach_first<'a, 'b>(
        &'a self,
        scratch: &'a mut Scratch,
        place: &'a [Snap; 1],
        others: impl Iterator<Item = &'b Snap>,
        count: usize,
        limit: Millis,
    ) -> FirstReach<'a> {
        let limit = limit.0.min(caps::SEARCH_LIMIT_MS);
        let arcs = self.arcs(Way::In);
        scratch.begin(arcs, limit, self.latest_source(arcs), false);
        scratch.own_segments.push((place[0].segment, 0));
        for seed in self.sources(&place[0], Way::In) {
            scratch.seed(arcs, seed.node.0, seed.time.0, NOBODY);
        }
        let mut waiting = std::mem::take(&mut scratch.waiting);
        waiting.fill(self, others);
        let mut found = Found { waiting: &waiting, count: count.max(1), best: Vec::new() };
        run::<false>(arcs, scratch, &mut found);
        let enough = found.enough();
        waiting.empty();
        scratch.waiting = waiting;
        let limit = Millis(limit.min(enough));
        FirstReach(Reach { network: self, scratch, sources: place, limit, way: Way::In })
    }
}
