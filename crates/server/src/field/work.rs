//! The thread that knows where units are: it hears fixes, looks for their streets, and shows all of it at each tick.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use precinct_base::{LonLat, Metres, Millis, Timestamp, UnitId};
use precinct_core::{Duty, Fact, State};
use precinct_engine::Entry;
use precinct_positions::{Fix, Heard, OnStreet, Positions, Reader, Rules, Sos, Verdict};
use precinct_roads::{Profile, Snap, Snapper};
use tokio::sync::watch;
use tracing::warn;

use super::{Cry, Message, Presence, Tracks};
use crate::ground::{Ground, profile};
use crate::live::Watch;

/// How often what is known is shown.
const TICK: Duration = Duration::from_millis(500);
/// Fixes of a unit that come at once are looked at one by one where they are so far apart.
const APART: Millis = Millis::from_seconds(5);
/// A unit this near to the street it was on is still on it.
const STICKS: Metres = Metres(12);

pub(super) struct Work {
    ground: Arc<Ground>,
    clock: Arc<Watch>,
    positions: Positions,
    presence: Presence,
    tracks: Tracks,
    /// How each unit that was on duty travels.
    profiles: BTreeMap<UnitId, Profile>,
    /// Units with fixes since the last tick, and where they were: after a gap a device sends many at once.
    moved: BTreeMap<UnitId, Vec<(LonLat, Timestamp)>>,
    cry: Cry,
    ticked: watch::Sender<u64>,
}

impl Work {
    pub(super) fn new(
        ground: Arc<Ground>,
        clock: Arc<Watch>,
        (tracks, presence): (Tracks, Presence),
        cry: Cry,
        ticked: watch::Sender<u64>,
    ) -> Self {
        Self {
            ground,
            clock,
            positions: Positions::new(Rules::default()),
            presence,
            tracks,
            profiles: BTreeMap::new(),
            moved: BTreeMap::new(),
            cry,
            ticked,
        }
    }

    pub(super) fn reader(&self) -> Reader {
        self.positions.reader()
    }

    /// Takes over the units that are on duty.
    pub(super) fn take_over(&mut self, state: &State) {
        for (&id, unit) in state.units() {
            self.describe(id, unit.vehicle);
            if let Duty::On { .. } = unit.duty {
                let since = state.began(id).unwrap_or(state.now().wall);
                self.begin(id, since);
            }
        }
    }

    fn describe(&mut self, unit: UnitId, vehicle: precinct_core::Vehicle) {
        if let Some(profile) = profile(vehicle) {
            self.profiles.insert(unit, profile);
        } else {
            self.profiles.remove(&unit);
        }
    }

    fn begin(&mut self, unit: UnitId, at: Timestamp) {
        if let Err(error) = self.positions.begin_tour(unit, at) {
            warn!(%error, "a unit on duty has no place on the map");
        }
    }

    fn end(&mut self, unit: UnitId) {
        // What came since the last tick is of the tour still.
        let places = self.moved.remove(&unit).unwrap_or_default();
        self.see(unit, places);
        self.positions.end_tour(unit);
        self.presence.end_tour(unit);
    }

    /// Works until nobody can send any more.
    pub(super) fn run(&mut self, inbox: &Receiver<Message>) {
        let mut next = Instant::now();
        loop {
            let now = Instant::now();
            if now >= next {
                self.tick();
                next = now + TICK;
            }
            match inbox.recv_timeout(next.saturating_duration_since(now)) {
                Ok(Message::Fixes(fixes, reply)) => {
                    // Who asked may have gone.
                    let _ = reply.send(self.hear(fixes));
                }
                Ok(Message::Recorded(entries)) => self.recorded(&entries),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    fn hear(&mut self, fixes: Vec<Fix>) -> precinct_positions::Tally {
        let now = self.clock.wall();
        let Self { positions, moved, tracks, .. } = self;
        let heard = positions.accept_batch(now, fixes, |fix, verdict| {
            if verdict.is_tracked() {
                tracks.keep(fix);
            }
            if let Verdict::Taken { .. } = verdict {
                keep(moved.entry(fix.unit).or_default(), fix);
            }
        });
        match heard {
            Heard::Calm(tally) => tally,
            Heard::Sos { calls, answer } => {
                self.cry_out(calls);
                answer
            }
        }
    }

    /// A batch may hold the same call many times; each unit in it calls once.
    fn cry_out(&self, calls: Vec<Sos>) {
        let last: BTreeMap<UnitId, Sos> = calls.into_iter().map(|call| (call.unit, call)).collect();
        last.into_values().for_each(&self.cry);
    }

    fn recorded(&mut self, entries: &[Arc<Entry>]) {
        for entry in entries {
            for fact in &entry.facts {
                match fact {
                    Fact::UnitSet(unit) => self.describe(unit.unit, unit.vehicle),
                    Fact::ShiftStarted(shift) => self.begin(shift.unit, entry.at.wall),
                    Fact::ShiftEnded(shift) => self.end(shift.unit),
                    Fact::AidJoined(aid) => {
                        self.describe(aid.unit, aid.vehicle);
                        self.begin(aid.unit, entry.at.wall);
                    }
                    Fact::AidLeft(aid) => self.end(aid.unit),
                    _ => {}
                }
            }
        }
    }

    fn tick(&mut self) {
        let now = self.clock.wall();
        for (unit, places) in std::mem::take(&mut self.moved) {
            self.see(unit, places);
        }
        self.positions.tick(now);
        self.presence.listen(now);
        self.ticked.send_modify(|ticks| *ticks += 1);
    }

    /// Looks for the streets of where a unit was.
    fn see(&mut self, unit: UnitId, places: Vec<(LonLat, Timestamp)>) {
        let mut known = self.positions.last_street(unit);
        for (at, time) in places {
            let street = self.street(unit, at, known);
            self.presence.seen(unit, at, time, street.map(|street| street.segment));
            if let Some(street) = street {
                self.positions.set_street(unit, time, street);
                known = Some(street);
            }
        }
    }

    /// The street a unit is on: the one it was on if it is still near, else the nearest that it may use.
    fn street(&self, unit: UnitId, at: LonLat, known: Option<OnStreet>) -> Option<OnStreet> {
        let profile = *self.profiles.get(&unit)?;
        let same = known.and_then(|street| Snapper::on(&self.ground.map, street.segment, at));
        let near = |snap: &Snap| snap.distance <= STICKS.millimetres();
        let snap = same.filter(near).or_else(|| self.ground.stand(profile, at))?;
        Some(OnStreet { segment: snap.segment, offset: snap.offset })
    }
}

/// Keeps a fix of those that came since the last tick: the last, and of those before it two every few seconds.
fn keep(places: &mut Vec<(LonLat, Timestamp)>, fix: &Fix) {
    let one_but_last = places.len().checked_sub(2).and_then(|at| places.get(at));
    let near = one_but_last
        .is_some_and(|&(_, time)| fix.time.0.saturating_sub(time.0) < i64::from(APART.0));
    if near {
        places.pop();
    }
    places.push((fix.at, fix.time));
}
