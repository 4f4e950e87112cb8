//! Clocks: each runs out, climbs the ladder until it is answered, and stops when its cause is gone.

use precinct_base::{Millis, UnitId};
use precinct_core::{Clock, Fact, IncidentId, Order, Role, SosId, Step, Timer};

use crate::city::{City, at, code, minutes, names, priority};

/// Clocks told of, with the step and who was told.
fn told(facts: &[Fact]) -> Vec<(Clock, u8, Role)> {
    facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::ClockRaised(raised) => Some((raised.clock, 0, raised.tell)),
            Fact::ClockEscalated(more) => Some((more.clock, more.step, more.tell)),
            _ => None,
        })
        .collect()
}

fn runs(city: &City, clock: Clock) -> Option<Millis> {
    let alarm = city.state.timers().get(Timer::Clock(clock))?;
    Some(alarm.due.saturating_since(city.at.tick))
}

#[test]
fn nobody_sent_climbs_the_ladder_and_stays_at_its_top() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    let clock = Clock::Unanswered(incident);
    assert_eq!(runs(&city, clock), Some(Millis(30_000)));
    assert!(city.pass(Millis(29_999)).is_empty());
    assert_eq!(told(&city.pass(Millis(1))), [(clock, 0, Role::Dispatcher)]);
    let ringing: Vec<_> = city.state.timers().ringing().collect();
    assert_eq!(ringing, [(clock, 1)]);
    let ladder =
        [(clock, 1, Role::DutyOfficer), (clock, 2, Role::Commander), (clock, 3, Role::Commander)];
    assert_eq!(told(&city.pass(Millis(90_000))), ladder);
    // It never falls silent, however long nobody answers.
    let long = told(&city.pass(minutes(150)));
    assert_eq!(long.len(), 300);
    assert_eq!(long.last(), Some(&(clock, 255, Role::Commander)));
    city.send(incident, 1);
    assert_eq!(runs(&city, clock), None);
    assert_eq!(city.state.timers().ringing().count(), 0);
}

#[test]
fn an_answer_holds_for_as_long_as_it_says_and_no_longer_than_allowed() {
    let mut city = City::on_duty();
    let clock = Clock::Unanswered(city.open("robbery"));
    city.pass(minutes(1));
    let answer = |hold| Order::AnswerClock { clock, hold };
    city.no(answer(Millis(999)), "may be held from 1 second to 30:00");
    city.no(answer(minutes(30) + Millis(1)), "may be held");
    assert_eq!(names(&city.ok(answer(Millis(1_000)))), ["clock_answered"]);
    assert_eq!(city.state.timers().ringing().count(), 0);
    assert_eq!(told(&city.pass(Millis(1_000))), [(clock, 0, Role::Dispatcher)]);
    city.ok(answer(minutes(30)));
    assert!(city.pass(minutes(30) - Millis(1)).is_empty());
    // Before it rings, too.
    city.ok(answer(minutes(2)));
    assert_eq!(runs(&city, clock), Some(minutes(2)));
    let gone = Order::AnswerClock { clock: Clock::Welfare(UnitId(1)), hold: minutes(1) };
    city.no(gone, "welfare of unit 1 does not run");
}

