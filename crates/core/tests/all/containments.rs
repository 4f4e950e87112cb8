//! Holding points round an incident: who is sent where, and that nobody stays anywhere when it is over.

use precinct_base::{Millis, NodeId, Timestamp, UnitId};
use precinct_core::{
    Approval, Assignment, Clock, ContainmentId, ContainmentOrder, Destination, Fact, IncidentId,
    Order, Role, SealPlan, SealPoint, SealProof, Stage, Step, Timer, Title, Travels,
};

use crate::city::{City, approval, at, code, minutes, names, tour_of};

fn point(east: i32, unit: Option<u32>) -> SealPoint {
    SealPoint {
        point: 0,
        at: at(east),
        node: NodeId(east.unsigned_abs()),
        title: Title::default(),
        unit: unit.map(UnitId),
        fix_age: unit.map(|_| Millis(4_000)),
        arrival: unit.map(|_| Millis(90_000)),
        quarry: Millis(120_000),
    }
}

/// A plan of points, each so far east and held by a unit or by nobody.
pub(crate) fn plan(points: &[(i32, Option<u32>)]) -> SealPlan {
    SealPlan {
        points: points.iter().map(|&(east, unit)| point(east, unit)).collect(),
        sealed: points.iter().all(|point| point.1.is_some()),
        proof: SealProof::Fewest,
        least: 1,
        travels: Travels::Car,
        left: Timestamp(1_790_000_000_000),
        roads: code("r1"),
        posts: code("seq-1"),
    }
}

fn begin(incident: IncidentId, plan: SealPlan, lasts: u32) -> Order {
    let (reason, approval) = (code("sealed_area"), approval(minutes(lasts)));
    let plan = Box::new(plan);
    Order::Containment(ContainmentOrder::Begin { incident, plan, reason, approval })
}

fn replan(plan: SealPlan, approval: Option<Approval>) -> Order {
    let (containment, plan) = (ContainmentId(1), Box::new(plan));
    Order::Containment(ContainmentOrder::Replan { containment, plan, approval })
}

fn stand_down() -> Order {
    let (containment, reason) = (ContainmentId(1), code("not_needed"));
    Order::Containment(ContainmentOrder::StandDown { containment, reason })
}

/// Who holds each point by now, by its number.
fn held(city: &City) -> Vec<(u32, Option<u32>)> {
    let known = &city.state.containments()[&ContainmentId(1)];
    let points = known.plan.points.iter();
    points.map(|point| (point.point, point.unit.map(|unit| unit.0))).collect()
}

fn task(city: &City, unit: u32) -> &Assignment {
    city.state.assignment(UnitId(unit)).unwrap().1
}

fn stage(city: &City, unit: u32) -> Option<Stage> {
    city.state.assignment(UnitId(unit)).map(|(_, task)| task.stage())
}

fn free(city: &City, unit: u32) -> bool {
    city.state.units()[&UnitId(unit)].task().is_none()
}

#[test]
fn units_are_sent_each_to_its_point_and_get_there_as_ever() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    let done =
        city.ok(begin(incident, plan(&[(5_000, Some(1)), (9_000, Some(2)), (12_000, None)]), 30));
    assert_eq!(names(&done), ["unit_dispatched", "unit_dispatched", "containment_ordered"]);
    assert_eq!(held(&city), [(1, Some(1)), (2, Some(2)), (3, None)]);
    let known = &city.state.containments()[&ContainmentId(1)];
    assert_eq!((known.approver, known.until.since(known.since)), (code("D1"), minutes(30)));
    assert_eq!(known.plan.points[0].slack(), Some(30_000));
    assert_eq!(known.plan.points[2].slack(), None);
    for unit in [1, 2] {
        assert_eq!(stage(&city, unit), Some(Stage::Dispatched));
        let silent = Timer::Clock(Clock::Unacknowledged(UnitId(unit)));
        assert!(city.state.timers().get(silent).is_some());
        city.step(incident, unit, Step::Acknowledge(None));
        city.step(incident, unit, Step::OnScene(None));
    }
    assert_eq!(task(&city, 2).holds().map(|posted| posted.point), Some(2));
    // Each is alone where it stands, however many are on scene elsewhere.
    for unit in [1, 2] {
        assert!(city.state.timers().get(Timer::Clock(Clock::Welfare(UnitId(unit)))).is_some());
    }
    // One that comes to the incident itself stands with neither.
    city.send(incident, 3);
    city.step(incident, 3, Step::OnScene(None));
    assert!(city.state.timers().get(Timer::Clock(Clock::Welfare(UnitId(3)))).is_some());
}

