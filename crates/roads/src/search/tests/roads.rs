//! Road tests drawn as maps: what each kind of street does to a search.

use precinct_base::{Millimetres, Millis};

use super::ascii::draw;
use crate::{Fleet, Scratch, Turn, Way};

const SECOND: u32 = 1_000;

fn seconds(drawn: &super::ascii::Drawn, from: char, to: char) -> Option<u32> {
    let sources = [drawn.stand(from)];
    let mut scratch = Scratch::default();
    let reach = drawn.network.reach(&mut scratch, &sources, Millis::from_minutes(10), Way::Out);
    reach.time(drawn.node(to)).map(|time| time.0 / SECOND)
}

#[test]
fn a_one_way_street_is_left_only_at_its_end() {
    let drawn = draw("A-->--B");
    assert_eq!(seconds(&drawn, 'A', 'B'), Some(6));
    assert_eq!(seconds(&drawn, 'B', 'A'), None);
    let sources = [drawn.on('A', 'B', 2)];
    let mut scratch = Scratch::default();
    let reach = drawn.network.reach(&mut scratch, &sources, Millis::from_minutes(1), Way::Out);
    assert_eq!(reach.time(drawn.node('B')), Some(Millis(4_000)));
    assert_eq!(reach.time(drawn.node('A')), None);
    assert_eq!(reach.at(&drawn.on('A', 'B', 5)), Some((Millis(3_000), 0)));
    assert_eq!(reach.at(&drawn.on('A', 'B', 1)), None);
}

#[test]
fn a_search_inwards_follows_one_way_streets_against_their_arrows() {
    let drawn = draw("A-->--B");
    let sources = [drawn.stand('B')];
    let mut scratch = Scratch::default();
    let reach = drawn.network.reach(&mut scratch, &sources, Millis::from_minutes(1), Way::In);
    assert_eq!(reach.time(drawn.node('A')), Some(Millis(6_000)));
    assert_eq!(reach.at(&drawn.on('A', 'B', 2)), Some((Millis(4_000), 0)));
}

#[test]
fn one_who_keeps_to_no_one_way_street_goes_back_as_fast() {
    let mut drawn = draw("A-->--B-----C");
    assert_eq!(seconds(&drawn, 'C', 'A'), None);
    drawn.network = drawn.network.against_one_ways();
    assert_eq!((seconds(&drawn, 'C', 'A'), seconds(&drawn, 'A', 'C')), (Some(12), Some(12)));
    let next = |node| {
        let mut next: Vec<_> = drawn.network.next_to(drawn.node(node), Way::Out).collect();
        next.sort_unstable();
        next
    };
    assert_eq!(next('A'), [(drawn.node('B'), Millis(6_000))]);
    assert_eq!(next('B').len(), 2);
    let place = drawn.on('A', 'B', 2);
    let ends: Vec<_> = drawn.network.ends(&place, Way::Out).collect();
    assert_eq!(ends.len(), 2);
    assert!(ends.contains(&(drawn.node('A'), Millis(2_000))));
}

#[test]
fn a_roundabout_is_gone_round_one_way() {
    let drawn = draw(
        "A-B<<<C-D
  v   ^
  E>>>F-G",
    );
    // From A in at B, round by E and F to C: the short way is closed.
    assert_eq!(seconds(&drawn, 'A', 'D'), Some(2 + 2 + 4 + 2 + 2));
    assert_eq!(seconds(&drawn, 'D', 'A'), Some(2 + 4 + 2));
}

#[test]
fn a_barrier_sends_round_and_an_island_is_not_reached() {
    let drawn = draw(
        "A--x--B
|     |
C-----D   E-F",
    );
    assert_eq!(seconds(&drawn, 'A', 'B'), Some(2 + 6 + 2));
    assert_eq!(seconds(&drawn, 'A', 'E'), None);
    let (stuck, main) = (drawn.node('E'), drawn.node('D'));
    let profile = drawn.network.profile();
    assert!(
        !drawn.network.map().in_main_part(stuck, profile)
            && drawn.network.map().in_main_part(main, profile)
    );
}

