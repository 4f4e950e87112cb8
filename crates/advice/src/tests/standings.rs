//! Every way for a unit to be in or out, and what is recorded of an answer.

use std::sync::Arc;

use precinct_base::{AreaId, HourOfWeek, Millis, SegmentId, UnitId, caps};
use precinct_core::{IncidentId, Order, Step, Vehicle};
use precinct_roads::{Draft, Fingerprint, Network, Profile, RoadMap, Scratch, SpeedTable};

use super::town::{NOW, Town, code, corner, grid};
use crate::{
    ByHand, DemandPoint, Field, FieldError, LeftOut, Networks, Out, Question, Reason,
    Recommendation, Settings, Standing, recommend,
};

const MINUTE: Millis = Millis(60_000);

/// A street of ten corners, ten seconds from each to the next by car and a minute on foot.
fn street() -> Town {
    Town::new(grid(10, 1, |_| [[Some(10); 2], [Some(60); 2]]))
}

fn told(town: &Town, incident: IncidentId) -> Recommendation {
    let field = town.field();
    recommend(&town.question(&field, incident), &mut Scratch::default())
}

fn reasons(told: &Recommendation, unit: u32) -> Vec<Reason> {
    match told.standing(UnitId(unit)) {
        Some(Standing::In(ranked)) => ranked.reasons().collect(),
        other => panic!("unit {unit} is {other:?}"),
    }
}

fn out(told: &Recommendation, unit: u32) -> Out {
    match told.standing(UnitId(unit)) {
        Some(Standing::Out(why)) => why,
        other => panic!("unit {unit} is {other:?}"),
    }
}

#[test]
fn those_who_cannot_be_sent_are_told_why() {
    let mut town = street();
    let here = town.on(0, 0);
    for id in 2..=6 {
        town.unit(id, Vehicle::Car, &["patrol"], here);
    }
    town.describe(1, Vehicle::Car, 1, &["patrol"]);
    town.give(Order::TakeOut { unit: UnitId(2), reason: code("fuel") });
    town.unit(7, Vehicle::Car, &["dog"], here);
    let other = town.open("robbery", 1, corner(1, 0));
    let later = town.open("noise", 5, corner(1, 0));
    let incident = town.open("alarm_intrusion", 2, corner(9, 0));
    town.send(incident, 3);
    town.send(other, 4);
    town.send(later, 5);
    let told = told(&town, incident);
    assert_eq!(out(&told, 1), Out::OffDuty);
    assert_eq!(out(&told, 2), Out::OutOfService(code("fuel")));
    assert_eq!(out(&told, 3), Out::OnIt);
    assert_eq!(out(&told, 4), Out::AsUrgent(other));
    assert_eq!(reasons(&told, 5), [Reason::Nearest, Reason::PreEmpts(later)]);
    assert_eq!(reasons(&told, 6), []);
    assert_eq!(out(&told, 7), Out::Lacks { capability: code("patrol"), others: 0 });
    assert_eq!(told.standing(UnitId(8)), None);
    // The one that is on it is all that is needed.
    assert_eq!((told.chosen.len(), told.needs[0].met), (0, 1));
}

#[test]
fn a_unit_on_scene_stays_unless_the_rules_let_it_go() {
    let mut town = street();
    let here = town.on(0, 0);
    town.unit(1, Vehicle::Car, &["patrol"], here);
    let later = town.open("noise", 5, corner(1, 0));
    let incident = town.open("robbery", 1, corner(9, 0));
    town.send(later, 1);
    town.give(Order::Task { incident: later, unit: UnitId(1), step: Step::OnScene(None) });
    assert_eq!(out(&told(&town, incident), 1), Out::AsUrgent(later));
    let mut catalogue = town.state.catalogue().clone();
    catalogue.rules.preempt_on_scene = 4;
    town.give(Order::SetCatalogue(Box::new(catalogue)));
    assert_eq!(told(&town, incident).ranked[0].pre_empts, Some(later));
}

