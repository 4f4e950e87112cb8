//! Work that went on on paper and is entered afterwards.

use precinct_base::{Instant, Millis, SiteId, Timestamp, UnitId};
use precinct_core::event::ShiftPlanned;
use precinct_core::{
    Clock, Destination, Doing, Duty, Earliest, Fact, IncidentId, LONGEST_BACK, Moment, Order,
    Sealed, ShiftId, Stage, Status, Step, Tour,
};

use crate::city::{City, code, intake, member, minutes, names, tour_of};

fn ago(city: &City, time: Millis) -> Moment {
    let ms = u64::from(time.0);
    let Moment { tick, wall } = city.at;
    Moment { tick: Instant(tick.0 - ms), wall: Timestamp(wall.0 - ms.cast_signed()) }
}

fn paper(happened: Moment, order: Order) -> Order {
    Order::OnPaper { order: Box::new(order), happened }
}

fn task(incident: IncidentId, step: Step) -> Order {
    Order::Task { incident, unit: UnitId(1), step }
}

/// Three hours into the tour, two of them without power.
fn after_an_outage() -> City {
    let mut city = City::on_duty();
    city.pass(minutes(180));
    city
}

#[test]
fn a_case_from_paper_has_the_instants_at_which_it_happened_and_says_when_each_was_entered() {
    let mut city = after_an_outage();
    let at = |m: u32| ago(&city, minutes(m));
    let [opened, sent, heard, there, away, done, closed] =
        [120, 118, 117, 110, 100, 90, 80].map(at);
    let incident = city.state.next_incident();
    let mut facts = city.ok(paper(opened, Order::OpenIncident(intake("robbery"))));
    let site = Destination::Site(SiteId(7));
    let note = Order::AddNote { incident, text: Sealed(Box::new([1; 50])) };
    let disposition = code("dealt_with");
    for (then, order) in [
        (sent, task(incident, Step::Dispatch(None))),
        (heard, task(incident, Step::Acknowledge(None))),
        (heard, task(incident, Step::EnRoute(None))),
        (there, task(incident, Step::OnScene(None))),
        (there, note),
        (away, task(incident, Step::Transport(site))),
        (done, task(incident, Step::Clear)),
        (closed, Order::Resolve { incident, disposition }),
    ] {
        // Whoever enters it takes ten seconds a line.
        facts.extend(city.pass(Millis(10_000)));
        facts.extend(city.ok(paper(then, order)));
    }
    let rung =
        facts.iter().any(|fact| matches!(fact, Fact::ClockRaised(_) | Fact::ClockEscalated(_)));
    assert!(!rung, "{:?}", names(&facts));
    let known = &city.state.incidents()[&incident];
    assert_eq!((known.opened, known.grading.at), (opened, opened));
    assert_eq!((known.notes.len(), known.notes[0].at), (1, there));
    assert!(known.notes.iter().all(|note| note.entered.is_some()));
    assert!(matches!(known.status, Status::Closed { at, .. } if at == closed));
    assert_eq!(known.ending_entered, Some(city.at));
    let entered = known.entered.unwrap();
    assert_eq!(known.came_in(), entered);
    let steps = &known.assignments[0];
    let stages = [
        (Stage::Dispatched, sent),
        (Stage::Acknowledged, heard),
        (Stage::EnRoute, heard),
        (Stage::OnScene, there),
        (Stage::Transporting, away),
        (Stage::Ended, done),
    ];
    assert_eq!(stages.map(|(stage, _)| steps.reached(stage)), stages.map(|(_, at)| Some(at)));
    let marked: Vec<Stage> = steps.paper.iter().map(|&(stage, _)| stage).collect();
    assert_eq!(marked, stages.map(|(stage, _)| stage));
    // The response time is that of paper, however long it took to enter.
    assert_eq!(steps.on_scene.unwrap().since(known.opened), minutes(10));
    assert!(steps.paper.windows(2).all(|two| two[0].1 < two[1].1));
    assert_eq!(city.replayed(), city.state);
}

