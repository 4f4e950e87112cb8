//! The desk: calls are taken, and units sent to what waits, the most urgent first.

use std::collections::BTreeSet;
use std::sync::Arc;

use precinct_advice::{
    Field, Going, Placed, Question, Recommendation, Settings, joint, recommend, soonest,
};
use precinct_base::{Millis, UnitId, caps};
use precinct_core::{Code, Intake, Order, Place, Priority};

use super::agenda::Deed;
use super::crew::Doing;
use super::{Matter, Run, RunError, id};
use crate::behaviour::For;
use crate::chance::Purpose;
use crate::shadow::shadow;
use crate::{Behaviour, Call, Policy};

/// The versions that advice names in a simulation.
const VERSION: Code = Code::literal("simulated");

impl Run<'_, '_> {
    /// A call comes in and is taken; or a patrol comes upon something.
    pub(super) fn call(&mut self, number: u32) -> Result<(), RunError> {
        let calls = Arc::clone(&self.asked.piece.calls);
        let call = &calls[number as usize];
        if call.is_found() {
            return self.found(number, call);
        }
        let incident = self.open(number, call)?;
        let Call { kind, priority, key, .. } = *call;
        let asked = For { force: None, kind, priority, hour: self.hour() };
        let Behaviour { handling, desk, as_recorded, .. } = self.asked.behaviour;
        let chance = self.asked.chance;
        let recorded = call.handling.filter(|_| *as_recorded);
        let handling = recorded
            .unwrap_or_else(|| handling.at(asked, chance.draw(Purpose::Handling, key, 0)))
            .saturating_add(desk.at(asked, chance.draw(Purpose::Desk, key, 0)));
        let draw = chance.draw(Purpose::CalledOff, key, 0);
        if self.asked.behaviour.is_called_off(priority, draw) {
            self.after(handling, Deed::CalledOff(incident));
            return Ok(());
        }
        self.after(handling, Deed::Ready(incident));
        if let Some(hold) = self.asked.policy.holds(priority) {
            self.after(hold, Deed::Kept);
        }
        Ok(())
    }

    /// It is called off, or dealt with by telephone: nobody is sent.
    pub(super) fn called_off(&mut self, incident: u32) -> Result<(), RunError> {
        let call = self.matter(incident).call as usize;
        self.open -= usize::from(self.asked.piece.counts(&self.asked.piece.calls[call]));
        let (incident, reason) = (id(incident), self.words.dropped);
        self.give("calling off an incident", Order::Cancel { incident, reason })?;
        Ok(())
    }

    fn open(&mut self, number: u32, call: &Call) -> Result<u32, RunError> {
        let incident = self.state.next_incident();
        self.give(
            "a call",
            Order::OpenIncident(Intake {
                source: call.source,
                reported: Some(call.received),
                kind: call.kind,
                priority: Some(call.priority),
                place: Place { at: call.at, segment: None, address: None, area: call.area },
                hazards: Vec::new(),
                text: None,
                contact: None,
            }),
        )?;
        self.matters.push(Matter {
            call: number,
            kind: call.kind,
            priority: call.priority,
            opened: self.now,
            sent: 0,
            active: 0,
            served: false,
        });
        Ok(incident.0)
    }

    /// The free unit that is nearest comes upon it; where none is free nobody does.
    fn found(&mut self, number: u32, call: &Call) -> Result<(), RunError> {
        if self.free == 0 {
            self.report.not_found += 1;
            return Ok(());
        }
        let incident = self.open(number, call)?;
        self.places_told(call.priority)?;
        let mut scratch = std::mem::take(&mut self.scratch);
        let told = recommend(&self.question(incident, &self.field), &mut scratch);
        self.scratch = scratch;
        let first = told.ranked.iter().find(|ranked| ranked.pre_empts.is_none());
        let first = first.filter(|ranked| ranked.travel.is_some()).map(|ranked| ranked.unit);
        if let Some(unit) = first {
            return self.comes_upon(incident, unit);
        }
        self.report.not_found += 1;
        let (incident, reason) = (id(incident), self.words.dropped);
        self.give("dropping what nobody found", Order::Cancel { incident, reason })?;
        Ok(())
    }

