//! Crews as they are at a moment of a run: where, doing what, and what they have done so far.

use std::ops::Range;

use precinct_advice::Networks;
use precinct_base::{LonLat, Millimetres, Millis, UnitId};
use precinct_core::{Code, ShiftId};
use precinct_roads::{Drive, Profile, Snap};

/// What a crew does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Off,
    Free,
    /// Incident, and how many were sent before it.
    Task(u32, u32),
    Out,
}

/// A drive under way.
#[derive(Debug)]
pub(super) struct Driving {
    started: u64,
    takes: Millis,
    way: Drive,
    end: Option<Snap>,
}

impl Driving {
    pub(super) const fn new(started: u64, takes: Millis, way: Drive, end: Option<Snap>) -> Self {
        Self { started, takes, way, end }
    }

    fn is_over(&self, now: u64) -> bool {
        now >= self.started + u64::from(self.takes.0)
    }

    /// How far it is by the roads' own time.
    fn elapsed(&self, now: u64) -> Millis {
        let part = (now - self.started).min(u64::from(self.takes.0)) as u32;
        self.way.time().share(part, self.takes.0)
    }
}

/// What crews did within the time that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) on_duty_ms: u64,
    pub(crate) on_task_ms: u64,
    pub(crate) driven: Millimetres,
    pub(crate) tasks: u64,
}

/// A crew.
#[derive(Debug)]
pub(super) struct CrewNow {
    pub(super) unit: UnitId,
    pub(super) force: Code,
    pub(super) profile: Option<Profile>,
    pub(super) home: Option<LonLat>,
    pub(super) place: Option<Snap>,
    pub(super) driving: Option<Driving>,
    /// The drive to its task, where it was found as it was sent.
    pub(super) ahead: Option<Drive>,
    pub(super) doing: Doing,
    /// Rises whenever what it means to do is another.
    pub(super) generation: u32,
    pub(super) shift: Option<ShiftId>,
    /// Its tour is over; it goes when it is free.
    pub(super) over: bool,
    /// A tour that begins as soon as this one has ended.
    pub(super) next: Option<u32>,
    pub(super) rest_due: bool,
    since: u64,
    pub(super) usage: Usage,
}

impl CrewNow {
    pub(super) fn new(unit: UnitId, force: Code, profile: Option<Profile>) -> Self {
        Self {
            unit,
            force,
            profile,
            home: None,
            place: None,
            driving: None,
            ahead: None,
            doing: Doing::Off,
            generation: 0,
            shift: None,
            over: false,
            next: None,
            rest_due: false,
            since: 0,
            usage: Usage::default(),
        }
    }

    /// Does something else from now on, within what counts.
    pub(super) fn turn_to(&mut self, doing: Doing, now: u64, counts: &Range<u64>) {
        let spent =
            now.clamp(counts.start, counts.end) - self.since.clamp(counts.start, counts.end);
        match self.doing {
            Doing::Off => {}
            Doing::Free | Doing::Out => self.usage.on_duty_ms += spent,
            Doing::Task(..) => {
                self.usage.on_duty_ms += spent;
                self.usage.on_task_ms += spent;
            }
        }
        self.doing = doing;
        self.since = now;
        self.generation += 1;
    }

    /// Where on the roads it is, for searches; a drive that is over is done with.
    pub(super) fn here(
        &mut self,
        networks: &Networks,
        now: u64,
        counts: &Range<u64>,
    ) -> Option<Snap> {
        let Some(driving) = &self.driving else { return self.place };
        if driving.is_over(now) {
            self.stop(networks, now, counts);
            return self.place;
        }
        let network = self.profile.and_then(|profile| networks.get(profile))?;
        let spot = driving.way.after(driving.elapsed(now));
        spot.map(|spot| network.spot(spot)).or(self.place)
    }

    /// Stops where it is.
    pub(super) fn stop(&mut self, networks: &Networks, now: u64, counts: &Range<u64>) {
        let Some(driving) = self.driving.take() else { return };
        let over = driving.is_over(now);
        let elapsed = if over { Millis::MAX } else { driving.elapsed(now) };
        if counts.contains(&driving.started) {
            self.usage.driven.0 += driving.way.done(elapsed).0;
        }
        if over {
            self.place = driving.end.or(self.place);
        } else if let Some(network) = self.profile.and_then(|profile| networks.get(profile)) {
            let spot = driving.way.after(elapsed);
            self.place = spot.map(|spot| network.point(spot)).or(self.place);
        }
    }
}