#[test]
fn what_goes_on_is_live_from_the_entry_on() {
    let mut city = after_an_outage();
    let then = ago(&city, minutes(60));
    let incident = city.state.next_incident();
    city.ok(paper(then, Order::OpenIncident(intake("robbery"))));
    let due = city.state.deadline().unwrap();
    assert!(due > city.at.tick, "its clock runs from the entry, and has not rung long ago");
    let facts = city.pass(minutes(30));
    let rings = facts.iter().any(|fact| {
        matches!(fact, Fact::ClockRaised(raised) if raised.clock == Clock::Unanswered(incident))
    });
    assert!(rings, "nobody is on it by now");
    city.send(incident, 1);
    city.step(incident, 1, Step::OnScene(None));
    let known = &city.state.incidents()[&incident].assignments[0];
    assert_eq!((known.dispatched, known.paper.len()), (city.at, 0));
}

#[test]
fn what_cannot_have_happened_then_is_refused() {
    let mut city = after_an_outage();
    let at = |city: &City, m: u32| ago(city, minutes(m));
    let [hour, half] = [60, 30].map(|m| at(&city, m));
    let open = || Order::OpenIncident(intake("robbery"));
    city.no(paper(city.at.later(Millis(1)), open()), "later than now");
    let ahead = Moment { wall: Timestamp(city.at.wall.0 + 1), ..city.at };
    city.no(paper(ahead, open()), "later than now");
    city.no(paper(hour, paper(hour, open())), "only intake");
    city.no(paper(hour, Order::TakeOut { unit: UnitId(1), reason: code("fuel") }), "only intake");
    city.no(paper(hour, Order::TimePasses), "only intake");
    let incident = city.state.next_incident();
    city.ok(paper(hour, open()));
    let early = at(&city, 61);
    let note = || Order::AddNote { incident, text: Sealed(Box::new([1; 50])) };
    city.no(paper(early, note()), "before the incident was taken in");
    city.no(paper(early, task(incident, Step::Dispatch(None))), "before the incident was taken in");
    let cancel = || Order::Cancel { incident, reason: code("false_alarm") };
    city.no(paper(early, cancel()), "before the incident was taken in");
    city.ok(paper(half, task(incident, Step::Dispatch(None))));
    city.no(paper(at(&city, 31), task(incident, Step::OnScene(None))), "out of order");
    city.no(paper(at(&city, 31), task(incident, Step::Clear)), "before the step");
    city.ok(paper(at(&city, 20), task(incident, Step::Clear)));
    city.no(paper(at(&city, 21), cancel()), "before the last unit was done");
    // It was on that until twenty minutes ago, and cannot have been elsewhere.
    let other = city.open("noise");
    let sent = task(other, Step::Dispatch(None));
    city.pass(minutes(5));
    city.no(paper(at(&city, 6), sent.clone()), "before the incident was taken in");
    let third = city.state.next_incident();
    city.ok(paper(at(&city, 50), Order::OpenIncident(intake("fire"))));
    city.no(paper(at(&city, 26), task(third, Step::OnView)), "before the unit was free");
    city.ok(paper(at(&city, 24), task(third, Step::OnView)));
    city.no(paper(at(&city, 1), sent), "enter first how that ended");
}

#[test]
fn nothing_is_entered_from_longer_ago_than_three_days() {
    let mut city = City::on_duty();
    city.pass(Millis(LONGEST_BACK.0 + 10));
    let then = ago(&city, LONGEST_BACK);
    let just = Moment { tick: Instant(then.tick.0 - 1), wall: Timestamp(then.wall.0 - 1) };
    city.no(paper(just, Order::OpenIncident(intake("noise"))), "72 hours back");
    city.ok(paper(then, Order::OpenIncident(intake("noise"))));
}

