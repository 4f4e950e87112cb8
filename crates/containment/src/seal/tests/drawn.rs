//! Cases small enough to see.
//!
//! ```text
//!  0 - 1 - 2 - 3
//!      |   |
//!  4 - 5   6 - 7     8 is where they leave, between 1, 2 and 5
//! ```

use precinct_base::{LonLat, Millis, NodeId, UnitId};
use precinct_roads::{Along, Network, Profile, Snap};

use super::super::plan::{Plan, ProofKind, Refusal};
use super::super::question::{Held, Pace, Quarry, Question, Sighting, UnitAt};
use super::super::solve::Solver;
use super::world::{Street, network};

const SECOND: u32 = 1_000;

fn town() -> Network {
    let way = |from, to, seconds| -> Street {
        (from, to, Some(seconds * SECOND), Some(seconds * SECOND))
    };
    network(&[
        way(8, 1, 60),
        way(8, 2, 60),
        way(8, 5, 60),
        way(1, 0, 300),
        way(2, 3, 300),
        way(5, 4, 300),
        way(2, 6, 30),
        way(6, 7, 300),
    ])
}

/// The node drawn with that number: the map keeps nodes in an order of its own.
fn node(roads: &Network, number: i64) -> NodeId {
    let map = roads.map();
    map.node_ids().find(|&id| map.osm_id(id) == number).unwrap()
}

fn at(roads: &Network, number: i64) -> Snap {
    let (segment, away) = roads.segments_at(node(roads, number)).next().unwrap();
    let length = roads.map().segment(segment).length;
    let offset = if away == Along::Forward { precinct_base::Millimetres(0) } else { length };
    let side = precinct_roads::Side::On;
    let distance = precinct_base::Millimetres(0);
    Snap { segment, offset, side, at: LonLat::default(), distance }
}

fn unit(roads: &Network, number: i64) -> UnitAt {
    UnitAt {
        unit: UnitId(number as u32),
        profile: Profile::PoliceCar,
        at: at(roads, number),
        delay: Millis::ZERO,
        holds: None,
    }
}

fn question<'a>(roads: &'a Network, units: &'a [UnitAt], seen: &'a [Sighting]) -> Question<'a> {
    let quarry = Quarry { roads, pace: Pace::ONE, left: at(roads, 8), seen };
    let question = Question::new(quarry, Millis::ZERO, units).with_network(roads);
    Question {
        horizon: Millis::from_minutes(5),
        setup: Millis::from_seconds(20),
        edge_is_open: false,
        ..question
    }
}

fn solve(question: &Question<'_>) -> Plan {
    Solver::default().solve(question).unwrap()
}

fn points(roads: &Network, plan: &Plan) -> Vec<(i64, Option<u32>)> {
    let mut points: Vec<_> = plan
        .points
        .iter()
        .map(|point| (roads.map().osm_id(point.node), point.manned.map(|manned| manned.unit.0)))
        .collect();
    points.sort_unstable();
    points
}

#[test]
fn three_ways_are_closed_where_they_part() {
    let roads = town();
    let units = [unit(&roads, 1), unit(&roads, 2), unit(&roads, 5), unit(&roads, 3)];
    let plan = solve(&question(&roads, &units, &[]));
    assert!(plan.sealed);
    assert_eq!(points(&roads, &plan), [(1, Some(1)), (2, Some(2)), (5, Some(5))]);
    assert_eq!((plan.proof.kind, plan.proof.at_least), (ProofKind::Fewest, 3));
    assert_eq!(plan.least_slack(), Some(Millis(40 * SECOND)));
    let first = &plan.points[0];
    let manned = first.manned.unwrap();
    assert_eq!((manned.arrival, manned.ready), (Millis::ZERO, Millis(20 * SECOND)));
    assert_eq!(first.quarry, Millis(60 * SECOND));
    assert_eq!(plan.size.inside, 1);
}

#[test]
fn what_cannot_be_sealed_says_how_many_units_are_wanted_and_where() {
    let roads = town();
    let units = [unit(&roads, 1)];
    let plan = solve(&question(&roads, &units, &[]));
    assert!(!plan.sealed);
    assert_eq!((plan.missing, plan.missing_at_least), (2, 2));
    assert_eq!(plan.proof.kind, ProofKind::Impossible);
    assert_eq!(points(&roads, &plan), [(1, Some(1)), (2, None), (5, None)]);
}

