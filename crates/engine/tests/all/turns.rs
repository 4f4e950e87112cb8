//! Turns: what is asked is done once, in order, and what falls due is not forgotten.

use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};

use precinct_core::{Clock, Fact, IncidentId, Moment, Order, Rejection, Subject, Timer};
use precinct_engine::{
    Ask, Entry, Listener, Outcome, Records, Request, Trouble, Unless, replay_all,
};
use precinct_journal::keys::Opened;

use crate::ports::{Tested, area, done, id, intake, one, request, start, unit};

fn entries(engine: &Tested) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut visit = |row: &precinct_journal::Row<'_>| {
        all.push(Entry::read(row).unwrap());
        ControlFlow::Continue(())
    };
    engine.store().read(1, &mut visit).unwrap();
    all
}

#[test]
fn what_waits_is_done_in_order_in_one_turn() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    let requests = vec![
        request(1, area()),
        request(2, unit()),
        request(3, intake()),
        request(4, Order::Cancel { incident: IncidentId(9), reason: "other".parse().unwrap() }),
        request(3, intake()),
    ];
    let outcomes = engine.turn(requests);
    let seqs: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Outcome::Done(done) => Some((done.seq, done.repeated)),
            _ => None,
        })
        .collect();
    assert_eq!(seqs, [Some((1, false)), Some((2, false)), Some((3, false)), None, Some((3, true))]);
    assert!(matches!(&outcomes[3], Outcome::Refused(Rejection::Missing(_))));
    assert_eq!((engine.state().incidents().len(), engine.head().seq), (1, 3));
    let kept = entries(&engine);
    assert_eq!(kept.iter().map(|entry| entry.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    assert_eq!(replay_all(engine.store(), u64::MAX).unwrap().state, *engine.state());
}

#[test]
fn a_command_sent_again_has_the_outcome_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    engine.turn(vec![request(1, area())]);
    let first = done(one(&mut engine, request(2, intake())));
    engine.clock_mut().pass(60_000);
    let again = done(one(&mut engine, request(2, intake())));
    assert!(again.repeated && !first.repeated);
    assert_eq!((again.seq, again.at, &again.facts), (first.seq, first.at, &first.facts));
    assert_eq!(engine.state().incidents().len(), 1);
    drop(engine);
    let mut engine = start(folder.path());
    let again = done(one(&mut engine, request(2, intake())));
    assert_eq!((again.seq, again.facts), (first.seq, first.facts));
}

#[test]
fn what_falls_due_is_recorded_in_the_next_turn() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    assert_eq!(engine.due_in(), None);
    engine.turn(vec![request(1, area()), request(2, intake())]);
    let due = engine.due_in().unwrap();
    assert_eq!(due.0, 30_000);
    engine.clock_mut().pass(29_999);
    assert_eq!(engine.due_in().unwrap().0, 1);
    assert!(engine.turn(Vec::new()).is_empty());
    assert_eq!(engine.head().seq, 2, "nothing due is nothing recorded");
    engine.clock_mut().pass(1);
    engine.turn(Vec::new());
    let raised = entries(&engine).pop().unwrap();
    assert!(matches!(raised.facts[..], [Fact::ClockRaised(_)]), "{raised:?}");
    assert_eq!(raised.by.staff, precinct_core::SYSTEM);
    let clock = Clock::Unanswered(IncidentId(1));
    assert_eq!(engine.state().timers().get(Timer::Clock(clock)).unwrap().told, 1);
    let nothing = one(&mut engine, request(3, Order::TimePasses));
    assert!(matches!(nothing, Outcome::Nothing));
}