#[test]
fn who_may_not_be_sent_is_not_and_nothing_happens() {
    let mut city = City::on_duty();
    let (incident, grave) = (city.open("disturbance"), city.open("robbery"));
    let good = || plan(&[(5_000, Some(1))]);
    city.no(begin(IncidentId(9), good(), 30), "I-9 is not on the board");
    city.no(begin(incident, good(), 72 * 60 + 1), "may last from 1 minute to");
    let with = |approval: Approval, reason: &str| {
        let (plan, reason) = (Box::new(good()), code(reason));
        Order::Containment(ContainmentOrder::Begin { incident, plan, reason, approval })
    };
    let hour = approval(minutes(60));
    city.no(with(Approval { role: Role::Dispatcher, ..hour }, "threat"), "may not approve this");
    city.no(with(hour, "nonsense"), "not among the reasons");
    city.no(begin(incident, plan(&[]), 30), "no point to hold");
    let twice = plan(&[(5_000, Some(1)), (6_000, Some(1))]);
    city.no(begin(incident, twice, 30), "unit 1 is named at two points");
    let same = plan(&[(5_000, Some(1)), (5_000, Some(2))]);
    city.no(begin(incident, same, 30), "two points are at the same place");
    let many: Vec<(i32, Option<u32>)> = (0..65).map(|n| (n, None)).collect();
    city.no(begin(incident, plan(&many), 30), "more than 64 points");
    let mut long = good();
    long.points[0].title.zh = "长".repeat(86);
    city.no(begin(incident, long, 30), "the name of the road has 258 bytes");
    city.no(begin(incident, plan(&[(5_000, Some(9))]), 30), "there is no unit 9");
    city.ok(Order::TakeOut { unit: UnitId(2), reason: code("meal") });
    city.no(begin(incident, plan(&[(5_000, Some(2))]), 30), "unit 2 is out of service");
    city.ok(Order::EndShift { shift: tour_of(&city, 3) });
    city.no(begin(incident, plan(&[(5_000, Some(3))]), 30), "unit 3 is off duty");
    city.send(grave, 1);
    city.no(begin(incident, good(), 30), "unit 1 is on I-2, which is too urgent");
    city.step(grave, 1, Step::OnScene(None));
    city.step(grave, 1, Step::Transport(Destination::Site(precinct_base::SiteId(1))));
    city.no(begin(grave, good(), 30), "unit 1 takes somebody or something away");
    city.no(replan(good(), None), "SEAL-1 does not go on");
    city.no(stand_down(), "SEAL-1 does not go on");
}

#[test]
fn a_unit_on_something_less_urgent_is_taken_off_it_and_one_on_the_incident_is_told_anew() {
    let mut city = City::on_duty();
    let (incident, noise) = (city.open("robbery"), city.open("noise"));
    city.send(noise, 1);
    city.send(incident, 2);
    city.step(incident, 2, Step::OnScene(None));
    let done = city.ok(begin(incident, plan(&[(5_000, Some(1)), (9_000, Some(2))]), 30));
    assert_eq!(
        names(&done),
        [
            "unit_preempted",
            "unit_dispatched",
            "unit_recalled",
            "unit_dispatched",
            "containment_ordered"
        ]
    );
    // What the unit acknowledged was another place: its clocks begin anew.
    assert_eq!(stage(&city, 2), Some(Stage::Dispatched));
    city.no(begin(incident, plan(&[(5_000, None)]), 30), "I-1 is sealed off by SEAL-1 already");
}

#[test]
fn planned_anew_units_go_elsewhere_stay_or_are_let_go() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    city.ok(begin(incident, plan(&[(5_000, Some(1)), (9_000, Some(2))]), 30));
    for unit in [1, 2] {
        city.step(incident, unit, Step::OnScene(None));
    }
    // Unit 1 stays where it is, unit 2 goes to a new place, and unit 3 comes.
    let done = city.ok(replan(plan(&[(5_000, Some(1)), (7_000, Some(2)), (8_000, Some(3))]), None));
    assert_eq!(
        names(&done),
        ["unit_recalled", "unit_dispatched", "unit_dispatched", "containment_replanned"]
    );
    assert_eq!(held(&city), [(1, Some(1)), (3, Some(2)), (4, Some(3))], "numbers are never reused");
    assert_eq!(stage(&city, 1), Some(Stage::OnScene));
    assert_eq!(
        (stage(&city, 2), stage(&city, 3)),
        (Some(Stage::Dispatched), Some(Stage::Dispatched))
    );
    // Two change places; the third is not needed any more.
    let done = city.ok(replan(plan(&[(5_000, Some(2)), (7_000, Some(1))]), None));
    assert_eq!(names(&done).iter().filter(|name| **name == "unit_recalled").count(), 3);
    assert_eq!(held(&city), [(1, Some(2)), (3, Some(1))]);
    assert!(free(&city, 3));
    // It goes on under whoever approved it, to the same end, unless it is approved anew.
    city.pass(minutes(20));
    let known = |city: &City| city.state.containments()[&ContainmentId(1)].clone();
    assert_eq!(known(&city).until.since(city.at), minutes(10));
    let anew = Approval { approver: code("D2"), ..approval(minutes(60)) };
    city.ok(replan(plan(&[(5_000, Some(2))]), Some(anew)));
    assert_eq!(
        (known(&city).until.since(city.at), known(&city).approver),
        (minutes(60), code("D2"))
    );
    let refused = Approval { role: Role::Crew, ..anew };
    city.no(replan(plan(&[(5_000, Some(2))]), Some(refused)), "may not approve");
}