#[test]
fn a_unit_that_was_sent_is_heard_of_and_there_in_time() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    city.send(incident, 1);
    let (silent, overdue, alone) =
        (Clock::Unacknowledged(UnitId(1)), Clock::Overdue(UnitId(1)), Clock::Welfare(UnitId(1)));
    assert_eq!(
        (runs(&city, silent), runs(&city, overdue)),
        (Some(Millis(20_000)), Some(minutes(5)))
    );
    assert_eq!(told(&city.pass(Millis(20_000))), [(silent, 0, Role::Dispatcher)]);
    city.step(incident, 1, Step::EnRoute(None));
    assert_eq!((runs(&city, silent), runs(&city, overdue)), (None, Some(Millis(280_000))));
    let late = told(&city.pass(minutes(5)));
    assert_eq!(late[0], (overdue, 0, Role::Dispatcher));
    city.step(incident, 1, Step::OnScene(None));
    assert_eq!((runs(&city, overdue), runs(&city, alone)), (None, Some(minutes(5))));
    assert_eq!(told(&city.pass(minutes(5))), [(alone, 0, Role::Dispatcher)]);
    // A second unit on scene, and it is not alone.
    city.send(incident, 2);
    city.step(incident, 2, Step::OnScene(None));
    assert_eq!((runs(&city, alone), runs(&city, Clock::Welfare(UnitId(2)))), (None, None));
    city.step(incident, 1, Step::Clear);
    assert_eq!(runs(&city, Clock::Welfare(UnitId(2))), Some(minutes(5)));
    city.step(incident, 2, Step::Clear);
    assert_eq!(runs(&city, Clock::Welfare(UnitId(2))), None);
    // All have left and nobody closed it.
    assert_eq!(runs(&city, Clock::Unanswered(incident)), Some(Millis(30_000)));
    city.ok(Order::Resolve { incident, disposition: code("dealt_with") });
    assert_eq!(runs(&city, Clock::Unanswered(incident)), None);
}

#[test]
fn a_graver_grade_brings_clocks_forward_and_a_lighter_one_puts_none_off() {
    let mut city = City::on_duty();
    let incident = city.open("noise");
    let clock = Clock::Unanswered(incident);
    assert_eq!(runs(&city, clock), Some(minutes(60)));
    let regrade = |n| Order::Regrade {
        incident,
        kind: code("noise"),
        priority: priority(n),
        reason: code("grew"),
    };
    city.ok(regrade(2));
    assert_eq!(runs(&city, clock), Some(minutes(1)));
    city.ok(regrade(5));
    assert_eq!(runs(&city, clock), Some(minutes(1)));
    city.pass(minutes(1));
    city.ok(regrade(1));
    let alarm = city.state.timers().get(Timer::Clock(clock)).unwrap();
    assert_eq!(alarm.told, 1, "one that rings goes on ringing");
    // The units of an incident that is merged into a graver one are awaited as that asks.
    let grave = city.open("robbery");
    let mild = city.open("noise");
    city.send(mild, 1);
    assert_eq!(runs(&city, Clock::Overdue(UnitId(1))), Some(minutes(120)));
    city.ok(Order::Merge { from: mild, into: grave });
    assert_eq!(runs(&city, Clock::Overdue(UnitId(1))), Some(minutes(5)));
    assert_eq!(runs(&city, Clock::Unanswered(grave)), None, "somebody is on the way");
    assert_eq!(runs(&city, Clock::Unanswered(mild)), None);
    city.ok(Order::Unmerge { from: mild });
    assert_eq!(runs(&city, Clock::Unanswered(grave)), Some(Millis(30_000)));
    assert_eq!(runs(&city, Clock::Unanswered(mild)), None);
}

#[test]
fn a_type_may_have_clocks_of_its_own() {
    let mut city = City::on_duty();
    let mut catalogue = city.state.catalogue().clone();
    let kind = catalogue.types.iter_mut().find(|kind| kind.code == code("noise")).unwrap();
    kind.clocks = Some(precinct_core::ClockTimes {
        unanswered: Millis(5_000),
        again: Millis(2_000),
        ladder: vec![Role::Crew],
        ..catalogue.clocks[0].clone()
    });
    city.ok(Order::SetCatalogue(Box::new(catalogue)));
    let clock = Clock::Unanswered(city.open("noise"));
    let heard = told(&city.pass(Millis(7_000)));
    assert_eq!(heard, [(clock, 0, Role::Crew), (clock, 1, Role::Crew)]);
}

