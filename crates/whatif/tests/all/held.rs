//! Calls that are kept for a crew of their own area, and calls that are called off.

use precinct_base::{AreaId, AreaLevel, Millis};
use precinct_whatif::{
    Arm, Behaviour, Call, Plan, Policy, Recorded, Returning, Settings, answers, called_off, watch,
};

use crate::town::{at_once, busy_day, call, corner, lasting, piece, plan, town};

const MINUTE: i64 = 60_000;

/// A crew of another district round the corner, and one of the own far away.
fn two_districts() -> (precinct_whatif::Town, Plan) {
    let mut town = town();
    let mut other = town.areas[1].clone();
    (other.area, other.level) = (AreaId(2), AreaLevel::District);
    town.areas.push(other);
    let mut plan = plan(&[((0, 0), 1), ((7, 7), 1)]);
    plan.crews[0].unit.area = AreaId(2);
    (town, plan)
}

/// Unit and minutes until it was sent, for calls in the district of the second crew.
fn sent(policy: &str, calls: Vec<Call>) -> Vec<(u32, u32)> {
    let (town, plan) = two_districts();
    let policy = Policy::named(policy).unwrap();
    let arm = Arm { name: String::new(), plan, policy, shadow: None };
    let behaviour = Behaviour { returning: Returning::Busy, ..at_once() };
    let piece = piece(12 * 60 * MINUTE, calls);
    let told = answers(&town, &behaviour, &piece, &arm, 1, Settings::default()).unwrap();
    let one = |call: &precinct_whatif::Answered| {
        (call.unit.unwrap().0, call.dispatched.unwrap().0 / MINUTE as u32)
    };
    told.calls.iter().map(one).collect()
}

#[test]
fn what_is_not_urgent_is_kept_for_a_crew_of_its_district() {
    let near = |number, minute, priority, stay| {
        let call = call(number, minute * MINUTE, "noise", priority, corner(1, 0));
        lasting(stay * MINUTE as u32, call)
    };
    let one = |priority| vec![near(1, 10, priority, 5)];
    assert_eq!(sent("closest", one(4)), [(1, 0)]);
    assert_eq!(sent("own-district", one(4)), [(2, 0)], "the own crew, though farther");
    assert_eq!(sent("own-district", one(1)), [(1, 0)], "life in danger waits for nobody");
    let busy = |stay| vec![near(1, 10, 4, stay), near(2, 15, 4, 5)];
    let told = sent("own-district", busy(20));
    assert!(told[1].0 == 2 && (18..24).contains(&told[1].1), "kept until it is back: {told:?}");
    assert_eq!(sent("own-district", busy(90))[1], (1, 30), "and no longer than half an hour");
}

#[test]
fn as_many_are_called_off_as_the_record_says_and_the_same_under_every_plan() {
    let town = town();
    let record = busy_day(5, 600);
    let mut calls = record.calls.to_vec();
    for (number, call) in calls.iter_mut().enumerate() {
        // Nobody came to any of the least urgent, nor to every third of the others.
        let nobody = call.priority.number() == 5 || number % 3 == 0;
        call.there = (!nobody).then_some(Millis(1));
        call.crews = vec![Recorded { turnout: None, stay: Some(Millis(60_000)) }];
    }
    let shares = called_off(&calls);
    assert!(shares[4] == 1_000 && (200..450).contains(&shares[0]), "{shares:?}");
    assert_eq!(called_off(&record.calls), [0; 5], "a record that tells of nobody tells nothing");
    let behaviour = Behaviour { called_off: shares, ..Behaviour::default() };
    let piece = precinct_whatif::Piece { calls: calls.into(), ..record };
    let nobody = |posts: &[((u32, u32), u32)]| -> Vec<bool> {
        let arm =
            Arm { name: String::new(), plan: plan(posts), policy: Policy::Closest, shadow: None };
        let told = watch(&town, &behaviour, &piece, &arm, 3, Settings::default(), &mut |_| {});
        told.unwrap().calls.iter().map(|call| call.sent == 0).collect()
    };
    let (one, other) = (nobody(&[((0, 0), 9), ((6, 6), 9)]), nobody(&[((3, 3), 30)]));
    assert_eq!(one, other);
    for (priority, &share) in (1..).zip(&shares) {
        let of = piece.calls.iter().zip(&one);
        let of = of.filter(|(call, _)| call.priority.number() == priority && !call.is_found());
        let (all, off) = of.fold((0, 0), |(all, off), (_, &one)| (all + 1, off + u32::from(one)));
        let expected = all * u32::from(share) / 1_000;
        assert!(off.abs_diff(expected) <= 4 + all / 8, "{priority}: {off} of {all}, {share}");
    }
}