#[test]
fn those_who_can_be_sent_are_marked_with_what_is_to_be_known() {
    let mut town = street();
    let at = [1, 2, 3, 4].map(|way| town.on(way, 0));
    for (id, area, minutes, age) in
        [(1, 2, 480, Some(7 * 60_000)), (2, 3, 480, None), (3, 1, 12, Some(0)), (4, 2, 0, Some(0))]
    {
        town.describe(id, Vehicle::Car, area, &[]);
        town.begin(id, minutes.max(1));
        town.place(id, Some(at[id as usize - 1]), age.map(Millis));
    }
    let incident = town.open("noise", 5, corner(0, 0));
    let field = town.field();
    let mut question = town.question(&field, incident);
    let told = recommend(&question, &mut Scratch::default());
    assert_eq!(reasons(&told, 1), [Reason::Nearest, Reason::Stale(Millis::from_minutes(7))]);
    assert_eq!(reasons(&told, 2), [Reason::NeverSeen, Reason::OtherArea(AreaId(3))]);
    assert_eq!(reasons(&told, 3), [Reason::TourEnds(Millis::from_minutes(12))]);
    assert_eq!(reasons(&told, 4), [Reason::TourEnds(MINUTE)]);
    // Ranked by road all the same; and another limit calls nothing stale.
    assert_eq!(told.ranked.iter().map(|ranked| ranked.unit.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    question.settings.stale = Millis::from_minutes(7);
    question.settings.tour_margin = Millis::ZERO;
    question.now = NOW.later(Millis(50_000));
    let told = recommend(&question, &mut Scratch::default());
    assert_eq!(reasons(&told, 1), [Reason::Nearest]);
    assert_eq!(reasons(&told, 4), [Reason::TourEnds(Millis(10_000))], "it takes forty seconds");
    assert_eq!(reasons(&told, 3), []);
}

#[test]
fn what_roads_cannot_tell_is_left_to_a_person_and_comes_last() {
    let mut town = street();
    let here = town.on(8, 1_000);
    town.unit(9, Vehicle::Car, &[], here);
    for (id, vehicle) in
        [(1, Vehicle::Boat), (2, Vehicle::Car), (3, Vehicle::Bicycle), (4, Vehicle::Car)]
    {
        town.describe(id, vehicle, 1, &[]);
        town.begin(id, 480);
    }
    town.place(1, None, Some(Millis(0)));
    town.place(3, None, Some(Millis(0)));
    town.place(4, None, Some(Millis(0)));
    let incident = town.open("noise", 5, corner(0, 0));
    let answer = told(&town, incident);
    let by_hand = |unit| {
        let Some(Standing::In(ranked)) = answer.standing(UnitId(unit)) else { panic!("{unit}") };
        (ranked.rank, ranked.by_hand)
    };
    assert_eq!(by_hand(9), (0, None));
    assert_eq!(by_hand(1), (1, Some(ByHand::NoNetwork)));
    assert_eq!(by_hand(2), (2, Some(ByHand::NoPlace)));
    assert_eq!(by_hand(3), (3, Some(ByHand::NoNetwork)));
    assert_eq!(by_hand(4), (4, Some(ByHand::NoPlace)));
    assert_eq!(
        (answer.chosen.as_slice(), answer.ranked[0].travel),
        (&[UnitId(9)][..], Some(Millis(90_000)))
    );
    // Far from any road, nobody has a time.
    let far = town.open("noise", 5, corner(0, 900));
    let answer = told(&town, far);
    assert_eq!(
        answer.ranked.iter().map(|ranked| ranked.unit.0).collect::<Vec<_>>(),
        [1, 2, 3, 4, 9]
    );
    assert_eq!(answer.ranked[4].by_hand, Some(ByHand::OffRoad));
}

#[test]
fn who_is_too_far_is_out() {
    let mut town = street();
    for (id, way) in [(1, 2), (2, 7)] {
        let at = town.on(way, 0);
        town.unit(id, Vehicle::Car, &[], at);
    }
    let incident = town.open("noise", 5, corner(0, 0));
    let field = town.field();
    let mut question = town.question(&field, incident);
    question.settings = Settings { limit: Millis(20_000), ..Settings::default() };
    let told = recommend(&question, &mut Scratch::default());
    assert_eq!(told.ranked.iter().map(|ranked| ranked.unit.0).collect::<Vec<_>>(), [1]);
    assert_eq!(told.out, [LeftOut { unit: UnitId(2), why: Out::Beyond(Millis(20_000)) }]);
}

#[test]
fn a_place_and_a_kind_are_enough_to_ask() {
    let mut town = street();
    let at = town.on(1, 0);
    town.unit(1, Vehicle::Car, &["armed", "patrol"], at);
    let field = town.field();
    let question = Question {
        state: &town.state,
        field: &field,
        at: corner(4, 0),
        area: AreaId(3),
        kind: code("weapon"),
        priority: precinct_core::Priority::HIGHEST,
        incident: None,
        now: NOW,
        settings: Settings::default(),
    };
    let told = recommend(&question, &mut Scratch::default());
    // One unit fills one place, though it could fill either.
    let (units, met) =
        told.needs.iter().fold((0, 0), |sum, need| (sum.0 + need.units, sum.1 + need.met));
    assert_eq!((units, met), (3, 1));
    assert_eq!(told.chosen, [UnitId(1)]);
}

#[test]
fn what_is_recorded_tells_what_a_choice_cost() {
    let mut town = street();
    let count = caps::CANDIDATES as u32 + 6;
    for id in 1..=count {
        let at = town.on(8, u64::from(id) * 10);
        town.unit(id, Vehicle::Car, &[], at);
    }
    let incident = town.open("noise", 5, corner(9, 0));
    let told = told(&town, incident);
    let advice = |unit| told.advice(UnitId(unit), code("r1"), code("p1"));
    let (nearest, third) = (advice(count), advice(count - 2));
    assert_eq!((nearest.rank, nearest.regret()), (Some(0), Some(Millis::ZERO)));
    // Each stands a hundredth of ten seconds behind the next.
    assert_eq!((third.rank, third.regret()), (Some(2), Some(Millis(200))));
    assert_eq!(third.candidates.len(), caps::CANDIDATES);
    let last = advice(1);
    assert_eq!((last.candidates.len(), last.rank), (caps::CANDIDATES, Some(63)));
    assert_eq!(last.regret(), Some(Millis((count - 1) * 100)));
    let nobody = advice(999);
    assert_eq!((nobody.rank, nobody.regret()), (None, None));
    // The core takes it as it is.
    let step = Step::Dispatch(Some(Box::new(last)));
    town.give(Order::Task { incident, unit: UnitId(1), step });
}

#[test]
fn a_field_refuses_what_is_not_on_its_map() {
    let mut town = street();
    let here = town.on(0, 0);
    town.unit(1, Vehicle::Car, &[], here);
    let mut nowhere = here;
    nowhere.segment = SegmentId(9_999);
    let field = |town: &Town, demand: Vec<DemandPoint>| {
        Field::new(&town.state, town.networks.clone(), &town.placed, &Arc::from(demand)).map(|_| ())
    };
    let point = DemandPoint { snap: nowhere, weight: 1, thresholds: [MINUTE; 3] };
    assert_eq!(field(&town, vec![point]), Err(FieldError::Demand { index: 0 }));
    town.place(1, Some(here), None);
    assert_eq!(field(&town, Vec::new()), Err(FieldError::Twice { unit: UnitId(1) }));
    town.placed[1] = crate::Placed { unit: UnitId(2), snap: Some(nowhere), fix_age: None };
    assert_eq!(field(&town, Vec::new()), Err(FieldError::Place { unit: UnitId(2) }));
    town.placed[1].snap = Some(here);
    assert_eq!(field(&town, Vec::new()), Ok(()), "a unit the city does not have is left out");
    let map = Arc::new(RoadMap::build(&Draft::default(), Fingerprint::default()).unwrap());
    let (table, hour) = (SpeedTable::as_imported(), HourOfWeek::default());
    let other = Arc::new(Network::new(map, Profile::Bicycle, &table, hour));
    let own = Arc::new(town.networks.get(Profile::Foot).unwrap().with(
        Profile::Foot,
        &table,
        hour,
        |_| 0,
    ));
    let refused = Networks::new([own, other]).unwrap_err().to_string();
    assert!(refused.contains("for bicycle is not over the same road map"), "{refused}");
}
