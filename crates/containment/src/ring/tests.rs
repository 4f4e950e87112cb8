//! Rings against plain geometry, queues against the long formula.

use std::sync::Arc;

use precinct_base::{HourOfWeek, LonLat, Metres, Millis, MultiPolygon, Polygon, PostId, UnitId};
use precinct_roads::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Network, Profile, RoadClass, RoadMap,
    Scratch, SpeedTable, Times,
};
use proptest::prelude::*;

use super::{PostPlace, crossings, lanes_for, queue, readiness};
use crate::UnitAt;

fn at(lon: i32, lat: i32) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

/// A road: its places, its name, and whether one may go there and back.
type Road<'a> = (&'a [(i32, i32)], &'a str, bool, bool);

fn town(roads: &[Road<'_>]) -> Network {
    let mut draft = Draft::default();
    for (way, &(places, name, there, back)) in roads.iter().enumerate() {
        let places: Vec<LonLat> = places.iter().map(|&(lon, lat)| at(lon, lat)).collect();
        let from = draft.nodes.len() as u32;
        for place in [places[0], places[places.len() - 1]] {
            draft.nodes.push(DraftNode { osm_id: i64::from(from), at: place });
        }
        let mut times = Times::default();
        let time = |open: bool| open.then_some(Millis(60_000));
        times.set(Profile::PoliceCar, Along::Forward, time(there));
        times.set(Profile::PoliceCar, Along::Backward, time(back));
        let name = draft.names.add(Name::local(name));
        draft.segments.push(DraftSegment {
            from,
            to: from + 1,
            shape: places[1..places.len() - 1].to_vec(),
            length: Draft::length(&places),
            class: RoadClass::Primary,
            name,
            way: way as i64,
            times,
        });
    }
    let map = RoadMap::build(&draft, Fingerprint::default()).unwrap();
    let hour = HourOfWeek::default();
    Network::new(Arc::new(map), Profile::PoliceCar, &SpeedTable::as_imported(), hour)
}

fn square(low: i32, high: i32) -> MultiPolygon {
    MultiPolygon::from_ring(vec![at(low, low), at(high, low), at(high, high), at(low, high)])
}

#[test]
fn an_avenue_is_crossed_once_and_a_bend_each_time() {
    let network = town(&[
        // Two carriageways, eleven metres apart: out by the one, in by the other.
        (&[(0, 500_000), (2_000_000, 500_000)], "Avenue", true, false),
        (&[(2_000_000, 501_000), (0, 501_000)], "Avenue", true, false),
        // Out and in again.
        (&[(0, 8_000), (2_000_000, 8_000), (2_000_000, 90_000), (0, 90_000)], "Bend", true, true),
        (&[(-2_000_000, 0), (-2_000_000, 9_000)], "Elsewhere", true, true),
        (&[(0, 0), (0, 1_000)], "Within", true, true),
    ]);
    let found = crossings(&network, &square(-1_000_000, 1_000_000));
    let mut told: Vec<_> = found
        .iter()
        .map(|crossing| {
            let name = network.map().names().get(crossing.name).local.as_str();
            (name, crossing.roads.len(), crossing.inwards(), crossing.outwards())
        })
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [("Avenue", 2, true, true), ("Bend", 1, true, true), ("Bend", 1, true, true),]
    );
    assert!(found.iter().all(|crossing| crossing.at.lon() == 1_000_000));
    let road = found.iter().find(|crossing| crossing.roads.len() == 2).unwrap().roads[0];
    assert_eq!(road.place.offset.0, network.map().segment(road.place.segment).length.0 / 2);
    assert!(crossings(&network, &MultiPolygon::default()).is_empty());
}

#[test]
fn a_ring_says_who_is_missing_and_how_soon_they_can_be_there() {
    let network = town(&[
        (&[(0, 5_000), (20_000, 5_000)], "North", true, true),
        (&[(0, -5_000), (20_000, -5_000)], "South", true, true),
        (&[(0, 0), (20_000, 0)], "Middle", true, true),
    ]);
    let found = crossings(&network, &square(-10_000, 10_000));
    let place = |name: &str| {
        let named =
            |crossing: &&super::Crossing| network.map().names().get(crossing.name).local == name;
        found.iter().find(named).unwrap().roads[0].place
    };
    let posts = [
        PostPlace { post: PostId(1), at: at(10_100, 5_000), manned: true },
        PostPlace { post: PostId(2), at: at(10_000, -5_010), manned: false },
        PostPlace { post: PostId(3), at: at(0, 0), manned: true },
    ];
    // One unit at the middle road: it can be there at once, and nobody comes to the south.
    let unit = UnitAt {
        unit: UnitId(7),
        profile: Profile::PoliceCar,
        at: place("Middle"),
        delay: Millis(5_000),
        holds: None,
    };
    let networks = [Some(&network), None, None, None];
    let (setup, limit) = (Millis(30_000), Millis::from_minutes(5));
    let mut scratch = Scratch::default();
    let ready =
        readiness(&found, &posts, Metres(50), (&[unit], networks), (setup, limit), &mut scratch);
    assert_eq!((ready.with_post(), ready.manned(), ready.open.len()), (2, 1, 2));
    assert_eq!(ready.closed.missing(), 1);
    assert_eq!(ready.closed.by, Some(Millis(35_000)));
    let sent: Vec<_> = ready.open.iter().zip(&ready.closed.sent).collect();
    let middle = sent.iter().find(|one| one.1.is_some()).unwrap();
    assert_eq!(found[*middle.0].roads[0].place, place("Middle"));
}

