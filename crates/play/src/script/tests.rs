//! Days played in a small town with the real core behind its doors.

use std::collections::VecDeque;

use precinct_base::{Millis, Timestamp};
use precinct_core::{Code, Fact, IncidentId, Order, Priority, Source, Status, Step};

use super::{Action, Input, Script, Whims};
use crate::ask::{Ask, CrewStep, Doors as _, Key, Refused};
use crate::control_room::Room;
use crate::day::{Call, Origin, Response};
use crate::{Habits, Told, Wanted, cast, town};

const START: Timestamp = Timestamp(1_704_700_800_000);
const MINUTE: i64 = 60_000;
const CALM: Whims = Whims { declines: 0, silent: 0, sos: 0, fuel: 0 };

fn call(number: i64, minute: i64, priority: u8, origin: Origin) -> Call {
    let received = Timestamp(START.0 + minute * MINUTE);
    let later = |minutes| Some(Timestamp(received.0 + minutes * MINUTE));
    let response = Response {
        dispatch: later(1),
        en_route: later(2),
        on_scene: later(7),
        clear: later(19),
        ..Response::default()
    };
    Call {
        id: number.to_string(),
        origin,
        received,
        entered: None,
        kind: Code::literal("other"),
        priority: Priority::new(priority),
        at: town::at(number * 137 % 900, number * 311 % 900),
        address: None,
        responses: vec![response],
    }
}

/// A play with its room.
struct Play<'a> {
    script: Script<'a>,
    room: Room,
    log: Vec<(Timestamp, Ask)>,
    refused: Vec<(Ask, Refused)>,
    fixes: usize,
}

impl<'a> Play<'a> {
    fn new(
        network: &'a precinct_roads::Network,
        calls: Vec<Call>,
        units: usize,
        (seed, whims): (u64, Whims),
    ) -> Self {
        let roles = cast(&Room::posts(), &[], Some(units));
        let script = Script::new(network, (calls, 0), roles, (seed, whims), START);
        Self { script, room: Room::new(START), log: Vec::new(), refused: Vec::new(), fixes: 0 }
    }

    /// The calls of a real day, in a city with these posts.
    fn real(
        network: &'a precinct_roads::Network,
        calls: Vec<Call>,
        posts: &[crate::PostSeen],
    ) -> Self {
        let start = Timestamp(calls[0].received.0 - 10 * MINUTE);
        let script =
            Script::new(network, (calls, 0), cast(posts, &[], None), (1, Whims::default()), start);
        Self {
            script,
            room: Room::with(start, posts),
            log: Vec::new(),
            refused: Vec::new(),
            fixes: 0,
        }
    }

    /// Plays until all is over, or `minutes` have passed.
    fn run(&mut self, minutes: i64) {
        self.until(minutes, is_over);
    }

    fn until(&mut self, minutes: i64, done: impl Fn(&Script) -> bool) {
        let limit = Timestamp(self.room.began.0 + minutes * MINUTE);
        let mut inputs = VecDeque::from([Input::Time]);
        loop {
            let now = self.room.now;
            while let Some(input) = inputs.pop_front() {
                for action in self.script.turn(now, input) {
                    inputs.push_back(self.carry(action));
                }
                self.positions();
            }
            let facts = self.room.time_passes();
            if !facts.is_empty() {
                inputs.push_back(Input::Told { seq: self.room.seq, at: now, facts });
                continue;
            }
            let over = done(&self.script) || now >= limit;
            let next = self.script.next().into_iter().chain(self.room.deadline()).min();
            let Some(next) = next.filter(|_| !over) else { return };
            self.room.now = next.max(now).min(limit);
            inputs.push_back(Input::Time);
        }
    }

    fn carry(&mut self, Action { ticket, ask }: Action) -> Input {
        let outcome = self.room.ask(Key::new(0, [0; 6], ticket), &ask);
        self.log.push((self.room.now, ask.clone()));
        if let Err(refused) = &outcome {
            self.refused.push((ask, refused.clone()));
        }
        Input::Answered { ticket, outcome }
    }

