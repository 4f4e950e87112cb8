//! What a policy that is watched would do: worked out with each recommendation, from the same state and field, and kept with it, so that
//! the dispatch that comes of it can record both. Nothing is sent, and nothing waits for it.

use precinct_advice::{Question, Ranked, Recommendation, joint};
use precinct_base::{Instant, Millis, UnitId, caps};
use precinct_core::{Beside, Code, IncidentId, Priority, State};
use precinct_roads::Scratch;
use precinct_whatif::Policy;

use crate::advise::parts;

/// Incidents that wait and are looked at beside the one that is asked about, the most urgent first: each costs a recommendation.
const TOGETHER: usize = 7;

/// A unit as the recommendation had it.
#[derive(Clone, Copy, Debug)]
struct Stand {
    unit: UnitId,
    travel: Option<Millis>,
    /// Demand that is no longer covered within each threshold when it goes.
    lost: [u64; 3],
}

impl From<&Ranked> for Stand {
    fn from(ranked: &Ranked) -> Self {
        Self { unit: ranked.unit, travel: ranked.travel, lost: ranked.lost }
    }
}

/// What a policy would have done with a question.
#[derive(Debug)]
pub(crate) struct Mind {
    policy: Code,
    /// Whom it would send, the first there first.
    would: Box<[Stand]>,
    /// Those who could be sent, the best first.
    could: Box<[Stand]>,
    /// All demand.
    of: u64,
}

impl Mind {
    /// What the policy that is watched would do; none if none is.
    pub(crate) fn of(
        asked: &Question<'_>,
        told: &Recommendation,
        scratch: &mut Scratch,
    ) -> Option<Self> {
        let code = asked.state.shadow()?.policy;
        let policy = Policy::named(code.as_str())?;
        let mut units = would(policy, asked, told, scratch);
        let stand = |unit: &UnitId| told.ranked.iter().find(|ranked| ranked.unit == *unit);
        units.sort_by_key(|unit| stand(unit).map_or(u32::MAX, |ranked| ranked.rank));
        Some(Self {
            policy: code,
            would: units.iter().filter_map(stand).map(Stand::from).collect(),
            could: told.ranked.iter().take(caps::CANDIDATES).map(Stand::from).collect(),
            of: told.cover.before.of,
        })
    }

    /// What it would have done in place of sending `unit`, with these on their way already. None if that unit was too far down to be known.
    pub(crate) fn beside(&self, unit: UnitId, already: &[UnitId]) -> Option<Beside> {
        let sent = self.could.iter().find(|stand| stand.unit == unit)?;
        let agrees = self.would.iter().find(|stand| stand.unit == unit);
        let next = || self.would.iter().find(|stand| !already.contains(&stand.unit));
        let would = agrees.or_else(next);
        let later = would.and_then(|would| would.travel).zip(sent.travel);
        let share = |lost: u64| i32::try_from(parts(lost, self.of)).unwrap_or(i32::MAX);
        let lost = would.map_or([0; 3], |would| would.lost);
        Some(Beside {
            policy: self.policy,
            would: would.map(|would| would.unit),
            later_ms: later.map(|(would, sent)| i64::from(would.0) - i64::from(sent.0)),
            kept: [0, 1, 2].map(|k| share(sent.lost[k]) - share(lost[k])),
        })
    }
}

fn would(
    policy: Policy,
    asked: &Question<'_>,
    told: &Recommendation,
    scratch: &mut Scratch,
) -> Vec<UnitId> {
    let together = if policy == Policy::Joint { together(asked, scratch) } else { None };
    together.unwrap_or_else(|| policy.choose(asked, told))
}

/// Whom it gets when it is looked at with those that wait; none if nothing else waits.
fn together(asked: &Question<'_>, scratch: &mut Scratch) -> Option<Vec<UnitId>> {
    let others = waiting(asked.state, asked.incident?);
    let others = others
        .into_iter()
        .take(TOGETHER)
        .filter_map(|id| Question::of(asked.state, asked.field, id, asked.now, asked.settings));
    let questions: Vec<Question<'_>> = std::iter::once(*asked).chain(others).collect();
    let first = joint(&questions, scratch).plans.into_iter().next()?;
    (questions.len() > 1).then_some(first.units)
}

/// Other incidents that nobody is on, the most urgent first.
fn waiting(state: &State, besides: IncidentId) -> Vec<IncidentId> {
    let waits = state.incidents().iter().filter(|(id, incident)| {
        **id != besides
            && incident.is_open()
            && !incident.assignments.iter().any(precinct_core::Assignment::is_active)
    });
    let mut waits: Vec<(Priority, Instant, IncidentId)> = waits
        .map(|(&id, incident)| (incident.grading.priority, incident.opened.tick, id))
        .collect();
    waits.sort_unstable();
    waits.into_iter().map(|(_, _, id)| id).collect()
}

/// Units that are on an incident.
pub(crate) fn on(state: &State, incident: IncidentId) -> Vec<UnitId> {
    let Some(known) = state.incidents().get(&incident) else { return Vec::new() };
    known.assignments.iter().filter(|task| task.is_active()).map(|task| task.unit).collect()
}
