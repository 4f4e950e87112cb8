//! Properties of searches on random networks, against the naive search. A failure prints the network.

use std::collections::BTreeMap;
use std::sync::Arc;

use precinct_base::{HourOfWeek, Millis, caps};
use proptest::prelude::*;

use super::oracle::{Sample, any_network, any_place, time_at, times};
use crate::{Fleet, Network, Profile, RoadMap, Scratch, Snap, SpeedTable, Stands, Way};

fn network(map: &RoadMap) -> Network {
    Network::new(
        Arc::new(map.clone()),
        Profile::PoliceCar,
        &SpeedTable::as_imported(),
        HourOfWeek::default(),
    )
}

fn any_picks(count: usize) -> impl Strategy<Value = Vec<(usize, u64)>> {
    prop::collection::vec((any::<usize>(), 0u64..3_001), count)
}

fn either_way() -> impl Strategy<Value = Way> {
    prop_oneof![Just(Way::Out), Just(Way::In)]
}

fn any_limit() -> impl Strategy<Value = Millis> {
    prop_oneof![Just(0u32), 0u32..5_000, Just(70_000), Just(500_000)].prop_map(Millis)
}

fn places(map: &RoadMap, picks: &[(usize, u64)]) -> Vec<Snap> {
    picks.iter().map(|&pick| any_place(map, pick)).collect()
}