    /// An incident is ready for units to be sent.
    pub(super) fn ready(&mut self, incident: u32) -> Result<(), RunError> {
        let matter = self.matter(incident);
        self.queue.insert((matter.priority, matter.opened, incident));
        self.desk()
    }

    /// Sends whoever can be sent to what waits.
    pub(super) fn desk(&mut self) -> Result<(), RunError> {
        if self.asked.policy == Policy::Joint && self.queue.len() > 1 {
            self.together()?;
        }
        let mut nobody: BTreeSet<Code> = BTreeSet::new();
        let mut after = None;
        while let Some(key) = self.next_waiting(after) {
            let (priority, _, incident) = key;
            if self.free == 0 && !self.may_preempt(priority) {
                break;
            }
            after = Some(key);
            let (kind, first) = (self.matter(incident).kind, self.matter(incident).active == 0);
            if first && nobody.contains(&kind) {
                continue;
            }
            let sent = self.answer(incident)?;
            // One that is kept waiting says nothing of who could go elsewhere.
            if !sent && first && self.asked.policy.holds(priority).is_none() {
                nobody.insert(kind);
            }
        }
        Ok(())
    }

    fn next_waiting(&self, after: Option<(Priority, u64, u32)>) -> Option<(Priority, u64, u32)> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, Excluded);
        self.queue.range((from, Unbounded)).next().copied()
    }

    /// Whether there is a unit that could be taken off something less urgent.
    fn may_preempt(&self, priority: Priority) -> bool {
        self.crews.iter().any(|crew| match crew.doing {
            Doing::Task(incident, _) => self.may_leave(incident, crew.unit, priority),
            _ => false,
        })
    }

    /// Whether a unit could be taken off what it does for something of that priority.
    fn may_leave(&self, incident: u32, unit: UnitId, priority: Priority) -> bool {
        self.matter(incident).priority > priority
            && self.state.may_preempt(unit, priority).is_some()
    }

    /// Asks for one incident and sends by the policy; whether anybody was sent.
    fn answer(&mut self, incident: u32) -> Result<bool, RunError> {
        let priority = self.matter(incident).priority;
        self.places_told(priority)?;
        let policy = self.asked.policy;
        let told_to_nobody = self.witness.is_none() && self.asked.shadow.is_none();
        if told_to_nobody && policy.sends_recommended(priority) {
            return self.send_soonest(incident);
        }
        let shadow_asks = self.asked.shadow.is_some_and(|other| other.asks_cover(priority));
        let whole = if policy.asks_cover(priority) || shadow_asks {
            Some(self.whole_field()?)
        } else {
            None
        };
        let mut scratch = std::mem::take(&mut self.scratch);
        let question = self.question(incident, whole.as_ref().unwrap_or(&self.field));
        let told = recommend(&question, &mut scratch);
        let units = policy.choose(&question, &told);
        if let Some(other) = self.asked.shadow {
            let scored = shadow(&question, &told, policy, other);
            self.shadowed.add(&scored);
        }
        self.scratch = scratch;
        // Whoever is kept waiting is sent fewer than are recommended.
        let met = units.len() == told.chosen.len()
            && told.needs.iter().all(|need| need.met >= need.units);
        self.dispatch(incident, &units, &told, met)?;
        Ok(!units.is_empty())
    }

    /// Sends the recommended set where nobody reads why it is that.
    fn send_soonest(&mut self, incident: u32) -> Result<bool, RunError> {
        let mut scratch = std::mem::take(&mut self.scratch);
        let told = soonest(&self.question(incident, &self.field), &mut scratch);
        self.scratch = scratch;
        let met = told.needs.iter().all(|need| need.met >= need.units);
        if met {
            self.queue.remove(&self.key(incident));
        }
        let sent = !told.going.is_empty();
        for Going { unit, travel, drive } in told.going {
            self.tell(incident, unit, travel, told.best);
            self.send(incident, unit, None, drive)?;
        }
        Ok(sent)
    }

    /// Its place in the queue.
    fn key(&self, incident: u32) -> (Priority, u64, u32) {
        let matter = self.matter(incident);
        (matter.priority, matter.opened, incident)
    }

    /// What is told of a call when a unit is sent to it.
    fn tell(&mut self, incident: u32, unit: UnitId, travel: Option<Millis>, best: Option<Millis>) {
        let (since, call) = (self.since_call(incident), self.matter(incident).call as usize);
        let answered = &mut self.report.calls[call];
        answered.sent += 1;
        if answered.dispatched.is_none() {
            answered.dispatched = Some(since);
            answered.unit = Some(unit);
            answered.travel = travel;
            answered.regret = travel.zip(best).map(|(taken, best)| taken - best);
        }
    }

    /// Sends `units`; an incident whose run card is not met goes on waiting for the rest.
    fn dispatch(
        &mut self,
        incident: u32,
        units: &[UnitId],
        told: &Recommendation,
        met: bool,
    ) -> Result<(), RunError> {
        if met {
            self.queue.remove(&self.key(incident));
        }
        let best = told.ranked.first().and_then(|ranked| ranked.travel);
        for &unit in units {
            let travel = told.ranked.iter().find(|ranked| ranked.unit == unit);
            let travel = travel.and_then(|ranked| ranked.travel);
            self.tell(incident, unit, travel, best);
            let advice =
                self.witness.is_some().then(|| Box::new(told.advice(unit, VERSION, VERSION)));
            self.send(incident, unit, advice, None)?;
        }
        Ok(())
    }

    /// Looks at all that wait together, as many as may be asked about at once.
    fn together(&mut self) -> Result<(), RunError> {
        let free = self.free > 0;
        let waiting: Vec<(Priority, u64, u32)> = self.queue.iter().copied().collect();
        let asked =
            waiting.into_iter().filter(|&(priority, ..)| free || self.may_preempt(priority));
        let asked: Vec<u32> = asked.take(caps::JOINT_INCIDENTS).map(|key| key.2).collect();
        if asked.len() < 2 {
            return Ok(());
        }
        self.places_told(Priority::HIGHEST)?;
        let mut scratch = std::mem::take(&mut self.scratch);
        let questions: Vec<Question<'_>> =
            asked.iter().map(|&incident| self.question(incident, &self.field)).collect();
        let plans = joint(&questions, &mut scratch).plans;
        let told: Vec<Recommendation> =
            questions.iter().map(|question| recommend(question, &mut scratch)).collect();
        drop(questions);
        self.scratch = scratch;
        for ((incident, plan), told) in asked.into_iter().zip(plans).zip(told) {
            let met = plan.needs.iter().all(|need| need.met >= need.units);
            self.dispatch(incident, &plan.units, &told, met)?;
        }
        Ok(())
    }

    /// Says where those are who are on the move and may be sent to something this urgent.
    fn places_told(&mut self, priority: Priority) -> Result<(), RunError> {
        let moving: Vec<u32> = self.moving.iter().copied().collect();
        for crew in moving {
            let one = &self.crews[crew as usize];
            let may = match one.doing {
                Doing::Free => true,
                Doing::Task(incident, _) => self.may_leave(incident, one.unit, priority),
                Doing::Off | Doing::Out => false,
            };
            if may {
                self.tell_place(crew)?;
            }
        }
        Ok(())
    }

    /// The field with what those who are free cover.
    pub(super) fn whole_field(&mut self) -> Result<Field, RunError> {
        let (now, counts) = (self.now, self.counts.clone());
        let networks = self.asked.places.networks();
        let on_duty = self.crews.iter_mut().filter(|crew| crew.doing != Doing::Off);
        let placed = on_duty.map(|crew| Placed {
            unit: crew.unit,
            snap: crew.here(networks, now, &counts),
            fix_age: Some(Millis::ZERO),
        });
        let placed: Vec<Placed> = placed.collect();
        Ok(Field::new(&self.state, networks.clone(), &placed, &self.asked.town.demand)?)
    }

    fn question<'q>(&'q self, incident: u32, field: &'q Field) -> Question<'q> {
        let call = self.call_of(incident);
        Question {
            state: &self.state,
            field,
            at: call.at,
            area: call.area,
            kind: call.kind,
            priority: call.priority,
            incident: Some(id(incident)),
            now: self.moment(),
            settings: Settings::default(),
        }
    }
}
