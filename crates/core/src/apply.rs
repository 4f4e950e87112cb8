//! What an event changes.

use crate::areas::apply as areas;
use crate::assignments::apply as tasks;
use crate::checkpoints::apply as checkpoints;
use crate::clocks::apply as clocks;
use crate::containments::apply as containments;
use crate::duty::apply as duty;
use crate::incidents::{apply as incidents, beside};
use crate::oversight::apply as oversight;
use crate::paper::When;
use crate::plans::apply as plans;
use crate::posts::apply as posts;
use crate::rings::apply as rings;
use crate::shadow::apply as shadow;
use crate::shifts::apply as shifts;
use crate::units::apply as units;
use crate::{Event, Fact as F, State, catalogue};

/// Changes `state` by `event`. Nothing else changes a state, so the same events give the same state on every machine.
///
/// # Panics
/// If the event cannot follow on those before it: it names something that is not there. Events that [`crate::decide()`] made from this
/// state never do; a record that does was not written by this program.
pub fn apply(state: &mut State, event: &Event) {
    let (at, by, when) = (event.at, event.by, When::new(event.at, event.happened));
    state.now = at;
    match &event.fact {
        F::CatalogueSet(fact) => catalogue::replaced(state, fact),
        F::AreaSet(fact) => areas::described(state, fact),
        F::PostSet(fact) => posts::described(state, fact),
        F::PostChanged(fact) => posts::changed(state, fact, at),
        F::PostLapsed(fact) => posts::lapsed(state, fact),
        F::PostRemoved(fact) => posts::removed(state, fact),
        F::PlanProposed(_) | F::PlanSimulated(_) | F::PlanWithdrawn(_) => plans::tell(state, event),
        F::PlanApproved(_) | F::PlanPublished(_) | F::PlanSuperseded(_) => plans::set(state, event),
        F::UnitSet(fact) => units::unit_described(state, fact),
        F::ShiftPlanned(fact) => shifts::planned(state, fact),
        F::ShiftCancelled(fact) => shifts::cancelled(state, fact),
        F::ShiftStarted(fact) => shifts::started(state, fact, when.then),
        F::ShiftEnded(fact) => shifts::ended(state, fact, when.then),
        F::UnitOut(fact) => units::went_out(state, fact, at),
        F::UnitBack(fact) => units::came_back(state, fact, at),
        F::AidJoined(fact) => units::aid_joined(state, fact, at),
        F::AidLeft(fact) => units::aid_left(state, fact),
        F::DutyLevelSet(fact) => duty::ordered(state, fact, at),
        F::DutyLevelLapsed(fact) => duty::lapsed(state, fact),
        F::IncidentOpened(fact) => incidents::opened(state, fact, when, by),
        F::DuplicateSuggested(fact) => incidents::suggested(state, fact),
        F::DuplicateDismissed(fact) => incidents::dismissed(state, fact),
        F::IncidentsMerged(fact) => incidents::merged(state, fact, at),
        F::IncidentsUnmerged(fact) => incidents::unmerged(state, fact, at),
        F::IncidentsLinked(fact) => incidents::linked(state, fact),
        F::NoteAdded(fact) => incidents::noted(state, fact, when, by),
        F::IncidentRegraded(fact) => incidents::regraded(state, fact, at, by),
        F::IncidentMoved(fact) => incidents::moved(state, fact),
        F::HazardNoted(fact) => incidents::hazard_noted(state, fact),
        F::HazardCleared(fact) => incidents::hazard_cleared(state, fact),
        F::IncidentCancelled(fact) => incidents::cancelled(state, fact, when),
        F::IncidentResolved(fact) => incidents::resolved(state, fact, when),
        F::IncidentReopened(fact) => incidents::reopened(state, fact, at),
        F::IncidentArchived(fact) => incidents::archived(state, fact),
        F::TextErased(fact) => incidents::erased(state, fact),
        F::ContactKept(_) | F::ContactErased(_) | F::MediaAdded(_) => beside::tell(state, event),
        F::UnitDispatched(fact) => tasks::dispatched(state, fact, when),
        F::UnitOnView(fact) => tasks::came_upon(state, fact, when),
        F::UnitAcknowledged(fact) => tasks::acknowledged(state, fact, when),
        F::UnitEnRoute(fact) => tasks::en_route(state, fact, when),
        F::UnitOnScene(fact) => tasks::on_scene(state, fact, when),
        F::UnitTransporting(fact) => tasks::transporting(state, fact, when),
        F::UnitCleared(fact) => tasks::cleared(state, fact, when),
        F::UnitDeclined(fact) => tasks::declined(state, fact, when),
        F::UnitRecalled(fact) => tasks::recalled(state, fact, when),
        F::UnitPreempted(fact) => tasks::preempted(state, fact, when),
        F::ClockRaised(fact) => clocks::raised(state, fact, at),
        F::ClockEscalated(fact) => clocks::escalated(state, fact, at),
        F::ClockAnswered(fact) => clocks::answered(state, fact, at),
        F::SosRaised(_) | F::SosRepeated(_) | F::SosClosed(_) => clocks::sos(state, event),
        fact => further(state, fact, event),
    }
}

/// The rest of [`apply`]: sealing off and oversight.
fn further(state: &mut State, fact: &F, event: &Event) {
    let (at, by) = (event.at, event.by);
    match fact {
        F::RingSet(fact) => rings::described(state, fact),
        F::RingRetired(fact) => rings::retired(state, fact),
        F::RingActivated(fact) => rings::activated(state, fact, at),
        F::RingStoodDown(fact) => rings::stands_down(state, fact.ring),
        F::RingLapsed(fact) => rings::stands_down(state, fact.ring),
        F::CheckpointManned(fact) => checkpoints::manned(state, fact, at),
        F::CheckpointCounted(fact) => checkpoints::counted(state, fact, at, by),
        F::ContainmentOrdered(fact) => containments::ordered(state, fact, at),
        F::ContainmentReplanned(fact) => containments::planned_anew(state, fact, at),
        F::ContainmentStoodDown(fact) => containments::ends(state, fact.containment),
        F::ContainmentLapsed(fact) => containments::ends(state, fact.containment),
        F::PolicySet(fact) => oversight::policy_set(state, fact),
        F::ShadowSet(fact) => shadow::set(state, fact, at, by),
        F::ShadowEnded(_) => shadow::ended(state),
        F::GlassBroken(fact) => oversight::broken(state, fact, at),
        F::GlassMended(fact) => oversight::mended(state, fact),
        F::ClockSet(_) | F::AccessRead(_) | F::AccountChanged(_) => {}
        forgotten => unreachable!("{} changes nothing", forgotten.name()),
    }
}
