//! A town whose true speeds are known: streets 150 m apart, every fourth a main road, the east slower than the west.

use std::sync::Arc;

use precinct_base::{HourOfWeek, LonLat, Metres, Millis, NameId, Plane, Timestamp};
use precinct_roads::{
    Along, Draft, DraftNode, DraftSegment, Factor, Fingerprint, Names, Network, Profile, RoadClass,
    RoadMap, Scratch, SnapRules, SpeedTable, Times,
};

use crate::{Ground, Response};

const STREETS: i64 = 30;
const APART: i64 = 150;
const SNAP: SnapRules = SnapRules { limit: Metres(300), islands: false, door: true };

/// Numbers that follow from a seed (Steele, Lea and Flood's `SplitMix64`).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }
}

/// So many metres east and north of its corner.
pub(super) fn at(east: i64, north: i64) -> LonLat {
    let corner = LonLat::new(1_135_000_000, 222_000_000).unwrap();
    Plane::at(corner.lat()).offset(corner, east * 1_000, north * 1_000)
}

/// The town and what is true of it.
pub(super) struct Town {
    pub(super) network: Network,
    pub(super) areas: Vec<u16>,
    pub(super) names: Vec<String>,
    truth: SpeedTable,
}

/// The true factors: main roads, other streets, the east, the morning, and the cost of every drive.
pub(super) const MAIN: u16 = 900;
pub(super) const OTHER: u16 = 1_300;
pub(super) const EAST: u16 = 1_200;
pub(super) const MORNING: u16 = 1_250;
pub(super) const START: u32 = 35_000;

impl Town {
    pub(super) fn new() -> Self {
        let map = Arc::new(map());
        let plain = SpeedTable::as_imported();
        let hour = HourOfWeek::default();
        let network = Network::new(map.clone(), Profile::PoliceCar, &plain, hour);
        let east = at(STREETS / 2 * APART, 0).lon();
        let area = |id| if map.node_at(map.segment(id).from).lon() < east { 1 } else { 2 };
        let areas = map.segment_ids().map(area).collect();
        let mut truth = SpeedTable::as_imported();
        truth.set_start_stop(Millis(START));
        truth.set_area(2, Factor(EAST));
        for hour in (0..HourOfWeek::COUNT as u8).filter_map(HourOfWeek::new) {
            let of_hour = if is_morning(hour) { u32::from(MORNING) } else { 1_000 };
            for (class, factor) in [(RoadClass::Primary, MAIN), (RoadClass::Residential, OTHER)] {
                let factor = u32::from(factor) * of_hour / 1_000;
                truth.set_class(class, hour, Factor(factor as u16));
            }
        }
        Self { network, areas, names: vec!["west".into(), "east".into()], truth }
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground { network: &self.network, areas: &self.areas, area_names: &self.names }
    }

    /// Responses over twelve days, an hour and more between those of a unit; each drive is off by up to `noise` thousandths.
    pub(super) fn responses(&self, count: u64, noise: u64, chance: &mut Chance) -> Vec<Response> {
        let mut scratch = Scratch::default();
        let area = |id: precinct_base::SegmentId| self.areas[id.index()];
        let side = (STREETS - 1) * APART;
        let place = |chance: &mut Chance| {
            at(chance.below(side as u64) as i64, chance.below(side as u64) as i64)
        };
        let posts: Vec<LonLat> = (0..6).map(|_| place(chance)).collect();
        let night = self.network.with(Profile::PoliceCar, &self.truth, hour_of(0), area);
        let morning = self.network.with(Profile::PoliceCar, &self.truth, hour_of(8), area);
        let mut rows = Vec::new();
        for row in 0..count {
            let (day, hour) = ((row % 12) as i64, chance.below(24) as u8);
            let week_hour = hour_of((day % 7) as u8 * 24 + hour);
            let (home, to) = (posts[chance.below(6) as usize], place(chance));
            let network = if is_morning(week_hour) { &morning } else { &night };
            let ends = (network.snap(home, &SNAP).unwrap(), network.snap(to, &SNAP).unwrap());
            let time = network.route(&mut scratch, &ends.0, &ends.1).unwrap().time;
            let off = 1_000 - noise + chance.below(2 * noise + 1);
            let took = i64::from(time.0) * off as i64 / 1_000;
            let sent = day * 86_400_000 + i64::from(hour) * 3_600_000;
            rows.push(Response {
                row: row + 2,
                unit: format!("U{row}"),
                force: "car".into(),
                kind: "theft".into(),
                day,
                hour: week_hour,
                home: Some(home),
                from: None,
                at: to,
                dispatch: Some(Timestamp(sent)),
                en_route: Some(Timestamp(sent + 60_000)),
                on_scene: Some(Timestamp(sent + 60_000 + took)),
                leave: None,
                clear: Some(Timestamp(sent + 1_200_000 + took)),
            });
        }
        rows
    }
}

fn hour_of(hour: u8) -> HourOfWeek {
    HourOfWeek::new(hour).unwrap()
}

pub(super) fn is_morning(hour: HourOfWeek) -> bool {
    (7..10).contains(&(hour.index() % 24))
}

fn map() -> RoadMap {
    let node = |x, y| (y * STREETS + x) as u32;
    let place = |x, y| at(x * APART, y * APART);
    let all = || (0..STREETS).flat_map(|y| (0..STREETS).map(move |x| (x, y)));
    let nodes = all().map(|(x, y)| DraftNode { osm_id: i64::from(node(x, y)), at: place(x, y) });
    let mut draft = Draft { nodes: nodes.collect(), segments: Vec::new(), names: Names::default() };
    for (x, y) in all() {
        for ((x2, y2), line) in [((x + 1, y), y), ((x, y + 1), x)] {
            if x2 < STREETS && y2 < STREETS {
                let main = line % 4 == 0;
                draft.segments.push(street(
                    (node(x, y), place(x, y)),
                    (node(x2, y2), place(x2, y2)),
                    main,
                ));
            }
        }
    }
    RoadMap::build(&draft, Fingerprint([0; 32])).unwrap()
}

fn street((from, a): (u32, LonLat), (to, b): (u32, LonLat), main: bool) -> DraftSegment {
    let (class, ms) =
        if main { (RoadClass::Primary, 10_000) } else { (RoadClass::Residential, 15_000) };
    let mut times = Times::default();
    for along in [Along::Forward, Along::Backward] {
        times.set(Profile::PoliceCar, along, Some(Millis(ms)));
    }
    let length = Draft::length(&[a, b]);
    let way = i64::from(from);
    DraftSegment { from, to, shape: Vec::new(), length, class, name: NameId(0), way, times }
}
