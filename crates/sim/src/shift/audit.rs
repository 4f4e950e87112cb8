//! Holding the records against what the world was told and against the state.

use std::collections::BTreeSet;

use precinct_core::{Clock, Fact, IncidentId, State};
use precinct_engine::{Entry, replay, replay_all};
use precinct_journal::Head;

use super::SimDisk;
use super::check::Wrong;
use super::invariant::Invariant;
use super::run::Acknowledged;

/// That every acknowledged command is where it was said to be, as it was said to be.
pub(super) fn acknowledged(disk: &SimDisk, told: &Acknowledged) -> Result<(), Wrong> {
    let records: Vec<_> = disk.records().collect();
    for (id, done) in told {
        let record = usize::try_from(done.seq - 1).ok().and_then(|at| records.get(at));
        let entry = record.and_then(|record| Entry::read(&record.as_row()).ok());
        if entry.is_none_or(|entry| entry.id != *id || entry.facts != done.facts) {
            let what = format!("command {id} was acknowledged as record {} and is lost", done.seq);
            return Err((Invariant::AcknowledgedKept, what));
        }
    }
    Ok(())
}

/// That the records give `state`, with and without snapshots.
pub(super) fn replay_is(disk: &SimDisk, state: &State) -> Result<(), Wrong> {
    for replayed in [replay(disk, u64::MAX), replay_all(disk, u64::MAX)] {
        match replayed {
            Ok(replayed) if replayed.state == *state => {}
            Ok(replayed) => {
                let what = format!("from record {}: another state", replayed.from);
                return Err((Invariant::ReplayIsLive, what));
            }
            Err(error) => return Err((Invariant::ReplayIsLive, error.to_string())),
        }
    }
    Ok(())
}

/// Everything that must hold of the records as a whole.
pub(super) fn records(
    disk: &SimDisk,
    state: &State,
    looked: &mut dyn FnMut(Invariant, u64),
) -> Result<(), Wrong> {
    let (mut before, mut ids, mut tick) = (Head::EMPTY, BTreeSet::new(), 0);
    let mut on_board: BTreeSet<IncidentId> = BTreeSet::new();
    for record in disk.records() {
        looked(Invariant::ChainWhole, 1);
        if let Err(broken) = record.as_row().check(before) {
            return Err((Invariant::ChainWhole, format!("record {}: {broken:?}", record.seq)));
        }
        before = record.head();
        looked(Invariant::Once, 1);
        if !ids.insert(record.command) {
            return Err((Invariant::Once, format!("command {} has two records", record.command)));
        }
        let entry = Entry::read(&record.as_row());
        let entry = entry.map_err(|error| (Invariant::ReplayIsLive, error.to_string()))?;
        looked(Invariant::InstantsRise, 1);
        if entry.at.tick.0 < tick {
            return Err((Invariant::InstantsRise, format!("record {} is earlier", record.seq)));
        }
        tick = entry.at.tick.0;
        facts(disk, &entry, looked)?;
        for fact in &entry.facts {
            match fact {
                Fact::IncidentOpened(opened) => _ = on_board.insert(opened.incident),
                Fact::IncidentArchived(gone) => _ = on_board.remove(&gone.incident),
                _ => {}
            }
        }
    }
    looked(Invariant::NoIncidentLost, on_board.len() as u64);
    let there: BTreeSet<IncidentId> = state.incidents().keys().copied().collect();
    if on_board == there {
        return Ok(());
    }
    let differ: Vec<_> = on_board.symmetric_difference(&there).collect();
    Err((Invariant::NoIncidentLost, format!("recorded and on the board differ: {differ:?}")))
}

fn facts(
    disk: &SimDisk,
    entry: &Entry,
    looked: &mut dyn FnMut(Invariant, u64),
) -> Result<(), Wrong> {
    for fact in &entry.facts {
        match fact {
            Fact::TextErased(erased) => {
                looked(Invariant::ErasedIsGone, 1);
                if disk.has_key(u64::from(erased.incident.0)) {
                    let what = format!("the key of {} is there", erased.incident);
                    return Err((Invariant::ErasedIsGone, what));
                }
            }
            Fact::ContactErased(erased) => {
                looked(Invariant::ErasedIsGone, 1);
                if disk.has_key(erased.contact.subject()) {
                    let what = format!("the key of the contact of {} is there", erased.incident);
                    return Err((Invariant::ErasedIsGone, what));
                }
            }
            Fact::SosRaised(sos) => {
                looked(Invariant::SosAtOnce, 1);
                let told = entry.facts.iter().any(|fact| {
                    matches!(fact, Fact::ClockRaised(raised) if raised.clock == Clock::Sos(sos.sos))
                });
                if !told {
                    return Err((Invariant::SosAtOnce, format!("{} was told to nobody", sos.sos)));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
