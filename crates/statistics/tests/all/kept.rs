//! What is kept of a long record, and what is forgotten.

use precinct_base::{AreaId, Instant, Millis, Timestamp, UnitId, caps};
use precinct_core::event::{
    AidJoined, IncidentOpened, IncidentResolved, IncidentsMerged, IncidentsUnmerged,
    UnitAcknowledged, UnitDispatched, UnitOnScene, UnitOut,
};
use precinct_core::{Code, Event, Fact, IncidentId, Moment, Priority, Source, Vehicle};
use precinct_statistics::{Fold, Laps, Question, Scope};

use crate::town::{code, place};

const DAY: u64 = 86_400_000;
const BEGAN: i64 = 1_790_000_000_000;

fn at(ms: u64) -> Moment {
    Moment { tick: Instant(ms), wall: Timestamp(BEGAN + ms.cast_signed()) }
}

fn tell(fold: &mut Fold, ms: u64, fact: impl Into<Fact>) {
    fold.apply(&Event { at: at(ms), happened: None, by: code("A1"), fact: fact.into() });
}

fn opened(incident: u32) -> IncidentOpened {
    IncidentOpened {
        incident: IncidentId(incident),
        source: Source::Call,
        reported: None,
        kind: code("noise"),
        priority: Priority::HIGHEST,
        place: place(1),
        hazards: Vec::new(),
        text: None,
    }
}

fn lent() -> AidJoined {
    AidJoined {
        unit: UnitId(1),
        call_sign: "H".to_owned(),
        force: Code::literal("guard"),
        capabilities: Vec::new(),
        vehicle: Vehicle::Car,
        area: AreaId(1),
        approver: code("D1"),
        until: at(900 * DAY),
    }
}

#[test]
fn what_is_older_is_forgotten_and_what_it_led_to_is_not() {
    let mut fold = Fold::default();
    tell(&mut fold, 0, lent());
    for incident in 1..=3 {
        tell(&mut fold, u64::from(incident), opened(incident));
    }
    let sent = UnitDispatched { incident: IncidentId(1), unit: UnitId(1), advice: None };
    tell(&mut fold, 10, sent);
    let disposition = code("dealt_with");
    tell(&mut fold, 20, IncidentResolved { incident: IncidentId(2), disposition });
    let ask = |fold: &Fold, from, until, now| fold.ask(&question(from, until, now));
    let hour = ask(&fold, 0, 3_600_000, 60);
    assert_eq!((hour.incidents.reports, hour.hours.open[0], hour.covered_ms), (3, Some(2), 60));

    // As many days later: all of it is before what is kept.
    let later = caps::FIGURES_KEPT_MS + 2 * DAY;
    tell(&mut fold, later, IncidentResolved { incident: IncidentId(3), disposition });
    let told_late = UnitAcknowledged { incident: IncidentId(1), unit: UnitId(1), at: None };
    tell(&mut fold, later + 1, told_late);
    let then = ask(&fold, 0, DAY, later + 2);
    assert_eq!((then.incidents.reports, then.covered_ms, then.dispatches.all), (0, 0, 0));
    assert_eq!((then.hours.open[0], then.free.units[0]), (None, None));
    assert_eq!(then.since, Some(Timestamp(BEGAN + (2 * DAY + 1).cast_signed())));
    // The unit is on its task still, and the first incident is open.
    let day = ask(&fold, later, later + DAY, later + 3_600_000);
    assert_eq!((day.workload[0].busy_ms, day.workload[0].on_duty_ms), (3_600_000, 3_600_000));
    assert_eq!((day.hours.open[0], day.hours.open[1], day.hours.covered_ms[1]), (Some(1), None, 0));
    assert_eq!(day.free.units[..13], [Some(0); 13]);
    assert_eq!(day.free.units[13], None);
}

#[test]
fn what_goes_on_goes_on_until_now_and_no_longer() {
    let mut fold = Fold::default();
    assert_eq!(fold.ask(&question(0, DAY, 5)).since, None);
    tell(&mut fold, 1_000, lent());
    tell(&mut fold, 61_000, UnitOut { unit: UnitId(1), reason: code("meal") });
    let said = fold.ask(&question(0, DAY, 121_000));
    assert_eq!((said.covered_ms, said.workload[0].on_duty_ms), (120_000, 120_000));
    // Before the record began nothing is known either.
    let before = Question { from: Timestamp(BEGAN - 3_600_000), ..question(0, DAY, 121_000) };
    let said = fold.ask(&before);
    assert_eq!((said.hours.open[0], said.free.units[0], said.free.units[12]), (None, None, None));
    assert_eq!((said.hours.open[1], said.covered_ms), (Some(0), 120_000));
    // Of a period that is to come nothing is known, and nothing is made up.
    let said = fold.ask(&question(2 * DAY, 3 * DAY, 121_000));
    assert_eq!((said.covered_ms, said.workload.len(), said.free.units[0]), (0, 0, None));
    // A period that ends before it begins.
    let said = fold.ask(&question(60_000, 30_000, 121_000));
    assert_eq!((said.covered_ms, said.hours.open.len(), said.free.units.len()), (0, 0, 0));
}

fn question(from: u64, until: u64, now: u64) -> Question {
    let wall = |ms: u64| Timestamp(BEGAN + ms.cast_signed());
    let (from, until) = (wall(from), wall(until));
    Question { from, until, now: at(now), scope: Scope::Everywhere }
}

#[test]
fn two_reports_of_one_thing_are_timed_from_the_first_report_to_the_first_unit() {
    let mut fold = Fold::default();
    tell(&mut fold, 0, lent());
    tell(&mut fold, 1, AidJoined { unit: UnitId(2), ..lent() });
    tell(&mut fold, 1_000, opened(1));
    tell(&mut fold, 31_000, opened(2));
    for (incident, unit) in [(2, 1), (1, 2)] {
        let (incident, unit) = (IncidentId(incident), UnitId(unit));
        let at = 40_000 + 20_000 * u64::from(unit.0);
        tell(&mut fold, at, UnitDispatched { incident, unit, advice: None });
    }
    tell(&mut fold, 100_000, IncidentsMerged { from: IncidentId(1), into: IncidentId(2) });
    let there = |incident, unit| UnitOnScene { incident, unit, at: None };
    tell(&mut fold, 120_000, there(IncidentId(2), UnitId(1)));
    tell(&mut fold, 190_000, there(IncidentId(1), UnitId(2)));
    let said = fold.ask(&question(0, DAY, 200_000));
    assert_eq!((said.incidents.reports, said.incidents.incidents), (2, 1));
    let response = &said.response[0];
    let median = |laps: &Laps| laps.p50.map(|lap| lap.0);
    // Sent at 60 s and 80 s, there at 120 s and 190 s; the first report came at 1 s.
    assert_eq!(median(&response.received_dispatched), Some(59_000));
    assert_eq!(median(&response.dispatched_on_scene), Some(60_000));
    assert_eq!(median(&response.received_on_scene), Some(119_000));
    assert_eq!(response.dispatched_acknowledged.unknown, 2);
    // Undone, each is an incident by itself.
    tell(&mut fold, 200_000, IncidentsUnmerged { from: IncidentId(1), into: IncidentId(2) });
    let said = fold.ask(&question(0, DAY, 200_001));
    assert_eq!((said.incidents.incidents, said.hours.open[0]), (2, Some(2)));
    assert_eq!(said.response[0].received_on_scene.p90, Some(Millis(189_000)));
}