#[test]
fn a_call_for_help_is_told_at_once_and_never_refused() {
    let mut city = City::on_duty();
    let incident = city.open("robbery");
    city.send(incident, 1);
    let sos = |unit, place| Order::RaiseSos { unit: UnitId(unit), at: place };
    let facts = city.ok(sos(1, Some(at(5))));
    assert_eq!(names(&facts), ["sos_raised", "clock_raised"]);
    let clock = Clock::Sos(SosId(1));
    assert_eq!(told(&facts), [(clock, 0, Role::Dispatcher)]);
    let call = city.state.sos()[&SosId(1)].clone();
    assert_eq!((call.incident, call.at, call.calls), (Some(incident), Some(at(5)), 1));
    // Again while it rings: counted, and its last place stays known.
    assert_eq!(names(&city.ok(sos(1, None))), ["sos_repeated"]);
    let call = city.state.sos()[&SosId(1)].clone();
    assert_eq!((call.at, call.calls, call.last), (Some(at(5)), 2, city.at));
    let ladder: Vec<_> = told(&city.pass(Millis(45_000)))
        .into_iter()
        .filter(|(of, ..)| *of == clock)
        .map(|(_, step, role)| (step, role))
        .collect();
    assert_eq!(ladder, [(1, Role::DutyOfficer), (2, Role::Commander), (3, Role::Commander)]);
    // Again after it was answered: told at once.
    city.ok(Order::AnswerClock { clock, hold: minutes(20) });
    assert_eq!(names(&city.ok(sos(1, Some(at(9))))), ["sos_repeated", "clock_raised"]);
    assert_eq!(city.state.sos()[&SosId(1)].at, Some(at(9)));
    // From a unit off duty, one nobody knows, and one that names a wrong incident.
    city.ok(Order::SetUnit(crate::city::unit(8)));
    assert_eq!(names(&city.ok(sos(8, None))), ["sos_raised", "clock_raised"]);
    let mut by = crate::city::by();
    by.why = precinct_core::Why::Incident(IncidentId(999));
    let facts = city.give_as(by, sos(77, None)).unwrap();
    assert_eq!(names(&facts), ["sos_raised", "clock_raised"]);
    assert_eq!(city.state.sos()[&SosId(3)].incident, None);
    let close = |sos, outcome: &str| Order::CloseSos { sos: SosId(sos), outcome: code(outcome) };
    city.no(close(1, "nonsense"), "nonsense is not among the dispositions");
    city.ok(close(1, "dealt_with"));
    assert_eq!(runs(&city, clock), None);
    city.no(close(1, "dealt_with"), "SOS-1 is not open");
    city.ok(sos(1, None));
    assert!(city.state.sos().contains_key(&SosId(4)), "a new call has a new number");
}

#[test]
fn more_than_can_be_told_at_once_is_told_in_turn() {
    let mut city = City::on_duty();
    for _ in 0..1_030 {
        city.open("noise");
    }
    city.at = city.at.later(minutes(60));
    assert_eq!(city.ok(Order::TimePasses).len(), 1_024);
    assert_eq!(city.ok(Order::TimePasses).len(), 6);
    assert!(city.ok(Order::TimePasses).is_empty());
}

#[test]
fn a_calendar_that_jumped_is_recorded_and_moves_nothing() {
    let mut city = City::on_duty();
    city.open("robbery");
    let deadline = city.state.deadline();
    let before = city.at.wall;
    city.at.wall.0 -= 1_000_000_000_000;
    let facts = city.ok(Order::SetClock { before });
    let [Fact::ClockSet(set)] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!((set.before, set.after), (before, city.at.wall));
    assert_eq!(city.state.deadline(), deadline);
    assert_eq!(city.state.now(), city.at);
}

#[test]
fn clocks_are_named() {
    for (clock, name) in [
        (Clock::Unanswered(IncidentId(1)), "unanswered I-1"),
        (Clock::Unacknowledged(UnitId(2)), "unacknowledged unit 2"),
        (Clock::Overdue(UnitId(2)), "overdue unit 2"),
        (Clock::Welfare(UnitId(2)), "welfare of unit 2"),
        (Clock::Sos(SosId(3)), "SOS-3"),
    ] {
        assert_eq!(clock.to_string(), name);
    }
}
