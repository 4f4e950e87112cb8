//! Holding a state against what must always hold, worked out from its parts and by none of the code that changes them.
//!
//! [`crate::apply()`] keeps these rules by the way it is built; tests and simulated shifts hold every state against them.

mod points;

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{Instant, UnitId};

use crate::{
    Assignment, Clock, Glass, Incident, IncidentId, Posted, Shadow, Stage, State, Status, Timer,
};

/// Something that must always hold of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// No unit is on two scenes, and units and incidents agree who is where.
    OneScene,
    /// No unit holds two points, points and tasks agree who holds which, and nobody is at a point of what is over.
    OnePoint,
    /// The instants of a task rise along its life.
    InstantsRise,
    /// Every clock and timer that should run runs, and no other.
    ClocksRun,
    /// Merged incidents and those they were merged into name each other.
    FamiliesAgree,
    /// No plan holds that its proposer approved, or that was not tried on days it was not made from; of one kind one holds in an area.
    PlansProven,
}

/// A state that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule:?}: {what}")]
pub struct Unsound {
    /// What does not hold.
    pub rule: Rule,
    /// What was seen.
    pub what: String,
}

/// Whether a state can be; the first thing found, if not.
pub fn audit(state: &State) -> Result<(), Unsound> {
    one_scene(state)?;
    points::one_point(state)?;
    instants_rise(state)?;
    clocks(state)?;
    families(state)?;
    plans(state)
}

fn active(state: &State) -> impl Iterator<Item = (IncidentId, &Incident, &Assignment)> {
    state.incidents().iter().flat_map(|(&id, incident)| {
        let tasks = incident.assignments.iter().filter(|task| task.ended.is_none());
        tasks.map(move |task| (id, incident, task))
    })
}

fn one_scene(state: &State) -> Result<(), Unsound> {
    let wrong = |what| Err(Unsound { rule: Rule::OneScene, what });
    let mut on: BTreeMap<UnitId, IncidentId> = BTreeMap::new();
    for (id, _, task) in active(state) {
        if let Some(other) = on.insert(task.unit, id) {
            return wrong(format!("unit {} is on {other} and {id}", task.unit));
        }
    }
    for (&id, unit) in state.units() {
        if unit.task() != on.get(&id).copied() {
            let task = unit.task();
            return wrong(format!("unit {id} says {task:?}, the incidents say {:?}", on.get(&id)));
        }
    }
    match on.keys().find(|unit| !state.units().contains_key(unit)) {
        Some(unit) => wrong(format!("unit {unit} has a task and is not there")),
        None => Ok(()),
    }
}

fn instants_rise(state: &State) -> Result<(), Unsound> {
    for (id, incident) in state.incidents() {
        for task in &incident.assignments {
            let transporting = task.transporting.map(|(at, _)| at);
            let ended = task.ended.map(|(at, _)| at);
            let steps = [
                Some(incident.opened),
                Some(task.dispatched),
                task.acknowledged,
                task.en_route,
                task.on_scene,
                transporting,
                ended,
            ];
            let known: Vec<_> = steps.into_iter().flatten().map(|at| at.tick).collect();
            if !known.is_sorted() {
                let what = format!("{id}, unit {}: {known:?}", task.unit);
                return Err(Unsound { rule: Rule::InstantsRise, what });
            }
        }
    }
    one_after_another(state)
}

