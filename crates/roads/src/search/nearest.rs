//! The nearest units by road: exact, from where each stands inside its street.

use precinct_base::{Millis, caps};

use super::kernel::{Visit, run};
use super::scratch::{NOBODY, Scratch};
use crate::{Network, Snap, Way};

/// Up to this many the nearest are found while the search grows; for more, all are looked up after it.
const FEW: usize = 64;

/// Units where they stand on the roads of one network, indexed by the junctions they come to next. Cheap enough to make anew at
/// each tick.
#[derive(Clone, Debug)]
pub struct Fleet {
    places: Vec<Snap>,
    /// One bit a node: a unit may come by here first.
    marks: Vec<u64>,
    first: Vec<u32>,
    /// Unit and its time to the node.
    comers: Vec<(u32, u32)>,
    /// Units by the segment they are on.
    own: Vec<(u32, u32)>,
}

impl Fleet {
    /// Units at `places`; a unit is known by its index there.
    pub fn new(network: &Network, places: Vec<Snap>) -> Self {
        let nodes = network.map().node_count();
        let mut first = vec![0u32; nodes + 1];
        let mut marks = vec![0u64; nodes.div_ceil(64)];
        for node in
            places.iter().flat_map(|place| network.seeds(place, Way::Out)).map(|seed| seed.node)
        {
            first[node.index() + 1] += 1;
            marks[node.index() / 64] |= 1 << (node.index() % 64);
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let mut next = first.clone();
        let mut comers = vec![(0, 0); first[nodes] as usize];
        let mut own: Vec<(u32, u32)> = Vec::with_capacity(places.len());
        for (unit, place) in places.iter().enumerate() {
            own.push((place.segment.0, unit as u32));
            for seed in network.seeds(place, Way::Out) {
                let slot = &mut next[seed.node.index()];
                comers[*slot as usize] = (unit as u32, seed.time.0);
                *slot += 1;
            }
        }
        own.sort_unstable();
        Self { places, marks, first, comers, own }
    }

    /// How many units there are.
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn comers(&self, node: u32) -> &[(u32, u32)] {
        let i = node as usize;
        if self.marks[i / 64] >> (i % 64) & 1 == 0 {
            return &[];
        }
        &self.comers[self.first[i] as usize..self.first[i + 1] as usize]
    }

    fn on(&self, segment: u32) -> impl Iterator<Item = u32> + '_ {
        let start = self.own.partition_point(|entry| entry.0 < segment);
        self.own[start..].iter().take_while(move |entry| entry.0 == segment).map(|entry| entry.1)
    }
}

impl Network {
    /// The `count` units that are first at `incident` by road, within `limit`: unit and time, soonest first, of several as soon the
    /// one with the smaller index first.
    pub fn nearest_units(
        &self,
        scratch: &mut Scratch,
        fleet: &Fleet,
        incident: &Snap,
        count: usize,
        limit: Millis,
    ) -> Vec<(usize, Millis)> {
        let limit = Millis(limit.0.min(caps::SEARCH_LIMIT_MS));
        if count > FEW {
            return self.all_units(scratch, fleet, incident, count, limit);
        }
        let mut nearest =
            Nearest { fleet, count, limit: limit.0, best: Vec::with_capacity(count + 1) };
        for unit in fleet.on(incident.segment.0) {
            if let Some(time) = self.direct(&fleet.places[unit as usize], incident) {
                nearest.offer(unit, time.0);
            }
        }
        let arcs = self.arcs(Way::In);
        scratch.begin(arcs, limit.0, self.latest_source(arcs), false);
        for seed in self.sources(incident, Way::In) {
            scratch.seed(arcs, seed.node.0, seed.time.0, NOBODY);
        }
        if count > 0 {
            run::<false>(arcs, scratch, &mut nearest);
        } else {
            scratch.drop_pending();
        }
        nearest.best.into_iter().map(|(ms, unit)| (unit as usize, Millis(ms))).collect()
    }

    /// The time of every unit of `fleet` to `incident` by road, by the unit's index; none is over `limit`, or no way there. Limits over
    /// a day are cut to a day.
    ///
    /// One search from the incident, and one walk over the junctions it reached: a unit costs a few nanoseconds.
    pub fn unit_times(
        &self,
        scratch: &mut Scratch,
        fleet: &Fleet,
        incident: &Snap,
        limit: Millis,
    ) -> Vec<Option<Millis>> {
        let sources = [*incident];
        let reach = self.reach(scratch, &sources, limit, Way::In);
        let limit = reach.limit().0;
        let mut times: Vec<Option<Millis>> = vec![None; fleet.len()];
        let mut offer = |unit: u32, ms: u32| {
            let time = &mut times[unit as usize];
            if ms <= limit && time.is_none_or(|had| ms < had.0) {
                *time = Some(Millis(ms));
            }
        };
        for (node, time) in reach.nodes() {
            for &(unit, rest) in fleet.comers(node.0) {
                offer(unit, time.0.saturating_add(rest));
            }
        }
        for unit in fleet.on(incident.segment.0) {
            if let Some(time) = self.direct(&fleet.places[unit as usize], incident) {
                offer(unit, time.0);
            }
        }
        times
    }

    fn all_units(
        &self,
        scratch: &mut Scratch,
        fleet: &Fleet,
        incident: &Snap,
        count: usize,
        limit: Millis,
    ) -> Vec<(usize, Millis)> {
        let times = self.unit_times(scratch, fleet, incident, limit);
        let timed = times.into_iter().enumerate();
        let mut all: Vec<(Millis, usize)> =
            timed.filter_map(|(unit, time)| Some((time?, unit))).collect();
        all.sort_unstable();
        all.truncate(count);
        all.into_iter().map(|(time, unit)| (unit, time)).collect()
    }
}

/// Collects the best units while the search grows.
struct Nearest<'a> {
    fleet: &'a Fleet,
    count: usize,
    limit: u32,
    /// Time and unit, sorted.
    best: Vec<(u32, u32)>,
}

impl Nearest<'_> {
    fn offer(&mut self, unit: u32, ms: u32) {
        let entry = (ms, unit);
        if ms > self.limit
            || (self.best.len() == self.count
                && self.best.last().is_some_and(|worst| entry >= *worst))
        {
            return;
        }
        if let Some(known) = self.best.iter().position(|other| other.1 == unit) {
            if self.best[known] <= entry {
                return;
            }
            self.best.remove(known);
        }
        let place = self.best.partition_point(|other| *other < entry);
        self.best.insert(place, entry);
        self.best.truncate(self.count);
    }
}

impl Visit for Nearest<'_> {
    #[inline]
    fn settled(&mut self, nodes: &[u32], time: impl Fn(u32) -> u32) -> u32 {
        let fleet = self.fleet;
        for &node in nodes {
            for &(unit, rest) in fleet.comers(node) {
                self.offer(unit, time(node).saturating_add(rest));
            }
        }
        if self.best.len() == self.count {
            self.best.last().map_or(u32::MAX, |worst| worst.0)
        } else {
            u32::MAX
        }
    }
}
