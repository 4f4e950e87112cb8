//! A road map as one profile finds it at one hour: weighted, packed both ways, ready to be searched by any number of threads.

pub(crate) mod incidence;
pub(crate) mod pack;
pub(crate) mod seeds;
pub(crate) mod speeds;

use std::sync::{Arc, OnceLock};

use precinct_base::{HourOfWeek, LonLat, Metres, Millis, NodeId, SegmentId};

use self::incidence::Incidence;
use self::pack::{Arc as PackedArc, Packed};
use crate::map::BARRED;
use crate::{Along, Profile, RoadClass, RoadMap, Snap, Snapper, SpeedTable};

/// Which way time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// From the sources outwards: how long a unit takes from its post.
    Out,
    /// Towards the sources: how long units take to an incident.
    In,
}

/// How a place is put on a road.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapRules {
    /// How far off the road a place may lie.
    pub limit: Metres,
    /// Whether roads one cannot leave or cannot get to may be chosen.
    pub islands: bool,
    /// Whether the place is a door: nobody's door is on a motorway or a ferry, so those are chosen only where no other road is near
    /// enough. A unit on the move may well be on one.
    pub door: bool,
}

impl Default for SnapRules {
    /// Within a kilometre, on the main part of the network, on any kind of road.
    fn default() -> Self {
        Self { limit: Metres(1_000), islands: false, door: false }
    }
}

/// A road map with the travel times of one profile at one hour.
#[derive(Debug)]
pub struct Network {
    map: Arc<RoadMap>,
    snapper: Arc<Snapper>,
    incidence: Arc<Incidence>,
    profile: Profile,
    /// Forward and backward milliseconds of each segment.
    times: Vec<[u32; 2]>,
    start_stop: Millis,
    out: Packed,
    back: OnceLock<Packed>,
}

impl Network {
    /// The network of `profile` at `hour` with the factors of `speeds`, every segment in area 0.
    pub fn new(map: Arc<RoadMap>, profile: Profile, speeds: &SpeedTable, hour: HourOfWeek) -> Self {
        Self::in_areas(map, profile, speeds, hour, |_| 0)
    }

    /// As [`Network::new`]; `area` says which area of the table a segment lies in.
    pub fn in_areas(
        map: Arc<RoadMap>,
        profile: Profile,
        speeds: &SpeedTable,
        hour: HourOfWeek,
        area: impl Fn(SegmentId) -> u16,
    ) -> Self {
        let snapper = Arc::new(Snapper::new(&map));
        let incidence = Arc::new(Incidence::new(&map));
        let parts = Shared { map, snapper, incidence };
        Self::assemble(parts, profile, speeds.start_stop(), |segment, class, ms| {
            speeds.time(ms, class, hour, area(segment))
        })
    }

    /// The same map with other speeds, profile or hour; `area` says which area of the table a segment lies in. Only times are made
    /// anew: the map, the index of places and the index of nodes are shared.
    #[must_use]
    pub fn with(
        &self,
        profile: Profile,
        speeds: &SpeedTable,
        hour: HourOfWeek,
        area: impl Fn(SegmentId) -> u16,
    ) -> Self {
        Self::assemble(self.shared(), profile, speeds.start_stop(), |segment, class, ms| {
            speeds.time(ms, class, hour, area(segment))
        })
    }

    /// The same network with the segments closed that `closed` names: nobody goes along them, and no place is put on them.
    #[must_use]
    pub fn without(&self, closed: impl Fn(SegmentId) -> bool) -> Self {
        let times = self.times.iter().zip(self.map.segment_ids());
        let times = times.map(|(&open, id)| if closed(id) { [BARRED; 2] } else { open }).collect();
        Self::packed(self.shared(), self.profile, self.start_stop, times)
    }

    fn shared(&self) -> Shared {
        let (map, snapper) = (self.map.clone(), self.snapper.clone());
        Shared { map, snapper, incidence: self.incidence.clone() }
    }

    fn assemble(
        parts: Shared,
        profile: Profile,
        start_stop: Millis,
        time: impl Fn(SegmentId, RoadClass, Millis) -> Millis,
    ) -> Self {
        let map = &parts.map;
        let times = map.segment_ids().map(|id| {
            let class = map.segment(id).class;
            [Along::Forward, Along::Backward].map(|along| {
                map.time(id, profile, along).map_or(BARRED, |ms| time(id, class, ms).0)
            })
        });
        let times: Vec<[u32; 2]> = times.collect();
        Self::packed(parts, profile, start_stop, times)
    }