    /// Positions come from units on duty only.
    fn positions(&mut self) {
        for fix in self.script.fixes(self.room.now) {
            let unit = &self.room.state.units()[&precinct_base::UnitId(fix.unit)];
            assert!(unit.doing().is_some(), "a fix of unit {} off duty", fix.unit);
            assert!(fix.time <= self.room.now);
            self.fixes += 1;
        }
    }

    fn count(&self, of: impl Fn(&Ask) -> bool) -> usize {
        self.log.iter().filter(|(_, ask)| of(ask)).count()
    }
}

fn is_over(script: &Script) -> bool {
    script.is_over()
}

fn forty() -> Vec<Call> {
    (0..40)
        .map(|n| {
            let origin = if n % 5 == 0 { Origin::Patrol } else { Origin::Call };
            call(n, 10 + n * 3, 1 + (n % 4) as u8, origin)
        })
        .collect()
}

#[test]
fn every_call_of_a_day_is_taken_answered_and_closed() {
    let network = town::network();
    let mut play = Play::new(&network, forty(), 12, (1, CALM));
    play.run(600);
    assert!(play.script.is_over(), "{:?}", play.script.glance());
    let hard: Vec<_> =
        play.refused.iter().filter(|(ask, _)| !matches!(ask, Ask::AnswerClock { .. })).collect();
    assert!(hard.is_empty(), "{hard:?}");
    let state = &play.room.state;
    assert_eq!(state.next_incident(), IncidentId(41));
    for outcome in play.script.outcomes() {
        let incident = &state.incidents()[&IncidentId(outcome.incident.unwrap())];
        assert!(matches!(incident.status, Status::Closed { .. }));
        assert_eq!(incident.source == Source::Patrol, outcome.found);
        assert_eq!(outcome.opened, Some(incident.opened.wall));
        let there =
            incident.assignments.iter().filter_map(|task| task.on_scene).map(|at| at.wall).min();
        assert_eq!((outcome.on_scene, there.is_some()), (there, true));
        // Crews stay as long as the record says.
        let task = &incident.assignments[0];
        let stayed = task.ended.unwrap().0.since(task.on_scene.unwrap());
        assert_eq!(i64::from(stayed.0), 12 * MINUTE, "{task:?}");
    }
    assert!(play.fixes > 200, "{}", play.fixes);
}

/// A hundred seconds to set out, and a quarter of an hour there.
struct Measured;

impl Habits for Measured {
    fn turnout(&self, wanted: Wanted) -> Option<Millis> {
        (wanted.force == Code::literal("police")).then_some(Millis(100_000))
    }
    fn stay(&self, _: Wanted) -> Option<Millis> {
        Some(Millis(900_000))
    }
}

#[test]
fn crews_do_as_was_measured_where_the_record_does_not_say() {
    let network = town::network();
    let mut calls = vec![call(1, 5, 2, Origin::Call), call(2, 90, 2, Origin::Call)];
    calls[0].responses.clear();
    let mut play = Play::new(&network, calls, 2, (1, CALM));
    play.script = play.script.with_habits(&Measured);
    play.run(600);
    let took = [1, 2].map(|number| {
        let task = &play.room.state.incidents()[&IncidentId(number)].assignments[0];
        let turnout = task.en_route.unwrap().since(task.acknowledged.unwrap());
        (turnout.0, task.ended.unwrap().0.since(task.on_scene.unwrap()).0)
    });
    assert_eq!(took, [(100_000, 900_000), (60_000, 720_000)]);
}

#[test]
fn the_same_seed_asks_the_same_and_another_does_not() {
    let network = town::network();
    let played = |seed| {
        let mut play = Play::new(&network, forty(), 12, (seed, Whims::default()));
        play.run(900);
        play.log
    };
    let first = played(5);
    assert!(first.len() > 300 && first == played(5));
    assert_ne!(first, played(6));
}