#[test]
fn what_was_written_is_recorded_sealed_and_gone_when_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    let mut call = request(2, intake());
    (call.text, call.address) = (Some("王小明 called".to_owned()), Some("3-402".to_owned()));
    let note =
        Order::AddNote { incident: IncidentId(1), text: precinct_core::Sealed(Box::default()) };
    let mut note = request(3, note);
    note.text = Some("a scar on the left hand".to_owned());
    engine.turn(vec![request(1, area()), call, note.clone()]);
    let incident = &engine.state().incidents()[&IncidentId(1)];
    assert_eq!(incident.notes.len(), 2);
    let texts = [
        &incident.notes[0].text,
        &incident.notes[1].text,
        incident.place.address.as_ref().unwrap(),
    ];
    let texts: Vec<_> = texts.into_iter().cloned().collect();
    let keys = precinct_journal::keys::Keys::reader(folder.path()).unwrap();
    let read = |at: usize| keys.unseal(1, &texts[at].0).unwrap();
    assert_eq!(read(0), Opened::Text("王小明 called".to_owned()));
    assert_eq!(read(1), Opened::Text("a scar on the left hand".to_owned()));
    assert_eq!(read(2), Opened::Text("3-402".to_owned()));
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!has("王小明") && !has("scar"), "{}", path.display());
    }
    let reason = "other".parse().unwrap();
    let end = Order::Cancel { incident: IncidentId(1), reason };
    let erase = Order::EraseText { incident: IncidentId(1) };
    engine.turn(vec![request(4, end), request(5, erase)]);
    assert!(engine.state().incidents()[&IncidentId(1)].erased);
    assert_eq!(read(0), Opened::Erased);
    note.id = id(6);
    assert!(matches!(one(&mut engine, note), Outcome::Refused(Rejection::Incident(_))));
    assert!(precinct_journal::verify(folder.path(), &[], &mut |_| {}).unwrap().is_whole());
    assert_eq!(replay_all(engine.store(), u64::MAX).unwrap().state, *engine.state());
}

#[test]
fn what_left_the_board_has_not_changed_but_is_no_longer_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    let (incident, reason) = (IncidentId(1), "other".parse().unwrap());
    let mut call = request(2, intake());
    call.text = Some("two people shouting".to_owned());
    engine.turn(vec![request(1, area()), call, request(3, Order::Cancel { incident, reason })]);
    let keeps = u64::from(engine.state().catalogue().rules.keep_closed.0);
    engine.clock_mut().pass(keeps);
    engine.turn(Vec::new());
    assert!(engine.state().incidents().is_empty(), "it left the board");
    let after = engine.head().seq;
    // Its text goes later, when what it says has been kept long enough.
    assert!(done(one(&mut engine, request(4, Order::EraseText { incident }))).seq > after);
    let order = Order::NoteHazard { incident, hazard: "fire".parse().unwrap() };
    let changed = Subject::Incident(incident);
    let late = Request { unless: Some(Unless { changed, after }), ..request(5, order) };
    let told = one(&mut engine, late);
    assert!(matches!(told, Outcome::Refused(_)), "{told:?}");
}

#[test]
fn a_record_that_is_too_large_is_refused_before_anything_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    let mut catalogue = precinct_core::Catalogue::standard();
    let mut type_of = catalogue.types[0].clone();
    type_of.title.en = "x".repeat(250);
    type_of.title.zh = "x".repeat(250);
    type_of.clocks = Some(precinct_core::ClockTimes {
        ladder: vec![precinct_core::Role::DutyOfficer; 400],
        ..catalogue.clocks[0].clone()
    });
    catalogue.types = (0..1_000)
        .map(|n| precinct_core::IncidentType {
            code: format!("t{n:04}").parse().unwrap(),
            ..type_of.clone()
        })
        .collect();
    let before = engine.state().clone();
    let order = Order::SetCatalogue(Box::new(catalogue));
    let failed = one(&mut engine, request(1, order));
    assert!(matches!(failed, Outcome::Failed(Trouble::TooLarge(bytes)) if bytes > 1 << 20));
    assert_eq!(*engine.state(), before);
}

/// Keeps what it is told.
#[derive(Default)]
struct Heard {
    facts: Vec<(u64, usize)>,
    troubled: bool,
}

impl Listener for Heard {
    fn recorded(&mut self, first: u64, entries: &[Arc<Entry>]) {
        let facts = entries.iter().map(|entry| entry.facts.len());
        self.facts.extend((first..).zip(facts));
    }

    fn turned(&mut self, _: Moment, trouble: Option<&Trouble>) {
        self.troubled |= trouble.is_some();
    }
}

