//! Units: described, out of service and back, lent.

use precinct_base::{AreaId, PostId, UnitId};
use precinct_core::event::UnitSet;
use precinct_core::{Doing, Duty, Loan, Order, Step, Tour, Vehicle};

use crate::city::{City, approval, code, member, minutes, names, unit};

fn loan(id: u32) -> Loan {
    Loan {
        unit: UnitId(id),
        call_sign: "Harbour 2".to_owned(),
        force: code("guard"),
        capabilities: vec![code("patrol"), code("boat"), code("patrol")],
        vehicle: Vehicle::Boat,
        area: AreaId(1),
        approval: approval(minutes(60)),
    }
}

#[test]
fn a_unit_is_described_with_what_the_catalogue_knows() {
    let mut city = City::on_duty();
    let with = |change: fn(&mut UnitSet)| {
        let mut set = unit(9);
        change(&mut set);
        Order::SetUnit(set)
    };
    city.no(with(|unit| unit.call_sign.clear()), "the unit has no name");
    city.no(with(|unit| unit.call_sign = "x".repeat(257)), "257 bytes and may have 256");
    city.no(with(|unit| unit.force = code("army")), "army is not among the forces");
    city.no(
        with(|unit| unit.capabilities.push(code("flight"))),
        "flight is not among the capabilities",
    );
    city.no(with(|unit| unit.area = AreaId(9)), "there is no area 9");
    city.no(with(|unit| unit.home = Some(PostId(9))), "there is no post 9");
    city.no(with(|unit| unit.members[0].force = code("army")), "army is not among the forces");
    city.no(with(|unit| unit.members.push(member(9))), "C9 is named twice");
    city.no(with(|unit| unit.members = (0..65).map(member).collect()), "more than 64 members");
    city.ok(with(|unit| {
        unit.capabilities = vec![code("traffic"), code("armed"), code("traffic")];
        unit.members = vec![member(2), member(1)];
        unit.home = Some(PostId(1));
    }));
    let described = &city.state.units()[&UnitId(9)];
    assert_eq!(described.capabilities, [code("armed"), code("traffic")]);
    assert_eq!(described.members, [member(1), member(2)]);
    assert_eq!((described.duty, described.doing(), described.task()), (Duty::Off, None, None));
    // Described anew while it has a task, it keeps it.
    let incident = city.open("noise");
    city.send(incident, 1);
    city.ok(Order::SetUnit(unit(1)));
    assert_eq!(city.state.units()[&UnitId(1)].task(), Some(incident));
}

#[test]
fn a_unit_goes_out_of_service_and_comes_back() {
    let mut city = City::on_duty();
    let out = |id, reason: &str| Order::TakeOut { unit: UnitId(id), reason: code(reason) };
    let back = |id| Order::BringBack { unit: UnitId(id) };
    city.no(out(9, "fuel"), "there is no unit 9");
    city.no(out(1, "nonsense"), "not among the reasons");
    city.no(back(1), "unit 1 is not out of service");
    city.ok(out(1, "fuel"));
    assert_eq!(city.state.units()[&UnitId(1)].doing(), Some(Doing::Out(code("fuel"))));
    city.no(out(1, "meal"), "out of service (fuel)");
    city.ok(back(1));
    let incident = city.open("noise");
    city.send(incident, 1);
    city.no(out(1, "fuel"), "unit 1 is on I-1");
    city.no(back(1), "not out of service");
    city.ok(Order::SetUnit(unit(9)));
    city.no(out(9, "fuel"), "unit 9 is off duty");
    city.no(back(9), "unit 9 is off duty");
}

#[test]
fn a_lent_unit_works_until_its_time_and_finishes_its_task() {
    let mut city = City::on_duty();
    let with = |change: fn(&mut Loan)| {
        let mut loan = loan(70);
        change(&mut loan);
        Order::JoinAid(loan)
    };
    city.no(with(|loan| loan.unit = UnitId(1)), "there is a unit 1 already");
    city.no(with(|loan| loan.call_sign.clear()), "has no name");
    city.no(with(|loan| loan.area = AreaId(9)), "there is no area 9");
    city.no(with(|loan| loan.approval.lasts = minutes(0)), "may last from 1 minute");
    assert_eq!(names(&city.ok(with(|_| {}))), ["aid_joined"]);
    let lent = city.state.units()[&UnitId(70)].clone();
    assert_eq!(lent.capabilities, [code("boat"), code("patrol")]);
    assert!(
        lent.is_lent()
            && matches!(lent.duty, Duty::On { tour: Tour::Aid { approver, .. }, .. } if approver == code("D1"))
    );
    city.no(Order::SetUnit(unit(70)), "unit 70 is lent");
    city.no(Order::LeaveAid { unit: UnitId(1) }, "unit 1 is one of ours");
    city.no(Order::LeaveAid { unit: UnitId(99) }, "there is no unit 99");
    let incident = city.open("noise");
    city.pass(minutes(50));
    city.send(incident, 70);
    city.no(Order::LeaveAid { unit: UnitId(70) }, "unit 70 is on I-1");
    city.pass(minutes(60));
    assert!(city.state.units().contains_key(&UnitId(70)), "a task is finished first");
    city.step(incident, 70, Step::Clear);
    let gone = city.pass(minutes(0));
    assert_eq!(names(&gone), ["aid_left"]);
    assert!(!city.state.units().contains_key(&UnitId(70)));
    // One that is free by then goes when its time is up, and one may go before.
    city.ok(with(|_| {}));
    city.send(incident, 70);
    city.step(incident, 70, Step::Clear);
    assert!(!names(&city.pass(minutes(59))).contains(&"aid_left"));
    assert!(names(&city.pass(minutes(1))).contains(&"aid_left"));
    city.ok(with(|_| {}));
    city.ok(Order::LeaveAid { unit: UnitId(70) });
    assert!(!names(&city.pass(minutes(120))).contains(&"aid_left"));
}
