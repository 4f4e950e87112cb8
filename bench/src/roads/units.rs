//! The nearest units, and snapping.

use precinct_base::LonLat;
use precinct_bench::baseline::{Csr, Plain};
use precinct_bench::results::{Markdown, figure, grouped};
use precinct_bench::timing::{Times, median, microseconds};
use precinct_bench::{ny, oracle};
use precinct_roads::{Fleet, Network, Scratch, Snap, SnapRules, Way};

use super::ROUNDS;

/// Nodes for each unit.
pub(super) const DENSITY: usize = 32;
/// How many units are asked for.
pub(super) const NEAREST: usize = 10;
const QUERIES: usize = 5_000;
const CHECKED: usize = 100;
const PLACES: usize = 2_000;

/// Adds the rows.
pub(super) fn measure(network: &Network, jobs: &mut Markdown) {
    let count = network.map().node_count() / DENSITY;
    let mut places = ny::places(network, count + QUERIES);
    let incidents = places.split_off(count);
    let fleet = Fleet::new(network, places.clone());
    check(network, &fleet, &places, &incidents);
    let mut scratch = Scratch::default();
    let rates = (0..ROUNDS).map(|_| rate(network, &fleet, &mut scratch, &incidents));
    let job = format!("nearest {NEAREST} of {} units, one thread", grouped(count as u64));
    let answered = format!("{} a second", figure(median(rates)));
    let checked = format!("{CHECKED} against a search of everything");
    jobs.row(&[&job, &answered, "30,000 a second", &checked]);
    let fleets = (0..ROUNDS).map(|_| microseconds(|| Fleet::new(network, places.clone())).0 / 1e3);
    let text = format!("{} ms", figure(median(fleets)));
    jobs.row(&["index of these units, made anew", &text, "", "by the row above"]);
    snaps(network, jobs);
}

/// Queries a second.
pub(super) fn rate(
    network: &Network,
    fleet: &Fleet,
    scratch: &mut Scratch,
    incidents: &[Snap],
) -> f64 {
    let (us, found) = microseconds(|| {
        let found = |at: &Snap| network.nearest_units(scratch, fleet, at, NEAREST, ny::LIMIT).len();
        incidents.iter().map(found).sum::<usize>()
    });
    assert!(found > 0, "somebody is near");
    incidents.len() as f64 * 1e6 / us
}

/// Holds some answers against a full search.
pub(super) fn check(network: &Network, fleet: &Fleet, units: &[Snap], incidents: &[Snap]) {
    let back = Csr::in_order(network, Way::In);
    let (mut plain, mut scratch) = (Plain::new(&back), Scratch::default());
    for incident in &incidents[..CHECKED] {
        let asked = (NEAREST, ny::LIMIT);
        let truth = oracle::nearest_units(network, &back, &mut plain, units, incident, asked);
        let found = network.nearest_units(&mut scratch, fleet, incident, NEAREST, ny::LIMIT);
        assert_eq!(found, truth, "the units nearest to {incident:?}");
    }
}

fn snaps(network: &Network, jobs: &mut Markdown) {
    let rules = SnapRules::default();
    let beside: Vec<LonLat> = ny::sources(network.map().node_count(), PLACES)
        .into_iter()
        .map(|node| network.map().node_at(precinct_base::NodeId(node)))
        // Some hundred metres beside a junction.
        .filter_map(|at| LonLat::new(at.lon() + 7_000, at.lat() - 11_000))
        .collect();
    for &place in &beside[..CHECKED] {
        let truth = oracle::nearest_street(network, place).filter(|&metres| metres < rules.limit);
        let found = network.snap(place, &rules).map(|snap| snap.distance.metres());
        let near = truth.zip(found).is_some_and(|(a, b)| a.0.abs_diff(b.0) <= 2 + a.0 / 200);
        assert!(near || truth == found, "{place:?} is {truth:?} from a street, found {found:?}");
    }
    let snap = |&place: &LonLat| {
        std::hint::black_box(network.snap(place, &rules));
    };
    let rounds = (0..ROUNDS).map(|_| Times::of(&beside, snap).median());
    let text = format!("{} µs", figure(median(rounds)));
    jobs.row(&["nearest street to a place", &text, "", "100 against a look at every street"]);
}