#[test]
fn whoever_asks_from_another_thread_is_answered_and_who_listens_hears_of_every_record_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    let (asks, waiting) = mpsc::sync_channel(64);
    let mut replies = Vec::new();
    for n in 1..=40 {
        let (reply, outcome) = mpsc::sync_channel(1);
        let order = if n == 1 { area() } else { intake() };
        let answer = move |outcome| {
            let _ = reply.send(outcome);
        };
        asks.send(Ask::new(request(n, order), answer)).unwrap();
        replies.push(outcome);
    }
    // Who gives up waiting leaves the others alone.
    replies.remove(0);
    drop(asks);
    let mut heard = Heard::default();
    engine.serve(&waiting, &mut heard);
    let seqs: Vec<u64> = replies.iter().map(|reply| done(reply.recv().unwrap()).seq).collect();
    assert_eq!(seqs, (2..=40).collect::<Vec<_>>());
    let told: Vec<u64> = heard.facts.iter().map(|&(seq, _)| seq).collect();
    assert_eq!(told, (1..=engine.head().seq).collect::<Vec<_>>());
    assert!(heard.facts.iter().all(|&(_, facts)| facts > 0) && !heard.troubled);
}

#[test]
fn what_must_not_have_changed_is_held_against_every_record_also_of_the_same_turn() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    engine.turn(vec![request(1, area()), request(2, intake()), request(3, intake())]);
    let (first, other) = (IncidentId(1), IncidentId(2));
    let hazard = |n, incident, hazard: &str, after| {
        let order = Order::NoteHazard { incident, hazard: hazard.parse().unwrap() };
        let changed = Subject::Incident(incident);
        Request { unless: Some(Unless { changed, after }), ..request(n, order) }
    };
    let told = |outcome: &Outcome| match outcome {
        Outcome::Done(done) => format!("{}{}", done.seq, if done.repeated { " again" } else { "" }),
        Outcome::Changed => "changed".to_owned(),
        other => format!("{other:?}"),
    };
    let outcomes = engine.turn(vec![
        hazard(4, first, "fire", 3),
        // Record 4 of the same turn is not on the disk yet, and counts.
        hazard(5, first, "gas", 3),
        hazard(4, first, "fire", 3),
        hazard(6, other, "gas", 3),
        hazard(7, other, "fire", 2),
    ]);
    let outcomes: Vec<String> = outcomes.iter().map(told).collect();
    assert_eq!(outcomes, ["4", "changed", "4 again", "5", "changed"]);
    assert_eq!(told(&one(&mut engine, hazard(5, first, "gas", 4))), "6");
    assert_eq!(
        told(&one(&mut engine, hazard(7, other, "dog", 7))),
        "changed",
        "of another journal"
    );
    // After a start nobody knows what was changed before it.
    drop(engine);
    let mut engine = start(folder.path());
    assert_eq!(told(&one(&mut engine, hazard(8, other, "fire", 5))), "changed");
    assert_eq!(told(&one(&mut engine, hazard(4, first, "fire", 3))), "4 again");
    let head = engine.head().seq;
    assert_eq!(told(&one(&mut engine, hazard(8, other, "fire", head))), "7");
}

#[test]
fn what_was_on_paper_is_recorded_with_when_it_happened_and_the_rest_as_ever() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    engine.turn(vec![request(1, area())]);
    engine.clock_mut().pass(7_200_000);
    let now = engine.now();
    let hour = 3_600_000;
    let happened = Moment {
        tick: precinct_base::Instant(now.tick.0 - hour),
        wall: precinct_base::Timestamp(now.wall.0 - hour.cast_signed()),
    };
    let paper = |order| Order::OnPaper { order: Box::new(order), happened };
    let mut call = request(2, paper(intake()));
    call.text = Some("by runner".to_owned());
    let note =
        Order::AddNote { incident: IncidentId(1), text: precinct_core::Sealed(Box::default()) };
    let mut note = request(3, paper(note));
    note.text = Some("two men parted".to_owned());
    for outcome in engine.turn(vec![call, note]) {
        assert_eq!(done(outcome).at, now);
    }
    let known = &engine.state().incidents()[&IncidentId(1)];
    assert_eq!((known.opened, known.entered), (happened, Some(now)));
    // Both texts are sealed as any other.
    assert!(known.notes.len() == 2 && known.notes.iter().all(|note| note.text.0.len() > 40));
    let entries = entries(&engine);
    let when: Vec<_> = entries.iter().map(|entry| entry.happened).collect();
    assert_eq!(when, [None, Some(happened), Some(happened)]);
    let forms: Vec<_> = entries.iter().map(|entry| entry.draft().body[..6].to_owned()).collect();
    assert_eq!(
        forms,
        ["{\"v\":1", "{\"v\":2", "{\"v\":2"],
        "an older program says that it is newer"
    );
    assert_eq!(replay_all(engine.store(), u64::MAX).unwrap().state, *engine.state());
}