proptest! {
    #[test]
    fn reach_is_exact_and_a_scratch_may_be_used_again(
        Sample(map) in any_network(), picks in any_picks(6), limit in any_limit(), way in either_way(),
    ) {
        let network = network(&map);
        let mut scratch = Scratch::default();
        for source in places(&map, &picks) {
            let sources = [source];
            let want = times(&network, &source, limit, way);
            let reach = network.reach(&mut scratch, &sources, limit, way);
            let found: Vec<_> = map.node_ids().map(|node| reach.time(node)).collect();
            prop_assert_eq!(&found, &want);
            let mut listed: Vec<_> = reach.nodes().collect();
            listed.sort_unstable();
            let all = map.node_ids().zip(&want).filter_map(|(node, time)| Some((node, (*time)?)));
            prop_assert_eq!(listed, all.collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_nearest_source_is_the_nearest(Sample(map) in any_network(), picks in any_picks(5), limit in any_limit(), way in either_way()) {
        let network = network(&map);
        let sources = places(&map, &picks);
        let target = sources[4];
        let sources = &sources[..4];
        let mut scratch = Scratch::default();
        let reach = network.nearest_source(&mut scratch, sources, limit, way);
        let each: Vec<_> = sources.iter().map(|source| times(&network, source, limit, way)).collect();
        for node in map.node_ids() {
            let best = each.iter().enumerate().filter_map(|(i, times)| Some((times[node.index()]?, i))).min();
            prop_assert_eq!(reach.time(node).zip(reach.source(node)), best);
        }
        let best = sources.iter().enumerate().filter_map(|(i, s)| Some((time_at(&network, s, &target, limit, way)?, i))).min();
        prop_assert_eq!(reach.at(&target), best);
    }

    #[test]
    fn the_two_nearest_sources_are_the_two_nearest(
        Sample(map) in any_network(), picks in any_picks(7), limit in any_limit(), way in either_way(),
    ) {
        let network = network(&map);
        let places = places(&map, &picks);
        let (target, sources) = (places[0], &places[1..]);
        let two = network.two_nearest(sources, limit, way);
        let each: Vec<_> = sources.iter().map(|source| times(&network, source, limit, way)).collect();
        let best = |mut all: Vec<(Millis, usize)>| {
            all.sort_unstable();
            [all.first().copied(), all.get(1).copied()]
        };
        for node in map.node_ids() {
            let all = each.iter().enumerate().filter_map(|(i, times)| Some((times[node.index()]?, i)));
            prop_assert_eq!(two.node(node), best(all.collect()), "node {}", node);
        }
        let all = sources.iter().enumerate().filter_map(|(i, s)| Some((time_at(&network, s, &target, limit, way)?, i)));
        prop_assert_eq!(two.at(&target), best(all.collect()));
        prop_assert_eq!(network.two_nearest(&[], limit, way).at(&target), [None, None]);
    }

    #[test]
    fn a_table_is_every_pair(Sample(map) in any_network(), picks in any_picks(4), limit in any_limit()) {
        let network = network(&map);
        let all = places(&map, &picks);
        let table = network.table(&all, &all, limit);
        for (i, from) in all.iter().enumerate() {
            for (j, to) in all.iter().enumerate() {
                prop_assert_eq!(table.get(i, j), time_at(&network, from, to, limit, Way::Out));
                prop_assert_eq!(table.row(i)[j], table.get(i, j));
            }
        }
    }

    #[test]
    fn the_nearest_units_are_the_nearest(Sample(map) in any_network(), picks in any_picks(9), limit in any_limit(), count in 0usize..10) {
        let network = network(&map);
        let all = places(&map, &picks);
        let (incident, units) = (all[0], all[1..].to_vec());
        let timed = |(i, unit)| Some((time_at(&network, unit, &incident, limit, Way::Out)?, i));
        let mut want: Vec<(Millis, usize)> = units.iter().enumerate().filter_map(timed).collect();
        want.sort_unstable();
        let fleet = Fleet::new(&network, units);
        let mut scratch = Scratch::default();
        for count in [count, 1_000] {
            let found = network.nearest_units(&mut scratch, &fleet, &incident, count, limit);
            let want: Vec<(usize, Millis)> = want.iter().take(count).map(|&(time, unit)| (unit, time)).collect();
            prop_assert_eq!(found, want);
        }
    }

    #[test]
    fn a_route_takes_as_long_as_the_search_says(Sample(map) in any_network(), picks in any_picks(2)) {
        let network = network(&map);
        let all = places(&map, &picks);
        let mut scratch = Scratch::default();
        let want = time_at(&network, &all[0], &all[1], Millis::MAX, Way::Out);
        let route = network.route(&mut scratch, &all[0], &all[1]);
        prop_assert_eq!(route.as_ref().map(|route| route.time), want);
        if let Some(route) = route {
            // The first and the last leg are rounded apart from the whole segment, so each may be a millisecond off.
            let sum: u32 = route.legs.iter().map(|leg| leg.time.0).sum();
            prop_assert!(sum.abs_diff(route.time.0) <= 2, "{route:?}");
            for pair in route.legs.windows(2) {
                prop_assert!(!ends_apart(&network, pair), "{pair:?}");
            }
        }
    }

    #[test]
    fn times_that_are_kept_are_those_of_the_search_and_lead_there(Sample(map) in any_network(), picks in any_picks(4), share in 0u32..=8) {
        let network = network(&map);
        let all = places(&map, &picks);
        let mut scratch = Scratch::default();
        let towards = network.towards(&mut scratch, all[0]);
        prop_assert_eq!(&network.towards_all(&all[..1])[0], &towards);
        // Each part of a segment is rounded by itself, and a place on it to the millimetre.
        let slowest = map.segment_ids().filter_map(|id| {
            let ms = network.time(id, crate::Along::Forward).max(network.time(id, crate::Along::Backward))?;
            Some(ms.0 / u32::try_from(map.segment(id).length.0.max(1)).unwrap())
        });
        let near = 5 + 2 * slowest.max().unwrap_or(0);
        for from in &all {
            let want = time_at(&network, from, &all[0], Millis::MAX, Way::Out);
            prop_assert_eq!(towards.time_from(&network, from), want);
            let drive = towards.drive(&network, from);
            prop_assert_eq!(drive.as_ref().map(crate::Drive::time), want);
            for limit in [Millis::MAX, Millis(4_000 * share)] {
                let read_off = network.reach(&mut scratch, &all[..1], limit, Way::In).drive(from);
                prop_assert_eq!(&read_off, &drive.clone().filter(|drive| drive.time() <= limit));
            }
            let Some(drive) = drive else { continue };
            let elapsed = Millis(drive.time().0 / 8 * share);
            if let Some(place) = drive.after(elapsed) {
                let rest = towards.time_from(&network, &network.point(place)).expect("a way leads on");
                prop_assert!(rest.0 <= drive.time().0 - elapsed.0 + near, "{rest} left of {drive:?} after {elapsed}");
                prop_assert!(rest.0 + near >= drive.time().0 - elapsed.0, "{rest} left of {drive:?} after {elapsed}");
            }
            prop_assert!(drive.done(elapsed) <= drive.length());
            prop_assert_eq!(drive.done(Millis::MAX), drive.length());
            if let Some(end) = drive.after(Millis::MAX) {
                prop_assert_eq!(towards.time_from(&network, &network.point(end)), Some(Millis::ZERO));
            }
        }
    }

    #[test]
    fn a_search_that_ends_early_tells_of_all_that_are_as_near(
        Sample(map) in any_network(), picks in any_picks(9), passing in 0usize..5, count in 1usize..4, limit in any_limit(),
    ) {
        let network = network(&map);
        let all = places(&map, &picks);
        let (mut scratch, place) = (Scratch::default(), [all[0]]);
        let towards = network.towards(&mut scratch, all[0]);
        let mut stands = Stands::new(&network);
        let numbered: Vec<(u32, Snap)> = (1..).zip(all[1..].iter().copied()).collect();
        let (pass, stand) = numbered.split_at(passing);
        // Where they stood before says nothing, nor do those who have left.
        for &(number, _) in &numbered {
            stands.come(&network, number, &all[0]);
        }
        for &(number, ref at) in stand {
            stands.leave(&network, number, &all[0]);
            stands.come(&network, number, at);
        }
        for &(number, _) in pass {
            stands.leave(&network, number, &all[0]);
        }
        for _ in 0..2 {
            let mut told: BTreeMap<u32, Millis> = BTreeMap::new();
            let reach = network.reach_standing(&mut scratch, &place, &stands, pass, limit, |number, time| {
                let least = told.entry(number).or_insert(time);
                *least = time.min(*least);
                let mut times: Vec<Millis> = told.values().copied().collect();
                times.sort_unstable();
                times.get(count - 1).copied().unwrap_or(Millis::MAX)
            });
            let known = reach.limit();
            told.retain(|_, time| *time <= known);
            for (number, from) in &numbered {
                let drive = towards.drive(&network, from).filter(|drive| drive.time() <= known);
                prop_assert_eq!(told.get(number).copied(), drive.as_ref().map(crate::Drive::time));
                prop_assert_eq!(reach.drive(from), drive);
            }
            let whole = known == limit.min(Millis(caps::SEARCH_LIMIT_MS));
            prop_assert!(whole || told.len() >= count, "{told:?} within {known}");
        }
    }

    #[test]
    fn nobody_goes_along_a_closed_segment(Sample(map) in any_network(), picks in any_picks(3)) {
        let network = network(&map);
        let all = places(&map, &picks);
        let closed = network.without(|segment| segment == all[2].segment);
        for id in map.segment_ids() {
            for along in [crate::Along::Forward, crate::Along::Backward] {
                let open = network.time(id, along).filter(|_| id != all[2].segment);
                prop_assert_eq!(closed.time(id, along), open);
            }
        }
        let want = time_at(&closed, &all[0], &all[1], Millis::MAX, Way::Out);
        let found = closed.route(&mut Scratch::default(), &all[0], &all[1]).map(|route| route.time);
        prop_assert_eq!(found, want);
    }

    #[test]
    fn what_every_way_costs_is_in_every_time_once(
        Sample(map) in any_network(), picks in any_picks(6), limit in any_limit(), start in 0u32..200_000, way in either_way(),
    ) {
        let plain = network(&map);
        let mut speeds = SpeedTable::as_imported();
        speeds.set_start_stop(Millis(start));
        let dear = plain.with(Profile::PoliceCar, &speeds, HourOfWeek::default(), |_| 0);
        let later = |time: Millis| time.saturating_add(Millis(start));
        let (all, mut scratch) = (places(&map, &picks), Scratch::default());
        let (place, others) = (all[0], &all[1..]);
        let want: Vec<_> = plain.nearest_source(&mut scratch, others, limit, way).at(&place).into_iter()
            .map(|(time, source)| (later(time), source)).collect();
        let found = dear.nearest_source(&mut scratch, others, later(limit), way).at(&place);
        prop_assert_eq!(found.into_iter().collect::<Vec<_>>(), want);
        let want = plain.two_nearest(others, limit, way).at(&place).map(|one| one.map(|(time, source)| (later(time), source)));
        prop_assert_eq!(dear.two_nearest(others, later(limit), way).at(&place), want);
        let fleet = |network: &Network| Fleet::new(network, others.to_vec());
        for count in [2, 1_000] {
            let want: Vec<_> = plain.nearest_units(&mut scratch, &fleet(&plain), &place, count, limit).into_iter()
                .map(|(unit, time)| (unit, later(time))).collect();
            prop_assert_eq!(dear.nearest_units(&mut scratch, &fleet(&dear), &place, count, later(limit)), want);
        }
        let took = |network: &Network, scratch: &mut Scratch| network.route(scratch, &place, &others[0]);
        let (want, found) = (took(&plain, &mut scratch), took(&dear, &mut scratch));
        prop_assert_eq!(found.as_ref().map(|route| route.time), want.as_ref().map(|route| later(route.time)));
        prop_assert_eq!(found.map(|route| route.length()), want.map(|route| route.length()));
        let kept = |network: &Network, scratch: &mut Scratch| network.towards(scratch, others[0]).drive(network, &place);
        let (want, found) = (kept(&plain, &mut scratch), kept(&dear, &mut scratch));
        prop_assert_eq!(found.as_ref().map(crate::Drive::time), want.as_ref().map(|drive| later(drive.time())));
        for (plain, dear) in want.iter().zip(&found) {
            prop_assert_eq!(dear.after(later(Millis(2_500))), plain.after(Millis(2_500)));
            prop_assert_eq!(dear.done(later(Millis(2_500))), plain.done(Millis(2_500)));
        }
        let streets = |network: &Network, scratch: &mut Scratch, limit| network.reach(scratch, &all[1..2], limit, way).streets(limit);
        prop_assert_eq!(streets(&dear, &mut scratch, later(limit)), streets(&plain, &mut scratch, limit));
    }

    #[test]
    fn totals_count_what_each_node_reaches(Sample(map) in any_network(), limit in any_limit(), way in either_way(), seed in any::<u32>()) {
        let network = network(&map);
        let weights: Vec<u32> = map.node_ids().map(|node| seed.wrapping_mul(node.0 + 1) % 100).collect();
        let totals = network.totals(&weights, limit, way);
        let mut scratch = Scratch::default();
        for node in map.node_ids() {
            let reach = network.reach_from_nodes(&mut scratch, &[(node, Millis::ZERO)], limit, way);
            let sum: u64 = reach.nodes().map(|(node, _)| u64::from(weights[node.index()])).sum();
            prop_assert_eq!(totals[node.index()], sum);
        }
    }
}

/// Whether two legs that follow each other do not meet at a node.
fn ends_apart(network: &Network, pair: &[crate::Leg]) -> bool {
    let node = |leg: &crate::Leg, leaving: bool| {
        let ends = network.map().segment(leg.stretch.segment);
        if (leg.along == crate::Along::Forward) == leaving { ends.to } else { ends.from }
    };
    node(&pair[0], true) != node(&pair[1], false)
}
