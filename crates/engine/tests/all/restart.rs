//! Restarts, snapshots, full disks and calendars that jump.

use std::fs;
use std::os::unix::fs::symlink;

use precinct_base::Timestamp;
use precinct_core::{Fact, IncidentId};
use precinct_engine::{Entry, Outcome, Trouble, replay, replay_all, snapshots};
use precinct_journal::snapshot;
use precinct_journal::{Reader, Row};

use crate::ports::{START, Tested, area, done, intake, one, request, start, start_at};

fn last_facts(engine: &Tested) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut visit = |row: &Row<'_>| {
        facts = Entry::read(row).unwrap().facts;
        std::ops::ControlFlow::Continue(())
    };
    precinct_engine::Records::read(engine.store(), engine.head().seq, &mut visit).unwrap();
    facts
}

#[test]
fn running_time_goes_on_where_it_ended_and_clocks_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    engine.clock_mut().pass(1_000);
    engine.turn(vec![request(1, area()), request(2, intake())]);
    let before = engine.state().clone();
    drop(engine);
    // Off for ten seconds.
    let mut engine = start_at(folder.path(), Timestamp(START.0 + 11_000));
    assert_eq!(*engine.state(), before);
    assert_eq!(engine.due_in().unwrap().0, 20_000);
    let second = done(one(&mut engine, request(3, intake())));
    assert_eq!(second.at.tick.0, 11_000);
    assert_eq!(second.seq, 3, "no jump of the calendar to record");
}

#[test]
fn a_calendar_that_jumps_is_recorded_and_moves_no_clock() {
    const YEARS: i64 = 2 * 365 * 24 * 3_600_000;
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    engine.turn(vec![request(1, area()), request(2, intake())]);
    for jump in [YEARS, -2 * YEARS] {
        let due = engine.due_in();
        engine.clock_mut().0.wall.0 += jump;
        assert_eq!(engine.due_in(), due);
        engine.turn(Vec::new());
        assert!(matches!(&last_facts(&engine)[..], [Fact::ClockSet(set)]
            if set.after.0 - set.before.0 == jump));
        let count = engine.head().seq;
        engine.turn(Vec::new());
        assert_eq!(engine.head().seq, count, "once");
    }
    drop(engine);
    // Set back while it was off.
    let mut engine = start_at(folder.path(), Timestamp(START.0 - 3 * YEARS));
    engine.turn(Vec::new());
    assert!(matches!(&last_facts(&engine)[..], [Fact::ClockSet(_)]));
    assert_eq!(engine.due_in().unwrap().0, 30_000);
}

#[test]
fn a_snapshot_shortens_the_way_and_is_believed_only_when_it_fits() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    engine.turn(vec![request(1, area()), request(2, intake())]);
    let reader = Reader::open(folder.path()).unwrap();
    let made = snapshots::make(&reader).unwrap();
    assert_eq!((made, made.seq), (engine.head(), 2));
    assert_eq!(snapshots::make(&reader).unwrap(), made, "there is nothing newer");
    engine.turn(vec![request(3, intake())]);
    let through = replay(&reader, u64::MAX).unwrap();
    assert_eq!((through.from, through.records), (2, 1));
    assert_eq!(through.state, *engine.state());
    let all = replay_all(&reader, u64::MAX).unwrap();
    assert_eq!((all.from, all.records, &all.state), (0, 3, engine.state()));
    assert_eq!(replay(&reader, 2).unwrap().records, 0);
    assert_eq!(replay(&reader, 1).unwrap().head.seq, 1);
    snapshots::make(&reader).unwrap();
    // A snapshot of other records, of another form, or with another hash is passed over for the older one.
    let good = snapshot::read(folder.path(), 3).unwrap();
    let mut other = good.clone();
    other.hash.0[0] ^= 1;
    let mut form = good.clone();
    form.bytes[3] ^= 1;
    let mut hash = good.clone();
    hash.state_hash.0[0] ^= 1;
    let mut longer = good.clone();
    longer.bytes.push(0);
    for bad in [other, form, hash, longer] {
        bad.write(folder.path()).unwrap();
        let through = replay(&reader, u64::MAX).unwrap();
        assert_eq!((through.from, &through.state), (2, engine.state()));
    }
    for seq in 4..9 {
        engine.turn(vec![request(seq, intake())]);
        snapshots::make(&reader).unwrap();
    }
    assert_eq!(snapshot::list(folder.path()).unwrap(), [6, 7, 8]);
}

#[test]
fn a_full_disk_refuses_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = start(folder.path());
    engine.turn(vec![request(1, area()), request(2, intake())]);
    drop(engine);
    let reserve = folder.path().join("reserve");
    fs::remove_file(&reserve).unwrap();
    symlink("/dev/full", &reserve).unwrap();
    let mut engine = start(folder.path());
    symlink("/dev/full", &reserve).unwrap();
    let refused = one(&mut engine, request(3, intake()));
    assert!(matches!(refused, Outcome::Failed(Trouble::Full)), "{refused:?}");
    assert_eq!(engine.state().incidents().len(), 1, "and can be read");
    assert_eq!(done(one(&mut engine, request(3, intake()))).seq, 3);
    assert!(engine.state().incidents().contains_key(&IncidentId(2)));
}

#[test]
fn a_record_that_is_no_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    start(folder.path()).turn(vec![request(1, area())]);
    for (actor, body, told) in [
        (
            "A1",
            "{\"v\":3,\"tick\":0,\"role\":\"crew\",\"area\":1,\"why\":{\"incident\":1},\"facts\":[]}",
            "form 3",
        ),
        ("A1", "{}", "record 2 cannot be read"),
        (
            "no number",
            "{\"v\":1,\"tick\":0,\"role\":\"crew\",\"area\":1,\"why\":{\"incident\":1},\"facts\":[]}",
            "no staff number",
        ),
        (
            "A1",
            "{\"v\":1,\"tick\":0,\"role\":\"crew\",\"area\":1,\"why\":{\"incident\":1},\"facts\":[{\"nonsense.1\":{}}]}",
            "nonsense.1",
        ),
    ] {
        let copy = tempfile::tempdir().unwrap();
        fs::copy(folder.path().join("journal.db"), copy.path().join("journal.db")).unwrap();
        let mut journal = precinct_journal::Journal::open(
            copy.path(),
            &precinct_journal::Options::default().reserving(0),
        )
        .unwrap();
        let draft = precinct_journal::Draft {
            command: precinct_journal::CommandKey([9; 16]),
            instant: 0,
            actor: actor.to_owned(),
            body: body.to_owned(),
        };
        journal.append(&[draft], 1).unwrap();
        let reader = Reader::open(copy.path()).unwrap();
        let failed = replay(&reader, u64::MAX).unwrap_err().to_string();
        assert!(failed.contains(told), "{failed}");
    }
}
