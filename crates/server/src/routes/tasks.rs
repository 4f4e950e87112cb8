//! Units' tasks: sending them, and how far they got.

use precinct_access::Action;
use precinct_base::UnitId;
use precinct_core::{IncidentId, Order, Step};
use precinct_wire::{AnyTime, DispatchBody, Nothing, ReasonBody, TransportBody};

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

/// An instant that was told late, on the clock that never jumps.
fn told(app: &App, at: &AnyTime) -> Option<precinct_core::Moment> {
    let at = at.at.as_ref()?.0;
    let now = app.watch.now();
    let ago = u64::try_from(now.wall.0.saturating_sub(at.0)).unwrap_or(0);
    let tick = precinct_base::Instant(now.tick.0.saturating_sub(ago));
    Some(precinct_core::Moment { tick, wall: at })
}

commands! {
    /// Send a unit. What the recommendation compared is recorded with it
    post "/api/v1/incidents/{incident}/assignments", "tasks", dispatch(incident: u32; DispatchBody) =>
        |app: &App, asker, (incident,), DispatchBody { unit, recommendation }| {
            let advice = app.advised(recommendation.as_deref(), UnitId(unit))?;
            step(app, asker, (incident, unit), Some(Action::Dispatch), Step::Dispatch(advice))
        };
    /// The unit came upon it and is there
    post "/api/v1/incidents/{incident}/assignments/{unit}/on-view", "tasks", on_view(incident: u32, unit: u32; Nothing) =>
        |app, asker, of, _| step(app, asker, of, None, Step::OnView);
    /// The unit has its task
    post "/api/v1/incidents/{incident}/assignments/{unit}/acknowledge", "tasks", acknowledge(incident: u32, unit: u32; AnyTime) =>
        |app, asker, of, at| step(app, asker, of, None, Step::Acknowledge(told(app, &at)));
    /// The unit is on its way
    post "/api/v1/incidents/{incident}/assignments/{unit}/en-route", "tasks", en_route(incident: u32, unit: u32; AnyTime) =>
        |app, asker, of, at| step(app, asker, of, None, Step::EnRoute(told(app, &at)));
    /// The unit is there
    post "/api/v1/incidents/{incident}/assignments/{unit}/on-scene", "tasks", on_scene(incident: u32, unit: u32; AnyTime) =>
        |app, asker, of, at| step(app, asker, of, None, Step::OnScene(told(app, &at)));
    /// The unit takes somebody or something away
    post "/api/v1/incidents/{incident}/assignments/{unit}/transport", "tasks", transport(incident: u32, unit: u32; TransportBody) =>
        |app, asker, of, body: TransportBody| {
            let to = body.destination().ok_or_else(|| Failure::bad("name a post or a site, one of the two"))?;
            step(app, asker, of, None, Step::Transport(to))
        };
    /// The unit is done
    post "/api/v1/incidents/{incident}/assignments/{unit}/clear", "tasks", clear(incident: u32, unit: u32; Nothing) =>
        |app, asker, of, _| step(app, asker, of, None, Step::Clear);
    /// The unit cannot take it
    post "/api/v1/incidents/{incident}/assignments/{unit}/decline", "tasks", decline(incident: u32, unit: u32; ReasonBody) =>
        |app, asker, of, ReasonBody { reason }| step(app, asker, of, None, Step::Decline(reason));
    /// The unit need not go any more
    post "/api/v1/incidents/{incident}/assignments/{unit}/recall", "tasks", recall(incident: u32, unit: u32; ReasonBody) =>
        |app, asker, of, ReasonBody { reason }| step(app, asker, of, Some(Action::Dispatch), Step::Recall(reason));
}
