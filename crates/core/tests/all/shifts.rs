//! Tours of duty: planned by the rules of rest, begun in time, ended without a task.

use precinct_base::{Millis, Timestamp, UnitId};
use precinct_core::event::ShiftPlanned;
use precinct_core::{Doing, Duty, Fact, Order, ShiftId, Step};

use crate::city::{City, HOUR, code, member, minutes, names, unit};

fn ready() -> City {
    let mut city = City::empty();
    city.ok(Order::SetUnit(unit(1)));
    city.ok(Order::SetUnit(unit(2)));
    city
}

#[test]
fn a_tour_is_planned_begun_and_ended() {
    let mut city = ready();
    city.ok(Order::PlanShift(city.tour(1, 1, 0, 8)));
    let start = Order::StartShift { shift: ShiftId(1) };
    let end = Order::EndShift { shift: ShiftId(1) };
    let cancel = Order::CancelShift { shift: ShiftId(1), reason: code("illness") };
    city.no(end.clone(), "tour S-1 has not begun");
    assert_eq!(names(&city.ok(start.clone())), ["shift_started"]);
    assert_eq!(city.state.shifts()[&ShiftId(1)].began, Some(city.at));
    assert_eq!(city.state.on_duty().collect::<Vec<_>>(), [(code("C1"), ShiftId(1))]);
    assert_eq!(city.state.units()[&UnitId(1)].doing(), Some(Doing::Available));
    city.no(start, "tour S-1 has begun");
    city.no(cancel.clone(), "tour S-1 has begun");
    let incident = city.open("noise");
    city.send(incident, 1);
    city.no(end.clone(), "unit 1 is on I-1");
    city.step(incident, 1, Step::Clear);
    city.ok(end.clone());
    assert_eq!(city.state.units()[&UnitId(1)].duty, Duty::Off);
    assert_eq!((city.state.shifts().len(), city.state.on_duty().count()), (0, 0));
    city.no(end, "there is no tour S-1");
    city.no(cancel, "there is no tour S-1");
}

#[test]
fn a_tour_that_makes_no_sense_is_refused() {
    let mut city = ready();
    let with = |city: &City, change: fn(&mut ShiftPlanned)| {
        let mut plan = city.tour(1, 1, 0, 8);
        change(&mut plan);
        Order::PlanShift(plan)
    };
    city.no(with(&city, |plan| plan.unit = UnitId(9)), "there is no unit 9");
    city.no(with(&city, |plan| plan.ends = plan.starts), "must end after it starts");
    city.no(
        with(&city, |plan| plan.ends.0 = plan.starts.0 + 7 * 24 * i64::from(HOUR) + 1),
        "within seven days",
    );
    city.no(with(&city, |plan| plan.members.clear()), "has no members");
    city.no(with(&city, |plan| plan.members.push(member(1))), "C1 is named twice");
    city.ok(with(&city, |_| {}));
    city.no(with(&city, |_| {}), "there is a tour S-1 already");
    let reason = code("nonsense");
    city.no(Order::CancelShift { shift: ShiftId(1), reason }, "not among the reasons");
    city.ok(Order::CancelShift { shift: ShiftId(1), reason: code("illness") });
    assert!(city.state.shifts().is_empty());
    // Nothing is left of it: the same time can be planned again.
    city.ok(with(&city, |_| {}));
}

#[test]
fn rest_is_kept_unless_somebody_waives_it_and_is_named() {
    let mut city = ready();
    city.ok(Order::PlanShift(city.tour(1, 1, 0, 8)));
    let plan = |city: &City, from, hours, waived: Option<&str>| {
        let waived = waived.map(code);
        Order::PlanShift(ShiftPlanned { waived, ..city.tour(2, 1, from, hours) })
    };
    city.no(plan(&city, 7, 8, Some("D1")), "C1 has another tour at that time");
    city.no(plan(&city, 18, 8, None), "C1 would rest 600:00.0 between tours");
    city.no(plan(&city, 24, 13, None), "the tour would last 780:00.0");
    let recorded = |facts: Vec<Fact>| match &facts[..] {
        [Fact::ShiftPlanned(plan)] => plan.waived,
        other => panic!("{other:?}"),
    };
    let waived = city.ok(plan(&city, 18, 8, Some("D1")));
    assert_eq!(recorded(waived), Some(code("D1")));
    city.ok(Order::CancelShift { shift: ShiftId(2), reason: code("other") });
    let kept = city.ok(plan(&city, 19, 8, Some("D1")));
    assert_eq!(recorded(kept), None, "nothing was waived");
    // 60 hours in any seven days.
    for n in 0..4_u32 {
        let tour = city.tour(10 + n, 1, 40 + i64::from(n) * 24, 11);
        city.ok(Order::PlanShift(tour));
    }
    let tour = city.tour(20, 1, 136, 11);
    city.no(Order::PlanShift(tour), "in seven days, and 3600:00.0 is the most");
}