#[test]
fn a_cut_that_cannot_be_manned_is_entered_again() {
    let roads = town();
    // The two who can be at 2 in time can be nowhere else but at 3 and 7: two points in place of one. Nobody else is at 2.
    let units = [unit(&roads, 1), unit(&roads, 3), unit(&roads, 7), unit(&roads, 5)];
    let plan = solve(&question(&roads, &units, &[]));
    assert!(plan.sealed);
    assert_eq!(points(&roads, &plan), [(1, Some(1)), (3, Some(3)), (5, Some(5)), (7, Some(7))]);
    assert_eq!((plan.proof.kind, plan.proof.at_least), (ProofKind::Fewest, 4));
    assert!(plan.proof.most_slack);
}

#[test]
fn one_unit_does_not_close_two_points() {
    let roads = town();
    // On foot it takes them two minutes. The one at 8 can be at any of 1, 2 and 5 in time, and of the others one at 4 and one nowhere.
    let late = |number, seconds| UnitAt { delay: Millis(seconds * SECOND), ..unit(&roads, number) };
    let units = [unit(&roads, 8), late(4, 400), late(7, 3_000)];
    let asked = question(&roads, &units, &[]);
    let quarry = Quarry { pace: Pace(500), ..asked.quarry };
    let plan = solve(&Question { quarry, ..asked });
    assert_eq!((plan.sealed, plan.proof.kind), (false, ProofKind::Impossible));
    assert_eq!((plan.missing, plan.missing_at_least, plan.points.len()), (1, 1, 3));
    let sent: Vec<Option<u32>> = points(&roads, &plan).iter().map(|point| point.1).collect();
    assert_eq!(sent.iter().flatten().count(), 2);
}

#[test]
fn a_sure_sighting_narrows_and_one_that_cannot_be_does_not() {
    let roads = town();
    let units = [unit(&roads, 1), unit(&roads, 6), unit(&roads, 5), unit(&roads, 3)];
    let seen = |number, seconds, sure| {
        [Sighting { at: at(&roads, number), when: Millis(seconds * SECOND), sure }]
    };
    let ask = |seen: &[Sighting]| {
        let asked = question(&roads, &units, seen);
        solve(&Question { now: Millis(150 * SECOND), horizon: Millis(480 * SECOND), ..asked })
    };
    let sure = ask(&seen(2, 140, true));
    assert_eq!(sure.doubted, Vec::<usize>::new());
    assert!(sure.size.nodes <= ask(&[]).size.nodes);
    let perhaps = ask(&seen(2, 140, false));
    assert_eq!(perhaps.size.nodes, ask(&[]).size.nodes);
    assert_eq!(ask(&seen(7, 100, true)).doubted, [0]);
    assert_eq!(ask(&seen(7, 100, true)).size.now, ask(&[]).size.now + 1);
}

#[test]
fn a_point_that_is_held_stays_closed() {
    let roads = town();
    let holds = |number: i64| UnitAt {
        holds: Some(Held { node: node(&roads, number), since: Millis(50 * SECOND) }),
        ..unit(&roads, number)
    };
    let units = [holds(1), holds(2), holds(5)];
    let asked = question(&roads, &units, &[]);
    let plan = solve(&Question { now: Millis(200 * SECOND), ..asked });
    assert!(plan.sealed);
    assert!(
        plan.points
            .iter()
            .all(|point| { point.manned.is_some_and(|manned| manned.arrival == manned.ready) })
    );
}

#[test]
fn what_has_no_answer_is_refused() {
    let roads = town();
    let units = [unit(&roads, 1), unit(&roads, 1)];
    let asked = question(&roads, &units[..1], &[]);
    let refused = |question: &Question<'_>| Solver::default().solve(question).unwrap_err();
    assert!(matches!(
        refused(&Question { now: Millis::from_minutes(5), ..asked }),
        Refusal::Horizon { .. }
    ));
    let twice = Question { units: &units, ..asked };
    assert_eq!(refused(&twice), Refusal::Twice(UnitId(1)));
    let quarry = Quarry { pace: Pace(0), ..asked.quarry };
    assert_eq!(refused(&Question { quarry, ..asked }), Refusal::Pace(0));
    let seen = [Sighting { at: at(&roads, 1), when: Millis(5), sure: true }];
    let quarry = Quarry { seen: &seen, ..asked.quarry };
    let future = Refusal::Future { index: 0, when: Millis(5), now: Millis::ZERO };
    assert_eq!(refused(&Question { quarry, ..asked }), future);
}
