//! Properties on random towns: times, cover and moves, each against asking everybody about everything.

use std::sync::Arc;

use precinct_base::{LonLat, Millis, PostId, UnitId};
use precinct_core::Vehicle;
use precinct_roads::{Scratch, Snap, SnapRules};
use proptest::prelude::*;

use super::oracle::time;
use super::town::{Town, corner, grid};
use crate::{
    Covered, DemandPoint, Field, MoveUpRules, Networks, Out, Placed, Places, PostPlace, joint,
    move_ups, recommend, soonest,
};

/// Street and thousandths along it.
type Spot = (usize, u64);

#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) streets: Vec<[[Option<u32>; 2]; 2]>,
    units: Vec<(Spot, bool, u8)>,
    demand: Vec<(Spot, u32, [u32; 3])>,
}

const ABILITIES: [&str; 3] = ["patrol", "armed", "first_aid"];

pub(super) fn any_plan() -> impl Strategy<Value = Plan> {
    let second = || prop_oneof![1 => Just(None), 9 => (1u32..90).prop_map(Some)];
    let times = || prop::array::uniform2(second());
    let spot = || (0usize..12, prop_oneof![Just(0u64), Just(1_000), 0u64..1_000]);
    let thresholds = prop::array::uniform3(0u32..150).prop_map(|mut all| {
        all.sort_unstable();
        all
    });
    (
        prop::collection::vec(prop::array::uniform2(times()), 12),
        prop::collection::vec((spot(), any::<bool>(), 0u8..8), 1..7),
        prop::collection::vec((spot(), 1u32..50, thresholds), 0..12),
    )
        .prop_map(|(streets, units, demand)| Plan { streets, units, demand })
}

pub(super) fn town(plan: &Plan) -> Town {
    let mut town = Town::new(grid(3, 3, |way| plan.streets[way]));
    for (id, &((way, share), drives, able)) in (1..).zip(&plan.units) {
        let vehicle = if drives { Vehicle::Car } else { Vehicle::Foot };
        let able = (0..3).filter(|i| able >> i & 1 == 1).map(|i| ABILITIES[i]);
        let able: Vec<&str> = able.collect();
        let at = town.on(way, share);
        town.unit(id, vehicle, &able, at);
    }
    for &((way, share), weight, seconds) in &plan.demand {
        let snap = town.on(way, share);
        town.demand.push(DemandPoint {
            snap,
            weight,
            thresholds: seconds.map(Millis::from_seconds),
        });
    }
    town
}

