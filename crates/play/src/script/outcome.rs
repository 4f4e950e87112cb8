//! What came of every call, and how the board looks at a glance.

use precinct_base::Timestamp;
use serde::Serialize;

use super::Script;
use super::model::{CallState, Doing};

/// What came of one call, by the city's own record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallOutcome {
    /// Its number in the record.
    pub call: String,
    /// Whether a patrol came upon it.
    pub found: bool,
    /// The incident it became.
    pub incident: Option<u32>,
    /// Why the city would not have it.
    pub refused: Option<String>,
    /// How urgent, 1 to 5; 0 before it is known.
    pub priority: u8,
    /// When it was taken in.
    pub opened: Option<Timestamp>,
    /// When the first unit was sent.
    pub dispatched: Option<Timestamp>,
    /// When the first unit was there.
    pub on_scene: Option<Timestamp>,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// From the call to the first crew on scene in the record, in milliseconds.
    pub recorded_ms: Option<i64>,
}

/// The board at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// What time it is there.
    pub now: Timestamp,
    /// Calls that have become incidents.
    pub taken: usize,
    /// Of them, those that are open.
    pub open: usize,
    /// Of them, those that wait for a unit.
    pub waiting: usize,
    /// Crews on duty.
    pub on_duty: usize,
    /// Of them, those with a task.
    pub busy: usize,
}

impl Script<'_> {
    /// What came of every call so far, in order of time.
    pub fn outcomes(&self) -> Vec<CallOutcome> {
        let of_call = |(call, state): (&crate::Call, &CallState)| {
            let incident =
                if let CallState::Taken(incident) = *state { Some(incident) } else { None };
            let matter = incident.and_then(|incident| self.matters.get(&incident));
            CallOutcome {
                call: call.id.clone(),
                found: call.origin == crate::Origin::Patrol,
                incident,
                refused: if let CallState::Refused(why) = state { Some(why.clone()) } else { None },
                priority: matter.map_or(0, |matter| matter.priority),
                opened: matter.map(|matter| matter.opened),
                dispatched: matter.and_then(|matter| matter.dispatched),
                on_scene: matter.and_then(|matter| matter.on_scene),
                closed: matter.and_then(|matter| matter.closed),
                recorded_ms: call.recorded_response_ms(),
            }
        };
        self.calls.iter().zip(&self.states).map(of_call).collect()
    }

    /// The board at a glance.
    pub fn glance(&self) -> Glance {
        let taken = self.states.iter().filter(|state| matches!(state, CallState::Taken(_))).count();
        let own = self.matters.values().filter(|matter| matter.call.is_some());
        let open = own.filter(|matter| matter.closed.is_none()).count();
        let on = self.crews.values().filter(|crew| crew.doing != Doing::Off);
        let busy = self.crews.values().filter(|crew| crew.task().is_some()).count();
        Glance { now: self.now, taken, open, waiting: self.queue.len(), on_duty: on.count(), busy }
    }
}
