//! Holding a state against what must always hold.

use precinct_core::{Rule, State, audit};

use super::invariant::Invariant;

/// What is wrong.
pub(super) type Wrong = (Invariant, String);

/// What is wrong with a state, if anything; and what was looked at, how often.
pub(super) fn state(state: &State, looked: &mut dyn FnMut(Invariant, u64)) -> Result<(), Wrong> {
    looked(Invariant::OneScene, state.units().len() as u64);
    let points = state.containments().values().map(|one| one.plan.points.len() as u64);
    looked(Invariant::OnePoint, points.sum());
    looked(Invariant::InstantsRise, state.incidents().len() as u64);
    looked(Invariant::ClocksAnswered, state.timers().len() as u64);
    looked(Invariant::NoIncidentLost, state.incidents().len() as u64);
    looked(Invariant::PlansProven, state.plans().len() as u64);
    audit(state).map_err(|unsound| {
        let invariant = match unsound.rule {
            Rule::OneScene => Invariant::OneScene,
            Rule::OnePoint => Invariant::OnePoint,
            Rule::InstantsRise => Invariant::InstantsRise,
            Rule::ClocksRun => Invariant::ClocksAnswered,
            Rule::FamiliesAgree => Invariant::NoIncidentLost,
            Rule::PlansProven => Invariant::PlansProven,
        };
        (invariant, unsound.what)
    })
}