#[test]
fn a_unit_that_leaves_its_point_holds_it_no_more() {
    let mut city = City::on_duty();
    let incident = city.open("disturbance");
    city.ok(begin(incident, plan(&[(5_000, Some(1)), (7_000, Some(2)), (9_000, Some(3))]), 30));
    city.step(incident, 1, Step::Decline(code("breakdown")));
    assert_eq!(held(&city), [(1, None), (2, Some(2)), (3, Some(3))]);
    city.step(incident, 2, Step::OnScene(None));
    city.step(incident, 2, Step::Transport(Destination::Post(precinct_base::PostId(1))));
    assert_eq!(held(&city), [(1, None), (2, None), (3, Some(3))]);
    // Another takes its point while it is away; when it is done, that one stays.
    city.ok(replan(plan(&[(7_000, Some(1)), (9_000, Some(3))]), None));
    city.step(incident, 2, Step::Clear);
    assert_eq!(held(&city), [(2, Some(1)), (3, Some(3))]);
    let grave = city.open("robbery");
    assert_eq!(names(&city.send(grave, 3)), ["unit_preempted", "unit_dispatched"]);
    assert_eq!(held(&city), [(2, Some(1)), (3, None)]);
}

#[test]
fn stood_down_everybody_is_free() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    city.ok(begin(incident, plan(&[(5_000, Some(1)), (7_000, Some(2)), (9_000, None)]), 30));
    city.step(incident, 1, Step::OnScene(None));
    city.send(incident, 3);
    let order = Order::Resolve { incident, disposition: code("dealt_with") };
    city.no(order.clone(), "3 units are still on I-1");
    let done = city.ok(stand_down());
    assert_eq!(names(&done), ["unit_recalled", "unit_recalled", "containment_stood_down"]);
    assert!(free(&city, 1) && free(&city, 2) && city.state.containments().is_empty());
    // One that was sent to the incident itself goes on with it.
    assert_eq!(stage(&city, 3), Some(Stage::Dispatched));
    city.step(incident, 3, Step::Clear);
    city.ok(order);
    assert!(city.pass(minutes(60)).iter().all(|fact| !matches!(fact, Fact::ContainmentLapsed(_))));
}

#[test]
fn at_its_end_everybody_is_free_and_no_clock_rings_for_nothing() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    city.ok(begin(incident, plan(&[(5_000, Some(1)), (7_000, Some(2))]), 2));
    // Nobody calls for long: clocks and the end fall due together, and the units' clocks stop with their tasks.
    city.at = city.at.later(minutes(30));
    let mut facts = Vec::new();
    while city.state.deadline().is_some_and(|due| due <= city.at.tick) {
        facts.extend(city.ok(Order::TimePasses));
    }
    let told = names(&facts);
    assert_eq!(told.iter().filter(|name| **name == "unit_recalled").count(), 2);
    let end = told.iter().position(|name| *name == "containment_lapsed").unwrap();
    for fact in &facts[end..] {
        if let Fact::ClockRaised(rings) = fact {
            assert_eq!(rings.clock, Clock::Unanswered(incident));
        }
    }
    assert!(free(&city, 1) && free(&city, 2) && city.state.containments().is_empty());
    let reasons: Vec<_> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::UnitRecalled(fact) => Some(fact.reason),
            _ => None,
        })
        .collect();
    assert_eq!(reasons, [code("sealed_area"); 2], "for the reason it was ordered for");
    assert_eq!(city.replayed(), city.state);
}

#[test]
fn an_incident_is_over_after_its_containment_and_takes_it_along_when_it_is_merged() {
    let mut city = City::on_duty();
    let (one, other) = (city.open("robbery"), city.open("robbery"));
    city.ok(begin(one, plan(&[(5_000, Some(1)), (6_000, None)]), 30));
    city.step(one, 1, Step::Clear);
    let close = |incident| Order::Cancel { incident, reason: code("false_alarm") };
    city.no(close(one), "I-1 is sealed off by SEAL-1: stand that down first");
    city.ok(Order::Merge { from: one, into: other });
    city.no(close(other), "I-2 is sealed off by SEAL-1: stand that down first");
    city.no(begin(other, plan(&[(5_000, None)]), 30), "I-2 is sealed off by SEAL-1 already");
    // Units are sent for what it goes on under.
    city.ok(replan(plan(&[(5_000, Some(2))]), None));
    assert_eq!(city.state.units()[&UnitId(2)].task(), Some(other));
    city.ok(Order::Unmerge { from: one });
    // Parted again, the unit keeps its point, may be told another, and is freed with the rest.
    city.ok(replan(plan(&[(5_500, Some(2))]), None));
    assert_eq!(city.state.units()[&UnitId(2)].task(), Some(one));
    city.ok(stand_down());
    assert!(free(&city, 2));
    city.ok(close(one));
}