#[test]
fn a_tour_begins_in_its_time_with_people_who_are_free() {
    let mut city = ready();
    city.ok(Order::PlanShift(city.tour(1, 1, 2, 8)));
    let start = |n| Order::StartShift { shift: ShiftId(n) };
    city.no(start(1), "30:00.0 before its start at the earliest");
    city.no(start(9), "there is no tour S-9");
    city.pass(minutes(90));
    city.ok(start(1));
    // The unit is on duty, and so is its member.
    let mut other = city.tour(2, 1, 9, 1);
    other.members = vec![member(5)];
    other.starts = city.at.wall;
    city.ok(Order::PlanShift(other));
    city.no(start(2), "unit 1 is on duty already");
    let mut other = city.tour(3, 2, 20, 4);
    other.members = vec![member(1)];
    city.ok(Order::PlanShift(other));
    city.pass(minutes(60 * 20));
    city.no(start(3), "C1 is on duty in tour S-1");
    // The first overran: its member is not rested now.
    city.ok(Order::EndShift { shift: ShiftId(1) });
    city.no(start(3), "C1 would rest 0:00.0");
    city.pass(minutes(60 * 4));
    city.no(start(3), "was to end before now");
}

#[test]
fn tours_are_kept_by_running_time_when_the_calendar_jumps() {
    let mut city = ready();
    city.ok(Order::PlanShift(city.tour(1, 1, 0, 8)));
    city.ok(Order::StartShift { shift: ShiftId(1) });
    city.pass(minutes(60));
    // The calendar was two years ahead and is set right.
    city.at.wall.0 -= 2 * 365 * 24 * i64::from(HOUR);
    city.ok(Order::EndShift { shift: ShiftId(1) });
    let plan = city.tour(2, 1, 10, 8);
    city.no(Order::PlanShift(plan), "C1 would rest 600:00.0");
    let plan = city.tour(2, 1, 11, 8);
    city.ok(Order::PlanShift(plan));
    // What is older than a week is forgotten.
    city.ok(Order::CancelShift { shift: ShiftId(2), reason: code("other") });
    for n in 3..6 {
        city.pass(minutes(60 * 24 * 8));
        city.ok(Order::PlanShift(city.tour(n, 1, 0, 8)));
        city.ok(Order::StartShift { shift: ShiftId(n) });
        city.pass(minutes(60));
        city.ok(Order::EndShift { shift: ShiftId(n) });
    }
    let json = serde_json::to_value(&city.state).unwrap();
    assert_eq!(json["tours"]["C1"]["ended"].as_array().unwrap().len(), 1);
    assert_eq!(Timestamp(0).since(Timestamp(0)), Some(Millis(0)));
}

/// Unit 70 comes from elsewhere.
fn lend(city: &mut City) {
    city.ok(Order::JoinAid(precinct_core::Loan {
        unit: UnitId(70),
        call_sign: "H".to_owned(),
        force: code("guard"),
        capabilities: Vec::new(),
        vehicle: precinct_core::Vehicle::Car,
        area: precinct_base::AreaId(1),
        approval: crate::city::approval(minutes(60)),
    }));
}

#[test]
fn a_lent_unit_has_its_tours_from_elsewhere() {
    let mut city = ready();
    lend(&mut city);
    let plan = city.tour(1, 70, 0, 8);
    city.no(Order::PlanShift(plan), "unit 70 is lent");
}

#[test]
fn when_a_tour_began_is_known_of_who_is_on_one() {
    let mut city = City::on_duty();
    let began = city.state.began(UnitId(1));
    assert!(began.is_some_and(|began| began <= city.at.wall));
    lend(&mut city);
    assert_eq!(city.state.began(UnitId(70)), None, "it is lent, and its tours are elsewhere");
    let shift = crate::city::tour_of(&city, 1);
    city.ok(Order::EndShift { shift });
    assert_eq!((city.state.began(UnitId(1)), city.state.began(UnitId(99))), (None, None));
}
