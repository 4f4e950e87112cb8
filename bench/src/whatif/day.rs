//! San Francisco as it is simulated here, and a day of its calls; and New York with calls made up.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use precinct_advice::{DemandPoint, Networks};
use precinct_base::{AreaId, AreaLevel, HourOfWeek, LonLat, Millis, PostId, Timestamp, UnitId};
use precinct_bench::ny;
use precinct_city::OpenOptions;
use precinct_core::event::{AreaSet, PostSet, UnitSet};
use precinct_core::{Catalogue, Code, Hours, Priority, Source, Title, Vehicle};
use precinct_osm::Silent;
use precinct_roads::{Network, Profile, SnapRules, SpeedTable};
use precinct_whatif::{Arm, Call, Crew, Piece, Plan, Policy, Recorded, TARGETS, Town};

const CREWS: u32 = 12;
/// Posts in New York, and milliseconds from one call there to the next.
const POSTS: usize = 100;
const APART_MS: i64 = 6_007;
/// 2024-01-08, midnight in San Francisco.
const START: i64 = 1_704_700_800_000;
const DAY_MS: i64 = 86_400_000;

/// A day.
pub(super) struct Day {
    pub(super) town: Town,
    pub(super) plan: Plan,
    pub(super) piece: Piece,
    pub(super) network: Arc<Network>,
}

fn data() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    std::env::var_os("PRECINCT_DATA").map_or_else(beside, PathBuf::from)
}

impl Day {
    /// Nothing where the data is not there.
    pub(super) fn of_san_francisco() -> Option<Self> {
        let list = data().join("sf/sfpd_cad_5000.csv.gz");
        list.is_file().then_some(())?;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cities/san-francisco/city.toml");
        let options = OpenOptions { data_root: Some(data()), ..OpenOptions::default() };
        let city = precinct_city::open(&file, &options).expect("the city is whole");
        let map = precinct_city::road_map(&city, &options, &Silent).expect("its roads can be read");
        let (speeds, hour) = (SpeedTable::as_imported(), HourOfWeek::default());
        let network = Arc::new(Network::new(Arc::new(map), Profile::PoliceCar, &speeds, hour));
        let demand = city.demand.iter().filter_map(|one| {
            Some(DemandPoint {
                snap: network.snap(one.at, &SnapRules::default())?,
                weight: one.weight,
                thresholds: [1, 3, 5].map(Millis::from_minutes),
            })
        });
        let town = town(&network, demand.collect());
        let plan = plan(city.posts.iter().map(|post| (post.kind, post.at)), CREWS);
        let calls = calls(&list);
        let (from, to) = (Timestamp(START), Timestamp(START + DAY_MS));
        let piece = Piece { from, to, ahead_ms: -8 * 3_600_000, calls: Arc::from(calls) };
        Some(Self { town, plan, piece, network })
    }

    /// Patrols all over New York, and calls wherever there is a junction, each somewhere else: nobody can know the times beforehand.
    pub(super) fn of_new_york(folder: &Path, calls: usize) -> Self {
        let network = Arc::new(ny::load(folder));
        let map = network.map();
        let places = ny::sources(map.node_count(), POSTS + calls);
        let places = places.into_iter().map(|node| map.node_at(precinct_base::NodeId(node)));
        let places: Vec<LonLat> = places.collect();
        let posts = places[..POSTS].iter().map(|&at| (precinct_base::PostKind::PoliceStation, at));
        let plan = plan(posts, CREWS / 3);
        let lots = ny::sources(1_200_000, 2 * calls);
        let call = |(number, &at): (usize, &LonLat)| Call {
            key: Call::key(&number.to_string()),
            source: Source::Call,
            received: Timestamp(
                START + number as i64 * APART_MS + i64::from(lots[number]) % APART_MS,
            ),
            kind: Code::literal("other"),
            priority: Priority::new([1, 2, 4][number % 3]).expect("a priority"),
            at,
            area: AreaId(0),
            handling: None,
            sent: None,
            there: None,
            crews: vec![Recorded {
                turnout: None,
                stay: Some(Millis(60_000 + lots[calls + number])),
            }],
        };
        let calls: Vec<Call> = places[POSTS..].iter().enumerate().map(call).collect();
        let (from, to) = (Timestamp(START), Timestamp(START + calls.len() as i64 * APART_MS));
        let piece = Piece { from, to, ahead_ms: -5 * 3_600_000, calls: Arc::from(calls) };
        Self { town: town(&network, Arc::from([])), plan, piece, network }
    }

