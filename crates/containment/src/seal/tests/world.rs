//! Small towns by chance: twelve junctions in a grid, with times, one-way streets, gaps and short cuts.

use std::sync::Arc;

use precinct_base::{HourOfWeek, LonLat, Millimetres, Millis, NodeId, SegmentId, UnitId};
use precinct_roads::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Network, Profile, RoadClass, RoadMap,
    Side, Snap, SpeedTable, Times,
};
use proptest::prelude::*;

use super::super::question::{Held, Pace, Quarry, Question, Sighting, UnitAt};

pub(super) const WIDE: u32 = 4;
const HIGH: u32 = 3;
/// So long is every street, in millimetres, whatever time it takes.
const LENGTH: u64 = 12_000;

/// A town, who left, and who is there.
#[derive(Clone)]
pub(super) struct World {
    pub(super) network: Network2,
    pub(super) left: Snap,
    pub(super) seen: Vec<Sighting>,
    pub(super) units: Vec<UnitAt>,
    pub(super) now: u32,
    pub(super) horizon: u32,
    pub(super) setup: u32,
    pub(super) pace: u16,
    pub(super) edge: bool,
}

/// A network that can be shared by the copies proptest makes.
pub(super) type Network2 = Arc<Network>;

impl World {
    pub(super) fn question(&self) -> Question<'_> {
        let quarry = Quarry {
            roads: &self.network,
            pace: Pace(self.pace),
            left: self.left,
            seen: &self.seen,
        };
        let question = Question::new(quarry, Millis(self.now), &self.units);
        Question {
            horizon: Millis(self.horizon),
            setup: Millis(self.setup),
            edge_is_open: self.edge,
            effort: 100_000,
            ..question.with_network(&self.network)
        }
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let map = self.network.map();
        for id in map.segment_ids() {
            let (ends, time) = (map.segment(id), |along| self.network.time(id, along));
            let (there, back) = (time(Along::Forward), time(Along::Backward));
            writeln!(f, "{}: {} to {}, {there:?} {back:?}", id.0, ends.from.0, ends.to.0)?;
        }
        writeln!(f, "left {:?} seen {:?}", self.left, self.seen)?;
        for unit in &self.units {
            writeln!(f, "{unit:?}")?;
        }
        let Self { now, horizon, setup, pace, .. } = self;
        write!(f, "now {now} horizon {horizon} setup {setup} pace {pace}")
    }
}

pub(crate) type Street = (u32, u32, Option<u32>, Option<u32>);

pub(crate) fn network(streets: &[Street]) -> Network {
    let mut draft = Draft::default();
    for i in 0..WIDE * HIGH {
        let at = LonLat::new((i % WIDE) as i32 * 1_000, (i / WIDE) as i32 * 1_000).unwrap();
        draft.nodes.push(DraftNode { osm_id: i64::from(i), at });
    }
    for (i, &(from, to, there, back)) in streets.iter().enumerate() {
        let mut times = Times::default();
        times.set(Profile::PoliceCar, Along::Forward, there.map(Millis));
        times.set(Profile::PoliceCar, Along::Backward, back.map(Millis));
        let name = draft.names.add(Name::local(format!("street {}", i % 5)));
        let class = if i % 3 == 0 { RoadClass::Primary } else { RoadClass::Residential };
        let length = Millimetres(LENGTH);
        let (shape, way) = (Vec::new(), i as i64);
        draft.segments.push(DraftSegment { from, to, shape, length, class, name, way, times });
    }
    let map = RoadMap::build(&draft, Fingerprint::default()).unwrap();
    let hour = HourOfWeek::default();
    Network::new(Arc::new(map), Profile::PoliceCar, &SpeedTable::as_imported(), hour)
}

pub(crate) fn streets() -> impl Strategy<Value = Vec<Street>> {
    let mut pairs = Vec::new();
    for i in 0..WIDE * HIGH {
        if i % WIDE + 1 < WIDE {
            pairs.push((i, i + 1));
        }
        if i + WIDE < WIDE * HIGH {
            pairs.push((i, i + WIDE));
        }
    }
    let time = || prop_oneof![1 => Just(None), 6 => (1u32..12).prop_map(Some)];
    let grid = prop::collection::vec((time(), time()), pairs.len()).prop_map(move |times| {
        let all = pairs.iter().zip(times);
        all.map(|(&(a, b), (there, back))| (a, b, there, back)).collect::<Vec<Street>>()
    });
    let extra = (0..WIDE * HIGH, 0..WIDE * HIGH, time(), time());
    (grid, prop::collection::vec(extra, 0..3)).prop_map(|(mut grid, extra)| {
        grid.extend(extra);
        grid.retain(|street| street.2.is_some() || street.3.is_some());
        grid.push((0, 1, Some(9), Some(9)));
        grid
    })
}

/// A place on some street.
pub(crate) fn place(network: &Network, pick: (usize, u64)) -> Snap {
    let map = network.map();
    let segment = SegmentId((pick.0 % map.segment_count()) as u32);
    let offset = Millimetres([0, LENGTH / 3, LENGTH / 2, LENGTH][pick.1 as usize % 4]);
    let (side, at, distance) = (Side::On, LonLat::default(), Millimetres(0));
    Snap { segment, offset, side, at, distance }
}

type Crew = ((usize, u64), u32, Option<(u32, u32)>);

fn crews() -> impl Strategy<Value = Vec<Crew>> {
    let held = prop_oneof![4 => Just(None), 1 => (0..WIDE * HIGH, 0u32..8).prop_map(Some)];
    let crew = ((any::<usize>(), any::<u64>()), 0u32..6, held);
    prop::collection::vec(crew, 0..6)
}

/// Any town.
pub(super) fn any_world() -> impl Strategy<Value = World> {
    let pick = || (any::<usize>(), any::<u64>());
    let seen = prop::collection::vec((pick(), 0u32..9, any::<bool>()), 0..3);
    let times = (0u32..8, 0u32..25, 0u32..4, prop_oneof![Just(1_000u16), 500u16..2_000]);
    let rest = (seen, times, any::<bool>());
    (streets(), pick(), crews(), rest).prop_map(|(streets, left, crews, (seen, times, edge))| {
        let network = network(&streets);
        let (now, ahead, setup, pace) = times;
        let unit = |(number, crew): (u32, &Crew)| UnitAt {
            unit: UnitId(number * 7 + 3),
            profile: Profile::PoliceCar,
            at: place(&network, crew.0),
            delay: Millis(crew.1),
            holds: crew.2.map(|(node, since)| Held { node: NodeId(node), since: Millis(since) }),
        };
        let sighting = |&(pick, when, sure): &((usize, u64), u32, bool)| Sighting {
            at: place(&network, pick),
            when: Millis(when.min(now)),
            sure,
        };
        World {
            left: place(&network, left),
            seen: seen.iter().map(sighting).collect(),
            units: (0..).zip(&crews).map(unit).collect(),
            network: Arc::new(network),
            now,
            horizon: now + setup + ahead,
            setup,
            pace,
            edge,
        }
    })
}
