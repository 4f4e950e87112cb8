//! Crews: acknowledge, set out, drive, arrive, stay and clear, at the times of the record where it has them.

use precinct_base::Timestamp;
use precinct_core::Code;

use super::Script;
use super::model::{CrewDeed, Deed, Doing, Purpose, Task};
use crate::Wanted;
use crate::ask::{Answer, Ask, CrewStep, Refused};
use crate::day::Response;

/// The shortest and the longest a crew takes to set out, whatever the record says.
const TURNOUT_MS: (i64, i64) = (2_000, 600_000);
/// The shortest and the longest a crew stays.
const STAY_MS: (i64, i64) = (20_000, 6 * 3_600_000);
/// After this a silent crew comes to itself, if nobody called it.
const SILENCE_MS: i64 = 900_000;
/// The type of an incident that somebody else opened.
const OTHER: Code = Code::literal("other");
/// How long until a step that failed for no fault of the crew's is tried again.
const AGAIN_MS: i64 = 60_000;

impl Script<'_> {
    /// A crew hears that it is sent.
    pub(super) fn crew_is_sent(&mut self, unit: u32, incident: u32, nth: usize) {
        let mut rng = self.rng("crew", thing(unit, incident, nth));
        let (now, whims) = (self.now, self.whims);
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        if crew.task().is_some_and(|task| task.incident == incident) {
            return;
        }
        let left = crew.doing;
        crew.turn_to(
            Doing::Task(Task { incident, nth, acknowledged: false, on_scene: false }),
            now,
        );
        let generation = crew.generation;
        let (ms, deed) = if rng.chance(whims.declines) {
            (rng.between(5_000, 30_000), CrewDeed::Decline)
        } else if rng.chance(whims.silent) {
            (SILENCE_MS, CrewDeed::Acknowledge)
        } else {
            (rng.between(3_000, 20_000), CrewDeed::Acknowledge)
        };
        self.after(ms, Deed::Crew(unit, generation, deed));
        if let Doing::Finding(call) = left {
            self.after(1, Deed::Found(call));
        }
    }

    /// A crew came upon an incident and is there.
    pub(super) fn crew_is_there(&mut self, unit: u32, incident: u32, nth: usize) {
        let now = self.now;
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        crew.turn_to(Doing::Task(Task { incident, nth, acknowledged: true, on_scene: true }), now);
        let generation = crew.generation;
        self.stay(unit, generation);
    }

    /// What a crew meant to do, unless what it does is another by now.
    pub(super) fn crew_acts(&mut self, unit: u32, generation: u32, deed: CrewDeed) {
        let Some(crew) = self.crews.get(&unit).filter(|crew| crew.generation == generation) else {
            return;
        };
        match (deed, crew.task()) {
            (CrewDeed::Find(call), _) => self.open_found(call, unit, generation),
            (CrewDeed::Back, _) => {
                self.ask(Ask::Back { unit }, Purpose::Step(unit, generation, deed));
            }
            (CrewDeed::CallForHelp, _) => {
                let at = crew.fix(self.now).at;
                self.ask(Ask::Sos { unit, at }, Purpose::Aside);
            }
            (CrewDeed::Acknowledge, Some(task)) if task.acknowledged => {}
            (_, Some(task)) => {
                let step = match deed {
                    CrewDeed::Acknowledge => CrewStep::Acknowledge,
                    CrewDeed::SetOut => CrewStep::EnRoute,
                    CrewDeed::Arrive => CrewStep::OnScene,
                    CrewDeed::Decline => CrewStep::Decline("breakdown"),
                    _ => CrewStep::Clear,
                };
                let ask = Ask::Step { incident: task.incident, unit, step };
                self.ask(ask, Purpose::Step(unit, generation, deed));
            }
            (_, None) => {}
        }
    }

    /// A step was answered. A step that cannot be (409) was taken by somebody else already, or its task is gone: if the task is still
    /// the crew's own, it goes on with the next.
    pub(super) fn stepped(
        &mut self,
        (unit, generation, deed): (u32, u32, CrewDeed),
        outcome: &Result<Answer, Refused>,
    ) {
        let Some(crew) = self.crews.get_mut(&unit).filter(|crew| crew.generation == generation)
        else {
            return;
        };
        if let Err(refused) = outcome
            && refused.status != 409
        {
            return self.after(AGAIN_MS, Deed::Crew(unit, generation, deed));
        }
        match deed {
            CrewDeed::Acknowledge => {
                // Called by the desk, a silent crew may answer twice.
                let Doing::Task(task) = &mut crew.doing else { return };
                if std::mem::replace(&mut task.acknowledged, true) {
                    return;
                }
                let ms = self.turnout(unit);
                self.after(ms, Deed::Crew(unit, generation, CrewDeed::SetOut));
            }
            CrewDeed::SetOut => self.drive_to_task(unit, generation),
            CrewDeed::Arrive => {
                if let Doing::Task(task) = &mut crew.doing {
                    task.on_scene = true;
                }
                self.stay(unit, generation);
            }
            // The facts have freed it; if they have not, the city knows no task of its.
            CrewDeed::Finish | CrewDeed::Decline | CrewDeed::Back => self.is_free(unit),
            CrewDeed::CallForHelp | CrewDeed::Find(_) => {}
        }
    }

    fn drive_to_task(&mut self, unit: u32, generation: u32) {
        let Some(crew) = self.crews.get(&unit) else { return };
        let at = crew.fix(self.now).at;
        let to = crew.task().and_then(|task| self.place_of(task.incident)).unwrap_or(at);
        let ends = self.set_out(unit, to);
        self.agenda.add(
            ends.max(Timestamp(self.now.0 + 1)),
            Deed::Crew(unit, generation, CrewDeed::Arrive),
        );
    }

    /// A crew drives off; when it will be there.
    pub(super) fn set_out(&mut self, unit: u32, to: precinct_base::LonLat) -> Timestamp {
        let now = self.now;
        let Some(crew) = self.crews.get_mut(&unit) else { return now };
        let from = crew.fix(now).at;
        let drive = self.roads.drive((from, to), now, self.habits.pace(now));
        let ends = drive.ends();
        crew.drive = Some(drive);
        ends
    }

    /// Stays at the scene, and now and then calls for help.
    fn stay(&mut self, unit: u32, generation: u32) {
        let Some(task) = self.crews.get(&unit).and_then(super::model::Crew::task) else { return };
        let mut rng = self.rng("stay", thing(unit, task.incident, task.nth));
        let known = self.recorded(task).and_then(Response::stay_ms).or_else(|| {
            let wanted = self.wanted(unit, task, "usual stay")?;
            self.habits.stay(wanted).map(|stay| i64::from(stay.0))
        });
        let stays = known.unwrap_or_else(|| rng.about(900_000)).clamp(STAY_MS.0, STAY_MS.1);
        self.after(stays, Deed::Crew(unit, generation, CrewDeed::Finish));
        if rng.chance(self.whims.sos) {
            self.after(
                rng.between(1_000, stays / 2),
                Deed::Crew(unit, generation, CrewDeed::CallForHelp),
            );
        }
    }

    fn turnout(&mut self, unit: u32) -> i64 {
        let Some(task) = self.crews.get(&unit).and_then(super::model::Crew::task) else { return 0 };
        let mut rng = self.rng("turnout", thing(unit, task.incident, task.nth));
        let known = self.recorded(task).and_then(Response::turnout_ms).or_else(|| {
            let wanted = self.wanted(unit, task, "usual turnout")?;
            self.habits.turnout(wanted).map(|turnout| i64::from(turnout.0))
        });
        known.unwrap_or_else(|| rng.about(35_000)).clamp(TURNOUT_MS.0, TURNOUT_MS.1)
    }

    /// What a time is wanted for, drawn for one purpose.
    fn wanted(&self, unit: u32, task: Task, purpose: &str) -> Option<Wanted> {
        let (matter, crew) = (self.matters.get(&task.incident)?, self.crews.get(&unit)?);
        let call = matter.call.and_then(|call| self.calls.get(call));
        Some(Wanted {
            force: crew.wish.force.parse().ok()?,
            kind: call.map_or(OTHER, |call| call.kind),
            priority: matter.priority,
            at: self.now,
            draw: self.rng(purpose, thing(unit, task.incident, task.nth)).next(),
        })
    }

    /// What the record says of the crew sent in this one's place; of the last where fewer were sent.
    fn recorded(&self, task: Task) -> Option<&Response> {
        let call = self.matters.get(&task.incident)?.call?;
        let responses = &self.calls.get(call)?.responses;
        responses.get(task.nth).or_else(|| responses.last())
    }

    /// A crew has no task any more: for fuel, off duty, or back to its post, until it is sent again.
    pub(super) fn is_free(&mut self, unit: u32) {
        let now = self.now;
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        if matches!(crew.doing, Doing::Free | Doing::Off | Doing::Finding(_)) {
            return;
        }
        let was_on_task = crew.task().is_some();
        crew.turn_to(Doing::Free, now);
        let (generation, home, over) = (crew.generation, crew.home, crew.tour_over);
        let fuel = self.rng("fuel", thing(unit, generation, 0)).chance(self.whims.fuel);
        if over {
            self.go_off(unit);
        } else if was_on_task && fuel {
            self.ask(Ask::Out { unit, reason: "fuel" }, Purpose::Aside);
        } else {
            self.set_out(unit, home);
        }
        self.look_again();
    }

    /// A crew is out of service for a while.
    pub(super) fn is_out(&mut self, unit: u32) {
        let now = self.now;
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        if let Doing::Finding(call) = crew.doing {
            self.agenda.add(Timestamp(now.0 + 1), Deed::Found(call));
        }
        crew.turn_to(Doing::Out, now);
        let generation = crew.generation;
        let ms = self.rng("out", thing(unit, generation, 0)).between(300_000, 720_000);
        self.after(ms, Deed::Crew(unit, generation, CrewDeed::Back));
    }
}

/// A number for one crew on one task.
fn thing(unit: u32, incident: u32, nth: usize) -> u64 {
    (u64::from(incident) << 32 | u64::from(unit)) ^ ((nth as u64) << 24)
}