fn any_corner() -> impl Strategy<Value = LonLat> {
    (0u32..3, 0u32..3).prop_map(|(x, y)| corner(x, y))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_unit_has_the_time_of_a_plain_search(plan in any_plan(), at in any_corner()) {
        let mut town = town(&plan);
        let incident = town.open("noise", 3, at);
        let field = town.field();
        let told = recommend(&town.question(&field, incident), &mut Scratch::default());
        let rules = SnapRules { door: true, ..SnapRules::default() };
        let mut want: Vec<(u32, UnitId)> = Vec::new();
        let mut out: Vec<UnitId> = Vec::new();
        for (unit, snap) in town.free() {
            let network = town.network_of(unit).unwrap();
            match network.snap(at, &rules).map(|place| time(network, &snap, &place)) {
                None => want.push((u32::MAX, unit)),
                Some(Some(time)) => want.push((time.0, unit)),
                Some(None) => out.push(unit),
            }
        }
        want.sort_unstable();
        let found: Vec<(u32, UnitId)> = told.ranked.iter()
            .map(|ranked| (ranked.travel.map_or(u32::MAX, |time| time.0), ranked.unit)).collect();
        prop_assert_eq!(&found, &want);
        prop_assert_eq!(told.out.iter().map(|left| left.unit).collect::<Vec<_>>(), out);
        prop_assert!(told.out.iter().all(|left| left.why == Out::Unreachable));
        prop_assert_eq!(told.chosen.first(), want.first().map(|first| &first.1));
    }

    #[test]
    fn what_is_known_of_places_changes_no_answer(
        plan in any_plan(), at in prop::collection::vec(any_corner(), 2), room in prop_oneof![Just(0usize), Just(100), Just(1 << 20)],
        moved in (0usize..12, 0u64..1_000), passes in 0u8..64, doors in any::<bool>(), sent in 1u32..12,
    ) {
        let mut town = town(&plan);
        town.demand.clear();
        let incidents = [town.open("robbery", 1, at[0]), town.open("noise", 4, at[1])];
        if sent as usize <= plan.units.len() {
            town.send(incidents[1], sent);
        }
        let known = |networks| {
            let places = Places::new(networks, at.iter().copied(), room);
            Arc::new(if doors { places.with_doors(at.iter().copied()) } else { places })
        };
        let mut following = Field::following(known(town.networks.clone()));
        for (i, &placed) in town.placed.iter().enumerate() {
            // Where it was a while ago, some on the move.
            let before = Placed { snap: Some(town.on(moved.0, moved.1)), ..placed };
            let moves = |by: usize| passes >> ((i + by) % 6) & 1 == 1;
            for (placed, moves) in [(before, moves(0)), (before, moves(1)), (placed, moves(2))] {
                let told = if moves { following.pass(&town.state, placed) } else { following.put(&town.state, placed) };
                told.unwrap();
            }
        }
        let field = town.field();
        let mut scratch = Scratch::default();
        let cars = town.networks.each().next().map(|(_, cars)| Arc::new(cars.without(|_| false)));
        let cars = Networks::new(cars).unwrap();
        let mut by_car = Field::following(known(cars));
        for (i, &placed) in town.placed.iter().enumerate() {
            let moves = passes >> i & 1 == 1;
            let told = if moves { by_car.pass(&town.state, placed) } else { by_car.put(&town.state, placed) };
            told.unwrap();
        }
        for incident in incidents {
            let answers = [&field, &following].map(|field| recommend(&town.question(field, incident), &mut scratch));
            prop_assert_eq!(&answers[0], &answers[1]);
            for field in [&field, &following, &by_car] {
                let question = town.question(field, incident);
                let short = soonest(&question, &mut scratch);
                let whole = recommend(&question, &mut scratch);
                prop_assert_eq!(&short.needs, &whole.needs);
                let going: Vec<UnitId> = short.going.iter().map(|going| going.unit).collect();
                prop_assert_eq!(&going, &whole.chosen);
                let best = whole.ranked.first().filter(|_| !going.is_empty());
                prop_assert_eq!(short.best, best.and_then(|ranked| ranked.travel));
                for going in &short.going {
                    let ranked = whole.ranked.iter().find(|ranked| ranked.unit == going.unit);
                    prop_assert_eq!(Some(going.travel), ranked.map(|ranked| ranked.travel));
                    let drives = going.drive.as_ref().map(precinct_roads::Drive::time);
                    prop_assert!(drives.is_none() || drives == going.travel);
                }
            }
        }
        let together = [&field, &following].map(|field| {
            let questions = incidents.map(|incident| town.question(field, incident));
            joint(&questions, &mut scratch)
        });
        prop_assert_eq!(&together[0], &together[1]);
    }

    #[test]
    fn cover_is_what_asking_everybody_says(plan in any_plan(), at in any_corner()) {
        let mut town = town(&plan);
        let incident = town.open("robbery", 1, at);
        let field = town.field();
        let told = recommend(&town.question(&field, incident), &mut Scratch::default());
        let free = town.free();
        let without = |gone: &[UnitId]| {
            let rest: Vec<_> = free.iter().copied().filter(|(unit, _)| !gone.contains(unit)).collect();
            town.cover_by(&rest)
        };
        prop_assert_eq!(told.cover.before, without(&[]));
        prop_assert_eq!(told.cover.after, without(&told.chosen));
        for ranked in &told.ranked {
            prop_assert_eq!(told.effect(ranked).after, without(&[ranked.unit]), "{:?}", ranked);
        }
    }

    #[test]
    fn every_set_that_goes_leaves_what_asking_the_others_says(plan in any_plan(), gone in prop::collection::vec(any::<bool>(), 7)) {
        let town = town(&plan);
        let field = town.field();
        let free = town.free();
        let (mut slots, mut rest) = (Vec::new(), Vec::new());
        for (&entry, goes) in free.iter().zip(gone) {
            if goes { slots.push(field.slot_of(entry.0).unwrap() as u32) } else { rest.push(entry) }
        }
        slots.sort_unstable();
        let left = field.cover().without(field.networks(), &mut Scratch::default(), &slots);
        prop_assert_eq!(left, town.cover_by(&rest));
    }

    #[test]
    fn every_move_is_the_best_there_is(plan in any_plan(), threshold in 0usize..3) {
        let town = town(&plan);
        let posts: Vec<PostPlace> = [(7, corner(0, 0)), (8, corner(2, 1)), (9, corner(1, 2))]
            .into_iter().map(|(post, at)| PostPlace { post: PostId(post), at }).collect();
        let normal = Covered { within: [u64::MAX; 3], of: u64::MAX };
        let rules = MoveUpRules { threshold, ..MoveUpRules::default() };
        let moves = move_ups(&town.field(), &posts, normal, &[], rules, &mut Scratch::default());
        let (mut units, mut moved) = (town.free(), Vec::new());
        for round in 0..3 {
            let before = town.cover_by(&units);
            let best = best_move(&town, &units, &moved, &posts, threshold);
            let told = moves.get(round);
            prop_assert_eq!(told.map(|one| (-(one.gained as i64) + one.cost as i64, one.unit, one.post)),
                            best.map(|(loss, _, unit, post)| (loss, unit, post)));
            let Some(told) = told else { break };
            let stays = best.map(|best| best.1).filter(|&ms| ms != u32::MAX);
            prop_assert_eq!(told.travel, stays.map(Millis));
            let post = posts.iter().find(|post| post.post == told.post).unwrap();
            let unit = units.iter_mut().find(|(unit, _)| *unit == told.unit).unwrap();
            unit.1 = town.network_of(told.unit).unwrap().snap(post.at, &SnapRules::default()).unwrap();
            prop_assert_eq!((told.effect.before, told.effect.after), (before, town.cover_by(&units)));
            moved.push(told.unit);
        }
    }
}

/// The best move of anybody who has not moved to any post, by trying each: what is lost by it (less than nothing), its time, unit, post.
fn best_move(
    town: &Town,
    units: &[(UnitId, Snap)],
    moved: &[UnitId],
    posts: &[PostPlace],
    threshold: usize,
) -> Option<(i64, u32, UnitId, PostId)> {
    let before = town.cover_by(units).within[threshold] as i64;
    let mut all = Vec::new();
    for (i, &(unit, at)) in units.iter().enumerate().filter(|(_, (unit, _))| !moved.contains(unit))
    {
        let network = town.network_of(unit).unwrap();
        for post in posts {
            let Some(snap) = network.snap(post.at, &SnapRules::default()) else { continue };
            let mut then = units.to_vec();
            then[i].1 = snap;
            let after = town.cover_by(&then).within[threshold] as i64;
            let ms = time(network, &at, &snap).map_or(u32::MAX, |time| time.0);
            all.push((before - after, ms, unit, post.post));
        }
    }
    all.into_iter().filter(|one| one.0 < 0).min()
}