#[test]
fn what_is_known_of_queues_comes_out() {
    // One lane, half its time at work: one waits as long as one is served.
    let one = queue(30, 60, 1).unwrap();
    assert_eq!(
        (one.wait, one.busy_thousandths, one.delayed_thousandths),
        (Millis(60_000), 500, 500)
    );
    assert_eq!(one.waiting_thousandths, 500);
    // Two lanes at half: a third has to wait.
    assert_eq!(queue(60, 60, 2).unwrap().delayed_thousandths, 333);
    assert_eq!(queue(60, 60, 1), None);
    assert_eq!(queue(1, 60, 0), None);
    assert_eq!(queue(0, 60, 0).unwrap().wait, Millis::ZERO);
    assert_eq!(lanes_for(500, 60, Millis(30_000), 8), None);
    let (lanes, queue) = lanes_for(500, 60, Millis(30_000), 20).unwrap();
    assert_eq!(lanes, 10);
    assert!(queue.wait <= Millis(30_000));
}

/// Whether a leg of a road lies on the line of a side of a ring.
fn along(places: &[(i32, i32)], ring: &[(i32, i32)]) -> bool {
    let off = |leg: &[(i32, i32)], at: (i32, i32)| {
        (leg[1].0 - leg[0].0) * (at.1 - leg[0].1) - (leg[1].1 - leg[0].1) * (at.0 - leg[0].0)
    };
    let next = ring.iter().cycle().skip(1);
    let mut sides = ring.iter().zip(next);
    sides.any(|(&one, &other)| {
        places.windows(2).any(|leg| off(leg, one) == 0 && off(leg, other) == 0)
    })
}

proptest! {
    #[test]
    fn a_queue_is_as_the_long_formula_says(come in 1u128..40, pass in 1u128..20, lanes in 1u32..7) {
        let all = pass * u128::from(lanes);
        prop_assume!(come < all);
        // Erlang's second formula over a common denominator.
        let factorial = |k: u32| (1..=u128::from(k)).product::<u128>();
        let term = |k: u32| {
            let share = factorial(lanes) / factorial(k);
            share * come.pow(k) * pass.pow(lanes - k)
        };
        let below: u128 = (0..lanes).map(term).sum();
        let last = come.pow(lanes) * all;
        let delayed = 1_000 * last / (below * (all - come) + last);
        let told = queue(come as u32, pass as u32, lanes).unwrap();
        prop_assert!(u128::from(told.delayed_thousandths).abs_diff(delayed) <= 1);
        let wait = 3_600_000 * last / ((below * (all - come) + last) * (all - come));
        prop_assert!(u128::from(told.wait.0).abs_diff(wait) <= 1);
        let more = queue(come as u32, pass as u32, lanes + 1).unwrap();
        prop_assert!(more.wait <= told.wait);
    }

    #[test]
    fn a_road_crosses_where_it_goes_in_or_out(
        corners in prop::collection::vec((0i32..20, 0i32..20), 3..9),
        hole in prop::collection::vec((5i32..15, 5i32..15), 0..5),
        places in prop::collection::vec((-3i32..23, -3i32..23), 2..5),
    ) {
        let ring = |all: &[(i32, i32)]| all.iter().map(|&(x, y)| at(x * 1_000, y * 1_000)).collect();
        let holes = if hole.len() < 3 { vec![] } else { vec![ring(&hole)] };
        let area = MultiPolygon(vec![Polygon { outer: ring(&corners), holes }]);
        let line: Vec<(i32, i32)> = places.iter().map(|&(x, y)| (x * 1_000, y * 1_000)).collect();
        prop_assume!(line[0] != line[line.len() - 1]);
        // Along a border there is neither in nor out, and small steps say one or the other.
        prop_assume!(!along(&places, &corners) && !along(&places, &hole));
        let network = town(&[(&line, "", true, false)]);
        let found = crossings(&network, &area);
        // Walked in small steps, one sees most of them, and the first and last of all.
        let mut walked = vec![area.contains(at(line[0].0, line[0].1))];
        // Every step is exactly on the line: corners are thousands apart.
        let (first, steps) = (walked[0], 1_000);
        for leg in line.windows(2) {
            for step in 1..=steps {
                let share = |from: i32, to: i32| from + (to - from) * step / steps;
                walked.push(area.contains(at(share(leg[0].0, leg[1].0), share(leg[0].1, leg[1].1))));
            }
        }
        // A step on which two borders meet is on the border, and neither in nor out: the road only touches it.
        for i in 1..walked.len() - 1 {
            if walked[i - 1] == walked[i + 1] {
                walked[i] = walked[i - 1];
            }
        }
        let seen = walked.windows(2).filter(|two| two[0] != two[1]).count();
        prop_assert!(seen <= found.len());
        prop_assert_eq!(seen % 2, found.len() % 2);
        for (i, crossing) in found.iter().enumerate() {
            let leaves = first == i.is_multiple_of(2);
            prop_assert_eq!((crossing.outwards(), crossing.inwards()), (leaves, !leaves));
        }
    }
}