    fn packed(
        Shared { map, snapper, incidence }: Shared,
        profile: Profile,
        start_stop: Millis,
        times: Vec<[u32; 2]>,
    ) -> Self {
        let out = pack(&map, &times, Way::Out);
        Self { map, snapper, incidence, profile, times, start_stop, out, back: OnceLock::new() }
    }

    /// The same for one who keeps to no one-way street and is off at once: what is open one way takes as long the other way, and nothing is
    /// lost beside the streets.
    #[must_use]
    pub fn against_one_ways(&self) -> Self {
        let both = |&[there, back]: &[u32; 2]| match (there, back) {
            (BARRED, known) | (known, BARRED) => [known; 2],
            open => [open.0, open.1],
        };
        let times: Vec<[u32; 2]> = self.times.iter().map(both).collect();
        Self::packed(self.shared(), self.profile, Millis::ZERO, times)
    }

    /// The road map.
    pub fn map(&self) -> &RoadMap {
        &self.map
    }

    /// Who travels.
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// What every way from place to place costs beside its streets.
    pub const fn start_stop(&self) -> Millis {
        self.start_stop
    }

    /// The time over a whole segment; `None` where this profile may not go.
    pub fn time(&self, segment: SegmentId, along: Along) -> Option<Millis> {
        let ms = self.times[segment.index()][along as usize];
        (ms != BARRED).then_some(Millis(ms))
    }

    /// Puts a place on the nearest road open to this profile; `None` if there is none within the limit.
    pub fn snap(&self, at: LonLat, rules: &SnapRules) -> Option<Snap> {
        let nearest = |serves: fn(RoadClass) -> bool| {
            self.snapper.nearest(&self.map, at, rules.limit, |segment| {
                self.may_snap(segment, *rules, serves)
            })
        };
        let street = if rules.door { nearest(RoadClass::has_doors) } else { None };
        street.or_else(|| nearest(|_| true))
    }

    fn may_snap(&self, id: SegmentId, rules: SnapRules, serves: fn(RoadClass) -> bool) -> bool {
        let segment = self.map.segment(id);
        let open = self.times[id.index()] != [BARRED; 2];
        let main = |node: NodeId| self.map.in_main_part(node, self.profile);
        open && serves(segment.class) && (rules.islands || (main(segment.from) && main(segment.to)))
    }

    /// The segments at a node and which way along each leads away from it.
    pub fn segments_at(&self, node: NodeId) -> impl Iterator<Item = (SegmentId, Along)> + '_ {
        self.incidence.at(node)
    }

    /// The nodes next to `node` as a search going `way` comes to them, and how long each takes: of parallel streets the quickest, and
    /// no loops.
    pub fn next_to(&self, node: NodeId, way: Way) -> impl Iterator<Item = (NodeId, Millis)> + '_ {
        self.arcs(way).at(node.0).map(|arc| (NodeId(arc.head), Millis(arc.ms)))
    }

    /// The nodes by which a place is left (`Way::Out`) or entered (`Way::In`), and how long each takes: at most two. What every way costs
    /// beside its streets is not in it.
    pub fn ends(&self, place: &Snap, way: Way) -> impl Iterator<Item = (NodeId, Millis)> {
        self.seeds(place, way).map(|seed| (seed.node, seed.time))
    }

    /// The latest that a search can start from a place, given its arcs.
    pub(crate) fn latest_source(&self, arcs: &Packed) -> u32 {
        arcs.longest_ms.saturating_add(self.start_stop.0)
    }

    /// The arcs as a search going `way` follows them.
    pub(crate) fn arcs(&self, way: Way) -> &Packed {
        match way {
            Way::Out => &self.out,
            Way::In => self.back.get_or_init(|| pack(&self.map, &self.times, Way::In)),
        }
    }
}

/// What networks of one map have in common.
struct Shared {
    map: Arc<RoadMap>,
    snapper: Arc<Snapper>,
    incidence: Arc<Incidence>,
}

fn pack(map: &RoadMap, times: &[[u32; 2]], way: Way) -> Packed {
    let ends = map.segments.from.iter().zip(&map.segments.to).zip(times);
    let arcs = ends.flat_map(|((&from, &to), &[forward, backward])| {
        let arc = |tail, head, ms| match way {
            Way::Out => (tail, PackedArc { head, ms }),
            Way::In => (head, PackedArc { head: tail, ms }),
        };
        [arc(from, to, forward), arc(to, from, backward)]
    });
    Packed::new(map.node_count(), arcs.filter(|(_, arc)| arc.ms != BARRED))
}
