//! Units' tasks: sending them, and how far they got.

use precinct_access::Action;
use precinct_base::UnitId;
use precinct_core::{IncidentId, Order, Step};
use precinct_wire::{AnyTime, DispatchBody, EndedBody, TransportBody, WhenBody};

use crate::app::App;
use crate::door::{Asker, Failure, Wish, commands};

/// A step of a unit's task. Whoever is in the unit may say how its task goes; for others it takes a role.
fn step(
    app: &App,
    asker: &Asker,
    (incident, unit): (u32, u32),
    action: Option<Action>,
    step: Step,
) -> Result<Wish, Failure> {
    let mut resource = asker.incident(app, incident)?;
    Asker::unit(app, unit)?;
    let own = asker.principal.unit == Some(UnitId(unit));
    if own {
        resource.unit = Some(UnitId(unit));
    }
    let action = action.unwrap_or(if own { Action::StepOwn } else { Action::StepAny });
    let (incident, unit) = (IncidentId(incident), UnitId(unit));
    Ok(Wish::of_incident(action, resource, Order::Task { incident, unit, step }))
}

/// A step that may be told late: at an instant of its own, or as it was on paper.
fn told(
    app: &App,
    asker: &Asker,
    of: (u32, u32),
    body: &AnyTime,
    reached: impl FnOnce(Option<precinct_core::Moment>) -> Step,
) -> Result<Wish, Failure> {
    if body.at.is_some() && body.happened_at.is_some() {
        return Err(Failure::bad("say `at` or `happened_at`, not both"));
    }
    let at = body.at.map(|at| app.watch.moment_of(at.0));
    Ok(step(app, asker, of, None, reached(at))?.happened(body.happened_at))
}

commands! {
    /// Send a unit. What the recommendation compared is recorded with it
    post "/api/v1/incidents/{incident}/assignments", "tasks", dispatch(incident: u32; DispatchBody) =>
        |app: &App, asker, (incident,), DispatchBody { unit, recommendation, happened_at }| {
            let advice = app.advised(recommendation.as_deref(), (IncidentId(incident), UnitId(unit)))?;
            let wish = step(app, asker, (incident, unit), Some(Action::Dispatch), Step::Dispatch(advice))?;
            Ok(wish.happened(happened_at))
        };
    /// The unit came upon it and is there
    post "/api/v1/incidents/{incident}/assignments/{unit}/on-view", "tasks", on_view(incident: u32, unit: u32; WhenBody) =>
        |app, asker, of, body: WhenBody| Ok(step(app, asker, of, None, Step::OnView)?.happened(body.happened_at));
    /// The unit has its task
    post "/api/v1/incidents/{incident}/assignments/{unit}/acknowledge", "tasks", acknowledge(incident: u32, unit: u32; AnyTime) =>
        |app, asker, of, body| told(app, asker, of, &body, Step::Acknowledge);
    /// The unit is on its way
    post "/api/v1/incidents/{incident}/assignments/{unit}/en-route", "tasks", en_route(incident: u32, unit: u32; AnyTime) =>
        |app, asker, of, body| told(app, asker, of, &body, Step::EnRoute);
    /// The unit is there
    post "/api/v1/incidents/{incident}/assignments/{unit}/on-scene", "tasks", on_scene(incident: u32, unit: u32; AnyTime) =>
        |app, asker, of, body| told(app, asker, of, &body, Step::OnScene);
    /// The unit takes somebody or something away
    post "/api/v1/incidents/{incident}/assignments/{unit}/transport", "tasks", transport(incident: u32, unit: u32; TransportBody) =>
        |app, asker, of, body: TransportBody| {
            let to = body.destination().ok_or_else(|| Failure::bad("name a post or a site, one of the two"))?;
            Ok(step(app, asker, of, None, Step::Transport(to))?.happened(body.happened_at))
        };
    /// The unit is done
    post "/api/v1/incidents/{incident}/assignments/{unit}/clear", "tasks", clear(incident: u32, unit: u32; WhenBody) =>
        |app, asker, of, body: WhenBody| Ok(step(app, asker, of, None, Step::Clear)?.happened(body.happened_at));
    /// The unit cannot take it
    post "/api/v1/incidents/{incident}/assignments/{unit}/decline", "tasks", decline(incident: u32, unit: u32; EndedBody) =>
        |app, asker, of, EndedBody { reason, happened_at }| Ok(step(app, asker, of, None, Step::Decline(reason))?.happened(happened_at));
    /// The unit need not go any more
    post "/api/v1/incidents/{incident}/assignments/{unit}/recall", "tasks", recall(incident: u32, unit: u32; EndedBody) =>
        |app, asker, of, EndedBody { reason, happened_at }| Ok(step(app, asker, of, Some(Action::Dispatch), Step::Recall(reason))?.happened(happened_at));
}