    pub(super) fn arm(&self, name: &str, policy: Policy) -> Arm {
        Arm { name: name.to_owned(), plan: self.plan.clone(), policy, shadow: None }
    }
}

fn title(text: &str) -> Title {
    Title { en: text.to_owned(), zh: String::new() }
}

fn town(network: &Arc<Network>, demand: Arc<[DemandPoint]>) -> Town {
    Town {
        catalogue: Catalogue::standard(),
        areas: vec![area()],
        demand,
        networks: Networks::new([Arc::clone(network)]).expect("one map"),
        targets: TARGETS,
    }
}

fn area() -> AreaSet {
    AreaSet {
        area: AreaId(0),
        parent: None,
        level: AreaLevel::City,
        grade: None,
        reach: None,
        title: title("City"),
    }
}

fn plan(posts: impl Iterator<Item = (precinct_base::PostKind, LonLat)>, crews: u32) -> Plan {
    let mut plan = Plan::default();
    for (number, (kind, at)) in (0..).zip(posts) {
        let (post, area, hours) = (PostId(number), AreaId(0), Hours::ALWAYS);
        plan.posts.push(PostSet { post, kind, area, at, hours, level: 2, title: title("station") });
        for _ in 0..crews {
            let unit = UnitId(plan.crews.len() as u32 + 1);
            let call_sign = format!("P{}", unit.0);
            let (force, home) = (Code::literal("police"), Some(post));
            let (vehicle, members) = (Vehicle::Car, Vec::new());
            let capabilities = vec![Code::literal("patrol")];
            let unit =
                UnitSet { unit, call_sign, force, capabilities, vehicle, home, area, members };
            plan.crews.push(Crew { unit, on: Hours::ALWAYS });
        }
    }
    plan
}

/// The located calls of the day, with how long officers stayed.
fn calls(list: &Path) -> Vec<Call> {
    let file = std::fs::File::open(list).expect("the list can be opened");
    let mut rows = csv::Reader::from_reader(MultiGzDecoder::new(file));
    let header = rows.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|one| one == name).expect("the column");
    let (number, received, there, done) =
        (column("cad_number"), column("received"), column("on_scene"), column("close"));
    let (priority, lon, lat) = (column("priority_final"), column("lon"), column("lat"));
    let call = |row: csv::StringRecord| {
        let at = |column: usize| since_midnight(row.get(column)?);
        let degrees = |column: usize| row.get(column)?.parse::<f64>().ok();
        let from_start = at(received).filter(|ms| (0..DAY_MS).contains(ms))?;
        let stay =
            at(there).zip(at(done)).and_then(|(there, done)| u32::try_from(done - there).ok());
        let urgency = match row.get(priority) {
            Some("A") => 1,
            Some("B") => 2,
            _ => 4,
        };
        Some(Call {
            key: Call::key(row.get(number)?),
            source: Source::Call,
            received: Timestamp(START + from_start),
            kind: Code::literal("other"),
            priority: Priority::new(urgency)?,
            at: LonLat::from_degrees(degrees(lon)?, degrees(lat)?)?,
            area: AreaId(0),
            handling: None,
            sent: None,
            there: None,
            crews: vec![Recorded { turnout: None, stay: stay.map(Millis) }],
        })
    };
    let mut calls: Vec<Call> = rows.records().filter_map(|row| call(row.expect("a row"))).collect();
    calls.sort_by_key(|call| (call.received, call.key));
    calls
}

/// Milliseconds after midnight of the day, of a local time of that day or the next.
fn since_midnight(text: &str) -> Option<i64> {
    let (day, time) = text.split_once('T')?;
    let days = match day {
        "2024-01-08" => 0,
        "2024-01-09" => 1,
        _ => return None,
    };
    let parts: Vec<i64> = time.split(':').filter_map(|part| part.parse().ok()).collect();
    let [hour, minute, second] = parts[..] else { return None };
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000)
}
