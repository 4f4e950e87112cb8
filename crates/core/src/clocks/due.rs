//! Time passes: what has fallen due by now.

use precinct_base::caps;

use super::{Alarm, Clock, Timer};
use crate::containments::lapse;
use crate::decide::Decision;
use crate::event::{
    AidLeft, ClockEscalated, ClockRaised, DutyLevelLapsed, GlassMended, PostLapsed, RingLapsed,
    ShadowEnded,
};
use crate::incidents::archive;
use crate::incidents::beside::gone;
use crate::{ContactEnd, Fact, Moment, Role, State, Unit};

/// Everything due by now, the earliest first; once there are [`caps::DUE_AT_ONCE`] facts, or a containment has ended, the rest is left for
/// the next command. Nothing due is nothing decided.
#[expect(clippy::unnecessary_wraps, reason = "a decision like the others")]
pub(crate) fn time_passes(state: &State, at: Moment) -> Decision {
    let mut facts = Vec::new();
    for (timer, alarm) in state.timers.due(at.tick) {
        if facts.len() >= caps::DUE_AT_ONCE {
            break;
        }
        facts.extend(falls_due(state, timer, alarm));
        // It frees units, and what is due after it may be of theirs: that is looked at anew.
        if matches!(timer, Timer::Containment(_)) {
            break;
        }
    }
    Ok(facts)
}

fn falls_due(state: &State, timer: Timer, alarm: Alarm) -> Vec<Fact> {
    match timer {
        Timer::Clock(clock) => vec![rings(state, clock, alarm.told)],
        Timer::Post(post) => vec![PostLapsed { post }.into()],
        Timer::DutyLevel(area) => vec![DutyLevelLapsed { area }.into()],
        Timer::Aid(unit) => vec![AidLeft { unit }.into()],
        Timer::Glass(staff) => vec![GlassMended { staff }.into()],
        Timer::Archive(incident) => archive(state, incident).collect(),
        Timer::Ring(ring) => vec![RingLapsed { ring }.into()],
        Timer::Shadow => vec![ShadowEnded {}.into()],
        Timer::Containment(containment) => lapse(state, containment),
        Timer::Contact(incident) => gone(state, incident, ContactEnd::TimeUp).into_iter().collect(),
    }
}

/// A clock rings, or rings again further up the ladder.
fn rings(state: &State, clock: Clock, told: u8) -> Fact {
    let tell = state.told(clock, told);
    match told {
        0 => ClockRaised { clock, tell }.into(),
        step => ClockEscalated { clock, step, tell }.into(),
    }
}

impl State {
    /// Who is told at the `step`th telling of a clock.
    pub(super) fn told(&self, clock: Clock, step: u8) -> Role {
        let of_incident = |id| {
            let grading = &self.incidents.get(&self.root(id))?.grading;
            Some(self.catalogue.clocks(grading.kind, grading.priority).told(step))
        };
        let told = match clock {
            Clock::Sos(_) => {
                let ladder = &self.catalogue.rules.sos_ladder;
                ladder.get(usize::from(step)).or(ladder.last()).copied()
            }
            Clock::Unanswered(incident) => of_incident(incident),
            Clock::Unacknowledged(unit) | Clock::Overdue(unit) | Clock::Welfare(unit) => {
                self.units.get(&unit).and_then(Unit::task).and_then(of_incident)
            }
        };
        told.unwrap_or(Role::DutyOfficer)
    }

    /// After what time a clock that was told and not answered is told again.
    pub(super) fn again(&self, clock: Clock) -> precinct_base::Millis {
        let rules = &self.catalogue.rules;
        let incident = match clock {
            Clock::Sos(_) => None,
            Clock::Unanswered(incident) => Some(incident),
            Clock::Unacknowledged(unit) | Clock::Overdue(unit) | Clock::Welfare(unit) => {
                self.units.get(&unit).and_then(Unit::task)
            }
        };
        let grading = incident.and_then(|id| self.incidents.get(&self.root(id)));
        grading.map_or(rules.sos_again, |incident| {
            let grading = &incident.grading;
            self.catalogue.clocks(grading.kind, grading.priority).again
        })
    }
}
