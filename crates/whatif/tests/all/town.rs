//! A small town: a grid of streets, posts at corners, and calls made up.

use std::sync::Arc;

use precinct_advice::{DemandPoint, Networks};
use precinct_base::{
    AreaId, AreaLevel, HourOfWeek, LonLat, Millimetres, Millis, PostId, PostKind, Timestamp, UnitId,
};
use precinct_core::event::{AreaSet, PostSet, UnitSet};
use precinct_core::{Catalogue, Code, Hours, Priority, Source, Title, Vehicle};
use precinct_roads::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Network, Profile, RoadClass, RoadMap,
    SnapRules, SpeedTable, Times,
};
use precinct_whatif::{Behaviour, Call, Crew, Piece, Plan, Recorded, Spread, TARGETS, Table, Town};

/// A Monday, midnight, UTC.
pub(crate) const START: i64 = 1_704_672_000_000;
pub(crate) const HOUR: i64 = 3_600_000;
/// Corners each way.
const WIDE: u32 = 8;

/// A corner: some 110 m, and ten seconds, from the next.
pub(crate) fn corner(x: u32, y: u32) -> LonLat {
    LonLat::new(1_000_000_000 + 10_000 * x as i32, 10_000 * y as i32).unwrap()
}

fn title(text: &str) -> Title {
    Title { en: text.to_owned(), zh: String::new() }
}

fn network() -> Network {
    let mut draft = Draft::default();
    let name = draft.names.add(Name::local("street"));
    for (i, (x, y)) in (0..WIDE).flat_map(|y| (0..WIDE).map(move |x| (x, y))).enumerate() {
        draft.nodes.push(DraftNode { osm_id: i as i64, at: corner(x, y) });
        let here = i as u32;
        for (there, from) in [(x > 0, here.wrapping_sub(1)), (y > 0, here.wrapping_sub(WIDE))] {
            if there {
                let mut times = Times::default();
                for along in [Along::Forward, Along::Backward] {
                    times.set(Profile::PoliceCar, along, Some(Millis(10_000)));
                }
                let (shape, length) = (Vec::new(), Millimetres(110_000));
                let (class, way) = (RoadClass::Residential, draft.segments.len() as i64);
                let one = DraftSegment { from, to: here, shape, length, class, name, way, times };
                draft.segments.push(one);
            }
        }
    }
    let map = Arc::new(RoadMap::build(&draft, Fingerprint::default()).unwrap());
    Network::new(map, Profile::PoliceCar, &SpeedTable::as_imported(), HourOfWeek::default())
}

/// The town, with demand at every other corner.
pub(crate) fn town() -> Town {
    let network = network();
    let area = |id: u32, level| AreaSet {
        area: AreaId(id),
        parent: (id > 0).then_some(AreaId(0)),
        level,
        grade: None,
        reach: None,
        title: title("area"),
    };
    let corners = (0..WIDE).flat_map(|y| (0..WIDE).map(move |x| (x, y)));
    let demand = corners.filter(|(x, y)| (x + y) % 2 == 0).map(|(x, y)| DemandPoint {
        snap: network.snap(corner(x, y), &SnapRules::default()).unwrap(),
        weight: 1 + x,
        thresholds: [20, 40, 60].map(Millis::from_seconds),
    });
    let demand = demand.collect();
    Town {
        catalogue: Catalogue::standard(),
        areas: vec![area(0, AreaLevel::City), area(1, AreaLevel::District)],
        demand,
        networks: Networks::new([Arc::new(network)]).unwrap(),
        targets: TARGETS,
    }
}

/// Posts at corners, with so many crews each, round the clock.
pub(crate) fn plan(posts: &[((u32, u32), u32)]) -> Plan {
    let mut plan = Plan::default();
    for (post, &((x, y), crews)) in (0..).zip(posts) {
        let (post, at, area) = (PostId(post), corner(x, y), AreaId(1));
        plan.posts.push(PostSet {
            post,
            kind: PostKind::PoliceStation,
            area,
            at,
            hours: Hours::ALWAYS,
            level: 1,
            title: title("post"),
        });
        for _ in 0..crews {
            let unit = plan.crews.len() as u32 + 1;
            let abilities: &[&str] = match unit % 3 {
                0 => &["first_aid", "patrol"],
                1 => &["patrol", "traffic"],
                _ => &["armed", "mediation", "patrol"],
            };
            plan.crews.push(Crew {
                unit: UnitSet {
                    unit: UnitId(unit),
                    call_sign: format!("P{unit}"),
                    force: Code::literal("police"),
                    capabilities: abilities.iter().map(|code| code.parse().unwrap()).collect(),
                    vehicle: Vehicle::Car,
                    home: Some(post),
                    area,
                    members: Vec::new(),
                },
                on: Hours::ALWAYS,
            });
        }
    }
    plan
}

/// Nothing takes any time but what the record says.
pub(crate) fn at_once() -> Behaviour {
    let nothing = || Table::any(Spread::always(0));
    Behaviour { handling: nothing(), desk: nothing(), turnout: nothing(), ..Behaviour::default() }
}

/// A call so many milliseconds after the start.
pub(crate) fn call(number: u64, ms: i64, kind: &str, priority: u8, at: LonLat) -> Call {
    Call {
        key: Call::key(&number.to_string()),
        source: Source::Call,
        received: Timestamp(START + ms),
        kind: kind.parse().unwrap(),
        priority: Priority::new(priority).unwrap(),
        at,
        area: AreaId(1),
        handling: None,
        sent: None,
        there: None,
        crews: Vec::new(),
    }
}

/// A call whose crew stays so long.
pub(crate) fn lasting(stay: u32, mut call: Call) -> Call {
    call.crews = vec![Recorded { turnout: None, stay: Some(Millis(stay)) }];
    call
}

/// So many milliseconds from the start, with these calls.
pub(crate) fn piece(ms: i64, calls: Vec<Call>) -> Piece {
    Piece { from: Timestamp(START), to: Timestamp(START + ms), ahead_ms: 0, calls: calls.into() }
}

/// Chance for made-up calls: `SplitMix64`.
pub(crate) struct Lots(pub(crate) u64);

impl Lots {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, below: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(below)) >> 64) as u64
    }

    /// From nothing up to one.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Of a mean, memoryless.
    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log1p(-self.share())
    }
}

/// A busy day of all kinds of calls all over the town, some found by patrols.
pub(crate) fn busy_day(seed: u64, count: u64) -> Piece {
    const KINDS: [(&str, u8); 6] = [
        ("noise", 5),
        ("robbery", 1),
        ("traffic_accident", 3),
        ("domestic", 2),
        ("medical", 1),
        ("mediation", 4),
    ];
    let mut lots = Lots(seed);
    let mut times: Vec<i64> = (0..count).map(|_| lots.below(24 * HOUR as u64) as i64).collect();
    times.sort_unstable();
    let calls = (0..).zip(times).map(|(number, ms)| {
        let (kind, priority) = KINDS[lots.below(6) as usize];
        let at = corner(lots.below(8) as u32, lots.below(8) as u32);
        let mut call = call(number, ms, kind, priority, at);
        if lots.below(10) == 0 {
            call.source = Source::Patrol;
        }
        call
    });
    piece(24 * HOUR, calls.collect())
}