/// That no unit was on two tasks at one time, and that what was on paper was entered after it happened.
fn one_after_another(state: &State) -> Result<(), Unsound> {
    let wrong = |what| Err(Unsound { rule: Rule::InstantsRise, what });
    let mut spans: BTreeMap<UnitId, Vec<(Instant, Instant)>> = BTreeMap::new();
    for (id, incident) in state.incidents() {
        let marks = incident.entered.map(|entered| (entered, incident.opened));
        let ending = match incident.status {
            Status::Closed { at, .. } => incident.ending_entered.map(|entered| (entered, at)),
            _ => None,
        };
        let notes = incident.notes.iter().filter_map(|note| Some((note.entered?, note.at)));
        let steps = incident.assignments.iter().flat_map(|task| {
            let step = |&(stage, entered): &(Stage, _)| Some((entered, task.reached(stage)?));
            task.paper.iter().filter_map(step)
        });
        let mut all = marks.into_iter().chain(ending).chain(notes).chain(steps);
        if let Some((entered, at)) = all.find(|(entered, at)| entered.tick < at.tick) {
            return wrong(format!("{id}: {at:?} was entered at {entered:?}"));
        }
        for task in &incident.assignments {
            let end = task.ended.map_or(Instant(u64::MAX), |(at, _)| at.tick);
            spans.entry(task.unit).or_default().push((task.dispatched.tick, end));
        }
    }
    for (unit, mut spans) in spans {
        spans.sort_unstable();
        if let Some(both) = spans.windows(2).find(|two| two[0].1 > two[1].0) {
            return wrong(format!("unit {unit} is on two tasks at once: {both:?}"));
        }
    }
    Ok(())
}

/// The incident that each goes on under, by following merges.
fn root(state: &State, mut id: IncidentId) -> IncidentId {
    while let Some(Status::Merged { into, .. }) = state.incidents().get(&id).map(|i| i.status) {
        id = into;
    }
    id
}

const fn clocks_wrong(what: String) -> Unsound {
    Unsound { rule: Rule::ClocksRun, what }
}

fn clocks(state: &State) -> Result<(), Unsound> {
    let mut wanted: BTreeSet<Timer> = BTreeSet::new();
    let mut clock = |clock| wanted.insert(Timer::Clock(clock));
    let mut busy: BTreeMap<IncidentId, Vec<(UnitId, Stage, Option<Posted>)>> = BTreeMap::new();
    for (id, _, task) in active(state) {
        let place = if task.transporting.is_none() { task.posted } else { None };
        busy.entry(root(state, id)).or_default().push((task.unit, task.stage(), place));
    }
    for (&id, incident) in state.incidents() {
        if incident.is_open() && !busy.contains_key(&id) {
            clock(Clock::Unanswered(id));
        }
    }
    for units in busy.values() {
        let mut there: BTreeMap<Option<Posted>, Vec<UnitId>> = BTreeMap::new();
        for &(unit, _, place) in units.iter().filter(|(_, stage, _)| *stage == Stage::OnScene) {
            there.entry(place).or_default().push(unit);
        }
        for units in there.values() {
            if let [alone] = units[..] {
                clock(Clock::Welfare(alone));
            }
        }
        for &(unit, stage, _) in units {
            if stage == Stage::Dispatched {
                clock(Clock::Unacknowledged(unit));
            }
            if stage < Stage::OnScene {
                clock(Clock::Overdue(unit));
            }
        }
    }
    for &sos in state.sos().keys() {
        clock(Clock::Sos(sos));
    }
    let contact = |(&id, one): (&IncidentId, &Incident)| one.contact.map(|_| Timer::Contact(id));
    wanted.extend(state.incidents().iter().filter_map(contact));
    wanted.extend(state.containments().keys().map(|&id| Timer::Containment(id)));
    wanted.extend(state.shadow().map(|_| Timer::Shadow));
    wanted.extend(state.glass().keys().map(|&staff| Timer::Glass(staff)));
    for timer in &wanted {
        if state.timers().get(*timer).is_none() {
            return Err(clocks_wrong(format!("{timer:?} should run")));
        }
    }
    glass_ends(state)?;
    shadow_ends(state)?;
    contacts_end(state)?;
    let rings = state.timers().ringing().find(|&(clock, _)| !wanted.contains(&Timer::Clock(clock)));
    match rings {
        Some((clock, _)) => Err(clocks_wrong(format!("{clock} rings for nothing"))),
        None => count_clocks(state, wanted.len()),
    }
}

/// That whoever broke glass is within the policies again when it was said.
fn glass_ends(state: &State) -> Result<(), Unsound> {
    for (&staff, glass) in state.glass() {
        let ends = state.timers().get(Timer::Glass(staff)).map(|alarm| alarm.due);
        if ends != Some(glass.until.tick) || glass.until.since(glass.since) > Glass::LONGEST {
            return Err(clocks_wrong(format!("{staff} broke glass and it ends at {ends:?}")));
        }
    }
    Ok(())
}