#[test]
fn crews_that_decline_are_silent_or_in_need_do_not_stop_the_day() {
    let network = town::network();
    let whims = Whims { declines: 200, silent: 200, sos: 200, fuel: 300 };
    let mut play = Play::new(&network, forty(), 12, (3, whims));
    play.run(1_200);
    assert!(play.script.is_over(), "{:?}", play.script.glance());
    let step = |wanted: &str| play.count(|ask| ask.name() == wanted);
    for deed in ["decline", "SOS", "close SOS", "out of service", "back in service", "answer clock"]
    {
        assert!(step(deed) > 0, "{deed}");
    }
    play.until(1_500, |_| false);
    assert!(play.room.state.sos().is_empty());
}

#[test]
fn who_waits_is_served_in_order_of_urgency() {
    let network = town::network();
    let calls = vec![
        call(1, 5, 3, Origin::Call),
        call(2, 6, 4, Origin::Call),
        call(3, 7, 2, Origin::Call),
        call(4, 8, 1, Origin::Call),
    ];
    let mut play = Play::new(&network, calls, 1, (1, CALM));
    play.run(600);
    assert!(play.script.is_over());
    let mut outcomes = play.script.outcomes();
    outcomes.sort_by_key(|outcome| outcome.dispatched);
    let order: Vec<u8> = outcomes.iter().map(|outcome| outcome.priority).collect();
    assert_eq!(order, [3, 1, 2, 4]);
    assert!(play.count(|ask| matches!(ask, Ask::Recommend { .. })) > 4);
}

#[test]
fn tours_end_and_the_next_watch_goes_on() {
    let network = town::network();
    let mut play = Play::new(&network, vec![call(1, 40 * 60, 2, Origin::Call)], 6, (1, CALM));
    play.run(42 * 60);
    assert!(play.script.is_over());
    assert!(play.refused.is_empty(), "{:?}", play.refused);
    let started =
        play.room.events.iter().filter(|event| matches!(event.fact, Fact::ShiftStarted(_))).count();
    assert!((18..=30).contains(&started), "{started}");
    assert_eq!(play.script.glance().on_duty, 6);
}

#[test]
fn answers_that_do_not_tell_what_happened_are_enough() {
    let network = town::network();
    let mut play = Play::new(&network, forty(), 12, (1, CALM));
    play.room.terse = true;
    play.run(900);
    assert!(play.script.is_over(), "{:?}", play.script.glance());
    let twice = play.script.outcomes().iter().filter(|one| one.incident.is_none()).count();
    assert_eq!((twice, play.room.state.next_incident()), (0, IncidentId(41)));
}

#[test]
fn crews_go_where_somebody_else_sends_them() {
    let network = town::network();
    let mut play = Play::new(&network, vec![call(1, 120, 2, Origin::Call)], 2, (1, CALM));
    play.until(10, |_| false);
    let intake = play.script.intake(&call(7, 10, 3, Origin::Call));
    let opened = play.room.ask(Key::new(9, [9; 6], 1), &Ask::Open(intake)).unwrap();
    let sent = Ask::Dispatch { incident: 1, unit: 1, recommendation: None };
    let sent = play.room.ask(Key::new(9, [9; 6], 2), &sent).unwrap();
    for answer in [opened, sent] {
        let told = Input::Told { seq: answer.seq.unwrap(), at: answer.at, facts: answer.facts };
        assert!(play.script.turn(play.room.now, told.clone()).is_empty());
        // Told again, it changes nothing.
        assert!(play.script.turn(play.room.now, told).is_empty());
    }
    play.run(600);
    let steps: Vec<CrewStep> = play
        .log
        .iter()
        .filter_map(|(_, ask)| match ask {
            Ask::Step { incident: 1, unit: 1, step } => Some(*step),
            _ => None,
        })
        .collect();
    assert_eq!(
        steps,
        [CrewStep::Acknowledge, CrewStep::EnRoute, CrewStep::OnScene, CrewStep::Clear]
    );
    // Whoever opened it closes it.
    assert!(play.room.state.incidents()[&IncidentId(1)].is_open());
}

