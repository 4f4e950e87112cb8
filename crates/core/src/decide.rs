//! What becomes of a command: events, or a reason why not.

use crate::{
    Command, Earlier, Event, Fact, Missing, Order, Rejection, State, Why, areas, assignments,
    catalogue, checkpoints, clocks, containments, duty, incidents, oversight, paper, plans, posts,
    rings, shadow, shifts, units,
};

use crate::paper::{PaperRejection, When};

/// Facts, or a reason why not.
pub(crate) type Decision = Result<Vec<Fact>, Rejection>;

/// Decides a command: what happens, in order, or why it is refused. No facts means that nothing is to happen.
///
/// Nothing changes here; [`crate::apply()`] changes the state by each event. The same state and command give the same decision on
/// every machine.
pub fn decide(state: &State, command: &Command) -> Result<Vec<Event>, Rejection> {
    let (at, by) = (command.at, command.by);
    if at.tick < state.now().tick {
        return Err(Earlier { at: at.tick, now: state.now().tick }.into());
    }
    let calls_for_help = matches!(command.order, Order::RaiseSos { .. } | Order::BreakGlass { .. });
    if let Why::Incident(incident) = by.why
        && !calls_for_help
        && !(1..state.next_incident().0).contains(&incident.0)
    {
        return Err(Missing::Incident(incident).into());
    }
    let (order, happened) = command.order.done();
    if let Some(then) = happened {
        paper::check(state, at, then, order)?;
    }
    let facts = facts(state, command, order, When::new(at, happened))?;
    Ok(facts.into_iter().map(|fact| Event { at, happened, by: by.staff, fact }).collect())
}

fn facts(state: &State, command: &Command, order: &Order, when: When) -> Decision {
    let at = command.at;
    match *order {
        Order::SetCatalogue(ref catalogue) => catalogue::replace(state, catalogue),
        Order::SetArea(ref area) => areas::set(state, area),
        Order::SetPost(ref post) => posts::set(state, post),
        Order::ChangePost { post, to, reason, approval } => {
            posts::change(state, at, (post, to), reason, approval.as_ref())
        }
        Order::Ring(ref order) => rings::step(state, at, order),
        Order::Checkpoint { post, ref order } => checkpoints::step(state, at, post, order),
        Order::Containment(ref order) => containments::step(state, at, order),
        Order::SetUnit(ref unit) => units::set(state, unit),
        Order::PlanShift(ref plan) => shifts::plan(state, plan),
        Order::CancelShift { shift, reason } => shifts::cancel(state, shift, reason),
        Order::StartShift { shift } => shifts::start(state, when.then, shift),
        Order::EndShift { shift } => shifts::end(state, shift),
        Order::TakeOut { unit, reason } => units::out(state, unit, reason),
        Order::BringBack { unit } => units::back(state, unit),
        Order::JoinAid(ref loan) => units::join(state, at, loan),
        Order::LeaveAid { unit } => units::leave(state, unit),
        Order::SetDutyLevel { area, level, reason, ref approval } => {
            duty::set(state, at, (area, level), reason, approval)
        }
        Order::OpenIncident(ref intake) => incidents::open(state, when.then, intake),
        Order::DismissDuplicate { incident, of } => incidents::dismiss(state, incident, of),
        Order::Merge { from, into } => incidents::merge(state, from, into),
        Order::Unmerge { from } => incidents::unmerge(state, from),
        Order::Link { one, other } => incidents::link(state, one, other),
        Order::AddNote { incident, ref text } => incidents::note(state, incident, text),
        Order::Regrade { incident, kind, priority, reason } => {
            incidents::regrade(state, incident, (kind, priority), reason)
        }
        Order::Move { incident, ref place } => incidents::move_to(state, at, incident, place),
        Order::NoteHazard { incident, hazard } => incidents::note_hazard(state, incident, hazard),
        Order::ClearHazard { incident, hazard } => incidents::clear_hazard(state, incident, hazard),
        Order::Cancel { incident, reason } => incidents::cancel(state, incident, reason),
        Order::Resolve { incident, disposition: how } => incidents::resolve(state, incident, how),
        Order::Reopen { incident, reason } => incidents::reopen(state, incident, reason),
        Order::KeepContact { incident, kept } => incidents::keep_contact(state, at, incident, kept),
        Order::EraseContact { incident } => incidents::erase_contact(state, incident),
        Order::AddMedia(ref added) => incidents::add_media(state, added),
        Order::EraseText { incident } => incidents::erase(state, incident),
        Order::Task { incident, unit, ref step } => {
            assignments::step(state, when, (incident, unit), step)
        }
        Order::AnswerClock { clock, hold } => clocks::answer(state, clock, hold),
        Order::RaiseSos { unit, at } => Ok(clocks::raise_sos(state, unit, at)),
        Order::CloseSos { sos, outcome } => clocks::close_sos(state, sos, outcome),
        Order::TimePasses => clocks::time_passes(state, at),
        Order::SetClock { before } => clocks::calendar_set(at, before),
        _ => overseen(state, command, order),
    }
}

/// The rest of [`facts`]: who looked, under which policies, and what was entered from paper, which is nothing by itself.
fn overseen(state: &State, command: &Command, order: &Order) -> Decision {
    match *order {
        Order::RecordRead(ref read) => oversight::read(state, read),
        Order::SetPolicy { version } => oversight::policy(state, version),
        Order::WatchPolicy { policy, lasts } => shadow::set(state, command.at, policy, lasts),
        Order::WatchNoPolicy => shadow::end(state),
        Order::BreakGlass { reason, lasts } => {
            oversight::break_glass(state, command.at, command.by, (reason, lasts))
        }
        Order::MendGlass { staff } => oversight::mend_glass(state, staff),
        Order::RecordAccount(ref account) => oversight::account(account),
        Order::OfPlan(ref order) => plans::decide(state, command.by, order),
        _ => Err(PaperRejection::Other.into()),
    }
}