#[test]
fn what_was_on_paper_is_held_against_what_came_in_about_the_same_time() {
    let mut city = after_an_outage();
    let old = city.state.next_incident();
    city.ok(paper(ago(&city, minutes(170)), Order::OpenIncident(intake("noise"))));
    let one = city.state.next_incident();
    city.ok(paper(ago(&city, minutes(60)), Order::OpenIncident(intake("noise"))));
    let other = city.state.next_incident();
    let facts = city.ok(paper(ago(&city, minutes(61)), Order::OpenIncident(intake("noise"))));
    let suggested: Vec<_> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::DuplicateSuggested(suggested) => Some((suggested.of, suggested.after)),
            _ => None,
        })
        .collect();
    assert_eq!(suggested, [(one, minutes(1))], "and not {old}");
    // One that comes in now is not the same as any of them.
    let facts = city.ok(Order::OpenIncident(intake("noise")));
    assert_eq!(names(&facts), ["incident_opened"], "{other}");
}

#[test]
fn what_happened_this_very_moment_can_be_entered_and_what_comes_by_either_clock_cannot() {
    let mut city = after_an_outage();
    let now = city.at;
    let intake = || Order::OpenIncident(intake("robbery"));
    city.ok(paper(now, intake()));
    let later = |tick: u64, wall: i64| Moment {
        tick: Instant(now.tick.0 + tick),
        wall: Timestamp(now.wall.0 + wall),
    };
    for coming in [later(1, 0), later(0, 1), later(1, 1), later(60_000, 0), later(0, 60_000)] {
        city.no(paper(coming, intake()), "later than now");
    }
}

#[test]
fn what_it_comes_after_has_a_name_that_does_not_change() {
    let names = [Earliest::Intake, Earliest::Done, Earliest::Step, Earliest::Free, Earliest::Off];
    assert_eq!(names.map(Earliest::name), ["intake", "done", "step", "free", "off"]);
}

#[test]
fn going_on_and_off_duty_on_paper_has_the_instants_at_which_it_happened() {
    let mut city = after_an_outage();
    let (one, unit) = (tour_of(&city, 1), UnitId(1));
    let end = |shift| Order::EndShift { shift };
    let start = |shift| Order::StartShift { shift };
    let incident = city.open("noise");
    city.send(incident, 1);
    city.no(paper(ago(&city, minutes(90)), end(one)), "is on");
    city.step(incident, 1, Step::Clear);
    city.no(paper(ago(&city, minutes(90)), end(one)), "before the unit was free");
    city.pass(minutes(60));
    let home = ago(&city, minutes(50));
    city.ok(paper(home, end(one)));
    assert_eq!(city.state.units()[&unit].duty, Duty::Off);
    // The same crew goes on again, not before it went home; others not before the unit was done with its task.
    let again = ShiftPlanned { waived: Some(member(9).staff), ..city.tour(7, 1, 0, 8) };
    city.ok(Order::PlanShift(again));
    city.no(paper(ago(&city, minutes(55)), start(ShiftId(7))), "done with what they were on");
    city.ok(Order::CancelShift { shift: ShiftId(7), reason: code("duplicate") });
    let others = ShiftPlanned { members: vec![member(8)], ..city.tour(8, 1, -2, 9) };
    city.ok(Order::PlanShift(others));
    city.no(paper(ago(&city, minutes(61)), start(ShiftId(8))), "done with what they were on");
    let on = ago(&city, minutes(40));
    city.ok(paper(on, start(ShiftId(8))));
    let tour = Tour::Shift(ShiftId(8));
    let duty = Duty::On { tour, doing: Doing::Available, since: on };
    assert_eq!(city.state.units()[&unit].duty, duty);
    assert_eq!(city.state.shifts()[&ShiftId(8)].began, Some(on));
    assert_eq!(city.replayed(), city.state);
    // What it did from then on can be entered too.
    let case = city.state.next_incident();
    city.ok(paper(ago(&city, minutes(35)), Order::OpenIncident(intake("robbery"))));
    city.ok(paper(ago(&city, minutes(30)), task(case, Step::Dispatch(None))));
}