#[test]
fn of_parallel_ways_the_quicker_is_taken() {
    let drawn = draw(
        "A==B
|  |
C--D",
    );
    assert_eq!(seconds(&drawn, 'A', 'B'), Some(2 * 3));
    let mut scratch = Scratch::default();
    let route =
        drawn.network.route(&mut scratch, &drawn.on('A', 'B', 1), &drawn.stand('D')).unwrap();
    // On along the slow street (4 s) and down (2 s), or back (2 s), down (2 s) and along (3 s).
    assert_eq!(route.time, Millis(6_000));
}

#[test]
fn a_place_on_the_same_street_behind_a_one_way_is_a_way_round() {
    let drawn = draw(
        "A->-B
|   |
C---D",
    );
    let (ahead, behind) = (drawn.on('A', 'B', 3), drawn.on('A', 'B', 1));
    let mut scratch = Scratch::default();
    let route = drawn.network.route(&mut scratch, &ahead, &behind).unwrap();
    assert_eq!(route.time, Millis(1_000 + 2_000 + 4_000 + 2_000 + 1_000));
    assert_eq!(route.length(), Millimetres(100_000));
    let turns: Vec<Turn> = route.steps(&drawn.network).iter().map(|step| step.turn).collect();
    assert_eq!(turns, [Turn::Start, Turn::Right, Turn::Right, Turn::Right, Turn::Right]);
    let back = drawn.network.route(&mut scratch, &behind, &ahead).unwrap();
    assert_eq!((back.time, back.legs.len()), (Millis(2_000), 1));
    assert_eq!(drawn.network.route(&mut scratch, &ahead, &ahead).unwrap().legs, []);
}

#[test]
fn streets_are_cut_at_the_exact_point() {
    let drawn = draw("A----B->--C");
    let sources = [drawn.on('A', 'B', 2)];
    let mut scratch = Scratch::default();
    let reach = drawn.network.reach(&mut scratch, &sources, Millis(4_500), Way::Out);
    let covered = |limit| {
        let cut: Vec<(u64, u64)> =
            reach.streets(limit).iter().map(|s| (s.start.0, s.end.0)).collect();
        cut
    };
    assert_eq!(covered(Millis(1_500)), [(5_000, 35_000)]);
    // All of the first street, and a metre and a half into the one-way.
    assert_eq!(covered(Millis(4_500)), [(0, 50_000), (0, 15_000)]);
    assert_eq!(covered(Millis(99_000)), covered(Millis(4_500)));
}

#[test]
fn the_nearest_unit_is_the_one_that_may_come() {
    let drawn = draw(
        "A-<-B---C
|   |   |
D---E---F",
    );
    // One unit just past the incident on the one-way street, one at its end, one further off.
    let incident = drawn.on('A', 'B', 2);
    let units =
        vec![drawn.on('A', 'B', 1), drawn.stand('C'), drawn.on('B', 'E', 1), drawn.on('A', 'B', 3)];
    let fleet = Fleet::new(&drawn.network, units);
    let mut scratch = Scratch::default();
    let mut nearest = |count| {
        drawn.network.nearest_units(&mut scratch, &fleet, &incident, count, Millis::from_minutes(1))
    };
    let all = [
        (3, Millis(1_000)),
        (2, Millis(3_000)),
        (1, Millis(6_000)),
        (0, Millis(1_000 + 2_000 + 4_000 + 2_000 + 2_000)),
    ];
    assert_eq!(nearest(4), all);
    assert_eq!(nearest(2), all[..2]);
    assert_eq!(nearest(0), []);
    assert_eq!(nearest(1_000), all);
}

#[test]
fn ties_go_to_the_first_source() {
    let drawn = draw("A--B--C");
    let sources = [drawn.stand('C'), drawn.stand('A')];
    let mut scratch = Scratch::default();
    let reach =
        drawn.network.nearest_source(&mut scratch, &sources, Millis::from_minutes(1), Way::Out);
    assert_eq!(reach.source(drawn.node('B')), Some(0));
    assert_eq!(reach.source(drawn.node('A')), Some(1));
    assert_eq!(reach.at(&drawn.on('A', 'B', 1)), Some((Millis(1_000), 1)));
}
