//! The answers by plain searches over whole networks, which share nothing with what they check.

use std::collections::{BTreeMap, BTreeSet};

use precinct_advice::{Covered, Networks, Question, Recommendation};
use precinct_base::{Millimetres, UnitId};
use precinct_bench::baseline::{Csr, Plain};
use precinct_core::Vehicle;
use precinct_roads::{Along, Network, Profile, Snap, SnapRules, Way};

use super::town::Town;

/// The ends of a place's street: node, and milliseconds from the place to it and from it to the place.
fn ends(network: &Network, place: &Snap) -> [(u32, Option<u32>, Option<u32>); 2] {
    let street = network.map().segment(place.segment);
    let (whole, before) = (street.length, place.offset);
    let after = Millimetres(whole.0 - before.0);
    let part = |along, stretch: Millimetres| match stretch.0 {
        0 => Some(0),
        mm => Some(network.time(place.segment, along)?.share(mm as u32, whole.0 as u32).0),
    };
    let (there, back) = (Along::Forward, Along::Backward);
    [
        (street.from.0, part(back, before), part(there, before)),
        (street.to.0, part(there, after), part(back, after)),
    ]
}

/// Milliseconds from one place to another along one street.
fn straight(network: &Network, from: &Snap, to: &Snap) -> Option<u32> {
    let gap = from.offset.0.abs_diff(to.offset.0) as u32;
    if from.segment != to.segment || gap == 0 {
        return (from.segment == to.segment).then_some(0);
    }
    let along = if to.offset > from.offset { Along::Forward } else { Along::Backward };
    let whole = network.map().segment(from.segment).length.0 as u32;
    Some(network.time(from.segment, along)?.share(gap, whole).0)
}

fn goes(vehicle: Vehicle) -> Profile {
    if vehicle == Vehicle::Foot { Profile::Foot } else { Profile::PoliceCar }
}

/// Every profile's arcs one way.
fn all_arcs(networks: &Networks, way: Way) -> BTreeMap<Profile, Csr> {
    networks.each().map(|(profile, network)| (profile, Csr::in_order(network, way))).collect()
}

/// Holds every unit's time and rank against a plain search from each incident.
pub(super) fn rankings(town: &Town, questions: &[Question<'_>], told: &[Recommendation]) {
    let back = all_arcs(&town.networks, Way::In);
    let rules = SnapRules { door: true, ..SnapRules::default() };
    for (question, told) in questions.iter().zip(told) {
        let mut truth: BTreeMap<UnitId, u32> = BTreeMap::new();
        for (profile, network) in town.networks.each() {
            let Some(place) = network.snap(question.at, &rules) else { continue };
            let mut plain = Plain::new(&back[&profile]);
            let seeds = ends(network, &place);
            let seeds: Vec<(u32, u32)> =
                seeds.iter().filter_map(|&(node, _, to)| Some((node, to?))).collect();
            plain.by_heap_from(&back[&profile], &seeds, u32::MAX / 2);
            for placed in &town.placed {
                let (Some(snap), unit) = (placed.snap, &town.state.units()[&placed.unit]) else {
                    continue;
                };
                if goes(unit.vehicle) == profile {
                    let by_ends = ends(network, &snap)
                        .into_iter()
                        .filter_map(|(node, out, _)| Some(plain.time(node)? + out?));
                    let time = by_ends.chain(straight(network, &snap, &place)).min();
                    truth.extend(time.map(|time| (placed.unit, time)));
                }
            }
        }
        assert!(!told.ranked.is_empty() && told.ranked.len() + told.out.len() == town.placed.len());
        for ranked in told.ranked.iter().filter(|ranked| ranked.by_hand.is_none()) {
            assert_eq!(
                ranked.travel.map(|time| time.0),
                truth.get(&ranked.unit).copied(),
                "{ranked:?}"
            );
        }
        let order =
            |i: usize| (told.ranked[i].travel.map_or(u32::MAX, |time| time.0), told.ranked[i].unit);
        assert!((1..told.ranked.len()).all(|i| order(i - 1) < order(i)), "in order");
    }
}

/// Holds cover before and after against plain searches from all who are left.
pub(super) fn covers(town: &Town, told: &[Recommendation]) {
    let out = all_arcs(&town.networks, Way::Out);
    for told in told {
        assert_eq!(told.cover.before, cover(town, &out, &BTreeSet::new()), "cover before");
        let gone: BTreeSet<UnitId> = told.chosen.iter().copied().collect();
        assert_eq!(told.cover.after, cover(town, &out, &gone), "cover after");
        let first = &told.ranked[0];
        let alone = cover(town, &out, &BTreeSet::from([first.unit]));
        assert_eq!(told.effect(first).after, alone, "cover without the first");
    }
}

fn cover(town: &Town, out: &BTreeMap<Profile, Csr>, gone: &BTreeSet<UnitId>) -> Covered {
    let mut best = vec![u32::MAX; town.demand.len()];
    for (profile, network) in town.networks.each() {
        let free = town.placed.iter().filter(|placed| {
            !gone.contains(&placed.unit)
                && town.free(placed.unit).is_some_and(|how| goes(how) == profile)
        });
        let places: Vec<Snap> = free.filter_map(|placed| placed.snap).collect();
        let seeds = places.iter().flat_map(|place| ends(network, place));
        let seeds: Vec<(u32, u32)> =
            seeds.filter_map(|(node, out, _)| Some((node, out?))).collect();
        let mut plain = Plain::new(&out[&profile]);
        plain.by_heap_from(&out[&profile], &seeds, 400_000);
        let mut own: BTreeMap<u32, Vec<&Snap>> = BTreeMap::new();
        for place in &places {
            own.entry(place.segment.0).or_default().push(place);
        }
        for (best, point) in best.iter_mut().zip(town.demand.iter()) {
            let by_ends = ends(network, &point.snap)
                .into_iter()
                .filter_map(|(node, _, to)| Some(plain.time(node)? + to?));
            let here = own.get(&point.snap.segment.0).into_iter().flatten();
            let here = here.filter_map(|place| straight(network, place, &point.snap));
            *best = by_ends.chain(here).min().unwrap_or(u32::MAX).min(*best);
        }
    }
    let mut covered = Covered::default();
    for (ms, point) in best.into_iter().zip(town.demand.iter()) {
        covered.of += u64::from(point.weight);
        for (within, threshold) in covered.within.iter_mut().zip(point.thresholds) {
            *within += u64::from(point.weight) * u64::from(ms <= threshold.0);
        }
    }
    covered
}
