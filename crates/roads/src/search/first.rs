//! A search that ends once enough of those who stand about are found. Where they stand is kept from one search to the next, so that a search
//! costs what it settles, however many there are. [`crate::Fleet`] is for many who are asked about at one moment.

use precinct_base::{Millimetres, Millis, SegmentId, caps};

use super::kernel::{Visit, run};
use super::scratch::NOBODY;
use super::{Drive, Reach, Scratch};
use crate::network::seeds::Seed;
use crate::{Network, Snap, Way};

/// Somebody, by a node that their place is left by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Comer {
    node: u32,
    number: u32,
    /// Milliseconds between place and node.
    ms: u32,
}

fn comers(network: &Network, number: u32, at: &Snap) -> impl Iterator<Item = Comer> {
    let of = move |seed: Seed| Comer { node: seed.node.0, number, ms: seed.time.0 };
    network.seeds(at, Way::Out).map(of)
}

/// Somebody, by the segment their place is on.
type Beside = (SegmentId, u32, Millimetres);

const fn beside(number: u32, at: &Snap) -> Beside {
    (at.segment, number, at.offset)
}

/// Nodes, one bit each.
#[derive(Clone, Debug, Default)]
struct Marks(Vec<u64>);

impl Marks {
    fn set(&mut self, node: u32) {
        self.0[node as usize / 64] |= 1 << (node % 64);
    }

    fn unset(&mut self, node: u32) {
        self.0[node as usize / 64] &= !(1 << (node % 64));
    }

    fn has(&self, node: u32) -> bool {
        self.0[node as usize / 64] >> (node % 64) & 1 == 1
    }
}

/// Those who stand on the roads of a network, by the nodes they leave by. They come and leave one at a time, each under a number.
#[derive(Clone, Debug)]
pub struct Stands {
    marks: Marks,
    /// Rising.
    comers: Vec<Comer>,
    /// Rising.
    beside: Vec<Beside>,
}

impl Stands {
    /// Nobody yet.
    pub fn new(network: &Network) -> Self {
        let words = network.map().node_count().div_ceil(64);
        Self { marks: Marks(vec![0; words]), comers: Vec::new(), beside: Vec::new() }
    }

    /// Somebody comes to stand at a place. Who stood elsewhere has to leave there.
    pub fn come(&mut self, network: &Network, number: u32, at: &Snap) {
        for comer in comers(network, number, at) {
            let place = self.comers.partition_point(|other| *other < comer);
            self.comers.insert(place, comer);
            self.marks.set(comer.node);
        }
        let own = beside(number, at);
        let place = self.beside.partition_point(|other| *other < own);
        self.beside.insert(place, own);
    }

    /// Leaves the place it came to stand at.
    pub fn leave(&mut self, network: &Network, number: u32, at: &Snap) {
        for comer in comers(network, number, at) {
            if let Ok(place) = self.comers.binary_search(&comer) {
                self.comers.remove(place);
            }
            if self.at(comer.node).is_empty() {
                self.marks.unset(comer.node);
            }
        }
        if let Ok(place) = self.beside.binary_search(&beside(number, at)) {
            self.beside.remove(place);
        }
    }

    fn at(&self, node: u32) -> &[Comer] {
        if !self.marks.has(node) {
            return &[];
        }
        let start = self.comers.partition_point(|comer| comer.node < node);
        let own = self.comers[start..].iter().take_while(|comer| comer.node == node).count();
        &self.comers[start..start + own]
    }

    fn on(&self, segment: SegmentId) -> impl Iterator<Item = &Beside> {
        let start = self.beside.partition_point(|other| other.0 < segment);
        self.beside[start..].iter().take_while(move |other| other.0 == segment)
    }
}

/// Those who pass while one search is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Passing {
    marks: Marks,
    comers: Vec<Comer>,
    beside: Vec<Beside>,
}

impl Passing {
    fn fill(&mut self, network: &Network, who: &[(u32, Snap)]) {
        self.marks.0.resize(network.map().node_count().div_ceil(64), 0);
        for &(number, ref at) in who {
            self.comers.extend(comers(network, number, at));
            self.beside.push(beside(number, at));
        }
        for comer in &self.comers {
            self.marks.set(comer.node);
        }
    }

    fn empty(&mut self) {
        for comer in self.comers.drain(..) {
            self.marks.unset(comer.node);
        }
        self.beside.clear();
    }

    fn at(&self, node: u32) -> impl Iterator<Item = &Comer> {
        let all: &[Comer] = if self.marks.has(node) { &self.comers } else { &[] };
        all.iter().filter(move |comer| comer.node == node)
    }

    fn on(&self, segment: SegmentId) -> impl Iterator<Item = &Beside> {
        self.beside.iter().filter(move |other| other.0 == segment)
    }
}

/// Tells who is found.
struct Found<'a, F> {
    stands: &'a Stands,
    passing: &'a Passing,
    tell: F,
    /// After what time nobody more is wanted.
    enough: Millis,
}

impl<F: FnMut(u32, Millis) -> Millis> Found<'_, F> {
    /// Those who need not leave the segment that the place is on.
    fn beside(&mut self, network: &Network, place: &Snap) {
        let here = self.stands.on(place.segment).chain(self.passing.on(place.segment));
        for &(segment, number, offset) in here {
            if let Some(time) = network.direct(&network.spot((segment, offset)), place) {
                self.enough = (self.tell)(number, time);
            }
        }
    }
}

impl<F: FnMut(u32, Millis) -> Millis> Visit for Found<'_, F> {
    fn settled(&mut self, nodes: &[u32], time: impl Fn(u32) -> u32) -> u32 {
        for &node in nodes {
            for comer in self.stands.at(node).iter().chain(self.passing.at(node)) {
                let all = Millis(time(node).saturating_add(comer.ms));
                self.enough = (self.tell)(comer.number, all);
            }
        }
        self.enough.0
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

    /// The drive from a place, if it is within what is known.
    pub fn drive(&self, from: &Snap) -> Option<Drive> {
        self.0.drive(from)
    }
}

impl Network {
    /// A search towards a place that tells whom it finds among those who stand and those who pass: each once or several times, the least
    /// time told being its own, in no strict order. What is answered is after what time nobody more is wanted; there it ends, or at `limit`.
    /// Everybody within the limit of what it returns was told of, with the exact time.
    pub fn reach_standing<'a>(
        &'a self,
        scratch: &'a mut Scratch,
        place: &'a [Snap; 1],
        stands: &Stands,
        passing: &[(u32, Snap)],
        limit: Millis,
        tell: impl FnMut(u32, Millis) -> Millis,
    ) -> FirstReach<'a> {
        let limit = limit.0.min(caps::SEARCH_LIMIT_MS);
        let arcs = self.arcs(Way::In);
        scratch.begin(arcs, limit, self.latest_source(arcs), false);
        scratch.own_segments.push((place[0].segment, 0));
        for seed in self.sources(&place[0], Way::In) {
            scratch.seed(arcs, seed.node.0, seed.time.0, NOBODY);
        }
        let mut who = std::mem::take(&mut scratch.passing);
        who.fill(self, passing);
        let mut found = Found { stands, passing: &who, tell, enough: Millis::MAX };
        found.beside(self, &place[0]);
        run::<false>(arcs, scratch, &mut found);
        let limit = Millis(limit).min(found.enough);
        who.empty();
        scratch.passing = who;
        FirstReach(Reach { network: self, scratch, sources: place, limit, way: Way::In })
    }
}