/// That the policy that is watched is watched no longer than was said.
fn shadow_ends(state: &State) -> Result<(), Unsound> {
    let ends = state.timers().get(Timer::Shadow).map(|alarm| alarm.due);
    match state.shadow() {
        Some(shadow)
            if ends != Some(shadow.until.tick)
                || shadow.until.since(shadow.since) > Shadow::LONGEST =>
        {
            Err(clocks_wrong(format!("{} is watched and that ends at {ends:?}", shadow.policy)))
        }
        _ => Ok(()),
    }
}

/// That every contact is erased when it was said.
fn contacts_end(state: &State) -> Result<(), Unsound> {
    for (&id, incident) in state.incidents() {
        let until = incident.contact.map(|contact| contact.until.tick);
        let ends = state.timers().get(Timer::Contact(id)).map(|alarm| alarm.due);
        if ends != until {
            return Err(clocks_wrong(format!("the contact of {id} ends at {ends:?}")));
        }
    }
    Ok(())
}

/// That no clock runs beside those wanted.
fn count_clocks(state: &State, wanted: usize) -> Result<(), Unsound> {
    let posts = state.posts().values().filter(|post| post.order.is_some()).count();
    let rings = state.rings().values().filter(|ring| ring.active.is_some()).count();
    let areas = state.areas().values().filter(|area| area.duty.is_some()).count();
    let closed = |i: &&Incident| matches!(i.status, Status::Closed { .. });
    let closed = state.incidents().values().filter(closed).count();
    let lent = |unit: &&crate::Unit| unit.is_lent() && unit.task().is_none();
    let lent = state.units().values().filter(lent).count();
    let expected = wanted + posts + areas + rings + closed + lent;
    if state.timers().len() == expected {
        return Ok(());
    }
    let what = format!("{} timers run and {expected} should", state.timers().len());
    Err(clocks_wrong(what))
}

/// That merged incidents and those they were merged into name each other.
fn families(state: &State) -> Result<(), Unsound> {
    let wrong = |what| Err(Unsound { rule: Rule::FamiliesAgree, what });
    for (&id, incident) in state.incidents() {
        if let Status::Merged { into, .. } = incident.status {
            let named = state.incidents().get(&into).is_some_and(|into| into.merged.contains(&id));
            if !named {
                return wrong(format!("{id} was merged into {into}, which does not know it"));
            }
        }
        for child in &incident.merged {
            let status = state.incidents().get(child).map(|child| child.status);
            if !matches!(status, Some(Status::Merged { into, .. }) if into == id) {
                return wrong(format!("{id} names {child}, which is {status:?}"));
            }
        }
    }
    Ok(())
}

/// That plans came as far as they are by the gate.
fn plans(state: &State) -> Result<(), Unsound> {
    let wrong = |what| Err(Unsound { rule: Rule::PlansProven, what });
    let mut hold = BTreeSet::new();
    for (&id, plan) in state.plans() {
        if plan.parent.is_some_and(|parent| parent >= id) || id >= state.next_plan() {
            return wrong(format!("{id} was made from {:?}, which came after it", plan.parent));
        }
        if let Some(trial) = plan.simulations.iter().find(|trial| {
            trial.days.is_empty() || trial.days.iter().any(|day| plan.fitted.contains(day))
        }) {
            return wrong(format!("{id} was tried on {:?}", trial.days));
        }
        if plan.approval.is_some_and(|approval| approval.by == plan.proposer) {
            return wrong(format!("{id} was approved by {}, who proposed it", plan.proposer));
        }
        let Some(publication) = &plan.publication else { continue };
        if plan.approval.is_none() || plan.simulations.is_empty() {
            return wrong(format!("{id} holds and was not approved, or not tried"));
        }
        if publication.planned.iter().any(|post| !publication.posts.contains(post)) {
            return wrong(format!("{id} has a post that it does not stand on"));
        }
        if plan.ending.is_none() && !hold.insert((plan.kind, plan.area)) {
            return wrong(format!("{id} holds, and so does another for {}", plan.area));
        }
    }
    Ok(())
}