#[test]
fn a_crew_taken_away_leaves_its_call_to_another() {
    let network = town::network();
    let mut play = Play::new(&network, vec![call(1, 5, 3, Origin::Call)], 3, (1, CALM));
    play.until(60, |script| script.glance().busy > 0);
    let (unit, state) = (
        play.log.iter().find_map(|(_, ask)| match ask {
            Ask::Dispatch { unit, .. } => Some(*unit),
            _ => None,
        }),
        &play.room.state,
    );
    assert!(state.incidents()[&IncidentId(1)].is_open());
    let unit = precinct_base::UnitId(unit.unwrap());
    let step = Step::Recall(Code::literal("closer_unit"));
    let facts = play.room.order(Order::Task { incident: IncidentId(1), unit, step }).unwrap();
    assert!(matches!(facts[..], [Told::TakenOff { .. }]));
    play.script.turn(play.room.now, Input::Told { seq: play.room.seq, at: play.room.now, facts });
    play.run(600);
    assert!(play.script.is_over());
    assert_eq!(play.count(|ask| matches!(ask, Ask::Dispatch { .. })), 2);
}

/// San Francisco with its roads and the police's busiest day, where they are at hand.
fn san_francisco() -> Option<(precinct_roads::Network, Vec<Call>, Vec<crate::PostSeen>)> {
    let tree = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("PRECINCT_DATA").map_or(tree.join("../shared/data"), Into::into);
    let record = data.join("sf/sfpd_cad_5000.csv.gz");
    if !record.exists() {
        eprintln!("skipped: {} is not there", record.display());
        return None;
    }
    let options = precinct_city::OpenOptions {
        data_root: Some(data),
        ..precinct_city::OpenOptions::default()
    };
    let city = precinct_city::open(&tree.join("cities/san-francisco/city.toml"), &options).unwrap();
    let map = precinct_city::road_map(&city, &options, &precinct_city::Silent).unwrap();
    let (profile, hour) =
        (precinct_roads::Profile::PoliceCar, precinct_base::HourOfWeek::default());
    let speeds = precinct_roads::SpeedTable::as_imported();
    let network = precinct_roads::Network::new(map.into(), profile, &speeds, hour);
    let post = |(post, one): (usize, &precinct_city::Post)| crate::PostSeen {
        post: post as u32,
        kind: one.kind,
        area: 0,
        at: one.at,
        name: one.name.local.clone(),
    };
    let posts = city.posts.iter().enumerate().map(post).collect();
    let mut day = crate::read_day(&record, None).unwrap();
    let zone = crate::Zone::named(&city.time_zone).unwrap();
    crate::Window::of(&day, &zone, None, None).unwrap().cut(&mut day);
    Some((network, day.calls, posts))
}

#[test]
fn a_real_day_goes_through_the_core_and_nothing_is_lost() {
    let Some((network, calls, posts)) = san_francisco() else { return };
    let count = calls.len();
    let mut play = Play::real(&network, calls, &posts);
    play.room.audited = 100;
    play.run(36 * 60);
    let mut report = crate::Report::default();
    report.count(&play.script.outcomes());
    for (priority, times) in &report.response {
        eprintln!("priority {priority}: {times:?}");
    }
    let mut refused = std::collections::BTreeMap::new();
    for (ask, why) in &play.refused {
        refused.entry(ask.name()).or_insert((0, why)).0 += 1;
    }
    eprintln!(
        "{} questions, {} fixes, refused {refused:?}, {:?}",
        play.log.len(),
        play.fixes,
        play.script.glance()
    );
    assert!(report.is_whole() && play.script.is_over());
    assert_eq!((report.taken, report.arrived, report.closed), (count, count, count));
}
